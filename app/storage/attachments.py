"""Attachments: what they are travels; their content does where it may, and lies in a local table where it may not."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.domain.attachments import Attachment
from app.domain.ids import AttachmentId
from app.storage import schema
from app.storage.schema_accompaniment import attachment, attachment_content, attachment_here
from app.storage.types import AnyRow

_account = schema.account
_synced = sa.exists().where(attachment_content.c.attachment_id == attachment.c.id, ~attachment_content.c.deleted)
_local = sa.exists().where(attachment_here.c.attachment_id == attachment.c.id)


def find_attachments(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Attachment]:
    """Attachments without their contents, the newest first."""
    query = (
        sa.select(attachment, _account.c.name.label("author"), sa.or_(_synced, _local).label("here"))
        .outerjoin(_account, _account.c.id == attachment.c.added_by)
        .where(~attachment.c.deleted, ~attachment.c.erased, *where)
        .order_by(attachment.c.added_at.desc(), attachment.c.id.desc())
    )
    return [_to_attachment(row) for row in connection.execute(query)]


def which(records: Iterable[UUID] | None, **owners: UUID | None) -> list[sa.ColumnElement[bool]]:
    """What says which attachments: those of a person, or of whatever else owns them."""
    where: list[sa.ColumnElement[bool]] = [
        attachment.c[name] == owner for name, owner in owners.items() if owner is not None
    ]
    return where if records is None else [*where, attachment.c.person_id.in_(list(records))]


def load_content(connection: sa.Connection, attachment_id: AttachmentId) -> bytes | None:
    """The content of an attachment; None where it is kept at another office, or has not come yet."""
    query = sa.select(attachment_content.c.content).where(
        attachment_content.c.attachment_id == attachment_id, ~attachment_content.c.deleted
    )
    found = connection.scalar(query.limit(1))
    if found is None:
        here = attachment_here
        found = connection.scalar(sa.select(here.c.content).where(here.c.attachment_id == attachment_id))
    return None if found is None else bytes(found)


def checksum_of(connection: sa.Connection, attachment_id: AttachmentId) -> bytes:
    """The SHA-256 that the content had when it was kept."""
    return bytes(connection.scalar(sa.select(attachment.c.sha256).where(attachment.c.id == attachment_id)) or b"")


def content_rows(connection: sa.Connection, attachment_id: AttachmentId) -> list[AnyRow]:
    """The rows (id) that carry the content of an attachment."""
    query = sa.select(attachment_content.c.id).where(
        attachment_content.c.attachment_id == attachment_id, ~attachment_content.c.deleted
    )
    return list(connection.execute(query))


def keep_here(connection: sa.Connection, attachment_id: AttachmentId, content: bytes) -> None:
    """Keep a content at this installation only."""
    connection.execute(attachment_here.insert().values(attachment_id=attachment_id, content=content))


def let_go_of(connection: sa.Connection, attachment_id: AttachmentId) -> None:
    """Remove a content that was kept at this installation only."""
    connection.execute(attachment_here.delete().where(attachment_here.c.attachment_id == attachment_id))


def _to_attachment(row: AnyRow) -> Attachment:
    return Attachment(
        id=row.id,
        hub_id=row.hub_id,
        person_id=row.person_id,
        session_id=row.session_id,
        venture_id=row.venture_id,
        money_id=row.money_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        added_at=row.added_at,
        added_by=row.author or "",
        local=row.kept_at is not None,
        here=bool(row.here),
    )
