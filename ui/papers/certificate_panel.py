"""One certificate: the paper as it was issued, its state, and what can still be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.codes import code_label
from app.domain.papers import VALID, Certificate
from app.i18n import _, current_language
from app.services.certificates import badges, life, sealing
from ui.languages import follow_language
from ui.notices import Tone
from ui.papers.wording import STATE_SIGNS, word_facts, word_names, word_number, word_state
from ui.people.wording import join_facts
from ui.printing.paper_actions import PaperActions
from ui.printing.paper_dialog import show_paper
from ui.printing.paper_view import PaperView
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date
from ui.widgets.buttons import DANGER, PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import as_is, keep_left_to_right

if TYPE_CHECKING:
    from app.bootstrap import Hub, UnitOfWork
    from app.changes import Changes
    from app.domain.ids import CertificateId
    from app.outcome import Outcome
    from app.services.certificates.badges import Badge
    from app.services.receipts import Paper
    from ui.page import PageContext

_Read = tuple[Certificate, "Paper | None"]


class CertificatePanel(Panel):
    """Wishes carry the certificate: `replace_requested`, `revoke_requested`; `person_requested` carries a person."""

    replace_requested = Signal(object)
    revoke_requested = Signal(object)
    person_requested = Signal(object)
    found: Certificate | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._wanted: CertificateId | None = None
        self._paper: Paper | None = None
        self.print_button = Button(lambda: _("Print or save"), PRIMARY, key="F2", icon="printer", dense=True)
        self.duplicate_button = Button(lambda: _("Duplicate"), key="F4", icon="papers", dense=True)
        self.signed_button = Button(lambda: _("Signed file"), key="F6", icon="save", dense=True)
        self.badge_button = Button(lambda: _("Badge file"), PLAIN, key="F7", icon="download", dense=True)
        self.replace_button = Button(lambda: _("Replace"), key="F8", icon="exchange", dense=True)
        self.revoke_button = Button(lambda: _("Revoke"), DANGER, key="F9", icon="close", dense=True)
        self.person_button = Button(lambda: _("Open the person"), PLAIN, icon="user", dense=True)
        self._icon = IconLabel("papers")
        self.state = Label(lambda: word_state(self.found.state) if self.found else "", step="medium", strong=True)
        self.names = Label(self._word_names, strong=True, wraps=True)
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.ending = Label(self._word_ending, wraps=True)
        self.kept = Label(self._word_kept, step="small", tone="quiet", wraps=True)
        self.view = PaperView(context.operations.runner)
        self._files = PaperActions(self, context.operations.runner)
        self._lay_out()
        self._connect()
        follow_language(self, self._retranslate)

    def begin(self, certificate_id: CertificateId) -> None:
        """Show a certificate."""
        if certificate_id != self._wanted:
            self.found, self._paper, self._wanted = None, None, certificate_id
            self.view.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._wanted
        if wanted is None:
            return
        has = self._paper is not None

        def read(uow: UnitOfWork) -> _Read:
            found = life.show(wanted, uow)
            return found, None if found.erased or has else life.open_paper(wanted, uow)

        self._context.operations.query(self, read, self._show, lane="certificate")

    def enter(self) -> None:
        """What is done most, or the way back."""
        first = self.print_button if self.print_button.isEnabled() else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(Gap.SMALL)
        line.addWidget(self._icon)
        line.addWidget(self.state, 1)
        card = Card(spacing=Gap.SMALL)
        card.body.addLayout(line)
        for part in (self.names, self.facts, self.ending, self.kept, self.person_button):
            card.body.addWidget(part)
        side = QVBoxLayout()
        side.addWidget(card)
        side.addStretch()
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        for button in (
            self.print_button, self.duplicate_button, self.signed_button, self.badge_button, self.replace_button,
            self.revoke_button,
        ):  # fmt: skip
            flow.addWidget(button)
        columns = QHBoxLayout()
        columns.setSpacing(Gap.LARGE)
        columns.addLayout(side, 1)
        columns.addWidget(self.view, 3)
        self.body.setSpacing(Gap.SMALL)
        self.body.addWidget(buttons)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self.print_button.clicked.connect(self._on_print_button_clicked)
        self.duplicate_button.clicked.connect(self._on_duplicate_button_clicked)
        self.signed_button.clicked.connect(self._on_signed_button_clicked)
        self.badge_button.clicked.connect(self._on_badge_button_clicked)
        self.replace_button.clicked.connect(lambda: self.replace_requested.emit(self.found))
        self.revoke_button.clicked.connect(lambda: self.revoke_requested.emit(self.found))
        self.person_button.clicked.connect(self._on_person_button_clicked)
        self._files.said.connect(lambda text, tone: self._context.notices.say(text, Tone(tone)))
        self._context.change_bus.changed.connect(self._on_change_bus_changed)

    def _show(self, read: _Read) -> None:
        first = self.found is None
        found, paper = read
        self.found = found
        actor = self._context.actor
        valid = found.state in VALID and not found.erased
        own = found.hub_id == actor.hub_id
        issues = actor.may(Permission.ISSUE_PAPERS)
        made_here = found.installation_id == actor.installation_id
        self.print_button.setEnabled(valid)
        self.duplicate_button.setEnabled(valid and issues)
        self.signed_button.setEnabled(valid and issues)
        self.badge_button.setEnabled(valid and issues and made_here)
        self.replace_button.setEnabled(valid and own and issues)
        ended = found.state.value == "revoked"
        self.revoke_button.setEnabled(own and not ended and actor.may(Permission.REVOKE_PAPERS))
        self.person_button.setEnabled(found.person_id is not None and not found.erased)
        self._icon.wear(*STATE_SIGNS[found.state])
        self.state.set_tone(STATE_SIGNS[found.state][1])
        if paper is not None:
            self._paper = paper
            self.view.show_paper(paper.pdf, as_is(found.number))
        self.view.setVisible(not found.erased)
        self._retranslate()
        if first and self.isVisible():
            self.enter()

    def _on_print_button_clicked(self) -> None:
        paper = self._paper
        if paper is not None:
            runner = self._context.operations.runner
            show_paper(self, runner, paper.pdf, paper.file_name, as_is(paper.number))

    def _on_duplicate_button_clicked(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return

        def act(uow: UnitOfWork) -> Outcome[Paper]:
            return life.duplicate(wanted, uow)

        def show(paper: Paper) -> None:
            runner = self._context.operations.runner
            show_paper(self, runner, paper.pdf, paper.file_name, lambda: _("Duplicate"))

        def word(paper: Paper) -> str:
            return _("A duplicate of {number} is on record.").format(number=word_number(paper.number))

        self._context.operations.run(self, act, show, busy=self.duplicate_button, said=word)

    def _on_signed_button_clicked(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return

        def make(hub: Hub) -> Paper:
            return hub.write(lambda uow: sealing.signed_paper(wanted, uow))

        def save(paper: Paper) -> None:
            self._files.take(paper.pdf, paper.file_name, as_is(paper.number))
            self._files.save_paper()

        self._context.operations.call(self, make, save, busy=self.signed_button, brief=True)

    def _on_badge_button_clicked(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return

        def make(hub: Hub) -> Badge:
            return hub.write(lambda uow: badges.make_badge(wanted, uow))

        def save(badge: Badge) -> None:
            self._files.take(badge.token.encode("ascii"), badge.file_name, as_is(badge.file_name))
            self._files.save_paper(_("Save the badge"), "Open Badges 3.0 (*.jwt)", "jwt")

        self._context.operations.call(self, make, save, busy=self.badge_button, brief=True)

    def _on_person_button_clicked(self) -> None:
        if self.found is not None and self.found.person_id is not None:
            self.person_requested.emit(self.found.person_id)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.papers):
            self.refresh()

    def _retranslate(self) -> None:
        for part in (self.title, self.state, self.names, self.facts, self.ending, self.kept):
            part.retranslate()
        self.ending.setVisible(bool(self.ending.text()))

    def _word_title(self) -> str:
        return keep_left_to_right(self.found.number) if self.found else _("Certificate")

    def _word_names(self) -> str:
        if self.found is None:
            return ""
        return _("Erased person") if self.found.erased else word_names(self.found.name, self.found.name_ar)

    def _word_facts(self) -> str:
        if self.found is None:
            return ""
        by = _("issued by {name}").format(name=self.found.issued_by) if self.found.issued_by else ""
        return join_facts(word_facts(self.found), by)

    def _word_ending(self) -> str:
        found = self.found
        if found is None or found.ended_at is None:
            return ""
        reason = code_label("revocation_reasons", found.reason, current_language()) if found.reason else ""
        instead = _("in its place: {number}").format(number=found.replaced_by) if found.replaced_by else ""
        return join_facts(word_date(day_of(found.ended_at)), found.ended_by, reason, found.note, instead)

    def _word_kept(self) -> str:
        found = self.found
        if found is None:
            return ""
        if found.erased:
            return _("Whom this was about was erased: what stood on it is gone from all registers.")
        if found.state not in VALID:
            return _("It counts no longer, so it can be looked at, but not printed.")
        if found.printed_here:
            return _("This is the paper as it was issued, kept on this computer.")
        return _("Issued at another office: drawn here from what was frozen when it was issued.")
