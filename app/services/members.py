"""Members of a venture, their roles and shares over time. Shares never add up to more than the whole."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.ids import MemberId, PersonId, VentureId
from app.domain.ventures import WHOLE, Member, NewMember, highest_sum
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import venture_rules as rules
from app.services.access import require
from app.services.merging import records_of
from app.storage import people as people_rows
from app.storage import ventures as rows
from app.storage.schema_ventures import member as table
from app.storage.unit_of_work import UnitOfWork


def add_member(venture_id: VentureId, new: NewMember, uow: UnitOfWork) -> Outcome[Member]:
    """Take somebody into a venture. Raises UserError where the shares would be more than the whole on some day."""
    require(uow, Permission.EDIT_VENTURES)
    rules.load(venture_id, uow)
    former = _highest(venture_id, uow)
    if not people_rows.load_people(uow.connection, [new.person_id]):
        raise NotFoundError(_("There is no such person on record here. Nothing was changed. Search by name or phone."))
    made = MemberId(
        uow.insert(
            table,
            venture_id=venture_id,
            person_id=new.person_id,
            role=rules.check_code("member_roles", new.role, needed=True),
            share=_check_share(new.share),
            since=_text(new.since),
            until=_text(new.until),
        )
    )
    return _finish(made, former, uow)


def change_share(
    member_id: MemberId, share: int, since: date | None, uow: UnitOfWork, *, role: str | None = None
) -> Outcome[Member]:
    """Give a member another share, or role, from a day on; what held before stays on record. None: all the time."""
    require(uow, Permission.EDIT_VENTURES)
    before = _load(member_id, uow)
    former = _highest(before.venture_id, uow)
    new_role = before.role if role is None else rules.check_code("member_roles", role, needed=True)
    if since is None or since == before.since:
        uow.update(table, member_id, share=_check_share(share), role=new_role)
        return _finish(member_id, former, uow)
    if not before.holds_on(since):
        raise UserError(_("On that day this share did not hold. Nothing was changed. Check the day."))
    uow.update(table, member_id, until=_text(since - timedelta(days=1)))
    made = MemberId(
        uow.insert(
            table,
            venture_id=before.venture_id,
            person_id=before.person_id,
            role=new_role,
            share=_check_share(share),
            since=_text(since),
            until=_text(before.until),
        )
    )
    return _finish(made, former, uow)


def end_member(member_id: MemberId, until: date | None, uow: UnitOfWork) -> Outcome[Member]:
    """Say on which day somebody was a member for the last time; None takes that back."""
    require(uow, Permission.EDIT_VENTURES)
    former = _highest(_load(member_id, uow).venture_id, uow)
    uow.update(table, member_id, until=_text(until))
    return _finish(member_id, former, uow)


def remove_member(member_id: MemberId, uow: UnitOfWork) -> Outcome[None]:
    """Take back a membership that was entered by mistake."""
    require(uow, Permission.EDIT_VENTURES)
    before = _load(member_id, uow)
    uow.update(table, member_id, deleted=True)
    return Outcome(None, _changed(before), uow.undo_token)


def is_more_than_whole(changed: Iterable[UUID], uow: UnitOfWork) -> bool:
    """Whether the shares of a venture are more than the whole, now that these memberships were put back."""
    found = (rows.load_member(uow.connection, member_id) for member_id in changed)
    ventures = {one.venture_id for one in found if one is not None}
    return any(_highest(venture_id, uow) > WHOLE for venture_id in ventures)


def _highest(venture_id: VentureId, uow: UnitOfWork) -> int:
    return highest_sum(rules.members_of(venture_id, uow)).share


def _finish(member_id: MemberId, former: int, uow: UnitOfWork) -> Outcome[Member]:
    """Check the laws that hold for all members together, once the change is written; a refusal undoes it.

    `former` is the most that the shares added up to before: what is wrong already can be put right in steps.
    """
    made = _load(member_id, uow)
    if made.since and made.until and made.until < made.since:
        raise UserError(_("The last day of a membership is before its first. Nothing was changed. Check the days."))
    members = rules.members_of(made.venture_id, uow)
    same = records_of(made.person_id, uow)
    for other in members:
        if other.id != made.id and other.person_id in same and _overlap(made, other):
            raise UserError(
                _(
                    "{name} is a member at that time already. Nothing was changed. "
                    "Change the share of the membership on record, or check the days."
                ).format(name=made.name or made.name_ar)
            )
    excess = highest_sum(members)
    if excess.share > max(WHOLE, former):
        since = excess.since.strftime("%d/%m/%Y") if excess.since else _("the beginning")
        raise UserError(
            _(
                "The shares would add up to {sum} % from {day} on, more than the whole. Nothing was changed. "
                "Make another member's share smaller first."
            ).format(sum=_per_cent(excess.share), day=since)
        )
    return Outcome(made, _changed(made), uow.undo_token)


def _overlap(one: Member, other: Member) -> bool:
    first, last = max(_from(one), _from(other)), min(_to(one), _to(other))
    return first <= last


def _from(member: Member) -> date:
    return member.since or date.min


def _to(member: Member) -> date:
    return member.until or date.max


def _per_cent(share: int) -> str:
    return f"{share // 100},{share % 100:02d}"


def _check_share(share: int) -> int:
    if not 0 <= share <= WHOLE:
        raise UserError(_("A share is from 0 to 100 %. Nothing was changed."))
    return share


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _changed(member: Member) -> Changes:
    return rules.changed(member.venture_id, PersonId(member.person_id))


def _load(member_id: UUID, uow: UnitOfWork) -> Member:
    found = rows.load_member(uow.connection, member_id)
    if found is None:
        raise NotFoundError(_("There is no such member of a venture. Nothing was changed."))
    return found
