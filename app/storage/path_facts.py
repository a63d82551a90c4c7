"""What the rules of the path ask about ventures, for many at once: the board asks for all of them after each action."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.clock import day_of
from app.domain.codes import read_code
from app.domain.money import NOTHING, Currency, Money
from app.domain.path import PRE_INCUBATION, Facts
from app.domain.selection import BEFORE_JURY, ApplicationState
from app.domain.ventures import Member, Registration, Venture
from app.storage.schema_accompaniment import session
from app.storage.schema_ventures import agreement, application, monthly_figure, payment, stage_move, tranche
from app.storage.types import parts_of
from app.storage.ventures import to_amount

_NOT_IN_FORCE = ("cancelled",)
_ASKED = ("requested", "preselected", "in_committee")


@dataclass(slots=True)
class Known:
    """What was found about one venture."""

    states: list[ApplicationState] = field(default_factory=list)
    complete: bool = False
    stage_since: int | None = None
    incubation_since: int | None = None
    business_plan: bool = False
    signed: bool = False
    agreed: dict[Currency, Any] = field(default_factory=dict)
    paid: dict[Currency, Any] = field(default_factory=dict)
    figures: int = 0

    def facts(self, venture: Venture, members: Sequence[Member], today: date) -> Facts:
        """What the rules ask, as of a day."""
        began = self.incubation_since
        return Facts(
            applied=bool(self.states),
            complete=self.complete,
            preselected=any(state in BEFORE_JURY for state in self.states),
            accepted=ApplicationState.ACCEPTED in self.states,
            advised=venture.advisor_id is not None,
            members=len({member.person_id for member in members if member.holds_on(today)}),
            incubated=None if began is None else max(0, (today - day_of(began)).days),
            business_plan=self.business_plan,
            signed=self.signed,
            paid=any(amount > 0 for amount in self.paid.values()),
            registered=venture.registration is Registration.FULL,
            figures=self.figures,
            outcome=bool(venture.exit),
        )


def known_of(connection: sa.Connection, ventures: Sequence[UUID]) -> dict[UUID, Known]:
    """What is known of each of these ventures."""
    found = {venture_id: Known() for venture_id in ventures}
    for part in parts_of(ventures):
        _read_applications(connection, part, found)
        _read_moves(connection, part, found)
        _read_work(connection, part, found)
        _read_money(connection, part, found)
    return found


def amounts(sums: dict[Currency, Any]) -> tuple[Money, ...]:
    """Sums as money, in the order of the currencies' codes."""
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))


def _read_applications(connection: sa.Connection, part: list[UUID], found: dict[UUID, Known]) -> None:
    columns = (application.c.venture_id, application.c.state, application.c.complete)
    query = sa.select(*columns).where(application.c.venture_id.in_(part), ~application.c.deleted)
    for venture_id, stored, complete in connection.execute(query):
        state = read_code(ApplicationState, stored)
        if state is not ApplicationState.WITHDRAWN:
            found[venture_id].states.append(state)
            found[venture_id].complete |= bool(complete)


def _read_moves(connection: sa.Connection, part: list[UUID], found: dict[UUID, Known]) -> None:
    query = (
        sa.select(stage_move.c.venture_id, stage_move.c.stage, stage_move.c.at)
        .where(stage_move.c.venture_id.in_(part), ~stage_move.c.deleted)
        .order_by(stage_move.c.id)
    )
    for venture_id, stage, at in connection.execute(query):
        found[venture_id].stage_since = at
        if stage == PRE_INCUBATION:
            found[venture_id].incubation_since = at


def _read_work(connection: sa.Connection, part: list[UUID], found: dict[UUID, Known]) -> None:
    planned = sa.select(session.c.venture_id).where(
        session.c.venture_id.in_(part), session.c.kind == "business_plan", ~session.c.deleted
    )
    for venture_id in connection.scalars(planned.distinct()):
        found[venture_id].business_plan = True
    noted = (
        sa.select(monthly_figure.c.venture_id, sa.func.count())
        .where(monthly_figure.c.venture_id.in_(part), ~monthly_figure.c.deleted)
        .group_by(monthly_figure.c.venture_id)
    )
    for venture_id, count in connection.execute(noted):
        found[venture_id].figures = count


def _read_money(connection: sa.Connection, part: list[UUID], found: dict[UUID, Known]) -> None:
    in_force = (agreement.c.venture_id.in_(part), ~agreement.c.deleted, agreement.c.state.not_in(_NOT_IN_FORCE))
    for row in connection.execute(sa.select(agreement).where(*in_force)):
        known = found[row.venture_id]
        known.signed |= bool(row.signed_on)
        if row.state not in _ASKED:
            _add(known.agreed, row.amount, row.currency)
    # what is recovered stands there with a minus
    payments = (
        sa.select(agreement.c.venture_id, payment.c.amount, payment.c.currency)
        .join(tranche, tranche.c.agreement_id == agreement.c.id)
        .join(payment, payment.c.tranche_id == tranche.c.id)
        .where(*in_force, ~tranche.c.deleted, ~payment.c.deleted)
    )
    for venture_id, amount, currency in connection.execute(payments):
        _add(found[venture_id].paid, amount, currency)


def _add(sums: dict[Currency, Any], amount: str, currency: str) -> None:
    value = to_amount(amount)
    if value is not None:
        unit = read_code(Currency, currency or Currency.MAD)
        sums[unit] = sums.get(unit, NOTHING) + value
