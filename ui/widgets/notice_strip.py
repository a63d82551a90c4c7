"""The quiet strip: what happened, with an undo; what is wrong, with what to do."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.i18n import _
from ui.languages import follow_language
from ui.notices import Notice, Notices, Tone
from ui.theme.icons import repolish
from ui.theme.tokens import NOTICE_MS, Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import IconLabel, Label

_ICONS: Final = {
    Tone.INFORMATION: "info",
    Tone.GOOD: "check",
    Tone.ATTENTION: "warning",
    Tone.DANGER: "warning",
}
_PASSING: Final = frozenset({Tone.INFORMATION, Tone.GOOD})


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have a screen reader say something without moving the focus."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    QAccessible.updateAccessibility(event)


class NoticeStrip(QFrame):
    """Shows the notices of a `Notices`, one at a time. Ctrl+Z takes back the last action while its notice stands."""

    changed = Signal()

    def __init__(self, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._notice: Notice | None = None
        self._icon = IconLabel("info", "information")
        self._text = Label(wraps=True)
        self.undo_button = Button(lambda: _("Undo"), PLAIN, key="Ctrl+Z", icon="undo", dense=True)
        self.close_button = Button(lambda: "", PLAIN, icon="close", dense=True, hint=lambda: _("Close this notice"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Gap.MEDIUM, Gap.HAIR, Gap.SMALL, Gap.HAIR)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.undo_button)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self.clear)
        self.undo_button.clicked.connect(self._on_undo_button_clicked)
        self.close_button.clicked.connect(self.clear)
        notices.posted.connect(self.show_notice)
        notices.cleared.connect(self.clear)
        self.hide()
        follow_language(self, self.retranslate)

    @property
    def text(self) -> str:
        """What the strip says, empty when it is not there."""
        return self._notice.text if self._notice else ""

    def show_notice(self, notice: Notice) -> None:
        """Show one in place of the one before, and have it said."""
        self._notice = notice
        self.setProperty("notice", str(notice.tone))
        repolish(self)
        self._icon.wear(_ICONS[notice.tone], str(notice.tone))
        self._text.show_text(notice.text)
        self.undo_button.setVisible(notice.undo is not None)
        self.setAccessibleName(notice.text)
        self.show()
        self.changed.emit()
        self._timer.stop()
        if notice.undo is None and notice.tone in _PASSING:
            self._timer.start()
        announce(self, notice.text, at_once=notice.tone not in _PASSING)

    def clear(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self._notice = None
        self._text.show_text("")
        self.setAccessibleName("")
        self.hide()
        self.changed.emit()

    def retranslate(self) -> None:
        """What passes by itself goes when the language changes; what needs somebody stays as it was given."""
        if self._notice is not None and self._notice.tone in _PASSING:
            self.clear()
        self.close_button.setAccessibleName(_("Close this notice"))

    def _on_undo_button_clicked(self) -> None:
        undo = self._notice.undo if self._notice else None
        self.clear()
        if undo is not None:
            undo()
