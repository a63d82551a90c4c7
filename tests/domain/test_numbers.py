"""The laws of a paper's number: what is written is read back, and a slip in copying shows."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbers import (
    VISIT_RECEIPT,
    NumberNotUnderstoodError,
    PaperNumber,
    WrongCheckCharacterError,
    check_character,
    is_number,
    parse_number,
)

LETTERS, DIGITS = string.ascii_uppercase, string.digits


def letters(count: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=count, max_size=count)


numbers = st.builds(
    PaperNumber,
    hub=letters(3),
    kind=letters(2),
    year=st.integers(2000, 9999),
    desk=letters(1),
    sequence=st.integers(1, 9_999_999),
)


@given(numbers)
def test_a_number_is_read_back_as_it_was_written(number: PaperNumber) -> None:
    assert parse_number(str(number)) == number
    assert str(number).endswith("-" + number.check)
    assert number.check not in "ILOUZ"


@given(numbers)
def test_writing_habits_do_not_matter(number: PaperNumber) -> None:
    plain = str(number)
    assert parse_number(plain.replace("-", "")) == number
    assert parse_number(plain.lower().replace("-", " – ")) == number
    assert parse_number("\u2068" + plain + "\u2069\n") == number
    assert parse_number(plain.translate(str.maketrans(DIGITS, "٠١٢٣٤٥٦٧٨٩"))) == number
    hub, kind, year, counter, check = plain.split("-")
    slipped = "-".join((hub, kind, year.replace("0", "O"), counter[0] + counter[1:].replace("1", "l"), check))
    assert parse_number(slipped) == number


@given(numbers, st.data())
def test_every_wrong_character_shows(number: PaperNumber, data: st.DataObject) -> None:
    plain = str(number)
    place = data.draw(st.sampled_from([i for i, char in enumerate(plain) if char != "-"]))
    other = data.draw(st.sampled_from([char for char in LETTERS + DIGITS if char != plain[place]]))
    wrong = plain[:place] + other + plain[place + 1 :]
    # O for 0 and I, L for 1 are no other characters but the same one badly written
    try:
        assert parse_number(wrong) == number
        assert {plain[place], other} <= {"O", "0"} or {plain[place], other} <= {"I", "L", "1"}
    except NumberNotUnderstoodError:
        pass


@given(numbers, st.data())
def test_every_exchange_of_two_characters_shows(number: PaperNumber, data: st.DataObject) -> None:
    plain = list(str(number))
    places = [i for i, char in enumerate(plain) if char != "-"]
    first, second = data.draw(st.sampled_from([(i, j) for i in places for j in places if i < j]))
    if plain[first] == plain[second]:
        return
    plain[first], plain[second] = plain[second], plain[first]
    assert not is_number("".join(plain)) or parse_number("".join(plain)) == number


def test_every_slip_in_one_number_is_caught() -> None:
    """All of them, not a sample: each wrong character of its kind, each exchange of neighbours of a kind."""
    body = "RBTRV2026A00123"
    right = check_character(body)
    for place, char in enumerate(body):
        kind = DIGITS if char in DIGITS else LETTERS
        for other in kind.replace(char, ""):
            assert check_character(body[:place] + other + body[place + 1 :]) != right
    for place in range(len(body) - 1):
        one, two = body[place], body[place + 1]
        if one != two and one.isdigit() == two.isdigit():
            assert check_character(body[:place] + two + one + body[place + 2 :]) != right


@pytest.mark.parametrize("pair", [a + b for kind in (DIGITS, LETTERS) for a in kind for b in kind if a < b])
def test_every_pair_of_neighbours_has_another_check_character_when_exchanged(pair: str) -> None:
    for left in range(6):
        for right in range(6):
            assert check_character("A" * left + pair + "7" * right) != check_character(
                "A" * left + pair[::-1] + "7" * right
            )


def test_the_number_of_a_visit_receipt() -> None:
    number = PaperNumber("RBT", VISIT_RECEIPT, 2026, "A", 123)
    assert str(number) == "RBT-RV-2026-A00123-" + number.check
    assert str(PaperNumber("TNG", "AP", 2026, "B", 123_456)).startswith("TNG-AP-2026-B123456-")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RBT",
        "RBT-RV-2026-A00123",
        "RBT-RV-26-A00123-K",
        "RB-RV-2026-A00123-K",
        "RBT-RV-2026-A00000-0",
        "\0",
        "é" * 300,
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberNotUnderstoodError):
        parse_number(text)
    assert not is_number(text)


def test_a_superfluous_zero_is_refused() -> None:
    number = str(PaperNumber("RBT", "RV", 2026, "A", 123))
    with pytest.raises(NumberNotUnderstoodError):
        parse_number(number.replace("A00123", "A000123"))


def test_a_wrong_check_character_is_told_apart_from_a_wrong_form() -> None:
    number = PaperNumber("RBT", "RV", 2026, "A", 123)
    with pytest.raises(WrongCheckCharacterError):
        parse_number(str(number).replace("00123", "00132"))


def test_parts_that_no_number_has() -> None:
    for wrong in (
        ("rbt", "RV", 2026, "A", 1),
        ("RBT", "R", 2026, "A", 1),
        ("RBT", "RV", 26, "A", 1),
        ("RBT", "RV", 2026, "", 1),
        ("RBT", "RV", 2026, "A", 0),
    ):
        with pytest.raises(ValueError, match="no paper has the number"):
            PaperNumber(*wrong)
    with pytest.raises(ValueError, match="too long"):
        check_character("A" * 30)
