"""Visits through the services: across midnight, with a clock that is wrong, in groups, corrected, taken back."""

from datetime import date
from functools import partial

import pytest

from app.clock import to_local
from app.domain.ids import CounterId, PersonId, VisitId, day_id, hub_id
from app.domain.people import NewPerson
from app.domain.visits import CorrectVisit, DayFigures, LogGroup, LogVisit, VisitRow, VisitState
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.outcome import Outcome
from app.services import counters, days, people, receipts, visits
from app.services.visits import AlreadyHereError
from app.storage import schema
from tests.factories import DAY, MINUTE, YEAR, SettableClock, open_as


def counter(hub: Hub, number: int = 0) -> CounterId:
    return hub.read(counters.list_counters)[number].id


def add(hub: Hub, name: str = "Awa Ndiaye") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def log(hub: Hub, person: PersonId | None = None, at: int | None = None) -> Outcome[VisitRow]:
    return hub.write(lambda uow: visits.log(LogVisit(person, counter(hub), at=at), uow))


def state(hub: Hub, visit: VisitId, day: date | None = None) -> VisitRow:
    return next(row for row in hub.read(lambda uow: visits.list_day(day, uow)) if row.id == visit)


def figures(hub: Hub, day: date | None = None) -> DayFigures:
    return hub.read(lambda uow: days.today(uow, day))


