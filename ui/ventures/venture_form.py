"""Write down a venture, or correct what is known of one."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.ventures import NewVenture, Venture
from app.i18n import _
from app.outcome import Outcome
from app.services import ventures
from ui.page import PageContext
from ui.people.wording import full_name
from ui.ventures.form import FormPanel, code_options, framed_pick
from ui.widgets.fields import LineField


class VentureForm(FormPanel):
    """A name is enough to begin. `kept` carries the Venture."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A venture"), lambda: _("Keep the venture"), parent)
        self._context = context
        self._venture: Venture | None = None
        self.name = LineField(lambda: _("Name"), hint=lambda: _("In Latin or in Arabic letters"), max_length=120)
        self.name_ar = LineField(lambda: _("Name in Arabic"), max_length=120)
        self.kind, kind = framed_pick(lambda: _("Kind"), code_options("venture_kinds"))
        later = lambda: _("Not known yet")  # noqa: E731 - words
        self.sector, sector = framed_pick(lambda: _("Sector"), code_options("sectors", empty=later))
        self.form, form = framed_pick(lambda: _("Legal form"), code_options("legal_forms", empty=later))
        self.activity = LineField(lambda: _("Activity"), hint=lambda: _("In a few words"), max_length=200)
        self.city = LineField(lambda: _("City"), max_length=80)
        self.beside(self.name, self.name_ar)
        self.beside(kind, sector)
        self.beside(form, self.city)
        self.add(self.activity)

    def begin(self, venture: Venture | None = None) -> None:
        """An empty form, or what is known of a venture. Whoever writes one down accompanies it."""
        self._venture = venture
        self.title.say((lambda: _("New venture")) if venture is None else (lambda: _("Correct the venture")))
        for field, value in (
            (self.name, venture.name if venture else ""),
            (self.name_ar, venture.name_ar if venture else ""),
            (self.activity, venture.activity if venture else ""),
            (self.city, venture.city if venture else ""),
        ):
            field.set_text(value)
            field.clear_error()
        self.kind.choose(venture.kind if venture else NewVenture("").kind)
        self.sector.choose(venture.sector if venture else "")
        self.form.choose(venture.legal_form if venture else "")

    def enter(self) -> None:
        """The name comes first."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        if not self.name.text and not self.name_ar.text:
            self.blame(self.name, lambda: _("A venture needs a name, in Latin or in Arabic letters."))
            return
        fields: dict[str, Any] = {
            "name": self.name.text,
            "name_ar": self.name_ar.text,
            "kind": self.kind.value,
            "sector": self.sector.value,
            "legal_form": self.form.value,
            "activity": self.activity.text,
            "city": self.city.text,
        }
        known, me = self._venture, self._context.actor.account_id

        def act(uow: UnitOfWork) -> Outcome[Venture]:
            if known is None:
                return ventures.add(replace(NewVenture("", advisor_id=me), **fields), uow)
            return ventures.edit(known.id, fields, uow)

        def word(venture: Venture) -> str:
            return _("{name} is on record, number {number}.").format(
                name=full_name(venture.name, venture.name_ar), number=venture.number
            )

        self._context.operations.run(self, act, self.kept.emit, busy=self.save, said=word)
