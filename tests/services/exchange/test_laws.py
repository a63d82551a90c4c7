"""The laws of exchange (sync.md, section 5) over any history, against a model that knows nothing of bundles."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule, run_state_machine_as_test

from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import NotFoundError
from app.services import counters, people, visits
from app.services.exchange import receiving, settling
from app.services.exchange.overview import overview
from app.services.visits import AlreadyHereError
from app.storage.backup import restore
from tests.factories import MINUTE, YEAR
from tests.services.exchange.network import CODES, Site, copy_network, digests_differ, exchange_all
from tests.soak import amount

FIELDS = ("name", "contact", "nationality")
VALUES = {
    "name": st.sampled_from(["Awa Diop", "محمد العلوي", "N'Guessan Aya", "José Núñez", "Awa DIOP"]),
    "contact": st.sampled_from(["", "appeler", "whatsapp 😀", "écrire"]),
    "nationality": st.sampled_from(["SN", "MA", "CI", ""]),
}
Cell = tuple[UUID, str]


@dataclass(frozen=True)
class Write:
    """One acknowledged write of a cell: its value, and the writes that its author had before their eyes."""

    number: int
    cell: Cell
    value: str
    replaced: frozenset[int]


@dataclass
class Model:
    """What an installation knows, as a set of writes: exchange is union, and nothing else."""

    known: set[int] = field(default_factory=set)

    def current(self, cell: Cell, writes: dict[int, Write]) -> list[Write]:
        """The writes of a cell that no known write has replaced."""
        mine = [writes[number] for number in self.known if writes[number].cell == cell]
        gone = {number for write in mine for number in write.replaced}
        return [write for write in mine if write.number not in gone]


class Exchange(RuleBasedStateMachine):
    """People write at several hubs, bundles get lost, doubled and late, clocks are wrong, backups come back."""

    template: ClassVar[Path]
    count: ClassVar[int] = 3

    persons: Bundle[PersonId] = Bundle("persons")
    files: Bundle[tuple[bytes, int, frozenset[int]]] = Bundle("files")
    backups: Bundle[tuple[int, Path, frozenset[int]]] = Bundle("backups")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wasl-laws-"))
        self.sites: list[Site] = copy_network(self.template, self.folder, CODES[: self.count])
        self.models = [Model() for _site in self.sites]
        self.writes: dict[int, Write] = {}
        self.made = 0
        self.carried: dict[str, frozenset[int]] = {}

    sites_ = st.integers(0, 3)

    @rule(at=sites_, name=VALUES["name"], target=persons)
    def add_person(self, at: int, name: str) -> PersonId:
        site, model = self._site(at)
        made = site.hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id
        shown = site.hub.read(lambda uow: people.show(made, uow)).person
        for cell_name in FIELDS:
            self._note(model, (made, cell_name), str(getattr(shown, cell_name)), frozenset())
        return made

    @rule(at=sites_, person=persons, data=st.data(), name=st.sampled_from(FIELDS))
    def edit(self, at: int, person: PersonId, data: st.DataObject, name: str) -> None:
        site, model = self._site(at)
        value = data.draw(VALUES[name])
        before = model.current((person, name), self.writes)
        try:
            shown = str(getattr(site.hub.read(lambda uow: people.show(person, uow)).person, name))
        except NotFoundError:
            assert not before
            return
        assert shown in {write.value for write in before}
        site.hub.write(lambda uow: people.edit(person, self._fields(name, value), uow))
        after = str(getattr(site.hub.read(lambda uow: people.show(person, uow)).person, name))
        if after != shown:
            seen = frozenset(write.number for write in before if write.value == shown)
            self._note(model, (person, name), after, seen)

    @rule(at=sites_, person=st.one_of(st.none(), persons), leave=st.booleans())
    def visit(self, at: int, person: PersonId | None, leave: bool) -> None:
        site, _model = self._site(at)
        counter = site.hub.read(counters.list_counters)[0].id
        try:
            logged = site.hub.write(lambda uow: visits.log(LogVisit(person, counter), uow)).value
        except (AlreadyHereError, NotFoundError):
            return
        if leave:
            site.hub.write(lambda uow: visits.check_out(logged.id, uow))

    @rule(at=sites_, data=st.data())
    def settle(self, at: int, data: st.DataObject) -> None:
        site, model = self._site(at)
        found = [item for item in site.disputes() if item.field in FIELDS]
        if not found:
            return
        chosen = data.draw(st.sampled_from(found))
        side = data.draw(st.integers(0, len(chosen.sides) - 1))
        before = model.current((chosen.row_id, chosen.field), self.writes)
        site.hub.write(lambda uow: settling.settle_side(chosen.id, side, uow))
        seen = frozenset(write.number for write in before)
        self._note(model, (chosen.row_id, chosen.field), str(chosen.sides[side].value), seen)

    @rule(at=sites_, target=files)
    def export(self, at: int) -> tuple[bytes, int, frozenset[int]]:
        site, model = self._site(at)
        return site.export(), at % self.count, frozenset(model.known)

    @rule(at=sites_, bundle=files)
    def take_in(self, at: int, bundle: tuple[bytes, int, frozenset[int]]) -> None:
        content, sender, known = bundle
        site, model = self._site(at)
        if at % self.count == sender:
            return
        waiting = self._waiting(site)
        before = site.hub.digest()
        expected = site.hub.read(lambda uow: receiving.preview(content, uow))
        assert site.hub.digest() == before
        done = site.take_in(content)
        assert (done.ops_new, done.conflicts, done.waits) == (expected.ops_new, expected.conflicts, expected.waits)
        self.carried[done.bundle_id] = known
        if not done.waits and not done.known:
            model.known |= known
        for released in waiting - self._waiting(site):
            model.known |= self.carried[released]
        assert site.take_in(content).ops_new == 0

    @rule(bundle=consumes(files))
    def lose(self, bundle: tuple[bytes, int, frozenset[int]]) -> None:
        """A stick falls into the sea."""

    @rule(at=sites_, by=st.sampled_from([MINUTE, 10 * YEAR, -10 * YEAR, 0, -MINUTE]))
    def set_clock(self, at: int, by: int) -> None:
        site, _model = self._site(at)
        site.clock.moment += by

    @rule(at=sites_)
    def restart(self, at: int) -> None:
        self._site(at)[0].reopen()

    @rule(at=sites_, target=backups)
    def back_up(self, at: int) -> tuple[int, Path, frozenset[int]]:
        site, model = self._site(at)
        self.made += 1
        path = site.hub.back_up(self.folder / f"backup-{self.made}")
        return at % self.count, path, frozenset(model.known)

    @rule(backup=consumes(backups))
    def restore_backup(self, backup: tuple[int, Path, frozenset[int]]) -> None:
        at, path, known = backup
        site = self.sites[at]
        site.hub.close()
        anchor = site.paths.anchor.read_bytes()
        shutil.rmtree(site.paths.folder)
        restore(path, site.paths)
        site.paths.anchor.write_bytes(anchor)
        site.reopen()
        self.models[at].known = set(known)

    def teardown(self) -> None:
        if not hasattr(self, "sites"):
            return
        try:
            self._converge()
        finally:
            for site in self.sites:
                site.hub.close()
            shutil.rmtree(self.folder)

    def _converge(self) -> None:
        exchange_all(self.sites)
        union = set().union(*(model.known for model in self.models))
        everything = Model(union)
        assert not digests_differ(self.sites)
        cells = {write.cell for number, write in self.writes.items() if number in union}
        wanted = {cell: {write.value for write in everything.current(cell, self.writes)} for cell in cells}
        for site in self.sites:
            assert site.hub.check() == []
            disputed = {
                (item.row_id, item.field): {str(side.value) for side in item.sides}
                for item in site.disputes()
                if item.field in FIELDS
            }
            assert disputed == {cell: values for cell, values in wanted.items() if len(values) > 1}
            for (person, name), values in wanted.items():
                shown = site.hub.read(lambda uow, person=person: people.show(PersonId(person), uow)).person  # type: ignore[misc]
                assert str(getattr(shown, name)) in values

    @staticmethod
    def _waiting(site: Site) -> set[str]:
        return {item.bundle_id for item in site.hub.read(overview).waiting}

    def _site(self, at: int) -> tuple[Site, Model]:
        return self.sites[at % self.count], self.models[at % self.count]

    def _note(self, model: Model, cell: Cell, value: str, replaced: frozenset[int]) -> None:
        number = len(self.writes)
        self.writes[number] = Write(number, cell, value, replaced)
        model.known.add(number)

    @staticmethod
    def _fields(name: str, value: str) -> dict[str, object]:
        return {name: value}


def _run(template: Path, count: int, examples: int, steps: int) -> None:
    machine = type("Machine", (Exchange,), {"template": template, "count": count})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            print_blob=True,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes; the seed is printed
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )


@pytest.mark.parametrize("count", [2, 3])
def test_any_history_ends_alike_and_loses_nothing(network_template: Path, count: int) -> None:
    _run(network_template, count, examples=12, steps=25)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_any_long_history_ends_alike_and_loses_nothing(network_template: Path) -> None:
    _run(network_template, 4, examples=amount("HISTORIES"), steps=80)
