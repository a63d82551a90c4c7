"""Four real offices with a history: Rabat in front of the screen, the others somewhere else."""

from datetime import date
from pathlib import Path

from app.clock import system_clock
from app.domain.ids import PersonId
from app.domain.people import Birth, NewPerson, Precision, Sex
from app.domain.visits import LogVisit
from app.services import counters, people, visits
from tests.factories import DAY
from tests.services.exchange.network import Site, copy_network

NAMES = (
    ("Awa Diop", "أوا ديوب"),
    ("Moussa Traoré", ""),
    ("Fatou Ndiaye", "فاتو ندياي"),
    ("Ibrahim Keita", ""),
    ("Clarisse Ngo Bassong", ""),
    ("Mohamed Alaoui", "محمد العلوي"),
    ("Mariam Coulibaly", ""),
)
_BORN = Birth(date(1994, 5, 3), Precision.DAY)


def set_stage(template: Path, folder: Path) -> list[Site]:
    """Rabat heard of Tanger 9 days ago and of Beni Mellal 20 days ago, of Oujda never; there is work to be sent."""
    sites = copy_network(template, folder)
    now = system_clock()
    rabat, tanger, _oujda, beni = sites
    set_clocks(sites, now - 20 * DAY)
    rabat.take_in(beni.export())
    set_clocks(sites, now - 9 * DAY)
    add_people(rabat, 0, 3)
    tanger.take_in(rabat.export())
    rabat.take_in(tanger.export())
    set_clocks(sites, now - 60_000)
    return sites


def set_clocks(sites: list[Site], moment: int) -> None:
    """Turn all clocks."""
    for site in sites:
        site.clock.moment = moment


def add_people(site: Site, first: int, last: int, *, seen: int = 2) -> list[PersonId]:
    """Some of NAMES come to an office, each `seen` times."""
    new = [
        NewPerson(name, name_ar, sex=Sex.FEMALE, birth=_BORN, nationality="SN") for name, name_ar in NAMES[first:last]
    ]
    rows = site.hub.write(lambda uow: people.add_many(new, uow)).value
    counter = site.hub.read(counters.list_counters)[0].id
    for _time in range(seen):
        for row in rows:
            visit = site.hub.write(lambda uow, row=row: visits.log(LogVisit(row.id, counter), uow))  # type: ignore[misc]
            site.hub.write(lambda uow, visit=visit: visits.check_out(visit.value.id, uow))  # type: ignore[misc]
    return [row.id for row in rows]


def person_id(site: Site, name: str) -> PersonId:
    """Somebody by name."""
    return next(row.id for row in site.hub.read(lambda uow: people.search(name, uow)) if row.name == name)


def disagree(here: Site, there: Site, name: str, field: str, ours: str, theirs: str) -> None:
    """Both write a field of somebody whom both know, without hearing of each other."""
    who = person_id(here, name)
    here.hub.write(lambda uow: people.edit(who, {field: ours}, uow))
    there.hub.write(lambda uow: people.edit(who, {field: theirs}, uow))
