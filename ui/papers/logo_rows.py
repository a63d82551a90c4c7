"""The logos that a hub keeps: which of them are on a paper, in which order, and a new one from a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.certificates import templates
from ui.ventures.rows import Action, Row, Rows
from ui.widgets.buttons import QUIET, Button
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bootstrap import UnitOfWork
    from app.domain.ids import LogoId
    from app.domain.papers import LogoRow
    from app.outcome import Outcome
    from ui.page import PageContext

_LARGEST: Final = 20 * 1024 * 1024


class LogoRows(QWidget):
    """`edited` follows when a logo is put on the paper or taken from it."""

    edited = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._known: tuple[LogoRow, ...] = ()
        self.chosen: tuple[LogoId, ...] = ()
        self.add_button = Button(lambda: _("Add a logo …"), QUIET, icon="plus", dense=True)
        self.rows = Rows(lambda: _("No logo is kept yet: the emblem of the European Union is always there."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        column.addWidget(self.add_button)
        self.add_button.clicked.connect(self._on_add_button_clicked)

    def show_logos(self, known: Sequence[LogoRow], chosen: Sequence[LogoId]) -> None:
        """Show what is kept, and which of it is on the paper."""
        self._known, self.chosen = tuple(known), tuple(chosen)
        self._show()

    def add_file(self, path: Path) -> None:
        """Keep a picture as a logo, and put it on the paper."""

        def act(uow: UnitOfWork) -> Outcome[LogoRow]:
            return templates.add_logo(path.stem, _read_bytes(path), uow)

        def done(made: LogoRow) -> None:
            self._known = (*(item for item in self._known if item.id != made.id), made)
            self._put(made.id)

        self._context.operations.run(self, act, done, busy=self.add_button, said=lambda _made: _("The logo is kept."))

    def _show(self) -> None:
        self.rows.show_rows([self._row(item) for item in self._known])

    def _row(self, item: LogoRow) -> Row:
        on = item.id in self.chosen
        put = Action(lambda: _("Take off") if on else _("Put on"), partial(self._put, item.id), as_is(item.name))
        remove = Action(lambda: _("Remove"), partial(self._remove, item.id), as_is(item.name))
        icon, tone = ("check", "good") if on else ("close", "quiet_ink")
        return Row(
            item.id,
            as_is(item.name),
            lambda: _("on the paper") if on else _("not on the paper"),
            icon=icon,
            tone=tone,
            actions=(put, remove),
        )

    def _put(self, logo_id: LogoId) -> None:
        if logo_id in self.chosen:
            self.chosen = tuple(item for item in self.chosen if item != logo_id)
        else:
            self.chosen = (*self.chosen, logo_id)
        self._show()
        self.edited.emit()

    def _remove(self, logo_id: LogoId) -> None:
        def act(uow: UnitOfWork) -> Outcome[None]:
            return templates.remove_logo(logo_id, uow)

        def done(_none: None) -> None:
            self._known = tuple(item for item in self._known if item.id != logo_id)
            self.chosen = tuple(item for item in self.chosen if item != logo_id)
            self._show()
            self.edited.emit()

        said = lambda _none: _("The logo is offered no longer; papers that bear it keep it.")  # noqa: E731 - one use
        self._context.operations.run(self, act, done, said=said)

    def _on_add_button_clicked(self) -> None:
        dialog = QFileDialog(self, _("Which picture?"), "", f"{_('Pictures')} (*.png *.jpg *.jpeg *.webp *.bmp)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.add_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(_("This file is too large for a logo. Nothing was kept. Save it smaller, as PNG."))
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            _("The file can't be read: {reason}. Nothing was kept.").format(reason=error.strerror or "")
        ) from error
