"""A page that is higher than its room. It scrolls along with the focus; `reveal` shows what has just appeared."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui.theme.tokens import Gap


class Scroller(QScrollArea):
    """Takes no focus itself: Tab goes through what is in it. `as_wide`: never narrower than its content can be."""

    def __init__(self, content: QWidget, parent: QWidget | None = None, *, as_wide: bool = False) -> None:
        super().__init__(parent)
        self._as_wide = as_wide
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def minimumSizeHint(self) -> QSize:
        """What can only be scrolled up and down must have its width."""
        content, hint = self.widget(), super().minimumSizeHint()
        if self._as_wide and content is not None:
            hint.setWidth(content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())
        return hint

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content may need another width after other words."""
        if self._as_wide and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, Gap.WIDE, Gap.WIDE)


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
