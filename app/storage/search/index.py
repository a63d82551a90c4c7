"""Keeping the search index: entries in, entries out, inside the transaction of whoever calls."""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from app.domain.recognition.words import MAX_WORDS, cut_words
from app.storage.bulk import delete_rows, insert_rows
from app.storage.search import sqlite_only, tables
from app.storage.search.candidates import forget_candidates
from app.storage.search.codes import code_forms, phone_forms
from app.storage.search.filing import file_words, find_words, look_up, next_id, release_words
from app.storage.search.statements import fetch

BATCH = 5000


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What a person is found by.

    `names` in order of importance (Latin, Arabic, also known as); `phones` in E.164 or as given; `numbers` of the
    person and of cards; `last_seen` in milliseconds since 1970, 0 if never.
    """

    person_id: UUID
    names: tuple[str, ...]
    phones: tuple[str, ...]
    numbers: tuple[str, ...]
    last_seen: int


class _Filed(NamedTuple):
    """What the index holds of a person."""

    number: int
    last_seen: int


Spellings = list[list[str]]
"""The words of each of a person's names."""
_PEOPLE = select(tables.person.c.person_id, tables.person.c.id, tables.person.c.last_seen).where(
    tables.person.c.person_id.in_(bindparam("values", expanding=True))
)
_NAMES_OF = select(tables.name.c.person, tables.name.c.id, tables.name.c.place, tables.name.c.words).where(
    tables.name.c.person.in_(bindparam("values", expanding=True))
)
_CODES_OF = select(tables.code.c.person, tables.code.c.code).where(
    tables.code.c.person.in_(bindparam("values", expanding=True))
)
_PERSON = select(tables.person.c.id, tables.person.c.last_seen).where(tables.person.c.person_id == bindparam("person"))
_NAMES = select(tables.name.c.id, tables.name.c.words).where(tables.name.c.person == bindparam("person"))
_SEEN = update(tables.person).where(tables.person.c.id == bindparam("number")).values(last_seen=bindparam("seen"))
_MOVED = (
    update(tables.bearer)
    .where(
        tables.bearer.c.word.in_(bindparam("keys", expanding=True)),
        tables.bearer.c.unseen == bindparam("before"),
        tables.bearer.c.name == bindparam("of"),
    )
    .values(unseen=bindparam("after"))
)

_FORMS = [struct.Struct(f"<{number}I") for number in range(MAX_WORDS + 1)]


UNPACK = {form.size: form.unpack for form in _FORMS}
"""How to unpack the ids of words, by their bytes: as `unpack_words`, where a call for each name would tell."""


def pack_words(words: Sequence[int]) -> bytes:
    """Pack ids of words as stored."""
    return _FORMS[len(words)].pack(*words)


