"""Two computers that write as one office, and records put back whole: a way out that keeps everybody's work.

Sync.md, section 5, law 8: no number of a stream ever stands for two contents anywhere.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.bootstrap import open_hub
from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import NotAllowedError, UserError
from app.paths import HubPaths
from app.services import counters, people, visits
from app.services.exchange import automatic, trust
from app.services.exchange.overview import overview
from app.services.exchange.separating import TwoCopies
from app.services.exchange.two_copies import TwoCopiesError
from app.storage import peers, schema
from app.storage.backup import restore
from app.storage.exchange_tables import bundle
from app.storage.incoming import have
from app.storage.unit_of_work import UnitOfWork
from tests.factories import CHEAP, DAY, MANAGER, MINUTE, PASSWORD, SettableClock
from tests.services.exchange.network import Site, digests_differ, exchange_all


@pytest.fixture
def copied(sites: list[Site], tmp_path: Path) -> Iterator[Site]:
    """A copy of Rabat's folder on another computer, made when everybody had everything."""
    add(sites[0], "Avant La Copie")
    exchange_all(sites, 1)
    copy = copy_of(sites[0], tmp_path / "copy")
    yield copy
    copy.hub.close()


def copy_of(site: Site, folder: Path) -> Site:
    site.hub.close()
    shutil.copytree(site.paths.folder, folder)
    site.hub = open_hub(site.paths, MANAGER, PASSWORD, site.clock, CHEAP)
    paths, clock = HubPaths(folder), SettableClock(site.clock.moment)
    return Site(site.code, paths, clock, open_hub(paths, MANAGER, PASSWORD, clock, CHEAP))


def add(site: Site, name: str) -> PersonId:
    site.clock.moment += MINUTE
    return site.hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def edit(site: Site, person: PersonId, **cells: object) -> None:
    site.clock.moment += MINUTE
    site.hub.write(lambda uow: people.edit(person, cells, uow))


def visit(site: Site, person: PersonId) -> None:
    counter = site.hub.read(counters.list_counters)[0].id
    site.hub.write(lambda uow: visits.log(LogVisit(person, counter), uow))


def names(site: Site) -> list[str]:
    with site.hub._store.bare() as connection:
        return sorted(connection.scalars(sa.select(schema.person.c.name)))


def hashes(site: Site) -> dict[tuple[bytes, int], bytes]:
    """The content of every number of every stream."""
    with site.hub._store.bare() as connection:
        query = sa.select(schema.stream.c.stream, schema.op.c.seq, schema.op.c.hash).join(
            schema.stream, schema.stream.c.n == schema.op.c.n
        )
        return {(row.stream, row.seq): row.hash for row in connection.execute(query)}


def copies(site: Site) -> tuple[TwoCopies, ...]:
    return site.hub.read(overview).copies


def get_to_know(sites: list[Site]) -> None:
    files = [site.hub.write(trust.identity_file) for site in sites]
    for site in sites:
        for content, words in files:
            if site.hub.write(trust.identity_file)[0] != content:
                site.hub.write(lambda uow, content=content, words=words: trust.enroll(content, uow, words))  # type: ignore[misc]


def refuse(site: Site, content: bytes) -> None:
    before = site.hub.digest(), hashes(site)
    with pytest.raises(TwoCopiesError, match="Nothing was taken in"):
        site.take_in(content)
    assert (site.hub.digest(), hashes(site)) == before
    assert site.hub.check() == []


def all_agree(sites: list[Site]) -> None:
    exchange_all(sites)
    assert not digests_differ(sites)
    contents: dict[tuple[bytes, int], bytes] = {}
    for site in sites:
        assert site.hub.check() == []
        for dot, content in hashes(site).items():
            assert contents.setdefault(dot, content) == content


