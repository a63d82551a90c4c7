"""Which reasons for a visit this hub uses."""

from PySide6.QtWidgets import QGridLayout

from app.bootstrap import UnitOfWork
from app.changes import Changes
from app.domain.codes import Code, code_list
from app.i18n import _, current_language
from app.outcome import Outcome
from app.services import reasons
from ui.page import PageContext
from ui.settings.section import Section
from ui.theme.tokens import Gap
from ui.widgets.choices import Check

_COLUMNS = 2


class ReasonsSection(Section):
    """A reason that is hidden stays on the visits that have it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Reasons for a visit"),
            lambda: _("Those ticked are offered at the desk. Hiding one changes nothing that was logged."),
        )
        self.checks: dict[str, Check] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Gap.WIDE)
        grid.setVerticalSpacing(Gap.HAIR)
        codes = code_list(reasons.VISIT_REASONS)
        rows = -(-len(codes) // _COLUMNS)
        for number, code in enumerate(codes):
            check = self._make_check(code)
            grid.addWidget(check, number % rows, number // rows)
        self.body.addLayout(grid)
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read again which are hidden."""
        self.context.operations.query(
            self, lambda uow: reasons.hidden_codes(reasons.VISIT_REASONS, uow), self._show, lane="settings-reasons"
        )

    def _make_check(self, code: Code) -> Check:
        check = Check(lambda: code.label(current_language()))
        self.checks[code.code] = check
        check.clicked.connect(lambda in_use: self._on_check_clicked(code, in_use=in_use))
        return check

    def _show(self, hidden: frozenset[str]) -> None:
        for code, check in self.checks.items():
            check.setChecked(code not in hidden)

    def _on_check_clicked(self, code: Code, *, in_use: bool) -> None:
        def set_use(uow: UnitOfWork) -> Outcome[None]:
            return reasons.set_hidden(reasons.VISIT_REASONS, code.code, not in_use, uow)

        def word(_nothing: None) -> str:
            label = code.label(current_language())
            if in_use:
                return _("“{reason}” is offered at the desk.").format(reason=label)
            return _("“{reason}” is no longer offered at the desk.").format(reason=label)

        self.context.operations.run(self, set_use, None, self._on_refused, said=word)

    def _on_refused(self, error: Exception) -> None:
        self.context.messages.report(error)
        self.refresh()

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if changes.codes or changes.everything:
            self.refresh()
