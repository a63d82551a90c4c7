"""Calls and selection: who may see points and when, who is too close, what a tie does, what an undo may not do."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.accounts import Role
from app.domain.ids import AccountId, ApplicationId, CallId, CriterionId, VentureId
from app.domain.people import NewPerson
from app.domain.selection import ApplicationState, Conflict, Gap, NewCall, NewCriterion, Results
from app.domain.ventures import NewMember, NewVenture
from app.errors import NotAllowedError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import accounts, applications, audit, calls, decision_letters, members, people, selection, ventures
from app.services.exchange import settling
from tests.factories import LOGINS, SettableClock, open_as

READERS = (Role.ADVISOR, Role.DATA_PROTECTION, Role.COORDINATOR, Role.MANAGER)
JURORS = (Role.ADVISOR, Role.MANAGER, Role.COORDINATOR)
CALL = NewCall("AMI-2026", "Appel 2026", "Call 2026", "نداء 2026", (), date(2026, 3, 1), date(2026, 3, 31), 2)


@dataclass
class Scene:
    """A call with two criteria and three jurors, each signed in on the same installation."""

    hubs: dict[Role, Hub]
    call: CallId = field(init=False)
    criteria: list[CriterionId] = field(default_factory=list)

    def begin(self, code: str) -> None:
        """Go on with a new call."""
        manager = self.manager
        self.call = manager.write(lambda uow: calls.add_call(replace(CALL, code=code), uow)).value.id
        manager.write(lambda uow: calls.edit_call(self.call, {"state": "open"}, uow))
        self.criteria = []
        for label, weight, most in (("Idée", 2, 10), ("Équipe", 1, 20)):
            new = NewCriterion(label, label, "معيار", weight, most)
            self.criteria.append(manager.write(partial(calls.add_criterion, self.call, new)).value.id)
        for role in JURORS:
            manager.write(partial(calls.set_juror, self.call, self.account(role)))

    @property
    def manager(self) -> Hub:
        return self.hubs[Role.MANAGER]

    def account(self, role: Role) -> AccountId:
        return self.hubs[role].actor.account_id

    def apply(self, name: str, *, keep: bool = True, advisor: AccountId | None = None) -> ApplicationId:
        new = NewVenture(name, sector="sewing", activity="Couture", city="Rabat", advisor_id=advisor)
        one = self.manager.write(lambda uow: ventures.add(new, uow)).value.id
        who = self.manager.write(lambda uow: people.add(NewPerson(f"Membre de {name}"), uow)).value.id
        self.manager.write(lambda uow: members.add_member(one, NewMember(who, "holder"), uow))
        made = self.manager.write(lambda uow: applications.apply(self.call, one, uow)).value.id
        if keep:
            self.manager.write(lambda uow: applications.set_complete(made, uow, complete=True))
            self.manager.write(lambda uow: applications.preselect(made, uow, keep=True))
        return made

    def score(self, role: Role, one: ApplicationId, points: tuple[int, int], *, finish: bool = True) -> None:
        given_points = dict(zip(self.criteria, points, strict=True))
        self.hubs[role].write(lambda uow: selection.score(one, given_points, uow, comment=f"De {role}"))
        if finish:
            self.hubs[role].write(lambda uow: selection.finish_sheet(one, uow))

    def results(self, role: Role = Role.MANAGER) -> Results:
        return self.hubs[role].read(lambda uow: selection.results(self.call, uow))

    def close(self) -> None:
        for hub in self.hubs.values():
            hub.close()


def make_scene(paths: HubPaths, clock: SettableClock | None = None) -> Scene:
    scene = Scene({role: open_as(paths, login, clock) for role, login in LOGINS.items()})
    scene.begin("AMI-2026")
    return scene


@pytest.fixture
def scene(paths: HubPaths, clock: SettableClock) -> Iterator[Scene]:
    made = make_scene(paths, clock)
    yield made
    made.close()


def everything_said(scene: Scene, role: Role) -> str:
    """All that the services tell an account about a call, as text."""
    hub = scene.hubs[role]
    asked: list[Callable[..., Any]] = [
        partial(selection.results, scene.call),
        partial(selection.progress, scene.call),
        partial(selection.my_sheets, scene.call),
        partial(selection.propose, scene.call),
        partial(calls.show_call, scene.call),
        partial(applications.list_applications, scene.call),
        calls.list_calls,
        audit.list_events,
        settling.list_open,
    ]
    said = []
    for question in asked:
        with suppress(UserError):
            said.append(repr(hub.read(question)))
    return "\n".join(said)


def is_said(number: int, said: str) -> bool:
    """Whether a number stands there as a value, not within an id or a moment."""
    return re.search(rf"(?<=[ =(]){number}(?=[,)}}])", said) is not None


def test_nobody_sees_the_points_of_another_before_all_are_done(scene: Scene) -> None:
    first, second = scene.apply("Alpha"), scene.apply("Bêta")
    # points that stand out in whatever is said
    secret = {Role.ADVISOR: (937, 1937), Role.MANAGER: (929, 1929), Role.COORDINATOR: (919, 1919)}
    finished = [(role, one) for role in JURORS for one in (first, second)]
    for place, (role, one) in enumerate(finished):
        scene.score(role, one, secret[role])
        if place + 1 == len(finished):
            break
        for reader in Role:
            said = everything_said(scene, reader)
            for writer in JURORS:
                if writer is not reader:
                    assert not any(is_said(points, said) for points in secret[writer]), (reader, writer)
                    assert f"De {writer}" not in said
        shown = scene.results()
        assert not shown.open
        assert all(row.rank is None and row.total is None and row.jurors == () for row in shown.rows)
    shown = scene.results(Role.DATA_PROTECTION)
    assert shown.open
    assert all(is_said(points, everything_said(scene, Role.MANAGER)) for each in secret.values() for points in each)
    assert [len(row.jurors) for row in shown.rows] == [3, 3]
    totals = [Fraction(2 * points[0], 1000) + Fraction(points[1], 2000) for points in secret.values()]
    assert shown.rows[0].total == sum(totals, Fraction(0)) * 100 / 3 / 3
    assert [(row.rank, row.tied) for row in shown.rows] == [(1, True), (1, True)]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([(role, place) for role in JURORS for place in (0, 1)]), reader=st.sampled_from(READERS))
def test_blindness_holds_in_any_order(scene: Scene, order: list[tuple[Role, int]], reader: Role) -> None:
    scene.begin(f"AMI-{scene.manager.write(lambda uow: uow.new_id())}")
    ones = [scene.apply(f"V{place}") for place in (0, 1)]
    for done, (role, place) in enumerate(order):
        assert not scene.results(reader).open, done
        scene.score(role, ones[place], (500 + done, 1000 + done))
    shown = scene.results(reader)
    assert shown.open
    assert sorted(row.rank or 0 for row in shown.rows)[0] == 1


def test_once_known_nothing_that_led_there_changes(scene: Scene) -> None:
    one = scene.apply("Alpha")
    advisor = scene.hubs[Role.ADVISOR]
    points = dict(zip(scene.criteria, (700, 1500), strict=True))
    scored = advisor.write(lambda uow: selection.score(one, points, uow))
    done = advisor.write(lambda uow: selection.finish_sheet(one, uow))
    with pytest.raises(UserError, match="finished this sheet"):
        advisor.write(lambda uow: selection.score(one, points, uow))
    advisor.write(lambda uow: selection.reopen_sheet(one, uow))
    again = advisor.write(lambda uow: selection.finish_sheet(one, uow))
    scene.score(Role.MANAGER, one, (800, 1000))
    # the last who is waited for leaves: the results are known, and nobody comes back having read them
    left = scene.manager.write(
        lambda uow: calls.set_juror(scene.call, scene.account(Role.COORDINATOR), uow, active=False)
    )
    assert left.undo is None
    assert scene.results().open
    for token in (again.undo, scored.undo, done.undo):
        assert token is not None
        with pytest.raises(UserError):
            advisor.undo(token)
    coordinator = scene.account(Role.COORDINATOR)
    for attempt in (
        lambda uow: calls.set_juror(scene.call, coordinator, uow),
        lambda uow: calls.set_juror(scene.call, scene.account(Role.ADVISOR), uow, active=False),
        lambda uow: selection.score(one, points, uow),
        lambda uow: selection.reopen_sheet(one, uow),
        lambda uow: selection.recuse(one, uow),
        lambda uow: applications.preselect(one, uow, keep=False, reason="Trop tard"),
    ):
        with pytest.raises(UserError, match="known"):
            scene.manager.write(attempt)
    with pytest.raises(UserError, match="Points were given"):
        scene.manager.write(lambda uow: calls.edit_criterion(scene.criteria[0], {"weight": 9}, uow))


def test_whoever_is_too_close_does_not_score(scene: Scene) -> None:
    advised = scene.apply("Alpha", advisor=scene.account(Role.ADVISOR))
    other = scene.apply("Bêta")
    venture = scene.manager.read(lambda uow: applications.load(other, uow)).venture_id
    name = scene.hubs[Role.COORDINATOR].actor.name
    member = scene.manager.write(lambda uow: people.add(NewPerson(name.upper()), uow)).value.id
    scene.manager.write(lambda uow: members.add_member(venture, NewMember(member), uow))
    for role, one in ((Role.ADVISOR, advised), (Role.COORDINATOR, other)):
        with pytest.raises(UserError, match="too close"):
            scene.score(role, one, (1, 1))
    scene.hubs[Role.COORDINATOR].write(lambda uow: selection.recuse(advised, uow))
    told = {row.application.id: {excluded.conflict for excluded in row.excluded} for row in scene.results().rows}
    assert told == {advised: {Conflict.ADVISOR, Conflict.DECLARED}, other: {Conflict.MEMBER}}
    scene.score(Role.ADVISOR, other, (1000, 2000))
    scene.score(Role.MANAGER, other, (500, 1000))
    scene.score(Role.MANAGER, advised, (600, 2000))
    shown = scene.results()
    assert shown.open
    assert [(row.application.id, row.rank, row.total, len(row.jurors)) for row in shown.rows] == [
        (other, 1, Fraction(75), 2), (advised, 2, Fraction(220, 3), 1),
    ]  # fmt: skip


def test_only_the_jury_scores_within_its_criteria(scene: Scene) -> None:
    one, early = scene.apply("Alpha"), scene.apply("Bêta", keep=False)
    for role in (Role.RECEPTIONIST, Role.DATA_PROTECTION):
        with pytest.raises(NotAllowedError):
            scene.score(role, one, (1, 1))
    with pytest.raises(UserError, match="pre-selection"):
        scene.score(Role.ADVISOR, early, (1, 1))
    for points in ((-1, 0), (1001, 0), (0, 2001)):
        with pytest.raises(UserError, match="most"):
            scene.score(Role.ADVISOR, one, points)
    with pytest.raises(UserError, match="no points yet"):
        scene.hubs[Role.ADVISOR].write(lambda uow: selection.finish_sheet(one, uow))
    scene.manager.write(lambda uow: calls.set_juror(scene.call, scene.account(Role.ADVISOR), uow, active=False))
    with pytest.raises(NotAllowedError, match="jury"):
        scene.score(Role.ADVISOR, one, (1, 1))


def test_an_application_is_as_the_call_asks(scene: Scene, clock: SettableClock) -> None:
    new = NewVenture("Gamma", kind="agr")
    one = scene.manager.write(lambda uow: ventures.add(new, uow)).value.id
    scene.manager.write(lambda uow: calls.edit_call(scene.call, {"kinds": ("cooperative",)}, uow))
    clock.set(2026, 4, 2)
    with pytest.raises(applications.GapsError) as caught:
        scene.manager.write(lambda uow: applications.apply(scene.call, one, uow))
    assert caught.value.gaps == (Gap.AFTER_CLOSING, Gap.KIND_NOT_ADMITTED)
    made = scene.manager.write(
        lambda uow: applications.apply(scene.call, one, uow, reason="Reçue à temps, saisie après")
    )
    assert made.value.gaps == (
        Gap.AFTER_CLOSING, Gap.KIND_NOT_ADMITTED, Gap.SECTOR, Gap.ACTIVITY, Gap.CITY, Gap.MEMBER,
    )  # fmt: skip
    assert scene.manager.read(lambda uow: ventures.show(one, uow)).venture.stage == "application"
    with pytest.raises(applications.GapsError):
        scene.manager.write(lambda uow: applications.set_complete(made.value.id, uow, complete=True))
    with pytest.raises(applications.GapsError):
        scene.manager.write(lambda uow: applications.preselect(made.value.id, uow, keep=True))
    with pytest.raises(UserError, match="already"):
        scene.manager.write(lambda uow: applications.apply(scene.call, one, uow, reason="Encore"))
    with pytest.raises(UserError, match="takes a reason"):
        scene.manager.write(lambda uow: applications.preselect(made.value.id, uow, keep=False))
    kept = scene.manager.write(
        lambda uow: applications.preselect(made.value.id, uow, keep=True, reason="Complété au guichet")
    )
    assert scene.manager.read(lambda uow: ventures.show(one, uow)).venture.stage == "preselection"
    assert kept.undo is not None
    scene.manager.undo(kept.undo)
    assert scene.manager.read(lambda uow: ventures.show(one, uow)).venture.stage == "application"
    assert [found.state for found in scene.manager.read(lambda uow: applications.list_of_venture(one, uow))] == [
        "received"
    ]


def scored_by_all(scene: Scene, *totals: int) -> list[ApplicationId]:
    found = [scene.apply(f"V{place}") for place in range(len(totals))]
    for role in JURORS:
        for one, total in zip(found, totals, strict=True):
            scene.score(role, one, (total * 10, total * 20))
    return found


def test_a_tie_at_the_border_is_decided_by_somebody(scene: Scene) -> None:
    best, equal, other, last = scored_by_all(scene, 90, 70, 70, 20)
    decide = partial(selection.decide_by_ranking, scene.call)
    assert [row.rank for row in scene.results().rows] == [1, 2, 2, 4]
    with pytest.raises(selection.TieError) as caught:
        scene.manager.write(lambda uow: decide(uow, reason="Classement"))
    assert (caught.value.division.tied, caught.value.division.free) == ((equal, other), 1)
    with pytest.raises(UserError, match="reason"):
        scene.manager.write(lambda uow: decide(uow, reason=" ", chosen=[other]))
    done = scene.manager.write(lambda uow: decide(uow, reason="Emploie plus de femmes", reserve=1, chosen=[other]))
    assert (done.value.accepted, done.value.reserve, done.value.rejected) == ((best, other), (equal,), (last,))
    states = {one.id: one for one in scene.manager.read(lambda uow: applications.list_applications(scene.call, uow))}
    assert states[other].state is ApplicationState.ACCEPTED
    assert states[other].reason == "Emploie plus de femmes"
    assert states[other].decided_by == scene.account(Role.MANAGER)
    with pytest.raises(UserError, match="places"):
        scene.manager.write(lambda uow: selection.decide(last, ApplicationState.ACCEPTED, "Aussi", uow))
    assert done.undo is not None
    scene.manager.undo(done.undo)
    assert {one.state for one in scene.manager.read(lambda uow: applications.list_applications(scene.call, uow))} == {
        ApplicationState.PRESELECTED
    }


def test_nothing_is_decided_before_the_jury_has_finished(scene: Scene) -> None:
    one = scene.apply("Alpha")
    for role in JURORS[:2]:
        scene.score(role, one, (500, 500))
    name = scene.hubs[Role.COORDINATOR].actor.name
    for attempt in (
        lambda uow: selection.decide(one, ApplicationState.ACCEPTED, "Bien", uow),
        lambda uow: selection.decide_by_ranking(scene.call, uow, reason="Bien"),
        lambda uow: selection.propose(scene.call, uow),
    ):
        with pytest.raises(UserError, match=name):
            scene.manager.write(attempt)
    with pytest.raises(UserError, match="No letter"):
        scene.manager.write(lambda uow: decision_letters.issue_letter(one, "fr", uow))


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_decision_has_its_letter(scene: Scene, language: str) -> None:
    (one,) = scored_by_all(scene, 80)
    scene.manager.write(lambda uow: selection.decide(one, ApplicationState.ACCEPTED, "Projet solide", uow))
    paper = scene.manager.write(lambda uow: decision_letters.issue_letter(one, language, uow))
    assert paper.value.number.startswith("RBT-LD-2026-A00001-")
    assert paper.value.pdf.startswith(b"%PDF")
    assert scene.manager.check() == []


def test_a_venture_knows_its_facts(scene: Scene) -> None:
    (one,) = scored_by_all(scene, 80)
    venture: VentureId = scene.manager.read(lambda uow: applications.list_applications(scene.call, uow))[0].venture_id
    scene.manager.write(lambda uow: selection.decide(one, ApplicationState.ACCEPTED, "Projet solide", uow))
    assert "accepted" not in repr(scene.manager.read(lambda uow: ventures.show(venture, uow)).missing)
    accounts_known = scene.manager.read(accounts.list_accounts)
    possible = scene.manager.read(calls.possible_jurors)
    assert {one.id for one in possible} == {one.id for one in accounts_known if one.role in JURORS}
