"""Trusting an office no longer: asked about first, for what comes from it is refused from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.changes import Changes
from app.i18n import _
from app.outcome import Outcome
from app.services.exchange import revoking

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from ui.page import PageContext
    from ui.sync.office_card import OfficeCard


def ask_to_revoke(context: PageContext, owner: QWidget, card: OfficeCard, on_done: Callable[[], None]) -> None:
    """Ask, and when that is wished, trust the office of a card no longer."""
    name = card.word_name()

    def revoke(uow: UnitOfWork) -> Outcome[None]:
        revoking.revoke(card.office.installation.hex, uow)
        return Outcome(None, Changes())

    def carry_out() -> None:
        context.operations.run(
            owner,
            revoke,
            lambda _none: on_done(),
            said=lambda _none: _(
                "{office} is no longer trusted. The other offices hear of it with the next bundles."
            ).format(office=name),
        )

    context.messages.ask(
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
