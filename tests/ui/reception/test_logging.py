"""Logging a visit by keyboard: the strokes are counted, the register is asked what came of it."""

import pytest
from PySide6.QtCore import Qt

from app.domain.visits import VisitState
from app.services import people, visits
from tests.journeys.stage import Stage

Key = Qt.Key


def logged(stage: Stage) -> list[tuple[str, str, str]]:
    rows = stage.hub.read(lambda uow: visits.list_day(None, uow))
    assert stage.page.snapshot is not None
    return [(row.name, stage.page.snapshot.word_counter(row.counter_id)[0], row.reason) for row in rows]


def test_the_caret_stands_in_the_search_when_the_desk_opens(stage: Stage) -> None:
    assert stage.page.search.finder.line.hasFocus()


def test_a_returning_visitor_takes_ten_keystrokes_at_most(stage: Stage) -> None:
    stage.typist.type("kon").type(" ").type("aw").press(Key.Key_Return).press(Key.Key_2).press(Key.Key_Return)
    assert logged(stage) == [("KONE Awa", "2", "information")]
    assert stage.typist.strokes <= 10


@pytest.mark.parametrize("typed", ["alaou", "محم ع", "4512", "فاطم", "ious amr", "Sow"])
def test_whoever_is_found_first_is_logged_in_ten_keystrokes(stage: Stage, typed: str) -> None:
    stage.typist.type(typed)
    first = stage.page.search.finder.current
    assert first is not None
    stage.typist.press(Key.Key_Return).press(Key.Key_1).press(Key.Key_Return)
    assert logged(stage) == [(first.name, "1", "information")]
    assert stage.typist.strokes <= len(typed) + 3 <= 11


def test_an_anonymous_passage_takes_two_keystrokes(stage: Stage) -> None:
    stage.typist.press(Key.Key_F3).press(Key.Key_3)
    assert stage.typist.strokes == 2
    assert logged(stage) == [("", "3", "information")]
    assert stage.page.search.finder.line.hasFocus()


@pytest.mark.parametrize(
    ("key", "counter"),
    [(Key.Key_Ampersand, "1"), (Key.Key_Eacute, "2"), (Key.Key_QuoteDbl, "3"), (Key.Key_Apostrophe, "4")],
)
def test_the_row_of_digits_of_an_azerty_keyboard_chooses_without_shift(stage: Stage, key: Key, counter: str) -> None:
    stage.typist.press(Key.Key_F3).press(key)
    assert logged(stage) == [("", counter, "information")]


def test_arabic_digits_choose_a_counter(stage: Stage) -> None:
    stage.typist.press(Key.Key_F3).type("٤")
    assert logged(stage) == [("", "4", "information")]


def test_the_caret_is_back_and_the_line_is_empty_after_each_visit(stage: Stage) -> None:
    stage.typist.type("kone").press(Key.Key_Return).press(Key.Key_1).press(Key.Key_Return)
    assert stage.page.search.finder.line.hasFocus()
    assert stage.page.search.finder.text == ""
    assert stage.page.search.bar.visitor is None


def test_arrows_choose_another_person_and_another_reason(stage: Stage) -> None:
    stage.typist.type("kone")
    names = [row.name for row in stage.page.search.finder.model.rows]
    stage.typist.press(Key.Key_Down).press(Key.Key_Return).press(Key.Key_4)
    stage.typist.press(Key.Key_Up).press(Key.Key_Return)
    assert logged(stage) == [(names[1], "4", "appointment")]


def test_a_letter_chooses_the_reason_that_begins_so(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).type("s").press(Key.Key_1).press(Key.Key_Return)
    assert logged(stage)[0][2] in {"startup", "health"}
    assert logged(stage)[0][2] == "startup"


def test_the_reason_goes_back_to_information_for_the_next_one(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_Up).press(Key.Key_1).press(Key.Key_Return)
    stage.typist.press(Key.Key_F3).press(Key.Key_1)
    assert [row[2] for row in logged(stage)] == ["appointment", "information"]


def test_keys_typed_faster_than_the_answer_are_not_lost(stage: Stage) -> None:
    for char in "awa":
        stage.typist.type(char, at_once=True)
    stage.typist.strike(Key.Key_Return).strike(Key.Key_2).strike(Key.Key_Return)
    stage.typist.settle()
    assert logged(stage) == [("KONE Awa", "2", "information")]
    assert stage.page.search.finder.text == ""


def test_a_scanned_card_picks_its_holder_at_once(stage: Stage) -> None:
    stage.typist.type("CARD-778812", at_once=True).strike(Key.Key_Return)
    stage.typist.settle()
    assert stage.page.search.bar.visitor is not None
    assert stage.page.search.bar.visitor.person is not None
    assert stage.page.search.bar.visitor.person.name == "Ngo Bassong Clarisse"


