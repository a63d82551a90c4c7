"""After a batch: what was issued, who was left out and why, all of it to the printer, and the list to sign."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, current_language, ngettext
from app.services.certificates import life, printing
from ui.languages import follow_language
from ui.papers.wording import word_facts, word_title
from ui.printing.paper_dialog import show_paper
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_number
from ui.ventures.rows import Action, Row, Rows, Section
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.ids import CertificateId
    from app.domain.papers import Certificate
    from app.services.certificates.issuing import Batch
    from ui.page import PageContext
    from ui.papers.issue_panel import Occasion


class IssuedPanel(Panel):
    """`certificate_requested` carries the id of one of them."""

    certificate_requested = Signal(object)
    batch: Batch | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._occasion: Occasion | None = None
        self.print_button = Button(lambda: _("Print or save all"), PRIMARY, key="F2", icon="printer")
        self.sheet_button = Button(lambda: _("List to sign at the hand-over"), QUIET, key="F3", icon="edit")
        self.stopped = Label(
            lambda: _("Stopped early: those below are issued and stand; go back to issue the others."),
            tone="attention",
            wraps=True,
        )
        self.skipped = Rows(lambda: _("Nobody was left out."))
        self.issued = Rows(lambda: _("None was issued."))
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        flow.addWidget(self.print_button)
        flow.addWidget(self.sheet_button)
        left_out = Section(lambda: _("Left out, and why"))
        left_out.body.addWidget(self.skipped)
        made = Section(lambda: _("Issued"))
        made.body.addWidget(self.issued)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.setSpacing(Gap.MEDIUM)
        column.addWidget(left_out)
        column.addWidget(made)
        column.addStretch()
        self.body.addWidget(buttons)
        self.body.addWidget(self.stopped)
        self.body.addWidget(Scroller(content), 1)
        self.print_button.clicked.connect(self._on_print_button_clicked)
        self.sheet_button.clicked.connect(self._on_sheet_button_clicked)
        follow_language(self, self.title.retranslate)

    def begin(self, batch: Batch, occasion: Occasion) -> None:
        """What a batch came to."""
        self.batch, self._occasion = batch, occasion
        self.title.retranslate()
        self.stopped.setVisible(batch.stopped)
        self.skipped.show_rows(
            [Row(item.person_id, as_is(item.name), as_is(item.why), icon="info") for item in batch.skipped]
        )
        self.issued.show_rows([])
        ids = set(self._ids)

        def read(uow: UnitOfWork) -> tuple[Certificate, ...]:
            found = life.list_certificates(uow, training=occasion.training_id, case=occasion.case_id)
            return tuple(item for item in reversed(found) if item.id in ids)

        self._context.operations.query(self, read, self._show_issued, lane="issued")
        for button in (self.print_button, self.sheet_button):
            button.setEnabled(bool(batch.issued))

    def enter(self) -> None:
        """To the printer."""
        first = self.print_button if self.print_button.isEnabled() else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_issued(self, found: tuple[Certificate, ...]) -> None:
        rows = []
        for item in found:
            title = partial(word_title, item)
            action = Action(lambda: _("Open"), partial(self.certificate_requested.emit, item.id), title)
            rows.append(Row(item.id, title, partial(word_facts, item), icon="check", tone="good", actions=(action,)))
        self.issued.show_rows(rows)

    @property
    def _ids(self) -> list[CertificateId]:
        return [item.id for item in self.batch.issued] if self.batch is not None else []

    def _on_print_button_clicked(self) -> None:
        ids = self._ids

        def draw(uow: UnitOfWork) -> bytes:
            return printing.print_together(ids, uow)

        def show(pdf: bytes) -> None:
            name = _("certificates")
            show_paper(self, self._context.operations.runner, pdf, f"{name}.pdf", self._word_title)

        self._context.operations.query(self, draw, show, busy=self.print_button)

    def _on_sheet_button_clicked(self) -> None:
        ids, occasion = self._ids, self._occasion
        about, language = occasion.words() if occasion is not None else "", current_language()

        def draw(uow: UnitOfWork) -> bytes:
            return printing.hand_over_sheet(ids, language, uow, about)

        def show(pdf: bytes) -> None:
            name = _("hand-over")
            runner = self._context.operations.runner
            show_paper(self, runner, pdf, f"{name}.pdf", lambda: _("List to sign at the hand-over"))

        self._context.operations.query(self, draw, show, busy=self.sheet_button)

    def _word_title(self) -> str:
        count = len(self._ids)
        return ngettext("{number} certificate is issued", "{number} certificates are issued", count).format(
            number=word_number(count)
        )
