"""Lives a planned year at a new demo hub, through the same services as the window: there is no second way to write."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from app.bootstrap import FirstStart, Hub, KdfCost, UnitOfWork, create_hub, is_installed, open_hub
from app.clock import Clock, system_clock, to_local, to_moment
from app.demo.accompaniment import Advice
from app.demo.crowd import DemoPerson
from app.demo.outside import Outside
from app.demo.profiles import HubProfile, profile_of
from app.demo.trainings import Trainings
from app.demo.ventures import Ventures
from app.demo.year import PlannedDay, PlannedVisit, PlannedYear, plan_year
from app.domain.accounts import Role
from app.domain.ids import CounterId, PersonId, VisitId
from app.domain.visits import LogGroup, LogVisit
from app.errors import UserError
from app.i18n import _
from app.paths import HubPaths
from app.services import accounts, counters, people, visits
from app.services.accounts import NewAccount
from app.services.past_visits import PastVisit, log_past

PASSWORD: Final = "demo"  # noqa: S105 - everybody may know it, that is what it is for
MANAGER: Final = "responsable"
_LONG_ENOUGH: Final = "demo until replaced"
_TEAM: Final = (
    ("reception", "Aya Belhaj", Role.RECEPTIONIST),
    ("conseil", "Karim Mekouar", Role.ADVISOR),
    ("donnees", "Loubna Kabbaj", Role.DATA_PROTECTION),
    ("coordination", "Jamila Rahmouni", Role.COORDINATOR),
)
LOGINS: Final = (MANAGER, *(login for login, _name, _role in _TEAM))
_COST: Final = KdfCost(memory_kib=8192, iterations=1, lanes=1)
"""A password that everybody knows needs no expensive wrapping."""
_ADVICE_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class DemoHub:
    """A demo installation that was made."""

    paths: HubPaths
    code: str
    people: int
    visits: int


class _DemoClock:
    """The clock of a demo hub, which stands where the story is. Epoch milliseconds."""

    def __init__(self, moment: int) -> None:
        self.moment = moment

    def __call__(self) -> int:
        return self.moment


def make_demo_hub(
    paths: HubPaths,
    code: str,
    *,
    seed: int,
    years: float = 1.0,
    clock: Clock = system_clock,
    tell: Callable[[date], None] = lambda _day: None,
) -> DemoHub:
    """Make an installation marked as demo and fill it up to now; `tell` hears how far the story is.

    Everybody signs in with PASSWORD. Raises UserError when the folder holds records.
    """
    if is_installed(paths):
        raise already_there(paths.folder)
    profile, now = profile_of(code), to_local(clock())
    plan = plan_year(Random(f"{seed}/{code}"), profile, now.date(), now.hour * 60 + now.minute, years)  # noqa: S311
    story = _DemoClock(_at(plan.days[0].day, 8 * 60))
    is_new = not paths.folder.exists()
    try:
        _found(paths, profile, story)
        with (
            closing(open_hub(paths, "reception", PASSWORD, story, _COST)) as desk,
            closing(open_hub(paths, "conseil", PASSWORD, story, _COST)) as advisor,
            closing(open_hub(paths, MANAGER, PASSWORD, story, _COST)) as manager,
            closing(open_hub(paths, "coordination", PASSWORD, story, _COST)) as coordinator,
        ):
            advice = Advice(Random(f"advice/{seed}/{code}"), plan, _counters(desk))  # noqa: S311
            chance = Random(f"ventures/{seed}/{code}")  # noqa: S311
            projects = Ventures(chance, plan.days[0].day, advice, manager, advisor, coordinator)
            others = Outside(Random(f"outside/{seed}/{code}"), plan.days[0].day, advice, advisor)  # noqa: S311
            classes = Trainings(Random(f"trainings/{seed}/{code}"), plan.days[0].day, advice, advisor)  # noqa: S311
            _live(plan, desk, advice, (projects, others, classes), story, tell)
    except BaseException:
        # half a story would only stand in the way of the next try
        if is_new:
            shutil.rmtree(paths.folder, ignore_errors=True)
        raise
    return DemoHub(paths, code, len(plan.people), sum(len(day.visits) for day in plan.days))


def already_there(folder: Path) -> UserError:
    """The refusal to put invented people among others."""
    return UserError(
        _("There are records in {folder} already. Nothing was changed. Name an empty folder.").format(folder=folder)
    )


def _at(day: date, minutes: int) -> int:
    """Epoch milliseconds of a time of the day in Morocco."""
    return to_moment(datetime.combine(day, time()) + timedelta(minutes=minutes))


def _found(paths: HubPaths, profile: HubProfile, story: _DemoClock) -> None:
    first = FirstStart(profile.code, profile.desk, profile.manager, MANAGER, _LONG_ENOUGH, demo=True)
    manager = create_hub(paths, first, story, _COST).hub
    try:
        for login, name, role in _TEAM:
            new = NewAccount(login, name, role, _LONG_ENOUGH)
            manager.write(partial(accounts.add, new))
        # the rule for passwords refuses one as short as the demo's, so the keyring is given it directly
        manager.write(_give_demo_password)
    finally:
        manager.close()


def _give_demo_password(uow: UnitOfWork) -> None:
    for login in LOGINS:
        uow.keys.give(login, PASSWORD)


def _live(
    plan: PlannedYear,
    desk: Hub,
    advice: Advice,
    beside: tuple[Ventures, Outside, Trainings],
    story: _DemoClock,
    tell: Callable[[date], None],
) -> None:
    ids: dict[int, PersonId] = {}
    counter_ids, advisor, advised = _counters(desk), beside[0].advisor, 0
    for day in plan.days:
        if day.closes is None:
            # the day that is still going on: each step in its own transaction and at its own time
            for minute, step in _DeskDay(plan, day, counter_ids, ids).steps():
                story.moment = _at(day.day, minute)
                desk.write(step)
        else:
            # one transaction a day, when it ends: what is written down then happened before
            story.moment = _at(day.day, day.closes)
            desk.write(partial(_write_past_day, plan, day, counter_ids, ids))
        advised = _advise(plan, advisor, ids, advised, due=day.closes is None or len(ids) - advised > _ADVICE_DAYS)
        advisor.write(partial(advice.after, day, ids))
        for part in beside:
            part.after(day.day, ids)
        tell(day.day)


def _counters(hub: Hub) -> dict[str, CounterId]:
    return hub.read(lambda uow: {counter.code: counter.id for counter in counters.list_counters(uow)})


def _write_past_day(
    plan: PlannedYear, day: PlannedDay, counter_ids: dict[str, CounterId], ids: dict[int, PersonId], uow: UnitOfWork
) -> None:
    end, first = uow.now, _at(day.day, day.visits[0].arrival)
    new = [visit.person for visit in day.visits if visit.person is not None and visit.person not in ids]
    uow.now = first
    ids |= zip(new, (row.id for row in people.add_many([plan.people[at].person for at in new], uow).value), strict=True)
    uow.now = end

    def moment(minute: int | None) -> int | None:
        return None if minute is None else _at(day.day, minute)

    log_past(
        [
            PastVisit(
                None if visit.person is None else ids[visit.person],
                counter_ids[visit.handed_to or visit.counter],
                visit.reason,
                _at(day.day, visit.arrival),
                moment(visit.called),
                moment(visit.left),
                visit.group,
            )
            for visit in day.visits
        ],
        uow,
    )


def _advise(plan: PlannedYear, advisor: Hub, ids: dict[int, PersonId], advised: int, *, due: bool) -> int:
    """Advisors complete the records of those who came since they last did; returns how many are complete."""
    if not due:
        return advised
    known = sorted(ids)[advised:]

    def complete(uow: UnitOfWork) -> None:
        for place in known:
            fields = _asked(plan.people[place])
            if fields:
                people.edit(ids[place], fields, uow)

    advisor.write(complete)
    return advised + len(known)


def _asked(person: DemoPerson) -> dict[str, object]:
    answers = {"residence": person.residence, "education": person.education}
    return {field: code for field, code in answers.items() if code is not None}


class _DeskDay:
    """The day that is going on, as steps in the order of their time."""

    def __init__(
        self, plan: PlannedYear, day: PlannedDay, counter_ids: dict[str, CounterId], ids: dict[int, PersonId]
    ) -> None:
        self._plan, self._day, self._counters, self._ids = plan, day, counter_ids, ids
        self._logged: dict[int, VisitId] = {}

    def steps(self) -> list[tuple[int, Callable[[UnitOfWork], None]]]:
        """What happens, each with its minute after midnight."""
        found: list[tuple[int, int, Callable[[UnitOfWork], None]]] = []
        groups: dict[int, list[int]] = {}
        for place, visit in enumerate(self._day.visits):
            if not visit.group:
                found.append((visit.arrival, 0, self._arrive(place, visit)))
            else:
                groups.setdefault(visit.group, []).append(place)
            if visit.called is not None:
                found.append((visit.called, 1, self._call(place)))
            if visit.called is not None and visit.left is not None and visit.handed_to is not None:
                found.append(((visit.called + visit.left) // 2, 2, self._hand_over(place, visit.handed_to)))
            if visit.left is not None:
                found.append((visit.left, 3, self._leave(place)))
        found += [(self._day.visits[places[0]].arrival, 0, self._arrive_together(places)) for places in groups.values()]
        return [(minute, step) for minute, _order, step in sorted(found, key=lambda item: item[:2])]

    def _person(self, place: int, uow: UnitOfWork) -> PersonId:
        if place not in self._ids:
            self._ids[place] = people.add(self._plan.people[place].person, uow).value.id
        return self._ids[place]

    def _arrive(self, place: int, visit: PlannedVisit) -> Callable[[UnitOfWork], None]:
        def step(uow: UnitOfWork) -> None:
            who = None if visit.person is None else self._person(visit.person, uow)
            self._logged[place] = visits.log(LogVisit(who, self._counters[visit.counter], visit.reason), uow).value.id

        return step

    def _arrive_together(self, places: list[int]) -> Callable[[UnitOfWork], None]:
        def step(uow: UnitOfWork) -> None:
            known = [place for place in places if self._day.visits[place].person is not None]
            unnamed = [place for place in places if place not in known]
            ids = tuple(self._person(self._day.visits[place].person or 0, uow) for place in known)
            first = self._day.visits[places[0]]
            command = LogGroup(ids, len(unnamed), self._counters[first.counter], first.reason)
            rows = visits.log_group(command, uow).value
            self._logged |= {place: row.id for place, row in zip(known + unnamed, rows, strict=True)}

        return step

    def _call(self, place: int) -> Callable[[UnitOfWork], None]:
        return lambda uow: _ignore(visits.call(self._logged[place], uow))

    def _hand_over(self, place: int, code: str) -> Callable[[UnitOfWork], None]:
        def step(uow: UnitOfWork) -> None:
            visits.hand_over(self._logged[place], self._counters[code], uow)
            visits.call(self._logged[place], uow)

        return step

    def _leave(self, place: int) -> Callable[[UnitOfWork], None]:
        return lambda uow: _ignore(visits.check_out(self._logged[place], uow))


def _ignore(_outcome: object) -> None:
    """The demo has no use for what an action answers."""
