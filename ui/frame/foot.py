"""The foot of the window: the strip of notices, and how safe the records are, in words for people."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.clock import Clock, day_of
from app.i18n import _, ngettext
from ui.notices import Notices, StateLine
from ui.theme.tokens import ROW, Gap
from ui.widgets.labels import IconLabel, Label
from ui.widgets.notice_strip import NoticeStrip

_MINUTE_MS = 60_000
_STALE_DAYS = 7
_WIDE = 1000


def last_backup_day(folder: Path) -> date | None:
    """The day of the newest backup in a folder, None when there is none or the folder can't be read."""
    try:
        moments = [int(item.stat().st_mtime * 1000) for item in folder.iterdir() if item.is_file()]
    except OSError:
        return None
    return day_of(max(moments)) if moments else None


def word_backup(last: date | None, today: date) -> str:
    """When the records were last copied."""
    if last is None:
        return _("No backup yet")
    days = max((today - last).days, 0)
    if days == 0:
        return _("Backup today")
    if days == 1:
        return _("Backup yesterday")
    return ngettext("Backup {days} day ago", "Backup {days} days ago", days).format(days=days)


class Foot(QWidget):
    """Always as high as one notice, so that nothing on the page moves when one comes."""

    def __init__(self, notices: Notices, backups: Path, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backups = backups
        self._clock = clock
        self.strip = NoticeStrip(notices)
        self._icon = IconLabel("check", "good")
        self._state = Label(self._word_state, step="small", tone="quiet")
        self._exchange_icon = IconLabel("exchange", "quiet_ink")
        self._exchange = Label(step="small", tone="quiet")
        self._line = _side_by_side(self._exchange_icon, self._exchange)
        self._line.hide()
        state = _side_by_side(self._icon, self._state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Gap.LARGE, Gap.HAIR, Gap.LARGE, Gap.HAIR)
        layout.setSpacing(Gap.LARGE)
        layout.addWidget(self.strip, 1)
        layout.addStretch()
        self._standing = _side_by_side(self._line, state, gap=Gap.LARGE)
        layout.addWidget(self._standing)
        self.setMinimumHeight(ROW + 2 * Gap.HAIR + 2)
        self._timer = QTimer(self, interval=_MINUTE_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        notices.posted.connect(self.refresh)  # it may be about a backup
        self.strip.changed.connect(self._share_room)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for one of the two only."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """On a narrow screen a notice has the whole foot as long as it stands."""
        self._standing.setVisible(self.width() >= _WIDE or not self.strip.text)

    @property
    def state(self) -> str:
        """What is said about the records."""
        return self._state.text()

    @property
    def exchange(self) -> str:
        """What is said about the exchange, empty where there is none by itself."""
        return self._exchange.text() if not self._line.isHidden() else ""

    def show_exchange(self, line: StateLine) -> None:
        """Say how the exchange stands."""
        self._exchange.show_text(line.words)
        self._exchange_icon.wear("warning" if line.tone == "attention" else "exchange", line.tone or "quiet_ink")
        self._line.setToolTip(line.hint)
        self._exchange.setAccessibleDescription(line.hint)
        self._line.setVisible(bool(line.words))

    def refresh(self) -> None:
        """Look again at the backups."""
        last = last_backup_day(self._backups)
        stale = last is None or (day_of(self._clock()) - last).days > _STALE_DAYS
        self._icon.wear("info" if stale else "check", "attention" if stale else "good")
        self._state.retranslate()

    def _word_state(self) -> str:
        today = day_of(self._clock())
        backup = word_backup(last_backup_day(self._backups), today)
        return _("Kept on this computer · {backup}").format(backup=backup)


def _side_by_side(*parts: QWidget, gap: int = Gap.HAIR) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return holder
