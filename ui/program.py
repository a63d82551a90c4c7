"""The course of the program: look what there is, first start or sign-in, workplace, lock, sign-out, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from ui.after_paint import after_paint
from ui.frame.cover import Cover, OpeningCover
from ui.frame.window import MainWindow
from ui.idle import IdleWatch
from ui.logs import log_file
from ui.messages import Messages
from ui.notices import Notices
from ui.sign_in.gate import Gate
from ui.task_runner import TaskRunner
from ui.theme.type import load_fonts

if TYPE_CHECKING:
    from app.bootstrap import Hub, KdfCost
    from app.paths import HubPaths
    from ui.frame.dialogs import AwayDialog
    from ui.frame.lock_cover import LockCover
    from ui.frame.workplace import Workplace
    from ui.page import PageContext
    from ui.preferences import Preferences
    from ui.sync.standing import Standing


class Program(QObject):
    """One window on one folder. `cost` is Argon2's for new passwords, None for the usual one."""

    def __init__(self, paths: HubPaths, preferences: Preferences, cost: KdfCost | None = None) -> None:
        super().__init__()
        self.paths = paths
        self.preferences = preferences
        self.runner = TaskRunner(self)
        self.notices = Notices(self)
        self.gate = Gate(paths, self.runner, cost)
        self.window = MainWindow()
        self.messages = Messages(self.notices, log_file(paths.logs), self.window)
        self.idle = IdleWatch(preferences.settings.idle_minutes, self)
        self.hub: Hub | None = None
        self.workplace: Workplace | None = None
        self._dialogs: list[AwayDialog] = []
        self._focus: QWidget | None = None
        self._leaving: list[QWidget] = []
        self.idle.idled.connect(self.lock)
        preferences.changed.connect(self._on_preferences_changed)
        self.window.closed.connect(self.close)
        self._keys_set = False

    @property
    def is_signed_in(self) -> bool:
        """Whether the records are open."""
        return self.hub is not None

    @property
    def is_locked(self) -> bool:
        """Whether somebody is signed in and the window does not show it."""
        return self.workplace is not None and self.window.shown is not self.workplace

    def start(self) -> None:
        """Show the window with what is in the folder, or a word of patience where that takes longer to find out."""
        self.look()
        if self.window.shown is None:
            self._show_cover(OpeningCover(self.preferences.choose_language))
        after_paint(self.window, load_fonts)
        self.window.show()

    def look(self) -> None:
        """Show the guide of the first start for an empty folder, else the sign-in."""
        self.gate.look(self.window, self._on_looked, self._on_look_failed)

    def lock(self) -> None:
        """Hide everything at once; pages keep their state."""
        if self.workplace is None or self.hub is None or self.is_locked:
            return
        from ui.frame.dialogs import put_dialogs_away  # noqa: PLC0415 - not needed to start
        from ui.frame.lock_cover import LockCover  # noqa: PLC0415

        self.idle.stop()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._focus = QApplication.focusWidget()
        self._dialogs = put_dialogs_away(self.window, self.workplace)
        cover = LockCover(self.hub, self.runner, self.preferences.choose_language)
        cover.unlocked.connect(lambda: self._unlock(cover))
        cover.sign_out_requested.connect(self.sign_out)
        self._show_cover(cover)

    def sign_out(self) -> None:
        """Close the records and forget the key; the sign-in comes back."""
        self._leave()
        self.look()

    def close(self) -> None:
        """End: what was being written is finished, the store closed, the thread ended."""
        self._leave()
        self.runner.close()

    def _leave(self) -> None:
        self.idle.stop()
        self.notices.clear()
        self._dialogs, self._focus = [], None
        former, self.workplace = self.workplace, None
        hub, self.hub = self.hub, None
        if hub is None and isinstance(self.window.shown, Cover):
            hub = self.window.shown.give_up_hub()
        if former is not None:
            if self.window.shown is former:
                self._show_cover(OpeningCover(self.preferences.choose_language))
            # held until Qt has deleted it: Python's collector would do so at any moment, in the middle of anything
            self._leaving.append(former)
            former.destroyed.connect(lambda: self._leaving.pop(0))
            former.deleteLater()
        if hub is not None:
            self.runner.hurry()
            self.gate.close(hub)

    def _show_cover(self, cover: Cover) -> None:
        cover.look_requested.connect(self.preferences.choose_appearance)
        former = self.window.show_only(cover)
        if isinstance(former, Cover):
            former.deleteLater()
        cover.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_looked(self, logins: tuple[str, ...]) -> None:
        if logins:
            self._show_sign_in(logins)
        else:
            self._show_first_start()

    def _on_look_failed(self, error: Exception) -> None:
        self._show_sign_in(())
        cover = self.window.shown
        from ui.sign_in.sign_in_cover import SignInCover  # noqa: PLC0415

        if isinstance(cover, SignInCover):
            cover.explain(error)

    def _show_sign_in(self, logins: tuple[str, ...]) -> None:
        from ui.sign_in.sign_in_cover import SignInCover  # noqa: PLC0415

        cover = SignInCover(self.gate, logins, self.preferences.choose_language)
        cover.opened.connect(self._on_opened)
        cover.again_requested.connect(self.look)
        self._show_cover(cover)

    def _show_first_start(self) -> None:
        from ui.first_start.first_start_cover import FirstStartCover  # noqa: PLC0415

        cover = FirstStartCover(self.gate, self.runner, self.preferences)
        cover.opened.connect(self._on_opened)
        self._show_cover(cover)

    def _on_opened(self, hub: Hub) -> None:
        from ui.change_bus import ChangeBus  # noqa: PLC0415 - after the store is loaded
        from ui.frame.workplace import Workplace  # noqa: PLC0415
        from ui.operations import Operations  # noqa: PLC0415
        from ui.page import PageContext  # noqa: PLC0415
        from ui.pages import list_pages  # noqa: PLC0415

        self.hub = hub
        self._set_keys()
        bus = ChangeBus()
        operations = Operations(self.runner, hub, bus, self.notices, self.messages)
        context = PageContext(hub.actor, hub, operations, bus, self.notices, self.messages, self.sign_out)
        workplace = Workplace(context, list_pages(self.preferences), self.preferences.choose_language, is_demo=hub.demo)
        bus.setParent(workplace)
        operations.setParent(workplace)
        workplace.lock_requested.connect(self.lock)
        workplace.sign_out_requested.connect(self.sign_out)
        workplace.look_requested.connect(self.preferences.choose_appearance)
        self.workplace = workplace
        former = self.window.show_only(workplace)
        if former is not None:
            former.deleteLater()
        workplace.show_first_page()
        after_paint(workplace, lambda: self._look_after_folder(context))
        self.idle.start()

    def _set_keys(self) -> None:
        """Ctrl+L locks, once there is something to lock."""
        from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415 - costly, and not needed to sign in

        if not self._keys_set:
            self._keys_set = True
            QShortcut(QKeySequence("Ctrl+L"), self.window).activated.connect(self.lock)

    def _look_after_folder(self, context: PageContext) -> None:
        """Exchange by itself where a manager has allowed it, whoever signs in."""
        from ui.sync.standing import read_standing  # noqa: PLC0415 - not needed to begin to work

        def begin(standing: Standing) -> None:
            if standing.asks_to_be_told:
                from ui.sync.watch import folder_watch  # noqa: PLC0415 - where it is never allowed, it is never loaded

                folder_watch(context)

        context.operations.query(context.operations, read_standing, begin)

    def _unlock(self, cover: LockCover) -> None:
        if self.workplace is None:
            return
        self.window.show_only(self.workplace)
        cover.deleteLater()
        dialogs, self._dialogs = self._dialogs, []
        for dialog in dialogs:
            dialog.bring_back()
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.idle.start()

    def _on_preferences_changed(self) -> None:
        self.idle.set_minutes(self.preferences.settings.idle_minutes)
