"""Numbers typed or scanned in the line of the desk, and whether one leads to somebody for certain."""

from typing import Final

from app.domain.people import PersonRow

_FEWEST_DIGITS: Final = 3
_EXACT: Final = 1.0
_DIGITS_OF_PHONE: Final = 0.9


def reads_as_number(query: str) -> bool:
    """Whether what is typed is a phone or a number rather than a name."""
    return sum(char.isdigit() for char in query) >= _FEWEST_DIGITS


def is_sure(person: PersonRow, found: tuple[PersonRow, ...]) -> bool:
    """Whether a number leads to one person: it is wholly theirs, or the end of one phone only."""
    return person.score >= _EXACT or (person.score >= _DIGITS_OF_PHONE and len(found) == 1)
