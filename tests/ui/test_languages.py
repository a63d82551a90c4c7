"""The language switches while the window is open."""

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.i18n import current_language
from ui.languages import switch_language
from ui.widgets.labels import Label
from ui.widgets.words import as_is


def test_words_direction_and_qt_s_own_words_follow(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    label = Label(current_language)
    qtbot.addWidget(box)
    qtbot.addWidget(label)
    seen: dict[str, str] = {}
    try:
        for language in ("fr", "ar", "en"):
            switch_language(language)
            assert label.text() == language
            seen[language] = QCoreApplication.translate("QPlatformTheme", "Cancel")
            qtbot.waitUntil(lambda: box.buttons()[0].text() == QCoreApplication.translate("QPlatformTheme", "Cancel"))
            rtl = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
            assert rtl == (language == "ar")
    finally:
        switch_language("en")
    assert seen["fr"].replace("&", "") == "Annuler"
    assert any("\u0600" <= letter <= "\u06ff" for letter in seen["ar"])


def test_numbers_have_western_digits_in_every_language(qtbot: QtBot) -> None:
    del qtbot
    try:
        for language in ("fr", "ar", "en"):
            switch_language(language)
            assert QLocale().toString(2026).translate({ord(char): None for char in "\u202f\u00a0., "}) == "2026"
    finally:
        switch_language("en")


def test_a_widget_that_is_gone_is_not_told(qtbot: QtBot) -> None:
    label = Label(current_language)
    label.deleteLater()
    qtbot.waitSignal(label.destroyed)
    del label
    switch_language("fr")
    switch_language("en")


def test_latin_data_starts_at_the_arabic_side(qtbot: QtBot) -> None:
    label = Label(as_is("amina"))
    qtbot.addWidget(label)
    switch_language("ar")
    try:
        assert label.alignment() & Qt.AlignmentFlag.AlignRight
        assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute
    finally:
        switch_language("en")
    assert label.alignment() & Qt.AlignmentFlag.AlignLeft
