"""Trusting an office no longer: asked about first, for what comes from it is refused from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtWidgets import QDialogButtonBox, QGridLayout

from app.changes import Changes
from app.i18n import _
from app.outcome import Outcome
from app.services.exchange import revoking
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMessageBox, QWidget

    from app.bootstrap import UnitOfWork
    from ui.page import PageContext
    from ui.sync.office_card import OfficeCard

_LONGEST_REASON: Final = 200


def ask_to_revoke(context: PageContext, owner: QWidget, card: OfficeCard, on_done: Callable[[], None]) -> None:
    """Ask, and when that is wished, trust the office of a card no longer."""
    name = card.word_name()

    def carry_out() -> None:
        given = reason.text

        def revoke(uow: UnitOfWork) -> Outcome[None]:
            revoking.revoke(card.office.installation.hex, uow, given)
            return Outcome(None, Changes())

        context.operations.run(
            owner,
            revoke,
            lambda _none: on_done(),
            said=lambda _none: _(
                "{office} is no longer trusted. The other offices hear of it with the next bundles."
            ).format(office=name),
        )

    reason = LineField(lambda: _("Why? The other offices read it, with the next bundles."), max_length=_LONGEST_REASON)
    box = context.messages.ask(
        owner,
        _("Trust {office} no longer?").format(office=name),
        _(
            "Do this when the computer there was lost or stolen, or when somebody else uses it. Nothing that comes "
            "from it is taken in any more, and nothing is written for it. What it sent before stays."
        ),
        _("Trust it no longer"),
        carry_out,
        danger=True,
    )
    _put_above_buttons(box, reason)


def _put_above_buttons(box: QMessageBox, field: QWidget) -> None:
    """Below the text of a dialog; its buttons go one row down."""
    grid, buttons = box.layout(), box.findChild(QDialogButtonBox)
    if not isinstance(grid, QGridLayout) or buttons is None:
        raise TypeError("a message box has a grid and buttons")
    row, column, _rows, columns = cast("tuple[int, int, int, int]", grid.getItemPosition(grid.indexOf(buttons)))
    grid.removeWidget(buttons)
    grid.addWidget(field, row, column, 1, columns)
    grid.addWidget(buttons, row + 1, column, 1, columns)
