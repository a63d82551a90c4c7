"""The use cases about attachments: kept encrypted with the records, scaled, travelling or not as one chooses."""

from hashlib import sha256
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.attachments import LARGEST, Attachment, NewAttachment, OpenedAttachment
from app.domain.ids import AttachmentId, PersonId, SessionId, VentureId
from app.domain.people import clean_name
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services.access import require
from app.services.merging import records_of
from app.storage import attachments as rows
from app.storage.schema_accompaniment import attachment, attachment_content
from app.storage.unit_of_work import UnitOfWork

_LARGEST_FILE = 64 * 1024 * 1024


def add_attachment(command: NewAttachment, uow: UnitOfWork) -> Outcome[Attachment]:
    """Keep a file with a person, a session, a venture or what money was spent on.

    A picture is scaled to 2,000 pixels and loses what the camera wrote into it; a PDF is kept as it is. Raises
    UserError for any other file, and for one that is too large after that.
    """
    _require_writing(command, uow)
    if sum(owner is not None for owner in _owners(command)) != 1:
        raise UserError(_("A paper is kept with one person, session or venture. Nothing was kept."))
    if command.person_id is not None:
        rules.load_people([command.person_id], uow)
    if command.session_id is not None:
        rules.load_session(command.session_id, uow)
    rules.check_venture(command.venture_id, uow)
    content, media_type = _prepare(command)
    attachment_id = AttachmentId(
        uow.insert(
            attachment,
            hub_id=uow.actor.hub_id,
            person_id=command.person_id,
            session_id=command.session_id,
            venture_id=command.venture_id,
            money_id=command.money_id,
            name=clean_name(command.name) or _("Paper"),
            media_type=media_type,
            size=len(content),
            sha256=sha256(content).digest(),
            added_at=uow.now,
            added_by=uow.actor.account_id,
            kept_at=uow.actor.installation_id if command.local else None,
        )
    )
    if command.local:
        rows.keep_here(uow.connection, attachment_id, content)
    else:
        uow.insert(attachment_content, attachment_id=attachment_id, content=content)
    return Outcome(_load(attachment_id, uow), _changes(attachment_id, command.person_id), uow.undo_token)


def open_attachment(attachment_id: AttachmentId, uow: UnitOfWork) -> OpenedAttachment:
    """The content of an attachment; that it was opened goes on the audit trail.

    Raises UserError where the content is kept at another office, has not come yet, or is not what was kept.
    """
    require(uow, Permission.READ_CASES)
    found = _load(attachment_id, uow)
    require(uow, _needed(found))
    content = rows.load_content(uow.connection, attachment_id)
    if content is None:
        raise UserError(
            _("This paper is kept at the office where it was added, and can only be opened there.")
            if found.local
            else _("The content of this paper has not come yet. It comes with the next bundle of that office.")
        )
    if sha256(content).digest() != rows.checksum_of(uow.connection, attachment_id):
        raise UserError(_("This paper is not what was kept: it was altered on the way. Ask for it again."))
    uow.note("opened", "attachment", attachment_id, found.name)
    return OpenedAttachment(found, content)


def delete_attachment(attachment_id: AttachmentId, uow: UnitOfWork) -> Outcome[None]:
    """Take a paper out of the records; undo brings it back. It is gone for good when its person is erased."""
    require(uow, Permission.ACCOMPANY)
    found = _load(attachment_id, uow)
    rules.refuse_elsewhere(found.hub_id, uow)
    for row in rows.content_rows(uow.connection, attachment_id):
        uow.update(attachment_content, row.id, deleted=True)
    uow.update(attachment, attachment_id, deleted=True)
    return Outcome(None, _changes(attachment_id, found.person_id), uow.undo_token)


def list_attachments(
    uow: UnitOfWork,
    *,
    person_id: PersonId | None = None,
    session_id: SessionId | None = None,
    venture_id: VentureId | None = None,
    money_id: UUID | None = None,
) -> tuple[Attachment, ...]:
    """The papers of one thing, the newest first, without their contents. Raises UserError for none at all."""
    require(uow, Permission.READ_CASES)
    records = None if person_id is None else records_of(person_id, uow)
    where = rows.which(records, session_id=session_id, venture_id=venture_id, money_id=money_id)
    if not where:
        raise UserError(_("Choose whose papers are to be shown."))
    return tuple(item for item in rows.find_attachments(uow.connection, *where) if uow.actor.may(_needed(item)))


def _require_writing(command: NewAttachment, uow: UnitOfWork) -> None:
    require(uow, Permission.REQUEST_FUNDING if command.money_id is not None else Permission.ACCOMPANY)


def _needed(found: Attachment) -> Permission:
    if found.money_id is not None:
        return Permission.READ_FUNDING
    return Permission.READ_VENTURES if found.venture_id is not None else Permission.READ_SESSION_NOTES


def _owners(command: NewAttachment) -> tuple[UUID | None, ...]:
    return command.person_id, command.session_id, command.venture_id, command.money_id


def _prepare(command: NewAttachment) -> tuple[bytes, str]:
    # the library of pictures costs the start of the window, and is seldom needed
    from app.exchange.picture import UnknownFileError, prepare  # noqa: PLC0415

    if len(command.content) > _LARGEST_FILE:
        raise UserError(_("This file is far too large. Nothing was kept. Take a photo of the page instead."))
    try:
        content, media_type = prepare(command.content)
    except UnknownFileError as error:
        raise UserError(
            _(
                "This file is neither a picture nor a PDF that can be read. Nothing was kept. "
                "Save it as a PDF or a photo."
            )
        ) from error
    if len(content) > LARGEST:
        raise UserError(
            _(
                "This paper takes {size} MB, and at most {most} MB are kept, because bundles carry it to every office. "
                "Nothing was kept. Scan it in black and white, or attach its pages one by one."
            ).format(size=f"{len(content) / 1024 / 1024:.1f}", most=LARGEST // 1024 // 1024)
        )
    return content, media_type


def _load(attachment_id: AttachmentId, uow: UnitOfWork) -> Attachment:
    found = next(iter(rows.find_attachments(uow.connection, attachment.c.id == attachment_id)), None)
    if found is None:
        raise NotFoundError(_("There is no such paper on record; it may have been taken back. Nothing was changed."))
    return found


def _changes(attachment_id: AttachmentId, person_id: PersonId | None) -> Changes:
    return Changes(attachments=frozenset({attachment_id}), people=frozenset({person_id} if person_id else ()))
