"""The three lists of the page: placements with what is to be asked, offers, employers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.placements import Employer, OfferRow, OfferState, PlacementRow, PlacementState
from app.i18n import _, pgettext
from app.services import employers, placements
from ui.people.wording import isolate, join_facts
from ui.placements.list_section import ListSection, may_wrap
from ui.placements.wording import (
    word_check,
    word_employer,
    word_offer,
    word_placement,
    word_places,
    word_steps_left,
    word_who,
)
from ui.ventures.rows import Action, Row, Rows, Section
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.words import as_is, no_words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.outcome import Outcome
    from ui.page import PageContext

CURRENT, ENDED, OPEN, ALL, USED, HIDDEN = "current", "ended", "open", "all", "used", "hidden"


@dataclass(frozen=True, slots=True)
class _Placed:
    rows: tuple[PlacementRow, ...]
    due: tuple[PlacementRow, ...]
    today: date


def _no_match() -> str:
    return _("None of this kind. Look among the others, or write other letters.")


class PlacementsSection(ListSection):
    """`opened` and `check_requested` carry a placement. What is to be asked stands above the list."""

    opened = Signal(object)
    check_requested = Signal(object)

    def __init__(self, context: PageContext) -> None:
        add = Button(lambda: _("Somebody begins work"), PRIMARY, key="F2", icon="plus", dense=True)
        super().__init__(
            context,
            lambda: _("Which placements"),
            ((CURRENT, lambda: _("In post")), (ENDED, lambda: pgettext("placements", "Ended"))),
            lambda: _("Name, post or employer"),
            Rows(_no_match),
            add,
            (
                "placement",
                lambda: _("Nobody has been placed so far"),
                lambda: _("F2 notes that somebody begins work. Offers and employers have their own lists above."),
            ),
        )
        self.due = Rows(no_words)
        self._due_card = Section(lambda: _("Three months are past: still there?"))
        self._due_card.body.addWidget(self.due)
        may_wrap(self._due_card, self.due)
        self.column.insertWidget(0, self._due_card)
        self._due_card.hide()
        add.setEnabled(context.actor.may(Permission.ACCOMPANY))

    def refresh(self) -> None:
        """Read both lists of this hub."""

        def read(uow: UnitOfWork) -> _Placed:
            rows = placements.list_placements(uow, hub=uow.actor.hub_id)
            return _Placed(rows, placements.list_due(uow), day_of(uow.now))

        self._context.operations.query(self, read, self._show, lane="placements")

    def primary_focus(self) -> QWidget:
        """Who is to be asked after comes first."""
        return self.due.button(self.due.keys[0]) if self.due.keys else super().primary_focus()

    def _show(self, found: _Placed) -> None:
        may = self._context.actor.may(Permission.ACCOMPANY)
        self._due_card.setVisible(bool(found.due))
        self.due.show_rows([self._due_row(row, found.today, may=may) for row in found.due])
        wanted = [row for row in found.rows if (row.state is PlacementState.CURRENT) == (self.which.value == CURRENT)]
        self.show_rows([self._row(row, found.today) for row in wanted], nothing=not found.rows)

    def _due_row(self, row: PlacementRow, today: date, *, may: bool) -> Row:
        def words() -> str:
            return word_who(row)

        def facts() -> str:
            return join_facts(row.title, row.employer, word_check(row, today))

        ask = Action(lambda: _("Note the answer"), partial(self.check_requested.emit, row), words)
        look = Action(lambda: _("Look"), partial(self.opened.emit, row.id), words)
        return Row(row.id, words, facts, icon="phone", tone="attention", actions=(ask, look) if may else (look,))

    def _row(self, row: PlacementRow, today: date) -> Row:
        def words() -> str:
            return word_who(row)

        def facts() -> str:
            return join_facts(word_placement(row), word_steps_left(row))

        def check() -> str:
            return word_check(row, today) if not row.is_due(today) else ""

        look = Action(lambda: _("Look"), partial(self.opened.emit, row.id), words)
        return Row(row.id, words, facts, check, "placement", actions=(look,))


class OffersSection(ListSection):
    """`opened` carries the id of an offer."""

    opened = Signal(object)

    def __init__(self, context: PageContext) -> None:
        add = Button(lambda: _("Add an offer"), PRIMARY, key="F2", icon="plus", dense=True)
        super().__init__(
            context,
            lambda: _("Which offers"),
            ((OPEN, lambda: pgettext("offers", "Open")), (ALL, lambda: pgettext("offers", "All"))),
            lambda: _("Post or employer"),
            Rows(_no_match),
            add,
            (
                "placement",
                lambda: _("No offer is on record yet"),
                lambda: _("F2 notes the work that an employer offers; people are then proposed for it."),
            ),
        )
        add.setEnabled(context.actor.may(Permission.ACCOMPANY))

    def refresh(self) -> None:
        """Read the offers of all hubs."""
        self._context.operations.query(
            self, lambda uow: employers.list_offers(uow, everything=True), self._show, lane="offers"
        )

    def _show(self, found: tuple[OfferRow, ...]) -> None:
        wanted = [row for row in found if self.which.value == ALL or row.state is OfferState.OPEN]
        self.show_rows([self._row(row) for row in wanted], nothing=not found)

    def _row(self, row: OfferRow) -> Row:
        tone = "attention" if row.over else "good" if row.free and row.state is OfferState.OPEN else "quiet_ink"
        look = Action(lambda: _("Look"), partial(self.opened.emit, row.id), as_is(row.title))
        return Row(
            row.id, as_is(row.title), lambda: word_offer(row), lambda: word_places(row),
            "warning" if row.over else "placement", tone, (look,),
        )  # fmt: skip


class EmployersSection(ListSection):
    """`change_requested` carries an Employer, `offer_requested` the id of one."""

    change_requested = Signal(object)
    offer_requested = Signal(object)

    def __init__(self, context: PageContext) -> None:
        add = Button(lambda: _("Add an employer"), PRIMARY, key="F2", icon="plus", dense=True)
        super().__init__(
            context,
            lambda: _("Which employers"),
            ((USED, lambda: _("In use")), (HIDDEN, lambda: _("Out of use"))),
            lambda: _("Name, sector or city"),
            Rows(_no_match),
            add,
            (
                "people",
                lambda: _("No employer is on record yet"),
                lambda: _("F2 puts one on record. A new one can also be named with an offer or a placement."),
            ),
        )
        add.setEnabled(context.actor.may(Permission.ACCOMPANY))

    def refresh(self) -> None:
        """Read the employers of all hubs."""
        self._context.operations.query(
            self, lambda uow: employers.list_employers(uow, hidden=True), self._show, lane="employers"
        )

    def _show(self, found: tuple[Employer, ...]) -> None:
        may = self._context.actor.may(Permission.ACCOMPANY)
        wanted = [one for one in found if one.hidden == (self.which.value == HIDDEN)]
        self.show_rows([self._row(one, may=may) for one in wanted], nothing=not found)

    def _row(self, one: Employer, *, may: bool) -> Row:
        hint = as_is(one.name)
        actions: tuple[Action, ...] = ()
        if may and one.hidden:
            actions = (Action(lambda: _("Use again"), partial(self._hide, one, hidden=False), hint),)
        elif may:
            actions = (
                Action(lambda: _("Add an offer"), partial(self.offer_requested.emit, one.id), hint),
                Action(lambda: _("Change"), partial(self.change_requested.emit, one), hint),
                Action(lambda: _("Take out of use"), partial(self._hide, one, hidden=True), hint),
            )
        return Row(one.id, hint, lambda: word_employer(one), icon="people", actions=actions)

    def _hide(self, one: Employer, *, hidden: bool) -> None:
        def act(uow: UnitOfWork) -> Outcome[Employer]:
            return employers.edit_employer(one.id, {"hidden": hidden}, uow)

        def word(_row: Employer) -> str:
            name = isolate(one.name)
            if hidden:
                return _("{name} is not offered any more; what is on record stays.").format(name=name)
            return _("{name} is in use again.").format(name=name)

        self._context.operations.run(self, act, said=word)
