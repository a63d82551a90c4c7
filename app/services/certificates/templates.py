"""What a hub writes on its certificates: texts, signatories, logos. Each change is a version; papers keep theirs."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import LogoId, TemplateId
from app.domain.papers import FIELDS, MOST_LOGOS, TEXT_LENGTH, LogoRow, PaperTexts, Template, fields_in
from app.domain.people import clean_name
from app.domain.sheets import CertificateKind, CertificateSheet, Logo
from app.errors import NotFoundError, UserError
from app.i18n import LANGUAGES, _
from app.outcome import Outcome
from app.services.access import require
from app.services.certificates.wording import place_of, sample_details, sheet_of
from app.storage import papers as rows
from app.storage.schema_papers import paper_logo, paper_template
from app.storage.unit_of_work import UnitOfWork

_MOST_PARAGRAPHS: Final = 12
SPECIMEN: Final = "SPECIMEN"


@cache
def shipped(kind: CertificateKind) -> Template:
    """The texts that come with the program: version 0."""
    text = (files("resources") / "templates" / "certificates.json").read_text(encoding="utf-8")
    return Template(None, kind, 0, msgspec.convert(json.loads(text)[str(kind)], dict[str, PaperTexts]))


def show_template(kind: CertificateKind, uow: UnitOfWork) -> Template:
    """What this hub's next certificate of a kind will say."""
    require(uow, Permission.READ_PAPERS)
    return rows.current_template(uow.connection, uow.actor.hub_id, kind) or shipped(kind)


def list_versions(kind: CertificateKind, uow: UnitOfWork) -> tuple[Template, ...]:
    """All that this hub's certificates of a kind ever said, the newest first, the shipped texts last."""
    require(uow, Permission.READ_PAPERS)
    return (*rows.list_templates(uow.connection, uow.actor.hub_id, kind), shipped(kind))


def list_logos(uow: UnitOfWork) -> tuple[LogoRow, ...]:
    """The logos that this hub keeps for its papers."""
    require(uow, Permission.READ_PAPERS)
    return tuple(rows.list_logos(uow.connection, uow.actor.hub_id))


def save_template(
    kind: CertificateKind, texts: Mapping[str, PaperTexts], logos: Sequence[LogoId], uow: UnitOfWork
) -> Outcome[Template]:
    """Keep what certificates of a kind say from now on. Raises UserError with what is wrong in which language.

    Certificates that were issued before don't change: they are kept with their own words.
    """
    require(uow, Permission.EDIT_TEMPLATES)
    check_texts(texts)
    known = {item.id for item in rows.load_logos(uow.connection, logos)}
    if len(logos) > MOST_LOGOS or not known.issuperset(logos):
        raise UserError(
            _("At most {most} logos, of those kept here, fit on a paper. Nothing was changed.").format(most=MOST_LOGOS)
        )
    former = show_template(kind, uow)
    if former.texts == dict(texts) and former.logos == tuple(logos):
        return Outcome(former, Changes())
    made = uow.insert(
        paper_template,
        hub_id=uow.actor.hub_id,
        kind=str(kind),
        version=former.version + 1,
        texts=msgspec.json.encode(dict(texts), order="sorted").decode(),
        logos=msgspec.json.encode(list(logos)).decode(),
        made_at=uow.now,
        made_by=uow.actor.account_id,
    )
    kept = Template(TemplateId(made), kind, former.version + 1, dict(texts), tuple(logos), uow.now, uow.actor.name)
    return Outcome(kept, Changes(papers=frozenset({made})), uow.undo_token)


def add_logo(name: str, content: bytes, uow: UnitOfWork) -> Outcome[LogoRow]:
    """Keep a logo for this hub's papers: any picture, made small. Raises UserError."""
    require(uow, Permission.EDIT_TEMPLATES)
    from app.exchange.logo import UnknownFileError, prepare_logo  # noqa: PLC0415 - pictures cost the start of a window

    try:
        prepared = prepare_logo(content)
    except UnknownFileError as error:
        raise UserError(_("This file is no picture that can be read. Nothing was kept. Save it as PNG.")) from error
    label = clean_name(name) or _("Logo")
    made = LogoId(uow.insert(paper_logo, hub_id=uow.actor.hub_id, name=label, content=prepared))
    return Outcome(LogoRow(made, label, prepared), Changes(papers=frozenset({made})), uow.undo_token)


def remove_logo(logo_id: LogoId, uow: UnitOfWork) -> Outcome[None]:
    """Offer a logo no longer. Papers that bear it keep it, and so do the texts in use until they are changed."""
    require(uow, Permission.EDIT_TEMPLATES)
    if logo_id not in {item.id for item in rows.list_logos(uow.connection, uow.actor.hub_id)}:
        raise NotFoundError(_("This hub keeps no such logo. Nothing was changed."))
    uow.update(paper_logo, logo_id, deleted=True)
    return Outcome(None, Changes(papers=frozenset({logo_id})), uow.undo_token)


def sample_sheet(
    kind: CertificateKind, texts: Mapping[str, PaperTexts], logos: Sequence[LogoId], languages: str, uow: UnitOfWork
) -> CertificateSheet:
    """A certificate of nobody with these texts, to be looked at while they are edited. Raises UserError as saving."""
    require(uow, Permission.READ_PAPERS)
    check_texts(texts)
    return sheet_of(
        Template(None, kind, 0, dict(texts), tuple(logos)),
        languages,
        sample_details(),
        number=f"{uow.actor.hub_code}-{kind}-{SPECIMEN}",
        names=("Awa NDIAYE", "أوا نداي"),
        issued_on=day_of(uow.now),
        place=place_of(uow),
        logos=[Logo(item.content, item.name) for item in rows.load_logos(uow.connection, logos)],
    )


def check_texts(texts: Mapping[str, PaperTexts]) -> None:
    """Raise UserError where a text names what there is not, is too long, or a language has no title."""
    if set(texts) != set(LANGUAGES):
        raise UserError(_("A certificate needs its texts in French, English and Arabic. Nothing was changed."))
    for item in texts.values():
        if not item.title.strip() or not item.body or len(item.body) > _MOST_PARAGRAPHS:
            raise UserError(
                _("A certificate needs a title and from one to {most} paragraphs. Nothing was changed.").format(
                    most=_MOST_PARAGRAPHS
                )
            )
        for text in (item.issuer, item.title, item.lead, *item.body, item.issued, item.issuer_line, item.note):
            _check_text(text)


def _check_text(text: str) -> None:
    if len(text) > TEXT_LENGTH:
        raise UserError(_("A text of a paper has at most {most} characters.").format(most=TEXT_LENGTH))
    try:
        unknown = fields_in(text) - FIELDS
    except ValueError as error:
        raise UserError(
            _("In “{text}” a brace has no partner. Fields stand between two: {example}. Nothing was changed.").format(
                text=text[:60], example="{training}"
            )
        ) from error
    if unknown:
        raise UserError(
            _("“{field}” is no field of a certificate. Nothing was changed. There are: {known}.").format(
                field=min(unknown), known=", ".join(sorted(FIELDS))
            )
        )
