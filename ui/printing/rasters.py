"""Pages as pictures for Qt. Drawn on the database thread, since PDFium takes its time over a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from app.services.previews import Raster

SCREEN_DPI: Final = 110.0
PRINTER_DPI: Final = 300.0
METRES_PER_INCH: Final = 0.0254
MOST_SHOWN: Final = 12
"""Pages drawn for the screen: a class of two hundred certificates would fill the memory of an old computer."""


def draw_images(pdf: bytes, dpi: float) -> list[QImage]:
    """The pages of a PDF as images that know their resolution; of a long paper the first ones."""
    from app.services.previews import draw_pages  # noqa: PLC0415 - loads PDFium

    return [_image(raster, dpi) for raster in draw_pages(pdf, dpi=dpi, most=MOST_SHOWN)]


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from app.services import previews  # noqa: PLC0415 - loads PDFium

    return previews.count_pages(pdf)


def draw_page(pdf: bytes, page: int, dpi: float) -> tuple[QImage, int]:
    """One page of a PDF, the first being 0, and how many there are."""
    from app.services.previews import rasterise  # noqa: PLC0415 - loads PDFium

    return _image(rasterise(pdf, page, dpi=dpi), dpi), count_pages(pdf)


def _image(raster: Raster, dpi: float) -> QImage:
    borrowed = QImage(raster.data, raster.width, raster.height, raster.stride, QImage.Format.Format_RGB888)
    image = borrowed.copy()
    image.setDotsPerMeterX(round(dpi / METRES_PER_INCH))
    image.setDotsPerMeterY(round(dpi / METRES_PER_INCH))
    return image
