"""The line at the foot of the window that says how the exchange folder stands, for whoever sits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from ui.notices import StateLine
from ui.people.wording import isolate, word_time
from ui.sync.wording import word_count

if TYPE_CHECKING:
    from ui.sync.watch import FolderState


def tell_state(state: FolderState, *, may_decide: bool) -> StateLine:
    """In few words, with the whole sentence as the hint. Nothing about any record: it is read by everybody."""
    if state.unerased:
        return StateLine(_("Erasing is not finished"), "attention", word_unerased())
    if state.twice:
        return _tell_twice(state.twice)
    return _tell_folder(state, may_decide=may_decide)


def _tell_folder(state: FolderState, *, may_decide: bool) -> StateLine:
    if not state.folder:
        return StateLine("", "", "")
    if state.lapsed:
        return StateLine(_("Exchange is stopped"), "attention", word_lapsed())
    if state.problem:
        return StateLine(_("Exchange folder not found"), "attention", state.problem)
    waiting = state.undecided + len(state.asking)
    if waiting:
        return _tell_waiting(waiting, may_decide=may_decide)
    if state.looked_at is None:
        return StateLine(_("Exchange by itself"), "", state.folder)
    at = isolate(word_time(state.looked_at))
    return StateLine(_("Exchange in order, {time}").format(time=at), "good", state.folder)


def word_unerased() -> str:
    """Why somebody who was erased may not be gone altogether."""
    return _(
        "Copies on this computer may still hold what was erased: the disk refused to clear them. Make room on it; it "
        "is tried again at the next sign-in."
    )


def word_lapsed() -> str:
    """Why nothing is exchanged although a folder was allowed once."""
    return _(
        "The account that allowed this folder may not do so any more, so nothing is exchanged by itself. A manager can "
        "allow it again on the Exchange page."
    )


def _tell_twice(count: int) -> StateLine:
    said = ngettext("{number} visitor waits twice", "{number} visitors wait twice", count)
    hint = _(
        "A bundle has shown that two visitors in the queue are one person. Both visits stay until somebody ends the "
        "one that was written down twice."
    )
    return StateLine(said.format(number=word_count(count)), "attention", hint)


def _tell_waiting(count: int, *, may_decide: bool) -> StateLine:
    if may_decide:
        said = ngettext("Exchange: {number} decision waits", "Exchange: {number} decisions wait", count)
        hint = _("See the Exchange page.")
    else:
        said = ngettext(
            "Exchange: {number} decision waits for the manager",
            "Exchange: {number} decisions wait for the manager",
            count,
        )
        hint = _("The hub's manager or the coordinator decides. You can go on working meanwhile.")
    return StateLine(said.format(number=word_count(count)), "attention", hint)
