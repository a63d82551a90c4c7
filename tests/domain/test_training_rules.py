"""The laws of trainings: hours attended, the order of the waiting list, who has earned which paper."""

from datetime import date, time, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import EnrolmentId, HubId, PersonId, TrainingDayId, TrainingId
from app.domain.training_rules import (
    WhyNot,
    facts_of,
    minutes_of,
    result_of,
    waiting_order,
    who_moves_up,
)
from app.domain.trainings import (
    Assessment,
    Day,
    Enrolment,
    EnrolmentState,
    Mark,
    Presence,
    Result,
    Training,
    TrainingState,
    state_of,
)

ID, HUB, FIRST = TrainingId(UUID(int=1)), HubId(UUID(int=2)), date(2026, 3, 2)
times = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
marks = st.sampled_from(Mark)


@st.composite
def planned(draw: st.DrawFn) -> list[Day]:
    days = draw(st.lists(st.tuples(st.integers(0, 30), times, times, st.integers(0, 600)), max_size=6))
    made = [
        Day(TrainingDayId(UUID(int=100 + place)), ID, FIRST + timedelta(offset), begin, end, pause)
        for place, (offset, begin, end, pause) in enumerate(days)
    ]
    return sorted(made, key=lambda day: (day.day, day.from_time))


def training(days: list[Day], announced: int = 0, least_share: int = 0) -> Training:
    return Training(
        ID, HUB, "other", "Vendre", "", "", "", "", "", "", "", "", None, "", "", announced, 0, least_share, 0, 0, "",
        TrainingState.PLANNED, TrainingState.PLANNED, (HUB,), tuple(days),
    )  # fmt: skip


def person(
    place: int, state: EnrolmentState, asked_at: int = 0, *noted: Presence, passed: bool | None = None
) -> Enrolment:
    result = None if passed is None else Assessment(Result.PASSED if passed else Result.FAILED, None, FIRST, "", "")
    return Enrolment(
        EnrolmentId(UUID(int=1000 + place)), ID, PersonId(UUID(int=5000 + place)), "", "Awa", "", HUB, state, asked_at,
        presences=tuple(noted), assessment=result,
    )  # fmt: skip


@given(planned(), st.data(), st.integers(0, 10_000), st.integers(0, 100), st.sampled_from(EnrolmentState))
def test_nobody_attends_more_than_was_planned(
    days: list[Day], data: st.DataObject, announced: int, share: int, state: EnrolmentState
) -> None:
    minutes = st.none() | st.integers(-100, 5000)
    noted = [Presence(day.id, data.draw(marks), data.draw(minutes)) for day in days if data.draw(st.booleans())]
    found = facts_of(
        training(days, announced, share), person(1, state, 0, *noted, passed=data.draw(st.none() | st.booleans()))
    )
    assert 0 <= found.minutes_attended <= sum(day.minutes for day in days) <= found.minutes_planned
    assert found.minutes_planned >= announced
    assert found.days_attended <= found.days_planned
    # whoever may have the certificate may have the attestation too
    assert set(found.participation) <= set(found.certificate)
    assert (WhyNot.NO_ATTENDANCE in found.participation) == (found.days_attended == 0)
    if not found.certificate:
        assert found.passed
        assert state is EnrolmentState.ENROLLED
        assert found.minutes_attended * 100 >= found.minutes_planned * share


@given(
    st.lists(st.tuples(st.sampled_from(EnrolmentState), st.integers(0, 5)), max_size=12).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))
    ),
    st.integers(0, 8),
)
def test_the_waiting_list_does_not_depend_on_the_order_in_which_records_came(
    drawn: tuple[list[tuple[EnrolmentState, int]], list[int]], places: int
) -> None:
    rows, order = drawn
    people = [person(place, state, at) for place, (state, at) in enumerate(rows)]
    shuffled = [people[place] for place in order]
    assert waiting_order(people) == waiting_order(shuffled)
    moving = who_moves_up(people, places)
    assert moving == who_moves_up(shuffled, places)
    # the first of the list, and no more than there is room for
    assert moving == waiting_order(people)[: len(moving)]
    taken = sum(item.state is EnrolmentState.ENROLLED for item in people)
    left = len(waiting_order(people)) - len(moving)
    assert taken + len(moving) <= places or not places or not moving
    assert not left or (places and taken + len(moving) >= places)


@given(planned(), st.integers(-5, 40), st.sampled_from(TrainingState))
def test_a_training_is_where_its_days_say_until_somebody_closes_it(
    days: list[Day], offset: int, kept: TrainingState
) -> None:
    today = FIRST + timedelta(offset)
    state = state_of(kept, days, today)
    if kept is not TrainingState.PLANNED or not days:
        assert state is kept
    else:
        assert (state is TrainingState.RUNNING) == (days[0].day <= today <= days[-1].day)
        assert (state is TrainingState.OVER) == (today > days[-1].day)


def test_what_a_mark_counts_for() -> None:
    day = Day(TrainingDayId(UUID(int=9)), ID, FIRST, time(9), time(13), 30)
    assert day.minutes == 210
    counted = {mark: minutes_of(Presence(day.id, mark), day) for mark in Mark}
    assert counted == {Mark.PRESENT: 210, Mark.LATE: 210, Mark.ABSENT: 0, Mark.EXCUSED: 0}
    assert minutes_of(Presence(day.id, Mark.LATE, 120), day) == 120
    assert minutes_of(Presence(day.id, Mark.EXCUSED, 120), day) == 0
    assert minutes_of(None, day) == 0
    assert [result_of(points, 1000) for points in (999, 1000, 2000)] == [Result.FAILED, Result.PASSED, Result.PASSED]


def test_each_reason_is_said() -> None:
    day = Day(TrainingDayId(UUID(int=9)), ID, FIRST, time(9), time(13), 0)
    course = training([day], least_share=80)
    there, late = Presence(day.id, Mark.PRESENT), Presence(day.id, Mark.LATE, 60)
    state = EnrolmentState.ENROLLED
    assert facts_of(course, person(1, state, 0, there, passed=True)).certificate == ()
    assert facts_of(course, person(1, state, 0, there)).certificate == (WhyNot.NOT_ASSESSED,)
    assert facts_of(course, person(1, state, 0, there, passed=False)).certificate == (WhyNot.NOT_PASSED,)
    assert facts_of(course, person(1, state, 0, late, passed=True)).certificate == (WhyNot.TOO_FEW_HOURS,)
    assert facts_of(course, person(1, state, 0, late, passed=True)).participation == ()
    assert facts_of(course, person(1, EnrolmentState.WITHDRAWN)).participation == (
        WhyNot.NOT_ENROLLED, WhyNot.NO_ATTENDANCE,
    )  # fmt: skip
