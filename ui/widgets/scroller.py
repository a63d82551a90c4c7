"""A page that is higher than its room. Tab scrolls along by itself; `reveal` shows what gets the focus otherwise."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from ui.theme.tokens import Gap


class Scroller(QScrollArea):
    """Takes no focus itself: Tab goes through what is in it."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)


def reveal(widget: QWidget) -> None:
    """Scroll until a widget that has just been shown can be seen, once it has its place; the caret above all."""
    holder = widget.parentWidget()
    while holder is not None and not isinstance(holder, Scroller):
        holder = holder.parentWidget()
    if isinstance(holder, Scroller):
        QTimer.singleShot(0, holder, partial(_scroll_to, holder, widget))


def _scroll_to(scroller: Scroller, widget: QWidget) -> None:
    if not isValid(widget):
        return
    for part in (widget, widget.focusWidget()):
        if part is not None and scroller.isAncestorOf(part):
            scroller.ensureWidgetVisible(part, Gap.WIDE, Gap.WIDE)
