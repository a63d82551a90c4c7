"""Employers, offers and candidates; placements with a foreigner's steps, the check at three months, the end."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import OfferId, PersonId
from app.domain.people import NewPerson
from app.domain.placements import (
    CANDIDACY_MOVES,
    CandidacyState,
    NewEmployer,
    NewOffer,
    NewPlacement,
    OfferState,
    PlacementRow,
    PlacementState,
    StillThere,
    months_after,
)
from app.errors import UserError
from app.hub import Hub
from app.services import employers, people, placements, steps
from tests.factories import SettableClock

TODAY = date(2026, 3, 12)


def person(hub: Hub, name: str = "Awa Ndiaye", nationality: str = "CI") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name, nationality=nationality), uow)).value.id


def employer(hub: Hub) -> Any:  # noqa: ANN401
    return hub.write(lambda uow: employers.add_employer(NewEmployer("Atlas Couture", "sewing"), uow)).value.id


def offer(hub: Hub, places: int = 1, closes: date | None = None) -> OfferId:
    new = NewOffer(employer(hub), "Couturière", "fixed_term", places, closes=closes)
    return hub.write(lambda uow: employers.add_offer(new, uow)).value.id


def place(hub: Hub, who: PersonId, starts: date = TODAY, **named: Any) -> PlacementRow:  # noqa: ANN401
    if "offer_id" not in named:
        named = {"employer_id": employer(hub), "kind": "fixed_term", "title": "Couturière"} | named
    return hub.write(lambda uow: placements.place(NewPlacement(who, starts, **named), uow)).value


def test_an_offer_takes_as_many_as_it_has_places(hub: Hub) -> None:
    wanted = offer(hub)
    first, second = person(hub), person(hub, "Fatou Diop")
    made = [hub.write(partial(employers.propose, wanted, who, "")).value for who in (first, second)]
    with pytest.raises(UserError, match="already"):
        hub.write(partial(employers.propose, wanted, first, ""))
    hub.write(partial(employers.move_candidate, made[0].id, CandidacyState.INTERVIEW, ""))
    hub.write(partial(employers.move_candidate, made[0].id, CandidacyState.ACCEPTED, "Jeudi"))
    with pytest.raises(UserError, match="places"):
        hub.write(partial(employers.move_candidate, made[1].id, CandidacyState.ACCEPTED, ""))
    with pytest.raises(UserError, match="places"):
        place(hub, second, offer_id=wanted)
    row = place(hub, first, offer_id=wanted)
    assert (row.title, row.kind, row.employer) == ("Couturière", "fixed_term", "Atlas Couture")
    seen = hub.read(employers.list_offers)[0]
    assert (seen.taken, seen.free, seen.over, seen.candidates) == (1, 0, 0, 2)
    with pytest.raises(UserError, match="not possible"):
        hub.write(partial(employers.move_candidate, made[0].id, CandidacyState.WITHDREW, ""))
    refused = hub.write(partial(employers.move_candidate, made[1].id, CandidacyState.REFUSED, "")).value
    assert refused.state is CandidacyState.REFUSED
    assert [item.state for item in hub.read(partial(employers.candidacies_of, second))] == [CandidacyState.REFUSED]


def test_an_offer_closes_by_itself_and_by_hand(hub: Hub, clock: SettableClock) -> None:
    wanted = offer(hub, closes=TODAY)
    clock.set(2026, 3, 13)
    assert hub.read(employers.list_offers) == ()
    with pytest.raises(UserError, match="closed"):
        hub.write(partial(employers.propose, wanted, person(hub), ""))
    with pytest.raises(UserError, match="later one"):
        hub.write(lambda uow: employers.set_offer_open(wanted, uow, is_open=True))
    hub.write(partial(employers.edit_offer, wanted, {"closes": date(2026, 4, 1)}))
    assert hub.read(employers.list_offers)[0].state is OfferState.OPEN
    shut = hub.write(lambda uow: employers.set_offer_open(wanted, uow, is_open=False)).value
    assert shut.state is OfferState.CLOSED


@pytest.mark.parametrize(
    ("nationality", "named", "left_out"),
    [
        ("CI", {}, {"entry_visa"}),
        ("SN", {}, {"anapec", "entry_visa"}),
        ("CI", {"needs_visa": True}, set()),
        ("CI", {"needs_attestation": False}, {"anapec", "entry_visa"}),
        ("SN", {"needs_attestation": True}, {"entry_visa"}),
    ],
)
def test_the_steps_of_a_foreigners_contract_are_laid(
    hub: Hub, nationality: str, named: dict[str, Any], left_out: set[str]
) -> None:
    row = place(hub, person(hub, nationality=nationality), kind="foreign_worker", **named)
    every = ("anapec", "contract", "taechir", "entry_visa", "registration_card", "cnss")
    assert [item.code for item in row.steps] == [code for code in every if code not in left_out]
    assert all(item.due is not None for item in row.steps)
    card = next(item for item in row.steps if item.code == "registration_card")
    assert card.due == date(2026, 6, 10)
    ticked = hub.write(lambda uow: placements.set_step(card.id, uow, done=True)).value
    assert next(item for item in ticked.steps if item.id == card.id).done_at is not None
    assert hub.write(partial(steps.mark_undone, card.id)).value.label("fr") == "Carte d’immatriculation (DGSN)"
    assert place(hub, person(hub, "Fatou")).steps == ()


def test_the_check_at_three_months(hub: Hub, clock: SettableClock) -> None:
    row = place(hub, person(hub))
    assert row.check_due == date(2026, 6, 12)
    clock.set(2026, 6, 11)
    assert hub.read(placements.list_due) == ()
    with pytest.raises(UserError, match="three months"):
        hub.write(partial(placements.check, row.id, StillThere.YES))
    clock.set(2026, 6, 12)
    assert [item.id for item in hub.read(placements.list_due)] == [row.id]
    hub.write(partial(placements.check, row.id, StillThere.UNREACHED))
    assert [item.answer for item in hub.read(placements.list_due)] == [StillThere.UNREACHED]
    done = hub.write(partial(placements.check, row.id, StillThere.YES))
    assert (done.value.checked, hub.read(placements.list_due)) == (date(2026, 6, 12), ())
    with pytest.raises(UserError, match="still there"):
        hub.write(lambda uow: placements.end(row.id, PlacementState.RESIGNED, uow, on=date(2026, 6, 1)))
    assert done.undo is not None
    hub.undo(done.undo)
    assert [item.answer for item in hub.read(placements.list_due)] == [StillThere.UNREACHED]


def test_an_end_before_three_months_answers_the_check(hub: Hub, clock: SettableClock) -> None:
    row = place(hub, person(hub), kind="foreign_worker")
    clock.set(2026, 5, 2)
    with pytest.raises(UserError, match="not ahead"):
        hub.write(lambda uow: placements.end(row.id, PlacementState.RESIGNED, uow, on=date(2026, 3, 11)))
    with pytest.raises(UserError, match="why"):
        hub.write(partial(placements.end, row.id, PlacementState.CURRENT))
    ended = hub.write(partial(placements.end, row.id, PlacementState.PAPERS_REFUSED))
    assert (ended.value.ends, ended.value.still_there) == (date(2026, 5, 2), StillThere.NO)
    assert all(item.dropped for item in ended.value.steps)
    clock.set(2026, 7, 1)
    assert hub.read(placements.list_due) == ()
    with pytest.raises(UserError, match="ended before"):
        hub.write(partial(placements.check, row.id, StillThere.YES))
    with pytest.raises(UserError, match="ended already"):
        hub.write(partial(placements.end, row.id, PlacementState.OTHER))
    assert ended.undo is not None
    hub.undo(ended.undo)
    back = hub.read(partial(placements.show, row.id))
    assert (back.state, any(item.dropped for item in back.steps)) == (PlacementState.CURRENT, False)


def test_what_a_placement_needs(hub: Hub) -> None:
    who = person(hub)
    row = place(hub, who, title="Vendeuse")
    for wrong in ({"kind": "slavery"}, {"title": " "}, {"employer_id": None}, {"ends": date(2026, 3, 1)}):
        with pytest.raises(UserError):
            place(hub, who, **wrong)
    again = NewPlacement(who, TODAY, row.employer_id, "permanent", "vendeuse")
    with pytest.raises(UserError, match="in that post already"):
        hub.write(partial(placements.place, again))
    edited = hub.write(partial(placements.edit, row.id, {"ends": date(2026, 9, 11)})).value
    assert edited.ends == date(2026, 9, 11)
    with pytest.raises(UserError):
        hub.write(partial(placements.edit, row.id, {"kind": "permanent"}))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_months_after_keep_the_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later.replace(day=28) != later or later.day == 28))


@given(st.lists(st.sampled_from(CandidacyState), max_size=6))
def test_no_path_of_a_candidate_leaves_an_end(asked: list[CandidacyState]) -> None:
    state, seen = CandidacyState.PROPOSED, [CandidacyState.PROPOSED]
    for wanted in asked:
        if wanted in CANDIDACY_MOVES[state]:
            assert state not in {CandidacyState.REFUSED, CandidacyState.WITHDREW}
            state = wanted
            seen.append(state)
    assert len(seen) == len(set(seen))
