"""What people do at the offices that one version of the program has open, by names and plain values."""

import random
import shutil
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import sqlalchemy as sa

from app.bootstrap import open_hub
from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.outcome import UndoToken
from app.paths import HubPaths
from app.services import counters, people, visits
from app.services.exchange import keys, rebuilding, revoking, settling
from app.services.exchange.overview import overview
from app.storage import hlc, recorder, schema, unread
from app.storage.unit_of_work import UnitOfWork
from tests.factories import CHEAP, MANAGER, PASSWORD, SettableClock
from tests.services.exchange import older
from tests.services.exchange.network import Site

_sites: dict[str, Site] = {}
_done: dict[str, UndoToken] = {}
_chance = random.Random(0)  # noqa: S311 - ids of made-up records
# the same history twice makes the same records: ids and streams come from a seed
vars(hlc)["secrets"] = SimpleNamespace(randbits=_chance.getrandbits)
vars(recorder)["secrets"] = SimpleNamespace(token_bytes=_chance.randbytes)


def seed(text: str) -> None:
    """What is made from now on has ids that depend on this."""
    _chance.seed(text)


def open_site(site: str, folder: str, moment: int) -> None:
    """Sign in at the office whose records are in a folder."""
    paths, clock = HubPaths(Path(folder)), SettableClock(moment)
    _sites[site] = Site(site, paths, clock, open_hub(paths, MANAGER, PASSWORD, clock, CHEAP))


def close_site(site: str) -> int:
    """Sign out, and say what the clock showed."""
    _done.pop(site, None)
    closed = _sites.pop(site)
    closed.hub.close()
    return closed.clock.moment


def close_all() -> None:
    """Sign out everywhere."""
    for site in list(_sites):
        close_site(site)


def set_clock(site: str, by: int) -> None:
    """Put the clock forward or back, by milliseconds."""
    _sites[site].clock.moment += by


def add_person(site: str, name: str, mood: str = "") -> bytes:
    """Put somebody on record; a mood is for the later program."""

    def add(uow: UnitOfWork) -> bytes:
        outcome = people.add(NewPerson(name), uow)
        if mood:
            uow.update(schema.person, outcome.value.id, mood=mood)
        if uow.undo_token:
            _done[site] = uow.undo_token
        return bytes(outcome.value.id.bytes)

    return bytes(_sites[site].hub.write(add))


def edit(site: str, person: bytes, field: str, value: str) -> None:
    """Correct a field of somebody."""
    _sites[site].hub.write(lambda uow: people.edit(PersonId(UUID(bytes=person)), {field: value}, uow))


def write_cell(site: str, table: str, row: bytes, cell: str, value: object) -> None:
    """Write one cell, also one that only this version has."""
    _sites[site].hub.write(lambda uow: uow.update(schema.SYNCED[table], UUID(bytes=row), **{cell: value}))


def add_row(site: str, table: str, cells: dict[str, object], row: bytes | None = None) -> bytes:
    """Make a row, also of a table that only this version has."""
    given = {} if row is None else {"id": UUID(bytes=row)}
    made: UUID = _sites[site].hub.write(lambda uow: uow.insert(schema.SYNCED[table], **cells, **given))
    return made.bytes


def own_hub(site: str) -> bytes:
    """The id of the hub that the office belongs to."""
    return bytes(_sites[site].hub.actor.hub_id.bytes)


def erase_hobby(site: str, row: bytes, person: bytes) -> None:
    """Erase one row of the table that only the later version has."""
    _sites[site].hub.write(lambda uow: uow.erase(schema.SYNCED["hobby"], UUID(bytes=row), person_id=UUID(bytes=person)))


def erase_person(site: str, person: bytes) -> None:
    """Erase somebody."""
    _sites[site].hub.erase(PersonId(UUID(bytes=person)), "demande")


