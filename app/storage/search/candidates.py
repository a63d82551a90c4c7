"""Which stored words may be what a typed word means, with what it costs to read the one as the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.distance.Levenshtein import normalized_similarity
from sqlalchemy import Connection, Engine, bindparam, func, select

from app.domain.recognition.keys import find_keys, find_skeleton, find_sounds, spell_coarsely
from app.domain.recognition.model import word_costs
from app.domain.recognition.names import farthest
from app.domain.recognition.slips import FEWEST_LETTERS, slip_cost
from app.domain.recognition.tables import known_spellings
from app.domain.recognition.words import Word, make_word
from app.storage.search import tables
from app.storage.search.statements import fetch

# How many stored words are compared letter by letter, and how many are looked at roughly before.
COMPARED = 36
LOOKED_AT = 1000
BEGUN = 24
# A desk asks for the same beginnings all day long: with so many words it stays under 5 MB.
REMEMBERED = 800

_word = tables.word
_sound = tables.sound
_beginning = tables.beginning
_BY_SOUND = (
    select(_sound.c.word, _sound.c.coarse)
    .where(_sound.c.sound.in_(bindparam("sounds", expanding=True)))
    .limit(LOOKED_AT)
)
_BY_SOUND_BEGUN = (
    select(_sound.c.word, _sound.c.coarse)
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
_BY_TEXT = select(_word.c.id, _word.c.text).where(_word.c.text.in_(bindparam("texts", expanding=True)))
# One letter wrong leaves one half of a word as it is: words that begin, and words that end, with half of it.
_BEGIN_SO = (
    select(_word.c.id, _word.c.text)
    .where(_word.c.text >= bindparam("first"), _word.c.text < bindparam("beyond"))
    .where(func.length(_word.c.text) >= bindparam("fewest"))
    .limit(LOOKED_AT)
)
_END_SO = (
    select(_word.c.id, _word.c.backwards)
    .where(_word.c.backwards >= bindparam("first"), _word.c.backwards < bindparam("beyond"))
    .where(func.length(_word.c.backwards).between(bindparam("fewest"), bindparam("most")))
    .limit(LOOKED_AT)
)
_NEWEST = select(func.coalesce(func.max(_word.c.id), 0))
_CHOSEN = select(_word.c.id, _word.c.text, _word.c.uses).where(_word.c.id.in_(bindparam("keys", expanding=True)))
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored word, how many names hold it, and what it costs to read the typed word as it."""

    key: int
    text: str
    uses: int
    cost: float


@dataclass(slots=True)
class _Memory:
    """What was found for the last words typed, as long as no word is added: each key typed asks for them again.

    The word asked for last comes last.
    """

    newest: int
    candidates: dict[tuple[str, bool, bool], list[Candidate]] = field(default_factory=dict)
    filed: dict[str, int | None] = field(default_factory=dict)


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


def forget_candidates(engine: Engine) -> None:
    """Drop what is remembered of words that were taken out."""
    _memories.pop(engine, None)


def _remember(connection: Connection) -> _Memory:
    newest = fetch(connection, _NEWEST)[0][0]
    memory = _memories.get(connection.engine)
    if memory is None or memory.newest != newest:
        memory = _memories[connection.engine] = _Memory(newest)
    elif len(memory.filed) > REMEMBERED:
        memory.filed.clear()
    return memory


def find_filed(connection: Connection, texts: Iterable[str]) -> dict[str, int]:
    """Return the ids of those words that are stored."""
    filed = _remember(connection).filed
    wanted = list(texts)
    fresh = [text for text in wanted if text not in filed]
    if fresh:
        filed.update(dict.fromkeys(fresh))
        filed.update((text, key) for key, text in fetch(connection, _BY_TEXT, texts=fresh))
    return {text: key for text in wanted if (key := filed[text]) is not None}


def find_all_candidates(
    connection: Connection, typed: Sequence[Word], *, begun: bool, wide: Sequence[bool]
) -> list[list[Candidate]]:
    """Return for each typed word the stored words that it may mean, the likeliest first.

    `begun` means that more letters of the last word may come; for a word that is `wide`, those are looked at too that
    differ in one consonant, or in one letter as it is written.
    """
    found = _remember(connection).candidates
    candidates = []
    for place, word in enumerate(typed):
        key = (word.text, begun and place == len(typed) - 1, wide[place])
        some = found.pop(key, None)
        if some is None:
            some = _find_candidates(connection, word, begun=key[1], wide=key[2])
        found[key] = some
        candidates.append(some)
    for key in list(found)[: len(found) - REMEMBERED]:
        del found[key]
    return candidates


