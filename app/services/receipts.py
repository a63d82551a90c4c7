"""The slip that a visitor takes home, with a number that no other paper has."""

import hashlib
from dataclasses import dataclass

from app.changes import Changes
from app.clock import to_local
from app.documents.receipt import Receipt, render_receipt
from app.domain.accounts import Permission
from app.domain.codes import code_label
from app.domain.ids import VisitId
from app.domain.numbers import VISIT_RECEIPT, PaperNumber
from app.domain.visits import VisitState
from app.errors import NotFoundError, UserError
from app.i18n import LANGUAGES, _
from app.outcome import Outcome
from app.services import counters
from app.services.access import require
from app.storage import places, schema
from app.storage.unit_of_work import UnitOfWork
from app.storage.visits import load_visit


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it was issued: its number, the PDF, and a name for its file."""

    number: str
    pdf: bytes
    file_name: str


def issue_receipt(visit_id: VisitId, language: str, uow: UnitOfWork, *, with_reason: bool = False) -> Outcome[Paper]:
    """Issue a receipt for a visit, in fr, en or ar. The number and the hash of the PDF stay on record."""
    require(uow, Permission.LOG_VISITS)
    visit = load_visit(uow.connection, visit_id)
    if visit is None or visit.state is VisitState.VOID:
        raise NotFoundError(_("There is no such visit; it may have been taken back. No receipt was issued."))
    if language not in LANGUAGES:
        raise UserError(_("Receipts are in French, English or Arabic. None was issued."))
    actor = uow.actor
    place = places.installation_row(uow.connection, actor.installation_id)
    arrived = to_local(visit.arrived_at)
    year = to_local(uow.now).year
    sequence = uow.next_number(f"{VISIT_RECEIPT}-{year}")
    number = str(PaperNumber(actor.hub_code, VISIT_RECEIPT, year, actor.desk, sequence))
    city = {"fr": place.label_fr, "ar": place.label_ar}.get(language, place.label_en)
    pdf = render_receipt(
        Receipt(
            hub_name="Work4Life",
            hub_city=city,
            desk=actor.desk,
            number=number,
            date=arrived.date(),
            arrived=f"{arrived:%H:%M}",
            left=f"{to_local(visit.left_at):%H:%M}" if visit.left_at is not None else None,
            counter=counters.load_counter(visit.counter_id, uow).label(language),
            reason=code_label("visit_reasons", visit.reason, language) if with_reason else None,
            holder_name=visit.name or None,
            holder_name_ar=visit.name_ar or None,
        ),
        language,
    )
    uow.insert(
        schema.paper,
        number=number,
        kind=VISIT_RECEIPT,
        hub_id=actor.hub_id,
        person_id=visit.person_id,
        visit_id=visit.id,
        language=language,
        issued_at=uow.now,
        issued_by=actor.account_id,
        sha256=hashlib.sha256(pdf).digest(),
    )
    return Outcome(Paper(number, pdf, f"{number}.pdf"), Changes(visits=frozenset({visit.id})))
