"""Employers, their offers and candidates; placements, their check after three months, a foreigner's work contract."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.ids import (
    AccountId,
    CandidacyId,
    CaseId,
    EmployerId,
    HubId,
    OfferId,
    PersonId,
    PlacementId,
    StepId,
)

FOREIGN_WORKER: Final = "foreign_worker"
"""The kind of contract with steps of its own. Code list `placements`."""
FOREIGN_STEPS: Final = "foreigner_contract_steps"
"""Code list of those steps, in their order; also the kind under which they are laid."""
FREE_OF_ATTESTATION: Final = frozenset({"DZ", "SN", "TN"})
"""Nationals whom an establishment agreement frees from the attestation of ANAPEC (Labour Code, art. 520)."""
CHECK_MONTHS: Final = 3


class CandidacyState(StrEnum):
    """Where a candidate stands with an offer. Code list `candidacy_states`."""

    PROPOSED = "proposed"
    INTERVIEW = "interview"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDREW = "withdrew"


_C = CandidacyState
CANDIDACY_MOVES: Final[Mapping[CandidacyState, frozenset[CandidacyState]]] = MappingProxyType(
    {
        _C.PROPOSED: frozenset({_C.INTERVIEW, _C.ACCEPTED, _C.REFUSED, _C.WITHDREW}),
        _C.INTERVIEW: frozenset({_C.ACCEPTED, _C.REFUSED, _C.WITHDREW}),
        _C.ACCEPTED: frozenset({_C.WITHDREW}),
        _C.REFUSED: frozenset(),
        _C.WITHDREW: frozenset(),
    }
)
"""What may follow a state. Whoever was placed on an offer can't withdraw from it: the placement is ended."""


class OfferState(StrEnum):
    """Whether an offer takes candidates. Code list `offer_states`."""

    OPEN = "open"
    CLOSED = "closed"


class PlacementState(StrEnum):
    """Whether a placement goes on, or why it ended. Code list `placement_states`."""

    CURRENT = "current"
    COMPLETED = "completed"
    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    EMPLOYER_CLOSED = "employer_closed"
    PAPERS_REFUSED = "papers_refused"
    LEFT_COUNTRY = "left_country"
    OTHER = "other"


class StillThere(StrEnum):
    """What was learnt after three months. Code list `still_there`; nothing before somebody asked."""

    YES = "yes"
    NO = "no"
    UNREACHED = "unreached"


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class NewEmployer:
    """Somebody who gives work."""

    name: str
    sector: str = "other"
    city: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer on record, known to every hub."""

    id: EmployerId
    hub_id: HubId
    name: str
    sector: str
    city: str
    contact: str
    phone: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class NewOffer:
    """Work that an employer offers; `kind` of code list `placements`."""

    employer_id: EmployerId
    title: str
    kind: str
    places: int = 1
    opens: date | None = None
    closes: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer with its employer and how many of its places are taken. `over` counts those above its places."""

    id: OfferId
    hub_id: HubId
    employer_id: EmployerId
    employer: str
    title: str
    kind: str
    places: int
    taken: int
    candidates: int
    opens: date | None
    closes: date | None
    note: str
    kept: OfferState
    state: OfferState

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return max(0, self.places - self.taken)

    @property
    def over(self) -> int:
        """How many more were accepted than there are places, as two offices can without knowing."""
        return max(0, self.taken - self.places)


def offer_state(kept: OfferState, closes: date | None, today: date) -> OfferState:
    """Closed once its last day is past, whatever was kept."""
    return OfferState.CLOSED if closes is not None and closes < today else kept


@dataclass(frozen=True, slots=True)
class CandidacyRow:
    """Somebody proposed for an offer. `proposed_at` is epoch milliseconds."""

    id: CandidacyId
    offer_id: OfferId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    state: CandidacyState
    proposed_at: int
    note: str
    title: str
    employer: str
    placed: bool = False


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """Somebody begins work: a contract of a kind (code list `placements`) with an employer, from a day on.

    `offer_id` gives the employer, the title and the kind where these are not said. `needs_visa` and
    `needs_attestation` lay or leave out these steps of a foreigner's contract; None goes by the nationality.
    """

    person_id: PersonId
    starts: date
    employer_id: EmployerId | None = None
    kind: str = ""
    title: str = ""
    offer_id: OfferId | None = None
    case_id: CaseId | None = None
    ends: date | None = None
    note: str = ""
    needs_visa: bool = False
    needs_attestation: bool | None = None


@dataclass(frozen=True, slots=True)
class ContractStep:
    """A step of a foreigner's work contract. `done_at` is epoch milliseconds."""

    id: StepId
    code: str
    position: int
    due: date | None
    done_at: int | None
    dropped: bool
    assigned_to: AccountId | None = None


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement. `ends` is the last day planned, and the real one once it has ended."""

    id: PlacementId
    hub_id: HubId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    employer_id: EmployerId
    employer: str
    offer_id: OfferId | None
    case_id: CaseId | None
    kind: str
    title: str
    starts: date | None
    ends: date | None
    state: PlacementState
    checked: date | None
    answer: StillThere | None
    note: str
    steps: tuple[ContractStep, ...] = ()

    @property
    def check_due(self) -> date | None:
        """The day from which it is asked whether the person is still there."""
        return months_after(self.starts, CHECK_MONTHS) if self.starts else None

    @property
    def still_there(self) -> StillThere | None:
        """Whether the person was still there after three months: an end before that day says no by itself."""
        if self.state is not PlacementState.CURRENT and self.ends and self.check_due and self.ends < self.check_due:
            return StillThere.NO
        return self.answer

    def is_due(self, today: date) -> bool:
        """Whether somebody should ask now: three months are past, and no answer yes or no is known."""
        due = self.check_due
        return due is not None and due <= today and self.still_there in {None, StillThere.UNREACHED}
