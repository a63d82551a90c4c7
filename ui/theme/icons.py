"""Icons from `resources/icons`, in the colour of a token and facing the way the window reads."""

from functools import cache
from math import ceil
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from shiboken6 import delete

from ui.languages import languages
from ui.theme import RESOURCES
from ui.theme.appearance import appearance
from ui.theme.tokens import ICON

MIRRORED: Final = frozenset({"arrow-left", "arrow-right", "logout", "undo"})
"""Icons that point along the line of reading; clocks, phones and a tick do not."""


@cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _draw(name: str, colour: str, size: int, scale: float, mirrored: bool) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * scale), round(size * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    if mirrored:
        pixmap = pixmap.transformed(QTransform.fromScale(-1, 1))
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _is_mirrored(name: str) -> bool:
    return name in MIRRORED and QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def draw_icon(name: str, tone: str = "ink", size: int = ICON, scale: float = 1.0) -> QPixmap:
    """A picture of the icon `size` pixels wide, `tone` a name in Colours. Raises FileNotFoundError for no such icon."""
    return _draw(name, getattr(appearance().colours, tone), size, scale, _is_mirrored(name))


def _screen_scale() -> float:
    """The pixels of the finest screen to one of ours."""
    application = QApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QApplication) else 1.0


def make_icon(name: str, tone: str = "ink", checked_tone: str | None = None, size: int = ICON) -> QIcon:
    """The icon in the colours of now; it does not follow a change of appearance, `wear_icon` does."""
    icon = QIcon()
    for scale in {1, ceil(_screen_scale())}:
        icon.addPixmap(draw_icon(name, tone, size, scale))
        icon.addPixmap(draw_icon(name, "quiet_ink", size, scale), QIcon.Mode.Disabled)
        if checked_tone:
            icon.addPixmap(draw_icon(name, checked_tone, size, scale), QIcon.Mode.Normal, QIcon.State.On)
    return icon


class _Worn(QObject):
    """Draws the icon of one widget again when the colours or the direction of the window change."""

    def __init__(self, widget: QLabel | QAbstractButton, name: str, tone: str, checked: str | None, size: int) -> None:
        super().__init__(widget)
        self._widget, self._name, self._tone, self._checked, self._size = widget, name, tone, checked, size
        appearance().changed.connect(self.draw)
        if name in MIRRORED:
            languages().switched.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Put the icon on the widget as it has to be now."""
        if isinstance(self._widget, QLabel):
            self._widget.setPixmap(draw_icon(self._name, self._tone, self._size, self._widget.devicePixelRatioF()))
        else:
            self._widget.setIconSize(QSize(self._size, self._size))
            self._widget.setIcon(make_icon(self._name, self._tone, self._checked, self._size))


def wear_icon(
    widget: QLabel | QAbstractButton, name: str, tone: str = "ink", *, checked: str | None = None, size: int = ICON
) -> None:
    """Give a label or a button an icon that follows the appearance and the direction of the window."""
    for former in widget.findChildren(_Worn, options=Qt.FindChildOption.FindDirectChildrenOnly):
        delete(former)
    _Worn(widget, name, tone, checked, size)


def repolish(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
