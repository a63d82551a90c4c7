"""Referrals in a closed loop: somebody is sent to another hub, a colleague or a partner, and the answer is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.consent import Consent
from app.domain.ids import AccountId, CaseId, ConsentId, HubId, PartnerId, PersonId, ReferralId

SHARING: Final = "sharing"
"""The consent without which nobody is sent beyond the hub. Code list `consents`."""
PATIENCE_DAYS: Final = 7
"""After so many days without an answer somebody is reminded."""


class ReferralState(StrEnum):
    """Where a referral stands. Code list `referral_states`."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    CANCELLED = "cancelled"


_R = ReferralState
REFERRAL_MOVES: Final[Mapping[ReferralState, frozenset[ReferralState]]] = MappingProxyType(
    {
        _R.SENT: frozenset({_R.ACCEPTED, _R.DECLINED, _R.CANCELLED}),
        _R.ACCEPTED: frozenset({_R.DONE, _R.CANCELLED}),
        _R.DECLINED: frozenset(),
        _R.DONE: frozenset(),
        _R.CANCELLED: frozenset(),
    }
)
"""What may follow a state."""
OPEN_REFERRALS: Final = frozenset({_R.SENT, _R.ACCEPTED})


def referral_state(kept: ReferralState, answered_at: int | None, done_at: int | None) -> ReferralState:
    """The state that is shown: what was done stays done, though another office called it off without knowing."""
    if done_at is not None:
        return _R.DONE
    if kept is _R.DONE:
        return _R.ACCEPTED if answered_at is not None else _R.SENT
    return kept


@dataclass(frozen=True, slots=True)
class NewReferral:
    """Somebody is sent on: to a hub (perhaps a colleague there), to a colleague here, or to a partner.

    `service` is what they are sent for (code list `visit_reasons`), `reason` says why. `override_reason` stands for
    a consent to share that is missing.
    """

    person_id: PersonId
    service: str
    reason: str = ""
    to_hub_id: HubId | None = None
    to_account_id: AccountId | None = None
    partner_id: PartnerId | None = None
    case_id: CaseId | None = None
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral in a list. Moments are epoch milliseconds; `waiting` is whole days without an answer.

    `to` is where it went, as people read it. `consent_stands` says whether the person still agrees to the sharing:
    a consent is withdrawn at any time. `late` once nobody answered for PATIENCE_DAYS.
    """

    id: ReferralId
    hub_id: HubId
    from_hub: str
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    service: str
    reason: str
    to_hub_id: HubId | None
    to_account_id: AccountId | None
    partner_id: PartnerId | None
    to: str
    case_id: CaseId | None
    consent_id: ConsentId | None
    override_reason: str
    state: ReferralState
    sent_by: AccountId
    sender: str
    sent_at: int
    answered_at: int | None
    answer: str
    done_at: int | None
    result: str
    waiting: int = 0
    late: bool = False
    consent_stands: bool = True


@dataclass(frozen=True, slots=True)
class NewPartner:
    """An organisation that people are sent to. `services` in free words."""

    name: str
    services: str = ""
    city: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner on record, known to every hub."""

    id: PartnerId
    hub_id: HubId
    name: str
    services: str
    city: str
    contact: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where somebody can be sent: other hubs with their codes, colleagues here with their names, partners in use.

    `consent` is the one to share that stands now; None where the person has to be asked before leaving the hub.
    """

    hubs: tuple[tuple[HubId, str], ...]
    colleagues: tuple[tuple[AccountId, str], ...]
    partners: tuple[Partner, ...]
    consent: Consent | None
