"""kill -9 at any moment of `waslctl sync import` and `sync export`: the state of before or of after, and no third."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.bootstrap import open_hub
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.services import counters, people, visits
from app.services.exchange import receiving
from app.services.exchange.files import read_bundle_file
from tests.factories import CHEAP, MANAGER, PASSWORD
from tests.services.exchange.doomed import Order
from tests.services.exchange.kills import Doomed, doomed, some_steps
from tests.services.exchange.network import Site, copy_network, exchange_all
from tests.services.exchange.state import State, state_of
from tests.soak import Tell, amount, new_dice


@dataclass(frozen=True)
class Scene:
    """Rabat and Tanger in folders, closed; what Rabat sends; whether Tanger takes it in or Rabat writes it."""

    network: Path
    bundle: Path


def _news(sites: list[Site]) -> None:
    rabat, tanger = sites
    shared = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop", "عوا ديوب", consent="oral"), uow)).value.id
    exchange_all(sites)
    counter = rabat.hub.read(counters.list_counters)[0].id
    rabat.hub.write(lambda uow: visits.log(LogVisit(shared, counter), uow))
    for site, contact in ((rabat, "appeler"), (tanger, "écrire")):
        site.hub.write(lambda uow, contact=contact: people.edit(shared, {"contact": contact}, uow))  # type: ignore[misc]


def _erasure(sites: list[Site]) -> None:
    rabat, _tanger = sites
    shared = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop", consent="oral"), uow)).value.id
    exchange_all(sites)
    rabat.hub.erase(shared, "demande de la personne")


def _gap(sites: list[Site]) -> None:
    """Tanger was put back to before a bundle of Rabat, and has a later one that waits for it."""
    rabat, tanger = sites
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    tanger.hub.close()
    kept = tanger.paths.folder.with_name("kept")
    shutil.copytree(tanger.paths.folder, kept)
    tanger.hub = open_hub(tanger.paths, MANAGER, PASSWORD, tanger.clock, CHEAP)
    first = rabat.export("TNG")
    tanger.take_in(first)
    rabat.take_in(tanger.export())
    rabat.hub.write(lambda uow: people.add(NewPerson("Moussa Traoré"), uow))
    later = rabat.export("TNG")
    tanger.hub.close()
    shutil.rmtree(tanger.paths.folder)
    kept.rename(tanger.paths.folder)
    tanger.hub = open_hub(tanger.paths, MANAGER, PASSWORD, tanger.clock, CHEAP)
    assert tanger.take_in(later).waits
    (tanger.paths.folder.parent / "bundle.wasl").write_bytes(first)


History = Callable[[list[Site]], None]
HISTORIES: tuple[History, ...] = (_news, _erasure, _gap)


@pytest.fixture(scope="module")
def process() -> Iterator[Doomed]:
    with doomed() as waiting:
        yield waiting


@pytest.fixture
def scene(request: pytest.FixtureRequest, network_template: Path, tmp_path: Path) -> Scene:
    history: History = getattr(request, "param", _news)
    folder = tmp_path / "scene"
    sites = copy_network(network_template, folder, ("RBT", "TNG"))
    history(sites)
    bundle = folder / "bundle.wasl"
    if not bundle.exists():
        bundle.write_bytes(sites[0].export("TNG"))
    for site in sites:
        site.hub.close()
    return Scene(folder, bundle)


def _state(folder: Path, bundle: bytes = b"") -> State:
    """What a killed process left, as the next one finds it; a bundle must be readable there."""
    [site] = copy_network(folder.parent, folder.with_name("looked-at"), (folder.name,))
    try:
        if bundle:
            site.hub.read(lambda uow: receiving.preview(bundle, uow))
        found = state_of(site)
        # receipts of an erasure say when it was
        return replace(found, digests={name: digest for name, digest in found.digests.items() if name != "erasure"})
    finally:
        site.hub.close()
        shutil.rmtree(folder.with_name("looked-at"))


def _fresh(scene: Scene, folder: Path, name: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(scene.network / name, folder / name))


def _die(process: Doomed, order: Order, dice: random.Random, at: int | None, span: float) -> bool:
    """Whether it was killed before it was done: at a step, or at any moment."""
    deadly = replace(order, die_at=at, die_after_s=dice.uniform(0, span) if at is None else None)
    status, _steps = process.run(deadly)
    assert status in {0, -9}
    return status == -9


def kill_imports(process: Doomed, scene: Scene, folder: Path, times: int, dice: random.Random) -> tuple[int, int]:
    """Kill imports, half of them at a step of writing and half at any moment; how many died, and left the former."""
    killed = stayed = 0
    tanger = _fresh(scene, folder, "TNG")
    before = _state(tanger)
    order = Order(["--data", str(tanger), "sync", "import", str(scene.bundle)], str(tanger))
    check = Order(["--data", str(tanger), "check"], str(tanger))
    span = process.span(order)
    after = _state(tanger)
    assert before.streams != after.streams
    _fresh(scene, folder, "TNG")
    steps = some_steps(process.count(order), times // 2, dice)
    for number in range(times):
        _fresh(scene, folder, "TNG")
        killed += _die(process, order, dice, steps[number // 2] if number % 2 else None, span)
        found = _state(tanger)
        assert found in (before, after)
        stayed += found == before
        assert process.run(check)[0] == 0
        assert process.run(order)[0] == 0
        assert _state(tanger) == after
    return killed, stayed


def kill_exports(process: Doomed, scene: Scene, folder: Path, times: int, dice: random.Random) -> tuple[int, int]:
    """Kill exports; under the name of a bundle there is a whole one, the former or the new."""
    killed = stayed = 0
    rabat = _fresh(scene, folder, "RBT")
    stick = folder / "stick" / "bundle.wasl"
    stick.parent.mkdir()
    order = Order(["--data", str(rabat), "sync", "export", "--to", "TNG", "-o", str(stick)], str(folder))
    check = Order(["--data", str(rabat), "check"], str(rabat))
    before, span = _state(rabat), process.span(order)
    receiver = scene.network / "TNG"
    steps = some_steps(process.count(order), times // 2, dice)
    for number in range(times):
        former = read_bundle_file(stick)
        killed += _die(process, order, dice, steps[number // 2] if number % 2 else None, span)
        assert [path.name for path in stick.parent.glob("[!.]*")] == ["bundle.wasl"]
        content = read_bundle_file(stick)
        _readable(receiver, folder, content)
        stayed += content == former
        assert _state(rabat) == before
        assert process.run(check)[0] == 0
        assert process.run(order)[0] == 0
        assert [path.name for path in stick.parent.iterdir()] == ["bundle.wasl"], "what was begun is cleared away"
        assert read_bundle_file(stick) not in (former, content)
    return killed, stayed


def _readable(receiver: Path, folder: Path, content: bytes) -> None:
    shutil.rmtree(folder / "reader", ignore_errors=True)
    _state(Path(shutil.copytree(receiver, folder / "reader" / "TNG")), content)


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASL_PASSWORD", PASSWORD)


@pytest.mark.parametrize("scene", HISTORIES, indirect=True)
def test_an_import_killed_at_any_moment(process: Doomed, scene: Scene, tmp_path: Path, tell: Tell) -> None:
    killed, _stayed = kill_imports(process, scene, tmp_path / "killed", 4, new_dice(tell))
    assert killed


def test_an_export_killed_at_any_moment(process: Doomed, scene: Scene, tmp_path: Path, tell: Tell) -> None:
    killed, _stayed = kill_exports(process, scene, tmp_path / "killed", 4, new_dice(tell))
    assert killed


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("scene", HISTORIES, indirect=True)
def test_thousands_of_kills(process: Doomed, scene: Scene, tmp_path: Path, tell: Tell) -> None:
    dice = new_dice(tell)
    times = amount("KILLS") // len(HISTORIES)
    exports = times // 3
    killed, stayed = kill_imports(process, scene, tmp_path / "imports", times - exports, dice)
    tell(f"{times - exports} imports: {killed} killed, {stayed} left the state of before, the rest that of after")
    killed, stayed = kill_exports(process, scene, tmp_path / "exports", exports, dice)
    tell(f"{exports} exports: {killed} killed, {stayed} left the former file, the rest the new one")
