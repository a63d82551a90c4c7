"""Which stored words may be what a typed word means, with what it costs to read the one as the other."""

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.fuzz import ratio
from sqlalchemy import Connection, bindparam, select

from app.domain.recognition.keys import find_keys, find_skeleton, flatten
from app.domain.recognition.model import word_cost
from app.domain.recognition.names import TOO_FAR
from app.domain.recognition.words import Word, make_word
from app.storage.search import tables

# How many stored words are compared letter by letter, and how many are looked at roughly before.
COMPARED = 40
LOOKED_AT = 1500
SHORT = 3

_word = tables.word
_BY_SOUND = (
    select(_word.c.id, _word.c.text, _word.c.uses)
    .join(tables.sound, tables.sound.c.word == _word.c.id)
    .where(tables.sound.c.sound.in_(bindparam("sounds", expanding=True)))
    .limit(LOOKED_AT)
)
_BY_BEGINNING = (
    select(_word.c.id, _word.c.text, _word.c.uses)
    .join(tables.beginning, tables.beginning.c.word == _word.c.id)
    .where(tables.beginning.c.letters >= bindparam("first"), tables.beginning.c.letters < bindparam("beyond"))
    .order_by(_word.c.uses.desc())
    .limit(COMPARED)
)
_BY_SOUND_BEGINNING = (
    select(_word.c.id, _word.c.text, _word.c.uses)
    .join(tables.sound, tables.sound.c.word == _word.c.id)
    .where(tables.sound.c.sound >= bindparam("first"), tables.sound.c.sound < bindparam("beyond"))
    .order_by(_word.c.uses.desc())
    .limit(LOOKED_AT // 5)
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored word, how many names hold it, and what it costs to read the typed word as it."""

    key: int
    word: Word
    uses: int
    cost: float


def find_candidates(connection: Connection, typed: Word, *, begun: bool) -> list[Candidate]:
    """Return the stored words that `typed` may mean, the likeliest first; `begun` means that more letters may come."""
    rows: dict[int, tuple[str, int]] = {}
    if begun:
        span = {"first": typed.text, "beyond": typed.text + "\U0010ffff"}
        for key, text, uses in connection.execute(_BY_BEGINNING, span):
            rows[key] = (text, uses)
    near: dict[int, tuple[str, int]] = {}
    if len(typed.text) >= SHORT or not begun:
        near = {
            key: (text, uses) for key, text, uses in connection.execute(_BY_SOUND, {"sounds": sorted(find_keys(typed))})
        }
    if begun:
        for position, _ in typed.starts:
            skeleton = find_skeleton(typed.text[position:], typed.arabic)
            if skeleton:
                span = {"first": skeleton, "beyond": skeleton + "~"}
                near.update((key, (text, uses)) for key, text, uses in connection.execute(_BY_SOUND_BEGINNING, span))
    rows.update(_nearest(typed, near, begun))
    found = [
        Candidate(key, word, uses, word_cost(typed, word, prefix=begun))
        for key, (word, uses) in ((key, (make_word(text), uses)) for key, (text, uses) in rows.items())
    ]
    return sorted((one for one in found if one.cost < TOO_FAR), key=lambda one: (one.cost, -one.uses))


def _nearest(typed: Word, rows: dict[int, tuple[str, int]], begun: bool) -> dict[int, tuple[str, int]]:
    """Keep the roughly nearest words: comparing them all letter by letter would take too long."""
    if len(rows) <= COMPARED:
        return rows
    wanted = flatten(typed.text, typed.arabic)
    length = len(wanted) + 1 if begun else None
    flat = {key: flatten(text, make_word(text).arabic)[:length] for key, (text, _) in rows.items()}
    return {key: rows[key] for _, _, key in process.extract(wanted, flat, scorer=ratio, limit=COMPARED)}
