"""Hubs of a newer Wasl in a program of its own (`newer_program`), worked by the same lines of JSON as the others."""

import json
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.sync_race.columns import NEWER_CELL
from tests.benchmarks.sync_race.lines import LineReplica, Program, to_json
from tests.benchmarks.sync_race.replica import RefusedError, Setting
from tests.benchmarks.sync_race.wasl import WaslReplica, enroll, found_hub, identity_of
from tests.benchmarks.sync_race.workload import Places, Write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[3]


class NewerReplica(LineReplica):
    """A hub of a newer program, seen from here."""

    def __init__(self, program: Program, setting: Setting) -> None:
        super().__init__(program, setting, "")
        self.places = Places(*map(bytes.fromhex, self._ask("places")))

    def identity(self) -> bytes:
        """Its identity file."""
        return bytes.fromhex(self._ask("identity"))

    def enroll(self, files: list[bytes]) -> None:
        """Have it believe these."""
        self._ask("enroll", files=[content.hex() for content in files])


def start_newer() -> Program:
    """The program, ready to make hubs."""
    return Program([sys.executable, "-m", "tests.benchmarks.sync_race.newer_program"], ROOT)


def _found_newer(folder: str, name: str, others: list[str]) -> WaslReplica:
    replica = found_hub(Setting(Path(folder), name, tuple(others), newer=True))
    # what the newer program's migration would do
    added = f"ALTER TABLE person ADD COLUMN {NEWER_CELL} TEXT DEFAULT '' NOT NULL"
    replica.hub.write(lambda uow: uow.connection.exec_driver_sql(added) and None)
    return replica


def _answer(replicas: dict[int, WaslReplica], asked: dict[str, Any]) -> Any:  # noqa: ANN401
    def open_one() -> None:
        replicas[asked["id"]] = _found_newer(asked["folder"], asked["name"], asked["others"])

    def receive() -> None:
        replicas[asked["id"]].receive(Path(asked["file"]).read_bytes(), asked["sender"])

    actions: dict[str, Callable[[], Any]] = {
        "open": open_one,
        "identity": lambda: identity_of(replicas[asked["id"]]).hex(),
        "places": lambda: [part.hex() for part in astuple(replicas[asked["id"]].places)],
        "enroll": lambda: enroll(replicas[asked["id"]], [bytes.fromhex(content) for content in asked["files"]]),
        "send": lambda: Path(asked["file"]).write_bytes(replicas[asked["id"]].send(asked["to"])) and None,
        "receive": receive,
        "write": lambda: replicas[asked["id"]].write([_to_write(write) for write in asked["arguments"][0]]),
        "read": lambda: _read(replicas[asked["id"]], *asked["arguments"]),
        "conflicts": lambda: _conflicts(replicas[asked["id"]], *asked["arguments"]),
        "close": lambda: replicas.pop(asked["id"]).close(),
    }
    return actions[asked["do"]]()


def _to_write(write: dict[str, Any]) -> Write:
    cells = {name: bytes.fromhex(value) if name == "hub_id" else value for name, value in write["cells"].items()}
    return Write(write["table"], bytes.fromhex(write["key"]), cells, new=write["isNew"])


def _read(replica: WaslReplica, table: str, key: str) -> dict[str, Any] | None:
    row = replica.read(table, bytes.fromhex(key))
    return None if row is None else {name: to_json(value) for name, value in row.items()}


def _conflicts(replica: WaslReplica, table: str, key: str) -> list[Any]:
    found = replica.conflicts(table, bytes.fromhex(key))
    return [[conflict.cell, [to_json(value) for value in conflict.values]] for conflict in found]


def serve() -> None:
    """Answer line by line until the input ends."""
    replicas: dict[int, WaslReplica] = {}
    for line in sys.stdin:
        try:
            said = {"ok": _answer(replicas, json.loads(line))}
        except RefusedError as error:
            said = {"refused": str(error)}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
