"""Where a venture stands, what it lacks for the next step, and why it is moved all the same."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.codes import code_list
from app.domain.ids import VentureId
from app.domain.path import EXIT, Card, Missing, is_forward, next_stage
from app.i18n import _
from ui.languages import follow_language
from ui.people.wording import full_name, join_facts
from ui.reception.panel import ENTER
from ui.sync.wording import word_and
from ui.theme.tokens import FIELD_WIDTH, Gap
from ui.ventures.wording import code_words, word_missing, word_stage
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.cards import Card as Surface
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Standing:
    """A venture and where it is; `facts` is what else is said of it in one line."""

    id: VentureId
    name: str
    name_ar: str
    stage: str
    facts: Words


@dataclass(frozen=True, slots=True)
class Wish:
    """A venture that is to be moved to a stage."""

    standing: Standing
    stage: str


def standing_of(card: Card) -> Standing:
    """What the strip shows of a card."""

    def words() -> str:
        lead = full_name(card.lead, card.lead_ar) if card.members else ""
        return join_facts(card.number, lead)

    return Standing(card.id, card.name, card.name_ar, card.stage, words)


class MoveStrip(Surface):
    """`confirmed` carries the Wish, the reason and the outcome; `refused` that it stays where it is.

    `alone` where the page says already which venture it is.
    """

    confirmed = Signal(object, str, str)
    refused = Signal()
    open_requested = Signal(object)
    move_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, may_move: bool, alone: bool = False) -> None:
        super().__init__(parent, margin=0 if alone else Gap.MEDIUM, spacing=Gap.SMALL)
        if alone:
            self.setProperty("card", "false")
        self._alone = alone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._may_move = may_move
        self._standing: Standing | None = None
        self._missing: tuple[Missing, ...] | None = None
        self._wish: Wish | None = None
        self._asked: tuple[Missing, ...] = ()
        self.title = Label(self._word_title, strong=True)
        self.facts = Label(self._word_facts, tone="quiet")
        self.sign = IconLabel("check", "good")
        self.lacks = Label(self._word_lacks, wraps=True)
        self.open_button = Button(lambda: _("Open"), dense=True, shown_key="Enter")
        self.move_button = Button(self._word_move, dense=True)
        self.question = Label(self._word_question, strong=True, wraps=True)
        self.reason = LineField(lambda: _("Reason, kept on record"), max_length=500)
        self.outcome = PickList(
            lambda: _("Outcome"),
            [
                ("", lambda: _("Choose …")),
                *((code.code, code_words("exits", code.code)) for code in code_list("exits")),
            ],
        )
        self.outcome.setMinimumWidth(FIELD_WIDTH)
        self._outcome_frame = FieldFrame(lambda: _("Outcome"), self.outcome)
        self.confirm_button = Button(self._word_confirm, PRIMARY, shown_key="Enter")
        self.leave_button = Button(lambda: _("Leave it where it is"), QUIET, shown_key="Esc")
        self._about, self._asking = self._build_about(), self._build_asking()
        self.body.addWidget(self._about)
        self.body.addWidget(self._asking)
        self.open_button.clicked.connect(self._on_open_button_clicked)
        self.move_button.clicked.connect(self._on_move_button_clicked)
        self.confirm_button.clicked.connect(self._on_confirm_button_clicked)
        self.leave_button.clicked.connect(self.refused)
        self.reason.edited.connect(lambda _text: self._outcome_frame.clear_error())
        follow_language(self, self._adapt)

    @property
    def is_asking(self) -> bool:
        """Whether a reason is awaited."""
        return self._wish is not None

    @property
    def wished(self) -> Wish | None:
        """What is being asked about."""
        return self._wish

    def show_standing(self, standing: Standing | None) -> None:
        """Show another venture; what it lacks follows."""
        if self._wish is not None:
            return
        former = self._standing
        if standing is None or former is None or (standing.id, standing.stage) != (former.id, former.stage):
            self._missing = None
        self._standing = standing
        self._adapt()

    def show_missing(self, missing: tuple[Missing, ...]) -> None:
        """Say what the marked venture lacks for its next step."""
        self._missing = missing
        self._adapt()

    def ask(self, wish: Wish, missing: tuple[Missing, ...]) -> None:
        """Say what is missing for the step that was wished, and ask why it is taken all the same."""
        self._wish, self._asked = wish, tuple(item for item in missing if wish.stage != EXIT)
        self.reason.set_text("")
        self.reason.clear_error()
        self.outcome.choose("")
        self._outcome_frame.clear_error()
        self._adapt()
        first = self.outcome if wish.stage == EXIT else self.reason
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """The answer was taken, or is no longer wanted."""
        self._wish = None
        self._adapt()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves it, Escape leaves it."""
        if self._wish is not None and event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        elif self._wish is not None and event.key() in ENTER:
            self._on_confirm_button_clicked()
        else:
            super().keyPressEvent(event)

    def _build_about(self) -> QWidget:
        about = QWidget()
        row = QHBoxLayout(about)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Gap.SMALL)
        words = QVBoxLayout()
        words.setSpacing(Gap.HAIR)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self.title)
        head.addWidget(self.facts, 1)
        if self._alone:
            for part in (self.title, self.facts, self.open_button):
                part.setParent(about)
                part.hide()
        line = QHBoxLayout()
        line.setSpacing(Gap.SMALL)
        line.addWidget(self.sign)
        line.addWidget(self.lacks, 1)
        if not self._alone:
            words.addLayout(head)
        words.addLayout(line)
        row.addLayout(words, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.move_button)
        return about

    def _build_asking(self) -> QWidget:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.SMALL)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(IconLabel("warning", "attention"), alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.question, 1)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self._outcome_frame)
        row.addWidget(self.reason, 1)
        row.addWidget(self.leave_button, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.confirm_button, alignment=Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addLayout(row)
        return asking

    def _adapt(self) -> None:
        asking = self._wish is not None
        self._about.setHidden(asking)
        self._asking.setHidden(not asking)
        self.setVisible(asking or self._standing is not None)
        self._outcome_frame.setVisible(asking and self._wish is not None and self._wish.stage == EXIT)
        lacking = bool(self._missing)
        self.sign.wear("warning" if lacking else "check", "attention" if lacking else "good")
        self.sign.setVisible(self._missing is not None)
        can_move = self._may_move and self._standing is not None and next_stage(self._standing.stage) is not None
        self.move_button.setVisible(can_move)
        for part in (self.title, self.facts, self.lacks, self.question, self.move_button, self.confirm_button):
            part.retranslate()

    def _word_title(self) -> str:
        return full_name(self._standing.name, self._standing.name_ar) if self._standing else ""

    def _word_facts(self) -> str:
        return self._standing.facts() if self._standing else ""

    def _word_lacks(self) -> str:
        following = next_stage(self._standing.stage) if self._standing else None
        if following is None or self._missing is None:
            return ""
        if not self._missing:
            return _("Ready for the next step: {stage}").format(stage=word_stage(following))
        return _("For the next step, {stage}: {missing}").format(
            stage=word_stage(following), missing=word_and([word_missing(item) for item in self._missing])
        )

    def _word_move(self) -> str:
        following = next_stage(self._standing.stage) if self._standing else None
        mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return _("Move to {stage} (Alt {arrow})").format(
            stage=word_stage(following or ""), arrow="←" if mirrored else "→"
        )

    def _word_question(self) -> str:
        wish = self._wish
        if wish is None:
            return ""
        names = {"name": full_name(wish.standing.name, wish.standing.name_ar), "stage": word_stage(wish.stage)}
        if wish.stage == EXIT:
            return _("{name} leaves the path: with which outcome?").format(**names)
        if not is_forward(wish.standing.stage, wish.stage):
            return _("{name} goes back to {stage}. Why?").format(**names)
        missing = word_and([word_missing(item) for item in self._asked])
        return _("{name} is not ready for {stage}: {missing}. Why move it all the same?").format(
            **names, missing=missing
        )

    def _word_confirm(self) -> str:
        wish = self._wish
        return _("Move to {stage}").format(stage=word_stage(wish.stage)) if wish else _("Move")

    def _on_open_button_clicked(self) -> None:
        if self._standing is not None:
            self.open_requested.emit(self._standing.id)

    def _on_move_button_clicked(self) -> None:
        following = next_stage(self._standing.stage) if self._standing else None
        if self._standing is not None and following is not None:
            self.move_requested.emit(following)

    def _on_confirm_button_clicked(self) -> None:
        wish = self._wish
        if wish is None:
            return
        if wish.stage == EXIT and not self.outcome.value and not self.reason.text:
            words: Words = lambda: _("Choose how it ended, or write why that is not known.")  # noqa: E731
            self._outcome_frame.show_error(words)
            self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
        elif wish.stage != EXIT and not self.reason.text:
            self.reason.show_error(lambda: _("A reason is needed. It stays on record with the move."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.confirmed.emit(wish, self.reason.text, self.outcome.value if wish.stage == EXIT else "")