def visit(site: str, person: bytes | None) -> bytes:
    """Log a visit."""
    hub = _sites[site].hub
    counter = hub.read(counters.list_counters)[0].id
    who = PersonId(UUID(bytes=person)) if person else None
    return bytes(hub.write(lambda uow: visits.log(LogVisit(who, counter), uow)).value.id.bytes)


def undo(site: str) -> None:
    """Take back what was last put on record here."""
    _sites[site].hub.undo(_done[site])


def settle(site: str, which: int) -> bool:
    """Settle one of the values in dispute, of those that every version has."""
    everywhere = [item for item in _sites[site].disputes() if item.field in {"name", "contact"}]
    found = sorted(everywhere, key=lambda item: item.id)
    if found:
        chosen = found[which % len(found)]
        _sites[site].hub.write(lambda uow: settling.settle_side(chosen.id, which % len(chosen.sides), uow))
    return bool(found)


def export(site: str) -> bytes:
    """A bundle for all."""
    return _sites[site].export()


def take_in(site: str, content: bytes) -> tuple[int, int, bool]:
    """Take a bundle in: ops that are new, values in dispute, whether it waits."""
    done = _sites[site].take_in(content)
    return done.ops_new, done.conflicts, done.waits


def digest(site: str) -> dict[str, str]:
    """A hash for each table that this version knows."""
    return _sites[site].hub.digest()


def check(site: str) -> list[str]:
    """What is wrong."""
    return _sites[site].hub.check()


def disputes(site: str) -> list[str]:
    """What waits to be settled."""
    return sorted(item.id for item in _sites[site].disputes())


def found(site: str, text: str) -> list[bytes]:
    """Who is found by a search."""
    return sorted(row.id.bytes for row in _sites[site].hub.read(lambda uow: people.search(text, uow)))


def history(site: str, person: bytes) -> list[str]:
    """The fields that the history of somebody speaks of."""
    changes = _sites[site].hub.read(lambda uow: people.history(PersonId(UUID(bytes=person)), uow))
    return [change.field for change in changes]


def cell(site: str, table: str, row: bytes, name: str) -> object:
    """What a cell shows."""
    of = schema.SYNCED[table]
    query = sa.select(of.c[name]).where(of.c.id == UUID(bytes=row))
    return _sites[site].hub.read(lambda uow: uow.connection.scalar(query))


def count_unread(site: str) -> int:
    """How many records are noted as not read whole."""
    return _sites[site].hub.read(lambda uow: unread.count(uow.connection))


def contents(site: str) -> bytes:
    """Every op and every cell that is kept, in clear."""
    with _sites[site].hub._store.bare() as connection:
        tables = [
            name for (name,) in connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        ]
        return b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in tables
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')  # noqa: S608
            for value in row
        )


def fail_reading_once() -> None:
    """The next time that what was unread is to be read, the disk is full."""
    real = rebuilding.read_unread

    def fail(_uow: object) -> int:
        vars(rebuilding)["read_unread"] = real
        raise OSError(28, "No space left on device")

    vars(rebuilding)["read_unread"] = fail


def copy_folder(source: str, target: str) -> None:
    """Copy the records of a closed office."""
    shutil.copytree(source, target)


def rotate_keys(site: str) -> None:
    """Replace the keys of an office, which travels in a table that the older program does not have."""
    _sites[site].hub.write(keys.rotate)


def revoke(site: str, office: str) -> None:
    """Believe an office no longer, which travels in a table that the older program does not have either."""
    _sites[site].hub.write(lambda uow: revoking.revoke(office, uow, "volé"))


def revoked(site: str) -> list[str]:
    """Which offices are believed no longer here."""
    state = _sites[site].hub.read(overview)
    return [f"{office.hub}-{office.desk}" for office in state.offices if office.revoked]


def rows_of(site: str, table: str) -> int:
    """How many rows a table has."""
    of = schema.SYNCED[table]
    return _sites[site].hub.read(lambda uow: uow.connection.scalar(sa.select(sa.func.count()).select_from(of)) or 0)


step_down, lay_beside, take_away, tables_of = older.step_down, older.lay_beside, older.take_away, older.tables_of
