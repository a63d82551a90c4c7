"""Pictures in a file: logos as offices have them, no larger than a printer can show (ISO 32000-1, 8.9)."""

import warnings
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, NamedTuple
from zlib import compress

from app.documents.pdf.writer import Writer

_DOTS: Final = 300 / 72
"""Dots a point: a logo holds no more."""
_MOST_PIXELS: Final = 50_000_000
_FLAT: Final = 16_000
"""Bytes; a picture that stays larger without loss is no drawing but a photograph, and kept as JPEG."""
_QUALITY: Final = 88


class UnreadableImageError(ValueError):
    """The bytes are no picture that can be printed: neither PNG nor JPEG, damaged, or far too large."""


class Picture(NamedTuple):
    """A picture ready for a file. Sizes in dots; `mask` is its transparency, a byte a dot, compressed."""

    width: int
    height: int
    data: bytes
    coding: str
    mask: bytes | None


@lru_cache(maxsize=64)
def read_picture(image: bytes, width: float, height: float) -> Picture:
    """A PNG or JPEG made to fit a box of points. Raises UnreadableImageError."""
    from PIL import Image  # noqa: PLC0415 - papers without logos need not wait for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(image), formats=("PNG", "JPEG"))
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnreadableImageError("too many dots")
        picture = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableImageError("no picture that can be read") from error
    share = min(1.0, width * _DOTS / picture.width, height * _DOTS / picture.height)
    if share < 1:
        size = max(1, round(picture.width * share)), max(1, round(picture.height * share))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    alpha = picture.getchannel("A")
    colours = Image.new("RGB", picture.size, "white")
    colours.paste(picture, mask=alpha)
    clear = alpha.getextrema() == (255, 255)
    return Picture(*picture.size, *_pack(colours), None if clear else compress(alpha.tobytes(), 9))


def _pack(colours: Any) -> tuple[bytes, str]:  # noqa: ANN401 - a picture of Pillow's
    flat = compress(colours.tobytes(), 9)
    if len(flat) <= _FLAT:
        return flat, "FlateDecode"
    stream = BytesIO()
    colours.save(stream, "JPEG", quality=_QUALITY)
    photograph = stream.getvalue()
    return (photograph, "DCTDecode") if len(photograph) < len(flat) else (flat, "FlateDecode")


def add_picture(writer: Writer, picture: Picture) -> int:
    """Write a picture; its number, to be placed on a page."""
    entries = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
    transparency = ""
    if picture.mask is not None:
        mask = writer.add_packed(picture.mask, f"{entries}/ColorSpace/DeviceGray/Filter/FlateDecode".encode())
        transparency = f"/SMask {mask} 0 R"
    return writer.add_packed(
        picture.data, f"{entries}/ColorSpace/DeviceRGB/Filter/{picture.coding}{transparency}".encode()
    )
