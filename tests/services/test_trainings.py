"""Trainings: planned, filled, waited for, attended, assessed; what a certificate may say of whom."""

from datetime import date, time
from functools import partial

import pytest

from app.domain.ids import HubId
from app.domain.people import NewPerson
from app.domain.training_rules import WhyNot
from app.domain.trainings import EnrolmentState, Mark, NewDay, NewTraining, Result, TrainingState
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.services import (
    assessments,
    enrolments,
    erasing,
    merging,
    people,
    presences,
    training_days,
    trainings,
)
from app.services.timeline import timeline
from app.services.undo import undo
from tests.factories import SettableClock
from tests.services.coaching import token
from tests.services.courses import MONDAY, TUESDAY, add_people, enrol, mark, names, plan, show


def test_a_training_is_planned_with_its_days(hub: Hub) -> None:
    made = plan(hub, places=12, minutes=600, trainer="Mme Bennani", place="Salle 2")
    assert (made.title("fr"), made.title("en"), made.title("ar")) == (
        "Vendre en ligne", "Vendre en ligne", "البيع عبر الإنترنت",
    )  # fmt: skip
    assert [day.minutes for day in made.days] == [180, 180]
    assert (made.minutes, made.free, made.over, made.state) == (600, 12, 0, TrainingState.PLANNED)
    assert made.hubs == (hub.actor.hub_id,)
    edited = hub.write(lambda uow: trainings.edit(made.id, {"minutes": 0, "skills_fr": "Vendre\nCompter"}, uow)).value
    assert (edited.minutes, edited.skills("ar")) == (360, "Vendre\nCompter")
    wrong: list[dict[str, object]] = [
        {"title_fr": " ", "title_ar": ""}, {"kind": "magic"}, {"places": -1}, {"places": "12"}, {"pass_mark": 5},
        {"least_share": 101}, {"colour": "red"}, {"trainer_id": made.id}, {"hubs": (made.id,)},
    ]  # fmt: skip
    for fields in wrong:
        with pytest.raises((UserError, NotFoundError)):
            hub.write(partial(trainings.edit, made.id, fields))
    assert show(hub, made.id).training == edited
    with pytest.raises(UserError, match="title"):
        hub.write(lambda uow: trainings.add(NewTraining(place="Salle"), uow))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: trainings.add(NewTraining("A", hubs=(HubId(made.id),)), uow))


def test_days_are_laid_moved_and_taken_out(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub)
    monday, tuesday = made.days
    for new in (
        NewDay(MONDAY, time(12), time(11)), NewDay(MONDAY, time(13), time(14), 60), NewDay(TUESDAY, time(11), time(15)),
        NewDay(date(2050, 1, 1)),
    ):  # fmt: skip
        with pytest.raises(UserError):
            hub.write(partial(training_days.add_days, made.id, [new]))
    later = NewDay(date(2026, 3, 19), time(14), time(17))
    assert hub.write(partial(training_days.move_day, monday.id, later)).value.last_day == later.day
    # the former hours are free again, and the day that was moved keeps its row
    again = hub.write(partial(training_days.add_days, made.id, [NewDay(MONDAY, time(9), time(12))])).value
    assert len(again.days) == 3
    assert again.days[0].id != monday.id
    dropped = hub.write(partial(training_days.drop_day, tuesday.id))
    assert [day.day for day in dropped.value.days] == [MONDAY, later.day]
    hub.write(lambda uow: undo(token(dropped.undo), uow))
    clock.set(2026, 3, 17, 13)
    (awa,) = enrol(hub, made.id, *add_people(hub, "Awa Ndiaye"))
    mark(hub, tuesday.id, awa.id, Mark.PRESENT)
    with pytest.raises(UserError, match="Attendance was noted"):
        hub.write(partial(training_days.drop_day, tuesday.id))


