"""How steps of an agreement and what its figures say are worded."""

from app.domain.funding import Caution, FundingWarning, Move
from app.i18n import _
from ui.ventures.amounts import word_amount


def word_move(move: Move) -> str:
    """What a step of an agreement does, as a button says it."""
    return {
        Move.PRESELECT: _("Shortlist"),
        Move.SEND_TO_COMMITTEE: _("Send to the committee"),
        Move.GRANT: _("Grant"),
        Move.SIGN: _("The agreement is signed"),
        Move.SETTLE: _("Settle"),
        Move.REOPEN: _("Reopen …"),
        Move.CANCEL: _("Cancel the agreement …"),
    }[move]


def word_moved(move: Move) -> str:
    """That the step was taken."""
    return {
        Move.PRESELECT: _("Shortlisted."),
        Move.SEND_TO_COMMITTEE: _("Sent to the committee."),
        Move.GRANT: _("Granted."),
        Move.SIGN: _("The signature is on record."),
        Move.SETTLE: _("Settled."),
        Move.REOPEN: _("Reopened."),
        Move.CANCEL: _("Cancelled."),
    }[move]


def word_warning(warning: FundingWarning, currency: str) -> str:
    """What stands against the rules, with the amount that it is about."""
    amount = word_amount(warning.amount, currency)
    words = {
        Caution.OVER_PAID: _("{amount} more was paid than the tranche is."),
        Caution.OVER_AGREED: _("{amount} more was paid than was agreed."),
        Caution.OVER_PLANNED: _("The tranches come to {amount} more than was agreed."),
        Caution.PAID_BEFORE_CONDITION: _("{amount} was paid before the condition was met."),
        Caution.PAID_BEFORE_SIGNATURE: _("{amount} was paid before the signature."),
        Caution.PAID_THOUGH_CANCELLED: _("{amount} is out though the agreement is cancelled."),
        Caution.RECOVERED_TOO_MUCH: _("{amount} more was recovered than was paid."),
        Caution.JUSTIFIED_TOO_MUCH: _("{amount} more is accounted for than was paid."),
        Caution.SETTLED_UNJUSTIFIED: _("Settled though {amount} is not accounted for."),
        Caution.REMOVED: _("Taken back at one office while another paid {amount} on it."),
        Caution.NO_RATE: _("No rate for {amount}: it counts as nothing in euros."),
        Caution.UNREADABLE: _("Something here was written by a newer program and can't be read."),
    }
    text = words[warning.kind].format(amount=amount) if warning.kind in words else str(warning.kind)
    return _("{warning} The reason is on record.").format(warning=text) if warning.explained else text
