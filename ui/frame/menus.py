"""The menus of the top bar and the covers: language, light or dark, account."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import LANGUAGES, SELF_NAMES, _, current_language
from ui.languages import follow_language
from ui.theme.appearance import DARK_CHOICE, LIGHT_CHOICE, appearance
from ui.theme.icons import make_icon
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.words import Words, as_is

_NO_WORDS: Final = as_is("")


def language_button(switch: Callable[[str], None], parent: QWidget | None = None) -> Button:
    """A button that says the language in use and opens the list, each language in its own words."""
    button = Button(lambda: SELF_NAMES[current_language()], PLAIN, parent, icon="language", dense=True)
    menu = QMenu(button)
    actions: dict[str, QAction] = {}
    for language in LANGUAGES:
        action = menu.addAction(SELF_NAMES[language])
        action.triggered.connect(lambda _checked=False, chosen=language: switch(chosen))
        actions[language] = action

    def mark() -> None:
        for language, action in actions.items():
            in_use = language == current_language()
            action.setIcon(make_icon("check", "primary" if in_use else "surface"))
            action.setIconVisibleInMenu(in_use)

    def word() -> None:
        button.setAccessibleName(_("Language: {name}").format(name=SELF_NAMES[current_language()]))
        button.setToolTip(_("Language of the window"))

    button.setMenu(menu)
    menu.aboutToShow.connect(mark)
    follow_language(button, word)
    return button


class LookButton(Button):
    """Turns the light on or off."""

    look_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_NO_WORDS, PLAIN, parent, dense=True)
        self.clicked.connect(self._on_clicked)
        appearance().changed.connect(self.retranslate)

    def retranslate(self) -> None:
        """Say and show what a click would give."""
        dark = appearance().is_dark
        words = _("Light appearance") if dark else _("Dark appearance")
        self.wear("sun" if dark else "moon")
        self.setAccessibleName(words)
        self.setToolTip(words)

    def _on_clicked(self) -> None:
        self.look_requested.emit(LIGHT_CHOICE if appearance().is_dark else DARK_CHOICE)


def menu_item(menu: QMenu, words: Words, icon: str, shown_key: str, chosen: Callable[[], None]) -> QAction:
    """A line of a menu that follows the language; its key is shown, the window handles it."""
    action = menu.addAction("")
    action.triggered.connect(lambda _checked=False: chosen())

    def word() -> None:
        action.setText(f"{words()}\t{shown_key}" if shown_key else words())
        action.setIcon(make_icon(icon, "quiet_ink"))

    menu.aboutToShow.connect(word)
    follow_language(menu, word)
    return action
