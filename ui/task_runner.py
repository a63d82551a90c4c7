"""One database thread. Tasks run in the order they were handed over; their results come back on the GUI thread."""

import sys
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import Cancelled

_TAKE_TURNS_S: Final = 0.001
"""How long one thread may keep the other from running Python. By default 5 ms: a search would wait for the repaint of
the line that asked for it, and the list for the end of a query."""


class _Task:
    __slots__ = ("brief", "error", "lane", "number", "on_done", "on_error", "patient", "result", "work")

    def __init__(
        self,
        number: int,
        lane: str | None,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        *,
        brief: bool,
        patient: bool,
    ) -> None:
        self.number, self.lane, self.work, self.on_done, self.on_error = number, lane, work, on_done, on_error
        self.brief, self.patient = brief, patient
        self.result: Any = None
        self.error: Exception | None = None


class TaskRunner(QObject):
    """The database thread and the way back from it.

    In a lane only the last task counts: one that has not started when the next arrives is dropped, the result of one
    that has is ignored. Tasks without a lane all run. The thread starts with the first task and ends with `close`.

    A patient task is long reading that calls `let_others_go_first` often: brief tasks, which are one transaction each,
    are then carried out in between, and do not wait for it. Everything else waits for its end.
    """

    _task_finished = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = Condition()
        self._waiting: deque[_Task] = deque()
        # callbacks may hold widgets, which may die on the GUI thread only: the last reference is always here
        self._held: dict[int, _Task] = {}
        self._newest: dict[str, int] = {}
        self._count = 0
        self._closing = False
        self._hurrying = False
        self._thread: Thread | None = None
        self._task_finished.connect(self._on_task_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def is_closed(self) -> bool:
        """Whether the thread takes nothing any more."""
        return self._closing

    @property
    def is_idle(self) -> bool:
        """Whether everything handed over has come back."""
        return not self._held

    def submit(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        *,
        lane: str | None = None,
        brief: bool = False,
        patient: bool = False,
    ) -> None:
        """Run `work` on the database thread, then one of the two others on the GUI thread. Call on the GUI thread.

        Raises RuntimeError after `close`.
        """
        if self._closing:
            raise RuntimeError("the database thread has ended")
        if lane is not None:
            self.forget(lane)
        self._count += 1
        task = _Task(self._count, lane, work, on_done, on_error, brief=brief, patient=patient)
        self._held[task.number] = task
        if lane is not None:
            self._newest[lane] = task.number
        with self._wake:
            self._waiting.append(task)
            self._wake.notify()
        if self._thread is None:
            sys.setswitchinterval(_TAKE_TURNS_S)
            self._thread = Thread(target=self._work_off, name="wasl-database")
            self._thread.start()

    def forget(self, lane: str) -> None:
        """Drop what a lane has under way: nothing of it comes back."""
        self._newest.pop(lane, None)
        with self._wake:
            dropped = [task for task in self._waiting if task.lane == lane]
            for task in dropped:
                self._waiting.remove(task)
        for task in dropped:
            self._held.pop(task.number, None)

    def hurry(self) -> None:
        """Have patient work stop at once: what comes next can't go between."""
        with self._wake:
            self._hurrying = True

    def let_others_go_first(self) -> None:
        """Carry out the brief tasks that wait; to be called on the database thread by a patient one.

        Raises Cancelled where the patient one has to stop.
        """
        while True:
            with self._wake:
                if self._hurrying or self._closing:
                    raise Cancelled
                task = next((task for task in self._waiting if task.brief), None)
                if task is None:
                    return
                self._waiting.remove(task)
            self._task_finished.emit(_carry_out(task))

    def close(self) -> None:
        """Finish what was handed over, drop searches, end the thread and wait for it. Nothing comes back any more."""
        with self._wake:
            self._closing = True
            self._waiting = deque(task for task in self._waiting if task.lane is None)
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._held.clear()

    def _work_off(self) -> None:
        while (number := self._work_next()) is not None:
            self._task_finished.emit(number)

    def _work_next(self) -> int | None:
        with self._wake:
            while not self._waiting and not self._closing:
                self._wake.wait()
            if not self._waiting:
                return None
            task = self._waiting.popleft()
            if not task.patient:
                self._hurrying = False
        return _carry_out(task)

    def _on_task_finished(self, number: int) -> None:
        task = self._held.pop(number, None)
        if task is None or self._closing or (task.lane is not None and self._newest.get(task.lane) != number):
            return
        if task.error is None:
            task.on_done(task.result)
        else:
            task.on_error(task.error)


def _carry_out(task: _Task) -> int:
    try:
        task.result = task.work()
    except Exception as error:  # noqa: BLE001 - it goes back whole to the GUI thread, which words or raises it
        task.error = error
    return task.number