def unpack_words(packed: bytes) -> tuple[int, ...]:
    """Unpack ids of words."""
    return _FORMS[len(packed) // 4].unpack(packed)


def index_people(connection: Connection, entries: Iterable[SearchEntry]) -> None:
    """Insert people into the index, or replace what it holds of them; of entries for one person the last counts.

    Names are what takes long, so those of a person whose names are as before are left as they are.
    """
    waiting = iter(entries)
    while batch := {entry.person_id.bytes: entry for entry in islice(waiting, BATCH)}:
        spelled = {key: _cut(entry) for key, entry in batch.items()}
        filed = _find(connection, batch)
        same = _same_names(connection, batch, spelled, filed)
        _remove(connection, [person for key, person in filed.items() if key not in same])
        _refile_numbers(connection, {person: batch[key] for key, person in same.items()})
        _add(connection, [(entry, spelled[key]) for key, entry in batch.items() if key not in same])


def forget_people(connection: Connection, ids: Iterable[UUID]) -> None:
    """Take people out of the index, with every word and digit that no one else shares."""
    sqlite_only.overwrite_what_is_deleted(connection)
    _remove(connection, _find(connection, [person.bytes for person in ids]).values())


def touch_person(connection: Connection, person_id: UUID, last_seen: int) -> None:
    """Move a person to the front of equals; does nothing for a person not in the index."""
    for number, seen_before in fetch(connection, _PERSON, person=person_id.bytes):
        if seen_before == last_seen:
            return
        connection.execute(_SEEN, {"number": number, "seen": last_seen})
        for name, words in fetch(connection, _NAMES, person=number):
            keys = sorted(set(unpack_words(words)))
            moved = {"keys": keys, "before": -seen_before, "of": name, "after": -last_seen}
            connection.execute(_MOVED, moved)


def _cut(entry: SearchEntry) -> Spellings:
    return [[word.text for word in cut_words(name)] for name in dict.fromkeys(entry.names)]


def _find(connection: Connection, keys: Iterable[bytes]) -> dict[bytes, _Filed]:
    """What the index holds of these people, of those that are in it."""
    return {key: _Filed(number, seen) for key, number, seen in look_up(connection, _PEOPLE, keys)}


def _same_names(
    connection: Connection,
    batch: Mapping[bytes, SearchEntry],
    spelled: Mapping[bytes, Spellings],
    filed: Mapping[bytes, _Filed],
) -> dict[bytes, _Filed]:
    """Those people of whose names, and of when they came, the index says the same already."""
    held: dict[int, dict[int, bytes]] = {person.number: {} for person in filed.values()}
    for number, _name, place, packed in look_up(connection, _NAMES_OF, held):
        held[number][place] = packed
    words = find_words(connection, {text for key in filed for spelling in spelled[key] for text in spelling})
    # no word has the number 0, so a name with a word that is not filed equals none
    wanted = {
        key: {
            place: pack_words([words.get(text, 0) for text in texts])
            for place, texts in enumerate(spelled[key])
            if texts
        }
        for key in filed
    }
    return {
        key: person
        for key, person in filed.items()
        if person.last_seen == batch[key].last_seen and held[person.number] == wanted[key]
    }


def _add(connection: Connection, entries: list[tuple[SearchEntry, Spellings]]) -> None:
    uses = Counter(text for _entry, spellings in entries for words in spellings for text in set(words))
    words = file_words(connection, uses)
    next_person, next_name = next_id(connection, tables.person), next_id(connection, tables.name)
    people, name_rows, bearer_rows = [], [], []
    for person, (entry, spellings) in enumerate(entries, next_person):
        people.append((person, entry.person_id.bytes, entry.last_seen))
        for place, texts in enumerate(spellings):
            if not texts:
                continue
            ids = [words[text] for text in texts]
            packed = pack_words(ids)
            name_rows.append((next_name, person, place, packed))
            bearer_rows += [(word, -entry.last_seen, next_name, packed) for word in set(ids)]
            next_name += 1
    # In the order of the key: neighbours share a page.
    bearer_rows.sort()
    insert_rows(connection, tables.person, ("id", "person_id", "last_seen"), people)
    insert_rows(connection, tables.name, ("id", "person", "place", "words"), name_rows)
    insert_rows(connection, tables.bearer, ("word", "unseen", "name", "words"), bearer_rows)
    _add_numbers(connection, [(person, entry) for person, (entry, _spellings) in enumerate(entries, next_person)])


def _codes(entry: SearchEntry) -> set[str]:
    return {form for number in entry.numbers for form in code_forms(number)}


def _digits(entry: SearchEntry) -> str:
    return " ".join(filter(None, map(phone_forms, entry.phones)))


def _add_numbers(connection: Connection, people: Sequence[tuple[int, SearchEntry]]) -> None:
    codes = sorted((code, person) for person, entry in people for code in _codes(entry))
    insert_rows(connection, tables.code, ("code", "person"), codes)
    if digits := [(person, found) for person, entry in people if (found := _digits(entry))]:
        sqlite_only.add_digits(connection, digits)


def _refile_numbers(connection: Connection, people: Mapping[_Filed, SearchEntry]) -> None:
    """Replace phones, codes and cards where they are others than before."""
    entries = {person.number: entry for person, entry in people.items()}
    codes: dict[int, set[str]] = {number: set() for number in entries}
    for number, code in look_up(connection, _CODES_OF, entries):
        codes[number].add(code)
    digits = sqlite_only.digits_of(connection, entries)
    other = [
        (number, entry)
        for number, entry in entries.items()
        if codes[number] != _codes(entry) or digits.get(number, "") != _digits(entry)
    ]
    _remove_numbers(connection, [number for number, _entry in other])
    _add_numbers(connection, other)


def _remove_numbers(connection: Connection, people: Sequence[int]) -> None:
    delete_rows(connection, tables.code, ("person",), [(number,) for number in people])
    if people:
        sqlite_only.remove_digits(connection, people)


def _remove(connection: Connection, people: Iterable[_Filed]) -> None:
    seen = {person.number: person.last_seen for person in people}
    names = list(look_up(connection, _NAMES_OF, seen))
    held = [(word, -seen[number], name) for number, name, _place, packed in names for word in set(unpack_words(packed))]
    delete_rows(connection, tables.bearer, ("word", "unseen", "name"), sorted(held))
    release_words(connection, Counter(word for word, _unseen, _name in held))
    # The number of a word that is gone is given to the next.
    forget_candidates(connection.engine)
    delete_rows(connection, tables.name, ("id",), [(name,) for _number, name, _place, _packed in names])
    _remove_numbers(connection, list(seen))
    delete_rows(connection, tables.person, ("id",), [(number,) for number in seen])
