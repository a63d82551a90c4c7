"""The database thread: order, lanes, the way back, the end."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from app.errors import Cancelled
from ui.task_runner import TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    del qtbot
    runner = TaskRunner()
    yield runner
    runner.close()


def _refuse(error: Exception) -> None:
    raise AssertionError from error


def test_tasks_run_in_order_on_one_thread_and_answer_on_the_gui_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    answers: list[tuple[int, str, str]] = []

    def make(number: int) -> None:
        runner.submit(
            lambda: (number, threading.current_thread().name),
            lambda value: answers.append((*value, threading.current_thread().name)),
            _refuse,
        )

    for number in range(20):
        make(number)
    qtbot.waitUntil(lambda: runner.is_idle)
    main = threading.main_thread().name
    assert answers == [(number, "wasl-database", main) for number in range(20)]


def test_in_a_lane_only_the_last_question_counts(runner: TaskRunner, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    ran: list[str] = []
    answered: list[str] = []

    def work(name: str) -> str:
        ran.append(name)
        if name == "first":
            begun.set()
            assert gate.wait(10)
        return name

    runner.submit(lambda: work("first"), answered.append, _refuse, lane="search")
    assert begun.wait(10)
    for name in ("second", "third", "fourth"):
        runner.submit(partial(work, name), answered.append, _refuse, lane="search")
    runner.submit(lambda: work("write"), answered.append, _refuse)
    gate.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert ran == ["first", "fourth", "write"]  # what had not started was dropped
    assert answered == ["fourth", "write"]  # what had started was ignored


def test_a_forgotten_lane_answers_nothing(runner: TaskRunner, qtbot: QtBot) -> None:
    answered: list[int] = []
    runner.submit(lambda: 1, answered.append, _refuse, lane="search")
    runner.forget("search")
    runner.submit(lambda: 2, answered.append, _refuse)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert answered == [2]


def test_an_error_comes_back_whole(runner: TaskRunner, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    runner.submit(lambda: 1 // 0, _unexpected, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)
    assert errors[0].__traceback__ is not None


def _unexpected(value: object) -> None:
    raise AssertionError(value)


def test_closing_finishes_writes_and_drops_searches(qtbot: QtBot) -> None:
    del qtbot
    runner = TaskRunner()
    begun = threading.Event()
    ran: list[str] = []

    def first() -> None:
        begun.set()
        with runner._wake:
            assert runner._wake.wait_for(lambda: runner.is_closed, 10)

    runner.submit(first, _unexpected, _refuse)
    assert begun.wait(10)
    runner.submit(lambda: ran.append("search"), _unexpected, _refuse, lane="search")
    runner.submit(lambda: ran.append("write"), _unexpected, _refuse)
    runner.close()
    assert ran == ["write"]
    with pytest.raises(RuntimeError):
        runner.submit(lambda: None, _unexpected, _refuse)


def test_brief_work_goes_between_and_everything_else_waits(runner: TaskRunner, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    order: list[str] = []

    def long() -> None:
        begun.set()
        assert gate.wait(10)
        runner.let_others_go_first()
        order.append("long")

    done: list[object] = []
    runner.submit(long, done.append, _refuse, patient=True)
    assert begun.wait(10)
    runner.submit(lambda: order.append("other"), done.append, _refuse)
    runner.submit(lambda: order.append("another long one"), done.append, _refuse, patient=True)
    runner.submit(lambda: order.append("brief"), done.append, _refuse, brief=True)
    runner.submit(lambda: order.append("search"), done.append, _refuse, lane="search", brief=True)
    gate.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert order == ["brief", "search", "long", "other", "another long one"]
    assert len(done) == 5


def test_patient_work_stops_for_who_is_in_a_hurry(runner: TaskRunner, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    order: list[str] = []
    failed: list[Exception] = []

    def long() -> None:
        begun.set()
        assert gate.wait(10)
        runner.let_others_go_first()
        order.append("long")

    runner.submit(long, order.append, failed.append, patient=True)
    assert begun.wait(10)
    runner.submit(runner.let_others_go_first, order.append, failed.append, patient=True)
    runner.hurry()
    runner.submit(lambda: order.append("closed"), lambda _value: None, _refuse)
    gate.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert order == ["closed"]
    assert [type(error) for error in failed] == [Cancelled, Cancelled]
    runner.submit(runner.let_others_go_first, lambda _value: order.append("again"), _refuse, patient=True)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert order == ["closed", "again"]


def test_closing_ends_patient_work(qtbot: QtBot) -> None:
    del qtbot
    runner = TaskRunner()
    begun = threading.Event()

    def long() -> None:
        begun.set()
        while True:
            runner.let_others_go_first()

    runner.submit(long, _refuse, _refuse, patient=True)
    assert begun.wait(10)
    runner.close()
