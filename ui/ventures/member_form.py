"""Somebody joins a venture, gets another share, or leaves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.ids import VentureId
from app.domain.money import AmountNotUnderstoodError, parse_amount
from app.domain.people import PersonRow
from app.domain.ventures import WHOLE, Member, NewMember
from app.i18n import _
from app.outcome import Outcome
from app.services import members
from ui.page import PageContext
from ui.people.person_finder import PersonFinder
from ui.people.wording import full_name, join_facts
from ui.ventures.amounts import write_date
from ui.ventures.form import FormPanel, code_options, date_field, framed_pick
from ui.widgets.fields import LineField
from ui.widgets.labels import Label


class MemberForm(FormPanel):
    """First who, then role and share. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A member"), lambda: _("Keep the member"), parent)
        self._context = context
        self._venture_id: VentureId | None = None
        self._member: Member | None = None
        self._person: PersonRow | None = None
        self.finder = PersonFinder(context, lambda: _("Who?"), lane="venture-member")
        self.who = Label(self._word_who, step="medium", strong=True)
        self.role, role = framed_pick(lambda: _("Role"), code_options("member_roles"))
        self.share = LineField(
            lambda: _("Share of the capital, in %"), hint=lambda: _("Empty where there is none"), left_to_right=True,
            max_length=6,
        )  # fmt: skip
        self.since = date_field(lambda: _("Since"), hint=lambda: _("Empty: from the beginning"))
        self.until = date_field(lambda: _("Last day as a member"), hint=lambda: _("Empty while it goes on"))
        self.body.insertWidget(1, self.finder, 1)
        self.add(self.who)
        self.beside(role, self.share)
        self.beside(self.since, self.until)
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.stepped_back.connect(self.left)

    def begin(self, venture_id: VentureId, member: Member | None = None) -> None:
        """Look for somebody, or change what is known of a member."""
        self._venture_id, self._member, self._person = venture_id, member, None
        self.role.choose(member.role if member else "partner")
        self.share.set_text(f"{member.share / 100:g}".replace(".", ",") if member and member.share else "")
        self.since.set_text(write_date(member.since if member else None))
        self.until.set_text(write_date(member.until if member else None))
        for field in (self.share, self.since, self.until):
            field.clear_error()
        self._show_finder(shown=member is None)

    def enter(self) -> None:
        """The search, or the role."""
        if self.finder.isHidden():
            self.role.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finder.start()
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        venture_id, known, person = self._venture_id, self._member, self._person
        share = self._read_share()
        since, until = self.read_date(self.since), self.read_date(self.until)
        if self.is_wrong or venture_id is None or (known is None and person is None):
            return
        role = self.role.value

        def act(uow: UnitOfWork) -> Outcome[Member]:
            if known is None and person is not None:
                return members.add_member(venture_id, NewMember(person.id, role, share, since, until), uow)
            assert known is not None  # noqa: S101 - one of both is there
            outcome = members.change_share(known.id, share, since, uow, role=role)
            if until != known.until:
                ended = members.end_member(outcome.value.id, until, uow)
                return Outcome(ended.value, outcome.changes | ended.changes, ended.undo)
            return outcome

        def word(member: Member) -> str:
            return _("{name} is kept as a member.").format(name=full_name(member.name, member.name_ar))

        self._context.operations.run(self, act, lambda _member: self.kept.emit(), busy=self.save, said=word)

    def _read_share(self) -> int:
        text = self.share.text.removesuffix("%").strip()
        if not text:
            return 0
        try:
            share = int(parse_amount(text) * 100)
        except AmountNotUnderstoodError:
            share = -1
        if not 0 <= share <= WHOLE:
            self.blame(self.share, lambda: _("Not understood. Write a share from 0 to 100, such as 33,33."))
        return share

    def _word_who(self) -> str:
        if self._member is not None:
            return join_facts(full_name(self._member.name, self._member.name_ar), self._member.number)
        if self._person is not None:
            return join_facts(full_name(self._person.name, self._person.name_ar), self._person.number)
        return ""

    def _show_finder(self, *, shown: bool) -> None:
        self.finder.setVisible(shown)
        self.fields.setHidden(shown)
        self.save.setHidden(shown)
        self.who.retranslate()

    def _on_finder_picked(self, person: PersonRow) -> None:
        self._person = person
        self._show_finder(shown=False)
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)