def _find_candidates(connection: Connection, typed: Word, *, begun: bool, wide: bool) -> list[Candidate]:
    keys = _nearest(typed, _find_near(connection, typed, begun, wide), begun) | _find_certain(connection, typed, begun)
    slips = _find_slips(connection, typed, begun) if wide else {}
    if not keys and not slips:
        return []
    limit = farthest(typed)
    rows = [
        (key, make_word(text), uses) for key, text, uses in fetch(connection, _CHOSEN, keys=list(keys | slips.keys()))
    ]
    costs = word_costs(typed, [word for key, word, _uses in rows if key in keys], begun=begun, limit=limit)
    found = []
    for key, word, uses in rows:
        cost = min(costs.get(word.text, limit), slips.get(key, limit))
        if cost and wide and key not in slips:
            slip = slip_cost(typed, word, begun=begun)
            cost = cost if slip is None else min(cost, slip)
        if cost < limit:
            found.append(Candidate(key, word.text, uses, cost))
    return sorted(found, key=lambda one: (one.cost, -one.uses))


def _find_certain(connection: Connection, typed: Word, begun: bool) -> set[int]:
    """Return the words that are compared in any case: known spellings, and common words that begin so."""
    spellings = known_spellings(typed.text)
    certain: set[int] = set()
    if spellings or not begun:
        certain.update(key for key, _text in fetch(connection, _BY_TEXT, texts=[typed.text, *spellings]))
    if begun:
        some = fetch(connection, _BY_BEGINNING, first=typed.text, beyond=typed.text + _LAST)
        certain.update(key for key, _text in some)
    return certain


def _find_near(connection: Connection, typed: Word, begun: bool, wide: bool) -> dict[int, str]:
    """Return the words that sound alike, with their coarse spellings."""
    sounds = sorted(find_keys(typed) if wide else find_sounds(typed))
    near = dict(fetch(connection, _BY_SOUND, sounds=sounds))
    if begun:
        for position, _ in typed.starts:
            skeleton = find_skeleton(typed.text[position:], typed.arabic)
            if len(skeleton) > 1:
                near.update(fetch(connection, _BY_SOUND_BEGUN, first=skeleton, beyond=skeleton + "~"))
    return near


def _nearest(typed: Word, near: dict[int, str], begun: bool) -> set[int]:
    """Keep the roughly nearest words: comparing them all letter by letter would take too long."""
    if len(near) <= COMPARED:
        return set(near)
    keys: list[int] = []
    forms: list[str] = []
    for key, coarse in near.items():
        spelled = coarse.split(" ")
        forms += spelled
        keys += [key] * len(spelled)
    best: dict[int, float] = {}
    for wanted in spell_coarsely(typed.text):
        # Of a word that may go on, its beginning is compared, with what its letters may have left out.
        choices = [form[: len(wanted) + 2] for form in forms] if begun else forms
        for _, likeness, place in process.extract(wanted, choices, scorer=normalized_similarity, limit=2 * COMPARED):
            best[keys[place]] = max(likeness, best.get(keys[place], 0.0))
    return set(nlargest(COMPARED, best, key=best.__getitem__))


def _find_slips(connection: Connection, typed: Word, begun: bool) -> dict[int, float]:
    """Return the words that are the one typed but for one letter, or one of the two for short, with what that costs."""
    letters = len(typed.text)
    if letters < FEWEST_LETTERS:
        return {}
    # The letter in the middle belongs to neither half: of two neighbours exchanged, one half is as it was.
    half = (letters - 1) // 2
    first, last = typed.text[:half], typed.text[half + 1 :][::-1]
    some = dict(fetch(connection, _BEGIN_SO, first=first, beyond=first + _LAST, fewest=letters - 1))
    ends = fetch(connection, _END_SO, first=last, beyond=last + _LAST, fewest=letters - 1, most=letters + 1)
    some.update((key, backwards[::-1]) for key, backwards in ends)
    if not begun and letters > FEWEST_LETTERS:
        some.update(fetch(connection, _BY_TEXT, texts=[typed.text[:most] for most in range(FEWEST_LETTERS, letters)]))
    near = _nearly(typed.text, some, begun)
    found = ((key, slip_cost(typed, make_word(some[key]), begun=begun)) for key in near)
    return {key: cost for key, cost in found if cost is not None}


def _nearly(typed: str, some: dict[int, str], begun: bool) -> Iterable[int]:
    """Return those of many words that may be the one typed with a letter wrong, or cut short."""
    letters = len(typed)
    texts = {key: text[: letters + 1] for key, text in some.items()} if begun else some
    # The beginning that is compared may hold one letter too many.
    near = process.extract(typed, texts, scorer=OSA.distance, score_cutoff=1 + begun, limit=None)
    whole = () if begun else (key for key, text in some.items() if text.startswith(typed) or typed.startswith(text))
    return {*(key for _text, _slips, key in near), *whole}
