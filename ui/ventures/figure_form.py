"""What a venture did in a month."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.ids import VentureId
from app.domain.ventures import MonthlyFigure
from app.i18n import _
from app.outcome import Outcome
from app.services import monthly_figures
from ui.page import PageContext
from ui.ventures.amounts import read_month, word_month, write_amount, write_month
from ui.ventures.form import FormPanel, amount_field, count_field
from ui.widgets.fields import LineField


class FigureForm(FormPanel):
    """An empty field is not known, which is something else than nothing. `kept` carries the month."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Figures of a month"), lambda: _("Keep the figures"), parent)
        self._context = context
        self._venture_id: VentureId | None = None
        self._known: dict[date, MonthlyFigure] = {}
        self.explain(lambda: _("Leave empty what nobody knows. Write 0 where there was nothing."))
        self.month = LineField(lambda: _("Month"), placeholder=lambda: _("03/2026"), left_to_right=True, max_length=7)
        self.turnover = amount_field(lambda: _("Turnover in dirhams"))
        self.clients = count_field(lambda: _("Clients"))
        self.women = count_field(lambda: _("Jobs held by women"))
        self.men = count_field(lambda: _("Jobs held by men"))
        self.note = LineField(lambda: _("Note"), max_length=500)
        self.beside(self.month, self.turnover)
        self.beside(self.clients, self.women, self.men)
        self.add(self.note)
        self.month.edited.connect(self._on_month_edited)

    def begin(self, venture_id: VentureId, known: tuple[MonthlyFigure, ...], month: date) -> None:
        """Write about a month; what was said of it before is shown."""
        self._venture_id = venture_id
        self._known = {figure.month: figure for figure in known}
        self.month.set_text(write_month(month))
        self.month.clear_error()
        self._fill(month)

    def enter(self) -> None:
        """The month is proposed; the turnover is what is asked first."""
        self.turnover.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        wrong_month = lambda: _("Not understood. Write the month as 03/2026.")  # noqa: E731 - words
        month = self.read(self.month, read_month, wrong_month)
        if month is None and not self.is_wrong:
            self.blame(self.month, wrong_month)
        turnover = self.read_amount(self.turnover)
        clients, women, men = (self.read_count(field) for field in (self.clients, self.women, self.men))
        venture_id = self._venture_id
        if self.is_wrong or month is None or venture_id is None:
            return
        figure = MonthlyFigure(month, turnover, clients, women, men, self.note.text)

        def act(uow: UnitOfWork) -> Outcome[MonthlyFigure]:
            return monthly_figures.note_figure(venture_id, figure, uow)

        def word(noted: MonthlyFigure) -> str:
            return _("The figures of {month} are kept.").format(month=word_month(noted.month))

        self._context.operations.run(self, act, lambda noted: self.kept.emit(noted.month), busy=self.save, said=word)

    def _fill(self, month: date) -> None:
        figure = self._known.get(month, MonthlyFigure(month))
        self.turnover.set_text("" if figure.turnover is None else write_amount(figure.turnover))
        for field, count in (
            (self.clients, figure.clients), (self.women, figure.jobs_women), (self.men, figure.jobs_men),
        ):  # fmt: skip
            field.set_text("" if count is None else str(count))
            field.clear_error()
        self.turnover.clear_error()
        self.note.set_text(figure.note)

    def _on_month_edited(self, text: str) -> None:
        try:
            month = read_month(text)
        except ValueError:
            return
        if month in self._known:
            self._fill(month)
