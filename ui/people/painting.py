"""What lists that paint themselves have in common: fonts and colours of now, pictures of keys, signs of counters."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle

from ui.languages import languages
from ui.theme.appearance import appearance, colours
from ui.theme.tokens import Gap, TextSize

SIGN = 24
"""Side of a counter's sign in pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts and colours as they are in use now, made once for many rows."""

    name: QFont
    base: QFont
    strong: QFont
    small: QFont
    small_strong: QFont
    surface: QColor
    sunken: QColor
    line: QColor
    ink: QColor
    quiet: QColor
    primary: QColor
    selection: QColor
    mark: QColor
    attention: QColor
    attention_ground: QColor
    good: QColor
    on_counter: QColor
    counters: tuple[QColor, ...]
    mirrored: bool


def make_look() -> Look:
    """The look of now."""
    now, worn = colours(), appearance()
    bold = QFont.Weight.DemiBold
    return Look(
        name=worn.font(TextSize.MEDIUM, bold),
        base=worn.font(TextSize.BASE),
        strong=worn.font(TextSize.BASE, bold),
        small=worn.font(TextSize.SMALL),
        small_strong=worn.font(TextSize.SMALL, bold),
        surface=QColor(now.surface),
        sunken=QColor(now.sunken),
        line=QColor(now.line),
        ink=QColor(now.ink),
        quiet=QColor(now.quiet_ink),
        primary=QColor(now.primary),
        selection=QColor(now.selection),
        mark=QColor(now.mark),
        attention=QColor(now.attention),
        attention_ground=QColor(now.attention_ground),
        good=QColor(now.good),
        on_counter=QColor(now.on_counter),
        counters=tuple(QColor(colour) for colour in now.counters),
        mirrored=is_mirrored(),
    )


def is_mirrored() -> bool:
    """Whether the window reads from right to left."""
    return QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


class LookFollower(QObject):
    """Keeps the look of now for a painter and tells it when to paint again."""

    def __init__(self, owner: QObject, repaint: Callable[[], None]) -> None:
        super().__init__(owner)
        self._repaint = repaint
        self.look = make_look()
        appearance().changed.connect(self._on_look_changed)
        languages().switched.connect(self._on_look_changed)

    def _on_look_changed(self) -> None:
        self.look = make_look()
        self._repaint()


def place(look: Look, whole: QRect, box: QRect) -> QRect:
    """A box as it lies in a window that reads from right to left, if this one does."""
    return QStyle.visualRect(Qt.LayoutDirection.RightToLeft, whole, box) if look.mirrored else box


def near_side(look: Look) -> Qt.AlignmentFlag:
    """The side where a line begins, for drawText."""
    side = Qt.AlignmentFlag.AlignRight if look.mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def far_side(look: Look) -> Qt.AlignmentFlag:
    """The side where a line ends, for drawText."""
    side = Qt.AlignmentFlag.AlignLeft if look.mirrored else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def key_width(look: Look, key: str) -> int:
    """Pixels that the picture of a key takes."""
    return QFontMetrics(look.small).horizontalAdvance(key) + 2 * Gap.HAIR + 2


def paint_key(painter: QPainter, look: Look, box: QRect, key: str) -> None:
    """The picture of a key in the middle of a box as wide as it."""
    height = QFontMetrics(look.small).height() + 2
    frame = QRectF(box.x() + 0.5, box.center().y() - height / 2 + 0.5, box.width() - 1, height)
    painter.setFont(look.small)
    painter.setPen(look.line)
    painter.setBrush(look.sunken)
    painter.drawRoundedRect(frame, Gap.HAIR, Gap.HAIR)
    painter.setPen(look.quiet)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def paint_sign(painter: QPainter, look: Look, box: QRect, number: int, colour: int) -> None:
    """The sign of a counter: its number on its colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.counters[colour % len(look.counters)])
    painter.drawRoundedRect(QRectF(box), Gap.HAIR, Gap.HAIR)
    painter.setFont(look.strong)
    painter.setPen(look.on_counter)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def paint_words(painter: QPainter, box: QRect, flags: Qt.AlignmentFlag, words: str) -> None:
    """One line of words in the font and colour at hand, shortened when there is no room."""
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(words) > box.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    # the order of a line is that of the window, whatever script its first word is in
    order = Qt.TextFlag.TextForceRightToLeft if is_mirrored() else Qt.TextFlag.TextForceLeftToRight
    painter.drawText(box, flags | Qt.TextFlag.TextSingleLine | order, words)
