"""Money by keyboard: refusals are read before anything is kept, reasons stay, and the gauge adds up by hand."""

from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.domain.agreements import Agreement
from app.domain.gauge import Figure
from app.services import attachments, funding, gauge
from tests.ui.conftest import Keys
from tests.ui.ventures.conftest import Desk, OpenDesk
from tests.ui.ventures.scene import RATE
from ui.ventures.amounts import word_amount

if TYPE_CHECKING:
    from ui.funding.entries import Asked


def _open_agreement(desk: Desk) -> Agreement:
    venture = desk.find("Sahel")
    [agreement] = desk.hub.read(lambda uow: funding.list_agreements(uow, venture=venture))
    desk.ventures.agreements.open_agreement(agreement.id)
    desk.settle()
    return agreement


def _again(desk: Desk, agreement: Agreement) -> Agreement:
    return desk.hub.read(lambda uow: funding.show(agreement.id, uow))


def test_what_stands_in_the_way_is_said_and_a_reason_goes_on_record(desk: Desk, keys: Keys) -> None:
    agreement = _open_agreement(desk)
    panel, form = desk.ventures.agreements.agreement, desk.ventures.agreements.pay
    second = agreement.tranches[1]
    panel.payment_requested.emit(agreement, second)
    desk.settle()
    assert "condition" in form.sentences.text()
    assert QApplication.focusWidget() is form.amount.line
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert form.reason._frame.error
    assert len(_again(desk, agreement).payments) == 1
    keys.write("Le four arrive cette semaine")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    paid = _again(desk, agreement).payments
    assert len(paid) == 2
    assert paid[1].override_reason == "Le four arrive cette semaine"
    assert paid[1].amount == Decimal("30000.00")
    assert desk.ventures.trail.currentWidget() is panel
    assert "paid before the condition" in panel._warnings.text()


def test_more_than_was_agreed_is_refused_while_it_is_typed(desk: Desk, keys: Keys) -> None:
    agreement = _open_agreement(desk)
    form = desk.ventures.agreements.pay
    desk.ventures.agreements.agreement.payment_requested.emit(agreement, agreement.tranches[1])
    desk.settle()
    before = form.sentences.text()
    form.amount.line.selectAll()
    keys.write("200000")
    desk.settle()
    assert form.sentences.text() != before
    assert len(form.sentences.text().splitlines()) == 2
    keys.press(Qt.Key.Key_Escape)
    desk.settle()
    assert len(_again(desk, agreement).payments) == 1


def test_a_condition_is_met_with_what_shows_it(desk: Desk, keys: Keys) -> None:
    agreement = _open_agreement(desk)
    panel = desk.ventures.agreements.agreement
    panel.tranches.button(agreement.tranches[1].id).setFocus()
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert QApplication.focusWidget() is desk.ventures.agreements.statement.text_field.line
    keys.press(Qt.Key.Key_Return)
    assert _again(desk, agreement).tranches[1].met_on is None
    keys.write("RC 123456, copie au dossier")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    met = _again(desk, agreement).tranches[1]
    assert met.met_on is not None
    assert met.met_note == "RC 123456, copie au dossier"


def test_money_is_asked_for_planned_and_granted(desk: Desk, keys: Keys) -> None:
    desk.ventures.open_venture(desk.find("Atlas"))
    desk.settle()
    desk.ventures.venture.money.ask_button.click()
    desk.settle()
    keys.press(Qt.Key.Key_Tab)
    keys.write("45000")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    panel = desk.ventures.agreements.agreement
    assert panel.agreement is not None
    assert panel.agreement.amount == Decimal(45000)
    keys.press(Qt.Key.Key_F2)
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert [one.amount for one in panel.agreement.tranches] == [Decimal(45000)]
    grant = next(move for move in panel.move_buttons if move.value == "grant")
    panel.move_buttons[grant].click()
    desk.settle()
    assert panel.agreement.state.value == "granted"


def test_every_number_of_the_gauge_opens_its_list_and_adds_up(open_desk: OpenDesk, keys: Keys) -> None:
    desk = open_desk("funding")
    page = desk.funding
    by_hand = (Decimal("60000.00") / RATE).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert desk.hub.read(gauge.show).paid == by_hand
    assert page.gauge.figures[Figure.PAID].text() == word_amount(by_hand, "EUR")
    page.gauge.primary_focus().setFocus()
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert page.trail.currentWidget() is page.entries
    assert word_amount(by_hand, "EUR") in page.entries.total.text()
    assert len(page.entries._entries) == 1
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert page.trail.currentWidget() is page.agreements.agreement
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_Escape)
    desk.settle()
    assert page.trail.is_home
    for table in (page.gauge.by_hub, page.gauge.by_kind):
        assert len(table.numbers) == 3
        seen: list[Asked] = []
        table.asked.connect(seen.append)
        for button in table.numbers:
            button.click()
            page.trail.go_back()
        assert [asked.figure for asked in seen] == [Figure.PAID, Figure.COMMITTED, Figure.FORECAST]


def test_a_rate_is_noted(open_desk: OpenDesk, keys: Keys) -> None:
    desk = open_desk("funding")
    desk.funding.show_section("budget")
    desk.settle()
    keys.press(Qt.Key.Key_F2)
    keys.write("10,9312")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert "rate" in desk.said
    assert desk.funding.trail.is_home


def test_a_receipt_is_kept_with_its_payment(desk: Desk, keys: Keys, tmp_path: Path) -> None:
    agreement = _open_agreement(desk)
    pages = desk.ventures.agreements
    panel, form = pages.agreement, pages.papers.form
    [payment] = agreement.payments
    panel.payments.button(payment.id, 1).setFocus()
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.ventures.trail.currentWidget() is form
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.lightGray)
    path = tmp_path / "recu.png"
    assert image.save(str(path))
    form.take_file(path)
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    [kept] = desk.hub.read(lambda uow: attachments.list_attachments(uow, money_id=payment.id))
    assert kept.name == "recu"
    assert desk.ventures.trail.currentWidget() is panel
    assert "1" in panel.payments.button(payment.id, 1).text()
    desk.undo()
    assert "1" not in panel.payments.button(payment.id, 1).text()
