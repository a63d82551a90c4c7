"""Two offices that score, note and move at the same time end equal, and blind as long as somebody is waited for."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest

from app.domain.ids import shared_id
from app.domain.selection import NewCall, NewCriterion
from app.domain.ventures import MonthlyFigure, NewVenture
from app.errors import NotFoundError
from app.services import applications, calls, monthly_figures, selection, ventures
from app.services.access import put
from app.services.exchange import settling
from app.storage.schema_ventures import score
from tests.services.exchange.network import Site, digests_differ, exchange_all


def test_scores_of_two_offices_end_equal(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    both = [rabat, tanger]
    exchange_all(both, 1)
    write = rabat.hub.write
    call = write(lambda uow: calls.add_call(NewCall("AMI-1", "Appel", "Call", "نداء", places=1), uow)).value.id
    write(lambda uow: calls.edit_call(call, {"state": "open"}, uow))
    points = write(lambda uow: calls.add_criterion(call, NewCriterion("Idée", "Idea", "فكرة"), uow)).value.id
    for site in both:
        write(partial(calls.set_juror, call, site.hub.actor.account_id))
    found = []
    for name in ("Alpha", "Bêta"):
        one = write(partial(ventures.add, NewVenture(name))).value.id
        made = write(partial(applications.apply, call, one)).value.id
        write(partial(applications.preselect, made, keep=True, reason="Essai"))
        found.append((one, made))
    exchange_all(both, 1)
    for site, given in ((rabat, (900, 300)), (tanger, (500, 700))):
        for (_one, made), hundredths in zip(found, given, strict=True):
            site.hub.write(partial(selection.score, made, {points: hundredths}))
            site.hub.write(partial(selection.finish_sheet, made))
        # each waits for the other, and shows nothing
        assert not site.hub.read(partial(selection.results, call)).open
    # the same application, and the same month, written at both
    third = write(partial(ventures.add, NewVenture("Gamma"))).value.id
    exchange_all(both, 1)
    for site, turnover in ((rabat, "100.00"), (tanger, "200.00")):
        site.clock.moment += 1000 * (turnover == "200.00")
        site.hub.write(partial(applications.apply, call, third))
        figure = MonthlyFigure(date(2026, 2, 1), Decimal(turnover))
        site.hub.write(partial(monthly_figures.note_figure, third, figure))
    exchange_all(both)
    assert not digests_differ(both)
    shown = [site.hub.read(partial(selection.results, call)) for site in both]
    assert shown[0] == shown[1]
    assert shown[0].open
    assert [(row.rank, row.total) for row in shown[0].rows] == [(1, Fraction(70)), (2, Fraction(50))]
    assert len(rabat.hub.read(partial(applications.list_of_venture, third))) == 1
    assert [len(site.hub.read(partial(monthly_figures.list_figures, third))) for site in both] == [1, 1]


def test_a_dispute_about_points_is_shown_to_their_juror_only(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    both = [rabat, tanger]
    exchange_all(both, 1)
    write = rabat.hub.write
    call = write(lambda uow: calls.add_call(NewCall("AMI-1", "Appel", "Call", "نداء", places=1), uow)).value.id
    points = write(lambda uow: calls.add_criterion(call, NewCriterion("Idée", "Idea", "فكرة"), uow)).value.id
    juror = tanger.hub.actor.account_id
    write(partial(calls.set_juror, call, juror))
    venture = write(partial(ventures.add, NewVenture("Alpha"))).value.id
    made = write(partial(applications.apply, call, venture, reason="Essai")).value.id
    write(partial(applications.preselect, made, keep=True, reason="Essai"))
    exchange_all(both, 1)
    tanger.hub.write(partial(selection.score, made, {points: 400}))
    row = shared_id("score", made.hex, points.hex, juror.hex)
    # the same juror, at the other office
    cells = {"application_id": made, "criterion_id": points, "account_id": juror, "points": 600}
    rabat.hub.write(lambda uow: put(score, row, cells, uow))
    exchange_all(both)
    assert rabat.disputes() == ()
    assert [sorted(str(side.value) for side in one.sides) for one in tanger.disputes()] == [["400", "600"]]
    with pytest.raises(NotFoundError):
        rabat.hub.write(partial(settling.settle, f"score.{row.hex}.points", "theirs"))
    tanger.hub.write(partial(selection.finish_sheet, made))
    exchange_all(both)
    assert len(rabat.disputes()) == 1
