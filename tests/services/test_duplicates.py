"""Duplicates across the register: what makes two records one person, and what does not."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.accounts import Role
from app.domain.people import Birth, Likeness, NewPerson, Precision, Sex
from app.errors import Cancelled, NotAllowedError
from app.hub import Hub
from app.paths import HubPaths
from app.services import erasing, likeness, merging, people
from app.services.duplicates import DuplicatePair, duplicates
from app.services.likeness import Weighed, weigh
from app.services.weights import Rarity, Traits, traits_of
from app.storage import pairs
from tests.benchmarks.duplicates import THRESHOLDS, figures, find_with_wasl
from tests.benchmarks.duplicates_data import make_febrl_register, make_hub_register
from tests.factories import LOGINS, open_as

FULL = Birth(date(1990, 5, 17), Precision.DAY)
OTHER = Birth(date(1984, 11, 3), Precision.DAY)
NEW_YEAR = Birth(date(1990, 1, 1), Precision.DAY)
PHONE, ANOTHER = "+212661234567", "+212677889900"


def add(hub: Hub, *records: NewPerson) -> list[UUID]:
    return [row.id for row in hub.write(lambda uow: people.add_many(records, uow).value)]


def find(hub: Hub, threshold: float = 0.9) -> tuple[DuplicatePair, ...]:
    return hub.read(lambda uow: duplicates(uow, threshold))


def score(hub: Hub, one: NewPerson, other: NewPerson) -> float:
    """The score of the only two people of a register; 0 where they are not even compared."""
    add(hub, one, other)
    return max((pair.score for pair in find(hub, 0.0)), default=0.0)


ONE_PERSON = {
    "rare name, same phone": (
        NewPerson("Wendkuni Ahouansou", phones=(PHONE,)),
        NewPerson("AHOUANSOU Wendkuni", phones=(PHONE,)),
    ),
    "same name and birth date": (
        NewPerson("Mohamed Alaoui", birth=FULL, phones=(PHONE,)),
        NewPerson("Mohamed Alaoui", birth=FULL, phones=(ANOTHER,)),
    ),
    "two scripts and a birth date": (
        NewPerson("Mohammed El Alaoui", birth=FULL),
        NewPerson("", name_ar="محمد العلوي", birth=FULL),
    ),
    "a slip of the keys, same phone and birth date": (
        NewPerson("Fatoumata Coulibaly", birth=FULL, phones=(PHONE,)),
        NewPerson("Fatuomata Koulibali", birth=FULL, phones=(PHONE,)),
    ),
    "one word more, same phone and birth date": (
        NewPerson("Aminata Traoré", birth=FULL, phones=(PHONE,)),
        NewPerson("Traoré Aminata Binta", birth=FULL, phones=(PHONE,)),
    ),
    "the number of the other's card": (
        NewPerson("Serge Kouassi", birth=FULL, card="K-4711"),
        NewPerson("Serge Kouassy", card="k-4711"),
    ),
}
NOT_ONE_PERSON = {
    "a common name and nothing else": (NewPerson("Mohamed Alaoui"), NewPerson("Mohamed Alaoui")),
    "the same name, born at other times": (
        NewPerson("Wendkuni Ahouansou", birth=FULL),
        NewPerson("Wendkuni Ahouansou", birth=OTHER),
    ),
    "twins with one phone": (
        NewPerson("Awa Ndiaye", sex=Sex.FEMALE, birth=FULL, nationality="SN", phones=(PHONE,)),
        NewPerson("Adama Ndiaye", sex=Sex.MALE, birth=FULL, nationality="SN", phones=(PHONE,)),
    ),
    "twin sisters": (
        NewPerson("Ndèye Coumba Sarr", sex=Sex.FEMALE, birth=FULL, nationality="SN", phones=(PHONE,)),
        NewPerson("Ndèye Astou Sarr", sex=Sex.FEMALE, birth=FULL, nationality="SN", phones=(PHONE,)),
    ),
    "father and son with one phone": (
        NewPerson("Moussa Diakité", birth=Birth(date(1961, 3, 2), Precision.DAY), phones=(PHONE,)),
        NewPerson("Ibrahim Diakité", birth=FULL, phones=(PHONE,)),
    ),
    "brothers born on a first of January": (
        NewPerson("Seydou Keïta", birth=NEW_YEAR, nationality="ML", phones=(PHONE,)),
        NewPerson("Bakary Keïta", birth=NEW_YEAR, nationality="ML", phones=(PHONE,)),
    ),
    "a household's phone": (NewPerson("Awa Fall", phones=(PHONE,)), NewPerson("Khady Mbengue", phones=(PHONE,))),
    "strangers born on one day": (NewPerson("Awa Fall", birth=FULL), NewPerson("Trésor Ilunga", birth=FULL)),
}


@pytest.mark.parametrize("case", ONE_PERSON)
def test_one_person_written_twice_is_found(hub: Hub, case: str) -> None:
    assert score(hub, *ONE_PERSON[case]) >= 0.9


@pytest.mark.parametrize("case", NOT_ONE_PERSON)
def test_two_people_are_not_taken_for_one(hub: Hub, case: str) -> None:
    assert score(hub, *NOT_ONE_PERSON[case]) < 0.5


def test_a_first_of_january_weighs_as_its_year() -> None:
    def told(one: Birth, other: Birth) -> float:
        first, second = (traits_of(NewPerson("Mohamed Alaoui", birth=birth), ()) for birth in (one, other))
        return weigh(first, second, RARITY).same

    year = Birth(date(1990, 1, 1), Precision.YEAR)
    assert told(NEW_YEAR, NEW_YEAR) == told(year, year) == told(NEW_YEAR, FULL)
    assert told(FULL, FULL) > told(NEW_YEAR, NEW_YEAR) + 3
    assert told(NEW_YEAR, NEW_YEAR) > told(NEW_YEAR, OTHER)


def test_reasons_are_given(hub: Hub) -> None:
    record = NewPerson("Wendkuni Ahouansou", birth=FULL, nationality="BJ", phones=(PHONE,), card="K-1")
    first, second = add(hub, record, record)
    (pair,) = find(hub)
    assert {pair.a.id, pair.b.id} == {first, second}
    assert set(pair.reasons) == set(Likeness)
    assert pair.a.id < pair.b.id
    assert 0.99 < pair.score <= 1


RARITY = Rarity(3000, 3600, {}, {})


def test_a_name_weighs_by_how_rare_it_is() -> None:
    common = Rarity(3000, 3600, {"mhmd": 200, "alaui": 60}, {})
    names = [traits_of(NewPerson(name), ()) for name in ("Mohamed Alaoui", "Mohamed Alaoui")]
    assert weigh(names[0], names[1], common).same < weigh(names[0], names[1], RARITY).same - 4


def test_a_phone_weighs_by_how_many_have_it() -> None:
    one, other = (traits_of(NewPerson(name), (PHONE,)) for name in ("Awa Fall", "Awa Fall"))
    told = [weigh(one, other, Rarity(3000, 3600, {}, {PHONE: holders})).same for holders in (2, 4, 40)]
    assert told[0] > told[1] > told[2]


def test_linked_records_are_left_out_and_one_taken_apart_is_not_shown_again(hub: Hub) -> None:
    record = NewPerson("Wendkuni Ahouansou", birth=FULL, phones=(PHONE,))
    first, second, third = add(hub, record, record, record)
    assert len(find(hub)) == 3
    hub.write(lambda uow: merging.merge(first, second, uow))  # type: ignore[arg-type]
    (left,) = find(hub)
    assert third in {left.a.id, left.b.id}
    hub.write(lambda uow: merging.unmerge(first, second, uow))  # type: ignore[arg-type]
    assert {frozenset({pair.a.id, pair.b.id}) for pair in find(hub)} == {
        frozenset({first, third}),
        frozenset({second, third}),
    }


def test_hidden_and_erased_people_are_left_out(hub: Hub) -> None:
    record = NewPerson("Wendkuni Ahouansou", birth=FULL)
    first, second, third = add(hub, record, record, record)
    hub.write(lambda uow: people.edit(first, {"hidden": True}, uow))  # type: ignore[arg-type]
    (pair,) = find(hub)
    assert {pair.a.id, pair.b.id} == {second, third}
    hub.write(lambda uow: erasing.erase(third, "asked", uow))  # type: ignore[arg-type]
    assert find(hub) == ()


def test_limit_keeps_the_likeliest(hub: Hub) -> None:
    record = NewPerson("Wendkuni Ahouansou", birth=FULL)
    add(hub, record, record, NewPerson("Serge Tapsoba", phones=(PHONE,)), NewPerson("Serge Tapsoba", phones=(PHONE,)))
    found = find(hub)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert hub.read(lambda uow: duplicates(uow, limit=1)) == found[:1]


def test_receptionist_is_not_asked_to_judge(paths: HubPaths) -> None:
    desk = open_as(paths, LOGINS[Role.RECEPTIONIST])
    with pytest.raises(NotAllowedError):
        find(desk)
    desk.close()


def test_large_blocks_do_not_hide_what_a_birth_date_proves(hub: Hub) -> None:
    """Hundreds share a name and a shelter's phone: nobody is one by these, the one with the birth date twice is."""
    births = [Birth(date(1950 + n % 50, 1 + n % 12, 2 + n % 25), Precision.DAY) for n in range(150)]
    crowd = [NewPerson("Mohamed Alaoui", birth=birth, phones=(PHONE,)) for birth in births]
    twice = Birth(date(2001, 7, 30), Precision.DAY)
    add(hub, *crowd, NewPerson("Mohamed Alaoui", birth=twice), NewPerson("محمد العلوي", birth=twice))
    likeliest, *others = find(hub, 0.0)
    assert likeliest.a.birth == likeliest.b.birth == twice
    assert all(pair.score < likeliest.score for pair in others)
    assert hub.read(lambda uow: len(list(pairs.find_pairs(uow.connection)))) < 152 * 151 / 2 / 2


