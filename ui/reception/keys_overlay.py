"""All keys of the desk at a glance (F1)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.languages import follow_language
from ui.reception.keys import KeyGroup, list_keys
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import KeyHint, Label
from ui.widgets.scroller import Scroller

_SCROLLING = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class KeysOverlay(Panel):
    """Covers the whole page until Escape, F1 or Enter."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda: _("The keys of the desk"), parent)
        self._page = parent
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setContentsMargins(Gap.WIDE, Gap.WIDE, Gap.WIDE, Gap.WIDE)
        inner = QWidget()
        self._columns = QHBoxLayout(inner)
        self._columns.setContentsMargins(0, 0, Gap.SMALL, 0)
        self._columns.setSpacing(Gap.LARGE)
        self.scroller = Scroller(inner)
        self.body.addWidget(self.scroller, 1)
        self.hide()
        follow_language(self, self.retranslate)

    def open_over(self) -> None:
        """Cover the page and take the keys."""
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word all lines again."""
        while (item := self._columns.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for group in list_keys():
            self._columns.addWidget(_make_card(group), 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any of the keys that mean enough closes it; arrows scroll where there is less room than keys."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        elif event.key() in _SCROLLING:
            bar = self.scroller.verticalScrollBar()
            step = bar.singleStep() * 3 if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} else bar.pageStep()
            bar.setValue(bar.value() + (step if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -step))
        else:
            event.accept()


def _make_card(group: KeyGroup) -> QWidget:
    card = Card()
    title = Label(strong=True)
    title.show_text(group.heading)
    card.body.addWidget(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(Gap.MEDIUM)
    grid.setVerticalSpacing(Gap.MEDIUM)
    grid.setColumnStretch(1, 1)
    for row, use in enumerate(group.uses):
        grid.addWidget(KeyHint(use.keys), row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        does = Label(wraps=True)
        does.show_text(use.does)
        grid.addWidget(does, row, 1)
    card.body.addLayout(grid)
    card.body.addStretch()
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card)
    return holder
