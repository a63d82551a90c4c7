"""Issuing certificates: what stands on one is frozen, signed and printed once, and never made again from records."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from uuid import UUID

from app.changes import Changes
from app.clock import day_of, to_local
from app.documents.certificate import render
from app.domain.accounts import Permission
from app.domain.ids import CertificateId, PersonId, shared_id
from app.domain.numbers import PaperNumber
from app.domain.paper_code import Claim, code_name, message_of, write_code
from app.domain.papers import LANGUAGE_CHOICES, Candidate, Details, IssueCertificate, Obstacle, Template
from app.domain.people import Person
from app.domain.sheets import CertificateKind, CertificateSheet, Logo
from app.errors import Cancelled, NotAllowedError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.pace import Pace, unpaced
from app.services import coaching_rules
from app.services.access import require
from app.services.certificates.earned import candidate_of_case, candidates, word_obstacles
from app.services.certificates.frozen import freeze
from app.services.certificates.keys import key_id
from app.services.certificates.templates import sample_sheet, show_template
from app.services.certificates.wording import place_of, sheet_of
from app.services.exchange.trust import own_keys
from app.services.receipts import Paper
from app.storage import papers as rows
from app.storage import people
from app.storage.schema_papers import certificate
from app.storage.unit_of_work import UnitOfWork
from app.sync.trust import sign

T = TypeVar("T")
DRAFT: Final = "—"
_PACK: Final = 10
"""Certificates in one transaction of a batch: the disk is waited for once for so many."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was issued, with its PDF."""

    id: CertificateId
    paper: Paper


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody who was left out of a batch, and why, in a sentence."""

    person_id: PersonId
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch came to. `stopped` says that somebody ended it early: what was issued until then stands."""

    issued: tuple[Issued, ...]
    skipped: tuple[Skipped, ...]
    stopped: bool
    changes: Changes


def preview(command: IssueCertificate, uow: UnitOfWork) -> CertificateSheet:
    """What a certificate would say, without number or code; nothing is kept. Raises as `issue`."""
    require(uow, Permission.ISSUE_PAPERS)
    details, person = _checked(command, uow)
    return _sheet(command, details, person, uow, DRAFT)


def issue(command: IssueCertificate, uow: UnitOfWork) -> Outcome[Issued]:
    """Issue a certificate: number, signed code and PDF. Its fields, texts and the hash of the PDF stay as they are.

    Raises NotFoundError, and UserError with the reason where it has not been earned. A number is used once, whatever
    becomes of the paper: this can't be taken back, only revoked.
    """
    require(uow, Permission.ISSUE_PAPERS)
    details, person = _checked(command, uow)
    return write(command, details, person, uow)


def issue_batch(
    commands: Sequence[IssueCertificate],
    write_all: Callable[[Callable[[UnitOfWork], list[Issued | Skipped]]], list[Issued | Skipped]],
    pace: Pace = unpaced,
) -> Batch:
    """Issue many, ten to a transaction; `write_all` is the hub's `write`. Who has not earned one is skipped and named.

    `pace` hears the share that is done; when it raises Cancelled, no further ones are begun, and those that were
    issued are whole and stand.
    """
    done: list[Issued | Skipped] = []
    stopped = False
    try:
        for start in range(0, len(commands), _PACK):
            pace(start / len(commands))
            some = commands[start : start + _PACK]
            done += write_all(lambda uow, some=some: [_issue_or_skip(item, uow) for item in some])  # type: ignore[misc]
        pace(1.0)
    except Cancelled:
        stopped = True
    issued = tuple(item for item in done if isinstance(item, Issued))
    skipped = tuple(item for item in done if isinstance(item, Skipped))
    concerned = frozenset[UUID](item.person_id for item in commands)
    changes = Changes(papers=frozenset(item.id for item in issued), people=concerned) if issued else Changes()
    return Batch(issued, skipped, stopped, changes)


def write(command: IssueCertificate, details: Details, person: Person, uow: UnitOfWork) -> Outcome[Issued]:
    """Put a certificate on record that may be issued, and print it."""
    actor = uow.actor
    year = to_local(uow.now).year
    sequence = uow.next_number(f"{command.kind}-{year}")
    number = PaperNumber(actor.hub_code, str(command.kind), year, actor.desk, sequence)
    issued_on = command.issued_on or day_of(uow.now)
    keys = own_keys(uow)
    name, name_ar = _names(command, person)
    message = message_of(Claim(number, code_name(name), code_name(name_ar), issued_on, key_id(keys.public.ed25519)))
    code = write_code(message, sign(keys, message))
    template = show_template(command.kind, uow)
    sheet = _sheet(command, details, person, uow, str(number), code)
    pdf = render(sheet)
    made = CertificateId(
        uow.insert(
            certificate,
            hub_id=actor.hub_id,
            installation_id=actor.installation_id,
            person_id=person.id,
            about="training" if command.training_id else "case_file" if command.case_id else "",
            about_id=command.training_id or command.case_id,
            number=str(number),
            kind=str(command.kind),
            languages=command.languages,
            issued_on=issued_on.isoformat(),
            issued_at=uow.now,
            issued_by=actor.account_id,
            template_id=template.id,
            template_version=template.version,
            fields=freeze(sheet, template.logos, details),
            code=code,
            sha256=hashlib.sha256(pdf).digest(),
        )
    )
    _keep(made, pdf, command, template, uow)
    changes = Changes(papers=frozenset({made}), people=frozenset({person.id}))
    return Outcome(Issued(made, Paper(str(number), pdf, f"{number}.pdf")), changes)


