"""A partner's logo as papers bear it: small, on nothing or on white, without what was written beside it."""

import io
import warnings
from typing import Final

from PIL import Image, UnidentifiedImageError

LARGEST: Final = (600, 240)
"""Pixels: 5 cm of paper at 300 dots to the inch."""
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_MOST_PIXELS: Final = 60_000_000
_COLOURS: Final = 256


class UnknownFileError(ValueError):
    """The content is no picture that can be read."""


def prepare_logo(content: bytes) -> bytes:
    """A picture as PNG of at most 600 × 240 pixels and 256 colours: a few kilobytes. Raises UnknownFileError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _scale(content)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnknownFileError("not a picture") from error


def _scale(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnknownFileError("too many pixels")
        drawn = opened.convert("RGBA")
    drawn.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    if drawn.getchannel("A").getextrema() == (255, 255):
        small = drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    else:
        small = drawn.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()
