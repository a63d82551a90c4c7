"""The letter that tells a venture what was decided about its application, with a number that no other paper has."""

import hashlib
from typing import Final

from app.changes import Changes
from app.clock import day_of, to_local
from app.documents.decision_letter import DecisionLetter, render_decision_letter
from app.domain.accounts import Permission
from app.domain.ids import ApplicationId
from app.domain.numbers import PaperNumber
from app.domain.selection import ApplicationState
from app.errors import UserError
from app.i18n import LANGUAGES, _
from app.outcome import Outcome
from app.services import applications, calls
from app.services.access import require
from app.services.receipts import Paper
from app.storage import places, schema
from app.storage.unit_of_work import UnitOfWork

DECISION_LETTER: Final = "LD"
"""Lettre de décision."""
_DECIDED: Final = frozenset(
    {
        ApplicationState.ACCEPTED,
        ApplicationState.RESERVE,
        ApplicationState.REJECTED,
        ApplicationState.DECLINED,
    }
)


def issue_letter(application_id: ApplicationId, language: str, uow: UnitOfWork) -> Outcome[Paper]:
    """Issue the letter about a decision, in fr, en or ar. The number and the hash of the PDF stay on record."""
    require(uow, Permission.RUN_CALLS)
    found = applications.load(application_id, uow)
    if found.state not in _DECIDED or found.decided_at is None:
        raise UserError(_("Nothing was decided about this application yet. No letter was issued."))
    if language not in LANGUAGES:
        raise UserError(_("Letters are in French, English or Arabic. None was issued."))
    call, actor = calls.load(found.call_id, uow), uow.actor
    place = places.installation_row(uow.connection, actor.installation_id)
    year = to_local(uow.now).year
    sequence = uow.next_number(f"{DECISION_LETTER}-{year}")
    number = str(PaperNumber(actor.hub_code, DECISION_LETTER, year, actor.desk, sequence))
    pdf = render_decision_letter(
        DecisionLetter(
            hub_name="Work4Life",
            hub_city={"fr": place.label_fr, "ar": place.label_ar}.get(language, place.label_en),
            number=number,
            decided=day_of(found.decided_at),
            call=call.label(language),
            venture_number=found.number,
            venture_name=found.name or None,
            venture_name_ar=found.name_ar or None,
            decision=str(found.state),
            received=day_of(found.received_at),
            reason=found.reason,
        ),
        language,
    )
    uow.insert(
        schema.paper,
        number=number,
        kind=DECISION_LETTER,
        hub_id=actor.hub_id,
        language=language,
        issued_at=uow.now,
        issued_by=actor.account_id,
        sha256=hashlib.sha256(pdf).digest(),
    )
    return Outcome(Paper(number, pdf, f"{number}.pdf"), Changes(calls=frozenset({call.id})))
