"""The queue by keyboard, and how it follows the register."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.visits import LogVisit, VisitRow, VisitState
from app.services import visits
from tests.journeys.stage import Stage, clock_at
from ui.reception.queue_model import QueueModel, word_minutes

Key = Qt.Key
Alt = Qt.KeyboardModifier.AltModifier


def rows(stage: Stage) -> tuple[VisitRow, ...]:
    return stage.hub.read(lambda uow: visits.list_day(None, uow))


def log(stage: Stage, counter: Qt.Key, count: int = 1) -> None:
    for _number in range(count):
        stage.typist.press(Key.Key_F3).press(counter)


def test_alt_and_a_digit_call_the_next_from_anywhere(stage: Stage) -> None:
    log(stage, Key.Key_2, 2)
    stage.typist.type("kone").press(Key.Key_2, Alt)
    assert [row.state for row in rows(stage)] == [VisitState.WITH_COUNTER, VisitState.WAITING]
    assert stage.page.search.finder.text == "kone"


def test_alt_works_on_the_row_of_digits_of_an_azerty_keyboard(stage: Stage) -> None:
    log(stage, Key.Key_2)
    stage.typist.press(Key.Key_Eacute, Alt)
    assert rows(stage)[0].state is VisitState.WITH_COUNTER


def test_calling_where_nobody_waits_is_said_in_words(stage: Stage) -> None:
    stage.typist.press(Key.Key_1, Alt)
    assert stage.said


def test_in_the_queue_enter_calls_and_then_checks_out(stage: Stage) -> None:
    log(stage, Key.Key_1)
    stage.typist.press(Key.Key_F5)
    assert stage.page.queue.view.hasFocus()
    stage.typist.press(Key.Key_Return)
    assert rows(stage)[0].state is VisitState.WITH_COUNTER
    assert stage.page.queue.current is not None
    stage.typist.press(Key.Key_Return)
    assert rows(stage)[0].state is VisitState.CHECKED_OUT


def test_in_the_queue_a_digit_hands_over(stage: Stage) -> None:
    log(stage, Key.Key_1, 2)
    stage.typist.press(Key.Key_F5).press(Key.Key_Down).press(Key.Key_3)
    assert stage.page.snapshot is not None
    counters = [stage.page.snapshot.word_counter(row.counter_id)[0] for row in rows(stage)]
    assert counters == ["1", "3"]
    assert stage.page.queue.current is not None
    assert stage.page.queue.current.visit.id == rows(stage)[1].id


def test_arrows_pass_over_the_headings(stage: Stage) -> None:
    log(stage, Key.Key_1)
    log(stage, Key.Key_4)
    stage.typist.press(Key.Key_F5).press(Key.Key_Down)
    assert stage.page.queue.current is not None
    assert stage.page.queue.current.visit.id == rows(stage)[1].id
    stage.typist.press(Key.Key_Down).press(Key.Key_Up)
    assert stage.page.queue.current.visit.id == rows(stage)[0].id


def test_the_same_key_and_escape_lead_back_to_the_search(stage: Stage) -> None:
    log(stage, Key.Key_1)
    stage.typist.press(Key.Key_F5).press(Key.Key_F5)
    assert stage.page.search.finder.line.hasFocus()
    stage.typist.press(Key.Key_F5).press(Key.Key_Escape)
    assert stage.page.search.finder.line.hasFocus()
    assert stage.page.queue.current is None


def test_f7_checks_out_who_is_marked_in_the_search(stage: Stage) -> None:
    stage.typist.type("awa").press(Key.Key_Return).press(Key.Key_1).press(Key.Key_Return)
    stage.typist.type("awa").press(Key.Key_F7)
    assert rows(stage)[0].state is VisitState.CHECKED_OUT
    stage.typist.type("adama").press(Key.Key_F7)
    assert "F5" in stage.said


def test_what_another_place_logs_is_shown_and_the_mark_stays(stage: Stage) -> None:
    log(stage, Key.Key_2)
    stage.typist.press(Key.Key_F5)
    marked = stage.page.queue.current
    snapshot = stage.page.snapshot
    assert marked is not None
    assert snapshot is not None
    outcome = stage.hub.write(lambda uow: visits.log(LogVisit(None, snapshot.counters[0].id), uow))
    stage.bus.changed.emit(outcome.changes)
    stage.typist.settle()
    assert stage.page.queue.current is not None
    assert stage.page.queue.current.visit.id == marked.visit.id
    assert stage.page.queue.model.row_of(outcome.value.id) >= 0


def test_waiting_times_run_on_without_the_lines_being_made_again(stage: Stage, qtbot: QtBot) -> None:
    log(stage, Key.Key_1, 2)
    clock = clock_at("2026-11-23 09:00")
    model = QueueModel(None, clock)
    snapshot = stage.page.snapshot
    assert snapshot is not None
    model.show_queues(snapshot.queues)
    entries = [entry.row for entry in model.entries if entry.row is not None]
    clock.turn(12.5)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.tick()
    assert model.word_wait(entries[0]) == "12 min"
    assert model.longest_wait(snapshot.counters[0]) == 12
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_queues(stage.hub.read(visits.queues))


def test_a_clock_set_back_shows_no_negative_wait(stage: Stage) -> None:
    log(stage, Key.Key_1)
    model = QueueModel(None, clock_at("2026-11-22 09:00"))
    assert stage.page.snapshot is not None
    model.show_queues(stage.page.snapshot.queues)
    entry = next(entry.row for entry in model.entries if entry.row is not None)
    assert model.minutes(entry) == 0


def test_model_keeps_qt_rules(stage: Stage) -> None:
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
        for model in (stage.page.queue.model, stage.page.search.finder.model)
    ]
    log(stage, Key.Key_1, 3)
    log(stage, Key.Key_3)
    stage.typist.press(Key.Key_1, Alt).type("kone")
    assert [tester.model().rowCount() > 0 for tester in testers] == [True, True]


def test_long_waits_are_worded_in_hours() -> None:
    assert word_minutes(5) == "5 min"
    assert word_minutes(65) == "1 h 05"
