"""How fast papers are made and how large they are: `python tests/benchmarks/papers.py [seconds]`.

Every receipt has another name and number, as at a desk; nothing is served from a cache of whole papers.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from statistics import median

from app.documents.preview import rasterise
from app.documents.receipt import Receipt, render_receipt
from app.documents.recovery_sheet import RecoverySheet, render_recovery_sheet
from app.domain.numbers import VISIT_RECEIPT, PaperNumber

_GIVEN = (("Aïssata", "عيساتا"), ("Mohamed", "محمد"), ("Yao", "ياو"), ("Fatou", "فاتو"), ("Khadija", "خديجة"))
_FAMILY = (("KONÉ", "كوني"), ("ALAOUI", "العلوي"), ("N’GUESSAN", "نغيسان"), ("DIALLO", "ديالو"), ("BENALI", "بنعلي"))
_CODE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def receipt(sequence: int, choice: random.Random) -> Receipt:
    """The receipt of one made-up visit."""
    given, family = choice.choice(_GIVEN), choice.choice(_FAMILY)
    return Receipt(
        hub_name="Hub Work4Life de Rabat",
        hub_city="Rabat, quartier l’Océan",
        desk="A",
        number=str(PaperNumber("RBT", VISIT_RECEIPT, 2026, "A", sequence)),
        date=date(2026, 11, 23),
        arrived=f"{choice.randrange(8, 18):02d}:{choice.randrange(60):02d}",
        left="18:15",
        counter="Auto-entrepreneur",
        holder_name=f"{family[0]} {given[0]}",
        holder_name_ar=f"{given[1]} {family[1]}",
        next_appointment=datetime(2026, 11, choice.randrange(24, 31), 10, 30),  # noqa: DTZ001 - as on a wall clock
    )


def recovery_sheet(choice: random.Random) -> RecoverySheet:
    """The sheet of one made-up installation."""
    code = "-".join("".join(choice.choices(_CODE_CHARACTERS, k=4)) for _ in range(8))
    return RecoverySheet("Accueil 1", "Hub Work4Life de Rabat", "Rabat", "A", date(2026, 11, 23), code)


def _make_receipt(language: str, choice: random.Random, sequence: int) -> bytes:
    return render_receipt(receipt(sequence, choice), language)


def measure(make: Callable[[int], bytes], seconds: float) -> dict[str, float]:
    """First paper, then papers for a while: milliseconds each, papers a second, and the largest in bytes."""
    start = time.perf_counter()
    make(1)
    first = time.perf_counter() - start
    times: list[float] = []
    sizes: list[int] = []
    while sum(times) < seconds:
        start = time.perf_counter()
        size = len(make(len(times) + 2))
        times.append(time.perf_counter() - start)
        sizes.append(size)
    times.sort()
    return {
        "first_ms": round(first * 1000, 1),
        "median_ms": round(median(times) * 1000, 2),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
        "per_second": round(len(times) / sum(times), 1),
        "largest_bytes": max(sizes),
    }


def run(seconds: float = 3.0) -> dict[str, dict[str, float]]:
    """Each paper in each language, and the preview of one."""
    choice = random.Random(20261123)
    results = {}
    for language in ("fr", "en", "ar"):
        results[f"receipt {language}"] = measure(partial(_make_receipt, language, choice), seconds)
    results["recovery sheet ar"] = measure(lambda _: render_recovery_sheet(recovery_sheet(choice), "ar"), seconds)
    paper = render_receipt(receipt(1, choice), "ar")
    results["preview at 96 dpi"] = measure(lambda _: rasterise(paper, dpi=96).data, seconds)
    return results


if __name__ == "__main__":
    print(json.dumps(run(*(float(argument) for argument in sys.argv[1:2])), indent=2))