def test_desk_is_shown_those_who_share_a_phone_or_a_name_that_nothing_speaks_against(hub: Hub) -> None:
    awa, _other, moussa = add(
        hub,
        NewPerson("Awa Fall", birth=FULL, phones=(PHONE,)),
        NewPerson("Awa Fall", birth=OTHER),
        NewPerson("Moussa Fall", phones=(PHONE,)),
    )
    typed = NewPerson("Fall Awa", birth=FULL, phones=("0661 23 45 67",))
    found = hub.read(lambda uow: people.possible_duplicates(typed, uow))
    assert [item.person.id for item in found] == [awa, moussa]
    assert found[0].score > 0.9
    assert found[1].score < 0.1
    assert found[1].reasons == (Likeness.PHONE,)


WORDS = st.sampled_from(
    [
        "Mohamed",
        "Mohammed",
        "محمد",
        "Alaoui",
        "العلوي",
        "Fall",
        "Awa",
        "Fatima",
        "Zahra",
        "Fatimazahra",
        "Ba",
        "N'Diaye",
    ]
)
NAMES = st.lists(WORDS, max_size=4).map(" ".join)
BIRTHS = st.none() | st.builds(
    Birth,
    st.dates(date(1950, 1, 1), date(2008, 1, 1)) | st.sampled_from([FULL.date, NEW_YEAR.date]),
    st.sampled_from(Precision),
)
RECORDS = st.builds(
    NewPerson,
    name=NAMES,
    name_ar=NAMES,
    also_known=st.lists(NAMES, max_size=2).map(tuple),
    sex=st.sampled_from(Sex),
    birth=BIRTHS,
    nationality=st.sampled_from(["", "MA", "SN"]),
    card=st.sampled_from(["", "K-1", "K-2"]),
)
TRAITS = st.builds(traits_of, RECORDS, st.lists(st.sampled_from([PHONE, ANOTHER, "+212661234568"]), max_size=2))


