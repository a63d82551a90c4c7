"""The keys of the desk: which one does what."""

from dataclasses import dataclass
from typing import Final

from app.i18n import _

KEYS_SHOWN: Final = "F1"
NEW_PERSON: Final = "F2"
ANONYMOUS: Final = "F3"
GROUP: Final = "F4"
QUEUE: Final = "F5"
VISITS: Final = "F6"
CHECK_OUT: Final = "F7"
RECEIPT: Final = "F8"
RECORD: Final = "F9"
CLOSE_DAY: Final = "F10"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A line of the help: the keys, and what they do."""

    keys: str
    does: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together, under a heading."""

    heading: str
    uses: tuple[KeyUse, ...]


def list_keys() -> tuple[KeyGroup, ...]:
    """All keys of the desk in the language in use, as the help shows them (F1)."""
    return (
        KeyGroup(
            _("Somebody comes"),
            (
                KeyUse("a … z", _("type three or four letters of the name, or the last digits of the phone")),
                KeyUse("↑ ↓", _("choose among the people found")),
                KeyUse("Enter", _("take the one that is marked")),
                KeyUse("1 … 9", _("choose the counter")),
                KeyUse("↑ ↓", _("choose another reason, or type its first letter")),
                KeyUse("Enter", _("log the visit")),
                KeyUse(NEW_PERSON, _("somebody new")),
                KeyUse(ANONYMOUS, _("an anonymous passage: the counter's number logs it at once")),
                KeyUse(GROUP, _("a group: Enter adds a person, F3 adds one without a name, F4 goes on")),
            ),
        ),
        KeyGroup(
            _("The queue"),
            (
                KeyUse("Alt+1 … 9", _("call the next person at that counter")),
                KeyUse(QUEUE, _("go to the queue and back")),
                KeyUse("Enter", _("in the queue: call; once more: check out")),
                KeyUse("1 … 9", _("in the queue: hand over to that counter")),
                KeyUse(CHECK_OUT, _("check out")),
                KeyUse(RECEIPT, _("a receipt for the visit")),
                KeyUse(RECORD, _("what is on record about the person")),
            ),
        ),
        KeyGroup(
            _("The day"),
            (
                KeyUse(VISITS, _("today's visits; Enter corrects an entry")),
                KeyUse("Ctrl+Z", _("take back the last action")),
                KeyUse(CLOSE_DAY, _("close the day")),
                KeyUse("F12", _("check a paper that somebody brings")),
                KeyUse("Esc", _("one step back")),
                KeyUse("Ctrl+1 … 5", _("in the form for somebody new: take the person who is already on record")),
                KeyUse("Ctrl+Enter", _("in a form: save")),
            ),
        ),
    )
