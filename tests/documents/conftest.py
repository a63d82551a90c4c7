"""Papers to test with, and the outside programs that read them."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.documents.receipt import Receipt
from app.documents.recovery_sheet import RecoverySheet

MARKS_OF_DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\f"))
HUBS = {
    "fr": ("Hub Work4Life de Rabat", "Rabat, quartier l’Océan", "Auto-entrepreneur"),
    "en": ("Work4Life hub, Rabat", "Rabat, L’Océan", "Self-employment"),
    "ar": ("مركز Work4Life بالرباط", "الرباط، حي المحيط", "المقاول الذاتي"),
}


@pytest.fixture
def make_receipt() -> Callable[..., Receipt]:
    """A receipt in a language, with any field set otherwise."""

    def make(language: str, **changes: object) -> Receipt:
        hub_name, hub_city, counter = HUBS[language]
        values: dict[str, Any] = {
            "hub_name": hub_name,
            "hub_city": hub_city,
            "desk": "A",
            "number": "RBT-RV-2026-A00123-S",
            "date": date(2026, 11, 23),
            "arrived": "09:42",
            "left": "10:15",
            "counter": counter,
            "holder_name": "KONÉ Aïssata",
            "holder_name_ar": "عيساتا كوني",
            "next_appointment": datetime(2026, 11, 30, 10, 0),  # noqa: DTZ001 - as on a wall clock
        }
        values.update(changes)
        return Receipt(**values)

    return make


@pytest.fixture
def make_sheet() -> Callable[[str], RecoverySheet]:
    """The recovery sheet of one installation in a language."""

    def make(language: str) -> RecoverySheet:
        hub_name, hub_city, _ = HUBS[language]
        code = "7K0M-Q8BX-91DR-ZT4W-H6CN-2V5Y-E3JF-8PGA"
        return RecoverySheet("Accueil 1", hub_name, hub_city, "A", date(2026, 11, 23), code)

    return make


@pytest.fixture
def run_tool(tmp_path: Path) -> Callable[..., str]:
    """What an outside program says of a file: `run_tool("qpdf", "--check", content)`."""

    def run(program: str, *arguments: str, content: bytes, suffix: str = ".pdf", last: tuple[str, ...] = ()) -> str:
        if shutil.which(program) is None:
            pytest.skip(f"the program {program} is not installed")
        path = tmp_path / f"paper{suffix}"
        path.write_bytes(content)
        done = subprocess.run(
            [program, *arguments, str(path), *last], capture_output=True, check=True, timeout=60, encoding="utf-8"
        )
        return done.stdout

    return run


@pytest.fixture
def read_text(run_tool: Callable[..., str]) -> Callable[[bytes], str]:
    """The text of a paper as somebody copies it out.

    Without the marks of direction that pdftotext adds, and without spaces: where the scripts meet on a line it puts
    the space on the wrong side of the word.
    """

    def read(pdf: bytes) -> str:
        return run_tool("pdftotext", "-layout", content=pdf, last=("-",)).translate(MARKS_OF_DIRECTION).replace(" ", "")

    return read
