"""Certificates after they were issued: listed, opened, printed again, replaced, revoked. None is ever altered."""

import hashlib
from dataclasses import replace as altered
from typing import Final

from app.changes import Changes
from app.documents.certificate import render
from app.domain.accounts import Permission
from app.domain.codes import is_code
from app.domain.ids import CaseId, CertificateId, PersonId, TrainingId
from app.domain.papers import VALID, Certificate, Details, IssueCertificate, PaperState
from app.domain.people import clean_name
from app.domain.sheets import CertificateSheet
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules
from app.services.access import require
from app.services.certificates import issuing
from app.services.certificates.frozen import details_in, logos_in, thaw
from app.services.certificates.issuing import Issued
from app.services.merging import records_of
from app.services.receipts import Paper
from app.storage import papers as rows
from app.storage.schema_papers import certificate_copy, certificate_end
from app.storage.unit_of_work import UnitOfWork

OTHER_REASON: Final = "other"
_REASONS: Final = "revocation_reasons"
_DUPLICATE: Final = {"ar": "نسخة طبق الأصل", "en": "DUPLICATE"}
"""The mark of a reprint in papers of one language; beside French it is DUPLICATA, as on all papers in Morocco."""


def list_certificates(
    uow: UnitOfWork,
    *,
    person: PersonId | None = None,
    training: TrainingId | None = None,
    case: CaseId | None = None,
    everywhere: bool = False,
    limit: int = 500,
) -> tuple[Certificate, ...]:
    """Certificates, the newest first: of a person, a training or a case, else those of this hub, or of all hubs."""
    require(uow, Permission.READ_PAPERS)
    about = training or case
    if person is not None:
        where = [rows.with_people(records_of(person, uow))]
    elif about is not None:
        where = [rows.issued_about(about)]
    else:
        where = [] if everywhere else [rows.of_hub(uow.actor.hub_id)]
    return tuple(rows.find_certificates(uow.connection, *where, limit=limit))


def show(certificate_id: CertificateId, uow: UnitOfWork) -> Certificate:
    """One certificate. Raises NotFoundError."""
    require(uow, Permission.READ_PAPERS)
    for found in rows.find_certificates(uow.connection, rows.with_id(certificate_id)):
        return found
    raise NotFoundError(_("There is no such certificate on record here. Nothing was changed. Search by its number."))


def open_paper(certificate_id: CertificateId, uow: UnitOfWork) -> Paper:
    """The PDF as it was issued; at another office it is drawn from what was frozen. That it was opened is noted."""
    require(uow, Permission.READ_PAPERS)
    found = show(certificate_id, uow)
    uow.note("opened", "certificate", certificate_id, found.number)
    pdf = rows.load_pdf(uow.connection, certificate_id)
    if pdf is not None and hashlib.sha256(pdf).digest() == found.sha256:
        return Paper(found.number, pdf, f"{found.number}.pdf")
    return Paper(found.number, render(_sheet_of(found, uow)), f"{found.number}.pdf")


def is_as_issued(pdf: bytes, found: Certificate) -> bool:
    """Whether a file is the very one that was issued, by its hash."""
    return hashlib.sha256(pdf).digest() == found.sha256


def frozen_sheet(certificate_id: CertificateId, uow: UnitOfWork) -> CertificateSheet:
    """All that stands on a certificate, as it was frozen. Raises NotFoundError, and UserError after an erasure."""
    require(uow, Permission.READ_PAPERS)
    return _sheet_of(show(certificate_id, uow), uow)


def duplicate(certificate_id: CertificateId, uow: UnitOfWork) -> Outcome[Paper]:
    """Print a certificate again, marked as a duplicate, from what was frozen. Raises UserError for one not valid."""
    require(uow, Permission.ISSUE_PAPERS)
    found = show(certificate_id, uow)
    check_valid(found)
    languages = found.languages.split("+")
    mark = "DUPLICATA" if "fr" in languages else _DUPLICATE.get(languages[0], "DUPLICATA")
    pdf = render(_sheet_of(found, uow, mark))
    uow.insert(certificate_copy, certificate_id=certificate_id, made_at=uow.now, made_by=uow.actor.account_id)
    return Outcome(Paper(found.number, pdf, f"{found.number}-DUPLICATA.pdf"), _changes(found))


