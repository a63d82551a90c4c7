"""A day kept on paper, entered afterwards: whole, in order, and with no time made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.bootstrap import FirstStart, Hub, KdfCost, create_hub, open_hub
from app.clock import to_moment
from app.domain.accounts import Role
from app.domain.ids import CounterId, PersonId, counter_id
from app.domain.people import NewPerson
from app.domain.visits import LogVisit, VisitState
from app.errors import NotAllowedError, UserError
from app.paths import HubPaths
from app.services import accounts, days, people, visits
from app.services.accounts import NewAccount
from app.services.past_visits import PastVisit, log_past

DAY = date(2026, 11, 20)
NOW = to_moment(datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 - legal time in Morocco


def at(hour: int, minute: int = 0) -> int:
    return to_moment(datetime(DAY.year, DAY.month, DAY.day, hour, minute))  # noqa: DTZ001 - legal time in Morocco


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    first = FirstStart("RBT", "A", "Samira Ouchen", "samira", "four words are enough")
    made = create_hub(HubPaths(tmp_path), first, lambda: NOW, KdfCost(memory_kib=8192, iterations=1, lanes=1)).hub
    yield made
    made.close()


@pytest.fixture
def counter(hub: Hub) -> CounterId:
    return counter_id(hub.actor.hub_id, "startup")


@pytest.fixture
def awa(hub: Hub) -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson("Awa Fall"), uow).value.id)


def test_paper_list_becomes_a_closed_day(hub: Hub, counter: CounterId, awa: PersonId) -> None:
    entries = [
        PastVisit(awa, counter, "startup", at(9, 40), at(9, 50), at(10, 15)),
        PastVisit(None, counter, "information", at(10), group=1),
        PastVisit(None, counter, "information", at(10), group=1),
        PastVisit(None, counter, "information", at(11), None, at(11, 5)),
    ]
    outcome = hub.write(lambda uow: log_past(entries, uow))
    logged = hub.read(lambda uow: visits.list_day(DAY, uow))
    assert tuple(visit.id for visit in logged) == outcome.value
    assert [(v.person_id, v.arrived_at, v.called_at, v.left_at) for v in logged] == [
        (entry.person_id, entry.arrived_at, entry.called_at, entry.left_at) for entry in entries
    ]
    out, shut = VisitState.CHECKED_OUT, VisitState.CLOSED_WITH_DAY
    assert [visit.state for visit in logged] == [out, shut, shut, out]
    assert [visit.group for visit in logged] == [0, 2, 2, 0]
    figures = hub.read(lambda uow: days.today(uow, DAY))
    assert (figures.visits, figures.anonymous, figures.closed, figures.here) == (4, 3, True, 0)
    assert hub.read(days.today).unclosed is None
    assert hub.read(lambda uow: people.search("awa", uow))[0].last_visit == at(9, 40)
    assert hub.check() == []


def test_it_can_be_taken_back(hub: Hub, counter: CounterId, awa: PersonId) -> None:
    outcome = hub.write(lambda uow: log_past([PastVisit(awa, counter, "startup", at(9), at(9, 1), at(9, 2))], uow))
    assert outcome.undo is not None
    hub.undo(outcome.undo)
    assert hub.read(lambda uow: visits.list_day(DAY, uow)) == ()
    assert hub.read(lambda uow: people.search("awa", uow))[0].last_visit is None
    assert hub.check() == []


def test_open_day_stays_open(hub: Hub, counter: CounterId) -> None:
    hub.write(lambda uow: visits.log(LogVisit(None, counter, at=at(8)), uow))
    hub.write(lambda uow: log_past([PastVisit(None, counter, "startup", at(9))], uow))
    assert hub.read(days.today).unclosed == DAY
    assert hub.read(lambda uow: days.today(uow, DAY)).visits == 2


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "curiosity"}, {"reason": ""},
        {"called_at": at(8)}, {"left_at": at(8)}, {"called_at": at(9, 30), "left_at": at(9, 20)},
        {"arrived_at": NOW + 1, "called_at": None, "left_at": None}, {"left_at": NOW + 1}, {"arrived_at": 0},
    ],
)  # fmt: skip
def test_one_bad_entry_refuses_all(hub: Hub, counter: CounterId, awa: PersonId, change: dict[str, object]) -> None:
    good = PastVisit(awa, counter, "startup", at(9), at(9, 10), at(9, 40))
    bad = replace(good, person_id=None, **change)  # type: ignore[arg-type]
    with pytest.raises(UserError):
        hub.write(lambda uow: log_past([good, bad], uow))
    assert hub.read(lambda uow: visits.list_day(DAY, uow)) == ()


def test_unknown_people_and_counters_are_refused(hub: Hub, counter: CounterId, awa: PersonId) -> None:
    stranger = PastVisit(PersonId(counter), counter, "startup", at(9))
    nowhere = PastVisit(awa, CounterId(awa), "startup", at(9))
    for entry in (stranger, nowhere):
        with pytest.raises(UserError):
            hub.write(lambda uow, entry=entry: log_past([entry], uow))  # type: ignore[misc]


def test_who_may_not_log_may_not_log_afterwards(hub: Hub, counter: CounterId) -> None:
    hub.write(lambda uow: accounts.add(NewAccount("loubna", "Loubna", Role.DATA_PROTECTION, "four other words"), uow))
    reader = open_hub(hub.paths, "loubna", "four other words", lambda: NOW)
    with pytest.raises(NotAllowedError):
        reader.write(lambda uow: log_past([PastVisit(None, counter, "startup", at(9))], uow))
    reader.close()
