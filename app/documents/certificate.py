"""Certificates: A4 on its side, in one language or with French on the left and Arabic on the right.

A paper is three layers: what a whole class has in common, the paragraphs, and what is the holder's own. The first two
are written once and begin every file of a batch; a paper has the same bytes whether it is made alone or among others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from app.documents.certificate_parts import (
    MARGIN,
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
from app.documents.pdf.writer import Beginning, Writer
from app.domain.sheets import CertificateSheet, Logo, SheetText

__all__ = ["MARGIN", "render", "render_batch"]


def render(sheet: CertificateSheet) -> bytes:
    """The certificate as a PDF of one page. Raises UnreadableImageError for a logo that is no picture."""
    with RENDERING:
        common = tuple(replace(text, body=()) for text in sheet.texts)
        paragraphs = tuple((text.language, text.body) for text in sheet.texts)
        writer = Writer(_with_paragraphs(common, sheet.logos, bool(sheet.qr), paragraphs), effort=1)
        surface = Surface(writer)
        pages = [_page(surface, half.language) for half in halves(sheet.texts)]
        draw_number(pages[0], sheet)
        for half, page in zip(halves(sheet.texts), pages, strict=True):
            draw_name(page, half, sheet)
        if sheet.duplicate:
            draw_duplicate(surface, A4_LANDSCAPE, sheet.duplicate)
        writer.add_page(A4_LANDSCAPE, (*writer.beginning.layers, surface.layer()))
        return writer.finish(sheet.title, sheet.texts[0].issuer, sheet.language)


def render_batch(sheets: Iterable[CertificateSheet]) -> Iterator[bytes]:
    """Certificates one by one, so that who asks can show how far it is and stop."""
    for sheet in sheets:
        yield render(sheet)


def _page(surface: Surface, language: str) -> Page:
    return Page(surface, *A4_LANDSCAPE, right_to_left=language == "ar")


@lru_cache(maxsize=8)
def _ground(texts: tuple[SheetText, ...], logos: tuple[Logo, ...], has_code: bool) -> Beginning:
    """What a class has in common."""
    writer = Writer(effort=9)
    surface = Surface(writer)
    draw_frame(_page(surface, texts[0].language))
    for half in halves(texts):
        draw_words(_page(surface, half.language), half)
    draw_side(_page(surface, texts[0].language), texts, has_code=has_code)
    draw_signing(_page(surface, texts[0].language), texts)
    draw_logos(_page(surface, texts[0].language), [text.funded for text in texts], logos, bilingual=len(texts) > 1)
    return writer.freeze(surface.layer())


@lru_cache(maxsize=64)
def _with_paragraphs(
    texts: tuple[SheetText, ...],
    logos: tuple[Logo, ...],
    has_code: bool,
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...],
) -> Beginning:
    """The ground with the paragraphs over it: people of a class with the same hours share them."""
    writer = Writer(_ground(texts, logos, has_code), effort=6)
    surface = Surface(writer)
    bodies = dict(paragraphs)
    for half in halves(texts):
        draw_body(_page(surface, half.language), half, bodies[half.language])
    return writer.freeze(surface.layer())
