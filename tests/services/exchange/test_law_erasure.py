"""Law 10: after an erasure nothing of the person is in any page, free or used, log, copy, index or new bundle.

Stale bundles bring nothing back, whatever was on its way when it happened.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.ids import PersonId
from app.domain.people import Birth, NewPerson, Precision, Sex
from app.domain.visits import LogVisit
from app.errors import NotFoundError
from app.services import counters, merging, people, visits
from app.services.visits import AlreadyHereError
from tests.factories import MINUTE
from tests.services.exchange.network import Site, copy_network, digests_differ, exchange_all
from tests.services.exchange.pages import content_of, everything_in
from tests.soak import amount

NAME, ARABIC, ALIAS, PHONE, CARD, CONTACT = (
    "Zoumboulakis", "زومبولاكيس", "Xanthippe", "+212698765432", "QX-77124", "chez Wolfeschlegel",
)  # fmt: skip
CANARIES = (NAME, ARABIC, ALIAS, PHONE, "698765432", CARD, CONTACT, "Wolfeschlegel", "Kierkegaard")


def add(site: Site) -> PersonId:
    """A person all of whose fields sing."""
    person = NewPerson(
        f"Awa {NAME}", f"عوا {ARABIC}", sex=Sex.FEMALE, birth=Birth(date(1998, 3, 12), Precision.DAY),
        nationality="SN", phones=(PHONE,), consent="oral", card=CARD,
    )  # fmt: skip
    made = site.hub.write(lambda uow: people.add(person, uow)).value.id
    site.hub.write(lambda uow: people.edit(made, {"also_known": ALIAS, "contact": CONTACT}, uow))
    return made


def heard(site: Site) -> set[tuple[str, str]]:
    """Where something still sings: the file, and what."""
    found = set()
    for name, content in everything_in(site):
        lowered = content.lower()
        found |= {(name, canary) for canary in CANARIES if canary.lower().encode() in lowered}
    return found


def test_the_pages_are_read_as_they_are(sites: list[Site]) -> None:
    """What is sought later is found before, in the store, in its log and in a copy."""
    rabat = sites[0]
    add(rabat)
    assert {canary for _name, canary in heard(rabat)} == {*CANARIES} - {"Kierkegaard"}
    assert "wasl.db-wal" in {name for name, _canary in heard(rabat)}
    copy = rabat.hub.back_up()
    rabat.hub._store.checkpoint()
    assert {name for name, canary in heard(rabat) if canary == NAME} == {"wasl.db", f"backups/{copy.name}"}
    content = rabat.export("TNG")
    assert NAME.encode() in content_of(content, sites[1], rabat)


steps = st.lists(
    st.tuples(
        st.sampled_from(["edit", "visit", "carry", "keep", "keep", "bring", "bring", "merge", "copy", "restart"]),
        st.integers(0, 2),
        st.integers(0, 9),
    ),
    max_size=12,
)


def _live(sites: list[Site], who: PersonId, history: list[tuple[str, int, int]], kept: list[tuple[int, bytes]]) -> None:
    for what, at, which in history:
        site, other = sites[at], sites[(at + 1 + which % 2) % len(sites)]
        site.clock.moment += MINUTE
        if what == "carry":
            other.take_in(site.export())
        elif what == "keep":
            kept.append((at, site.export()))
        elif what == "bring" and kept:
            sender, content = kept[which % len(kept)]
            if sender != at:
                site.take_in(content)
        elif what == "copy":
            site.hub.back_up()
        elif what == "restart":
            site.reopen()
        else:
            _write(site, who, what, which)


def _write(site: Site, who: PersonId, what: str, which: int) -> None:
    """Somebody who has not heard of the erasure writes on."""
    try:
        if what == "edit":
            values = {"contact": f"{CONTACT} {which}"} if which % 2 else {"name": f"Awa {NAME} Kierkegaard {which}"}
            site.hub.write(lambda uow: people.edit(who, values, uow))
        elif what == "visit":
            counter = site.hub.read(counters.list_counters)[0].id
            site.hub.write(lambda uow: visits.log(LogVisit(who, counter), uow))
        elif what == "merge":
            second = site.hub.write(lambda uow: people.add(NewPerson(f"Awa Diop {which}"), uow)).value
            site.hub.write(lambda uow: merging.merge(who, second.id, uow))
    except (NotFoundError, AlreadyHereError):
        return


def _try_erasure(
    template: Path, folder: Path, before: list[tuple[str, int, int]], after: list[tuple[str, int, int]], at: int
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    sites = copy_network(template, folder, ("RBT", "TNG", "OUJ"))
    try:
        who = add(sites[0])
        exchange_all(sites, 1)
        kept: list[tuple[int, bytes]] = []
        _live(sites, who, before, kept)
        sites[at].clock.moment += MINUTE
        sites[at].hub.erase(who, "demande de la personne")
        _live(sites, who, after, kept)
        exchange_all(sites)
        for sender, content in kept:
            for site in sites:
                if site is not sites[sender]:
                    site.take_in(content)
        exchange_all(sites)
        assert not digests_differ(sites)
        for sender, site in enumerate(sites):
            assert heard(site) == set(), site.code
            site.reopen()
            assert heard(site) == set(), site.code
            assert site.hub.check() == []
            assert site.disputes() == ()
            assert site.hub.read(lambda uow: people.search(NAME, uow)) == ()
            reader = sites[sender - 1]
            said = content_of(site.export(), reader, site)
            assert not [canary for canary in CANARIES if canary.encode() in said]
    finally:
        for site in sites:
            site.hub.close()


_SETTINGS = settings(
    max_examples=2,
    deadline=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@_SETTINGS
@given(steps, steps, st.integers(0, 2))
def test_nothing_sings_any_more(
    network_template: Path,
    tmp_path: Path,
    before: list[tuple[str, int, int]],
    after: list[tuple[str, int, int]],
    at: int,
) -> None:
    _try_erasure(network_template, tmp_path / "erasure", before, after, at)


@pytest.mark.soak
@pytest.mark.timeout(0)
@settings(_SETTINGS, max_examples=amount("HISTORIES"))
@given(steps, steps, st.integers(0, 2))
def test_nothing_sings_after_many_histories(
    network_template: Path,
    tmp_path: Path,
    before: list[tuple[str, int, int]],
    after: list[tuple[str, int, int]],
    at: int,
) -> None:
    _try_erasure(network_template, tmp_path / "erasure", before, after, at)
