"""Papers as pictures, for the preview and the printer of the window."""

from app.documents.preview import Raster, count_pages, rasterise

__all__ = ["Raster", "draw_pages"]


def draw_pages(pdf: bytes, *, dpi: float) -> tuple[Raster, ...]:
    """Every page of a paper on white, at `dpi` dots to the inch. Raises UnreadablePaperError (a bug: it is our PDF)."""
    return tuple(rasterise(pdf, page, dpi=dpi) for page in range(count_pages(pdf)))
