"""Who may keep ventures, run calls and score is held where it is done: every role tries every use case."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Final

import pytest

from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.selection import ApplicationState, NewCall, NewCriterion
from app.domain.ventures import MonthlyFigure, NewMember, NewVenture, Registration
from app.errors import NotAllowedError
from app.services import (
    accounts,
    applications,
    calls,
    decision_letters,
    members,
    monthly_figures,
    path,
    selection,
    venture_steps,
    ventures,
)
from app.storage.unit_of_work import UnitOfWork
from tests.factories import Template, open_as
from tests.services.test_roles import Scene

JANUARY: Final = date(2026, 1, 1)
CALL: Final = NewCall("AMI-1", "Appel", "Call", "نداء")
CRITERION: Final = NewCriterion("Idée", "Idea", "فكرة")
PAPERS: Final = "Papiers vus au guichet"


class VenturesScene(Scene):
    """Beside what a scene has: ventures with a member, steps and a month; a call with a jury, and one without."""

    def __init__(self, folder: Path, template: Template, role: Role) -> None:
        super().__init__(folder, template, role)
        manager = open_as(self.hub.paths)
        write = manager.write
        new = NewVenture("Saveurs", legal_form="sarl", sector="catering", activity="Cuisine", city="Rabat")
        self.venture, self.second = (write(lambda u: ventures.add(new, u)).value.id for _each in range(2))
        self.member = write(lambda u: members.add_member(self.venture, NewMember(self.person, share=10), u)).value.id
        self.step = write(lambda u: venture_steps.lay_registration(self.venture, u)).value[0].id
        write(lambda u: monthly_figures.note_figure(self.venture, MonthlyFigure(JANUARY), u))
        self.call = write(lambda u: calls.add_call(CALL, u)).value.id
        self.bare = write(lambda u: calls.add_call(NewCall("AMI-2", "Appel", "Call", "نداء"), u)).value.id
        self.criterion = write(lambda u: calls.add_criterion(self.call, CRITERION, u)).value.id
        jury = {one.id for one in manager.read(calls.possible_jurors)}
        for account in jury:
            write(partial(calls.set_juror, self.call, account))
        self.scored = write(lambda u: applications.apply(self.call, self.venture, u, reason=PAPERS)).value.id
        self.received = write(lambda u: applications.apply(self.bare, self.venture, u, reason=PAPERS)).value.id
        self.kept = write(lambda u: applications.apply(self.bare, self.second, u, reason=PAPERS)).value.id
        self.declined = write(lambda u: applications.apply(self.call, self.second, u, reason=PAPERS)).value.id
        for one, keep in ((self.scored, True), (self.kept, True), (self.declined, False)):
            write(partial(applications.preselect, one, keep=keep, reason=PAPERS))
        self.juror = next(one.id for one in manager.read(accounts.list_accounts) if one.id in jury)
        manager.close()

    def finish(self) -> None:
        """Score and finish as one action."""

        def score_and_finish(uow: UnitOfWork) -> None:
            selection.score(self.scored, {self.criterion: 500}, uow)
            selection.finish_sheet(self.scored, uow)

        self.write(score_and_finish)


P = Permission
Attempt = Callable[[VenturesScene], object]
READ, EDIT, RUN = {P.READ_VENTURES}, {P.EDIT_VENTURES}, {P.RUN_CALLS}
USE_CASES: Final[dict[str, tuple[set[Permission], Attempt]]] = {
    "ventures.add": (EDIT, lambda s: s.write(lambda u: ventures.add(NewVenture("X"), u))),
    "ventures.edit": (EDIT, lambda s: s.write(lambda u: ventures.edit(s.venture, {"city": "Fès"}, u))),
    "set_registration": (
        EDIT,
        lambda s: s.write(lambda u: ventures.set_registration(s.venture, Registration.FULL, "RC 1", JANUARY, u)),
    ),
    "ventures.show": (READ, lambda s: s.read(lambda u: ventures.show(s.venture, u))),
    "list_ventures": (READ, lambda s: s.read(ventures.list_ventures)),
    "list_of_person": (READ, lambda s: s.read(lambda u: ventures.list_of_person(s.person, u))),
    "ventures.history": (READ, lambda s: s.read(lambda u: ventures.history(s.venture, u))),
    "ventures.resolve": (READ, lambda s: s.read(lambda u: ventures.resolve(str(s.venture), u))),
    "add_member": (EDIT, lambda s: s.write(lambda u: members.add_member(s.second, NewMember(s.person), u))),
    "change_share": (EDIT, lambda s: s.write(lambda u: members.change_share(s.member, 20, JANUARY, u))),
    "end_member": (EDIT, lambda s: s.write(lambda u: members.end_member(s.member, JANUARY, u))),
    "remove_member": (EDIT, lambda s: s.write(lambda u: members.remove_member(s.member, u))),
    "path.missing": (READ, lambda s: s.read(lambda u: path.missing(s.venture, "funding", u))),
    "path.move": (EDIT, lambda s: s.write(lambda u: path.move(s.venture, "funding", u, reason="Ancien dossier"))),
    "board": (READ, lambda s: s.read(path.board)),
    "lay_registration": (EDIT, lambda s: s.write(lambda u: venture_steps.lay_registration(s.second, u))),
    "add_milestone": (EDIT, lambda s: s.write(lambda u: venture_steps.add_milestone(s.venture, u, title="Four"))),
    "add_registration_step": (
        EDIT,
        lambda s: s.write(lambda u: venture_steps.add_registration_step(s.venture, u, title="Bail")),
    ),
    "edit_step": (
        EDIT,
        lambda s: s.write(lambda u: venture_steps.edit_step(s.step, s.venture, u, title="Bail", due=None)),
    ),
    "mark_step": (EDIT, lambda s: s.write(lambda u: venture_steps.mark_step(s.step, s.venture, u, done=True))),
    "set_due": (EDIT, lambda s: s.write(lambda u: venture_steps.set_due(s.step, s.venture, None, u))),
    "drop_step": (EDIT, lambda s: s.write(lambda u: venture_steps.drop_step(s.step, s.venture, u))),
    "note_figure": (
        EDIT,
        lambda s: s.write(lambda u: monthly_figures.note_figure(s.venture, MonthlyFigure(JANUARY, clients=2), u)),
    ),
    "remove_figure": (EDIT, lambda s: s.write(lambda u: monthly_figures.remove_figure(s.venture, JANUARY, u))),
    "list_figures": (READ, lambda s: s.read(lambda u: monthly_figures.list_figures(s.venture, u))),
    "series": (READ, lambda s: s.read(lambda u: monthly_figures.series(s.venture, u))),
    "figure_history": (READ, lambda s: s.read(lambda u: monthly_figures.figure_history(s.venture, JANUARY, u))),
    "add_call": (RUN, lambda s: s.write(lambda u: calls.add_call(NewCall("AMI-3", "A", "B", "ج"), u))),
    "edit_call": (RUN, lambda s: s.write(lambda u: calls.edit_call(s.call, {"places": 3}, u))),
    "list_calls": (READ, lambda s: s.read(calls.list_calls)),
    "show_call": (READ, lambda s: s.read(lambda u: calls.show_call(s.call, u))),
    "calls.resolve": (READ, lambda s: s.read(lambda u: calls.resolve("AMI-1", u))),
    "add_criterion": (RUN, lambda s: s.write(lambda u: calls.add_criterion(s.call, CRITERION, u))),
    "edit_criterion": (RUN, lambda s: s.write(lambda u: calls.edit_criterion(s.criterion, {"weight": 2}, u))),
    "remove_criterion": (RUN, lambda s: s.write(lambda u: calls.remove_criterion(s.criterion, u))),
    "possible_jurors": (RUN, lambda s: s.read(calls.possible_jurors)),
    "set_juror": (RUN, lambda s: s.write(lambda u: calls.set_juror(s.call, s.juror, u, active=False))),
    "apply": (EDIT, lambda s: s.write(lambda u: _apply_again(s, u))),
    "set_complete": (EDIT, lambda s: s.write(lambda u: applications.set_complete(s.received, u, complete=True))),
    "preselect": (
        RUN,
        lambda s: s.write(lambda u: applications.preselect(s.received, u, keep=True, reason=PAPERS)),
    ),
    "withdraw": (EDIT, lambda s: s.write(lambda u: applications.withdraw(s.received, u))),
    "list_applications": (READ, lambda s: s.read(lambda u: applications.list_applications(s.call, u))),
    "list_of_venture": (READ, lambda s: s.read(lambda u: applications.list_of_venture(s.venture, u))),
    "my_sheets": ({P.SCORE}, lambda s: s.read(lambda u: selection.my_sheets(s.call, u))),
    "score": ({P.SCORE}, lambda s: s.write(lambda u: selection.score(s.scored, {s.criterion: 500}, u))),
    "finish_sheet": ({P.SCORE}, lambda s: s.finish()),
    "reopen_sheet": ({P.SCORE}, lambda s: s.write(lambda u: selection.reopen_sheet(s.scored, u))),
    "recuse": ({P.SCORE}, lambda s: s.write(lambda u: selection.recuse(s.scored, u))),
    "progress": (READ, lambda s: s.read(lambda u: selection.progress(s.call, u))),
    "results": (READ, lambda s: s.read(lambda u: selection.results(s.call, u))),
    "decide": (
        RUN,
        lambda s: s.write(lambda u: selection.decide(s.kept, ApplicationState.ACCEPTED, "Bon projet", u)),
    ),
    "propose": (RUN, lambda s: s.read(lambda u: selection.propose(s.bare, u))),
    "decide_by_ranking": (RUN, lambda s: s.write(lambda u: selection.decide_by_ranking(s.bare, u, reason="Rang"))),
    "issue_letter": (RUN, lambda s: s.write(lambda u: decision_letters.issue_letter(s.declined, "fr", u))),
}


def _apply_again(scene: VenturesScene, uow: UnitOfWork) -> None:
    applications.withdraw(scene.received, uow)
    applications.apply(scene.bare, scene.venture, uow, reason=PAPERS)


@pytest.fixture(params=list(Role))
def scene(request: pytest.FixtureRequest, tmp_path: Path, template: Template) -> Iterator[VenturesScene]:
    made = VenturesScene(tmp_path, template, request.param)
    yield made
    made.hub.close()


def test_every_use_case_is_held_for_every_role(scene: VenturesScene) -> None:
    before = scene.hub.digest()
    for needed, attempt in USE_CASES.values():
        if needed <= PERMISSIONS[scene.actor.role]:
            # nothing else may stand in the way: a refusal of another kind fails the test
            attempt(scene)
        else:
            with pytest.raises(NotAllowedError):
                attempt(scene)
    assert scene.hub.digest() == before


MODULES: Final = (
    applications, calls, decision_letters, members, monthly_figures, path, selection, venture_steps, ventures,
)  # fmt: skip
INNER: Final = {
    "load", "refuse_open", "write_state", "outcome_of", "with_gaps", "record_move", "registration_template",
    "figure_id", "is_more_than_whole",
}  # fmt: skip
"""No use cases by themselves: they serve others."""


def test_no_use_case_is_forgotten() -> None:
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, item in vars(module).items()
        if isinstance(item, FunctionType) and item.__module__ == module.__name__ and not name.startswith("_")
        if name not in INNER
    }
    assert {name for name in public if name not in USE_CASES and name.partition(".")[2] not in USE_CASES} == set()
