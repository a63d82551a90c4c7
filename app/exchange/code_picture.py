"""QR codes in a picture: a photo, a scan, a drawn page. Decoded by ZXing (ISO/IEC 18004)."""

import io
import warnings
from typing import Final

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_MOST_PIXELS: Final = 120_000_000
_ENLARGED: Final = 2
_MOST_ENLARGED: Final = 16_000_000
"""Pixels of a picture that is small enough for a second look at twice its size."""


class UnreadablePictureError(ValueError):
    """The content is no picture that can be read."""


def read_codes(content: bytes) -> list[str]:
    """The texts of the QR codes in a picture file. Raises UnreadablePictureError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(_open(content))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePictureError("not a picture") from error


def read_codes_in_pixels(width: int, height: int, stride: int, pixels: bytes) -> list[str]:
    """The texts of the QR codes in an image of red, green and blue bytes, each row of `stride` bytes."""
    return _read(Image.frombuffer("RGB", (width, height), pixels, "raw", "RGB", stride, 1).convert("L"))


def _open(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnreadablePictureError("too many pixels")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    # what is transparent is paper
    page = Image.new("L", upright.size, 255)
    page.paste(upright.convert("L"), mask=upright.getchannel("A"))
    return page


def _read(page: Image.Image) -> list[str]:
    """What is found at the picture's own size, else at twice that: a module of two dots is a near thing."""
    found = _decode(page)
    if not found and page.width * page.height <= _MOST_ENLARGED:
        larger = page.resize((page.width * _ENLARGED, page.height * _ENLARGED), Image.Resampling.BICUBIC)
        found = _decode(larger)
    return found


def _decode(page: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [code.text for code in found if code.valid]
