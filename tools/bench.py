"""Run every benchmark and keep its tables: `python -m tools.bench fast|full`. They measure; they fail on no machine."""

import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "tests" / "benchmarks"
RESULTS: Final = ROOT / "bench-out"
ARGUMENTS: Final[dict[str, dict[str, list[str]]]] = {
    "fast": {
        "desk": ["--sizes", "1000", "100000"],
        "recognition": ["--people", "20000", "--queries", "50"],
        "sync_size_and_speed": ["3000"],
        "papers": ["1"],
        "certificates": ["2"],
    },
    "full": {
        "desk": ["--sizes", "1000", "10000", "100000", "1000000"],
        "recognition": ["--people", "100000", "--million"],
        "sync_size_and_speed": ["3000", "30000"],
        "papers": ["3"],
        "certificates": ["6"],
    },
}
"""What is given to a benchmark; one that is not named here is run as it is."""


def find_benchmarks() -> list[str]:
    """The modules that can be run by themselves; others hold what these share."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if '__name__ == "__main__"' in path.read_text("utf-8"))


def run_benchmark(name: str, depth: str) -> str:
    """Run one, showing what it prints while it does; returns all of it."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *ARGUMENTS[depth].get(name, [])]
    print(f"\n== {name} {' '.join(command[3:])}", flush=True)
    printed = []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            printed.append(line)
    if process.returncode:
        printed.append(f"ended with status {process.returncode}\n")
        print(printed[-1], end="")
    return "".join(printed)


def main(arguments: list[str]) -> int:
    """Run all; 1 when one of them could not be run to its end, 2 for an unknown depth."""
    depth = arguments[0] if arguments else "fast"
    if depth not in ARGUMENTS:
        print(f"BENCH is one of {', '.join(ARGUMENTS)}, not {depth}.", file=sys.stderr)
        return 2
    RESULTS.mkdir(exist_ok=True)
    whole = [f"# Benchmarks ({depth})\n", f"Python {platform.python_version()}, {platform.platform()}\n"]
    failed = []
    for name in find_benchmarks():
        began = time.perf_counter()
        printed = run_benchmark(name, depth)
        (RESULTS / f"{name}.txt").write_text(printed, encoding="utf-8")
        whole.append(f"## {name}, {time.perf_counter() - began:.0f} s\n\n```\n{printed.rstrip()}\n```\n")
        if "ended with status" in printed:
            failed.append(name)
    (RESULTS / "tables.md").write_text("\n".join(whole), encoding="utf-8")
    print(f"\nAll tables are in {RESULTS.relative_to(ROOT)}/tables.md.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
