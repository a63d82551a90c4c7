"""Calls and selection: a call with its criteria and its jury, applications, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.domain.ids import AccountId, ApplicationId, CallId, CriterionId, HubId, VentureId


class CallState(StrEnum):
    """Where a call stands."""

    DRAFT = "draft"
    OPEN = "open"
    SCORING = "scoring"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class ApplicationState(StrEnum):
    """Where an application stands."""

    RECEIVED = "received"
    PRESELECTED = "preselected"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    RESERVE = "reserve"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


BEFORE_JURY: Final = frozenset(
    {
        ApplicationState.PRESELECTED,
        ApplicationState.ACCEPTED,
        ApplicationState.RESERVE,
        ApplicationState.REJECTED,
    }
)
"""Applications that the jury scores, or has scored."""
DECISIONS: Final = (ApplicationState.ACCEPTED, ApplicationState.RESERVE, ApplicationState.REJECTED)


class Conflict(StrEnum):
    """Why a juror does not score an application."""

    ADVISOR = "advisor"
    MEMBER = "member"
    DECLARED = "declared"


class Gap(StrEnum):
    """What an application lacks, or why it is not as the call asks."""

    NAME = "name"
    SECTOR = "sector"
    ACTIVITY = "activity"
    CITY = "city"
    MEMBER = "member"
    KIND_NOT_ADMITTED = "kind_not_admitted"
    BEFORE_OPENING = "before_opening"
    AFTER_CLOSING = "after_closing"
    NOT_OPEN = "not_open"


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call for applications. `kinds` are codes of venture_kinds, none is all; days None are not fixed yet."""

    code: str
    label_fr: str
    label_en: str
    label_ar: str
    kinds: tuple[str, ...] = ()
    opens: date | None = None
    closes: date | None = None
    places: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A call on record, with how many applied and the sum of the weights of its criteria."""

    id: CallId
    hub_id: HubId
    code: str
    label_fr: str
    label_en: str
    label_ar: str
    kinds: tuple[str, ...]
    opens: date | None
    closes: date | None
    places: int
    state: CallState
    applications: int = 0
    weights: int = 0

    def label(self, language: str) -> str:
        """The name in a language of `app.i18n`."""
        return {"fr": self.label_fr, "ar": self.label_ar}.get(language, self.label_en)


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """What the jury looks at. `weight` counts against the sum of all; `most` is the most points that can be given."""

    label_fr: str
    label_en: str
    label_ar: str
    weight: int = 1
    most: int = 10


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of a call."""

    id: CriterionId
    position: int
    label_fr: str
    label_en: str
    label_ar: str
    weight: int
    most: int

    def label(self, language: str) -> str:
        """The name in a language of `app.i18n`."""
        return {"fr": self.label_fr, "ar": self.label_ar}.get(language, self.label_en)


@dataclass(frozen=True, slots=True)
class Juror:
    """A member of the jury. `sheets` of `expected` are finished; those of conflicts are not expected."""

    account_id: AccountId
    name: str
    active: bool
    sheets: int = 0
    expected: int = 0

    @property
    def has_finished(self) -> bool:
        """Whether nothing is left to be scored."""
        return self.sheets >= self.expected


@dataclass(frozen=True, slots=True)
class Application:
    """A venture that applied. Moments in epoch ms; `gaps` is what is missing or not as the call asks."""

    id: ApplicationId
    call_id: CallId
    venture_id: VentureId
    number: str
    name: str
    name_ar: str
    kind: str
    received_at: int
    complete: bool
    state: ApplicationState
    decided_at: int | None
    decided_by: AccountId | None
    reason: str
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One juror's own points for one application, in hundredths by criterion; `conflict` where none are expected."""

    application: Application
    points: Mapping[CriterionId, int]
    finished_at: int | None
    comment: str
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """A juror who does not score an application, and why."""

    account_id: AccountId
    name: str
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class JurorPoints:
    """What a juror gave an application, once all are done. `total` is out of 100."""

    account_id: AccountId
    name: str
    points: Mapping[CriterionId, int]
    total: Fraction
    comment: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """An application in the ranking. Equal totals share a rank; nobody who could score is no rank and no total."""

    application: Application
    rank: int | None
    total: Fraction | None
    tied: bool
    jurors: tuple[JurorPoints, ...]
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The ranking, best first. While `waiting` is not empty nobody's points are in it, and `open` is False."""

    call: Call
    criteria: tuple[Criterion, ...]
    open: bool
    waiting: tuple[str, ...]
    rows: tuple[Ranked, ...]
