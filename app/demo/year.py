"""Plans the visits of a demo hub, day by day, as plain values: nothing here writes anything."""

from calendar import FRIDAY, SATURDAY
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from app.demo.crowd import DemoPerson, chance, draw, invent_person
from app.demo.profiles import REASONS, HubProfile

OPENING, CLOSING = 9 * 60, 17 * 60
"""The hours of a hub in minutes after midnight, legal time."""
_SATURDAY_CLOSING: Final = 13 * 60

_HOLIDAYS: Final = frozenset(
    {(1, 1), (1, 11), (1, 14), (5, 1), (7, 30), (8, 14), (8, 20), (8, 21), (10, 31), (11, 6), (11, 18)}
)
"""Month and day of Morocco's civil holidays. The religious ones move with the moon and are left out."""

_HOURS: Final = ((9, 14), (10, 20), (11, 18), (12, 6), (13, 4), (14, 14), (15, 14), (16, 10))
_FRIDAY_HOURS: Final = ((9, 18), (10, 24), (11, 20), (12, 2), (13, 0), (14, 8), (15, 16), (16, 12))
_MONTHS: Final = {8: 0.5}
_WEEKDAYS: Final = (1.25, 1.1, 1.0, 1.05, 0.8, 0.45, 0.0)


_MEMORY: Final = 120
"""Days after which a visitor who has not come again is unlikely to."""
_LONG_TALK: Final = 20
"""Minutes at a counter after which people may be handed over to another one."""
_STILL_WAITING, _STILL_SERVED = 6, 9
"""How many of the last visitors of today have not been called yet, and have not left yet."""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One passage. Times are minutes after midnight; None: it has not happened, or nobody noted it.

    `person` is the place in the plan's people, None for an anonymous passage. `handed_to` is a second counter.
    Visits of the same `group` (not 0) came together and share counter, reason and times.
    """

    person: int | None
    counter: str
    reason: str
    arrival: int
    called: int | None
    left: int | None
    handed_to: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day on which the hub was open; `closes` is None for the day that is still going on."""

    day: date
    visits: tuple[PlannedVisit, ...]
    closes: int | None


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """Everything that happens at one hub. `people` are in the order in which they first come."""

    people: tuple[DemoPerson, ...]
    days: tuple[PlannedDay, ...]


def plan_year(rng: Random, profile: HubProfile, today: date, now: int, years: float = 1.0) -> PlannedYear:
    """Visits of the `years` before `today`, and of today up to `now` (minutes after midnight).

    The same seed, profile, day and minute give the same plan.
    """
    first = today - timedelta(days=round(365.25 * years))
    crowd = _Crowd(rng, profile)
    days = []
    for day, count in _volumes(rng, profile, first, today, years):
        arrivals = sorted(_arrival(rng, day) for _ in range(count))
        visits = tuple(_serve(rng, visit, _closing(day)) for visit in crowd.receive(day, arrivals))
        ends = [visit.left for visit in visits if visit.left is not None]
        days.append(PlannedDay(day, visits, max([_closing(day) + rng.randint(2, 25), *(end + 1 for end in ends)])))
    days.append(PlannedDay(today, _today(rng, crowd, today, now), None))
    return PlannedYear(tuple(crowd.people), tuple(days))


def _volumes(rng: Random, profile: HubProfile, first: date, today: date, years: float) -> Iterator[tuple[date, int]]:
    days = [first + timedelta(days=offset) for offset in range((today - first).days)]
    weights = [_busyness(day, profile) for day in days]
    counts = dict.fromkeys(days, 0)
    for day in rng.choices(days, weights, k=round(profile.visits_a_year * years)):
        counts[day] += 1
    return ((day, count) for day, count in counts.items() if count)


def _busyness(day: date, profile: HubProfile) -> float:
    if (day.month, day.day) in _HOLIDAYS or (day.weekday() == SATURDAY and not profile.saturdays):
        return 0.0
    return _WEEKDAYS[day.weekday()] * _MONTHS.get(day.month, 1.0)


