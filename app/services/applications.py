"""Applications to a call: received, complete or not, kept in the pre-selection or not, withdrawn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from app.changes import Changes
from app.clock import day_of, to_moment
from app.domain.accounts import Permission
from app.domain.ids import ApplicationId, CallId, VentureId, shared_id
from app.domain.path import APPLICATION, CALL, PRESELECTION
from app.domain.selection import Application, ApplicationState, Call, CallState, Gap
from app.domain.ventures import Member, Venture
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import calls, path
from app.services import venture_rules as rules
from app.services.access import put, require
from app.storage import calls as rows
from app.storage import ventures as venture_rows
from app.storage.schema_ventures import application as table
from app.storage.schema_ventures import venture
from app.storage.unit_of_work import UnitOfWork

_NOT_AS_ASKED: Final = frozenset({Gap.KIND_NOT_ADMITTED, Gap.BEFORE_OPENING, Gap.AFTER_CLOSING, Gap.NOT_OPEN})
_NOON: Final = time(12)


class GapsError(UserError):
    """The application is not as the call asks, or lacks something: `gaps` says what."""

    def __init__(self, message: str, gaps: tuple[Gap, ...]) -> None:
        super().__init__(message)
        self.gaps = gaps


def apply(
    call_id: CallId, venture_id: VentureId, uow: UnitOfWork, *, received_on: date | None = None, reason: str = ""
) -> Outcome[Application]:
    """Note that a venture applied, today or on a day before. At the stage call it moves on to the stage application.

    Raises GapsError where the call is not open, or asks for other kinds, unless a reason is given.
    """
    require(uow, Permission.EDIT_VENTURES)
    call, one = calls.load(call_id, uow), rules.load(venture_id, uow)
    today = day_of(uow.now)
    if received_on is not None and received_on > today:
        raise UserError(_("That day is still to come. Nothing was changed. Check the date."))
    at = uow.now if received_on in {None, today} else to_moment(datetime.combine(received_on or today, _NOON))
    known = {found.venture_id: found for found in rows.applications_of(uow.connection, call_id)}
    former = known.get(venture_id)
    if former is not None and former.state is not ApplicationState.WITHDRAWN:
        raise UserError(_("This venture has applied to this call already. Nothing was changed."))
    why = rules.check_reason(reason)
    gaps = tuple(gap for gap in _gaps(call, one, (), at) if gap in _NOT_AS_ASKED)
    if gaps and not why:
        raise GapsError(
            _("The application is not as the call asks. Nothing was changed. Give a reason to take it all the same."),
            gaps,
        )
    made = ApplicationId(shared_id("application", call_id.hex, venture_id.hex))
    cells = {
        "call_id": call_id,
        "venture_id": venture_id,
        "received_at": at,
        "complete": False,
        "state": str(ApplicationState.RECEIVED),
        "decided_at": None,
        "decided_by": None,
        "reason": why,
    }
    put(table, made, cells, uow)
    if one.stage == CALL:
        path.record_move(one, APPLICATION, uow)
    return outcome_of(made, uow)


def set_complete(application_id: ApplicationId, uow: UnitOfWork, *, complete: bool) -> Outcome[Application]:
    """Say that all papers of an application are there. Raises GapsError where the venture's record lacks something."""
    require(uow, Permission.EDIT_VENTURES)
    found = load(application_id, uow)
    lacking = tuple(gap for gap in found.gaps if gap not in _NOT_AS_ASKED)
    if complete and lacking:
        raise GapsError(
            _("Something is missing on the venture's record. Nothing was changed. Complete it first."), lacking
        )
    uow.update(table, application_id, complete=complete)
    return outcome_of(application_id, uow)


