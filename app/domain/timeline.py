"""All that happened around a person, as one list."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class EntryKind(StrEnum):
    """What an entry of the timeline is of."""

    VISIT = "visit"
    CASE_OPENED = "case_opened"
    CASE_CLOSED = "case_closed"
    SESSION = "session"
    STEP_DONE = "step_done"
    APPOINTMENT = "appointment"
    REFERRAL = "referral"
    PLACEMENT = "placement"
    AGREEMENT = "agreement"
    PAYMENT = "payment"
    MEMBER = "member"
    TRAINING = "training"
    PAPER = "paper"
    CONSENT = "consent"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. `at` in epoch ms; of what has only a day it is noon of that day.

    `code` and `state` are of the code lists of the kind, `text` what somebody wrote (a title, a purpose, a name),
    `number` that of a paper, a venture or an agreement; `amount` a decimal with its `currency`; `subject_id` the
    record that the entry belongs to, such as the case of a session or the venture of a membership. `note` is None
    where it is `restricted`, or where there can be none.
    """

    kind: EntryKind
    at: int
    id: UUID
    code: str = ""
    state: str = ""
    text: str = ""
    number: str = ""
    author: str = ""
    hub: str = ""
    subject_id: UUID | None = None
    minutes: int = 0
    people: int = 0
    amount: str = ""
    currency: str = ""
    note: str | None = None
    restricted: bool = False
