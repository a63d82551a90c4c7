"""Files that are let go of anywhere in the window: who may take them in is led to where they are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme.appearance import colours
from ui.theme.tokens import CORNER, FOCUS_RING, ICON_LARGE, Gap
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QPaintEvent

TAKING: Final = "exchange"
"""The page where files that came are read."""


def dropped_paths(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer in what is dragged."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def awaits_drop(mime: QMimeData) -> tuple[Path, ...]:
    """As `dropped_paths`, empty while a dialog asks for something first."""
    return () if QApplication.activeModalWidget() is not None else dropped_paths(mime)


def word_not_allowed() -> str:
    """What somebody reads who may not take anything in."""
    return _(
        "What another office sends is taken in by the hub's manager or the coordinator. Nothing was changed. Keep the "
        "file for them."
    )


class DropVeil(QWidget):
    """Lies over the page while something is held over the window, and says what letting go would do."""

    def __init__(self, parent: QWidget, *, may_take: bool) -> None:
        super().__init__(parent)
        self._may_take = may_take
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = Label(self._word, step="medium", strong=True, wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card(margin=Gap.PAGE)
        card.setFixedWidth(12 * Gap.PAGE)
        icon, tone = ("letter", "primary") if may_take else ("lock", "attention")
        card.body.addWidget(IconLabel(icon, tone, ICON_LARGE), alignment=Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self.words)
        layout = QVBoxLayout(self)
        layout.addWidget(card, alignment=Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def spread(self) -> None:
        """Cover all that is below."""
        below = self.parentWidget()
        if below is not None:
            self.setGeometry(below.rect())
        self.words.retranslate()
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The page shines through; an edge shows how far it is enough to come."""
        painter = QPainter(self)
        ground = QColor(colours().paper)
        ground.setAlphaF(0.8)
        painter.fillRect(self.rect(), ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().primary if self._may_take else colours().control), FOCUS_RING))
        inset = float(Gap.SMALL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER, CORNER)
        painter.end()

    def _word(self) -> str:
        if self._may_take:
            return _("Let go here to read what it brings. Nothing is changed before you agree.")
        return _("The hub's manager or the coordinator takes in what another office sends.")
