"""Papers and pictures kept with the records."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.ids import AttachmentId, HubId, PersonId, SessionId, VentureId

LARGEST: Final = 2 * 1024 * 1024
"""Bytes kept of one attachment, after a picture was scaled: a bundle carries it to every office."""


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file to be kept, of exactly one thing. `local` keeps its content in this office: it does not travel."""

    name: str
    content: bytes
    person_id: PersonId | None = None
    session_id: SessionId | None = None
    venture_id: VentureId | None = None
    money_id: UUID | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment in a list. `size` in bytes; `local` stays at one office; `here` says whether it can be opened."""

    id: AttachmentId
    hub_id: HubId
    person_id: PersonId | None
    session_id: SessionId | None
    venture_id: VentureId | None
    money_id: UUID | None
    name: str
    media_type: str
    size: int
    added_at: int
    added_by: str
    local: bool
    here: bool


@dataclass(frozen=True, slots=True)
class OpenedAttachment:
    """The content of an attachment, and what it is."""

    attachment: Attachment
    content: bytes
