"""Where to? The counters and the reason for whoever stands before the desk, and the key that logs it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.clock import day_of
from app.domain.visits import Counter, QueueRow
from app.i18n import _
from ui.languages import follow_language
from ui.people.digits import digit_of
from ui.people.wording import join_facts, word_day, word_time
from ui.reception.counter_button import CounterButton
from ui.reception.reason_list import ReasonList
from ui.reception.snapshot import DeskSnapshot
from ui.reception.visitor import Visitor
from ui.theme.appearance import colours
from ui.theme.tokens import CORNER, FOCUS_RING, Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.notice_strip import announce

if TYPE_CHECKING:
    from app.domain.ids import CounterId

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CounterBar(Card):
    """Wishes: `log_requested(counter, reason)`, `hand_over_requested(visit, counter)`, `check_out_requested(visit)`.

    A digit chooses the counter, Enter does what the button says. For an anonymous passage the digit is enough.
    """

    log_requested = Signal(object, str)
    hand_over_requested = Signal(object, object)
    check_out_requested = Signal(object)
    stepped_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.SMALL)
        self._visitor: Visitor | None = None
        self._open: QueueRow | None = None
        self._snapshot: DeskSnapshot | None = None
        self._chosen: Counter | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._who = Label(strong=True)
        self._state = Label(tone="attention", strong=True, wraps=True)
        self.back = Button(lambda: _("Back"), PLAIN, shown_key="Esc", dense=True)
        self.reasons = ReasonList()
        self.act = Button(self._word_act, PRIMARY, shown_key="Enter")
        self.buttons: list[CounterButton] = []
        self._lay_out()
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing moves when somebody is picked
        self.back.setSizePolicy(policy)
        self.back.clicked.connect(self.stepped_back)
        self.act.clicked.connect(self._on_act_clicked)
        self.reasons.picked.connect(self._on_reasons_picked)
        follow_language(self, self.retranslate)

    @property
    def visitor(self) -> Visitor | None:
        """Who is to be logged, None while somebody is being searched for."""
        return self._visitor

    @property
    def open_visit(self) -> QueueRow | None:
        """The visit of the visitor who is already here."""
        return self._open

    @property
    def chosen(self) -> Counter | None:
        """The counter that is chosen."""
        return self._chosen

    def receive(self, visitor: Visitor | None) -> None:
        """Ask where this visitor is going; None when nobody stands there."""
        self._visitor = visitor
        self._chosen = None
        self.reasons.reset()
        self._find_open()
        self._update()
        if visitor is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.accessibleName())

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Show the counters and reasons as they are now."""
        former, self._snapshot = self._snapshot, snapshot
        if former is None or former.counters != snapshot.counters:
            self._show_counters(snapshot.counters)
        self.reasons.offer_codes(snapshot.reasons)
        self._find_open()
        self._update()

    def retranslate(self) -> None:
        """Word again."""
        self._update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys of this step; letters find a reason."""
        digit, key = digit_of(event), Qt.Key(event.key())
        if self._visitor is None:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self._on_act_clicked()
        elif key == Qt.Key.Key_Escape:
            self.stepped_back.emit()
        elif digit is not None and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self._choose_position(digit)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.reasons.step(1 if key == Qt.Key.Key_Down else -1)
            announce(self, self.reasons.currentText())
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self._step_counter(1 if (key == Qt.Key.Key_Right) != mirrored else -1)
        elif event.text().isalpha() and self.reasons.choose_by_letter(event.text()):
            announce(self, self.reasons.currentText())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring around the whole step while it is the one to take."""
        super().paintEvent(event)
        if self._visitor is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inset = FOCUS_RING / 2
            painter.setPen(QPen(QColor(colours().primary), FOCUS_RING))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER, CORNER)
            painter.end()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Gap.MEDIUM)
        head.addWidget(self._who)
        head.addWidget(self._state, 1)
        head.addWidget(self.back)
        self._counters = QHBoxLayout()
        self._counters.setSpacing(Gap.SMALL)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.MEDIUM)
        self._reason_name = Label(lambda: _("Reason"), tone="quiet")
        self._reason_name.setBuddy(self.reasons)
        foot.addWidget(self._reason_name)
        foot.addWidget(self.reasons, 1)
        foot.addWidget(self._hint_label(), 1)
        foot.addWidget(self.act)
        self.body.addLayout(head)
        self.body.addLayout(self._counters)
        self.body.addLayout(foot)

    def _hint_label(self) -> Label:
        self._hint = Label(self._word_hint, step="small", tone="quiet")
        return self._hint

    def _show_counters(self, counters: tuple[Counter, ...]) -> None:
        for button in self.buttons:
            self._counters.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self.buttons = []
        for counter in counters:
            button = CounterButton(counter, self)
            button.clicked.connect(self._on_counter_clicked)
            self._counters.addWidget(button)
            self.buttons.append(button)

    def _find_open(self) -> None:
        person = self._visitor.person if self._visitor else None
        self._open = self._snapshot.open_visit_of(person.id) if person and self._snapshot else None

    def _update(self) -> None:
        asked = self._visitor is not None
        for button in self.buttons:
            button.setEnabled(asked and (self._open is None or self._open.visit.counter_id != button.counter.id))
            button.setChecked(self._chosen is not None and button.counter.id == self._chosen.id)
        self.reasons.setEnabled(asked and self._open is None)
        self.act.setEnabled(asked)
        self.back.setVisible(asked)
        self._who.show_text(self._visitor.word() if self._visitor else _("Counter"))
        self._who.set_tone("" if asked else "quiet")
        self._state.show_text(self._word_state())
        self.act.retranslate()
        self._hint.retranslate()
        self.setAccessibleName(join_facts(self._who.text(), self._state.text(), self._word_hint()))
        self.update()

    def _word_state(self) -> str:
        if self._open is None or self._snapshot is None:
            return ""
        visit = self._open.visit
        day = day_of(visit.arrived_at)
        when = word_time(visit.arrived_at) if day == self._snapshot.today else word_day(day, self._snapshot.today)
        counter = self._snapshot.word_counter(visit.counter_id)
        return _("already here since {when}, at {counter}").format(when=when, counter=counter)

    def _word_hint(self) -> str:
        if self._visitor is None:
            return ""
        most = max((button.counter.position for button in self.buttons), default=1)
        if self._open is not None:
            return _("1–{most} hands over").format(most=most) if self._chosen is None else ""
        if self._visitor.count == 1 and self._visitor.person is None:
            return _("1–{most} logs at once").format(most=most)
        return _("1–{most} chooses the counter").format(most=most) if self._chosen is None else _("↑ ↓ other reason")

    def _word_act(self) -> str:
        if self._open is None:
            return _("Log")
        return _("Check out") if self._chosen is None else _("Hand over")

    def _choose_position(self, position: int) -> None:
        found = next((button.counter for button in self.buttons if button.counter.position == position), None)
        if found is None:
            announce(self, _("There is no counter {number} here.").format(number=position))
        elif self._open is not None and found.id == self._open.visit.counter_id:
            announce(self, self._word_state())
        else:
            self._choose(found)

    def _step_counter(self, by: int) -> None:
        counters = [button.counter for button in self.buttons if button.isEnabled()]
        if counters:
            at = counters.index(self._chosen) + by if self._chosen in counters else 0 if by > 0 else len(counters) - 1
            self._chosen = counters[min(max(at, 0), len(counters) - 1)]
            self._update()

    def _choose(self, counter: Counter) -> None:
        self._chosen = counter
        self._update()
        announce(self, self._snapshot.word_counter(counter.id) if self._snapshot else "")
        visitor = self._visitor
        if visitor is not None and visitor.person is None and not visitor.is_group:
            self._on_act_clicked()

    def _on_counter_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, CounterButton):
            self._choose(button.counter)

    def _on_reasons_picked(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_act_clicked(self) -> None:
        if self._visitor is None:
            return
        counter_id: CounterId | None = self._chosen.id if self._chosen else None
        if self._open is not None:
            if counter_id is None:
                self.check_out_requested.emit(self._open.visit.id)
            else:
                self.hand_over_requested.emit(self._open.visit.id, counter_id)
        elif counter_id is None:
            self._hint.set_tone("attention")
            announce(self, self._word_hint(), at_once=True)
        else:
            self._hint.set_tone("quiet")
            self.log_requested.emit(counter_id, self.reasons.value)
