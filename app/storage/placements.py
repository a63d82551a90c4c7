"""Employers, offers, candidates, placements and the steps of a foreigner's contract: rows to values."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.domain.codes import read_code
from app.domain.placements import (
    CandidacyRow,
    CandidacyState,
    ContractStep,
    Employer,
    OfferRow,
    OfferState,
    PlacementRow,
    PlacementState,
    StillThere,
    offer_state,
)
from app.storage import schema
from app.storage.funding import read_day
from app.storage.schema_accompaniment import candidacy, employer, offer, placement, step
from app.storage.types import AnyRow, parts_of

_person = schema.person
_live = sa.and_(candidacy.c.offer_id == offer.c.id, ~candidacy.c.deleted)
_OFFERS = (
    sa.select(
        offer,
        employer.c.name.label("employer"),
        sa.select(sa.func.count()).where(_live).scalar_subquery().label("candidates"),
    )
    .join(employer, employer.c.id == offer.c.employer_id)
    .where(~offer.c.deleted)
    .order_by(offer.c.id)
)
_CANDIDACIES = (
    sa.select(
        candidacy, _person.c.number, _person.c.name, _person.c.name_ar, offer.c.title, employer.c.name.label("employer")
    )
    .join(_person, _person.c.id == candidacy.c.person_id)
    .join(offer, offer.c.id == candidacy.c.offer_id)
    .join(employer, employer.c.id == offer.c.employer_id)
    .where(~candidacy.c.deleted)
    .order_by(candidacy.c.proposed_at, candidacy.c.id)
)
_PLACEMENTS = (
    sa.select(placement, _person.c.number, _person.c.name, _person.c.name_ar, employer.c.name.label("employer"))
    .join(_person, _person.c.id == placement.c.person_id)
    .join(employer, employer.c.id == placement.c.employer_id)
    .where(~placement.c.deleted)
    .order_by(placement.c.starts, placement.c.id)
)


def employers(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Employer]:
    """Employers by name."""
    query = sa.select(employer).where(~employer.c.deleted, *where).order_by(employer.c.name, employer.c.id)
    return [
        Employer(row.id, row.hub_id, row.name, row.sector, row.city, row.contact, row.phone, row.hidden)
        for row in connection.execute(query)
    ]


def offers(connection: sa.Connection, today: date, *where: sa.ColumnElement[bool]) -> list[OfferRow]:
    """Offers in the order in which they were made; a place is taken by who was accepted or placed, once a person."""
    rows = connection.execute(_OFFERS.where(*where)).all()
    taken = _takers(connection, [row.id for row in rows])
    return [
        OfferRow(
            id=row.id, hub_id=row.hub_id, employer_id=row.employer_id, employer=row.employer, title=row.title,
            kind=row.kind, places=row.places, taken=len(taken.get(row.id, ())), candidates=row.candidates,
            opens=read_day(row.opens), closes=read_day(row.closes), note=row.note,
            kept=read_code(OfferState, row.state),
            state=offer_state(read_code(OfferState, row.state), read_day(row.closes), today),
        )
        for row in rows
    ]  # fmt: skip


def candidacies(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[CandidacyRow]:
    """Candidates in the order in which they were proposed."""
    rows = connection.execute(_CANDIDACIES.where(*where)).all()
    placed = _placed(connection, [row.offer_id for row in rows])
    return [
        CandidacyRow(
            id=row.id, offer_id=row.offer_id, person_id=row.person_id, number=row.number, name=row.name,
            name_ar=row.name_ar, state=read_code(CandidacyState, row.state), proposed_at=row.proposed_at,
            note=row.note, title=row.title, employer=row.employer,
            placed=(row.offer_id, row.person_id) in placed,
        )
        for row in rows
    ]  # fmt: skip


def placements(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[PlacementRow]:
    """Placements by their first day, with the steps of a foreigner's contract."""
    rows = connection.execute(_PLACEMENTS.where(*where)).all()
    steps = _steps_of(connection, [row.id for row in rows])
    return [_to_placement(row, steps.get(row.id, [])) for row in rows]


def placement_of_step(connection: sa.Connection, step_id: UUID) -> UUID | None:
    """The placement that a step belongs to; None where there is none."""
    return connection.scalar(sa.select(step.c.placement_id).where(step.c.id == step_id, ~step.c.deleted))


def nationality_of(connection: sa.Connection, person_id: UUID) -> str:
    """The nationality of a person (ISO 3166), empty where it is not known."""
    return connection.scalar(sa.select(_person.c.nationality).where(_person.c.id == person_id)) or ""


def _takers(connection: sa.Connection, wanted: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Who has a place of each offer."""
    found: dict[UUID, set[UUID]] = {}
    for part in parts_of(wanted):
        query = sa.select(candidacy.c.offer_id, candidacy.c.person_id).where(
            candidacy.c.offer_id.in_(part), candidacy.c.state == CandidacyState.ACCEPTED.value, ~candidacy.c.deleted
        )
        for offer_id, person_id in connection.execute(query):
            found.setdefault(offer_id, set()).add(person_id)
        for offer_id, person_id in _placed(connection, part):
            found.setdefault(offer_id, set()).add(person_id)
    return found


def _placed(connection: sa.Connection, wanted: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Offers and who was placed on them."""
    found: set[tuple[UUID, UUID]] = set()
    for part in parts_of(wanted):
        query = sa.select(placement.c.offer_id, placement.c.person_id).where(
            placement.c.offer_id.in_(part), ~placement.c.deleted
        )
        found |= {(offer_id, person_id) for offer_id, person_id in connection.execute(query)}
    return found


def _steps_of(connection: sa.Connection, wanted: Iterable[UUID]) -> dict[UUID, list[ContractStep]]:
    found: dict[UUID, list[ContractStep]] = {}
    for part in parts_of(wanted):
        query = sa.select(step).where(step.c.placement_id.in_(part), step.c.code != "", ~step.c.deleted)
        for row in connection.execute(query.order_by(step.c.position, step.c.id)):
            made = ContractStep(
                row.id, row.code, row.position, read_day(row.due), row.done_at, row.dropped, row.assigned_to
            )
            found.setdefault(row.placement_id, []).append(made)
    return found


def _to_placement(row: AnyRow, steps: list[ContractStep]) -> PlacementRow:
    return PlacementRow(
        id=row.id, hub_id=row.hub_id, person_id=row.person_id, number=row.number, name=row.name,
        name_ar=row.name_ar, employer_id=row.employer_id, employer=row.employer, offer_id=row.offer_id,
        case_id=row.case_id, kind=row.kind, title=row.title, starts=read_day(row.starts), ends=read_day(row.ends),
        state=read_code(PlacementState, row.state), checked=read_day(row.checked),
        answer=read_code(StillThere, row.still_there) if row.still_there else None, note=row.note,
        steps=tuple(steps),
    )  # fmt: skip
