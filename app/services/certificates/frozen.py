"""A certificate's fields as they are kept for ever: canonical JSON, logos by their ids.

Canonical: UTF-8, names sorted, nothing between the signs; the same fields are the same text everywhere.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from app.domain.ids import LogoId
from app.domain.papers import Details, LogoRow
from app.domain.sheets import CertificateSheet, Logo, SheetText


class _Sheet(msgspec.Struct):
    number: str
    texts: tuple[SheetText, ...]
    holder_name: str | None
    holder_name_ar: str | None
    qr: str
    logos: tuple[LogoId, ...]


class _Frozen(msgspec.Struct):
    form: int
    sheet: _Sheet
    details: Details


_forms = msgspec.json.Decoder(_Frozen)


def freeze(sheet: CertificateSheet, logos: Sequence[LogoId], details: Details) -> str:
    """What is kept of a certificate beside its PDF."""
    kept = _Sheet(sheet.number, sheet.texts, sheet.holder_name, sheet.holder_name_ar, sheet.qr, tuple(logos))
    return msgspec.json.encode(_Frozen(1, kept, details), order="sorted").decode()


def details_in(fields: str) -> Details:
    """The details that a certificate was issued with."""
    return _forms.decode(fields).details


def logos_in(fields: str) -> tuple[LogoId, ...]:
    """The logos that stand on a certificate."""
    return _forms.decode(fields).sheet.logos


def thaw(fields: str, logos: Sequence[LogoRow], duplicate: str = "") -> CertificateSheet:
    """The sheet as it was issued, drawn again from nothing else; `duplicate` is the mark of a reprint."""
    kept = _forms.decode(fields).sheet
    sheet = CertificateSheet(
        number=kept.number,
        texts=kept.texts,
        holder_name=kept.holder_name,
        holder_name_ar=kept.holder_name_ar,
        qr=kept.qr,
        logos=tuple(Logo(item.content, item.name) for item in logos),
    )
    return replace(sheet, duplicate=duplicate) if duplicate else sheet
