"""The choices of this computer, applied at once and kept."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.settings import Settings, load_settings, save_settings
from ui.languages import switch_language
from ui.theme.appearance import appearance

_LOG: Final = logging.getLogger("wasl.ui")


class Preferences(QObject):
    """`changed` carries the Settings. A folder that refuses to keep them is no reason not to use them."""

    changed = Signal(object)

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        super().__init__()
        self._path = path
        self._settings = settings or load_settings(path)

    @property
    def settings(self) -> Settings:
        """The choices as they are now."""
        return self._settings

    def apply(self) -> None:
        """Put the window into the language and the appearance that were chosen."""
        switch_language(self._settings.language)
        appearance().use(self._settings.appearance)

    def choose_language(self, language: str) -> None:
        """Switch the window now, and at the next start."""
        switch_language(language)
        self._keep(replace(self._settings, language=language))

    def choose_appearance(self, choice: str) -> None:
        """Light, dark or as the system has it."""
        appearance().use(choice)
        self._keep(replace(self._settings, appearance=choice))

    def choose_scale(self, scale: int) -> None:
        """Per cent; from the next start."""
        self._keep(replace(self._settings, scale=scale))

    def choose_idle_minutes(self, minutes: int) -> None:
        """Minutes without use after which the window locks."""
        self._keep(replace(self._settings, idle_minutes=minutes))

    def _keep(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        # before the first start there is no folder, and none is made for a choice of language
        if self._path.parent.exists():
            try:
                save_settings(settings, self._path)
            except OSError as error:
                _LOG.warning("settings not kept: %s", type(error).__name__)
        self.changed.emit(settings)
