"""Papers kept with somebody, a session, a venture or money, for a page that has room for their panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.i18n import _
from app.services import attachments
from ui.people.timeline_attach import AttachForm, PaperOwner
from ui.people.wording import isolate
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.attachments import Attachment, NewAttachment, OpenedAttachment
    from app.domain.ids import AttachmentId, SessionId
    from app.outcome import Outcome
    from ui.coaching.session_form import SessionForm
    from ui.page import PageContext
    from ui.reception.panel import Panel
    from ui.widgets.words import Words

_PDF: Final = "application/pdf"
_KIB: Final = 1024


class Papers(QObject):
    """`fronted` carries the panel that the page shows; `done` says that a paper was kept."""

    fronted = Signal(object)
    done = Signal()

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.form = AttachForm()
        self.form.chosen.connect(self._on_form_chosen)
        self.form.open_requested.connect(lambda wanted: open_paper(self.form, context, wanted))
        self.form.delete_requested.connect(self._on_form_delete_requested)
        context.change_bus.changed.connect(self._on_changed)

    def begin(self, owner: PaperOwner, about: Words) -> None:
        """Add a paper, or look at those that are kept."""
        self.form.begin(owner, about)
        self._refresh()
        self.fronted.emit(self.form)

    def _refresh(self) -> None:
        owner = self.form.owner
        if owner is None:
            return

        def read(uow: UnitOfWork) -> tuple[Attachment, ...]:
            return attachments.list_attachments(uow, **owner.cells)

        def show(found: tuple[Attachment, ...]) -> None:
            if self.form.owner == owner:
                self.form.show_kept(found)

        self._context.operations.query(self.form, read, show, lane=f"papers-{id(self)}")

    def _on_form_chosen(self, command: NewAttachment) -> None:
        def said(kept: Attachment) -> str:
            size = max(1, round(kept.size / _KIB))
            if kept.local:
                return _("{name} is kept in this office, {size} KB.").format(name=isolate(kept.name), size=size)
            return _("{name} is kept, {size} KB.").format(name=isolate(kept.name), size=size)

        self._context.operations.run(
            self.form,
            lambda uow: attachments.add_attachment(command, uow),
            lambda _kept: self.done.emit(),
            busy=self.form.save,
            said=said,
        )

    def _on_form_delete_requested(self, attachment_id: AttachmentId) -> None:
        def act(uow: UnitOfWork) -> Outcome[None]:
            return attachments.delete_attachment(attachment_id, uow)

        self._context.operations.run(self.form, act, said=lambda _none: _("The paper is out."))

    def _on_changed(self, changes: Changes) -> None:
        if self.form.isVisible() and (changes.everything or changes.attachments):
            self._refresh()


class SessionPapers(Papers):
    """Papers of the session that a form shows; the way back leads to that form, as it was left."""

    def __init__(self, context: PageContext, session: SessionForm, enter: Callable[[Panel], None]) -> None:
        super().__init__(context, session)
        self._session = session
        session.papers_requested.connect(self._on_session_papers_requested)
        self.fronted.connect(enter)
        for going in (self.done, self.form.left):
            going.connect(lambda: enter(session))

    def _on_session_papers_requested(self, session_id: SessionId) -> None:
        self.begin(PaperOwner("session_id", session_id), self._session.title.text)


def open_paper(page: QWidget, context: PageContext, attachment_id: AttachmentId) -> None:
    """Show a paper on the screen; it is never written to the disk, where it would stay."""

    def show(opened: OpenedAttachment) -> None:
        name = opened.attachment.name
        if opened.attachment.media_type == _PDF:
            from ui.printing.paper_dialog import show_paper  # noqa: PLC0415 - costly, and seldom needed

            show_paper(page, context.operations.runner, opened.content, f"{name}.pdf", as_is(name))
        else:
            from ui.people.timeline_picture import PictureDialog  # noqa: PLC0415

            PictureDialog(page, opened.content, name).open()

    context.operations.query(page, lambda uow: attachments.open_attachment(attachment_id, uow), show)
