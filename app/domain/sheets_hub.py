"""What stands on the papers of a class and of the desk: lists to be signed by hand."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """A line of a list: somebody's number and name in both scripts; the Arabic one may be missing."""

    number: str
    name: str
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day of a training; hours as HH:MM, empty where none are set."""

    day: date
    from_time: str = ""
    to_time: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """Who is expected on which days of a training: everybody signs once a day, the trainer at the end."""

    hub_name: str
    hub_city: str
    training: str
    trainer: str
    place: str
    days: tuple[SheetDay, ...]
    people: tuple[SheetPerson, ...]
    number: str = ""
    empty_lines: int = 3
    """For who comes without having been enrolled."""


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """A paper that is given to somebody: its number and kind, in the language of the list."""

    number: str
    kind: str
    name: str
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """Papers handed over together: each holder signs for theirs."""

    hub_name: str
    hub_city: str
    about: str
    day: date
    lines: tuple[HandOverLine, ...]
