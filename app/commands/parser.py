"""The arguments of `waslctl`, with every word of their help in the language asked for."""

import argparse
import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.clock import to_moment
from app.commands.terminal import Reply
from app.i18n import LANGUAGES, _, ngettext

if TYPE_CHECKING:
    # the class is not to be subscripted at run time, and has no public name
    Subparsers = argparse._SubParsersAction[ArgumentParser]  # noqa: SLF001

Run = Callable[[Namespace], Reply]
_LARGEST: Final = 1_000_000


class Commands:
    """Where the modules hang their commands. Options that hold for all are taken before and after the command."""

    def __init__(self) -> None:
        _translate_argparse()
        self.parser = _parser("waslctl", _("The register of the hubs, without its window."))
        _add_options(self.parser)
        self._groups: dict[str, Subparsers] = {"": _subparsers(self.parser)}

    def group(self, name: str, about: str) -> None:
        """A first word that others follow, such as `people`."""
        parser = self._groups[""].add_parser(name, help=about, description=about, add_help=False, allow_abbrev=False)
        _add_help(parser)
        self._groups[name] = _subparsers(parser)

    def add(self, words: str, about: str, run: Run) -> ArgumentParser:
        """A command such as `people add`; the caller adds its arguments."""
        group, _space, name = words.rpartition(" ")
        parser = self._groups[group].add_parser(name, help=about, description=about, add_help=False, allow_abbrev=False)
        _add_options(parser)
        parser.set_defaults(run=run, command=words)
        return parser


def _parser(name: str, about: str) -> ArgumentParser:
    return ArgumentParser(prog=name, description=about, add_help=False, allow_abbrev=False)


def _subparsers(parser: ArgumentParser) -> "Subparsers":
    return parser.add_subparsers(metavar=_("COMMAND"), title=_("commands"), required=True)


def _add_help(parser: ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", default=SUPPRESS, help=_("show this help and stop"))


def _add_options(parser: ArgumentParser) -> None:
    options = parser.add_argument_group(_("options of every command"))
    options.add_argument("-h", "--help", action="help", default=SUPPRESS, help=_("show this help and stop"))
    options.add_argument(
        "--data",
        type=Path,
        metavar=_("FOLDER"),
        default=SUPPRESS,
        help=_("the folder of the records; without it, the one that the window uses"),
    )
    options.add_argument(
        "--account",
        metavar=_("NAME"),
        default=SUPPRESS,
        help=_("the account that acts; may be left out where there is only one"),
    )
    options.add_argument(
        "--password-file",
        type=Path,
        metavar=_("FILE"),
        default=SUPPRESS,
        help=_("a file whose first line is the password; else WASL_PASSWORD or a question"),
    )
    options.add_argument("--lang", choices=LANGUAGES, default=SUPPRESS, help=_("the language of what is shown"))
    options.add_argument(
        "--json", action="store_true", default=SUPPRESS, help=_("answer with one JSON document and nothing else")
    )


def peek(option: str, arguments: Sequence[str]) -> str | None:
    """The value of an option in arguments that were not parsed yet, known before their help can be made."""
    found = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif argument.startswith(f"{option}="):
            found = argument.partition("=")[2]
    return found


def positive(text: str) -> int:
    """A whole number from 1 on, for arguments that count something."""
    if not re.fullmatch(r"\d{1,7}", text) or not 1 <= int(text) <= _LARGEST:
        raise ArgumentTypeError(_("“{text}” is not a whole number from 1 on").format(text=text))
    return int(text)


def calendar_day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("“{text}” is not a day such as 2026-11-23").format(text=text)) from error


def moment(text: str) -> int:
    """A date and time in ISO 8601 as epoch milliseconds; without a zone it is legal time in Morocco."""
    try:
        return to_moment(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise ArgumentTypeError(
            _("“{text}” is not a date and time such as 2026-11-23T09:40").format(text=text)
        ) from error


def _translate_argparse() -> None:
    """Let argparse ask our catalogue: its own sentences are looked up where it keeps gettext."""
    vars(argparse).update({"_": _argparse_word, "ngettext": _argparse_words})


def _argparse_word(message: str) -> str:
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "one of the arguments %s is required": _("one of the arguments %s is required"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "not allowed with argument %s": _("not allowed with argument %s"),
        "ignored explicit argument %r": _("ignored explicit argument %r"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("invalid choice: %(value)r (choose from %(choices)s)"),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
    }.get(message, message)


def _argparse_words(singular: str, plural: str, count: int) -> str:
    if singular == "expected %s argument":
        return ngettext("expected %s argument", "expected %s arguments", count)
    return singular if count == 1 else plural