@example(
    # all of the one is in the other, which has a word more
    one=traits_of(NewPerson("", "Mohamed Mohamed"), []),
    other=traits_of(NewPerson("", "Mohamed Mohamed العلوي"), []),
)
@given(one=TRAITS, other=TRAITS)
def test_which_record_comes_first_changes_little_and_scores_are_probabilities(one: Traits, other: Traits) -> None:
    ahead, behind = weigh(one, other, RARITY), weigh(other, one, RARITY)
    assert abs(ahead.same - behind.same) < 4
    for weighed in (ahead, behind):
        verdict = weighed.judge(3000, 0.04)
        assert 0 <= verdict.score <= 1
        assert set(verdict.reasons) <= set(Likeness)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORDS.filter(lambda record: any(map(str.isalpha, record.name))), min_size=2, max_size=6))
def test_pairs_are_each_found_once(hub: Hub, records: Sequence[NewPerson]) -> None:
    add(hub, *records)
    found = hub.read(lambda uow: list(pairs.find_pairs(uow.connection)))
    assert len(found) == len(set(found))
    assert all(first < second for first, second in found)


def test_precision_and_recall_hold_on_known_truth() -> None:
    for truth, precise, recalled in (
        (make_hub_register(600, seed=5), 0.97, 0.55),
        (make_febrl_register(300), 0.97, 0.5),
    ):
        found, _seconds = find_with_wasl(truth)
        precision, recall, _f1 = figures(found, truth.pairs(), THRESHOLDS[1])
        assert precision >= precise
        assert recall >= recalled


