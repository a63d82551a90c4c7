"""People through the services: names that break programs, two who look like one, fields that can't be."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.consent import ConsentWay
from app.domain.people import Birth, Likeness, NewPerson, Person, Precision, Sex
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.services import audit, counters, people
from app.services.counters import NewCounter
from tests.factories import SettableClock
from tests.services.test_visits import log

BORN = Birth(date(1998, 3, 14), Precision.DAY)


def add(hub: Hub, person: NewPerson) -> Person:
    made = hub.write(lambda uow: people.add(person, uow)).value
    return hub.read(lambda uow: people.show(made.id, uow)).person


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Awa 😀 Ndiaye", "Awa 😀 Ndiaye"),
        ("A" * 300, "A" * 300),
        ("A" * 301, "A" * 300),
        ("Awa\x00 Ndiaye", "Awa Ndiaye"),
        ("\u202eAwa Ndiaye\u202c", "Awa Ndiaye"),
        ("Awa \ud83d Ndiaye", "Awa Ndiaye"),
        ("'; DROP TABLE person; --", "'; DROP TABLE person; --"),
        ("Awa\nNdiaye", "Awa Ndiaye"),
        ("𝒜wa", "𝒜wa"),
    ],
)
def test_a_name_is_kept_and_found(hub: Hub, typed: str, kept: str) -> None:
    person = add(hub, NewPerson(typed))
    assert person.name == kept
    assert hub.read(lambda uow: people.search(person.number, uow))[0].id == person.id
    assert hub.check() == []


@pytest.mark.parametrize("name", ["", " ", "\u200f", "😀", "123", "\x00", "\ud800", "--"])
def test_a_name_without_letters_is_none(hub: Hub, name: str) -> None:
    with pytest.raises(UserError, match="name is needed"):
        hub.write(lambda uow: people.add(NewPerson(name), uow))
    person = add(hub, NewPerson("Awa"))
    with pytest.raises(UserError, match="name is needed"):
        hub.write(lambda uow: people.edit(person.id, {"name": name}, uow))


def test_a_name_goes_where_its_script_is_kept(hub: Hub) -> None:
    arabic = add(hub, NewPerson("محمد العلوي"))
    assert (arabic.name, arabic.name_ar) == ("", "محمد العلوي")
    latin = add(hub, NewPerson("", "Mohamed Alaoui"))
    assert (latin.name, latin.name_ar) == ("Mohamed Alaoui", "")
    both = add(hub, NewPerson("Mohamed Alaoui", "محمد العلوي"))
    assert (both.name, both.name_ar) == ("Mohamed Alaoui", "محمد العلوي")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=350), query=st.text(max_size=150))
def test_no_name_and_no_query_breaks_anything(hub: Hub, name: str, query: str) -> None:
    try:
        person = add(hub, NewPerson(f"x{name}", also_known=(name,), phones=(name,), contact=name, card=name))
    except UserError:
        return
    hub.read(lambda uow: people.search(query, uow))
    hub.read(lambda uow: people.search(person.name, uow))
    hub.read(lambda uow: people.possible_duplicates(NewPerson(name, phones=(name, query), card=query), uow))
    hub.read(lambda uow: people.history(person.id, uow))
    for text in (name, query):
        try:
            hub.read(lambda uow, text=text: people.resolve(text, uow))  # type: ignore[misc]
        except NotFoundError:
            continue


def test_two_people_with_the_same_name_and_birth_date_are_both_kept(hub: Hub) -> None:
    new = NewPerson("Mohamed Alaoui", birth=BORN, nationality="MA")
    first = add(hub, new)
    found = hub.read(lambda uow: people.possible_duplicates(replace(new, name="ALAOUI Mohamed"), uow))
    assert [item.person.id for item in found] == [first.id]
    assert {Likeness.NAME, Likeness.BIRTH} <= set(found[0].reasons)
    second = add(hub, new)
    assert second.number != first.number
    assert {row.id for row in hub.read(lambda uow: people.search("alaoui", uow))} == {first.id, second.id}


def test_a_card_warns_however_it_is_typed(hub: Hub) -> None:
    person = add(hub, NewPerson("Awa Ndiaye", card=" ab-77 "))
    assert person.card == "AB-77"
    found = hub.read(lambda uow: people.possible_duplicates(NewPerson("Awa Ndiaye", card="ab-77"), uow))
    assert Likeness.CARD in found[0].reasons
    assert hub.read(lambda uow: people.resolve(" ab-77\u200f", uow)) == person.id


def test_a_year_is_enough(hub: Hub) -> None:
    for precision in Precision:
        birth = Birth(date(1998, 1, 1), precision)
        assert add(hub, NewPerson("Awa Ndiaye", birth=birth)).birth == birth


def test_everything_that_was_given_is_there(hub: Hub, clock: SettableClock) -> None:
    given_ = NewPerson(
        "Awa Ndiaye", "أوا نداي", ("Awa Diop", "Awa Diop", ""), Sex.FEMALE, BORN, "sn", ("77 123 45 67", "0661234567"),
        ("FR", "wo"), " chez\nsa sœur ", "c1", "thumbprint",
    )  # fmt: skip
    person = add(hub, given_)
    assert person.also_known == ("Awa Diop",)
    assert (person.sex, person.birth, person.nationality) == (Sex.FEMALE, BORN, "SN")
    assert person.phones == ("+221771234567", "+212661234567")
    assert (person.languages, person.contact, person.card) == (("fr", "wo"), "chez sa sœur", "C1")
    assert (person.number, person.created_at) == ("RBT-A00001", clock.moment)
    consent = hub.read(lambda uow: people.show(person.id, uow)).consents[0]
    assert (consent.way, consent.given_at, consent.kind) == (ConsentWay.THUMBPRINT, clock.moment, "registration")


BAD_FIELDS: list[tuple[str, object]] = [
    ("sex", "x"), ("sex", None), ("birth", "1998"), ("birth", 1998), ("nationality", "XX"), ("nationality", "Morocco"),
    ("nationality", None), ("languages", "f1"), ("languages", 5), ("phones", 5), ("phones", None), ("hidden", "yes"),
    ("residence", "nonsense"), ("residence", None), ("education", "nonsense"), ("name", None), ("name", 5),
    ("number", "RBT-A00009"), ("id", "x"), ("hub_id", "x"), ("created_at", 5), ("deleted", True), ("versions", b""),
    ("", ""), ("also_known", None), ("card", None), ("contact", b"x"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_a_field_that_can_not_be_changes_nothing(hub: Hub, field: str, value: object) -> None:
    person = add(hub, NewPerson("Awa Ndiaye"))
    before = hub.digest()
    with pytest.raises(UserError):
        hub.write(lambda uow: people.edit(person.id, {"contact": "neu", field: value}, uow))
    assert hub.digest() == before


def test_one_bad_entry_refuses_all(hub: Hub) -> None:
    before = hub.digest()
    with pytest.raises(UserError):
        hub.write(lambda uow: people.add_many([NewPerson("Awa"), NewPerson("😀")], uow))
    with pytest.raises(UserError):
        hub.write(lambda uow: people.add_many([NewPerson("Awa", consent="by post")], uow))
    assert hub.digest() == before
    assert hub.write(lambda uow: people.add_many([], uow)).value == ()


def test_somebody_hidden_can_be_shown_again(hub: Hub) -> None:
    person = add(hub, NewPerson("Awa Ndiaye"))
    hidden = hub.write(lambda uow: people.edit(person.id, {"hidden": True}, uow))
    assert hidden.value.hidden
    assert hub.read(lambda uow: people.search("awa", uow)) == ()
    for refused in (lambda uow: people.show(person.id, uow), lambda uow: people.resolve(person.number, uow)):
        with pytest.raises(NotFoundError):
            hub.read(refused)
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: people.edit(person.id, {"name": "X"}, uow))
    with pytest.raises(NotFoundError):
        log(hub, person.id)
    hub.write(lambda uow: people.edit(person.id, {"hidden": False}, uow))
    assert [row.id for row in hub.read(lambda uow: people.search("awa", uow))] == [person.id]


def test_history_tells_each_step_and_who_took_it(hub: Hub, clock: SettableClock) -> None:
    person = add(hub, NewPerson("Awa Ndiaye"))
    clock.moment += 1000
    hub.write(lambda uow: people.edit(person.id, {"name": "Awa Diop", "residence": "refugee"}, uow))
    steps = hub.read(lambda uow: people.history(person.id, uow))
    last = {(step.field, step.before, step.after) for step in steps if step.at == clock.moment}
    assert last == {("name", "Awa Ndiaye", "Awa Diop"), ("residence", None, "refugee")}
    assert {step.author for step in steps} == {"Amina Gérante"}


def test_long_lists_are_no_trouble(hub: Hub) -> None:
    hub.write(lambda uow: people.add_many([NewPerson(f"Awa Ndiaye {n}") for n in range(900)], uow))
    found = hub.read(lambda uow: people.search("awa", uow, limit=800))
    assert len(found) == len({row.id for row in found}) > 0
    assert len(hub.read(lambda uow: audit.list_events(uow, limit=5000))) > 900


def test_counters_keep_their_keys(hub: Hub) -> None:
    first = hub.read(counters.list_counters)
    labels = ("Accueil", "Welcome", "استقبال")
    hub.write(lambda uow: counters.edit(first[1].id, {"hidden": True}, uow))
    made = hub.write(lambda uow: counters.add(NewCounter("accueil", *labels), uow)).value
    assert made.position == 2
    # the number was given away meanwhile
    shown = hub.write(lambda uow: counters.edit(first[1].id, {"hidden": False}, uow)).value
    assert shown.position == len(first) + 1
    moved = hub.write(lambda uow: counters.edit(made.id, {"position": 1}, uow))
    assert moved.changes.counters == {made.id, first[0].id}
    positions = [item.position for item in hub.read(counters.list_counters)]
    assert positions == list(range(1, len(first) + 2))
    for number in range(len(first) + 1, 9):
        hub.write(lambda uow, number=number: counters.add(NewCounter(f"c{number}", *labels), uow))  # type: ignore[misc]
    with pytest.raises(UserError, match="at most nine"):
        hub.write(lambda uow: counters.add(NewCounter("tenth", *labels), uow))


@pytest.mark.parametrize(
    "fields",
    [{"position": 0}, {"position": 10}, {"position": True}, {"position": "1"}, {"hidden": "yes"}, {"label_fr": " "},
     {"label_ar": None}, {"code": "x"}, {"colour": 5}],
)  # fmt: skip
def test_a_counter_is_not_changed_by_nonsense(hub: Hub, fields: dict[str, object]) -> None:
    counter = hub.read(counters.list_counters)[0]
    with pytest.raises(UserError):
        hub.write(lambda uow: counters.edit(counter.id, fields, uow))
    assert hub.read(counters.list_counters)[0] == counter


@pytest.mark.parametrize("code", ["", "1a", "é", "a b", "startup", "STARTUP ", "a-b", "\x00"])
def test_a_counter_s_code_is_new_and_plain(hub: Hub, code: str) -> None:
    with pytest.raises(UserError):
        hub.write(lambda uow: counters.add(NewCounter(code, "A", "A", "ا"), uow))


def test_a_hub_keeps_a_counter(hub: Hub) -> None:
    shown = hub.read(counters.list_counters)
    for counter in shown[1:]:
        hub.write(lambda uow, counter=counter: counters.edit(counter.id, {"hidden": True}, uow))  # type: ignore[misc]
    with pytest.raises(UserError, match="at least one"):
        hub.write(lambda uow: counters.edit(shown[0].id, {"hidden": True}, uow))
