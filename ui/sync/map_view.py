"""The map with the offices as cards where their hubs are. The map is never mirrored, the cards are."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from app.domain.codes import code_label
from app.i18n import _, current_language
from app.services.exchange.letter import Desk
from ui.languages import follow_language
from ui.sync.geography import LEFT, City, draw_map, load_geography
from ui.sync.office_card import CARD_WIDTH, Face, HereCard, OfficeCard
from ui.theme.appearance import appearance, colours
from ui.theme.tokens import CORNER, Gap, TextSize

_DOT: Final = 5
_LEAST: Final = QSize(3 * CARD_WIDTH - Gap.PAGE, 2 * CARD_WIDTH)


class MapView(QWidget):
    """Shows a Desk. Hubs whose place is not known stand in a row along the foot."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(_LEAST)
        self.cards: list[OfficeCard] = []
        self.here: HereCard | None = None
        self._renderer = QSvgRenderer(self)
        self._hubs: dict[str, list[Face]] = {}
        self._draw()
        appearance().changed.connect(self._draw)
        follow_language(self, self.retranslate)

    @property
    def selected(self) -> list[OfficeCard]:
        """The offices that are chosen."""
        return [card for card in self.cards if card.isChecked()]

    def show_desk(self, desk: Desk) -> None:
        """Show the offices as they are now; what was chosen stays chosen, the keyboard where it was."""
        chosen = {card.office.installation for card in self.selected}
        focus = next((card.office.installation for card in self.cards if card.hasFocus()), None)
        for old in (*self.cards, self.here):
            if old is not None:
                old.hide()
                old.deleteLater()
        self.here = HereCard(desk.here, desk.ops, self)
        hubs = [desk.here.hub, *(office.hub for office in desk.offices)]
        self.cards = [
            OfficeCard(office, desk.now, with_desk=hubs.count(office.hub) > 1, parent=self)
            for office in sorted(desk.offices, key=lambda office: (office.revoked, _rank(office.hub), office.desk))
        ]
        self._hubs = {}
        self._hubs.setdefault(desk.here.hub, []).append(self.here)
        before: QWidget | None = None
        for card in self.cards:
            self._hubs.setdefault(card.office.hub, []).append(card)
            card.setChecked(card.office.installation in chosen and not card.office.revoked)
            card.toggled.connect(self.chosen)
            if before is not None:
                QWidget.setTabOrder(before, card)
            before = card
        self._arrange()
        for shown in (self.here, *self.cards):
            shown.show()
            if isinstance(shown, OfficeCard) and shown.office.installation == focus:
                shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()

    def retranslate(self) -> None:
        """Words have other widths."""
        self._arrange()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards where their cities are now."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Sea, land, a dot for each city, and a word for those without a card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.setClipPath(frame)
        painter.fillPath(frame, QColor(colours().information_ground))
        self._renderer.render(painter, self._area())
        for city in load_geography().cities:
            self._paint_city(painter, city)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.drawPath(frame)
        painter.end()

    def _paint_city(self, painter: QPainter, city: City) -> None:
        at = load_geography().place(city, self._area())
        known = city.hub in self._hubs
        tone = QColor(colours().primary if known else colours().quiet_ink)
        painter.setPen(QPen(tone, 2))
        painter.setBrush(tone if known else QColor(colours().surface))
        painter.drawEllipse(at, _DOT, _DOT)
        if not known:
            words = _("{hub}: not added yet").format(hub=code_label("hubs", city.hub, current_language()))
            painter.setFont(appearance().font(TextSize.SMALL))
            width = painter.fontMetrics().horizontalAdvance(words)
            left = at.x() - width - Gap.MEDIUM if city.side == LEFT else at.x() + Gap.MEDIUM
            painter.drawText(QPointF(left, at.y() + Gap.HAIR), words)

    def _area(self) -> QRectF:
        return load_geography().fit(QRectF(self.rect()))

    def _draw(self) -> None:
        self._renderer.load(draw_map(colours()))
        self.update()

    def _arrange(self) -> None:
        """Each hub's cards one below the other beside its dot, inside the map; the others along the foot."""
        geography = load_geography()
        cities = {city.hub: city for city in geography.cities}
        foot = self.height() - Gap.MEDIUM
        left = int(Gap.MEDIUM)
        for hub, faces in self._hubs.items():
            high = sum(face.sizeHint().height() for face in faces) + Gap.HAIR * (len(faces) - 1)
            if hub in cities:
                at = geography.place(cities[hub], self._area())
                side = -CARD_WIDTH - Gap.MEDIUM if cities[hub].side == LEFT else Gap.MEDIUM
                x, y = round(at.x()) + side, round(at.y()) - high // 2
            else:
                x, y = left, foot - high
                left += CARD_WIDTH + Gap.SMALL
            x = min(max(x, Gap.SMALL), self.width() - CARD_WIDTH - Gap.SMALL)
            y = min(max(y, Gap.SMALL), self.height() - high - Gap.SMALL)
            for face in faces:
                face.resize(face.sizeHint())
                face.move(x, y)
                y += face.height() + Gap.HAIR


def _rank(hub: str) -> float:
    """From north to south; what is not on the map comes last."""
    return next((city.y for city in load_geography().cities if city.hub == hub), 1.0)
