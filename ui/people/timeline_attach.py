"""Keeping a paper: which file, under which name, whether it travels to the other offices; and those kept already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.attachments import LARGEST, NewAttachment
from app.i18n import _
from ui.coaching.small_forms import SmallForm
from ui.frame.drops import awaits_drop
from ui.people.wording import join_facts, word_day
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_number
from ui.ventures.rows import Action, Row, Rows, Section
from ui.widgets.buttons import QUIET, Button
from ui.widgets.choices import Check
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import as_is, keep_left_to_right, no_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from app.domain.attachments import Attachment
    from ui.widgets.words import Words

_MIB: Final = 1024 * 1024
_READ_AT_MOST: Final = 65 * _MIB


@dataclass(frozen=True, slots=True)
class PaperOwner:
    """What papers are kept with: `kind` is person_id, session_id, venture_id or money_id, as the services name it."""

    kind: str
    id: UUID

    @property
    def cells(self) -> dict[str, Any]:
        """As the services take it."""
        return {self.kind: self.id}


class AttachForm(SmallForm):
    """`chosen` carries a NewAttachment, the wishes the id of a paper. A file may be let go of anywhere on the form."""

    chosen = Signal(object)
    open_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Keep a paper"), lambda: _("Keep the paper"), parent)
        self.owner: PaperOwner | None = None
        self.about = Label(strong=True, wraps=True)
        self._path: Path | None = None
        self.choose = Button(lambda: _("Choose a file"), QUIET, icon="folder", key="F6")
        self._file = Label(tone="quiet", wraps=True)
        self.name = LineField(lambda: _("Name of the paper"), placeholder=lambda: _("residence card, both sides"))
        self.local = Check(lambda: _("Keep it in this office only"))
        for part in (self.about, self.choose, self._file, self.name, self.local):
            self.fields.addWidget(part, alignment=Qt.AlignmentFlag(0))
        self.fields.addWidget(
            Label(
                lambda: _(
                    "A PDF, or a photo: photos are made smaller, and the place where they were taken is removed. At "
                    "most {most} MB are kept, because bundles carry papers to the other offices; what stays in this "
                    "office only is in its backups and nowhere else."
                ).format(most=LARGEST // _MIB),
                step="small",
                tone="quiet",
                wraps=True,
            )
        )
        self.kept = Rows(lambda: _("None kept so far."))
        self._kept_card = Section(lambda: _("Papers that are kept"))
        self._kept_card.body.addWidget(self.kept)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, 0)
        column.addWidget(self._kept_card)
        column.addStretch()
        self.row.addWidget(Scroller(content), 1)
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self._on_choose_clicked)

    def begin(self, owner: PaperOwner, about: Words = no_words) -> None:
        """Start a new one; `about` says whose."""
        self.owner, self._path = owner, None
        self.about.say(about)
        self.about.setVisible(bool(about()))
        self.kept.show_rows(())
        self.name.set_text("")
        self.local.setChecked(False)
        self._file.say(lambda: _("No file chosen yet."))
        self._file.set_tone("quiet")

    def enter(self) -> None:
        """The file."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_kept(self, found: Sequence[Attachment]) -> None:
        """Show the papers that are kept already."""
        self.kept.show_rows([self._row(paper) for paper in found])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer may be let go of here; the frame does not get it."""
        if len(awaits_drop(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file as if it had been chosen."""
        [path] = awaits_drop(event.mimeData())
        event.acceptProposedAction()
        self.take_file(path)

    def take_file(self, path: Path) -> None:
        """A file was chosen: its name is proposed for the paper."""
        self._path = path
        self._file.say(as_is(keep_left_to_right(path.name)))
        self._file.set_tone("")
        if not self.name.text:
            self.name.set_text(path.stem)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line.selectAll()

    def _on_choose_clicked(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - costly, and seldom needed

        kinds = _("PDF or photo")
        patterns = "*.pdf *.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp"
        dialog = QFileDialog(self.window(), _("Choose a file"), "", f"{kinds} ({patterns} {patterns.upper()})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.open()

    def _save(self) -> None:
        owner = self.owner
        if self._path is None or owner is None:
            self._file.say(lambda: _("Choose the file first."))
            self._file.set_tone("danger")
            self.enter()
            return
        try:
            with self._path.open("rb") as stream:
                content = stream.read(_READ_AT_MOST)
        except OSError:
            self._file.say(lambda: _("The file can't be read. Choose it again, or copy it to this computer first."))
            self._file.set_tone("danger")
            return
        self.chosen.emit(NewAttachment(self.name.text, content, local=self.local.isChecked(), **owner.cells))

    def _row(self, paper: Attachment) -> Row:
        def facts() -> str:
            size = _("{size} KB").format(size=word_number(max(1, round(paper.size / 1024))))
            where = _("in this office only") if paper.local and paper.here else ""
            missing = _("kept at another office") if paper.local and not paper.here else ""
            day = word_day(day_of(paper.added_at), day_of(system_clock()))
            return join_facts(day, paper.added_by, size, where, missing)

        name = as_is(paper.name)
        delete = Action(lambda: _("Delete"), partial(self.delete_requested.emit, paper.id), name)
        actions = (Action(lambda: _("Open"), partial(self.open_requested.emit, paper.id), name), delete)
        return Row(paper.id, name, facts, icon="attachment", actions=actions if paper.here else (delete,))
