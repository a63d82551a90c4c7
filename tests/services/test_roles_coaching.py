"""Who may accompany is held where it is done: every role tries every use case of accompaniment."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Final

import pytest

from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.attachments import NewAttachment
from app.domain.bonds import BondKind
from app.domain.calendar import NewAppointment
from app.domain.coaching import Attendee, CorrectSession, LogSession, NewStep, OpenCase, StepTemplate
from app.errors import NotAllowedError
from app.services import (
    appointments,
    attachments,
    bonds,
    calendar_files,
    cases,
    laying,
    my_day,
    sessions,
    steps,
    timeline,
)
from tests.factories import Template, open_as
from tests.services.coaching import log, open_case, plan
from tests.services.test_roles import Scene

CALENDAR: Final = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTART:20260312T090000Z\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)
TEMPLATE: Final = StepTemplate("startup", "own", 1, 3, "À nous", "Ours", "لنا")
PAGE: Final = b"%PDF-1.7"


class CoachingScene(Scene):
    """Beside what a scene has: an open case and a closed one, a session, an appointment, a step, a bond, a paper."""

    def __init__(self, folder: Path, template: Template, role: Role) -> None:
        super().__init__(folder, template, role)
        manager = open_as(self.hub.paths)
        self.case = open_case(manager, self.person).value.id
        self.closed = open_case(manager, self.twin).value.id
        manager.write(lambda uow: cases.close_case(self.closed, "referred", uow))
        self.session = log(manager, self.person).value.id
        self.appointment = plan(manager, manager.read(lambda uow: uow.now), self.person).value.id
        self.step = manager.read(lambda uow: steps.list_steps(uow, case_id=self.case))[0].id
        self.bond = manager.write(lambda u: bonds.add_bond(self.person, self.twin, BondKind.SIBLING, u)).value.id
        paper = NewAttachment("a", PAGE, self.person)
        self.paper = manager.write(lambda uow: attachments.add_attachment(paper, uow)).value.id
        manager.close()


P = Permission
Attempt = Callable[[CoachingScene], object]
USE_CASES: Final[dict[str, tuple[set[Permission], Attempt]]] = {
    "open_case": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: cases.open_case(OpenCase(s.person, kind="other"), u)),
    ),
    "close_case": ({P.ACCOMPANY}, lambda s: s.write(lambda u: cases.close_case(s.case, "referred", u))),
    "reopen_case": ({P.ACCOMPANY}, lambda s: s.write(lambda u: cases.reopen_case(s.closed, u))),
    "edit_case": ({P.ACCOMPANY}, lambda s: s.write(lambda u: cases.edit_case(s.case, {"goal": "A shop"}, u))),
    "show_case": ({P.READ_CASES}, lambda s: s.read(lambda u: cases.show_case(s.case, u))),
    "list_cases": ({P.READ_CASES}, lambda s: s.read(cases.list_cases)),
    "advisors": ({P.READ_CASES}, lambda s: s.read(cases.advisors)),
    "case_history": ({P.READ_CASES}, lambda s: s.read(lambda u: cases.case_history(s.case, u))),
    "log_session": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: sessions.log_session(LogSession((Attendee(s.person),)), u)),
    ),
    "correct_session": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: sessions.correct_session(CorrectSession(s.session, minutes=5), u)),
    ),
    "correct_note": (
        {P.ACCOMPANY, P.READ_SESSION_NOTES},
        lambda s: s.write(lambda u: sessions.correct_session(CorrectSession(s.session, note="x"), u)),
    ),
    "delete_session": ({P.ACCOMPANY}, lambda s: s.write(lambda u: sessions.delete_session(s.session, u))),
    "show_session": ({P.READ_CASES}, lambda s: s.read(lambda u: sessions.show_session(s.session, u))),
    "list_sessions": ({P.READ_CASES}, lambda s: s.read(sessions.list_sessions)),
    "session_history": ({P.READ_CASES}, lambda s: s.read(lambda u: sessions.session_history(s.session, u))),
    "add_appointment": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: appointments.add_appointment(NewAppointment(u.now), u)),
    ),
    "move_appointment": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: appointments.move_appointment(s.appointment, u.now + 1, u)),
    ),
    "edit_appointment": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: appointments.edit_appointment(s.appointment, u, purpose="x")),
    ),
    "cancel_appointment": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: appointments.cancel_appointment(s.appointment, u)),
    ),
    "keep_appointment": ({P.ACCOMPANY}, lambda s: s.write(lambda u: appointments.keep_appointment(s.appointment, u))),
    "miss_appointment": ({P.ACCOMPANY}, lambda s: s.write(lambda u: appointments.miss_appointment(s.appointment, u))),
    "show_appointment": ({P.READ_CASES}, lambda s: s.read(lambda u: appointments.show_appointment(s.appointment, u))),
    "list_day": ({P.READ_CASES}, lambda s: s.read(appointments.list_day)),
    "list_week": ({P.READ_CASES}, lambda s: s.read(appointments.list_week)),
    "list_of_person": ({P.READ_CASES}, lambda s: s.read(lambda u: appointments.list_of_person(s.person, u))),
    "export_calendar": (
        {P.READ_CASES},
        lambda s: s.read(lambda u: calendar_files.export_calendar([s.appointment], u)),
    ),
    "export_names": (
        {P.READ_CASES, P.ACCOMPANY},
        lambda s: s.read(lambda u: calendar_files.export_calendar([s.appointment], u, names=True)),
    ),
    "export_week": ({P.READ_CASES}, lambda s: s.read(calendar_files.export_week)),
    "import_calendar": ({P.ACCOMPANY}, lambda s: s.write(lambda u: calendar_files.import_calendar(CALENDAR, u))),
    "add_step": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.add_step(NewStep("x", person_id=s.person), u))),
    "mark_done": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.mark_done(s.step, u))),
    "mark_undone": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.mark_undone(s.step, u))),
    "drop_step": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.drop_step(s.step, u))),
    "move_step": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.move_step(s.step, None, u))),
    "rename_step": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.rename_step(s.step, "x", u))),
    "assign_step": ({P.ACCOMPANY}, lambda s: s.write(lambda u: steps.assign_step(s.step, s.account, u))),
    "list_steps": ({P.READ_CASES}, lambda s: s.read(lambda u: steps.list_steps(u, case_id=s.case))),
    "list_overdue": ({P.READ_CASES}, lambda s: s.read(steps.list_overdue)),
    "list_templates": ({P.READ_CASES}, lambda s: s.read(steps.list_templates)),
    "save_template": ({P.EDIT_TEMPLATES}, lambda s: s.write(lambda u: steps.save_template(TEMPLATE, u))),
    "order_templates": (
        {P.EDIT_TEMPLATES},
        lambda s: s.write(
            lambda u: steps.order_templates(
                "marketing", [one.code for one in laying.shipped_templates()["marketing"]][::-1], "follow_up", u
            )
        ),
    ),
    "my_day": ({P.READ_CASES}, lambda s: s.read(my_day.my_day)),
    "take": ({P.ACCOMPANY}, lambda s: s.write(lambda u: my_day.take(s.visit, u))),
    "timeline": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: timeline.timeline(s.person, u))),
    "add_bond": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: bonds.add_bond(s.person, s.twin, BondKind.FRIEND, u)),
    ),
    "end_bond": ({P.ACCOMPANY}, lambda s: s.write(lambda u: bonds.end_bond(s.bond, u))),
    "list_bonds": ({P.READ_CASES}, lambda s: s.read(lambda u: bonds.list_bonds(s.person, u))),
    "add_attachment": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: attachments.add_attachment(NewAttachment("a", PAGE, s.person), u)),
    ),
    "open_attachment": (
        {P.READ_CASES, P.READ_SESSION_NOTES},
        lambda s: s.read(lambda u: attachments.open_attachment(s.paper, u)),
    ),
    "delete_attachment": ({P.ACCOMPANY}, lambda s: s.write(lambda u: attachments.delete_attachment(s.paper, u))),
    "list_attachments": (
        {P.READ_CASES},
        lambda s: s.read(lambda u: attachments.list_attachments(u, person_id=s.person)),
    ),
}


@pytest.fixture(params=list(Role))
def scene(request: pytest.FixtureRequest, tmp_path: Path, template: Template) -> Iterator[CoachingScene]:
    made = CoachingScene(tmp_path, template, request.param)
    yield made
    made.hub.close()


def test_every_use_case_is_held_for_every_role(scene: CoachingScene) -> None:
    before = scene.hub.digest()
    for name, (needed, attempt) in USE_CASES.items():
        if needed <= PERMISSIONS[scene.actor.role]:
            # nothing else may stand in the way: a refusal of another kind fails the test
            attempt(scene)
        else:
            with pytest.raises(NotAllowedError):
                attempt(scene)
        assert scene.hub.digest() == before, name


MODULES: Final = (appointments, attachments, bonds, calendar_files, cases, laying, my_day, sessions, steps, timeline)
INNER: Final = {
    "insert_appointment", "is_likely", "span", "insert_step", "shipped_templates", "words_of_templates", "lay_steps",
    "drop_open", "hand_on",
}  # fmt: skip
"""No use cases by themselves: they serve others."""


def test_no_use_case_is_forgotten() -> None:
    public = {
        name
        for module in MODULES
        for name, item in vars(module).items()
        if isinstance(item, FunctionType) and item.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - INNER == {name for name in USE_CASES if name not in {"correct_note", "export_names"}}
