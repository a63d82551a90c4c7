"""Referrals: nobody leaves the hub without consent, the answer comes back, late ones are told of, consents end."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts import Role
from app.domain.consent import ConsentWay
from app.domain.ids import PersonId, hub_id
from app.domain.people import NewPerson
from app.domain.referrals import (
    OPEN_REFERRALS,
    REFERRAL_MOVES,
    SHARING,
    NewPartner,
    NewReferral,
    ReferralRow,
    ReferralState,
    referral_state,
)
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.services import consents, erasing, merging, people, referrals
from app.services.consents import GiveConsent
from tests.factories import DAY, LOGINS, SettableClock, open_as


def person(hub: Hub, name: str = "Awa Ndiaye") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def agree(hub: Hub, who: PersonId, way: ConsentWay = ConsentWay.ORAL, expires: int | None = None) -> Any:  # noqa: ANN401
    return hub.write(lambda uow: consents.give(GiveConsent(who, SHARING, way, expires_at=expires), uow))


def partner(hub: Hub) -> Any:  # noqa: ANN401
    return hub.write(lambda uow: referrals.add_partner(NewPartner("Dispensaire", "santé"), uow)).value.id


def send(hub: Hub, who: PersonId, **named: Any) -> ReferralRow:  # noqa: ANN401
    return hub.write(lambda uow: referrals.send(NewReferral(who, "health", **named), uow)).value


def test_a_referral_to_a_partner_goes_round(hub: Hub, clock: SettableClock) -> None:
    who, where = person(hub), partner(hub)
    agree(hub, who)
    sent = send(hub, who, partner_id=where)
    assert (sent.state, sent.to, sent.override_reason) == (ReferralState.SENT, "Dispensaire", "")
    assert sent.consent_id is not None
    clock.moment += DAY
    taken = hub.write(lambda uow: referrals.answer(sent.id, "Mardi", uow, accepted=True)).value
    assert (taken.state, taken.answered_at) == (ReferralState.ACCEPTED, clock.moment)
    with pytest.raises(UserError, match="what came of it"):
        hub.write(lambda uow: referrals.finish(sent.id, " ", uow))
    done = hub.write(lambda uow: referrals.finish(sent.id, "Vaccinée", uow))
    assert (done.value.state, done.value.result) == (ReferralState.DONE, "Vaccinée")
    with pytest.raises(UserError, match="not possible"):
        hub.write(lambda uow: referrals.cancel(sent.id, "erreur", uow))
    assert done.undo is not None
    hub.undo(done.undo)
    assert hub.read(partial(referrals.show, sent.id)).state is ReferralState.ACCEPTED


def test_nobody_is_sent_beyond_the_hub_without_consent_or_reason(hub: Hub, clock: SettableClock) -> None:
    who, where = person(hub), partner(hub)
    with pytest.raises(UserError, match="no consent"):
        send(hub, who, partner_id=where)
    agree(hub, who, ConsentWay.REFUSED)
    with pytest.raises(UserError, match="no consent"):
        send(hub, who, partner_id=where)
    assert send(hub, who, partner_id=where, override_reason="Urgence médicale").override_reason == "Urgence médicale"
    agree(hub, who, expires=clock.moment + DAY)
    kept = send(hub, who, partner_id=where, override_reason="n'est pas gardée")
    assert (kept.override_reason, kept.consent_stands) == ("", True)
    clock.moment += DAY
    with pytest.raises(UserError, match="no consent"):
        send(hub, who, partner_id=where)
    assert not hub.read(partial(referrals.show, kept.id)).consent_stands


def test_a_consent_that_was_withdrawn_holds_no_more(hub: Hub) -> None:
    who, where = person(hub), partner(hub)
    first, second = agree(hub, who).value, agree(hub, who, ConsentWay.SIGNATURE)
    sent = send(hub, who, partner_id=where)
    assert sent.consent_id == second.value.id != first.id
    outcome = hub.write(lambda uow: consents.withdraw(second.value.id, uow))
    assert hub.read(partial(consents.standing, who, SHARING)) is None
    assert not hub.read(partial(referrals.show, sent.id)).consent_stands
    with pytest.raises(UserError, match="already"):
        hub.write(lambda uow: consents.withdraw(second.value.id, uow))
    assert outcome.undo is not None
    hub.undo(outcome.undo)
    assert hub.read(partial(consents.standing, who, SHARING)) == second.value


def test_a_consent_of_the_other_record_of_a_person_holds(hub: Hub) -> None:
    who, twin, where = person(hub), person(hub, "Awa NDIAYE"), partner(hub)
    agree(hub, twin)
    hub.write(lambda uow: merging.merge(who, twin, uow))
    sent = send(hub, who, partner_id=where)
    assert sent.consent_id is not None
    assert [row.id for row in hub.read(partial(referrals.list_of, twin))] == [sent.id]


def test_a_colleague_needs_no_consent_and_finds_it_first(hub: Hub, clock: SettableClock) -> None:
    who = person(hub)
    advisor = open_as(hub.paths, LOGINS[Role.ADVISOR], clock)
    colleague, me = advisor.actor.account_id, hub.actor.account_id
    other = send(hub, who, to_account_id=me)
    mine = send(hub, who, to_account_id=colleague)
    assert [row.id for row in advisor.read(referrals.inbox)] == [mine.id, other.id]
    assert [row.id for row in hub.read(referrals.inbox)] == [other.id, mine.id]
    taken = advisor.write(lambda uow: referrals.answer(mine.id, "Pas notre guichet", uow, accepted=False)).value
    assert taken.state is ReferralState.DECLINED
    assert [row.id for row in advisor.read(referrals.inbox)] == [other.id]
    advisor.close()


def test_after_seven_days_without_an_answer_somebody_is_reminded(hub: Hub, clock: SettableClock) -> None:
    who, where = person(hub), partner(hub)
    sent = send(hub, who, partner_id=where, override_reason="Urgence")
    clock.moment += 7 * DAY - 1
    assert hub.read(referrals.unanswered) == ()
    clock.moment += 1
    assert [(row.id, row.waiting, row.late) for row in hub.read(referrals.unanswered)] == [(sent.id, 7, True)]
    hub.write(lambda uow: referrals.answer(sent.id, "", uow, accepted=True))
    assert hub.read(referrals.unanswered) == ()
    assert [row.id for row in hub.read(referrals.outbox)] == [sent.id]


def test_a_referral_of_somebody_who_was_erased_waits_no_more(hub: Hub, clock: SettableClock) -> None:
    who, where = person(hub), partner(hub)
    sent = send(hub, who, partner_id=where, override_reason="Urgence")
    clock.moment += 8 * DAY
    hub.write(lambda uow: erasing.erase(who, "demandé", uow))
    assert hub.read(referrals.unanswered) == ()
    with pytest.raises(UserError, match="erased"):
        hub.write(lambda uow: referrals.answer(sent.id, "", uow, accepted=True))


@pytest.mark.parametrize("wrong", ["nowhere", "twice", "here", "unknown_hub", "hidden", "service"])
def test_a_referral_goes_to_one_place_that_is_there(hub: Hub, wrong: str) -> None:
    who, where = person(hub), partner(hub)
    agree(hub, who)
    here, far = hub.actor.hub_id, hub_id("ZZZ")
    new = {
        "nowhere": NewReferral(who, "health"),
        "twice": NewReferral(who, "health", to_hub_id=here, partner_id=where),
        "here": NewReferral(who, "health", to_hub_id=here),
        "unknown_hub": NewReferral(who, "health", to_hub_id=far),
        "hidden": NewReferral(who, "health", partner_id=where),
        "service": NewReferral(who, "astrology", partner_id=where),
    }[wrong]
    if wrong == "hidden":
        hub.write(lambda uow: referrals.edit_partner(where, {"hidden": True}, uow))
        assert hub.read(referrals.list_partners) == ()
    with pytest.raises(NotFoundError if wrong == "unknown_hub" else UserError):
        hub.write(lambda uow: referrals.send(new, uow))
    assert hub.read(partial(referrals.list_of, who)) == ()


@given(st.lists(st.sampled_from(ReferralState), max_size=6), st.booleans())
def test_no_path_leads_to_a_state_that_denies_itself(asked: list[ReferralState], late_cancel: bool) -> None:
    kept, answered, done = ReferralState.SENT, None, None
    for moment, wanted in enumerate(asked, start=1):
        shown = referral_state(kept, answered, done)
        if wanted not in REFERRAL_MOVES[shown]:
            continue
        kept = wanted
        answered = moment if wanted in {ReferralState.ACCEPTED, ReferralState.DECLINED} else answered
        done = moment if wanted is ReferralState.DONE else done
    if late_cancel:
        # another office called it off without having heard of the rest
        kept = ReferralState.CANCELLED
    shown = referral_state(kept, answered, done)
    assert (shown is ReferralState.DONE) == (done is not None)
    assert done is None or answered is not None
    assert shown is not ReferralState.ACCEPTED or answered is not None
    if shown in OPEN_REFERRALS:
        assert done is None
    if not REFERRAL_MOVES[shown]:
        assert shown not in OPEN_REFERRALS


def test_where_somebody_can_be_sent_is_offered_with_the_consent_that_stands(hub: Hub) -> None:
    who, where = person(hub), partner(hub)
    before = hub.read(lambda uow: referrals.destinations(who, uow))
    assert [one.id for one in before.partners] == [where]
    assert before.consent is None
    assert hub.actor.account_id not in {account for account, _name in before.colleagues}
    agree(hub, who)
    hub.write(lambda uow: referrals.edit_partner(where, {"hidden": True}, uow))
    after = hub.read(lambda uow: referrals.destinations(who, uow))
    assert after.consent is not None
    assert after.partners == ()
