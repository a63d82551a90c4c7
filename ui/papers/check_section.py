"""Checking a paper that somebody brings: scanned, pasted, or a picture of it. No network is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.numbers import NumberNotUnderstoodError, parse_number
from app.errors import UserError
from app.i18n import _
from app.services.certificates import checking
from ui.frame.drops import awaits_drop
from ui.languages import follow_language
from ui.messages import word_error
from ui.papers.verdict_card import VerdictCard
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.cards import Card
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from app.bootstrap import UnitOfWork
    from app.domain.papers import Certificate
    from app.services.certificates.checking import Check
    from ui.page import PageContext

_LONGEST: Final = 4_000
_PICTURES: Final = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.pdf"
_LARGEST: Final = 40 * 1024 * 1024
"""Bytes of a picture that are read; a photo has a tenth of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check found, or what is on record under a number that proves nothing by itself."""

    check: Check | None = None
    on_record: Certificate | None = None


class CheckSection(QWidget):
    """The caret is in the line, and what is scanned next replaces what stands there."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.line = LineField(
            lambda: _("Code of the paper"),
            hint=lambda: _("Scan the square on the paper, or paste what it holds, then Enter."),
            left_to_right=True,
            max_length=_LONGEST,
        )
        self.check_button = Button(lambda: _("Check"), PRIMARY, shown_key="Enter", icon="check")
        self.file_button = Button(lambda: _("Choose a picture or PDF …"), QUIET, key="F2", icon="folder")
        self._drop = Label(lambda: _("or let go of a photo or a scan of it here"), tone="quiet", wraps=True)
        self.verdict = VerdictCard()
        self.limits = Label(self._word_limits, tone="quiet", wraps=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(Gap.SMALL)
        for part in (self.check_button, self.file_button):
            buttons.addWidget(part)
        buttons.addWidget(self._drop, 1)
        card = Card()
        card.body.addWidget(self.line)
        card.body.addLayout(buttons)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.setSpacing(Gap.MEDIUM)
        for whole in (card, self.verdict, self.limits):
            column.addWidget(whole)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroller(content))
        self.setAcceptDrops(True)
        self.line.entered.connect(self.check_line)
        self.check_button.clicked.connect(self.check_line)
        self.file_button.clicked.connect(self._on_file_button_clicked)
        follow_language(self, self.limits.retranslate)

    def refresh(self) -> None:
        """Nothing of it changes by itself."""

    def primary_focus(self) -> QWidget:
        """The line."""
        return self.line.line

    def start(self) -> None:
        """Somebody else's paper."""
        self.line.set_text("")
        self.line.clear_error()
        self.verdict.clear()
        self.limits.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def check_line(self) -> None:
        """Check what was scanned or pasted."""
        text = self.line.text
        if not text:
            self.line.show_error(lambda: _("Scan or paste the code first."))
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        may = self._context.actor.may(Permission.READ_PAPERS)

        def read(uow: UnitOfWork) -> Answer:
            if may and _is_like_number(text):
                return Answer(on_record=checking.look_up(text, uow))
            return Answer(checking.check_text(text, uow))

        self._context.operations.query(self, read, self._show, self._fail, lane="check", busy=self.check_button)

    def check_path(self, path: Path) -> None:
        """Check a picture of a paper, or its PDF."""

        def read(uow: UnitOfWork) -> Answer:
            return Answer(checking.check_file(_read_bytes(path), uow))

        self.line.set_text("")
        self._context.operations.query(self, read, self._show, self._fail, lane="check", busy=self.file_button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One picture may be let go of anywhere here; the frame does not get it."""
        if len(awaits_drop(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check it."""
        event.acceptProposedAction()
        self.check_path(awaits_drop(event.mimeData())[0])

    def _show(self, answer: Answer) -> None:
        self.line.clear_error()
        if answer.check is not None:
            self.verdict.show_check(answer.check)
        elif answer.on_record is not None:
            self.verdict.show_record(answer.on_record)
        self.limits.hide()  # the answer says what counts of them
        self._await_next()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._context.messages.report(error)
            return
        words = word_error(error)
        self.verdict.clear()
        self.limits.show()
        self.line.show_error(lambda: words)
        self._await_next()

    def _await_next(self) -> None:
        self.line.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_file_button_clicked(self) -> None:
        dialog = QFileDialog(
            self,
            _("Which picture?"),
            "",
            _("Pictures and PDF") + " (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.pdf)",
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.check_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _word_limits(self) -> str:
        return _(
            "What a check can't know: a photocopy of a genuine paper has the same code and is authentic too, so "
            "compare the name with the person. A revocation counts here once a bundle has brought it."
        )


def _is_like_number(text: str) -> bool:
    try:
        parse_number(text)
    except NumberNotUnderstoodError:
        return False
    except ValueError:
        return True
    return True


def _read_bytes(path: Path) -> bytes:
    """A file of bearable size. Raises UserError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(_("This file is too large for a picture of a paper. Nothing was checked."))
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            _("The file can't be read: {reason}. Nothing was checked.").format(reason=error.strerror or "")
        ) from error
