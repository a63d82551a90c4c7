"""Links between records of one person travel, form no circles that matter, and can be taken back."""

from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.groups import group_of, roots_of
from app.domain.ids import PersonId, VisitId
from app.domain.people import NewPerson
from app.domain.visits import LogVisit, VisitRow, VisitState
from app.errors import UserError
from app.services import counters, days, merging, people, visits
from app.services.exchange import twice
from app.services.visits import AlreadyHereError
from tests.factories import MINUTE
from tests.services.exchange.network import Site, digests_differ, exchange_all

_records = st.integers(0, 9).map(lambda number: UUID(int=number))
_links = st.lists(st.tuples(_records, _records), max_size=15)


@given(_links, st.randoms())
def test_the_order_of_links_changes_nothing(links: list[tuple[UUID, UUID]], shuffle: object) -> None:
    mixed = [tuple(reversed(link)) for link in links]
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert roots_of(links) == roots_of(mixed)  # type: ignore[arg-type]


@given(_links)
def test_a_group_is_what_links_reach_and_its_root_the_smallest(links: list[tuple[UUID, UUID]]) -> None:
    roots = roots_of(links)
    for start in {end for link in links for end in link}:
        reached, grown = {start}, set[UUID]()
        while reached != grown:
            grown = set(reached)
            reached |= {end for link in links if set(link) & grown for end in link}
        assert group_of(start, roots) == reached
        assert roots[start] == min(reached)


