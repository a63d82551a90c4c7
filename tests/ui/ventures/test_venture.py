"""A venture's page: members, monthly figures with their gaps, steps, money; all by keyboard."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.services import monthly_figures, ventures
from tests.ui.conftest import Keys
from tests.ui.ventures.conftest import Desk, OpenDesk
from ui.ventures.venture_panel import VenturePanel


def _open(desk: Desk, name: str = "Sahel") -> VenturePanel:
    desk.ventures.open_venture(desk.find(name))
    desk.settle()
    return desk.ventures.venture


def test_enter_on_a_card_opens_it_and_escape_leads_back_to_it(desk: Desk, keys: Keys) -> None:
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.ventures.venture.title.text() == "Ferme de Zaër"
    keys.press(Qt.Key.Key_Escape)
    desk.settle()
    assert desk.ventures.trail.is_home
    card = desk.ventures.board.board.current
    assert card is not None
    assert card.name == "Ferme de Zaër"


def test_the_page_says_where_the_venture_is_and_what_it_has(desk: Desk) -> None:
    panel = _open(desk)
    assert panel.path.today == "Funding"
    assert panel._step("call").since
    assert "Step 7 of 10" in panel.path.accessibleName()
    assert "Ready for the next step" in panel.strip.lacks.text()
    assert [part.amount for part in panel.money.bars["MAD"].bar.parts] == [Decimal(30000), Decimal(30000)]
    assert "month is missing" in panel.figures.gaps.text()
    told = [label.text() for label in panel.money.rows.findChildren(QLabel)]
    assert any("Registre du commerce" in text for text in told)
    assert sum("paid on" in text for text in told) == 1


def test_a_month_is_noted_in_the_gap(desk: Desk, keys: Keys) -> None:
    panel, wanted = _open(desk), desk.find("Sahel")
    keys.press(Qt.Key.Key_F4)
    desk.settle()
    form = desk.ventures.figure
    assert form.month.text == "06/2026"
    assert QApplication.focusWidget() is form.turnover.line
    keys.write("dix mille")
    keys.press(Qt.Key.Key_Return)
    assert form.turnover._frame.error
    form.turnover.line.selectAll()
    keys.write("10 250,50")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    noted = {one.month: one for one in desk.hub.read(lambda uow: monthly_figures.list_figures(wanted, uow))}
    assert noted[date(2026, 6, 1)].turnover == Decimal("10250.50")
    assert noted[date(2026, 6, 1)].clients is None
    assert desk.ventures.trail.currentWidget() is panel
    assert panel.figures._gap_row.isHidden()
    desk.undo()
    assert "month is missing" in panel.figures.gaps.text()


def test_time_runs_left_to_right_also_in_arabic(open_desk: OpenDesk, keys: Keys) -> None:
    desk = open_desk(language="ar")
    panel = _open(desk)
    plot = panel.figures.plot
    plot.setFocus()
    last = plot.marked
    keys.press(Qt.Key.Key_Left)
    assert plot.marked == last - 1
    assert panel.figures.readout.text()


def test_a_member_joins(desk: Desk, keys: Keys) -> None:
    panel, wanted = _open(desk, "Zaër"), desk.find("Zaër")
    keys.press(Qt.Key.Key_F2)
    desk.settle()
    keys.write("kouassi")
    desk.settle()
    keys.press(Qt.Key.Key_Return)
    form = desk.ventures.member
    assert QApplication.focusWidget() is form.role
    keys.press(Qt.Key.Key_Tab)
    keys.write("120")
    keys.press(Qt.Key.Key_Return)
    assert form.share._frame.error
    form.share.line.selectAll()
    keys.write("60,5")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    [member] = desk.hub.read(lambda uow: ventures.show(wanted, uow)).members
    assert (member.name, member.share) == ("Jean-Baptiste Kouassi", 6050)
    assert "39" in panel.members.remarks.text()


def test_a_step_is_marked_as_done_and_keeps_the_keyboard(desk: Desk, keys: Keys) -> None:
    panel = _open(desk)
    assert panel.sheet is not None
    step = next(step for step in panel.sheet.view.registration_steps if step.done_at is None)
    panel.steps.rows.button(step.id).setFocus()
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    after = next(one for one in panel.sheet.view.registration_steps if one.id == step.id)
    assert after.done_at is not None
    assert QApplication.focusWidget() is panel.steps.rows.button(step.id)


def test_what_is_planned_is_added_changed_and_taken_out_with_undo(desk: Desk, keys: Keys) -> None:
    panel = _open(desk)
    assert panel.sheet is not None
    before = panel.sheet.view.registration_steps
    keys.press(Qt.Key.Key_F6)
    form = desk.ventures.planned
    form.kind.buttons[1].click()
    keys.press(Qt.Key.Key_Return)
    assert form.words._frame.error
    form.words.setFocus()
    keys.write("Bail du local")
    form.due.setFocus()
    keys.write("04/01/2027")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    own = panel.sheet.view.registration_steps[-1]
    assert (own.title, own.due, len(panel.sheet.view.registration_steps)) == (
        "Bail du local", date(2027, 1, 4), len(before) + 1,
    )  # fmt: skip
    panel.steps.rows.button(own.id, 1).setFocus()
    keys.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.due.line
    form.due.line.selectAll()
    keys.write("11/01/2027")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert panel.sheet.view.registration_steps[-1].due == date(2027, 1, 11)
    panel.steps.rows.button(own.id, 1).click()
    form.remove_button.click()
    desk.settle()
    assert panel.sheet.view.registration_steps == before
    desk.undo()
    assert panel.sheet.view.registration_steps[-1].id == own.id
