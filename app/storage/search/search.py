"""From what was typed to the people who may be meant, best first."""

import math
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import repeat
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, select

from app.domain.recognition.names import WORD_NOT_ASKED, likeness, match_words, not_found
from app.domain.recognition.words import Word, cut_words, make_word
from app.storage.search import sqlite_only, tables
from app.storage.search.candidates import Candidate, find_all_candidates
from app.storage.search.codes import read_digits, typed_codes
from app.storage.search.index import unpack_words
from app.storage.search.statements import fetch

MAX_QUERY_CHARACTERS = 120
MAX_QUERY_WORDS = 6
# How many bearers of a word are read: all bearers of a rare one, the most recent ones of a common one.
READ = 800
READ_WIDE = 3000
TOGETHER = 100
RECENT = 150
# Above this cost the best is doubtful enough to look further.
DOUBTFUL = 3.5
# With fewer letters of the last word, more are awaited rather than looked for further.
TELLING = 4
SHORT = 3
COMPARED = 40
ALTERNATIVES = 8

# By number of the name: its words, packed, and the negative of when the person was last seen.
Names = dict[int, tuple[bytes, int]]

_bearer = tables.bearer
_BEARERS = select(_bearer.c.name, _bearer.c.words, _bearer.c.unseen).where(
    _bearer.c.word.in_(bindparam("keys", expanding=True))
)
_other = tables.bearer.alias("other")
_TOGETHER = (
    select(_bearer.c.name, _bearer.c.words, _bearer.c.unseen)
    .join(_other, (_other.c.unseen == _bearer.c.unseen) & (_other.c.name == _bearer.c.name))
    .where(_bearer.c.word == bindparam("key"), _other.c.word.in_(bindparam("others", expanding=True)))
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
_WORDS = select(tables.word.c.id, tables.word.c.text).where(tables.word.c.id.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A person who may be meant, with a score of 0..1."""

    person_id: UUID
    score: float


def search_people(connection: Connection, query: str, limit: int = 10) -> list[SearchHit]:
    """Return the people who may be meant by what was typed so far, best first.

    Names in either script, in any order, the last word perhaps only begun; digits of a phone; a person or card
    number.
    Never raises on odd input: what cannot be read finds nobody.
    """
    text = query[:MAX_QUERY_CHARACTERS]
    hits = _search_numbers(connection, text, limit)
    if len(hits) < limit and any(character.isalpha() for character in text):
        begun = not text[-1:].isspace()
        seen = {hit.person_id for hit in hits}
        hits += [hit for hit in _search_names(connection, text, limit, begun=begun) if hit.person_id not in seen]
    return hits[:limit]


def find_similar(connection: Connection, names: tuple[str, ...], limit: int = 5) -> list[SearchHit]:
    """Return who may already be the person with these names: possible duplicates, best first."""
    best: dict[UUID, float] = {}
    for name in names:
        for hit in _search_names(connection, name[:MAX_QUERY_CHARACTERS], limit * 2, begun=False):
            best[hit.person_id] = max(hit.score, best.get(hit.person_id, 0.0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return [SearchHit(person, score) for person, score in ranked[:limit]]


def _search_numbers(connection: Connection, query: str, limit: int) -> list[SearchHit]:
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


def _search_names(connection: Connection, query: str, limit: int, *, begun: bool) -> list[SearchHit]:
    typed = cut_words(query)[:MAX_QUERY_WORDS]
    if not typed:
        return []
    hits, best = _search_words(connection, typed, limit, begun=begun, wide=False)
    if best > DOUBTFUL and (not begun or len(typed[-1].text) >= TELLING):
        wider, cost = _search_words(connection, typed, limit, begun=begun, wide=True)
        hits = wider if cost < best else hits
    return hits


def _search_words(
    connection: Connection, typed: list[Word], limit: int, *, begun: bool, wide: bool
) -> tuple[list[SearchHit], float]:
    """Return the hits and the cost of the best one."""
    candidates = find_all_candidates(connection, typed, begun=begun, wide=wide)
    names = _read_names(connection, candidates, READ_WIDE if wide else READ)
    # One or two letters of a word tell too little to compare many names with care.
    most = COMPARED if not begun or len(typed[-1].text) >= SHORT else COMPARED // 2
    rough = _rank_roughly(names.values(), candidates, [not_found(word) for word in typed])[:most]
    return _rank(connection, typed, candidates, names, rough, limit, begun)


def _read_names(connection: Connection, candidates: Sequence[list[Candidate]], most: int) -> Names:
    """Read the names that hold candidates of the rarest words asked for, the likeliest candidates first."""
    if len(candidates) == 1:
        return _read_recent(connection, candidates[0])
    names: Names = {}
    ordered = sorted((found for found in candidates if found), key=lambda found: sum(one.uses for one in found))
    for place, found in enumerate(ordered[:2]):
        few: list[int] = []
        left = most
        for one in found:
            if one.uses <= left:
                few.append(one.key)
                left -= one.uses
            elif left > RECENT:
                if place + 1 < len(ordered):
                    names.update(_read_together(connection, one, ordered[place + 1]))
                names.update(_read(connection, _RECENT, key=one.key, most=RECENT))
                left -= most // 4
        if few:
            names.update(_read(connection, _BEARERS, keys=few))
        if len(names) >= most // 2:
            break
    return names


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
    keys = [other.key for other in others[:ALTERNATIVES]]
    return _read(connection, _TOGETHER, key=one.key, others=keys, most=TOGETHER)


def _rank_roughly(
    names: Iterable[tuple[bytes, int]], candidates: Sequence[list[Candidate]], missing: Sequence[float]
) -> list[tuple[float, bytes]]:
    """Return the distinct names that may cost least, with what they cost if each of their words is taken by itself."""
    saved: dict[int, float] = {}
    for found, without in zip(candidates, missing, strict=True):
        for one in found:
            saved[one.key] = max(saved.get(one.key, 0.0), without - one.cost + WORD_NOT_ASKED)
    nothing = sum(missing)
    scores: dict[bytes, float] = {}
    for packed in {packed for packed, _ in names}:
        words = unpack_words(packed)
        scores[packed] = nothing + WORD_NOT_ASKED * len(words) - sum(map(saved.get, words, repeat(0.0)))
    return [(scores[packed], packed) for packed in nsmallest(COMPARED, scores, key=scores.__getitem__)]


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
        if len(best) >= limit and least > best[limit - 1] < DOUBTFUL:
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
