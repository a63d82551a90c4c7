"""Which stored words may be what a typed word means, with what it costs to read the one as the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance.Levenshtein import normalized_similarity
from sqlalchemy import Connection, Engine, bindparam, func, select

from app.domain.recognition.keys import find_keys, find_skeleton, find_sounds, spell_coarsely
from app.domain.recognition.model import word_costs
from app.domain.recognition.names import farthest
from app.domain.recognition.tables import known_spellings
from app.domain.recognition.words import Word, make_word
from app.storage.search import tables
from app.storage.search.statements import fetch

# How many stored words are compared letter by letter, and how many are looked at roughly before.
COMPARED = 36
LOOKED_AT = 1000
BEGUN = 24
REMEMBERED = 200

_word = tables.word
_sound = tables.sound
_beginning = tables.beginning
_BY_SOUND = (
    select(_sound.c.word, _sound.c.text).where(_sound.c.sound.in_(bindparam("sounds", expanding=True))).limit(LOOKED_AT)
)
_BY_SOUND_BEGUN = (
    select(_sound.c.word, _sound.c.text)
    .where(_sound.c.sound >= bindparam("first"), _sound.c.sound < bindparam("beyond"))
    .limit(LOOKED_AT // 4)
)
_BY_BEGINNING = (
    select(_word.c.id, _word.c.text)
    .join(_beginning, _beginning.c.word == _word.c.id)
    .where(_beginning.c.letters >= bindparam("first"), _beginning.c.letters < bindparam("beyond"))
    .order_by(_word.c.uses.desc())
    .limit(BEGUN)
)
BY_TEXT = select(_word.c.id, _word.c.text).where(_word.c.text.in_(bindparam("texts", expanding=True)))
_NEWEST = select(func.coalesce(func.max(_word.c.id), 0))
_USES = select(_word.c.id, _word.c.uses).where(_word.c.id.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored word, how many names hold it, and what it costs to read the typed word as it."""

    key: int
    text: str
    uses: int
    cost: float


# What was found for the last words typed, as long as no word is added: each key typed asks for them again.
_found: WeakKeyDictionary[Engine, tuple[int, dict[tuple[str, bool, bool], list[Candidate]]]] = WeakKeyDictionary()


def forget_candidates(engine: Engine) -> None:
    """Drop what is remembered of words that were taken out."""
    _found.pop(engine, None)


def find_all_candidates(
    connection: Connection, typed: Sequence[Word], *, begun: bool, wide: bool
) -> list[list[Candidate]]:
    """Return for each typed word the stored words that it may mean, the likeliest first.

    `begun` means that more letters of the last word may come; `wide` also looks among words that differ in one
    consonant.
    """
    newest = connection.execute(_NEWEST).scalar_one()
    version, found = _found.get(connection.engine, (None, {}))
    if version != newest or len(found) > REMEMBERED:
        found = {}
        _found[connection.engine] = (newest, found)
    candidates = []
    for place, word in enumerate(typed):
        key = (word.text, begun and place == len(typed) - 1, wide)
        if key not in found:
            found[key] = _find_candidates(connection, word, begun=key[1], wide=wide)
        candidates.append(found[key])
    return candidates


def _find_candidates(connection: Connection, typed: Word, *, begun: bool, wide: bool) -> list[Candidate]:
    certain = _find_certain(connection, typed, begun)
    near = _find_near(connection, typed, begun, wide)
    texts = {text: key for key, text in (_nearest(typed, near, begun) | certain).items()}
    limit = farthest(typed)
    costs = word_costs(typed, map(make_word, texts), begun=begun, limit=limit)
    found = {texts[text]: (text, cost) for text, cost in costs.items() if cost < limit}
    uses = dict(fetch(connection, _USES, keys=list(found))) if found else {}
    ranked = [Candidate(key, text, uses[key], cost) for key, (text, cost) in found.items()]
    return sorted(ranked, key=lambda one: (one.cost, -one.uses))


def _find_certain(connection: Connection, typed: Word, begun: bool) -> dict[int, str]:
    """Return the words that are compared in any case: known spellings, and common words that begin so."""
    spellings = known_spellings(typed.text)
    certain: dict[int, str] = {}
    if spellings or not begun:
        certain.update(fetch(connection, BY_TEXT, texts=[typed.text, *spellings]))
    if begun:
        certain.update(fetch(connection, _BY_BEGINNING, first=typed.text, beyond=typed.text + "\U0010ffff"))
    return certain


def _find_near(connection: Connection, typed: Word, begun: bool, wide: bool) -> dict[int, str]:
    sounds = sorted(find_keys(typed) if wide else find_sounds(typed))
    near = dict(fetch(connection, _BY_SOUND, sounds=sounds))
    if begun:
        for position, _ in typed.starts:
            skeleton = find_skeleton(typed.text[position:], typed.arabic)
            if len(skeleton) > 1:
                near.update(fetch(connection, _BY_SOUND_BEGUN, first=skeleton, beyond=skeleton + "~"))
    return near


def _nearest(typed: Word, rows: dict[int, str], begun: bool) -> dict[int, str]:
    """Keep the roughly nearest words: comparing them all letter by letter would take too long."""
    if len(rows) <= COMPARED:
        return rows
    keys = [key for key, text in rows.items() for _ in spell_coarsely(text)]
    flat = [form for text in rows.values() for form in spell_coarsely(text)]
    best: dict[int, float] = {}
    for wanted in spell_coarsely(typed.text):
        # Of a word that may go on, its beginning is compared, with what its letters may have left out.
        choices = [form[: len(wanted) + 2] for form in flat] if begun else flat
        for _, likeness, place in process.extract(wanted, choices, scorer=normalized_similarity, limit=2 * COMPARED):
            best[keys[place]] = max(likeness, best.get(keys[place], 0.0))
    return {key: rows[key] for key in nlargest(COMPARED, best, key=best.__getitem__)}
