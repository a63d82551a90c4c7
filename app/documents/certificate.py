"""Certificates: A4 on its side, in one language or with French on the left and Arabic on the right.

A paper is three layers: what a whole class has in common, the paragraphs, and what is the holder's own. The first two
are written once and begin every file of a batch; a paper has the same bytes whether it is made alone or among others.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from app.documents.certificate_parts import (
    body_size,
    draw_body,
    draw_duplicate,
    draw_frame,
    draw_name,
    draw_number,
    draw_side,
    draw_signing,
    draw_words,
    halves,
)
from app.documents.fonts import RENDERING
from app.documents.logo_strip import draw_logos
from app.documents.page import A4_LANDSCAPE, Page
from app.documents.pdf.surface import Surface
from app.documents.pdf.writer import Beginning, Layer, Writer
from app.domain.sheets import CertificateSheet, Logo, SheetText

_Paragraphs: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""The paragraphs of each language."""


def render(sheet: CertificateSheet) -> bytes:
    """The certificate as a PDF of one page. Raises UnreadableImageError for a logo that is no picture."""
    with RENDERING:
        writer = Writer(_with_paragraphs(_common(sheet), sheet.logos, bool(sheet.qr), _paragraphs(sheet)), effort=1)
        writer.add_page(A4_LANDSCAPE, (*writer.beginning.layers, _draw_own(writer, sheet)))
        return writer.finish(sheet.title, sheet.texts[0].issuer, sheet.language)


def render_batch(sheets: Iterable[CertificateSheet]) -> Iterator[bytes]:
    """Certificates one by one, so that who asks can show how far it is and stop."""
    for sheet in sheets:
        yield render(sheet)


def render_together(sheets: Sequence[CertificateSheet]) -> bytes:
    """Certificates as one PDF of a page each, for the printer. Raises ValueError for none, else as `render`."""
    if not sheets:
        raise ValueError("no certificate to print")
    with RENDERING:
        writer = Writer()
        layers: dict[Hashable, Layer] = {}
        for sheet in sheets:
            common, code = _common(sheet), bool(sheet.qr)
            ground = (common, sheet.logos, code)
            if ground not in layers:
                layers[ground] = _draw_ground(writer, common, sheet.logos, has_code=code)
            said = (common, _paragraphs(sheet))
            if said not in layers:
                layers[said] = _draw_paragraphs(writer, *said)
            writer.add_page(A4_LANDSCAPE, (layers[ground], layers[said], _draw_own(writer, sheet)))
        first = sheets[0]
        return writer.finish(first.title, first.texts[0].issuer, first.language)


def _common(sheet: CertificateSheet) -> tuple[SheetText, ...]:
    return tuple(replace(text, body=()) for text in sheet.texts)


def _paragraphs(sheet: CertificateSheet) -> _Paragraphs:
    return tuple((text.language, text.body) for text in sheet.texts)


def _page(surface: Surface, language: str) -> Page:
    return Page(surface, *A4_LANDSCAPE, right_to_left=language == "ar")


def _draw_ground(writer: Writer, texts: tuple[SheetText, ...], logos: tuple[Logo, ...], *, has_code: bool) -> Layer:
    """What a class has in common."""
    surface = Surface(writer)
    first = _page(surface, texts[0].language)
    draw_frame(first)
    for half in halves(texts):
        draw_words(_page(surface, half.language), half)
    draw_side(first, texts, has_code=has_code)
    draw_signing(first, texts)
    draw_logos(first, [text.funded for text in texts], logos, bilingual=len(texts) > 1)
    return surface.layer()


def _draw_paragraphs(writer: Writer, texts: tuple[SheetText, ...], paragraphs: _Paragraphs) -> Layer:
    """What people of a class with the same hours share."""
    surface, bodies = Surface(writer), dict(paragraphs)
    columns = halves(texts)
    # both halves in one size, the smaller one
    size = min(body_size(half, bodies[half.language]) for half in columns)
    for half in columns:
        draw_body(_page(surface, half.language), half, bodies[half.language], size)
    return surface.layer()


def _draw_own(writer: Writer, sheet: CertificateSheet) -> Layer:
    """What is the holder's own."""
    surface = Surface(writer)
    draw_number(_page(surface, sheet.language), sheet)
    for half in halves(sheet.texts):
        draw_name(_page(surface, half.language), half, sheet)
    if sheet.duplicate:
        draw_duplicate(surface, A4_LANDSCAPE, sheet.duplicate)
    return surface.layer()


@lru_cache(maxsize=8)
def _ground(texts: tuple[SheetText, ...], logos: tuple[Logo, ...], has_code: bool) -> Beginning:
    writer = Writer(effort=9)
    return writer.freeze(_draw_ground(writer, texts, logos, has_code=has_code))


@lru_cache(maxsize=64)
def _with_paragraphs(
    texts: tuple[SheetText, ...], logos: tuple[Logo, ...], has_code: bool, paragraphs: _Paragraphs
) -> Beginning:
    writer = Writer(_ground(texts, logos, has_code))
    return writer.freeze(_draw_paragraphs(writer, texts, paragraphs))
