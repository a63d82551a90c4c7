"""Keeping a paper with somebody: which file, under which name, and whether it travels to the other offices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from app.domain.attachments import LARGEST, NewAttachment
from app.i18n import _
from ui.coaching.small_forms import SmallForm
from ui.widgets.buttons import QUIET, Button
from ui.widgets.choices import Check
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.words import as_is, keep_left_to_right

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.ids import PersonId

_MIB: Final = 1024 * 1024
_READ_AT_MOST: Final = 65 * _MIB


class AttachForm(SmallForm):
    """`chosen` carries a NewAttachment."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Keep a paper"), lambda: _("Keep the paper"), parent)
        self._person_id: PersonId | None = None
        self._path: Path | None = None
        self.choose = Button(lambda: _("Choose a file"), QUIET, icon="folder", key="F6")
        self._file = Label(tone="quiet", wraps=True)
        self.name = LineField(lambda: _("Name of the paper"), placeholder=lambda: _("residence card, both sides"))
        self.local = Check(lambda: _("Keep it in this office only"))
        for part in (self.choose, self._file, self.name, self.local):
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
        self.row.addStretch(1)
        self.choose.clicked.connect(self._on_choose_clicked)

    def begin(self, person_id: PersonId) -> None:
        """Start a new one."""
        self._person_id, self._path = person_id, None
        self.name.set_text("")
        self.local.setChecked(False)
        self._file.say(lambda: _("No file chosen yet."))
        self._file.set_tone("quiet")

    def enter(self) -> None:
        """The file."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

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
        if self._path is None or self._person_id is None:
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
        self.chosen.emit(NewAttachment(self.name.text, content, self._person_id, local=self.local.isChecked()))
