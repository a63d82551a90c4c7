"""The exchange folder on the page: which one, how it stands, and to choose or leave it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.clock import system_clock
from app.domain.accounts import Permission
from app.i18n import _
from ui.page import PageContext
from ui.people.wording import isolate, word_time
from ui.sync.state_line import word_lapsed
from ui.sync.watch import FolderState, FolderWatch
from ui.sync.wording import word_ago
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import keep_left_to_right


class FolderCard(Card):
    """What is done there without being asked, and what is wrong. Who may change accounts may allow it."""

    def __init__(
        self, context: PageContext, watch: FolderWatch, look_at: Callable[[tuple[Path, ...]], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.HAIR)
        self._watch = watch
        self._may_choose = context.actor.may(Permission.EDIT_ACCOUNTS)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(IconLabel("folder", "primary"))
        head.addWidget(Label(lambda: _("Exchange by itself"), strong=True), 1)
        self.body.addLayout(head)
        self.status = Label(self._word_status, step="small", tone="quiet", wraps=True)
        self.choose_button = Button(lambda: _("Choose a folder …"), PLAIN, dense=True)
        self.stop_button = Button(lambda: _("Stop"), PLAIN, dense=True)
        self.look_button = Button(lambda: _("Look at what asks"), PLAIN, dense=True)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        for button in (self.look_button, self.choose_button, self.stop_button):
            row.addWidget(button)
        row.addStretch()
        self.body.addWidget(self.status)
        self.body.addLayout(row)
        self.choose_button.clicked.connect(self._on_choose_button_clicked)
        self.stop_button.clicked.connect(lambda: watch.choose(""))
        self.look_button.clicked.connect(lambda: look_at(watch.state.asking))
        watch.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands now."""
        state = self._watch.state
        self.status.retranslate()
        self.status.set_tone("attention" if state.problem or state.asking or state.lapsed else "quiet")
        self.choose_button.setVisible(self._may_choose and (state.lapsed or not state.folder))
        self.stop_button.setVisible(self._may_choose and bool(state.folder))
        self.look_button.setVisible(bool(state.asking))

    def _word_status(self) -> str:
        state = self._watch.state
        if not state.folder:
            if not self._may_choose:
                return _("The hub's manager can allow a folder that is read and written without being asked.")
            return _("A stick or a shared folder that is read and written without being asked.")
        where = _("In {folder}").format(folder=keep_left_to_right(state.folder))
        return "\n".join(filter(None, (where, _word_standing(state))))

    def _on_choose_button_clicked(self) -> None:
        dialog = QFileDialog(self.window(), _("Exchange by itself"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._watch.choose)
        dialog.open()


def _word_standing(state: FolderState) -> str:
    if state.lapsed:
        return word_lapsed()
    if state.problem:
        return state.problem
    if state.asking:
        return _("A bundle there would delete many records; it waits until you have looked at it.")
    if state.looked_at is None:
        return ""
    when = _("{day} at {time}").format(
        day=word_ago(state.looked_at, system_clock()), time=isolate(word_time(state.looked_at))
    )
    return _("Last looked at {when}, all is in order.").format(when=when)
