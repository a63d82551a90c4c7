"""Ending a certificate: revoked, or replaced by another one. Both ask for the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.i18n import _
from app.services.certificates import life
from ui.papers.wording import language_options, word_number, word_title
from ui.ventures.form import FormPanel, code_options, framed_pick
from ui.widgets.buttons import DANGER
from ui.widgets.choices import Check
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.domain.papers import Certificate
    from app.outcome import Outcome
    from app.services.certificates.issuing import Issued
    from ui.page import PageContext
    from ui.widgets.words import Words


class EndForm(FormPanel):
    """What both ask: why. Subclass it."""

    def __init__(self, context: PageContext, title: Words, save: Words, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self._context = context
        self._found: Certificate | None = None
        self.which = Label(lambda: word_title(self._found) if self._found else "", step="medium", strong=True)
        reasons = code_options("revocation_reasons", empty=lambda: _("Choose the reason"))
        self.reason, self._reason_frame = framed_pick(lambda: _("Reason"), reasons)
        self.reason.picked.connect(lambda _key: self._reason_frame.clear_error())
        self.note = LineField(lambda: _("Note"), hint=lambda: _("Kept on record, and never printed"), max_length=500)
        self.add(self.which, self._reason_frame)

    def begin(self, found: Certificate) -> None:
        """About a certificate."""
        self._found = found
        self.reason.choose("")
        self._reason_frame.clear_error()
        self.note.set_text("")
        self.which.retranslate()

    def enter(self) -> None:
        """The reason."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _demand_reason(self) -> str:
        if not self.reason.value:
            self.blame(self._reason_frame, lambda: _("Why? Whoever checks the paper later reads it."))
        return self.reason.value


class RevokeForm(EndForm):
    """`revoked` follows."""

    revoked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, lambda: _("Revoke a certificate"), lambda: _("Revoke the certificate"), parent)
        self.add(self.note)
        self.save.set_kind(DANGER)
        self.explain(
            lambda: _(
                "It counts no longer. Other offices know it once a bundle has brought it; until then a check there "
                "still says that it is authentic. Ask for the paper back."
            )
        )

    def submit(self) -> None:
        """Revoke it."""
        found, reason, note = self._found, self._demand_reason(), self.note.text
        if self.is_wrong or found is None:
            return

        def act(uow: UnitOfWork) -> Outcome[Certificate]:
            return life.revoke(found.id, reason, uow, note)

        def word(after: Certificate) -> str:
            return _("{number} is revoked.").format(number=word_number(after.number))

        self._context.operations.run(self, act, lambda _after: self.revoked.emit(), busy=self.save, said=word)


class ReplaceForm(EndForm):
    """`replaced` carries what was issued in its place."""

    replaced = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, lambda: _("Replace a certificate"), lambda: _("Issue the replacement"), parent)
        self.languages, frame = framed_pick(lambda: _("Languages"), language_options())
        self.arabic = Check(lambda: _("The holder has confirmed the Arabic name"))
        self.add(frame, self.arabic, self.note)
        self.explain(
            lambda: _(
                "A new one is issued with the name as it is on record now and the texts of now. The old one counts no "
                "longer, and a check of it names the new number."
            )
        )

    def begin(self, found: Certificate) -> None:
        """With the languages that it has."""
        super().begin(found)
        self.languages.choose(found.languages)
        self.arabic.setChecked(bool(found.name_ar) or not found.name)

    def submit(self) -> None:
        """Issue the other one."""
        found, reason, note = self._found, self._demand_reason(), self.note.text
        languages, arabic = self.languages.value, self.arabic.isChecked()
        if self.is_wrong or found is None:
            return

        def act(uow: UnitOfWork) -> Outcome[Issued]:
            return life.replace(found.id, reason, uow, note=note, languages=languages, arabic_name=arabic)

        def word(made: Issued) -> str:
            return _("{number} is issued in place of {former}.").format(
                number=word_number(made.paper.number), former=word_number(found.number)
            )

        self._context.operations.run(self, act, self.replaced.emit, busy=self.save, said=word)