def test_a_freed_place_goes_to_who_waits_longest(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub, places=2)
    awa, fatou, moussa, ines, youssef = add_people(hub, "Awa", "Fatou", "Moussa", "Inès", "Youssef")
    assert [row.state for row in enrol(hub, made.id, awa, fatou)] == [EnrolmentState.ENROLLED] * 2
    clock.moment += 1000
    enrol(hub, made.id, moussa)
    clock.moment += 1000
    enrol(hub, made.id, ines, youssef)
    with pytest.raises(UserError, match="already"):
        enrol(hub, made.id, awa, ines)
    seen = show(hub, made.id)
    assert (names(seen.enrolled), names(seen.waiting)) == (["Awa", "Fatou"], ["Moussa", "Inès", "Youssef"])
    assert (seen.training.enrolled, seen.training.waiting, seen.training.free) == (2, 3, 0)
    gone = hub.write(lambda uow: enrolments.withdraw(seen.enrolled[0].id, "travaille", uow))
    assert names(gone.value.moved_up) == ["Moussa"]
    after = show(hub, made.id)
    assert (names(after.enrolled), names(after.withdrawn)) == (["Fatou", "Moussa"], ["Awa"])
    assert gone.changes.people == {awa, moussa}
    with pytest.raises(UserError, match="already"):
        hub.write(partial(enrolments.withdraw, seen.enrolled[0].id, ""))
    # one step back: both are where they were
    hub.write(lambda uow: undo(token(gone.undo), uow))
    assert show(hub, made.id) == seen
    # somebody who waits leaves without freeing a place
    assert hub.write(partial(enrolments.withdraw, seen.waiting[1].id, "")).value.moved_up == ()
    # more places move up as many
    hub.write(lambda uow: trainings.edit(made.id, {"places": 4}, uow))
    assert names(show(hub, made.id).enrolled) == ["Awa", "Fatou", "Moussa", "Youssef"]
    # who comes back asks anew
    enrol(hub, made.id, ines)
    assert names(show(hub, made.id).waiting) == ["Inès"]
    with pytest.raises(UserError, match="no place"):
        hub.write(partial(enrolments.move_up, made.id))
    hub.write(partial(enrolments.give_place, show(hub, made.id).waiting[0].id))
    assert show(hub, made.id).training.over == 1
    with pytest.raises(UserError, match="not on the waiting list"):
        hub.write(partial(enrolments.give_place, show(hub, made.id).enrolled[0].id))


def test_records_of_one_person_take_one_place(hub: Hub) -> None:
    made = plan(hub)
    awa, twin = add_people(hub, "Awa Ndiaye", "Awa NDIAYE")
    enrol(hub, made.id, awa)
    hub.write(partial(merging.merge, awa, twin))
    with pytest.raises(UserError, match="already"):
        enrol(hub, made.id, twin)
    day = made.days[0].id
    with pytest.raises(UserError, match="still to come"):
        hub.write(partial(presences.scan, day, str(twin)))


def test_attendance_by_list_by_card_and_by_key(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub)
    monday, tuesday = made.days
    ids = add_people(hub, "Awa", "Fatou", "Moussa")
    awa, fatou, moussa = enrol(hub, made.id, *ids)
    with pytest.raises(UserError, match="still to come"):
        mark(hub, monday.id, awa.id, Mark.PRESENT)
    mark(hub, monday.id, awa.id, Mark.EXCUSED)
    clock.set(2026, 3, 16, 13)
    # a card, twice; the second time nothing changes
    first = hub.write(partial(presences.scan, monday.id, fatou.number.lower()))
    assert (first.value.enrolment.name, first.value.before) == ("Fatou", None)
    again = hub.write(partial(presences.scan, monday.id, fatou.number))
    assert again.value.before is not None
    assert again.undo is None
    done = hub.write(lambda uow: presences.mark_others(monday.id, uow))
    assert names(done.value) == ["Moussa"]
    with pytest.raises(UserError, match="Everybody"):
        hub.write(lambda uow: presences.mark_others(monday.id, uow))
    mark(hub, monday.id, moussa.id, Mark.LATE, 90)
    with pytest.raises(UserError, match="180 minutes"):
        mark(hub, monday.id, moussa.id, Mark.LATE, 181)
    facts = {item.enrolment.name: item for item in hub.read(partial(assessments.training_facts, made.id))}
    assert {name: item.minutes_attended for name, item in facts.items()} == {"Awa": 0, "Fatou": 180, "Moussa": 90}
    assert facts["Fatou"].first_day == facts["Fatou"].last_day == MONDAY
    assert show(hub, made.id).training.days[0].marked == 3
    # taken back, and by undo
    mark(hub, monday.id, moussa.id, None)
    assert show(hub, made.id).enrolled[2].on(monday.id) is None
    clock.set(2026, 3, 17, 13)
    all_there = hub.write(lambda uow: presences.mark_others(tuesday.id, uow))
    hub.write(lambda uow: undo(token(all_there.undo), uow))
    assert show(hub, made.id).training.days[1].marked == 0
    (stranger,) = add_people(hub, "Inès")
    with pytest.raises(presences.NotEnrolledError) as refused:
        hub.write(partial(presences.scan, tuesday.id, str(stranger)))
    assert refused.value.person_id == stranger
    with pytest.raises(NotFoundError):
        hub.write(partial(presences.scan, tuesday.id, "RBT-A99999"))


