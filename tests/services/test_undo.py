"""Taking back the last step: all of it, only one's own, and never what something else stands on."""

from dataclasses import replace
from functools import partial

import pytest

from app.domain.people import NewPerson
from app.domain.visits import CorrectVisit, LogGroup, LogVisit
from app.errors import NotAllowedError, UserError
from app.hub import Hub
from app.outcome import UndoToken
from app.services import counters, days, merging, people, reasons, receipts, visits
from app.services.counters import NewCounter
from tests.factories import DAY, SettableClock, open_as
from tests.services.test_visits import add, counter, figures, log

SINCE = "changed again since"


def token(undo: UndoToken | None) -> UndoToken:
    assert undo is not None
    return undo


def test_taking_back_names_visits_and_not_their_places(hub: Hub) -> None:
    person = add(hub)
    made = log(hub, person)
    changes = hub.undo(token(made.undo))
    assert changes.visits == {made.value.id}
    assert changes.people == {person}
    assert changes.days == made.changes.days
    called = log(hub, person)
    step = hub.write(lambda uow: visits.hand_over(called.value.id, counter(hub, 1), uow))
    changes = hub.undo(token(step.undo))
    assert changes.visits == {called.value.id}
    assert changes.people == {person}
    assert changes.days == made.changes.days


def test_a_consent_taken_back_concerns_the_person(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add(NewPerson("Awa", consent="oral"), uow))
    changes = hub.undo(token(made.undo))
    assert changes.people == {made.value.id}
    assert len(changes.consents) == 1
    assert hub.read(lambda uow: people.search("awa", uow)) == ()


def test_a_person_with_a_visit_stays(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add(NewPerson("Awa"), uow))
    visit = log(hub, made.value.id)
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(made.undo))
    hub.undo(token(visit.undo))
    hub.undo(token(made.undo))


def test_a_visit_with_a_receipt_stays(hub: Hub) -> None:
    visit = log(hub)
    hub.write(lambda uow: receipts.issue_receipt(visit.value.id, "fr", uow))
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(visit.undo))
    assert figures(hub).visits == 1


def test_a_counter_with_visits_stays(hub: Hub) -> None:
    made = hub.write(lambda uow: counters.add(NewCounter("accueil", "Accueil", "Welcome", "استقبال"), uow))
    hub.write(lambda uow: visits.log(LogVisit(None, made.value.id), uow))
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(made.undo))


def test_the_day_stays_while_others_came_on_it(hub: Hub) -> None:
    first, second = log(hub), log(hub)
    hub.undo(token(first.undo))
    closed = hub.write(days.close_day)
    assert closed.changes.visits == {second.value.id}


def test_a_day_that_was_opened_again_stays_open_for_others(hub: Hub) -> None:
    log(hub)
    hub.write(days.close_day)
    first, second = log(hub), log(hub)
    hub.undo(token(first.undo))
    assert not figures(hub).closed
    hub.undo(token(second.undo))
    hub.write(days.close_day)
    assert figures(hub).closed


def test_nobody_comes_to_be_here_twice(hub: Hub) -> None:
    person = add(hub)
    first = log(hub, person).value
    left = hub.write(lambda uow: visits.check_out(first.id, uow))
    log(hub, person)
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(left.undo))
    assert figures(hub).here == 1


def test_a_closed_day_is_not_opened_again_under_a_later_visit(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    log(hub, person)
    closed = hub.write(days.close_day)
    clock.moment += DAY
    log(hub, person)
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(closed.undo))


def test_no_visit_is_opened_on_a_closed_day(hub: Hub) -> None:
    visit = log(hub).value
    left = hub.write(lambda uow: visits.check_out(visit.id, uow))
    hub.write(days.close_day)
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(left.undo))


