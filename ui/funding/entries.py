"""What a number of the gauge counts, one by one, with the sum at the end: it can be checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.codes import code_list
from app.domain.gauge import Figure
from app.domain.ids import hub_id
from app.domain.money import Currency
from app.i18n import _, ngettext
from ui.people.wording import join_facts
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount, word_date, word_number, word_rate
from ui.ventures.rows import Action, Row, Rows
from ui.ventures.wording import word_code
from ui.widgets.cards import Card
from ui.widgets.labels import Label, rule
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from uuid import UUID

    from app.domain.gauge import Gauge, GaugeEntry
    from app.domain.ids import HubId


@dataclass(frozen=True, slots=True)
class Asked:
    """A number: a figure, of one hub or one kind where given."""

    figure: Figure
    hub: HubId | None = None
    kind: str | None = None


class EntriesPanel(Panel):
    """`opened` carries the id of an agreement."""

    opened = Signal(object)
    _entries: tuple[GaugeEntry, ...] = ()
    _asked = Asked(Figure.PAID)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self.total = Label(self._word_total, strong=True)
        self.rows = Rows(lambda: _("Nothing is counted here."))
        card = Card()
        card.body.addWidget(self.rows)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.addWidget(card)
        column.addStretch()
        card.body.addWidget(rule())
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.total)
        card.body.addLayout(foot)
        self.body.addWidget(Scroller(content), 1)

    def begin(self, gauge: Gauge, asked: Asked) -> None:
        """List what a number counts, the latest first."""
        self._asked = asked
        self._entries = tuple(reversed(gauge.list_entries(asked.figure, asked.hub, asked.kind)))
        self.rows.show_rows([self._row(entry) for entry in self._entries])
        self.title.retranslate()
        self.total.retranslate()

    def enter(self) -> None:
        """The first that can be looked at."""
        first = self.rows.button(self.rows.keys[0]) if self.rows.keys else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, entry: GaugeEntry) -> Row:
        def words() -> str:
            return entry.label

        def facts() -> str:
            foreign = entry.currency is not Currency.EUR
            return join_facts(
                word_date(entry.day),
                word_code("funding_kinds", entry.kind),
                word_hub(entry.hub_id),
                entry.receipt,
                word_amount(entry.amount, entry.currency) if foreign else "",
                word_rate(entry.rate) if foreign and entry.rate is not None else "",
            )

        def figure() -> str:
            return word_amount(entry.euros, Currency.EUR) if entry.euros is not None else _("no rate")

        look = Action(lambda: _("Look"), partial(self.opened.emit, entry.agreement_id), words)
        return Row(entry.id, words, facts, figure, actions=(look,) if entry.agreement_id else ())

    def _word_title(self) -> str:
        asked = self._asked
        place = word_hub(asked.hub) if asked.hub is not None else ""
        return join_facts(word_figure(asked.figure), place, word_code("funding_kinds", asked.kind or ""))

    def _word_total(self) -> str:
        count = len(self._entries)
        total = sum((entry.euros or Decimal(0) for entry in self._entries), Decimal(0))
        return ngettext("{number} entry, {amount}", "{number} entries, {amount}", count).format(
            number=word_number(count), amount=word_amount(total, Currency.EUR)
        )


@cache
def _codes_of_hubs() -> dict[UUID, str]:
    return {hub_id(code.code): code.code for code in code_list("hubs")}


def word_hub(hub: object) -> str:
    """A hub by its id; one that is not on the list is another hub, no hub is the whole project."""
    if hub is None:
        return _("All hubs")
    code = _codes_of_hubs().get(hub)  # type: ignore[call-overload]
    return word_code("hubs", code) if code else _("another hub")


def word_figure(figure: Figure) -> str:
    """What an amount is."""
    return {
        Figure.PAID: _("Paid"),
        Figure.COMMITTED: _("Committed"),
        Figure.FORECAST: _("Forecast"),
        Figure.ELSEWHERE: _("Paid for formalities"),
        Figure.SPENDING: _("Other spending"),
    }[figure]
