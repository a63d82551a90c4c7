"""Ops as bytes: whatever a store may hold comes back to the byte, and whatever is no batch is refused."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ops import OpBatch, OpRecord, StreamOps
from app.sync.layout import LATEST_CLOCK, LATEST_MOMENT, MOST_OPS
from app.sync.packing import PackingError, pack, unpack
from tests.soak import Tell, amount, new_dice
from tests.sync.conftest import Mutation

encode = msgspec.msgpack.encode
NOWHERE: Callable[[bytes, int], bytes | None] = lambda _stream, _seq: None  # noqa: E731
_STREAMS = [bytes([number]) * 8 for number in range(1, 5)]
_TIME = st.integers(0, 2**48 - 1)

values = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=20) | st.binary(max_size=20)
later_values = st.recursive(
    values | st.floats(allow_nan=False),
    lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(), of, max_size=3),
)
names = st.sampled_from(["name", "phones", "residence", "الاسم", "x" * 64, "hidden"]) | st.text(min_size=1, max_size=5)
cells = st.dictionaries(names, later_values, max_size=20)
parts = st.none() | st.lists(names, max_size=3)


def _uuid7(time_ms: int, rest: bytes) -> bytes:
    return time_ms.to_bytes(6) + bytes([0x70 | rest[0] & 15, rest[1], 0x80 | rest[2] & 63]) + rest[3:10]


row_ids = st.binary(min_size=16, max_size=16) | st.builds(_uuid7, _TIME, st.binary(min_size=10, max_size=10))
signatures = st.binary(min_size=64, max_size=64)
newer_bodies = (
    st.builds(lambda held, more: encode([held, [], more]), cells, later_values)
    | st.builds(lambda held: encode([held]), cells)
    | st.builds(lambda held: encode([held, 5]), cells)
    | st.builds(lambda held: b"\xdc\x00\x02" + encode(held) + b"\x90", cells)
    | st.just(b"\x92\x82\xa1a\x01\xa1a\x02\x90")  # a name twice
    | st.just(b"\x92\x81\xd9\x01a\x01\x90")  # a name not in its shortest form
    | st.just(b"\x92\x81\xa1a\xcd\x00\x01\x90")  # a value not in its shortest form
    | st.just(b"\x92\x81\xa1a\xca\x00\x00\x80\x3f\x90")
    | st.just(b"\x92\x80\x91\x93\xc4\x08" + b"\x01" * 8 + b"\xd1\x01\x2c\xc0")  # a number as if it were signed
    | st.just(encode([dict.fromkeys(map(str, range(1200)), 1), []]))
    | st.just(encode([{"x" * 65: 1}, []]))
    | later_values.map(encode)
    | st.binary(max_size=30)
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[OpBatch, dict[tuple[bytes, int], bytes]]:
    """A batch, and the rows of the ops that come before those of the batch."""
    rows: dict[tuple[bytes, int], bytes] = {}
    blocks = []
    chosen = draw(st.lists(st.sampled_from(_STREAMS), unique=True, max_size=4))
    for stream in chosen:
        first = draw(st.sampled_from([1, 2, 40, 2**40]))
        rows |= {(stream, seq): draw(row_ids) for seq in range(max(1, first - 3), first)}
        ops = [draw(_ops(stream, seq, rows)) for seq in range(first, first + draw(st.integers(1, 6)))]
        blocks.append(
            StreamOps(
                stream,
                UUID(bytes=draw(row_ids)),
                draw(st.binary(min_size=32, max_size=32)),
                tuple(ops),
                draw(signatures),
            )
        )
    vector = draw(st.dictionaries(st.sampled_from(_STREAMS), st.integers(0, 2**63 - 1), max_size=4))
    return OpBatch(tuple(blocks), vector), rows


@st.composite
def _ops(draw: st.DrawFn, stream: bytes, seq: int, rows: dict[tuple[bytes, int], bytes]) -> OpRecord:
    row_id = draw(row_ids)
    own = [number for other, number in rows if other == stream]
    replaced = draw(st.lists(st.tuples(st.sampled_from(_STREAMS), st.integers(1, 2**62), parts), max_size=3))
    replaced = [version for version in replaced if version[0] != stream]
    if own and draw(st.sampled_from([True, False])):
        number = draw(st.sampled_from(own))
        row_id = rows[stream, number]
        replaced = draw(st.permutations([(stream, number, draw(parts)), *replaced]))
    rows[stream, seq] = row_id
    hlc = draw(st.integers(0, LATEST_CLOCK - 1))
    at = draw(st.just(hlc >> 16) | st.integers(0, LATEST_MOMENT - 1))
    author = draw(st.none() | st.sampled_from([b"a" * 16, b"b" * 16]))
    table = draw(st.sampled_from(["person", "visit", "of a later version"]))
    kind = draw(st.sampled_from(["known", "known", "known", "newer", "scrubbed"]))
    if kind == "scrubbed":
        return OpRecord(seq, hlc, at, author, table, row_id, None, None, draw(st.binary(min_size=32, max_size=32)))
    body = encode([draw(cells), replaced]) if kind == "known" else draw(newer_bodies)
    if kind == "newer":
        _stays_in_its_row(body, rows, stream, seq)
    salt = draw(st.binary(min_size=8, max_size=8))
    return OpRecord(seq, hlc, at, author, table, rows[stream, seq], salt, body, None)


def _stays_in_its_row(body: bytes, rows: dict[tuple[bytes, int], bytes], stream: bytes, seq: int) -> None:
    """A newer body that happens to be one of today's replaces only versions of its own row, as all do."""
    try:
        _cells, replaced = msgspec.msgpack.decode(body)
        other, number, _part = replaced[0]
    except (ValueError, TypeError, LookupError):
        return
    if other == stream and (stream, number) in rows:
        rows[stream, seq] = rows[stream, number]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_every_batch_comes_back_to_the_byte(history: tuple[OpBatch, dict[tuple[bytes, int], bytes]]) -> None:
    batch, rows = history
    packed = pack(batch)
    again = unpack(packed, lambda stream, seq: rows.get((stream, seq)))
    assert again == batch
    assert pack(again) == packed


