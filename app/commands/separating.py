"""`waslctl sync separate` and `sync resume`: the way out when two computers write as one office."""

from argparse import Namespace
from collections.abc import Iterable

from app.commands.access import opened
from app.commands.parser import Commands
from app.commands.terminal import Reply
from app.i18n import _, ngettext
from app.services.exchange.separating import TwoCopies


def register(commands: Commands) -> None:
    """Make the commands known."""
    separate = commands.add("sync separate", _("make this copy of an office an office of its own"), _separate)
    separate.add_argument("--desk", default="", metavar=_("LETTER"), help=_("its letter; else the next free one"))
    separate.add_argument(
        "--fresh-copy", action="store_true", help=_("nothing was written here since the copy was made")
    )
    commands.add("sync resume", _("go on as the same office after older records were put back whole"), _resume)


def copies_document(found: Iterable[TwoCopies]) -> list[dict[str, object]]:
    """What `sync status` says of offices as which two computers write, for JSON."""
    return [
        {"office": f"{item.hub}-{item.desk}", "here": item.ours, "clear": item.certain, "changes": item.moved}
        for item in found
    ]


def copies_lines(found: Iterable[TwoCopies]) -> Iterable[str]:
    """The same, to be read."""
    for item in found:
        office = f"{item.hub}-{item.desk}"
        if not item.ours:
            yield _("Two computers write as {office}. Send it a bundle: it shows there what to do.").format(
                office=office
            )
        elif not item.certain:
            yield _(
                "Another computer writes as {office} too. Send the other offices a bundle, and take in the next one "
                "that comes from them: then it is clear what was written twice."
            ).format(office=office)
        else:
            yield _(
                "Another computer writes as {office} too. Is this one the copy? Then: waslctl sync separate. Were "
                "older records put back here, and there is no other computer? Then: waslctl sync resume."
            ).format(office=office)


def _separate(args: Namespace) -> Reply:
    with opened(args) as hub:
        done = hub.separate(args.desk, fresh=args.fresh_copy)
    return Reply(
        {"office": done.office, "changes": done.moved},
        lambda: [
            _("This computer is {office} from now on. All its records are still here.").format(office=done.office),
            _kept(done.moved),
            _("Write its identity file (waslctl sync identity) and have the other offices enroll it."),
        ],
    )


def _resume(args: Namespace) -> Reply:
    with opened(args) as hub:
        done = hub.resume()
    return Reply(
        {"office": done.office, "changes": done.moved},
        lambda: [
            _("{office} goes on. What the other offices have of it comes back with their bundles.").format(
                office=done.office
            ),
            _kept(done.moved),
        ],
    )


def _kept(moved: int) -> str:
    return ngettext(
        "{count} change that was written here is kept under its new name.",
        "{count} changes that were written here are kept under their new name.",
        moved,
    ).format(count=moved)
