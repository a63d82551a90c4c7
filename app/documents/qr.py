"""QR codes (ISO/IEC 18004) as vector paths: sharp at any size, and small in the file."""

import segno

from app.documents.page import INK, Page

QUIET_ZONE = 4
"""Modules that stay white around the code, by the standard."""


def draw_qr(page: Page, x: float, y: float, size: float, content: str) -> None:
    """Draw a QR code with its quiet zone in a square of `size` points, its top at `y`.

    Error correction level M: a seventh of the code may be smudged. Modules beside each other are one rectangle.
    """
    matrix = segno.make(content, error="m", micro=False, boost_error=False).matrix
    module = size / (len(matrix) + 2 * QUIET_ZONE)
    left = (page.width - x - size if page.right_to_left else x) + QUIET_ZONE * module
    top = page.height - y - QUIET_ZONE * module
    page.surface.fill_colour(INK)
    for row, modules in enumerate(matrix):
        start = 0
        while start < len(modules):
            end = start
            while end < len(modules) and modules[end]:
                end += 1
            if end > start:
                bottom = top - (row + 1) * module
                page.surface.bar(left + start * module, bottom, (end - start) * module, module)
            start = end + 1
    page.surface.paint()
