"""Records that may be of one person, looked for in the whole register: side by side, one key decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import Cancelled
from app.i18n import _, ngettext
from app.outcome import Outcome
from app.services import merging
from app.services.duplicates import DuplicatePair, duplicates
from ui.people.duplicates_list import word_likeness
from ui.people.pair_view import RecordCard
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, QUIET, Button
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import UnitOfWork
    from app.domain.ids import PersonId
    from app.pace import Pace
    from ui.long_work import LongWork
    from ui.page import PageContext

_STEPS: Final = 1000
_BAR: Final = 12


class TwiceSection(QWidget):
    """The search may take minutes in a large register: it is watched, can be stopped, and the desk goes on meanwhile.

    Nothing is joined by itself. A pair that is put off comes again at the next search.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._work: LongWork | None = None
        self._pairs: list[DuplicatePair] = []
        self._total = 0
        self.start_button = Button(lambda: _("Look through the register"), PRIMARY, icon="search")
        self.idle = EmptyState(
            "users",
            lambda: _("Is somebody on record twice?"),
            lambda: _(
                "Names in both scripts, phones and birth dates are compared. It may take some minutes; you and the "
                "desk can go on working. Nothing is joined before you say so."
            ),
            action=self.start_button,
        )
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, _STEPS)
        self.bar.setFixedWidth(_BAR * Gap.PAGE)
        self.stop_button = Button(lambda: _("Stop"), shown_key="Esc")
        self.position = Label(self._word_position, tone="quiet")
        self.because = Label(self._word_because, step="medium", strong=True, wraps=True)
        self.sides = (RecordCard(), RecordCard())
        self.same_button = Button(lambda: _("The same person"), PRIMARY, key="1", icon="check")
        self.apart_button = Button(lambda: _("Two people"), QUIET, key="2", icon="users")
        self.later_button = Button(lambda: _("Later, show the next one"), key="F8", icon="arrow-right")
        self.stack = QStackedWidget()
        self._searching, self._pair = self._lay_out_search(), self._lay_out_pair()
        for part in (self.idle, self._searching, self._pair):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.start_button.clicked.connect(self.begin)
        self.stop_button.clicked.connect(self.stop)
        self.same_button.clicked.connect(self._on_same_button_clicked)
        self.apart_button.clicked.connect(self._on_apart_button_clicked)
        self.later_button.clicked.connect(self._on_later_button_clicked)

    def primary_focus(self) -> QWidget:
        """What is to be done next."""
        front = self.stack.currentWidget()
        if front is self._pair:
            return self.same_button
        return self.stop_button if front is self._searching else self.start_button

    def refresh(self) -> None:
        """What was found stays until it is decided or looked for again."""

    def begin(self) -> None:
        """Look through the whole register."""
        self.bar.setValue(0)
        self._front(self._searching)

        def look(uow: UnitOfWork, pace: Pace) -> tuple[DuplicatePair, ...]:
            return duplicates(uow, pace=pace)

        self._work = self._context.operations.search(self, look, self._on_found, self._on_failed)
        self._work.moved.connect(self._on_work_moved)

    def stop(self) -> None:
        """Leave it; nothing was changed."""
        if self._work is not None:
            self._work.stop()
            self.stop_button.setEnabled(False)

    def _lay_out_search(self) -> QWidget:
        card = Card(margin=Gap.WIDE, spacing=Gap.LARGE)
        middle = Qt.AlignmentFlag.AlignHCenter
        card.body.addStretch()
        card.body.addWidget(Label(lambda: _("Looking through the register …"), step="large"), alignment=middle)
        card.body.addWidget(self.bar, alignment=middle)
        note = Label(lambda: _("You can go to other pages meanwhile. Stopping changes nothing."), tone="quiet")
        card.body.addWidget(note, alignment=middle)
        card.body.addWidget(self.stop_button, alignment=middle)
        card.body.addStretch()
        return card

    def _lay_out_pair(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(self.position)
        layout.addWidget(self.because)
        row = QHBoxLayout()
        row.setSpacing(Gap.LARGE)
        for side in self.sides:
            row.addWidget(side, 1)
        layout.addLayout(row)
        layout.addWidget(
            Label(
                lambda: _("Joined records stay as they are and are shown as one; that can be taken back."),
                step="small",
                tone="quiet",
                wraps=True,
            )
        )
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        for button in (self.same_button, self.apart_button, self.later_button):
            foot.addWidget(button)
        foot.addStretch()
        layout.addLayout(foot)
        layout.addStretch()
        return page

    def _front(self, page: QWidget) -> None:
        had_focus = self.isVisible() and self.isAncestorOf(self.focusWidget() or self)
        self.stop_button.setEnabled(True)
        self.stack.setCurrentWidget(page)
        if had_focus:
            self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_work_moved(self, share: float) -> None:
        self.bar.setValue(round(share * _STEPS))

    def _on_found(self, found: tuple[DuplicatePair, ...]) -> None:
        self._work = None
        self._pairs, self._total = list(found), len(found)
        if found:
            self._show_pair()
        else:
            self._front(self.idle)
            self._context.notices.say(_("Nobody seems to be on record twice."))

    def _on_failed(self, error: Exception) -> None:
        self._work = None
        self._front(self.idle)
        if isinstance(error, Cancelled):
            self._context.notices.say(_("Stopped. Nothing was changed."))
        else:
            self._context.messages.report(error)

    def _show_pair(self) -> None:
        pair = self._pairs[0]
        for side, row in zip(self.sides, (pair.a, pair.b), strict=True):
            side.show_row(row)
        self.position.retranslate()
        self.because.retranslate()
        self._front(self._pair)

    def _go_on(self) -> None:
        self._pairs = self._pairs[1:]
        if self._pairs:
            self._show_pair()
        else:
            self._front(self.idle)

    def _on_later_button_clicked(self) -> None:
        self._go_on()
        if not self._pairs:
            self._context.notices.say(_("These were all. What was put off comes again at the next search."))

    def _on_same_button_clicked(self) -> None:
        first, second = self._ids()

        def join(uow: UnitOfWork) -> Outcome[Changes]:
            done = merging.merge(first, second, uow)
            return Outcome(done.changes, done.changes, done.undo)

        self._run(join, _word_joined)

    def _on_apart_button_clicked(self) -> None:
        first, second = self._ids()

        def keep(uow: UnitOfWork) -> Outcome[Changes]:
            done = merging.keep_apart(first, second, uow)
            return Outcome(done.changes, done.changes, done.undo)

        self._run(keep, lambda _changes: _("Noted: two people. They are not shown together again."))

    def _run(self, action: Callable[[UnitOfWork], Outcome[Changes]], said: Callable[[Changes], str]) -> None:
        pair = self._pairs[0]

        def done(_changes: Changes) -> None:
            if self._pairs and self._pairs[0] is pair:
                self._go_on()

        def fail(error: Exception) -> None:
            self._context.messages.report(error)
            done(Changes())

        self._context.operations.run(self, action, done, fail, busy=self.same_button, said=said)

    def _ids(self) -> tuple[PersonId, PersonId]:
        return self._pairs[0].a.id, self._pairs[0].b.id

    def _word_position(self) -> str:
        if not self._pairs:
            return ""
        return _("Pair {number} of {total}").format(number=self._total - len(self._pairs) + 1, total=self._total)

    def _word_because(self) -> str:
        if not self._pairs:
            return ""
        reasons = _(", ").join(map(word_likeness, self._pairs[0].reasons))
        return _("One person? {reasons}").format(reasons=reasons)


def _word_joined(changes: Changes) -> str:
    said = _("Joined: both records are shown as one person.")
    if not changes.visits:
        return said
    ended = ngettext(
        "The person was here twice: one visit stays open, {count} is marked as entered by mistake.",
        "The person was here several times: one visit stays open, {count} are marked as entered by mistake.",
        len(changes.visits),
    ).format(count=len(changes.visits))
    return f"{said} {ended}"
