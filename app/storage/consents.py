"""Consents of people."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.domain.codes import read_code
from app.domain.consent import Consent, ConsentWay
from app.domain.ids import ConsentId, PersonId
from app.storage import schema
from app.storage.unit_of_work import UnitOfWork

_table = schema.consent


def add_consents(uow: UnitOfWork, consents: Sequence[Consent]) -> None:
    """Put answers on record."""
    uow.insert_many(
        _table,
        [
            {
                "id": consent.id,
                "person_id": consent.person_id,
                "kind": consent.kind,
                "version": consent.version,
                "language": consent.language,
                "way": str(consent.way),
                "witness": consent.witness,
                "given_at": consent.given_at,
                "expires_at": consent.expires_at,
                "withdrawn_at": consent.withdrawn_at,
            }
            for consent in consents
        ],
    )


def consents_of(connection: sa.Connection, person_id: PersonId) -> list[Consent]:
    """What a person answered, oldest first."""
    return _read(connection, _table.c.person_id == person_id)


def load_consent(connection: sa.Connection, consent_id: ConsentId) -> Consent | None:
    """One answer; None when there is none."""
    return next(iter(_read(connection, _table.c.id == consent_id)), None)


def _read(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Consent]:
    query = sa.select(_table).where(where, ~_table.c.deleted).order_by(_table.c.id)
    return [
        Consent(
            row.id,
            row.person_id,
            row.kind,
            row.version,
            row.language,
            read_code(ConsentWay, row.way),
            row.given_at,
            row.witness,
            row.expires_at,
            row.withdrawn_at,
        )
        for row in connection.execute(query)
    ]