def test_a_scanned_number_picks_its_holder_at_once(stage: Stage) -> None:
    number = stage.person("KONE Adama").number
    stage.typist.type(number, at_once=True).strike(Key.Key_Return)
    stage.typist.settle()
    assert stage.page.search.bar.visitor is not None
    assert stage.page.search.bar.visitor.ids == (stage.person("KONE Adama").id,)


def test_an_unknown_card_picks_nobody(stage: Stage) -> None:
    stage.typist.type("RBT-A0000", at_once=True).strike(Key.Key_Return)
    stage.typist.settle()
    assert stage.page.search.bar.visitor is None
    assert "RBT-A0000" in stage.said
    assert stage.page.search.finder.line.hasFocus()


def test_enter_on_an_empty_line_picks_nobody(stage: Stage) -> None:
    stage.typist.press(Key.Key_Return)
    assert stage.page.search.bar.visitor is None


def test_escape_goes_back_one_step_at_a_time(stage: Stage) -> None:
    finder = stage.page.search.finder
    stage.typist.type("kone").press(Key.Key_Return).press(Key.Key_2).press(Key.Key_Escape)
    assert stage.page.search.bar.visitor is None
    assert finder.text == "kone"
    assert finder.line.hasFocus()
    stage.typist.press(Key.Key_Escape)
    assert finder.text == ""
    assert logged(stage) == []


def test_enter_without_a_counter_logs_nothing_and_says_which_keys_do(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_Return)
    assert logged(stage) == []
    assert "1–4" in stage.page.search.bar.accessibleName()
    stage.typist.press(Key.Key_9)
    assert stage.page.search.bar.chosen is None


def test_whoever_is_here_already_is_handed_over_or_checked_out_instead(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_1).press(Key.Key_Return)
    stage.typist.type("awa").press(Key.Key_Return)
    assert stage.page.search.bar.open_visit is not None
    stage.typist.press(Key.Key_3).press(Key.Key_Return)
    assert logged(stage) == [("KONE Awa", "3", "information")]
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_Return)
    rows = stage.hub.read(lambda uow: visits.list_day(None, uow))
    assert [row.state for row in rows] == [VisitState.CHECKED_OUT]


def test_a_second_visit_logged_elsewhere_meanwhile_is_refused_in_words(stage: Stage) -> None:
    from app.domain.visits import LogVisit  # noqa: PLC0415

    stage.typist.type("awa").press(Key.Key_Return)
    snapshot = stage.page.snapshot
    assert snapshot is not None
    awa = stage.person("KONE Awa")
    stage.hub.write(lambda uow: visits.log(LogVisit(awa.id, snapshot.counters[0].id), uow))
    stage.typist.press(Key.Key_2).press(Key.Key_Return)
    assert "KONE Awa" in stage.said
    assert len(logged(stage)) == 1
    stage.page.refresh()
    stage.typist.settle()
    assert stage.page.search.bar.open_visit is not None


def test_control_z_takes_back_the_last_visit(stage: Stage) -> None:
    stage.typist.press(Key.Key_F3).press(Key.Key_2)
    undo = stage.notices[-1].undo
    assert undo is not None
    undo()
    stage.typist.settle()
    assert logged(stage) == []
    assert stage.page.queue.model.row_of(stage.person("KONE Awa").id) == -1


def test_a_group_of_known_and_nameless_people_is_logged_together(stage: Stage) -> None:
    stage.typist.press(Key.Key_F4).type("awa").press(Key.Key_Return).type("adama").press(Key.Key_Return)
    stage.typist.press(Key.Key_F3).press(Key.Key_F3).press(Key.Key_Backspace)
    assert stage.page.search.group.visitor.count == 3
    stage.typist.press(Key.Key_F4).press(Key.Key_1).press(Key.Key_Return)
    rows = stage.hub.read(lambda uow: visits.list_day(None, uow))
    assert sorted(row.name for row in rows) == ["", "KONE Adama", "KONE Awa"]
    assert {row.group for row in rows} == {3}
    assert not stage.page.search.is_gathering


def test_somebody_who_is_here_does_not_join_a_group(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_1).press(Key.Key_Return)
    stage.typist.press(Key.Key_F4).type("awa").press(Key.Key_Return)
    assert stage.page.search.group.visitor.count == 0
    assert "KONE Awa" in stage.said


@pytest.mark.parametrize("typed", ["😀😀", "a" * 300, "\u202eabc\u200f", "%_'\"; --", "٠٦١٢", "ـــ", "\u0301"])
def test_odd_input_finds_somebody_or_nobody_but_never_breaks(stage: Stage, typed: str) -> None:
    line = stage.page.search.finder.line
    line.setText(typed)
    line.textEdited.emit(typed)
    stage.typist.settle()
    expected = stage.hub.read(lambda uow: people.search(line.text(), uow, 8))
    assert stage.page.search.finder.model.rows == expected
