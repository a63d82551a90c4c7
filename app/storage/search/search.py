"""From what was typed to the people who may be meant, best first."""

import math
from bisect import insort
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, or_, select

from app.domain.recognition.names import likeness, match_words, not_found
from app.domain.recognition.words import Word, cut_words, make_word
from app.storage.search import sqlite_only, tables
from app.storage.search.candidates import Candidate, find_all_candidates
from app.storage.search.index import pack_words, unpack_words
from app.storage.search.numbers import SearchHit, find_bearers, search_numbers, split_digits
from app.storage.search.rough import rank_roughly
from app.storage.search.statements import fetch

MAX_QUERY_CHARACTERS = 120
MAX_QUERY_WORDS = 6
# How many bearers of a word are read: all bearers of a rare one, the most recent ones of a common one.
READ = 400
READ_WIDE = 600
TOGETHER = 100
RECENT = 150
SEVERAL = 30
# Above this cost the best is doubtful enough to look further.
DOUBTFUL = 3.5
# With fewer letters of the last word, more are awaited rather than looked for further.
TELLING = 4
SHORT = 3
COMPARED = 28
ALTERNATIVES = 8
# From this score on a name is likelier the one typed than not.
LIKELY = 0.5

# By number of the name: its words, packed, and the negative of when the person was last seen.
Names = dict[int, tuple[bytes, int]]

_bearer = tables.bearer
_BEARERS = select(_bearer.c.name, _bearer.c.words, _bearer.c.unseen).where(
    _bearer.c.word.in_(bindparam("keys", expanding=True))
)
# Names that hold two words: the bearers of one are gone through for those whose words contain the other.
_ONE_WITH = (
    select(_bearer.c.name, _bearer.c.words, _bearer.c.unseen)
    .where(
        _bearer.c.word == bindparam("key"),
        or_(*(sqlite_only.holds(_bearer.c.words, bindparam(f"other{place}")) for place in range(ALTERNATIVES))),
    )
    .order_by(_bearer.c.unseen, _bearer.c.name)
    .limit(bindparam("most"))
)
_OTHERS_WITH = (
    select(_bearer.c.name, _bearer.c.words, _bearer.c.unseen)
    .where(
        _bearer.c.word.in_(bindparam("others", expanding=True)),
        sqlite_only.holds(_bearer.c.words, bindparam("packed")),
    )
    .order_by(_bearer.c.unseen, _bearer.c.name)
    .limit(bindparam("most"))
)
_RECENT = (
    select(_bearer.c.name, _bearer.c.words, _bearer.c.unseen)
    .where(_bearer.c.word == bindparam("key"))
    .order_by(_bearer.c.unseen, _bearer.c.name)
    .limit(bindparam("most"))
)
_PEOPLE = (
    select(tables.name.c.id, tables.person.c.person_id, tables.name.c.place)
    .join(tables.person, tables.person.c.id == tables.name.c.person)
    .where(tables.name.c.id.in_(bindparam("names", expanding=True)))
)
_NAMES = (
    select(tables.name.c.id, tables.name.c.words, tables.person.c.last_seen)
    .join(tables.person, tables.person.c.id == tables.name.c.person)
    .where(tables.name.c.person.in_(bindparam("people", expanding=True)))
)
_WORDS = select(tables.word.c.id, tables.word.c.text).where(tables.word.c.id.in_(bindparam("keys", expanding=True)))


def search_people(connection: Connection, query: str, limit: int = 10) -> list[SearchHit]:
    """Return the people who may be meant by what was typed so far, best first.

    Names in either script, in any order, the last word perhaps only begun; digits of a phone; a person or card
    number; or a name and some digits of one of these.
    Never raises on odd input: what cannot be read finds nobody.
    """
    text = query[:MAX_QUERY_CHARACTERS]
    hits = search_numbers(connection, text, limit)
    if len(hits) < limit and any(character.isalpha() for character in text):
        begun = not text[-1:].isspace()
        name, digits = split_digits(text)
        if digits:
            hits += _search_both(connection, name, digits, limit, begun=begun)
        if len(hits) < limit:
            hits += _search_names(connection, name, limit, begun=begun)
    once: dict[UUID, SearchHit] = {}
    for hit in hits:
        once.setdefault(hit.person_id, hit)
    return list(once.values())[:limit]


