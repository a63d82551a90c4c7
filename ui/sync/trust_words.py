"""What bundles say of offices that are no longer trusted, in sentences."""

from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.services.exchange.asking import Question
from ui.sync.wording import word_count, word_moment, word_place

if TYPE_CHECKING:
    from app.services.exchange.receiving import Preview
    from app.services.exchange.revoking import Announced


def word_announced(item: "Announced") -> str:
    """Who is no longer trusted, by whom, since when, and why; and what that means here."""
    moment = word_moment(item.at)
    by = word_place(item.by.names, item.by.label)
    if item.ours:
        sentence = _(
            "{by} no longer trusts this computer ({moment}). The offices that hear of it refuse what is written here: "
            "call them."
        ).format(by=by, moment=moment)
    else:
        sentence = _(
            "{by} no longer trusts the computer of {office} ({moment}): from then on nothing is taken in from it here "
            "either."
        ).format(by=by, office=word_place(item.who.names, item.who.label), moment=moment)
    return f"{sentence} {item.reason}".rstrip()


def word_still_revoked(item: "Announced") -> str:
    """That another office no longer trusts one that is about to be added here."""
    sentence = _(
        "{by} no longer trusts the computer of {office} ({moment}). Before you add it, ask {by} whether that is "
        "settled."
    ).format(
        by=word_place(item.by.names, item.by.label),
        office=word_place(item.who.names, item.who.label),
        moment=word_moment(item.at),
    )
    return f"{sentence} {item.reason}".rstrip()


def word_held_back(office: str, count: int) -> str:
    """How many changes are of an office that is no longer trusted."""
    return ngettext(
        "{number} change is of {office}, whose computer is no longer trusted. It may have been written by somebody "
        "else.",
        "{number} changes are of {office}, whose computer is no longer trusted. They may have been written by somebody "
        "else.",
        count,
    ).format(number=word_count(count), office=office)


def word_asking(office: str, preview: "Preview") -> str:
    """Why a bundle in the folder waits for a person."""
    if Question.DELETIONS in preview.asks:
        return _(
            "A bundle from {office} would delete {count} records. It was not taken in: look at it on the Exchange page "
            "first."
        ).format(office=office, count=preview.deleted)
    return _(
        "A bundle from {office} brings changes of an office that is no longer trusted. It was not taken in: look at it "
        "on the Exchange page first."
    ).format(office=office)
