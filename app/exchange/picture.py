"""A file that somebody attaches, as it is kept: pictures scaled and without what a camera writes beside them."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE: Final = 2000
"""Pixels: a page of A4 photographed fills them with 170 dots to the inch, which can be read and printed."""
QUALITY: Final = 80
_MOST_PIXELS: Final = 120_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
JPEG: Final = "image/jpeg"
PDF: Final = "application/pdf"


class UnknownFileError(ValueError):
    """The content is neither a picture that can be read nor a PDF."""


def prepare(content: bytes) -> tuple[bytes, str]:
    """The content as it is kept, and its media type: a PDF as it is, a picture as JPEG without metadata.

    Place, time and camera are left out, because a photo of a paper would tell where somebody lives. The way up that
    the camera noted is applied. Raises UnknownFileError.
    """
    if content.startswith(b"%PDF-"):
        return content, PDF
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _scale(content), JPEG
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnknownFileError("not a picture") from error


def _scale(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnknownFileError("too many pixels")
        # a JPEG is decoded at a fraction of its size where that is enough
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        # what was transparent is paper
        page = Image.new("RGB", upright.size, "white")
        shown = upright.convert("RGBA")
        page.paste(shown, mask=shown.getchannel("A"))
    written = io.BytesIO()
    page.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
