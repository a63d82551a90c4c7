"""Certificates, their texts and logos as they are kept: rows to values. Rows of certificates are written once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa
import zstandard

from app.domain.codes import read_code
from app.domain.ids import CertificateId, HubId, InstallationId, LogoId, PersonId, TemplateId
from app.domain.papers import Certificate, LogoRow, PaperTexts, Template, state_of
from app.domain.sheets import CertificateKind
from app.storage import schema
from app.storage.schema_papers import (
    certificate,
    certificate_copy,
    certificate_end,
    certificate_pdf,
    paper_logo,
    paper_template,
)
from app.storage.types import AnyRow, parts_of

_LARGEST_PDF: Final = 64 * 1024 * 1024
_ALONE, _SHARED = b"\x00", b"\x01"
_ID: Final = 16
_texts = msgspec.json.Decoder(dict[str, PaperTexts])
_ids = msgspec.json.Decoder(list[UUID])
_by = schema.account.alias("by")
_COPIES: Final = (
    sa.select(sa.func.count())
    .where(certificate_copy.c.certificate_id == certificate.c.id, ~certificate_copy.c.deleted)
    .scalar_subquery()
    .label("copies")
)
_HERE: Final = sa.exists().where(certificate_pdf.c.certificate_id == certificate.c.id).label("printed_here")


class _Names(msgspec.Struct):
    """Whom a paper is for, of all that stands on it."""

    holder_name: str | None = None
    holder_name_ar: str | None = None


class _Fields(msgspec.Struct):
    """The frozen fields as far as a list shows them."""

    sheet: _Names


_fields = msgspec.json.Decoder(_Fields)


def find_certificates(
    connection: sa.Connection, *where: sa.ColumnElement[bool], limit: int | None = None
) -> list[Certificate]:
    """Certificates with their state, the newest first."""
    query = (
        sa.select(certificate, _by.c.name.label("author"), _COPIES, _HERE)
        .outerjoin(_by, _by.c.id == certificate.c.issued_by)
        .where(~certificate.c.deleted, *where)
        .order_by(certificate.c.issued_at.desc(), certificate.c.number.desc(), certificate.c.id)
        .limit(limit)
    )
    rows = list(connection.execute(query))
    ends = _ends_of(connection, [row.id for row in rows])
    return [_to_certificate(row, ends.get(row.id, [])) for row in rows]


def with_people(records: Iterable[UUID]) -> sa.ColumnElement[bool]:
    """Those of a person's records."""
    return certificate.c.person_id.in_(list(records))


def with_number(number: str) -> sa.ColumnElement[bool]:
    """Those with a number; two only where somebody wrote numbers twice."""
    return certificate.c.number == number


def with_id(certificate_id: CertificateId) -> sa.ColumnElement[bool]:
    """The one with an id."""
    return certificate.c.id == certificate_id


def issued_about(about_id: UUID) -> sa.ColumnElement[bool]:
    """Those about a training or a case."""
    return certificate.c.about_id == about_id


def of_hub(hub: HubId) -> sa.ColumnElement[bool]:
    """Those that a hub issued."""
    return certificate.c.hub_id == hub


def load_fields(connection: sa.Connection, certificate_id: CertificateId) -> str:
    """The frozen fields of a certificate; empty where it was erased or is not here."""
    query = sa.select(certificate.c.fields).where(certificate.c.id == certificate_id)
    return connection.scalar(query) or ""


def keep_pdf(
    connection: sa.Connection, certificate_id: UUID, pdf: bytes, ground: UUID, draw_ground: Callable[[], bytes]
) -> None:
    """Keep a certificate as it was printed: what it shares with a specimen of its kind is kept once, as `ground`.

    Fonts and the frame are nine tenths of a file. A specimen is nobody's: no erasure has to rewrite what builds on it.
    """
    drawn = _load(connection, ground)
    if drawn is None:
        drawn = draw_ground()
        _keep(connection, ground, _ALONE + _compressor(None).compress(drawn))
    _keep(connection, certificate_id, _SHARED + ground.bytes + _compressor(drawn).compress(pdf))


def load_pdf(connection: sa.Connection, certificate_id: CertificateId) -> bytes | None:
    """A certificate as it was printed here; None where another office printed it."""
    return _load(connection, certificate_id)


def _keep(connection: sa.Connection, row_id: UUID, content: bytes) -> None:
    connection.execute(certificate_pdf.insert().values(certificate_id=row_id, content=content))


