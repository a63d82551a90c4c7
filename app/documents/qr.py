"""QR codes (ISO/IEC 18004): sharp at any size, and small in the file."""

from typing import Final

import segno

from app.documents.page import INK, Page

QUIET_ZONE: Final = 4
"""Modules that stay white around the code, by the standard."""
_NIBBLES: Final = bytes.maketrans(b"\0\1", b"f0")
"""A module's four dots as a hexadecimal digit: what is 0 gets ink."""
_SHORT: Final = 60
_MASK: Final = 4
"""Trying all eight masks takes ten times as long; signed codes are as good as random, and any mask breaks them up."""


def draw_qr(page: Page, x: float, y: float, size: float, content: str) -> None:
    """Draw a QR code with its quiet zone in a square of `size` points, its top at `y`.

    Error correction level M: a seventh of the code may be smudged. It is a mask of one bit a dot, four dots to a
    module's side: as sharp as a drawing on any printer, and in half the time.
    """
    rows = matrix(content)
    module = size / (len(rows) + 2 * QUIET_ZONE)
    left = (page.width - x - size if page.right_to_left else x) + QUIET_ZONE * module
    side = len(rows) * module
    dots = b"".join(4 * bytes.fromhex((row + b"\0" * (len(row) % 2)).translate(_NIBBLES).decode()) for row in rows)
    count = 4 * len(rows)
    entries = f"/Type/XObject/Subtype/Image/Width {count}/Height {count}/ImageMask true/BitsPerComponent 1"
    number = page.surface.writer.add_stream(dots, entries.encode())
    page.surface.fill_colour(INK)
    page.surface.place(number, left, page.height - y - size + QUIET_ZONE * module, side, side)


def matrix(content: str) -> tuple[bytes, ...]:
    """The modules of a code, row by row from the top: 1 is dark."""
    code = segno.make(content, error="m", micro=False, boost_error=False, mask=_MASK if len(content) > _SHORT else None)
    return tuple(bytes(row) for row in code.matrix)
