"""Cases and their steps: opened with what their kind brings, closed with an exit, never quietly twice."""

from dataclasses import replace
from datetime import date

import pytest

from app.clock import day_of
from app.domain.accounts import Role
from app.domain.calendar import due_on
from app.domain.coaching import NewStep, OpenCase, StepTemplate
from app.domain.codes import code_list
from app.domain.ids import AccountId, CaseId, StepId
from app.domain.people import is_arabic
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import accounts, cases, counters, laying, merging, steps
from app.services.cases import SecondCaseError
from tests.factories import DAY, LOGINS, SettableClock, open_as
from tests.services.coaching import add, counter, log, open_case, token


def account(hub: Hub, role: Role) -> AccountId:
    return next(item.id for item in hub.read(accounts.list_accounts) if item.login == LOGINS[role])


def test_a_case_takes_its_kind_from_the_counter_and_brings_its_steps(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    made = open_case(hub, person, "auto_entrepreneur")
    case = made.value
    assert (case.kind, case.advisor, case.closed_at, case.name) == (
        "auto_entrepreneur", "Amina Gérante", None, "Awa Ndiaye",
    )  # fmt: skip
    templates = laying.shipped_templates()["auto_entrepreneur"]
    laid = hub.read(lambda uow: steps.list_steps(uow, case_id=case.id))
    opened = day_of(clock.moment)
    assert [(item.code, item.due) for item in laid] == [(item.code, due_on(opened, item.days)) for item in templates]
    assert all(item.assigned_to == hub.actor.account_id and item.open for item in laid)
    assert laid[0].label("fr") == templates[0].label_fr
    assert case.open_steps == len(templates)
    assert made.changes.people == {person}
    hub.undo(token(made.undo))
    assert hub.read(cases.list_cases) == ()
    assert hub.read(lambda uow: steps.list_steps(uow, person_id=person)) == ()


def test_a_second_case_of_a_kind_is_asked_for_and_not_refused(hub: Hub) -> None:
    person, twin = add(hub), add(hub)
    first = open_case(hub, person).value
    with pytest.raises(SecondCaseError, match="Awa Ndiaye") as caught:
        open_case(hub, person)
    assert caught.value.case_id == first.id
    open_case(hub, person, "marketing")
    hub.write(lambda uow: merging.merge(person, twin, uow))
    # two records of one person are one person
    with pytest.raises(SecondCaseError):
        open_case(hub, twin)
    anyway = OpenCase(twin, kind="startup", anyway=True)
    hub.write(lambda uow: cases.open_case(anyway, uow))
    assert len(hub.read(lambda uow: cases.list_cases(uow, person_id=person))) == 3


def test_a_case_is_closed_with_what_came_of_it_and_opened_again(hub: Hub, clock: SettableClock) -> None:
    case = open_case(hub, add(hub)).value
    with pytest.raises(UserError, match="not on the list"):
        hub.write(lambda uow: cases.close_case(case.id, "rich", uow))
    closed = hub.write(lambda uow: cases.close_case(case.id, "job_obtained", uow))
    assert (closed.value.closed_at, closed.value.exit, closed.value.open_steps) == (clock.moment, "job_obtained", 0)
    assert len(closed.changes.steps) == case.open_steps
    assert hub.read(cases.list_cases) == ()
    assert len(hub.read(lambda uow: cases.list_cases(uow, closed=True))) == 1
    with pytest.raises(UserError, match="closed already"):
        hub.write(lambda uow: cases.close_case(case.id, "referred", uow))
    again = hub.write(lambda uow: cases.reopen_case(case.id, uow)).value
    assert (again.closed_at, again.exit) == (None, "")
    with pytest.raises(UserError, match="is open"):
        hub.write(lambda uow: cases.reopen_case(case.id, uow))
    told = [(item.field, item.after) for item in hub.read(lambda uow: cases.case_history(case.id, uow))]
    assert ("exit", "job_obtained") in told
    with pytest.raises(UserError, match="changed again"):
        hub.undo(token(closed.undo))


def test_taking_a_closing_back_brings_the_steps_back(hub: Hub) -> None:
    case = open_case(hub, add(hub)).value
    closed = hub.write(lambda uow: cases.close_case(case.id, "dropped_out", uow))
    changes = hub.undo(token(closed.undo))
    assert changes.cases == {case.id}
    assert hub.read(lambda uow: cases.show_case(case.id, uow)).open_steps == case.open_steps


def test_a_case_changes_hands_with_what_is_still_to_be_done(hub: Hub) -> None:
    case, other = open_case(hub, add(hub)).value, account(hub, Role.ADVISOR)
    first = hub.read(lambda uow: steps.list_steps(uow, case_id=case.id))[0]
    hub.write(lambda uow: steps.mark_done(first.id, uow))
    edited = hub.write(lambda uow: cases.edit_case(case.id, {"advisor_id": other, "goal": "A shop"}, uow)).value
    assert (edited.advisor_id, edited.goal) == (other, "A shop")
    laid = hub.read(lambda uow: steps.list_steps(uow, case_id=case.id))
    assert {item.assigned_to for item in laid if item.open} == {other}
    assert {item.assigned_to for item in laid if not item.open} == {hub.actor.account_id}
    for bad in ({"kind": "nonsense"}, {"exit": "referred"}, {"opened_at": 1}, {"goal": None}, {"advisor_id": case.id}):
        with pytest.raises(UserError):
            hub.write(lambda uow, bad=bad: cases.edit_case(case.id, bad, uow))  # type: ignore[misc]


def test_what_is_not_there_is_not_found(hub: Hub) -> None:
    nowhere = hub.write(lambda uow: uow.new_id())
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: cases.close_case(CaseId(nowhere), "referred", uow))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: cases.open_case(OpenCase(nowhere, kind="other"), uow))  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: steps.mark_done(StepId(nowhere), uow))


