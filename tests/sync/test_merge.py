"""Merging against a model that keeps no state: what survives is worked out anew from the whole set of ops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.sync.merge import ERASED, Change, Dot, Known, Rank, Row, RowKey, Value, disputed, merge

DEFAULTS: Mapping[str, Mapping[str, Value]] = {
    "person": {"name": "", "phone": "", "adult": False, "born": None, ERASED: False},
    "tag": {"count": 0},
}
_LATER = "later"
"""A cell, and a table, of a later version."""
_STREAMS = {n: bytes([9 - n]) * 8 for n in (1, 2, 3)}
ROWS: tuple[RowKey, ...] = (("person", b"a" * 16), ("person", b"b" * 16), ("tag", b"c" * 16), (_LATER, b"d" * 16))

values = st.sampled_from(["", "x", "y", None, 0, 1, True, False, b"x", b"sealed"])


@dataclass(frozen=True)
class Op:
    change: Change
    rank: Rank
    seen: frozenset[Dot]


# the model ----------------------------------------------------------------------------------------------------------


def survivors(ops: Iterable[Op], key: RowKey, cell: str) -> list[Op]:
    """The ops whose value of a cell nobody who had seen it wrote over, highest rank first."""
    of_row = [op for op in ops if op.change.key == key]
    erased = [op for op in of_row if op.change.cells.get(ERASED) is True]
    if erased and key[0] in DEFAULTS:
        return sorted(erased, key=lambda op: op.rank, reverse=True)
    writers = [op for op in of_row if not op.change.replaced or cell in op.change.cells]
    gone = {
        dot
        for op in of_row
        for dot, cells in op.change.replaced
        if cell in op.change.cells and (cells is None or cell in cells)
    }
    return sorted([op for op in writers if op.change.dot not in gone], key=lambda op: op.rank, reverse=True)


def said(op: Op, cell: str) -> Value:
    return op.change.cells.get(cell, DEFAULTS[op.change.key[0]].get(cell))


def expected(ops: list[Op]) -> dict[RowKey, tuple[dict[str, Value], dict[str, list[Dot]], set[str]]]:
    """By row: values shown, versions of each cell, and cells in dispute."""
    rows = {}
    for key in {op.change.key for op in ops if op.change.key[0] in DEFAULTS}:
        left = {cell: survivors(ops, key, cell) for cell in (*DEFAULTS[key[0]], _LATER)}
        shown = {cell: said(left[cell][0], cell) for cell in DEFAULTS[key[0]]}
        erased = shown.get(ERASED) is True
        several = {cell for cell in shown if len({(type(said(op, cell)), said(op, cell)) for op in left[cell]}) > 1}
        dots = {cell: [op.change.dot for op in versions] for cell, versions in left.items()}
        rows[key] = (shown, dots, set() if erased else several)
    return rows


# histories ----------------------------------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn, *, erasing: bool) -> list[Op]:
    """Three installations write rows and hear of each other now and then; ops in the order of their making."""
    ops: list[Op] = []
    view: dict[int, list[Op]] = {n: [] for n in _STREAMS}
    clock = dict.fromkeys(_STREAMS, 0)
    for _ in range(draw(st.integers(1, 14))):
        n = draw(st.sampled_from(list(_STREAMS)))
        if draw(st.integers(0, 3)) == 0:
            other = draw(st.sampled_from(list(_STREAMS)))
            view[n] += [op for op in view[other] if op not in view[n]]
            clock[n] = max(clock[n], clock[other])
            continue
        key = draw(st.sampled_from(ROWS))
        names = [*DEFAULTS.get(key[0], {}), _LATER]
        mine = [op for op in view[n] if op.change.key == key]
        if any(op.change.cells.get(ERASED) is True for op in mine):
            continue
        cells = draw(st.dictionaries(st.sampled_from([name for name in names if name != ERASED]), values, max_size=3))
        if erasing and key[0] == "person" and draw(st.integers(0, 5)) == 0:
            cells |= {ERASED: True}
        replaced: dict[Dot, set[str]] = {}
        for cell in cells if mine else ():
            for op in survivors(mine, key, cell):
                replaced.setdefault(op.change.dot, set()).add(cell)
        if mine and not cells:
            continue
        # a jump of the clock, in either direction as seen by the others, changes nothing about what was seen
        clock[n] += draw(st.sampled_from([1, 1, 1000]))
        dot = (n, sum(op.change.dot[0] == n for op in ops) + 1)
        versions = tuple(
            (replaced_dot, None if of == set(cells) and draw(st.sampled_from([True, False])) else frozenset(of))
            for replaced_dot, of in replaced.items()
        )
        op = Op(
            Change(dot, key, cells, versions),
            (clock[n], _STREAMS[n], dot[1]),
            frozenset(seen.change.dot for seen in view[n]),
        )
        ops.append(op)
        view[n].append(op)
    return ops


@st.composite
def orders(draw: st.DrawFn, ops: list[Op]) -> list[Op]:
    """Some order in which each op comes after all that its writer had seen."""
    left, done = list(ops), []
    while left:
        ready = [op for op in left if not any(other.change.dot in op.seen for other in left)]
        chosen = draw(st.sampled_from(ready))
        left.remove(chosen)
        done.append(chosen)
    return done


def run(ops: list[Op], cuts: Iterable[int] = ()) -> dict[RowKey, Row]:
    """Merge ops, in several goes that are cut where told; between them the rows are in the store."""
    by_dot = {op.change.dot: op for op in ops}
    known = Known(DEFAULTS, lambda dot: by_dot[dot].rank, lambda dot, cell: said(by_dot[dot], cell))
    rows: dict[RowKey, Row] = {}
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(ops)], strict=True):
        before = {key: dict(row.values) for key, row in rows.items()}
        rows = {key: Row(row.made, row.cells, _loaded(row), stored=True) for key, row in rows.items()}
        merge(rows, [op.change for op in ops[start:end]], known)
        for key, row in rows.items():
            assert row.stored == (key in before)
            changed = {
                cell for cell, value in row.values.items() if key in before and not _same(value, before[key][cell])
            }
            assert not row.stored or changed <= row.written, "what has changed is written"
            row.values = before.get(key, {}) | row.values
    return rows


def _loaded(row: Row) -> dict[str, Value]:
    """What is read of a row that is in the store."""
    return {ERASED: row.values[ERASED]} if ERASED in row.values else {}


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def check(ops: list[Op], rows: dict[RowKey, Row]) -> None:
    by_dot = {op.change.dot: op for op in ops}
    wanted = expected(ops)
    assert set(rows) == set(wanted)
    for key, (shown, dots, several) in wanted.items():
        row = rows[key]
        assert {cell: (type(value), value) for cell, value in row.values.items()} == {
            cell: (type(value), value) for cell, value in shown.items()
        }
        assert {cell: row.dots(cell) for cell in dots} == dots
        if shown.get(ERASED) is not True:
            assert disputed(row, DEFAULTS[key[0]], lambda dot, cell: said(by_dot[dot], cell)) == several


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_order_gives_what_the_model_gives(data: st.DataObject) -> None:
    ops = data.draw(histories(erasing=False))
    for _ in range(2):
        order = data.draw(orders(ops))
        cuts = data.draw(st.lists(st.integers(0, len(ops)), max_size=3))
        check(ops, run(order, cuts))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_order_gives_what_the_model_gives_with_erasures(data: st.DataObject) -> None:
    ops = data.draw(histories(erasing=True))
    for _ in range(2):
        order = data.draw(orders(ops))
        cuts = data.draw(st.lists(st.integers(0, len(ops)), max_size=3))
        check(ops, run(order, cuts))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_ops_taken_in_twice_change_nothing(data: st.DataObject) -> None:
    ops = data.draw(histories(erasing=True))
    # the log drops what it has; where a part comes again all the same, it must do no harm
    rows = run(ops)
    by_dot = {op.change.dot: op for op in ops}
    known = Known(DEFAULTS, lambda dot: by_dot[dot].rank, lambda dot, cell: said(by_dot[dot], cell))
    last = [op for op in ops if not any(op.change.dot in other.seen for other in ops)]
    merge(rows, [op.change for op in last], known)
    check(ops, rows)


# by hand ------------------------------------------------------------------------------------------------------------

_KEY = ROWS[0]


def _op(n: int, seq: int, clock: int, cells: dict[str, Value], *replaced: Dot) -> Op:
    return Op(
        Change((n, seq), _KEY, cells, tuple((dot, None) for dot in replaced)), (clock, _STREAMS[n], seq), frozenset()
    )


def test_one_after_the_other_is_no_dispute() -> None:
    ops = [_op(1, 1, 1, {"name": "a"}), _op(2, 1, 2, {"name": "b"}, (1, 1)), _op(1, 2, 3, {"name": "c"}, (2, 1))]
    row = run(ops)[_KEY]
    assert row.values["name"] == "c"
    check(ops, {_KEY: row})


@pytest.mark.parametrize(
    ("one", "other", "several"), [("b", "c", {"name"}), ("b", "b", set()), (1, True, {"name"}), (0, None, {"name"})]
)
def test_at_the_same_time(one: Value, other: Value, several: set[str]) -> None:
    ops = [_op(1, 1, 1, {}), _op(2, 1, 5, {"name": one}, (1, 1)), _op(3, 1, 4, {"name": other}, (1, 1))]
    row = run(ops)[_KEY]
    assert _same(row.values["name"], one), "the later one is shown"
    told = {(2, 1): one, (3, 1): other}
    assert disputed(row, DEFAULTS["person"], lambda dot, cell: told.get(dot) if cell == "name" else None) == several


def test_the_same_row_made_twice() -> None:
    ops = [_op(1, 1, 1, {"name": "a"}), _op(2, 1, 2, {"name": "b"}), _op(1, 2, 3, {"phone": "1"}, (1, 1))]
    for order in (ops, [ops[1], ops[0], ops[2]], [ops[0], ops[2], ops[1]]):
        check(ops, run(order))
    assert run(ops)[_KEY].values["phone"] == "1"


def test_a_clock_years_ahead_beats_nobody_who_saw_it() -> None:
    ops = [_op(1, 1, 10**18, {"name": "a"}), _op(2, 1, 3, {"name": "b"}, (1, 1))]
    assert run(ops)[_KEY].values["name"] == "b"


def test_a_settlement_ends_a_dispute() -> None:
    ops = [
        _op(1, 1, 1, {}),
        _op(2, 1, 5, {"name": "b"}, (1, 1)),
        _op(3, 1, 4, {"name": "c"}, (1, 1)),
        _op(1, 2, 2, {"name": "c"}, (2, 1), (3, 1)),
    ]
    row = run(ops)[_KEY]
    assert (row.values["name"], row.dots("name")) == ("c", [(1, 2)])
    check(ops, {_KEY: row})


def test_what_is_written_before_it_is_made_is_refused() -> None:
    with pytest.raises(LookupError):
        run([_op(1, 2, 2, {"name": "b"}, (1, 1))])
