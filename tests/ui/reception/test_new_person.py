"""The form for somebody new, by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.domain.people import Birth, Person, Precision, Sex
from app.services import people, visits
from tests.journeys.stage import Stage, Typist

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier


def find(stage: Stage, name: str) -> Person:
    row = stage.person(name)
    return stage.hub.read(lambda uow: people.show(row.id, uow)).person


def fill(typist: Typist) -> None:
    """Seven fields, left with Enter; the last one saves."""
    typist.type("Zongo Romaric").press(Key.Key_Return).press(Key.Key_Return)
    typist.press(Key.Key_2).press(Key.Key_Return)
    typist.type("~1994").press(Key.Key_Return)
    typist.type("burk").press(Key.Key_Return)
    typist.type("0612 00 11 22").press(Key.Key_Return)
    typist.press(Key.Key_1).press(Key.Key_Return)


def test_seven_fields_left_with_enter_save_and_go_on_to_the_counter(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2)
    fill(stage.typist)
    person = find(stage, "Zongo Romaric")
    assert person.sex is Sex.MALE
    assert person.birth == Birth(date(1994, 1, 1), Precision.ESTIMATED)
    assert person.nationality == "BF"
    assert person.phones == ("+212612001122",)
    assert stage.page.search.bar.visitor is not None
    assert stage.page.search.bar.visitor.ids == (person.id,)
    stage.typist.press(Key.Key_2).press(Key.Key_Return)
    rows = stage.hub.read(lambda uow: visits.list_day(None, uow))
    assert [row.name for row in rows] == ["Zongo Romaric"]
    view = stage.hub.read(lambda uow: people.show(person.id, uow))
    assert [str(consent.way) for consent in view.consents] == ["oral"]


@pytest.mark.parametrize(("typed", "field"), [("zongo", "name_line"), ("زونغو", "name_ar"), ("0655", "phone")])
def test_what_was_searched_goes_into_the_field_of_its_script(stage: Stage, typed: str, field: str) -> None:
    stage.typist.type(typed).press(Key.Key_F2)
    form = stage.page.form
    texts = {name: getattr(form, name).text for name in ("name_line", "name_ar", "phone")}
    assert texts == {name: typed if name == field else "" for name in texts}
    assert form.name_line.line.hasFocus()


def test_possible_duplicates_appear_while_typing_and_one_is_taken_by_key(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2).type("Mohamed El Alaoui")
    found = stage.page.form.duplicates
    stage.page.form._pause.timeout.emit()
    stage.typist.settle()
    assert {item.person.name for item in found.found} >= {"ALAOUI Mohamed", "EL ALAOUI Mouhamed"}
    second = found.found[1].person
    stage.typist.press(Key.Key_2, Ctrl)
    assert stage.page.search.bar.visitor is not None
    assert stage.page.search.bar.visitor.ids == (second.id,)


def test_the_same_phone_is_noticed_under_another_name(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2).type("Kone Awatif")
    stage.page.form.phone.line.setFocus()
    stage.typist.type("0655 10 11 12")
    stage.page.form._pause.timeout.emit()
    stage.typist.settle()
    assert "KONE Awa" in {item.person.name for item in stage.page.form.duplicates.found}


@pytest.mark.parametrize(
    ("field", "typed"), [("birth", "32/13/1999"), ("birth", "demain"), ("nationality", "qqq"), ("phone", "12")]
)
def test_bad_input_is_explained_below_its_field_and_nothing_is_kept(stage: Stage, field: str, typed: str) -> None:
    stage.typist.press(Key.Key_F2).type("Zongo Romaric")
    part = getattr(stage.page.form, field)
    part.line.setFocus()
    stage.typist.type(typed).press(Key.Key_Return, Ctrl)
    assert part.error
    assert part.line.hasFocus()
    assert stage.hub.read(lambda uow: people.search("Zongo Romaric", uow)) == () or "Zongo Romaric" not in {
        row.name for row in stage.hub.read(lambda uow: people.search("Zongo Romaric", uow))
    }
    stage.typist.type("1")
    assert not part.error


def test_a_name_is_needed(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2).type("123 😀").press(Key.Key_Return, Ctrl)
    assert "F3" in stage.page.form.name_line.error


def test_an_arabic_name_in_the_latin_field_is_kept_as_arabic(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2).type("زينب الفاسي").press(Key.Key_Return, Ctrl)
    rows = stage.hub.read(lambda uow: people.search("زينب الفاسي", uow))
    assert (rows[0].name, rows[0].name_ar) == ("", "زينب الفاسي")


def test_a_long_name_with_marks_and_emoji_is_kept_without_the_marks(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2)
    stage.page.form.name_line.line.setText("Zongo\u202e 😀 " + "x" * 290)
    stage.typist.press(Key.Key_Return, Ctrl)
    visitor = stage.page.search.bar.visitor
    assert visitor is not None
    assert visitor.people[0].name.startswith("Zongo 😀 xxx")
    assert len(visitor.people[0].name) <= 300


def test_the_birth_year_is_shown_back_as_understood(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2)
    stage.page.form.birth.line.setFocus()
    stage.typist.type("١٩٩٤")
    assert stage.page.form.birth.birth == Birth(date(1994, 1, 1), Precision.YEAR)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("cam", "CM"), ("ivoir", "CI"), ("rdc", "CD"), ("الكام", "CM"), ("morocco", "MA"), ("guin", "GN"), ("ml", "ML")],
)
def test_a_nationality_is_understood_in_any_of_the_languages(stage: Stage, typed: str, code: str) -> None:
    stage.typist.press(Key.Key_F2)
    stage.page.form.nationality.line.setFocus()
    stage.typist.type(typed).press(Key.Key_Return)
    assert stage.page.form.nationality.code == code
    assert stage.page.form.nationality.line.text() != typed


def test_down_goes_to_the_next_country(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2)
    stage.page.form.nationality.line.setFocus()
    stage.typist.type("guin").press(Key.Key_Down).press(Key.Key_Return)
    assert stage.page.form.nationality.code in {"GW", "GQ", "PG"}


def test_escape_goes_back_and_keeps_nothing(stage: Stage) -> None:
    stage.typist.press(Key.Key_F2).type("Zongo").press(Key.Key_Escape)
    assert stage.page.search.finder.line.hasFocus()
    stage.typist.press(Key.Key_F2)
    assert stage.page.form.name_line.text == ""


def test_somebody_new_joins_the_group_that_is_being_gathered(stage: Stage) -> None:
    stage.typist.press(Key.Key_F4).type("awa").press(Key.Key_Return).press(Key.Key_F2)
    stage.typist.type("Zongo Romaric").press(Key.Key_Return, Ctrl)
    assert [person.name for person in stage.page.search.group.visitor.people] == ["KONE Awa", "Zongo Romaric"]
