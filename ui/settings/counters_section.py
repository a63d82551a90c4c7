"""The hub's counters: their names in three languages, their order, in use or not."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.bootstrap import UnitOfWork
from app.changes import Changes
from app.domain.visits import Counter
from app.i18n import LANGUAGES, SELF_NAMES, _
from app.outcome import Outcome
from app.services import counters
from ui.page import PageContext
from ui.settings.counter_row import CounterRow
from ui.settings.section import Section
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.labels import Label
from ui.widgets.words import as_is


class CountersSection(Section):
    """A name is kept when its field is left or Enter is typed; each change can be taken back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Counters"),
            lambda: _("The number is the key that chooses the counter at the desk. What was logged keeps its counter."),
        )
        self.rows: list[CounterRow] = []
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Gap.SMALL)
        self._grid.setVerticalSpacing(Gap.SMALL)
        for column, language in enumerate(LANGUAGES, start=1):
            self._grid.addWidget(Label(as_is(SELF_NAMES[language]), step="small", tone="quiet"), 0, column)
            self._grid.setColumnStretch(column, 1)
        self.body.addWidget(holder)
        self.add_button = Button(lambda: _("Add a counter"), icon="plus")
        self.body.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.new: CounterRow | None = None
        self.open_button = Button(lambda: _("Open the counter"), PRIMARY)
        self.open_button.hide()
        self.body.addWidget(self.open_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self._on_add_button_clicked)
        self.open_button.clicked.connect(self._on_open_button_clicked)
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read the counters again."""
        self.context.operations.query(
            self, lambda uow: counters.list_counters(uow, hidden=True), self._show, lane="settings-counters"
        )

    def _show(self, found: tuple[Counter, ...]) -> None:
        for row in (*self.rows, self.new):
            if row is not None:
                row.leave(self._grid)
        self.new = None
        self.open_button.hide()
        self.add_button.show()
        self.rows = []
        for number, counter in enumerate(found):
            row = CounterRow(counter, is_first=number == 0, is_last=number == len(found) - 1)
            row.labels_edited.connect(self._on_row_labels_edited)
            row.moved.connect(self._on_row_moved)
            row.use_chosen.connect(self._on_row_use_chosen)
            row.enter(self._grid, number + 1)
            self.rows.append(row)

    def _run(self, action: Callable[[UnitOfWork], Outcome[Counter]], said: Callable[[Counter], str]) -> None:
        self.context.operations.run(self, action, None, self._on_refused, said=said)

    def _on_refused(self, error: Exception) -> None:
        self.context.messages.report(error)
        if self.new is None:  # else what was typed for a new counter would be lost
            self.refresh()

    def _on_row_labels_edited(self, counter: Counter, labels: dict[str, str]) -> None:
        self._run(
            lambda uow: counters.edit(counter.id, labels, uow),
            lambda _counter: _("The counter has its new name."),
        )

    def _on_row_moved(self, counter: Counter, position: int) -> None:
        self._run(
            lambda uow: counters.edit(counter.id, {"position": position}, uow),
            lambda made: _("The counter has number {number}.").format(number=made.position),
        )

    def _on_row_use_chosen(self, counter: Counter, in_use: bool) -> None:
        self._run(
            lambda uow: counters.edit(counter.id, {"hidden": not in_use}, uow),
            lambda made: _("The counter is out of use.") if made.hidden else _("The counter is in use."),
        )

    def _on_add_button_clicked(self) -> None:
        self.new = CounterRow(None, is_first=True, is_last=True)
        self.new.enter(self._grid, len(self.rows) + 1)
        self.add_button.hide()
        self.open_button.show()
        self.new.fields["fr"].setFocus()

    def _on_open_button_clicked(self) -> None:
        if self.new is None:
            return
        labels = self.new.labels()
        taken = {row.counter.code for row in self.rows if row.counter}
        code = make_code(labels["label_en"] or labels["label_fr"], taken)
        new = counters.NewCounter(code, **labels)
        self._run(
            lambda uow: counters.add(new, uow),
            lambda made: _("The counter is open with number {number}.").format(number=made.position),
        )

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if changes.counters or changes.everything:
            self.refresh()


def make_code(label: str, taken: set[str]) -> str:
    """A code for a new counter: the Latin letters of its label, numbered when there was one before."""
    letters = "".join(char if char.isascii() and char.isalnum() else "_" for char in label.lower())
    stem = "_".join(part for part in letters.split("_") if part)[:24]
    stem = stem if stem.isidentifier() else f"counter_{stem}".rstrip("_")
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code
