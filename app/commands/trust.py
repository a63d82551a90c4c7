"""`waslctl sync rotate` and `sync revoke`, and what bundles say of offices that are believed no longer."""

from argparse import Namespace
from collections.abc import Iterable

from app.commands.access import opened
from app.commands.parser import Commands
from app.commands.terminal import Reply
from app.commands.words import iso, moment_text
from app.i18n import _, ngettext
from app.services.exchange import keys, revoking
from app.services.exchange.asking import Question
from app.services.exchange.receiving import Preview
from app.services.exchange.revoking import Announced


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.add("sync rotate", _("use new keys for exchange; the other offices follow by themselves"), _rotate)
    revoke = commands.add("sync revoke", _("believe an office no longer, because its computer was lost"), _revoke)
    revoke.add_argument("office", metavar=_("OFFICE"), help=_("hub and desk, such as TNG-A, or the id"))
    revoke.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why; the other offices read it"))


def agreed_to(args: Namespace) -> frozenset[Question]:
    """To what the options of `sync import` agree."""
    given = {Question.DELETIONS: args.agree_to_deletions, Question.REVOKED: args.agree_to_revoked}
    return frozenset(question for question, agreed in given.items() if agreed)


def trust_document(found: Preview) -> dict[str, object]:
    """What a bundle asks and says of trust, for JSON."""
    return {
        "asks": sorted(found.asks),
        "from_revoked": dict(found.held_back),
        "revocations": [announced_document(item) for item in found.revocations],
    }


def announced_document(item: Announced) -> dict[str, object]:
    """Who is believed no longer, by whom, since when and why, for JSON."""
    return {"office": item.who.label, "by": item.by.label, "at": iso(item.at), "reason": item.reason}


def trust_lines(found: Preview, *, done: bool) -> Iterable[str]:
    """The same, to be read."""
    for item in found.revocations:
        yield announced_line(item)
    for office, count in found.held_back.items():
        yield ngettext(
            "{count} change is of {office}, whose computer is no longer trusted.",
            "{count} changes are of {office}, whose computer is no longer trusted.",
            count,
        ).format(count=count, office=office)
    if found.asks and not done:
        options = " ".join(f"--agree-to-{question}" for question in sorted(found.asks))
        yield _("It is taken in only with {options}.").format(options=options)


def announced_line(item: Announced) -> str:
    """Who is believed no longer, by whom, since when and why."""
    names = {"office": item.who.label, "by": item.by.label, "moment": moment_text(item.at)}
    if item.ours:
        sentence = _("{by} no longer trusts this computer ({moment}), and tells the others.").format(**names)
    else:
        sentence = _("{by} no longer trusts {office} ({moment}); nor does this office then.").format(**names)
    return f"{sentence} {item.reason}".rstrip()


def still_revoked_line(item: Announced) -> str:
    """That another office does not trust one that is trusted here from now on."""
    sentence = _("Beware: {by} no longer trusts {office} ({moment}). Ask there whether that is settled.").format(
        by=item.by.label, office=item.who.label, moment=moment_text(item.at)
    )
    return f"{sentence} {item.reason}".rstrip()


def _rotate(args: Namespace) -> Reply:
    with opened(args) as hub:
        words = hub.write(keys.rotate)
        document = {"installation": hub.actor.installation_id, "fingerprint": words}
    return Reply(
        document,
        lambda: [
            _(
                "This office has new keys, and its words are now: {words}. The other offices follow with the next "
                "bundle. Write the identity file anew before you give it to anybody."
            ).format(words=words)
        ],
    )


def _revoke(args: Namespace) -> Reply:
    with opened(args) as hub:
        revoked = hub.write(lambda uow: revoking.revoke(args.office, uow, args.reason))
    offices = ", ".join(installation.hex[:8] for installation in revoked)
    return Reply(
        {"revoked": revoked},
        lambda: [_("{office} is believed no longer. The other offices hear of it.").format(office=offices)],
    )
