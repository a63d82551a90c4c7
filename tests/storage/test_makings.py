"""Ops that make a row are read straight into the order of its table: with what reading them step by step gives."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ops import OpRecord
from app.storage import makings, oplog, schema
from app.storage.incoming import NewOps
from app.storage.types import Id

_OWN = bytes(6) + b"\x70" + bytes(9)
_AGREED = bytes(6) + b"\x50" + bytes(9)
_STREAM = b"12345678"

names = st.sampled_from(sorted(schema.SYNCED))
texts = st.text("aé\x90ع", max_size=5)


def values_of(column: sa.Column[Any]) -> st.SearchStrategy[object]:
    """What a cell may hold."""
    kinds: st.SearchStrategy[object] = texts
    if isinstance(column.type, Id):
        kinds = st.binary(min_size=16, max_size=16)
    elif isinstance(column.type, sa.Boolean):
        kinds = st.booleans()
    elif isinstance(column.type, sa.Integer):
        kinds = st.integers(-(2**63) + 1, 2**63 - 1)
    elif isinstance(column.type, sa.LargeBinary):
        kinds = st.binary(max_size=5)
    return st.none() | kinds if column.nullable else kinds


def _pick(table: str, body: bytes | None, row_id: bytes = _OWN) -> tuple[makings.Makings, list[makings.Later]]:
    op = OpRecord(5, 7, 9, None, table, row_id, b"saltsalt", body, None)
    parts: dict[str, Any] = {"n": 3, "stream": _STREAM, "installation": UUID(int=1), "ops": [op], "hashes": [b""]}
    fields = {name: parts.get(name, 4 if name == "known" else b"") for name in NewOps.__slots__}
    return makings.pick_makings([NewOps(**fields)])


@given(st.data(), names)
def test_cells_are_those_of_the_body_and_defaults(data: st.DataObject, name: str) -> None:
    table = schema.SYNCED[name]
    cells = oplog.cells_of(table)
    drawn = data.draw(st.lists(st.sampled_from([cell for cell in cells if cell != "erased"]), unique=True))
    given_cells = {cell: data.draw(values_of(table.c[cell])) for cell in drawn}
    found, others = _pick(name, oplog.encode(oplog.Body(given_cells)))
    assert not others
    making = found[name][_OWN]
    assert making[:2] == (3, 5)
    wanted = {cell: given_cells.get(cell, oplog.default_of(table.c[cell])) for cell in cells}
    read = makings.cells_of(making)
    assert list(read) == list(cells)
    assert {cell: (type(value), value) for cell, value in read.items()} == {
        cell: (type(value), value) for cell, value in wanted.items()
    }


@given(st.data(), names, st.sampled_from(["name", "deleted", "erased", "hub_id", "later", "А"]))
def test_what_is_not_known_whole_is_left_to_merging(data: st.DataObject, name: str, cell: str) -> None:
    table = schema.SYNCED[name]
    there = cell in oplog.cells_of(table)
    value = data.draw(values_of(table.c[cell]) if there else texts)
    found, others = _pick(name, oplog.encode(oplog.Body({cell: value})))
    known = there and not (cell == "erased" and value is True)
    assert (len(found[name]), len(others)) == ((1, 0) if known else (0, 1))


def test_what_others_may_write_too_is_left_to_merging() -> None:
    plain = oplog.encode(oplog.Body({"name": "Awa"}))
    encode = msgspec.msgpack.Encoder().encode
    left = [
        _pick("person", plain, _AGREED),
        _pick("later", plain),
        _pick("person", oplog.encode(oplog.Body({"erased": True}))),
        _pick("person", oplog.encode(oplog.Body({"name": "Awa"}, [(_STREAM, 1, None)]))),
        # the same last byte, but something is replaced: nothing of it, or a cell whose name ends so
        _pick("person", oplog.encode(oplog.Body({"name": "Awa"}, [(_STREAM, 1, [])]))),
        _pick("person", oplog.encode(oplog.Body({"name": "Awa"}, [(_STREAM, 1, ["А"])]))),
        # of a version that says more in a body
        _pick("person", encode([{"name": "Awa"}, [], []])),
    ]
    for found, others in left:
        assert not any(found.values())
        assert [op.seq for *_rank, op in others] == [5]


@pytest.mark.parametrize("value", [1, None, b"x", ["x"], 1.5])
def test_a_value_of_another_kind_is_left_to_merging(value: object) -> None:
    found, others = _pick("person", oplog.encode(oplog.Body({"name": value})))
    assert (len(found["person"]), len(others)) == (0, 1)


def test_a_scrubbed_op_makes_nothing() -> None:
    found, others = _pick("person", None)
    assert not any(found.values())
    assert not others


def test_ops_on_one_row_stay_together_and_in_the_order_of_the_clock() -> None:
    body = oplog.encode(oplog.Body({"name": "Awa"}))
    ops = [OpRecord(seq, 10 - seq, 0, None, "person", _OWN, b"saltsalt", body, None) for seq in (1, 2, 3)]
    new = NewOps(1, _STREAM, UUID(int=1), ops, [b"", b"", b""], 0, b"")
    found, others = makings.pick_makings([new])
    assert found["person"][_OWN][:2] == (1, 1)
    assert [op.seq for *_rank, op in others] == [3, 2]
