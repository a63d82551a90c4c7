"""All about a person in one list: every kind, over all records, only what the account may see, and fast."""

import time
from collections.abc import Mapping
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.domain import accounts
from app.domain.accounts import Role
from app.domain.attachments import NewAttachment
from app.domain.ids import PersonId, VisitId
from app.domain.people import NewPerson
from app.domain.timeline import EntryKind, TimelineEntry
from app.domain.trainings import NewTraining
from app.errors import NotAllowedError
from app.hub import Hub
from app.paths import HubPaths
from app.services import attachments, cases, enrolments, merging, people, receipts, steps, trainings
from app.services.timeline import timeline
from app.storage import schema
from app.storage import schema_accompaniment as care
from app.storage import schema_ventures as work
from tests.factories import DAY, LOGINS, SettableClock, open_as
from tests.services.coaching import add, come, log, open_case, plan

SECRET = "sleeps in the station"
RESTRICTED = {
    EntryKind.CASE_OPENED, EntryKind.CASE_CLOSED, EntryKind.SESSION, EntryKind.STEP_DONE, EntryKind.APPOINTMENT,
    EntryKind.REFERRAL, EntryKind.PLACEMENT, EntryKind.AGREEMENT, EntryKind.PAYMENT, EntryKind.MEMBER,
    EntryKind.ATTACHMENT, EntryKind.TRAINING,
}  # fmt: skip


def put(hub: Hub, table: sa.Table, **cells: object) -> UUID:
    return hub.write(lambda uow: uow.insert(table, **cells))


def fill(hub: Hub, person: PersonId, now: int) -> None:
    """Let everything happen to somebody that a timeline knows."""
    own = {"hub_id": hub.actor.hub_id}
    visit = come(hub, person)
    hub.write(lambda uow: receipts.issue_receipt(visit.id, "fr", uow))
    case = open_case(hub, person).value
    log(hub, person, note=SECRET, visit_id=visit.id)
    first = hub.read(lambda uow: steps.list_steps(uow, case_id=case.id))[0]
    hub.write(lambda uow: steps.mark_done(first.id, uow))
    plan(hub, now + DAY, person)
    put(hub, care.referral, **own, person_id=person, to_hub_id=hub.actor.hub_id, service="training", state="sent",
        sent_by=hub.actor.account_id, sent_at=now)  # fmt: skip
    employer = put(hub, care.employer, **own, name="Atlas")
    put(hub, care.placement, **own, person_id=person, employer_id=employer, kind="permanent", title="Cook",
        starts="2026-03-01", state="running")  # fmt: skip
    venture = put(hub, work.venture, **own, number="V-1", name="Teranga", created_at=now, stage="funded")
    put(hub, work.member, venture_id=venture, person_id=person, role="manager", since="2026-02-01")
    agreement = put(hub, work.agreement, **own, person_id=person, number="C-1", kind="work_grant", amount="9000.00",
                    currency="MAD", state="paid", signed_on="2026-03-02")  # fmt: skip
    tranche = put(hub, work.tranche, agreement_id=agreement, position=1, amount="9000.00")
    put(hub, work.payment, tranche_id=tranche, received_by=person, made_by=hub.actor.account_id, amount="4500.00",
        currency="MAD", paid_on="2026-03-03")  # fmt: skip
    course = hub.write(lambda uow: trainings.add(NewTraining("Vendre en ligne"), uow)).value.id
    hub.write(lambda uow: enrolments.enrol(course, [person], uow))
    hub.write(lambda uow: attachments.add_attachment(NewAttachment("CV.pdf", b"%PDF-1.7", person), uow))
    hub.write(lambda uow: cases.close_case(case.id, "job_obtained", uow))
    consent = hub.read(lambda uow: people.show(person, uow)).consents[0]
    hub.write(lambda uow: uow.update(schema.consent, consent.id, withdrawn_at=now + 1))


def by_kind(entries: tuple[TimelineEntry, ...]) -> Mapping[EntryKind, TimelineEntry]:
    assert len({entry.kind for entry in entries}) == len(entries)
    return {entry.kind: entry for entry in entries}


def consenting(hub: Hub) -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye", consent="oral"), uow)).value.id


