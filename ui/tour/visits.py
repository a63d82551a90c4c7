"""Visitors at the desk, each logged by the keys that a receptionist presses."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt

from app.domain.people import PersonRow
from app.services import days, people
from ui.reception.page import DeskPage
from ui.tour.stage import Stage, TourError

MOST_KEYS: Final = 10
"""For somebody who was here before."""
ANONYMOUS_KEYS: Final = 2
_MOST_TYPED: Final = MOST_KEYS - 3
_FEWEST_TYPED: Final = 3
_KNOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who never was here. All of them are invented."""

    name: str
    name_ar: str
    sex: str
    birth: str
    country: str
    phone: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A visit that was logged: in which language of the window, how the visitor was found, keys and milliseconds.

    `visits` is how many entries it made, for a group more than one.
    """

    language: str
    kind: str
    typed: str
    keys: int
    milliseconds: int
    visits: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Somebody known, and what is typed to find them."""

    person: PersonRow
    typed: str


def plan_returning(stage: Stage, kind: str) -> Plan:
    """Somebody known who is not here now, with the shortest text that puts them first; `kind` is what is typed.

    Looks at the people who came last. To be asked anew for each visit: who came last is found first among equals.
    Raises TourError when nobody can be found by few enough letters.
    """
    rows = stage.ask(lambda uow: people.search("", uow, _KNOWN))
    for row in rows:
        if row.open_since is None and (typed := _shortest(stage, row, kind)):
            return Plan(row, typed)
    raise TourError(f"Of the {len(rows)} latest visitors none is found by {_MOST_TYPED} keys ({kind}).")


def _shortest(stage: Stage, row: PersonRow, kind: str) -> str:
    texts = {"Latin": spellings(row.name), "Arabic": spellings(row.name_ar), "phone": (row.phone_tail,)}[kind]
    for text in texts:
        found = stage.ask(partial(people.search, text)) if text else ()
        # digits typed as fast as a machine types are taken for a scan, which must lead to one person only
        if found and found[0].id == row.id and (kind != "phone" or len(found) == 1):
            return text
    return ""


def spellings(name: str) -> tuple[str, ...]:
    """What one would type of a name, short first: the beginning of one word, then of a second one as well."""
    words = name.split()
    first = [word[:length] for word in words for length in (3, 4)]
    both = [f"{one[:3]} {two[:length]}" for length in (1, 2, 3) for one in words for two in words if one != two]
    fitting = (text for text in (*first, *both) if _FEWEST_TYPED <= len(text) <= _MOST_TYPED)
    return tuple(dict.fromkeys(text.lower() for text in fitting))


class Desk:
    """The desk page, used by keyboard in one language."""

    def __init__(self, stage: Stage, language: str) -> None:
        self._stage = stage
        self._language = language
        workplace = stage.program.workplace
        page = workplace.page(workplace.front) if workplace else None
        if not isinstance(page, DeskPage):
            raise TourError("The desk is not in front.")
        self.page = page

    def log_returning(self, plan: Plan, counter: int, kind: str) -> Logged:
        """Somebody known: letters, Enter, the counter's number, Enter."""
        start = self._begin()
        self._stage.write(plan.typed)
        self._stage.settle()
        marked = self.page.search.finder.current
        if marked is None or marked.id != plan.person.id:
            raise TourError(f"“{plan.typed}” marks somebody else in the window than in the services.")
        self._stage.press(Qt.Key.Key_Return)
        self._stage.write(str(counter))
        self._stage.press(Qt.Key.Key_Return)
        return self._end(f"known, by {kind}", plan.typed, start, MOST_KEYS)

    def log_anonymous(self, counter: int) -> Logged:
        """Somebody who gives no name: F3 and the counter's number."""
        start = self._begin()
        self._stage.press(Qt.Key.Key_F3)
        self._stage.write(str(counter))
        return self._end("anonymous", "", start, ANONYMOUS_KEYS)

    def log_group(self, nameless: int, counter: int) -> Logged:
        """Several who come together and give no names."""
        start = self._begin()
        self._stage.press(Qt.Key.Key_F4)
        for _ in range(nameless):
            self._stage.press(Qt.Key.Key_F3)
        self._stage.press(Qt.Key.Key_F4)
        self._stage.write(str(counter))
        self._stage.press(Qt.Key.Key_Return)
        return self._end("group", "", start, 4 + nameless, nameless)

    def log_newcomer(self, newcomer: Newcomer, counter: int, fields: Sequence[str]) -> Logged:
        """Somebody new: seven fields with Enter between them, then the counter."""
        start = self._begin()
        self._stage.press(Qt.Key.Key_F2)
        self.fill(fields)
        self._stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._stage.wait(lambda: self.page.search.bar.visitor is not None, "the newcomer stands before the desk")
        self._stage.write(str(counter))
        self._stage.press(Qt.Key.Key_Return)
        return self._end("new", newcomer.name or newcomer.name_ar, start, None)

    def fill(self, fields: Sequence[str]) -> None:
        """Write the fields of the form one after the other."""
        for place, text in enumerate(fields):
            if place:
                self._stage.press(Qt.Key.Key_Return)
            self._stage.write(text)
        self._stage.settle()

    def undo(self) -> None:
        """Take the last action back."""
        before = self._count()
        self._stage.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        self._stage.settle()
        if self._count() != before - 1:
            raise TourError("Ctrl+Z did not take the last visit back.")

    def call_next(self, counter: int) -> None:
        """Call who has waited longest at a counter."""
        self._stage.press(Qt.Key(Qt.Key.Key_0.value + counter), Qt.KeyboardModifier.AltModifier)
        self._stage.settle()

    def _begin(self) -> tuple[int, float]:
        self._stage.settle()
        visits = self._count()
        self._stage.keys = 0
        return visits, time.perf_counter()

    def _end(self, kind: str, typed: str, start: tuple[int, float], most: int | None, count: int = 1) -> Logged:
        keys = self._stage.keys
        self._stage.settle()
        logged = Logged(self._language, kind, typed, keys, round((time.perf_counter() - start[1]) * 1000), count)
        if self._count() != start[0] + count:
            raise TourError(f"The visit was not logged: {kind}, {typed}.")
        if most is not None and keys > most:
            raise TourError(f"It took {keys} keys to log a visit ({kind}); at most {most} are allowed.")
        if not self.page.search.finder.line.hasFocus():
            raise TourError("After a visit the caret is not in the search field.")
        return logged

    def _count(self) -> int:
        return self._stage.ask(days.today).visits


def form_fields(newcomer: Newcomer) -> tuple[str, ...]:
    """What is typed into the seven fields of the form, in their order; the last is the consent, given orally."""
    sex = {"f": "1", "m": "2"}[newcomer.sex]
    return (newcomer.name, newcomer.name_ar, sex, newcomer.birth, newcomer.country, newcomer.phone, "1")
