"""What a bundle waits for is said with from whom and of about when, and without a technical word."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from app.clock import to_moment
from app.i18n import current_language, use_language
from app.services.exchange.letter import Missing, Place, WaitingLetter
from app.services.exchange.missing_words import word_missing, word_waiting

TANGER = Place("TNG", "A", {"fr": "Tanger", "en": "Tangier", "ar": "طنجة"})


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = current_language()
    use_language("en")
    yield
    use_language(before)


def at(day: str) -> int:
    return to_moment(datetime.fromisoformat(f"{day} 10:00"))


def test_a_missing_bundle_has_a_sender_and_about_a_day() -> None:
    before = at("2026-03-09")
    assert word_missing(Missing(TANGER, 12, at("2026-03-03"), ours=False), before) == (
        "A bundle from Tangier, written between 3 March and 9 March 2026, is missing: 12 changes. Ask Tangier for it."
    )
    assert word_missing(Missing(TANGER, 1, at("2025-12-30"), ours=False), before) == (
        "A bundle from Tangier, written between 30 December 2025 and 9 March 2026, is missing: 1 change. "
        "Ask Tangier for it."
    )
    assert word_missing(Missing(TANGER, 3, at("2026-03-09"), ours=False), before) == (
        "A bundle from Tangier of 9 March 2026 is missing: 3 changes. Ask Tangier for it."
    )
    assert word_missing(Missing(TANGER, 3, None, ours=False), before).startswith(
        "The first bundle from Tangier, of 9 March 2026 or before, is missing"
    )


def test_a_clock_that_was_ahead_makes_no_nonsense() -> None:
    said = word_missing(Missing(TANGER, 3, at("2030-01-01"), ours=False), at("2026-03-09"))
    assert said.startswith("A bundle from Tangier of 9 March 2026 is missing")


def test_own_changes_are_somebody_elses_to_give_back() -> None:
    said = word_missing(Missing(TANGER, 2, None, ours=True), at("2026-03-09"))
    assert "of this office itself" in said


@pytest.mark.parametrize(("language", "name"), [("fr", "Tanger"), ("en", "Tangier"), ("ar", "طنجة")])
def test_what_waits_and_why_in_each_language(language: str, name: str) -> None:
    use_language(language)
    item = WaitingLetter("x", TANGER, at("2026-03-09"), (Missing(TANGER, 12, at("2026-03-03"), ours=False),))
    said = word_waiting(item)
    assert said.count(name) >= 2
    assert "12" in said
    assert "2026" in said
    assert not {"op", "vector", "bundle_id", "x"} & set(said.split())