def prepare_next_word(connection: Connection, query: str) -> None:
    """Look already for what the first letter after a finished word will have looked for: its other spellings.

    A name of several words is asked for more widely than one, which takes longest at that letter.
    """
    if query[-1:].isspace():
        name, _digits = split_digits(query[:MAX_QUERY_CHARACTERS])
        typed = cut_words(name)[: MAX_QUERY_WORDS - 1]
        find_all_candidates(connection, typed, begun=False, wide=[not word.arabic for word in typed])


def find_similar(connection: Connection, names: tuple[str, ...], limit: int = 5) -> list[SearchHit]:
    """Return who may already be the person with these names: possible duplicates, best first."""
    best: dict[UUID, float] = {}
    for name in names:
        for hit in _search_names(connection, name[:MAX_QUERY_CHARACTERS], limit * 2, begun=False):
            best[hit.person_id] = max(hit.score, best.get(hit.person_id, 0.0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return [SearchHit(person, score) for person, score in ranked[:limit]]


def _search_names(connection: Connection, query: str, limit: int, *, begun: bool) -> list[SearchHit]:
    typed = cut_words(query)[:MAX_QUERY_WORDS]
    if not typed:
        return []
    telling = [not begun or place + 1 < len(typed) or len(word.text) >= TELLING for place, word in enumerate(typed)]
    # A name of several words is asked for to find one person, who may be on record in any spelling, also where somebody
    # is who spells it as typed. Arabic is spelled in few ways.
    wide = [tells and len(typed) > 1 and not word.arabic for tells, word in zip(telling, typed, strict=True)]
    wider = telling if telling[-1] and not all(wide) else None
    return _search_words(connection, typed, limit, begun=begun, wide=wide, wider=wider)


def _search_both(connection: Connection, name: str, digits: str, limit: int, *, begun: bool) -> list[SearchHit]:
    """Return those with the digits in their phone or number whose name may be the one typed."""
    typed = cut_words(name)[:MAX_QUERY_WORDS]
    people = find_bearers(connection, digits, READ)
    if not typed or not people:
        return []
    names = {key: (packed, -seen) for key, packed, seen in fetch(connection, _NAMES, people=people)}
    candidates = find_all_candidates(connection, typed, begun=begun, wide=[True] * len(typed))
    rough = rank_roughly(connection, typed, candidates, names.values(), begun=begun)[:COMPARED]
    hits, _ = _rank(connection, typed, candidates, names, rough, limit, begun)
    return [hit for hit in hits if hit.score >= LIKELY]


def _search_words(
    connection: Connection,
    typed: list[Word],
    limit: int,
    *,
    begun: bool,
    wide: Sequence[bool],
    wider: Sequence[bool] | None = None,
) -> list[SearchHit]:
    """Return the hits; where they are doubtful, and `wider` says for which words, look among more."""
    candidates = find_all_candidates(connection, typed, begun=begun, wide=wide)
    # Each word by itself is doubtful, then the names roughly, then the best name: the sooner it is known the better.
    least = sum(
        min(found[0].cost if found else math.inf, not_found(word))
        for word, found in zip(typed, candidates, strict=True)
    )
    hits: list[SearchHit] = []
    best = math.inf
    if wider is None or least <= DOUBTFUL:
        names = _read_names(connection, candidates, READ_WIDE if all(wide) else READ)
        # One or two letters of a word tell too little to compare many names with care.
        most = COMPARED if not begun or len(typed[-1].text) >= SHORT else COMPARED // 2
        rough = rank_roughly(connection, typed, candidates, names.values(), begun=begun)[:most]
        if rough and (wider is None or rough[0][0] <= DOUBTFUL):
            hits, best = _rank(connection, typed, candidates, names, rough, limit, begun)
    if wider is not None and best > DOUBTFUL:
        return _search_words(connection, typed, limit, begun=begun, wide=wider) or hits
    return hits


def _read_names(connection: Connection, candidates: Sequence[list[Candidate]], most: int) -> Names:
    """Read the names that hold candidates of the rarest words asked for, the likeliest candidates first."""
    if len(candidates) == 1:
        return _read_recent(connection, candidates[0])
    names: Names = {}
    ordered = sorted((found for found in candidates if found), key=lambda found: sum(one.uses for one in found))
    for place, found in enumerate(ordered[:2]):
        few: list[int] = []
        common: list[Candidate] = []
        left = most
        for one in found:
            # No single word may take so many that the others are not read.
            if one.uses <= min(left, most // 2):
                few.append(one.key)
                left -= one.uses
            elif len(common) < ALTERNATIVES:
                common.append(one)
        if few:
            names.update(_read(connection, _BEARERS, keys=few))
        _read_common(connection, names, common, ordered[place + 1 : place + 2], most)
        if len(names) >= most // 2:
            break
    return names


def _read_common(
    connection: Connection, names: Names, common: list[Candidate], following: list[list[Candidate]], most: int
) -> None:
    """Add names that hold common candidates, until there are enough: with a word that follows, and the most recent."""
    for one in common if following else common[:1]:
        for others in following:
            names.update(_read_together(connection, one, others))
        names.update(_read(connection, _RECENT, key=one.key, most=RECENT if one is common[0] else SEVERAL))
        if len(names) >= most:
            return


def _read_recent(connection: Connection, found: list[Candidate]) -> Names:
    """Read the most recent names that hold one of the likeliest candidates of the only word asked for."""
    names: Names = {}
    for one in found[:COMPARED]:
        names.update(_read(connection, _RECENT, key=one.key, most=RECENT // 4))
        if len(names) >= RECENT:
            break
    return names


def _read(connection: Connection, statement: Select[tuple[int, bytes, int]], **values: object) -> Names:
    return {name: (words, unseen) for name, words, unseen in fetch(connection, statement, **values)}


def _read_together(connection: Connection, one: Candidate, others: list[Candidate]) -> Names:
    """Read the most recent names that hold a common word and one of the likeliest candidates of another."""
    some = others[:ALTERNATIVES]
    if sum(other.uses for other in some) < one.uses:
        keys = [other.key for other in some]
        return _read(connection, _OTHERS_WITH, others=keys, packed=pack_words([one.key]), most=TOGETHER)
    packed = [pack_words([other.key]) for other in some]
    packed += packed[-1:] * (ALTERNATIVES - len(packed))
    named = {f"other{place}": key for place, key in enumerate(packed)}
    return _read(connection, _ONE_WITH, key=one.key, most=TOGETHER, **named)


def _rank(
    connection: Connection,
    typed: list[Word],
    candidates: Sequence[list[Candidate]],
    names: Names,
    rough: list[tuple[float, bytes]],
    limit: int,
    begun: bool,
) -> tuple[list[SearchHit], float]:
    if not rough:
        return [], math.inf
    texts = {one.key: one.text for found in candidates for one in found}
    others = {key for _, packed in rough for key in unpack_words(packed)} - texts.keys()
    if others:
        texts.update(fetch(connection, _WORDS, keys=sorted(others)))
    known = [{one.text: one.cost for one in found} for found in candidates]
    best: list[float] = []
    costs: dict[bytes, float] = {}
    for least, packed in rough:
        # Names joined or split may do better than roughly thought, but not among this many good ones.
        if len(best) >= limit and least > best[limit - 1]:
            break
        words = [make_word(texts[key]) for key in unpack_words(packed)]
        costs[packed] = match_words(typed, words, partial=begun, costs=known).cost
        insort(best, costs[packed])
    chosen = sorted(
        ((costs[packed], unseen, name) for name, (packed, unseen) in names.items() if packed in costs),
    )[: limit * 4]
    rows = fetch(connection, _PEOPLE, names=[name for _, _, name in chosen])
    people = {name: person for name, person, _ in rows}
    hits: dict[bytes, float] = {}
    for cost, _, name in chosen:
        hits.setdefault(people[name], cost)
    found = [SearchHit(UUID(bytes=person), likeness(cost, typed)) for person, cost in list(hits.items())[:limit]]
    return found, best[0]
