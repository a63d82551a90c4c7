"""Law 9 of exchange (sync.md, section 5) word by word: each history is lived through twice.

Once by offices of which some have the older program and get the newer one at any moment, once by offices that had the
newer one from the start. Clocks, ids and streams are the same, so both must end with the same digests.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.factories import MINUTE, START, YEAR
from tests.services.exchange.network import CODES
from tests.services.exchange.program import LATER, TODAY, Program, RefusedError

SITES: Final = CODES[:3]
REFUSED: Final = "refused"
_sites = st.sampled_from(SITES)
_moods = st.sampled_from(["calme", "gaie", "", "هادئ"])


@pytest.fixture(scope="module")
def programs() -> Iterator[tuple[Program, Program]]:
    with Program(TODAY) as today, Program(LATER) as later:
        yield today, later


@dataclass
class Network:
    """The same offices in one of the two lives: which program each has, and in which folder."""

    name: str
    folder: Path
    run: dict[str, Program] = field(default_factory=dict)

    def open(self, site: str, program: Program, moment: int) -> None:
        self.run[site] = program
        program.do("open_site", f"{self.name}-{site}", str(self.folder / site), moment)

    def close(self, site: str) -> int:
        return int(self.run[site].do("close_site", f"{self.name}-{site}"))

    def do(self, site: str, action: str, *args: object) -> Any:  # noqa: ANN401 - whatever the action returns
        try:
            return self.run[site].do(action, f"{self.name}-{site}", *args)
        except RefusedError:
            return REFUSED


class Versions(RuleBasedStateMachine):
    """People work with whatever program they have; now and then one of them gets the newer one."""

    template: ClassVar[Path]
    today: ClassVar[Program]
    later: ClassVar[Program]

    persons: Bundle[bytes] = Bundle("persons")
    hobbies: Bundle[bytes] = Bundle("hobbies")
    files: Bundle[tuple[str, bytes, bytes]] = Bundle("files")

    @initialize(newer=st.sets(_sites, max_size=2))
    def begin(self, newer: set[str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wasl-versions-"))
        self.steps = 0
        self.mixed, self.new = (Network(name, self.folder / name) for name in ("mixed", "new"))
        for network in (self.mixed, self.new):
            for site in SITES:
                shutil.copytree(self.template / site, network.folder / site)
        for site in SITES:
            self._seed()
            self.mixed.open(site, self.later if site in newer else self.today, START)
            self._seed(again=True)
            self.new.open(site, self.later, START)

    @rule(at=_sites, name=st.sampled_from(["Awa Diop", "محمد العلوي"]), mood=_moods, target=persons)
    def add_person(self, at: str, name: str, mood: str) -> bytes:
        return bytes(self._both(at, "add_person", name, mood if self._is_newer(at) else ""))

    @rule(at=_sites, person=persons, field_=st.sampled_from(["contact", "name"]), value=st.sampled_from(["Awa", "Ba"]))
    def edit(self, at: str, person: bytes, field_: str, value: str) -> None:
        self._both(at, "edit", person, field_, value)

    @rule(at=_sites, person=persons, mood=_moods)
    def write_mood(self, at: str, person: bytes, mood: str) -> None:
        if self._is_newer(at) and self._is_there(at, "person", person):
            self._both(at, "write_cell", "person", person, "mood", mood)

    @rule(at=_sites, person=persons, label=st.sampled_from(["chant", "رسم"]), target=hobbies)
    def add_hobby(self, at: str, person: bytes, label: str) -> bytes:
        if not self._is_newer(at) or not self._is_there(at, "person", person):
            return b""
        return bytes(self._both(at, "add_row", "hobby", {"person_id": person, "label": label}))

    @rule(at=_sites, hobby=hobbies, cell=st.sampled_from([("label", "danse"), ("deleted", True), ("deleted", False)]))
    def write_hobby(self, at: str, hobby: bytes, cell: tuple[str, object]) -> None:
        if hobby and self._is_newer(at) and self._is_there(at, "hobby", hobby):
            self._both(at, "write_cell", "hobby", hobby, *cell)

    @rule(at=_sites, hobby=hobbies, person=persons)
    def erase_hobby(self, at: str, hobby: bytes, person: bytes) -> None:
        if (
            hobby
            and self._is_newer(at)
            and all(self._is_there(at, table, row) for table, row in (("hobby", hobby), ("person", person)))
        ):
            self._both(at, "erase_hobby", hobby, person)

    @rule(at=_sites, number=st.integers(1, 3), mood=st.none() | _moods)
    def make_what_others_make_too(self, at: str, number: int, mood: str | None) -> None:
        """Some rows have ids that all agree on, so that several offices may make them."""
        row = bytes([number]) + bytes(5) + b"\x50" + bytes(9)
        if self._both(at, "cell", "person", row, "id") is None:
            hub = self._both(at, "own_hub")
            more = {"mood": mood} if mood is not None and self._is_newer(at) else {}
            self._both(at, "add_row", "person", {"hub_id": hub, "created_at": number, "name": at, **more}, row)

    @rule(at=_sites, person=persons)
    def erase_person(self, at: str, person: bytes) -> None:
        self._both(at, "erase_person", person)

    @rule(at=_sites, person=st.none() | persons)
    def visit(self, at: str, person: bytes | None) -> None:
        made = self._both(at, "visit", person)
        if made != REFUSED and self._is_newer(at):
            self._both(at, "write_cell", "visit", made, "rating", 5)

    @rule(at=_sites, which=st.integers(0, 5))
    def settle(self, at: str, which: int) -> None:
        self._both(at, "settle", which)

    @rule(at=_sites, target=files)
    def export(self, at: str) -> tuple[str, bytes, bytes]:
        return at, self.mixed.do(at, "export"), self.new.do(at, "export")

    @rule(at=_sites, file=files)
    def take_in(self, at: str, file: tuple[str, bytes, bytes]) -> None:
        sender, mixed, new = file
        if at != sender:
            brought, wanted = self.mixed.do(at, "take_in", mixed), self.new.do(at, "take_in", new)
            assert brought != REFUSED
            assert (brought[0], brought[2]) == (wanted[0], wanted[2])

    @rule(at=_sites, by=st.sampled_from([MINUTE, 10 * YEAR, -10 * YEAR]))
    def set_clock(self, at: str, by: int) -> None:
        self._both(at, "set_clock", by)

    @rule(at=_sites)
    def upgrade(self, at: str) -> None:
        for network, again in ((self.mixed, False), (self.new, True)):
            moment = network.close(at)
            self._seed(again=again)
            network.open(at, self.later, moment)

    def teardown(self) -> None:
        if not hasattr(self, "mixed"):
            return
        try:
            self._converge()
        finally:
            for network in (self.mixed, self.new):
                for site in network.run:
                    network.close(site)
            shutil.rmtree(self.folder)

    def _converge(self) -> None:
        for site in SITES:
            assert self._both(site, "check") == []
            self.upgrade(site)
        for _round in range(2):
            for sender in SITES:
                file = self.export(sender)
                for receiver in SITES:
                    self.take_in(receiver, file)
        wanted = self.new.do(SITES[0], "digest"), self.new.do(SITES[0], "disputes")
        for network in (self.mixed, self.new):
            for site in SITES:
                assert network.do(site, "check") == []
                assert (network.do(site, "digest"), network.do(site, "disputes")) == wanted
                assert network.do(site, "count_unread") == 0

    def _both(self, at: str, action: str, *args: object) -> Any:  # noqa: ANN401
        """Do the same in both lives; it has the same result."""
        self._seed()
        lived = self.mixed.do(at, action, *args)
        self._seed(again=True)
        assert self.new.do(at, action, *args) == lived
        return lived

    def _seed(self, *, again: bool = False) -> None:
        self.steps += not again
        for program in (self.today, self.later):
            program.do("seed", str(self.steps))

    def _is_newer(self, at: str) -> bool:
        return self.mixed.run[at] is self.later

    def _is_there(self, at: str, table: str, row: bytes) -> bool:
        return self.mixed.do(at, "cell", table, row, "erased") is False


def _run(template: Path, programs: tuple[Program, Program], examples: int, steps: int) -> None:
    today, later = programs
    machine = type("Machine", (Versions,), {"template": template, "today": today, "later": later})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            print_blob=True,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )


def test_mixed_versions_end_like_the_newest_alone(network_template: Path, programs: tuple[Program, Program]) -> None:
    _run(network_template, programs, examples=6, steps=25)


@pytest.mark.soak
def test_long_mixed_histories_end_like_the_newest_alone(
    network_template: Path, programs: tuple[Program, Program]
) -> None:
    _run(network_template, programs, examples=300, steps=60)
