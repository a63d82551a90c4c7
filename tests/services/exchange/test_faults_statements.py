"""A database that refuses any statement of taking a bundle in, its commit included: nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import EnvironmentProblem
from app.services import counters, people, visits
from tests.services.exchange.network import Site, exchange_all
from tests.services.exchange.state import refuse_what_is_no_sentence, state_of

KINDS = {13: "database or disk is full", 778: "disk I/O error", 8: "attempt to write a readonly database", 5: "locked"}
"""SQLITE_FULL, _IOERR_WRITE, _READONLY, _BUSY (https://sqlite.org/rescode.html)."""


class Statements:
    """Counts what the driver is asked to do, and refuses one of it."""

    def __init__(self) -> None:
        self.count = 0
        self.at = 0
        self.kind = 13

    def ask(self, *_driver: object) -> None:
        self.count += 1
        if self.count == self.at:
            error = sqlcipher.OperationalError(KINDS[self.kind])
            error.sqlite_errorcode = self.kind
            raise error


@contextmanager
def asked_first(site: Site) -> Iterator[Statements]:
    """Every statement and commit of the store asks first."""
    statements = Statements()
    engine = site.hub._store._engine
    for name in ("do_execute", "do_executemany"):
        sa.event.listen(engine, name, statements.ask)
    commit = engine.dialect.do_commit

    def asked(connection: Any) -> None:  # noqa: ANN401 - a connection of the driver
        statements.ask()
        commit(connection)

    with patch.object(engine.dialect, "do_commit", asked):
        yield statements


@pytest.mark.parametrize("erasing", [False, True])
def test_every_statement_refused(sites: list[Site], erasing: bool) -> None:
    rabat, tanger = sites[:2]
    shared = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop", consent="oral"), uow)).value.id
    exchange_all(sites[:2], 1)
    counter = rabat.hub.read(counters.list_counters)[0].id
    rabat.hub.write(lambda uow: visits.log(LogVisit(shared, counter), uow))
    for site, contact in ((rabat, "appeler"), (tanger, "écrire")):
        site.hub.write(lambda uow, contact=contact: people.edit(shared, {"contact": contact}, uow))  # type: ignore[misc]
    if erasing:
        rabat.hub.erase(shared, "demande")
    content = rabat.export("TNG")
    before = state_of(tanger)
    at, refused, found = 0, 0, before
    with asked_first(tanger) as statements:
        while found == before:
            at += 1
            statements.count, statements.at, statements.kind = 0, at, list(KINDS)[at % len(KINDS)]
            try:
                tanger.take_in(content)
            except EnvironmentProblem as problem:
                refuse_what_is_no_sentence(str(problem))
                refused += 1
            statements.at = 0
            found = state_of(tanger)
            assert at < 1000
    assert refused > 40
    assert tanger.hub.check() == []
    assert len(tanger.disputes()) == (0 if erasing else 1)
    assert tanger.take_in(content).known
    exchange_all(sites[:2])
    assert tanger.hub.digest() == rabat.hub.digest()
