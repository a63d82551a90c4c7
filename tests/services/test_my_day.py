"""An advisor's day in one answer, and somebody taken over from the desk's queue in one action."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.accounts import Role
from app.domain.coaching import LogSession, NewStep
from app.domain.ids import hub_id
from app.domain.visits import VisitState
from app.errors import UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import my_day, sessions, steps, visits
from app.storage.schema_accompaniment import referral
from tests.factories import DAY, LOGINS, MINUTE, SettableClock, open_as
from tests.services.coaching import add, come, counter, log, open_case, plan, token

TODAY = date(2026, 3, 12)


@pytest.fixture
def colleague(paths: HubPaths, clock: SettableClock) -> Iterator[Hub]:
    opened = open_as(paths, LOGINS[Role.ADVISOR], clock)
    yield opened
    opened.close()


def test_a_day_with_nothing_in_it(hub: Hub) -> None:
    day = hub.read(my_day.my_day)
    assert day.day == TODAY
    assert (day.appointments, day.overdue, day.due, day.referred, day.unlogged) == ((),) * 5
    assert (day.without_note, day.sessions, day.counters) == ((), (), frozenset())
    assert len(day.queues) == 4


def test_the_day_has_what_is_mine_and_not_what_is_a_colleagues(hub: Hub, colleague: Hub, clock: SettableClock) -> None:
    person = add(hub)
    open_case(hub, person, "marketing")
    for due in (date(2026, 3, 10), TODAY, date(2026, 3, 13), None):
        command = NewStep(f"until {due}", due, person_id=person)
        for whose in (hub, colleague):
            whose.write(lambda uow, command=command: steps.add_step(command, uow))  # type: ignore[misc]
    missed = plan(hub, clock.moment - 2 * DAY, person).value
    logged = plan(hub, clock.moment - DAY, person).value
    log(hub, appointment_id=logged.id, note="noted")
    ahead = plan(hub, clock.moment + MINUTE, person).value
    plan(colleague, clock.moment + MINUTE, person)
    bare = log(hub, person).value
    log(colleague, person)
    come(hub, person)

    day = hub.read(my_day.my_day)
    assert [item.title for item in day.overdue] == ["until 2026-03-10"]
    assert [item.title for item in day.due] == ["until 2026-03-12"]
    assert [item.id for item in day.appointments] == [ahead.id]
    assert [item.id for item in day.unlogged] == [missed.id]
    assert [item.id for item in day.without_note] == [bare.id]
    assert len(day.sessions) == 2
    assert day.counters == {counter(hub, "marketing")}
    assert sum(queue.waiting for queue in day.queues) == 1
    # a note about one of them is a note
    theirs = colleague.read(my_day.my_day)
    assert (len(theirs.sessions), len(theirs.without_note), len(theirs.overdue)) == (1, 1, 1)
    tomorrow = hub.read(lambda uow: my_day.my_day(uow, date(2026, 3, 13)))
    assert [item.title for item in tomorrow.overdue] == ["until 2026-03-10", "until 2026-03-12"]


def test_who_is_sent_to_me_or_my_hub_waits_for_an_answer(hub: Hub, colleague: Hub) -> None:
    person = add(hub)

    def send(to_account: object = None, to_hub: object = None, state: str = "sent") -> None:
        hub.write(
            lambda uow: uow.insert(
                referral, hub_id=uow.actor.hub_id, person_id=person, to_hub_id=to_hub, to_account_id=to_account,
                service="training", reason="asked", state=state, sent_by=uow.actor.account_id, sent_at=uow.now,
            )
        )  # fmt: skip

    send(to_account=hub.actor.account_id)
    send(to_account=colleague.actor.account_id, to_hub=hub.actor.hub_id)
    send(to_hub=hub.actor.hub_id)
    send(to_hub=hub.actor.hub_id, state="accepted")
    mine, theirs = hub.read(my_day.my_day).referred, colleague.read(my_day.my_day).referred
    assert [item.to_me for item in mine] == [True, False]
    assert [item.to_me for item in theirs] == [True, False]
    assert (mine[0].name, mine[0].sent_by, mine[0].from_hub) == ("Awa Ndiaye", "Amina Gérante", "RBT")
    assert mine[0].from_hub_id == hub_id("RBT")


def test_somebody_is_taken_over_from_the_queue(hub: Hub, colleague: Hub, clock: SettableClock) -> None:
    person = add(hub)
    case = open_case(colleague, person).value
    planned = plan(colleague, clock.moment + 30 * MINUTE, person).value
    plan(colleague, clock.moment + DAY, person)
    visit = come(hub, person)
    clock.moment += 8 * MINUTE
    made = colleague.write(lambda uow: my_day.take(visit.id, uow))
    taken = made.value
    assert (taken.visit.state, taken.visit.called_at) == (VisitState.WITH_COUNTER, clock.moment)
    assert taken.case is not None
    assert taken.appointment is not None
    assert (taken.case.id, taken.appointment.id) == (case.id, planned.id)
    assert (taken.kind, taken.minutes, taken.starts_at) == ("intake", 45, clock.moment - 3 * MINUTE)
    assert made.changes.visits == {visit.id}
    command = LogSession(visit_id=visit.id, appointment_id=planned.id, kind=taken.kind)
    colleague.write(lambda uow: sessions.log_session(command, uow))
    assert hub.read(lambda uow: visits.list_day(None, uow))[0].state is VisitState.CHECKED_OUT
    with pytest.raises(UserError, match="ended"):
        colleague.write(lambda uow: my_day.take(visit.id, uow))


def test_taking_over_is_taken_back(hub: Hub) -> None:
    visit = come(hub, add(hub))
    made = hub.write(lambda uow: my_day.take(visit.id, uow))
    assert (made.value.case, made.value.appointment, made.value.kind) == (None, None, "individual_coaching")
    hub.undo(token(made.undo))
    assert hub.read(lambda uow: visits.list_day(None, uow))[0].state is VisitState.WAITING
    # whoever is called already is taken over all the same
    hub.write(lambda uow: visits.call(visit.id, uow))
    assert hub.write(lambda uow: my_day.take(visit.id, uow)).undo is None


def test_nobody_knows_who_came(hub: Hub) -> None:
    visit = come(hub, None)
    taken = hub.write(lambda uow: my_day.take(visit.id, uow)).value
    assert (taken.case, taken.appointment) == (None, None)
