"""Buttons that say their key, keep their focus while they are busy, and follow the language."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from app.i18n import _
from ui.languages import follow_language
from ui.theme.appearance import appearance, colours
from ui.theme.icons import repolish, wear_icon
from ui.theme.tokens import BUSY_AFTER_MS, CORNER_SMALL, FOCUS_RING, ROW, ROW_DENSE, Gap, TextSize
from ui.widgets.mirroring import visual_box
from ui.widgets.words import Words, no_words

PRIMARY: Final = "primary"
QUIET: Final = "quiet"
PLAIN: Final = "plain"
DANGER: Final = "danger"
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_TONES: Final = {PRIMARY: "on_primary", PLAIN: "primary", DANGER: "danger"}


class Button(QPushButton):
    """A button. `kind`: PRIMARY (one a page), QUIET, PLAIN (reads like a link), DANGER.

    `key` ("F2", "Ctrl+L") is shown on the button and works anywhere in its window while the button is visible and
    enabled; `shown_key` is shown only ("Enter", when the form handles it). `hint` is the longer accessible description.
    """

    def __init__(
        self,
        words: Words,
        kind: str = QUIET,
        parent: QWidget | None = None,
        *,
        key: str = "",
        shown_key: str = "",
        icon: str = "",
        hint: Words = no_words,
        dense: bool = False,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._hint = hint
        self._key = key or shown_key
        self._kind = kind
        self._dense = dense
        self._is_busy = False
        self._shows_busy = False
        self._busy_timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._on_busy_timer_timeout)
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        self.setProperty("dense", "true" if dense else "false")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if icon:
            self.wear(icon)
        if key:
            from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415 - costly, and not needed to sign in

            QShortcut(QKeySequence(key), self).activated.connect(self.click_if_free)
        follow_language(self, self.retranslate)

    @property
    def is_busy(self) -> bool:
        """Whether what it started is still under way."""
        return self._is_busy

    def wear(self, icon: str) -> None:
        """Show an icon before the words."""
        wear_icon(self, icon, _TONES.get(self._kind, "ink"))

    def say(self, words: Words) -> None:
        """Show other words from now on."""
        self._words = words
        self.retranslate()

    def retranslate(self) -> None:
        """Word again."""
        words = self._words()
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(self._hint())
        self.setAccessibleDescription(_("Still working …") if self._is_busy else self._hint())
        self.updateGeometry()

    def set_busy(self, busy: bool, /) -> None:
        """While busy the button keeps its place and its focus, but does nothing; after 300 ms it says so."""
        self._is_busy = busy
        self._shows_busy = False
        if busy:
            self._busy_timer.start()
        else:
            self._busy_timer.stop()
        self.blockSignals(busy)
        self.setAccessibleDescription(_("Still working …") if busy else self._hint())
        self.update()

    def set_kind(self, kind: str) -> None:
        """Change what kind of button it is."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("kind", kind)
            repolish(self)

    def click_if_free(self) -> None:
        """What its key does."""
        if self.isEnabled() and not self._is_busy:
            self.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does; Qt leaves Enter to dialogs."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~_KEYPAD:
            self.click_if_free()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for icon, words and key on one line."""
        self.ensurePolished()
        width = sum(part for part in self._widths() if part) + 2 * (Gap.SMALL if self._kind == PLAIN else Gap.LARGE)
        width += Gap.SMALL * (sum(1 for part in self._widths() if part) - 1) + 2 * FOCUS_RING
        return QSize(width, ROW_DENSE if self._dense else ROW)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """What the style draws: the ground and the frame, without icon and words."""
        super().initStyleOption(option)
        option.text = ""
        option.icon = QIcon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground as styled; icon, words and key together in its middle, in the order of reading."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_face(painter)
        if self.hasFocus() and self._kind == PRIMARY:
            inset = 1.5 * FOCUS_RING
            painter.setPen(QPen(QColor(colours().on_primary), FOCUS_RING))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER_SMALL, CORNER_SMALL
            )
        painter.end()

    def ink(self) -> QColor:
        """The colour of the words."""
        if not self.isEnabled():
            return QColor(colours().quiet_ink)
        return QColor(getattr(colours(), _TONES.get(self._kind, "ink")))

    def _widths(self) -> tuple[int, int, int]:
        icon = 0 if self.icon().isNull() else self.iconSize().width()
        words = QFontMetrics(self.font()).horizontalAdvance(self._shown_words())
        return icon, words, self._key_width()

    def _shown_words(self) -> str:
        return self.text()

    def _key_width(self) -> int:
        if not self._key:
            return 0
        return QFontMetrics(appearance().font(TextSize.SMALL)).horizontalAdvance(self._key) + 2 * Gap.HAIR

    def _paint_face(self, painter: QPainter) -> None:
        widths = self._widths()
        total = sum(widths) + Gap.SMALL * (sum(1 for part in widths if part) - 1)
        at = (self.width() - total) // 2
        painter.setPen(self.ink())
        painter.setOpacity(0.5 if self._shows_busy else 1.0)
        for part, width in zip(("icon", "words", "key"), widths, strict=True):
            if not width:
                continue
            box = visual_box(self.layoutDirection(), self.rect(), QRect(at, 0, width, self.height()))
            if part == "icon":
                mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
                state = QIcon.State.On if self.isChecked() else QIcon.State.Off
                self.icon().paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode, state)
            elif part == "words":
                painter.setFont(self.font())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._shown_words())
            else:
                self._paint_key(painter, box)
            at += width + Gap.SMALL

    def _paint_key(self, painter: QPainter, box: QRect) -> None:
        font = appearance().font(TextSize.SMALL)
        height = QFontMetrics(font).height()
        frame = QRectF(box.x() + 0.5, (self.height() - height) // 2 + 0.5, box.width() - 1, height - 1)
        painter.setFont(font)
        painter.setPen(self.ink())
        painter.drawRoundedRect(frame, Gap.HAIR, Gap.HAIR)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _on_busy_timer_timeout(self) -> None:
        self._shows_busy = True
        self.update()
