"""Who may plan trainings, enrol, note attendance and assess is held where it is done: every role tries it all."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FunctionType
from typing import Final

import pytest

from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.trainings import Mark, NewDay, NewTraining, Result, TrainingState
from app.errors import NotAllowedError
from app.services import assessments, enrolments, presences, training_days, trainings
from app.storage.schema_trainings import training
from tests.factories import Template, open_as
from tests.services.courses import enrol, mark, plan
from tests.services.test_roles import Scene

PAST: Final = (NewDay(date(2026, 1, 5)), NewDay(date(2026, 1, 6)))


class CourseScene(Scene):
    """Beside what a scene has: a training that took place, with somebody in it and somebody who waits."""

    def __init__(self, folder: Path, template: Template, role: Role) -> None:
        super().__init__(folder, template, role)
        manager = open_as(self.hub.paths)
        made = plan(manager, places=1, days=PAST)
        self.training, (self.day, self.second) = made.id, (day.id for day in made.days)
        self.empty = plan(manager).id
        self.inside, self.waiting = (row.id for row in enrol(manager, made.id, self.person, self.twin))
        mark(manager, self.day, self.inside, Mark.PRESENT)
        manager.write(lambda u: assessments.assess(self.inside, u, result=Result.PASSED))
        roomy = plan(manager, places=1, days=PAST)
        self.roomy = roomy.id
        enrol(manager, roomy.id, self.person, self.twin)
        # as another hub may have freed a place without knowing who waits
        manager.write(lambda u: u.update(training, roomy.id, places=2))
        manager.close()


READ, RUN = Permission.READ_TRAININGS, Permission.RUN_TRAININGS
Attempt = Callable[[CourseScene], object]
USE_CASES: Final[dict[str, tuple[Permission, Attempt]]] = {
    "list_trainings": (READ, lambda s: s.read(trainings.list_trainings)),
    "show": (READ, lambda s: s.read(lambda u: trainings.show(s.training, u))),
    "trainers": (READ, lambda s: s.read(trainings.trainers)),
    "other_hubs": (READ, lambda s: s.read(trainings.other_hubs)),
    "training_facts": (READ, lambda s: s.read(lambda u: assessments.training_facts(s.training, u))),
    "add": (RUN, lambda s: s.write(lambda u: trainings.add(NewTraining("Gérer"), u))),
    "edit": (RUN, lambda s: s.write(lambda u: trainings.edit(s.training, {"place": "Salle 3"}, u))),
    "set_state": (RUN, lambda s: s.write(lambda u: trainings.set_state(s.training, TrainingState.FINISHED, u))),
    "add_days": (RUN, lambda s: s.write(lambda u: training_days.add_days(s.training, [NewDay(date(2026, 1, 7))], u))),
    "move_day": (RUN, lambda s: s.write(lambda u: training_days.move_day(s.day, NewDay(date(2026, 1, 8)), u))),
    "drop_day": (RUN, lambda s: s.write(lambda u: training_days.drop_day(s.second, u))),
    "enrol": (RUN, lambda s: s.write(lambda u: enrolments.enrol(s.empty, [s.person], u))),
    "withdraw": (RUN, lambda s: s.write(lambda u: enrolments.withdraw(s.inside, "", u))),
    "move_up": (RUN, lambda s: s.write(lambda u: enrolments.move_up(s.roomy, u))),
    "give_place": (RUN, lambda s: s.write(lambda u: enrolments.give_place(s.waiting, u))),
    "mark": (RUN, lambda s: s.write(lambda u: presences.mark(s.day, {s.inside: Mark.ABSENT}, u))),
    "mark_others": (RUN, lambda s: s.write(lambda u: presences.mark_others(s.second, u))),
    "scan": (RUN, lambda s: s.write(lambda u: presences.scan(s.second, str(s.person), u))),
    "assess": (RUN, lambda s: s.write(lambda u: assessments.assess(s.inside, u, result=Result.FAILED))),
    "take_back": (RUN, lambda s: s.write(lambda u: assessments.take_back(s.inside, u))),
}


@pytest.fixture(params=list(Role))
def scene(request: pytest.FixtureRequest, tmp_path: Path, template: Template) -> Iterator[CourseScene]:
    made = CourseScene(tmp_path, template, request.param)
    yield made
    made.hub.close()


def test_every_use_case_is_held_for_every_role(scene: CourseScene) -> None:
    before = scene.hub.digest()
    for needed, attempt in USE_CASES.values():
        if needed in PERMISSIONS[scene.actor.role]:
            # nothing else may stand in the way: a refusal of another kind fails the test
            attempt(scene)
        else:
            with pytest.raises(NotAllowedError):
                attempt(scene)
    assert scene.hub.digest() == before


MODULES: Final = (assessments, enrolments, presences, training_days, trainings)
INNER: Final = {"fill_places", "lay", "word_why"}
"""No use cases by themselves: they serve others."""


def test_no_use_case_is_forgotten() -> None:
    public = {
        name
        for module in MODULES
        for name, item in vars(module).items()
        if isinstance(item, FunctionType) and item.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - INNER == USE_CASES.keys()
