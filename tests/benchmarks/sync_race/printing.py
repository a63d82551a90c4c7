"""The results as a page of Markdown, so that measured figures are replaced by running again."""

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tests.benchmarks.sync_race.correctness import SCENARIOS
from tests.benchmarks.sync_race.plain_sqlite import RAW
from tests.benchmarks.sync_race.replica import Peer
from tests.benchmarks.sync_race.scene import Outcome, Verdict
from tests.benchmarks.sync_race.speed import Runs, Stage
from tests.benchmarks.sync_race.workload import YEAR_OPS

_RAW: Final = tuple(way.name for way in RAW)
_OURS: Final = "Wasl"
_NONE: Final = "–"
_MEANING: Final = {
    Verdict.HOLDS: "all offices show what they should, and nothing is asked without need",
    Verdict.ALARMS: "a conflict is shown where there is none; what was written is still there",
    Verdict.REFUSES: "a message is not taken in, and that is said",
    Verdict.DIFFERS: "offices show different things, and nothing says so",
    Verdict.TELLS: "something is lost or wrong; the program was told once and nothing keeps it",
    Verdict.LOSES: "something is lost or wrong, and nothing says so",
    Verdict.RETURNS: "what was erased is on record again",
    Verdict.REMAINS: "what was erased can still be read in files or document",
}
Table = Sequence[Sequence[str]]


