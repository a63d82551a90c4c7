"""The words of the search index: each distinct one is filed once, with its sounds and beginnings, and counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, func, select, update

from app.domain.recognition.keys import find_keys, spell_coarsely
from app.domain.recognition.words import make_word
from app.storage.bulk import delete_rows, insert_rows
from app.storage.search import tables
from app.storage.search.statements import fetch

T = TypeVar("T")
_LOOKED_UP: Final = 512
"""Values looked up with one statement: a power of two, so that no place in it is filled up in vain."""
_word = tables.word
_BY_TEXT = select(_word.c.text, _word.c.id).where(_word.c.text.in_(bindparam("values", expanding=True)))
_UNUSED = select(_word.c.id, _word.c.text).where(_word.c.id.in_(bindparam("values", expanding=True)), _word.c.uses <= 0)
_COUNT = update(_word).where(_word.c.id == bindparam("key")).values(uses=_word.c.uses + bindparam("more"))


def look_up(connection: Connection, statement: Select[Any], values: Iterable[object]) -> Iterator[Any]:
    """The rows of a statement over a list of `values`, however long."""
    wanted = list(values)
    for at in range(0, len(wanted), _LOOKED_UP):
        yield from fetch(connection, statement, values=wanted[at : at + _LOOKED_UP])


def next_id(connection: Connection, table: Table) -> int:
    """The first id that is free, with all after it."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def find_words(connection: Connection, texts: Iterable[str]) -> dict[str, int]:
    """The ids of those words that are filed."""
    return dict(look_up(connection, _BY_TEXT, texts))


def file_words(connection: Connection, uses: Counter[str]) -> dict[str, int]:
    """Return the ids of words, new ones filed with their keys, and count their new uses."""
    known = find_words(connection, uses)
    if known:
        connection.execute(_COUNT, [{"key": key, "more": uses[text]} for text, key in known.items()])
    fresh = (text for text in uses if text not in known)
    new = {text: key for key, text in enumerate(fresh, next_id(connection, _word))}
    if new:
        sounds, beginnings = _keys_of(new)
        words = [(key, text, uses[text], text[::-1]) for text, key in new.items()]
        insert_rows(connection, _word, ("id", "text", "uses", "backwards"), words)
        insert_rows(connection, tables.sound, ("sound", "word", "coarse"), sounds)
        insert_rows(connection, tables.beginning, ("letters", "word"), beginnings)
    return known | new


def release_words(connection: Connection, uses: Counter[int]) -> None:
    """Count uses of words, by id, that are over, and remove with all its keys what nobody bears any more."""
    if not uses:
        return
    connection.execute(_COUNT, [{"key": key, "more": -fewer} for key, fewer in uses.items()])
    gone = {text: key for key, text in look_up(connection, _UNUSED, uses)}
    sounds, beginnings = _keys_of(gone)
    delete_rows(connection, tables.sound, ("sound", "word"), [(sound, key) for sound, key, _coarse in sounds])
    delete_rows(connection, tables.beginning, ("letters", "word"), beginnings)
    delete_rows(connection, _word, ("id",), [(key,) for key in gone.values()])


def _keys_of(words: dict[str, int]) -> tuple[list[tuple[str, int, str]], list[tuple[str, int]]]:
    """What words (ids by text) are found by: the rows of their sounds and of their beginnings.

    They are in the order of the tables, so that neighbours are written together: a third of the time.
    """
    made = [(text, key, make_word(text)) for text, key in words.items()]
    sounds = [
        (sound, key, coarse)
        for text, key, word in made
        for coarse in (" ".join(sorted(spell_coarsely(text))),)
        for sound in find_keys(word)
    ]
    beginnings = [(text[start:], key) for text, key, word in made for start, _ in word.starts]
    return sorted(sounds), sorted(beginnings)
