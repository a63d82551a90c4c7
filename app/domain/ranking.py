"""Points to a ranking: an exact weighted mean, equal ranks for equal totals, places that no tie takes silently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.ids import ApplicationId, CriterionId
from app.domain.selection import Criterion

HUNDREDTHS: Final = 100
"""Points are kept in hundredths."""
TOTAL: Final = 100
"""What an application has at most, whatever the criteria count."""


@dataclass(frozen=True, slots=True)
class Division:
    """Who is in by the ranking: `accepted` and `reserve`; `tied` is who shares the border with too few places."""

    accepted: tuple[ApplicationId, ...]
    reserve: tuple[ApplicationId, ...]
    rejected: tuple[ApplicationId, ...]
    tied: tuple[ApplicationId, ...] = ()
    free: int = 0


def total_of(points: Mapping[CriterionId, int], criteria: Sequence[Criterion]) -> Fraction:
    """The weighted mean of points (hundredths), out of 100 and exact; criteria of no weight count nothing."""
    weights = sum(criterion.weight for criterion in criteria)
    if weights == 0:
        return Fraction(0)
    reached = sum(
        (
            Fraction(criterion.weight * points.get(criterion.id, 0), criterion.most * HUNDREDTHS)
            for criterion in criteria
        ),
        Fraction(0),
    )
    return reached * TOTAL / weights


def mean_of(totals: Sequence[Fraction]) -> Fraction | None:
    """The mean of the jurors' totals; None when nobody scored."""
    return sum(totals, Fraction(0)) / len(totals) if totals else None


def rank_totals(totals: Iterable[Fraction | None]) -> list[int | None]:
    """The rank of each: equal totals share one, and the next is counted on (1, 2, 2, 4). None has none."""
    known = list(totals)
    return [
        None if total is None else 1 + sum(other is not None and other > total for other in known) for total in known
    ]


def divide(
    ranks: Sequence[tuple[ApplicationId, int]], places: int, reserve: int, chosen: Iterable[ApplicationId]
) -> Division:
    """Divide a ranking by the number of places, then of places on the reserve list.

    Where applications of one rank are more than the places left, they are `tied` and nothing is divided, unless
    `chosen` names exactly those of them that take the places.
    """
    left = sorted(ranks, key=lambda item: item[1])
    picked = frozenset(chosen)
    groups: list[tuple[ApplicationId, ...]] = []
    for room in (places, reserve):
        taken, left, tied, free = _take(left, room, picked)
        if tied:
            return Division((), (), (), tied, free)
        groups.append(taken)
    return Division(groups[0], groups[1], tuple(item for item, _rank in left))


def _take(
    left: list[tuple[ApplicationId, int]], room: int, picked: frozenset[ApplicationId]
) -> tuple[tuple[ApplicationId, ...], list[tuple[ApplicationId, int]], tuple[ApplicationId, ...], int]:
    """Those who are in, the others, and who shares the border with how many places where that is not decided."""
    if room <= 0 or len(left) <= room or left[room - 1][1] < left[room][1]:
        return tuple(item for item, _rank in left[: max(room, 0)]), left[max(room, 0) :], (), 0
    border = left[room][1]
    above = [item for item, rank in left if rank < border]
    tied = tuple(item for item, rank in left if rank == border)
    free = room - len(above)
    named = [item for item in tied if item in picked]
    if len(named) != free:
        return (), left, tied, free
    taken = {*above, *named}
    return tuple(item for item, _rank in left if item in taken), [one for one in left if one[0] not in taken], (), 0
