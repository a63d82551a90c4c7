"""Lines of text shaped once and drawn often, with some of their letters marked."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

Spans = Sequence[tuple[int, int]]
_WIDEST: Final = 4096.0
_KEPT: Final = 1024


@cache
def _one_line() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option


class ShapedText:
    """One line. Marks lie under it: a change of format inside an Arabic word would cut its joins."""

    __slots__ = ("_layout", "_shift", "height", "width")

    def __init__(self, text: str, font: QFont) -> None:
        self._layout = QTextLayout(text, font)
        self._layout.setTextOption(_one_line())
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        line = self._layout.createLine()
        line.setLineWidth(_WIDEST)
        self._layout.endLayout()
        taken = line.naturalTextRect()
        self.width, self.height = taken.width(), taken.height()
        # a right-to-left line stands at the right end of its room
        self._shift = taken.x()

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw with the upper left corner at a point, in the pen at hand."""
        self._layout.draw(painter, QPointF(left - self._shift, top))

    def mark(self, painter: QPainter, left: float, top: float, spans: Spans, colour: QColor) -> None:
        """Lay a mark under some of the letters; draw the text afterwards."""
        line = self._layout.lineAt(0)
        for span in spans:
            edges = [_place(line.cursorToX(at)) for at in span]
            start, end = min(edges), max(edges)
            painter.fillRect(QRectF(left - self._shift + start, top, end - start, self.height), colour)


class Shaper:
    """Keeps the lines that were shaped last. `forget` when fonts change."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, str], ShapedText] = OrderedDict()

    def shape(self, text: str, font: QFont) -> ShapedText:
        """A line in a font, which must live until `forget`: it is known by its identity."""
        key = (id(font), text)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = ShapedText(text, font)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def forget(self) -> None:
        """Shape everything again."""
        self._kept.clear()


def _place(found: object) -> float:
    # PySide answers the place and the cursor as it was corrected
    return float(found[0]) if isinstance(found, tuple) else 0.0
