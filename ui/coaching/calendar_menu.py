"""Calendar files: the week in view to be taken to another program, appointments of another program to be taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.errors import EnvironmentProblem
from app.i18n import _, ngettext
from app.services import calendar_files
from ui.languages import follow_language
from ui.notices import Tone
from ui.theme.icons import make_icon
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.words import keep_left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.bootstrap import UnitOfWork
    from app.outcome import Outcome
    from app.services.calendar_files import Imported
    from ui.page import PageContext

_LARGEST = 4 * 1024 * 1024


class CalendarMenu(QObject):
    """A button with a menu. `day` answers which week is in view."""

    def __init__(self, context: PageContext, day: Callable[[], date | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._day = day
        self.button = Button(
            lambda: _("Calendar file"),
            PLAIN,
            icon="calendar",
            dense=True,
            hint=lambda: _("Take a week out, or take appointments in"),
        )
        self._menu = QMenu(self.button)
        self._bare = QAction(self._menu)
        self._named = QAction(self._menu)
        self._take_in = QAction(self._menu)
        self._menu.addActions([self._bare, self._named])
        self._menu.addSeparator()
        self._menu.addAction(self._take_in)
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._draw_icons)
        self._bare.triggered.connect(lambda: self._choose_target(names=False))
        self._named.triggered.connect(self._ask_about_names)
        self._take_in.triggered.connect(self._choose_source)
        follow_language(self.button, self.retranslate)

    def retranslate(self) -> None:
        """Word again."""
        self._bare.setText(_("Export this week: times only"))
        self._named.setText(_("Export this week with names …"))
        self._take_in.setText(_("Import appointments …"))

    def write(self, path: Path, *, names: bool) -> None:
        """Write the week in view to a file."""

        def read(uow: UnitOfWork) -> bytes:
            return calendar_files.export_week(uow, self._day(), names=names)

        def keep(content: bytes) -> None:
            try:
                path.write_bytes(content)
            except OSError as error:
                self._context.messages.report(
                    EnvironmentProblem(
                        _("The file could not be written. Choose another place. {reason}").format(
                            reason=error.strerror or ""
                        )
                    )
                )
                return
            words = _("The week is written to {path}.").format(path=keep_left_to_right(path.name))
            self._context.notices.say(words, Tone.GOOD)

        self._context.operations.query(self, read, keep)

    def take_in(self, path: Path) -> None:
        """Take the appointments of a file."""

        def action(uow: UnitOfWork) -> Outcome[Imported]:
            return calendar_files.import_calendar(content, uow)

        try:
            with path.open("rb") as stream:
                content = stream.read(_LARGEST)
        except OSError as error:
            self._context.messages.report(
                EnvironmentProblem(
                    _("The file could not be read. Nothing was changed. {reason}").format(reason=error.strerror or "")
                )
            )
            return
        self._context.operations.run(self, action, said=_word_imported)

    def _draw_icons(self) -> None:
        for action, icon in ((self._bare, "download"), (self._named, "download"), (self._take_in, "upload")):
            action.setIcon(make_icon(icon))

    def _ask_about_names(self) -> None:
        self._context.messages.ask(
            self.button.window(),
            _("Export with names?"),
            _(
                "The file says who comes and what for, in clear. On a telephone or a shared computer others can read "
                "it. That it was written goes on the audit trail."
            ),
            _("Export with names"),
            lambda: self._choose_target(names=True),
            danger=True,
        )

    def _choose_target(self, *, names: bool) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415

        kinds = _("Calendar file")
        dialog = QFileDialog(self.button.window(), kinds, "wasl.ics", f"{kinds} (*.ics)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), names=names))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_source(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415

        kinds = _("Calendar file")
        dialog = QFileDialog(self.button.window(), kinds, "", f"{kinds} (*.ics)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_in(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _word_imported(done: Imported) -> str:
    total = len(done.added) + len(done.changed)
    if not total:
        return _("Nothing new in this calendar file.")
    words = ngettext("{count} appointment taken in or moved.", "{count} appointments taken in or moved.", total)
    said = words.format(count=total)
    if done.skipped:
        left = ngettext(
            "{count} event could not be taken: whole days and series are left out.",
            "{count} events could not be taken: whole days and series are left out.",
            done.skipped,
        )
        said = f"{said} {left.format(count=done.skipped)}"
    return said
