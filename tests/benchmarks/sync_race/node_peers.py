"""PouchDB and Automerge, which run under Node. `make bench-sync` installs them into `bench-out/node`."""

import atexit
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.sync_race.lines import LineReplica, Program
from tests.benchmarks.sync_race.replica import PeerMissingError, RefusedError, Setting

FOLDER: Final = Path(__file__).resolve().parents[3] / "bench-out" / "node"
SCRIPTS: Final = Path(__file__).resolve().parent / "node"


class NodePeer:
    """A package of npm behind one of the scripts beside this file."""

    encrypts = False

    def __init__(self, name: str, script: str, package: str, file: str, largest: int, *, memory_only: bool) -> None:
        self.name = name
        self.memory_only = memory_only
        self.largest = largest
        self._file = file
        node = shutil.which("node")
        if node is None:
            raise PeerMissingError("there is no Node here")
        if not (FOLDER / "node_modules" / package).is_dir():
            raise PeerMissingError(f"the npm package {package} is not installed")
        for source in SCRIPTS.iterdir():
            # a module finds packages beside itself
            shutil.copy(source, FOLDER)
        self._program = Program([node, f"{script}.mjs"], FOLDER)
        atexit.register(self._program.end)
        try:
            self.version = str(self._program.ask("version"))
        except (RuntimeError, RefusedError) as error:
            raise PeerMissingError(f"Node could not load it ({error})") from error

    def make(self, settings: Sequence[Setting]) -> Mapping[str, LineReplica]:
        return {setting.name: LineReplica(self._program, setting, self._file) for setting in settings}


def pouchdb() -> NodePeer:
    """PouchDB on LevelDB."""
    return NodePeer("PouchDB", "pouch", "pouchdb", "office", 30_000, memory_only=False)


def automerge() -> NodePeer:
    """Automerge in WebAssembly."""
    package = "@automerge/automerge"
    return NodePeer("Automerge", "automerge", package, "office.automerge", 3_000, memory_only=True)