def replace(
    certificate_id: CertificateId,
    reason: str,
    uow: UnitOfWork,
    *,
    note: str = "",
    details: Details | None = None,
    languages: str = "",
    arabic_name: bool = True,
) -> Outcome[Issued]:
    """Issue another certificate in the place of one: with the name as it is on record now, or other details.

    Without `details` it says again what the old one says. The old one counts no longer, and a check says by which it
    was replaced. Raises UserError where it is not valid, or is another hub's.
    """
    require(uow, Permission.ISSUE_PAPERS)
    found = show(certificate_id, uow)
    check_valid(found)
    _check_own(found, uow)
    reason, note = _reason(reason, note)
    if found.person_id is None:
        raise NotFoundError(_("There is no such person on record here. Nothing was changed. Search by name or phone."))
    person = coaching_rules.load_people([found.person_id], uow)[found.person_id]
    kept = details_in(rows.load_fields(uow.connection, certificate_id))
    command = IssueCertificate(
        kind=found.kind,
        person_id=found.person_id,
        languages=languages or found.languages,
        training_id=TrainingId(found.about_id) if found.about == "training" and found.about_id else None,
        case_id=CaseId(found.about_id) if found.about == "case_file" and found.about_id else None,
        arabic_name=arabic_name,
    )
    issuing.check_form(command, person, uow)
    made = issuing.write(command, details or kept, person, uow)
    _end(found, PaperState.REPLACED, reason, note, uow, made.value.paper.number)
    return Outcome(made.value, made.changes | _changes(found))


def revoke(certificate_id: CertificateId, reason: str, uow: UnitOfWork, note: str = "") -> Outcome[Certificate]:
    """Say that a certificate counts no longer, and why: a code of `revocation_reasons`, or words.

    It travels to all offices; undo takes it back as long as nothing was built on it. Raises UserError without a
    reason, for one that was revoked, and for one of another hub.
    """
    require(uow, Permission.REVOKE_PAPERS)
    found = show(certificate_id, uow)
    _check_own(found, uow)
    if found.state is PaperState.REVOKED:
        raise UserError(_("{number} was revoked before. Nothing was changed.").format(number=found.number))
    reason, note = _reason(reason, note)
    _end(found, PaperState.REVOKED, reason, note, uow)
    return Outcome(show(certificate_id, uow), _changes(found), uow.undo_token)


def check_valid(found: Certificate) -> None:
    """Raise UserError for a certificate that counts no longer, or of which nothing is left to print."""
    if found.state not in VALID:
        raise UserError(
            _("{number} is not valid any more, so it is not printed or replaced. Issue a new one.").format(
                number=found.number
            )
        )
    if found.erased:
        raise UserError(_("Whom this is about was erased: what is left of it can't be changed. Nothing was changed."))


def _end(found: Certificate, state: PaperState, reason: str, note: str, uow: UnitOfWork, replaced_by: str = "") -> None:
    uow.insert(
        certificate_end,
        certificate_id=found.id,
        state=str(state),
        ended_at=uow.now,
        ended_by=uow.actor.account_id,
        reason=reason,
        note=note,
        replaced_by=replaced_by,
    )


def _reason(reason: str, note: str) -> tuple[str, str]:
    """The code and the words of a reason; words that are no code are of the reason `other`."""
    said = clean_name(reason)
    if not said:
        raise UserError(_("To end a certificate needs its reason on record. Nothing was changed."))
    if is_code(_REASONS, said):
        return said, clean_name(note)
    return OTHER_REASON, " — ".join(part for part in (said, clean_name(note)) if part)


def _check_own(found: Certificate, uow: UnitOfWork) -> None:
    if found.hub_id != uow.actor.hub_id:
        raise UserError(
            _("This certificate is of another hub, which alone can replace or revoke it. Nothing was changed.")
        )


def _sheet_of(found: Certificate, uow: UnitOfWork, mark: str = "") -> CertificateSheet:
    fields = rows.load_fields(uow.connection, found.id)
    if not fields:
        raise UserError(_("Whom this paper is about was erased, and what stood on it with it. It can't be printed."))
    return altered(thaw(fields, rows.load_logos(uow.connection, logos_in(fields))), duplicate=mark)


def _changes(found: Certificate) -> Changes:
    people = frozenset({found.person_id}) if found.person_id is not None else frozenset[PersonId]()
    return Changes(papers=frozenset({found.id}), people=people)
