"""Codes that only a newer program knows: shown as they are, and no list fails for them."""

from dataclasses import replace

import pytest

from app.bootstrap import open_hub
from app.clock import day_of
from app.domain.accounts import Permission, Role
from app.domain.codes import read_code
from app.domain.people import NewPerson
from app.domain.visits import OPEN_STATES, LogVisit, VisitState
from app.errors import AppError, UserError
from app.services import accounts, counters, days, people, visits
from app.services.accounts import NewAccount
from app.storage import places, schema
from app.storage import visits as visit_rows
from tests.factories import CHEAP, MANAGER, PASSWORD
from tests.services.exchange.network import Site


def test_a_state_of_a_newer_program_is_shown_as_it_is_and_counts_as_ended(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    awa = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow)).value
    counter = rabat.hub.read(counters.list_counters)[0].id
    visit = rabat.hub.write(lambda uow: visits.log(LogVisit(awa.id, counter), uow)).value
    rabat.hub.write(lambda uow: uow.update(schema.visit, visit.id, state="called_by_phone"))
    tanger.take_in(rabat.export())

    for site in (rabat, tanger):
        (there,) = site.hub.read(lambda uow: visit_rows.person_visits(uow.connection, [awa.id]))
        assert there.state == "called_by_phone"
        assert str(there.state) == "called_by_phone"
        assert there.state not in OPEN_STATES
    today = day_of(rabat.clock())
    assert [row.id for row in rabat.hub.read(lambda uow: visits.list_day(today, uow))] == [visit.id]
    figures = rabat.hub.read(days.today)
    assert (figures.here, figures.visits) == (0, 1)
    with pytest.raises(UserError, match="ended"):
        rabat.hub.write(lambda uow: visits.check_out(visit.id, uow))


def test_a_role_of_a_newer_program_is_shown_as_it_is_and_may_do_nothing(sites: list[Site]) -> None:
    rabat = sites[0]
    new = NewAccount("salma", "Salma Idrissi", Role.ADVISOR, PASSWORD)
    account = rabat.hub.write(lambda uow: accounts.add(new, uow)).value
    rabat.hub.write(lambda uow: uow.update(schema.account, account.id, role="treasurer"))

    listed = {item.login: item for item in rabat.hub.read(accounts.list_accounts)}
    assert listed["salma"].role == "treasurer"
    assert listed[MANAGER].role is Role.MANAGER
    found = rabat.hub.read(lambda uow: places.account_of(uow.connection, account.id))
    assert found is not None
    assert str(found.role) == "treasurer"
    actor = replace(rabat.hub.actor, role=found.role)
    assert not any(actor.may(permission) for permission in Permission)


def test_who_has_such_a_role_signs_in_and_is_refused_politely(sites: list[Site]) -> None:
    rabat = sites[0]
    new = NewAccount("salma", "Salma Idrissi", Role.RECEPTIONIST, PASSWORD)
    account = rabat.hub.write(lambda uow: accounts.add(new, uow)).value
    rabat.hub.write(lambda uow: uow.update(schema.account, account.id, role="treasurer"))
    rabat.hub.close()
    rabat.hub = open_hub(rabat.paths, "salma", PASSWORD, rabat.clock, CHEAP)
    with pytest.raises(AppError):
        rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))


def test_no_code_passes_for_another() -> None:
    strange = read_code(VisitState, "handed_over")
    assert strange not in set(VisitState)
    assert read_code(VisitState, "waiting") is VisitState.WAITING
    with pytest.raises(ValueError, match="handed_over"):
        VisitState("handed_over")
