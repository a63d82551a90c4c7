"""The certificates that were issued: found by number or name, with their state in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from app.domain.papers import VALID, Certificate
from app.i18n import _
from app.services.certificates import checking, life
from ui.papers.wording import STATE_SIGNS, word_facts, word_state, word_title
from ui.placements.list_section import ListSection
from ui.ventures.rows import Action, Row, Rows
from ui.widgets.buttons import PRIMARY, Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from ui.page import PageContext

VALID_ONES, ENDED, OFFICES = "valid", "ended", "all"
_MOST: Final = 2_000
"""Certificates read at once; an older one is found by its whole number."""


class CertificatesSection(ListSection):
    """`opened` carries a certificate's id; the button leads to trainings, where certificates begin."""

    opened = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Which certificates"),
            (
                (VALID_ONES, lambda: _("Valid")),
                (ENDED, lambda: _("No longer valid")),
                (OFFICES, lambda: _("Of all hubs")),
            ),
            lambda: _("Number or name"),
            Rows(lambda: _("None of this kind. Look among the others, or write the whole number and Enter.")),
            Button(lambda: _("From a training"), PRIMARY, key="F2", icon="trainings", dense=True),
            (
                "papers",
                lambda: _("No certificate yet"),
                lambda: _("F2 leads to the trainings: open one, then F11 for the certificates of all who took part."),
            ),
        )
        self.search.returnPressed.connect(self._on_search_entered)

    def refresh(self) -> None:
        """Read the list again."""
        everywhere = self.which.value == OFFICES

        def read(uow: UnitOfWork) -> tuple[Certificate, ...]:
            return life.list_certificates(uow, everywhere=everywhere, limit=_MOST)

        self._context.operations.query(self, read, self._show, lane="certificates")

    def primary_focus(self) -> QWidget:
        """The search: a number or a name is what people come with."""
        return self.search

    def _show(self, found: tuple[Certificate, ...]) -> None:
        which = self.which.value
        chosen = [item for item in found if which == OFFICES or (item.state in VALID) == (which == VALID_ONES)]
        self.show_rows([self._row(item) for item in chosen], nothing=not found)

    def _row(self, item: Certificate) -> Row:
        icon, tone = STATE_SIGNS[item.state]

        def title() -> str:
            return word_title(item)

        action = Action(lambda: _("Open"), partial(self.opened.emit, item.id), title)
        return Row(
            item.id, title, lambda: word_facts(item), lambda: word_state(item.state), icon, tone, (action,)
        )  # fmt: skip

    def _on_search_entered(self) -> None:
        """The only one that fits, else whatever is on record under a number."""
        shown = self.rows.keys
        if len(shown) == 1:
            self.opened.emit(shown[0])
            return
        text = self.search.text().strip()
        if text:
            self._context.operations.query(
                self, lambda uow: checking.look_up(text, uow), lambda found: self.opened.emit(found.id)
            )

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.papers or changes.people):
            self.refresh()
