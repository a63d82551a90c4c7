"""The tokens of the look: the only place in the program that names a colour, a size or a gap."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one appearance, as #RRGGBB.

    `paper` is the desk itself, `surface` what lies on it, `sunken` a hovered or inactive part of it, `line` divides
    and `control` draws the edge of what can be operated (3:1). `selection` and `mark` are grounds for ink: a chosen
    row, a matching letter. Each `*_ground` is the quiet ground of a notice whose words are in the colour of its name.
    `counters` colours the signs of the counters; `on_counter` is the ink on them.
    """

    paper: str
    surface: str
    sunken: str
    line: str
    control: str
    ink: str
    quiet_ink: str
    primary: str
    primary_hover: str
    on_primary: str
    selection: str
    mark: str
    attention: str
    attention_ground: str
    danger: str
    danger_ground: str
    good: str
    good_ground: str
    information: str
    information_ground: str
    on_counter: str
    counters: tuple[str, ...]


LIGHT: Final = Colours(
    paper="#FAF8F4",
    surface="#FFFFFF",
    sunken="#F3EFE8",
    line="#E3DED5",
    control="#857E72",
    ink="#1F2A30",
    quiet_ink="#55626B",
    primary="#0B6B63",
    primary_hover="#095850",
    on_primary="#FFFFFF",
    selection="#DCEEEA",
    mark="#FCE4B4",
    attention="#8F5600",
    attention_ground="#FDF1DC",
    danger="#A8231C",
    danger_ground="#FCEBE9",
    good="#1B6B3A",
    good_ground="#E6F3EA",
    information="#1D5AA0",
    information_ground="#E7F0FA",
    on_counter="#FFFFFF",
    counters=("#0B6B63", "#1D5AA0", "#8F5600", "#8A2F6B", "#A8231C", "#4B5A1E", "#5B4BA8", "#55626B"),
)

DARK: Final = Colours(
    paper="#14191C",
    surface="#1C2327",
    sunken="#252E33",
    line="#2E393F",
    control="#76858D",
    ink="#E8ECEE",
    quiet_ink="#A9B5BC",
    primary="#63CFC2",
    primary_hover="#84DDD2",
    on_primary="#06211E",
    selection="#1E3F3C",
    mark="#5E4716",
    attention="#F0B35A",
    attention_ground="#33291A",
    danger="#FF9289",
    danger_ground="#3A2220",
    good="#74D69A",
    good_ground="#1B3326",
    information="#86B8F2",
    information_ground="#1D2E40",
    on_counter="#10181B",
    counters=("#63CFC2", "#86B8F2", "#F0B35A", "#E79BCB", "#FF9289", "#BFD07A", "#B9AEF5", "#A9B5BC"),
)


class Gap(IntEnum):
    """Distances in pixels, for layouts."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    PAGE = 32


class TextSize(IntEnum):
    """Heights of type in pixels."""

    SMALL = 12
    BASE = 14
    MEDIUM = 16
    LARGE = 20
    DISPLAY = 28


ARABIC_STEP: Final = 1
"""Pixels added to each size of type while the window is in Arabic, whose letters sit lower in the em."""

CORNER: Final = 8
CORNER_SMALL: Final = 6
ROW: Final = 40
ROW_DENSE: Final = 32
FOCUS_RING: Final = 2
ICON: Final = 18
ICON_LARGE: Final = 40
RAIL_WIDTH: Final = 92
TOP_BAR: Final = 56
FIELD_WIDTH: Final = 200
"""Width of a field for a short answer."""
FORM_WIDTH: Final = 440
"""Width of a form that stands alone in the middle of the window."""
PICTURE_WIDTH: Final = 300
"""Width of the picture beside the guide of the first start."""
SETTINGS_WIDTH: Final = 860
"""Widest that a page of settings gets: lines of labels and fields stay together for the eye."""
PAPER_PREVIEW: Final = 220
"""Height of a paper that is shown small."""
TRANSITION_MS: Final = 120
BUSY_AFTER_MS: Final = 300
NOTICE_MS: Final = 12_000
"""How long a notice without an error stays; one that can be undone stays until the next."""
