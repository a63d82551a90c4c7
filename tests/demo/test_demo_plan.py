"""The invented people and their year, as plain values: believable, repeatable, and nobody's."""

from collections import Counter
from datetime import date
from functools import cache
from random import Random

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.demo.pools import nationalities, pool_of
from app.demo.profiles import MIGRANT_NATIONALITIES, profile_of
from app.demo.year import PlannedYear, plan_year
from app.domain.codes import is_code
from app.domain.people import Precision, Sex, clean_name, is_arabic

TODAY = date(2026, 11, 23)
NOW = 16 * 60 + 40
HUBS = ("RBT", "TNG", "OUJ", "BML")


def chances(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - invents people, keeps no secret


@cache
def year(code: str, seed: int = 1) -> PlannedYear:
    return plan_year(chances(f"{seed}/{code}"), profile_of(code), TODAY, NOW)


def test_same_seed_same_year() -> None:
    again = plan_year(chances("1/RBT"), profile_of("RBT"), TODAY, NOW)
    assert again == year("RBT")
    assert again != year("RBT", 2)
    assert again.people != year("TNG").people


@pytest.mark.parametrize("code", HUBS)
def test_about_three_thousand_visits_a_year(code: str) -> None:
    assert 2700 <= sum(len(day.visits) for day in year(code).days) <= 3300
    assert 800 <= len(year(code).people) <= 1400


def test_two_years_are_twice_as_many() -> None:
    plan = plan_year(chances(3), profile_of("RBT"), TODAY, NOW, years=2)
    assert 5600 <= sum(len(day.visits) for day in plan.days) <= 6400
    assert (plan.days[-1].day - plan.days[0].day).days > 700


def share(part: int, whole: int) -> float:
    return 100 * part / whole


def test_people_are_as_those_of_the_published_sample() -> None:
    everybody = [
        (person.person, day.day)
        for seed in range(1, 4)
        for code in HUBS
        for plan in [year(code, seed)]
        for day in plan.days[:1]
        for person in plan.people
    ]
    stated = [(person, day) for person, day in everybody if person.nationality]
    migrants = [(person, day) for person, day in stated if person.nationality != "MA"]
    assert abs(share(len(migrants), len(stated)) - 49) < 3
    by_country = Counter(person.nationality for person, _day in migrants)
    for country, wanted in MIGRANT_NATIONALITIES.items():
        assert abs(share(by_country[country], len(migrants)) - wanted) < 1.5, country
    sexed = [person for person, _day in migrants if person.sex]
    assert abs(share(sum(person.sex is Sex.MALE for person in sexed), len(sexed)) - 59.3) < 2
    ages = [day.year - person.birth.year for person, day in migrants if person.birth]
    assert abs(share(sum(15 <= age <= 29 for age in ages), len(ages)) - 42.5) < 4
    assert abs(share(sum(30 <= age <= 44 for age in ages), len(ages)) - 43.7) < 4


def test_what_is_known_of_people_has_its_gaps() -> None:
    people = [person.person for person in year("OUJ").people]
    births = Counter(person.birth.precision if person.birth else None for person in people)
    assert all(births[kind] > 10 for kind in (None, *Precision))
    born = [person.birth.date for person in people if person.birth]
    assert sum((day.month, day.day) == (1, 1) for day in born) > 60
    assert sum(not person.phones for person in people) > 50
    assert sum(len(person.phones) > 1 for person in people) > 20
    assert sum(not person.name for person in people) > 5
    assert sum(bool(person.name_ar) for person in people) > 300
    assert sum(bool(person.also_known) for person in people) > 5
    asked = Counter(person.residence for person in year("OUJ").people)
    assert asked[None] > 200
    assert asked["irregular"] > 30
    assert not any(person.residence == "irregular" for person in year("RBT").people)


def test_codes_are_those_of_the_lists() -> None:
    for code in HUBS:
        for person in year(code).people:
            assert person.residence is None or is_code("residence", person.residence)
            assert person.education is None or is_code("education", person.education)
            assert not person.person.consent or is_code("consent_ways", person.person.consent)
        for visit in (visit for day in year(code).days for visit in day.visits):
            assert is_code("visit_reasons", visit.reason)
            assert is_code("counters", visit.counter)
            assert visit.counter in profile_of(code).counters
            assert visit.handed_to is None or visit.handed_to in profile_of(code).counters


def test_phones_ring_nowhere() -> None:
    for person in year("RBT").people:
        for phone in person.person.phones:
            number = phonenumbers.parse(phone, "MA")
            assert phonenumbers.is_possible_number(number)
            assert not phonenumbers.is_valid_number(number)


@pytest.mark.parametrize("country", sorted(nationalities()))
def test_names_are_written_as_they_are_kept(country: str) -> None:
    pool = pool_of(country)
    for names in (pool.women, pool.men, pool.surnames):
        assert len({name.spellings[0] for name in names}) == len(names) >= 14
        for name in names:
            assert all(spelling == clean_name(spelling) and not is_arabic(spelling) for spelling in name.spellings)
            assert len(set(name.spellings)) == len(name.spellings)
            assert not name.arabic or (name.arabic == clean_name(name.arabic) and is_arabic(name.arabic))


def test_every_migrant_nationality_has_names() -> None:
    assert set(MIGRANT_NATIONALITIES) | {"MA"} == nationalities()
    assert sum(MIGRANT_NATIONALITIES.values()) == pytest.approx(100)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), minute=st.integers(0, 24 * 60 - 1), day=st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_times_and_people_hold_together(seed: int, minute: int, day: date) -> None:
    profile = profile_of(HUBS[seed % 4])
    plan = plan_year(chances(seed), profile, day, minute, years=0.1)
    assert plan.days[-1].day == day
    assert plan.days[-1].closes is None
    assert [item.day for item in plan.days] == sorted({item.day for item in plan.days})
    first_seen: list[int] = []
    for item in plan.days:
        arrivals = [visit.arrival for visit in item.visits]
        assert arrivals == sorted(arrivals)
        here = [visit.person for visit in item.visits if visit.person is not None]
        assert len(here) == len(set(here)), "somebody came twice on one day"
        first_seen += [person for person in here if person not in first_seen]
        latest = minute if item.closes is None else item.closes
        for visit in item.visits:
            assert 0 <= visit.arrival <= latest
            assert visit.called is None or visit.arrival <= visit.called <= latest
            assert visit.left is None or (visit.called is not None and visit.called <= visit.left <= latest)
    # people are on record in the order in which they first came
    assert first_seen == list(range(len(plan.people)))


@pytest.mark.parametrize("now", [0, 7 * 60, 13 * 60, 23 * 60 + 59])
@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 23), date(2026, 1, 1)])
def test_desk_is_alive_whenever_it_is_opened(day: date, now: int) -> None:
    visits = plan_year(chances(4), profile_of("TNG"), day, now, years=0.1).days[-1].visits
    waiting = [visit for visit in visits if visit.called is None and visit.left is None]
    assert len(visits) == 17
    assert len(waiting) >= 6
    if now > 6 * 60:
        assert any(visit.called is not None and visit.left is None for visit in visits)
        assert any(visit.left is not None for visit in visits)


def test_nobody_works_on_sundays_and_holidays() -> None:
    for code in HUBS:
        open_days = {day.day for day in year(code).days[:-1]}
        assert not any(day.weekday() == 6 for day in open_days)
        assert any(day.weekday() == 5 for day in open_days) == (code == "TNG")
        assert not any((day.month, day.day) in {(1, 1), (5, 1), (7, 30), (11, 6)} for day in open_days)
