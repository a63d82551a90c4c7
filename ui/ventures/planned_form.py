"""What is to be done or reached, by when: a step of the registration, or a milestone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.ids import VentureId
from app.domain.ventures import VentureStep
from app.i18n import _
from app.outcome import Outcome
from app.services import venture_steps
from app.services.venture_steps import MILESTONE, REGISTRATION
from ui.page import PageContext
from ui.people.wording import isolate
from ui.ventures.amounts import write_date
from ui.ventures.form import FormPanel, code_options, date_field, framed_pick
from ui.ventures.wording import word_step
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.choices import OneOf
from ui.widgets.fields import LineField

_LISTS = {REGISTRATION: "registration_steps", MILESTONE: "milestones"}


class PlannedForm(FormPanel):
    """One of the list, or one's own words; one that is there is changed or taken out. `kept` follows either."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("What is planned"), lambda: _("Keep it"), parent)
        self._context = context
        self._venture_id: VentureId | None = None
        self._step: VentureStep | None = None
        self.kind = OneOf(
            lambda: _("Kind"),
            [(MILESTONE, lambda: _("Milestone")), (REGISTRATION, lambda: _("Step of the registration"))],
        )
        self.code, self._code_frame = framed_pick(
            lambda: _("What"), code_options("milestones", empty=lambda: _("In own words"))
        )
        self.words = LineField(
            lambda: _("In own words"), hint=lambda: _("Empty where the list says it"), max_length=200
        )
        self.due = date_field(lambda: _("Until"), hint=lambda: _("Empty where no day is set"))
        self.remove_button = Button(lambda: _("Take it out"), PLAIN, icon="close")
        self.add(self.kind, self._code_frame)
        self.beside(self.words, self.due)
        self.column.addWidget(self.remove_button, alignment=Qt.AlignmentFlag.AlignLeading)
        self.kind.chosen.connect(lambda _key: self._offer())
        self.remove_button.clicked.connect(self._on_remove_button_clicked)

    def begin(self, venture_id: VentureId, step: VentureStep | None = None) -> None:
        """An empty form, or what is planned already."""
        self._venture_id, self._step = venture_id, step
        self.kind.choose(step.kind if step else MILESTONE)
        self._offer()
        self.code.choose(step.code if step else "")
        self.words.set_text(step.title if step else "")
        self.due.set_text(write_date(step.due if step else None))
        self.kind.setVisible(step is None)
        self._code_frame.setVisible(step is None)
        self.remove_button.setVisible(step is not None)
        self.explain((lambda: word_step(step)) if step else (lambda: ""))
        for field in (self.words, self.due):
            field.clear_error()

    def enter(self) -> None:
        """The list comes first; of one that is there, the day."""
        (self.code if self._step is None else self.due).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        step, venture_id = self._step, self._venture_id
        code = step.code if step else self.code.value
        if not code:
            self.demand(self.words, lambda: _("It needs a name: choose one of the list, or write it."))
        due, words = self.read_date(self.due), self.words.text
        if self.is_wrong or venture_id is None:
            return
        add = venture_steps.add_milestone if self.kind.value == MILESTONE else venture_steps.add_registration_step

        def act(uow: UnitOfWork) -> Outcome[VentureStep]:
            if step is not None:
                return venture_steps.edit_step(step.id, venture_id, uow, title=words, due=due)
            return add(venture_id, uow, code=code, title=words, due=due)

        self._context.operations.run(
            self,
            act,
            lambda _step: self.kept.emit(),
            busy=self.save,
            said=lambda kept: _("{step} is planned.").format(step=isolate(word_step(kept))),
        )

    def _on_remove_button_clicked(self) -> None:
        step, venture_id = self._step, self._venture_id
        if step is None or venture_id is None:
            return

        def act(uow: UnitOfWork) -> Outcome[None]:
            return venture_steps.drop_step(step.id, venture_id, uow)

        self._context.operations.run(
            self,
            act,
            lambda _none: self.kept.emit(),
            busy=self.remove_button,
            said=lambda _none: _("{step} is no longer planned.").format(step=isolate(word_step(step))),
        )

    def _offer(self) -> None:
        self.code.offer(code_options(_LISTS[self.kind.value or MILESTONE], empty=lambda: _("In own words")))
