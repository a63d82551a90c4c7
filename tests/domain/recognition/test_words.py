"""Particles belong to the word they introduce; keys join what sounds alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.recognition.keys import find_keys
from app.domain.recognition.words import MAX_WORDS, cut_words, locate_words, make_word


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mohammed El Alaoui", ["mohammed", "elalaoui"]),
        ("Abd al-Qadir", ["abdalqadir"]),
        ("Nour Ed-Dine Ait Ali", ["nourdin", "aitali"]),
        ("عبد الله بن حمو", ["عبدالله", "بنحمو"]),
        ("نور الدين", ["نوردين"]),
        ("M Baye Fall", ["mbaye", "fall"]),
        ("Ould", ["ould"]),
        ("سيدي ولد الشيخ عبد الله", ["سيدي", "ولدالشيخ", "عبدالله"]),
        ("Mohamed Abd Allah", ["mohamed", "abdallah"]),
        ("Oumayma Bel Ahbib", ["oumayma", "belahbib"]),
    ],
)
def test_words_take_their_particles_in(name: str, words: list[str]) -> None:
    assert [word.text for word in cut_words(name)] == words


@given(st.text(alphabet="abdelinou دينلاعبمح-'", max_size=40))
def test_words_stay_what_they_are(text: str) -> None:
    words = cut_words(text)
    assert len(words) <= MAX_WORDS
    assert all(make_word(word.text) == word for word in words)
    assert all(0 <= start < end <= len(text) for _, (start, end) in locate_words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد", "mohammed"),
        ("شرقاوي", "cherkaoui"),
        ("diallo", "djallo"),
        ("thiam", "tiam"),
        ("العلوي", "alaoui"),
        ("رغيب", "rharib"),
        ("baccouche", "bakkouche"),
        ("jarra", "diarra"),
        ("اسحاق", "ishak"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert find_keys(make_word(one)) & find_keys(make_word(other))