def test_a_visit_goes_its_way(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    visit = log(hub, person).value
    assert (visit.state, visit.name, visit.arrived_at) == (VisitState.WAITING, "Awa Ndiaye", clock.moment)
    clock.moment += 7 * MINUTE
    queue = hub.read(visits.queues)[0]
    assert (queue.waiting, queue.longest_wait, queue.rows[0].waited) == (1, 7, 7)
    called = hub.write(lambda uow: visits.call_next(counter(hub), uow)).value
    assert (called.id, called.state, called.called_at) == (visit.id, VisitState.WITH_COUNTER, clock.moment)
    clock.moment += 20 * MINUTE
    handed = hub.write(lambda uow: visits.hand_over(visit.id, counter(hub, 1), uow)).value
    assert (handed.state, handed.counter_id) == (VisitState.WAITING, counter(hub, 1))
    assert [queue.waiting for queue in hub.read(visits.queues)][:2] == [0, 1]
    left = hub.write(lambda uow: visits.check_out(visit.id, uow)).value
    assert (left.state, left.left_at) == (VisitState.CHECKED_OUT, clock.moment)
    with pytest.raises(UserError, match="ended"):
        hub.write(lambda uow: visits.check_out(visit.id, uow))
    with pytest.raises(UserError, match="Nobody"):
        hub.write(lambda uow: visits.call_next(counter(hub), uow))


def test_somebody_who_is_here_is_not_logged_twice(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    first = log(hub, person).value
    since = to_local(clock.moment).strftime("%H:%M")
    clock.moment += MINUTE
    with pytest.raises(AlreadyHereError, match=since) as caught:
        log(hub, person)
    assert (caught.value.visit_id, caught.value.since) == (first.id, first.arrived_at)
    group = LogGroup((add(hub, "Fatou"), person), 2, counter(hub))
    with pytest.raises(AlreadyHereError):
        hub.write(lambda uow: visits.log_group(group, uow))
    assert figures(hub).visits == 1
    hub.write(lambda uow: visits.check_out(first.id, uow))
    log(hub, person)


SIZES = [(0, 0, False), (0, 1, True), (1, 0, True), (0, 200, True), (1, 200, False), (0, 201, False)]
ODD_SIZES = [(0, -1, False), (2, -1, False), (0, 10**12, False)]


@pytest.mark.parametrize(("known", "anonymous", "fits"), [*SIZES, *ODD_SIZES])
def test_groups_have_a_size(hub: Hub, known: int, anonymous: int, fits: bool) -> None:
    group = LogGroup(tuple(add(hub, f"Person {n}") for n in range(known)), anonymous, counter(hub))
    if fits:
        rows = hub.write(lambda uow: visits.log_group(group, uow)).value
        assert len(rows) == known + anonymous == figures(hub).visits
        assert {row.group for row in rows} == {len(rows)}
    else:
        with pytest.raises(UserError):
            hub.write(lambda uow: visits.log_group(group, uow))
        assert figures(hub).visits == 0


def test_a_person_named_twice_in_a_group_came_once(hub: Hub) -> None:
    person = add(hub)
    made = hub.write(lambda uow: visits.log_group(LogGroup((person, person), 0, counter(hub)), uow))
    assert len(made.value) == 1
    assert made.undo is not None
    hub.undo(made.undo)
    assert figures(hub).visits == 0


def test_a_visit_across_midnight(hub: Hub, clock: SettableClock) -> None:
    clock.set(2026, 3, 12, 23, 50)
    person = add(hub)
    visit = log(hub, person).value
    clock.set(2026, 3, 13, 0, 20)
    anonymous = log(hub).value
    assert (visit.day, anonymous.day) == (date(2026, 3, 12), date(2026, 3, 13))
    assert figures(hub).unclosed == date(2026, 3, 12)
    assert figures(hub).here == 2
    left = hub.write(lambda uow: visits.check_out(visit.id, uow))
    assert (left.value.day, left.value.left_at) == (date(2026, 3, 12), clock.moment)
    installation = hub.actor.installation_id
    assert left.changes.days == {day_id(installation, "2026-03-12"), day_id(installation, "2026-03-13")}
    assert (figures(hub, date(2026, 3, 12)).visits, figures(hub).visits) == (1, 1)


def test_the_day_is_that_of_morocco_in_ramadan_too(hub: Hub, clock: SettableClock) -> None:
    # UTC+1 most of the year, UTC in Ramadan (18 February to 22 March 2026)
    clock.set(2026, 3, 12, 23, 59)
    before = log(hub).value
    clock.moment += 2 * MINUTE
    assert (before.day, log(hub).value.day) == (date(2026, 3, 12), date(2026, 3, 13))
    clock.set(2026, 7, 1, 0, 1)
    assert log(hub).value.day == date(2026, 7, 1)


def test_closing_yesterday_alters_no_time(hub: Hub, clock: SettableClock) -> None:
    clock.set(2026, 3, 12, 16)
    person = add(hub)
    waiting, called = log(hub, person).value, log(hub).value
    hub.write(lambda uow: visits.call(called.id, uow))
    clock.set(2026, 3, 13, 9)
    today = log(hub).value

    closed = hub.write(days.close_day)
    assert closed.value.day == date(2026, 3, 12)
    assert closed.value.closed
    assert closed.changes.visits == {waiting.id, called.id}
    assert closed.changes.people == {person}
    for before in (waiting, called):
        after = state(hub, before.id, date(2026, 3, 12))
        assert (after.state, after.arrived_at, after.left_at) == (
            VisitState.CLOSED_WITH_DAY, before.arrived_at, None,
        )  # fmt: skip
    assert state(hub, today.id).state is VisitState.WAITING
    assert figures(hub).unclosed is None
    with pytest.raises(UserError, match="no open day"):
        hub.write(lambda uow: days.close_day(uow, date(2026, 3, 12)))
    assert closed.undo is not None
    hub.undo(closed.undo)
    assert state(hub, called.id, date(2026, 3, 12)).state is VisitState.WITH_COUNTER
    assert figures(hub).here == 3


def test_a_day_is_closed_once_and_opens_with_a_visit(hub: Hub) -> None:
    with pytest.raises(UserError, match="no open day"):
        hub.write(days.close_day)
    log(hub)
    hub.write(days.close_day)
    with pytest.raises(UserError, match="no open day"):
        hub.write(days.close_day)
    log(hub)
    assert not figures(hub).closed
    assert hub.write(days.close_day).value.visits == 2
    with pytest.raises(UserError, match="no open day"):
        hub.write(lambda uow: days.close_day(uow, date(2031, 1, 1)))


def test_the_clock_set_back_refuses_nothing(hub: Hub, clock: SettableClock) -> None:
    first = log(hub).value
    clock.moment -= 10 * YEAR
    second = log(hub).value
    assert second.arrived_at == clock.moment
    assert second.id > first.id
    hub.write(lambda uow: visits.call(first.id, uow))
    # waits are never negative
    assert all(row.waited >= 0 for queue in hub.read(visits.queues) for row in queue.rows)
    hub.write(lambda uow: visits.check_out(first.id, uow))
    clock.moment = 0
    assert log(hub).value.day == date(1970, 1, 1)
    assert hub.check() == []


@pytest.mark.parametrize("at", [61 * MINUTE, DAY, 10**13, 10**18])
def test_a_time_to_come_is_refused(hub: Hub, clock: SettableClock, at: int) -> None:
    with pytest.raises(UserError, match="still to come"):
        log(hub, at=clock.moment + at)
    visit = log(hub).value
    with pytest.raises(UserError, match="still to come"):
        hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, arrived_at=clock.moment + at), uow))
    assert figures(hub).visits == 1


