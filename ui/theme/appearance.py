"""Light, dark, or as the system has it; switched while the program runs."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.i18n import current_language
from ui.theme.style import make_palette, make_style_sheet
from ui.theme.tokens import ARABIC_STEP, DARK, LIGHT, Colours, TextSize
from ui.theme.type import load_first_fonts, make_font

SYSTEM: Final = "system"
LIGHT_CHOICE: Final = "light"
DARK_CHOICE: Final = "dark"
APPEARANCES: Final = (SYSTEM, LIGHT_CHOICE, DARK_CHOICE)
_STYLE: Final = "Fusion"
_STYLED: Final = "wasl-styled"


def make_application(name: str) -> QApplication:
    """The application of a process, in the style that the style sheet builds on.

    The style is named as an argument: `setStyle` hands back a QStyle, for which PySide6 makes its many enumerations,
    and that takes 8 ms of the start.
    """
    application = QApplication([name, "-style", _STYLE])
    application.setProperty(_STYLED, _STYLE)
    return application


class Appearance(QObject):
    """What the window looks like now. `changed` follows once palette, style sheet and font are in place."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = LIGHT_CHOICE
        self._worn: tuple[Colours, int] | None = None
        if not application.property(_STYLED):
            application.setStyle(_STYLE)
        load_first_fonts()
        application.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    @property
    def choice(self) -> str:
        """One of APPEARANCES."""
        return self._choice

    @property
    def is_dark(self) -> bool:
        """Whether the colours in use are the dark ones."""
        if self._choice == SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice == DARK_CHOICE

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        return DARK if self.is_dark else LIGHT

    @property
    def text_step(self) -> int:
        """Pixels that the language in use adds to each size of type."""
        return ARABIC_STEP if current_language() == "ar" else 0

    def use(self, choice: str) -> None:
        """Wear one of APPEARANCES; anything else is light."""
        self._choice = choice if choice in APPEARANCES else LIGHT_CHOICE
        self.refresh()

    def refresh(self) -> None:
        """Put the style on again if colours or size of type are no longer what they were."""
        wanted = (self.colours, self.text_step)
        if wanted == self._worn:
            return
        self._worn = wanted
        self._application.setFont(make_font(TextSize.BASE + self.text_step))
        self._application.setPalette(make_palette(self.colours))
        self._application.setStyleSheet(make_style_sheet(self.colours, self.text_step))
        self.changed.emit()

    def font(self, size: TextSize, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The window's font at a size of the scale, for what paints itself."""
        return make_font(size + self.text_step, weight)

    def _on_system_scheme_changed(self) -> None:
        if self._choice == SYSTEM:
            self.refresh()


_OBJECT_NAME: Final = "wasl-appearance"


def appearance() -> Appearance:
    """The appearance of the running application. Raises RuntimeError before there is a QApplication."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("no QApplication")  # noqa: TRY004 - it is a matter of time, not of type
    found = application.findChild(Appearance, _OBJECT_NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    if found is None:
        found = Appearance(application)
        found.setObjectName(_OBJECT_NAME)
        found.refresh()
    return found


def colours() -> Colours:
    """The colours in use, for what paints itself."""
    return appearance().colours
