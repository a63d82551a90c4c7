"""Values that two offices wrote without knowing of each other: side by side, one key keeps one, the next one comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.bootstrap import UnitOfWork
from app.domain.codes import code_label
from app.errors import AppError
from app.i18n import _, current_language
from app.outcome import Outcome
from app.services.exchange import decisions, settling
from app.services.exchange.settling import OpenDispute, OpenSide
from ui.messages import word_error
from ui.page import PageContext
from ui.people.wording import isolate
from ui.reception.panel import Panel
from ui.sync.field_words import word_field, word_record, word_value
from ui.sync.wording import word_count, word_moment
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import QUIET, Button
from ui.widgets.cards import Card, EmptyState
from ui.widgets.fields import LineField
from ui.widgets.labels import IconLabel, Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import Words, keep_left_to_right, no_words

_MOST_KEYS = 9


@dataclass(frozen=True, slots=True)
class Decision:
    """Values to choose from, and the names of the records that they point to."""

    dispute: OpenDispute
    names: Mapping[bytes, str]


class SideCard(Card):
    """One of the values: what, by whom, where, when; the key that keeps it."""

    def __init__(self, decision: Decision, at: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.WIDE, spacing=Gap.SMALL)
        side = decision.dispute.sides[at]
        field, table = decision.dispute.field, decision.dispute.table
        self.value = Label(lambda: word_value(field, side.value, decision.names, table), step="large", wraps=True)
        self.keep_button = Button(
            lambda: _("Keep this one"), QUIET, key=str(at + 1) if at < _MOST_KEYS else "", icon="check"
        )
        self.body.addWidget(self.value)
        for icon, words in (
            ("user", partial(_word_author, side)),
            ("desk", partial(_word_where, side)),
            ("clock", partial(word_moment, side.at)),
        ):
            row = QHBoxLayout()
            row.setSpacing(Gap.SMALL)
            row.addWidget(IconLabel(icon))
            row.addWidget(Label(words, tone="quiet", wraps=True), 1)
            self.body.addLayout(row)
        shown = (lambda: _("Shown for now, until you decide")) if at == 0 else no_words
        self.body.addWidget(Label(shown, step="small", tone="primary", strong=True))
        self.body.addStretch()
        self.body.addWidget(self.keep_button, alignment=Qt.AlignmentFlag.AlignLeading)


class DecisionsPanel(Panel):
    """One decision at a time, the oldest first. Later is always possible: nothing is lost by not deciding."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Decisions"), parent)
        self._context = context
        self._waiting: tuple[Decision, ...] = ()
        self._at = 0
        self.sides: list[SideCard] = []
        self.position = Label(self._word_position, tone="quiet")
        self.subject = Label(step="large", wraps=True)
        self.field = Label(step="medium", strong=True)
        self._sides = QGridLayout()
        self._sides.setSpacing(Gap.LARGE)
        self.other = LineField(
            lambda: _("Or another value"), hint=lambda: _("Enter keeps what is written here, for all offices.")
        )
        self.other.setMaximumWidth(FORM_WIDTH)
        self.later_button = Button(lambda: _("Later, show the next one"), key="F8", icon="arrow-right")
        self.empty = EmptyState(
            "check",
            lambda: _("Nothing waits for a decision."),
            lambda: _(
                "When two offices write different things about the same person, they are shown here side by side."
            ),
        )
        self._decision = QWidget()
        column = QGridLayout(self._decision)
        column.setContentsMargins(0, 0, 0, 0)
        column.setVerticalSpacing(Gap.MEDIUM)
        column.addWidget(self.position, 0, 0)
        column.addWidget(self.subject, 1, 0)
        column.addWidget(self.field, 2, 0)
        column.addLayout(self._sides, 3, 0)
        column.addWidget(self.other, 4, 0)
        column.addWidget(self.later_button, 5, 0, Qt.AlignmentFlag.AlignLeading)
        column.setRowStretch(6, 1)
        self._scroller = Scroller(self._decision)
        self.body.addWidget(self._scroller, 1)
        self.body.addWidget(self.empty, 1)
        self.other.entered.connect(self._on_other_entered)
        self.later_button.clicked.connect(self._on_later_button_clicked)
        self._show(())

    def begin(self) -> None:
        """Read what waits."""
        self._at = 0
        self.refresh()

    def refresh(self) -> None:
        """Read again what waits; the place in the list stays."""

        def read(uow: UnitOfWork) -> tuple[Decision, ...]:
            return tuple(Decision(dispute, names) for dispute, names in decisions.list_decisions(uow))

        self._context.operations.query(self, read, self._show, lane="exchange-decisions")

    def enter(self) -> None:
        """The keyboard is where 1 and 2 are heard and Tab goes on to the first value."""
        first = self.sides[0].keep_button if self.sides else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, waiting: tuple[Decision, ...]) -> None:
        self._waiting = waiting
        self._at = min(self._at, max(0, len(waiting) - 1))
        for card in self.sides:
            self._sides.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.sides = []
        self._scroller.setVisible(bool(waiting))
        self.empty.setVisible(not waiting)
        if not waiting:
            if self.isVisible():
                self.enter()
            return
        decision = waiting[self._at]
        dispute = decision.dispute
        self.position.retranslate()
        self.subject.say(lambda: _word_subject(dispute))
        self.field.say(lambda: word_field(dispute.field))
        for at in range(len(dispute.sides)):
            card = SideCard(decision, at)
            card.keep_button.clicked.connect(partial(self._keep, dispute, at))
            self._sides.addWidget(card, at // 2, at % 2)
            self.sides.append(card)
        self.other.setVisible(decisions.may_type(dispute))
        self.other.set_text("")
        self.other.clear_error()
        self.later_button.setVisible(len(waiting) > 1)
        order = [self.back, *(card.keep_button for card in self.sides)]
        for former, following in pairwise(order):
            QWidget.setTabOrder(former, following)
        if self.isVisible():
            self.enter()

    def _keep(self, dispute: OpenDispute, at: int, _checked: bool = False) -> None:
        side = dispute.sides[at]

        def settle(uow: UnitOfWork) -> Outcome[None]:
            return settling.settle_side(dispute.id, at, uow)

        names = self._waiting[self._at].names
        self._run(settle, dispute, partial(word_value, dispute.field, side.value, names, dispute.table))

    def _run(self, action: Callable[[UnitOfWork], Outcome[None]], dispute: OpenDispute, value: Words) -> None:
        def refused(error: Exception) -> None:
            if self.other.text and isinstance(error, AppError):
                self.other.show_error(partial(word_error, error))
            else:
                self._context.messages.report(error)
                self.refresh()

        def said(_none: None) -> str:
            return _("{subject}, {field}: {value}. The other offices will hear of it.").format(
                subject=_word_subject(dispute), field=word_field(dispute.field), value=_inside(value())
            )

        self._context.operations.run(self, action, lambda _none: self.refresh(), refused, said=said)

    def _on_other_entered(self) -> None:
        if not self._waiting or not self.other.text:
            return
        dispute, text = self._waiting[self._at].dispute, self.other.text

        def settle(uow: UnitOfWork) -> Outcome[None]:
            return decisions.settle_typed(dispute, text, uow)

        self._run(settle, dispute, lambda: text)

    def _on_later_button_clicked(self) -> None:
        self._at = (self._at + 1) % len(self._waiting)
        self._show(self._waiting)

    def _word_position(self) -> str:
        return _("Decision {at} of {number}").format(at=word_count(self._at + 1), number=word_count(len(self._waiting)))


def _word_subject(dispute: OpenDispute) -> str:
    kind = word_record(dispute)
    return _("{kind}: {name}").format(kind=kind, name=isolate(dispute.subject)) if dispute.subject else kind


def _inside(value: str) -> str:
    """A value inside a sentence; Qt loses its way in isolates within isolates."""
    return value if value.startswith(keep_left_to_right("")[0]) else isolate(value)


def _word_author(side: OpenSide) -> str:
    return side.author or _("somebody whose account is not known here")


def _word_where(side: OpenSide) -> str:
    hub = code_label("hubs", side.office.partition("-")[0], current_language())
    return _("{office}, here").format(office=hub) if side.ours else hub
