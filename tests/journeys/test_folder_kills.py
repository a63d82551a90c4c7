"""kill -9 while the window looks after its folder: what comes is taken in whole or not, what goes is whole or not."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.domain.people import NewPerson
from app.services import people
from app.services.exchange import automatic, receiving
from app.services.exchange import folder as exchange_folder
from app.services.exchange.files import read_bundle_file
from tests.services.exchange.doomed import Order
from tests.services.exchange.kills import Doomed, doomed, some_steps
from tests.services.exchange.network import Site, copy_network, digests_differ, make_network_template
from tests.soak import Tell, amount, new_dice


@dataclass(frozen=True)
class Scene:
    """Rabat and Tanger as they are before, and where they lie while something happens."""

    network: Path
    place: Path


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Rabat looks after a folder which holds a bundle of Tanger, and lacks one in return."""
    template = make_network_template(tmp_path_factory.mktemp("template"), ("RBT", "TNG"))
    scene = Scene(tmp_path_factory.mktemp("network"), tmp_path_factory.mktemp("scene") / "place")
    rabat, tanger = copy_network(template, scene.network, ("RBT", "TNG"))
    rabat.hub.write(lambda uow: automatic.allow(scene.place / "stick", uow))
    for site, name in ((rabat, "Awa Diop"), (tanger, "Moussa Traoré")):
        site.hub.write(lambda uow, name=name: people.add(NewPerson(name), uow))  # type: ignore[misc]
    stick = scene.network / "stick"
    stick.mkdir()
    tanger.hub.write(lambda uow: exchange_folder.put(stick, "RBT", uow))
    for site in (rabat, tanger):
        site.hub.close()
    return scene


@pytest.fixture(scope="module")
def process() -> Iterator[Doomed]:
    with doomed("window") as waiting:
        yield waiting


def _fresh(scene: Scene) -> Order:
    shutil.rmtree(scene.place, ignore_errors=True)
    shutil.copytree(scene.network, scene.place)
    return Order(["--data", str(scene.place / "RBT")], str(scene.place), window=True)


def _open(place: Path, name: str) -> Site:
    [site] = copy_network(place, place.with_name("opened"), (name,))
    return site


def _look_at(place: Path, *, done: bool) -> bool:
    """Whether Tanger's bundle was taken in. Both stores are whole, and every bundle can be read by whom it is for."""
    shutil.rmtree(place.with_name("opened"), ignore_errors=True)
    rabat, tanger = _open(place, "RBT"), _open(place, "TNG")
    try:
        answers = list((place / "stick").glob("RBT-A-to-*.wasl"))
        for path in answers:
            content = read_bundle_file(path)
            tanger.hub.read(lambda uow, content=content: receiving.preview(content, uow))  # type: ignore[misc]
        assert rabat.hub.check() == []
        taken = bool(rabat.hub.read(lambda uow: people.search("moussa traoré", uow)))
        if done:
            assert taken
            assert len(answers) == 1
            assert not list((place / "stick").glob(".*"))
            tanger.take_in(read_bundle_file(answers[0]))
            assert not digests_differ([rabat, tanger])
        return taken
    finally:
        for site in (rabat, tanger):
            site.hub.close()


def kill_windows(process: Doomed, scene: Scene, times: int, dice: random.Random) -> tuple[int, int]:
    """Kill windows, half of them at a step of writing; how many died, and had taken the bundle in."""
    killed = taken = 0
    order = _fresh(scene)
    span = process.span(order)
    assert _look_at(scene.place, done=True)
    steps = some_steps(process.count(_fresh(scene)), (times + 1) // 2, dice)
    for number in range(times):
        deadly = replace(_fresh(scene), die_at=steps[number // 2])
        if number % 2:
            deadly = replace(deadly, die_at=None, die_after_s=dice.uniform(0, span))
        status, _steps = process.run(deadly)
        assert status in {0, -9}
        killed += status == -9
        taken += _look_at(scene.place, done=False)
        assert process.run(order)[0] == 0
        assert _look_at(scene.place, done=True)
    return killed, taken


def test_a_window_killed_while_it_looks_after_its_folder(process: Doomed, scene: Scene, tell: Tell) -> None:
    killed, _taken = kill_windows(process, scene, 1, new_dice(tell))
    assert killed


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_windows_killed_by_the_hundred(process: Doomed, scene: Scene, tell: Tell) -> None:
    times = amount("KILLS") // 20
    killed, taken = kill_windows(process, scene, times, new_dice(tell))
    tell(f"{times} windows: {killed} killed, {taken} had taken the bundle in")