def write_table(head: Sequence[str], rows: Table) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def describe_machine() -> str:
    """Processor, system, Python and the day."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = f"{len(names)} × {names[0]}" if names else platform.processor() or platform.machine()
    day = datetime.now().astimezone()
    return f"{processor}, {_system()}, Python {platform.python_version()}, {day:%d %B %Y}{_load()}"


def _load() -> str:
    """How much else was going on."""
    return f", load {os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else ""


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def speed_section(results: Mapping[int, Mapping[str, Runs]], peers: Sequence[Peer], rounds: int) -> Iterator[str]:
    """Tables of what was measured, one for each size, and one of the year."""
    for count, runs in results.items():
        yield f"## {count:,} people of 12 fields, then two fields of each changed"
        yield (
            f"Medians of {rounds} rounds in which all took turns (slowest–fastest). Bytes are those of one "
            "record in the message; sent compressed where zstd makes it smaller; the size before stands in brackets."
        )
        head = ["", "taken in, people/s", "taken in, updates/s", "bytes a person", "bytes an update", "version"]
        versions = {peer.name: peer.version for peer in peers} | {way.name: way.version for way in RAW}
        yield write_table(head, [_speed_row(name, found, count, peers, versions) for name, found in runs.items()])
    small = min(results)
    yield f"## A hub's year: {YEAR_OPS:,} changes on 250 days"
    yield (
        "6,000 visits of five changes each and 3,000 new people who are corrected once, on top of the tables above. "
        "Sessions and geodiff carry what the rows say in the end, PouchDB what they say each evening, the others every "
        "change."
    )
    year = [
        [_name(name, peers), _seconds(found), _megabytes(found)]
        for name, found in results[small].items()
        if found.median("year") is not None
    ]
    yield write_table(["", "taken in, s", "MB"], year)


def _name(name: str, peers: Sequence[Peer]) -> str:
    peer = next((peer for peer in peers if peer.name == name), None)
    if peer is None:
        return f"{name}, rows inserted" + (" (encrypted)" if name != _RAW[0] else "")
    marks = [mark for mark, holds in (("encrypted", peer.encrypts), ("memory only", peer.memory_only)) if holds]
    return f"{name} ({', '.join(marks)})" if marks else name


def _speed_row(name: str, found: Runs, count: int, peers: Sequence[Peer], versions: Mapping[str, str]) -> list[str]:
    if not found.stages:
        return [_name(name, peers), "not raced: it takes too long", _NONE, _NONE, _NONE, versions[name]]
    rates = [_rate(found, stage, count) for stage in ("first", "updates")]
    sizes = [_bytes(found, stage, count) for stage in ("first", "updates")]
    return [_name(name, peers), *rates, *sizes, versions[name]]


def _rate(found: Runs, stage: str, count: int) -> str:
    taken = sorted(count / run.seconds for run in found.stages[stage])
    middle = found.median(stage) or 0
    text = f"{count / middle:,.0f} ({taken[0]:,.0f}–{taken[-1]:,.0f})"
    saved = found.median(stage, _with_saving)
    return text if saved is None else f"{text}; with the document saved {count / saved:,.0f}"


def _with_saving(stage: Stage) -> float | None:
    return None if stage.saving is None else stage.seconds + stage.saving


def _bytes(found: Runs, stage: str, count: int) -> str:
    sent, own = found.median(stage, lambda run: run.sent), found.median(stage, lambda run: run.own_bytes)
    if sent is None or own is None:
        return _NONE
    return f"{sent / count:.1f}" if sent == own else f"{sent / count:.1f} (before: {own / count:.0f})"


def _seconds(found: Runs) -> str:
    saved = found.median("year", _with_saving)
    more = "" if saved is None else f"; with the document saved {saved:.2f}"
    return f"{found.median('year') or 0:.2f}{more}"


def _megabytes(found: Runs) -> str:
    sent = found.median("year", lambda run: run.sent)
    return _NONE if sent is None else f"{sent / 1e6:.2f}"


def wanted_section(results: Mapping[int, Mapping[str, Runs]], fixed: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """What is wanted of Wasl, what was measured, and whether that is enough."""
    yield "## What is wanted of Wasl"
    rows: list[list[str]] = []
    for count, runs in results.items():
        ours = runs[_OURS]
        rate = count / (ours.median("first") or 1)
        share = {name: rate * (runs[name].median("first") or 0) / count for name in _RAW}
        rows += [
            [f"people taken in, {count:,}", f"{rate:,.0f}/s", "≥ 60,000/s", _verdict(rate >= 60_000)],
            *(
                [f"… beside {name}, rows inserted", f"{part * 100:.1f} %", "≥ 30 %", _verdict(part >= 0.3)]
                for name, part in share.items()
            ),
            _size_row(f"bytes a person, {count:,}", ours, "first", count, 120),
            _size_row(f"bytes an update, {count:,}", ours, "updates", count, 40),
        ]
    year = results[min(results)][_OURS]
    seconds, size = year.median("year") or 0, year.median("year", lambda run: run.sent) or 0
    rows += [
        ["bundle for four with nothing new", _spread(fixed["Wasl"]), "≤ 1,200", _verdict(fixed["Wasl"][-1] <= 1200)],
        ["… an empty age file for four", _spread(fixed["age"]), "", ""],
        ["a hub's year taken in", f"{seconds:.2f} s", "< 2 s", _verdict(seconds < 2)],
        ["a hub's year", f"{size / 1e6:.2f} MB", "< 5 MB", _verdict(size < 5e6)],
    ]
    yield write_table(["", "measured", "wanted", ""], rows)


def _spread(sizes: Sequence[int]) -> str:
    return f"{sizes[len(sizes) // 2]:,} bytes ({sizes[0]:,}–{sizes[-1]:,})"


def _size_row(what: str, runs: Runs, stage: str, count: int, most: int) -> list[str]:
    size = (runs.median(stage, lambda run: run.sent) or 0) / count
    return [what, f"{size:.1f}", f"≤ {most}", _verdict(size <= most)]


def _verdict(enough: bool) -> str:
    return "reached" if enough else "**falls short**"


def correctness_section(results: Mapping[str, Mapping[str, Outcome]]) -> Iterator[str]:
    """What each peer came to in each scenario, with a footnote for all that does not hold."""
    yield "## What becomes of the records"
    notes: list[str] = []
    rows = [[f"**{name}**", *_cells(name, results, notes)] for name in SCENARIOS]
    held = [sum(found.verdict is Verdict.HOLDS for found in outcomes.values()) for outcomes in results.values()]
    rows.append([f"holds, of {len(SCENARIOS)}", *map(str, held)])
    yield write_table(["", *results], rows)
    yield "\n".join(f"- **{verdict}**: {meaning}." for verdict, meaning in _MEANING.items())
    yield "The scenarios:"
    yield "\n".join(f"- **{name}**: {_first_line(play.__doc__)}" for name, play in SCENARIOS.items())
    yield "What happened where it does not hold:"
    yield "\n".join(notes)


def _cells(scenario: str, results: Mapping[str, Mapping[str, Outcome]], notes: list[str]) -> Iterator[str]:
    for peer, outcomes in results.items():
        outcome = outcomes[scenario]
        if outcome.verdict is Verdict.HOLDS:
            yield "holds"
        else:
            notes.append(f"{len(notes) + 1}. {peer}, {scenario}: {outcome.note.replace('`', ' ').strip()}")
            yield f"{outcome.verdict} [{len(notes)}]"


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0]


def join(parts: Iterable[str]) -> str:
    """Paragraphs and tables as one page."""
    return "\n\n".join(parts) + "\n"