def _closing(day: date) -> int:
    return _SATURDAY_CLOSING if day.weekday() == SATURDAY else CLOSING


def _arrival(rng: Random, day: date) -> int:
    hours = _FRIDAY_HOURS if day.weekday() == FRIDAY else _HOURS
    open_hours = [(hour, weight) for hour, weight in hours if hour * 60 < _closing(day)]
    hour = rng.choices([hour for hour, _ in open_hours], [weight for _, weight in open_hours])[0]
    return min(hour * 60 + rng.randrange(60), _closing(day) - 5)


class _Crowd:
    """Who is known at the hub so far, and who of them comes next."""

    def __init__(self, rng: Random, profile: HubProfile) -> None:
        self._rng, self._profile = rng, profile
        self.people: list[DemoPerson] = []
        self._last_seen: list[date] = []
        self._group = 0

    def receive(self, day: date, arrivals: list[int]) -> Iterator[PlannedVisit]:
        """The visits of a day in the order of arrival, not served yet."""
        rng, here = self._rng, set[int]()
        pending = list(arrivals)
        while pending:
            arrival = pending.pop(0)
            counter = draw(rng, self._profile.counters)
            reason = draw(rng, REASONS[counter])
            # a group takes the place of as many single visitors, so that the year's total stands
            size = min(rng.randint(3, 7), len(pending) + 1) if chance(rng, 0.012) else 1
            del pending[: size - 1]
            if size > 1:
                self._group += 1
            for _ in range(size):
                anonymous = chance(rng, 0.5 if size > 1 else 0.08)
                person = None if anonymous else self._somebody(day, here)
                yield PlannedVisit(person, counter, reason, arrival, None, None, group=self._group if size > 1 else 0)

    def _somebody(self, day: date, here: set[int]) -> int:
        rng = self._rng
        recent = [at for at, seen in enumerate(self._last_seen) if at not in here and (day - seen).days < _MEMORY]
        if not recent or chance(rng, 0.37):
            self.people.append(invent_person(rng, self._profile, day))
            self._last_seen.append(day)
            chosen = len(self.people) - 1
        else:
            chosen = rng.choices(recent, [self.people[at].loyalty for at in recent])[0]
            self._last_seen[chosen] = day
        here.add(chosen)
        return chosen


def _serve(rng: Random, visit: PlannedVisit, latest: int) -> PlannedVisit:
    """The same visit with its waiting and its end; some people are never checked out."""
    busy = 1.0 + 2.0 * (10 * 60 <= visit.arrival < 12 * 60)
    called = visit.arrival + 1 + round(rng.expovariate(1 / (6 * busy)))
    left = called + 6 + round(rng.gammavariate(2.2, 9))
    if called > latest or chance(rng, 0.03):
        return visit
    if left > latest or chance(rng, 0.06):
        return replace(visit, called=called)
    others = [code for code in REASONS if code not in {visit.counter, "orientation"}]
    handed = rng.choice(others) if not visit.group and left - called > _LONG_TALK and chance(rng, 0.15) else None
    return replace(visit, called=called, left=left, handed_to=handed)


def _today(rng: Random, crowd: _Crowd, today: date, now: int) -> tuple[PlannedVisit, ...]:
    """A morning's worth of visits just before now, whatever the hour: the desk must look like a desk at work."""
    span = min(now, 3 * 60 + 30)
    arrivals = sorted(now - round(span * rng.random() ** 1.3) for _ in range(17))
    visits = []
    for place, visit in enumerate(crowd.receive(today, arrivals)):
        served, behind = _serve(rng, visit, now - 1), len(arrivals) - place
        if behind <= _STILL_WAITING:
            visits.append(visit)
        else:
            visits.append(replace(served, left=None, handed_to=None) if behind <= _STILL_SERVED else served)
    return tuple(visits)
