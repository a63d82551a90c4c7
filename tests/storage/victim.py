"""A program that logs visits until it is killed: each id it prints was acknowledged by the store.

Reads folders from standard input and works on each in a child of its own, so that many can be killed quickly.
"""

import os
import sys
from pathlib import Path

from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.hub import Hub
from app.paths import HubPaths
from app.services import counters, people, visits
from app.storage import trail  # noqa: F401 - loaded before the children part
from tests.factories import open_as


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def work(hub: Hub) -> None:
    counter = hub.read(counters.list_counters)[0].id
    count = 0
    while True:
        count += 1
        made = hub.write(lambda uow: people.add(NewPerson(f"Person {count}", phones=("0661234987",)), uow)).value  # noqa: B023
        say(f"person {made.id}")
        visit = hub.write(lambda uow: visits.log(LogVisit(made.id, counter), uow)).value  # noqa: B023
        say(f"visit {visit.id}")
        hub.write(lambda uow: visits.log(LogVisit(None, counter), uow))
        if count % 2:
            hub.write(lambda uow: visits.check_out(visit.id, uow))  # noqa: B023
            say(f"left {visit.id}")


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(open_as(HubPaths(Path(line.strip()))))
        say(f"child {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