def test_a_copy_becomes_an_office_of_its_own_and_everybody_keeps_everything(sites: list[Site], copied: Site) -> None:
    rabat, tanger, _oujda, _beni = sites
    shared = rabat.hub.read(lambda uow: people.search("avant", uow))[0].id
    for count in range(3):
        add(rabat, f"Original {count}")
    visit(rabat, add(rabat, "Original Visite"))
    edit(rabat, shared, contact="appeler")
    theirs = add(copied, "Copie 0")
    edit(copied, theirs, contact="écrire")
    visit(copied, theirs)
    edit(copied, shared, name="Avant La Copie Diop")

    tanger.take_in(rabat.export())
    refuse(tanger, copied.export("TNG"))
    assert [(item.ours, item.hub, item.certain) for item in copies(tanger)] == [(False, "RBT", True)]
    # Tanger sends what shows it there
    refuse(copied, tanger.export("RBT"))
    (known,) = copies(copied)
    assert (known.ours, known.certain, known.moved) == (True, True, 6)
    rabat.take_in(tanger.export("RBT"))
    assert copies(rabat) == ()

    before = copied.hub.digest()
    number = copied.hub.read(lambda uow: people.show(theirs, uow)).person.number
    done = copied.hub.separate()
    assert (done.office, done.moved) == ("RBT-B", 6)
    assert {name for name, digest in copied.hub.digest().items() if digest != before[name]} == {"installation"}
    assert copied.hub.check() == []
    assert copies(copied) == ()
    copied.reopen()
    assert copied.hub.actor.desk == "B"
    assert copied.hub.read(lambda uow: people.show(theirs, uow)).person.number == number
    later = add(copied, "Copie 1")
    assert copied.hub.read(lambda uow: people.show(later, uow)).person.number.startswith("RBT-B")
    assert [change.after for change in copied.hub.read(lambda uow: people.history(theirs, uow))][-1] == "écrire"

    everybody = [*sites, copied]
    get_to_know(everybody)
    all_agree(everybody)
    assert {"Copie 0", "Copie 1", "Original 0", "Original Visite", "Avant La Copie Diop"} <= set(names(tanger))
    # both have opened the day of one desk
    assert all({(item.table, item.field) for item in site.disputes()} == {("day", "opened_at")} for site in everybody)
    assert tanger.hub.read(lambda uow: people.show(shared, uow)).person.contact == "appeler"
    assert all(copies(site) == () for site in everybody)


def test_a_copy_that_wrote_nothing_gives_nothing_up(sites: list[Site], copied: Site) -> None:
    rabat, tanger, _oujda, _beni = sites
    add(rabat, "Original")
    tanger.take_in(rabat.export())
    # Tanger has more of what only this office writes
    refuse(copied, tanger.export("RBT"))
    assert [(item.ours, item.certain) for item in copies(copied)] == [(True, False)]
    with pytest.raises(UserError, match="not clear yet"):
        copied.hub.separate()
    tanger.take_in(copied.export("TNG"))
    refuse(copied, tanger.export("RBT"))
    assert copied.hub.separate(desk="q").office == "RBT-Q"
    get_to_know([*sites, copied])
    all_agree([*sites, copied])


def test_a_fresh_copy_may_be_told_apart_at_once(sites: list[Site], copied: Site) -> None:
    with pytest.raises(UserError, match="Nothing shows"):
        copied.hub.separate()
    assert copied.hub.separate(fresh=True).office == "RBT-B"
    add(copied, "Copie")
    add(sites[0], "Original")
    get_to_know([*sites, copied])
    all_agree([*sites, copied])


