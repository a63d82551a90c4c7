"""Drawing: operators of a content stream (ISO 32000-1, 8 and 9). Points, from the lower left corner."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from app.documents.fonts import paper_font
from app.documents.pdf.writer import Layer, Writer, resources
from app.documents.text.lines import Line

_KAPPA: Final = 0.5523
"""How far a Bézier curve's handles reach to draw a quarter of a circle, as a share of its radius."""


@dataclass(slots=True)
class Surface:
    """What is drawn, and what of the file it calls by name."""

    writer: Writer
    names: dict[str, int] = field(default_factory=dict)
    _operators: list[str] = field(default_factory=list)

    def layer(self) -> Layer:
        """Write the drawing as a content stream."""
        return Layer(self.writer.add_stream(self._content()), tuple(self.names.items()))

    def make_form(self, name: str, reach: float, draw: Callable[["Surface"], None]) -> int:
        """A drawing around its origin that is written once and placed often; `reach` is how far it goes."""
        number = self.writer.shared.get(name)
        if number is None:
            inner = Surface(self.writer)
            draw(inner)
            box = " ".join(_number(each) for each in (-reach, -reach, reach, reach))
            entries = f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources<<{resources(inner.names)}>>".encode()
            number = self.writer.shared[name] = self.writer.add_stream(inner._content(), entries)
        return number

    def place(self, number: int, x: float, y: float, width: float = 1.0, height: float = 1.0) -> None:
        """Show a form at a point, or an image in a box whose lower left corner is there."""
        self.names[f"X{number}"] = number
        self._write(f"q {_number(width)} 0 0 {_number(height)} {_number(x)} {_number(y)} cm /X{number} Do Q")

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Colours, widths and clips that are set meanwhile end with it."""
        self._write("q")
        yield
        self._write("Q")

    def fill_colour(self, colour: str) -> None:
        """#RRGGBB for what is filled, and for text."""
        self._write(f"{_colour(colour)} rg")

    def stroke_colour(self, colour: str) -> None:
        """#RRGGBB for lines."""
        self._write(f"{_colour(colour)} RG")

    def line_width(self, width: float) -> None:
        """How thick lines are."""
        self._write(f"{_number(width)} w")

    def dash(self, *lengths: float, round_ends: bool = False) -> None:
        """Lines in pieces: lengths drawn and left out in turn."""
        self._write(f"{1 if round_ends else 0} J [{' '.join(map(_number, lengths))}] 0 d")

    def turn(self, cosine: float, sine: float, x: float, y: float) -> None:
        """Make a point the origin and turn what follows."""
        self._write(f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {_number(x)} {_number(y)} cm")

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A straight line."""
        self._write(f"{_number(x)} {_number(y)} m {_number(to_x)} {_number(to_y)} l S")

    def polygon(self, points: Sequence[tuple[float, float]], *, stroke: bool, fill: bool) -> None:
        """A closed line through points."""
        (x, y), *rest = points
        steps = " ".join(f"{_number(to_x)} {_number(to_y)} l" for to_x, to_y in rest)
        self._write(f"{_number(x)} {_number(y)} m {steps} {_painting(stroke=stroke, fill=fill)}")

    def rectangle(
        self, x: float, y: float, width: float, height: float, radius: float, *, stroke: bool, fill: bool
    ) -> None:
        """A rectangle, its corners rounded."""
        if radius:
            self._write(_rounded(x, y, width, height, radius))
        else:
            self._write(f"{_number(x)} {_number(y)} {_number(width)} {_number(height)} re")
        self._write(_painting(stroke=stroke, fill=fill))

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """A rectangle of a figure that `paint` fills, to a thousandth of a point: bars shall touch."""
        self._write(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re")

    def paint(self) -> None:
        """Fill the bars."""
        self._write("f")

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Show what follows inside a rectangle only."""
        self._write(f"{_number(x)} {_number(y)} {_number(width)} {_number(height)} re W n")

    def text(self, x: float, y: float, line: Line, size: float, stretch: float = 0.0) -> None:
        """A line of text with the left end of its base line at x, y; `stretch` points are added to each space."""
        for piece in line.pieces:
            use = self.writer.font(paper_font(piece.font))
            self.names[f"F{use.number}"] = use.number
            extra = stretch * 1000 / size if stretch else 0.0
            spread: list[str] = []
            for codes, gap, is_space in piece.runs:
                gap += extra if is_space else 0.0  # noqa: PLW2901 - the gap as this line has it
                spread.append(f"<{use.encode(codes)}>")
                if gap:
                    spread.append(_number(-gap))
            rise = _number(y + piece.rise * size / 1000)
            self._write(f"BT /F{use.number} {_number(size)} Tf {_number(x)} {rise} Td [{''.join(spread)}] TJ ET")
            x += (piece.advance + extra * piece.spaces) * size / 1000

    def _write(self, operator: str) -> None:
        self._operators.append(operator)

    def _content(self) -> bytes:
        return "\n".join(("q", *self._operators, "Q")).encode("ascii")


def _number(value: float) -> str:
    """Up to a hundredth of a point: finer than any printer."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(maxsize=64)
def _colour(colour: str) -> str:
    return " ".join(_number(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))


def _painting(*, stroke: bool, fill: bool) -> str:
    return {(True, True): "b", (True, False): "s", (False, True): "f", (False, False): "n"}[stroke, fill]


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    right, top, handle = x + width, y + height, radius * (1 - _KAPPA)
    curves = (
        (x + radius, y, "m"),
        (right - radius, y, "l"),
        (right - handle, y, right, y + handle, right, y + radius, "c"),
        (right, top - radius, "l"),
        (right, top - handle, right - handle, top, right - radius, top, "c"),
        (x + radius, top, "l"),
        (x + handle, top, x, top - handle, x, top - radius, "c"),
        (x, y + radius, "l"),
        (x, y + handle, x + handle, y, x + radius, y, "c"),
    )
    return " ".join(" ".join(each if isinstance(each, str) else _number(each) for each in curve) for curve in curves)
