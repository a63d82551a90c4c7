"""Scores, ranking and decision. Nobody's points are shown to anybody else until all active jurors have finished."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.ids import AccountId, ApplicationId, CallId, CriterionId, shared_id
from app.domain.ranking import HUNDREDTHS, Division, divide, mean_of, rank_totals, total_of
from app.domain.selection import (
    BEFORE_JURY,
    DECISIONS,
    Application,
    ApplicationState,
    CallState,
    Conflict,
    Excluded,
    Juror,
    JurorPoints,
    Ranked,
    Results,
    Sheet,
)
from app.errors import NotAllowedError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import applications, calls
from app.services import venture_rules as rules
from app.services.access import put, require
from app.services.jury import Panel, panel_of
from app.storage import schema_ventures as schema
from app.storage.calls import SheetRow
from app.storage.unit_of_work import UnitOfWork

_NO_SHEET: Final = SheetRow()


class TieError(UserError):
    """Applications of one rank share the border: `division.tied` for `division.free` places. Somebody must choose."""

    def __init__(self, message: str, division: Division) -> None:
        super().__init__(message)
        self.division = division


def my_sheets(call_id: CallId, uow: UnitOfWork) -> tuple[Sheet, ...]:
    """The own sheets of the juror who asks, one for each application; never those of anybody else."""
    require(uow, Permission.SCORE)
    panel = panel_of(calls.load(call_id, uow), uow)
    if not _is_juror(panel, uow):
        raise NotAllowedError(_("You are not in the jury of this call."))
    return tuple(_own_sheet(one, panel, uow) for one in panel.applications)


def score(
    application_id: ApplicationId, points: Mapping[CriterionId, int], uow: UnitOfWork, *, comment: str | None = None
) -> Outcome[Sheet]:
    """Note the own points for an application, in hundredths by criterion; those not given stay. Raises UserError."""
    require(uow, Permission.SCORE)
    one, panel = _to_score(application_id, uow)
    if panel.is_finished(application_id, uow.actor.account_id):
        raise UserError(_("You have finished this sheet. Nothing was changed. Reopen it while others still score."))
    most = {criterion.id: criterion.most * HUNDREDTHS for criterion in panel.criteria}
    for criterion_id, given in points.items():
        if criterion_id not in most or type(given) is not int or not 0 <= given <= most[criterion_id]:
            raise UserError(_("Points are from 0 to the most of their criterion. Nothing was changed. Check them."))
        row = shared_id("score", application_id.hex, criterion_id.hex, uow.actor.account_id.hex)
        cells = {
            "application_id": application_id,
            "criterion_id": criterion_id,
            "account_id": uow.actor.account_id,
            "points": given,
        }
        put(schema.score, row, cells, uow)
    if comment is not None:
        _put_sheet(application_id, uow, comment=" ".join(comment.split())[: rules.LONGEST_TEXT])
    return _sheet_outcome(one, uow)


def finish_sheet(application_id: ApplicationId, uow: UnitOfWork) -> Outcome[Sheet]:
    """Say that the own points for an application are final. Once all jurors have done so, the results are known."""
    require(uow, Permission.SCORE)
    one, panel = _to_score(application_id, uow)
    sheet = panel.sheets.get((application_id, uow.actor.account_id), _NO_SHEET)
    if not panel.criteria or any(criterion.id not in sheet.points for criterion in panel.criteria):
        raise UserError(_("Some criteria have no points yet. Nothing was changed. Give points for each of them."))
    _put_sheet(application_id, uow, finished_at=uow.now)
    return _sheet_outcome(one, uow)


def reopen_sheet(application_id: ApplicationId, uow: UnitOfWork) -> Outcome[Sheet]:
    """Go on with an own sheet that was finished, as long as the results are not known."""
    require(uow, Permission.SCORE)
    one, _panel = _to_score(application_id, uow)
    _put_sheet(application_id, uow, finished_at=None)
    return _sheet_outcome(one, uow)


def recuse(application_id: ApplicationId, uow: UnitOfWork, *, recused: bool = True) -> Outcome[Sheet]:
    """Say that one is too close to a venture to score it; the own points for it count nothing."""
    require(uow, Permission.SCORE)
    one, _panel = _to_score(application_id, uow, even_excluded=True)
    _put_sheet(application_id, uow, recused=recused)
    return _sheet_outcome(one, uow)


def progress(call_id: CallId, uow: UnitOfWork) -> tuple[Juror, ...]:
    """How many sheets each juror has finished of how many; no points."""
    require(uow, Permission.READ_VENTURES)
    return panel_of(calls.load(call_id, uow), uow).standing()


def results(call_id: CallId, uow: UnitOfWork) -> Results:
    """The ranking with all points, once all active jurors have finished; before that, who is waited for."""
    require(uow, Permission.READ_VENTURES)
    return _results(panel_of(calls.load(call_id, uow), uow), uow)


def decide(
    application_id: ApplicationId, state: ApplicationState, reason: str, uow: UnitOfWork
) -> Outcome[Application]:
    """Decide on one application: accepted, reserve or rejected, with a reason. Raises UserError.

    With a jury its results come first. More accepted than there are places is refused.
    """
    require(uow, Permission.RUN_CALLS)
    found = applications.load(application_id, uow)
    why = rules.check_reason(reason)
    if state not in DECISIONS or found.state not in BEFORE_JURY:
        raise UserError(_("Only what was kept in the pre-selection can be decided on. Nothing was changed."))
    if not why:
        raise UserError(_("A decision has a reason, which the letter says. Nothing was changed."))
    panel = panel_of(calls.load(found.call_id, uow), uow)
    _require_results(panel)
    taken = sum(one.state is ApplicationState.ACCEPTED and one.id != application_id for one in panel.applications)
    if state is ApplicationState.ACCEPTED and panel.call.places and taken >= panel.call.places:
        raise UserError(_("All places of the call are taken. Nothing was changed. Give the call more places first."))
    applications.write_state(application_id, state, why, uow)
    return applications.outcome_of(application_id, uow)


def propose(call_id: CallId, uow: UnitOfWork, *, reserve: int = 0, chosen: Iterable[ApplicationId] = ()) -> Division:
    """What the ranking and the number of places say; `tied` where somebody must choose among equals."""
    require(uow, Permission.RUN_CALLS)
    panel = panel_of(calls.load(call_id, uow), uow)
    _require_results(panel)
    ranks = [(row.application.id, row.rank) for row in _results(panel, uow).rows if row.rank is not None]
    return divide(ranks, panel.call.places, max(reserve, 0), chosen)


def decide_by_ranking(
    call_id: CallId, uow: UnitOfWork, *, reason: str, reserve: int = 0, chosen: Iterable[ApplicationId] = ()
) -> Outcome[Division]:
    """Decide on all ranked applications at once, by the call's places, then `reserve` places on the reserve list.

    Raises TieError where equals share the border, unless `chosen` names who of them takes the places; the reason then
    says why. What nobody could score stays undecided.
    """
    require(uow, Permission.RUN_CALLS)
    why = rules.check_reason(reason)
    if not why:
        raise UserError(_("A decision has a reason, which the letter says. Nothing was changed."))
    division = propose(call_id, uow, reserve=reserve, chosen=chosen)
    if division.tied:
        raise TieError(
            _("Applications with the same total share the last places. Nothing was decided. Choose among them."),
            division,
        )
    decided = (
        (division.accepted, ApplicationState.ACCEPTED),
        (division.reserve, ApplicationState.RESERVE),
        (division.rejected, ApplicationState.REJECTED),
    )
    for ids, state in decided:
        for application_id in ids:
            applications.write_state(application_id, state, why, uow)
    uow.update(schema.call_for, call_id, state=str(CallState.DECIDED))
    ventures = frozenset(one.venture_id for one in applications.list_applications(call_id, uow))
    return Outcome(division, Changes(calls=frozenset({call_id}), ventures=ventures), uow.undo_token)


def _results(panel: Panel, uow: UnitOfWork) -> Results:
    shown = panel.open
    listed = applications.with_gaps(panel.call, panel.applications, uow)
    given = [_points_for(one, panel) if shown else () for one in listed]
    totals = [mean_of([points.total for points in each]) for each in given]
    ranks = rank_totals(totals)
    found = [
        Ranked(one, rank, total, rank is not None and ranks.count(rank) > 1, each, _excluded(one, panel))
        for one, rank, total, each in zip(listed, ranks, totals, given, strict=True)
    ]
    found.sort(key=lambda row: (row.rank is None, row.rank or 0, row.application.received_at, row.application.number))
    return Results(panel.call, panel.criteria, shown, panel.waiting, tuple(found))


def _points_for(one: Application, panel: Panel) -> tuple[JurorPoints, ...]:
    found = []
    for account, name in panel.active:
        if (one.id, account) not in panel.conflicts:
            sheet = panel.sheets[(one.id, account)]
            total = total_of(sheet.points, panel.criteria)
            found.append(JurorPoints(account, name, dict(sheet.points), total, sheet.comment))
    return tuple(found)


def _excluded(one: Application, panel: Panel) -> tuple[Excluded, ...]:
    known = ((account, name, panel.conflicts.get((one.id, account))) for account, name in panel.active)
    return tuple(Excluded(account, name, conflict) for account, name, conflict in known if conflict is not None)


def _require_results(panel: Panel) -> None:
    if panel.active and not panel.open:
        raise UserError(
            _("The jury has not finished: {names}. Nothing was decided.").format(names=", ".join(panel.waiting))
        )


def _is_juror(panel: Panel, uow: UnitOfWork) -> bool:
    return uow.actor.account_id in {account for account, _name in panel.active}


def _to_score(
    application_id: ApplicationId, uow: UnitOfWork, *, even_excluded: bool = False
) -> tuple[Application, Panel]:
    """An application that this juror may score now. Raises NotAllowedError, UserError."""
    one = applications.load(application_id, uow)
    panel = panel_of(calls.load(one.call_id, uow), uow)
    if not _is_juror(panel, uow):
        raise NotAllowedError(_("You are not in the jury of this call. Nothing was changed."))
    if one.state not in BEFORE_JURY:
        raise UserError(_("Only what was kept in the pre-selection is scored. Nothing was changed."))
    calls.refuse_open(panel.call, uow)
    conflict = panel.conflicts.get((application_id, uow.actor.account_id))
    if conflict is not None and not (even_excluded and conflict is Conflict.DECLARED):
        raise UserError(
            _(
                "You are too close to this venture to score it: you are a member or its advisor, or you said so. "
                "Nothing was changed."
            )
        )
    return one, panel


def _put_sheet(application_id: ApplicationId, uow: UnitOfWork, **cells: object) -> None:
    account: AccountId = uow.actor.account_id
    row = shared_id("score_sheet", application_id.hex, account.hex)
    put(schema.score_sheet, row, {"application_id": application_id, "account_id": account, **cells}, uow)


def _own_sheet(one: Application, panel: Panel, uow: UnitOfWork) -> Sheet:
    account = uow.actor.account_id
    row = panel.sheets.get((one.id, account), _NO_SHEET)
    return Sheet(one, dict(row.points), row.finished_at, row.comment, panel.conflicts.get((one.id, account)))


def _sheet_outcome(one: Application, uow: UnitOfWork) -> Outcome[Sheet]:
    panel = panel_of(calls.load(one.call_id, uow), uow)
    token = None if panel.open else uow.undo_token
    return Outcome(_own_sheet(one, panel, uow), Changes(calls=frozenset({one.call_id})), token)
