"""Killed at any moment, a store holds everything that was acknowledged, and nothing by halves."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import IO
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.hub import Hub
from app.paths import HubPaths
from app.storage import schema
from tests.factories import open_as


@contextmanager
def victim() -> Iterator[tuple[IO[str], IO[str]]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.victim"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        yield program.stdin, program.stdout
        program.stdin.close()


def run_and_kill(orders: IO[str], answers: IO[str], paths: HubPaths, dice: random.Random) -> list[tuple[str, UUID]]:
    """Let it work for some entries and some microseconds more, kill it, and return what it had acknowledged."""
    orders.write(f"{paths.folder}\n")
    orders.flush()
    kept: list[tuple[str, UUID]] = []
    child = 0
    left = dice.randrange(1, 9)
    while left or not child:
        kind, value = answers.readline().split()
        if kind == "child":
            child = int(value)
        else:
            kept.append((kind, UUID(value)))
            left = max(0, left - 1)
    until = perf_counter() + dice.uniform(0, 0.06)
    while perf_counter() < until:
        pass
    os.kill(child, signal.SIGKILL)
    while (line := answers.readline()) != "ended\n":
        kind, value = line.split()
        kept.append((kind, UUID(value)))
    return kept


def refuse_any_loss(hub: Hub, kept: list[tuple[str, UUID]]) -> None:
    place, visit = schema.place, schema.visit
    with hub._store.bare() as connection:
        people = set(connection.scalars(sa.select(schema.person.c.id)))
        states = {row.id: row.state for row in connection.execute(sa.select(visit.c.id, visit.c.state))}
        placed = list(connection.scalars(sa.select(place.c.visit_id)))
        rows = sum(
            connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in schema.SYNCED.values()
        )
        told = connection.scalar(sa.select(sa.func.count(sa.distinct(schema.op.c.row_id)))) or 0
        streams = connection.scalar(sa.select(sa.func.count()).select_from(schema.stream))
    assert {item for kind, item in kept if kind == "person"} <= people
    assert {item for kind, item in kept if kind == "visit"} <= states.keys()
    assert all(states[item] == "checked_out" for kind, item in kept if kind == "left")
    # place and visit live and die together, and every row has its op
    assert sorted(placed) == sorted(states)
    assert rows == told
    # integrity of pages, foreign keys, chains of ops, and rows against their ops
    assert hub.check() == []
    # the anchor agrees: this is no restored copy
    assert streams == 1


def kill_often(paths: HubPaths, times: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - moments, no secrets
    kept: list[tuple[str, UUID]] = []
    with victim() as (orders, answers):
        for _ in range(times):
            kept += run_and_kill(orders, answers, paths, dice)
            hub = open_as(paths)
            refuse_any_loss(hub, kept)
            hub.close()
    assert len(kept) >= times


def test_kill_9_loses_nothing_that_was_acknowledged(paths: HubPaths) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    kill_often(paths, 25, seed)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_kill_9_a_thousand_times(paths: HubPaths) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201
    kill_often(paths, 1000, seed)
