"""UAX #9 against Unicode's own conformance tests, and the rules that papers lean on."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from app.documents.text.bidi import embedding_levels, visual_runs

UNICODE = Path("/usr/share/unicode")
BASES = {"0": 0, "1": 1, "2": None}
needs_unicode_data = pytest.mark.skipif(
    not (UNICODE / "BidiTest.txt").is_file(), reason="Debian package unicode-data is not installed"
)
SAMPLES = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "$",
    "AN": "\u0661", "CS": ",", "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t",
    "WS": " ", "ON": "!", "LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e",
    "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip


def visual_order(text: str, base: int | None) -> tuple[tuple[int, ...], list[int]]:
    levels = embedding_levels.__wrapped__(text, base)
    order: list[int] = []
    for start, end, level in visual_runs(levels, 0, len(text), base or 0):
        order += reversed(range(start, end)) if level & 1 else range(start, end)
    return levels, order


def rows(name: str) -> Iterator[str]:
    with (UNICODE / name).open(encoding="utf-8") as lines:
        for line in lines:
            if content := line.partition("#")[0].strip():
                yield content


def check_characters(step: int) -> int:
    checked = 0
    for row in islice(rows("BidiCharacterTest.txt"), 0, None, step):
        codes, direction, _paragraph, expected, order = (part.strip() for part in row.split(";"))
        text = "".join(chr(int(code, 16)) for code in codes.split())
        levels, visual = visual_order(text, BASES[direction])
        wanted = expected.split()
        assert all(want in ("x", str(got)) for want, got in zip(wanted, levels, strict=True)), row
        assert [i for i in visual if wanted[i] != "x"] == [int(i) for i in order.split()], row
        checked += 1
    return checked


def check_classes(step: int) -> int:
    expected: list[str] = []
    checked = 0
    for number, row in enumerate(rows("BidiTest.txt")):
        if row.startswith("@"):
            if row.startswith("@Levels:"):
                expected = row.removeprefix("@Levels:").split()
            continue
        classes, bits = row.split(";")
        names = classes.split()
        # one call is one paragraph; the file also has classes after a paragraph's end
        if number % step or "B" in names[:-1]:
            continue
        text = "".join(SAMPLES[name] for name in names)
        for bit, base in ((1, None), (2, 0), (4, 1)):
            if int(bits, 16) & bit:
                levels = embedding_levels.__wrapped__(text, base)
                assert all(want in ("x", str(got)) for want, got in zip(expected, levels, strict=True)), row
                checked += 1
    return checked


@needs_unicode_data
def test_every_fifth_character_test_of_unicode() -> None:
    assert check_characters(5) > 18_000


@needs_unicode_data
def test_every_61st_class_test_of_unicode() -> None:
    assert check_classes(61) > 10_000


@needs_unicode_data
@pytest.mark.soak
@pytest.mark.timeout(600)
def test_all_of_unicodes_tests() -> None:
    assert check_characters(1) > 91_000
    assert check_classes(1) > 650_000


def displayed(text: str, base: int) -> str:
    return "".join(text[i] for i in visual_order(text, base)[1])


def test_an_isolated_latin_name_keeps_its_order_in_an_arabic_sentence() -> None:
    name = "Aïssata KONÉ (Awa)"
    shown = displayed(f"سلم إلى \u2068{name}\u2069 يوم 23/11/2026.", 1)
    assert name in shown
    assert "23/11/2026" in shown
    assert shown.startswith(".")


def test_an_isolated_arabic_name_does_not_pull_the_number_after_it() -> None:
    name = "محمد العلوي"
    assert displayed(f"\u2068{name}\u2069 12", 0) == f"\u2068{name[::-1]}\u2069 12"
    assert displayed(f"{name} 12", 0) == f"12 {name[::-1]}"


def test_a_line_out_of_the_middle_of_a_paragraph_keeps_the_paragraphs_levels() -> None:
    text = "سلم إلى \u2068KONÉ Aïssata\u2069"
    levels = embedding_levels(text, 1)
    start = text.index("Aïs")
    runs = visual_runs(levels, start, len(text), 1)
    assert [(text[run.start : run.end], run.level) for run in runs] == [("\u2069", 1), ("Aïssata", 2)]
    assert visual_runs((), 0, 0, 1) == []


def test_without_a_strong_character_the_paragraph_runs_left_to_right() -> None:
    assert embedding_levels("12 : 30", None) == (0,) * 7
    assert embedding_levels("", None) == ()
