"""Where the hubs are on the map."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from PySide6.QtCore import QByteArray, QPointF, QRectF

from ui.theme.tokens import Colours

LEFT, RIGHT = "left", "right"


@dataclass(frozen=True, slots=True)
class City:
    """A hub's place: `x` and `y` from 0 to 1 of the map's width and height, and on which side its card stands."""

    hub: str
    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class Geography:
    """The cities, and the map's width divided by its height."""

    cities: tuple[City, ...]
    aspect: float

    def place(self, city: City, area: QRectF) -> QPointF:
        """Where a city lies when the map fills an area."""
        return QPointF(area.x() + city.x * area.width(), area.y() + city.y * area.height())

    def fit(self, room: QRectF) -> QRectF:
        """The largest area of the map's form that fills a room; what juts out is cut."""
        width = max(room.width(), room.height() * self.aspect)
        height = width / self.aspect
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


@cache
def load_geography() -> Geography:
    """What `resources/maps` says."""
    folder = files("resources") / "maps"
    found = json.loads((folder / "morocco.json").read_text(encoding="utf-8"))
    wide, high = found["east"] - found["west"], found["north"] - found["south"]
    cities = tuple(
        City(
            item["hub"],
            (item["lon"] - found["west"]) / wide,
            (found["north"] - item["lat"]) / high,
            item["card"],
        )
        for item in found["cities"]
    )
    return Geography(cities, wide * found["degree"] / high)


def draw_map(colours: Colours) -> QByteArray:
    """The map as SVG in the colours of an appearance."""
    text = (files("resources") / "maps" / "morocco.svg").read_text(encoding="utf-8")
    names = {name: getattr(colours, name) for name in Colours.__dataclass_fields__ if name != "counters"}
    return QByteArray(Template(text).substitute(names).encode())
