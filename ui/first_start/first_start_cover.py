"""The guide itself: which question is in front, and when the installation is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, current_language
from ui.after_paint import after_paint
from ui.first_start.picture import ResultPicture
from ui.first_start.sheet_steps import ConfirmStep, DoneStep, SheetStep
from ui.first_start.steps import DeskStep, HubStep, LanguageStep, ManagerStep, Step
from ui.frame.cover import Cover
from ui.messages import word_error
from ui.theme.tokens import FORM_WIDTH, PICTURE_WIDTH, Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.bootstrap import FirstStart, Hub, NewHub
    from ui.preferences import Preferences
    from ui.sign_in.gate import Gate
    from ui.task_runner import TaskRunner

_LAST_QUESTION: Final = 3
"""Leaving this step makes the installation; what follows can't be undone by going back."""


class FirstStartCover(Cover):
    """`opened` carries the hub, signed in as its manager."""

    opened = Signal(object)

    def __init__(self, gate: Gate, runner: TaskRunner, preferences: Preferences) -> None:
        super().__init__(preferences.choose_language, width=FORM_WIDTH + Gap.WIDE + PICTURE_WIDTH, centred=False)
        self._gate = gate
        self._hub: Hub | None = None
        self._at = 0
        self.language = LanguageStep()
        self.hub = HubStep()
        self.desk = DeskStep()
        self.manager = ManagerStep()
        self.sheet = SheetStep(runner)
        self.confirm = ConfirmStep()
        self.steps: tuple[Step, ...] = (
            self.language, self.hub, self.desk, self.manager, self.sheet, self.confirm, DoneStep(),
        )  # fmt: skip
        self.place = Label(self._word_place, step="small", tone="quiet")
        self.error = Label(tone="danger", wraps=True)
        self.back_button = Button(lambda: _("Back"), PLAIN)
        self.next_button = Button(self._word_next, PRIMARY, shown_key="Enter")
        self.picture = ResultPicture()
        self._arrange()
        for step in self.steps:
            step.entered.connect(self.next_button.click_if_free)
            step.answered.connect(self._draw)
        self.language.chosen.connect(preferences.choose_language)
        self.back_button.clicked.connect(self._on_back_button_clicked)
        self.next_button.clicked.connect(self._on_next_button_clicked)
        self._show(0)
        after_paint(self, gate.load_store)

    @property
    def step(self) -> Step:
        """The question in front."""
        return self.steps[self._at]

    def primary_focus(self) -> QWidget:
        """What answers the question in front."""
        focus = self.step.primary_focus()
        return self.next_button if focus is self.step else focus

    def give_up_hub(self) -> Hub | None:
        """The records, when the window is closed before the guide has come to its end."""
        hub, self._hub = self._hub, None
        return hub

    def _arrange(self) -> None:
        card = Card(margin=Gap.WIDE, spacing=Gap.LARGE)
        card.setFixedWidth(FORM_WIDTH)
        card.body.addWidget(self.place)
        for step in self.steps:
            step.hide()
            card.body.addWidget(step)
        card.body.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(self.next_button)
        row.addStretch()
        row.addWidget(self.back_button)
        card.body.addLayout(row)
        self.picture.setFixedWidth(PICTURE_WIDTH)
        side = QVBoxLayout()
        side.addWidget(self.picture)
        side.addStretch()
        both = QHBoxLayout()
        both.setSpacing(Gap.WIDE)
        both.addWidget(card, alignment=Qt.AlignmentFlag.AlignTop)
        both.addLayout(side)
        self.column.addLayout(both)

    def _show(self, number: int) -> None:
        self.step.hide()
        self._at = number
        self.step.show()
        self.error.show_text("")
        self.error.hide()
        self.place.retranslate()
        self.next_button.retranslate()
        # before the installation is made one can always go back; between sheet and confirmation too
        self.back_button.setVisible(0 < number <= _LAST_QUESTION or self.step is self.confirm)
        self._draw()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        asked = self._at
        hub = self.hub.choice.value if asked > 0 else ""
        desk = self.desk.desk if asked > 1 else ""
        manager = self.manager.name.text if asked >= _LAST_QUESTION else ""
        self.picture.show_answers(hub, desk, manager)

    def _word_place(self) -> str:
        return _("Step {number} of {count}").format(number=self._at + 1, count=len(self.steps))

    def _word_next(self) -> str:
        if self._at == len(self.steps) - 1:
            return _("Open the desk")
        return _("Set up") if self._at == _LAST_QUESTION else _("Continue")

    def _on_back_button_clicked(self) -> None:
        self._show(self._at - 1)

    def _on_next_button_clicked(self) -> None:
        if not self.step.check():
            return
        if self._at == _LAST_QUESTION and self._hub is None:
            self._gate.create(self, self._answers(), self._on_gate_created, self._on_gate_failed, self.next_button)
        elif self._at == len(self.steps) - 1:
            self.opened.emit(self.give_up_hub())
        else:
            if self.step is self.confirm:
                self.sheet.forget()
                self.confirm.forget()
            self._show(self._at + 1)

    def _answers(self) -> FirstStart:
        from app.bootstrap import FirstStart  # noqa: PLC0415 - not needed to start

        return FirstStart(
            hub_code=self.hub.choice.value,
            desk=self.desk.desk,
            manager_name=self.manager.name.text,
            manager_login=self.manager.login.text,
            password=self.manager.passwords.first.text,
            language=current_language(),
        )

    def _on_gate_created(self, new: NewHub, sheet: bytes) -> None:
        self._hub = new.hub
        self.manager.passwords.clear()
        self.sheet.show_sheet(sheet)
        self.confirm.ask(new.recovery_code)
        self._show(_LAST_QUESTION + 1)

    def _on_gate_failed(self, error: Exception) -> None:
        self.error.say(lambda: word_error(error))
        self.error.show()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)
