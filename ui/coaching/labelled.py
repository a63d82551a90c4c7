"""A name above options that may take several lines, which a frame of one field's height would cut."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.tokens import Gap
from ui.widgets.labels import Label
from ui.widgets.words import Words


def labelled(name: Words, control: QWidget) -> QWidget:
    """The control with its name above it; as high as its lines need."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(Gap.HAIR)
    label = Label(name, strong=True)
    label.setBuddy(control)
    layout.addWidget(label)
    layout.addWidget(control)
    return holder
