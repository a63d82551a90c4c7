"""The fields for what a hub writes on a kind of certificate, in one language at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.papers import FIELDS, TEXT_LENGTH, PaperTexts
from app.i18n import _
from ui.coaching.note_field import NoteField
from ui.theme.tokens import Gap
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.words import keep_left_to_right

if TYPE_CHECKING:
    from ui.widgets.words import Words

_FIELDS: Final = " ".join(f"{{{name}}}" for name in sorted(FIELDS))


class TextFields(QWidget):
    """`edited` follows whatever is written."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.lines = {
            "title": _line(lambda: _("Title")),
            "signatory": _line(lambda: _("Who signs")),
            "function": _line(lambda: _("Function of who signs")),
            "issuer": _line(lambda: _("Organisation")),
            "issuer_line": _line(lambda: _("Line below the organisation")),
            "lead": _line(lambda: _("Words before the name")),
            "issued": _line(lambda: _("Place and date of issue")),
            "note": _line(lambda: _("Small print")),
            "funded": _line(lambda: _("Words beside the EU emblem")),
        }
        self.body = NoteField(
            lambda: _("Paragraphs, each on a line of its own"),
            hint=lambda: _("A paragraph is left out where something that it names in braces is not known."),
        )
        fields = Label(
            lambda: _("What may stand in braces: {fields}").format(fields=keep_left_to_right(_FIELDS)),
            step="small",
            tone="quiet",
            wraps=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, Gap.SMALL, 0)
        column.setSpacing(Gap.SMALL)
        for name, line in self.lines.items():
            column.addWidget(line)
            line.edited.connect(lambda _text: self._tell())
            if name == "function":
                column.addWidget(self.body)
                column.addWidget(fields)
        self.body.lines.textChanged.connect(self._tell)

    def show_texts(self, texts: PaperTexts) -> None:
        """Show the texts of a language."""
        self._quiet = True
        for name, line in self.lines.items():
            line.set_text(getattr(texts, name))
        self.body.set_text("\n".join(texts.body))
        self._quiet = False

    def read(self) -> PaperTexts:
        """What is written there."""
        body = tuple(part.strip() for part in self.body.text.splitlines() if part.strip())
        return PaperTexts(body=body, **{name: line.text for name, line in self.lines.items()})

    def _tell(self) -> None:
        if not self._quiet:
            self.edited.emit()


def _line(name: Words) -> LineField:
    return LineField(name, max_length=TEXT_LENGTH)