def test_steps_go_their_way(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    case = open_case(hub, person).value
    today = day_of(clock.moment)
    made = hub.write(lambda uow: steps.add_step(NewStep(" Bring   the CV ", today, case_id=case.id), uow))
    step = made.value
    assert (step.title, step.person_id, step.due, step.position) == ("Bring the CV", person, today, 6)
    assert (step.label("ar"), step.name) == ("Bring the CV", "Awa Ndiaye")
    done = hub.write(lambda uow: steps.mark_done(step.id, uow)).value
    assert (done.done_at, done.open) == (clock.moment, False)
    assert hub.write(lambda uow: steps.mark_undone(step.id, uow)).value.open
    assert not hub.write(lambda uow: steps.drop_step(step.id, uow)).value.open
    assert hub.write(lambda uow: steps.mark_undone(step.id, uow)).value.open
    assert hub.write(lambda uow: steps.move_step(step.id, None, uow)).value.due is None
    moved = hub.write(lambda uow: steps.move_step(step.id, date(2026, 3, 20), uow))
    assert moved.value.due == date(2026, 3, 20)
    assert moved.changes.cases == {case.id}
    other = account(hub, Role.ADVISOR)
    assert hub.write(lambda uow: steps.assign_step(step.id, other, uow)).value.assigned == "Compte advisor"
    assert hub.write(lambda uow: steps.rename_step(step.id, "Sign the CV", uow)).value.title == "Sign the CV"
    for title in ("", "  ", "\x00"):
        with pytest.raises(UserError, match="needs a word"):
            hub.write(lambda uow, title=title: steps.add_step(NewStep(title), uow))  # type: ignore[misc]
    with pytest.raises(UserError, match="whose steps"):
        hub.read(steps.list_steps)


def test_what_is_overdue_is_what_is_open_and_past(hub: Hub, clock: SettableClock) -> None:
    case = open_case(hub, add(hub)).value
    assert hub.read(steps.list_overdue) == ()
    # the day itself is not past
    clock.moment += 7 * DAY
    assert hub.read(steps.list_overdue) == ()
    clock.moment += DAY
    late = hub.read(steps.list_overdue)
    assert [item.code for item in late] == ["assessment"]
    shown = hub.read(lambda uow: cases.show_case(case.id, uow))
    assert (shown.overdue, shown.next_due) == (1, late[0].due)
    hub.write(lambda uow: steps.mark_done(late[0].id, uow))
    assert hub.read(steps.list_overdue) == ()


def test_a_manager_edits_what_new_cases_get(hub: Hub) -> None:
    before = open_case(hub, add(hub), "marketing").value
    shipped = hub.read(lambda uow: steps.list_templates(uow, "marketing"))
    assert all(item.shipped for item in shipped)
    first = replace(shipped[0], days=0, label_fr="Autre chose")
    kept = hub.write(lambda uow: steps.save_template(first, uow))
    assert (kept.value.label_fr, kept.value.shipped) == ("Autre chose", False)
    hub.write(lambda uow: steps.save_template(replace(shipped[1], hidden=True), uow))
    added = StepTemplate("marketing", "bilan", 9, 5, "Bilan", "Review", "تقييم")
    hub.write(lambda uow: steps.save_template(added, uow))
    assert len(hub.read(lambda uow: steps.list_templates(uow, "marketing", hidden=True))) == len(shipped) + 1
    after = open_case(hub, add(hub, "Ben"), "marketing").value
    laid = hub.read(lambda uow: steps.list_steps(uow, case_id=after.id))
    assert [item.code for item in laid] == ["assessment", "bilan", "follow_up"]
    assert laid[0].label("fr") == "Autre chose"
    # what was laid before keeps its day
    old = hub.read(lambda uow: steps.list_steps(uow, case_id=before.id))
    assert len(old) == len(shipped)
    assert old[0].due != laid[0].due
    hub.undo(token(kept.undo))
    assert hub.read(lambda uow: steps.list_templates(uow, "marketing"))[0] == shipped[0]
    for bad in (replace(first, code="Ça"), replace(first, label_ar=" "), replace(first, days=-1)):
        with pytest.raises(UserError):
            hub.write(lambda uow, bad=bad: steps.save_template(bad, uow))  # type: ignore[misc]


def test_templates_are_put_in_another_order_as_one_action(hub: Hub) -> None:
    codes = [item.code for item in hub.read(lambda uow: steps.list_templates(uow, "marketing"))]
    turned = [codes[-1], *codes[:-1]]
    moved = hub.write(lambda uow: steps.order_templates("marketing", turned, turned[0], uow))
    assert (moved.value.code, moved.value.position) == (codes[-1], 1)
    assert [item.code for item in hub.read(lambda uow: steps.list_templates(uow, "marketing"))] == turned
    hub.undo(token(moved.undo))
    assert [item.code for item in hub.read(lambda uow: steps.list_templates(uow, "marketing"))] == codes
    with pytest.raises(UserError, match="meanwhile"):
        hub.write(lambda uow: steps.order_templates("marketing", codes[1:], codes[1], uow))


def test_each_kind_of_case_has_its_steps_in_three_languages() -> None:
    assert laying.shipped_templates().keys() == {entry.code for entry in code_list("case_kinds")}
    for items in laying.shipped_templates().values():
        assert items
        assert [item.days for item in items] == sorted(item.days for item in items)
        assert len({item.code for item in items}) == len(items)
        assert all(is_arabic(item.label_ar) and not is_arabic(item.label_fr + item.label_en) for item in items)


@pytest.mark.parametrize("days", range(7))
def test_no_step_is_laid_on_a_sunday(hub: Hub, clock: SettableClock, days: int) -> None:
    clock.moment += days * DAY
    case = open_case(hub, add(hub)).value
    laid = hub.read(lambda uow: steps.list_steps(uow, case_id=case.id))
    assert laid
    assert all(item.due is not None and item.due.isoweekday() != 7 for item in laid)


def test_an_advisor_of_the_hub_reads_a_case_and_a_receptionist_does_not(hub: Hub, paths: HubPaths) -> None:
    case = open_case(hub, add(hub)).value
    log(hub, case.person_id)
    desk = open_as(paths, LOGINS[Role.RECEPTIONIST])
    with pytest.raises(UserError, match="does not include"):
        desk.read(lambda uow: cases.show_case(case.id, uow))
    desk.close()


def test_a_counter_out_of_use_opens_no_case(hub: Hub) -> None:
    closed, person = counter(hub, "marketing"), add(hub)
    hub.write(lambda uow: counters.edit(closed, {"hidden": True}, uow))
    with pytest.raises(UserError, match="not in use"):
        hub.write(lambda uow: cases.open_case(OpenCase(person, closed), uow))
