"""A jury's sheets by keyboard: blind until all have finished, then ranked with ties that can be seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.services import calls, selection
from tests.ui.conftest import Keys
from tests.ui.ventures.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def _open_call(desk: Desk) -> None:
    desk.ventures.show_section("calls")
    desk.settle()
    desk.ventures.calls.rows.button(desk.ventures.calls.rows.keys[0]).click()
    desk.settle()


def test_three_sheets_are_scored_with_digits_and_enter_alone(desk: Desk, keys: Keys) -> None:
    _open_call(desk)
    panel, ranking = desk.ventures.calls.score, desk.ventures.calls.ranking
    call = desk.ventures.calls.call.call
    assert call is not None
    keys.press(Qt.Key.Key_F4)
    desk.settle()
    assert ranking.table.isHidden()
    assert not ranking.blind.isHidden()
    assert ranking.rows.keys == []
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_F3)
    desk.settle()
    for points in (("8", "6", "7,5"), ("8", "6", "7,5"), ("9", "9", "9")):
        for given in points:
            keys.write(given)
            keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Return, CONTROL)
        desk.settle()
    assert desk.hub.read(lambda uow: selection.results(call.id, uow)).open
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_F4)
    desk.settle()
    assert not ranking.table.isHidden()
    assert ranking.results is not None
    assert [row.rank for row in ranking.results.rows] == [1, 2, 2]
    assert [row.tied for row in ranking.results.rows] == [False, True, True]
    assert not ranking.ties.isHidden()
    first = ranking.results.rows[0].application
    ranking.rows.button(first.id, 0).setFocus()
    keys.press(Qt.Key.Key_Return)
    keys.write("Meilleur dossier")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert ranking.results.rows[0].application.state.value == "accepted"
    assert panel.sheet is not None


def test_points_beyond_the_most_are_refused_where_they_are_typed(desk: Desk, keys: Keys) -> None:
    _open_call(desk)
    keys.press(Qt.Key.Key_F3)
    desk.settle()
    panel = desk.ventures.calls.score
    keys.write("11")
    keys.press(Qt.Key.Key_PageDown)
    keys.press(Qt.Key.Key_PageUp)
    field = next(iter(panel.fields.values()))
    assert QApplication.focusWidget() is field.line
    keys.write("11")
    panel.keep_button.click()
    desk.settle()
    assert field._frame.error
    assert panel.sheet is not None
    assert dict(panel.sheet.points) == {}


def test_a_call_is_made_with_its_criterion(desk: Desk, keys: Keys) -> None:
    desk.ventures.show_section("calls")
    desk.settle()
    keys.press(Qt.Key.Key_F2)
    keys.write("AMI-2027-1")
    form = desk.ventures.calls.form
    for field, text in zip(form.names, ("Appel", "Call", "Appel ar"), strict=True):
        field.set_text(text)
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    panel = desk.ventures.calls.call
    assert panel.call is not None
    assert panel.call.code == "AMI-2027-1"
    keys.press(Qt.Key.Key_F6)
    for field in desk.ventures.calls.criterion.names:
        field.set_text("Marché")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    made = panel.call.id
    assert [one.most for one in desk.hub.read(lambda uow: calls.show_call(made, uow))[1]] == [10]
