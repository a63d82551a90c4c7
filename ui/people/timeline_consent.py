"""Noting what somebody answered when they were asked: yes in which way, or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.domain.codes import code_list
from app.domain.consent import REGISTRATION, ConsentWay
from app.i18n import _
from app.services.consents import GiveConsent
from ui.coaching.labelled import labelled
from ui.coaching.options import label_of, numbered
from ui.coaching.small_forms import SmallForm
from ui.people.choice_fields import NumberedOneOf
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.ids import PersonId


class ConsentForm(SmallForm):
    """`given` carries a GiveConsent, for a refusal too."""

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Consent"), lambda: _("Note the answer"), parent)
        self._person_id: PersonId | None = None
        codes = code_list("consents")
        self.kind = PickList(lambda: _("Asked about"), [(code.code, label_of(code)) for code in codes])
        self.way = NumberedOneOf(lambda: _("Answer"), numbered(code_list("consent_ways")))
        self.fields.addWidget(FieldFrame(lambda: _("Asked about"), self.kind))
        self.fields.addWidget(labelled(lambda: _("Answer"), self.way))
        self.fields.addWidget(
            Label(
                lambda: _("Ask in the person's own language. A refusal is kept too, and changes no service."),
                step="small",
                tone="quiet",
                wraps=True,
            )
        )
        self.row.addStretch(1)
        self.way.entered.connect(self._save)

    def begin(self, person_id: PersonId) -> None:
        """Ask about being on record first."""
        self._person_id = person_id
        self.kind.choose(REGISTRATION)
        self.way.choose(str(ConsentWay.ORAL))

    def enter(self) -> None:
        """The answer."""
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._person_id is not None:
            self.given.emit(GiveConsent(self._person_id, self.kind.value, ConsentWay(self.way.value)))
