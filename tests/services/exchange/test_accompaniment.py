"""What advisors write travels between hubs, except what is to stay where it is."""

import pytest
import sqlalchemy as sa

from app.domain.attachments import NewAttachment
from app.domain.bonds import BondKind
from app.domain.coaching import Attendee, LogSession, NextStep, StepTemplate
from app.errors import UserError
from app.services import appointments, attachments, bonds, cases, sessions, steps
from app.services.timeline import timeline
from app.storage.schema_accompaniment import ACCOMPANIMENT, attachment_here
from tests.services.coaching import add, come, log, open_case, plan
from tests.services.exchange.network import Site, digests_differ, exchange_all

PAGE = b"%PDF-1.7 a page"


def test_accompaniment_is_the_same_at_both_hubs(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    here, there = rabat.hub, tanger.hub
    person, child = add(here), add(here, "Ben")
    here.write(lambda uow: steps.save_template(StepTemplate("startup", "own", 9, 3, "À nous", "Ours", "لنا"), uow))
    case = open_case(here, person).value
    visit = come(here, person)
    made = here.write(
        lambda uow: sessions.log_session(
            LogSession(
                (Attendee(person, note="private"), Attendee(child, present=False)), visit_id=visit.id, note="note",
                next=NextStep("Bring papers", starts_at=rabat.clock.moment + 1),
            ),
            uow,
        )
    ).value  # fmt: skip
    plan(here, rabat.clock.moment, person)
    here.write(lambda uow: bonds.add_bond(person, child, BondKind.CHILD, uow))
    shared = here.write(lambda uow: attachments.add_attachment(NewAttachment("a", PAGE, person), uow)).value
    local = here.write(lambda uow: attachments.add_attachment(NewAttachment("b", PAGE, person, local=True), uow)).value
    exchange_all([rabat, tanger])

    assert digests_differ([rabat, tanger]) == set()
    digest = there.digest()
    empty = there.read(
        lambda uow: {t.name for t in ACCOMPANIMENT if uow.connection.execute(t.select()).first() is None}
    )
    assert empty == {"partner", "referral", "employer", "offer", "candidacy", "placement"}
    assert there.read(lambda uow: sessions.show_session(made.id, uow)) == made
    assert there.read(lambda uow: cases.show_case(case.id, uow)) == here.read(lambda uow: cases.show_case(case.id, uow))
    laid = there.read(lambda uow: steps.list_steps(uow, case_id=case.id))
    # the words of a step are those of the hub that laid it
    assert "À nous" in {item.label("fr") for item in laid}
    assert there.read(lambda uow: bonds.list_bonds(child, uow))[0].kind is BondKind.PARENT
    assert len(there.read(lambda uow: appointments.list_of_person(person, uow))) == 2
    assert there.read(lambda uow: attachments.open_attachment(shared.id, uow)).content == PAGE
    with pytest.raises(UserError, match="kept at the office"):
        there.read(lambda uow: attachments.open_attachment(local.id, uow))
    assert [item.here for item in there.read(lambda uow: attachments.list_attachments(uow, person_id=person))] == [
        False, True,
    ]  # fmt: skip
    assert here.read(lambda uow: attachments.open_attachment(local.id, uow)).content == PAGE
    assert there.read(lambda uow: timeline(person, uow)) == here.read(lambda uow: timeline(person, uow))
    assert there.digest() == digest


def test_what_another_hub_keeps_is_read_here_and_changed_there(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    person = add(rabat.hub)
    case = open_case(rabat.hub, person).value
    made = log(rabat.hub, person).value
    planned = plan(rabat.hub, rabat.clock.moment, person).value
    exchange_all([rabat, tanger])
    there = tanger.hub
    first = there.read(lambda uow: steps.list_steps(uow, case_id=case.id))[0]
    for action in (
        lambda uow: cases.close_case(case.id, "referred", uow),
        lambda uow: sessions.delete_session(made.id, uow),
        lambda uow: appointments.cancel_appointment(planned.id, uow),
        lambda uow: steps.mark_done(first.id, uow),
    ):
        with pytest.raises(UserError, match="another hub"):
            there.write(action)
    # somebody who is accompanied there may be accompanied here too
    own = open_case(there, person).value
    assert log(there, person).value.attendees[0].case_id == own.id
    exchange_all([rabat, tanger])
    assert len(rabat.hub.read(lambda uow: cases.list_cases(uow, person_id=person))) == 2
    assert len(rabat.hub.read(lambda uow: sessions.list_sessions(uow, person_id=person))) == 2


@pytest.mark.parametrize("at_home", [True, False])
def test_a_paper_that_stayed_goes_with_its_person(sites: list[Site], at_home: bool) -> None:
    rabat, tanger = sites[:2]
    person, other = add(rabat.hub), add(rabat.hub, "Ben")
    kept = []
    for owner in (person, other):
        paper = NewAttachment("b", PAGE, owner, local=True)
        kept.append(rabat.hub.write(lambda uow, paper=paper: attachments.add_attachment(paper, uow)).value.id)  # type: ignore[misc]
    exchange_all([rabat, tanger])
    (rabat if at_home else tanger).hub.erase(person, "asked")
    exchange_all([rabat, tanger])
    left = rabat.hub.read(lambda uow: uow.connection.scalars(sa.select(attachment_here.c.attachment_id)).all())
    assert left == [kept[1]]
    assert digests_differ([rabat, tanger]) == set()
