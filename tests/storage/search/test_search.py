"""People found by name, phone and number on a real encrypted database."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.recognition.words import Word
from app.storage.search import (
    SearchEntry,
    candidates,
    find_similar,
    forget_people,
    index_people,
    prepare_next_word,
    search_people,
    touch_person,
)
from app.storage.search.candidates import Candidate

Store = Callable[..., UUID]


def entry(*names: str, phone: str = "", number: str = "", last_seen: int = 0, key: UUID | None = None) -> SearchEntry:
    return SearchEntry(key or uuid4(), names, (phone,) if phone else (), (number,) if number else (), last_seen)


@pytest.fixture
def people(connection: sqlalchemy.Connection) -> dict[UUID, str]:
    entries = [
        entry("Mohamed Alaoui", phone="+212612345601", number="RBT-A00412", last_seen=1),
        entry("Mohammed El Alaoui", phone="+212612345602", number="RBT-A00413", last_seen=2),
        entry("Mohamed Alami", phone="0612345603", number="RBT-A00414", last_seen=3),
        entry("Kouadio N'Guessan", phone="+2250701020304", number="TNG-B00007", last_seen=4),
        entry("Ouédraogo Issa", last_seen=5),
        entry("Mamadou Diallo", "ممادو ديالو", last_seen=6),
        entry("Fatima Zahra Lahrech", last_seen=7),
        entry("محمد ولد عبد العزيز", last_seen=8),
        entry("Traoré Aïssatou", last_seen=9),
    ]
    index_people(connection, entries)
    return {one.person_id: one.names[0] for one in entries}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("محمد العلوي", "Mohamed Alaoui"),
        ("ALAOUI Mohamed", "Mohamed Alaoui"),
        ("mohammed el alaoui", "Mohammed El Alaoui"),
        ("محم علم", "Mohamed Alami"),
        ("nguessan kouadio", "Kouadio N'Guessan"),
        ("wedraogo", "Ouédraogo Issa"),
        ("djallo mamadou", "Mamadou Diallo"),
        ("ممادو", "Mamadou Diallo"),
        ("fatimazahra lahrech", "Fatima Zahra Lahrech"),
        ("Mohamed Ould Abdelaziz", "محمد ولد عبد العزيز"),
        ("traore ais", "Traoré Aïssatou"),
        ("0701020304", "Kouadio N'Guessan"),
        ("+212 6 12 34 56 01", "Mohamed Alaoui"),
        ("0612345602", "Mohammed El Alaoui"),
        ("5603", "Mohamed Alami"),
        ("٥٦٠٣", "Mohamed Alami"),
        ("RBT-A00412", "Mohamed Alaoui"),
        ("rbta412", "Mohamed Alaoui"),
        ("412", "Mohamed Alaoui"),
        ("tngb7", "Kouadio N'Guessan"),
        ("RBT)Qàà'&é", "Mohamed Alaoui"),
        ("RBT-Aàà'&é", "Mohamed Alaoui"),
        ("rbta'&é", "Mohamed Alaoui"),
        ("alaoui 5602", "Mohammed El Alaoui"),
        ("5602 alaoui", "Mohammed El Alaoui"),
        ("العلوي ٥٦٠٢", "Mohammed El Alaoui"),
        ("ala 06 12 34 56 02", "Mohammed El Alaoui"),
        ("alaoui 413", "Mohammed El Alaoui"),
        ("alami 5603", "Mohamed Alami"),
        ("mamadou 4", "Mamadou Diallo"),
    ],
)
def test_a_person_is_found_first(
    connection: sqlalchemy.Connection, people: dict[UUID, str], query: str, found: str
) -> None:
    hits = search_people(connection, query)
    assert people[hits[0].person_id] == found
    assert 0.0 < hits[0].score <= 1.0


def test_a_few_letters_are_enough(connection: sqlalchemy.Connection, people: dict[UUID, str]) -> None:
    hits = search_people(connection, "ala")
    assert {people[hit.person_id] for hit in hits[:3]} == {"Mohamed Alaoui", "Mohammed El Alaoui", "Mohamed Alami"}


@pytest.mark.parametrize(
    "query", ["", "  ", "\0", "😀", "\u202e", "x" * 10_000, "م" * 10_000, "%_'\";--", "\ud800", "-" * 300]
)
def test_odd_queries_find_nobody_and_do_no_harm(
    connection: sqlalchemy.Connection, people: dict[UUID, str], query: str
) -> None:
    assert people
    assert search_people(connection, query) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_query_is_answered(connection: sqlalchemy.Connection, people: dict[UUID, str], query: str) -> None:
    if not connection.exec_driver_sql("SELECT count(*) FROM search_person").scalar():
        index_people(connection, [entry(name, key=key) for key, name in people.items()])
    for hit in search_people(connection, query, 5):
        assert hit.person_id in people
        assert 0.0 <= hit.score <= 1.0


def test_the_latest_seen_of_equals_comes_first(connection: sqlalchemy.Connection) -> None:
    early, late = entry("Awa Diop", last_seen=10), entry("Awa Diop", last_seen=20)
    index_people(connection, [early, late])
    assert [hit.person_id for hit in search_people(connection, "awa diop")] == [late.person_id, early.person_id]
    touch_person(connection, early.person_id, 30)
    assert [hit.person_id for hit in search_people(connection, "awa diop")] == [early.person_id, late.person_id]
    touch_person(connection, uuid4(), 40)


def test_an_entry_given_again_replaces_the_first(connection: sqlalchemy.Connection) -> None:
    one = entry("Awa Diop", phone="0612345678")
    index_people(connection, [one])
    index_people(connection, [entry("Binta Sarr", phone="0699999999", key=one.person_id)])
    assert search_people(connection, "awa diop") == []
    assert search_people(connection, "0612345678") == []
    assert [hit.person_id for hit in search_people(connection, "binta")] == [one.person_id]


def test_a_transaction_taken_back_leaves_nothing(connection: sqlalchemy.Connection) -> None:
    with connection.begin_nested() as savepoint:
        index_people(connection, [entry("Awa Diop", phone="0612345678")])
        savepoint.rollback()
    assert search_people(connection, "awa diop") == []
    assert search_people(connection, "5678") == []


def test_forgetting_leaves_no_trace(connection: sqlalchemy.Connection, people: dict[UUID, str]) -> None:
    unique = entry("Xhevdet Qorri", phone="+212699887766", number="OUJ-C00099")
    index_people(connection, [unique])
    assert search_people(connection, "xhevdet")
    forget_people(connection, [unique.person_id, uuid4()])
    assert search_people(connection, "xhevdet") == []
    assert search_people(connection, "99887766") == []
    rows = [
        row
        for (table,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all()
        for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
    ]
    stored = b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)
    for trace in (b"xhevdet", b"qorri", b"998877", b"ouj", unique.person_id.bytes):
        assert trace not in stored.lower()
    assert people[search_people(connection, "mohamed alami")[0].person_id] == "Mohamed Alami"


def test_words_of_others_stay_when_a_person_is_forgotten(connection: sqlalchemy.Connection) -> None:
    one, other = entry("Awa Diop"), entry("Awa Sarr")
    index_people(connection, [one, other])
    forget_people(connection, [one.person_id])
    assert [hit.person_id for hit in search_people(connection, "awa")] == [other.person_id]
    forget_people(connection, [other.person_id])
    assert connection.exec_driver_sql("SELECT count(*) FROM search_word").scalar() == 0
    assert connection.exec_driver_sql("SELECT count(*) FROM search_sound").scalar() == 0
    assert connection.exec_driver_sql("SELECT count(*) FROM search_beginning").scalar() == 0


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Aïcha Bahria", "Aicha Bahgia"),
        ("Ahmed Tazi", "Ahed Tazi"),
        ("Ibtissam Merras", "Itbissam Merras"),
        ("Oussama Mellouli", "Ous Mellouli"),
        ("Touriya Jabrane", "Touria Jebrane Kryatif"),
        ("Maaouiya Ould Sid Ahmed Taya", "Maaouya Ould Sid'Ahmed Taya"),
        ("Lalla Amina of Morocco", "Lalla Amina du Maroc"),
        ("Khalidi El Maarofi", "El Khaldi Maarofi"),
        ("شريفه المنصوري", "شريه المنصوري"),
    ],
)
def test_a_name_is_found_beside_those_spelled_as_typed(
    connection: sqlalchemy.Connection, stored: str, asked: str
) -> None:
    wanted = entry(stored)
    last = asked.rsplit(maxsplit=1)[-1]
    others = [entry(f"{first} {last}") for first in ("Zineb", "Yassir", "Wafaa", "Brahim", "Latifa", "Jawad", "Nizar")]
    index_people(connection, [entry(asked), *others, wanted])
    assert wanted.person_id in [hit.person_id for hit in search_people(connection, asked, 5)]


def test_a_name_that_replaces_the_newest_is_found_though_it_was_asked_for_before(
    connection: sqlalchemy.Connection,
) -> None:
    key = uuid4()
    index_people(connection, [entry("Qorri", key=key)])
    assert not search_people(connection, "xhevdet")
    index_people(connection, [entry("Xhevdet", key=key)])
    assert [hit.person_id for hit in search_people(connection, "xhevdet")] == [key]


def test_possible_duplicates_of_a_person_being_typed(
    connection: sqlalchemy.Connection, people: dict[UUID, str]
) -> None:
    hits = find_similar(connection, ("Muhammad Alaoui", "محمد العلوي"))
    assert {people[hit.person_id] for hit in hits[:2]} == {"Mohamed Alaoui", "Mohammed El Alaoui"}
    assert hits[0].score > 0.9
    assert find_similar(connection, ("", "😀")) == []


def test_one_person_is_one_hit(connection: sqlalchemy.Connection, people: dict[UUID, str]) -> None:
    hits = search_people(connection, "mamadou")
    assert len(hits) == len({hit.person_id for hit in hits})
    assert people


@pytest.mark.usefixtures("people")
def test_after_a_finished_word_its_other_spellings_are_looked_up_before_the_next_letter(
    connection: sqlalchemy.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = search_people(connection, "ouedraogo i")
    candidates.forget_candidates(connection.engine)
    looked_for: list[str] = []
    find = candidates._find_candidates

    def find_and_note(connection: sqlalchemy.Connection, typed: Word, *, begun: bool, wide: bool) -> list[Candidate]:
        looked_for.append(typed.text)
        return find(connection, typed, begun=begun, wide=wide)

    monkeypatch.setattr(candidates, "_find_candidates", find_and_note)
    prepare_next_word(connection, "ouedraogo ")
    assert looked_for == ["ouedraogo"]

    assert search_people(connection, "ouedraogo i") == expected
    assert looked_for == ["ouedraogo", "i"]


def test_nothing_is_looked_up_ahead_in_the_middle_of_a_word(
    connection: sqlalchemy.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_find_candidates", pytest.fail)
    prepare_next_word(connection, "ouedraogo")
    prepare_next_word(connection, "")
    prepare_next_word(connection, " ")


@pytest.mark.usefixtures("people")
def test_of_the_words_asked_for_the_latest_are_remembered(
    connection: sqlalchemy.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "REMEMBERED", 2)
    for query in ("alaoui", "alami", "alaoui", "diallo"):
        search_people(connection, query)
    assert [text for text, *_ in candidates._remember(connection).candidates] == ["alaoui", "diallo"]
