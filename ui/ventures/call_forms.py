"""Make a call, add a criterion, note an application."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.ids import CallId, VentureId
from app.domain.selection import Application, Call, Criterion, NewCall, NewCriterion
from app.domain.ventures import Venture
from app.i18n import _
from app.outcome import Outcome
from app.services import applications, calls, ventures
from app.services.applications import GapsError
from ui.page import PageContext
from ui.people.wording import full_name, join_facts
from ui.ventures.form import FormPanel, count_field, date_field, framed_pick
from ui.ventures.wording import word_stage
from ui.widgets.fields import LineField
from ui.widgets.words import Words, as_is

if TYPE_CHECKING:
    from datetime import date

_MOST = 10


class CallForm(FormPanel):
    """A code and a name are enough to begin. `kept` carries the Call."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("New call"), lambda: _("Keep the call"), parent)
        self._context = context
        self.code = LineField(
            lambda: _("Code"), hint=lambda: _("Such as AMI-2026-2"), left_to_right=True, max_length=20
        )
        self.places = count_field(lambda: _("Places"))
        self.names = _names()
        self.opens, self.closes = date_field(lambda: _("Opens on")), date_field(lambda: _("Closes on"))
        self.beside(self.code, self.places)
        self.add(*self.names)
        self.beside(self.opens, self.closes)

    def begin(self) -> None:
        """An empty form."""
        for field in (self.code, self.places, *self.names, self.opens, self.closes):
            field.set_text("")
            field.clear_error()

    def enter(self) -> None:
        """The code comes first."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        code = self.demand(self.code, lambda: _("A call needs a code, which stands on its letters."))
        labels = _read_names(self)
        places, opens, closes = self.read_count(self.places), self.read_date(self.opens), self.read_date(self.closes)
        if self.is_wrong:
            return
        new = NewCall(code, *labels, opens=opens, closes=closes, places=places or 0)

        def act(uow: UnitOfWork) -> Outcome[Call]:
            return calls.add_call(new, uow)

        self._context.operations.run(
            self, act, self.kept.emit, busy=self.save, said=lambda _call: _("The call is on record as a draft.")
        )


class CriterionForm(FormPanel):
    """What the jury looks at, how much it counts, the most points. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A criterion"), lambda: _("Keep the criterion"), parent)
        self._context = context
        self._call_id: CallId | None = None
        self.names = _names()
        self.weight, self.most = count_field(lambda: _("Weight")), count_field(lambda: _("Most points"))
        self.add(*self.names)
        self.beside(self.weight, self.most)

    def begin(self, call_id: CallId) -> None:
        """An empty form with the usual weight."""
        self._call_id = call_id
        for field in self.names:
            field.set_text("")
        self.weight.set_text("1")
        self.most.set_text(str(_MOST))
        for field in (*self.names, self.weight, self.most):
            field.clear_error()

    def enter(self) -> None:
        """Its name comes first."""
        self.names[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        labels = _read_names(self)
        weight, most = self.read_count(self.weight), self.read_count(self.most)
        call_id = self._call_id
        if self.is_wrong or call_id is None:
            return
        new = NewCriterion(*labels, 1 if weight is None else weight, most or _MOST)

        def act(uow: UnitOfWork) -> Outcome[Criterion]:
            return calls.add_criterion(call_id, new, uow)

        self._context.operations.run(
            self, act, lambda _one: self.kept.emit(), busy=self.save, said=lambda _one: _("The criterion is kept.")
        )


class ApplyForm(FormPanel):
    """A venture applies to a call; a reason where the call does not ask for it. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("An application"), lambda: _("Note the application"), parent)
        self._context = context
        self._call_id: CallId | None = None
        self.venture, frame = framed_pick(lambda: _("Venture"), [])
        self.day = date_field(lambda: _("Received on"), hint=lambda: _("Empty: today"))
        self.reason = LineField(lambda: _("Reason to take it all the same, kept on record"), max_length=500)
        self.add(frame)
        self.add(self.day)
        self.add(self.reason)

    def begin(self, call_id: CallId) -> None:
        """Offer the ventures that are not further than the beginning first."""
        self._call_id = call_id
        for field in (self.day, self.reason):
            field.set_text("")
            field.clear_error()
        self.reason.hide()
        self.explain(lambda: _("The venture is moved on to the step of the application."))

        def read(uow: UnitOfWork) -> tuple[Venture, ...]:
            applied = {one.venture_id for one in applications.list_applications(call_id, uow)}
            found = [one for one in ventures.list_ventures(uow) if one.id not in applied]
            return tuple(sorted(found, key=lambda one: one.stage != "call"))

        self._context.operations.query(self, read, self._offer)

    def enter(self) -> None:
        """Which venture."""
        self.venture.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Note it."""
        day: date | None = self.read_date(self.day)
        call_id, chosen, reason = self._call_id, self.venture.value, self.reason.text
        if self.is_wrong or call_id is None or not chosen:
            return

        def act(uow: UnitOfWork) -> Outcome[Application]:
            return applications.apply(call_id, VentureId(UUID(chosen)), uow, received_on=day, reason=reason)

        self._context.operations.run(
            self, act, lambda _one: self.kept.emit(), self._on_refused, busy=self.save,
            said=lambda _one: _("The application is on record."),
        )  # fmt: skip

    def _offer(self, found: tuple[Venture, ...]) -> None:
        self.venture.offer([(str(one.id), _venture_words(one)) for one in found])

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, GapsError):
            self._context.messages.report(error)
            return
        sentence = str(error)
        self.reason.show()
        self.reason.show_error(as_is(sentence))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


def _venture_words(one: Venture) -> Words:
    return lambda: join_facts(full_name(one.name, one.name_ar), one.number, word_stage(one.stage))


def _names() -> tuple[LineField, LineField, LineField]:
    return (
        LineField(lambda: _("Name in French"), max_length=200),
        LineField(lambda: _("Name in English"), max_length=200),
        LineField(lambda: _("Name in Arabic"), max_length=200),
    )


def _read_names(form: CallForm | CriterionForm) -> tuple[str, str, str]:
    words: Words = lambda: _("It is read in the three languages: write its name in each.")  # noqa: E731
    first, second, third = (form.demand(field, words) for field in form.names)
    return first, second, third
