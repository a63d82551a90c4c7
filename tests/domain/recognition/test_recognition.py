"""One name, however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.recognition import fold_name, mark_matches, mark_tail, name_similarity

ODD_TEXT = st.text(max_size=60)
NAMES = st.sampled_from(
    [
        "Mohamed Alaoui",
        "محمد العلوي",
        "Kouadio N'Guessan",
        "Fatima Ez-Zahra Lahrech",
        "عبد القادر بن عيسى",
        "Ould Cheikh Sidi",
    ]
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  MOHAMED\tEl-Alaoui ", "mohamed el alaoui"),
        ("N’Guessan", "nguessan"),
        ("Ouédraogo", "ouedraogo"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("\u202bأحمد\u202c", "احمد"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("رجاء", "رجا"),
        ("ﷲ", "الله"),
        ("Ｍｏｈａ", "moha"),
        ("Aya😀 Diop\0", "aya diop"),
        ("٠٦١٢", "0612"),
        ("😀", ""),
    ],
)
def test_folding_gives_one_form(written: str, folded: str) -> None:
    assert fold_name(written) == folded


@given(ODD_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد العلوي", "Mohamed Alaoui"),
        ("محمد العلوي", "Mohammed El Alaoui"),
        ("محمد العلوي", "ALAOUI Mohamed"),
        ("Mohamed Alaoui", "Mohammed El Alaoui"),
        ("عبد القادر الخميري", "Abd al-Qadir al-Khumayri"),
        ("عبد القادر الخميري", "Abdelkader Khemiri"),
        ("نور الدين بن عيسى", "Noureddine Benaïssa"),
        ("فاطمة الزهراء لحرش", "Fatimazahra Lahrech"),
        ("محمد ولد عبد العزيز", "Mohamed Ould Abdel Aziz"),
        ("المنصف المرزوقي", "Moncef Marzouki"),
        ("جمال بلماضي", "Djamel Belmadi"),
        ("Kouadio N'Guessan", "Nguessan Kouadio"),
        ("Ouédraogo Issa", "Issa Wedraogo"),
        ("Mamadou Diallo", "DJALLO Mamadou"),
        ("Mbaye Fall", "M'Baye Fall"),
        ("Traoré Aïssatou", "Aissatou TRAORE"),
        ("Coulibaly Seydou", "Koulibaly Seydou"),
        ("محمد عبد الله", "Mohamed Abdallah"),
        ("عبد الله غلام", "Abdellah Rhallam"),
        ("ثريا السقاط", "Thouria Saqqat"),
        ("الطاهر النشادي", "Tahar Nechchadi"),
        ("محمد القاسمي", "Mohammed Kacimi"),
        ("المختار بلحبيب", "Moctar Bel Ahbib"),
        ("Oumaïma Belahbib", "Oumayma Bel Ahbib"),
        ("Nadia Baccouche", "Nadia Bakkouche"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert name_similarity(one, other) > 0.75
    assert name_similarity(one, other) == name_similarity(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد العلوي", "Mohamed Tazi"),
        ("Ahmed Benani", "Mohamed Alaoui"),
        ("Mamadou Diallo", "Mamadou Coulibaly"),
        ("فاطمة الإدريسي", "Fatima Bennani"),
        ("", "Mohamed"),
        ("😀", "😀"),
    ],
)
def test_different_names_are_not_alike(one: str, other: str) -> None:
    assert name_similarity(one, other) < 0.5


@given(NAMES, NAMES)
def test_likeness_is_a_symmetric_share(one: str, other: str) -> None:
    assert 0.0 <= name_similarity(one, other) <= 1.0
    assert name_similarity(one, other) == name_similarity(other, one)
    assert name_similarity(one, one) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("query", "shown", "bold"),
    [
        ("moh", "Mohamed El Alaoui", ["Moh"]),
        ("ala", "Mohamed El Alaoui", ["El Ala"]),
        ("alaoui moha", "MOHAMED EL ALAOUI", ["MOHA", "EL ALAOUI"]),
        ("alaoui", "محمد العلوي", ["العلوي"]),
        ("محمد", "Mohamed El Alaoui", ["Mohamed"]),
        ("nguess", "Kouadio N'Guessan", ["N'Guess"]),
        ("612 34", "+212 6 12 34 56", ["6 12 34"]),
        ("alaou 4512", "Mohamed El Alaoui", ["El Alaou"]),
        ("612 alaoui", "+212 6 12 34 56", ["6 12"]),
        ("ahed tazi", "Ahmed Tazi", ["Ahmed", "Tazi"]),
        ("zzz", "Mohamed", []),
        ("", "Mohamed", []),
    ],
)
def test_marks_what_was_typed(query: str, shown: str, bold: list[str]) -> None:
    assert [shown[start:end] for start, end in mark_matches(query, shown)] == bold


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("alaoui 4512", ["45 12"]),
        ("العلوي ٤٥١٢", ["45 12"]),
        ("512 alaoui", ["5 12"]),
        ("alaoui 06 12 34 45 12", ["45 12"]),
        ("0612344512", ["45 12"]),
        ("alaoui 4513", []),
        ("alaoui 12", []),
        ("alaoui", []),
        ("", []),
    ],
)
def test_marks_the_digits_of_a_phone_of_which_the_last_are_shown(query: str, marked: list[str]) -> None:
    shown = "\u2066…45 12\u2069"
    assert [shown[start:end] for start, end in mark_tail(query, shown)] == marked


@given(ODD_TEXT | NAMES, ODD_TEXT | NAMES)
def test_marks_are_ordered_spans_of_what_is_shown(query: str, shown: str) -> None:
    last = 0
    for start, end in mark_matches(query, shown):
        assert last <= start < end <= len(shown)
        last = end
