"""A copy of the records, now, here or on a stick."""

from datetime import datetime
from pathlib import Path

from babel.dates import format_date, format_time
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.bootstrap import Hub
from app.clock import to_local
from app.i18n import _, current_locale
from ui.notices import Tone
from ui.page import PageContext
from ui.settings.section import Section
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.labels import Label
from ui.widgets.progress import BusyIndicator
from ui.widgets.words import keep_left_to_right


class BackupSection(Section):
    """The copy is encrypted like the records and opens with the same passwords."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Backup"),
            lambda: _(
                "A backup is encrypted like the records and opens with the same passwords. Keep one away from this "
                "computer: a disk breaks, a laptop is stolen."
            ),
        )
        self.last = Label(self._word_last)
        self.now_button = Button(lambda: _("Back up now"), PRIMARY, icon="save")
        self.elsewhere_button = Button(lambda: _("Back up to …"), QUIET)
        self._busy = BusyIndicator(lambda: _("Copying the records …"))
        self.body.addWidget(self.last)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self.now_button)
        row.addWidget(self.elsewhere_button)
        row.addWidget(self._busy)
        row.addStretch()
        self.body.addLayout(row)
        self.now_button.clicked.connect(lambda: self.back_up(None))
        self.elsewhere_button.clicked.connect(self._on_elsewhere_button_clicked)

    def refresh(self) -> None:
        """Look again when the last one was made."""
        self.last.retranslate()

    def back_up(self, destination: Path | None) -> None:
        """Make a copy; None is the folder of this installation."""

        def work(hub: Hub) -> Path:
            return hub.back_up(destination)

        self.context.operations.call(self, work, self._on_done, busy=self._busy)

    def _word_last(self) -> str:
        made = _newest(self.context.hub.paths.backups)
        if made is None:
            return _("There is no backup on this computer yet.")
        locale = current_locale()
        moment = f"{format_date(made, 'long', locale=locale)} · {format_time(made, 'HH:mm', locale=locale)}"
        return _("Last backup on this computer: {moment}").format(moment=moment)

    def _on_done(self, path: Path) -> None:
        self.last.retranslate()
        self.context.notices.say(_("Backup made: {path}").format(path=keep_left_to_right(str(path))), Tone.GOOD)

    def _on_elsewhere_button_clicked(self) -> None:
        dialog = QFileDialog(self, _("Back up to …"), "wasl.waslbackup", f"{_('Backup')} (*.waslbackup)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("waslbackup")
        dialog.fileSelected.connect(lambda path: self.back_up(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _newest(folder: Path) -> datetime | None:
    try:
        moments = [int(item.stat().st_mtime * 1000) for item in folder.iterdir() if item.is_file()]
    except OSError:
        return None
    return to_local(max(moments)) if moments else None
