"""Certificates as they live: whom they are for, what they say, whether they are valid, and what a check found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Final
from uuid import UUID

from app.domain.ids import CaseId, CertificateId, HubId, InstallationId, LogoId, PersonId, TemplateId, TrainingId
from app.domain.sheets import CertificateKind

LANGUAGE_CHOICES: Final = ("fr+ar", "fr", "ar", "en", "en+ar")
"""In which languages a certificate can be: one, or one on the left and Arabic on the right."""
LEAST_SESSIONS: Final = 3
"""Sessions in which somebody was there before accompaniment is certified."""
TEXT_LENGTH: Final = 2_000
"""Characters kept of a text of a template."""
MOST_LOGOS: Final = 8

FIELDS: Final = frozenset(
    {"training", "period", "attended", "planned", "place", "trainer", "objectives", "skills"}
    | {"sessions", "hours", "counter", "venture", "hub", "city", "date"}
)
"""What a template's texts may name in braces."""


class PaperState(StrEnum):
    """Whether a certificate is valid. Code list `certificate_states`; a draft is a preview and is kept nowhere."""

    ISSUED = "issued"
    REPRINTED = "reprinted"
    REPLACED = "replaced"
    REVOKED = "revoked"


VALID: Final = frozenset({PaperState.ISSUED, PaperState.REPRINTED})


class Verdict(StrEnum):
    """What a check of a paper's code found."""

    AUTHENTIC = "authentic"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    REVOKED = "revoked"


class OnRecord(StrEnum):
    """What the register here has under a paper's number; it may be another hub's that has not come yet."""

    SAME = "same"
    OTHER = "other"
    ERASED = "erased"
    ABSENT = "absent"


class Obstacle(StrEnum):
    """Why somebody is given no certificate; the first five as `training_rules.WhyNot` has them."""

    NOT_ENROLLED = "not_enrolled"
    NO_ATTENDANCE = "no_attendance"
    TOO_FEW_HOURS = "too_few_hours"
    NOT_ASSESSED = "not_assessed"
    NOT_PASSED = "not_passed"
    TOO_FEW_SESSIONS = "too_few_sessions"
    HAS_ONE = "has_one"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True)
class Details:
    """What a certificate says beside who it is for. Texts by language; minutes; what is empty is not printed."""

    training: Mapping[str, str] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    attended: int = 0
    planned: int = 0
    place: str = ""
    trainer: str = ""
    objectives: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    sessions: int = 0
    counter: Mapping[str, str] = field(default_factory=dict)
    venture: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be given a certificate, and why not if not. `has` is the number of a valid one."""

    person_id: PersonId
    number: str
    name: str
    name_ar: str
    details: Details
    obstacles: tuple[Obstacle, ...] = ()
    least: int = 0
    """What is asked for: minutes of presence, or sessions."""
    has: str = ""

    @property
    def ready(self) -> bool:
        """Whether nothing stands against it."""
        return not self.obstacles


@dataclass(frozen=True, slots=True)
class IssueCertificate:
    """A certificate to be issued to one person.

    `training_id` or `case_id` says what it is about and where its details come from; without either they are
    `details`, typed by whoever issues it. `arabic_name` is False where the holder has not confirmed the Arabic name:
    it is left out. `issued_on` None is today. `anyway` issues a second one beside a valid one.
    """

    kind: CertificateKind
    person_id: PersonId
    languages: str = LANGUAGE_CHOICES[0]
    training_id: TrainingId | None = None
    case_id: CaseId | None = None
    details: Details | None = None
    issued_on: date | None = None
    arabic_name: bool = True
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate in a list. Moments are epoch ms. An erased one has no names any more.

    `reason` is of list `revocation_reasons`; `replaced_by` and `replaces` are numbers.
    """

    id: CertificateId
    number: str
    kind: CertificateKind
    hub_id: HubId
    installation_id: InstallationId
    person_id: PersonId | None
    name: str
    name_ar: str
    about: str
    about_id: UUID | None
    languages: str
    issued_on: date
    issued_at: int
    issued_by: str
    template_version: int
    state: PaperState
    copies: int
    ended_at: int | None
    ended_by: str
    reason: str
    note: str
    replaced_by: str
    erased: bool
    printed_here: bool
    sha256: bytes
    code: str


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """What a hub writes on a kind of certificate, in one language. Texts may name FIELDS in braces.

    A paragraph of `body` is left out where something that it names is empty.
    """

    issuer: str
    title: str
    lead: str
    body: tuple[str, ...]
    issued: str
    signatory: str
    function: str
    issuer_line: str = ""
    note: str = ""
    funded: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of what a hub writes on a kind of certificate. The shipped texts are version 0 and have no id."""

    id: TemplateId | None
    kind: CertificateKind
    version: int
    texts: Mapping[str, PaperTexts]
    logos: tuple[LogoId, ...] = ()
    made_at: int | None = None
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class LogoRow:
    """A logo that a hub keeps for its papers."""

    id: LogoId
    name: str
    content: bytes


def fields_in(text: str) -> frozenset[str]:
    """The fields that a text names. Raises ValueError for braces that don't fit, and for anything but a plain name."""
    found = set()
    for _literal, name, spec, conversion in Formatter().parse(text):
        if name is not None:
            if spec or conversion or not name.isidentifier():
                raise ValueError(text)
            found.add(name)
    return frozenset(found)


def fill_in(text: str, values: Mapping[str, str]) -> str | None:
    """A text with its fields; None where one of them is empty."""
    named = fields_in(text)
    if any(not values.get(name) for name in named):
        return None
    return text.format_map({name: values[name] for name in named})


def state_of(copies: int, ends: frozenset[str]) -> PaperState:
    """The state of a certificate by its reprints and by how it ended; of several ends a revocation counts."""
    if PaperState.REVOKED in ends:
        return PaperState.REVOKED
    if ends:
        return PaperState.REPLACED
    return PaperState.REPRINTED if copies else PaperState.ISSUED
