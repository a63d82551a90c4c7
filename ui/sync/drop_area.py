"""The large area for files that come: dropped from a stick, or chosen."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme.appearance import appearance, colours
from ui.theme.tokens import CORNER, FOCUS_RING, ICON_LARGE, Gap
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label


class DropArea(QWidget):
    """A dashed edge that becomes solid while something is held over the page, which does the taking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._awaits = False
        self.file_button = Button(lambda: _("Choose a file …"), key="F2", icon="letter")
        self.folder_button = Button(lambda: _("Choose a folder …"), icon="folder")
        self.title = Label(lambda: _("Drop here what came from another office"), step="medium", strong=True, wraps=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = Label(
            lambda: _("A file or a whole folder. Nothing is changed before you have read what it brings."),
            tone="quiet",
            wraps=True,
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        buttons.setSpacing(Gap.SMALL)
        buttons.addWidget(self.file_button)
        buttons.addWidget(self.folder_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.LARGE, Gap.LARGE, Gap.LARGE, Gap.LARGE)
        layout.setSpacing(Gap.SMALL)
        layout.addStretch()
        self._icon = IconLabel("letter", "primary", ICON_LARGE)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.title)
        layout.addWidget(hint)
        layout.addSpacing(Gap.HAIR)
        layout.addLayout(buttons)
        layout.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        appearance().changed.connect(self.update)

    def fit(self, *, narrow: bool) -> None:
        """Lower where it has the whole width."""
        self._icon.setVisible(not narrow)
        direction = QBoxLayout.Direction
        self._buttons.setDirection(direction.LeftToRight if narrow else direction.TopToBottom)

    def await_drop(self, *, awaits: bool) -> None:
        """Show that letting go is enough."""
        self._awaits = awaits
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self._awaits else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(colours().primary if self._awaits else colours().control), FOCUS_RING, style))
        painter.setBrush(QColor(colours().selection if self._awaits else colours().surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        painter.end()
