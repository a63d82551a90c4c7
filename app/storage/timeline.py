"""All that happened around a person: one statement a kind, built once. Names of accounts and hubs are read once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.clock import to_moment
from app.domain.timeline import EntryKind, TimelineEntry
from app.domain.visits import VisitState
from app.storage import schema
from app.storage import schema_accompaniment as coaching
from app.storage import schema_ventures as ventures
from app.storage.coaching import read_day
from app.storage.schema_papers import certificate
from app.storage.types import AnyRow

_RECORDS: Final[sa.BindParameter[Any]] = sa.bindparam("records", expanding=True)
Statement = sa.Select[*tuple[Any, ...]]
Names = Mapping[UUID, str]


def _of_person(table: sa.Table, *columns: sa.ColumnElement[Any]) -> Statement:
    return sa.select(table, *columns).where(table.c.person_id.in_(_RECORDS), ~table.c.deleted, ~table.c.erased)


_counter = schema.counter
_VISITS: Final = _of_person(schema.visit, _counter.c.code.label("counter")).join(
    _counter, _counter.c.id == schema.visit.c.counter_id
).where(schema.visit.c.state != VisitState.VOID)  # fmt: skip
_CASES: Final = _of_person(coaching.case_file)
_companion = coaching.attendance.alias("companion")
_SESSIONS: Final = (
    sa.select(
        coaching.session, coaching.attendance.c.present, coaching.attendance.c.case_id,
        coaching.attendance.c.note.label("own_note"),
        sa.select(sa.func.count()).where(
            _companion.c.session_id == coaching.session.c.id, ~_companion.c.deleted
        ).scalar_subquery().label("people"),
    )
    .join(coaching.attendance, coaching.attendance.c.session_id == coaching.session.c.id)
    .where(
        coaching.attendance.c.person_id.in_(_RECORDS), ~coaching.attendance.c.deleted,
        ~coaching.session.c.deleted, ~coaching.session.c.erased,
    )
)  # fmt: skip
_STEPS: Final = _of_person(coaching.step).where(coaching.step.c.done_at.is_not(None), ~coaching.step.c.dropped)
_APPOINTMENTS: Final = _of_person(coaching.appointment)
_to_hub = schema.hub.alias("to_hub")
_REFERRALS: Final = (
    _of_person(coaching.referral, _to_hub.c.code.label("to_hub"), coaching.partner.c.name.label("partner"))
    .outerjoin(_to_hub, _to_hub.c.id == coaching.referral.c.to_hub_id)
    .outerjoin(coaching.partner, coaching.partner.c.id == coaching.referral.c.partner_id)
)
_PLACEMENTS: Final = _of_person(coaching.placement, coaching.employer.c.name.label("employer")).join(
    coaching.employer, coaching.employer.c.id == coaching.placement.c.employer_id
)
_MEMBERS: Final = _of_person(
    ventures.member, ventures.venture.c.name.label("venture"), ventures.venture.c.number, ventures.venture.c.hub_id,
    ventures.venture.c.stage,
).join(ventures.venture, ventures.venture.c.id == ventures.member.c.venture_id)  # fmt: skip
_AGREEMENTS: Final = _of_person(ventures.agreement)
_PAYMENTS: Final = (
    sa.select(
        ventures.payment, ventures.agreement.c.number, ventures.agreement.c.kind, ventures.agreement.c.hub_id,
        ventures.agreement.c.id.label("agreement_id"),
    )
    .join(ventures.tranche, ventures.tranche.c.id == ventures.payment.c.tranche_id)
    .join(ventures.agreement, ventures.agreement.c.id == ventures.tranche.c.agreement_id)
    .where(
        sa.or_(ventures.payment.c.received_by.in_(_RECORDS), ventures.agreement.c.person_id.in_(_RECORDS)),
        ~ventures.payment.c.deleted, ~ventures.payment.c.erased,
    )
)  # fmt: skip
_PAPERS: Final = _of_person(schema.paper)
_CERTIFICATES: Final = _of_person(certificate)
_CONSENTS: Final = _of_person(schema.consent)
_ATTACHMENTS: Final = _of_person(coaching.attachment)


class Reader:
    """Reads the entries of one person, kind by kind; whoever asks leaves out what an account may not see."""

    def __init__(self, connection: sa.Connection, records: Iterable[UUID]) -> None:
        """`records` are all that are of the person."""
        self._connection = connection
        self._records = list(records)
        self._accounts: Names = _names(connection, schema.account, "name")
        self._hubs: Names = _names(connection, schema.hub, "code")

    def visits(self) -> list[TimelineEntry]:
        """Visits; entries made by mistake are none."""
        return self._read(_VISITS, lambda row: self._entry(
            EntryKind.VISIT, row.arrived_at, row, code=row.counter, state=row.state, text=row.reason,
        ))  # fmt: skip

    def cases(self) -> list[TimelineEntry]:
        """Cases as they were opened, and closed."""
        opened = self._read(_CASES, lambda row: self._entry(
            EntryKind.CASE_OPENED, row.opened_at, row, code=row.kind, text=row.goal, author=row.advisor_id,
            subject_id=row.id,
        ))  # fmt: skip
        closed = self._read(_CASES, lambda row: self._entry(
            EntryKind.CASE_CLOSED, row.closed_at, row, code=row.kind, state=row.exit, author=row.advisor_id,
            subject_id=row.id,
        ))  # fmt: skip
        return opened + closed

    def sessions(self, *, notes: bool) -> list[TimelineEntry]:
        """Sessions, with what was noted of them only for those who may read it."""
        return self._read(_SESSIONS, lambda row: self._entry(
            EntryKind.SESSION, row.starts_at, row, code=row.kind, state=row.result if row.present else "no_show",
            text=row.title, author=row.advisor_id, subject_id=row.case_id, minutes=row.minutes, people=row.people,
            note="\n".join(filter(None, (row.note, row.own_note))) if notes else None, restricted=not notes,
        ))  # fmt: skip

    def steps(self) -> list[TimelineEntry]:
        """Steps that are done; `code` is that of the template, `state` its kind."""
        return self._read(_STEPS, lambda row: self._entry(
            EntryKind.STEP_DONE, row.done_at, row, code=row.code, state=row.kind, text=row.title,
            author=row.assigned_to, subject_id=row.case_id,
        ))  # fmt: skip

    def appointments(self) -> list[TimelineEntry]:
        """Appointments, those to come included."""
        return self._read(_APPOINTMENTS, lambda row: self._entry(
            EntryKind.APPOINTMENT, row.starts_at, row, state=row.state, text=row.purpose, author=row.advisor_id,
            subject_id=row.case_id, minutes=row.minutes,
        ))  # fmt: skip

    def referrals(self) -> list[TimelineEntry]:
        """Referrals; `number` is the code of the hub they went to, `text` the partner."""
        return self._read(_REFERRALS, lambda row: self._entry(
            EntryKind.REFERRAL, row.sent_at, row, code=row.service, state=row.state, text=row.partner or "",
            number=row.to_hub or "", author=row.sent_by, subject_id=row.case_id,
        ))  # fmt: skip

    def placements(self) -> list[TimelineEntry]:
        """Placements from the day they begin; `text` is the employer, `number` the title."""
        return self._read(_PLACEMENTS, lambda row: self._entry(
            EntryKind.PLACEMENT, _noon(row.starts), row, code=row.kind, state=row.state, text=row.employer,
            number=row.title, subject_id=row.case_id,
        ))  # fmt: skip

    def members(self) -> list[TimelineEntry]:
        """Ventures that somebody joined; `state` is where the venture stands."""
        return self._read(_MEMBERS, lambda row: self._entry(
            EntryKind.MEMBER, _noon(row.since), row, code=row.role, state=row.stage, text=row.venture,
            number=row.number, subject_id=row.venture_id,
        ))  # fmt: skip

    def agreements(self) -> list[TimelineEntry]:
        """Agreements with the person, from the last day that is known of them."""
        return self._read(_AGREEMENTS, lambda row: self._entry(
            EntryKind.AGREEMENT, _noon(row.signed_on or row.granted_on or row.requested_on), row, code=row.kind,
            state=row.state, number=row.number, amount=row.amount, currency=row.currency,
        ))  # fmt: skip

    def payments(self) -> list[TimelineEntry]:
        """What was paid to the person, or for an agreement with the person."""
        return self._read(_PAYMENTS, lambda row: self._entry(
            EntryKind.PAYMENT, _noon(row.paid_on), row, code=row.kind, state="recovered" if row.recovered else "",
            number=row.number, author=row.made_by, subject_id=row.agreement_id, amount=row.amount,
            currency=row.currency,
        ))  # fmt: skip

    def papers(self) -> list[TimelineEntry]:
        """Papers that were issued; `state` is their language."""
        return self._read(_PAPERS, lambda row: self._entry(
            EntryKind.PAPER, row.issued_at, row, code=row.kind, state=row.language, number=row.number,
            author=row.issued_by, subject_id=row.visit_id,
        ))  # fmt: skip

    def certificates(self) -> list[TimelineEntry]:
        """Certificates that were issued, also those that count no longer; `state` is their languages."""
        return self._read(_CERTIFICATES, lambda row: self._entry(
            EntryKind.PAPER, row.issued_at, row, code=row.kind, state=row.languages, number=row.number,
            author=row.issued_by, subject_id=row.about_id,
        ))  # fmt: skip

    def consents(self) -> list[TimelineEntry]:
        """Consents as they were given (or refused), and withdrawn."""
        given = self._read(_CONSENTS, lambda row: self._entry(
            EntryKind.CONSENT, row.given_at, row, code=row.kind, state=row.way
        ))  # fmt: skip
        withdrawn = self._read(_CONSENTS, lambda row: self._entry(
            EntryKind.CONSENT_WITHDRAWN, row.withdrawn_at, row, code=row.kind, state=row.way
        ))  # fmt: skip
        return given + withdrawn

    def attachments(self) -> list[TimelineEntry]:
        """Papers and pictures that were kept; `code` is their media type."""
        return self._read(_ATTACHMENTS, lambda row: self._entry(
            EntryKind.ATTACHMENT, row.added_at, row, code=row.media_type, text=row.name, author=row.added_by,
        ))  # fmt: skip

    def _read(self, statement: Statement, make: Callable[[AnyRow], TimelineEntry | None]) -> list[TimelineEntry]:
        made = (make(row) for row in self._connection.execute(statement, {"records": self._records}))
        return [entry for entry in made if entry is not None]

    def _entry(
        self,
        kind: EntryKind,
        at: int | None,
        row: AnyRow,
        *,
        author: UUID | None = None,
        **fields: Any,  # noqa: ANN401
    ) -> TimelineEntry | None:
        """An entry; None where it has not happened, or nobody knows when."""
        if at is None:
            return None
        hub = self._hubs.get(row.hub_id, "") if hasattr(row, "hub_id") else ""
        name = "" if author is None else self._accounts.get(author, "")
        return TimelineEntry(kind, at, row.id, author=name, hub=hub, **fields)


def _names(connection: sa.Connection, table: sa.Table, cell: str) -> Names:
    return dict(connection.execute(sa.select(table.c.id, table.c[cell])).all())


def _noon(day: str) -> int | None:
    found = read_day(day)
    return None if found is None else to_moment(datetime.combine(found, time(12)))
