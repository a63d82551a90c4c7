"""One record of a pair, with all that tells people apart."""

from PySide6.QtWidgets import QGridLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.people import PersonRow
from app.i18n import _
from ui.languages import follow_language
from ui.people.wording import word_birth, word_last_visit, word_nationality, word_open_visit, word_phone_tail
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import Label


class RecordCard(Card):
    """The name in both scripts and the facts below it, each in the same place on both cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.LARGE, spacing=Gap.SMALL)
        self._row: PersonRow | None = None
        self.name = Label(step="large", wraps=True)
        self.name_ar = Label(step="large", wraps=True)
        self._facts = [(Label(tone="quiet"), Label(wraps=True)) for _number in range(5)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(Gap.LARGE)
        grid.setVerticalSpacing(Gap.HAIR)
        grid.setColumnStretch(1, 1)
        for number, (title, fact) in enumerate(self._facts):
            grid.addWidget(title, number, 0)
            grid.addWidget(fact, number, 1)
        self.body.addWidget(self.name)
        self.body.addWidget(self.name_ar)
        self.body.addLayout(grid)
        self.body.addStretch()
        follow_language(self, self.retranslate)

    def show_row(self, row: PersonRow) -> None:
        """Show somebody."""
        self._row = row
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything again."""
        row = self._row
        if row is None:
            return
        today = day_of(system_clock())
        self.name.show_text(row.name or "–")
        self.name_ar.show_text(row.name_ar or "–")
        facts = (
            (_("Number"), row.number),
            (_("Born"), word_birth(row.birth)),
            (_("Nationality"), word_nationality(row.nationality)),
            (_("Phone"), word_phone_tail(row.phone_tail)),
            (_("Visits"), word_open_visit(row, today) or word_last_visit(row, today, {})),
        )
        for (title, label), (name, fact) in zip(self._facts, facts, strict=True):
            title.show_text(name)
            label.show_text(fact or _("not stated"))
