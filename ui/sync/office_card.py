"""An office on the map: its name, when it was last heard of, what waits for it."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from app.clock import day_of
from app.i18n import _
from app.services.exchange.letter import Place
from app.services.exchange.overview import Office
from ui.languages import follow_language
from ui.sync.wording import word_heard, word_kept, word_office, word_place, word_to_send
from ui.theme.appearance import appearance, colours
from ui.theme.icons import draw_icon
from ui.theme.tokens import CORNER, CORNER_SMALL, FOCUS_RING, Gap
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import Words

CARD_WIDTH: Final = 7 * Gap.PAGE
_BOX: Final = 16
_TICK: Final = 14
_STALE_DAYS: Final = 14
_Line = tuple[str, str, Words]


class Face(QAbstractButton):
    """A card that paints its own ground; its words are labels, which leave the mouse to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(CARD_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Gap.MEDIUM, Gap.SMALL, Gap.MEDIUM, Gap.SMALL)
        self.body.setSpacing(Gap.HAIR // 2)
        appearance().changed.connect(self.update)

    def say_line(self, icon: str, tone: str, words: Words) -> None:
        """A line with its icon."""
        row = QHBoxLayout()
        row.setSpacing(Gap.HAIR)
        row.addWidget(IconLabel(icon, tone, _TICK))
        row.addWidget(Label(words, step="small", tone="quiet" if tone == "quiet_ink" else tone), 1)
        self.body.addLayout(row)

    def sizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(CARD_WIDTH, self.body.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Ground and edge; a ring while it has the keyboard, a box with a tick where it can be chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.hasFocus() or self.isChecked()
        self._outline(painter, FOCUS_RING if strong else 1, colours().primary if strong else self.edge(), CORNER)
        if self.hasFocus() and self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().primary), 1))
            inset = 2 * FOCUS_RING
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, CORNER_SMALL, CORNER_SMALL)
        if self.isCheckable():
            self._paint_box(painter)
        painter.end()

    def edge(self) -> str:
        """The colour of its edge while nothing else is to be said by it."""
        return colours().control

    def _outline(self, painter: QPainter, width: int, colour: str, corner: int) -> None:
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(QColor(colours().selection if self.isChecked() else colours().surface))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), corner, corner)

    def _paint_box(self, painter: QPainter) -> None:
        at = QRect(self.width() - Gap.MEDIUM - _BOX, Gap.MEDIUM, _BOX, _BOX)
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), at)
        painter.setPen(QPen(QColor(colours().primary if self.isChecked() else colours().control), 1))
        painter.setBrush(QColor(colours().primary if self.isChecked() else colours().surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), Gap.HAIR, Gap.HAIR)
        if self.isChecked():
            tick = draw_icon("check", "on_primary", _TICK, self.devicePixelRatioF())
            painter.drawPixmap(box.x() + 1, box.y() + 1, tick)


class HereCard(Face):
    """This office itself: nothing to be chosen."""

    def __init__(self, here: Place, ops: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = here
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.body.addWidget(Label(lambda: word_office(here), step="medium", strong=True))
        self.say_line("desk", "primary", lambda: _("This office"))
        self.say_line("check", "quiet_ink", lambda: word_kept(ops))
        follow_language(self, self.retranslate)

    def edge(self) -> str:
        """Marked as the place where one is."""
        return colours().primary

    def retranslate(self) -> None:
        """Tell a screen reader what it is."""
        self.setAccessibleName(_("{office}, this office").format(office=word_office(self.place)))


class OfficeCard(Face):
    """Another office; chosen with a click, Space or Enter, for a bundle or to say that it is trusted no longer."""

    def __init__(self, office: Office, now: int, *, with_desk: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._with_desk = with_desk
        self._lines = _lines_of(office, now)
        self.setCheckable(not office.revoked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if office.revoked else Qt.FocusPolicy.StrongFocus)
        name = QHBoxLayout()
        name.addWidget(Label(self.word_name, step="medium", strong=True), 1)
        name.addSpacing(_BOX + Gap.SMALL)
        self.body.addLayout(name)
        for line in self._lines:
            self.say_line(*line)
        follow_language(self, self.retranslate)

    def word_name(self) -> str:
        """The office's name, with its desk where the hub has several."""
        name = word_place(self.office.names, self.office.hub)
        return _("{hub}, desk {desk}").format(hub=name, desk=self.office.desk) if self._with_desk else name

    def retranslate(self) -> None:
        """Tell a screen reader all that the card says."""
        self.setAccessibleName(", ".join([self.word_name(), *(words() for _icon, _tone, words in self._lines)]))

    def edge(self) -> str:
        """Quieter where nothing can be done with it."""
        return colours().line if self.office.revoked else colours().control

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses like Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


def _lines_of(office: Office, now: int) -> list[_Line]:
    if office.revoked:
        return [("lock", "danger", lambda: _("No longer trusted"))]
    late = office.heard_at is not None and (day_of(now) - day_of(office.heard_at)).days > _STALE_DAYS
    return [
        ("clock", "attention" if late else "quiet_ink", lambda: word_heard(office.heard_at, now)),
        (
            "arrow-right" if office.to_send else "check",
            "quiet_ink" if office.to_send else "good",
            lambda: word_to_send(office.to_send),
        ),
    ]
