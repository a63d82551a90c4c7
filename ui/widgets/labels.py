"""Words on the page: a label with a step of the scale and a tone, a picture of a key, an icon."""

from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget

from ui.languages import follow_language
from ui.theme.icons import repolish, wear_icon
from ui.theme.tokens import ICON
from ui.widgets.words import Words, as_is, no_words


class Label(QLabel):
    """A text that follows the language. `step`: small, medium, large or display; `tone`: quiet or a colour's name."""

    def __init__(
        self,
        words: Words = no_words,
        parent: QWidget | None = None,
        *,
        step: str = "",
        tone: str = "",
        strong: bool = False,
        wraps: bool = False,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.setTextFormat(Qt.TextFormat.PlainText)  # what people typed is never read as markup
        self.setProperty("step", step)
        self.setProperty("tone", tone)
        self.setProperty("strong", "true" if strong else "false")
        self.setWordWrap(wraps)
        follow_language(self, self.retranslate)

    def say(self, words: Words) -> None:
        """Show other words from now on."""
        self._words = words
        self.retranslate()

    def show_text(self, text: str) -> None:
        """Show data: a name, a number."""
        self.say(as_is(text))

    def set_tone(self, tone: str) -> None:
        """Change the colour by its token."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)

    def retranslate(self) -> None:
        """Word again. Data in the other script begins where everything else on the page does."""
        self.setText(in_window_order(self._words()))
        if not self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)


def in_window_order(text: str) -> str:
    """A text that Qt lays out in the order of the window: a line of Arabic may begin with a Latin name or a key."""
    strong = [kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}]
    mixed = strong[:1] == ["L"] and not {"R", "AL"}.isdisjoint(strong)
    mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"\N{RIGHT-TO-LEFT MARK}{text}" if mixed and mirrored else text


class SteadyLabel(QWidget):
    """A line whose words change while somebody types: what stands around it is not laid out again for them.

    It takes the width that it is given; what surrounds it hears only of another height.
    """

    def __init__(self, words: Words, parent: QWidget | None = None, *, step: str = "", tone: str = "") -> None:
        super().__init__(parent)
        self._label = Label(words, self, step=step, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def retranslate(self) -> None:
        """Word again."""
        self._label.retranslate()

    def sizeHint(self) -> QSize:
        """As high as a line."""
        return QSize(0, self._label.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """The words ask for room of another size; only the height concerns what stands around."""
        if event.type() is QEvent.Type.LayoutRequest and self.sizeHint().height() != self.height():
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line fills the room."""
        self._label.resize(event.size())


class KeyHint(QLabel):
    """The picture of a key, beside what it does: F2, Enter, Ctrl+K. Says nothing to a screen reader by itself."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setProperty("keycap", "true")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class IconLabel(QLabel):
    """An icon that is only decoration: what it means is said in words beside it."""

    def __init__(self, icon: str, tone: str = "quiet_ink", size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.wear(icon, tone, size)

    def wear(self, icon: str, tone: str = "quiet_ink", size: int = ICON) -> None:
        """Show another icon."""
        wear_icon(self, icon, tone, size=size)


def rule(parent: QWidget | None = None) -> QFrame:
    """A line between two groups."""
    line = QFrame(parent)
    line.setProperty("rule", "true")
    line.setFixedHeight(1)
    return line
