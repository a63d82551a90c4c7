"""The board: every venture on its step, moved along with keys or by drag, never in silence where something lacks."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.services import ventures
from tests.ui.conftest import Keys
from tests.ui.ventures.conftest import Desk, OpenDesk
from ui.ventures.board_column import CardList
from ui.ventures.board_model import MIME
from ui.ventures.wording import word_card_lacks, word_card_lacks_short

ALT = Qt.KeyboardModifier.AltModifier


def _marked(desk: Desk) -> str:
    card = desk.ventures.board.board.current
    return card.name or card.name_ar if card is not None else ""


def _is_in_sight(desk: Desk) -> bool:
    board = desk.ventures.board.board
    column = next(column for column in board.columns if column.list.hasFocus())
    left = column.mapTo(board.viewport(), QPoint()).x()
    return left >= 0 and left + column.width() <= board.viewport().width()


def test_every_venture_stands_on_its_step(desk: Desk) -> None:
    columns = {column.stage: [card.name for card in column.model.cards] for column in desk.ventures.board.board.columns}
    assert columns["funding"] == ["Saveurs du Sahel"]
    assert columns["monitoring"] == ["Couture Atlas"]
    assert columns["agreement"] == []
    assert sum(map(len, columns.values())) == 12


def test_the_keyboard_begins_on_the_first_card_and_passes_over_empty_steps(desk: Desk, keys: Keys) -> None:
    assert isinstance(QApplication.focusWidget(), CardList)
    assert _marked(desk) == "Ferme de Zaër"
    seen = []
    for _press in range(9):
        keys.press(Qt.Key.Key_Right)
        seen.append(_marked(desk))
    assert seen[4:6] == ["Saveurs du Sahel", "Couture Atlas"]
    assert "" not in seen


def test_in_arabic_the_path_runs_from_right_to_left(open_desk: OpenDesk, keys: Keys) -> None:
    desk = open_desk(language="ar")
    first, second = desk.ventures.board.board.columns[:2]
    assert first.x() > second.x()
    keys.press(Qt.Key.Key_Left)
    assert _marked(desk) == "Peinture Moderne"
    for _press in range(6):
        keys.press(Qt.Key.Key_Left)
        assert _is_in_sight(desk)
    assert _marked(desk) == "Tissages d'Afrique"
    for _press in range(7):
        keys.press(Qt.Key.Key_Right)
        assert _is_in_sight(desk)


def test_what_is_missing_is_said_and_asked_for_when_moved_all_the_same(desk: Desk, keys: Keys) -> None:
    page, wanted = desk.ventures, desk.find("Peinture")
    keys.press(Qt.Key.Key_Right)
    desk.settle()
    assert "the application is not complete" in page.board.strip.lacks.text()
    keys.press(Qt.Key.Key_Right, ALT)
    desk.settle()
    assert page.board.strip.is_asking
    assert QApplication.focusWidget() is page.board.strip.reason.line
    assert desk.stage_of(wanted) == "application"
    keys.press(Qt.Key.Key_Return)
    assert page.board.strip.reason._frame.error
    assert desk.stage_of(wanted) == "application"
    keys.write("Papiers vus au hub de Tanger")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.stage_of(wanted) == "preselection"
    moves = desk.hub.read(lambda uow: ventures.show(wanted, uow)).moves
    assert moves[-1].reason == "Papiers vus au hub de Tanger"
    assert _marked(desk) == "Peinture Moderne"
    assert "is now at" in desk.said
    desk.undo()
    assert desk.stage_of(wanted) == "application"


def test_escape_leaves_it_where_it_is(desk: Desk, keys: Keys) -> None:
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Right, ALT)
    desk.settle()
    keys.press(Qt.Key.Key_Escape)
    desk.settle()
    assert not desk.ventures.board.strip.is_asking
    assert _marked(desk) == "Peinture Moderne"
    assert desk.stage_of(desk.find("Peinture")) == "application"


def test_where_nothing_is_missing_it_moves_at_once(desk: Desk, keys: Keys) -> None:
    wanted = desk.find("Sahel")
    desk.ventures.board.board.mark(wanted)
    keys.press(Qt.Key.Key_Right, ALT)
    desk.settle()
    assert desk.stage_of(wanted) == "monitoring"
    assert _marked(desk) == "Saveurs du Sahel"


def test_going_back_needs_a_reason(desk: Desk, keys: Keys) -> None:
    wanted = desk.find("Couture")
    desk.ventures.board.board.mark(wanted)
    keys.press(Qt.Key.Key_Left, ALT)
    desk.settle()
    assert "goes back" in desk.ventures.board.strip.question.text()
    assert desk.stage_of(wanted) == "monitoring"


def test_who_leaves_the_path_does_so_with_an_outcome(desk: Desk, keys: Keys) -> None:
    wanted = desk.find("Tissages")
    desk.ventures.board.board.mark(wanted)
    keys.press(Qt.Key.Key_Right, ALT)
    desk.settle()
    strip = desk.ventures.board.strip
    assert QApplication.focusWidget() is strip.outcome
    keys.press(Qt.Key.Key_Return)
    assert strip.is_asking
    strip.outcome.choose("active_12_months")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    venture = desk.hub.read(lambda uow: ventures.show(wanted, uow)).venture
    assert (venture.stage, venture.exit) == ("exit", "active_12_months")


@pytest.mark.parametrize("whole", [True, False])
def test_a_card_that_is_dropped_on_a_step_is_moved_there(desk: Desk, *, whole: bool) -> None:
    wanted = desk.find("Sahel")
    target = next(column for column in desk.ventures.board.board.columns if column.stage == "monitoring").list
    data = QMimeData()
    data.setData(MIME, wanted.bytes if whole else b"something else")
    where = QPointF(20, 20)
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    target.dragEnterEvent(QDragEnterEvent(where.toPoint(), copy, data, buttons, none))
    target.dropEvent(QDropEvent(where, copy, data, buttons, none))
    desk.settle()
    assert desk.stage_of(wanted) == ("monitoring" if whole else "funding")


def test_the_models_keep_their_promises(desk: Desk) -> None:
    testers = [
        QAbstractItemModelTester(column.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for column in desk.ventures.board.board.columns
    ]
    desk.ventures.board.which.buttons[2].click()
    desk.settle()
    assert len(testers) == 10
    column = desk.ventures.board.board.columns[6]
    said = column.model.data(column.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Saveurs du Sahel" in str(said)
    assert "members" in str(said)
    assert "ready for the next step" in str(said)
    others = desk.ventures.board.board.columns[3].model
    card = others.find(0)
    assert card is not None
    lines = word_card_lacks_short(card)
    assert len(lines) == 2
    assert lines[0] in str(others.data(others.index(0), Qt.ItemDataRole.AccessibleTextRole))
    assert all(line in lines for line in word_card_lacks(card)) == (card.missing <= 2)


def test_an_empty_board_says_what_to_do(desk: Desk, keys: Keys) -> None:
    desk.ventures.board.board.show_board(())
    desk.ventures.board._show(())
    assert desk.ventures.board._stack.currentIndex() == 1
    keys.press(Qt.Key.Key_F2)
    desk.settle()
    assert desk.ventures.trail.currentWidget() is desk.ventures.form
    keys.write("Pain du matin")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert "on record" in desk.said
    assert desk.ventures.venture.title.text() == "Pain du matin"


def test_a_venture_is_found_by_letters_and_opened(desk: Desk, keys: Keys) -> None:
    board = desk.ventures.board
    keys.press(Qt.Key.Key_F3)
    assert board.search.hasFocus()
    keys.write("oc")
    shown = [card.name for column in board.board.columns for card in column.model.cards]
    assert shown == ["Clean & Net Océan"]
    board.search.selectAll()
    keys.write("coulibaly")
    shown = [card.name for column in board.board.columns for card in column.model.cards]
    assert len(shown) == 3
    keys.press(Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), CardList)
    keys.press(Qt.Key.Key_F3)
    keys.write("sahel")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.ventures.trail.currentWidget() is desk.ventures.venture
    assert desk.ventures.venture.title.text() == "Saveurs du Sahel"
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_F3)
    keys.press(Qt.Key.Key_Escape)
    assert sum(len(column.model.cards) for column in board.board.columns) == 12


def test_on_a_narrow_screen_the_search_stands_where_the_choice_is_while_it_is_used(desk: Desk, keys: Keys) -> None:
    desk.program.window.resize(911, 512)
    desk.settle()
    board = desk.ventures.board
    assert not board.search.isVisible()
    keys.press(Qt.Key.Key_F3)
    keys.write("sahel")
    assert board.search.isVisible()
    assert not board.which.isVisible()
    keys.press(Qt.Key.Key_Escape)
    board.board.enter()
    assert not board.search.isVisible()
    assert board.which.isVisible()
