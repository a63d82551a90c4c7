"""Two programs on one folder: every number once, every op in its place, whoever comes first."""

import subprocess
import sys

import sqlalchemy as sa

from app.domain.visits import VisitState
from app.hub import Hub
from app.paths import HubPaths
from app.services import counters, visits
from app.storage import schema
from tests.factories import open_as

BUSY = """
import sys
from pathlib import Path
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.paths import HubPaths
from app.services import accounts, counters, people, receipts, visits
from app.services.accounts import NewAccount
from app.domain.accounts import Role
from tests.factories import open_as, PASSWORD
folder, login, count = sys.argv[1:]
hub = open_as(HubPaths(Path(folder)), login)
counter = hub.read(counters.list_counters)[0].id
print("ready", flush=True)
sys.stdin.readline()
for step in range(int(count)):
    person = hub.write(lambda uow: people.add(NewPerson(f"Awa {login}"), uow)).value
    visit = hub.write(lambda uow: visits.log(LogVisit(person.id, counter), uow)).value
    paper = hub.write(lambda uow: receipts.issue_receipt(visit.id, "fr", uow)).value
    print(person.number, paper.number, flush=True)
hub.write(lambda uow: visits.call_next(counter, uow))
hub.close()
"""
COUNT = 20


def test_two_processes_lose_no_number_and_no_op(paths: HubPaths, hub: Hub) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", BUSY, str(paths.folder), login, str(COUNT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for login in ("rachid", "aicha")
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    told = [program.communicate("go\n", timeout=120)[0].split() for program in programs]
    assert [program.returncode for program in programs] == [0, 0]

    numbers = [*told[0], *told[1]]
    assert len(numbers) == len(set(numbers)) == 4 * COUNT
    assert {number for number in numbers if "-RV-" not in number} == {
        f"RBT-A{number:05d}" for number in range(1, 2 * COUNT + 1)
    }
    assert hub.check() == []
    with hub._store.bare() as connection:
        seqs = list(connection.scalars(sa.select(schema.op.c.seq).order_by(schema.op.c.seq)))
        streams = connection.scalar(sa.select(sa.func.count()).select_from(schema.stream))
    assert seqs == list(range(1, len(seqs) + 1))
    # nobody was called twice, and nobody took the other for a restored copy
    called = [row for row in hub.read(lambda uow: visits.list_day(None, uow)) if row.state is VisitState.WITH_COUNTER]
    assert len(called) == 2
    assert streams == 1
    assert hub.read(counters.list_counters)
    hub.close()
    again = open_as(paths)
    assert again.check() == []
    again.close()
