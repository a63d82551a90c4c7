"""Records that may be of one person, looked for in the whole register. Nothing is ever joined by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.people import Likeness, PersonRow
from app.pace import Pace, between, paced, stepped, unpaced
from app.services import likeness
from app.services.access import require
from app.services.likeness import Verdict, Weighed
from app.services.name_weights import read_ahead
from app.services.weights import Rarity, Traits, traits_of
from app.storage import links, pairs
from app.storage.people import load_people
from app.storage.person_rows import person_rows
from app.storage.unit_of_work import UnitOfWork

LIKELY: Final = 0.9
MOST: Final = 1000
_AT_A_TIME: Final = 100_000
_LOADED_AT_A_TIME: Final = 400
_FOUND: Final = 0.1
_LOADED: Final = 0.2
_READ_AHEAD: Final = 0.4
"""Shares of the whole work: about as long as each part takes."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be of one person, `a` the older one; `score` from 0 to 1 is how likely, with the reasons."""

    a: PersonRow
    b: PersonRow
    score: float
    reasons: tuple[Likeness, ...]


def duplicates(
    uow: UnitOfWork, threshold: float = LIKELY, limit: int = MOST, pace: Pace = unpaced
) -> tuple[DuplicatePair, ...]:
    """The pairs of records that are of one person with a probability from `threshold` on, the likeliest first.

    Left out are records that are linked already, and those that somebody took apart. Of the records of linked people
    the pair that tells most stands for the others.
    """
    require(uow, Permission.MERGE_PEOPLE)
    verdicts = sorted(_judge(uow, threshold, pace).items(), key=lambda item: (-item[1].score, item[0]))[:limit]
    wanted = {record: 0.0 for pair, _verdict in verdicts for record in pair}
    rows: dict[UUID, PersonRow] = {row.id: row for row in person_rows(uow.connection, wanted, uow.actor.hub_id)}
    return tuple(
        DuplicatePair(rows[first], rows[second], verdict.score, verdict.reasons)
        for (first, second), verdict in verdicts
        if first in rows and second in rows
    )


def _judge(uow: UnitOfWork, threshold: float, pace: Pace) -> dict[tuple[UUID, UUID], Verdict]:
    """Verdicts from `threshold` on, by pair of records; of the pairs between two people only the likeliest."""
    connection = uow.connection
    roots, apart = links.roots(connection), pairs.taken_apart(connection)
    found = [
        (first, second)
        for first, second in stepped(
            pairs.find_pairs(connection, between(pace, 0, _FOUND)), between(pace, _FOUND, _LOADED)
        )
        if (first, second) not in apart and roots.get(first, first) != roots.get(second, second)
    ]
    traits = _load_traits(uow, {record for pair in found for record in pair}, between(pace, _FOUND, _LOADED))
    rarity = Rarity(
        *pairs.count_people(connection),
        bearers=pairs.count_bearers(connection, pace=between(pace, _LOADED, _LOADED)),
        phones=pairs.count_phones(connection),
        nationalities=pairs.count_nationalities(connection),
    )
    weighed = _weigh(found, traits, rarity, between(pace, _LOADED, 1))
    nearly = between(pace, 1, 1)
    expected = likeness.expect([weights for _first, _second, weights in weighed], rarity.people, nearly)
    best: dict[tuple[UUID, UUID], tuple[Verdict, tuple[UUID, UUID]]] = {}
    for first, second, weights in paced(weighed, nearly):
        verdict = weights.judge(rarity.people, expected)
        low, high = sorted((roots.get(first, first), roots.get(second, second)))
        if verdict.score >= threshold and ((low, high) not in best or verdict.score > best[low, high][0].score):
            best[low, high] = verdict, (first, second)
    return {pair: verdict for verdict, pair in best.values()}


def _weigh(
    found: Sequence[tuple[UUID, UUID]], traits: Mapping[UUID, Traits], rarity: Rarity, pace: Pace
) -> list[tuple[UUID, UUID, Weighed]]:
    """The pairs that look like one person at all, weighed."""
    weighed: list[tuple[UUID, UUID, Weighed]] = []
    for begin in range(0, len(found), _AT_A_TIME):
        part = found[begin : begin + _AT_A_TIME]
        here = between(pace, begin / len(found), (begin + len(part)) / len(found))
        read_ahead([(traits[first], traits[second]) for first, second in part], between(here, 0, _READ_AHEAD))
        for first, second in paced(part, between(here, _READ_AHEAD, 1)):
            weights = likeness.weigh(traits[first], traits[second], rarity)
            if weights.same > 0:
                weighed.append((first, second, weights))
    return weighed


def _load_traits(uow: UnitOfWork, ids: Iterable[UUID], pace: Pace) -> dict[UUID, Traits]:
    wanted = list(ids)
    traits: dict[UUID, Traits] = {}
    for begin in range(0, len(wanted), _LOADED_AT_A_TIME):
        pace(begin / len(wanted))
        people = load_people(uow.connection, wanted[begin : begin + _LOADED_AT_A_TIME])
        traits |= {person.id: traits_of(person, person.phones) for person in people}
    return traits
