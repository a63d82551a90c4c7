"""Attachments: kept encrypted, scaled, travelling or not, opened on record."""

import io
import os

import pytest
from PIL import Image

from app.domain.accounts import Role
from app.domain.attachments import LARGEST, NewAttachment
from app.domain.ids import AttachmentId, PersonId
from app.errors import NotAllowedError, NotFoundError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import attachments, audit
from app.services.attachments import add_attachment, delete_attachment, list_attachments, open_attachment
from app.storage.schema_accompaniment import attachment_content
from tests.factories import LOGINS, open_as
from tests.services.coaching import add, log, token

PAGE = b"%PDF-1.7 residence permit of Awa"


def photo() -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((3000, 1000)).save(written, "PNG")
    return written.getvalue()


def attach(hub: Hub, person: PersonId, content: bytes = PAGE, *, local: bool = False) -> AttachmentId:
    command = NewAttachment("Permit.pdf", content, person, local=local)
    return hub.write(lambda uow: add_attachment(command, uow)).value.id


@pytest.mark.parametrize("local", [False, True])
def test_a_paper_is_kept_and_opened_on_record(hub: Hub, paths: HubPaths, local: bool) -> None:
    person = add(hub)
    made = attach(hub, person, local=local)
    (listed,) = hub.read(lambda uow: list_attachments(uow, person_id=person))
    assert (listed.id, listed.name, listed.media_type, listed.size) == (
        made, "Permit.pdf", "application/pdf", len(PAGE),
    )  # fmt: skip
    assert (listed.local, listed.here, listed.added_by) == (local, True, "Amina Gérante")
    opened = hub.read(lambda uow: open_attachment(made, uow))
    assert (opened.content, opened.attachment) == (PAGE, listed)
    events = hub.read(audit.list_events)
    assert next((event.action, event.subject_id) for event in events if event.kind == "attachment") == ("opened", made)
    # nothing of it lies in the folder in clear
    for file in paths.database.parent.rglob("*"):
        assert not file.is_file() or b"residence permit" not in file.read_bytes()
    assert hub.check() == []


def test_a_photo_is_scaled(hub: Hub) -> None:
    made = attach(hub, add(hub), photo())
    opened = hub.read(lambda uow: open_attachment(made, uow))
    assert opened.attachment.media_type == "image/jpeg"
    assert Image.open(io.BytesIO(opened.content)).size == (2000, 667)
    assert opened.attachment.size == len(opened.content)


@pytest.mark.parametrize("local", [False, True])
def test_a_paper_is_deleted_and_brought_back(hub: Hub, local: bool) -> None:
    person = add(hub)
    made = attach(hub, person, local=local)
    gone = hub.write(lambda uow: delete_attachment(made, uow))
    assert hub.read(lambda uow: list_attachments(uow, person_id=person)) == ()
    with pytest.raises(NotFoundError):
        hub.read(lambda uow: open_attachment(made, uow))
    hub.undo(token(gone.undo))
    assert hub.read(lambda uow: open_attachment(made, uow)).content == PAGE


def test_what_is_too_large_is_explained(hub: Hub) -> None:
    person = add(hub)
    with pytest.raises(UserError, match=r"takes 2\.0 MB, and at most 2 MB"):
        attach(hub, person, b"%PDF-" + bytes(LARGEST))
    attach(hub, person, b"%PDF-" + bytes(LARGEST - 5))
    noise = Image.frombytes("RGB", (2000, 2000), os.urandom(12_000_000))
    written = io.BytesIO()
    noise.save(written, "BMP")
    with pytest.raises(UserError, match="black and white"):
        attach(hub, person, written.getvalue())
    for content in (b"", b"hello", b"<html>", b"MZ"):
        with pytest.raises(UserError, match="neither a picture nor a PDF"):
            attach(hub, person, content)
    assert len(hub.read(lambda uow: list_attachments(uow, person_id=person))) == 1


def test_a_paper_belongs_to_one_thing(hub: Hub) -> None:
    person = add(hub)
    session = log(hub, person).value.id
    for owners in ({}, {"person_id": person, "session_id": session}):
        command = NewAttachment("x", PAGE, **owners)  # type: ignore[arg-type]
        with pytest.raises(UserError, match="one person, session or venture"):
            hub.write(lambda uow, command=command: add_attachment(command, uow))  # type: ignore[misc]
    kept = hub.write(lambda uow: add_attachment(NewAttachment(" ", PAGE, session_id=session), uow)).value
    assert (kept.name, kept.session_id) == ("Paper", session)
    assert hub.read(lambda uow: list_attachments(uow, session_id=session)) == (kept,)
    with pytest.raises(UserError, match="whose papers"):
        hub.read(list_attachments)
    with pytest.raises(NotFoundError):
        attach(hub, PersonId(session))


def test_a_content_that_was_altered_is_not_shown(hub: Hub) -> None:
    person = add(hub)
    made = attach(hub, person)
    row = hub.read(lambda uow: uow.connection.execute(attachment_content.select()).one())
    hub.write(lambda uow: uow.update(attachment_content, row.id, content=b"%PDF-1.7 something else"))
    with pytest.raises(UserError, match="not what was kept"):
        hub.read(lambda uow: open_attachment(made, uow))


def test_the_desk_opens_nothing(hub: Hub, paths: HubPaths) -> None:
    made = attach(hub, add(hub))
    desk = open_as(paths, LOGINS[Role.RECEPTIONIST])
    with pytest.raises(NotAllowedError):
        desk.read(lambda uow: attachments.open_attachment(made, uow))
    desk.close()
