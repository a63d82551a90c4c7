"""Hubs, installations, accounts, counters, hidden codes: the fixed points that records refer to."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.accounts import Account, Role
from app.domain.codes import read_code
from app.domain.ids import AccountId, HubId
from app.domain.visits import Counter
from app.storage import oplog, schema
from app.storage.schema_accompaniment import ACCOMPANIMENT
from app.storage.schema_papers import PAPERS
from app.storage.schema_trainings import TRAININGS
from app.storage.search.statements import fetch
from app.storage.types import AnyRow, parts_of

_account = schema.account
# asked at the beginning of every transaction
_ACCOUNT = sa.select(_account.c.login, _account.c.name, _account.c.role, _account.c.active, _account.c.hub_id).where(
    _account.c.id == sa.bindparam("account"), ~_account.c.deleted
)


def counters_of(connection: sa.Connection, hub: HubId) -> list[Counter]:
    """A hub's counters in the order of their numbers, those out of use included."""
    table = schema.counter
    query = sa.select(table).where(table.c.hub_id == hub, ~table.c.deleted).order_by(table.c.position, table.c.code)
    return [
        Counter(row.id, row.code, row.position, row.label_fr, row.label_en, row.label_ar, row.colour, row.hidden)
        for row in connection.execute(query)
    ]


def accounts_of(connection: sa.Connection, hub: HubId) -> list[Account]:
    """The accounts of a hub, those that are closed included, by name."""
    table = schema.account
    query = sa.select(table).where(table.c.hub_id == hub, ~table.c.deleted).order_by(table.c.name, table.c.id)
    return [
        Account(row.id, row.login, row.name, read_code(Role, row.role), row.active, row.hub_id)
        for row in connection.execute(query)
    ]


def holder_of(connection: sa.Connection, hub: HubId, login: str) -> Account | None:
    """The account that a sign-in name means on this installation; None when there is none, or no telling which.

    Two desks may have made accounts of the same name before they heard of each other. A password given here is of the
    one made here: nobody comes by the other one's role.
    """
    known = [account for account in accounts_of(connection, hub) if account.login == login]
    if len(known) > 1:
        table, stream = schema.account, schema.stream
        installation = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "installation"))
        query = sa.select(stream.c.n).where(stream.c.installation_id == UUID(hex=installation or ""))
        own = set(connection.scalars(query))
        rows = connection.execute(
            sa.select(table.c.id, table.c.versions).where(table.c.id.in_([account.id for account in known]))
        )
        here = {row.id for row in rows if any(n in own for n, _seq in oplog.decode_versions(row.versions).made)}
        known = [account for account in known if account.id in here]
    return known[0] if len(known) == 1 else None


def open_logins(connection: sa.Connection, hub: HubId) -> frozenset[str]:
    """The sign-in names that may have a password on this installation."""
    names = {account.login for account in accounts_of(connection, hub)}
    holders = (holder_of(connection, hub, name) for name in names)
    return frozenset(account.login for account in holders if account is not None and account.active)


def account_of(connection: sa.Connection, account_id: AccountId) -> Account | None:
    """One account, of whatever hub; None when there is none."""
    for login, name, role, active, hub in fetch(connection, _ACCOUNT, account=account_id.bytes):
        return Account(account_id, login, name, read_code(Role, role), bool(active), HubId(UUID(bytes=hub)))
    return None


def installation_row(connection: sa.Connection, installation: Any) -> AnyRow:  # noqa: ANN401 - an id
    """hub_id, desk, demo, and the hub's code and labels, of an installation."""
    place, hub = schema.installation, schema.hub
    return connection.execute(
        sa.select(
            place.c.hub_id, place.c.desk, place.c.demo, place.c.created_at,
            hub.c.code, hub.c.label_fr, hub.c.label_en, hub.c.label_ar,
        )
        .join(hub, hub.c.id == place.c.hub_id)
        .where(place.c.id == installation)
    ).one()  # fmt: skip


def desks_of(connection: sa.Connection, hub: HubId) -> set[str]:
    """The letters of all desks of a hub that are on record, also of those that are gone."""
    place = schema.installation
    return set(connection.scalars(sa.select(place.c.desk).where(place.c.hub_id == hub)))


def visitors_of(connection: sa.Connection, visits: Iterable[UUID]) -> set[UUID]:
    """The people of these visits."""
    return _targets(connection, schema.visit.c.person_id, visits)


def visits_of(connection: sa.Connection, queued: Iterable[UUID], papers: Iterable[UUID]) -> set[UUID]:
    """The visits that these places in a queue and these papers belong to."""
    of_places = _targets(connection, schema.place.c.visit_id, queued)
    return of_places | _targets(connection, schema.paper.c.visit_id, papers)


def consenters_of(connection: sa.Connection, consents: Iterable[UUID]) -> set[UUID]:
    """The people who gave these consents."""
    return _targets(connection, schema.consent.c.person_id, consents)


def joined_by(connection: sa.Connection, links: Iterable[UUID]) -> set[UUID]:
    """The people whose records these links join."""
    ends, ids = schema.same_person.c, list(links)
    return _targets(connection, ends.first_id, ids) | _targets(connection, ends.second_id, ids)


def people_named_by(connection: sa.Connection, changed: Mapping[str, Iterable[UUID]]) -> set[UUID]:
    """The people whom rows of these tables (ids by table) are about, on whose page they are shown."""
    found: set[UUID] = set()
    for table in (*ACCOMPANIMENT, *TRAININGS, *PAPERS):
        ids = list(changed.get(table.name, ()))
        for column in table.columns if ids else ():
            if any(key.column.table is schema.person for key in column.foreign_keys):
                found |= _targets(connection, column, ids)
    return found


def _targets(connection: sa.Connection, column: sa.Column[Any], ids: Iterable[UUID]) -> set[UUID]:
    """What rows with these ids refer to in a column."""
    found: set[UUID] = set()
    for part in parts_of(ids):
        query = sa.select(column).where(column.table.c.id.in_(part), column.is_not(None))
        found.update(connection.scalars(query))
    return found


def hidden_codes(connection: sa.Connection, hub: HubId, name: str) -> frozenset[str]:
    """The codes of a list that a hub does not use."""
    table = schema.hidden_code
    query = sa.select(table.c.code).where(table.c.hub_id == hub, table.c.list == name, table.c.hidden, ~table.c.deleted)
    return frozenset(connection.scalars(query))


def subject_of(connection: sa.Connection, name: str, row_id: UUID) -> str:
    """What people call a record: a person's name and number, a visit's number and day, a label; empty otherwise."""
    if name == "person":
        table = schema.person
        row = connection.execute(
            sa.select(table.c.name, table.c.name_ar, table.c.number).where(table.c.id == row_id)
        ).one_or_none()
        return "" if row is None else f"{row.name or row.name_ar} · {row.number}"
    if name == "visit":
        visit, table = schema.visit, schema.person
        row = connection.execute(
            sa.select(visit.c.day, table.c.name, table.c.name_ar)
            .outerjoin(table, table.c.id == visit.c.person_id)
            .where(visit.c.id == row_id)
        ).one_or_none()
        return "" if row is None else f"{row.name or row.name_ar or ''} · {row.day}".strip(" ·")
    table = schema.SYNCED[name]
    shown = next((table.c[cell] for cell in ("name", "label_fr", "number", "code") if cell in table.c), None)
    return "" if shown is None else str(connection.scalar(sa.select(shown).where(table.c.id == row_id)) or "")
