"""Everything about a person on one page, as far as the account may see it."""

from app.domain.accounts import Permission
from app.domain.ids import PersonId
from app.domain.timeline import TimelineEntry
from app.services.access import require
from app.services.merging import records_of
from app.services.training_timeline import training_entries
from app.storage.timeline import Reader
from app.storage.unit_of_work import UnitOfWork


def timeline(person_id: PersonId, uow: UnitOfWork) -> tuple[TimelineEntry, ...]:
    """What happened around a person, over all records that are of the person, the newest first.

    Kinds of which the account may see nothing are left out; sessions come without their notes where it may not read
    them. That it was looked at goes on the audit trail.
    """
    require(uow, Permission.FIND_PEOPLE)
    may = uow.actor.may
    records = records_of(person_id, uow)
    reader = Reader(uow.connection, records)
    entries = [*reader.visits(), *reader.papers(), *reader.consents()]
    notes = may(Permission.READ_SESSION_NOTES)
    if may(Permission.READ_CASES):
        entries += [*reader.cases(), *reader.sessions(notes=notes), *reader.steps(), *reader.appointments()]
        entries += [*reader.referrals(), *reader.placements()]
    if may(Permission.READ_CASES) and notes:
        entries += reader.attachments()
    if may(Permission.READ_VENTURES):
        entries += reader.members()
    if may(Permission.READ_PAPERS):
        entries += reader.certificates()
    if may(Permission.READ_TRAININGS):
        entries += training_entries(records, uow)
    if may(Permission.READ_FUNDING):
        entries += [*reader.agreements(), *reader.payments()]
    uow.note("read_restricted" if notes else "read", "person", person_id, "timeline")
    # what names two records of one person is one thing that happened
    once = {(entry.kind, entry.id): entry for entry in entries}.values()
    return tuple(sorted(once, key=lambda entry: (-entry.at, entry.id)))
