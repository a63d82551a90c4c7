"""Install those to race with, each for itself where not all can be: `python -m tests.benchmarks.sync_race.install`.

Versions are those of requirements-bench.lock (with hashes) and of node/package.json. What can't be had is left out of
the race, which says so.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.sync_race.node_peers import FOLDER, SCRIPTS

_LOCK: Final = Path(__file__).resolve().parents[3] / "requirements-bench.lock"
_NEEDS: Final[Mapping[str, Sequence[str]]] = {
    "apsw": (),
    "loro": (),
    "pycrdt": ("anyio", "idna", "typing-extensions"),
    "pygeodiff": (),
}
_NPM: Final = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel", "error")


def install_from_lock(names: Sequence[str]) -> bool:
    """Install pinned packages and what they need; False, with pip's own words, where they can't be had."""
    blocks = dict(re.findall(r"^([a-z0-9-]+)(==(?:.*\\\n)*.*\n)", _LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    wanted = [part for name in names for part in (name, *_NEEDS[name])]
    with tempfile.TemporaryDirectory() as made:
        listed = Path(made) / "requirements.txt"
        listed.write_text("".join(name + blocks[name] for name in wanted), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
        return subprocess.run([*pip, "--require-hashes", "-r", str(listed)], check=False).returncode == 0


def install_for_node() -> bool:
    """Install the pinned packages of npm into bench-out; False where there is no npm, or one can't be had."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    for source in SCRIPTS.iterdir():
        shutil.copy(source, FOLDER)
    command = [npm, "install", "--prefix", str(FOLDER), *_NPM]
    if subprocess.run(command, check=False).returncode == 0:
        return True
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    (FOLDER / "package.json").unlink()
    for name, version in wanted.items():
        subprocess.run([*command, "--no-save", f"{name}@{version}"], check=False)
    shutil.copy(SCRIPTS / "package.json", FOLDER)
    return False


if __name__ == "__main__":
    if not install_from_lock(list(_NEEDS)):
        for package in _NEEDS:
            install_from_lock([package])
    install_for_node()