def _person(site: Site, name: str) -> PersonId:
    return site.hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def test_a_merge_travels_and_is_taken_back_elsewhere(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    first, second = _person(rabat, "Awa Diop"), _person(rabat, "Awa Dioppe")
    root = rabat.hub.write(lambda uow: merging.merge(second, first, uow)).value
    assert root == first
    exchange_all(sites)
    assert [row.id for row in tanger.hub.read(lambda uow: people.search("awa diop", uow))] == [first]
    tanger.hub.write(lambda uow: merging.unmerge(first, second, uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    assert {row.id for row in rabat.hub.read(lambda uow: people.search("awa diop", uow))} == {first, second}


def test_merged_records_share_their_visits_and_their_one_open_visit(sites: list[Site]) -> None:
    site = sites[0]
    first, second = _person(site, "Awa Diop"), _person(site, "Awa Dioppe")
    counter = site.hub.read(counters.list_counters)[0].id
    site.hub.write(lambda uow: visits.log(LogVisit(second, counter), uow))
    site.hub.write(lambda uow: merging.merge(first, second, uow))
    assert len(site.hub.read(lambda uow: people.show(first, uow)).visits) == 1
    with pytest.raises(AlreadyHereError):
        site.hub.write(lambda uow: visits.log(LogVisit(first, counter), uow))


def _log(site: Site, who: PersonId) -> VisitRow:
    counter = site.hub.read(counters.list_counters)[0].id
    site.clock.moment += MINUTE
    return site.hub.write(lambda uow: visits.log(LogVisit(who, counter), uow)).value


def _states(site: Site, *ids: VisitId) -> list[VisitState]:
    day = {visit.id: visit.state for visit in site.hub.read(lambda uow: visits.list_day(None, uow))}
    return [day[visit] for visit in ids]


def test_of_two_open_visits_the_first_stays_and_the_other_is_marked(sites: list[Site]) -> None:
    site = sites[0]
    first, second = _person(site, "Awa Diop"), _person(site, "Awa Dioppe")
    here, again = _log(site, second), _log(site, first)
    before = site.hub.digest()
    done = site.hub.write(lambda uow: merging.merge(first, second, uow))
    assert _states(site, here.id, again.id) == [VisitState.WAITING, VisitState.VOID]
    assert done.changes.visits == {again.id}
    waiting = [row.visit.id for queue in site.hub.read(visits.queues) for row in queue.rows]
    assert waiting == [here.id]
    assert site.hub.read(days.today).visits == 1
    assert site.hub.check() == []
    assert done.undo is not None
    site.hub.undo(done.undo)
    assert _states(site, here.id, again.id) == [VisitState.WAITING, VisitState.WAITING]
    assert site.hub.digest() | {"same_person": ""} == before | {"same_person": ""}


def test_a_visit_that_was_called_stays_before_one_that_came_earlier(sites: list[Site]) -> None:
    site = sites[0]
    first, second = _person(site, "Awa Diop"), _person(site, "Awa Dioppe")
    early, called = _log(site, first), _log(site, second)
    site.hub.write(lambda uow: visits.call(called.id, uow))
    site.hub.write(lambda uow: merging.merge(first, second, uow))
    assert _states(site, early.id, called.id) == [VisitState.VOID, VisitState.WITH_COUNTER]


def test_an_open_visit_at_another_hub_is_left_to_that_hub(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    first, second = _person(rabat, "Awa Diop"), _person(rabat, "Awa Dioppe")
    exchange_all(sites)
    here, there = _log(rabat, first), _log(tanger, second)
    exchange_all(sites)
    assert rabat.hub.write(lambda uow: merging.merge(first, second, uow)).changes.visits == set()
    exchange_all(sites)
    assert _states(rabat, here.id) == _states(tanger, there.id) == [VisitState.WAITING]
    assert not digests_differ(sites)


def test_of_two_open_visits_that_a_link_from_elsewhere_joins_both_stay_and_the_desk_is_told(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    first, second, other = (_person(rabat, name) for name in ("Awa Diop", "Awa Dioppe", "Moussa Traoré"))
    exchange_all(sites)
    early, late = _log(rabat, first), _log(rabat, second)
    _log(rabat, other)
    assert rabat.hub.read(twice.count_twice) == 0
    tanger.hub.write(lambda uow: merging.merge(first, second, uow))
    rabat.take_in(tanger.export())
    assert _states(rabat, early.id, late.id) == [VisitState.WAITING, VisitState.WAITING]
    (found,) = rabat.hub.read(twice.list_twice)
    assert [visit.id for visit in found] == [early.id, late.id]
    assert len([row for queue in rabat.hub.read(visits.queues) for row in queue.rows]) == 3
    exchange_all(sites)
    # Tanger has no part in who waits in Rabat
    assert tanger.hub.read(twice.count_twice) == 0
    rabat.hub.write(lambda uow: visits.check_out(late.id, uow))
    assert rabat.hub.read(twice.count_twice) == 0
    assert _states(rabat, early.id, late.id) == [VisitState.WAITING, VisitState.CHECKED_OUT]
    assert rabat.hub.check() == []


def test_three_hubs_that_merge_in_a_circle_agree(sites: list[Site]) -> None:
    made = [_person(sites[0], name) for name in ("Awa Diop", "Awa Dioppe", "Aoua Diop")]
    exchange_all(sites, 1)
    for site, (one, other) in zip(sites, list(permutations(made, 2))[:3], strict=False):
        site.hub.write(lambda uow, one=one, other=other: merging.merge(one, other, uow))  # type: ignore[misc]
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        assert {site.hub.read(lambda uow, who=who: min(merging.records_of(who, uow))) for who in made} == {min(made)}  # type: ignore[misc]


def test_merging_twice_or_with_oneself_is_refused(sites: list[Site]) -> None:
    first, second = _person(sites[0], "Awa Diop"), _person(sites[0], "Awa Dioppe")
    sites[0].hub.write(lambda uow: merging.merge(first, second, uow))
    for one, other in ((first, second), (first, first)):
        with pytest.raises(UserError):
            sites[0].hub.write(lambda uow, one=one, other=other: merging.merge(one, other, uow))  # type: ignore[misc]


def test_erasing_a_person_erases_all_records_of_it(sites: list[Site]) -> None:
    first, second = _person(sites[0], "Awa Diop"), _person(sites[0], "Awa Dioppe")
    sites[0].hub.write(lambda uow: merging.merge(first, second, uow))
    sites[0].hub.erase(first, "demande")
    exchange_all(sites)
    assert sites[1].hub.read(lambda uow: people.search("awa", uow)) == ()
    assert not digests_differ(sites)
