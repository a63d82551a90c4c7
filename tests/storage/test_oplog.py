"""The log of ops: complete, chained, never rewritten; the hybrid clock that orders it."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import UserError
from app.hub import Hub
from app.services import counters, people, visits
from app.storage import oplog, schema
from app.storage.hlc import id_at, tick, wall_ms
from app.storage.unit_of_work import UnitOfWork
from tests.factories import YEAR, SettableClock

MOMENTS = st.integers(-(10**13), 7 * 10**13)
"""As far as the year 4188: beyond it a clock no longer counts."""


@given(st.lists(MOMENTS, min_size=1))
def test_the_hybrid_clock_only_goes_forward(moments: list[int]) -> None:
    reading = 0
    for now in moments:
        following = tick(reading, now)
        assert following > reading
        assert wall_ms(following) >= now
        reading = following


@given(st.lists(MOMENTS, min_size=2, max_size=20))
def test_ids_sort_as_they_were_made_and_are_of_version_7(moments: list[int]) -> None:
    reading, made = 0, []
    for now in moments:
        reading = tick(reading, now)
        made.append(id_at(reading))
    assert [item.bytes for item in made] == sorted(item.bytes for item in made)
    assert {item.version for item in made} == {7}
    assert {item.variant for item in made} == {"specified in RFC 4122"}


def ops(hub: Hub) -> list[oplog.Op]:
    with hub._store.bare() as connection:
        return list(oplog.read_ops(connection))


def test_each_change_leaves_one_op_that_names_what_it_replaces(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value
    before = ops(hub)
    hub.write(lambda uow: people.edit(made.id, {"name": "Awa N'Diaye", "sex": "f"}, uow))
    hub.write(lambda uow: people.edit(made.id, {"name": "Awa NDIAYE"}, uow))
    first, second = ops(hub)[len(before) :]
    assert first.body is not None
    assert first.body.cells == {"name": "Awa N'Diaye", "sex": "f"}
    assert [item[1:] for item in first.body.replaced] == [(before[-1].seq, None)] or before[-1].row_id != made.id
    assert second.body is not None
    assert second.body.cells == {"name": "Awa NDIAYE"}
    assert [item[1] for item in second.body.replaced] == [first.seq]
    assert (first.author, first.table, first.row_id) == (hub.actor.account_id, "person", made.id)


def test_writing_what_is_there_already_leaves_no_op(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value
    before = ops(hub)
    outcome = hub.write(lambda uow: people.edit(made.id, {"name": " Awa  Ndiaye "}, uow))
    assert ops(hub) == before
    assert outcome.undo is None


def test_an_action_that_fails_leaves_neither_row_nor_op_nor_number(hub: Hub) -> None:
    before, digest = ops(hub), hub.digest()

    def half(uow: UnitOfWork) -> None:
        people.add(NewPerson("Awa Ndiaye"), uow)
        raise UserError("refused")

    with pytest.raises(UserError):
        hub.write(half)
    assert (ops(hub), hub.digest()) == (before, digest)
    assert hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value.number == "RBT-A00001"


def test_reading_can_not_write(hub: Hub) -> None:
    with pytest.raises(RuntimeError):
        hub.read(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow))
    assert hub.check() == []


def tamper(hub: Hub, statement: Callable[[], sa.Executable]) -> list[str]:
    counter = hub.read(counters.list_counters)[0].id
    hub.write(lambda uow: visits.log(LogVisit(None, counter), uow))
    assert hub.check() == []
    with hub._store._begin() as connection:
        connection.execute(statement())
    return hub.check()


LAST = sa.select(sa.func.max(schema.op.c.seq)).scalar_subquery()


@pytest.mark.parametrize(
    "statement",
    [
        lambda: schema.op.update().where(schema.op.c.seq == 3).values(hlc=schema.op.c.hlc + 1),
        lambda: schema.op.update().where(schema.op.c.seq == 3).values(body=b"\x91\x80"),
        lambda: schema.op.update().where(schema.op.c.seq == 3).values(author=None),
        lambda: schema.op.delete().where(schema.op.c.seq == 3),
        lambda: schema.op.delete().where(schema.op.c.seq == LAST),
        lambda: schema.visit.update().values(reason="cv"),
        lambda: schema.visit.update().values(deleted=True),
        schema.place.delete,
        lambda: schema.account.update().values(role="manager"),
    ],
)
def test_what_was_written_past_the_log_is_found(hub: Hub, statement: Callable[[], sa.Executable]) -> None:
    assert tamper(hub, statement) != []


def test_a_scrubbed_body_still_verifies(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value
    with hub._store._begin() as connection:
        row = connection.execute(sa.select(schema.op).where(schema.op.c.row_id == made.id)).one()
        hashed = oplog.hash_body(row.salt, row.body)
        connection.execute(
            schema.op.update().where(schema.op.c.row_id == made.id).values(body=None, salt=None, body_hash=hashed)
        )
        assert oplog.verify_chains(connection) == []
        connection.execute(schema.op.update().where(schema.op.c.row_id == made.id).values(body_hash=bytes(32)))
        assert oplog.verify_chains(connection) != []


def test_the_clock_may_jump_and_the_order_stays(hub: Hub, clock: SettableClock) -> None:
    counter = hub.read(counters.list_counters)[0].id
    for jump in (10 * YEAR, -20 * YEAR, 0, 5 * YEAR, -YEAR):
        clock.moment += jump
        hub.write(lambda uow: visits.log(LogVisit(None, counter), uow))
    readings = [op.hlc for op in ops(hub)]
    assert readings == sorted(set(readings))
    assert hub.check() == []


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("temp_store", 2)],
)
def test_every_connection_is_durable_and_leaves_nothing_behind(hub: Hub, pragma: str, value: object) -> None:
    engine = hub._store._engine
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
