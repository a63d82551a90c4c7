"""Sending somebody on: where, what for, why; with the consent to share, asked now where it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.codes import code_list
from app.domain.consent import ConsentWay
from app.domain.ids import AccountId, HubId, PartnerId
from app.domain.referrals import SHARING, NewPartner, NewReferral
from app.i18n import _
from app.services.consents import GiveConsent
from ui.coaching.labelled import labelled
from ui.coaching.options import label_of
from ui.coaching.referral_words import word_hub
from ui.coaching.small_forms import SmallForm
from ui.people.choice_fields import NumberedOneOf
from ui.people.wording import join_facts
from ui.theme.tokens import Gap
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.domain.ids import CaseId
    from app.domain.referrals import Destinations
    from ui.coaching.who_field import Named
    from ui.widgets.choices import Options
    from ui.widgets.words import Words

_HUB, _COLLEAGUE, _PARTNER, _NEW = "hub", "colleague", "partner", "new"
_WITHOUT: Final = "without"


@dataclass(frozen=True, slots=True)
class Sending:
    """What the form says: a new partner and an answer about sharing are kept with the referral, or nothing is."""

    referral: NewReferral
    partner: NewPartner | None = None
    consent: GiveConsent | None = None


class SendForm(SmallForm):
    """`wished` carries a Sending."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Refer somebody"), lambda: _("Send"), parent)
        self._person: Named | None = None
        self._case_id: CaseId | None = None
        self._known: Destinations | None = None
        self.who = Label(self._word_who, strong=True, wraps=True)
        self.place = PickList(lambda: _("Where to"))
        self.partner = LineField(lambda: _("Name of the new partner"), max_length=200)
        codes = [(code.code, label_of(code)) for code in code_list("visit_reasons")]
        self.service = PickList(lambda: _("What for"), codes)
        self.reason = LineField(lambda: _("Why"), hint=lambda: _("Whoever answers reads it"), max_length=500)
        self.standing = Label(lambda: _("The person agreed to be shared."), tone="good", wraps=True)
        self.answer = NumberedOneOf(lambda: _("May we name you to them?"), self._answers())
        self.override = LineField(
            lambda: _("Why it is sent without the consent"), hint=lambda: _("It stays on record"), max_length=500
        )
        self._asking = labelled(lambda: _("No consent to share: ask now"), self.answer)
        ground = QWidget()
        beside = QVBoxLayout(ground)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Gap.MEDIUM)
        for part in (self.who, FieldFrame(lambda: _("Where to"), self.place), self.partner,
                     FieldFrame(lambda: _("What for"), self.service), self.reason):  # fmt: skip
            self.fields.addWidget(part)
        beside.addWidget(self.standing)
        beside.addWidget(self._asking)
        beside.addWidget(self.override)
        beside.addStretch()
        self.row.addWidget(Scroller(ground), 1)
        self.place.currentIndexChanged.connect(self._adapt)
        self.answer.chosen.connect(lambda _key: self._adapt())
        self.answer.entered.connect(self._save)

    @staticmethod
    def _answers() -> Options:
        return (
            (str(ConsentWay.ORAL), lambda: _("1  Yes, spoken")),
            (str(ConsentWay.SIGNATURE), lambda: _("2  Yes, signed")),
            (_WITHOUT, lambda: _("3  Send without it")),
        )

    def begin(self, person: Named, case_id: CaseId | None, known: Destinations) -> None:
        """Somebody is sent on."""
        self._person, self._case_id, self._known = person, case_id, known
        partners: list[tuple[str, Words]] = [
            (f"{_PARTNER} {one.id}", _words(one.name, one.services, one.city)) for one in known.partners
        ]
        hubs: list[tuple[str, Words]] = [(f"{_HUB} {one}", _hub_words(code)) for one, code in known.hubs]
        colleagues: list[tuple[str, Words]] = [(f"{_COLLEAGUE} {one}", _words(name)) for one, name in known.colleagues]
        self.place.offer([*hubs, *partners, *colleagues, (f"{_NEW} ", lambda: _("A new partner"))])
        self.place.setCurrentIndex(0)
        self.service.choose("health")
        self.answer.choose(str(ConsentWay.ORAL))
        for field in (self.partner, self.reason, self.override):
            field.set_text("")
            field.clear_error()
        self.who.retranslate()
        self._adapt()

    def enter(self) -> None:
        """Where to."""
        self.place.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _kind(self) -> str:
        return self.place.value.split(" ")[0]

    def _adapt(self) -> None:
        leaves = self._kind != _COLLEAGUE
        stands = self._known is not None and self._known.consent is not None
        self.partner.setVisible(self._kind == _NEW)
        self.standing.setVisible(leaves and stands)
        self._asking.setVisible(leaves and not stands)
        self.override.setVisible(leaves and not stands and self.answer.value == _WITHOUT)

    def _word_who(self) -> str:
        return self._person.shown if self._person else ""

    def _save(self) -> None:
        person = self._person
        if person is None:
            return
        kind, _space, what = self.place.value.partition(" ")
        if kind == _NEW and not self.partner.text:
            self.partner.show_error(lambda: _("A partner needs a name."))
            self.partner.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        asks = not self._asking.isHidden()
        without = asks and self.answer.value == _WITHOUT
        if without and not self.override.text:
            self.override.show_error(lambda: _("Say why: it stays on record."))
            self.override.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        new = NewReferral(
            person.id,
            self.service.value,
            self.reason.text,
            to_hub_id=HubId(UUID(what)) if kind == _HUB else None,
            to_account_id=AccountId(UUID(what)) if kind == _COLLEAGUE else None,
            partner_id=PartnerId(UUID(what)) if kind == _PARTNER else None,
            case_id=self._case_id,
            override_reason=self.override.text if without else "",
        )
        consent = None if without or not asks else GiveConsent(person.id, SHARING, ConsentWay(self.answer.value))
        self.wished.emit(Sending(new, NewPartner(self.partner.text) if kind == _NEW else None, consent))


def _words(*facts: str) -> Words:
    return lambda: join_facts(*facts)


def _hub_words(code: str) -> Words:
    return lambda: join_facts(word_hub(code), _("hub"))
