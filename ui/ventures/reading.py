"""Everything that the page of a venture shows, read at once so that its parts agree."""

from dataclasses import dataclass

from app.bootstrap import UnitOfWork
from app.domain.accounts import Permission
from app.domain.agreements import Agreement
from app.domain.coaching import Session
from app.domain.ids import VentureId
from app.domain.ventures import MonthlyFigure, Series
from app.services import funding, monthly_figures, sessions, ventures
from app.services.ventures import VentureView

_SESSIONS = 20


@dataclass(frozen=True, slots=True)
class VentureSheet:
    """A venture with its figures, money and sessions; None where the account may not read them."""

    view: VentureView
    series: Series
    figures: tuple[MonthlyFigure, ...]
    agreements: tuple[Agreement, ...] | None
    sessions: tuple[Session, ...] | None


def read_sheet(venture_id: VentureId, uow: UnitOfWork) -> VentureSheet:
    """Read it. Raises NotFoundError."""
    actor = uow.actor
    may_read_money, may_read_cases = actor.may(Permission.READ_FUNDING), actor.may(Permission.READ_CASES)
    return VentureSheet(
        ventures.show(venture_id, uow),
        monthly_figures.series(venture_id, uow),
        monthly_figures.list_figures(venture_id, uow),
        funding.list_agreements(uow, venture=venture_id) if may_read_money else None,
        sessions.list_sessions(uow, venture_id=venture_id, limit=_SESSIONS) if may_read_cases else None,
    )
