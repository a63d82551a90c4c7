"""Certificates of a class out of one dialogue: who and why not, preview, issued, printed, the list to sign."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.documents.preview import count_pages, rasterise
from app.domain.papers import PaperState
from app.errors import Cancelled
from app.services import people
from app.services.certificates import issuing, life
from tests.ui.papers.conftest import Room
from tests.ui.papers.scene import TRAINING
from ui.people.page import PeoplePage
from ui.program import Program


def open_class(room: Room) -> None:
    room.show("trainings")
    page = room.trainings
    page.section.rows.button(page.section.rows.keys[0]).click()
    room.settle()
    room.press(Qt.Key.Key_F11)
    assert page.trail.currentWidget() is page.issue


def test_a_class_is_given_its_certificates_by_keys_alone(room: Room, tmp_path: Path) -> None:
    open_class(room)
    panel = room.trainings.issue
    assert QApplication.focusWidget() is panel.list
    assert [item.name for item in panel.list.chosen] == ["Awa Ndiaye", "Bakary Diop", "Fatou Sow"]
    (other,) = (entry for entry in panel.list.model_of_entries.entries if entry.title == "Moussa Traoré")
    assert other.detail == "Was there on no day of the training."
    assert panel.view.page_count == 1
    # Bakary is left out; whoever can't have one shows why in place of a preview
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert [item.name for item in panel.list.chosen] == ["Awa Ndiaye", "Fatou Sow"]
    assert "2" in panel.issue_button.text()
    room.press(Qt.Key.Key_End)
    assert not panel.view.isVisible()
    assert "no day" in panel.problem.text()
    room.press(Qt.Key.Key_F2)
    page = room.trainings
    assert page.trail.currentWidget() is page.issued
    assert "2" in page.issued.title.text()
    batch = page.issued.batch
    assert batch is not None
    assert [(item.name, item.why) for item in batch.skipped] == [
        ("Moussa Traoré", "Was there on no day of the training.")
    ]
    found = room.hub.read(life.list_certificates)
    assert {item.name for item in found} == {"Awa Ndiaye", "Fatou Sow"}
    assert page.issued.issued.keys == [item.id for item in batch.issued]
    # to the printer in one piece, and the list on which holders sign
    room.press(Qt.Key.Key_F2)
    (dialog,) = room.dialogs()
    assert dialog.view.page_count == 2
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.actions_taken.send_to(printer)
    room.qtbot.waitUntil(dialog.outcome.isVisible)
    printed = (tmp_path / "out.pdf").read_bytes()
    lying = rasterise(printed, 1, dpi=36)
    assert count_pages(printed) == 2
    assert (lying.width, lying.height) == pytest.approx((421, 298), abs=3)
    room.close_dialogs()
    page.issued.sheet_button.click()
    room.settle()
    assert len(room.dialogs()) == 1
    room.close_dialogs()
    # back at the list, who has one now is told apart
    room.press(Qt.Key.Key_Escape)
    assert page.trail.currentWidget() is page.issue
    assert [item.name for item in page.issue.list.chosen] == []
    assert any("valid one already" in entry.detail for entry in panel.list.model_of_entries.entries)


def test_a_certificate_of_training_is_for_those_who_passed(room: Room) -> None:
    open_class(room)
    panel = room.trainings.issue
    panel.kind.buttons[1].click()
    room.settle()
    assert [item.name for item in panel.list.chosen] == ["Awa Ndiaye"]
    assert panel.chosen_kind is TRAINING
    panel.languages.choose("en")
    panel.languages.picked.emit("en")
    room.press(Qt.Key.Key_F2)
    (made,) = room.hub.read(life.list_certificates)
    assert (made.kind, made.languages, made.state) == (TRAINING, "en", PaperState.ISSUED)


def test_a_batch_can_be_stopped_and_what_is_issued_stands(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    open_class(room)
    panel = room.trainings.issue
    whole = issuing.issue_batch

    def stop_after_one_pack(commands, write, pace):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        """The one who looks on presses Stop while the first pack is under way."""
        calls = []

        def paced(share: float) -> None:
            calls.append(share)
            if len(calls) > 1:
                assert panel._work is not None
                panel._work.stop()
            pace(share)

        return whole(commands, write, paced)

    monkeypatch.setattr(issuing, "_PACK", 2)
    monkeypatch.setattr(issuing, "issue_batch", stop_after_one_pack)
    room.press(Qt.Key.Key_F2)
    page = room.trainings
    assert page.trail.currentWidget() is page.issued
    assert page.issued.stopped.isVisible()
    assert len(room.hub.read(life.list_certificates)) == 2
    room.press(Qt.Key.Key_Escape)
    assert [item.name for item in page.issue.list.chosen] == ["Fatou Sow"]
    assert not page.issue.is_working


def test_stop_ends_the_work_at_its_next_pace(room: Room) -> None:
    open_class(room)
    panel = room.trainings.issue
    panel._on_issue_button_clicked()
    work = panel._work
    assert work is not None
    assert panel.stop_button.isVisible()
    panel.stop_button.click()
    with pytest.raises(Cancelled):
        work.pace(0.5)
    room.settle()
    assert not panel.is_working


def test_accompaniment_is_certified_from_the_person(room: Room) -> None:
    (awa,) = (row for row in room.hub.read(lambda uow: people.search("Awa", uow)) if row.name == "Awa Ndiaye")
    room.workplace.open_person(awa.id)
    room.settle()
    page = room.workplace.page("people")
    assert isinstance(page, PeoplePage)
    room.press(Qt.Key.Key_F11)
    panel = page.timeline.certifying.issue
    assert page.timeline.stack.currentWidget() is panel
    assert [item.name for item in panel.list.chosen] == ["Awa Ndiaye"]
    assert panel.view.page_count == 1
    room.press(Qt.Key.Key_F2)
    assert page.timeline.stack.currentWidget() is page.timeline.certifying.issued
    (made,) = room.hub.read(life.list_certificates)
    assert made.number.startswith("RBT-AA-")
    paper = room.hub.read(lambda uow: life.open_paper(made.id, uow))
    assert count_pages(paper.pdf) == 1


def test_without_a_case_the_next_step_is_said(room: Room) -> None:
    (row,) = room.hub.read(lambda uow: people.search("Bakary", uow))[:1]
    room.workplace.open_person(row.id)
    room.settle()
    room.press(Qt.Key.Key_F11)
    assert "F5" in room.workplace.foot.strip.text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_dialogue_is_worded_and_mirrored(sign_in: Callable[..., Program], qtbot: QtBot, language: str) -> None:
    room = Room(sign_in(language=language), qtbot)
    open_class(room)
    panel = room.trainings.issue
    assert panel.isRightToLeft() == (language == "ar")
    assert {"fr": "Attestation de participation", "ar": "شهادة مشاركة"}[language] in panel.kind.buttons[0].text()
    assert "Issue" not in panel.issue_button.text()
