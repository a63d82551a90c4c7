"""How a command comes to its records: which folder, which account, which password."""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.bootstrap import Hub, is_installed, list_logins, open_hub
from app.errors import EnvironmentProblem, UserError
from app.i18n import _
from app.paths import HubPaths, default_folder

PASSWORD_VARIABLE: Final = "WASL_PASSWORD"  # noqa: S105 - the name of the variable, not what it holds


def data_paths(args: Namespace) -> HubPaths:
    """The files of the installation that the arguments mean."""
    folder: Path | None = getattr(args, "data", None)
    return HubPaths(default_folder() if folder is None else folder)


@contextmanager
def opened(args: Namespace, secret: str | None = None) -> Iterator[Hub]:
    """The installation, signed in; closed again when the block is left. `secret` is the password where it was read.

    Raises UserError when there is none, when it is not clear who acts, or when there is no password to be had.
    """
    paths = data_paths(args)
    hub = open_hub(paths, _login(args, paths), password(args) if secret is None else secret)
    try:
        yield hub
    finally:
        hub.close()


def require_installation(paths: HubPaths) -> None:
    """Raise UserError unless the folder holds an installation."""
    if not is_installed(paths):
        raise UserError(
            _(
                "There are no records in {folder}. Nothing was changed. "
                "Name their folder with --data, or make a new installation with “waslctl init”."
            ).format(folder=paths.folder)
        )


def _login(args: Namespace, paths: HubPaths) -> str:
    require_installation(paths)
    asked: str | None = getattr(args, "account", None)
    if asked:
        return asked
    logins = list_logins(paths)
    if len(logins) != 1:
        raise UserError(
            _("Several accounts use these records: {logins}. Say with --account which one acts.").format(
                logins=", ".join(logins)
            )
        )
    return logins[0]


def password(args: Namespace) -> str:
    """The password of the account that acts: from the file named, from the variable, or asked for."""
    file: Path | None = getattr(args, "password_file", None)
    return read_secret(file, PASSWORD_VARIABLE, lambda: getpass.getpass(_("Password: ")))


def read_secret(file: Path | None, variable: str, ask: Callable[[], str]) -> str:
    """A secret from a file's first line, else from a variable of the environment, else from the person who sits there.

    Never from an argument, which other programs of the computer could read. Raises UserError when there is none.
    """
    if file is not None:
        return _first_line(file)
    if variable in os.environ:
        return os.environ[variable]
    if sys.stdin is None or not sys.stdin.isatty():
        raise _no_password(variable)
    try:
        return ask()
    except EOFError as error:
        raise _no_password(variable) from error


def _no_password(variable: str) -> UserError:
    return UserError(
        _("No password was given. Put it in a file and name it with --password-file, or set {variable}.").format(
            variable=variable
        )
    )


def _first_line(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UserError(_("The password file {file} is not there.").format(file=file)) from error
    except UnicodeDecodeError as error:
        raise UserError(_("The password file {file} is not a text file in UTF-8.").format(file=file)) from error
    except OSError as error:
        raise EnvironmentProblem(
            _("The password file {file} can't be read: {reason}.").format(file=file, reason=error.strerror)
        ) from error
    return text.partition("\n")[0].removesuffix("\r")
