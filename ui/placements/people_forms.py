"""Somebody is proposed for an offer, or begins work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.clock import day_of, system_clock
from app.domain.placements import FOREIGN_WORKER, NewPlacement
from app.i18n import _
from app.outcome import Outcome
from app.services import employers, placements
from ui.people.person_finder import PersonFinder
from ui.people.wording import full_name, isolate, join_facts
from ui.placements.employer_field import EmployerField, resolve_employer
from ui.placements.wording import word_offer, word_who
from ui.ventures.amounts import write_date
from ui.ventures.form import FormPanel, code_options, date_field, framed_pick
from ui.widgets.choices import Check
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.domain.ids import PersonId
    from app.domain.people import PersonRow
    from app.domain.placements import CandidacyRow, Employer, OfferRow, PlacementRow
    from ui.page import PageContext
    from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was found."""

    id: PersonId
    name: str
    number: str


class _WhoForm(FormPanel):
    """First who, then the rest."""

    def __init__(self, context: PageContext, title: Words, save: Words, lane: str, parent: QWidget | None) -> None:
        super().__init__(title, save, parent)
        self._context = context
        self._person: Chosen | None = None
        self.finder = PersonFinder(context, lambda: _("Who?"), lane=lane)
        self.who = Label(self._word_person, step="medium", strong=True, wraps=True)
        self.body.insertWidget(2, self.finder, 1)
        self.add(self.who)
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.stepped_back.connect(self.left)

    def enter(self) -> None:
        """The search, or the first field."""
        if self.finder.isHidden():
            self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finder.start()
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget:
        """Where the work begins once it is known who."""
        raise NotImplementedError

    def show_person(self, person: Chosen | None) -> None:
        """Look for somebody, or go on with one."""
        self._person = person
        self.finder.setVisible(person is None)
        self.fields.setHidden(person is None)
        self.who.retranslate()

    def _word_person(self) -> str:
        return join_facts(self._person.name, self._person.number) if self._person else ""

    def _on_finder_picked(self, row: PersonRow) -> None:
        self.show_person(Chosen(row.id, full_name(row.name, row.name_ar), row.number))
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)


class ProposeForm(_WhoForm):
    """Who is proposed for an offer, and a word about it. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        title = lambda: _("Propose somebody")  # noqa: E731
        super().__init__(context, title, lambda: _("Propose"), "offer-who", parent)
        self._offer: OfferRow | None = None
        self.note = LineField(lambda: _("Why this person fits"), hint=lambda: _("It may stay empty"), max_length=500)
        self.add(self.note)

    def begin(self, offer: OfferRow) -> None:
        """For an offer."""
        self._offer = offer
        self.explain(lambda: join_facts(offer.title, word_offer(offer)))
        self.note.set_text("")
        self.show_person(None)

    def first_field(self) -> QWidget:
        """A word about it."""
        return self.note

    def submit(self) -> None:
        """Propose."""
        offer, person, note = self._offer, self._person, self.note.text
        if offer is None or person is None:
            return

        def act(uow: UnitOfWork) -> Outcome[CandidacyRow]:
            return employers.propose(offer.id, person.id, note, uow)

        def word(row: CandidacyRow) -> str:
            return _("{name} is proposed for {post}.").format(name=isolate(word_who(row)), post=isolate(row.title))

        self._context.operations.run(self, act, lambda _row: self.kept.emit(), busy=self.save, said=word)


class PlaceForm(_WhoForm):
    """Somebody begins work. `kept` carries the PlacementRow."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        title = lambda: _("Somebody begins work")  # noqa: E731
        super().__init__(context, title, lambda: _("Keep the placement"), "placement-who", parent)
        self._candidate: tuple[CandidacyRow, OfferRow] | None = None
        self.employer = EmployerField()
        self.post = LineField(lambda: _("Post"), max_length=200)
        self.kind, kind = framed_pick(lambda: _("Kind of contract"), code_options("placements"))
        self.starts = date_field(lambda: _("First day of work"))
        self.ends = date_field(lambda: _("Last day of the contract"), hint=lambda: _("Empty where no end is agreed"))
        self.visa = Check(lambda: _("An entry visa is needed: the person is not in Morocco yet"))
        self.steps = Label(
            lambda: _(
                "The steps of the contract are laid with their days: ANAPEC unless an agreement frees the "
                "nationality from it, contract, TAECHIR, registration card, CNSS."
            ),
            step="small", tone="quiet", wraps=True,
        )  # fmt: skip
        self.note = LineField(lambda: _("Remark"), max_length=500)
        self.add(self.employer)
        self.beside(self.post, kind)
        self.beside(self.starts, self.ends)
        self.add(self.visa, self.steps, self.note)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)

    def begin(self, candidate: tuple[CandidacyRow, OfferRow] | None = None) -> None:
        """Somebody to be found, or a candidate whose offer says the rest."""
        self._candidate = candidate
        row, offer = candidate or (None, None)
        self.show_person(Chosen(row.person_id, word_who(row), row.number) if row is not None else None)
        self.post.set_text(offer.title if offer else "")
        self.kind.choose(offer.kind if offer else "fixed_term")
        self.starts.set_text(write_date(day_of(system_clock())))
        for field in (self.ends, self.note):
            field.set_text("")
        for field in (self.post, self.starts, self.ends):
            field.clear_error()
        self.visa.setChecked(False)
        self.employer.setHidden(offer is not None)
        employer = offer.employer if offer else ""
        self.explain(lambda: employer)
        self.employer.begin(())
        self._on_kind_changed()
        if offer is None:
            self._context.operations.query(self, employers.list_employers, self._offer_employers)

    def first_field(self) -> QWidget:
        """The employer, or the first day where the offer says the rest."""
        return self.starts if self._candidate is not None else self.employer

    def submit(self) -> None:
        """Keep it."""
        person, offer = self._person, self._candidate[1] if self._candidate else None
        employer_id, name = self.employer.employer_id, self.employer.name.text
        if offer is None and employer_id is None:
            self.demand(self.employer.name, lambda: _("An employer needs a name."))
        post = self.demand(self.post, lambda: _("What is the post called?"))
        self.demand(self.starts, lambda: _("On which day does the work begin?"))
        starts, ends = self.read_date(self.starts), self.read_date(self.ends)
        if self.is_wrong or starts is None or person is None:
            return
        kind, note, visa = self.kind.value, self.note.text, self.visa.isChecked()

        def act(uow: UnitOfWork) -> Outcome[PlacementRow]:
            employer, changes = resolve_employer(offer.employer_id if offer else employer_id, name, uow)
            new = NewPlacement(
                person.id, starts, employer, kind, post, offer.id if offer else None, ends=ends, note=note,
                needs_visa=visa and kind == FOREIGN_WORKER,
            )  # fmt: skip
            made = placements.place(new, uow)
            return Outcome(made.value, changes | made.changes, made.undo)

        def word(row: PlacementRow) -> str:
            return _("{name} begins work at {employer}.").format(
                name=isolate(word_who(row)), employer=isolate(row.employer)
            )

        self._context.operations.run(self, act, self.kept.emit, busy=self.save, said=word)

    def _offer_employers(self, known: tuple[Employer, ...]) -> None:
        typed = self.employer.name.text
        self.employer.begin(known)
        self.employer.name.set_text(typed)

    def _on_kind_changed(self) -> None:
        foreign = self.kind.value == FOREIGN_WORKER
        self.visa.setVisible(foreign)
        self.steps.setVisible(foreign)
