"""Laws of days and hours: due days, weeks, overlaps, and what is kept of a note."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    MINUTE_MS,
    Appointment,
    AppointmentState,
    due_on,
    find_clashes,
    off_sunday,
    overlap,
    round_to_five,
    week_of,
)
from app.domain.coaching import clean_note, kind_at_counter, usual_session
from app.domain.ids import AccountId, AppointmentId, HubId

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
SUNDAY = 7


@given(DAYS, st.integers(0, 3660))
def test_nothing_is_due_on_a_sunday_nor_moved_further_than_a_day(opened: date, days: int) -> None:
    due, plain = due_on(opened, days), opened + timedelta(days=days)
    assert due.isoweekday() != SUNDAY
    assert due - plain == timedelta(days=1 if plain.isoweekday() == SUNDAY else 0)


@given(DAYS, st.integers(0, 1000), st.integers(0, 1000))
def test_what_comes_later_is_not_due_before(opened: date, first: int, second: int) -> None:
    assert (due_on(opened, first) <= due_on(opened, second)) or first > second


def test_the_sunday_that_comes_is_the_monday_after_it() -> None:
    assert off_sunday(date(2026, 11, 22)) == date(2026, 11, 23)
    assert off_sunday(date(2026, 11, 21)) == date(2026, 11, 21)


@given(DAYS)
def test_a_week_has_its_day_and_begins_on_monday(day: date) -> None:
    week = week_of(day)
    assert day in week
    assert [item.isoweekday() for item in week] == list(range(1, 8))
    assert all(week_of(other) == week for other in week)


@given(st.integers(0, 2**42))
def test_what_is_logged_now_is_at_most_five_minutes_old(moment: int) -> None:
    assert 0 <= moment - round_to_five(moment) < 5 * MINUTE_MS
    assert round_to_five(moment) % (5 * MINUTE_MS) == 0


@st.composite
def plans(draw: st.DrawFn) -> list[Appointment]:
    states = st.sampled_from([AppointmentState.PLANNED, AppointmentState.PLANNED, AppointmentState.CANCELLED])
    drawn = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(1, 15), states), max_size=12))
    return [
        Appointment(
            AppointmentId(UUID(int=number)), HubId(UUID(int=0)), AccountId(UUID(int=advisor)), "", None, "", "", "",
            None, None, start * MINUTE_MS, minutes, "", state, "",
        )
        for number, (advisor, start, minutes, state) in enumerate(drawn)
    ]  # fmt: skip


@given(plans())
def test_clashes_are_those_that_comparing_each_with_each_finds(planned: list[Appointment]) -> None:
    kept = [item for item in planned if item.state is AppointmentState.PLANNED]
    expected = {
        one.id: {
            other.id
            for other in kept
            if other.id != one.id and other.advisor_id == one.advisor_id
            if overlap((one.starts_at, one.ends_at), (other.starts_at, other.ends_at))
        }
        for one in kept
    }
    found = find_clashes(planned)
    assert {key: set(others) for key, others in found.items()} == {key: ids for key, ids in expected.items() if ids}
    assert all(len(set(others)) == len(others) for others in found.values())


@given(st.text())
def test_a_note_that_was_kept_is_kept_as_it_is(text: str) -> None:
    once = clean_note(text)
    assert clean_note(once) == once
    once.encode()
    assert "\r" not in once
    assert "\x00" not in once


def test_the_lines_of_a_note_stay_lines() -> None:
    assert clean_note(" a \r\nb\t\x07\r\rc\n\n") == "a\nb\n\nc"


def test_kinds_follow_from_where_and_with_whom() -> None:
    assert kind_at_counter("startup") == "startup"
    assert kind_at_counter("of_their_own") == "other"
    assert usual_session(first=True, people=1) == "intake"
    assert usual_session(first=False, people=1) == "individual_coaching"
    assert usual_session(first=True, people=2) == "group_workshop"