def _op(seq: int, said: object = None, **changes: Any) -> OpRecord:  # noqa: ANN401 - any field
    op = OpRecord(
        seq,
        seq << 20,
        seq << 4,
        b"a" * 16,
        "person",
        seq.to_bytes(16),
        b"salt" * 2,
        encode(said or [{"a": seq}, []]),
        None,
    )
    return op._replace(**changes)


def _batch(*ops: OpRecord) -> OpBatch:
    return OpBatch((StreamOps(_STREAMS[0], UUID(int=5), bytes(32), ops, bytes(64)),), {_STREAMS[0]: ops[-1].seq})


def test_an_empty_batch_comes_back() -> None:
    assert unpack(pack(OpBatch(())), NOWHERE) == OpBatch(())
    assert unpack(pack(OpBatch((), {b"8 bytes!": 3})), NOWHERE) == OpBatch((), {b"8 bytes!": 3})


def test_rows_are_asked_for_where_they_are_not_in_the_batch() -> None:
    op = _op(9, [{"a": 1}, [(_STREAMS[0], 4, None)]])
    packed = pack(_batch(op))
    known = {(_STREAMS[0], 4): op.row_id}
    assert unpack(packed, lambda stream, seq: known.get((stream, seq))) == _batch(op)
    with pytest.raises(PackingError, match="missing"):
        unpack(packed, NOWHERE)


@pytest.mark.parametrize(
    "op",
    [
        _op(1, salt=None),
        _op(1, salt=b"short"),
        _op(1, row_id=b"short"),
        _op(1, body=None, salt=None, body_hash=None),
        _op(1, body=None, salt=None, body_hash=b"short"),
        _op(1, hlc=-1),
        _op(1, hlc=LATEST_CLOCK),
        _op(1, at=-1),
        _op(1, at=LATEST_MOMENT),
    ],
)
def test_what_no_reader_would_take_is_not_packed(op: OpRecord) -> None:
    with pytest.raises(PackingError):
        pack(_batch(op))


def test_a_gap_is_not_packed() -> None:
    with pytest.raises(PackingError):
        pack(_batch(_op(1), _op(3)))


