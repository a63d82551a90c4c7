"""What was done with files, in sentences."""

from app.i18n import _, ngettext
from app.services.exchange.letter import kinds_of
from app.services.exchange.receiving import Preview
from ui.sync.intake import Account, TakenFile
from ui.sync.trust_words import word_announced
from ui.sync.wording import word_and, word_changes, word_count, word_kind, word_office, word_place


def word_taken(taken: TakenFile, *, waiting: bool) -> str:
    """What one file did, or why it did nothing. `waiting`: it is still kept until an earlier one comes."""
    done, letter = taken.done, taken.opened.letter
    if done is None or letter is None:
        return taken.problem
    office = word_office(letter.sender)
    if done.known:
        return _("From {office}: taken in before, nothing was done again.").format(office=office)
    if waiting:
        return _("From {office}: kept until an earlier bundle comes; it is then taken in by itself.").format(
            office=office
        )
    if done.waits:
        return _("From {office}: {changes}, which had waited for an earlier bundle.").format(
            office=office, changes=word_changes(done.ops_waiting)
        )
    if not done.ops_new:
        return _("From {office}: nothing new, everything was here already.").format(office=office)
    kinds = [part for kind in kinds_of(done.created, done.changed) for part in word_kind(kind)]
    said = _("From {office}: {what}.").format(office=office, what=word_and(kinds or [word_changes(done.ops_new)]))
    return " ".join([said, *map(word_announced, done.revocations)])


def word_carried(done: Preview) -> str:
    """What a bundle did that was taken in without being asked about, in one line and without what it holds."""
    office = word_place(done.sender_names, done.sender)
    if done.known:
        return _("From {office}: taken in before, nothing was done again.").format(office=office)
    if done.waits:
        return _("From {office}: kept until an earlier bundle comes; it is then taken in by itself.").format(
            office=office
        )
    if not done.ops_new:
        return _("From {office}: nothing new, everything was here already.").format(office=office)
    said = _("{changes} taken in from {office}.").format(changes=word_changes(done.ops_new), office=office)
    return " ".join(part for part in (said, word_to_decide(done), *map(word_announced, done.revocations)) if part)


def word_to_decide(done: Preview) -> str:
    """How many values wait for a decision since; empty for none."""
    if not done.conflicts:
        return ""
    return ngettext(
        "{number} value waits for your decision.", "{number} values wait for your decision.", done.conflicts
    ).format(number=word_count(done.conflicts))


def word_headline(account: Account) -> str:
    """The account in a few words."""
    good = [taken for taken in account.taken if taken.done is not None]
    if account.stopped and not good:
        return _("Stopped. Everything is as it was before.")
    if account.stopped:
        return _("Stopped. What is listed here was taken in before; the rest was left as it is.")
    if not good:
        return _("Nothing was taken in. Everything is as it was before.")
    if len(good) < len(account.taken):
        return _("Some files could not be taken in; the others are done.")
    return _("All is taken in.")
