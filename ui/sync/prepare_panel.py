"""A bundle for other offices: where it shall go, and what to do with it then."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.bootstrap import Hub
from app.i18n import _, ngettext
from app.services.exchange import folder
from app.services.exchange.folder import PutFile
from ui.messages import word_error
from ui.page import PageContext
from ui.people.wording import isolate
from ui.reception.panel import Panel
from ui.sync.office_card import OfficeCard
from ui.sync.sticks import Stick, list_sticks
from ui.sync.wording import word_and, word_changes, word_count, word_place, word_size
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label
from ui.widgets.progress import BusyIndicator
from ui.widgets.words import keep_left_to_right


class PreparePanel(Panel):
    """One click on a stick writes the bundle. `written` comes when it is there."""

    written = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A bundle"), parent)
        self._context = context
        self._names: list[tuple[dict[str, str], str]] = []
        self._to = "all"
        self._one = ""
        self.where = Label(lambda: _("Where shall it go?"), step="medium", strong=True)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(Gap.SMALL)
        self.stick_buttons: list[Button] = []
        self.elsewhere_button = Button(lambda: _("Into a folder …"), icon="folder")
        self._busy = BusyIndicator(lambda: _("Writing …"))
        self._chooser = QWidget()
        self._chooser.setMaximumWidth(2 * FORM_WIDTH)
        column = QVBoxLayout(self._chooser)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.MEDIUM)
        column.addWidget(self.where)
        column.addLayout(self._choices)
        column.addWidget(self.elsewhere_button, alignment=Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._busy)
        column.addWidget(
            Label(
                lambda: _(
                    "Only these offices can read it: a stick that gets lost tells nobody anything. It can go by e-mail "
                    "as well."
                ),
                tone="quiet",
                wraps=True,
            )
        )
        self._result = Card(margin=Gap.WIDE)
        self._result.setMaximumWidth(2 * FORM_WIDTH)
        self._sign = IconLabel("check", "good")
        self.headline = Label(step="medium", strong=True, wraps=True)
        self.details = Label(tone="quiet", wraps=True)
        self.rest = Label(tone="attention", strong=True, wraps=True)
        self.next_step = Label(wraps=True)
        self.done_button = Button(lambda: _("Back to the map"), PRIMARY)
        self.again_button = Button(lambda: _("Try another place"), QUIET)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.headline, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        foot.addWidget(self.done_button)
        foot.addWidget(self.again_button)
        foot.addStretch()
        self._result.body.addLayout(head)
        for part in (self.details, self.rest, self.next_step):
            self._result.body.addWidget(part)
        self._result.body.addLayout(foot)
        self.body.addWidget(self._chooser)
        self.body.addWidget(self._result)
        self.body.addStretch()
        self.elsewhere_button.clicked.connect(self._on_elsewhere_button_clicked)
        self.done_button.clicked.connect(self.left)
        self.again_button.clicked.connect(self._ask_where)

    def begin(self, cards: Sequence[OfficeCard], sticks: Sequence[Stick] | None = None) -> None:
        """Ask where a bundle for these offices shall go; `sticks` are those that are plugged in."""
        self._names = [(dict(card.office.names), card.office.hub) for card in cards]
        self._to = ",".join(card.office.installation.hex for card in cards)
        self.title.say(self._word_title)
        self._offer(list_sticks() if sticks is None else sticks)
        self._ask_where()

    def enter(self) -> None:
        """The keyboard is on the first place, or on the way back."""
        buttons = [*self.stick_buttons, self.elsewhere_button]
        after = self.done_button if self.again_button.isHidden() else self.again_button
        (after if self._result.isVisible() else buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, where: Path) -> None:
        """Write it into a folder."""
        to = self._to

        def work(hub: Hub) -> PutFile:
            return hub.write(lambda uow: folder.put(where, to, uow))

        self._context.operations.call(self, work, self._on_put, self._on_failed, busy=self._busy)

    def _offer(self, sticks: Sequence[Stick]) -> None:
        for old in self.stick_buttons:
            self._choices.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.stick_buttons = []
        for stick in sticks:
            button = Button(partial(_word_stick, stick), icon="stick")
            button.clicked.connect(lambda _checked=False, stick=stick: self.put(stick.folder))
            self.stick_buttons.append(button)
            self._choices.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeading)

    def _ask_where(self) -> None:
        self._chooser.show()
        self._result.hide()
        self.enter()

    def _word_offices(self) -> str:
        return word_and(list(dict.fromkeys(word_place(names, hub) for names, hub in self._names)))

    def _word_title(self) -> str:
        return _("A bundle for {offices}").format(offices=self._word_offices())

    def _on_put(self, written: PutFile) -> None:
        self._sign.wear("check", "good")
        self.headline.say(lambda: _("The bundle for {offices} is written.").format(offices=self._word_offices()))
        self.details.say(
            lambda: _("{file}: {changes}, {size}").format(
                file=keep_left_to_right(str(written.path)),
                changes=word_changes(written.ops),
                size=isolate(word_size(written.size)),
            )
        )
        self.rest.say(
            lambda: ngettext(
                "{count} change did not fit. It goes with the next bundle, once theirs has come back.",
                "{count} changes did not fit. They go with the next bundle, once theirs has come back.",
                written.left,
            ).format(count=word_count(written.left))
        )
        self.rest.setVisible(written.left > 0)
        self.next_step.say(
            lambda: ngettext(
                "Now remove the stick as usual and give it to {offices}, or send the file by e-mail. Until they "
                "answer, every new bundle holds all of this again, so nothing gets lost.",
                "Now remove the stick as usual and give it to {offices}, one after the other, or send them the file by "
                "e-mail. Until they answer, every new bundle holds all of this again, so nothing gets lost.",
                len(self._names),
            ).format(offices=self._word_offices())
        )
        self._show_result(failed=False)
        self.written.emit()

    def _on_failed(self, error: Exception) -> None:
        self._sign.wear("warning", "danger")
        self.headline.say(lambda: _("The bundle was not written."))
        self.rest.hide()
        self.details.show_text(word_error(error))
        self._show_result(failed=True)

    def _show_result(self, *, failed: bool) -> None:
        self._chooser.hide()
        self.next_step.setVisible(not failed)
        self.again_button.setVisible(failed)
        self.again_button.set_kind(PRIMARY)
        self.done_button.set_kind(QUIET if failed else PRIMARY)
        self._result.show()
        self.enter()

    def _on_elsewhere_button_clicked(self) -> None:
        dialog = QFileDialog(self, _("Into which folder?"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.put(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _word_stick(stick: Stick) -> str:
    return _("On the stick “{name}”, {size} free").format(name=stick.name, size=word_size(stick.free))
