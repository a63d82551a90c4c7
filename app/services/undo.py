"""Taking back the last action, where nothing has been built on it since."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.domain.ids import day_id
from app.errors import NotAllowedError, UserError
from app.i18n import _
from app.outcome import UndoToken
from app.services import jury, members
from app.services.funding_checks import is_money_out_of_order
from app.storage import places
from app.storage import undo as ops
from app.storage import visits as visit_rows
from app.storage.people import reindex
from app.storage.unit_of_work import UnitOfWork

_FUNDING: Final = ("agreement", "tranche", "payment", "justification", "budget_line", "exchange_rate", "spending")


def undo(token: UndoToken, uow: UnitOfWork) -> Changes:
    """Take back what one action of the same account wrote.

    Raises UserError when somebody has changed the same since or has built on it: a visit of the person, a receipt for
    the visit, a second visit that would then be open beside the first; the points of a jury whose results are known.
    Raises NotAllowedError for the action of another account, whose rights one may not have.
    """
    known = jury.open_results(uow)
    try:
        changed = ops.undo(uow, token)
    except ops.ChangedSinceError as error:
        raise _changed_since() from error
    except ops.NotOursError as error:
        raise NotAllowedError(
            _("This was done by another account, so it can't be taken back from this one. Nothing was changed.")
        ) from error
    visits = set(changed.get("visit", ())) | places.visits_of(
        uow.connection, changed.get("place", ()), changed.get("paper", ())
    )
    if visit_rows.breaks_a_rule(uow.connection, visits):
        raise _changed_since()
    if is_money_out_of_order(changed, uow):
        raise _changed_since()
    if members.is_more_than_whole(changed.get("member", ()), uow):
        raise _changed_since()
    if jury.closes_results(known, changed, uow):
        raise UserError(
            _("The results of the jury are known by now, so this can't be taken back. Nothing was changed.")
        )
    return _changes(changed, visits, uow)


def _changed_since() -> UserError:
    return UserError(
        _("This was changed again since, so it can't be taken back. Nothing was changed. Correct the entry.")
    )


def _changes(changed: Mapping[str, frozenset[UUID]], visits: set[UUID], uow: UnitOfWork) -> Changes:
    connection = uow.connection
    visitors = places.visitors_of(connection, visits)
    renamed = set(changed.get("person", ()))
    # the index knows when somebody last came
    reindex(connection, renamed | visitors)
    none: frozenset[UUID] = frozenset()
    concerned = places.consenters_of(connection, changed.get("consent", none))
    concerned |= places.joined_by(connection, changed.get("same_person", none))
    concerned |= places.people_named_by(connection, changed)
    days = {day_id(uow.actor.installation_id, day) for day in visit_rows.days_of(connection, visits)}
    return Changes(
        people=frozenset(renamed | visitors | concerned),
        visits=frozenset(visits),
        days=changed.get("day", none) | days,
        counters=changed.get("counter", none),
        accounts=changed.get("account", none),
        consents=changed.get("consent", none),
        codes=changed.get("hidden_code", none),
        hubs=changed.get("hub", none),
        cases=_ids(changed, "case_file"),
        appointments=_ids(changed, "appointment"),
        sessions=_ids(changed, "session", "attendance"),
        steps=_ids(changed, "step", "step_template"),
        referrals=_ids(changed, "referral", "partner"),
        attachments=_ids(changed, "attachment", "attachment_content"),
        placements=_ids(changed, "placement", "employer", "offer", "candidacy"),
        ventures=_ids(changed, "venture", "member", "stage_move", "monthly_figure"),
        calls=_ids(changed, "call_for", "criterion", "application", "juror", "score", "score_sheet"),
        funding=_ids(changed, *_FUNDING),
        trainings=_ids(changed, "training", "training_hub", "training_day", "enrolment", "presence", "assessment"),
        papers=_ids(changed, "certificate", "certificate_copy", "certificate_end", "paper_template", "paper_logo"),
    )


def _ids(changed: Mapping[str, frozenset[UUID]], *tables: str) -> frozenset[UUID]:
    return frozenset[UUID]().union(*(changed.get(name, ()) for name in tables))