@pytest.mark.parametrize("at", [-(10**18), -(10**13), -1, 0, 900_000_000_000])
def test_a_time_of_another_century_is_refused(hub: Hub, at: int) -> None:
    with pytest.raises(UserError, match="too long ago"):
        log(hub, at=at)


def test_a_visit_noted_down_later(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    log(hub)
    yesterday = log(hub, person, at=clock.moment - DAY)
    assert yesterday.value.day == date(2026, 3, 11)
    assert day_id(hub.actor.installation_id, "2026-03-11") in yesterday.changes.days
    assert figures(hub).unclosed == date(2026, 3, 11)
    assert log(hub, at=clock.moment + 59 * MINUTE).value.day == date(2026, 3, 12)


def test_noting_an_older_visit_does_not_make_the_last_one_older(hub: Hub, clock: SettableClock) -> None:
    often, seldom = add(hub, "Awa Ndiaye"), add(hub, "Awa Ndiaye")
    for person, at in ((seldom, clock.moment - 5 * DAY), (often, clock.moment - DAY), (often, clock.moment - 9 * DAY)):
        visit = log(hub, person, at=at).value
        hub.write(partial(visits.check_out, visit.id))
    found = hub.read(lambda uow: people.search("awa ndiaye", uow))
    assert [row.id for row in found] == [often, seldom]


@pytest.mark.parametrize("reason", ["", "nonsense", "\x00", "INFORMATION", "\ud800"])
def test_a_reason_is_of_the_list(hub: Hub, reason: str) -> None:
    with pytest.raises(UserError, match="list of reasons"):
        hub.write(lambda uow: visits.log(LogVisit(None, counter(hub), reason), uow))


def test_what_is_not_there_is_not_found(hub: Hub) -> None:
    nowhere = VisitId(hub.write(lambda uow: uow.new_id()))
    for step in (visits.call, visits.check_out, visits.history):
        with pytest.raises(NotFoundError):
            hub.write(partial(step, nowhere))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: visits.log(LogVisit(None, CounterId(nowhere)), uow))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: visits.log(LogVisit(PersonId(nowhere), counter(hub)), uow))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: receipts.issue_receipt(nowhere, "fr", uow))


def test_nobody_is_sent_to_a_counter_out_of_use(hub: Hub) -> None:
    first, second = counter(hub), counter(hub, 1)
    visit = log(hub).value
    hub.write(lambda uow: counters.edit(first, {"hidden": True}, uow))
    with pytest.raises(UserError, match="not in use"):
        hub.write(lambda uow: visits.log(LogVisit(None, first), uow))
    with pytest.raises(UserError, match="not in use"):
        hub.write(lambda uow: visits.log_group(LogGroup((), 2, first), uow))
    # those who wait there are still shown, and can be sent on
    shown = {queue.counter.id: queue.waiting for queue in hub.read(visits.queues)}
    assert shown[first] == 1
    hub.write(lambda uow: visits.hand_over(visit.id, second, uow))
    with pytest.raises(UserError, match="not in use"):
        hub.write(lambda uow: visits.hand_over(visit.id, first, uow))
    assert first not in {queue.counter.id for queue in hub.read(visits.queues)}


def test_a_correction_keeps_what_was_said_before(hub: Hub, clock: SettableClock) -> None:
    wrong, right = add(hub, "Awa Ndiaye"), add(hub, "Awa Ndiaye")
    visit = log(hub, wrong).value
    clock.moment += 30 * MINUTE
    hub.write(lambda uow: visits.check_out(visit.id, uow))
    made = hub.write(
        lambda uow: visits.correct(
            CorrectVisit(visit.id, right, counter(hub, 1), "health", visit.arrived_at - 5 * MINUTE), uow
        )
    )
    assert (made.value.person_id, made.value.counter_id, made.value.reason) == (right, counter(hub, 1), "health")
    assert made.changes.people == {wrong, right}
    told = [(step.field, step.before, step.after) for step in hub.read(lambda uow: visits.history(visit.id, uow))]
    assert ("reason", "information", "health") in told
    assert ("person_id", wrong.bytes, right.bytes) in told
    assert ("arrived_at", visit.arrived_at, visit.arrived_at - 5 * MINUTE) in told
    assert made.value.left_at == clock.moment
    assert made.undo is not None
    hub.undo(made.undo)
    assert state(hub, visit.id).person_id == wrong


