"""Law 6: whatever got lost, one exchange over each link in both directions, as often as the network is wide, is enough.

Law 13: links between records of one person end alike in any order, and taking all of them back restores all.
"""

import shutil
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.errors import UserError
from app.services import merging, people
from tests.factories import YEAR
from tests.services.exchange.network import FIVE, Site, copy_network, digests_differ, exchange_all
from tests.soak import amount

Link = tuple[int, int]
Step = tuple[str, int, int]


@st.composite
def networks(draw: st.DrawFn) -> list[Link]:
    """Links that connect two to five installations: a tree, and perhaps some more."""
    count = draw(st.integers(2, len(FIVE)))
    tree = [(draw(st.integers(0, node - 1)), node) for node in range(1, count)]
    others = [link for link in combinations(range(count), 2) if link not in tree]
    return tree + (draw(st.lists(st.sampled_from(others), unique=True, max_size=3)) if others else [])


def width_of(links: list[Link]) -> int:
    """The most links between two installations on the shortest way."""
    nodes = {node for link in links for node in link}
    far = {(here, there): 0 if here == there else len(nodes) for here in nodes for there in nodes}
    for here, there in links:
        far[here, there] = far[there, here] = 1
    for middle in nodes:
        for here in nodes:
            for there in nodes:
                far[here, there] = min(far[here, there], far[here, middle] + far[middle, there])
    return max(far.values())


steps = st.lists(
    st.tuples(st.sampled_from(["write", "send", "send", "lose", "clock"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=14,
)


def _try_links(template: Path, folder: Path, links: list[Link], history: list[Step], order: st.DataObject) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    codes = FIVE[: max(max(link) for link in links) + 1]
    sites = copy_network(template, folder, codes)
    try:
        shared = sites[0].hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow)).value.id
        for what, one, other in history:
            here, there = links[one % len(links)][:: 1 if other % 2 else -1]
            _step(sites, what, here, there, shared)
        for _round in range(width_of(links)):
            both = [way for link in links for way in (link, link[::-1])]
            for here, there in order.draw(st.permutations(both)):
                sites[there].take_in(_send(sites, here, there))
        assert not digests_differ(sites)
        assert all(site.hub.check() == [] for site in sites)
    finally:
        for site in sites:
            site.hub.close()


def _send(sites: list[Site], here: int, there: int) -> bytes:
    return sites[here].export(sites[there].hub.actor.installation_id.hex)


def _step(sites: list[Site], what: str, here: int, there: int, shared: PersonId) -> None:
    site = sites[here]
    if what == "write":
        site.hub.write(lambda uow: people.add(NewPerson(f"Moussa {here}"), uow))
        if any(row.id == shared for row in site.hub.read(lambda uow: people.search("awa", uow))):
            site.hub.write(lambda uow: people.edit(shared, {"contact": f"de {here} {site.clock()}"}, uow))
    elif what == "clock":
        site.clock.moment += (10 if there % 2 else -10) * YEAR
    else:
        content = _send(sites, here, there)
        if what == "send":
            sites[there].take_in(content)


_SETTINGS = settings(
    max_examples=2,
    deadline=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@_SETTINGS
@given(networks(), steps, st.data())
def test_as_many_rounds_as_the_network_is_wide(
    five_template: Path, tmp_path: Path, links: list[Link], history: list[Step], order: st.DataObject
) -> None:
    _try_links(five_template, tmp_path / "links", links, history, order)


@pytest.mark.soak
@pytest.mark.timeout(0)
@settings(_SETTINGS, max_examples=amount("HISTORIES"))
@given(networks(), steps, st.data())
def test_many_networks(
    five_template: Path, tmp_path: Path, links: list[Link], history: list[Step], order: st.DataObject
) -> None:
    _try_links(five_template, tmp_path / "links", links, history, order)


merges = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=10
)
"""At which installation, whether together or apart, whom, with whom, and whether everybody hears of it then."""


@settings(_SETTINGS, max_examples=2)
@given(merges)
def test_links_between_records_end_alike_and_can_be_taken_back(
    network_template: Path, tmp_path: Path, links: list[tuple[int, bool, int, int, bool]]
) -> None:
    folder = tmp_path / "merging"
    shutil.rmtree(folder, ignore_errors=True)
    sites = copy_network(network_template, folder, ("RBT", "TNG", "OUJ"))
    try:
        names = [NewPerson(f"Awa Diop {number}") for number in range(5)]
        rows = sites[0].hub.write(lambda uow: people.add_many(names, uow)).value
        made = [row.id for row in rows]
        exchange_all(sites, 1)
        for at, together, one, other, told in links:
            _link(sites[at], made[one], made[other], together=together)
            if told:
                exchange_all(sites, 1)
        exchange_all(sites)
        groups = [_groups(site, made) for site in sites]
        assert groups[1:] == groups[:-1]
        assert {who for group in groups[0] for who in group} == set(made)
        for _often in made:
            # taking one away from the first may leave others joined that were joined through it
            for group in _groups(sites[2], made):
                for who in sorted(group)[1:]:
                    _link(sites[2], min(group), who, together=False)
        exchange_all(sites)
        assert not digests_differ(sites)
        assert [_groups(site, made) for site in sites] == [{frozenset({who}) for who in made}] * 3
        assert all(site.hub.check() == [] for site in sites)
    finally:
        for site in sites:
            site.hub.close()


def _link(site: Site, one: PersonId, other: PersonId, *, together: bool) -> None:
    try:
        site.hub.write(lambda uow: (merging.merge if together else merging.unmerge)(one, other, uow))
    except UserError:
        # they are so already
        return


def _groups(site: Site, made: list[PersonId]) -> set[frozenset[PersonId]]:
    return site.hub.read(lambda uow: {frozenset(map(PersonId, merging.records_of(who, uow))) for who in made})