def preselect(application_id: ApplicationId, uow: UnitOfWork, *, keep: bool, reason: str = "") -> Outcome[Application]:
    """Keep an application for the jury, or not. Kept, a venture at the stage application moves on.

    To keep what is not complete, and not to keep something, take a reason. Raises UserError once the results are known.
    """
    require(uow, Permission.RUN_CALLS)
    found = load(application_id, uow)
    if found.state is ApplicationState.WITHDRAWN:
        raise UserError(_("This application was withdrawn. Nothing was changed."))
    why = rules.check_reason(reason)
    if keep and not found.complete and not why:
        raise GapsError(
            _("The application is not complete. Nothing was changed. Complete it, or give a reason."), found.gaps
        )
    if not keep and not why:
        raise UserError(_("Not to keep an application takes a reason, which the letter says. Nothing was changed."))
    calls.refuse_open(calls.load(found.call_id, uow), uow)
    state = ApplicationState.PRESELECTED if keep else ApplicationState.DECLINED
    write_state(application_id, state, why, uow)
    one = rules.load(found.venture_id, uow)
    if keep and one.stage == APPLICATION:
        path.record_move(one, PRESELECTION, uow, why)
    return outcome_of(application_id, uow)


def withdraw(application_id: ApplicationId, uow: UnitOfWork, reason: str = "") -> Outcome[Application]:
    """Note that a venture withdrew its application; it may apply again."""
    require(uow, Permission.EDIT_VENTURES)
    load(application_id, uow)
    write_state(application_id, ApplicationState.WITHDRAWN, rules.check_reason(reason), uow)
    return outcome_of(application_id, uow)


def list_applications(call_id: CallId, uow: UnitOfWork) -> tuple[Application, ...]:
    """The applications to a call as they came, each with what it lacks or how it is not as the call asks."""
    require(uow, Permission.READ_VENTURES)
    return with_gaps(calls.load(call_id, uow), rows.applications_of(uow.connection, call_id), uow)


def list_of_venture(venture_id: VentureId, uow: UnitOfWork) -> tuple[Application, ...]:
    """The applications of a venture, to all calls."""
    require(uow, Permission.READ_VENTURES)
    found = rows.applications_by(uow.connection, venture_id)
    return tuple(done for one in found for done in with_gaps(calls.load(one.call_id, uow), [one], uow))


def load(application_id: ApplicationId, uow: UnitOfWork) -> Application:
    """An application with what it lacks. Raises NotFoundError."""
    found = rows.load_application(uow.connection, application_id)
    if found is None:
        raise NotFoundError(_("There is no such application; it may have been taken back. Nothing was changed."))
    return with_gaps(calls.load(found.call_id, uow), [found], uow)[0]


def write_state(application_id: ApplicationId, state: ApplicationState, reason: str, uow: UnitOfWork) -> None:
    """Write what was decided about an application, when and by whom."""
    uow.update(
        table, application_id, state=str(state), decided_at=uow.now, decided_by=uow.actor.account_id, reason=reason
    )


def outcome_of(application_id: ApplicationId, uow: UnitOfWork) -> Outcome[Application]:
    """An application after a change."""
    found = load(application_id, uow)
    changes = Changes(calls=frozenset({found.call_id}), ventures=frozenset({found.venture_id}))
    return Outcome(found, changes, uow.undo_token)


def with_gaps(call: Call, found: Iterable[Application], uow: UnitOfWork) -> tuple[Application, ...]:
    """Applications of a call with what each lacks."""
    listed = list(found)
    ids = [one.venture_id for one in listed]
    ventures = {one.id: one for one in venture_rows.venture_rows(uow.connection, venture.c.id.in_(ids))}
    members = venture_rows.members_of(uow.connection, ids)
    return tuple(
        replace(one, gaps=_gaps(call, ventures.get(one.venture_id), members.get(one.venture_id, ()), one.received_at))
        for one in listed
    )


def _gaps(call: Call, one: Venture | None, members: Iterable[Member], at: int) -> tuple[Gap, ...]:
    day = day_of(at)
    found = [
        (Gap.NOT_OPEN, call.state in {CallState.DRAFT, CallState.CANCELLED}),
        (Gap.BEFORE_OPENING, call.opens is not None and day < call.opens),
        (Gap.AFTER_CLOSING, call.closes is not None and day > call.closes),
    ]
    if one is not None:
        found += [
            (Gap.KIND_NOT_ADMITTED, bool(call.kinds) and one.kind not in call.kinds),
            (Gap.NAME, not (one.name or one.name_ar)),
            (Gap.SECTOR, not one.sector),
            (Gap.ACTIVITY, not one.activity),
            (Gap.CITY, not one.city),
            (Gap.MEMBER, not any(member.holds_on(day) or member.since is not None for member in members)),
        ]
    return tuple(gap for gap, there in found if there)
