"""Keeping the search index: entries in, entries out, inside the transaction of whoever calls."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from app.domain.recognition.keys import find_keys
from app.domain.recognition.words import MAX_WORDS, cut_words, make_word
from app.storage.bulk import insert_rows
from app.storage.search import sqlite_only, tables
from app.storage.search.candidates import forget_candidates
from app.storage.search.codes import code_forms, phone_forms
from app.storage.search.statements import fetch

BATCH = 5000
_MANY = 500
T = TypeVar("T")


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


def pack_words(words: Sequence[int]) -> bytes:
    """Pack ids of words as stored."""
    return _FORMS[len(words)].pack(*words)


def unpack_words(packed: bytes) -> tuple[int, ...]:
    """Unpack ids of words."""
    return _FORMS[len(packed) // 4].unpack(packed)


def index_people(connection: Connection, entries: Iterable[SearchEntry]) -> None:
    """Insert people into the index, or replace what it holds of them; of entries for one person the last counts."""
    waiting = iter(entries)
    while batch := {entry.person_id: entry for entry in islice(waiting, BATCH)}:
        _remove(connection, batch)
        _add(connection, list(batch.values()))


def forget_people(connection: Connection, ids: Iterable[UUID]) -> None:
    """Take people out of the index, with every word and digit that no one else shares."""
    sqlite_only.overwrite_what_is_deleted(connection)
    _remove(connection, ids)
    forget_candidates(connection.engine)


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


def _add(connection: Connection, entries: list[SearchEntry]) -> None:
    names = [[[word.text for word in cut_words(name)] for name in dict.fromkeys(entry.names)] for entry in entries]
    uses = Counter(text for spellings in names for words in spellings for text in set(words))
    words = _file_words(connection, uses)
    next_person, next_name = _next_id(connection, tables.person), _next_id(connection, tables.name)
    name_rows, bearer_rows, code_rows, digit_rows = [], [], [], []
    for person, (entry, spellings) in enumerate(zip(entries, names, strict=True), next_person):
        for place, texts in enumerate(spellings):
            ids = [words[text] for text in texts]
            if not ids:
                continue
            packed = pack_words(ids)
            name_rows.append((next_name, person, place, packed))
            bearer_rows += [(word, -entry.last_seen, next_name, packed) for word in set(ids)]
            next_name += 1
        codes = {form for number in entry.numbers for form in code_forms(number)}
        code_rows += [(code, person) for code in codes]
        digits = " ".join(filter(None, map(phone_forms, entry.phones)))
        if digits:
            digit_rows.append((person, digits))
    people = [(person, entry.person_id.bytes, entry.last_seen) for person, entry in enumerate(entries, next_person)]
    # In the order of the key: neighbours share a page.
    bearer_rows.sort()
    insert_rows(connection, tables.person, ("id", "person_id", "last_seen"), people)
    insert_rows(connection, tables.name, ("id", "person", "place", "words"), name_rows)
    insert_rows(connection, tables.bearer, ("word", "unseen", "name", "words"), bearer_rows)
    insert_rows(connection, tables.code, ("code", "person"), code_rows)
    if digit_rows:
        sqlite_only.add_digits(connection, digit_rows)


def _next_id(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def _file_words(connection: Connection, uses: Counter[str]) -> dict[str, int]:
    """Return the ids of words, new ones filed with their keys, and count their new uses."""
    word = tables.word
    known: dict[str, int] = {}
    for part in _parts(uses):
        known.update(connection.execute(select(word.c.text, word.c.id).where(word.c.text.in_(part))).all())
    if known:
        connection.execute(
            update(word).where(word.c.id == bindparam("key")).values(uses=word.c.uses + bindparam("more")),
            [{"key": key, "more": uses[text]} for text, key in known.items()],
        )
    new = {
        text: key for key, text in enumerate((text for text in uses if text not in known), _next_id(connection, word))
    }
    if new:
        made = {text: make_word(text) for text in new}
        insert_rows(connection, word, ("id", "text", "uses"), ((key, text, uses[text]) for text, key in new.items()))
        insert_rows(
            connection,
            tables.sound,
            ("sound", "word", "text"),
            ((sound, key, text) for text, key in new.items() for sound in sorted(find_keys(made[text]))),
        )
        insert_rows(
            connection,
            tables.beginning,
            ("letters", "word"),
            ((text[start:], key) for text, key in new.items() for start, _ in made[text].starts),
        )
    return known | new


def _remove(connection: Connection, ids: Iterable[UUID]) -> None:
    person, name = tables.person, tables.name
    for part in _parts(key.bytes for key in ids):
        people = dict(
            connection.execute(select(person.c.id, person.c.last_seen).where(person.c.person_id.in_(part))).all()
        )
        if not people:
            continue
        names = connection.execute(
            select(name.c.id, name.c.person, name.c.words).where(name.c.person.in_(people))
        ).all()
        held = [(row.id, people[row.person], word) for row in names for word in set(unpack_words(row.words))]
        bearer = tables.bearer
        if held:
            connection.execute(
                delete(bearer).where(
                    bearer.c.word == bindparam("w"), bearer.c.unseen == bindparam("u"), bearer.c.name == bindparam("n")
                ),
                [{"w": word, "u": -seen, "n": key} for key, seen, word in held],
            )
        _release_words(connection, Counter(word for _, _, word in held))
        connection.execute(delete(name).where(name.c.person.in_(people)))
        connection.execute(delete(tables.code).where(tables.code.c.person.in_(people)))
        sqlite_only.remove_digits(connection, people)
        connection.execute(delete(person).where(person.c.id.in_(people)))


def _release_words(connection: Connection, uses: Counter[int]) -> None:
    word = tables.word
    if not uses:
        return
    connection.execute(
        update(word).where(word.c.id == bindparam("key")).values(uses=word.c.uses - bindparam("fewer")),
        [{"key": key, "fewer": fewer} for key, fewer in uses.items()],
    )
    for part in _parts(uses):
        gone = dict(
            connection.execute(select(word.c.id, word.c.text).where(word.c.id.in_(part), word.c.uses <= 0)).all()
        )
        for key, text in gone.items():
            made = make_word(text)
            letters = [text[start:] for start, _ in made.starts]
            connection.execute(
                delete(tables.sound).where(tables.sound.c.sound.in_(find_keys(made)), tables.sound.c.word == key)
            )
            connection.execute(
                delete(tables.beginning).where(tables.beginning.c.letters.in_(letters), tables.beginning.c.word == key)
            )
        connection.execute(delete(word).where(word.c.id.in_(gone)))


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(values)
    while part := list(islice(waiting, _MANY)):
        yield part
