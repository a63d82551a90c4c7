"""Referrals in a closed loop: sent, accepted or declined, done; nobody is sent beyond the hub without their consent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import PERMISSIONS, Permission
from app.domain.codes import is_code
from app.domain.consent import Consent
from app.domain.ids import PartnerId, PersonId, ReferralId
from app.domain.people import clean_name
from app.domain.referrals import (
    OPEN_REFERRALS,
    PATIENCE_DAYS,
    REFERRAL_MOVES,
    SHARING,
    Destinations,
    NewPartner,
    NewReferral,
    Partner,
    ReferralRow,
    ReferralState,
)
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import consents, people
from app.services.access import require, update_row
from app.services.merging import records_of
from app.storage import places
from app.storage import referrals as rows
from app.storage.schema_accompaniment import partner, referral
from app.storage.unit_of_work import UnitOfWork

_DAY_MS: Final = 86_400_000
_PARTNER_FIELDS: Final = ("name", "services", "city", "contact")


def send(new: NewReferral, uow: UnitOfWork) -> Outcome[ReferralRow]:
    """Send somebody to another hub, a colleague here, or a partner.

    Beyond the hub it needs the person's consent to share that stands, or a reason on record. Raises UserError.
    """
    require(uow, Permission.ACCOMPANY)
    people.resolve(str(new.person_id), uow)
    _check_target(new, uow)
    if not is_code("visit_reasons", new.service):
        raise UserError(_("That service is not on the list. Nothing was changed. Choose one of those shown."))
    consent = may_share(new.person_id, uow)
    leaves = new.partner_id is not None or new.to_hub_id not in {None, uow.actor.hub_id}
    override = clean_name(new.override_reason)
    if leaves and consent is None and not override:
        raise UserError(
            _("There is no consent of this person to share with others. Nothing was sent. "
              "Ask for the consent, or give the reason to send them without it; it is kept.")
        )  # fmt: skip
    made = ReferralId(
        uow.insert(
            referral,
            hub_id=uow.actor.hub_id,
            person_id=new.person_id,
            case_id=new.case_id,
            to_hub_id=new.to_hub_id,
            to_account_id=new.to_account_id,
            partner_id=new.partner_id,
            consent_id=consent.id if leaves and consent else None,
            service=new.service,
            reason=clean_name(new.reason),
            override_reason=override if leaves and consent is None else "",
            state=str(ReferralState.SENT),
            sent_by=uow.actor.account_id,
            sent_at=uow.now,
        )
    )
    return _outcome(made, uow)


def may_share(person_id: PersonId, uow: UnitOfWork) -> Consent | None:
    """The consent to share that stands now; None where somebody has to be asked."""
    require(uow, Permission.ACCOMPANY)
    return consents.standing(person_id, SHARING, uow)


def destinations(person_id: PersonId, uow: UnitOfWork) -> Destinations:
    """Where a person can be sent from here (colleagues who accompany), and whether they agreed to be shared."""
    known = places.accounts_of(uow.connection, uow.actor.hub_id)
    return Destinations(
        consent=may_share(person_id, uow),
        hubs=tuple(rows.other_hubs(uow.connection, uow.actor.hub_id)),
        colleagues=tuple(
            (one.id, one.name)
            for one in known
            if one.active and one.id != uow.actor.account_id and Permission.ACCOMPANY in PERMISSIONS.get(one.role, ())
        ),
        partners=list_partners(uow),
    )


def list_of(person_id: PersonId, uow: UnitOfWork) -> tuple[ReferralRow, ...]:
    """All referrals of a person, the latest first."""
    require(uow, Permission.READ_CASES)
    return _judged(reversed(rows.referrals_of(uow.connection, records_of(person_id, uow))), uow)


def inbox(uow: UnitOfWork) -> tuple[ReferralRow, ...]:
    """Who was sent to this hub and waits for an answer or a result: those sent to me first, then the oldest."""
    require(uow, Permission.READ_CASES)
    me = uow.actor.account_id
    here = [row for row in rows.open_referrals(uow.connection) if _is_received_here(row, uow)]
    return _judged(sorted(here, key=lambda row: (row.to_account_id != me, row.sent_at)), uow)


def outbox(uow: UnitOfWork, *, everything: bool = False) -> tuple[ReferralRow, ...]:
    """Whom this hub sent elsewhere, the latest first: those still open, or with `everything` all."""
    require(uow, Permission.READ_CASES)
    sent = [
        row for row in rows.sent_from(uow.connection, uow.actor.hub_id) if everything or row.state in OPEN_REFERRALS
    ]
    return _judged(reversed(sent), uow)


def unanswered(uow: UnitOfWork) -> tuple[ReferralRow, ...]:
    """Referrals from here or to here that nobody answered for seven days, the oldest first."""
    require(uow, Permission.READ_CASES)
    hub = uow.actor.hub_id
    concerned = [row for row in rows.open_referrals(uow.connection) if row.hub_id == hub or _is_received_here(row, uow)]
    return tuple(row for row in _judged(concerned, uow) if row.late)


def show(referral_id: ReferralId, uow: UnitOfWork) -> ReferralRow:
    """One referral. Raises NotFoundError."""
    require(uow, Permission.READ_CASES)
    return _load(referral_id, uow)


def answer(referral_id: ReferralId, text: str, uow: UnitOfWork, *, accepted: bool) -> Outcome[ReferralRow]:
    """Accept or decline, at the hub that received it; for a partner, at the hub that sent. Declining says why."""
    state = ReferralState.ACCEPTED if accepted else ReferralState.DECLINED
    said = clean_name(text)
    row = _load_for_receiver(referral_id, state, uow)
    if not accepted and not said:
        raise UserError(_("Say why it is declined: whoever sent the person reads it. Nothing was changed."))
    update_row(uow, referral, row.id, state=str(state), answered_at=uow.now, answer=said)
    return _outcome(row.id, uow)


def finish(referral_id: ReferralId, result: str, uow: UnitOfWork) -> Outcome[ReferralRow]:
    """Keep that the person received what they were sent for, and what came of it."""
    row = _load_for_receiver(referral_id, ReferralState.DONE, uow)
    said = clean_name(result)
    if not said:
        raise UserError(_("Say what came of it: whoever sent the person reads it. Nothing was changed."))
    update_row(uow, referral, row.id, state=str(ReferralState.DONE), done_at=uow.now, result=said)
    return _outcome(row.id, uow)


def cancel(referral_id: ReferralId, reason: str, uow: UnitOfWork) -> Outcome[ReferralRow]:
    """Call a referral off, at the hub that sent it, with a reason."""
    require(uow, Permission.ACCOMPANY)
    row = _load(referral_id, uow)
    if row.hub_id != uow.actor.hub_id:
        raise UserError(
            _("Only the hub that sent this person can call it off; decline it instead. Nothing was changed.")
        )
    _check_move(row, ReferralState.CANCELLED)
    said = clean_name(reason)
    if not said:
        raise UserError(_("Say why it is called off. Nothing was changed."))
    update_row(uow, referral, row.id, state=str(ReferralState.CANCELLED), result=said)
    return _outcome(row.id, uow)


def list_partners(uow: UnitOfWork, *, hidden: bool = False) -> tuple[Partner, ...]:
    """The partners of all hubs by name; with `hidden`, those out of use too."""
    require(uow, Permission.READ_CASES)
    return tuple(item for item in rows.partners(uow.connection) if hidden or not item.hidden)


def add_partner(new: NewPartner, uow: UnitOfWork) -> Outcome[Partner]:
    """Put a partner on record. Raises UserError without a name."""
    require(uow, Permission.ACCOMPANY)
    cells = _partner_cells({name: getattr(new, name) for name in _PARTNER_FIELDS})
    made = PartnerId(uow.insert(partner, hub_id=uow.actor.hub_id, **cells))
    return Outcome(_load_partner(made, uow), Changes(referrals=frozenset({made})), uow.undo_token)


def edit_partner(partner_id: PartnerId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Partner]:
    """Correct `name`, `services`, `city`, `contact` of a partner, or hide it (`hidden`)."""
    require(uow, Permission.ACCOMPANY)
    _load_partner(partner_id, uow)
    update_row(uow, partner, partner_id, **_partner_cells(fields))
    return Outcome(_load_partner(partner_id, uow), Changes(referrals=frozenset({partner_id})), uow.undo_token)


def _partner_cells(fields: Mapping[str, object]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, value in fields.items():
        if name == "hidden" and isinstance(value, bool):
            cells[name] = value
        elif name in _PARTNER_FIELDS and isinstance(value, str):
            cells[name] = clean_name(value)
        else:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )
    if not cells.get("name", True):
        raise UserError(_("A partner needs a name. Nothing was changed."))
    return cells


def _check_target(new: NewReferral, uow: UnitOfWork) -> None:
    known = new.partner_id is not None, new.to_hub_id is not None or new.to_account_id is not None
    if sum(known) != 1:
        raise UserError(_("Say where the person is sent: to a hub, a colleague or a partner. Nothing was sent."))
    if new.partner_id is not None and _load_partner(new.partner_id, uow).hidden:
        raise UserError(_("This partner is not in use any more. Nothing was sent. Choose another."))
    hub = new.to_hub_id or uow.actor.hub_id
    if new.to_hub_id is not None and rows.hub_code(uow.connection, new.to_hub_id) is None:
        raise NotFoundError(_("There is no such hub on record here. Nothing was sent."))
    if new.to_account_id is not None and rows.hub_of_account(uow.connection, new.to_account_id) != hub:
        raise NotFoundError(_("There is no such colleague at that hub. Nothing was sent. Choose one of those shown."))
    if new.to_hub_id == uow.actor.hub_id and new.to_account_id is None:
        raise UserError(_("The person is at this hub already: choose a colleague. Nothing was sent."))


def _is_received_here(row: ReferralRow, uow: UnitOfWork) -> bool:
    """Whether this hub answers: it was sent here, or to a colleague of the hub that sent it, which this is."""
    return row.partner_id is None and (row.to_hub_id or row.hub_id) == uow.actor.hub_id


def _load_for_receiver(referral_id: ReferralId, state: ReferralState, uow: UnitOfWork) -> ReferralRow:
    require(uow, Permission.ACCOMPANY)
    row = _load(referral_id, uow)
    if not _is_received_here(row, uow) and not (row.partner_id and row.hub_id == uow.actor.hub_id):
        raise UserError(
            _("This is for {place} to answer; the answer comes with their next bundle. Nothing was changed.").format(
                place=row.to
            )
        )
    _check_move(row, state)
    return row


def _check_move(row: ReferralRow, state: ReferralState) -> None:
    if state not in REFERRAL_MOVES.get(row.state, ()):
        raise UserError(_("As this referral stands, that is not possible. Nothing was changed."))


def _judged(found: Iterable[ReferralRow], uow: UnitOfWork) -> tuple[ReferralRow, ...]:
    """The rows with what follows from the day: how long they wait, and whether the consent still stands."""
    known: dict[PersonId, Consent | None] = {}
    judged = []
    for row in found:
        if row.consent_id is not None and row.person_id not in known:
            known[row.person_id] = consents.standing(row.person_id, SHARING, uow)
        waits = row.state is ReferralState.SENT
        waiting = max(0, (uow.now - row.sent_at) // _DAY_MS) if waits else 0
        judged.append(
            replace(
                row,
                waiting=waiting,
                late=waits and waiting >= PATIENCE_DAYS,
                consent_stands=row.consent_id is None or known[row.person_id] is not None,
            )
        )
    return tuple(judged)


def _load(referral_id: ReferralId, uow: UnitOfWork) -> ReferralRow:
    row = rows.load_referral(uow.connection, referral_id)
    if row is None:
        raise NotFoundError(_("There is no such referral on record here. Nothing was changed. Look in the list."))
    return _judged([row], uow)[0]


def _load_partner(partner_id: UUID, uow: UnitOfWork) -> Partner:
    for item in rows.partners(uow.connection, partner.c.id == partner_id):
        return item
    raise NotFoundError(_("There is no such partner on record here. Nothing was changed. Choose one of those shown."))


def _outcome(referral_id: ReferralId, uow: UnitOfWork) -> Outcome[ReferralRow]:
    row = _load(referral_id, uow)
    changes = Changes(referrals=frozenset({row.id}), people=frozenset({row.person_id}))
    return Outcome(row, changes, uow.undo_token)
