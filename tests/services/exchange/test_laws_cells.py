"""Laws 1 to 7 over any cells: several tables with foreign keys, NULL, any Unicode, decimals, two to five installations.

The model knows nothing of bundles, clocks or rows: a write replaces the writes that its author had before their eyes.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule, run_state_machine_as_test

from app.storage import disputes, oplog, schema
from app.storage.unit_of_work import UnitOfWork
from tests.factories import MINUTE, YEAR
from tests.services.exchange.network import FIVE, Site, copy_network, digests_differ, exchange_all
from tests.services.exchange.test_laws import Model, Write
from tests.soak import amount

TEXTS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "00",
        "1.0",
        "1.00",
        "12.50",
        "12,50",
        "1e3",
        "-0",
        "NULL",
        "None",
        "true",
        "'; --",
        "%_\\",
        "a" * 300,
    ]
) | st.text(max_size=12)
"""Decimals are text: what a column might take for a number must stay as it was written."""
MOMENTS = st.sampled_from([0, -1, 1, 2**53 + 1, 2**63 - 1]) | st.integers(-(2**63) + 1, 2**63 - 1)
TABLES = ("person", "consent", "visit", "paper", "place")
Row = tuple[str, UUID]
File = tuple[bytes, int, frozenset[int]]


@dataclass(frozen=True)
class Cell:
    """A cell that people may write in any table, and what may stand in it."""

    table: str
    name: str
    values: st.SearchStrategy[object]


def _cells() -> list[Cell]:
    found = []
    for name in TABLES:
        table = schema.SYNCED[name]
        for cell in oplog.cells_of(table):
            column = table.c[cell]
            if cell in {"erased", "group_id"} or column.foreign_keys:
                continue
            values: st.SearchStrategy[object] = TEXTS
            if isinstance(column.type, sa.Boolean):
                values = st.booleans()
            elif isinstance(column.type, sa.Integer):
                values = MOMENTS
            elif isinstance(column.type, sa.LargeBinary):
                values = st.binary(max_size=40)
            found.append(Cell(name, str(cell), st.none() | values if column.nullable else values))
    return found


CELLS = _cells()


class AnyCells(RuleBasedStateMachine):
    """Rows are made that point to each other, cells are written, bundles get lost, doubled and late, clocks are off."""

    template: ClassVar[Path]
    codes: ClassVar[tuple[str, ...]]

    rows: Bundle[Row] = Bundle("rows")
    files: Bundle[File] = Bundle("files")
    sites_ = st.integers(0, 4)

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wasl-cells-"))
        # the last one hears of nothing until the end
        *self.sites, self.late = copy_network(self.template, self.folder, self.codes)
        self.models = [Model() for _site in self.sites]
        self.writes: dict[int, Write] = {}
        self.made: list[Row] = []

    @rule(at=sites_, name=st.sampled_from(TABLES), data=st.data(), target=rows)
    def make(self, at: int, name: str, data: st.DataObject) -> Row:
        site, model = self._site(at)
        table = schema.SYNCED[name]
        cells: dict[str, object] = {cell.name: data.draw(cell.values) for cell in CELLS if cell.table == name}

        def insert(uow: UnitOfWork) -> Row:
            for column in table.c:
                for key in column.foreign_keys:
                    cells[column.name] = self._target(key.column.table, uow, data, nullable=bool(column.nullable))
            return name, uow.insert(table, **cells)

        for needed, others in {"person": ("consent",), "visit": ("place",)}.items():
            if name in others and not self._here(site, needed):
                self.make(at, needed, data)
        made = site.hub.write(insert)
        self.made.append(made)
        shown = self._shown(site, made)
        for cell in CELLS:
            if cell.table == name:
                self._note(model, made, cell.name, frozenset(), shown[cell.name])
        self._look(site, model)
        return made

    @rule(at=sites_, row=rows, data=st.data())
    def write(self, at: int, row: Row, data: st.DataObject) -> None:
        site, model = self._site(at)
        name, row_id = row
        if row_id not in self._here(site, name):
            return
        chosen = data.draw(
            st.lists(st.sampled_from([cell for cell in CELLS if cell.table == name]), min_size=1, max_size=3)
        )
        before = self._shown(site, row)
        seen = {
            cell.name: frozenset(
                write.number
                for write in model.current((row_id, cell.name), self.writes)
                if write.value == before[cell.name]
            )
            for cell in chosen
        }
        values = {cell.name: data.draw(cell.values) for cell in chosen}
        site.hub.write(lambda uow: uow.update(schema.SYNCED[name], row_id, **values))
        after = self._shown(site, row)
        for cell in values:
            if after[cell] != before[cell]:
                self._note(model, row, cell, seen[cell], after[cell])

    @rule(at=sites_, data=st.data())
    def settle(self, at: int, data: st.DataObject) -> None:
        site, model = self._site(at)
        with site.hub._store.bare() as connection:
            found = disputes.list_disputes(connection)
        if not found:
            return
        chosen = found[data.draw(st.integers(0, len(found) - 1))]
        side = chosen.sides[data.draw(st.integers(0, len(chosen.sides) - 1))]
        seen = frozenset(write.number for write in model.current((chosen.row_id, chosen.cell), self.writes))
        site.hub.write(lambda uow: uow.settle(schema.SYNCED[chosen.table], chosen.row_id, chosen.cell, side.value))
        self._note(model, (chosen.table, chosen.row_id), chosen.cell, seen, _said(side.value))

    @rule(at=sites_, target=files)
    def export(self, at: int) -> File:
        site, model = self._site(at)
        return site.export(), at % len(self.sites), frozenset(model.known)

    @rule(at=sites_, file=files)
    def take_in(self, at: int, file: File) -> None:
        content, sender, known = file
        site, model = self._site(at)
        if at % len(self.sites) == sender:
            return
        done = site.take_in(content)
        assert not done.waits, "nobody lost anything here"
        model.known |= known
        assert site.take_in(content).ops_new == 0
        self._look(site, model)

    @rule(file=consumes(files))
    def lose(self, file: File) -> None:
        """It never arrives."""

    @rule(at=sites_, by=st.sampled_from([MINUTE, 10 * YEAR, -10 * YEAR, 0, -MINUTE]))
    def set_clock(self, at: int, by: int) -> None:
        self._site(at)[0].clock.moment += by

    def teardown(self) -> None:
        if not hasattr(self, "sites"):
            return
        try:
            exchange_all([*self.sites, self.late])
            union = Model(set().union(*(model.known for model in self.models)))
            assert not digests_differ([*self.sites, self.late])
            for site in (*self.sites, self.late):
                assert site.hub.check() == []
                self._look(site, union)
        finally:
            for site in (*self.sites, self.late):
                site.hub.close()
            shutil.rmtree(self.folder)

    def _look(self, site: Site, model: Model) -> None:
        """What is shown and what is in dispute is what the model says, in every cell."""
        with site.hub._store.bare() as connection:
            disputed = {
                (item.row_id, item.cell): {_said(side.value) for side in item.sides}
                for item in disputes.list_disputes(connection)
            }
        wanted: dict[tuple[UUID, str], set[str]] = {}
        for row in self.made:
            cells = {cell.name for cell in CELLS if cell.table == row[0]}
            current = {cell: model.current((row[1], cell), self.writes) for cell in cells}
            if not any(current.values()):
                continue
            shown = self._shown(site, row)
            for cell, writes in current.items():
                wanted[row[1], cell] = {write.value for write in writes}
                assert shown[cell] in wanted[row[1], cell]
        assert disputed == {cell: values for cell, values in wanted.items() if len(values) > 1}

    def _shown(self, site: Site, row: Row) -> dict[str, str]:
        table = schema.SYNCED[row[0]]
        with site.hub._store.bare() as connection:
            found = connection.execute(sa.select(table).where(table.c.id == row[1])).one()
        return {str(name): _said(oplog.plain(value)) for name, value in found._mapping.items()}

    def _target(self, table: sa.Table, uow: UnitOfWork, data: st.DataObject, *, nullable: bool) -> UUID | None:
        found: list[UUID | None] = list(uow.connection.scalars(sa.select(table.c.id).order_by(table.c.id)))
        choice = [None, *found] if nullable else found
        # by its place: ids differ from run to run, and what is drawn must not
        return choice[data.draw(st.integers(0, len(choice) - 1))]

    def _here(self, site: Site, name: str) -> set[UUID]:
        with site.hub._store.bare() as connection:
            return set(connection.scalars(sa.select(schema.SYNCED[name].c.id)))

    def _site(self, at: int) -> tuple[Site, Model]:
        return self.sites[at % len(self.sites)], self.models[at % len(self.sites)]

    def _note(self, model: Model, row: Row, cell: str, replaced: frozenset[int], value: str) -> None:
        number = len(self.writes)
        self.writes[number] = Write(number, (row[1], cell), value, replaced)
        model.known.add(number)


def _said(value: object) -> str:
    """A value as text that tells it apart from every other, whatever Python holds for equal."""
    return f"{type(value).__name__} {value!r}"


def _run(template: Path, codes: tuple[str, ...], examples: int, steps: int) -> None:
    machine = type("Machine", (AnyCells,), {"template": template, "codes": codes})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            print_blob=True,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_cells_end_alike_and_lose_nothing(network_template: Path) -> None:
    _run(network_template, ("RBT", "TNG", "OUJ"), examples=4, steps=20)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_any_cells_of_five_installations(five_template: Path) -> None:
    _run(five_template, FIVE, examples=amount("HISTORIES"), steps=60)
