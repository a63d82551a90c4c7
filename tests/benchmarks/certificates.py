"""Bilingual certificates beside other makers of PDF, in one run: `python -m tests.benchmarks.certificates [seconds]`.

Every certificate has another name, number and code. Counted is processor time of the whole process, all threads, with
the first one of each maker left out; then the bytes of a certificate. "each" makes a file of every certificate, as
hubs keep them; "together" one file of many pages, as a printer takes it.
"""

import logging
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.documents.certificate import render_batch, render_together
from app.domain.numbers import PaperNumber
from app.domain.sheets import CertificateSheet
from tests.benchmarks.paper_peers import PEERS, Maker, fill_folder
from tests.documents.samples import BILINGUAL

_LATIN, _ARABIC = "abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_MOST = 400
_TOGETHER = 200


def make_sheets(count: int) -> list[CertificateSheet]:
    """A class of made-up people: no name comes twice."""
    choice = random.Random(20261124)

    def word(letters: str, low: int, high: int) -> str:
        return "".join(choice.choices(letters, k=choice.randint(low, high)))

    return [
        replace(
            BILINGUAL,
            number=str(PaperNumber("RBT", "AP", 2026, "A", sequence)),
            holder_name=f"{word(_LATIN, 4, 9).upper()} {word(_LATIN, 3, 8).title()}",
            holder_name_ar=f"{word(_ARABIC, 3, 6)} {word(_ARABIC, 3, 7)}",
            qr=f"WASL1:{word(_CODE, 190, 190)}",
        )
        for sequence in range(1, count + 1)
    ]


def measure(make: Maker, sheets: Sequence[CertificateSheet], seconds: float, step: int) -> tuple[float, float, int]:
    """Certificates a second of processor time and of the clock, and bytes of one; `step` are made at a time."""
    make(sheets[:1])
    done = size = 0
    began, clock = time.process_time(), time.perf_counter()
    while done + step < len(sheets) and (not done or time.process_time() - began < seconds):
        size += sum(map(len, make(sheets[done + 1 : done + 1 + step])))
        done += step
    return done / (time.process_time() - began), done / (time.perf_counter() - clock), size // done


def makers(folder: Path) -> Iterator[tuple[str, Callable[[], Maker], int]]:
    """Each maker with how many certificates it is asked for at a time."""
    yield "Wasl, each", lambda: lambda sheets: list(render_batch(sheets)), 10
    for name, prepare in PEERS.items():
        yield f"{name}, each", partial(prepare, folder, together=False), 1
    yield "Wasl, together", lambda: lambda sheets: [render_together(sheets)], _TOGETHER
    for name, prepare in PEERS.items():
        yield f"{name}, together", partial(prepare, folder, together=True), _TOGETHER if name == "Typst" else 20


def run(seconds: float) -> None:
    """Print a line for each maker."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    sheets = make_sheets(_MOST + 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill_folder(folder, sheets)
        print(f"{'certificates':22}{'a second (processor)':>22}{'(clock)':>10}{'bytes each':>12}")
        for maker, prepare, step in makers(folder):
            try:
                make = prepare()
            except ImportError as error:
                print(f"{maker:22}  not measured: {error.name} is not installed")
                continue
            by_processor, by_clock, size = measure(make, sheets, seconds, step)
            print(f"{maker:22}{by_processor:22.1f}{by_clock:10.1f}{size:12,}", flush=True)


if __name__ == "__main__":
    run(*[float(argument) for argument in sys.argv[1:2]] or [3.0])
