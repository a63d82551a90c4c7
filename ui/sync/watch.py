"""The exchange folder: looked after while somebody is signed in who may exchange, without being asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

from app.clock import system_clock
from app.errors import AppError, UserError
from app.i18n import _
from app.services.exchange import folder
from ui.messages import word_error
from ui.notices import Tone
from ui.sync.account_words import word_taken_short
from ui.sync.intake import OpenedFile, TakenFile, open_file, take_file
from ui.sync.wording import word_office

if TYPE_CHECKING:
    from app.bootstrap import Hub
    from app.changes import Changes
    from app.domain.ids import InstallationId
    from app.services.exchange.folder import Due, FoundFile, PutFile
    from ui.page import PageContext
    from ui.preferences import Preferences

_LOOK_MS: Final = 60_000
"""A stick that is plugged in again is noticed after this long; a change in a folder at once."""
_SETTLE_MS: Final = 2_000
"""A file that is still growing is left alone; whether it grows is seen by looking twice."""
_NAME: Final = "wasl-folder-watch"


@dataclass(frozen=True, slots=True)
class FolderState:
    """What the page says of the folder. `problem` is a sentence, empty when all is well; `looked_at` epoch ms or None.

    `asking` are files that delete so much that a person must look at them first.
    """

    folder: str
    problem: str = ""
    looked_at: int | None = None
    asking: tuple[Path, ...] = ()


class FolderWatch(QObject):
    """Reads what is for this office, writes what the others lack. One thing at a time, each on the database thread."""

    changed = Signal()
    looked = Signal()

    def __init__(self, context: PageContext, preferences: Preferences) -> None:
        super().__init__(context.operations)
        self.setObjectName(_NAME)
        self._context = context
        self._preferences = preferences
        self._busy = False
        self._again = False
        self._stamps: dict[Path, folder.Stamp] = {}
        self._left: dict[Path, folder.Stamp] = {}
        self._written: dict[InstallationId, str] = {}
        self.state = FolderState(preferences.settings.exchange_folder)
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._watcher.directoryChanged.connect(self._on_watcher_directory_changed, Qt.ConnectionType.QueuedConnection)
        self._timer.timeout.connect(self.look)
        self._settle.timeout.connect(self.look)
        preferences.changed.connect(self._on_preferences_changed)
        self._start()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._busy

    def choose(self, path: str) -> None:
        """Look after another folder from now on; empty for none."""
        self._preferences.choose_exchange_folder(path)

    def forget(self) -> None:
        """Somebody was added or agreed to something: what was left alone is looked at again."""
        self._left.clear()
        self._written.clear()
        self.look()

    def look(self) -> None:
        """Look now; while a look is under way, once more after it."""
        if not self.state.folder:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._follow()
        where = Path(self.state.folder)

        def scan(hub: Hub) -> tuple[FoundFile, ...]:
            return hub.read(lambda uow: folder.scan(where, uow))

        self._context.operations.call(self, scan, self._on_scanned, self._on_failed)

    def _start(self) -> None:
        if self.state.folder:
            self._timer.start()
            QTimer.singleShot(0, self, self.look)
        else:
            self._timer.stop()
            self._follow()

    def _follow(self) -> None:
        """Have the system tell of changes in the folder; one that is not there is only looked for by the clock."""
        wanted = self.state.folder
        if former := [path for path in self._watcher.directories() if path != wanted]:
            self._watcher.removePaths(former)
        if wanted and wanted not in self._watcher.directories() and Path(wanted).is_dir():
            self._watcher.addPath(wanted)

    def _on_watcher_directory_changed(self) -> None:
        self._settle.start()

    def _on_preferences_changed(self) -> None:
        chosen = self._preferences.settings.exchange_folder
        if chosen != self.state.folder:
            self.state = FolderState(chosen)
            self._stamps, self._left, self._written = {}, {}, {}
            self.changed.emit()
            self._start()

    def _on_scanned(self, found: tuple[FoundFile, ...]) -> None:
        calm = [item.path for item in found if self._stamps.get(item.path) == item.stamp]
        new = tuple(path for path in calm if self._left.get(path) != self._stamps[path])
        if len(calm) < len(found):
            self._settle.start()
        self._stamps = {item.path: item.stamp for item in found}
        asking = tuple(path for path in self.state.asking if path in self._stamps and path not in new)
        self._keep(FolderState(self.state.folder, asking=asking, looked_at=system_clock()))
        self._take_next(new)

    def _take_next(self, paths: tuple[Path, ...]) -> None:
        if not paths:
            self._list_due()
            return
        path = paths[0]

        def take(hub: Hub) -> tuple[TakenFile, Changes] | OpenedFile | None:
            opened = open_file(hub, path)
            if opened.letter is not None and opened.letter.preview.asks:
                return opened
            return take_file(hub, opened, agreed=False)

        def done(result: tuple[TakenFile, Changes] | OpenedFile | None) -> None:
            if isinstance(result, OpenedFile):
                self._leave(path)
                self._ask_for(result)
            elif result is not None:
                taken, changes = result
                if changes:
                    self._context.change_bus.changed.emit(changes)
                if taken.done is None:
                    self._leave(path)
                    self._say_problem(path, taken.problem)
                else:
                    self._context.notices.say(word_taken_short(taken), Tone.GOOD)
            self._take_next(paths[1:])

        self._context.operations.call(self, take, done, self._on_failed)

    def _list_due(self) -> None:
        where, written = Path(self.state.folder), dict(self._written)

        def due(hub: Hub) -> tuple[Due, ...]:
            return hub.read(lambda uow: folder.list_due(where, written, uow))

        self._context.operations.call(self, due, self._put_next, self._on_failed)

    def _put_next(self, due: tuple[Due, ...]) -> None:
        if not due:
            self._end()
            return
        where, item = Path(self.state.folder), due[0]

        def put(hub: Hub) -> PutFile:
            return hub.write(lambda uow: folder.put(where, item.installation.hex, uow))

        def done(_written: PutFile) -> None:
            self._written[item.installation] = item.state
            self._put_next(due[1:])

        self._context.operations.call(self, put, done, self._on_failed)

    def _end(self) -> None:
        self._busy = False
        self.changed.emit()
        self.looked.emit()
        if self._again:
            self._again = False
            QTimer.singleShot(0, self, self.look)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            self._context.messages.report(error)
        problem = word_error(error)
        if problem != self.state.problem:
            # a stick that somebody took away is no fault
            self._context.notices.say(problem, Tone.INFORMATION if isinstance(error, UserError) else Tone.ATTENTION)
        self._keep(FolderState(self.state.folder, problem, self.state.looked_at, self.state.asking))
        self._again = False
        self._end()

    def _ask_for(self, opened: OpenedFile) -> None:
        state = self.state
        self._keep(FolderState(state.folder, state.problem, state.looked_at, (*state.asking, opened.path)))
        if opened.letter is not None:
            self._context.notices.say(
                _(
                    "A bundle from {office} would delete {count} records. It was not taken in: look at it on the "
                    "Exchange page first."
                ).format(office=word_office(opened.letter.sender), count=opened.letter.preview.deleted),
                Tone.ATTENTION,
            )

    def _say_problem(self, path: Path, problem: str) -> None:
        self._context.notices.say(
            _("{file} in the exchange folder: {problem}").format(file=path.name, problem=problem), Tone.ATTENTION
        )

    def _leave(self, path: Path) -> None:
        """Not again until the file is another one."""
        if path in self._stamps:
            self._left[path] = self._stamps[path]

    def _keep(self, state: FolderState) -> None:
        self.state = state
        self.changed.emit()


def folder_watch(context: PageContext, preferences: Preferences) -> FolderWatch:
    """The one watch of whoever is signed in; it begins with the first call and ends with the sign-out."""
    found = context.operations.findChild(FolderWatch, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found or FolderWatch(context, preferences)