def test_the_search_tells_how_far_it_is_and_can_be_stopped(hub: Hub) -> None:
    add(hub, *(person for pair in ONE_PERSON.values() for person in pair))
    shares: list[float] = []
    found = hub.read(lambda uow: duplicates(uow, pace=shares.append))
    assert found == find(hub)
    assert all(0 <= share <= 1 for share in shares)
    assert shares[-1] == max(shares) == 1

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        hub.read(lambda uow: duplicates(uow, pace=stop))
    assert find(hub) == found


def test_no_part_of_the_search_goes_on_for_long_without_giving_way(hub: Hub) -> None:
    """What is counted once for the whole register gives way as well, as do the rounds over all pairs."""
    shares: list[float] = []
    rounds = 6
    weighed = [Weighed(1.0, 0.0, (), doubted=False)] * 1000
    likeness.expect(weighed, 1000, shares.append)
    assert len(shares) == rounds * 5
    add(hub, *(NewPerson(f"{first}a{last}ano") for first in "bdfgklmnprst" for last in "bdfgklmnprstvz"))
    shares.clear()
    held = hub.read(lambda uow: pairs.count_bearers(uow.connection, pace=shares.append))
    assert sum(held.values()) == 12 * 14
    assert len(shares) == 1


def test_others_write_while_the_search_reads(hub: Hub) -> None:
    """What the window does while it searches: the desk goes on, on the same thread and in a transaction of its own."""
    add(hub, *ONE_PERSON["same name and birth date"])
    written: list[UUID] = []

    def go_on(_share: float) -> None:
        if len(written) < 3:
            written.extend(add(hub, NewPerson(f"Visiteur {len(written)} Nouveau")))

    found = hub.read(lambda uow: duplicates(uow, pace=go_on))
    assert len(found) == 1
    assert len(hub.read(lambda uow: people.search("Nouveau", uow))) == len(written) == 3
    assert hub.check() == []