def _load(connection: sa.Connection, row_id: UUID) -> bytes | None:
    query = sa.select(certificate_pdf.c.content).where(certificate_pdf.c.certificate_id == row_id)
    kept = connection.scalar(query)
    if kept is None:
        return None
    form, content, ground = bytes(kept[:1]), bytes(kept[1:]), None
    if form == _SHARED:
        ground, content = _load(connection, UUID(bytes=content[:_ID])), content[_ID:]
    shared = None if ground is None else _dictionary(ground)
    return zstandard.ZstdDecompressor(dict_data=shared).decompress(content, max_output_size=_LARGEST_PDF)


def _compressor(ground: bytes | None) -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=6, dict_data=None if ground is None else _dictionary(ground))


def _dictionary(ground: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(ground, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def current_template(connection: sa.Connection, hub: HubId, kind: CertificateKind) -> Template | None:
    """The newest version of what a hub writes on a kind; None before it wrote anything of its own."""
    return next(iter(_templates(connection, paper_template.c.hub_id == hub, paper_template.c.kind == str(kind))), None)


def list_templates(connection: sa.Connection, hub: HubId, kind: CertificateKind) -> list[Template]:
    """All versions, the newest first."""
    return _templates(connection, paper_template.c.hub_id == hub, paper_template.c.kind == str(kind))


def list_logos(connection: sa.Connection, hub: HubId) -> list[LogoRow]:
    """The logos that a hub can put on its papers."""
    query = paper_logo.select().where(paper_logo.c.hub_id == hub, ~paper_logo.c.deleted).order_by(paper_logo.c.id)
    return [_to_logo(row) for row in connection.execute(query)]


def load_logos(connection: sa.Connection, ids: Sequence[UUID]) -> list[LogoRow]:
    """Logos in the order of their ids, those that nobody uses any more included; what is not here is left out."""
    found: dict[UUID, LogoRow] = {}
    for part in parts_of(ids):
        for row in connection.execute(paper_logo.select().where(paper_logo.c.id.in_(part))):
            found[row.id] = _to_logo(row)
    return [found[item] for item in ids if item in found]


def _templates(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Template]:
    table = paper_template
    query = (
        sa.select(table, _by.c.name.label("author"))
        .outerjoin(_by, _by.c.id == table.c.made_by)
        .where(~table.c.deleted, *where)
        .order_by(table.c.version.desc(), table.c.made_at.desc(), table.c.id.desc())
    )
    return [
        Template(
            id=TemplateId(row.id),
            kind=read_code(CertificateKind, row.kind),
            version=row.version,
            texts=_texts.decode(row.texts),
            logos=tuple(LogoId(item) for item in _ids.decode(row.logos)),
            made_at=row.made_at,
            made_by=row.author or "",
        )
        for row in connection.execute(query)
    ]


def _ends_of(connection: sa.Connection, ids: Sequence[UUID]) -> dict[UUID, list[AnyRow]]:
    found: dict[UUID, list[AnyRow]] = {}
    for part in parts_of(ids):
        query = (
            sa.select(certificate_end, _by.c.name.label("author"))
            .outerjoin(_by, _by.c.id == certificate_end.c.ended_by)
            .where(certificate_end.c.certificate_id.in_(part), ~certificate_end.c.deleted)
            .order_by(certificate_end.c.ended_at, certificate_end.c.id)
        )
        for row in connection.execute(query):
            found.setdefault(row.certificate_id, []).append(row)
    return found


def _to_certificate(row: AnyRow, ends: list[AnyRow]) -> Certificate:
    state = state_of(row.copies, frozenset(end.state for end in ends))
    # the first of those that make it what it is
    end: Any = next((end for end in ends if end.state == state), ends[0] if ends else None)
    names = _fields.decode(row.fields).sheet if row.fields else _Names()
    replaced = next((end.replaced_by for end in ends if end.replaced_by), "")
    return Certificate(
        id=CertificateId(row.id),
        number=row.number,
        kind=read_code(CertificateKind, row.kind),
        hub_id=HubId(row.hub_id),
        installation_id=InstallationId(row.installation_id),
        person_id=None if row.person_id is None else PersonId(row.person_id),
        name=names.holder_name or "",
        name_ar=names.holder_name_ar or "",
        about=row.about,
        about_id=row.about_id,
        languages=row.languages,
        issued_on=date.fromisoformat(row.issued_on),
        issued_at=row.issued_at,
        issued_by=row.author or "",
        template_version=row.template_version,
        state=state,
        copies=row.copies,
        ended_at=None if end is None else end.ended_at,
        ended_by="" if end is None else end.author or "",
        reason="" if end is None else end.reason,
        note="" if end is None else end.note,
        replaced_by=replaced,
        erased=row.erased,
        printed_here=bool(row.printed_here),
        sha256=bytes(row.sha256),
        code=row.code,
    )


def _to_logo(row: AnyRow) -> LogoRow:
    return LogoRow(LogoId(row.id), row.name, bytes(row.content))
