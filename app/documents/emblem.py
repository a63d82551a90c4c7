"""The emblem of the European Union, by its public geometry, and the words that have to stay beside it.

A rectangle half as long again as it is high, twelve stars on a circle of a third of the height, each with its points
on a circle of an eighteenth of it, one point up, placed as the hours on a clock. Reflex blue and yellow.
"""

from math import cos, pi, sin
from typing import Final

from app.documents.page import EUROPE_BLUE, EUROPE_YELLOW
from app.documents.pdf.surface import Surface

ASPECT: Final = 1.5


def draw_emblem(surface: Surface, left: float, bottom: float, height: float) -> None:
    """The emblem with its lower left corner at a point of the surface."""
    with surface.kept():
        surface.fill_colour(EUROPE_BLUE)
        surface.rectangle(left, bottom, ASPECT * height, height, 0, stroke=False, fill=True)
        surface.fill_colour(EUROPE_YELLOW)
        for hour in range(12):
            x = left + ASPECT * height / 2 + height / 3 * sin(hour * pi / 6)
            y = bottom + height / 2 + height / 3 * cos(hour * pi / 6)
            surface.polygon(_star(x, y, height / 18), stroke=False, fill=True)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The ten corners of a star of five points."""
    inner = radius * sin(pi / 10) / cos(pi / 5)
    lengths = [inner if index % 2 else radius for index in range(10)]
    return [
        (x + length * sin(index * pi / 5), y + length * cos(index * pi / 5)) for index, length in enumerate(lengths)
    ]
