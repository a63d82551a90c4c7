"""Papers as pictures, for the preview and the printer of the window."""

from app.documents.preview import Raster, count_pages, rasterise

__all__ = ["Raster", "count_pages", "draw_pages", "rasterise"]


def draw_pages(pdf: bytes, *, dpi: float, most: int = 1_000) -> tuple[Raster, ...]:
    """The pages of a paper on white, at `dpi` dots to the inch, at most so many.

    Raises UnreadablePaperError (a bug: it is our PDF).
    """
    return tuple(rasterise(pdf, page, dpi=dpi) for page in range(min(count_pages(pdf), most)))
