"""Ventures through the services: who they are of, how they are registered, what they earn, how they move."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from app.domain.ids import PersonId, VentureId
from app.domain.money import Currency, Money
from app.domain.path import BoardFilter, MissingCode, stages
from app.domain.people import NewPerson
from app.domain.ventures import WHOLE, Member, MonthlyFigure, NewMember, NewVenture, Registration, RemarkCode
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.services import members, monthly_figures, path, people, steps, venture_steps, ventures
from app.services.path_words import word_missing, word_remark
from app.storage.schema_accompaniment import session
from app.storage.schema_ventures import agreement, application, call_for, payment, tranche
from app.storage.unit_of_work import UnitOfWork
from tests.factories import DAY, SettableClock

NEW = NewVenture("Saveurs du Sahel", "مذاق الساحل", sector="catering", legal_form="cooperative", city="Rabat")


def add(hub: Hub, new: NewVenture = NEW) -> VentureId:
    return hub.write(lambda uow: ventures.add(new, uow)).value.id


def person(hub: Hub, name: str = "Awa Ndiaye") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def join(hub: Hub, venture: VentureId, new: NewMember) -> Member:
    return hub.write(lambda uow: members.add_member(venture, new, uow)).value


def view(hub: Hub, venture: VentureId) -> ventures.VentureView:
    return hub.read(lambda uow: ventures.show(venture, uow))


def test_a_venture_gets_a_number_and_stands_at_the_beginning(hub: Hub) -> None:
    first, second = add(hub), add(hub, NewVenture("حلاقة النور"))
    shown = view(hub, first).venture
    assert (shown.number, shown.stage, shown.registration) == ("RBT-V-A00001", "call", Registration.NONE)
    assert (view(hub, second).venture.name, view(hub, second).venture.name_ar) == ("", "حلاقة النور")
    assert hub.read(lambda uow: ventures.resolve("rbt-v-a00002", uow)) == second
    assert [one.id for one in hub.read(lambda uow: ventures.list_ventures(uow, "sahel rabat"))] == [first]
    assert [one.id for one in hub.read(lambda uow: ventures.list_ventures(uow, "الساحل"))] == [first]
    with pytest.raises(NotFoundError):
        hub.read(lambda uow: ventures.resolve("RBT-V-A00009", uow))


@pytest.mark.parametrize(
    "bad", [NewVenture(" "), NewVenture("X", kind="bank"), NewVenture("X", kind=""), NewVenture("X", sector="nothing")]
)
def test_what_no_venture_can_be_is_refused(hub: Hub, bad: NewVenture) -> None:
    with pytest.raises(UserError):
        add(hub, bad)
    assert hub.read(ventures.list_ventures) == ()


def test_a_correction_is_in_the_history_and_can_be_taken_back(hub: Hub) -> None:
    one = add(hub)
    done = hub.write(lambda uow: ventures.edit(one, {"name": "Saveurs", "advisor_id": uow.actor.account_id}, uow))
    assert (done.value.name, done.value.advisor) == ("Saveurs", "Amina Gérante")
    assert ("name", NEW.name, "Saveurs") in [
        (step.field, step.before, step.after) for step in hub.read(lambda uow: ventures.history(one, uow))
    ]
    assert done.undo is not None
    assert hub.undo(done.undo).ventures == {one}
    assert view(hub, one).venture.name == NEW.name
    for bad in ({"stage": "funding"}, {"name": 3}, {"advisor_id": one}):
        with pytest.raises(UserError):
            hub.write(lambda uow, bad=bad: ventures.edit(one, bad, uow))  # type: ignore[misc]


def test_shares_never_add_up_to_more_than_the_whole(hub: Hub) -> None:
    one = add(hub)
    first = join(hub, one, NewMember(person(hub), "holder", 6000))
    other = person(hub, "Fatou Diop")
    with pytest.raises(UserError, match=r"120,00 %.*the beginning"):
        join(hub, one, NewMember(other, share=6000))
    with pytest.raises(UserError, match=r"110,00 %.*01/02/2026"):
        join(hub, one, NewMember(other, share=5000, since=date(2026, 2, 1)))
    hub.write(lambda uow: members.change_share(first.id, 5000, date(2026, 2, 1), uow))
    join(hub, one, NewMember(other, share=5000, since=date(2026, 2, 1)))
    shown = view(hub, one)
    assert [(found.since, found.share) for found in shown.shares] == [(None, 6000), (date(2026, 2, 1), WHOLE)]
    assert [(each.share, each.since, each.until) for each in shown.members if each.person_id == first.person_id] == [
        (6000, None, date(2026, 1, 31)), (5000, date(2026, 2, 1), None),
    ]  # fmt: skip
    assert [remark.code for remark in shown.remarks] == [RemarkCode.TOO_FEW_MEMBERS]
    assert word_remark(shown.remarks[0]) == "A collective start-up has 3 to 5 members; this one has 2."


def test_taking_back_an_end_does_not_break_the_whole(hub: Hub) -> None:
    one = add(hub)
    first = join(hub, one, NewMember(person(hub), share=WHOLE))
    ended = hub.write(lambda uow: members.end_member(first.id, date(2026, 1, 31), uow))
    other = NewMember(person(hub, "Fatou Diop"), share=WHOLE, since=date(2026, 2, 1))
    later = hub.write(lambda uow: members.add_member(one, other, uow))
    assert ended.undo is not None
    with pytest.raises(UserError):
        hub.undo(ended.undo)
    assert later.undo is not None
    hub.undo(later.undo)
    hub.undo(ended.undo)
    assert view(hub, one).shares[-1].share == WHOLE


def test_nobody_is_a_member_twice_at_a_time(hub: Hub) -> None:
    one, who = add(hub), person(hub)
    join(hub, one, NewMember(who, share=1000, until=date(2025, 12, 31)))
    join(hub, one, NewMember(who, share=2000, since=date(2026, 1, 1)))
    with pytest.raises(UserError, match="already"):
        join(hub, one, NewMember(who, since=date(2026, 3, 1)))
    assert [found.id for found in hub.read(lambda uow: ventures.list_of_person(who, uow))] == [one]
    with pytest.raises(UserError, match="before its first"):
        join(hub, one, NewMember(person(hub, "Z"), since=date(2026, 2, 2), until=date(2026, 2, 1)))


def test_the_steps_of_registration_follow_the_legal_form(hub: Hub, clock: SettableClock) -> None:
    one = add(hub)
    laid = hub.write(lambda uow: venture_steps.lay_registration(one, uow))
    assert [step.code for step in laid.value][:3] == ["cooperative_name", "headquarters", "articles"]
    assert laid.value[0].due == date(2026, 3, 27)
    first = laid.value[0]
    # wherever steps are listed, they have their words
    listed = hub.read(lambda uow: steps.list_steps(uow, venture_id=one))
    assert listed[0].label_fr == "Attestation de dénomination (ODCO)"
    done = hub.write(lambda uow: venture_steps.mark_step(first.id, one, uow, done=True))
    assert done.value.done_at == clock.moment
    hub.write(lambda uow: ventures.edit(one, {"legal_form": "sarl"}, uow))
    codes = [step.code for step in hub.write(lambda uow: venture_steps.lay_registration(one, uow)).value]
    assert "cooperative_register" not in codes
    assert {"cooperative_name", "negative_certificate", "cnss"} <= set(codes)
    hub.write(lambda uow: ventures.edit(one, {"legal_form": ""}, uow))
    with pytest.raises(UserError, match="legal form"):
        hub.write(lambda uow: venture_steps.lay_registration(one, uow))
    mine = hub.write(lambda uow: venture_steps.add_milestone(one, uow, code="first_sale", due=date(2026, 6, 1)))
    hub.write(lambda uow: venture_steps.add_milestone(one, uow, title="Four à pain livré"))
    assert [step.title or step.code for step in view(hub, one).milestones] == ["first_sale", "Four à pain livré"]
    hub.write(lambda uow: venture_steps.drop_step(mine.value.id, one, uow))
    assert len(view(hub, one).milestones) == 1


def test_steps_are_added_named_and_taken_out_and_laying_again_leaves_ones_own(hub: Hub) -> None:
    one = add(hub, NewVenture("Atelier", legal_form="sarl"))
    hub.write(lambda uow: venture_steps.lay_registration(one, uow))
    laid = view(hub, one).registration_steps
    own = hub.write(
        lambda uow: venture_steps.add_registration_step(one, uow, title="Bail du local", due=date(2026, 5, 4))
    )
    assert [step.id for step in view(hub, one).registration_steps][-1] == own.value.id
    with pytest.raises(UserError, match="already"):
        hub.write(lambda uow: venture_steps.add_registration_step(one, uow, code=laid[0].code))
    hub.write(lambda uow: venture_steps.drop_step(laid[0].id, one, uow))
    back = hub.write(lambda uow: venture_steps.add_registration_step(one, uow, code=laid[0].code))
    assert back.value.id == laid[0].id
    named = hub.write(lambda uow: venture_steps.edit_step(laid[1].id, one, uow, title="Statuts signés", due=None))
    assert (named.value.title, named.value.due) == ("Statuts signés", None)
    assert named.undo is not None
    hub.undo(named.undo)
    assert laid[1] in view(hub, one).registration_steps
    for title in ("", "  "):
        with pytest.raises(UserError, match="name"):
            hub.write(lambda uow, t=title: venture_steps.edit_step(own.value.id, one, uow, title=t, due=None))  # type: ignore[misc]
    hub.write(lambda uow: ventures.edit(one, {"legal_form": "cooperative"}, uow))
    hub.write(lambda uow: venture_steps.lay_registration(one, uow))
    assert "Bail du local" in [step.title for step in view(hub, one).registration_steps]


def test_a_full_registration_has_its_number_and_day(hub: Hub) -> None:
    one = add(hub)
    register = partial(ventures.set_registration, one)
    for number, day in (("", date(2026, 1, 5)), ("RC 1", None), ("RC 1", date(2027, 1, 1))):
        with pytest.raises(UserError):
            hub.write(lambda uow, number=number, day=day: register(Registration.FULL, number, day, uow))  # type: ignore[misc]
    done = hub.write(lambda uow: register(Registration.FULL, "RC 51234", date(2026, 1, 5), uow)).value
    assert (done.registration, done.registered_on) == (Registration.FULL, date(2026, 1, 5))
    assert hub.write(lambda uow: register(Registration.NONE, "", None, uow)).value.registered_number == ""


def test_a_month_is_noted_once_and_put_right(hub: Hub) -> None:
    one = add(hub)
    note = partial(monthly_figures.note_figure, one)
    hub.write(lambda uow: note(MonthlyFigure(date(2025, 12, 9), Decimal("1200"), 4, 1, 0), uow))
    made = hub.write(lambda uow: note(MonthlyFigure(date(2025, 12, 1), Decimal("1250.50"), 5, 1, 0), uow))
    assert made.value.turnover == Decimal("1250.50")
    assert len(hub.read(lambda uow: monthly_figures.list_figures(one, uow))) == 1
    told = hub.read(lambda uow: monthly_figures.figure_history(one, date(2025, 12, 1), uow))
    assert ("turnover", "1200.00", "1250.50") in [(step.field, step.before, step.after) for step in told]
    shown = hub.read(lambda uow: monthly_figures.series(one, uow))
    assert shown.gaps == (date(2026, 1, 1), date(2026, 2, 1))
    assert shown.turnover == (Decimal("1250.50"), None, None)
    january = MonthlyFigure(date(2026, 1, 1))
    wrong: list[dict[str, object]] = [
        {"month": date(2026, 4, 1)}, {"month": date(1999, 1, 1)}, {"turnover": Decimal("-1")}, {"clients": -1},
        {"turnover": Decimal("1.001")}, {"turnover": Decimal("NaN")},
    ]  # fmt: skip
    for bad in (replace(january, **each) for each in wrong):  # type: ignore[arg-type]
        with pytest.raises(UserError):
            hub.write(lambda uow, bad=bad: note(bad, uow))  # type: ignore[misc]
    assert made.undo is not None
    hub.undo(made.undo)
    assert hub.read(lambda uow: monthly_figures.list_figures(one, uow))[0].turnover == Decimal("1200.00")
    hub.write(lambda uow: monthly_figures.remove_figure(one, date(2025, 12, 1), uow))
    assert hub.read(lambda uow: monthly_figures.series(one, uow)).months == ()
    hub.write(lambda uow: note(MonthlyFigure(date(2025, 12, 1), Decimal("0")), uow))
    assert hub.read(lambda uow: monthly_figures.series(one, uow)).turnover[0] == 0


def test_moving_on_says_what_is_missing(hub: Hub, clock: SettableClock) -> None:
    one = add(hub)
    move = partial(path.move, one)
    with pytest.raises(path.NotReadyError) as caught:
        hub.write(lambda uow: move("pre_incubation", uow))
    assert [item.code for item in caught.value.missing] == [
        MissingCode.APPLICATION, MissingCode.COMPLETE_APPLICATION, MissingCode.ADVISOR, MissingCode.MEMBER,
    ]  # fmt: skip
    done = hub.write(lambda uow: move("pre_incubation", uow, reason="Avant le registre"))
    shown = view(hub, one)
    assert [(step.stage, step.former, step.reason) for step in shown.moves] == [
        ("pre_incubation", "call", "Avant le registre")
    ]
    clock.moment += 59 * DAY
    assert [word_missing(item) for item in view(hub, one).missing] == [
        "59 days of pre-incubation so far, of 60", "a session on the business plan",
    ]  # fmt: skip
    clock.moment += DAY
    assert [item.code for item in view(hub, one).missing] == [MissingCode.BUSINESS_PLAN]
    with pytest.raises(UserError, match="reason"):
        hub.write(lambda uow: move("call", uow))
    with pytest.raises(UserError, match="already"):
        hub.write(lambda uow: move("pre_incubation", uow))
    assert done.undo is not None
    hub.undo(done.undo)
    assert view(hub, one).venture.stage == "call"
    assert view(hub, one).moves == ()


def test_whoever_leaves_needs_an_outcome_and_nothing_else(hub: Hub) -> None:
    one = add(hub)
    with pytest.raises(path.NotReadyError) as caught:
        hub.write(lambda uow: path.move(one, "exit", uow))
    assert [item.code for item in caught.value.missing] == [MissingCode.OUTCOME]
    left = hub.write(lambda uow: path.move(one, "exit", uow, outcome="dropped_out")).value
    assert (left.stage, left.exit, left.exit_on) == ("exit", "dropped_out", date(2026, 3, 12))
    back = hub.write(lambda uow: path.move(one, "call", uow, reason="Revenue")).value
    assert (back.stage, back.exit, back.exit_on) == ("call", "", None)


def fill(hub: Hub, one: VentureId, paid: str = "15000.00") -> None:
    """What the whole path asks for, as rows of other services."""

    def write(uow: UnitOfWork) -> None:
        actor = uow.actor
        call = uow.insert(call_for, hub_id=actor.hub_id, code="AMI-1", state="open")
        uow.insert(application, call_id=call, venture_id=one, received_at=uow.now, complete=True, state="accepted")
        uow.insert(
            session, hub_id=actor.hub_id, advisor_id=actor.account_id, venture_id=one, kind="business_plan",
            starts_at=uow.now,
        )  # fmt: skip
        deal = uow.insert(
            agreement, hub_id=actor.hub_id, venture_id=one, amount="40000.00", currency="MAD",
            state="agreement_signed", signed_on="2026-02-01",
        )  # fmt: skip
        part = uow.insert(tranche, agreement_id=deal, position=1, amount="20000.00")
        uow.insert(payment, tranche_id=part, amount=paid, currency="MAD", paid_on="2026-02-10")

    hub.write(write)


def test_the_whole_path_without_a_reason(hub: Hub, clock: SettableClock) -> None:
    one = add(hub)
    hub.write(lambda uow: ventures.edit(one, {"advisor_id": uow.actor.account_id}, uow))
    join(hub, one, NewMember(person(hub), "holder", WHOLE))
    fill(hub, one)
    for stage in stages()[1:]:
        if stage == "committee":
            clock.moment += 61 * DAY
        if stage == "acceleration":
            hub.write(lambda uow: ventures.set_registration(one, Registration.FULL, "RC 1", date(2026, 1, 1), uow))
            for month in (1, 2, 3):
                figure = MonthlyFigure(date(2026, month, 1), Decimal(1000 * month))
                hub.write(lambda uow, figure=figure: monthly_figures.note_figure(one, figure, uow))  # type: ignore[misc]
        outcome = "active_6_months" if stage == "exit" else ""
        hub.write(lambda uow, stage=stage, outcome=outcome: path.move(one, stage, uow, outcome=outcome))  # type: ignore[misc]
    assert [step.stage for step in view(hub, one).moves] == list(stages()[1:])
    assert all(step.reason == "" for step in view(hub, one).moves)


def test_the_board_shows_who_stands_where_and_for_how_long(hub: Hub, clock: SettableClock) -> None:
    first, second = add(hub), add(hub, NewVenture("Atelier Nour", kind="auto_entrepreneur"))
    join(hub, first, NewMember(person(hub), "partner", 4000))
    join(hub, first, NewMember(person(hub, "Fatou Diop"), "holder", 1000))
    fill(hub, first)
    clock.moment += 3 * DAY
    hub.write(lambda uow: path.move(second, "application", uow, reason="Papier"))
    clock.moment += 2 * DAY
    columns = hub.read(path.board)
    assert [column.stage for column in columns] == list(stages())
    card = columns[0].cards[0]
    assert (card.id, card.lead, card.days, card.members, card.missing) == (first, "Fatou Diop", 5, 2, 0)
    assert card.agreed == (Money(Decimal("40000.00"), Currency.MAD),)
    assert card.paid == (Money(Decimal("15000.00"), Currency.MAD),)
    assert (columns[1].cards[0].id, columns[1].cards[0].days, columns[1].cards[0].agreed) == (second, 2, ())
    advisor = hub.actor.account_id
    assert not any(column.cards for column in hub.read(lambda uow: path.board(uow, BoardFilter(advisor_id=advisor))))
    hub.write(lambda uow: ventures.edit(second, {"advisor_id": advisor}, uow))
    shown = hub.read(lambda uow: path.board(uow, BoardFilter(hub.actor.hub_id, None, advisor)))
    assert [card.id for column in shown for card in column.cards] == [second]