def test_only_who_has_a_place_is_marked_and_assessed(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub, places=1)
    enrol(hub, made.id, *add_people(hub, "Awa", "Fatou"))
    waiting = show(hub, made.id).waiting[0]
    clock.set(2026, 3, 18)
    with pytest.raises(UserError, match="has a place"):
        mark(hub, made.days[0].id, waiting.id, Mark.PRESENT)
    with pytest.raises(presences.NotEnrolledError, match="waiting list"):
        hub.write(partial(presences.scan, made.days[0].id, waiting.number))
    with pytest.raises(UserError, match="has a place"):
        hub.write(lambda uow: assessments.assess(waiting.id, uow, result=Result.PASSED))


def test_assessment_by_word_and_by_mark(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub, pass_mark=1000, best_mark=2000, least_share=50)
    awa, fatou, moussa = enrol(hub, made.id, *add_people(hub, "Awa", "Fatou", "Moussa"))
    clock.set(2026, 3, 17, 13)
    for day in made.days:
        hub.write(partial(presences.mark, day.id, {awa.id: Mark.PRESENT, fatou.id: Mark.PRESENT}))
    mark(hub, made.days[0].id, moussa.id, Mark.LATE, 30)
    for points in (None, -1, 2001):
        with pytest.raises(UserError):
            hub.write(partial(assessments.assess, awa.id, points=points))
    with pytest.raises(UserError, match="ahead"):
        hub.write(lambda uow: assessments.assess(awa.id, uow, points=1000, on=date(2026, 3, 18)))
    hub.write(lambda uow: assessments.assess(awa.id, uow, points=1450))
    hub.write(lambda uow: assessments.assess(fatou.id, uow, points=950))
    hub.write(lambda uow: assessments.assess(moussa.id, uow, points=1000))
    found = [
        (item.passed, item.points, item.certificate) for item in hub.read(partial(assessments.training_facts, made.id))
    ]
    assert found == [
        (True, 1450, ()), (False, 950, (WhyNot.NOT_PASSED,)), (True, 1000, (WhyNot.TOO_FEW_HOURS,)),
    ]  # fmt: skip
    again = hub.write(lambda uow: assessments.assess(fatou.id, uow, points=1200, note="rattrapage")).value
    assert again.assessment is not None
    assert (again.assessment.result, again.assessment.assessor) == (Result.PASSED, "Amina Gérante")
    assert hub.write(partial(assessments.take_back, fatou.id)).value.assessment is None
    with pytest.raises(UserError, match="not assessed"):
        hub.write(partial(assessments.take_back, fatou.id))
    hub.write(lambda uow: trainings.edit(made.id, {"pass_mark": 0, "best_mark": 0}, uow))
    with pytest.raises(UserError, match="passed"):
        hub.write(lambda uow: assessments.assess(fatou.id, uow))
    hub.write(lambda uow: assessments.assess(fatou.id, uow, result=Result.FAILED))
    reasons = {assessments.word_why(reason) for reason in WhyNot}
    assert len(reasons) == len(WhyNot)


