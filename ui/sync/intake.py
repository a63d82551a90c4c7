"""Files from a stick: looked at one by one, then taken in one by one, off the GUI thread, to be stopped at any time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from app.bootstrap import Hub
from app.changes import Changes
from app.errors import AppError, Cancelled, UserError
from app.i18n import _
from app.services.exchange import folder, letter
from app.services.exchange.asking import Question
from app.services.exchange.files import read_bundle_file
from app.services.exchange.letter import Letter
from app.services.exchange.receiving import Preview
from ui.messages import word_error
from ui.page import PageContext

STEPS: Final = 4
"""How often `Hub.take_in` pauses."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was looked at: its letter, or the sentence that says why there is none."""

    path: Path
    letter: Letter | None = None
    problem: str = ""

    @property
    def brings(self) -> bool:
        """Whether taking it in would do anything."""
        return self.letter is not None and not self.letter.preview.known


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file after its turn: what it did, or the sentence that says why it did nothing."""

    opened: OpenedFile
    done: Preview | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What was done with all files; `stopped` says that somebody stopped before the end.

    `waiting` are the ids of bundles that are still kept for later when all is over.
    """

    taken: tuple[TakenFile, ...]
    stopped: bool = False
    waiting: frozenset[str] = field(default_factory=frozenset)


class Intake(QObject):
    """One at a time. Every signal comes on the GUI thread; `moved` says how many steps of how many are done.

    `met` carries the identity files among what came, to be asked about first, and the bundles to be read after that.
    """

    met = Signal(object, object)
    opened = Signal(object)
    moved = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    _stepped = Signal()

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stop = Event()
        self._steps = 0
        self._total = 0
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)

    def read(self, paths: tuple[Path, ...]) -> None:
        """Look at files and folders: `opened` with an OpenedFile each, oldest first, or `met`, or `failed`."""
        self._begin(1)

        def find(hub: Hub) -> folder.Arrivals:
            return hub.read(lambda uow: folder.sort_out(paths, uow))

        self._context.operations.call(self, find, self._on_found, self.failed.emit)

    def take(self, files: tuple[OpenedFile, ...], agreed: frozenset[Question]) -> None:
        """Take files in, in the order in which they were written: `finished` with the Account."""
        self._begin(STEPS * len(files))
        self._take_next(tuple(sorted(files, key=_made_at)), (), agreed)

    def stop(self) -> None:
        """Stop as soon as possible; the file whose turn it is leaves no trace, unless it is done already."""
        self._stop.set()

    def _begin(self, total: int) -> None:
        self._stop.clear()
        self._steps, self._total = 0, total
        self.moved.emit(0, total)

    def _on_found(self, found: folder.Arrivals) -> None:
        if found.identities:
            self.met.emit(found.identities, found.bundles)
        else:
            self._read_next(found.bundles, ())

    def _read_next(self, paths: tuple[Path, ...], found: tuple[OpenedFile, ...]) -> None:
        self._total = len(paths)
        self.moved.emit(len(found), len(paths))
        if len(found) == len(paths):
            self.opened.emit(tuple(sorted(_each_once(found), key=_made_at)))
            return
        if self._stop.is_set():
            self.failed.emit(Cancelled())
            return
        path = paths[len(found)]
        self._context.operations.call(
            self,
            lambda hub: open_file(hub, path),
            lambda opened: self._read_next(paths, (*found, opened)),
            self.failed.emit,
        )

    def _take_next(
        self, files: tuple[OpenedFile, ...], taken: tuple[TakenFile, ...], agreed: frozenset[Question]
    ) -> None:
        if len(taken) == len(files) or self._stop.is_set():
            self._finish(Account(taken, stopped=len(taken) < len(files)))
            return
        opened = files[len(taken)]

        def done(result: tuple[TakenFile, Changes] | None) -> None:
            if result is None:
                self._finish(Account(taken, stopped=True))
                return
            file, changes = result
            if changes:
                self._context.change_bus.changed.emit(changes)
            self._steps = STEPS * (len(taken) + 1)
            self.moved.emit(self._steps, self._total)
            self._take_next(files, (*taken, file), agreed)

        self._context.operations.call(
            self, lambda hub: take_file(hub, opened, agreed=agreed, pause=self._pause), done, self.failed.emit
        )

    def _finish(self, account: Account) -> None:
        def end(desk: letter.Desk) -> None:
            self.finished.emit(replace(account, waiting=frozenset(item.bundle_id for item in desk.waiting)))

        self._context.operations.query(self, letter.look, end, self.failed.emit)

    def _pause(self) -> None:
        """On the database thread, between two steps."""
        if self._stop.is_set():
            raise Cancelled
        self._stepped.emit()

    def _on_stepped(self) -> None:
        self._steps = min(self._steps + 1, self._total)
        self.moved.emit(self._steps, self._total)


def open_file(hub: Hub, path: Path) -> OpenedFile:
    """Look at a file, on the database thread."""
    try:
        content = read_bundle_file(path)
        return OpenedFile(path, hub.read(lambda uow: letter.read_letter(content, uow)))
    except AppError as error:
        return OpenedFile(path, problem=word_error(error))


def take_file(
    hub: Hub, opened: OpenedFile, *, agreed: frozenset[Question] = frozenset(), pause: Callable[[], None] = lambda: None
) -> tuple[TakenFile, Changes] | None:
    """Take a file in, on the database thread; None when `pause` has stopped it."""
    if opened.letter is None:
        return TakenFile(opened, problem=opened.problem), Changes()
    try:
        content = read_bundle_file(opened.path)
        if not folder.is_bundle(content, opened.letter.preview.bundle_id):
            raise UserError(_("This file has changed since it was shown, so it was left alone. Look at it again."))
        outcome = hub.take_in(content, agreed=agreed, pause=pause)
    except Cancelled:
        return None
    except AppError as error:
        return TakenFile(opened, problem=word_error(error)), Changes()
    return TakenFile(opened, outcome.value), outcome.changes


def _each_once(files: tuple[OpenedFile, ...]) -> tuple[OpenedFile, ...]:
    """The same bundle under two names is one."""
    ids = {file.letter.preview.bundle_id: file for file in reversed(files) if file.letter is not None}
    return tuple(file for file in files if file.letter is None or ids[file.letter.preview.bundle_id] is file)


def _made_at(file: OpenedFile) -> tuple[bool, int, str]:
    """In the order in which they were written; what is no bundle comes last."""
    return file.letter is None, file.letter.preview.made_at if file.letter else 0, str(file.path)