def test_everything_about_somebody_is_there_once(hub: Hub, clock: SettableClock) -> None:
    person = consenting(hub)
    fill(hub, person, clock.moment)
    entries = hub.read(lambda uow: timeline(person, uow))
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    found = by_kind(entries)
    assert found.keys() == set(EntryKind)
    assert (found[EntryKind.VISIT].code, found[EntryKind.VISIT].text, found[EntryKind.VISIT].hub) == (
        "startup", "information", "RBT",
    )  # fmt: skip
    session = found[EntryKind.SESSION]
    assert (session.code, session.minutes, session.people, session.note, session.restricted, session.author) == (
        "intake", 45, 1, SECRET, False, "Amina Gérante",
    )  # fmt: skip
    assert session.subject_id == found[EntryKind.CASE_OPENED].id
    assert (found[EntryKind.CASE_CLOSED].state, found[EntryKind.STEP_DONE].code) == ("job_obtained", "assessment")
    assert (found[EntryKind.PLACEMENT].text, found[EntryKind.MEMBER].text) == ("Atlas", "Teranga")
    assert (found[EntryKind.AGREEMENT].amount, found[EntryKind.PAYMENT].amount) == ("9000.00", "4500.00")
    assert (found[EntryKind.TRAINING].text, found[EntryKind.TRAINING].state) == ("Vendre en ligne", "enrolled")
    assert found[EntryKind.PAPER].number
    assert found[EntryKind.ATTACHMENT].text == "CV.pdf"
    assert found[EntryKind.REFERRAL].number == "RBT"


def test_records_of_one_person_have_one_timeline(hub: Hub, clock: SettableClock) -> None:
    person, twin = consenting(hub), add(hub)
    fill(hub, person, clock.moment)
    log(hub, person, twin, note="both records of one")
    before = hub.read(lambda uow: timeline(person, uow))
    hub.write(lambda uow: merging.merge(person, twin, uow))
    assert hub.read(lambda uow: timeline(twin, uow)) == hub.read(lambda uow: timeline(person, uow))
    assert {entry.id for entry in hub.read(lambda uow: timeline(twin, uow))} == {entry.id for entry in before}
    assert len(hub.read(lambda uow: timeline(twin, uow))) == len(before)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_what_it_may(hub: Hub, clock: SettableClock, paths: HubPaths, role: Role) -> None:
    person = consenting(hub)
    fill(hub, person, clock.moment)
    reader = open_as(paths, LOGINS[role], clock)
    kinds = {entry.kind for entry in reader.read(lambda uow: timeline(person, uow))}
    assert kinds == (set(EntryKind) - RESTRICTED if role is Role.RECEPTIONIST else set(EntryKind))
    reader.close()


def test_notes_are_left_out_where_they_may_not_be_read(
    hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = consenting(hub)
    fill(hub, person, clock.moment)
    fewer = accounts.PERMISSIONS[Role.MANAGER] - {accounts.Permission.READ_SESSION_NOTES}
    monkeypatch.setattr(accounts, "PERMISSIONS", {Role.MANAGER: fewer})
    entries = hub.read(lambda uow: timeline(person, uow))
    session = by_kind(entries)[EntryKind.SESSION]
    assert (session.note, session.restricted) == (None, True)
    assert SECRET not in repr(entries)
    assert EntryKind.ATTACHMENT not in {entry.kind for entry in entries}
    monkeypatch.setattr(accounts, "PERMISSIONS", {Role.MANAGER: frozenset()})
    with pytest.raises(NotAllowedError):
        hub.read(lambda uow: timeline(person, uow))


def test_what_was_taken_back_did_not_happen(hub: Hub) -> None:
    person = add(hub)
    visit = come(hub, person)
    made = log(hub, person, visit_id=visit.id)
    assert len(hub.read(lambda uow: timeline(person, uow))) == 2
    assert made.undo is not None
    hub.undo(made.undo)
    assert [entry.id for entry in hub.read(lambda uow: timeline(person, uow))] == [visit.id]


def test_two_hundred_entries_take_less_than_a_blink(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)

    def busy(count: int) -> None:
        for _ in range(count):
            clock.moment += DAY
            visit = come(hub, person)
            log(hub, person, visit_id=VisitId(visit.id), note="x")
            plan(hub, clock.moment, person)

    busy(70)
    entries = hub.read(lambda uow: timeline(person, uow))
    assert len(entries) == 210
    taken = []
    for _ in range(5):
        start = time.process_time()
        hub.read(lambda uow: timeline(person, uow))
        taken.append(time.process_time() - start)
    # 20 ms are asked for on a machine that is not shared; a test may only catch a statement for each entry
    assert min(taken) < 0.04