# the fields of a packed batch and of a block, in their order
_VECTOR, _PARTS, _SHAPES, _COLUMNS, _BLOCKS = 1, 3, 4, 5, 6
_STREAM, _FIRST, _HLC, _AT, _SHAPE, _COUNTS, _SALTS = 0, 2, 4, 5, 7, 8, 9
_HIGH, _LOW, _OTHERS, _SEQS, _PART, _SIGNATURE = 11, 12, 13, 14, 15, 16


def _altered(change: Callable[[Any], object]) -> bytes:
    update = _op(2, [{"b": 1}, [(_STREAMS[0], 1, None)]], row_id=_op(1).row_id)
    packed = msgspec.msgpack.decode(pack(_batch(_op(1), update, _op(3))))
    change(packed)
    return encode(packed)


def _set(*path: int, to: object) -> Callable[[Any], None]:
    def change(packed: Any) -> None:  # noqa: ANN401 - what MessagePack holds
        for place in path[:-1]:
            packed = packed[place]
        packed[path[-1]] = to

    return change


def _add_version(packed: Any) -> None:  # noqa: ANN401 - what MessagePack holds
    for field in (_OTHERS, _SEQS, _PART):
        packed[_BLOCKS][0][field].append(0)


@pytest.mark.parametrize(
    "change",
    {
        "a stream that is not there": _set(_BLOCKS, 0, _STREAM, to=7),
        "a stream counted from the end": _set(_BLOCKS, 0, _STREAM, to=-1),
        "a number below one": _set(_BLOCKS, 0, _FIRST, to=0),
        "a number beyond all": _set(_BLOCKS, 0, _FIRST, to=2**63),
        "a clock before all times": _set(_BLOCKS, 0, _HLC, to=[-5, 6, 7]),
        "a clock beyond all times": _set(_BLOCKS, 0, _HLC, to=[2**62, 6, 7]),
        "clocks that add up beyond": _set(_BLOCKS, 0, _HLC, to=[2**61, 2**61, 7]),
        "a moment before 1970": _set(_BLOCKS, 0, _AT, to=[-17, 0, 0]),
        "a moment beyond all times": _set(_BLOCKS, 0, _AT, to=[0, 2**46, 0]),
        "a moment too few": _set(_BLOCKS, 0, _AT, to=[0, 0]),
        "a shape that is not there": _set(_BLOCKS, 0, _SHAPE, to=[0, 1, 2]),
        "another mark for a shape": _set(_SHAPES, 0, 1, to=2),
        "names that are numbers": _set(_SHAPES, 0, 1, to=[1]),
        "a name too many": _set(_SHAPES, 0, 1, to=["a", "b"]),
        "a long name": _set(_SHAPES, 0, 1, to=["a" * 65]),
        "a column too many": _set(_COLUMNS, 0, to=[[1, 3], [1, 3]]),
        "a column too short": _set(_COLUMNS, 0, to=[[1]]),
        "a column too long": _set(_COLUMNS, 0, to=[[1, 3, 5]]),
        "a column that is a number": _set(_COLUMNS, 0, to=[5]),
        "shapes without columns": _set(_COLUMNS, to=[]),
        "more columns than shapes": _set(_COLUMNS, to=[[[1, 3]], [[1]], []]),
        "lists of different length": _set(_BLOCKS, 0, _COUNTS, to=[0, 1]),
        "no ops": _set(_BLOCKS, 0, to=[0, b"i" * 16, 1, bytes(32), *[[]] * 5, b"", b"", [], b"", *[[]] * 3, bytes(64)]),
        "half a signature": _set(_BLOCKS, 0, _SIGNATURE, to=bytes(32)),
        "no signature": lambda packed: packed[_BLOCKS][0].pop(),
        "half a salt": _set(_BLOCKS, 0, _SALTS, to=bytes(20)),
        "a salt too few": _set(_BLOCKS, 0, _SALTS, to=bytes(16)),
        "a salt too many": _set(_BLOCKS, 0, _SALTS, to=bytes(32)),
        "a row too many": _set(_BLOCKS, 0, _LOW, to=bytes(24)),
        "rows of which nothing is known": _set(_BLOCKS, 0, _HIGH, to=[]),
        "a version too many": _add_version,
        "a version of which nothing is known": _set(_BLOCKS, 0, _COUNTS, to=[0, 5, 0]),
        "a version that is the op itself": _set(_BLOCKS, 0, _SEQS, to=[0]),
        "a version that comes later": _set(_BLOCKS, 0, _SEQS, to=[-1]),
        "a version of op zero": _set(_BLOCKS, 0, _SEQS, to=[2]),
        "a part that is not there": _set(_BLOCKS, 0, _PART, to=[1]),
        "a vector of more streams": _set(_VECTOR, to=[3, 4]),
        "a vector that goes back": _set(_VECTOR, to=[-1]),
        "a stream twice": _set(0, to=[_STREAMS[0]] * 2),
        "a block twice": lambda packed: packed[_BLOCKS].append(packed[_BLOCKS][0]),
        "a field too many": lambda packed: packed.append(1),
        "a field too many in a block": lambda packed: packed[_BLOCKS][0].append(1),
        "a field too few": lambda packed: packed.pop(),
    }.items(),
    ids=lambda item: item[0],
)
def test_altered_batches_are_refused(change: tuple[str, Callable[[Any], object]]) -> None:
    with pytest.raises(PackingError):
        unpack(_altered(change[1]), NOWHERE)


