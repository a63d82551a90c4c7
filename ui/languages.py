"""The language of the window, switched while it is open: words, dates, Qt's own dialogs, direction."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.i18n import DEFAULT_LANGUAGE, LANGUAGES, LOCALES, use_language
from ui.theme.appearance import appearance

_QT_CATALOGUE: Final = "wasl-qt-catalogue"
_OBJECT_NAME: Final = "wasl-languages"
RIGHT_TO_LEFT: Final = frozenset({"ar"})


class Languages(QObject):
    """`switched` comes once words, direction and type of the new language are in place."""

    switched = Signal(str)


def languages() -> Languages:
    """The one of the running application."""
    application = _application()
    found = application.findChild(Languages, _OBJECT_NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    if found is None:
        found = Languages(application)
        found.setObjectName(_OBJECT_NAME)
    return found


def switch_language(language: str) -> None:
    """Put the whole window into a language of `app.i18n.LANGUAGES`; an unknown one is the default.

    `follow_language` hears of it at once; besides, Qt posts a LanguageChange event to every widget.
    """
    application = _application()
    chosen = language if language in LANGUAGES else DEFAULT_LANGUAGE
    use_language(chosen)
    # CLDR for Morocco: Western digits in every language, Arabic included
    QLocale.setDefault(QLocale(LOCALES[chosen]))
    right_to_left = chosen in RIGHT_TO_LEFT
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    appearance().refresh()
    _load_qt_catalogue(application, chosen)
    languages().switched.emit(chosen)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("no QApplication")  # noqa: TRY004 - it is a matter of time, not of type
    return application


def _load_qt_catalogue(application: QApplication, language: str) -> None:
    for former in application.findChildren(QTranslator, _QT_CATALOGUE, Qt.FindChildOption.FindDirectChildrenOnly):
        application.removeTranslator(former)
        former.setParent(None)
        former.deleteLater()
    catalogue = QTranslator(application)
    catalogue.setObjectName(_QT_CATALOGUE)
    if catalogue.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(catalogue)


class _Follower(QObject):
    """Lives and dies with its widget, and with it the connection to the signals."""

    def __init__(self, widget: QWidget, word: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._word = word
        languages().switched.connect(self._on_languages_switched)

    def _on_languages_switched(self) -> None:
        if isValid(self._widget):
            self._word()


def follow_language(widget: QWidget, retranslate: Callable[[], None]) -> None:
    """Call `retranslate` now, and at each change of language for as long as the widget lives."""
    retranslate()
    _Follower(widget, retranslate)
