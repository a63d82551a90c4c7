"""Certificates for a class, or for somebody's accompaniment: who, in which languages, how it looks, then issued."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.domain.papers import LANGUAGE_CHOICES, Candidate, IssueCertificate
from app.domain.sheets import CertificateKind
from app.i18n import _, ngettext
from app.services.certificates import earned, issuing, printing
from ui.languages import follow_language
from ui.papers.candidates import CandidateList
from ui.papers.wording import language_options, word_kind
from ui.printing.paper_view import PaperView
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_number
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.choices import Check, OneOf, PickList
from ui.widgets.labels import Label
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.bootstrap import Hub, UnitOfWork
    from app.changes import Changes
    from app.domain.ids import CaseId, TrainingId
    from app.pace import Pace
    from app.services.certificates.issuing import Batch
    from ui.long_work import LongWork
    from ui.page import PageContext
    from ui.widgets.words import Words

_THOUSAND = 1_000


@dataclass(frozen=True, slots=True)
class Occasion:
    """What certificates are about: a training, or a case. `words` name it on the list that holders sign."""

    words: Words
    training_id: TrainingId | None = None
    case_id: CaseId | None = None


class IssuePanel(Panel):
    """`issued` carries what a batch came to, and the occasion."""

    issued = Signal(object, object)
    _occasion: Occasion | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._work: LongWork | None = None
        kinds = (CertificateKind.PARTICIPATION, CertificateKind.TRAINING)
        self.kind = OneOf(lambda: _("Kind"), [(str(kind), partial(word_kind, str(kind))) for kind in kinds])
        self.languages = PickList(lambda: _("Languages"), language_options(), dense=True)
        self.languages.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.arabic = Check(lambda: _("Arabic names were confirmed by their holders"))
        self.list = CandidateList()
        self.view = PaperView(context.operations.runner)
        self.problem = Label(tone="attention", wraps=True)
        self.issue_button = Button(self._word_issue, PRIMARY, key="F2", icon="papers")
        self.stop_button = Button(lambda: _("Stop"), QUIET, shown_key="Esc")
        self.bar = QProgressBar(minimum=0, maximum=_THOUSAND, textVisible=False)
        self.progress = Label(lambda: _("Issuing … What is issued until you stop stands."), tone="quiet")
        self._lay_out()
        self.kind.chosen.connect(lambda _key: self.refresh(afresh=True))
        self.languages.picked.connect(lambda _key: self._preview())
        self.arabic.toggled.connect(lambda _on: self._preview())
        self.list.moved.connect(self._preview)
        self.list.ticked.connect(self._adapt)
        self.list.stepped_back.connect(self._on_list_stepped_back)
        self.issue_button.clicked.connect(self._on_issue_button_clicked)
        self.stop_button.clicked.connect(self._stop)
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def begin(self, occasion: Occasion) -> None:
        """Certificates of a training, or of a case."""
        self._occasion = occasion
        self.kind.setVisible(occasion.training_id is not None)
        self.kind.choose(str(CertificateKind.PARTICIPATION))
        self.languages.choose(LANGUAGE_CHOICES[0])
        self.arabic.setChecked(True)
        self.title.retranslate()
        self._show_working(working=False)
        self.refresh(afresh=True)

    def enter(self) -> None:
        """The list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is under way first."""
        if event.key() == Qt.Key.Key_Escape and self._work is not None:
            self._stop()
        else:
            super().keyPressEvent(event)

    @property
    def is_working(self) -> bool:
        """Whether certificates are being issued."""
        return self._work is not None

    @property
    def chosen_kind(self) -> CertificateKind:
        """The kind that is issued."""
        about_case = self._occasion is not None and self._occasion.case_id is not None
        return CertificateKind.ACCOMPANIMENT if about_case else CertificateKind(self.kind.value)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(Gap.LARGE)
        choices.addWidget(self.kind, 1)
        choices.addWidget(self.languages)
        choices.addWidget(self.arabic)
        near = QVBoxLayout()
        near.setSpacing(Gap.SMALL)
        near.addWidget(self.list, 1)
        far = QVBoxLayout()
        far.setSpacing(Gap.SMALL)
        far.addWidget(self.problem)
        far.addWidget(self.view, 100)
        far.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Gap.LARGE)
        columns.addLayout(near, 2)
        columns.addLayout(far, 3)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.MEDIUM)
        foot.addWidget(self.issue_button)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.progress)
        foot.addStretch()
        self.body.setSpacing(Gap.SMALL)
        self.body.addLayout(choices)
        self.body.addLayout(columns, 1)
        self.body.addLayout(foot)

    def refresh(self, *, afresh: bool = False) -> None:
        """Read who can be given one; `afresh` ticks all of them."""
        occasion, kind = self._occasion, self.chosen_kind
        if occasion is None:
            return

        def read(uow: UnitOfWork) -> tuple[Candidate, ...]:
            if occasion.training_id is not None:
                return earned.candidates(kind, occasion.training_id, uow)
            return (earned.candidate_of_case(occasion.case_id, uow),) if occasion.case_id is not None else ()

        def show(found: tuple[Candidate, ...]) -> None:
            self.list.show_candidates(found, afresh=afresh)
            self._adapt()
            self._preview()

        self._context.operations.query(self, read, show, lane="candidates")

    def _command(self, item: Candidate) -> IssueCertificate:
        occasion = self._occasion
        return IssueCertificate(
            self.chosen_kind,
            item.person_id,
            self.languages.value,
            training_id=occasion.training_id if occasion else None,
            case_id=occasion.case_id if occasion else None,
            arabic_name=self.arabic.isChecked(),
        )

    def _preview(self) -> None:
        item = self.list.candidate
        if item is None or self.is_working or self._occasion is None:
            return
        if not item.ready:
            self._refuse(earned.word_obstacles(item))
            return
        command = self._command(item)

        def draw(uow: UnitOfWork) -> bytes:
            return printing.draw(issuing.preview(command, uow))

        def show(pdf: bytes) -> None:
            self.problem.hide()
            self.view.show()
            self.view.show_paper(pdf, lambda: _("Preview of the certificate"))

        def fail(error: Exception) -> None:
            self._refuse(str(error))

        self._context.operations.query(self, draw, show, fail, lane="certificate-preview")

    def _refuse(self, why: str) -> None:
        self._context.operations.runner.forget("certificate-preview")
        self.view.clear()
        self.view.hide()
        self.problem.say(as_is(why))
        self.problem.show()

    def _adapt(self) -> None:
        self.issue_button.retranslate()
        self.issue_button.setEnabled(bool(self.list.chosen) and not self.is_working)

    def _on_issue_button_clicked(self) -> None:
        # those who can't have one are asked for too: they come back as skipped, with the reason of that moment
        items = (*self.list.chosen, *self.list.not_ready)
        occasion = self._occasion
        if occasion is None or not self.list.chosen or self.is_working:
            return
        commands = [self._command(item) for item in items]

        def work_off(hub: Hub, pace: Pace) -> Batch:
            return issuing.issue_batch(commands, hub.write, pace)

        def done(batch: Batch) -> None:
            self._show_working(working=False)
            self._context.change_bus.changed.emit(batch.changes)
            self.issued.emit(batch, occasion)

        def fail(error: Exception) -> None:
            self._show_working(working=False)
            self._context.messages.report(error)

        self._work = self._context.operations.work_on(self, work_off, done, fail)
        self._work.moved.connect(lambda share: self.bar.setValue(round(share * _THOUSAND)))
        self._show_working(working=True)

    def _show_working(self, *, working: bool) -> None:
        if not working:
            self._work = None
        self.bar.setValue(0)
        for part in (self.stop_button, self.bar, self.progress):
            part.setVisible(working)
        for other in (self.kind, self.languages, self.arabic, self.list, self.back):
            other.setEnabled(not working)
        self._adapt()
        if working:
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _on_list_stepped_back(self) -> None:
        self.left.emit()

    def _on_change_bus_changed(self, changes: Changes) -> None:
        touched = changes.everything or changes.trainings or changes.people or changes.papers or changes.sessions
        if self.isVisible() and not self.is_working and touched:
            self.refresh()

    def _retranslate(self) -> None:
        self.title.retranslate()
        self.bar.setAccessibleName(_("Certificates issued so far"))
        self._adapt()

    def _word_title(self) -> str:
        about = self._occasion.words() if self._occasion is not None else ""
        return _("Certificates: {about}").format(about=about) if about else _("Certificates")

    def _word_issue(self) -> str:
        count = len(self.list.chosen) if hasattr(self, "list") else 0
        if not count:
            return _("Issue certificates")
        return ngettext("Issue {number} certificate", "Issue {number} certificates", count).format(
            number=word_number(count)
        )
