"""The laws of a ranking: exact, fair, and open about its ties."""

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import ApplicationId, CriterionId
from app.domain.ranking import divide, mean_of, rank_totals, total_of
from app.domain.selection import Criterion

TOTALS = st.lists(st.one_of(st.none(), st.fractions(0, 100, max_denominator=12)), max_size=12)


def criterion(number: int, weight: int, most: int = 10) -> Criterion:
    return Criterion(CriterionId(UUID(int=number)), number, "a", "b", "ج", weight, most)


def ids(count: int) -> list[ApplicationId]:
    return [ApplicationId(UUID(int=number + 1)) for number in range(count)]


def test_ranks_with_ties_leave_places_out() -> None:
    totals = [Fraction(80), Fraction(90), Fraction(80), None, Fraction(70)]
    assert rank_totals(totals) == [2, 1, 2, None, 4]


def test_a_third_is_a_third() -> None:
    criteria = [criterion(1, 1, 3), criterion(2, 2, 3)]
    points = {criteria[0].id: 100, criteria[1].id: 100}
    assert total_of(points, criteria) == Fraction(100, 3)
    assert mean_of([Fraction(100, 3), Fraction(200, 3), Fraction(50)]) == 50
    assert mean_of([]) is None
    assert total_of(points, [criterion(1, 0)]) == 0


@given(TOTALS)
def test_a_rank_counts_who_is_better(totals: list[Fraction | None]) -> None:
    ranks = rank_totals(totals)
    for total, rank in zip(totals, ranks, strict=True):
        assert (total is None) == (rank is None)
        if total is not None:
            assert rank == 1 + sum(other > total for other in totals if other is not None)
    known = [rank for rank in ranks if rank is not None]
    assert not known or min(known) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 20), st.integers(0, 100)), min_size=1, max_size=6))
def test_a_total_is_between_nothing_and_a_hundred(given_points: list[tuple[int, int, int]]) -> None:
    criteria = [criterion(place, weight, most) for place, (weight, most, _part) in enumerate(given_points)]
    points = {one.id: one.most * part for one, (_w, _m, part) in zip(criteria, given_points, strict=True)}
    total = total_of(points, criteria)
    assert 0 <= total <= 100
    weights = sum(one.weight for one in criteria)
    if weights:
        # points are parts of a hundred of the most: the total is the weighted mean of these parts
        assert total == sum(Fraction(w * part, weights) for w, _m, part in given_points)


@given(TOTALS, st.integers(0, 13), st.integers(0, 13))
def test_no_place_is_taken_by_a_tie_that_nobody_decided(
    totals: list[Fraction | None], places: int, reserve: int
) -> None:
    ranks = rank_totals(totals)
    ranked = [(one, rank) for one, rank in zip(ids(len(totals)), ranks, strict=True) if rank is not None]
    division = divide(ranked, places, reserve, ())
    of = dict(ranked)
    if division.tied:
        assert division.accepted == division.reserve == division.rejected == ()
        assert 0 < division.free < len(division.tied)
        assert len({of[one] for one in division.tied}) == 1
        # chosen by name, the places are filled exactly, and nobody better is left out
        chosen = list(division.tied[: division.free])
        again = divide(ranked, places, reserve, chosen)
        if not again.tied:
            assert set(chosen) <= set(again.accepted) | set(again.reserve)
    else:
        assert sorted((*division.accepted, *division.reserve, *division.rejected)) == sorted(of)
        assert len(division.accepted) == min(places, len(of))
        assert len(division.reserve) == min(reserve, len(of) - len(division.accepted))
        for better, worse in ((division.accepted, division.reserve), (division.reserve, division.rejected)):
            assert all(of[one] < of[other] for one in better for other in worse)


def test_whoever_is_chosen_takes_the_place() -> None:
    first, second, third = ids(3)
    ranked = [(first, 1), (second, 2), (third, 2)]
    assert divide(ranked, 2, 0, ()).tied == (second, third)
    division = divide(ranked, 2, 1, [third])
    assert (division.accepted, division.reserve, division.rejected) == ((first, third), (second,), ())
    assert divide(ranked, 2, 0, [second, third]).tied == (second, third)
