"""A juror's own sheets, one application after the other, by keyboard. Nobody else's points are ever read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import AmountNotUnderstoodError, parse_amount
from app.i18n import _, current_language
from app.services import calls, selection
from ui.people.wording import full_name, join_facts
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import FIELD_WIDTH, FORM_WIDTH, Gap
from ui.ventures.amounts import word_number
from ui.ventures.call_words import word_conflict, word_points
from ui.ventures.wording import word_code
from ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from ui.widgets.cards import Card
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.bootstrap import UnitOfWork
    from app.domain.ids import CallId, CriterionId
    from app.domain.selection import Criterion, Sheet
    from app.outcome import Outcome
    from ui.page import PageContext

_Sheets = tuple[tuple["Criterion", ...], tuple["Sheet", ...]]
_HUNDREDTHS = 100


class ScorePanel(Panel):
    """Enter goes from criterion to criterion; after the last it keeps the sheet and goes to the next application."""

    _sheets: tuple[Sheet, ...] = ()
    _at = 0

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("My score sheets"), parent)
        self._context = context
        self._call_id: CallId | None = None
        self._criteria: tuple[Criterion, ...] = ()
        self.position = Label(self._word_position, tone="quiet")
        self.name = Label(self._word_name, step="large")
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.notice = Label(self._word_notice, tone="information", wraps=True)
        self.fields: dict[CriterionId, LineField] = {}
        self._grid = QVBoxLayout()
        self._grid.setSpacing(Gap.SMALL)
        self.comment = LineField(lambda: _("Comment"), max_length=500)
        self.keep_button = Button(lambda: _("Keep and go on"), PRIMARY, shown_key="Enter")
        self.finish_button = Button(lambda: _("My points are final"), QUIET, shown_key="Ctrl+Enter")
        self.close_button = Button(self._word_recuse, PLAIN, dense=True)
        self.before = Button(lambda: _("Previous"), PLAIN, dense=True, shown_key="PgUp")
        self.after = Button(lambda: _("Next"), PLAIN, dense=True, shown_key="PgDn")
        self._lay_out()
        self.keep_button.clicked.connect(lambda: self._keep(finish=False))
        self.finish_button.clicked.connect(self._on_finish_button_clicked)
        self.close_button.clicked.connect(self._on_close_button_clicked)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is shown."""
        return self._sheets[self._at] if self._at < len(self._sheets) else None

    def begin(self, call_id: CallId) -> None:
        """Show the first sheet that is not finished."""
        self._call_id, self._at = call_id, 0
        self._read(first=True)

    def enter(self) -> None:
        """The first criterion."""
        first = next((field for field in self.fields.values() if field.isEnabled()), None)
        (first or self.back).setFocus(Qt.FocusReason.OtherFocusReason)
        if first is not None:
            first.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Ctrl+Enter, page up and down."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish_button.click_if_free()
        elif event.key() in ENTER:
            self._on_enter()
        elif event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._go(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        card = Card(margin=Gap.WIDE)
        card.setMaximumWidth(2 * FORM_WIDTH)
        head = QHBoxLayout()
        head.addWidget(self.position, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        card.body.addLayout(head)
        for part in (self.name, self.facts, self.notice):
            card.body.addWidget(part)
        card.body.addLayout(self._grid)
        card.body.addWidget(self.comment)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        for button in (self.keep_button, self.finish_button, self.close_button):
            foot.addWidget(button)
        foot.addStretch()
        card.body.addLayout(foot)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.addWidget(card)
        column.addStretch()
        self.body.addWidget(Scroller(content), 1)

    def _read(self, *, first: bool = False, step: int = 0) -> None:
        wanted = self._call_id
        if wanted is None:
            return

        def read(uow: UnitOfWork) -> _Sheets:
            return calls.show_call(wanted, uow)[1], selection.my_sheets(wanted, uow)

        def show(found: _Sheets) -> None:
            self._criteria, self._sheets = found
            if first:
                open_ones = [n for n, one in enumerate(self._sheets) if not one.finished_at and not one.conflict]
                self._at = open_ones[0] if open_ones else 0
            self._at = min(max(self._at + step, 0), max(len(self._sheets) - 1, 0))
            self._show()
            self.enter()

        self._context.operations.query(self, read, show)

    def _show(self) -> None:
        for old in self.fields.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.fields = {}
        sheet = self.sheet
        may_score = sheet is not None and sheet.finished_at is None and sheet.conflict is None
        for criterion in self._criteria if sheet is not None else ():
            field = LineField(_criterion_words(criterion), left_to_right=True, max_length=6)
            field.setFixedWidth(FIELD_WIDTH + FIELD_WIDTH // 2)
            given = sheet.points.get(criterion.id) if sheet is not None else None
            field.set_text("" if given is None else f"{given / _HUNDREDTHS:g}".replace(".", ","))
            field.setEnabled(may_score)
            self.fields[criterion.id] = field
            self._grid.addWidget(field, alignment=Qt.AlignmentFlag.AlignLeading)
        self.comment.set_text(sheet.comment if sheet is not None else "")
        self.comment.setEnabled(may_score)
        self.keep_button.setEnabled(may_score)
        self.finish_button.setEnabled(sheet is not None and sheet.conflict is None)
        self.finish_button.say(
            (lambda: _("Go on with this sheet")) if sheet is not None and sheet.finished_at
            else (lambda: _("My points are final"))
        )  # fmt: skip
        for label in (self.position, self.name, self.facts, self.notice):
            label.retranslate()
        self.close_button.retranslate()
        self.close_button.setVisible(may_score)
        self.notice.setVisible(bool(self._word_notice()))

    def _points(self) -> dict[CriterionId, int] | None:
        found: dict[CriterionId, int] = {}
        for criterion in self._criteria:
            field = self.fields[criterion.id]
            if not field.text:
                continue
            try:
                points = int(parse_amount(field.text) * _HUNDREDTHS)
            except AmountNotUnderstoodError:
                points = -1
            if not 0 <= points <= criterion.most * _HUNDREDTHS:
                field.show_error(_too_many(criterion))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return None
            found[criterion.id] = points
        return found

    def _keep(self, *, finish: bool) -> None:
        sheet, points, comment = self.sheet, self._points(), self.comment.text
        if sheet is None or points is None:
            return
        wanted = sheet.application.id

        def act(uow: UnitOfWork) -> Outcome[Sheet]:
            kept = selection.score(wanted, points, uow, comment=comment)
            return selection.finish_sheet(wanted, uow) if finish else kept

        said = _("Your points are final.") if finish else _("Your points are kept. Only you see them.")
        self._context.operations.run(
            self, act, lambda _sheet: self._read(step=1), busy=self.keep_button, said=lambda _sheet: said
        )

    def _go(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), max(len(self._sheets) - 1, 0))
        self._show()
        self.enter()

    def _on_enter(self) -> None:
        order = [*self.fields.values(), self.comment]
        at = next((n for n, field in enumerate(order) if field.line.hasFocus()), len(order) - 1)
        if at + 1 < len(order):
            order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            order[at + 1].line.selectAll()
        else:
            self.keep_button.click_if_free()

    def _on_finish_button_clicked(self) -> None:
        sheet = self.sheet
        if sheet is None or sheet.finished_at is None:
            self._keep(finish=True)
            return
        wanted = sheet.application.id
        self._context.operations.run(
            self, lambda uow: selection.reopen_sheet(wanted, uow), lambda _sheet: self._read(),
            said=lambda _sheet: _("You can change your points again."),
        )  # fmt: skip

    def _on_close_button_clicked(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            wanted = sheet.application.id
            self._context.operations.run(
                self, lambda uow: selection.recuse(wanted, uow), lambda _sheet: self._read(step=1),
                said=lambda _sheet: _("You do not score this application."),
            )  # fmt: skip

    def _word_position(self) -> str:
        return _("Application {number} of {total}").format(
            number=word_number(self._at + 1), total=word_number(len(self._sheets))
        )

    def _word_name(self) -> str:
        one = self.sheet.application if self.sheet else None
        return full_name(one.name, one.name_ar) if one else _("Nothing to score yet: no application is shortlisted.")

    def _word_facts(self) -> str:
        one = self.sheet.application if self.sheet else None
        return join_facts(one.number, word_code("venture_kinds", one.kind)) if one else ""

    def _word_notice(self) -> str:
        sheet = self.sheet
        if sheet is None:
            return ""
        if sheet.conflict is not None:
            return _("You do not score this application: {why}.").format(why=word_conflict(sheet.conflict))
        if sheet.finished_at is not None:
            return _("Your points are final. The others see them once all jurors have finished.")
        return ""

    def _word_recuse(self) -> str:
        return _("I am too close to this venture")


def _criterion_words(criterion: Criterion):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return lambda: _("{criterion}, 0 to {most}").format(
        criterion=criterion.label(current_language()), most=word_number(criterion.most)
    )


def _too_many(criterion: Criterion):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return lambda: _("From 0 to {most}.").format(most=word_points(criterion.most * _HUNDREDTHS))
