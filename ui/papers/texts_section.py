"""What a hub writes on its certificates, beside the paper as it will look; each change is a version of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.papers import PaperTexts, Template
from app.domain.sheets import CertificateKind
from app.errors import UserError
from app.i18n import LANGUAGES, SELF_NAMES, _
from app.services.certificates import printing, templates
from ui.languages import follow_language
from ui.papers.logo_rows import LogoRows
from ui.papers.text_fields import TextFields
from ui.papers.wording import word_kind
from ui.printing.paper_view import PaperView
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date
from ui.ventures.rows import Section as CardSection
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.choices import OneOf, PickList
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.ids import LogoId
    from app.domain.papers import LogoRow
    from app.outcome import Outcome
    from ui.page import PageContext

_DRAW_AFTER_MS: Final = 300
"""How long somebody has to pause in writing before the paper is drawn again."""
_BESIDE: Final = {"fr": "fr+ar", "ar": "fr+ar", "en": "en+ar"}
_Read = tuple[Template, "tuple[LogoRow, ...]"]


class TextsSection(QWidget):
    """Kept with Ctrl+S; until then only the preview shows it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._texts: dict[str, PaperTexts] = {}
        self._drafts: dict[CertificateKind, tuple[dict[str, PaperTexts], tuple[LogoId, ...]]] = {}
        self.template: Template | None = None
        kinds = [(str(kind), partial(word_kind, str(kind))) for kind in CertificateKind]
        self.kind = PickList(lambda: _("Kind"), kinds)
        self.language = OneOf(lambda: _("Language"), [(key, as_is(SELF_NAMES[key])) for key in LANGUAGES])
        self.save_button = Button(lambda: _("Keep the texts"), PRIMARY, key="Ctrl+S", icon="save", dense=True)
        self.shipped_button = Button(lambda: _("Texts of the program"), QUIET, icon="undo", dense=True)
        self.version = Label(self._word_version, step="small", tone="quiet", wraps=True)
        self.problem = Label(tone="danger", wraps=True)
        self.fields = TextFields()
        self.logos = LogoRows(context)
        self.view = PaperView(context.operations.runner)
        self._pause = QTimer(self, singleShot=True, interval=_DRAW_AFTER_MS)
        self._pause.timeout.connect(self.draw)
        self._lay_out()
        self.kind.picked.connect(self._on_kind_chosen)
        self.language.chosen.connect(lambda _key: self._show_language())
        self.fields.edited.connect(self._on_edited)
        self.logos.edited.connect(self._on_edited)
        self.save_button.clicked.connect(self._on_save_button_clicked)
        self.shipped_button.clicked.connect(self._on_shipped_button_clicked)
        follow_language(self, self.version.retranslate)

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not kept yet."""
        found = self.template
        return found is not None and (self._texts != dict(found.texts) or self.logos.chosen != found.logos)

    def refresh(self, *, afresh: bool = False) -> None:
        """Read what is in use, unless somebody is writing something else."""
        if self.is_changed and not afresh:
            return
        kind = CertificateKind(self.kind.value)

        def read(uow: UnitOfWork) -> _Read:
            return templates.show_template(kind, uow), templates.list_logos(uow)

        self._context.operations.query(self, read, self._show, lane="paper-texts")

    def primary_focus(self) -> QWidget:
        """The title."""
        return self.fields.lines["title"].line

    def draw(self) -> None:
        """Draw the paper with what is written now."""
        if not self._texts:
            return
        kind, texts, logos = CertificateKind(self.kind.value), dict(self._texts), self.logos.chosen
        languages = _BESIDE[self.language.value]

        def sample(uow: UnitOfWork) -> bytes:
            return printing.draw(templates.sample_sheet(kind, texts, logos, languages, uow))

        def show(pdf: bytes) -> None:
            self.problem.hide()
            self.view.show_paper(pdf, lambda: _("Preview of the certificate"))

        self._context.operations.query(self, sample, show, self._fail, lane="paper-sample")

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(Gap.SMALL)
        choices.addWidget(self.kind)
        choices.addWidget(self.language, 1)
        choices.addWidget(self.shipped_button)
        choices.addWidget(self.save_button)
        logos = CardSection(lambda: _("Logos"))
        logos.body.addWidget(self.logos)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.SMALL, Gap.SMALL)
        column.setSpacing(Gap.MEDIUM)
        column.addWidget(self.fields)
        column.addWidget(logos)
        column.addStretch()
        far = QVBoxLayout()
        far.setSpacing(Gap.SMALL)
        far.addWidget(self.version)
        far.addWidget(self.problem)
        far.addWidget(self.view, 1)
        columns = QHBoxLayout()
        columns.setSpacing(Gap.LARGE)
        columns.addWidget(Scroller(content), 2)
        columns.addLayout(far, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addLayout(choices)
        layout.addLayout(columns, 1)
        self.problem.hide()

    def _show(self, read: _Read) -> None:
        self.template, logos = read
        draft = self._drafts.pop(self.template.kind, (dict(self.template.texts), self.template.logos))
        self._texts = draft[0]
        self.logos.show_logos(logos, draft[1])
        self.version.retranslate()
        self._show_language()

    def _show_language(self) -> None:
        texts = self._texts.get(self.language.value)
        if texts is not None:
            self.fields.show_texts(texts)
            self.draw()

    def _on_kind_chosen(self, _key: str) -> None:
        """Another kind; what was written about the one before waits there."""
        if self.template is not None and self.is_changed:
            self._drafts[self.template.kind] = (self._texts, self.logos.chosen)
        self.refresh(afresh=True)

    def _on_edited(self) -> None:
        if self._texts:
            self._texts[self.language.value] = self.fields.read()
            self.version.retranslate()
            self._pause.start()

    def _on_save_button_clicked(self) -> None:
        kind, texts, logos = CertificateKind(self.kind.value), dict(self._texts), self.logos.chosen

        def act(uow: UnitOfWork) -> Outcome[Template]:
            return templates.save_template(kind, texts, logos, uow)

        def done(kept: Template) -> None:
            self.template = kept
            self._texts = dict(kept.texts)
            self.version.retranslate()

        def word(kept: Template) -> str:
            return _("Version {number} is kept. Certificates that were issued keep their words.").format(
                number=kept.version
            )

        self._context.operations.run(self, act, done, self._fail, busy=self.save_button, said=word)

    def _on_shipped_button_clicked(self) -> None:
        self._texts = dict(templates.shipped(CertificateKind(self.kind.value)).texts)
        self.version.retranslate()
        self._show_language()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.problem.say(as_is(str(error)))
            self.problem.show()
        else:
            self._context.messages.report(error)

    def _word_version(self) -> str:
        found = getattr(self, "template", None)
        if found is None:
            return ""
        if self.is_changed:
            return _("Not kept yet: only this preview shows it.")
        if not found.version:
            return _("These are the texts of the program; nobody has changed them.")
        day = word_date(day_of(found.made_at)) if found.made_at is not None else ""
        return _("Version {number}, {day}, by {name}").format(number=found.version, day=day, name=found.made_by)
