"""The exchange folder: looked after while somebody is signed in and a manager's order stands, without being asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

from app.changes import Changes
from app.clock import system_clock
from app.domain.accounts import Permission
from app.errors import AppError, UserError
from app.i18n import _
from app.services.exchange import automatic, folder, receiving
from app.services.exchange.files import read_bundle_file
from ui.messages import word_error
from ui.notices import Tone
from ui.sync.account_words import word_carried
from ui.sync.standing import read_standing
from ui.sync.state_line import tell_state
from ui.sync.trust_words import word_asking
from ui.sync.wording import word_place

if TYPE_CHECKING:
    from app.bootstrap import Hub
    from app.domain.ids import InstallationId
    from app.services.exchange.folder import Due, FoundFile, PutFile
    from app.services.exchange.receiving import Preview
    from ui.page import PageContext
    from ui.sync.standing import Standing

_LOOK_MS: Final = 60_000
"""A stick that is plugged in again is noticed after this long; a change in a folder at once."""
_SETTLE_MS: Final = 2_000
"""A file that is still growing is left alone; whether it grows is seen by looking twice."""
_NAME: Final = "wasl-folder-watch"


@dataclass(frozen=True, slots=True)
class FolderState:
    """What is said of the folder. `problem` is a sentence, empty when all is well; `looked_at` epoch ms or None.

    `lapsed` says that whoever allowed it may not do so any more. `asking` are files that delete so much that a person
    must look at them first, `undecided` is how many values wait for a decision. `unerased` says that copies may still
    hold what was erased, `twice` how many visitors stand in the queue twice.
    """

    folder: str = ""
    lapsed: bool = False
    problem: str = ""
    looked_at: int | None = None
    asking: tuple[Path, ...] = ()
    undecided: int = 0
    unerased: bool = False
    twice: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """A file after its turn: what it did, or would do where `asks`; or why it did nothing. Nothing of what it holds."""

    done: Preview | None = None
    problem: str = ""
    asks: bool = False
    changes: Changes = field(default_factory=Changes)


class FolderWatch(QObject):
    """Reads what is for this office, writes what the others lack. One thing at a time, each on the database thread.

    It looks only while a manager's order stands, and acts in that manager's name, whoever is signed in. Who may not
    exchange is told nothing but the line at the foot of the window.
    """

    changed = Signal()
    looked = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.operations)
        self.setObjectName(_NAME)
        self._context = context
        self._may_see = context.actor.may(Permission.EXCHANGE)
        self._busy = False
        self._again = False
        self._stamps: dict[Path, folder.Stamp] = {}
        self._left: dict[Path, folder.Stamp] = {}
        self._written: dict[InstallationId, str] = {}
        self.state = FolderState()
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._watcher.directoryChanged.connect(self._on_watcher_directory_changed, Qt.ConnectionType.QueuedConnection)
        self._timer.timeout.connect(self.look)
        self._settle.timeout.connect(self.look)
        context.change_bus.changed.connect(self._on_change_bus_changed)
        QTimer.singleShot(0, self, self.look)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._busy

    def choose(self, path: str) -> None:
        """Look after another folder from now on; empty for none. For managers: the services hold it."""
        self._context.operations.run(
            self,
            (lambda uow: automatic.allow(Path(path), uow)) if path else automatic.stop,
            lambda _none: self.look(),
        )

    def forget(self) -> None:
        """Somebody was added or agreed to something: what was left alone is looked at again."""
        self._left.clear()
        self._written.clear()
        self.look()

    def look(self) -> None:
        """Look now; while a look is under way, once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._context.operations.query(self, read_standing, self._on_order, self._on_failed)

    def _on_order(self, standing: Standing) -> None:
        order, where = standing.order, "" if standing.order is None else standing.order.folder
        self.state = replace(self.state, unerased=standing.unerased, twice=standing.twice)
        if where != self.state.folder:
            self._stamps, self._left, self._written = {}, {}, {}
            self._keep(FolderState(where, unerased=standing.unerased, twice=standing.twice))
        self._follow()
        if order is None or not order.valid:
            self._timer.stop()
            self._keep(FolderState(where, lapsed=order is not None, unerased=standing.unerased, twice=standing.twice))
            self._end()
            return
        self._timer.start()
        self._keep(replace(self.state, lapsed=False))

        def scan(hub: Hub) -> tuple[tuple[FoundFile, ...], int]:
            own = hub.automatic()
            if own is None:
                return (), 0
            return own.read(lambda uow: (folder.scan(Path(where), uow), automatic.count_undecided(uow)))

        self._context.operations.call(self, scan, self._on_scanned, self._on_failed, brief=True)

    def _follow(self) -> None:
        """Have the system tell of changes in the folder; one that is not there is only looked for by the clock."""
        wanted = self.state.folder
        if former := [path for path in self._watcher.directories() if path != wanted]:
            self._watcher.removePaths(former)
        if wanted and wanted not in self._watcher.directories() and Path(wanted).is_dir():
            self._watcher.addPath(wanted)

    def _on_change_bus_changed(self) -> None:
        if self.state.twice:
            # perhaps one of them was just put right
            self.look()

    def _on_watcher_directory_changed(self) -> None:
        self._settle.start()

    def _on_scanned(self, scanned: tuple[tuple[FoundFile, ...], int]) -> None:
        found, undecided = scanned
        calm = [item.path for item in found if self._stamps.get(item.path) == item.stamp]
        new = tuple(path for path in calm if self._left.get(path) != self._stamps[path])
        if len(calm) < len(found):
            self._settle.start()
        self._stamps = {item.path: item.stamp for item in found}
        asking = tuple(path for path in self.state.asking if path in self._stamps and path not in new)
        self._keep(replace(self.state, problem="", asking=asking, looked_at=system_clock(), undecided=undecided))
        self._take_next(new)

    def _take_next(self, paths: tuple[Path, ...]) -> None:
        if not paths:
            self._list_due()
            return
        path = paths[0]

        def done(carried: Carried | None) -> None:
            if carried is not None:
                self._note(path, carried)
            self._take_next(paths[1:])

        self._context.operations.call(self, lambda hub: carry_in(hub, path), done, self._on_failed)

    def _note(self, path: Path, carried: Carried) -> None:
        if carried.changes:
            self._context.change_bus.changed.emit(carried.changes)
        if carried.done is None:
            self._leave(path)
            self._say_problem(path, carried.problem)
        elif carried.asks:
            self._leave(path)
            self._ask_for(path, carried.done)
        else:
            self._keep(replace(self.state, undecided=self.state.undecided + carried.done.conflicts))
            self._say(word_carried(carried.done), Tone.GOOD)

    def _list_due(self) -> None:
        where, written = Path(self.state.folder), dict(self._written)

        def due(hub: Hub) -> tuple[Due, ...]:
            own = hub.automatic()
            return () if own is None else own.read(lambda uow: folder.list_due(where, written, uow))

        self._context.operations.call(self, due, self._put_next, self._on_failed, brief=True)

    def _put_next(self, due: tuple[Due, ...]) -> None:
        if not due:
            self._end()
            return
        where, item = Path(self.state.folder), due[0]

        def put(hub: Hub) -> PutFile | None:
            own = hub.automatic()
            return None if own is None else own.write(lambda uow: folder.put(where, item.installation.hex, uow))

        def done(written: PutFile | None) -> None:
            if written is not None:
                self._written[item.installation] = item.state
            self._put_next(due[1:])

        self._context.operations.call(self, put, done, self._on_failed, brief=True)

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
            self._say(problem, Tone.INFORMATION if isinstance(error, UserError) else Tone.ATTENTION)
        self._keep(replace(self.state, problem=problem))
        self._again = False
        self._end()

    def _ask_for(self, path: Path, preview: Preview) -> None:
        self._keep(replace(self.state, asking=(*self.state.asking, path)))
        self._say(word_asking(word_place(preview.sender_names, preview.sender), preview), Tone.ATTENTION)

    def _say_problem(self, path: Path, problem: str) -> None:
        self._say(_("{file} in the exchange folder: {problem}").format(file=path.name, problem=problem), Tone.ATTENTION)

    def _say(self, text: str, tone: Tone) -> None:
        """To those whose business it is: at the desk it would take the place of what was just done there."""
        if self._may_see:
            self._context.notices.say(text, tone)

    def _leave(self, path: Path) -> None:
        """Not again until the file is another one."""
        if path in self._stamps:
            self._left[path] = self._stamps[path]

    def _keep(self, state: FolderState) -> None:
        self.state = state
        self._context.change_bus.told.emit(tell_state(state, may_decide=self._may_see))
        self.changed.emit()


def carry_in(hub: Hub, path: Path) -> Carried | None:
    """Take a file in on the database thread, in the name of who allowed it; None when nobody allows it any more."""
    own = hub.automatic()
    if own is None:
        return None
    try:
        content = read_bundle_file(path)
        preview = own.read(lambda uow: receiving.preview(content, uow))
        if preview.asks:
            return Carried(preview, asks=True)
        outcome = own.take_in(content)
    except AppError as error:
        return Carried(problem=word_error(error))
    return Carried(outcome.value, changes=outcome.changes)


def folder_watch(context: PageContext) -> FolderWatch:
    """The one watch of whoever is signed in; it begins with the first call and ends with the sign-out."""
    found = context.operations.findChild(FolderWatch, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found or FolderWatch(context)
