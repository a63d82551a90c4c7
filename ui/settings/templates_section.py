"""The steps that a new case of each kind gets: names in three languages, days, order, in use or not."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.bootstrap import UnitOfWork
from app.changes import Changes
from app.domain.coaching import StepTemplate
from app.domain.codes import code_list
from app.i18n import LANGUAGES, SELF_NAMES, _, current_language
from app.outcome import Outcome
from app.services import steps
from ui.coaching.options import label_of
from ui.page import PageContext
from ui.people.wording import isolate
from ui.settings.counters_section import make_code
from ui.settings.section import Section
from ui.settings.template_row import TemplateRow
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.choices import PickList
from ui.widgets.labels import Label
from ui.widgets.words import as_is

_MONTH = 30


class TemplatesSection(Section):
    """A change is kept when its field is left or Enter is typed; each can be taken back. Steps already laid stay."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Usual steps"),
            lambda: _(
                "A new case of the kind gets these steps, each due so many days after the case was opened. Cases that "
                "are open already keep the steps they have."
            ),
        )
        self.rows: list[TemplateRow] = []
        self.new: TemplateRow | None = None
        self._found: tuple[StepTemplate, ...] = ()
        self.kind = PickList(
            lambda: _("Kind of case"), [(each.code, label_of(each)) for each in code_list("case_kinds")]
        )
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Gap.SMALL)
        self._grid.setVerticalSpacing(Gap.SMALL)
        for column, language in enumerate(LANGUAGES):
            self._grid.addWidget(Label(as_is(SELF_NAMES[language]), step="small", tone="quiet"), 0, column)
            self._grid.setColumnStretch(column, 1)
        self._grid.addWidget(Label(lambda: _("Days"), step="small", tone="quiet"), 0, len(LANGUAGES))
        self.add_button = Button(lambda: _("Add a step"), icon="plus")
        self.keep_button = Button(lambda: _("Keep the step"), PRIMARY)
        row = QHBoxLayout()
        row.addWidget(self.kind)
        row.addStretch()
        self.body.addLayout(row)
        self.body.addWidget(holder)
        for button in (self.add_button, self.keep_button):
            self.body.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeading)
        self.keep_button.hide()
        self.kind.picked.connect(lambda _kind: self.refresh())
        self.add_button.clicked.connect(self._on_add_button_clicked)
        self.keep_button.clicked.connect(self._on_keep_button_clicked)
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read the steps of the chosen kind again."""
        kind = self.kind.value
        self.context.operations.query(
            self, lambda uow: steps.list_templates(uow, kind, hidden=True), self._show, lane="settings-templates"
        )

    def _show(self, found: tuple[StepTemplate, ...]) -> None:
        self._found = found
        for row in (*self.rows, self.new):
            if row is not None:
                row.leave(self._grid)
        self.new = None
        self.keep_button.hide()
        self.add_button.show()
        self.rows = []
        for number, template in enumerate(found):
            row = TemplateRow(template, is_first=number == 0, is_last=number == len(found) - 1)
            row.edited.connect(self._on_row_edited)
            row.moved.connect(self._on_row_moved)
            row.enter(self._grid, number + 1)
            self.rows.append(row)

    def _run(self, action: Callable[[UnitOfWork], Outcome[StepTemplate]], said: Callable[[StepTemplate], str]) -> None:
        self.context.operations.run(self, action, None, self._on_refused, said=said)

    def _on_refused(self, error: Exception) -> None:
        self.context.messages.report(error)
        if self.new is None:  # else what was typed for a new step would be lost
            self.refresh()

    def _on_row_edited(self, template: StepTemplate) -> None:
        def said(kept: StepTemplate) -> str:
            label = isolate(kept.label(current_language()))
            if kept.hidden:
                return _("“{step}” is no longer laid.").format(step=label)
            return _("“{step}” is kept for new cases.").format(step=label)

        self._run(lambda uow: steps.save_template(template, uow), said)

    def _on_row_moved(self, template: StepTemplate, by: int) -> None:
        codes = [one.code for one in self._found]
        at = codes.index(template.code)
        codes.insert(at + by, codes.pop(at))
        self._run(
            lambda uow: steps.order_templates(template.kind, codes, template.code, uow),
            lambda kept: _("“{step}” has number {number}.").format(
                step=isolate(kept.label(current_language())), number=kept.position
            ),
        )

    def _on_add_button_clicked(self) -> None:
        last = max((one.position for one in self._found), default=0)
        days = max((one.days for one in self._found), default=0) + _MONTH
        blank = StepTemplate(self.kind.value, "", last + 1, days, "", "", "", shipped=False)
        self.new = TemplateRow(blank, is_first=True, is_last=True, is_new=True)
        self.new.enter(self._grid, len(self.rows) + 1)
        self.add_button.hide()
        self.keep_button.show()
        self.new.fields["fr"].setFocus()

    def _on_keep_button_clicked(self) -> None:
        written = self.new.read() if self.new is not None else None
        if written is None:
            self.context.notices.say(_("Write the days as a whole number. Nothing was changed."))
            return
        code = make_code(written.label_en or written.label_fr, {one.code for one in self._found})
        self._on_row_edited(replace(written, code=code))

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if (changes.steps or changes.everything) and self.isVisible():
            self.refresh()
