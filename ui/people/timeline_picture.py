"""A photo of a paper, shown on the screen and never written to the disk."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button

_WIDTH, _HEIGHT = 760, 640


class PictureDialog(QDialog):
    """As wide as the window allows; Escape closes."""

    def __init__(self, owner: QWidget, content: bytes, name: str) -> None:
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.resize(_WIDTH, _HEIGHT)
        picture = QPixmap()
        picture.loadFromData(content)
        shown = QLabel()
        shown.setAccessibleName(name)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        room = QSize(_WIDTH - 2 * Gap.PAGE, picture.height())
        fitting = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setPixmap(fitting if picture.width() > room.width() else picture)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(shown)
        area.setAccessibleName(name)
        close = Button(lambda: _("Close"), PLAIN, shown_key="Esc")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.LARGE, Gap.LARGE, Gap.LARGE, Gap.LARGE)
        layout.addWidget(area, 1)
        layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignTrailing)
        area.setFocus()
