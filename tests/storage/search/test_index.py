"""The index after any changes is what filing everybody anew would make, whatever was left as it was on the way."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.recognition.folding import fold_name, fold_with_origins
from app.storage.search import SearchEntry, forget_people, index_people, touch_person
from app.storage.search.codes import code_forms, phone_forms
from app.storage.search.index import unpack_words

_NAMES = ("Awa Diop", "Awa", "Diop Awa", "El Alaoui", "عبد القادر", "???", "Awa Awa")
_PEOPLE = tuple(UUID(int=number) for number in (1, 2, 3))

entries = st.builds(
    SearchEntry,
    st.sampled_from(_PEOPLE),
    st.lists(st.sampled_from(_NAMES), max_size=3).map(tuple),
    st.lists(st.sampled_from(["+212612345601", "0700", "x"]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["RBT-A00412", "412", "C-7"]), max_size=2).map(tuple),
    st.sampled_from([0, 5, 9]),
)
steps = st.one_of(
    st.lists(entries, min_size=1, max_size=4),
    st.sampled_from(_PEOPLE),
    st.tuples(st.sampled_from(_PEOPLE), st.sampled_from([0, 5, 9])),
)


def _contents(connection: sqlalchemy.Connection) -> dict[str, object]:
    """All that the index says, without the numbers by which it says it."""

    def rows(query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(query)]

    people: dict[int, bytes] = dict(connection.exec_driver_sql("SELECT id, person_id FROM search_person").all())
    words: dict[int, str] = dict(connection.exec_driver_sql("SELECT id, text FROM search_word").all())

    def spelled(packed: bytes) -> tuple[object, ...]:
        return tuple(words[number] for number in unpack_words(packed))

    names = {
        number: (people[person], place, spelled(packed))
        for number, person, place, packed in rows("SELECT id, person, place, words FROM search_name")
    }
    return {
        "people": sorted(rows("SELECT person_id, last_seen FROM search_person")),
        "words": sorted(rows("SELECT text, uses FROM search_word")),
        "names": sorted(names.values(), key=repr),
        "bearers": sorted(
            (words[word], unseen, names[name], spelled(packed))
            for word, unseen, name, packed in rows("SELECT word, unseen, name, words FROM search_bearer")
        ),
        "sounds": sorted((sound, words[word], text) for sound, word, text in rows("SELECT * FROM search_sound")),
        "beginnings": sorted((letters, words[word]) for letters, word in rows("SELECT * FROM search_beginning")),
        "codes": sorted((code, people[person]) for code, person in rows("SELECT code, person FROM search_code")),
        "digits": sorted((people[person], digits) for person, digits in rows("SELECT rowid, * FROM search_digits")),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=6))
def test_changes_leave_what_filing_anew_makes(
    connection: sqlalchemy.Connection, changes: list[list[SearchEntry] | UUID | tuple[UUID, int]]
) -> None:
    forget_people(connection, _PEOPLE)
    now: dict[UUID, SearchEntry] = {}
    for change in changes:
        if isinstance(change, list):
            index_people(connection, change)
            now |= {entry.person_id: entry for entry in change}
        elif isinstance(change, UUID):
            forget_people(connection, [change])
            now.pop(change, None)
        else:
            person, seen = change
            touch_person(connection, person, seen)
            if person in now:
                before = now[person]
                now[person] = SearchEntry(person, before.names, before.phones, before.numbers, seen)
    changed = _contents(connection)
    forget_people(connection, _PEOPLE)
    assert not any(_contents(connection).values())
    index_people(connection, now.values())
    assert _contents(connection) == changed


def test_names_that_are_as_before_are_not_filed_again(connection: sqlalchemy.Connection) -> None:
    person = _PEOPLE[0]
    index_people(connection, [SearchEntry(person, ("Awa Diop",), ("0700",), ("412",), 5)])

    def numbers() -> list[object]:
        return list(connection.exec_driver_sql("SELECT id FROM search_name").scalars())

    before = numbers()
    index_people(connection, [SearchEntry(_PEOPLE[1], ("Awa",), (), (), 5)])
    index_people(connection, [SearchEntry(person, ("Awa Diop",), ("0811",), ("413",), 5)])
    assert numbers()[:1] == before


@pytest.mark.parametrize("form", [phone_forms, lambda text: sorted(code_forms(text))])
@given(st.text("aB7-+ 0.", max_size=9))
def test_plain_digits_and_letters_are_read_as_those_of_other_scripts(form: Callable[[str], object], text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != " " else letter for letter in text)
    assert form(text) == form(wide)


@given(st.text("aÉ -'œءأ  ", max_size=12))
def test_folding_says_where_each_letter_comes_from(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert len(folded) == len(origins)
    assert origins == sorted(origins)
    for letter, origin in zip(folded, origins, strict=True):
        assert letter == " " or letter in fold_name(text[origin])
    assert "  " not in folded
    assert folded == folded.strip()
