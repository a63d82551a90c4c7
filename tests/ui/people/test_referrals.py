"""Sending somebody on and following it round, by keyboard, from the page of a person and from My day."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.consent import ConsentWay
from app.domain.referrals import SHARING, NewPartner, NewReferral, ReferralRow, ReferralState
from app.services import accounts, consents, referrals
from app.services.consents import GiveConsent
from tests.ui.coaching.conftest import Office, nameless
from ui.people.page import PeoplePage

if TYPE_CHECKING:
    from app.domain.ids import AccountId
    from ui.coaching.page import MyDayPage
    from ui.people.person_timeline import PersonTimeline

Key = Qt.Key


def _open_awa(office: Office, page: PeoplePage) -> "PersonTimeline":
    office.typist.type("kone aw").press(Key.Key_Return)
    return page.timeline


def _kept(office: Office) -> ReferralRow:
    [row] = office.hub.read(lambda uow: referrals.list_of(office.person("KONE Awa").id, uow))
    return row


def test_a_new_partner_is_named_the_consent_asked_and_all_goes_back_at_once(
    office: Office, people_page: PeoplePage
) -> None:
    timeline, typist = _open_awa(office, people_page), office.typist
    awa = office.person("KONE Awa").id
    typist.press(Key.Key_F9)
    form = timeline.referring.form
    assert form.place.hasFocus()
    typist.press(Key.Key_End)
    assert form.place.value == "new "
    typist.press(Key.Key_Return)
    assert form.partner.error
    typist.type("Dispensaire").press(Key.Key_Return)
    row = _kept(office)
    assert (row.to, row.service, row.state) == ("Dispensaire", "health", ReferralState.SENT)
    assert row.consent_id is not None
    assert timeline.stack.currentWidget() is timeline.view
    assert any("Dispensaire" in entry.title for entry in timeline.view.list.model_of_entries.entries)
    office.undo()
    assert office.hub.read(referrals.list_partners) == ()
    assert office.hub.read(lambda uow: consents.standing(awa, SHARING, uow)) is None


def test_without_the_consent_a_reason_is_asked_for_and_stays(office: Office, people_page: PeoplePage) -> None:
    timeline, typist = _open_awa(office, people_page), office.typist
    office.do(lambda uow: referrals.add_partner(NewPartner("Dispensaire", "sante"), uow))
    typist.press(Key.Key_F9)
    form = timeline.referring.form
    form.answer.setFocus()
    typist.press(Key.Key_3)
    assert form.override.isVisible()
    typist.press(Key.Key_Return)
    assert form.override.error
    assert form.override.line.hasFocus()
    typist.type("urgence").press(Key.Key_Return)
    row = _kept(office)
    assert (row.override_reason, row.consent_id) == ("urgence", None)
    timeline.view.list.mark(("referral", row.id))
    typist.press(Key.Key_Return)
    assert "because" in timeline.referring.panel.ground.text()


def test_a_consent_that_stands_is_said_and_not_asked_again(office: Office, people_page: PeoplePage) -> None:
    timeline = _open_awa(office, people_page)
    awa = office.person("KONE Awa").id
    office.do(lambda uow: consents.give(GiveConsent(awa, SHARING, ConsentWay.ORAL), uow))
    office.typist.press(Key.Key_F9)
    form = timeline.referring.form
    assert not form.standing.isVisible()
    office.typist.press(Key.Key_End)
    assert form.standing.isVisible()
    assert not form.answer.isVisible()


def test_the_loop_is_closed_from_the_timeline(office: Office, people_page: PeoplePage) -> None:
    timeline, typist = _open_awa(office, people_page), office.typist
    partner = office.do(lambda uow: referrals.add_partner(NewPartner("Dispensaire"), uow)).id
    new = NewReferral(office.person("KONE Awa").id, "health", partner_id=partner, override_reason="urgence")
    row = office.do(lambda uow: referrals.send(new, uow))
    panel = timeline.referring.panel
    timeline.view.list.mark(("referral", row.id))
    typist.press(Key.Key_Return)
    assert panel.text_field.line.hasFocus()
    assert "not answered yet" in panel.words[1]
    typist.press(Key.Key_F7)
    assert panel.text_field.error
    typist.press(Key.Key_F2)
    assert _kept(office).state is ReferralState.ACCEPTED
    timeline.view.list.mark(("referral", row.id))
    typist.press(Key.Key_Return).press(Key.Key_Return)
    assert panel.text_field.error
    typist.type("vaccinee").press(Key.Key_Return)
    assert (_kept(office).state, _kept(office).result) == (ReferralState.DONE, "vaccinee")
    typist.press(Key.Key_Return)
    assert not panel.text_field.isVisible()
    assert panel.person_button.hasFocus()
    assert "vaccinee" in panel.words[2]


def _colleague(office: Office) -> "AccountId":
    return office.hub.read(lambda uow: referrals.destinations(office.person("KONE Awa").id, uow)).colleagues[0][0]


@pytest.mark.parametrize("office", [("amina", "en")], indirect=True)
def test_whoever_was_sent_to_me_is_answered_in_my_day_and_waits_for_its_result(
    office: Office, my_day: "MyDayPage"
) -> None:
    me = office.hub.actor.account_id
    names = {one.id: one.login for one in office.hub.read(accounts.list_accounts)}
    assert names[_colleague(office)] == "karim"
    new = NewReferral(office.person("KONE Awa").id, "employment", "cherche un stage", to_account_id=me)
    row = office.do(lambda uow: referrals.send(new, uow))
    lines = my_day.todo.list.model_of_entries.entries
    assert [entry.title for entry in lines if entry.key == ("referral", row.id)] == ["KONE Awa"]
    my_day.todo.list.setFocus()
    my_day.todo.list.mark(("referral", row.id))
    office.typist.press(Key.Key_Return)
    panel = my_day.referring.panel
    assert my_day.stack.currentWidget() is panel
    office.typist.press(Key.Key_Return)
    assert _kept(office).state is ReferralState.ACCEPTED
    [line] = [entry for entry in my_day.todo.list.model_of_entries.entries if entry.key == ("referral", row.id)]
    assert line.chip == "result to be noted"
    office.typist.press(Key.Key_Return).type("stage trouve").press(Key.Key_Return)
    assert _kept(office).state is ReferralState.DONE
    assert not [entry for entry in my_day.todo.list.model_of_entries.entries if entry.key == ("referral", row.id)]


@pytest.mark.parametrize("office", [("karim", "fr"), ("karim", "ar")], indirect=True)
def test_every_button_has_a_name_in_each_language(office: Office, people_page: PeoplePage) -> None:
    _open_awa(office, people_page)
    office.typist.press(Key.Key_F9)
    assert nameless(people_page) == []
