"""Offices getting to know each other: this one presents itself, another one is added, words are compared by phone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.bootstrap import Hub, UnitOfWork
from app.changes import Changes
from app.i18n import _
from app.outcome import Outcome
from app.services.exchange import folder, keys, revoking, trust
from app.services.exchange.files import read_identity_file
from app.services.exchange.revoking import Announced
from ui.page import PageContext
from ui.reception.panel import Panel
from ui.sync.trust_words import word_still_revoked
from ui.sync.wording import word_place
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.choices import Check
from ui.widgets.labels import Label
from ui.widgets.words import keep_left_to_right

_SPREAD: Final = "   "


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """Whose identity file it is, and its words; `revoked` says that an office known here no longer trusts it."""

    content: bytes
    names: dict[str, str]
    hub: str
    words: str
    revoked: Announced | None


class SpokenWords(Label):
    """The words that are read out by phone, large, in one line, from left to right in every language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, step="display")
        self.words = ""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_words(self, words: str) -> None:
        """Show a fingerprint."""
        self.words = words
        self.show_text(keep_left_to_right(_SPREAD.join(words.split("-"))))
        self.setAccessibleName(", ".join(words.split("-")))


class PresentPanel(Panel):
    """The file by which others know this office, and the words that prove that it is the right one."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Present this office"), parent)
        self._context = context
        self._card = Card(margin=Gap.WIDE, spacing=Gap.LARGE)
        self._card.setMaximumWidth(2 * FORM_WIDTH)
        self._name = ""
        self.spoken = SpokenWords()
        self.save_button = Button(lambda: _("Save the file …"), PRIMARY, icon="save")
        self.renew_button = Button(lambda: _("New keys …"), PLAIN, dense=True, icon="lock")
        self.done = Label(tone="good", strong=True, wraps=True)
        body = self._card.body
        body.addWidget(
            Label(
                lambda: _(
                    "1. Save this office's file and give it to the other office, on a stick or by e-mail. There is "
                    "nothing secret in it."
                ),
                wraps=True,
            )
        )
        body.addWidget(self.save_button, alignment=Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.done)
        body.addWidget(
            Label(
                lambda: _(
                    "2. When they have it, they call you. Read them these five words; they must see the same ones."
                ),
                wraps=True,
            )
        )
        body.addWidget(self.spoken)
        body.addWidget(
            Label(lambda: _("3. They give you their file as well: “Add an office”."), tone="quiet", wraps=True)
        )
        body.addWidget(self.renew_button, alignment=Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self._card)
        self.body.addStretch()
        self.save_button.clicked.connect(self._on_save_button_clicked)
        self.renew_button.clicked.connect(self._on_renew_button_clicked)

    def begin(self) -> None:
        """Show the words."""
        self.done.hide()

        def work(hub: Hub) -> tuple[str, str]:
            return hub.read(folder.identity_name), hub.write(trust.identity_file)[1]

        self._context.operations.call(self, work, self._show)

    def enter(self) -> None:
        """The keyboard is on what saves the file."""
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self, path: Path) -> None:
        """Write the file."""

        def work(hub: Hub) -> Path:
            hub.write(lambda uow: folder.present(path, uow))
            return path

        self._context.operations.call(self, work, self._on_saved, busy=self.save_button)

    def renew(self) -> None:
        """Use new keys from now on, and show their words."""
        self._context.operations.run(
            self,
            lambda uow: Outcome(keys.rotate(uow), Changes()),
            self.spoken.show_words,
            said=lambda _words: _("This office has new keys. The other offices follow with the next bundle."),
        )

    def _on_renew_button_clicked(self) -> None:
        self._context.messages.ask(
            self,
            _("Use new keys?"),
            _(
                "Do this when somebody may have seen the records of this computer, and otherwise every few years. The "
                "other offices follow by themselves with the next bundle. The five words change, and so does the file "
                "of this office: save it anew before you give it to anybody."
            ),
            _("Use new keys"),
            self.renew,
        )

    def _show(self, found: tuple[str, str]) -> None:
        self._name, words = found
        self.spoken.show_words(words)

    def _on_saved(self, path: Path) -> None:
        self.done.say(lambda: _("Saved: {file}").format(file=keep_left_to_right(str(path))))
        self.done.show()

    def _on_save_button_clicked(self) -> None:
        dialog = QFileDialog(self, _("Save the file …"), self._name, _word_files())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class AddPanel(Panel):
    """Another office's file: whose it is, and the words that a person there must read out before it is believed."""

    added = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Add an office"), parent)
        self._context = context
        self._content = b""
        self._names: dict[str, str] = {}
        self._hub = ""
        self._card = Card(margin=Gap.WIDE, spacing=Gap.LARGE)
        self._card.setMaximumWidth(2 * FORM_WIDTH)
        self.who = Label(step="large")
        self.ask = Label(wraps=True)
        self.warning = Label(tone="attention", strong=True, wraps=True)
        self.spoken = SpokenWords()
        self.same = Check(lambda: _("Somebody I know there has read me these five words by phone"))
        self.add_button = Button(lambda: _("Add this office"), PRIMARY, icon="plus")
        self.differ_button = Button(lambda: _("The words differ"))
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        foot.addWidget(self.add_button)
        foot.addWidget(self.differ_button)
        foot.addStretch()
        for part in (self.who, self.warning, self.ask, self.spoken, self.same):
            self._card.body.addWidget(part)
        self._card.body.addLayout(foot)
        self.body.addWidget(self._card)
        self.body.addStretch()
        self.same.toggled.connect(self.add_button.setEnabled)
        self.add_button.clicked.connect(self._on_add_button_clicked)
        self.differ_button.clicked.connect(self._on_differ_button_clicked)

    def begin(self, found: FoundOffice) -> None:
        """Ask about an identity file."""
        self._content = found.content
        self._names, self._hub = found.names, found.hub
        revoked = found.revoked
        if revoked is not None:
            self.warning.say(lambda: word_still_revoked(revoked))
        self.warning.setVisible(revoked is not None)
        self.who.say(self._word_office)
        self.ask.say(
            lambda: _(
                "Call {office}, at a number that you have known for longer than this file, and have them read you the "
                "words that they see under “Present this office”. They must be exactly these:"
            ).format(office=self._word_office())
        )
        self.spoken.show_words(found.words)
        self.same.setChecked(False)
        self.add_button.setEnabled(False)

    def enter(self) -> None:
        """The keyboard is on the question."""
        self.same.setFocus(Qt.FocusReason.OtherFocusReason)

    def _word_office(self) -> str:
        return word_place(self._names, self._hub)

    def _on_add_button_clicked(self) -> None:
        content = self._content

        def add(uow: UnitOfWork) -> Outcome[None]:
            trust.enroll(content, uow)
            return Outcome(None, Changes())

        def done(_none: None) -> None:
            self.added.emit()
            self.left.emit()

        self._context.operations.run(
            self,
            add,
            done,
            busy=self.add_button,
            said=lambda _none: _("{office} is added. Present this office to them too, if that is not done yet.").format(
                office=self._word_office()
            ),
        )

    def _on_differ_button_clicked(self) -> None:
        self._context.notices.say(
            _(
                "Nobody was added. Somebody may have put another file in the place of theirs: throw it away, and have "
                "them give you their file again by another way."
            )
        )
        self.left.emit()


def _word_files() -> str:
    name = _("File of an office")
    return f"{name} (*{folder.ID_SUFFIX})"


def choose_identity(owner: QWidget, on_chosen: Callable[[Path], None]) -> None:
    """Ask for another office's file."""
    dialog = QFileDialog(owner, _("Add an office"), "", _word_files())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def read_identity(path: Path, uow: UnitOfWork) -> FoundOffice:
    """Read an identity file. Raises UserError."""
    content = read_identity_file(path)
    identity, words = trust.examine(content, uow)
    revoked = revoking.still_revoked(identity.installation, uow)
    return FoundOffice(content, dict(identity.names), identity.hub, words, revoked)