def test_a_training_is_closed_after_its_last_day_and_then_left_alone(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub)
    (awa,) = enrol(hub, made.id, *add_people(hub, "Awa"))
    close = partial(trainings.set_state, made.id, TrainingState.FINISHED)
    with pytest.raises(UserError, match="days to come"):
        hub.write(close)
    clock.set(2026, 3, 16)
    assert show(hub, made.id).training.state is TrainingState.RUNNING
    mark(hub, made.days[0].id, awa.id, Mark.PRESENT)
    with pytest.raises(UserError, match="Close it"):
        hub.write(partial(trainings.set_state, made.id, TrainingState.CANCELLED))
    clock.set(2026, 3, 18)
    assert show(hub, made.id).training.state is TrainingState.OVER
    hub.write(close)
    with pytest.raises(UserError, match="Reopen"):
        mark(hub, made.days[1].id, awa.id, Mark.PRESENT)
    assert hub.read(trainings.list_trainings) == ()
    assert len(hub.read(lambda uow: trainings.list_trainings(uow, ended=True))) == 1
    hub.write(partial(trainings.set_state, made.id, TrainingState.PLANNED))
    mark(hub, made.days[1].id, awa.id, Mark.PRESENT)
    with pytest.raises(UserError, match="planned, closed"):
        hub.write(partial(trainings.set_state, made.id, TrainingState.RUNNING))


def test_the_nearest_training_comes_first(hub: Hub, clock: SettableClock) -> None:
    days = [date(2026, 2, 2), date(2026, 3, 20), date(2026, 3, 15), date(2026, 1, 5)]
    clock.set(2026, 1, 1)
    made = [plan(hub, days=(NewDay(day),)).id for day in days]
    without = plan(hub, days=()).id
    clock.set(2026, 3, 10)
    assert [item.id for item in hub.read(trainings.list_trainings)] == [made[2], made[1], without, made[0], made[3]]


def test_an_erased_person_frees_the_place_and_still_counts(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub, places=2)
    awa, _fatou, _moussa = ids = add_people(hub, "Awa", "Fatou", "Moussa")
    enrol(hub, made.id, *ids)
    clock.set(2026, 3, 17, 13)
    first = show(hub, made.id).enrolled[0]
    mark(hub, made.days[0].id, first.id, Mark.PRESENT)
    hub.write(lambda uow: assessments.assess(first.id, uow, result=Result.PASSED, note="très bien"))
    waiting = show(hub, made.id).waiting[0].id
    hub.write(lambda uow: enrolments.withdraw(waiting, "malade", uow))
    hub.write(lambda uow: erasing.erase(awa, "demande", uow))
    seen = show(hub, made.id)
    assert names(seen.enrolled) == ["Fatou"]
    assert (seen.training.enrolled, seen.training.erased, seen.training.free) == (1, 1, 1)
    assert [item.enrolment.name for item in hub.read(partial(assessments.training_facts, made.id))] == [
        "Fatou",
        "Moussa",
    ]
    with hub._store.bare() as connection:
        left = connection.exec_driver_sql("SELECT note, result, points FROM assessment").all()
    assert [tuple(row) for row in left] == [("", "passed", None)]
    with pytest.raises(UserError):
        mark(hub, made.days[0].id, first.id, Mark.ABSENT)


def test_a_training_stands_on_the_page_of_the_person(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub)
    (ids,) = add_people(hub, "Awa")
    (awa,) = enrol(hub, made.id, ids)
    clock.set(2026, 3, 17, 13)
    mark(hub, made.days[0].id, awa.id, Mark.PRESENT)
    (entry,) = (item for item in hub.read(partial(timeline, ids)) if item.kind == "training")
    assert (entry.text, entry.state, entry.minutes, entry.hub, entry.subject_id) == (
        "Vendre en ligne", "enrolled", 180, "RBT", made.id,
    )  # fmt: skip
    hub.write(lambda uow: assessments.assess(awa.id, uow, result=Result.PASSED))
    (entry,) = (item for item in hub.read(partial(timeline, ids)) if item.kind == "training")
    assert entry.state == "passed"
    assert hub.read(lambda uow: trainings.list_trainings(uow, person_id=ids))[0].id == made.id


def test_what_was_built_on_is_not_taken_back(hub: Hub, clock: SettableClock) -> None:
    made = plan(hub)
    person = hub.write(lambda uow: people.add(NewPerson("Awa"), uow)).value.id
    enrolled = hub.write(lambda uow: enrolments.enrol(made.id, [person], uow))
    clock.set(2026, 3, 17, 13)
    mark(hub, made.days[0].id, enrolled.value[0].id, Mark.PRESENT)
    with pytest.raises(UserError, match="can't be taken back"):
        hub.write(lambda uow: undo(token(enrolled.undo), uow))
