"""The short account of what the walk did, for whoever was not there to see it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app import __version__
from app.domain.visits import DayFigures
from ui.tour.walk import Day

_FIGURES: Final = {"visits": "visits today", "here": "here now", "new_people": "new people", "anonymous": "anonymous"}


def write_account(folder: Path, day: Day, seconds: float) -> Path:
    """Write `account.md` and return its path. `seconds` is what making the demo hub took, 0 when it was there."""
    path = folder / "account.md"
    path.write_text("\n".join(_lines(folder, day, seconds)) + "\n", encoding="utf-8")
    return path


def _lines(folder: Path, day: Day, seconds: float) -> Iterator[str]:
    yield f"# A tour of Wasl {__version__}"
    yield ""
    yield "The program itself, without a screen, on invented records; every visit was logged by key events sent to its"
    yield "window, and counted afterwards through its services."
    yield ""
    yield "- First start: set up from an empty folder by keyboard, the recovery sheet read from its own PDF."
    yield f"- Demo hub of Rabat: {f'made in {seconds:.0f} s' if seconds > 1 else 'was there already'}."
    visits = sum(entry.visits for entry in day.logged)
    yield f"- Visits logged: {visits} in {len(day.logged)} entries, in French, English and Arabic."
    yield f"- Taken back with Ctrl+Z: {len({entry.language for entry in day.logged})}."
    yield f"- Receipt: `{day.receipt}`, {day.receipt_bytes} bytes."
    yield ""
    yield "| figure | before | after |"
    yield "|---|---:|---:|"
    for name, words in _FIGURES.items():
        yield f"| {words} | {_figure(day.before, name)} | {_figure(day.after, name)} |"
    yield ""
    yield "| window | visitor | typed | keys | ms until all is shown |"
    yield "|---|---|---|---:|---:|"
    for entry in day.logged:
        yield f"| {entry.language} | {entry.kind} | {entry.typed} | {entry.keys} | {entry.milliseconds} |"
    yield ""
    yield "Pictures: " + ", ".join(f"`{path.name}`" for path in sorted(folder.glob("*.png"))) + "."


def _figure(figures: DayFigures, name: str) -> int:
    return int(getattr(figures, name))
