"""Accompaniment: cases, sessions, steps. Notes are None where the account may not read them."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar import USUAL_MINUTES
from app.domain.codes import is_code
from app.domain.ids import (
    AccountId,
    AppointmentId,
    CaseId,
    CounterId,
    HubId,
    PersonId,
    PlacementId,
    SessionId,
    StepId,
    VentureId,
    VisitId,
)

OTHER_KIND: Final = "other"
NOTE_LENGTH: Final = 20_000


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Somebody is to be accompanied. Without a `kind` it is the counter's; the account that acts is the advisor.

    `anyway` opens a second case of a kind beside one that is open.
    """

    person_id: PersonId
    counter_id: CounterId | None = None
    kind: str = ""
    goal: str = ""
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A case (dossier) in a list. Moments are epoch ms; `closed_at` None is open; `kind` is of list `case_kinds`.

    `overdue` counts open steps whose day is past, `next_due` is the first day of an open step.
    """

    id: CaseId
    hub_id: HubId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    counter_id: CounterId | None
    advisor_id: AccountId | None
    advisor: str
    kind: str
    goal: str
    opened_at: int
    closed_at: int | None
    exit: str
    sessions: int = 0
    last_session: int | None = None
    open_steps: int = 0
    overdue: int = 0
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who was (or was not) there. Without a `case_id` it is the person's open case here, where there is one."""

    person_id: PersonId
    present: bool = True
    note: str | None = ""
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes after a session: with `title` a step due on a day, with `starts_at` (epoch ms) an appointment."""

    title: str = ""
    due: date | None = None
    starts_at: int | None = None
    minutes: int = USUAL_MINUTES
    assigned_to: AccountId | None = None


@dataclass(frozen=True, slots=True)
class LogSession:
    """A session that took place. What is left out is taken from the case, the appointment or the visit.

    Without attendees it is the person of the appointment or visit. `kind` is of list `session_kinds`, `result` of
    `session_results` or empty; `starts_at` None is now, rounded down to five minutes.
    """

    attendees: tuple[Attendee, ...] = ()
    kind: str = ""
    minutes: int = USUAL_MINUTES
    starts_at: int | None = None
    title: str = ""
    result: str = ""
    note: str = ""
    next: NextStep | None = None
    appointment_id: AppointmentId | None = None
    visit_id: VisitId | None = None
    venture_id: VentureId | None = None


@dataclass(frozen=True, slots=True)
class CorrectSession:
    """A correction. None leaves the field as it is; `attendees` takes the place of all; former values stay on record.

    In attendees a note of None leaves the note that is there.
    """

    session_id: SessionId
    kind: str | None = None
    minutes: int | None = None
    starts_at: int | None = None
    title: str | None = None
    result: str | None = None
    note: str | None = None
    attendees: tuple[Attendee, ...] | None = None


@dataclass(frozen=True, slots=True)
class Attended:
    """One person in a session. `note` is about this person alone; None where it may not be read."""

    person_id: PersonId
    number: str
    name: str
    name_ar: str
    case_id: CaseId | None
    present: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session in a list. `note` None is restricted; `noted` says whether there is a note at all."""

    id: SessionId
    hub_id: HubId
    advisor_id: AccountId
    advisor: str
    kind: str
    starts_at: int
    minutes: int
    title: str
    result: str
    note: str | None
    noted: bool
    venture_id: VentureId | None
    visit_id: VisitId | None
    appointment_id: AppointmentId | None
    attendees: tuple[Attended, ...]

    @property
    def restricted(self) -> bool:
        """Whether the notes are left out, because the account may not read them."""
        return self.note is None


@dataclass(frozen=True, slots=True)
class NewStep:
    """Something to be done by a day. Without `assigned_to` it is for the account that acts."""

    title: str
    due: date | None = None
    person_id: PersonId | None = None
    case_id: CaseId | None = None
    session_id: SessionId | None = None
    venture_id: VentureId | None = None
    placement_id: PlacementId | None = None
    assigned_to: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step in a list. `done_at` in epoch ms; one that is dropped is neither done nor due.

    What was laid from a template has its `kind` and `code`, and labels in three languages; the others a title.
    """

    id: StepId
    hub_id: HubId
    person_id: PersonId | None
    number: str
    name: str
    name_ar: str
    case_id: CaseId | None
    session_id: SessionId | None
    venture_id: VentureId | None
    placement_id: PlacementId | None
    assigned_to: AccountId | None
    assigned: str
    kind: str
    code: str
    title: str
    label_fr: str
    label_en: str
    label_ar: str
    position: int
    due: date | None
    done_at: int | None
    dropped: bool

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and not self.dropped

    def label(self, language: str) -> str:
        """What is to be done: the title that somebody gave it, else the template's words."""
        return self.title or {"fr": self.label_fr, "ar": self.label_ar}.get(language, self.label_en) or self.code


@dataclass(frozen=True, slots=True)
class StepTemplate:
    """A step that each new case of a kind gets, `days` after it was opened. `shipped` is as the program came."""

    kind: str
    code: str
    position: int
    days: int
    label_fr: str
    label_en: str
    label_ar: str
    hidden: bool = False
    shipped: bool = True

    def label(self, language: str) -> str:
        """The label in a language of `app.i18n`."""
        return {"fr": self.label_fr, "ar": self.label_ar}.get(language, self.label_en)


def kind_at_counter(code: str) -> str:
    """The kind of a case that is opened at a counter; counters that a hub made itself have none of their own."""
    return code if is_code("case_kinds", code) else OTHER_KIND


def usual_session(*, first: bool, people: int) -> str:
    """The kind of a session of which nobody said what it was; `first` is the first one of its case."""
    if people > 1:
        return "group_workshop"
    return "intake" if first else "individual_coaching"


def clean_note(text: str) -> str:
    """A text of several lines as it may be kept: NFC, no control characters but the ends of lines."""
    kept = "".join(
        char
        for char in text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
        if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
    )
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", kept).split("\n"))
    return "\n".join(lines).strip()[:NOTE_LENGTH].rstrip()
