"""What Wasl needs from the system beside Python: looked for, installed where that is allowed, else named exactly.

`python -m tools.system window tests` looks for the parts of these groups; nothing is installed that is there already.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """Something of the system: a library by its soname, a command by its name or a file by its path; and its package.

    What is not `needed` is for comfort: it is installed along, but its absence stops nothing.
    """

    probe: str
    package: str
    needed: bool = True


GROUPS: Final = {
    "window": (
        Part("libglib-2.0.so.0", "libglib2.0-0"),
        Part("libgthread-2.0.so.0", "libglib2.0-0"),
        Part("libGL.so.1", "libgl1"),
        Part("libEGL.so.1", "libegl1"),
        Part("libxkbcommon.so.0", "libxkbcommon0"),
        Part("libfontconfig.so.1", "libfontconfig1"),
        Part("libdbus-1.so.3", "libdbus-1-3"),
    ),
    "screen": (
        Part("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        Part("libxcb-cursor.so.0", "libxcb-cursor0"),
        Part("libxcb-icccm.so.4", "libxcb-icccm4"),
        Part("libxcb-image.so.0", "libxcb-image0"),
        Part("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        Part("libxcb-render-util.so.0", "libxcb-render-util0"),
        Part("libxcb-shape.so.0", "libxcb-shape0"),
        Part("libcups.so.2", "libcups2", needed=False),
    ),
    "tests": (
        Part("pdftotext", "poppler-utils"),
        Part("zbarimg", "zbar-tools"),
        Part("qpdf", "qpdf"),
        Part("age", "age"),
        Part("zstd", "zstd"),
        Part("openssl", "openssl"),
        Part("/usr/share/unicode/BidiTest.txt", "unicode-data"),
    ),
    "build": (Part("objdump", "binutils"),),
}


def is_here(probe: str) -> bool:
    """Whether a library loads, a file exists or a command is found."""
    if probe.startswith("/"):
        return Path(probe).exists()
    if ".so" not in probe:
        return shutil.which(probe) is not None
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def find_missing(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that are not here."""
    return tuple(part for part in parts if not is_here(part.probe))


def _as_root() -> list[str] | None:
    """What to put before a command so that it runs as root without asking; None where that is not possible."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _install(packages: list[str]) -> None:
    """Install with apt-get where it is and may be used; elsewhere nothing happens, the caller looks again."""
    before = _as_root() if shutil.which("apt-get") else None
    if before is None:
        return
    print(f"Installing {' '.join(packages)} …", file=sys.stderr)
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], [*install, *packages]):
        subprocess.run([*before, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)


def _explain(missing: Iterable[Part]) -> None:
    lacking = tuple(missing)
    packages = " ".join(dict.fromkeys(part.package for part in lacking))
    print("Wasl needs parts of the system that are missing here:", file=sys.stderr)
    for part in lacking:
        print(f"  {part.probe}  (Debian package {part.package})", file=sys.stderr)
    print(f"On Debian or Ubuntu type:  sudo apt-get install {packages}", file=sys.stderr)
    print("Elsewhere, install the packages of your system that hold them. Then run the same again.", file=sys.stderr)


def main(groups: list[str]) -> int:
    """See to the parts of the named groups; 1 when a needed one is still missing at the end, 2 for an unknown group."""
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups:
        print(f"There is no group {' '.join(unknown)}; there are {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    if sys.platform != "linux":
        return 0
    parts = [part for group in groups for part in GROUPS[group]]
    missing = find_missing(parts)
    if missing:
        _install(sorted({part.package for part in missing}))
        missing = tuple(part for part in find_missing(missing) if part.needed)
    if missing:
        _explain(missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
