"""What a receptionist can get never says how somebody lives here, by whatever way it is asked for."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial

import pytest

from app.domain.accounts import Permission, Role
from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.domain.visits import CorrectVisit, LogVisit
from app.errors import NotAllowedError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import accounts, audit, counters, days, people, receipts, visits
from tests.factories import LOGINS, PASSWORD, open_as

RESIDENCE, EDUCATION = "irregular", "vocational"
FORBIDDEN = (RESIDENCE, EDUCATION, "residence", "asylum_seeker")


def leaves(value: object) -> Iterator[str]:
    """Everything that can be read in a value, however deep, names of fields included."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        # an empty place for what is withheld says nothing
        yield from leaves({name: inner for name, inner in named.items() if inner is not None})
    elif isinstance(value, Mapping):
        yield from leaves(list(value.keys()))
        yield from leaves(list(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, bytes):
        yield value.decode("latin-1")
    elif isinstance(value, BaseException):
        yield from leaves([str(value), value.__cause__])
    elif value is not None:
        yield str(value)


def assert_silent(value: object) -> None:
    said = list(leaves(value))
    assert not [text for text in said for secret in FORBIDDEN if secret in text]


@pytest.fixture
def person(hub: Hub) -> PersonId:
    new = NewPerson("Awa Ndiaye", "أوا نداي", phones=("0661234987",), card="C-77", consent="oral")
    made = hub.write(lambda uow: people.add(new, uow)).value
    hub.write(lambda uow: people.edit(made.id, {"residence": "asylum_seeker", "education": "none"}, uow))
    hub.write(lambda uow: people.edit(made.id, {"residence": RESIDENCE, "education": EDUCATION}, uow))
    return made.id


def test_the_walk_finds_what_an_advisor_sees(paths: HubPaths, hub: Hub, person: PersonId) -> None:
    advisor = open_as(paths, LOGINS[Role.ADVISOR])
    for view in (
        advisor.read(lambda uow: people.show(person, uow)),
        advisor.read(lambda uow: people.history(person, uow)),
        hub.read(lambda uow: audit.list_events(uow, person)),
    ):
        assert any(secret in text for text in leaves(view) for secret in FORBIDDEN)
    advisor.close()


def test_nothing_that_a_receptionist_gets_says_it(paths: HubPaths, person: PersonId) -> None:
    desk = open_as(paths, LOGINS[Role.RECEPTIONIST])
    counter, other = (item.id for item in desk.read(counters.list_counters)[:2])
    assert not desk.actor.may(Permission.READ_RESIDENCE)

    logged = desk.write(lambda uow: visits.log(LogVisit(person, counter), uow))
    visit = logged.value.id
    got: list[object] = [logged]
    queries = ("awa", "Ndiaye", "أوا", "0661", "RBT-A00001", "C-77", "", RESIDENCE, EDUCATION, "residence")
    got += [desk.read(partial(people.search, query)) for query in queries]
    got += [
        desk.read(lambda uow: people.show(person, uow)),
        desk.read(lambda uow: people.history(person, uow)),
        desk.read(lambda uow: people.possible_duplicates(NewPerson("Awa Ndiaye", card="C-77"), uow)),
        desk.read(lambda uow: visits.list_day(None, uow)),
        desk.read(lambda uow: visits.history(visit, uow)),
        desk.read(visits.queues),
        desk.read(days.today),
        desk.write(lambda uow: visits.call(visit, uow)),
        desk.write(lambda uow: visits.hand_over(visit, other, uow)),
        desk.write(lambda uow: visits.check_out(visit, uow)),
        desk.write(lambda uow: visits.correct(CorrectVisit(visit, void=True), uow)),
        desk.write(lambda uow: visits.correct(CorrectVisit(visit, void=False), uow)),
        desk.write(lambda uow: receipts.issue_receipt(visit, "ar", uow, with_reason=True)),
        desk.write(days.close_day),
        desk.digest(),
        desk.check() or ["whole"],
    ]
    edited = desk.write(lambda uow: people.edit(person, {"name": "Awa N'Diaye"}, uow))
    got.append(edited)
    assert edited.undo is not None
    got.append(desk.undo(edited.undo))
    assert "Awa Ndiaye" in set(leaves(got))
    assert_silent(got)
    desk.close()


def test_searching_for_a_restricted_value_finds_nobody(paths: HubPaths, person: PersonId) -> None:
    assert person
    desk = open_as(paths, LOGINS[Role.RECEPTIONIST])
    for query in FORBIDDEN:
        assert desk.read(partial(people.search, query)) == ()
    desk.close()


def test_a_receptionist_can_neither_write_nor_take_back_a_restricted_field(
    paths: HubPaths, hub: Hub, person: PersonId
) -> None:
    advisor, desk = open_as(paths, LOGINS[Role.ADVISOR]), open_as(paths, LOGINS[Role.RECEPTIONIST])
    token = advisor.write(lambda uow: people.edit(person, {"residence": "refugee"}, uow)).undo
    assert token is not None
    with pytest.raises(NotAllowedError) as caught:
        desk.undo(token)
    assert_silent(caught.value)
    for name in ("residence", "education"):
        with pytest.raises(NotAllowedError):
            desk.write(lambda uow: people.edit(person, {name: "none", "name": "X"}, uow))  # noqa: B023
    view = hub.read(lambda uow: people.show(person, uow))
    assert view.restricted is not None
    assert view.restricted.residence == "refugee"
    assert view.person.name == "Awa Ndiaye"
    advisor.undo(token)
    desk.close()
    advisor.close()


def test_what_nobody_stated_reads_as_not_stated(hub: Hub, person: PersonId) -> None:
    fresh = hub.write(lambda uow: people.add(NewPerson("Fatou Diop"), uow)).value.id
    for known in (fresh, person):
        hub.write(lambda uow: people.edit(known, {"residence": "not_stated"}, uow))  # noqa: B023
        view = hub.read(lambda uow: people.show(known, uow))  # noqa: B023
        assert view.restricted is not None
        assert view.restricted.residence == "not_stated"
    with pytest.raises(UserError):
        hub.write(lambda uow: people.edit(person, {"residence": "whatever"}, uow))


def test_reading_leaves_a_trace_that_names_no_value(paths: HubPaths, hub: Hub, person: PersonId) -> None:
    advisor, desk = open_as(paths, LOGINS[Role.ADVISOR]), open_as(paths, LOGINS[Role.RECEPTIONIST])
    advisor.read(lambda uow: people.show(person, uow))
    advisor.read(lambda uow: people.history(person, uow))
    desk.read(lambda uow: people.show(person, uow))
    advisor.close()
    desk.close()

    events = hub.read(lambda uow: audit.list_events(uow, person))
    read = [(event.action, event.author) for event in events if event.action.startswith("read")]
    assert sorted(read) == [
        ("read", "Compte receptionist"),
        ("read_restricted", "Compte advisor"),
        ("read_restricted", "Compte advisor"),
    ]
    assert {event.kind for event in events} == {"person", "consent"}
    changed = [event.detail for event in events if event.action == "changed" and event.kind == "person"]
    assert "education, residence" in changed
    for event in events:
        for value in ("Awa", "0661234987", "+212661234987", RESIDENCE, EDUCATION, "C-77"):
            assert value not in event.detail


def test_the_trail_of_a_person_has_their_visits_consents_and_papers(hub: Hub, person: PersonId) -> None:
    counter = hub.read(counters.list_counters)[0].id
    other = hub.write(lambda uow: people.add(NewPerson("Fatou Diop"), uow)).value.id
    visit = hub.write(lambda uow: visits.log(LogVisit(person, counter), uow)).value.id
    hub.write(lambda uow: receipts.issue_receipt(visit, "fr", uow))
    elsewhere = hub.write(lambda uow: visits.log(LogVisit(other, counter), uow)).value.id

    events = hub.read(lambda uow: audit.list_events(uow, person))
    assert {event.kind for event in events} == {"person", "consent", "visit", "place", "paper"}
    assert not {other, elsewhere} & {event.subject_id for event in events}
    assert hub.read(lambda uow: audit.list_events(uow, person, since=10**16)) == ()
    assert hub.read(lambda uow: audit.list_events(uow, person, since=-5)) == events
    assert len(hub.read(lambda uow: audit.list_events(uow, limit=3))) == 3


def test_signing_in_recovering_and_changing_passwords_leave_a_trace(hub: Hub, paths: HubPaths) -> None:
    open_as(paths, LOGINS[Role.RECEPTIONIST]).close()
    hub.write(lambda uow: accounts.change_password(hub.actor.account_id, "un-autre-mot", uow, PASSWORD))
    actions = [(event.action, event.author) for event in hub.read(audit.list_events)]
    assert ("signed_in", "Compte receptionist") in actions
    assert actions[0] == ("password_changed", "Amina Gérante")