def test_what_was_written_again_stays(hub: Hub) -> None:
    person = add(hub)
    first = hub.write(lambda uow: people.edit(person, {"name": "Awa One", "contact": "x"}, uow))
    hub.write(lambda uow: people.edit(person, {"contact": "y"}, uow))
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(first.undo))
    view = hub.read(lambda uow: people.show(person, uow)).person
    assert (view.name, view.contact) == ("Awa One", "y")


def test_other_cells_of_the_same_row_are_left_alone(hub: Hub) -> None:
    person = add(hub)
    first = hub.write(lambda uow: people.edit(person, {"name": "Awa One"}, uow))
    hub.write(lambda uow: people.edit(person, {"contact": "y"}, uow))
    hub.undo(token(first.undo))
    view = hub.read(lambda uow: people.show(person, uow)).person
    assert (view.name, view.contact) == ("Awa Ndiaye", "y")
    assert [row.id for row in hub.read(lambda uow: people.search("ndiaye", uow))] == [person]


def test_only_one_s_own_steps(hub: Hub) -> None:
    desk = open_as(hub.paths, "rachid")
    made = log(desk)
    with pytest.raises(NotAllowedError):
        hub.undo(token(made.undo))
    desk.undo(token(made.undo))
    desk.close()


@pytest.mark.parametrize(
    "change", [{"stream": b"nowhere!"}, {"first": 10**6, "last": 10**6}, {"last": 10**6}, {"first": 0}]
)
def test_a_token_of_nothing_takes_nothing_back(hub: Hub, change: dict[str, object]) -> None:
    made = log(hub)
    with pytest.raises(UserError):
        hub.undo(replace(token(made.undo), **change))  # type: ignore[arg-type]
    assert figures(hub).visits == 1


def test_nothing_is_taken_back_twice(hub: Hub) -> None:
    made = log(hub)
    hub.undo(token(made.undo))
    with pytest.raises(UserError, match=SINCE):
        hub.undo(token(made.undo))


def test_what_was_taken_back_can_be_done_again(hub: Hub) -> None:
    for _ in range(3):
        hidden = hub.write(lambda uow: reasons.set_hidden("visit_reasons", "other", hidden=True, uow=uow))
        assert hub.read(lambda uow: reasons.hidden_codes("visit_reasons", uow)) == {"other"}
        hub.undo(token(hidden.undo))
        assert hub.read(lambda uow: reasons.hidden_codes("visit_reasons", uow)) == frozenset()
        made = hub.write(lambda uow: counters.add(NewCounter("accueil", "Accueil", "Welcome", "استقبال"), uow))
        assert made.value in hub.read(counters.list_counters)
        hub.undo(token(made.undo))
        visit = log(hub)
        hub.undo(token(visit.undo))
    assert hub.check() == []


def test_a_group_and_a_correction_go_as_a_whole(hub: Hub) -> None:
    person = add(hub)
    group = hub.write(lambda uow: visits.log_group(LogGroup((person,), 30, counter(hub)), uow))
    changes = hub.undo(token(group.undo))
    assert changes.visits == {row.id for row in group.value}
    assert figures(hub).visits == 0
    visit = log(hub).value
    void = hub.write(lambda uow: visits.correct(CorrectVisit(visit.id, void=True), uow))
    hub.undo(token(void.undo))
    assert figures(hub).here == 1
    hub.write(partial(visits.call, visit.id))


def test_many_people_are_taken_back_in_one_go(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add_many([NewPerson(f"Person {n}") for n in range(1200)], uow))
    changes = hub.undo(token(made.undo))
    assert len(changes.people) == 1200
    assert hub.read(lambda uow: people.search("person", uow)) == ()
    assert hub.check() == []


def test_records_that_were_joined_are_parted_again(hub: Hub) -> None:
    first, second = add(hub), add(hub)
    joined = hub.write(lambda uow: merging.merge(first, second, uow))
    changes = hub.undo(token(joined.undo))
    assert changes.people == {first, second}
    assert hub.read(lambda uow: merging.records_of(first, uow)) == {first}