def test_what_was_allowed_to_the_other_computer_is_not_allowed_to_the_copy(sites: list[Site], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    sites[0].hub.write(lambda uow: automatic.allow(stick, uow))
    copy = copy_of(sites[0], tmp_path / "copy")
    copy.hub.separate(fresh=True)
    assert copy.hub.automatic() is None
    assert copy.hub.read(automatic.current) is None
    assert sites[0].hub.automatic() is not None
    copy.hub.close()


def test_one_that_was_not_as_fresh_as_it_was_said_to_be_can_still_be_put_right(sites: list[Site], copied: Site) -> None:
    rabat, tanger, _oujda, _beni = sites
    add(copied, "Copie")
    copied.hub.separate(fresh=True)
    add(rabat, "Original")
    tanger.take_in(rabat.export())
    get_to_know([*sites, copied])
    refuse(tanger, copied.export("TNG"))
    refuse(copied, tanger.export("RBT-B"))
    assert copied.hub.separate().office == "RBT-C"
    get_to_know([*sites, copied])
    all_agree([*sites, copied])
    assert {"Copie", "Original"} <= set(names(tanger))


def test_the_original_may_be_the_one_that_gives_way(sites: list[Site], copied: Site) -> None:
    rabat, tanger, _oujda, _beni = sites
    add(copied, "Copie")
    tanger.take_in(copied.export())
    add(rabat, "Original")
    refuse(tanger, rabat.export("TNG"))
    refuse(rabat, tanger.export("RBT"))
    rabat.hub.separate()
    get_to_know([*sites, copied])
    all_agree([*sites, copied])
    assert {"Copie", "Original"} <= set(names(tanger))


def test_offices_that_believed_different_copies_agree_in_the_end(sites: list[Site], copied: Site) -> None:
    rabat, tanger, oujda, beni = sites
    theirs = add(copied, "Copie")
    visit(copied, theirs)
    add(rabat, "Original")
    tanger.take_in(rabat.export())
    oujda.take_in(copied.export())
    # Oujda builds on what the copy wrote
    edit(oujda, theirs, contact="appeler")
    visit(oujda, theirs)
    refuse(tanger, oujda.export("TNG"))
    refuse(oujda, tanger.export("OUJ"))
    refuse(copied, tanger.export("RBT"))
    copied.hub.separate()
    get_to_know([*sites, copied])
    copied.take_in(tanger.export("RBT-B"))
    oujda.take_in(copied.export("OUJ"))
    assert oujda.hub.check() == []
    assert oujda.hub.read(lambda uow: people.show(theirs, uow)).person.contact == "appeler"
    all_agree([*sites, copied])
    assert {"Copie", "Original"} <= set(names(beni))
    for site in (*sites, copied):
        assert site.hub.read(lambda uow: people.show(theirs, uow)).person.contact == "appeler"
        assert site.disputes() == ()


def test_records_put_back_whole_go_on_as_the_same_office(sites: list[Site], copied: Site) -> None:
    """A whole folder was put back, anchor and all: the computer it came from is gone."""
    lost, tanger, oujda, beni = sites
    for count in range(3):
        add(lost, f"Perdu {count}")
    tanger.take_in(lost.export())
    lost.hub.close()
    copied.clock.moment += DAY
    after = add(copied, "Après")
    refuse(tanger, copied.export("TNG"))
    refuse(copied, tanger.export("RBT"))
    assert copied.hub.resume().office == "RBT-A"
    sites[0] = copied
    all_agree([copied, tanger, oujda, beni])
    assert {"Perdu 0", "Perdu 1", "Perdu 2", "Après"} <= set(names(copied))
    again = add(copied, "Encore")
    number = copied.hub.read(lambda uow: people.show(again, uow)).person.number
    assert number not in {row.number for row in tanger.hub.read(lambda uow: people.search("perdu", uow))}
    assert copied.hub.read(lambda uow: people.show(after, uow)).person.name == "Après"
    lost.hub = copied.hub


def test_an_erasure_stays_one(sites: list[Site], copied: Site) -> None:
    rabat, tanger, _oujda, _beni = sites
    gone = add(copied, "Zoumboulakis")
    kept = add(copied, "Copie")
    copied.hub.erase(gone, "demande")
    add(rabat, "Original")
    tanger.take_in(rabat.export())
    refuse(tanger, copied.export("TNG"))
    refuse(copied, tanger.export("RBT"))
    copied.hub.separate()
    get_to_know([*sites, copied])
    all_agree([*sites, copied])
    assert "Zoumboulakis" not in names(tanger)
    assert tanger.hub.read(lambda uow: people.show(kept, uow)).person.name == "Copie"


def test_who_is_signed_in_elsewhere_meanwhile_signs_in_again(sites: list[Site], copied: Site) -> None:
    other = open_hub(copied.paths, MANAGER, PASSWORD, copied.clock, CHEAP)
    copied.hub.separate(fresh=True)
    with pytest.raises(NotAllowedError, match="another office"):
        other.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    other.close()
    assert sites


@pytest.mark.parametrize("desk", ["A", "É", "AB", "1"])
def test_a_letter_that_is_taken_or_none_is_refused(sites: list[Site], copied: Site, desk: str) -> None:
    before = copied.hub.digest()
    with pytest.raises(UserError, match="one letter"):
        copied.hub.separate(desk, fresh=True)
    assert copied.hub.digest() == before
    assert sites


def test_a_bundle_that_builds_on_another_version_is_refused_though_the_numbers_fit(
    sites: list[Site], copied: Site
) -> None:
    rabat, tanger, _oujda, _beni = sites
    theirs = add(rabat, "Original")
    for count in range(4):
        add(copied, f"Copie {count}")
    tanger.take_in(rabat.export())
    edit(tanger, theirs, contact="appeler")
    # Tanger takes Rabat to have all this, and the copy has written as much and more
    refuse(copied, tanger.export("RBT"))
    assert [(item.ours, item.certain) for item in copies(copied)] == [(True, False)]
    refuse(tanger, copied.export("TNG"))
    refuse(copied, tanger.export("RBT"))
    assert copied.hub.separate().moved == 4
    get_to_know([*sites, copied])
    all_agree([*sites, copied])


def test_a_bundle_that_waited_is_looked_at_again_when_what_comes_is_another_version(
    sites: list[Site], copied: Site
) -> None:
    rabat, tanger, oujda, _beni = sites
    theirs = add(rabat, "Original")
    oujda.take_in(rabat.export())
    _have_said_it_has_everything(tanger, oujda)
    edit(oujda, theirs, contact="appeler")
    assert oujda.hub.check() == []
    assert tanger.take_in(oujda.export("TNG")).waits
    # the copy has written the numbers that are waited for, with other content
    add(copied, "Copie")
    tanger.take_in(copied.export("TNG"))
    assert tanger.hub.read(overview).waiting == ()
    assert "Copie" in names(tanger)
    assert [(item.ours, item.hub, item.certain) for item in copies(tanger)] == [(False, "RBT", False)]
    assert tanger.hub.check() == []
    refuse(rabat, tanger.export("RBT"))
    rabat.hub.separate()
    get_to_know([*sites, copied])
    all_agree([*sites, copied])
    assert tanger.hub.read(lambda uow: people.show(theirs, uow)).person.contact == "appeler"


def test_a_bundle_that_waits_since_an_older_program_is_taken_in(sites: list[Site]) -> None:
    rabat, tanger, oujda, _beni = sites
    exchange_all(sites, 1)
    theirs = add(rabat, "Original")
    oujda.take_in(rabat.export())
    _have_said_it_has_everything(tanger, oujda)
    edit(oujda, theirs, contact="appeler")
    assert tanger.take_in(oujda.export("TNG")).waits

    def write_as_before(uow: UnitOfWork) -> None:
        (waiting,) = peers.list_waiting(uow.connection)
        uow.connection.execute(
            bundle.update().where(bundle.c.id == waiting.id).values(base=msgspec.msgpack.encode(waiting.base))
        )

    tanger.hub.write(write_as_before)
    tanger.take_in(rabat.export("TNG"))
    assert tanger.hub.read(overview).waiting == ()
    assert tanger.hub.read(lambda uow: people.show(theirs, uow)).person.contact == "appeler"


def _have_said_it_has_everything(site: Site, to: Site) -> None:
    """An office was put back to before the last bundles, and another knows only what it had before that."""
    who = site.hub.actor.installation_id
    to.hub.write(lambda uow: peers.note_heard(uow.connection, who, have(uow.connection), uow.now))


def test_a_restored_backup_gets_back_all_that_the_others_hold(sites: list[Site], tmp_path: Path) -> None:
    rabat, tanger, oujda, _beni = sites
    add(rabat, "Avant")
    path = rabat.hub.back_up(tmp_path / "copy.waslbackup")
    for count in range(3):
        add(rabat, f"Perdu {count}")
    tanger.take_in(rabat.export())
    late = add(rabat, "Perdu Tard")
    oujda.take_in(rabat.export())
    edit(tanger, add(tanger, "Ailleurs"), contact="appeler")
    lost = hashes(rabat)
    numbers = {rabat.hub.read(lambda uow: people.show(late, uow)).person.number}
    rabat.hub.close()
    shutil.rmtree(rabat.paths.folder)
    restore(path, rabat.paths)
    rabat.hub = open_hub(rabat.paths, MANAGER, PASSWORD, rabat.clock, CHEAP)
    again = add(rabat, "Après")
    all_agree(sites)
    assert lost.items() <= hashes(rabat).items()
    assert {"Avant", "Perdu 0", "Perdu 1", "Perdu 2", "Perdu Tard", "Ailleurs", "Après"} <= set(names(rabat))
    assert rabat.hub.read(lambda uow: people.show(again, uow)).person.number not in numbers
    assert all(copies(site) == () for site in sites)
