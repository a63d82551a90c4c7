"""Style, type and icons as they reach the screen."""

from importlib.resources import files

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from app.i18n import use_language
from ui.languages import switch_language
from ui.theme.appearance import appearance
from ui.theme.icons import MIRRORED, draw_icon
from ui.theme.tokens import DARK, LIGHT, TextSize
from ui.theme.type import make_font
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import as_is


def test_each_icon_is_drawn_in_its_token(qtbot: QtBot) -> None:
    del qtbot
    names = [
        entry.name.removesuffix(".svg")
        for entry in files("resources.icons").iterdir()
        if entry.name.endswith("svg") and "currentColor" in entry.read_text(encoding="utf-8")
    ]
    assert len(names) > 30
    appearance().use("light")
    for name in names:
        image = draw_icon(name, "danger", 96).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        solid = {
            image.pixelColor(x, y).name().upper()
            for x in range(96)
            for y in range(96)
            if image.pixelColor(x, y).alpha() > 250
        }
        assert LIGHT.danger in solid, name


def test_only_icons_along_the_line_of_reading_are_mirrored(qtbot: QtBot) -> None:
    del qtbot
    switch_language("en")
    before = {name: draw_icon(name).toImage() for name in ("arrow-right", "undo", "clock", "phone")}
    switch_language("ar")
    try:
        for name, image in before.items():
            expected = image.flipped(Qt.Orientation.Horizontal) if name in MIRRORED else image
            assert draw_icon(name).toImage() == expected, name
    finally:
        switch_language("en")


@pytest.mark.parametrize("size", list(TextSize))
def test_figures_have_one_width(qtbot: QtBot, size: TextSize) -> None:
    del qtbot
    appearance()
    metrics = QFontMetrics(make_font(size))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_shipped_fonts_draw_both_scripts(qtbot: QtBot) -> None:
    del qtbot
    appearance()
    metrics = QFontMetrics(make_font(TextSize.BASE))
    for letter in "aéœçÀŞɛɔمحمدپگڤـ؟،ⵡ0":
        assert metrics.inFontUcs4(ord(letter)) or letter in "ɛɔⵡŞœ", letter


def test_light_and_dark_switch_without_restart(qtbot: QtBot) -> None:
    label, icon = Label(as_is("Wasl"), step="display"), IconLabel("desk", "ink", 24)
    qtbot.addWidget(label)
    qtbot.addWidget(icon)
    for widget in (label, icon):
        widget.show()
    appearance().use("light")
    assert label.palette().windowText().color().name().upper() == LIGHT.ink
    light = icon.pixmap().toImage()
    appearance().use("dark")
    try:
        assert label.palette().windowText().color().name().upper() == DARK.ink
        assert icon.pixmap().toImage() != light
    finally:
        appearance().use("light")
    assert icon.pixmap().toImage() == light


def test_arabic_is_set_one_step_larger(qtbot: QtBot) -> None:
    label = Label(as_is("وصل"))
    qtbot.addWidget(label)
    label.show()
    switch_language("fr")
    latin = label.font().pixelSize()
    switch_language("ar")
    try:
        assert label.font().pixelSize() == latin + 1
    finally:
        switch_language("en")
        use_language("en")
