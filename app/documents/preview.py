"""A paper as the window shows and prints it: pages drawn by PDFium into plain bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Final

import pypdfium2

_PDFIUM: Final = Lock()
"""PDFium may be used by one thread at a time, whatever the document."""
_LARGEST_SIDE: Final = 5_000


class UnreadablePaperError(ValueError):
    """The bytes are no PDF, or the page is not in it."""


@dataclass(frozen=True, slots=True)
class Raster:
    """An image of red, green and blue bytes, row by row from the top; each row takes `stride` bytes.

    In Qt: `QImage(raster.data, raster.width, raster.height, raster.stride, QImage.Format_RGB888).copy()`.
    """

    width: int
    height: int
    stride: int
    data: bytes


def count_pages(pdf: bytes) -> int:
    """How many pages a paper has. Raises UnreadablePaperError."""
    with _PDFIUM:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def rasterise(pdf: bytes, page: int = 0, *, dpi: float = 96.0) -> Raster:
    """One page on white, at `dpi` dots to the inch; the first page is 0. Raises UnreadablePaperError.

    The resolution is lowered where a side would have over 5,000 dots: a slip in the settings must not eat memory.
    """
    with _PDFIUM:
        document = _open(pdf)
        try:
            if not 0 <= page < len(document):
                raise UnreadablePaperError(f"no page {page} in a paper of {len(document)}")
            sheet = document[page]
            scale = min(dpi / 72, _LARGEST_SIDE / max(sheet.get_size()))
            bitmap = sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGR)
            return Raster(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            document.close()


def join(papers: Iterable[bytes]) -> bytes:
    """All pages of several papers in one, to be printed in one go. Raises UnreadablePaperError."""
    with _PDFIUM:
        joined = pypdfium2.PdfDocument.new()
        try:
            for pdf in papers:
                document = _open(pdf)
                joined.import_pages(document)
                document.close()
            written = BytesIO()
            joined.save(written)
            return written.getvalue()
        finally:
            joined.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePaperError("not a PDF") from error
