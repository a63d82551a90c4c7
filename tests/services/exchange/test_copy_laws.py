"""Law 8 of exchange (sync.md, section 5): folders are copied and put back at any step, and nothing is ever lost by it.

No number of a stream stands for two contents in what any two offices hold in the end; what anybody wrote is there.
"""

import shutil
import tempfile
from itertools import combinations
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from app.domain.ids import PersonId
from app.errors import NotFoundError, UserError
from app.services.exchange import trust
from app.services.exchange.two_copies import TwoCopiesError
from tests.factories import MINUTE, YEAR
from tests.services.exchange.network import CODES, Site, copy_network, digests_differ
from tests.services.exchange.test_copies import add, copies, copy_of, edit, hashes, names

MOST = 5


class Copies(RuleBasedStateMachine):
    """Three offices; folders are copied, and both go on as the same office until somebody notices."""

    template: ClassVar[Path]
    persons: Bundle[PersonId] = Bundle("persons")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wasl-copies-"))
        self.sites: list[Site] = copy_network(self.template, self.folder, CODES[:3])
        self.written: set[str] = set()

    places = st.integers(0, MOST - 1)

    @rule(at=places, target=persons)
    def add_person(self, at: int) -> PersonId:
        name = f"Personne {len(self.written)}"
        self.written.add(name)
        return add(self._site(at), name)

    @rule(at=places, person=persons, value=st.sampled_from(["appeler", "écrire", ""]))
    def edit(self, at: int, person: PersonId, value: str) -> None:
        try:
            edit(self._site(at), person, contact=value)
        except NotFoundError:
            return

    @rule(sender=places, receiver=places)
    def send(self, sender: int, receiver: int) -> None:
        self._send(self._site(sender), self._site(receiver))

    @rule(at=places)
    def copy(self, at: int) -> None:
        if len(self.sites) < MOST:
            self.sites.append(copy_of(self._site(at), self.folder / f"copy-{len(self.sites)}"))

    @rule(at=places, again=st.booleans())
    def put_right(self, at: int, again: bool) -> None:
        self._put_right(self._site(at), as_itself=again)

    @rule(at=places, by=st.sampled_from([10 * YEAR, -10 * YEAR, MINUTE]))
    def set_clock(self, at: int, by: int) -> None:
        self._site(at).clock.moment += by

    @rule(at=places)
    def restart(self, at: int) -> None:
        self._site(at).reopen()

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
        for _round in range(3 * len(self.sites)):
            refused = [self._meet(one, other) for one, other in combinations(self.sites, 2)]
            for site in self.sites:
                self._put_right(site, as_itself=False)
            if not any(refused) and not digests_differ(self.sites):
                break
        assert not digests_differ(self.sites)
        contents: dict[tuple[bytes, int], bytes] = {}
        for site in self.sites:
            assert site.hub.check() == []
            assert self.written <= set(names(site))
            for dot, content in hashes(site).items():
                assert contents.setdefault(dot, content) == content

    def _meet(self, one: Site, other: Site) -> bool:
        """Each hears of the other: who is one of two copies is answered before the other copy says what it has."""
        return any([self._send(one, other), self._send(other, one), self._send(one, other)])

    def _send(self, one: Site, other: Site) -> bool:
        """Whether it was refused, with nothing changed. Two copies of an office write nothing for each other."""
        if one.hub.actor.installation_id == other.hub.actor.installation_id:
            return False
        office = f"{other.hub.actor.hub_code}-{other.hub.actor.desk}"
        before = hashes(other)
        try:
            other.take_in(one.export(office))
        except TwoCopiesError:
            assert hashes(other) == before
            assert other.hub.check() == []
            return True
        assert other.hub.check() == []
        return False

    def _put_right(self, site: Site, *, as_itself: bool) -> None:
        if not any(item.ours for item in copies(site)):
            return
        try:
            if as_itself and self._is_only_one(site):
                site.hub.resume()
            else:
                site.hub.separate()
        except UserError:
            return
        assert site.hub.check() == []
        self._get_to_know()

    def _is_only_one(self, site: Site) -> bool:
        same = [other for other in self.sites if other.hub.actor.installation_id == site.hub.actor.installation_id]
        return len(same) == 1

    def _get_to_know(self) -> None:
        files = {site.hub.actor.installation_id: site.hub.write(trust.identity_file) for site in self.sites}
        for site in self.sites:
            for installation, (content, words) in files.items():
                if installation != site.hub.actor.installation_id:
                    site.hub.write(lambda uow, content=content, words=words: trust.enroll(content, uow, words))  # type: ignore[misc]

    def _site(self, at: int) -> Site:
        return self.sites[at % len(self.sites)]


def _run(template: Path, examples: int, steps: int) -> None:
    machine = type("Machine", (Copies,), {"template": template})
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


def test_copies_end_as_offices_that_agree_and_lose_nothing(network_template: Path) -> None:
    _run(network_template, examples=4, steps=20)


@pytest.mark.soak
def test_copies_of_copies_end_as_offices_that_agree_and_lose_nothing(network_template: Path) -> None:
    _run(network_template, examples=200, steps=50)