def test_correcting_a_visit_of_a_closed_day_leaves_the_day_closed(hub: Hub, clock: SettableClock) -> None:
    visit = log(hub).value
    hub.write(days.close_day)
    clock.moment += DAY
    hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, arrived_at=visit.arrived_at - MINUTE), uow))
    person = add(hub)
    hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, person), uow))
    assert figures(hub, date(2026, 3, 12)).closed
    assert figures(hub).unclosed is None


def test_an_arrival_is_not_after_what_followed_it(hub: Hub, clock: SettableClock) -> None:
    visit = log(hub).value
    clock.moment += 5 * MINUTE
    hub.write(lambda uow: visits.call(visit.id, uow))
    clock.moment += 5 * MINUTE
    for _ in range(2):
        with pytest.raises(UserError, match="called or left"):
            hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, arrived_at=clock.moment), uow))
    hub.write(lambda uow: visits.check_out(visit.id, uow))
    with pytest.raises(UserError, match="called or left"):
        hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, arrived_at=clock.moment + 1), uow))


def test_a_corrected_arrival_is_waited_from(hub: Hub, clock: SettableClock) -> None:
    visit = log(hub).value
    hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, arrived_at=clock.moment - 12 * MINUTE), uow))
    assert hub.read(visits.queues)[0].longest_wait == 12


def test_a_void_visit_is_kept_and_not_counted(hub: Hub) -> None:
    person = add(hub)
    visit = log(hub, person).value
    made = hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=True), uow))
    assert (made.value.state, figures(hub).visits, figures(hub).here) == (VisitState.VOID, 0, 0)
    assert state(hub, visit.id).state is VisitState.VOID
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: receipts.issue_receipt(visit.id, "fr", uow))
    second = log(hub, person).value
    back = hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=False), uow)).value
    # it may not be open beside the second one
    assert back.state is VisitState.CLOSED_WITH_DAY
    assert figures(hub).visits == 2
    hub.write(lambda uow: visits.check_out(second.id, uow))
    assert hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=False), uow)).undo is None


def test_a_void_visit_of_a_closed_day(hub: Hub) -> None:
    visit = log(hub).value
    hub.write(days.close_day)
    hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=True), uow))
    assert figures(hub).closed
    assert figures(hub).visits == 0
    hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=False), uow))
    assert state(hub, visit.id).state is VisitState.CLOSED_WITH_DAY
    assert hub.check() == []


def test_a_correction_can_not_make_somebody_be_here_twice(hub: Hub) -> None:
    person = add(hub)
    log(hub, person)
    anonymous = log(hub).value
    with pytest.raises(AlreadyHereError):
        hub.write(lambda uow: visits.correct(CorrectVisit(anonymous.id, person), uow))
    hub.write(lambda uow: visits.check_out(anonymous.id, uow))
    hub.write(lambda uow: visits.correct(CorrectVisit(anonymous.id, person), uow))


def test_receipts_have_numbers_of_their_own(hub: Hub, clock: SettableClock) -> None:
    visit = log(hub, add(hub)).value
    made = [hub.write(lambda uow: receipts.issue_receipt(visit.id, "ar", uow)).value for _ in range(2)]
    assert [paper.number[:18] for paper in made] == ["RBT-RV-2026-A00001", "RBT-RV-2026-A00002"]
    assert all(paper.pdf.startswith(b"%PDF") for paper in made)
    with pytest.raises(UserError):
        hub.write(lambda uow: receipts.issue_receipt(visit.id, "de", uow))
    clock.moment += YEAR
    later = hub.write(lambda uow: receipts.issue_receipt(visit.id, "fr", uow)).value
    assert later.number[:18] == "RBT-RV-2027-A00001"


def test_a_visit_to_another_hub_is_put_right_there(hub: Hub) -> None:
    visit = log(hub).value
    elsewhere = hub_id("TNG")
    hub.write(lambda uow: uow.insert(schema.hub, id=elsewhere, code="TNG"))
    hub.write(lambda uow: uow.update(schema.visit, visit.id, hub_id=elsewhere))
    for step in (visits.call, visits.check_out):
        with pytest.raises(NotFoundError):
            hub.write(partial(step, visit.id))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=True), uow))
    assert hub.read(lambda uow: visits.history(visit.id, uow))


def test_two_windows_see_each_other(hub: Hub, clock: SettableClock) -> None:
    other = open_as(hub.paths, "rachid", clock)
    visit = log(hub).value
    other.write(lambda uow: visits.call(visit.id, uow))
    assert hub.read(visits.queues)[0].rows[0].called
    other.close()
