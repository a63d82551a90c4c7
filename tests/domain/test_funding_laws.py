"""Whatever path is taken, an agreement never contradicts itself; whatever the order, the gauge is the sum by hand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import Agreement, JustificationRow, PaymentRow, TrancheRow
from app.domain.funding import MOVES, Caution, FundingState, Move
from app.domain.funding_rules import (
    OVERRIDABLE,
    is_out_of_order,
    obstacle_to_move,
    obstacles_to_payment,
    open_moves,
    warnings_of,
)
from app.domain.gauge import GRANT_EUR, THRESHOLD_EUR, Figure, GaugeEntry, measure
from app.domain.ids import AgreementId, HubId, PaymentId, TrancheId
from app.domain.money import Currency, to_euro

D = Decimal
DAY = date(2026, 3, 12)
RATE = D("10.85")
Action = tuple[str, Move, int, bool]
TRANCHES = ((D(600), "Bail"), (D(400), ""))


def blank() -> Agreement:
    agreement_id = AgreementId(UUID(int=1))
    tranches = tuple(
        TrancheRow(TrancheId(UUID(int=10 + place)), agreement_id, place, amount, condition, None, None, "")
        for place, (amount, condition) in enumerate(TRANCHES)
    )
    return Agreement(
        agreement_id, "N", HubId(UUID(int=2)), None, None, "Awa", None, None, "startup_fund", D(1000), Currency.MAD,
        RATE, DAY, FundingState.REQUESTED, DAY, None, None, "", tranches,
    )  # fmt: skip


def payment_of(tranche: TrancheRow, amount: Decimal, reason: str, number: int) -> PaymentRow:
    return PaymentRow(
        PaymentId(UUID(int=100 + number)), tranche.id, DAY, amount, Currency.MAD, RATE, DAY, amount, "cash", "R", None,
        "", None, "", reason, recovered=amount < 0,
    )  # fmt: skip


def with_tranche(agreement: Agreement, tranche: TrancheRow) -> Agreement:
    return replace(agreement, tranches=tuple(tranche if one.id == tranche.id else one for one in agreement.tranches))


ACTIONS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(Move), st.just(0), st.booleans()),
    st.tuples(st.sampled_from(["pay", "justify", "recover", "meet"]), st.just(Move.GRANT), st.integers(1, 1300),
              st.booleans()),
)  # fmt: skip


def step(agreement: Agreement, action: Action, place: int, number: int) -> Agreement:
    """What the use cases do where the rules let them, on values."""
    name, move, amount, reason = action
    if name == "move":
        return agreement if obstacle_to_move(agreement, move) else replace(agreement, kept=MOVES[move][1])
    tranche, value = agreement.tranches[place], D(amount)
    after = tranche
    if name == "meet" and agreement.kept not in {FundingState.SETTLED, FundingState.CANCELLED}:
        after = replace(tranche, met_on=DAY)
    elif name == "pay":
        found = obstacles_to_payment(agreement, tranche, value)
        if not found or (reason and OVERRIDABLE.issuperset(found)):
            made = payment_of(tranche, value, "dit" if found else "", number)
            after = replace(tranche, payments=(*tranche.payments, made))
    elif name == "recover" and value <= tranche.paid - tranche.justified:
        made = payment_of(tranche, -value, "dit", number)
        after = replace(tranche, payments=(*tranche.payments, made))
    elif name == "justify" and value <= tranche.paid - tranche.justified:
        row = JustificationRow(UUID(int=500 + number), tranche.id, DAY, value, "Facture", None, "")
        after = replace(tranche, justifications=(*tranche.justifications, row))
    return with_tranche(agreement, after)


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 1)), max_size=25))
def test_no_path_leads_to_an_agreement_that_contradicts_itself(
    path: list[tuple[Action, int]],
) -> None:
    agreement = blank()
    for number, (action, place) in enumerate(path):
        agreement = step(agreement, action, place, number)
        state, kept = agreement.state, agreement.kept
        assert not is_out_of_order(agreement), warnings_of(agreement)
        assert (state is FundingState.CANCELLED) <= (not agreement.payments)
        assert (state is FundingState.RECOVERED) <= (bool(agreement.payments) and agreement.paid == 0)
        assert (agreement.paid > 0) == (state in {FundingState.PAID, FundingState.JUSTIFIED, FundingState.SETTLED})
        assert (state is FundingState.SETTLED) <= (agreement.justified == agreement.paid and agreement.over_paid == 0)
        assert (kept is FundingState.CANCELLED) <= (agreement.paid <= 0)
        unreasoned = sum((one.amount for one in agreement.payments if one.recovered or not one.override_reason), D(0))
        assert unreasoned <= agreement.amount
        assert set(open_moves(agreement)) <= {move for move in Move if kept in MOVES[move][0]}


@given(
    st.lists(st.tuples(ACTIONS, st.integers(0, 1)), max_size=15),
    st.lists(st.integers(1, 900), min_size=1, max_size=3),
    st.sampled_from(FundingState),
)
def test_whatever_two_offices_wrote_the_payments_are_all_counted_and_what_is_wrong_is_said(
    path: list[tuple[Action, int]], elsewhere: list[int], kept: FundingState
) -> None:
    agreement = blank()
    for number, (action, place) in enumerate(path):
        agreement = step(agreement, action, place, number)
    before, tranche = agreement.paid, agreement.tranches[0]
    others = tuple(payment_of(tranche, D(value), "", 50 + place) for place, value in enumerate(elsewhere))
    both = replace(with_tranche(agreement, replace(tranche, payments=(*tranche.payments, *others))), kept=kept)
    assert both.paid == before + sum(elsewhere)
    first = both.tranches[0]
    assert first.over_paid == max(D(0), first.paid - first.amount)
    said = {item.kind for item in warnings_of(both)}
    assert (Caution.OVER_PAID in said) == any(one.over_paid > 0 for one in both.tranches)
    assert (Caution.PAID_THOUGH_CANCELLED in said) == (kept is FundingState.CANCELLED and both.paid > 0)
    assert (Caution.SETTLED_UNJUSTIFIED in said) == (kept is FundingState.SETTLED and not both.is_accounted_for)
    assert both.state in {FundingState.PAID, FundingState.JUSTIFIED, FundingState.SETTLED}


def entries() -> st.SearchStrategy[GaugeEntry]:
    money = st.decimals(-(10**6), 10**6, places=2)
    rates = st.decimals(9, 12, places=4)

    def make(
        number: int, figure: Figure, hub: int, kind: str, amount: Decimal, currency: Currency, rate: Decimal
    ) -> GaugeEntry:
        day = DAY + timedelta(days=number % 300)
        return GaugeEntry(
            figure, UUID(int=number), None, HubId(UUID(int=hub)), kind, day, "", amount, currency, rate, day,
            to_euro(amount, currency, rate),
        )  # fmt: skip

    kinds = st.sampled_from(["startup_fund", "work_grant", "agr_grant"])
    return st.builds(
        make,
        st.integers(1, 10**9),
        st.sampled_from(Figure),
        st.integers(1, 4),
        kinds,
        money,
        st.sampled_from(Currency),
        rates,
    )


@given(st.lists(entries(), max_size=40, unique_by=lambda entry: entry.id), st.randoms(use_true_random=False))
def test_the_gauge_is_the_sum_by_hand_in_any_order(known: list[GaugeEntry], chance: object) -> None:
    mixed = list(known)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = measure(mixed)
    assert found == measure(known)

    def by_hand(figures: set[Figure], hub: object = None, kind: str | None = None) -> Fraction:
        cents = 0
        for entry in known:
            if entry.figure in figures and hub in {None, entry.hub_id} and kind in {None, entry.kind}:
                exact = Fraction(entry.amount) / (Fraction(entry.rate or 1) if entry.currency is Currency.MAD else 1)
                cents += round(exact * 100)
        return Fraction(cents, 100)

    assert Fraction(found.paid) == by_hand({Figure.PAID})
    assert Fraction(found.committed) == by_hand({Figure.COMMITTED})
    assert Fraction(found.forecast) == by_hand({Figure.FORECAST})
    assert Fraction(found.spent) == by_hand({Figure.PAID, Figure.ELSEWHERE, Figure.SPENDING})
    for part in found.by_hub:
        assert Fraction(part.paid) == by_hand({Figure.PAID}, hub=part.key)
    for part in found.by_kind:
        assert Fraction(part.committed) == by_hand({Figure.COMMITTED}, kind=str(part.key))
    assert (
        sum((part.paid for part in found.by_kind), D(0))
        == found.paid
        == sum((part.paid for part in found.by_hub), D(0))
    )
    for figure in (Figure.PAID, Figure.COMMITTED, Figure.FORECAST):
        listed = sum((entry.euros or D(0) for entry in found.list_entries(figure)), D(0))
        assert listed == getattr(found, figure.value)


def test_two_thirds_is_strictly_above() -> None:
    def paid(amount: str) -> bool:
        entry = GaugeEntry(
            Figure.PAID,
            UUID(int=1),
            None,
            None,
            "startup_fund",
            DAY,
            "",
            D(amount),
            Currency.EUR,
            None,
            None,
            D(amount),
        )
        return measure([entry]).is_reached

    assert [paid(text) for text in ("1333333.32", "1333333.33", "1333333.34")] == [False, False, True]
    assert D(3) * THRESHOLD_EUR < D(2) * GRANT_EUR < D(3) * (THRESHOLD_EUR + D("0.01"))
