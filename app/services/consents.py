"""Consents: given, refused, withdrawn, and whether one stands now: the newest answer of a kind is what holds."""

from dataclasses import dataclass
from typing import Final

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.codes import is_code
from app.domain.consent import NOTICE_VERSION, Consent, ConsentWay
from app.domain.ids import ConsentId, PersonId
from app.domain.people import clean_name
from app.errors import NotFoundError, UserError
from app.i18n import LANGUAGES, _, current_language
from app.outcome import Outcome
from app.services import people
from app.services.access import require, update_row
from app.services.merging import records_of
from app.storage import consents as rows
from app.storage import schema
from app.storage.unit_of_work import UnitOfWork

_YES: Final = frozenset(ConsentWay) - {ConsentWay.REFUSED}
"""A way that only a newer program knows is no yes that this one can rely on."""


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """What somebody answers. `kind` of code list `consents`, `language` the one it was asked in (that in use).

    A thumbprint, and an answer that is only spoken, may name a witness. `expires_at` is epoch milliseconds.
    """

    person_id: PersonId
    kind: str
    way: ConsentWay
    language: str = ""
    witness: str = ""
    expires_at: int | None = None


def list_consents(person_id: PersonId, uow: UnitOfWork) -> tuple[Consent, ...]:
    """All answers of a person, of all records of theirs, oldest first."""
    require(uow, Permission.FIND_PEOPLE)
    found = [
        item for record in records_of(person_id, uow) for item in rows.consents_of(uow.connection, PersonId(record))
    ]
    return tuple(sorted(found, key=lambda item: (item.given_at, item.id)))


def standing(person_id: PersonId, kind: str, uow: UnitOfWork) -> Consent | None:
    """The consent of a kind that holds now; None where it was refused, withdrawn, has expired or was never asked."""
    require(uow, Permission.FIND_PEOPLE)
    answers = [item for item in list_consents(person_id, uow) if item.kind == kind]
    if not answers or not holds(answers[-1], uow.now):
        return None
    return answers[-1]


def holds(consent: Consent, now: int) -> bool:
    """Whether an answer is a yes that still counts at a moment."""
    return (
        consent.way in _YES
        and consent.withdrawn_at is None
        and (consent.expires_at is None or consent.expires_at > now)
    )


def give(new: GiveConsent, uow: UnitOfWork) -> Outcome[Consent]:
    """Put an answer on record, a refusal too. What was answered before stays, and holds no more."""
    require(uow, Permission.EDIT_PEOPLE)
    people.resolve(str(new.person_id), uow)
    language = new.language or current_language()
    if not is_code("consents", new.kind) or new.way not in set(ConsentWay) or language not in LANGUAGES:
        raise UserError(_("That answer can't be kept: its kind, way or language is not on the list. Nothing was kept."))
    if new.expires_at is not None and new.expires_at <= uow.now:
        raise UserError(_("That consent would have expired already. Nothing was kept. Check the date."))
    made = Consent(
        id=ConsentId(uow.new_id()),
        person_id=new.person_id,
        kind=new.kind,
        version=NOTICE_VERSION,
        language=language,
        way=new.way,
        given_at=uow.now,
        witness=clean_name(new.witness),
        expires_at=new.expires_at,
    )
    rows.add_consents(uow, [made])
    return Outcome(made, _changes(made), uow.undo_token)


def withdraw(consent_id: ConsentId, uow: UnitOfWork) -> Outcome[Consent]:
    """Keep that a consent was withdrawn, now. Raises NotFoundError; UserError where it was withdrawn or refused."""
    require(uow, Permission.EDIT_PEOPLE)
    consent = rows.load_consent(uow.connection, consent_id)
    if consent is None:
        raise NotFoundError(_("There is no such consent on record here. Nothing was changed."))
    if consent.withdrawn_at is not None or consent.way is ConsentWay.REFUSED:
        raise UserError(_("This consent was withdrawn or refused already. Nothing was changed."))
    update_row(uow, schema.consent, consent_id, withdrawn_at=uow.now)
    after = rows.load_consent(uow.connection, consent_id) or consent
    return Outcome(after, _changes(after), uow.undo_token)


def _changes(consent: Consent) -> Changes:
    return Changes(consents=frozenset({consent.id}), people=frozenset({consent.person_id}))
