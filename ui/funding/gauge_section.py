"""The two-thirds rule: what is paid, committed, forecast, against grant and spending; each number opens its list."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.gauge import GRANT_EUR, THRESHOLD_EUR, Figure
from app.domain.money import Currency
from app.i18n import _, ngettext
from app.services import gauge as gauges
from ui.funding.entries import Asked, word_figure, word_hub
from ui.languages import follow_language
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount, word_number, word_percent
from ui.ventures.bars import DOTTED, SOLID, STRIPED, Bar, Part, Swatch
from ui.ventures.rows import Section
from ui.ventures.wording import code_words
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import IconLabel, Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.gauge import Gauge
    from app.domain.gauge import Part as GaugePart
    from ui.page import PageContext
    from ui.widgets.words import Words

SHOWN: Final = (Figure.PAID, Figure.COMMITTED, Figure.FORECAST)
_FILLS: Final = {Figure.PAID: SOLID, Figure.COMMITTED: STRIPED, Figure.FORECAST: DOTTED}


class FigureTable(Section):
    """The three figures of each hub or each kind; each number is a button."""

    asked = Signal(object)

    def __init__(self, title: Words, *, by_kind: bool, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._by_kind = by_kind
        self._made: list[QWidget] = []
        self.numbers: list[Button] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Gap.SMALL)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)

    def show_parts(self, parts: tuple[GaugePart, ...]) -> None:
        """Show these; without any a sentence."""
        focus = next((number for number, button in enumerate(self.numbers) if button.hasFocus()), None)
        for old in self._made:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made, self.numbers = [], []
        if not parts:
            self._put(Label(lambda: _("Nothing yet."), tone="quiet"), 0, 0)
            return
        for column, figure in enumerate(SHOWN, 1):
            self._put(Label(partial(word_figure, figure), step="small", tone="quiet"), 0, column, far=True)
        for row, part in enumerate(parts, 1):
            self._put(Label(self._words(part)), row, 0)
            for column, figure in enumerate(SHOWN, 1):
                amount = (part.paid, part.committed, part.forecast)[column - 1]
                button = self._number(part, figure, amount)
                self._put(button, row, column, far=True)
        if focus is not None and self.numbers:
            self.numbers[min(focus, len(self.numbers) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _number(self, part: GaugePart, figure: Figure, amount: Decimal) -> Button:
        words = self._words(part)
        button = Button(
            lambda: word_amount(amount, Currency.EUR),
            PLAIN,
            dense=True,
            hint=lambda: _("{figure}, {of}: show what it counts").format(figure=word_figure(figure), of=words()),
        )
        asked = (
            Asked(figure, kind=str(part.key)) if self._by_kind else Asked(figure, hub=part.key)  # type: ignore[arg-type]
        )
        button.clicked.connect(lambda: self.asked.emit(asked))
        self.numbers.append(button)
        return button

    def _words(self, part: GaugePart) -> Words:
        return code_words("funding_kinds", str(part.key)) if self._by_kind else partial(word_hub, part.key)

    def _put(self, widget: QWidget, row: int, column: int, *, far: bool = False) -> None:
        side = Qt.AlignmentFlag.AlignTrailing if far else Qt.AlignmentFlag(0)
        if far:
            self._grid.addWidget(widget, row, column, side | Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(widget, row, column)
        self._made.append(widget)


class GaugeSection(QWidget):
    """`asked` carries what a number is about."""

    asked = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.gauge: Gauge | None = None
        self.headline = Label(self._word_headline, step="large")
        self.verdict = Label(self._word_verdict, wraps=True)
        self.sign = IconLabel("hourglass", "attention")
        self.grant_bar = Bar(self._word_grant)
        self.spent_bar = Bar(self._word_spent)
        self.grant_words = Label(self._word_grant, step="small", tone="quiet", wraps=True)
        self.spent_words = Label(self._word_spent, step="small", tone="quiet", wraps=True)
        self.figures = {figure: self._figure_button(figure) for figure in SHOWN}
        self.spent_button = self._figure_button(Figure.SPENDING)
        self.by_hub = FigureTable(lambda: _("By hub"), by_kind=False)
        self.by_kind = FigureTable(lambda: _("By kind"), by_kind=True)
        self.doubts = Label(self._word_doubts, tone="attention", wraps=True)
        self._doubt_row = QWidget()
        self._lay_out()
        for table in (self.by_hub, self.by_kind):
            table.asked.connect(self.asked)
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def refresh(self) -> None:
        """Measure again."""
        self._context.operations.query(self, gauges.show, self._show, lane="gauge")

    def primary_focus(self) -> QWidget:
        """What was paid."""
        return self.figures[Figure.PAID]

    def open_first(self) -> None:
        """Show what the first number counts."""
        self.asked.emit(Asked(Figure.PAID))

    def _figure_button(self, figure: Figure) -> Button:
        button = Button(
            lambda: self._word_amount(figure), PLAIN, dense=True,
            hint=lambda: _("{figure}: show what it counts").format(figure=word_figure(figure)),
        )  # fmt: skip
        button.clicked.connect(lambda: self.asked.emit(Asked(figure)))
        return button

    def _lay_out(self) -> None:
        top = Section(lambda: _("The two-thirds rule"))
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        legend = QHBoxLayout()
        legend.setSpacing(Gap.HAIR)
        for figure in SHOWN:
            legend.addWidget(Swatch("primary", _FILLS[figure]))
            legend.addWidget(Label(partial(word_figure, figure)))
            legend.addWidget(self.figures[figure])
            legend.addSpacing(Gap.MEDIUM)
        legend.addStretch()
        spent = QHBoxLayout()
        spent.setSpacing(Gap.HAIR)
        spent.addWidget(self.spent_words, 1)
        spent.addWidget(self.spent_button)
        top.body.addWidget(self.headline)
        top.body.addLayout(head)
        top.body.addWidget(self.grant_bar)
        top.body.addWidget(self.grant_words)
        top.body.addLayout(legend)
        top.body.addWidget(self.spent_bar)
        top.body.addLayout(spent)
        doubts = QHBoxLayout(self._doubt_row)
        doubts.setContentsMargins(0, 0, 0, 0)
        doubts.setSpacing(Gap.SMALL)
        doubts.addWidget(IconLabel("warning", "attention"), alignment=Qt.AlignmentFlag.AlignTop)
        doubts.addWidget(self.doubts, 1)
        top.body.addWidget(self._doubt_row)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.setSpacing(Gap.MEDIUM)
        for part in (top, self.by_hub, self.by_kind):
            column.addWidget(part)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroller(content))

    def _show(self, gauge: Gauge) -> None:
        self.gauge = gauge
        parts = [Part((gauge.paid, gauge.committed, gauge.forecast)[number], "primary", _FILLS[figure])
                 for number, figure in enumerate(SHOWN)]  # fmt: skip
        self.grant_bar.show_parts(parts, GRANT_EUR, THRESHOLD_EUR)
        self.spent_bar.show_parts(
            [Part(gauge.paid, "primary", SOLID)], gauge.spent, gauge.spent * 2 / 3 if gauge.spent else None
        )
        self.sign.wear("check" if gauge.is_reached else "hourglass", "good" if gauge.is_reached else "attention")
        self.by_hub.show_parts(gauge.by_hub)
        self.by_kind.show_parts(gauge.by_kind)
        self._retranslate()

    def _retranslate(self) -> None:
        for label in (self.headline, self.verdict, self.grant_words, self.spent_words, self.doubts):
            label.retranslate()
        for button in (*self.figures.values(), self.spent_button):
            button.retranslate()
        for bar in (self.grant_bar, self.spent_bar):
            bar.setAccessibleName(bar.words())
        self._doubt_row.setVisible(bool(self._word_doubts()))

    def _word_amount(self, figure: Figure) -> str:
        gauge = self.gauge
        if gauge is None:
            return "–"
        if figure is Figure.SPENDING:
            return _("other spending: {amount}").format(amount=word_amount(self._other_spending(gauge), Currency.EUR))
        amounts = dict(zip(SHOWN, (gauge.paid, gauge.committed, gauge.forecast), strict=True))
        return word_amount(amounts[figure], Currency.EUR)

    def _other_spending(self, gauge: Gauge) -> Decimal:
        return sum((entry.euros or Decimal(0) for entry in gauge.list_entries(Figure.SPENDING)), Decimal(0))

    def _word_headline(self) -> str:
        gauge = self.gauge
        if gauge is None:
            return ""
        return _("{amount} have reached beneficiaries: {share} of the grant").format(
            amount=word_amount(gauge.paid, Currency.EUR), share=word_percent(gauge.share_of_grant * 100)
        )

    def _word_verdict(self) -> str:
        gauge = self.gauge
        if gauge is None:
            return ""
        if gauge.is_reached:
            return _("More than two thirds of the grant were paid to beneficiaries: the rule holds.")
        return _("{amount} more must be paid for the rule to hold: more than two thirds of {grant}.").format(
            amount=word_amount(gauge.missing, Currency.EUR), grant=word_amount(GRANT_EUR, Currency.EUR)
        )

    def _word_grant(self) -> str:
        return _("Against the grant of {grant}; the line is at two thirds, {threshold}").format(
            grant=word_amount(GRANT_EUR, Currency.EUR), threshold=word_amount(THRESHOLD_EUR, Currency.EUR)
        )

    def _word_spent(self) -> str:
        gauge = self.gauge
        if gauge is None or gauge.share_of_spending is None:
            return _("Nothing spent yet.")
        return _("Against what was spent so far, {spent}: {share}; the line is at two thirds").format(
            spent=word_amount(gauge.spent, Currency.EUR), share=word_percent(gauge.share_of_spending * 100)
        )

    def _word_doubts(self) -> str:
        gauge = self.gauge
        if gauge is None:
            return ""
        open_ones = sum(not warning.explained for warning in gauge.warnings)
        found = []
        if open_ones:
            found.append(
                ngettext(
                    "{number} agreement figure stands against the rules without a reason on record.",
                    "{number} agreement figures stand against the rules without a reason on record.",
                    open_ones,
                ).format(number=word_number(open_ones))
            )
        if gauge.without_receipt:
            found.append(
                ngettext(
                    "{number} payment has no receipt number.", "{number} payments have no receipt number.",
                    gauge.without_receipt,
                ).format(number=word_number(gauge.without_receipt))
            )  # fmt: skip
        return " ".join(found)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.funding):
            self.refresh()
