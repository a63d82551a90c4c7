"""The desk in the three languages, mirrored, and as a screen reader hears it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPushButton

from tests.journeys.stage import Stage
from ui.languages import switch_language
from ui.people.nationalities import STATES, countries, suggest_countries
from ui.people.wording import word_facts
from ui.reception.keys import list_keys

if TYPE_CHECKING:
    from app.domain.people import PersonRow

Key = Qt.Key
OPERATED = {
    QAccessible.Role.Button,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.CheckBox,
    QAccessible.Role.List,
    QAccessible.Role.Table,
}


def operated(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything on screen that can be operated, as a screen reader finds it."""
    for number in range(root.childCount()):
        child = root.child(number)
        if child is None or child.state().invisible:
            continue
        if child.role() in OPERATED:
            yield child
        else:
            yield from operated(child)


def nameless(stage: Stage) -> list[str]:
    root = QAccessible.queryAccessibleInterface(stage.page)
    assert root is not None
    found = list(operated(root))
    assert len(found) > 4
    return [f"{item.role()} {item.rect()}" for item in found if not item.text(QAccessible.Text.Name).strip()]


def test_everything_that_can_be_operated_has_a_name_in_every_step(spoken_stage: Stage) -> None:
    stage = spoken_stage
    assert nameless(stage) == []
    stage.typist.type("awa").press(Key.Key_Return)
    assert nameless(stage) == []
    stage.typist.press(Key.Key_1).press(Key.Key_Return)
    for key in (Key.Key_F2, Key.Key_F6, Key.Key_F10):
        stage.typist.press(key)
        assert nameless(stage) == []
        stage.typist.press(Key.Key_Escape)
    stage.typist.press(Key.Key_F6).press(Key.Key_Return)
    assert nameless(stage) == []


def test_rows_are_read_out_whole(stage: Stage) -> None:
    stage.typist.type("4512")
    model = stage.page.search.finder.model
    read = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(read, str)
    for part in ("ALAOUI Mohamed", "محمد العلوي", "RBT-A", "45 12", "Maroc"):
        assert part in read


def test_switching_the_language_words_everything_again_and_mirrors_the_page(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return)
    left_to_right = stage.page.queue.mapTo(stage.page, stage.page.queue.rect().topLeft()).x()
    switch_language("ar")
    stage.page.retranslate()
    stage.typist.settle()
    assert stage.page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert stage.page.queue.mapTo(stage.page, stage.page.queue.rect().topLeft()).x() < left_to_right
    assert stage.page.search.bar.buttons[1].accessibleName() == "2 المقاول الذاتي"
    assert stage.page.search.bar.visitor is not None
    switch_language("fr")
    stage.page.retranslate()
    assert stage.page.search.bar.buttons[1].accessibleName() == "2 Auto-entrepreneur"


def test_left_and_right_follow_the_direction_of_reading(spoken_stage: Stage) -> None:
    stage = spoken_stage
    onward = Key.Key_Left if QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft else Key.Key_Right
    stage.typist.type("awa").press(Key.Key_Return).press(onward).press(onward)
    assert stage.page.search.bar.chosen is not None
    assert stage.page.search.bar.chosen.position == 2


def test_every_button_is_reached_with_tab_or_has_its_key(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return)
    shown = [button for button in stage.page.findChildren(QPushButton) if button.isVisible() and button.isEnabled()]
    assert shown
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in shown)


def test_an_entry_can_be_marked_and_corrected_in_each_direction(spoken_stage: Stage) -> None:
    stage = spoken_stage
    stage.typist.press(Key.Key_F3).press(Key.Key_1).press(Key.Key_F3).press(Key.Key_2)
    stage.typist.press(Key.Key_F6)
    assert stage.page.visits.current is not None
    stage.typist.press(Key.Key_Down).press(Key.Key_Return)
    assert stage.page.stack.currentWidget() is stage.page.correction
    assert stage.page.correction.visit == stage.page.visits.model.rows[1]


def test_facts_tell_people_apart(stage: Stage) -> None:
    row: PersonRow = stage.person("ALAOUI Mohamed")
    assert stage.page.snapshot is not None
    facts = word_facts(row, stage.page.snapshot.today, stage.page.snapshot.positions)
    assert "45 12" in facts
    assert "Maroc" in facts


def test_help_lists_the_same_keys_in_every_language() -> None:
    shown = []
    for language in ("fr", "en", "ar"):
        switch_language(language)
        shown.append([use.keys for group in list_keys() for use in group.uses])
    switch_language("en")
    assert shown[0] == shown[1] == shown[2]


def test_every_country_has_a_name_and_is_found_by_it_in_each_language() -> None:
    for language in ("fr", "en", "ar"):
        switch_language(language)
        listed = countries(language)
        assert {country.code for country in listed} == set(STATES)
        for country in listed:
            assert country.name != country.code
            assert country.code in {found.code for found in suggest_countries(country.name, 3)}
    switch_language("en")
