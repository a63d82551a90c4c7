"""Bad bundles and bad sticks through `waslctl`: one clear sentence in each language, the exit status, no change."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap import open_hub
from app.hub import Hub
from app.i18n import LANGUAGES
from app.paths import HubPaths
from tests.cli.conftest import PASSWORD
from tests.cli.test_cli_exchange import Offices, bundle, four, offices, pair, strangers
from tests.faults import python_files
from tests.faults.steps import Refusal, Steps
from tests.services.exchange.state import refuse_what_is_no_sentence
from tests.services.exchange.test_bad_bundles import seal_by, write_by, zeros

__all__ = ["bundle", "four", "offices", "pair", "strangers"]
REFUSED, ENVIRONMENT = 1, 3


@contextmanager
def opened(at: Offices, *hubs: str) -> Iterator[list[Hub]]:
    """The installations from inside, to write what no program of ours would."""
    found = [open_hub(HubPaths(at.root / hub), "chef", PASSWORD) for hub in hubs]
    try:
        yield found
    finally:
        for hub in found:
            hub.close()


def _refuse(at: Offices, hub: str, status: int, *arguments: str | Path) -> None:
    """In each language one sentence of its own and the status; then all is as it was."""
    before = (at.ask(hub, "digest"), at.ask(hub, "sync", "status"))
    said = set()
    for language in LANGUAGES:
        ran = at.run(hub, "--json", *arguments) if language == "en" else at.run_in(language, hub, "--json", *arguments)
        assert (ran.status, ran.out) == (status, ""), ran.err
        [line] = ran.err.strip().splitlines()
        refuse_what_is_no_sentence(line)
        said.add(line)
    assert len(said) == len(LANGUAGES), said
    assert (at.ask(hub, "digest"), at.ask(hub, "sync", "status")) == before
    assert at.ask(hub, "check")["ok"]


def test_what_is_damaged_or_signed_by_somebody_else_is_refused(pair: Offices, bundle: Path, tmp_path: Path) -> None:
    good, bad = bundle.read_bytes(), tmp_path / "bad.wasl"
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 4
    for content in (bytes(flipped), good.replace(b"bundle 1", b"bundle 2", 1)):
        bad.write_bytes(content)
        _refuse(pair, "tanger", REFUSED, "sync", "import", bad)
    assert pair.ask("tanger", "sync", "import", bundle)["ops_new"] > 0
    assert pair.ask("tanger", "sync", "import", bundle)["known"]


def test_what_is_out_of_date_or_far_too_large_is_refused(pair: Offices, bundle: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.wasl"
    with opened(pair, "rabat", "tanger") as (rabat, tanger):
        contents = [
            write_by(rabat, tanger, expires_at=1),
            seal_by(rabat, tanger, zeros()),
            write_by(rabat, tanger, b"\xc1 no ops"),
        ]
    for content in contents:
        bad.write_bytes(content)
        _refuse(pair, "tanger", REFUSED, "sync", "import", bad)
    assert pair.ask("tanger", "sync", "import", bundle)["ops_new"] > 0


def test_who_is_unknown_or_trusted_no_more_is_refused(pair: Offices, bundle: Path) -> None:
    _refuse(pair, "oujda", REFUSED, "sync", "import", bundle)
    pair.ask("tanger", "sync", "revoke", "RBT-A")
    _refuse(pair, "tanger", REFUSED, "sync", "import", bundle)


@pytest.mark.parametrize("refusal", [Refusal.FULL, Refusal.FAILING])
def test_a_stick_that_refuses_is_an_environment_that_stands_in_the_way(
    pair: Offices, tmp_path: Path, refusal: Refusal
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = stick / "bundle.wasl"
    sent = pair.ask("rabat", "sync", "status")["offices"][0]["sent_at"]
    with python_files.asked_first(Steps(stick, 2, refusal)):
        _refuse(pair, "rabat", ENVIRONMENT, "sync", "export", "--to", "TNG", "-o", file)
    assert not file.exists()
    assert pair.ask("rabat", "sync", "status")["offices"][0]["sent_at"] == sent
    pair.ask("rabat", "sync", "export", "--to", "TNG", "-o", file)
    assert list(stick.iterdir()) == [file]
    assert pair.ask("tanger", "sync", "import", file)["ops_new"] > 0
