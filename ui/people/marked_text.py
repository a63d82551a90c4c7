"""A line of text with some of its letters marked, in either script, drawn without breaking joined letters."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

Spans = Sequence[tuple[int, int]]
_NO_LIMIT = 100_000.0


class MarkedText:
    """A text shaped once. The marks lie under it: a change of format inside an Arabic word would cut its joins."""

    __slots__ = ("_layout", "_spans", "height", "width")

    def __init__(self, text: str, font: QFont, spans: Spans = ()) -> None:
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        line = self._layout.createLine()
        line.setLineWidth(_NO_LIMIT)
        self._layout.endLayout()
        self.width = line.naturalTextWidth()
        self.height = line.height()
        # a right-to-left line begins at the right end of its room: leave it just the width that it takes
        self._layout.beginLayout()
        line = self._layout.createLine()
        line.setLineWidth(self.width + 1)
        self._layout.endLayout()
        self._spans = [self._extent(start, end) for start, end in spans]

    def draw(self, painter: QPainter, left: float, top: float, ink: QColor, mark: QColor) -> None:
        """Draw with the upper left corner at a point."""
        for start, end in self._spans:
            painter.fillRect(QRectF(left + start, top, end - start, self.height), mark)
        painter.setPen(ink)
        self._layout.draw(painter, QPointF(left, top))

    def _extent(self, start: int, end: int) -> tuple[float, float]:
        line = self._layout.lineAt(0)
        edges = [_place(line.cursorToX(place)) for place in (start, end)]
        return min(edges), max(edges)


def _place(found: object) -> float:
    # PySide answers the place and the cursor as it was corrected
    return float(found[0]) if isinstance(found, tuple) else 0.0
