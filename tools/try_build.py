"""Start what was built, as somebody would who has no Python: `python -m tools.try_build dist/wasl`."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEGABYTE = 1_000_000
PATIENCE_S = 120


def run(command: list[str], **more: str) -> str:
    """Run a built program with nothing of this environment but the path; its standard output. Raises on failure."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        command, env={**kept, **more}, capture_output=True, text=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with status {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def size_of(folder: Path) -> int:
    """Bytes below a folder, each file once."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main(folder: Path) -> int:
    """Make an installation, ask about it, open the window on it and close it again; says sizes and times."""
    end = ".exe" if sys.platform == "win32" else ""
    window, command_line = str(folder / f"wasl{end}"), str(folder / f"waslctl{end}")
    with tempfile.TemporaryDirectory(prefix="wasl-build-") as somewhere:
        data = Path(somewhere) / "data"
        password = Path(somewhere) / "password"
        password.write_text("three words here\n", encoding="utf-8")
        common = ["--data", str(data), "--password-file", str(password), "--json"]
        init = ["init", "--hub", "RBT", "--desk", "A", "--manager", "Nadia Berrada", "--recovery"]
        run([command_line, *common, *init, str(Path(somewhere) / "sheet.pdf")])
        added = json.loads(run([command_line, *common, "people", "add", "--name", "Awa Koné"]))
        found = json.loads(run([command_line, *common, "people", "search", "kone"]))
        if [person["id"] for person in found] != [added["id"]]:
            raise SystemExit("The built waslctl does not find whom it put on record.")
        doctor = json.loads(run([command_line, *common, "doctor"]))
        began = time.perf_counter()
        run([window, "--data", str(data), "--check"], QT_QPA_PLATFORM="offscreen")
        opened = time.perf_counter() - began
    print(f"{folder}: {size_of(folder) / MEGABYTE:.0f} MB, Wasl {doctor['version']}, {doctor['engine']}")
    print(f"The window starts, shows the sign-in and ends in {opened:.2f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
