"""How a command answers: one JSON document or a few lines on standard output, everything else on standard error."""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from io import TextIOWrapper
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command found or did: `document` for `--json`, `lines` for people, made only when they are shown."""

    document: object
    lines: Callable[[], Iterable[str]]
    status: int = 0


@dataclass(frozen=True, slots=True)
class Terminal:
    """The two streams of one run. Streams that can't show a letter show a question mark, and never fail for it."""

    as_json: bool

    def give(self, reply: Reply) -> None:
        """Print the answer and nothing else on standard output."""
        _never_fail_for_a_letter()
        if self.as_json:
            # a stream that is not UTF-8 gets the same document with its letters escaped: nothing is lost
            unicode_stream = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
            json.dump(reply.document, sys.stdout, ensure_ascii=not unicode_stream, default=_plain)
            sys.stdout.write("\n")
        else:
            for line in reply.lines():
                sys.stdout.write(_harmless(line) + "\n")
        sys.stdout.flush()

    def tell(self, sentence: str) -> None:
        """Say something to the person at the terminal: progress, a warning, why something was refused."""
        _never_fail_for_a_letter()
        sys.stderr.write(_harmless(sentence) + "\n")
        sys.stderr.flush()


def _never_fail_for_a_letter() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _harmless(text: str) -> str:
    # what was typed may be shown again in a message; it must not steer the terminal
    return "".join(
        char if char in "\t\n" or unicodedata.category(char) != "Cc" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    if isinstance(value, frozenset | set):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    """Lines of a table: columns as wide as what they hold, two spaces between them, a rule below the heads."""
    body = [list(heads), *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(_width(row[column]) for row in body) for column in range(len(heads))]
    for place, row in enumerate(body):
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
        if place == 0:
            yield "  ".join("─" * width for width in widths)


def _width(text: str) -> int:
    """Columns that a text takes on a terminal: none for marks, two for wide letters (Unicode, annex 11)."""
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Me", "Mn"}
        else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )
