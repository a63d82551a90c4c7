"""The Exchange page: the offices on the map, what goes out and what comes in, in words for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.errors import AppError, Cancelled
from app.i18n import _
from app.services.exchange import letter
from app.services.exchange.folder import BUNDLE_SUFFIX, ID_SUFFIX
from ui.frame.drops import awaits_drop
from ui.notices import Tone
from ui.page import PageContext, PageWidget
from ui.reception.panel import Panel
from ui.sync.copies_card import CopiesCard
from ui.sync.decisions_panel import DecisionsPanel
from ui.sync.intake import Account, Intake, OpenedFile
from ui.sync.letter_panel import AccountPanel, LetterPanel, ProgressPanel
from ui.sync.map_view import MapView
from ui.sync.prepare_panel import PreparePanel
from ui.sync.revoking import ask_to_revoke
from ui.sync.side_column import SideColumn
from ui.sync.trust_panels import AddPanel, FoundOffice, PresentPanel, choose_identity, read_identity
from ui.sync.waiting_list import WaitingList
from ui.sync.watch import folder_watch
from ui.theme.tokens import Gap
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.services.exchange.asking import Question
    from ui.sync.office_card import OfficeCard

_NARROW: Final = 1_000
"""Pixels of width below which map and actions stand below each other: 1366 at 150 % leaves 820."""


class ExchangePage(PageWidget):
    """The map in front; everything else is a panel in its place, and Escape leads back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.watch = folder_watch(context)
        self.intake = Intake(context, self)
        self._later: tuple[Path, ...] = ()
        self.map = MapView()
        self.side = SideColumn(context, self.watch, self.look_at)
        self.copies = CopiesCard(context)
        self.waiting = WaitingList()
        self.letters = LetterPanel()
        self.progress = ProgressPanel()
        self.account = AccountPanel()
        self.prepare = PreparePanel(context)
        self.present = PresentPanel(context)
        self.add = AddPanel(context)
        self.decisions = DecisionsPanel(context)
        self.overview = self._build_overview()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.overview)
        self.stack.addWidget(self.progress)
        panels: tuple[Panel, ...] = (
            self.letters, self.account, self.prepare, self.present, self.add, self.decisions,
        )  # fmt: skip
        for panel in panels:
            self.stack.addWidget(panel)
            panel.left.connect(self._go_on if panel is self.add else self.go_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.WIDE, Gap.LARGE, Gap.WIDE, Gap.SMALL)
        layout.addWidget(self.stack)
        self.setAcceptDrops(True)
        self._connect()

    def activate(self) -> None:
        """Read again how everything stands."""
        self.refresh()
        self.watch.look()

    def retranslate(self) -> None:
        """Everything on the page follows by itself."""

    def primary_focus(self) -> QWidget:
        """Where a file is chosen, unless a panel is in front."""
        front = self.stack.currentWidget()
        return front if isinstance(front, Panel) else self.side.drop.file_button

    def refresh(self) -> None:
        """Read how everything stands."""
        self.context.operations.query(self, letter.look, self._show, lane="exchange")

    def go_back(self) -> None:
        """To the map."""
        self.stack.setCurrentWidget(self.overview)
        self.side.drop.file_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def look_at(self, paths: tuple[Path, ...]) -> None:
        """Look at files and folders that came; an office's own file leads to where it can be added."""
        if not paths:
            return
        self._later = ()
        self.progress.begin(reading=True)
        self._front(self.progress)
        self.intake.read(paths)

    def receive_files(self, paths: tuple[Path, ...]) -> None:
        """They were let go of on another page, or here."""
        if self.stack.currentWidget() is self.progress:
            self.context.notices.say(_("Wait until these files are done, then let go of the others once more."))
        else:
            self.look_at(paths)

    def begin_adding(self, path: Path) -> None:
        """Ask about another office's file."""

        def read(uow: UnitOfWork) -> FoundOffice:
            return read_identity(path, uow)

        def show(found: FoundOffice) -> None:
            self.add.begin(found)
            self._front(self.add)

        def fail(error: Exception) -> None:
            self.context.messages.report(error)
            self._go_on()

        self.context.operations.query(self, read, show, fail)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer are welcome while nothing else is going on."""
        if awaits_drop(event.mimeData()) and self.stack.currentWidget() is not self.progress:
            event.acceptProposedAction()
            self.side.drop.await_drop(awaits=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were carried away again."""
        self.side.drop.await_drop(awaits=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        self.side.drop.await_drop(awaits=False)
        event.acceptProposedAction()
        self.receive_files(awaits_drop(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen, or at a large scale, what can be done stands above the map."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
        self.side.fit(narrow=narrow)

    def _build_overview(self) -> QWidget:
        left = QVBoxLayout()
        left.setSpacing(Gap.SMALL)
        left.addWidget(Label(lambda: _("Exchange with the other offices"), step="large"))
        left.addWidget(self.map, 1)
        left.addWidget(self.copies)
        left.addWidget(self.waiting)
        content = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Gap.LARGE)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.side)
        return Scroller(content)

    def _connect(self) -> None:
        self.map.chosen.connect(self._on_map_chosen)
        self.side.drop.file_button.clicked.connect(lambda: self._choose(folder=False))
        self.side.drop.folder_button.clicked.connect(lambda: self._choose(folder=True))
        self.side.prepare_requested.connect(self._on_prepare_requested)
        self.side.decide_requested.connect(self._on_decide_requested)
        self.side.present_requested.connect(self._on_present_requested)
        self.side.add_requested.connect(lambda: choose_identity(self, self.begin_adding))
        self.side.revoke_requested.connect(self._on_revoke_requested)
        self.letters.taken.connect(self._on_letters_taken)
        self.progress.stopped.connect(self.intake.stop)
        self.intake.moved.connect(self.progress.move_on)
        self.intake.met.connect(self._on_intake_met)
        self.intake.opened.connect(self._on_intake_opened)
        self.intake.finished.connect(self._on_intake_finished)
        self.intake.failed.connect(self._on_intake_failed)
        self.account.decide_requested.connect(self._on_decide_requested)
        self.account.answer_requested.connect(self._on_answer_requested)
        self.add.added.connect(self.watch.forget)
        self.watch.looked.connect(self.refresh)
        self.context.change_bus.changed.connect(self._on_change_bus_changed)

    def _show(self, desk: letter.Desk) -> None:
        self.map.show_desk(desk)
        self.side.show_desk(desk)
        self.copies.show_desk(desk)
        self.waiting.show_desk(desk)

    def _front(self, panel: QWidget) -> None:
        self.stack.setCurrentWidget(panel)
        if isinstance(panel, Panel):
            panel.enter()

    def _choose(self, *, folder: bool) -> None:
        kinds = _("Bundles")
        dialog = QFileDialog(self, _("What came"), "", f"{kinds} (*{BUNDLE_SUFFIX} *{ID_SUFFIX})")
        dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFiles)
        if folder:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(lambda chosen: self.look_at(tuple(map(Path, chosen))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_map_chosen(self) -> None:
        self.side.show_chosen(self.map.selected, self._offices())

    def _on_prepare_requested(self) -> None:
        self._prepare_for(self.map.selected or self._offices())

    def _on_answer_requested(self, senders: frozenset[tuple[str, str]]) -> None:
        self._prepare_for([card for card in self._offices() if (card.office.hub, card.office.desk) in senders])

    def _prepare_for(self, cards: list[OfficeCard]) -> None:
        if cards:
            self.prepare.begin(cards)
            self._front(self.prepare)

    def _offices(self) -> list[OfficeCard]:
        return [card for card in self.map.cards if not card.office.revoked]

    def _on_present_requested(self) -> None:
        self.present.begin()
        self._front(self.present)

    def _on_decide_requested(self) -> None:
        self.decisions.begin()
        self._front(self.decisions)

    def _on_revoke_requested(self) -> None:
        ask_to_revoke(self.context, self, self.map.selected[0], self.refresh)

    def _on_letters_taken(self, files: tuple[OpenedFile, ...], agreed: frozenset[Question]) -> None:
        self.progress.begin(reading=False)
        self._front(self.progress)
        self.intake.take(files, agreed)

    def _go_on(self) -> None:
        """An office was asked about: what came with its file is next, else the map."""
        if self._later:
            paths, self._later = self._later, ()
            self.look_at(paths)
        else:
            self.go_back()

    def _on_intake_met(self, identities: tuple[Path, ...], bundles: tuple[Path, ...]) -> None:
        self._later = (*identities[1:], *bundles)
        self.begin_adding(identities[0])

    def _on_intake_opened(self, files: tuple[OpenedFile, ...]) -> None:
        self.letters.show_files(files)
        self._front(self.letters)

    def _on_intake_finished(self, account: Account) -> None:
        self.account.show_account(account)
        self._front(self.account)
        self.watch.look()

    def _on_intake_failed(self, error: Exception) -> None:
        self.go_back()
        if isinstance(error, Cancelled):
            self.context.notices.say(_("Stopped. Everything is as it was before."))
        elif isinstance(error, AppError):
            self.context.notices.say(str(error), Tone.ATTENTION)
        else:
            self.context.messages.report(error)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if changes and self.isVisible():
            self.refresh()
            if changes.everything and self.stack.currentWidget() is self.decisions:
                self.decisions.refresh()
