"""Papers on the screen and on the way to the printer, for a window that knows nothing of PDF."""

from app.documents.preview import Raster, UnreadablePaperError, count_pages, rasterise

__all__ = ["Raster", "UnreadablePaperError", "count_pages", "rasterise"]
