"""Papers with a person and with a session: chosen or dragged, opened, deleted and brought back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from app.domain.attachments import LARGEST, Attachment
from app.domain.coaching import Attendee, LogSession
from app.services import attachments, sessions
from tests.ui.coaching.conftest import Office
from ui.people.page import PeoplePage
from ui.people.timeline_picture import PictureDialog

if TYPE_CHECKING:
    from ui.coaching.page import MyDayPage
    from ui.people.timeline_attach import AttachForm

Key = Qt.Key


def _picture(folder: Path) -> Path:
    image = QImage(3000, 900, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.lightGray)
    path = folder / "bail.png"
    assert image.save(str(path))
    return path


def _drop(form: "AttachForm", *paths: Path) -> bool:
    """What the window system sends when files are let go of over the form; whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, plain, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(5, 5), copy, mime, button, plain)
    entering.ignore()
    QApplication.sendEvent(form, entering)
    if entering.isAccepted():
        QApplication.sendEvent(form, QDropEvent(QPoint(5, 5).toPointF(), copy, mime, button, plain))
    return entering.isAccepted()


def _of_awa(office: Office) -> tuple[Attachment, ...]:
    return office.hub.read(lambda uow: attachments.list_attachments(uow, person_id=office.person("KONE Awa").id))


def test_a_paper_is_dragged_kept_opened_deleted_and_brought_back(
    office: Office, people_page: PeoplePage, tmp_path: Path
) -> None:
    office.typist.type("kone aw").press(Key.Key_Return).press(Key.Key_F6)
    form = people_page.timeline.attach
    path = _picture(tmp_path)
    assert not _drop(form, path, path)
    assert _drop(form, path)
    assert form.name.text == "bail"
    office.typist.press(Key.Key_Return)
    [kept] = _of_awa(office)
    assert kept.size < LARGEST
    office.typist.press(Key.Key_F6)
    assert form.kept.keys == [kept.id]
    form.kept.button(kept.id).setFocus()
    office.typist.press(Key.Key_Return)
    [shown] = form.findChildren(PictureDialog)
    assert shown.isVisible()
    shown.reject()
    form.kept.button(kept.id, 1).click()
    office.typist.settle()
    assert _of_awa(office) == ()
    assert form.kept.keys == []
    office.undo()
    assert [paper.id for paper in _of_awa(office)] == [kept.id]
    assert form.kept.keys == [kept.id]


def test_a_paper_of_a_session_leads_back_to_the_session_as_it_was_left(
    office: Office, my_day: "MyDayPage", tmp_path: Path
) -> None:
    awa = office.person("KONE Awa").id
    session = office.do(lambda uow: sessions.log_session(LogSession((Attendee(awa),)), uow))
    my_day.todo.list.setFocus()
    assert my_day.todo.list.mark(("unnoted", session.id))
    office.typist.press(Key.Key_Return).type("Bail lu ensemble").press(Key.Key_F6)
    form = my_day.papers.form
    assert my_day.stack.currentWidget() is form
    form.take_file(_picture(tmp_path))
    form.local.setChecked(True)
    office.typist.press(Key.Key_Return)
    [kept] = office.hub.read(lambda uow: attachments.list_attachments(uow, session_id=session.id))
    assert (kept.name, kept.local) == ("bail", True)
    assert my_day.stack.currentWidget() is my_day.session
    assert my_day.session.note.text == "Bail lu ensemble"
    office.typist.press(Key.Key_F6).press(Key.Key_Escape)
    assert my_day.stack.currentWidget() is my_day.session


def test_a_session_that_is_not_kept_yet_has_no_papers(office: Office, my_day: "MyDayPage") -> None:
    office.typist.press(Key.Key_F2)
    assert my_day.stack.currentWidget() is my_day.session
    assert not my_day.session.papers_button.isVisible()
