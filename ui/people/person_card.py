"""What is on record about somebody, to be read only: facts, consents, visits, and what lies behind the lock."""

from datetime import date

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.codes import code_label
from app.domain.people import Sex
from app.domain.visits import VisitRow, VisitState
from app.i18n import _, current_language
from app.services.people import PersonView
from ui.languages import follow_language
from ui.people.erasure_words import word_erasure
from ui.people.wording import isolate, join_facts, word_birth, word_day, word_language, word_nationality, word_time
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label

_MOST_VISITS = 12


class PersonCard(QScrollArea):
    """Shows a PersonView. The restricted block says who may open it where this account may not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self._view: PersonView | None = None
        self._today = date.max
        self.name_label = Label(step="display", wraps=True)
        self.name_ar_label = Label(step="display", wraps=True)
        self._number = Label(tone="quiet")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(Gap.LARGE)
        self._facts.setVerticalSpacing(Gap.SMALL)
        self._facts.setColumnStretch(1, 1)
        self._lock = IconLabel("lock", "attention")
        self._restricted = Label(wraps=True)
        self._consents = Label(wraps=True)
        self._visits = Label(wraps=True)
        self.erased = Label(wraps=True, strong=True, tone="attention")
        self._lay_out()
        follow_language(self, self.retranslate)

    @property
    def restricted_text(self) -> str:
        """What the locked block says."""
        return self._restricted.text()

    def show_view(self, view: PersonView, today: date) -> None:
        """Show somebody."""
        self._view, self._today = view, today
        self.retranslate()
        self.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Word everything again."""
        view = self._view
        if view is None:
            return
        person, erasure = view.person, view.erasure
        for part in self._not_of_erased:
            part.setVisible(erasure is None)
        self._erased_card.setVisible(erasure is not None)
        if erasure is not None:
            self.erased.show_text(word_erasure(erasure))
        self.name_label.show_text(_("Erased person") if erasure else person.name or person.name_ar)
        self.name_ar_label.show_text(person.name_ar if person.name else "")
        self.name_ar_label.setVisible(bool(person.name and person.name_ar))
        self._number.show_text(person.number)
        self._show_facts(view)
        self._restricted.show_text(word_restricted(view))
        self._lock.wear("unlock" if view.restricted is not None else "lock", "attention")
        self._consents.show_text("\n".join(_word_consents(view, self._today)) or _("None was asked for yet."))
        self._visits.show_text("\n".join(_word_visits(view.visits, self._today)) or _("None so far."))

    def _lay_out(self) -> None:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, Gap.SMALL, 0)
        layout.setSpacing(Gap.MEDIUM)
        names = QHBoxLayout()
        names.setSpacing(Gap.WIDE)
        names.addWidget(self.name_label, 1)
        names.addWidget(self.name_ar_label, 1)
        layout.addLayout(names)
        layout.addWidget(self._number)
        self._erased_card = Card()
        self._erased_card.body.addWidget(self.erased)
        layout.addWidget(self._erased_card)
        sides = QHBoxLayout()
        sides.setSpacing(Gap.LARGE)
        left = QVBoxLayout()
        left.setSpacing(Gap.LARGE)
        facts = Card()
        facts.body.addLayout(self._facts)
        left.addWidget(facts)
        locked = self._locked_card()
        left.addWidget(locked)
        left.addStretch()
        right = QVBoxLayout()
        right.setSpacing(Gap.LARGE)
        for title, body in ((lambda: _("Visits"), self._visits), (lambda: _("Consents"), self._consents)):
            card = Card()
            card.body.addWidget(Label(title, strong=True))
            card.body.addWidget(body)
            right.addWidget(card)
        # the last one, of the consents, and the locked one hold nothing any more of somebody who was erased
        self._not_of_erased = (locked, card, self._number)
        right.addStretch()
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        layout.addLayout(sides)
        layout.addStretch()
        self.setWidget(inner)

    def _locked_card(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self._lock)
        head.addWidget(Label(lambda: _("Situation and education"), strong=True), 1)
        card.body.addLayout(head)
        card.body.addWidget(self._restricted)
        return card

    def _show_facts(self, view: PersonView) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for row, (name, fact) in enumerate(list_facts(view)):
            label = Label(tone="quiet")
            label.show_text(name)
            value = Label(wraps=True)
            value.show_text(fact)
            self._facts.addWidget(label, row, 0)
            self._facts.addWidget(value, row, 1)


def list_facts(view: PersonView) -> list[tuple[str, str]]:
    """Names and words of what is known of somebody and is not restricted."""
    person = view.person
    sex = {Sex.FEMALE: _("woman"), Sex.MALE: _("man"), Sex.NOT_STATED: ""}[person.sex]
    facts = [
        (_("Also known as"), ", ".join(map(isolate, person.also_known))),
        (_("Sex"), sex),
        (_("Born"), word_birth(person.birth)),
        (_("Nationality"), word_nationality(person.nationality)),
        (_("Phone"), ", ".join(map(isolate, person.phones))),
        (_("Languages"), ", ".join(map(word_language, person.languages))),
        (_("Contact"), person.contact),
        (_("Card"), person.card),
    ]
    return [(name, fact or _("not stated")) for name, fact in facts if fact or name in {_("Born"), _("Nationality")}]


def word_restricted(view: PersonView) -> str:
    """What lies behind the lock, or who may open it."""
    if view.restricted is None:
        return _("Locked: advisors and the hub's manager may open this, so that nobody at the desk has to know it.")
    language = current_language()
    education = view.restricted.education
    return "\n".join(
        (
            _("Situation: {situation}").format(situation=code_label("residence", view.restricted.residence, language)),
            _("Education: {education}").format(
                education=code_label("education", education, language) if education else _("not stated")
            ),
        )
    )


def _word_consents(view: PersonView, today: date) -> list[str]:
    language = current_language()
    sentences = []
    for consent in view.consents:
        kind = code_label("consents", consent.kind, language)
        way = code_label("consent_ways", str(consent.way), language)
        withdrawn = _("withdrawn") if consent.withdrawn_at is not None else ""
        sentences.append(join_facts(kind, way, word_day(day_of(consent.given_at), today), withdrawn))
    return sentences


def _word_visits(visits: tuple[VisitRow, ...], today: date) -> list[str]:
    language = current_language()
    counted = [visit for visit in reversed(visits) if visit.state is not VisitState.VOID]
    return [
        join_facts(
            word_day(visit.day, today), word_time(visit.arrived_at), code_label("visit_reasons", visit.reason, language)
        )
        for visit in counted[:_MOST_VISITS]
    ]
