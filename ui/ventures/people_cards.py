"""Members, steps and sessions of a venture, as lists."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.clock import day_of
from app.domain.coaching import Session
from app.domain.ventures import WHOLE, Member, Remark, RemarkCode, VentureStep
from app.i18n import _, ngettext
from app.services.ventures import VentureView
from ui.people.wording import full_name, join_facts
from ui.ventures.amounts import word_date, word_number, word_share
from ui.ventures.rows import Action, Row, Rows, Section
from ui.ventures.wording import word_code, word_step
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import Label


class MembersCard(Section):
    """`added` that somebody joins; `changed` carries the Member to be changed, `looked` the person to be looked at."""

    added = Signal()
    changed = Signal(object)
    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, may_edit: bool) -> None:
        self.add_button = Button(lambda: _("Add a member"), PLAIN, dense=True, key="F2", icon="user-plus")
        super().__init__(lambda: _("Members"), self.add_button, parent=parent)
        self._may_edit = may_edit
        self._remarks: tuple[Remark, ...] = ()
        self.add_button.setVisible(may_edit)
        self.rows = Rows(lambda: _("Nobody yet. F2 adds the first member."))
        self.remarks = Label(self._word_remarks, step="small", tone="attention", wraps=True)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.remarks)
        self.add_button.clicked.connect(self.added)

    def show_view(self, view: VentureView, today: date) -> None:
        """Those of today first, then who left."""
        self._remarks = view.remarks
        now = [member for member in view.members if member.holds_on(today)]
        former = [member for member in view.members if not member.holds_on(today)]
        self.rows.show_rows([self._row(member, left=member in former) for member in (*now, *former)])
        self.remarks.setVisible(bool(self._remarks))
        self.remarks.retranslate()

    def _row(self, member: Member, *, left: bool) -> Row:
        def words() -> str:
            return full_name(member.name, member.name_ar)

        def facts() -> str:
            since = _("since {day}").format(day=word_date(member.since)) if member.since else ""
            until = _("until {day}").format(day=word_date(member.until)) if member.until else ""
            return join_facts(word_code("member_roles", member.role), since, until)

        look = Action(lambda: _("Look"), partial(self.looked.emit, member.person_id), words)
        change = Action(lambda: _("Change"), partial(self.changed.emit, member), words)
        return Row(
            member.id,
            words,
            facts,
            lambda: word_share(member.share) if member.share and not left else "",
            icon="user",
            actions=(look, change) if self._may_edit else (look,),
            strong=not left,
        )

    def _word_remarks(self) -> str:
        return "\n".join(_word_remark(remark) for remark in self._remarks)


class StepsCard(Section):
    """Registration and milestones. `marked` carries a step and whether it is done now, `changed` one to be changed."""

    marked = Signal(object, bool)
    laid = Signal()
    added = Signal()
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, may_edit: bool) -> None:
        self.lay_button = Button(lambda: _("Lay out the registration"), PLAIN, dense=True)
        self.add_button = Button(lambda: _("Add a step"), PLAIN, dense=True, key="F6", icon="plus")
        super().__init__(lambda: _("Registration and milestones"), self.lay_button, self.add_button, parent=parent)
        self._may_edit = may_edit
        self.add_button.setVisible(may_edit)
        self.lay_button.setVisible(may_edit)
        self.state = Label(step="small", tone="quiet", wraps=True)
        self.rows = Rows(lambda: _("Nothing planned yet. The steps of the registration follow from the legal form."))
        self.body.addWidget(self.state)
        self.body.addWidget(self.rows)
        self.lay_button.clicked.connect(self.laid)
        self.add_button.clicked.connect(self.added)

    def show_view(self, view: VentureView, today: date) -> None:
        """The registration first."""
        venture = view.venture
        self.state.say(
            lambda: join_facts(
                word_code("registration_states", venture.registration),
                word_code("legal_forms", venture.legal_form),
                venture.registered_number,
                word_date(venture.registered_on),
            )
        )
        self.lay_button.setVisible(self._may_edit and not any(step.code for step in view.registration_steps))
        self.rows.show_rows([self._row(step, today) for step in (*view.registration_steps, *view.milestones)])

    def _row(self, step: VentureStep, today: date) -> Row:
        done = step.done_at is not None
        late = not done and step.due is not None and step.due < today

        def words() -> str:
            return word_step(step)

        def facts() -> str:
            if step.done_at is not None:
                return _("done on {day}").format(day=word_date(day_of(step.done_at)))
            due = word_date(step.due)
            if not due:
                return ""
            return _("overdue since {day}").format(day=due) if late else _("until {day}").format(day=due)

        action = Action(
            (lambda: _("Not done")) if done else (lambda: _("Done")),
            partial(self.marked.emit, step, not done),
            words,
        )
        return Row(
            step.id,
            words,
            facts,
            icon="check" if done else "warning" if late else "clock",
            tone="good" if done else "attention" if late else "quiet_ink",
            actions=(action, Action(lambda: _("Change"), partial(self.changed.emit, step), words))
            if self._may_edit
            else (),
        )


class SessionsCard(Section):
    """The latest sessions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Sessions"), parent=parent)
        self.rows = Rows(lambda: _("No session yet. Sessions are logged on “My day”."))
        self.body.addWidget(self.rows)

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show them as they come, the latest first."""
        self.rows.show_rows([_session_row(session) for session in sessions])


def _session_row(session: Session) -> Row:
    def words() -> str:
        return join_facts(word_code("session_kinds", session.kind), session.title)

    def facts() -> str:
        here = sum(attendee.present for attendee in session.attendees)
        count = ngettext("{number} there", "{number} there", here).format(number=word_number(here)) if here else ""
        return join_facts(session.advisor, word_code("session_results", session.result), count)

    return Row(session.id, words, facts, lambda: word_date(day_of(session.starts_at)))


def _word_remark(remark: Remark) -> str:
    if remark.code is RemarkCode.SHARES_UNDER_WHOLE:
        return _("The shares add up to {share}; {rest} belongs to nobody yet.").format(
            share=word_share(remark.count), rest=word_share(WHOLE - remark.count)
        )
    if remark.code is RemarkCode.TOO_FEW_MEMBERS:
        return _("A collective start-up has 3 to 5 members; this one has {number}.").format(
            number=word_number(remark.count)
        )
    if remark.code is RemarkCode.TOO_MANY_MEMBERS:
        return _("A collective start-up has 3 to 5 members; this one has {number}.").format(
            number=word_number(remark.count)
        )
    return str(remark.code)
