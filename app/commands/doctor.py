"""`waslctl doctor`: what a technician wants to know; nothing about people."""

import os
import platform
import shutil
import time
from argparse import Namespace
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from sqlcipher3 import dbapi2 as sqlcipher

from app.bootstrap import is_installed, last_backup
from app.clock import system_clock
from app.commands.access import data_paths
from app.commands.parser import Commands
from app.commands.terminal import Reply
from app.commands.words import iso, moment_text
from app.i18n import _, ngettext, pgettext
from app.paths import HubPaths

_MINUTE_MS: Final = 60_000


def register(commands: Commands) -> None:
    """Make the command known."""
    commands.add("doctor", _("what a technician wants to know; nothing about people"), _doctor)


def _doctor(args: Namespace) -> Reply:
    paths = data_paths(args)
    now, installed = system_clock(), is_installed(paths)
    nearest = next(folder for folder in (paths.folder, *paths.folder.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(nearest).free
    fonts = sorted(entry.name for entry in files("resources.fonts").iterdir() if entry.name.endswith(".ttf"))
    size = paths.database.stat().st_size if paths.database.exists() else None
    newest = last_backup(paths)
    document: dict[str, object] = {
        "version": version("wasl"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "folder": str(paths.folder),
        "installed": installed,
        "writable": os.access(nearest, os.W_OK),
        "database_bytes": size,
        "engine": _engine(),
        "fonts": fonts,
        "clock": iso(now),
        "computer_time_zone": time.strftime("%Z"),
        "clock_behind_minutes": _clock_behind(paths, now),
        "free_bytes": free,
        "last_backup": iso(newest),
    }
    return Reply(document, lambda: _doctor_lines(document, newest, now, free))


def _engine() -> str:
    connection = sqlcipher.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
        plain = connection.execute("SELECT sqlite_version()").fetchone()
    finally:
        connection.close()
    return f"SQLCipher {cipher[0]}, SQLite {plain[0]}"


def _clock_behind(paths: HubPaths, now: int) -> int:
    """Minutes by which the clock is behind the last write to the records, as the disk has it."""
    written = [
        path.stat().st_mtime_ns // 1_000_000
        for path in (paths.database, paths.database.with_name(f"{paths.database.name}-wal"), paths.anchor)
        if path.exists()
    ]
    return max(0, (max(written, default=now) - now) // _MINUTE_MS)


def _doctor_lines(found: dict[str, object], newest: int | None, now: int, free: int) -> Iterable[str]:
    facts = [
        ("Wasl", found["version"]),
        ("Python", found["python"]),
        (_("System"), found["system"]),
        (_("Folder of the records"), found["folder"]),
        (_("Installation"), pgettext("doctor", "there is one") if found["installed"] else pgettext("doctor", "none")),
        (_("Folder may be written"), pgettext("doctor", "yes") if found["writable"] else pgettext("doctor", "no")),
        (_("Database engine"), found["engine"]),
        (_("Fonts"), len(found["fonts"]) if isinstance(found["fonts"], list) else 0),
        (_("Time in Morocco"), moment_text(now)),
        (_("Time zone of this computer"), found["computer_time_zone"]),
        (_("Free disk"), f"{free / 1e9:.1f} GB"),
        (_("Last automatic backup"), moment_text(newest) or pgettext("doctor", "none")),
    ]
    width = max(len(name) for name, _value in facts)
    yield from (f"{name:<{width}}  {value}" for name, value in facts)
    behind = found["clock_behind_minutes"]
    if isinstance(behind, int) and behind > 0:
        yield ngettext(
            "The clock is {count} minute behind the last entry. Set it right.",
            "The clock is {count} minutes behind the last entry. Set it right.",
            behind,
        ).format(count=behind)
