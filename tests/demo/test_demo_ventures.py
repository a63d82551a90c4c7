"""The ventures of a demo hub, from the first visit to money and turnover, as far as half a year goes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import partial

import pytest

from app.bootstrap import Hub, open_hub
from app.clock import to_moment
from app.demo.fill import PASSWORD, make_demo_hub
from app.domain.agreements import Agreement
from app.domain.ids import VentureId
from app.paths import HubPaths
from app.services import funding, gauge, monthly_figures, people, placements, referrals, ventures

NOW = to_moment(datetime(2026, 11, 23, 16, 40))  # noqa: DTZ001 - legal time in Morocco


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Rabat, half a year old, as its manager sees it."""
    paths = HubPaths(tmp_path_factory.mktemp("demo") / "rabat")
    make_demo_hub(paths, "RBT", seed=1, years=0.55, clock=lambda: NOW)
    with closing(open_hub(paths, "responsable", PASSWORD, lambda: NOW)) as opened:
        yield opened


def test_a_venture_is_followed_from_the_first_visit_to_its_turnover(hub: Hub) -> None:
    funded = [item for item in hub.read(ventures.list_ventures) if item.stage == "monitoring"]
    assert len(funded) == 5
    assert any(hub.read(partial(monthly_figures.list_figures, venture.id)) for venture in funded)
    for venture in funded:
        view = hub.read(partial(ventures.show, venture.id))
        assert sum(member.share for member in view.members) == 10_000
        for member in view.members:
            assert hub.read(partial(people.show, member.person_id)).visits
        first, *later = _agreement_of(hub, venture.id).tranches
        assert first.paid == first.amount
        assert not any(tranche.over_paid for tranche in (first, *later))


def _agreement_of(hub: Hub, venture: VentureId) -> Agreement:
    return hub.read(lambda uow: funding.list_agreements(uow, venture=venture))[0]


def test_the_gauge_agrees_with_a_calculation_by_hand(hub: Hub) -> None:
    shown = hub.read(gauge.show)
    cent, total = Decimal("0.01"), Decimal(0)
    for agreement in hub.read(funding.list_agreements):
        for tranche in agreement.tranches:
            for payment in tranche.payments:
                assert payment.rate is not None
                total += (payment.amount / payment.rate).quantize(cent, ROUND_HALF_EVEN)
    assert shown.paid == total > 0
    assert sum((part.paid for part in shown.by_hub), Decimal(0)) == total
    assert sum((part.paid for part in shown.by_kind), Decimal(0)) == total


def test_people_are_placed_and_sent_on(hub: Hub) -> None:
    placed = hub.read(placements.list_placements)
    assert len(placed) >= 4
    assert any(row.still_there for row in placed)
    sent = hub.read(lambda uow: referrals.outbox(uow, everything=True))
    assert {"sent", "done"} <= {row.state for row in sent}
    assert all(row.consent_id for row in sent)


def test_records_are_whole(hub: Hub) -> None:
    assert hub.check() == []
