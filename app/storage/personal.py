"""Which rows are about a person, and what may stay of each when the person is erased.

What stays is what counts and accounts need: that there was a case, a session, a payment, when and of what kind. What
somebody wrote in free words goes, and so do files. A row that is about several people keeps its own words as long as
one of them is on record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage import schema_accompaniment as care
from app.storage import schema_papers as printed
from app.storage import schema_trainings as courses
from app.storage import schema_ventures as work
from app.storage.types import parts_of

Condition = sa.ColumnElement[bool]
People = list[UUID]


@dataclass(frozen=True, slots=True)
class Trace:
    """A table with rows about people: how they are found, and which cells an erasure leaves."""

    table: sa.Table
    about: Callable[[People], Condition]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remnant:
    """A row about somebody who is erased that still says more than it may, and the cells that stay."""

    table: sa.Table
    row_id: UUID
    stub: Mapping[str, Any]


def _of(*columns: sa.Column[Any]) -> Callable[[People], Condition]:
    return lambda people: sa.or_(*(column.in_(people) for column in columns))


def _in_cases(people: People) -> sa.Select[tuple[UUID]]:
    return sa.select(care.case_file.c.id).where(care.case_file.c.person_id.in_(people))


def _in_placements(people: People) -> sa.Select[tuple[UUID]]:
    return sa.select(care.placement.c.id).where(care.placement.c.person_id.in_(people))


def _enrolments(people: People) -> sa.Select[tuple[UUID]]:
    return sa.select(courses.enrolment.c.id).where(courses.enrolment.c.person_id.in_(people))


def _certificates(people: People) -> sa.Select[tuple[UUID]]:
    return sa.select(printed.certificate.c.id).where(printed.certificate.c.person_id.in_(people))


def _only(table: sa.Table, link: sa.Column[Any], person: sa.Column[Any], people: People) -> sa.Select[tuple[UUID]]:
    """The rows that `link` points to, of which everybody is among these people or erased."""
    stay = link.table.alias()
    others = (
        sa.select(stay.c.id)
        .join(schema.person, schema.person.c.id == stay.c[person.name])
        .where(stay.c[link.name] == table.c.id, ~stay.c.deleted)
        .where(stay.c[person.name].not_in(people), ~schema.person.c.erased)
    )
    return sa.select(table.c.id).where(
        table.c.id.in_(sa.select(link).where(person.in_(people))), ~sa.exists(others.correlate(table))
    )


def _own_sessions(people: People) -> sa.Select[tuple[UUID]]:
    return _only(care.session, care.attendance.c.session_id, care.attendance.c.person_id, people)


def _own_ventures(people: People) -> sa.Select[tuple[UUID]]:
    return _only(work.venture, work.member.c.venture_id, work.member.c.person_id, people)


def _attached(people: People) -> Condition:
    own = care.attachment.c
    return sa.or_(
        own.person_id.in_(people), own.session_id.in_(_own_sessions(people)), own.venture_id.in_(_own_ventures(people))
    )


def _in_own_ventures(column: sa.Column[Any]) -> Callable[[People], Condition]:
    return lambda people: column.in_(_own_ventures(people))


TRACES: Final = (
    Trace(schema.consent, _of(schema.consent.c.person_id), ("person_id", "kind", "version", "given_at")),
    Trace(
        care.attachment_content,
        lambda people: care.attachment_content.c.attachment_id.in_(
            sa.select(care.attachment.c.id).where(_attached(people))
        ),
        ("attachment_id",),
    ),
    Trace(care.attachment, _attached, ("hub_id", "person_id", "session_id", "venture_id", "added_at")),
    Trace(
        care.step,
        lambda people: sa.or_(
            care.step.c.person_id.in_(people),
            care.step.c.case_id.in_(_in_cases(people)),
            care.step.c.placement_id.in_(_in_placements(people)),
        ),
        ("hub_id", "person_id", "case_id", "placement_id", "assigned_to", "kind", "code", "due", "done_at", "dropped"),
    ),
    Trace(
        care.session,
        lambda people: care.session.c.id.in_(_own_sessions(people)),
        ("hub_id", "advisor_id", "venture_id", "visit_id", "kind", "starts_at", "minutes"),
    ),
    Trace(care.attendance, _of(care.attendance.c.person_id), ("session_id", "person_id", "case_id", "present")),
    Trace(
        care.appointment,
        _of(care.appointment.c.person_id),
        ("hub_id", "advisor_id", "person_id", "case_id", "starts_at", "minutes", "state"),
    ),
    Trace(
        care.referral,
        _of(care.referral.c.person_id),
        (
            "hub_id",
            "person_id",
            "case_id",
            "to_hub_id",
            "partner_id",
            "consent_id",
            "service",
            "state",
            "sent_by",
            "sent_at",
            "answered_at",
            "done_at",
        ),
    ),
    Trace(care.bond, _of(care.bond.c.first_id, care.bond.c.second_id), ("first_id", "second_id")),
    Trace(care.candidacy, _of(care.candidacy.c.person_id), ("offer_id", "person_id", "state", "proposed_at")),
    Trace(
        care.placement,
        _of(care.placement.c.person_id),
        (
            "hub_id",
            "person_id",
            "employer_id",
            "offer_id",
            "case_id",
            "kind",
            "starts",
            "ends",
            "state",
            "checked",
            "still_there",
        ),
    ),
    Trace(
        courses.assessment,
        lambda people: courses.assessment.c.enrolment_id.in_(_enrolments(people)),
        ("enrolment_id", "result", "day"),
    ),
    Trace(
        courses.enrolment,
        _of(courses.enrolment.c.person_id),
        ("training_id", "person_id", "hub_id", "state", "asked_at"),
    ),
    # that there was a paper, and that it counts no more: else a lost one could not be told from a valid one
    Trace(
        printed.certificate_end,
        lambda people: printed.certificate_end.c.certificate_id.in_(_certificates(people)),
        ("certificate_id", "state", "ended_at", "ended_by", "reason", "replaced_by"),
    ),
    Trace(
        printed.certificate,
        _of(printed.certificate.c.person_id),
        ("hub_id", "installation_id", "person_id", "number", "kind", "issued_on", "issued_at"),
    ),
    Trace(
        care.case_file,
        _of(care.case_file.c.person_id),
        ("hub_id", "person_id", "counter_id", "advisor_id", "kind", "opened_at", "closed_at", "exit"),
    ),
    Trace(
        work.venture,
        lambda people: work.venture.c.id.in_(_own_ventures(people)),
        (
            "hub_id",
            "counter_id",
            "advisor_id",
            "number",
            "kind",
            "sector",
            "legal_form",
            "registration",
            "created_at",
            "stage",
            "exit",
            "exit_on",
        ),
    ),
    Trace(
        work.stage_move,
        _in_own_ventures(work.stage_move.c.venture_id),
        ("venture_id", "stage", "former", "at", "by_id"),
    ),
    Trace(
        work.monthly_figure,
        _in_own_ventures(work.monthly_figure.c.venture_id),
        ("venture_id", "month", "turnover", "clients", "jobs_women", "jobs_men"),
    ),
    Trace(
        work.agreement,
        lambda people: sa.or_(
            work.agreement.c.person_id.in_(people), work.agreement.c.venture_id.in_(_own_ventures(people))
        ),
        (
            "hub_id",
            "venture_id",
            "person_id",
            "application_id",
            "budget_line_id",
            "number",
            "kind",
            "amount",
            "currency",
            "rate",
            "rate_day",
            "state",
            "requested_on",
            "granted_on",
            "signed_on",
        ),
    ),
)
"""What an erasure takes the words from, files before the rows that lead to them. Payments stay: accounts need them."""


def remnants_of(connection: sa.Connection, people: Iterable[UUID]) -> list[Remnant]:
    """The rows about these people that are not erased yet, each with what stays of it."""
    found: list[Remnant] = []
    for part in parts_of(people):
        for trace in TRACES:
            query = sa.select(trace.table.c.id, *(trace.table.c[name] for name in trace.kept))
            found += [
                Remnant(trace.table, row.id, dict(zip(trace.kept, row[1:], strict=True)))
                for row in connection.execute(query.where(trace.about(part), ~trace.table.c.erased))
            ]
    return found


def rows_about(person: UUID) -> list[sa.Select[tuple[UUID]]]:
    """Queries for the ids of all rows of these tables that are about a person."""
    return [sa.select(trace.table.c.id).where(trace.about([person])) for trace in TRACES]


TABLES: Final = frozenset(str(trace.table.name) for trace in TRACES)
"""The tables in which somebody who has not heard of an erasure may still write of the person."""
