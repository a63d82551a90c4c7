"""Today's visits, corrections, receipts, records, figures, and closing the day."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog

from app.domain.visits import VisitRow, VisitState
from app.services import days, visits
from tests.journeys.stage import Stage
from ui.printing.paper_dialog import PaperDialog

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier


def rows(stage: Stage) -> tuple[VisitRow, ...]:
    return stage.hub.read(lambda uow: visits.list_day(None, uow))


def log_awa(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_1).press(Key.Key_Return)


def test_the_list_shows_todays_visits_newest_first(stage: Stage) -> None:
    warning = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(stage.page.visits.model, warning)
    log_awa(stage)
    stage.typist.press(Key.Key_F3).press(Key.Key_2).press(Key.Key_F6)
    assert [row.name for row in stage.page.visits.model.rows] == ["", "KONE Awa"]
    assert stage.page.visits.table.hasFocus()
    assert tester.model() is stage.page.visits.model


def test_the_list_follows_while_it_is_shown_and_is_read_again_when_it_was_hidden(stage: Stage) -> None:
    stage.typist.press(Key.Key_F6).press(Key.Key_Escape)
    log_awa(stage)
    assert not stage.page.visits.model.rows
    stage.typist.press(Key.Key_F6)
    assert len(stage.page.visits.model.rows) == 1
    stage.typist.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert stage.page.visits.model.rows[0].state is VisitState.WITH_COUNTER


def test_counter_reason_and_time_are_corrected_and_the_history_says_so(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F6).press(Key.Key_Return)
    panel = stage.page.correction
    assert panel.counter.hasFocus()
    stage.typist.press(Key.Key_3)
    panel.reason.setFocus()
    stage.typist.press(Key.Key_Down)
    panel.arrived.line.setFocus()
    panel.arrived.line.selectAll()
    stage.typist.type("08:15").press(Key.Key_Return)
    row = rows(stage)[0]
    assert stage.page.snapshot is not None
    assert stage.page.snapshot.word_counter(row.counter_id).startswith("3")
    assert row.reason == "other"
    stage.typist.press(Key.Key_Return)
    assert panel.arrived.text == "08:15"
    assert "Amina Alami" in panel.history.text
    assert "08:15" in panel.history.text
    assert len(panel.history.text.splitlines()) == 4


def test_an_entry_is_put_on_another_person(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F6).press(Key.Key_Return).press(Key.Key_F2)
    stage.typist.type("adama").press(Key.Key_Return).press(Key.Key_Return, Ctrl)
    assert [row.name for row in rows(stage)] == ["KONE Adama"]


def test_an_entry_made_by_mistake_no_longer_counts_and_can_be_counted_again(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F6).press(Key.Key_Return)
    stage.page.correction.void.click()
    stage.typist.settle()
    assert rows(stage)[0].state is VisitState.VOID
    assert stage.hub.read(days.today).visits == 0
    stage.typist.press(Key.Key_Return)
    stage.page.correction.void.click()
    stage.typist.settle()
    assert stage.hub.read(days.today).visits == 1


def test_a_time_that_is_none_is_explained_below_the_field(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F6).press(Key.Key_Return)
    stage.page.correction.arrived.set_text("25:99")
    stage.typist.press(Key.Key_Return, Ctrl)
    assert stage.page.correction.arrived.error
    assert stage.page.stack.currentWidget() is stage.page.correction


@pytest.mark.parametrize(("digit", "language"), [(Key.Key_1, "fr"), (Key.Key_2, "en"), (Key.Key_3, "ar")])
def test_a_receipt_is_made_in_the_language_that_was_chosen(stage: Stage, digit: Qt.Key, language: str) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F8).press(digit)
    assert stage.page.receipt.language.value == language
    stage.typist.press(Key.Key_Return)
    dialogs = stage.page.findChildren(QDialog)
    assert [type(dialog) for dialog in dialogs] == [PaperDialog]
    assert isinstance(dialogs[0], PaperDialog)
    assert dialogs[0].view.page_count == 1
    dialogs[0].close()


def test_the_record_is_shown_and_the_restricted_block_opened_for_the_manager(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_F9)
    card = stage.page.record.card
    assert card.name_label.text() == "KONE Awa"
    assert "\n" in card.restricted_text
    stage.typist.press(Key.Key_Escape)
    assert stage.page.search.finder.line.hasFocus()


def test_a_receptionist_sees_the_lock_instead_of_the_situation(reception_stage: Stage) -> None:
    reception_stage.typist.type("awa").press(Key.Key_F9)
    assert reception_stage.page.record.card.name_label.text() == "KONE Awa"
    assert "\n" not in reception_stage.page.record.card.restricted_text


def test_the_figures_of_the_day_are_those_of_the_register(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F3).press(Key.Key_2)
    assert stage.page.snapshot is not None
    figures = stage.page.snapshot.figures
    assert (figures.here, figures.visits, figures.new_people, figures.women) == (2, 2, 1, 1)


def test_closing_the_day_says_first_what_it_will_do(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F3).press(Key.Key_2).press(Key.Key_F10)
    assert "2" in stage.page.closing.effect.text()
    assert [row.state for row in rows(stage)] == [VisitState.WAITING] * 2
    before = [(row.arrived_at, row.left_at) for row in rows(stage)]
    stage.typist.press(Key.Key_Return)
    assert [row.state for row in rows(stage)] == [VisitState.CLOSED_WITH_DAY] * 2
    assert [(row.arrived_at, row.left_at) for row in rows(stage)] == before
    assert stage.page.search.finder.line.hasFocus()


def test_escape_leaves_the_day_open(stage: Stage) -> None:
    log_awa(stage)
    stage.typist.press(Key.Key_F10).press(Key.Key_Escape)
    assert not stage.hub.read(days.today).closed


def test_an_earlier_day_that_was_not_closed_is_announced_and_closed_first(stage: Stage) -> None:
    log_awa(stage)
    assert not stage.page.banner.isVisible()
    stage.clock.turn(24 * 60)
    stage.page.refresh()
    stage.typist.settle()
    assert stage.page.banner.isVisible()
    assert "23" in stage.page.banner.text
    stage.typist.press(Key.Key_F10).press(Key.Key_Return)
    assert not stage.page.banner.isVisible()
    figures = stage.hub.read(days.today)
    assert figures.unclosed is None
    assert figures.here == 0


def test_a_day_without_visits_has_nothing_to_close(stage: Stage) -> None:
    stage.typist.press(Key.Key_F10)
    assert not stage.page.closing.close_day.isEnabled()
    stage.typist.press(Key.Key_Return)
    assert stage.said == ""
    assert not stage.hub.read(days.today).closed


def test_f1_shows_all_keys_and_escape_hides_them(stage: Stage) -> None:
    stage.typist.press(Key.Key_F1)
    assert stage.page.overlay.isVisible()
    stage.typist.press(Key.Key_Escape)
    assert not stage.page.overlay.isVisible()
    assert stage.page.search.finder.line.hasFocus()


def test_a_wrong_person_id_in_the_keys_is_answered_with_what_to_do(stage: Stage) -> None:
    for key in (Key.Key_F7, Key.Key_F8, Key.Key_F9):
        before = len(stage.notices)
        stage.typist.press(key)
        assert len(stage.notices) == before + 1
