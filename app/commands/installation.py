"""`waslctl init`: a new installation."""

import os
from argparse import Namespace
from pathlib import Path
from typing import Final

from app.bootstrap import FirstStart, NewHub, create_hub, is_installed, recovery_sheet
from app.commands.access import PASSWORD_VARIABLE, data_paths, read_secret
from app.commands.accounts import ask_twice
from app.commands.parser import Commands
from app.commands.terminal import Reply, Terminal
from app.errors import EnvironmentProblem, UserError
from app.i18n import LANGUAGES, _
from app.settings import Settings, save_settings

_LONGEST_LOGIN: Final = 32


def register(commands: Commands) -> None:
    """Make the commands known."""
    making = commands.add("init", _("make a new installation in the folder"), _init)
    making.add_argument("--hub", required=True, metavar=_("CODE"), help=_("the hub in three letters, such as RBT"))
    making.add_argument(
        "--desk", required=True, metavar=_("LETTER"), help=_("A to Z; each computer of a hub has its own")
    )
    making.add_argument("--manager", required=True, metavar=_("NAME"), help=_("name of the first manager"))
    making.add_argument("--language", choices=LANGUAGES, default="fr", help=_("language of the window (fr)"))
    making.add_argument("--recovery", type=Path, metavar=_("FILE.pdf"), help=_("where to put the recovery sheet"))


def _init(args: Namespace) -> Reply:
    paths, sheet = data_paths(args), args.recovery
    _refuse_bad_sheet(sheet)
    if is_installed(paths):
        raise UserError(_("There are records in {folder} already. Nothing was changed.").format(folder=paths.folder))
    secret = read_secret(getattr(args, "password_file", None), PASSWORD_VARIABLE, ask_twice)
    login = getattr(args, "account", None) or _login_from(args.manager)
    new = create_hub(paths, FirstStart(args.hub, args.desk, args.manager, login, secret, args.language))
    try:
        save_settings(Settings(language=args.language), paths.settings)
        actor = new.hub.actor
        _hand_out(new, args)
    finally:
        new.hub.close()
    document = {"installation": actor.installation_id, "hub": actor.hub_code, "desk": actor.desk}
    return Reply(
        document,
        lambda: [
            _(
                "Hub {hub}, desk {desk}: the installation in {folder} is ready. The manager signs in as “{login}”."
            ).format(hub=actor.hub_code, desk=actor.desk, folder=paths.folder, login=actor.login)
        ],
    )


def _refuse_bad_sheet(sheet: Path | None) -> None:
    """Before anything is made: a recovery code that could not be kept would be lost for ever."""
    if sheet is None:
        return
    if sheet.exists():
        raise UserError(_("The file {file} exists already. Nothing was made. Name another one.").format(file=sheet))
    if not sheet.parent.is_dir():
        raise UserError(_("There is no folder {folder}. Nothing was made.").format(folder=sheet.parent))
    if not os.access(sheet.parent, os.W_OK):
        raise EnvironmentProblem(_("Wasl may not write in {folder}. Nothing was made.").format(folder=sheet.parent))


def _login_from(name: str) -> str:
    """A sign-in name made of somebody's name: letters in small, words joined by dots."""
    words = "".join(char if char.isalnum() else " " for char in name.lower()).split()
    return ".".join(words)[:_LONGEST_LOGIN].rstrip(".")


def _hand_out(new: NewHub, args: Namespace) -> None:
    """Give the recovery code to the manager: as a sheet, or as a line that is shown this once."""
    if args.recovery is None:
        Terminal(as_json=False).tell(
            _("Recovery code, shown this once: {code}. Write it down and lock it away.").format(code=new.recovery_code)
        )
        return
    pdf = recovery_sheet(new.hub, new.recovery_code, args.language)
    descriptor = os.open(args.recovery, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(pdf)
        stream.flush()
        os.fsync(stream.fileno())
    Terminal(as_json=False).tell(
        _("The recovery sheet is in {file}. Print it, lock it away, and delete the file.").format(file=args.recovery)
    )
