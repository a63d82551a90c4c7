"""Choosing one of few (segments, large choices) or one of many (a list that drops down)."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.languages import follow_language
from ui.theme.icons import draw_icon
from ui.theme.tokens import ICON, ROW, Gap
from ui.widgets.flow import FlowLayout
from ui.widgets.mirroring import visual_box
from ui.widgets.words import Words

Options = Sequence[tuple[str, Words]]
"""What is stored, and the words for it."""
_TICK: Final = 14


class _Option(QPushButton):
    """One of several that exclude each other. Arrow keys go from one to the next and choose, as in a radio group."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, words: Words, kind: str, height: int) -> None:
        super().__init__()
        self._words = words
        self._height = height
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        follow_language(self, self.retranslate)

    def retranslate(self) -> None:
        """Word again."""
        self.setText(self._words())
        self.setAccessibleName(self._words())
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the order in which the options stand."""
        mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        onward = Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right
        backward = Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left
        if event.key() in {onward, Qt.Key.Key_Down}:
            self.stepped.emit(1)
        elif event.key() in {backward, Qt.Key.Key_Up}:
            self.stepped.emit(-1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as its words when chosen, which are heavier."""
        self.ensurePolished()
        font = self.font()
        font.setBold(True)
        width = QFontMetrics(font).horizontalAdvance(self.text()) + 2 * Gap.LARGE
        return QSize(width, self._height)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()


class OneOf(QWidget):
    """A few options of which one is chosen; `entered` follows Enter. `large` ones stand below each other."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(
        self, name: Words, options: Options = (), parent: QWidget | None = None, *, large: bool = False
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._large = large
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._layout: FlowLayout | QVBoxLayout = QVBoxLayout(self) if large else FlowLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Gap.SMALL if large else Gap.HAIR)
        self._group.idClicked.connect(self._on_group_id_clicked)
        self.offer(options)
        follow_language(self, self.retranslate)

    @property
    def value(self) -> str:
        """What is chosen, empty when nothing is."""
        number = self._group.checkedId()
        return self._keys[number] if 0 <= number < len(self._keys) else ""

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The options as they stand."""
        return tuple(button for button in self._group.buttons() if isinstance(button, QPushButton))

    def offer(self, options: Options) -> None:
        """Put other options in place of the ones before; the first is chosen."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._layout.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        while (item := self._layout.takeAt(0)) is not None:
            del item
        self._keys = [key for key, _words in options]
        for number, (_key, words) in enumerate(options):
            button = _Option(words, "choice" if self._large else "segment", ROW + Gap.LARGE if self._large else ROW)
            button.stepped.connect(self._on_option_stepped)
            button.entered.connect(self.entered)
            self._group.addButton(button, number)
            self._layout.addWidget(button)
        if options:
            self._group.button(0).setChecked(True)
            self.setFocusProxy(self._group.button(0))

    def choose(self, key: str) -> None:
        """Choose without telling anybody. Raises ValueError for a key that is not offered."""
        button = self._group.button(self._keys.index(key))
        button.setChecked(True)
        self.setFocusProxy(button)

    def retranslate(self) -> None:
        """Tell a screen reader what is being chosen."""
        self.setAccessibleName(self._name())
        for button in self.buttons:
            button.setAccessibleDescription(self._name())

    def _on_option_stepped(self, step: int) -> None:
        number = (self._group.checkedId() + step) % len(self._keys)
        button = self._group.button(number)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _on_group_id_clicked(self, number: int) -> None:
        self.setFocusProxy(self._group.button(number))
        self.chosen.emit(self._keys[number])


class PickList(QComboBox):
    """One of many. Words follow the language; the wheel scrolls the page, not the choice."""

    picked = Signal(str)

    def __init__(
        self, name: Words, options: Options = (), parent: QWidget | None = None, *, dense: bool = False
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._options: tuple[tuple[str, Words], ...] = ()
        self._dense = dense
        self.setProperty("dense", "true" if dense else "false")
        self.setMaxVisibleItems(14)
        self.offer(options)
        self.activated.connect(self._on_activated)
        follow_language(self, self.retranslate)

    @property
    def value(self) -> str:
        """What is chosen, empty when nothing is."""
        return self._options[self.currentIndex()][0] if 0 <= self.currentIndex() < len(self._options) else ""

    def offer(self, options: Options) -> None:
        """Put other options in place of the ones before; what was chosen stays chosen if it is among them."""
        former = self.value
        self._options = tuple(options)
        self.clear()
        self.addItems([words() for _key, words in self._options])
        if former:
            self.choose(former)

    def choose(self, key: str) -> None:
        """Choose without telling anybody; a key that is not offered leaves the choice as it is."""
        for number, (known, _words) in enumerate(self._options):
            if known == key:
                self.setCurrentIndex(number)
                return

    def retranslate(self) -> None:
        """Word again."""
        self.setAccessibleName(self._name())
        for number, (_key, words) in enumerate(self._options):
            self.setItemText(number, words())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list as styled, with a chevron at its end."""
        super().paintEvent(event)
        end = self.width() - Gap.MEDIUM - ICON
        box = visual_box(self.layoutDirection(), self.rect(), QRect(end, (self.height() - ICON) // 2, ICON, ICON))
        painter = QPainter(self)
        painter.drawPixmap(box.topLeft(), draw_icon("chevron-down", "quiet_ink", ICON, self.devicePixelRatioF()))
        painter.end()

    def _on_activated(self, number: int) -> None:
        if 0 <= number < len(self._options):
            self.picked.emit(self._options[number][0])


class Check(QCheckBox):
    """A statement to agree with, ticked or not."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        follow_language(self, self.retranslate)

    def retranslate(self) -> None:
        """Word again."""
        self.setText(self._words())
        self.setAccessibleName(self._words())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box as styled, a tick drawn into it."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionButton  # noqa: PLC0415 - costly, and seldom needed

        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        tick = QRect(0, 0, _TICK, _TICK)
        tick.moveCenter(box.center())
        painter = QPainter(self)
        painter.drawPixmap(tick.topLeft(), draw_icon("check", "on_primary", _TICK, self.devicePixelRatioF()))
        painter.end()
