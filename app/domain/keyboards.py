"""What a scanner's keys come out as where scanner and computer disagree about the keyboard.

A scanner types as on a US keyboard. A computer set to French (AZERTY) or Arabic makes other characters of the same
keys, with Shift held or with Caps Lock. Tables after Microsoft's layouts KBDFR, KBDA1 (101) and KBDA2 (102).
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

_FRENCH: Final = str.maketrans("AQZWaqzwMm?,&é\"'(-è_çàÉÈÇÀ", "QAWZqawz::MM12345678902790")
"""Small letters as capitals: a code has no case. M is where `;` and `:` are, `?` and `,` where M is."""
_ARABIC: Final = {
    # two letters from one key come first
    "لإ": "T", "لأ": "G", "لآ": "B", "لا": "B",
    "َ": "Q", "ً": "W", "ُ": "E", "ٌ": "R", "إ": "Y", "‘": "U", "÷": "I", "×": "O", "؛": "P",
    "ِ": "A", "ٍ": "S", "]": "D", "[": "F", "أ": "H", "ـ": "J", "،": "K", "/": "L",
    "~": "Z", "ْ": "X", "}": "C", "{": "V", "آ": "N", "’": "M",
    "ض": "Q", "ص": "W", "ث": "E", "ق": "R", "ف": "T", "غ": "Y", "ع": "U", "ه": "I", "خ": "O", "ح": "P",
    "ش": "A", "س": "S", "ي": "D", "ب": "F", "ل": "G", "ا": "H", "ت": "J", "ن": "K", "م": "L", "ك": ":",
    "ئ": "Z", "ء": "X", "ؤ": "C", "ر": "V", "ى": "N", "ة": "M",
}  # fmt: skip
_DIGIT_KEYS: Final = str.maketrans("&é\"'(-è_çà", "1234567890")


def readings(text: str) -> Iterator[str]:
    """The text as it is, and as it was meant if it came through a French or an Arabic keyboard; digits as 0-9."""
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    yield plain
    yield plain.translate(_FRENCH)
    yield _from_arabic(plain)


def _from_arabic(text: str) -> str:
    # لا is one key, or the two of ل and ا: rarely the two
    for typed, meant in _ARABIC.items():
        text = text.replace(typed, meant)
    return text.translate(_DIGIT_KEYS)
