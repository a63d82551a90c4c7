"""The bundles that came, each as a letter, before anything is changed; then how far they are; then what was done."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.exchange.asking import Question
from app.services.exchange.letter import Letter
from ui.reception.panel import Panel
from ui.sync.account_words import word_headline, word_taken, word_to_decide
from ui.sync.intake import Account, OpenedFile
from ui.sync.letter_view import LetterView
from ui.sync.wording import word_count
from ui.theme.tokens import ICON, SETTINGS_WIDTH, Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.choices import Check
from ui.widgets.labels import IconLabel, Label
from ui.widgets.scroller import Scroller

_BAR: Final = 12


class LetterPanel(Panel):
    """`taken` carries the files to be taken in, and the questions that were agreed to."""

    taken = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("What came"), parent)
        self.files: tuple[OpenedFile, ...] = ()
        self.letters: list[LetterView] = []
        self._column = _Column()
        self.agree = Check(lambda: _("I have looked at it: these records may be deleted here"))
        self.believe = Check(lambda: _("I have asked: what that office wrote is right, and may be taken in"))
        self._checks = {Question.DELETIONS: self.agree, Question.REVOKED: self.believe}
        self.take_button = Button(self._word_take, PRIMARY, shown_key="Enter", icon="check")
        self.leave_button = Button(lambda: _("Leave everything as it is"))
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        foot.addWidget(self.take_button)
        foot.addWidget(self.leave_button)
        foot.addStretch()
        self.body.addWidget(self._column.scroller, 1)
        for check in self._checks.values():
            self.body.addWidget(check)
            check.toggled.connect(self._refresh)
        self.body.addLayout(foot)
        self.take_button.clicked.connect(self._on_take_button_clicked)
        self.leave_button.clicked.connect(self.left)

    def show_files(self, files: tuple[OpenedFile, ...]) -> None:
        """Show what was found in them."""
        self.files = files
        self._column.clear()
        self.letters = [LetterView(file) for file in files]
        for letter in self.letters:
            self._column.add(letter)
        for question, check in self._checks.items():
            check.setVisible(any(question in letter.preview.asks for letter in self._found()))
            check.setChecked(False)
        self.take_button.setVisible(any(file.brings for file in files))
        self.take_button.say(self._word_take)
        self._refresh()

    def enter(self) -> None:
        """The keyboard is on what takes them in, or on the way back."""
        first = next((check for check in self._checks.values() if check.isVisible()), self.take_button)
        (first if self.take_button.isVisible() else self.leave_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self) -> list[Letter]:
        return [file.letter for file in self.files if file.letter is not None]

    def _word_take(self) -> str:
        count = sum(file.brings for file in self.files)
        if count == 1 and all(letter.preview.waits for letter in self._found() if not letter.preview.known):
            return _("Keep it for later")
        if count == 1:
            return _("Take it in")
        return ngettext("Take {number} in", "Take all {number} in", count).format(number=word_count(count))

    def _refresh(self) -> None:
        self.take_button.setEnabled(all(check.isChecked() or check.isHidden() for check in self._checks.values()))

    def _on_take_button_clicked(self) -> None:
        agreed = frozenset(question for question, check in self._checks.items() if check.isChecked())
        self.taken.emit(tuple(file for file in self.files if file.brings), agreed)


class ProgressPanel(QWidget):
    """A bar, and a way to stop."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(lambda: _("Taking it in …"), step="large")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(_BAR * Gap.PAGE)
        self.note = Label(lambda: _("Stopping leaves the records as they were."), tone="quiet")
        self.stop_button = Button(lambda: _("Stop"), key="Esc")
        layout = QVBoxLayout(self)
        layout.setSpacing(Gap.MEDIUM)
        layout.addStretch()
        for part in (self.title, self.bar, self.note, self.stop_button):
            layout.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        self.stop_button.clicked.connect(self._on_stop_button_clicked)

    def begin(self, *, reading: bool) -> None:
        """Start at nothing."""
        self.title.say((lambda: _("Looking at it …")) if reading else (lambda: _("Taking it in …")))
        self.bar.setAccessibleName(self.title.text())
        self.stop_button.setEnabled(True)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_on(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _on_stop_button_clicked(self) -> None:
        self.title.say(lambda: _("Stopping …"))
        self.stop_button.setEnabled(False)
        self.stopped.emit()


class AccountPanel(Panel):
    """What was done, file by file, and what to do next. `answer_requested` carries hub and desk of who wrote."""

    decide_requested = Signal()
    answer_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("What was done"), parent)
        self.headline = Label(step="medium", strong=True, wraps=True)
        self.lines: list[Label] = []
        self._senders: frozenset[tuple[str, str]] = frozenset()
        self._column = _Column()
        self.decide_button = Button(lambda: _("Decide now"), PRIMARY, icon="edit")
        self.answer_button = Button(lambda: _("Prepare an answer"), icon="letter")
        self.done_button = Button(lambda: _("Back to the map"), shown_key="Esc")
        self._next = Label(
            lambda: _("Nobody there knows yet that it arrived: the next bundle from here says so."),
            tone="quiet",
            wraps=True,
        )
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        for button in (self.decide_button, self.answer_button, self.done_button):
            foot.addWidget(button)
        foot.addStretch()
        self.body.addWidget(self.headline)
        self.body.addWidget(self._column.scroller, 1)
        self.body.addWidget(self._next)
        self.body.addLayout(foot)
        self.back.hide()
        self.decide_button.clicked.connect(self.decide_requested)
        self.answer_button.clicked.connect(lambda: self.answer_requested.emit(self._senders))
        self.done_button.clicked.connect(self.left)

    def show_account(self, account: Account) -> None:
        """Show it."""
        self.headline.say(lambda: word_headline(account))
        self._column.clear()
        self.lines = []
        conflicts = 0
        for taken in account.taken:
            waiting = taken.done is not None and taken.done.bundle_id in account.waiting
            good = taken.done is not None and not waiting
            card = Card(margin=Gap.MEDIUM)
            row = QHBoxLayout()
            row.setSpacing(Gap.SMALL)
            icon, tone = ("check", "good") if good else ("hourglass", "attention") if waiting else ("warning", "danger")
            row.addWidget(IconLabel(icon, tone), alignment=Qt.AlignmentFlag.AlignTop)
            words = Label(partial(word_taken, taken, waiting=waiting), wraps=True)
            row.addWidget(words, 1)
            card.body.addLayout(row)
            self.lines.append(words)
            if taken.done is None:
                file_name = Label(step="small", tone="quiet")
                file_name.show_text(taken.opened.path.name)
                file_name.setContentsMargins(ICON + Gap.SMALL, 0, ICON + Gap.SMALL, 0)
                card.body.addWidget(file_name)
            elif taken.done.conflicts:
                conflicts += taken.done.conflicts
                decide = Label(partial(word_to_decide, taken.done), tone="attention", strong=True, wraps=True)
                decide.setContentsMargins(ICON + Gap.SMALL, 0, ICON + Gap.SMALL, 0)
                card.body.addWidget(decide)
                self.lines.append(decide)
            self._column.add(card)
        self._senders = frozenset(
            (taken.opened.letter.sender.hub, taken.opened.letter.sender.desk)
            for taken in account.taken
            if taken.opened.letter is not None and taken.done is not None and taken.done.ops_new
        )
        self._next.setVisible(bool(self._senders))
        self.answer_button.setVisible(bool(self._senders))
        self.decide_button.setVisible(conflicts > 0)

    def enter(self) -> None:
        """The keyboard is on what is to be done next."""
        first = self.decide_button if self.decide_button.isVisible() else self.done_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class _Column(QWidget):
    """Cards one below the other, as wide as is good to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(SETTINGS_WIDTH)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, Gap.SMALL, 0)
        self._layout.setSpacing(Gap.MEDIUM)
        self._layout.addStretch()
        self.scroller = Scroller(self)

    def add(self, card: QWidget) -> None:
        """One more at the end."""
        self._layout.insertWidget(self._layout.count() - 1, card)

    def clear(self) -> None:
        """None any more."""
        while self._layout.count() > 1:
            item = self._layout.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
