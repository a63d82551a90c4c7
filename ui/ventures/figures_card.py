"""Monthly figures: what is plotted, the month that is marked in words, and the form's button."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.ventures import Series, next_month
from app.i18n import _, ngettext
from ui.languages import follow_language
from ui.people.wording import join_facts
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount, word_month, word_number
from ui.ventures.bars import SOLID, STRIPED, Swatch
from ui.ventures.plot import CLIENTS, JOBS, TURNOVER, FiguresPlot
from ui.ventures.rows import Section
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.choices import OneOf
from ui.widgets.labels import IconLabel, Label


class FiguresCard(Section):
    """`noted` carries the month that is to be written about."""

    noted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, may_note: bool) -> None:
        self.note_button = Button(lambda: _("Note a month"), PLAIN, dense=True, key="F4", icon="edit")
        super().__init__(lambda: _("Monthly figures"), self.note_button, parent=parent)
        self._series = Series((), (), (), (), (), ())
        self.note_button.setVisible(may_note)
        self.what = OneOf(
            lambda: _("What is plotted"),
            [
                (TURNOVER, lambda: _("Turnover")),
                (CLIENTS, lambda: _("Clients")),
                (JOBS, lambda: _("Jobs")),
            ],
        )
        self.plot = FiguresPlot(self._word_plot)
        self.readout = Label(self._word_month, wraps=True)
        self.gaps = Label(self._word_gaps, step="small", tone="attention", wraps=True)
        self._gap_row = QWidget()
        gaps = QHBoxLayout(self._gap_row)
        gaps.setContentsMargins(0, 0, 0, 0)
        gaps.setSpacing(Gap.HAIR)
        gaps.addWidget(IconLabel("warning", "attention", 14))
        gaps.addWidget(self.gaps, 1)
        self._legend = QWidget()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(Gap.HAIR)
        for tone, fill, words in (
            ("primary", SOLID, lambda: _("women")),
            ("information", STRIPED, lambda: _("men")),
        ):
            legend.addWidget(Swatch(tone, fill))
            legend.addWidget(Label(words, step="small"))
            legend.addSpacing(Gap.SMALL)
        legend.addStretch()
        head = QHBoxLayout()
        head.addWidget(self.what, 1)
        head.addWidget(self._legend)
        self._nothing = Label(
            lambda: _("No month noted yet. F4 notes the turnover, the clients and the jobs of a month."),
            tone="quiet", wraps=True,
        )  # fmt: skip
        self.body.addLayout(head)
        for part in (self.plot, self.readout, self._gap_row, self._nothing):
            self.body.addWidget(part)
        self.what.chosen.connect(lambda _key: self._adapt())
        self.plot.month_marked.connect(lambda _number: self.readout.retranslate())
        self.note_button.clicked.connect(lambda: self.noted.emit(self.wanted_month))
        self._adapt()
        follow_language(self, self._adapt)

    @property
    def wanted_month(self) -> date:
        """The first gap; without one the month after the last that was noted; else the month that is over."""
        if self._series.gaps:
            return self._series.gaps[0]
        today = day_of(system_clock()).replace(day=1)
        return min(next_month(self._series.months[-1]), today) if self._series.months else today

    def show_series(self, series: Series) -> None:
        """Show other figures."""
        self._series = series
        self._adapt()

    def _adapt(self) -> None:
        some = bool(self._series.months)
        for part in (self.plot, self.readout, self.what):
            part.setVisible(some)
        self._nothing.setVisible(not some)
        self._gap_row.setVisible(bool(self._series.gaps))
        self._legend.setVisible(some and self.what.value == JOBS)
        self.plot.show_series(self._series, self.what.value, self._word_month)
        for label in (self.readout, self.gaps):
            label.retranslate()

    def _word_plot(self) -> str:
        return _("Plot of the monthly figures, arrows go from month to month")

    def _word_month(self) -> str:
        at, series = self.plot.marked, self._series
        if not 0 <= at < len(series.months):
            return ""
        month = word_month(series.months[at])
        if series.months[at] in series.gaps:
            return _("{month}: nothing noted").format(month=month)
        turnover, clients = series.turnover[at], series.clients[at]
        women, men = series.jobs_women[at], series.jobs_men[at]
        facts = [
            "" if turnover is None else word_amount(turnover, "MAD"),
            "" if clients is None
            else ngettext("{number} client", "{number} clients", clients).format(number=word_number(clients)),
            "" if women is None and men is None
            else _("jobs: {women} women, {men} men").format(women=_or_unknown(women), men=_or_unknown(men)),
        ]  # fmt: skip
        return _("{month}: {facts}").format(month=month, facts=join_facts(*facts))

    def _word_gaps(self) -> str:
        count = len(self._series.gaps)
        return ngettext("{number} month is missing", "{number} months are missing", count).format(
            number=word_number(count)
        )


def _or_unknown(count: int | None) -> str:
    return "?" if count is None else word_number(count)
