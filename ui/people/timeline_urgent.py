"""What is urgent about a person, above everything else: the open case, the next step, a consent that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.clock import day_of
from app.domain.codes import code_label
from app.domain.timeline import EntryKind
from app.i18n import _, current_language, ngettext
from ui.coaching.todo_words import word_late
from ui.people.erasure_words import word_erasure
from ui.people.wording import join_facts, word_day, word_time, word_week_day
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from ui.people.timeline_reading import PersonRecord


class _Line(QWidget):
    """An icon, a sentence, and what can be done about it."""

    def __init__(self, icon: str, *actions: Button) -> None:
        super().__init__()
        self._icon_name = icon
        self._icon = IconLabel(icon)
        self.words = Label(wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Gap.SMALL)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        for action in actions:
            row.addWidget(action)

    def say(self, text: str, tone: str = "") -> None:
        """Show a sentence in a tone; none hides the line."""
        self.setVisible(bool(text))
        self.words.show_text(text)
        self.words.set_tone(tone)
        self._icon.wear(self._icon_name, {"": "ink", "quiet": "quiet_ink"}.get(tone, tone))


class UrgentCard(Card):
    """`step_done` carries a StepId, `close_requested` and `change_requested` a CaseId."""

    step_done = Signal(object)
    close_requested = Signal(object)
    change_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.HAIR)
        self._record: PersonRecord | None = None
        self._low = False
        self.change_button = Button(
            lambda: _("Change"),
            PLAIN,
            icon="edit",
            dense=True,
            hint=lambda: _("The goal, the kind, who goes on with it"),
        )
        self.close_button = Button(lambda: _("Close the case"), PLAIN, dense=True)
        self.done_button = Button(lambda: _("Done"), PLAIN, icon="check", dense=True)
        self._case = _Line("case", self.change_button, self.close_button)
        self._step = _Line("step", self.done_button)
        self._meeting = _Line("calendar")
        self._consent = _Line("warning")
        self._erased = _Line("info")
        for line in (self._erased, self._consent, self._case, self._step, self._meeting):
            self.body.addWidget(line)
        self.change_button.clicked.connect(self._on_change_clicked)
        self.close_button.clicked.connect(self._on_close_clicked)
        self.done_button.clicked.connect(self._on_done_clicked)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What only those may do who accompany."""
        return (self.change_button, self.close_button, self.done_button)

    @property
    def said(self) -> str:
        """All sentences, one a line."""
        lines = (self._erased, self._consent, self._case, self._step, self._meeting)
        return "\n".join(line.words.text() for line in lines if line.isVisibleTo(self))

    def show_record(self, record: PersonRecord) -> None:
        """Show what is urgent about somebody."""
        self._record = record
        self.retranslate()

    def fit(self, *, low: bool) -> None:
        """On a low screen say less, in less room."""
        self._low = low
        edge = Gap.HAIR if low else Gap.MEDIUM
        self.body.setContentsMargins(Gap.MEDIUM, edge, Gap.MEDIUM, edge)
        self.retranslate()

    def retranslate(self) -> None:
        """Word again."""
        record = self._record
        if record is None:
            return
        erasure = record.view.erasure
        self._erased.say(word_erasure(erasure) if erasure is not None else "", "attention")
        for line in (self._consent, self._case, self._step, self._meeting):
            line.setVisible(erasure is None)
        if erasure is not None:
            return
        missing = _("Nobody wrote down yet that this person agrees to be on record: ask; F8 notes the answer.")
        self._consent.say(missing if record.is_consent_missing else "", "attention")
        self._say_case(record)
        self._say_step(record)
        self._say_meeting(record)

    def _say_case(self, record: PersonRecord) -> None:
        case = record.open_case
        for button in (self.change_button, self.close_button):
            button.setVisible(case is not None)
        if case is None:
            words = _("No case is open: F5 opens one, with its usual steps.")
            self._case.say(words, "quiet")
            return
        since = _("since {day}").format(day=word_day(day_of(case.opened_at), record.today))
        held = ngettext("{count} session", "{count} sessions", case.sessions).format(count=case.sessions)
        kind = code_label("case_kinds", case.kind, current_language())
        told = () if self._low else (since, held)
        self._case.say(join_facts(_("Case open: {kind}").format(kind=kind), case.goal, *told, case.advisor))

    def _say_step(self, record: PersonRecord) -> None:
        step = next(iter(record.open_steps), None)
        self.done_button.setVisible(step is not None)
        if step is None:
            self._step.say(_("No next step: F4 notes one.") if record.open_case is not None else "", "attention")
            return
        chip, tone = word_late(step.due, record.today)
        words = _("Next step: {step}").format(step=step.label(current_language()))
        self._step.say(join_facts(words, chip), tone if tone in {"danger", "attention"} else "")

    def _say_meeting(self, record: PersonRecord) -> None:
        ahead = [entry for entry in record.entries if entry.kind is EntryKind.APPOINTMENT and entry.at > record.now]
        planned = min((entry for entry in ahead if entry.state == "planned"), key=lambda entry: entry.at, default=None)
        if planned is None:
            self._meeting.say("")
            return
        when = join_facts(word_week_day(day_of(planned.at)), word_time(planned.at), planned.text, planned.author)
        self._meeting.say(_("Next appointment: {when}").format(when=when))

    def _on_close_clicked(self) -> None:
        if self._record is not None and self._record.open_case is not None:
            self.close_requested.emit(self._record.open_case.id)

    def _on_change_clicked(self) -> None:
        if self._record is not None and self._record.open_case is not None:
            self.change_requested.emit(self._record.open_case.id)

    def _on_done_clicked(self) -> None:
        step = next(iter(self._record.open_steps), None) if self._record is not None else None
        if step is not None:
            self.step_done.emit(step.id)