def test_the_batch_that_is_altered_is_sound() -> None:
    assert len(unpack(_altered(lambda _: None), NOWHERE)) == 3


def test_a_whole_body_that_could_be_taken_apart_is_refused() -> None:
    """Its row would be lost when it is packed again, and honest hubs could pass nothing on any more."""
    packed = msgspec.msgpack.decode(pack(_batch(_op(1, body=b"\xc1"))))
    packed[_COLUMNS][0] = [[encode([{"a": 1}, [(_STREAMS[0], 1, None)]])]]
    with pytest.raises(PackingError, match="taken apart"):
        unpack(encode(packed), NOWHERE)


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.recursive(values, lambda of: st.lists(of, max_size=15)).map(encode))
def test_anything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(PackingError):
        unpack(raw, NOWHERE)


def _rich() -> bytes:
    ops = [_op(seq, [{"a": seq, "b": "نص", "c": None}, []]) for seq in range(1, 20)]
    ops += [
        _op(seq, [{"a": seq}, [(_STREAMS[0], seq - 19, ["a"])]], row_id=ops[seq - 20].row_id) for seq in range(20, 39)
    ]
    ops += [_op(39, body=b"\xc1"), _op(40, body=None, salt=None, body_hash=bytes(32))]
    return pack(_batch(*ops))


def _mutate(times: int, mutation: Mutation) -> None:
    packed = _rich()
    rows = {seq: seq.to_bytes(16) for seq in range(100)}
    for _ in range(times):
        altered = mutation.apply(packed)
        try:
            batch = unpack(altered, lambda _stream, seq: rows.get(seq))
        except PackingError:
            continue
        # what was altered into another batch must be one to the byte as well
        assert unpack(pack(batch), lambda _stream, seq: rows.get(seq)) == batch


def test_mutations_never_raise_anything_else(mutation: Mutation) -> None:
    _mutate(20_000, mutation)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_million_mutations_never_raise_anything_else(tell: Tell) -> None:
    times = amount("MUTATIONS")
    _mutate(times, Mutation(new_dice(tell)))
    tell(f"{times} mutations of packed ops, each read or refused")


def test_a_batch_holds_so_many_ops_and_values(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_OPS >= 4 * 5 * 36_000, "four hubs of five years fit"
    batch = _batch(*(_op(seq, [{"a": 1, "b": 2}, []]) for seq in range(1, 6)))
    packed = pack(batch)
    for limit, most in (("MOST_OPS", 5), ("MOST_VALUES", 10)):
        monkeypatch.setattr(f"app.sync.packing.{limit}", most)
        assert unpack(pack(batch), NOWHERE) == batch
        monkeypatch.setattr(f"app.sync.packing.{limit}", most - 1)
        with pytest.raises(PackingError, match="more than a batch may hold"):
            pack(batch)
        with pytest.raises(PackingError, match="more than a batch may hold"):
            unpack(packed, NOWHERE)
        monkeypatch.undo()
