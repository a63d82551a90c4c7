"""A referral as a closed loop: sent, answered, done; and the answer of whoever may give it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.accounts import Permission
from app.domain.referrals import REFERRAL_MOVES, ReferralState
from app.i18n import _
from ui.coaching.referral_words import is_received, list_loop, word_consent, word_service
from ui.languages import follow_language
from ui.people.wording import full_name, join_facts
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import DANGER, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.fields import LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import IconLabel, Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.domain.accounts import Actor
    from app.domain.referrals import ReferralRow

_R = ReferralState
_TICK = 16


class ReferralPanel(Panel):
    """`moved` carries the row, the ReferralState wished for and what is kept with it; `person_requested` an id."""

    moved = Signal(object, object, str)
    person_requested = Signal(object)
    referral: ReferralRow | None = None

    def __init__(self, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._actor = actor
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.ground = Label(wraps=True)
        self.loop = Card(margin=Gap.LARGE, spacing=Gap.SMALL)
        self._lines: list[QWidget] = []
        self.words: list[str] = []
        self.text_field = LineField(self._word_question, hint=self._word_hint, max_length=500)
        self.accept_button = Button(lambda: _("Accept"), PRIMARY, key="F2", icon="check")
        self.done_button = Button(lambda: _("Done"), PRIMARY, key="F4", icon="check")
        self.decline_button = Button(lambda: _("Decline"), key="F7")
        self.cancel_button = Button(lambda: _("Call off"), DANGER, key="F8")
        self.person_button = Button(lambda: _("Person"), key="F9", icon="user")
        self._moves = {
            _R.ACCEPTED: self.accept_button, _R.DONE: self.done_button, _R.DECLINED: self.decline_button,
            _R.CANCELLED: self.cancel_button,
        }  # fmt: skip
        self._lay_out()
        for state, button in self._moves.items():
            button.clicked.connect(lambda _checked=False, state=state: self._move(state))
        self.person_button.clicked.connect(self._on_person_clicked)
        follow_language(self, self._retranslate)

    def show_referral(self, row: ReferralRow) -> None:
        """Show it as it stands."""
        if self.referral is None or self.referral.id != row.id or self.referral.state != row.state:
            self.text_field.set_text("")
            self.text_field.clear_error()
        self.referral = row
        may = self._actor.may(Permission.ACCOMPANY)
        received, sent_here = is_received(row, self._actor.hub_id), row.hub_id == self._actor.hub_id
        for state, button in self._moves.items():
            whose = sent_here if state is _R.CANCELLED else received
            button.setVisible(may and whose and state in REFERRAL_MOVES.get(row.state, ()))
        self.text_field.setVisible(any(not button.isHidden() for button in self._moves.values()))
        self._retranslate()

    def enter(self) -> None:
        """What is to be said, where anything is; else the way to the person."""
        target = self.person_button if self.text_field.isHidden() else self.text_field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the way that is usual: accept what was sent, then say that it is done."""
        usual = self.done_button if self.accept_button.isHidden() else self.accept_button
        if event.key() in ENTER and not usual.isHidden():
            usual.click_if_free()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(2 * FORM_WIDTH)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, Gap.HAIR, Gap.HAIR)
        layout.setSpacing(Gap.MEDIUM)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        for button in (*self._moves.values(), self.person_button):
            flow.addWidget(button)
        for part in (self.facts, self.loop, self.ground, self.text_field):
            layout.addWidget(part)
        layout.addStretch()
        self.body.addWidget(Scroller(column), 1)
        # always in sight, however low the screen
        self.body.addWidget(buttons)

    def _retranslate(self) -> None:
        self.title.retranslate()
        self.facts.retranslate()
        row = self.referral
        for old in self._lines:
            self.loop.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines, self.words = [], []
        if row is None:
            return
        for title, detail, tone in list_loop(row, day_of(system_clock())):
            line = _line(title, detail, tone)
            self.loop.body.addWidget(line)
            self._lines.append(line)
            self.words.append(join_facts(title, detail))
        words, tone = word_consent(row)
        self.ground.show_text(words)
        self.ground.set_tone(tone)
        self.ground.setVisible(bool(words))

    def _word_title(self) -> str:
        return full_name(self.referral.name, self.referral.name_ar) if self.referral else _("Referral")

    def _word_facts(self) -> str:
        return join_facts(self.referral.number, word_service(self.referral)) if self.referral else ""

    def _word_question(self) -> str:
        return _("What is answered, or came of it")

    def _word_hint(self) -> str:
        return _("To accept, it may stay empty. Whoever sent the person reads it.")

    def _move(self, state: ReferralState) -> None:
        row, text = self.referral, self.text_field.text
        if row is None:
            return
        if state is not _R.ACCEPTED and not text:
            self.text_field.show_error(
                {
                    _R.DONE: lambda: _("Say what came of it: whoever sent the person reads it."),
                    _R.DECLINED: lambda: _("Say why it is declined: whoever sent the person reads it."),
                }.get(state, lambda: _("Say why it is called off."))
            )
            self.text_field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.moved.emit(row, state, text)

    def _on_person_clicked(self) -> None:
        if self.referral is not None:
            self.person_requested.emit(self.referral.person_id)


def _line(title: str, detail: str, tone: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Gap.SMALL)
    icons = {"good": "check", "attention": "warning", "quiet": "hourglass"}
    row.addWidget(IconLabel(icons[tone], "quiet_ink" if tone == "quiet" else tone, _TICK))
    words = QVBoxLayout()
    words.setSpacing(0)
    head = Label(wraps=True, strong=tone != "quiet", tone="quiet" if tone == "quiet" else "")
    head.show_text(title)
    words.addWidget(head)
    if detail:
        said = Label(wraps=True, step="small", tone="quiet")
        said.show_text(detail)
        words.addWidget(said)
    row.addLayout(words, 1)
    return line
