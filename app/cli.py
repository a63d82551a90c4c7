"""`waslctl`: everything an administrator, a scheduled task or a test does without the window.

Exit status: 0 done; 1 refused or not found; 2 usage; 3 the environment (disk, lock, permissions); 70 a bug; 130
interrupted; 141 nobody read the answer to its end.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.commands import (
    accounts,
    appointments,
    calls,
    cases,
    certificate,
    certificate_life,
    demo,
    doctor,
    exchange,
    funding,
    installation,
    people,
    placements,
    records,
    referrals,
    trainings,
    ventures,
    visits,
)
from app.commands.access import data_paths
from app.commands.crash import keep_log
from app.commands.parser import Commands, peek
from app.commands.terminal import Terminal
from app.errors import AppError, EnvironmentProblem
from app.i18n import LANGUAGES, _, use_language
from app.paths import HubPaths, default_folder
from app.settings import load_settings

REFUSED: Final = 1
ENVIRONMENT: Final = 3
BUG: Final = 70
INTERRUPTED: Final = 130
NOBODY_READS: Final = 141
"""What a shell reports of a program that SIGPIPE ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command line, without the program's name, and return the exit status."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    use_language(_language(arguments))
    try:
        return _run(arguments)
    except BrokenPipeError:
        _silence_output()
        return NOBODY_READS
    except KeyboardInterrupt:
        Terminal(as_json=False).tell(_("Stopped. What was not finished was not kept."))
        return INTERRUPTED


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, else the one chosen in the window of that folder, which is French at first."""
    # a certificate may be in two, the first of which is that of whoever issues it
    asked = (peek("--lang", arguments) or "").partition("+")[0]
    if asked in LANGUAGES:
        return asked
    folder = peek("--data", arguments)
    return load_settings(HubPaths(Path(folder) if folder else default_folder()).settings).language


def _run(arguments: Sequence[str]) -> int:
    commands = Commands()
    desk = (installation, demo, people, visits)
    advice = (cases, appointments, referrals, placements, ventures, calls, funding, trainings)
    papers = (certificate, certificate_life)
    for module in (*desk, *advice, *papers, exchange, accounts, records, doctor):
        module.register(commands)
    try:
        args = commands.parser.parse_args(arguments)
    except SystemExit as end:
        # argparse has said what was wrong, or shown the help
        return end.code if isinstance(end.code, int) else REFUSED
    return _answer(args)


def _answer(args: Namespace) -> int:
    terminal = Terminal(as_json=getattr(args, "json", False))
    try:
        reply = args.run(args)
        terminal.give(reply)
    except BrokenPipeError:
        raise
    except EnvironmentProblem as problem:
        terminal.tell(str(problem))
        return ENVIRONMENT
    except AppError as refusal:
        terminal.tell(str(refusal))
        return REFUSED
    except OSError as problem:
        terminal.tell(
            _("The computer refused: {reason}. What was not finished was not kept.").format(
                reason=problem.strerror or type(problem).__name__
            )
        )
        return ENVIRONMENT
    except Exception as bug:  # noqa: BLE001 - the last resort: a bug must leave a log and its own exit status
        terminal.tell(
            _(
                "Wasl made a mistake; you did nothing wrong. What was not finished was not kept. "
                "Please send the file {log} to whoever looks after Wasl: there is nothing about people in it."
            ).format(log=keep_log(bug, data_paths(args), args.command))
        )
        return BUG
    else:
        status: int = reply.status
        return status


def _silence_output() -> None:
    """Point standard output to nowhere, so that closing it at the end does not fail once more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(main())