def _keep(made: CertificateId, pdf: bytes, command: IssueCertificate, template: Template, uow: UnitOfWork) -> None:
    """Keep the PDF here, beside a specimen of its kind, with which it shares most of what it is made of."""
    kind, version = str(command.kind), str(template.version)
    ground = shared_id("specimen", uow.actor.hub_id.hex, kind, command.languages, version, str(template.id))

    def draw_ground() -> bytes:
        return render(sample_sheet(command.kind, template.texts, template.logos, command.languages, uow))

    rows.keep_pdf(uow.connection, made, pdf, ground, draw_ground)


def _issue_or_skip(command: IssueCertificate, uow: UnitOfWork) -> Issued | Skipped:
    try:
        return issue(command, uow).value
    except NotAllowedError:
        raise
    except UserError as error:
        found = next(iter(people.load_people(uow.connection, [command.person_id])), None)
        return Skipped(command.person_id, "" if found is None else found.name or found.name_ar, str(error))


def _checked(command: IssueCertificate, uow: UnitOfWork) -> tuple[Details, Person]:
    """What the certificate says, and whose it is. Raises UserError where it may not be issued."""
    person = coaching_rules.load_people([command.person_id], uow)[command.person_id]
    check_form(command, person, uow)
    found = _candidate(command, uow)
    if found is None:
        return _typed(command), person
    obstacles = tuple(item for item in found.obstacles if not (command.anyway and item is Obstacle.HAS_ONE))
    if obstacles:
        raise UserError(word_obstacles(replace(found, obstacles=obstacles)))
    return found.details, person


def check_form(command: IssueCertificate, person: Person, uow: UnitOfWork) -> None:
    """Raise UserError for languages, a day or a person that no certificate can have."""
    if command.languages not in LANGUAGE_CHOICES:
        raise UserError(_("Certificates are in French, English, Arabic, or in one of these beside Arabic."))
    if command.issued_on is not None and command.issued_on > day_of(uow.now):
        raise UserError(_("A certificate can't be dated in the future. None was issued."))
    if not (person.name or person.name_ar):
        raise UserError(_("Has no name on record."))


def _candidate(command: IssueCertificate, uow: UnitOfWork) -> Candidate | None:
    if command.training_id is not None:
        for item in candidates(command.kind, command.training_id, uow, only=command.person_id):
            if item.person_id == command.person_id:
                return item
        raise UserError(_("Has no place in this training."))
    if command.case_id is not None:
        found = candidate_of_case(command.case_id, uow)
        if command.kind is not CertificateKind.ACCOMPANIMENT or found.person_id != command.person_id:
            raise UserError(_("This case is somebody else's, or certifies nothing but accompaniment."))
        return found
    return None


def _typed(command: IssueCertificate) -> Details:
    """Details that somebody typed: for a training of before this register, or accompaniment of another office."""
    details = command.details
    if details is None or (command.kind is not CertificateKind.ACCOMPANIMENT and not any(details.training.values())):
        raise UserError(_("A certificate needs the title of the training. None was issued."))
    if details.first_day and details.last_day and details.first_day > details.last_day:
        raise UserError(_("The last day is before the first one. None was issued."))
    return details


def _names(command: IssueCertificate, person: Person) -> tuple[str, str]:
    arabic = person.name_ar if command.arabic_name or not person.name else ""
    return person.name, arabic


def _sheet(
    command: IssueCertificate, details: Details, person: Person, uow: UnitOfWork, number: str, code: str = ""
) -> CertificateSheet:
    template = show_template(command.kind, uow)
    issued_on = command.issued_on or day_of(uow.now)
    return sheet_of(
        template,
        command.languages,
        details,
        number=number,
        names=_names(command, person),
        issued_on=issued_on,
        place=place_of(uow),
        logos=[Logo(item.content, item.name) for item in rows.load_logos(uow.connection, template.logos)],
        code=code,
    )
