"""Digits as they are typed on every keyboard at the hubs."""

import unicodedata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

MOST_DIGIT: Final = 9

_AZERTY: Final = (
    Qt.Key.Key_Ampersand,
    Qt.Key.Key_Eacute,
    Qt.Key.Key_QuoteDbl,
    Qt.Key.Key_Apostrophe,
    Qt.Key.Key_ParenLeft,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Egrave,
    Qt.Key.Key_Underscore,
    Qt.Key.Key_Ccedilla,
)
"""The row of digits on the keyboards sold in Morocco, where a digit itself needs Shift."""

_DIGITS: Final = {key: number for number, key in enumerate(_AZERTY, 1)} | {
    Qt.Key(Qt.Key.Key_0 + number): number for number in range(1, MOST_DIGIT + 1)
}


def digit_of(event: QKeyEvent) -> int | None:
    """The number from 1 to 9 that a key stands for: a digit of any script, or the AZERTY key that carries it."""
    text = event.text()
    if len(text) == 1 and text.isdigit():
        return unicodedata.digit(text) or None
    return _DIGITS.get(Qt.Key(event.key()))


def digit_sequences(modifier: Qt.KeyboardModifier, number: int) -> list[QKeySequence]:
    """The shortcuts for a modifier and a number, on keyboards with and without digits in reach."""
    keys = (Qt.Key(Qt.Key.Key_0 + number), _AZERTY[number - 1])
    return [QKeySequence(modifier.value | key.value) for key in keys]
