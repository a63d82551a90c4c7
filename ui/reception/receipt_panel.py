"""The slip that somebody takes home: in which language, and with or without the reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.ids import VisitId
from app.i18n import LANGUAGES, SELF_NAMES, _, current_language
from ui.people.choice_fields import NumberedOneOf
from ui.people.wording import isolate
from ui.reception.panel import ENTER, Panel
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.choices import Check
from ui.widgets.fields import FieldFrame
from ui.widgets.labels import Label
from ui.widgets.words import Words, as_is


class ReceiptPanel(Panel):
    """`receipt_requested(visit id, language, with reason)`."""

    receipt_requested = Signal(object, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Receipt"), parent)
        self._visit_id: VisitId | None = None
        self._who = Label(strong=True)
        self.language = NumberedOneOf(lambda: _("Language of the receipt"), _options())
        self.with_reason = Check(lambda: _("Print the reason of the visit"))
        self.issue = Button(lambda: _("Make the receipt"), PRIMARY, shown_key="Enter", icon="printer")
        self.body.addWidget(self._who)
        self.body.addWidget(FieldFrame(lambda: _("Language of the receipt"), self.language))
        self.body.addWidget(self.with_reason)
        self.body.addWidget(
            Label(
                lambda: _("The receipt says when the person came and to which counter. Its number stays on record."),
                tone="quiet",
                wraps=True,
            )
        )
        foot = QHBoxLayout()
        foot.addWidget(self.issue)
        foot.addStretch()
        self.body.addLayout(foot)
        self.body.addStretch()
        self.language.entered.connect(self._on_issue_clicked)
        self.issue.clicked.connect(self._on_issue_clicked)

    def begin(self, visit_id: VisitId, who: str) -> None:
        """Ask about the receipt of a visit."""
        self._visit_id = visit_id
        self._who.show_text(who)
        self.language.choose(current_language())
        self.with_reason.setChecked(False)

    def enter(self) -> None:
        """The language is what there is to choose."""
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes the receipt."""
        if event.key() in ENTER:
            self._on_issue_clicked()
        else:
            super().keyPressEvent(event)

    def _on_issue_clicked(self) -> None:
        if self._visit_id is not None and not self.issue.is_busy:
            self.receipt_requested.emit(self._visit_id, self.language.value, self.with_reason.isChecked())


def _options() -> list[tuple[str, Words]]:
    return [
        (language, as_is(f"{number} {isolate(SELF_NAMES[language])}")) for number, language in enumerate(LANGUAGES, 1)
    ]
