"""Merging, the pure part: what ops from elsewhere make of the rows that are here.

Each cell is a multi-value register. A write replaces the versions that its writer saw; what it did not see stays
beside it. One of those left, the same everywhere, is the value that is shown: the one with the highest rank (hybrid
clock, then stream, then number). So the same set of ops gives the same rows in whatever order they came, as long as
each comes after what it replaces, which the caller sees to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

ERASED: Final = "erased"
"""The cell that nothing takes back: an op that sets it leaves a stub, and beats every write, also a later one."""
Dot = tuple[int, int]
"""A version: the local number of a stream, and the op's number in it."""
Value = None | bool | int | str | bytes
Rank = tuple[int, bytes, int]
RowKey = tuple[str, bytes]
"""Table and row id."""


@dataclass(slots=True)
class Row:
    """A row while it is merged. In each list of dots the first is that of the value shown.

    `made` are the versions of every cell that `cells` does not name. `values` are the values shown: all, of a row that
    was made just now; of one that was in the store before (`stored`), whether it is erased, and what is written.
    """

    made: list[Dot]
    cells: dict[str, list[Dot]]
    values: dict[str, Value]
    stored: bool
    written: set[str] = field(default_factory=set)

    def dots(self, cell: str) -> list[Dot]:
        """The versions of a cell."""
        return self.cells.get(cell, self.made)


class Change(NamedTuple):
    """An op to be merged: its dot, what it writes, and which dots it replaces in which of those cells (None: all).

    A named tuple, because it is made three times as fast as a frozen dataclass.
    """

    dot: Dot
    key: RowKey
    cells: Mapping[str, Value]
    replaced: tuple[tuple[Dot, frozenset[str] | None], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What merging asks of the store: the cells of each table with their defaults, ranks, and values of old versions.

    `value_of` is asked for a version that is shown again because the one that hid it was replaced by somebody who had
    not seen it.
    """

    defaults: Mapping[str, Mapping[str, Value]]
    rank_of: Callable[[Dot], Rank]
    value_of: Callable[[Dot, str], Value]


def merge(rows: dict[RowKey, Row], changes: Iterable[Change], known: Known) -> None:
    """Merge changes into rows, which must hold every row that they concern and that is in the store.

    Rows that the changes make are added. Changes of tables that this version does not know are passed over: their ops
    are kept, and merged once the tables are there.
    """
    for change in changes:
        defaults = known.defaults.get(change.key[0])
        if defaults is None:
            continue
        row = rows.get(change.key)
        if change.cells.get(ERASED) is True:
            _erase(rows, change, defaults, known)
        elif row is not None and row.values.get(ERASED) is True:
            continue
        elif change.replaced:
            if row is None:
                raise LookupError(f"{change.key[0]} {change.key[1].hex()} is written before it is made")
            _write(row, change, defaults, known)
        elif row is None:
            rows[change.key] = Row([change.dot], {}, _filled(change, defaults), stored=False)
        else:
            _make_again(row, change, defaults, known)


def disputed(row: Row, cells: Iterable[str], value_of: Callable[[Dot, str], Value]) -> set[str]:
    """Which of these cells of a row hold different values at once; equal values written twice are no dispute."""
    several = [cell for cell in cells if len(row.dots(cell)) > 1]
    return {cell for cell in several if len({_comparable(value_of(dot, cell)) for dot in row.dots(cell)}) > 1}


def _erase(rows: dict[RowKey, Row], change: Change, defaults: Mapping[str, Value], known: Known) -> None:
    """Leave the stub that the op describes, whatever was there; of several erasures the one of highest rank."""
    row = rows.get(change.key)
    stub = _filled(change, defaults)
    if row is None:
        rows[change.key] = Row([change.dot], {}, stub, stored=False)
        return
    erased = row.values.get(ERASED) is True
    if erased and change.dot in row.made:
        return
    row.made = _ranked([*row.made, change.dot], known) if erased else [change.dot]
    if row.made[0] == change.dot:
        row.cells, row.values = {}, stub
        row.written = set(stub)


def _filled(change: Change, defaults: Mapping[str, Value]) -> dict[str, Value]:
    """All cells of a row as an op makes it; those that this version does not know stay in the op."""
    if change.cells.keys() <= defaults.keys():
        return {**defaults, **change.cells}
    return {name: change.cells.get(name, default) for name, default in defaults.items()}


def _write(row: Row, change: Change, defaults: Mapping[str, Value], known: Known) -> None:
    """One op that writes cells of a row that is there."""
    dot = change.dot
    everywhere = [replaced for replaced, cells in change.replaced if cells is None]
    in_some = [(replaced, cells) for replaced, cells in change.replaced if cells is not None]
    for cell, value in change.cells.items():
        before = row.cells.get(cell, row.made)
        if before != everywhere:
            if dot in before:
                continue
            gone = {*everywhere, *(replaced for replaced, cells in in_some if cell in cells)}
            left = [other for other in before if other not in gone]
            if left:
                row.cells[cell] = _settle(row, cell, before, left, change, defaults, known)
                continue
        # the rule: whoever wrote had seen all there was
        row.cells[cell] = [dot]
        if cell in defaults:
            row.values[cell] = value
            row.written.add(cell)


def _make_again(row: Row, change: Change, defaults: Mapping[str, Value], known: Known) -> None:
    """One op that makes a row which somebody else has made too: all its cells stand beside those here."""
    if change.dot in row.made:
        return
    both = _ranked([*row.made, change.dot], known)
    for cell in defaults:
        before = row.dots(cell)
        dots = _settle(row, cell, before, before, change, defaults, known)
        if cell in row.cells:
            row.cells[cell] = dots
    for cell, dots in row.cells.items():
        if cell not in defaults:
            row.cells[cell] = _ranked([*dots, change.dot], known)
    row.made = both


def _settle(
    row: Row, cell: str, before: list[Dot], left: list[Dot], change: Change, defaults: Mapping[str, Value], known: Known
) -> list[Dot]:
    """Put a version beside those that are left of a cell, and show the one of highest rank."""
    dots = _ranked([*left, change.dot], known)
    if cell in defaults and dots[0] != before[0]:
        shown = change.cells.get(cell, defaults[cell]) if dots[0] == change.dot else known.value_of(dots[0], cell)
        row.values[cell] = shown
        row.written.add(cell)
    return dots


def _ranked(dots: list[Dot], known: Known) -> list[Dot]:
    return sorted(dots, key=known.rank_of, reverse=True)


def _comparable(value: Any) -> tuple[str, Any]:  # noqa: ANN401 - a cell's value
    # 1 and True are equal in Python, yet not the same value of a cell
    return type(value).__name__, value
