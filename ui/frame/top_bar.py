"""The top of the window: which hub and day, search from anywhere, language, light or dark, account."""

from collections.abc import Callable

from babel.dates import format_date
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.clock import Clock, day_of
from app.domain.accounts import Actor
from app.domain.codes import code_label
from app.i18n import _, current_language, current_locale
from ui.frame.menus import LookButton, language_button, menu_item
from ui.languages import follow_language
from ui.theme.tokens import TOP_BAR, Gap
from ui.widgets.buttons import PLAIN, QUIET, Button
from ui.widgets.labels import Label
from ui.widgets.words import Words, as_is

_MINUTE_MS = 60_000


class TopBar(QFrame):
    """Signals are wishes; the frame fulfils them."""

    search_requested = Signal()
    lock_requested = Signal()
    sign_out_requested = Signal()
    look_requested = Signal(str)

    def __init__(
        self,
        actor: Actor,
        hub_label: Words,
        clock: Clock,
        switch_language: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("bar", "top")
        self.setFixedHeight(TOP_BAR)
        self._clock = clock
        self._role = actor.role
        self.hub = Label(hub_label, step="medium", strong=True)
        self.day = Label(self._word_day, step="small", tone="quiet")
        place = QVBoxLayout()
        place.setSpacing(0)
        place.addStretch()
        place.addWidget(self.hub)
        place.addWidget(self.day)
        place.addStretch()
        self.search_button = Button(
            lambda: _("Search"), QUIET, key="Ctrl+K", icon="search", dense=True, hint=lambda: _("Search for a person")
        )
        self.language_button = language_button(switch_language)
        self.look_button = LookButton()
        self.account_button = Button(as_is(actor.name), PLAIN, icon="user", dense=True)
        menu = QMenu(self.account_button)
        menu_item(menu, lambda: _("Lock"), "lock", "Ctrl+L", self.lock_requested.emit)
        menu_item(menu, lambda: _("Sign out"), "logout", "", self.sign_out_requested.emit)
        self.account_button.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Gap.LARGE, 0, Gap.LARGE, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addLayout(place)
        layout.addStretch()
        for part in (self.search_button, self.language_button, self.look_button, self.account_button):
            layout.addWidget(part)
        self.search_button.clicked.connect(self.search_requested)
        self.look_button.look_requested.connect(self.look_requested)
        self._timer = QTimer(self, interval=_MINUTE_MS)
        self._timer.timeout.connect(self.day.retranslate)
        self._timer.start()
        follow_language(self, self.retranslate)

    def retranslate(self) -> None:
        """Say who is signed in, and as what."""
        role = code_label("roles", str(self._role), current_language())
        self.account_button.setToolTip(role)
        self.account_button.setAccessibleDescription(role)

    def _word_day(self) -> str:
        return format_date(day_of(self._clock()), "full", locale=current_locale())
