"""Certificates on their way to the printer: drawn for a look, many as one paper, and the list that holders sign."""

from collections.abc import Sequence

from app.clock import day_of
from app.documents.certificate import render
from app.documents.hub_sheets import render_hand_over_sheet
from app.documents.preview import join
from app.domain.accounts import Permission
from app.domain.ids import CertificateId
from app.domain.sheets import CertificateSheet
from app.domain.sheets_hub import HandOverLine, HandOverSheet
from app.errors import UserError
from app.i18n import LANGUAGES, _
from app.services.access import require
from app.services.certificates.life import open_paper, show
from app.services.certificates.templates import show_template
from app.services.certificates.wording import place_of
from app.storage.unit_of_work import UnitOfWork


def draw(sheet: CertificateSheet) -> bytes:
    """A certificate as PDF, for a look before it is issued or while its texts are edited."""
    return render(sheet)


def print_together(ids: Sequence[CertificateId], uow: UnitOfWork) -> bytes:
    """Several certificates as one PDF, in the order given, each as it was issued."""
    require(uow, Permission.READ_PAPERS)
    if not ids:
        raise UserError(_("Choose the certificates that are to be printed."))
    return join(open_paper(item, uow).pdf for item in ids)


def hand_over_sheet(ids: Sequence[CertificateId], language: str, uow: UnitOfWork, about: str = "") -> bytes:
    """The list on which holders sign for their certificates, in fr, en or ar. `about` is the training or occasion."""
    require(uow, Permission.READ_PAPERS)
    if not ids:
        raise UserError(_("Choose the certificates that are to be printed."))
    if language not in LANGUAGES:
        raise UserError(_("Lists are in French, English or Arabic. None was made."))
    found = [show(item, uow) for item in ids]
    titles = {kind: show_template(kind, uow).texts[language].title for kind in {item.kind for item in found}}
    return render_hand_over_sheet(
        HandOverSheet(
            hub_name="Work4Life",
            hub_city=place_of(uow)[language],
            about=about,
            day=day_of(uow.now),
            lines=tuple(HandOverLine(item.number, titles[item.kind], item.name, item.name_ar) for item in found),
        ),
        language,
    )
