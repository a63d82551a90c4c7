"""Shares over time, and monthly figures one after the other."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import MemberId, PersonId, VentureId
from app.domain.ventures import (
    WHOLE,
    Member,
    MonthlyFigure,
    RemarkCode,
    highest_sum,
    make_series,
    remarks_on,
    share_sums,
)

START = date(2026, 1, 1)
DAYS = st.one_of(st.none(), st.integers(0, 40).map(lambda days: START + timedelta(days=days)))


def member(number: int, share: int, since: date | None = None, until: date | None = None) -> Member:
    who = PersonId(UUID(int=number))
    return Member(
        MemberId(UUID(int=number)),
        VentureId(UUID(int=1)),
        who,
        "",
        f"P{number}",
        "",
        "f",
        "partner",
        share,
        since,
        until,
    )


MEMBERS = st.lists(st.builds(member, st.integers(1, 9), st.integers(0, WHOLE), DAYS, DAYS), max_size=6)


@given(MEMBERS, st.integers(-2, 44))
def test_the_sum_of_a_day_is_the_last_one_said(members: list[Member], offset: int) -> None:
    day = START + timedelta(days=offset)
    said = [found for found in share_sums(members) if found.since is None or found.since <= day]
    here = sum(one.share for one in members if one.holds_on(day))
    valid = all(one.since is None or one.until is None or one.since <= one.until for one in members)
    if valid and not any(one.since is None and one.until is not None and one.until < START for one in members):
        assert said[-1].share == here
        assert highest_sum(members).share >= here


def test_the_whole_is_held_on_the_day_of_a_change() -> None:
    before = member(1, WHOLE, START, date(2026, 3, 31))
    after = [member(2, WHOLE // 2, date(2026, 4, 1)), member(3, WHOLE // 2, date(2026, 4, 1))]
    assert highest_sum([before, *after]).share == WHOLE
    early = member(3, WHOLE // 2, date(2026, 3, 31))
    assert highest_sum([before, after[0], early]).share == WHOLE * 3 // 2
    assert highest_sum([before, after[0], early]).since == date(2026, 3, 31)


def test_collective_start_ups_are_told_of_their_number() -> None:
    def codes(count: int, share: int, kind: str = "collective_startup") -> list[RemarkCode]:
        found = remarks_on(kind, [member(number, share) for number in range(1, count + 1)], START)
        return [remark.code for remark in found]

    assert codes(2, 5000) == [RemarkCode.TOO_FEW_MEMBERS]
    assert codes(3, 3333) == [RemarkCode.SHARES_UNDER_WHOLE]
    assert codes(5, 2000) == []
    assert codes(6, 1000) == [RemarkCode.TOO_MANY_MEMBERS, RemarkCode.SHARES_UNDER_WHOLE]
    assert codes(1, WHOLE, "auto_entrepreneur") == []
    assert codes(3, 4000) == [RemarkCode.SHARES_OVER_WHOLE]


def test_a_month_that_nobody_noted_is_a_gap() -> None:
    figures = [
        MonthlyFigure(date(2025, 11, 1), Decimal("100.00"), 3),
        MonthlyFigure(date(2026, 2, 1), Decimal("0.00"), jobs_women=1),
    ]
    series = make_series(figures, date(2026, 3, 1))
    assert [f"{month:%Y-%m}" for month in series.months] == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    assert series.turnover == (Decimal("100.00"), None, None, Decimal("0.00"), None)
    assert series.gaps == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 1))
    assert make_series([]).months == ()
