"""From digits typed to the people whose phone, person number or card they are."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from app.storage.search import sqlite_only, tables
from app.storage.search.codes import read_digits, typed_codes
from app.storage.search.statements import fetch

_BY_CODE = (
    select(tables.code.c.person, tables.code.c.code)
    .where(tables.code.c.code == bindparam("code"))
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A person who may be meant, with a score of 0..1."""

    person_id: UUID
    score: float


def split_digits(query: str) -> tuple[str, str]:
    """Part a query into a name and digits enough to look for, as 0-9: "alaoui 06 45 12" is "alaoui" and "064512".

    Without such digits the query is all name.
    """
    words = query.split()
    numbers = [word for word in words if not any(map(str.isalpha, word)) and read_digits(word)]
    digits = "".join(map(read_digits, numbers)).removeprefix("00")
    if len(digits) < sqlite_only.SHORTEST:
        return query, ""
    return " ".join(word for word in words if word not in numbers), digits


def find_bearers(connection: Connection, digits: str, limit: int) -> list[int]:
    """Return the numbers in the index of those who have the digits in a phone, or as a number without its letters."""
    found = {person: None for person, _ in fetch(connection, _BY_CODE, code=digits.lstrip("0"), most=limit)}
    found.update(dict.fromkeys(sqlite_only.find_digits(connection, digits, limit)))
    return list(found)


def search_numbers(connection: Connection, query: str, limit: int) -> list[SearchHit]:
    """Return the people whose number the query is, or begins, or whose phone holds its digits, best first."""
    people: dict[int, float] = {}
    code = tables.code
    for typed in typed_codes(query):
        exact = connection.execute(select(code.c.person).where(code.c.code == typed).limit(limit)).scalars()
        people.update((person, 1.0) for person in exact)
        if len(typed) >= sqlite_only.SHORTEST and len(people) < limit:
            begun = select(code.c.person).where(code.c.code > typed, code.c.code < typed + "\U0010ffff").limit(limit)
            for person in connection.execute(begun).scalars():
                people.setdefault(person, 0.8)
    digits = read_digits(query).removeprefix("00")
    if len(digits) >= sqlite_only.SHORTEST and len(people) < limit and not any(map(str.isalpha, query)):
        for person in sqlite_only.find_digits(connection, digits, limit):
            people.setdefault(person, 0.9)
    return _hits(connection, people)[:limit]


def _hits(connection: Connection, people: dict[int, float]) -> list[SearchHit]:
    if not people:
        return []
    person = tables.person
    rows = connection.execute(
        select(person.c.id, person.c.person_id, person.c.last_seen).where(person.c.id.in_(people))
    )
    ranked = sorted(rows, key=lambda row: (-people[row.id], -row.last_seen))
    return [SearchHit(UUID(bytes=row.person_id), people[row.id]) for row in ranked]
