"""The letter about a decision: what it says, that no reason spoils it, and that it is the same each time."""

from collections.abc import Callable
from datetime import date

import pytest

from app.documents.decision_letter import DecisionLetter, render_decision_letter
from app.documents.preview import rasterise

LANGUAGES = ("fr", "en", "ar")
DECISIONS = ("accepted", "reserve", "rejected", "declined")
SAID = {"fr": "Votrecandidatureestacceptée", "en": "Yourapplicationisaccepted", "ar": "تمقبولترشيحكم"}


def letter(decision: str = "accepted", reason: str = "Projet solide") -> DecisionLetter:
    return DecisionLetter(
        "Work4Life", "Rabat", "RBT-LD-2026-A00012-K", date(2026, 3, 12), "Appel 2026", "RBT-V-A00012",
        "Saveurs du Sahel", "مذاق الساحل", decision, date(2026, 2, 3), reason,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_was_decided_and_why(language: str, read_text: Callable[[bytes], str]) -> None:
    text = read_text(render_decision_letter(letter(), language))
    for words in (SAID[language], "RBT-LD-2026-A00012-K", "RBT-V-A00012", "SaveursduSahel", "Projetsolide"):
        assert words in text
    for words in ("12/03/2026", "03/02/2026"):
        assert words in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_has_its_own_words(decision: str, language: str, run_tool: Callable[..., str]) -> None:
    pdf = render_decision_letter(letter(decision), language)
    assert render_decision_letter(letter(decision), language) == pdf
    run_tool("qpdf", "--check", content=pdf)
    assert pdf not in [render_decision_letter(letter(other), language) for other in DECISIONS if other != decision]
    assert len(pdf) < 90_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reason", ["W" * 500, "مشروع متين " * 45, "Un projet solide. " * 28, "\ud800\0", "a" + "\u0301" * 400]
)
def test_no_reason_reaches_the_place_of_the_signature(language: str, reason: str) -> None:
    def foot(text: str) -> bytes:
        raster = rasterise(render_decision_letter(letter("accepted", text), language), dpi=50)
        top = round(raster.height * (842 - 178) / 842)
        return bytes(raster.data[top * raster.stride :])

    assert foot(reason) == foot("Bien")
