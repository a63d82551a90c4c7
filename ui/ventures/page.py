"""The Ventures page: the board, a venture, calls and selection; forms stand in their place and Escape leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.ids import VentureId
from app.i18n import _
from ui.funding.agreement_pages import AgreementPages
from ui.page import PageContext, PageWidget
from ui.people.papers import Papers
from ui.people.timeline_attach import PaperOwner
from ui.people.wording import full_name
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.board_section import BoardSection
from ui.ventures.calls_section import CallsSection
from ui.ventures.figure_form import FigureForm
from ui.ventures.member_form import MemberForm
from ui.ventures.planned_form import PlannedForm
from ui.ventures.trail import Trail
from ui.ventures.venture_form import VentureForm
from ui.ventures.venture_panel import VenturePanel
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from app.domain.ids import AgreementId
    from app.domain.ventures import Member, MonthlyFigure, Venture, VentureStep

BOARD, CALLS = "board", "calls"
_LOW: Final = 500
_NARROW: Final = 1_000


class VenturesPage(PageWidget):
    """Board and calls in front; everything else is a panel."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.board = BoardSection(context)
        self.calls = CallsSection(context)
        self.venture = VenturePanel(context)
        self.form = VentureForm(context)
        self.member = MemberForm(context)
        self.figure = FigureForm(context)
        self.planned = PlannedForm(context)
        self.agreements = AgreementPages(context)
        self.papers = Papers(context, self)
        self.choice = OneOf(
            lambda: _("Section"), [(BOARD, lambda: _("Board")), (CALLS, lambda: _("Calls and selection"))]
        )
        self._title = Label(lambda: _("Ventures"), step="large")
        self.overview = QWidget()
        head = QHBoxLayout()
        head.setSpacing(Gap.LARGE)
        head.addWidget(self._title)
        head.addWidget(self.choice)
        head.addWidget(self.board.bar, 1)
        head.addWidget(self.calls.bar, 1)
        self.calls.bar.hide()
        self._sections = QStackedWidget()
        self._sections.addWidget(self.board)
        self._sections.addWidget(self.calls)
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.SMALL)
        column.addLayout(head)
        column.addWidget(self._sections, 1)
        self.trail = Trail(
            self.overview,
            (self.venture, self.form, self.member, self.figure, self.planned, self.papers.form, *self.agreements.panels,
             *self.calls.panels),
        )  # fmt: skip
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.trail)
        self._connect()

    def activate(self) -> None:
        """Read again what is in front."""
        front = self.trail.currentWidget()
        if front is self.venture:
            self.venture.refresh()
        elif front is self.overview:
            self._refresh_section()

    def primary_focus(self) -> QWidget:
        """The first card of the board, unless a panel is in front."""
        front = self.trail.currentWidget()
        if isinstance(front, Panel):
            return front
        return self.board.primary_focus() if self.choice.value == BOARD else self.calls.primary_focus()

    def show_section(self, key: str) -> None:
        """Board or calls."""
        self.choice.choose(key)
        self._sections.setCurrentWidget(self.board if key == BOARD else self.calls)
        self.board.bar.setVisible(key == BOARD)
        self.calls.bar.setVisible(key == CALLS)
        self._refresh_section()

    def open_venture(self, venture_id: VentureId) -> None:
        """Show a venture."""
        self.venture.begin(venture_id)
        self.trail.front(self.venture)

    def open_record(self, record_id: UUID) -> None:
        """Show a venture; from there the way leads back to what was in front."""
        self.open_venture(VentureId(record_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        self.board.fit(narrow=self.width() < _NARROW)
        self._layout.setContentsMargins(Gap.WIDE, Gap.SMALL if low else Gap.LARGE, Gap.WIDE, Gap.SMALL)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_section)
        self.board.opened.connect(self.open_venture)
        self.board.new_requested.connect(self._on_board_new_requested)
        self.form.kept.connect(self._on_form_kept)
        self.venture.edit_requested.connect(self._on_venture_edit_requested)
        self.venture.member_requested.connect(self._on_venture_member_requested)
        self.venture.figures_requested.connect(self._on_venture_figures_requested)
        self.venture.planned_requested.connect(self._on_venture_planned_requested)
        self.venture.agreement_requested.connect(self._on_agreement_requested)
        self.venture.person_requested.connect(self.person_requested)
        self.venture.papers_requested.connect(self._on_venture_papers_requested)
        self.papers.fronted.connect(self.trail.front)
        self.papers.done.connect(self.trail.go_back)
        self.venture.money_requested.connect(self._on_venture_money_requested)
        self.member.kept.connect(self.trail.go_back)
        self.figure.kept.connect(lambda _month: self.trail.go_back())
        self.planned.kept.connect(self.trail.go_back)
        self.agreements.fronted.connect(self.trail.front)
        self.agreements.finished.connect(self.trail.go_back)
        self.calls.fronted.connect(self.trail.front)
        self.calls.finished.connect(self.trail.go_back)
        self.calls.venture_requested.connect(self.open_venture)
        self.trail.came_home.connect(self._on_trail_came_home)
        self.trail.came_back.connect(self._on_trail_came_back)

    def _refresh_section(self) -> None:
        if self.choice.value == BOARD:
            self.board.refresh_if_stale()
        else:
            self.calls.refresh()

    def _on_trail_came_home(self) -> None:
        self._refresh_section()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trail_came_back(self, panel: Panel) -> None:
        if panel is self.venture or panel is self.calls.call or panel is self.agreements.agreement:
            panel.refresh()

    def _on_board_new_requested(self) -> None:
        if self.context.actor.may(Permission.EDIT_VENTURES):
            self.form.begin()
            self.trail.front(self.form)

    def _on_form_kept(self, venture: Venture) -> None:
        self.trail.forget()
        self.open_venture(venture.id)

    def _on_venture_edit_requested(self, venture: Venture) -> None:
        self.form.begin(venture)
        self.trail.front(self.form)

    def _on_venture_member_requested(self, venture_id: VentureId, member: Member | None) -> None:
        self.member.begin(venture_id, member)
        self.trail.front(self.member)

    def _on_venture_figures_requested(
        self, venture_id: VentureId, known: tuple[MonthlyFigure, ...], month: date
    ) -> None:
        self.figure.begin(venture_id, known, month)
        self.trail.front(self.figure)

    def _on_venture_planned_requested(self, venture_id: VentureId, step: VentureStep | None) -> None:
        self.planned.begin(venture_id, step)
        self.trail.front(self.planned)

    def _on_venture_papers_requested(self, venture: Venture) -> None:
        name = full_name(venture.name, venture.name_ar)
        self.papers.begin(PaperOwner("venture_id", venture.id), lambda: name)

    def _on_agreement_requested(self, agreement_id: AgreementId) -> None:
        self.agreements.open_agreement(agreement_id)

    def _on_venture_money_requested(self, venture_id: VentureId) -> None:
        self.agreements.ask_for_venture(venture_id)
