"""Numbers of papers: valid at once, without a network, and never given twice.

`RBT-RV-2026-A00123-S` is hub, kind of paper, year, desk letter with its own sequence, check character. Two desks
never share a letter, so that they never meet; whoever copies the number by hand is told of a slip at once.

The check character is a weighted sum modulo a prime, the construction of ISBN-10 (ISO 2108), here modulo 31 with the
weights 3^k. 31 is prime and 3 generates all its residues, so that every wrong character and every exchange of any
two characters shows, not of neighbours only. ISO 7064 was tried first: MOD 37,36 misses one exchange of neighbours
in 630, MOD 37-2 misses none but needs a 37th character, `*`, which no file name may have on Windows. The check
character is never I, L, O, U or Z: none can be taken for a digit.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

VISIT_RECEIPT: Final = "RV"
"""Reçu de visite."""

_MODULUS: Final = 31
_WEIGHT: Final = 3
_CHECK_CHARACTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_SEQUENCE_DIGITS: Final = 5
_LARGEST_SEQUENCE: Final = 9_999_999
_FIRST_YEAR, _LAST_YEAR = 2000, 9999

_HUB = re.compile(r"[A-Z]{3}")
_KIND = re.compile(r"[A-Z]{2}")
_DESK = re.compile(r"[A-Z]")
_PARTS = re.compile(
    rf"([A-Z01]{{3}}) ([A-Z01]{{2}}) ([0-9OIL]{{4}}) ([A-Z01])([0-9OIL]{{5,7}}) ([{_CHECK_CHARACTERS}OIL])".replace(
        " ", "-?"
    )
)
_AS_DIGIT = str.maketrans("OIL", "011")
_AS_LETTER = str.maketrans("01", "OI")
_DASHES = re.compile(r"[‐‑‒–—−_/.]")


class NumberNotUnderstoodError(ValueError):
    """The text is not of the form of a paper's number; `args[0]` is the text."""


class WrongCheckCharacterError(NumberNotUnderstoodError):
    """The form is right, yet a character is wrong or two have changed places: a slip in copying."""


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A paper's number. Raises ValueError for parts that no number can have.

    `hub` has three letters A-Z, `kind` two, `desk` one; `year` has four digits; `sequence` counts from 1.
    """

    hub: str
    kind: str
    year: int
    desk: str
    sequence: int

    def __post_init__(self) -> None:
        lettered = _HUB.fullmatch(self.hub) and _KIND.fullmatch(self.kind) and _DESK.fullmatch(self.desk)
        if not lettered or not _FIRST_YEAR <= self.year <= _LAST_YEAR or not 1 <= self.sequence <= _LARGEST_SEQUENCE:
            raise ValueError(f"no paper has the number {self!r}")

    @property
    def check(self) -> str:
        """The check character."""
        return check_character(self._body)

    @property
    def _body(self) -> str:
        return f"{self.hub}{self.kind}{self.year}{self.desk}{self.sequence:0{_SEQUENCE_DIGITS}d}"

    def __str__(self) -> str:
        return f"{self.hub}-{self.kind}-{self.year}-{self.desk}{self.sequence:0{_SEQUENCE_DIGITS}d}-{self.check}"


def check_character(body: str) -> str:
    """The check character of letters A-Z and digits, at most 29 of them (3 has the order 30 modulo 31)."""
    if len(body) >= _MODULUS - 1:
        raise ValueError("too long for its check character to hold")
    weight, total = 1, 0
    for character in reversed(body):
        weight = weight * _WEIGHT % _MODULUS
        total += weight * int(character, 36)
    return _CHECK_CHARACTERS[-total % _MODULUS]


def parse_number(text: str) -> PaperNumber:
    """The number that somebody typed, scanned or pasted.

    Case, spaces, the kind of dash (or none), Arabic digits and marks of direction don't matter; the letters O, I, L
    where a digit stands, and 0, 1 where a letter stands, are read as what was meant. Raises
    NumberNotUnderstoodError, or WrongCheckCharacterError when only the check character disagrees.
    """
    match = _PARTS.fullmatch(_plain(text))
    if match is None:
        raise NumberNotUnderstoodError(text)
    hub, kind, year, desk, sequence, check = match.groups()
    try:
        number = PaperNumber(
            hub.translate(_AS_LETTER),
            kind.translate(_AS_LETTER),
            int(year.translate(_AS_DIGIT)),
            desk.translate(_AS_LETTER),
            int(sequence.translate(_AS_DIGIT)),
        )
    except ValueError as error:
        raise NumberNotUnderstoodError(text) from error
    if len(sequence) > max(_SEQUENCE_DIGITS, len(str(number.sequence))):
        raise NumberNotUnderstoodError(text)
    if check.translate(_AS_DIGIT) != number.check:
        raise WrongCheckCharacterError(text)
    return number


def is_number(text: str) -> bool:
    """Whether `text` is a paper's number, its check character right."""
    try:
        parse_number(text)
    except NumberNotUnderstoodError:
        return False
    return True


def _plain(text: str) -> str:
    kept = (char for char in text if unicodedata.category(char) not in {"Cf", "Zs", "Cc"})
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept)
    return _DASHES.sub("-", digits).upper()
