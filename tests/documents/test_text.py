"""Letters, lines and what can't be printed."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.documents.fonts import CODE, SANS, SERIF, SERIF_BOLD, paper_font
from app.documents.text.characters import INVISIBLE, isolate, printable
from app.documents.text.lines import LEADING, Line, fit, set_line, wrap

any_text = st.text(max_size=120) | st.text(
    st.characters(min_codepoint=0x600, max_codepoint=0x6FF) | st.sampled_from(" abcÉ1«»()"), max_size=120
)
fonts = st.sampled_from([SERIF, SERIF_BOLD, SANS, CODE])


def glyphs(line: Line) -> list[int]:
    """The glyphs of a line as its fonts number them."""
    return [paper_font(piece.font).glyph_of(ord(code)) for piece in line.pieces for code in piece.codes]


def meaning(line: Line) -> str:
    """What a line says, in the order in which it is drawn."""
    return "".join(paper_font(piece.font).meanings[ord(code)] for piece in line.pieces for code in piece.codes)


@example(text="😀 \ue000 \ud83d ﷽ 𝐌 ሰላም \u0378", font=SERIF, right_to_left=False)
@given(any_text, fonts, st.booleans())
@settings(deadline=None)
def test_no_box_is_ever_drawn(text: str, font: str, right_to_left: bool) -> None:
    """Glyph 0 is the box that stands for a missing character."""
    assert 0 not in glyphs(set_line(text, font, right_to_left=right_to_left))


@given(any_text, fonts, st.booleans())
@settings(deadline=None)
def test_a_line_says_all_of_its_text(text: str, font: str, right_to_left: bool) -> None:
    said = meaning(set_line(text, font, right_to_left=right_to_left)).replace("\u2060", "")
    wanted = "".join(character for character in printable(text, font) if character not in INVISIBLE)
    assert sorted(said) == sorted(wanted)


@given(any_text, fonts)
@settings(deadline=None)
def test_what_is_printable_stays_so(text: str, font: str) -> None:
    plain = printable(text, font)
    assert printable(plain, font) == plain
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} for character in plain)


@example(text="W" * 300, width=40.0, right_to_left=False)
@example(text="محمد" * 60, width=40.0, right_to_left=True)
@example(text="a " * 100, width=3.0, right_to_left=False)
@given(any_text, st.floats(30, 400), st.booleans())
@settings(deadline=None)
def test_no_wrapped_line_is_wider_than_its_column(text: str, width: float, right_to_left: bool) -> None:
    lines = wrap(text, SERIF, 12, width, right_to_left=right_to_left)
    for line in lines:
        assert line.width(12) <= width or len(meaning(line).strip("\u2060")) <= 1 or width < 30
    said = "".join(map(meaning, lines)).replace("\u2060", "").replace(" ", "")
    plain = printable(text, SERIF)
    assert sorted(said) == sorted(c for c in plain if c not in INVISIBLE and c != " ")


@example(text="N’GUESSAN Kouamé " * 20, width=200.0, height=40.0, right_to_left=False)
@example(text="محمد العلوي " * 30, width=200.0, height=40.0, right_to_left=True)
@given(any_text, st.floats(60, 400), st.sampled_from([0.0, 20.0, 60.0]), st.booleans())
@settings(deadline=None)
def test_a_fitted_block_stays_in_its_box(text: str, width: float, height: float, right_to_left: bool) -> None:
    block = fit(text, SERIF_BOLD, 20, width, smallest=7, height=height, right_to_left=right_to_left)
    assert 7 <= block.size <= 20
    assert all(line.width(block.size) <= width + 0.01 for line in block.lines)
    assert len(block.lines) <= 1 or len(block.lines) * block.size * LEADING <= height


def test_a_short_name_keeps_its_size_and_a_longer_one_stays_on_one_line() -> None:
    assert fit("KONÉ Aïssata", SERIF, 20, 300, smallest=7, height=60, right_to_left=False).size == 20
    longer = fit("KONÉ Aïssata Mariam Awa Fatoumata", SERIF, 20, 280, smallest=7, height=60, right_to_left=False)
    assert len(longer.lines) == 1
    assert 16 <= longer.size < 20


def test_a_text_too_long_for_its_box_ends_in_an_ellipsis() -> None:
    block = fit("mot " * 400, SERIF, 20, 100, smallest=7, height=20, right_to_left=False)
    assert block.size == 7
    assert meaning(block.lines[-1]).endswith("…")


def test_french_signs_do_not_begin_a_line() -> None:
    text = "abcdef « ghijkl » : mnopqr ? stuv !"
    for width in range(30, 200, 3):
        for line in wrap(text, SERIF, 12, width, right_to_left=False):
            words = meaning(line)
            # a column narrower than the word and its sign breaks inside, as it would inside a word
            assert words[0] not in "»:?!" or width < 55
            assert not words.endswith("«") or width < 55


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Aïssata\u0000 KONÉ\r\n", "Aïssata KONÉ"),
        ("E\u0301lodie", "Élodie"),
        ("😀 Awa 👩‍👧 🇲🇦", "Awa \u200d"),
        ("𝐌𝐨𝐡𝐚𝐦𝐞𝐝", "Mohamed"),
        ("ＡＬＡＯＵＩ", "ALAOUI"),
        ("ሰላም ተስፋ Abebe", "… Abebe"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("e" + "\u0323" * 50, "ẹ" + "\u0323" * 4),
        ("\ud800x\udfff", "x"),
        ("ﷲ", "ﷲ"),
    ],
)
def test_what_cannot_be_printed(text: str, plain: str) -> None:
    assert printable(text, SERIF).rstrip("\u200d ") == plain.rstrip("\u200d ")


def test_isolation_cannot_be_broken_from_inside() -> None:
    assert isolate("a\u2069\u202eb\u2068") == "\u2068ab\u2069"


def test_arabic_is_joined_and_a_ligature_says_its_letters_in_the_order_of_the_paper() -> None:
    line = set_line("سلام", SERIF, right_to_left=True)
    assert meaning(line) == "مالس"
    single = {paper_font(SERIF).glyph(letter) for letter in "سلام"}
    assert not single & set(glyphs(line)[1:])
    assert meaning(set_line("لا", SANS, right_to_left=True)) == "ال"


def test_brackets_turn_with_the_direction() -> None:
    line = set_line("(كوني)", SERIF, right_to_left=True)
    font = paper_font(SERIF)
    assert meaning(line)[0] == ")"
    assert glyphs(line)[0] == font.glyph("(")


def test_a_letter_of_another_font_stands_between_its_neighbours() -> None:
    line = set_line("Kɔfi", SERIF, right_to_left=False)
    assert [piece.font for piece in line.pieces] == ["Amiri", "Noto-Serif", "Amiri"]
    assert meaning(line) == "Kɔfi"
