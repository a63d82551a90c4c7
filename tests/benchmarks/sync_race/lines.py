"""Replicas that live in a program of their own and are worked by lines of JSON."""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from tests.benchmarks.sync_race.replica import Conflict, Received, RefusedError, Setting
from tests.benchmarks.sync_race.workload import Cells, Places, Value, Write


class Program:
    """A program that holds replicas, and a folder through which messages are handed over."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._handed = tempfile.TemporaryDirectory(prefix="wasl-race-")
        self._numbers = count()

    def ask(self, do: str, replica: int = 0, **more: Any) -> Any:  # noqa: ANN401 - whatever JSON says
        """Have something done; raises RefusedError where the peer refuses, RuntimeError where it can't be done."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the program was not started with pipes")
        process.stdin.write(json.dumps({"do": do, "id": replica, **more}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{process.args!r} ended with {process.wait(10)}")
        said = json.loads(line)
        if "refused" in said:
            raise RefusedError(said["refused"])
        if "failed" in said:
            raise RuntimeError(f"{do}: {said['failed']}")
        return said["ok"]

    def new_file(self) -> Path:
        """A file to hand something over in."""
        return Path(self._handed.name) / f"{next(self._numbers)}"

    def next_number(self) -> int:
        """A number that no other replica has."""
        return next(self._numbers)

    def end(self) -> None:
        """Close its input, which ends it."""
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._handed.cleanup()


def to_json(value: Value) -> str | int | None:
    """Bytes as hexadecimal digits: JSON has none."""
    return value.hex() if isinstance(value, bytes) else value


def writes_to_json(writes: Sequence[Write]) -> list[dict[str, Any]]:
    """Writes as the programs read them."""
    return [
        {
            "table": write.table,
            "key": write.key.hex(),
            "cells": {name: to_json(value) for name, value in write.cells.items()},
            "isNew": write.new,
        }
        for write in writes
    ]


class LineReplica:
    """One replica of a program. `file` is what its copy is called inside the folder of an office."""

    def __init__(self, program: Program, setting: Setting, file: str) -> None:
        self.name = setting.name
        self.places = Places()
        self._program = program
        self._setting = setting
        self._file = file
        self._id = program.next_number()
        self._ask("open", folder=str(setting.folder), name=setting.name, others=list(setting.others))

    def _ask(self, do: str, **more: Any) -> Any:  # noqa: ANN401
        return self._program.ask(do, self._id, **more)

    def write(self, writes: Sequence[Write]) -> None:
        self._ask("write", arguments=[writes_to_json(writes)])

    def send(self, to: str) -> bytes:
        file = self._program.new_file()
        self._ask("send", to=to, file=str(file))
        content = file.read_bytes()
        file.unlink()
        return content

    def receive(self, message: bytes, sender: str) -> Received:
        file = self._program.new_file()
        file.write_bytes(message)
        try:
            return Received(seconds=self._ask("receive", file=str(file), sender=sender))
        finally:
            file.unlink()

    def meet(self, other: "LineReplica") -> Received:
        self._ask("meet", **{"with": other._id})
        return Received()

    def share_with(self, other: "LineReplica") -> None:
        self.meet(other)

    def read(self, table: str, key: bytes) -> Cells | None:
        found: Mapping[str, Value] | None = self._ask("read", arguments=[table, key.hex()])
        return found

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:
        found = self._ask("conflicts", arguments=[table, key.hex()])
        return tuple(Conflict(cell, frozenset(values)) for cell, values in found)

    def erase(self, table: str, key: bytes) -> None:
        self._ask("erase", arguments=[table, key.hex()])

    def scrub(self) -> None:
        self._ask("scrub")

    def contents(self) -> bytes:
        file = self._program.new_file()
        self._ask("contents", file=str(file))
        return file.read_bytes()

    def back_up(self, to: Path) -> None:
        self._ask("copy", arguments=[str(to)])

    def restore(self, copy: Path, setting: Setting) -> "LineReplica":
        self.close()
        setting.folder.mkdir(parents=True)
        copy.rename(setting.folder / self._file)
        return LineReplica(self._program, setting, self._file)

    def clone(self, setting: Setting) -> "LineReplica":
        setting.folder.mkdir(parents=True)
        self._ask("copy", arguments=[str(setting.folder / self._file)])
        return LineReplica(self._program, setting, self._file)

    def set_clock(self, ahead: int) -> None:
        self._ask("setClock", arguments=[ahead])

    def save(self) -> int:
        return int(self._ask("save"))

    def close(self) -> None:
        self._ask("close")
