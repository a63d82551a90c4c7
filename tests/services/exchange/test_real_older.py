"""The step that made trust travel, with the program before it: its tables are those that the real steps leave.

What it can't read goes through it unharmed, and is there after the real steps.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import START
from tests.services.exchange.program import OLDER, TODAY, Program

OLD, NEW, THIRD = "RBT", "TNG", "OUJ"


@pytest.fixture(scope="module")
def today() -> Iterator[Program]:
    with Program(TODAY) as program:
        yield program


@pytest.fixture(scope="module")
def older() -> Iterator[Program]:
    with Program(OLDER) as program:
        yield program


def send(one: Program, sender: str, other: Program, receiver: str) -> None:
    other.do("take_in", receiver, one.do("export", sender))


def exchange(program: Program) -> None:
    for _round in range(2):
        for sender in (OLD, NEW, THIRD):
            for receiver in (OLD, NEW, THIRD):
                if sender != receiver:
                    send(program, sender, program, receiver)


def test_what_came_while_the_older_program_was_here_is_there_after_the_real_steps(
    network_template: Path, tmp_path: Path, today: Program, older: Program
) -> None:
    folders = {site: str(tmp_path / site) for site in (OLD, NEW, THIRD)}
    for site, folder in folders.items():
        today.do("copy_folder", str(network_template / site), folder)
    newest = today.do("tables_of", folders[NEW])
    for site in (OLD, THIRD):
        today.do("step_down", folders[site])
        assert today.do("tables_of", folders[site]).keys() < newest.keys()
        older.do("lay_beside", folders[site])
        older.do("open_site", site, folders[site], START)
    today.do("open_site", NEW, folders[NEW], START)
    try:
        person = older.do("add_person", OLD, "Awa Diop")
        send(older, OLD, today, NEW)
        today.do("rotate_keys", NEW)
        today.do("revoke", NEW, "BML-A")
        today.do("edit", NEW, person, "contact", "appeler")
        send(today, NEW, older, OLD)
        assert older.do("count_unread", OLD) == 2
        assert older.do("check", OLD) == []
        assert older.do("revoked", OLD) == []
        assert older.do("cell", OLD, "person", person, "contact") == "appeler"
        # what the older program passes on is whole
        send(older, OLD, older, THIRD)
        assert older.do("count_unread", THIRD) == 2
    finally:
        for site in (OLD, THIRD):
            older.do("close_site", site)
            older.do("take_away", folders[site])
    for site in (OLD, THIRD):
        today.do("open_site", site, folders[site], START)
        assert today.do("count_unread", site) == 0
        assert today.do("rows_of", site, "key_change") == 1
        assert today.do("revoked", site) == ["BML-A"]
    exchange(today)
    for site in (OLD, NEW, THIRD):
        assert today.do("check", site) == []
        assert today.do("digest", site) == today.do("digest", NEW)
        assert today.do("cell", site, "person", person, "contact") == "appeler"
    for site, folder in folders.items():
        today.do("close_site", site)
        assert today.do("tables_of", folder) == newest
