"""What a venture did month by month: turnover, clients, jobs by sex. One entry a month, gaps shown as gaps."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import VentureId, shared_id
from app.domain.money import stored
from app.domain.ventures import MonthlyFigure, Series, make_series
from app.domain.visits import FieldChange
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import venture_rules as rules
from app.services.access import put, require
from app.storage import history as histories
from app.storage import ventures as rows
from app.storage.schema_ventures import monthly_figure as table
from app.storage.unit_of_work import UnitOfWork

_EARLIEST: Final = date(2000, 1, 1)
_MOST: Final = 1_000_000


def note_figure(venture_id: VentureId, figure: MonthlyFigure, uow: UnitOfWork) -> Outcome[MonthlyFigure]:
    """Note what a venture did in a month, or put it right; what was said before stays in the history."""
    require(uow, Permission.EDIT_VENTURES)
    rules.load(venture_id, uow)
    month = _check_month(figure.month, uow)
    cells = {
        "venture_id": venture_id,
        "month": f"{month:%Y-%m}",
        "turnover": _check_turnover(figure.turnover),
        "clients": _check_count(figure.clients),
        "jobs_women": _check_count(figure.jobs_women),
        "jobs_men": _check_count(figure.jobs_men),
        "note": rules.check_reason(figure.note),
    }
    put(table, figure_id(venture_id, month), cells, uow)
    return Outcome(_load(venture_id, month, uow), rules.changed(venture_id), uow.undo_token)


def remove_figure(venture_id: VentureId, month: date, uow: UnitOfWork) -> Outcome[None]:
    """Take back the figures of a month that were entered by mistake: the month is a gap again."""
    require(uow, Permission.EDIT_VENTURES)
    _load(venture_id, month.replace(day=1), uow)
    uow.update(table, figure_id(venture_id, month), deleted=True)
    return Outcome(None, rules.changed(venture_id), uow.undo_token)


def list_figures(venture_id: VentureId, uow: UnitOfWork) -> tuple[MonthlyFigure, ...]:
    """The months that were noted, oldest first."""
    require(uow, Permission.READ_VENTURES)
    rules.load(venture_id, uow)
    return tuple(rows.figures_of(uow.connection, venture_id))


def series(venture_id: VentureId, uow: UnitOfWork) -> Series:
    """All months from the first noted to the last that is over, None where nothing was said, for a plot."""
    today = day_of(uow.now).replace(day=1)
    over = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    return make_series(list_figures(venture_id, uow), over)


def figure_history(venture_id: VentureId, month: date, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """Who said what about a month, oldest first."""
    require(uow, Permission.READ_VENTURES)
    rules.load(venture_id, uow)
    return tuple(histories.row_history(uow.connection, figure_id(venture_id, month)))


def figure_id(venture_id: VentureId, month: date) -> UUID:
    """The id that every office gives to the figures of a month."""
    return shared_id("monthly_figure", venture_id.hex, f"{month:%Y-%m}")


def _load(venture_id: VentureId, month: date, uow: UnitOfWork) -> MonthlyFigure:
    for figure in rows.figures_of(uow.connection, venture_id):
        if figure.month == month:
            return figure
    raise NotFoundError(_("Nothing is noted for that month. Nothing was changed."))


def _check_month(day: date, uow: UnitOfWork) -> date:
    month = day.replace(day=1)
    if month > day_of(uow.now):
        raise UserError(
            _("That month is still to come. Nothing was changed. Check the month, and this computer's clock.")
        )
    if month < _EARLIEST:
        raise UserError(_("That month is too long ago. Nothing was changed. Check the month."))
    return month


def _check_turnover(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    try:
        text = stored(amount)
    except (ValueError, ArithmeticError) as error:
        raise _no_turnover() from error
    if amount < 0:
        raise _no_turnover()
    return text


def _no_turnover() -> UserError:
    return UserError(
        _("A turnover is an amount from 0 on, in dirhams and centimes. Nothing was changed. Check the figure.")
    )


def _check_count(count: int | None) -> int | None:
    if count is not None and not 0 <= count <= _MOST:
        raise UserError(_("A number of clients or jobs is from 0 to a million. Nothing was changed. Check the figure."))
    return count
