"""Money in the words of a terminal, and in the form that JSON carries: amounts are text with two decimals."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.commands.terminal import table
from app.commands.words import label
from app.domain.agreements import Agreement, PaymentRow
from app.domain.funding import Caution
from app.domain.funding_rules import warnings_of
from app.domain.gauge import GRANT_EUR, THRESHOLD_EUR, Gauge, GaugeEntry
from app.domain.money import Currency
from app.i18n import _, pgettext
from app.services.funding_checks import money_text


def payment_document(payment: PaymentRow) -> dict[str, object]:
    """A payment, for JSON."""
    return {
        "id": payment.id,
        "tranche": payment.tranche_id,
        "paid_on": payment.paid_on,
        "amount": f"{payment.amount:f}",
        "currency": payment.currency,
        "rate": None if payment.rate is None else f"{payment.rate:f}",
        "rate_day": payment.rate_day,
        "euros": None if payment.euros is None else f"{payment.euros:f}",
        "way": payment.way,
        "receipt": payment.receipt,
        "received_by": payment.received_by,
        "override_reason": payment.override_reason,
        "recovered": payment.recovered,
    }


def agreement_document(agreement: Agreement) -> dict[str, object]:
    """An agreement with all that was written under it, for JSON."""
    return {
        "id": agreement.id,
        "number": agreement.number,
        "venture": agreement.venture_id,
        "person": agreement.person_id,
        "kind": agreement.kind,
        "state": agreement.state,
        "amount": f"{agreement.amount:f}",
        "currency": agreement.currency,
        "planned": f"{agreement.planned:f}",
        "unplanned": f"{agreement.unplanned:f}",
        "paid": f"{agreement.paid:f}",
        "justified": f"{agreement.justified:f}",
        "over_paid": f"{agreement.over_paid:f}",
        "requested_on": agreement.requested_on,
        "granted_on": agreement.granted_on,
        "signed_on": agreement.signed_on,
        "tranches": [
            {
                "id": tranche.id,
                "amount": f"{tranche.amount:f}",
                "condition": tranche.condition,
                "due": tranche.due,
                "met_on": tranche.met_on,
                "state": tranche.state,
                "paid": f"{tranche.paid:f}",
                "justified": f"{tranche.justified:f}",
                "over_paid": f"{tranche.over_paid:f}",
                "payments": [payment_document(payment) for payment in tranche.payments],
            }
            for tranche in agreement.tranches
        ],
        "warnings": [item.kind for item in warnings_of(agreement)],
    }


def agreement_lines(agreement: Agreement) -> Iterable[str]:
    """An agreement, for people."""
    yield _("{number} · {name} · {kind} · {state}").format(
        number=agreement.number,
        name=agreement.holder,
        kind=label("funding_kinds", agreement.kind),
        state=label("funding_states", agreement.state),
    )
    yield _("{agreed} agreed, {paid} paid, {justified} accounted for.").format(
        agreed=money_text(agreement.amount, agreement.currency),
        paid=money_text(agreement.paid, agreement.currency),
        justified=money_text(agreement.justified, agreement.currency),
    )
    if agreement.unplanned > 0:
        yield _("{amount} stands in no tranche yet.").format(amount=money_text(agreement.unplanned, agreement.currency))
    if agreement.tranches:
        heads = (_("Tranche"), pgettext("funding", "Amount"), _("Paid"), _("Accounted for"), _("State"), _("Condition"))
        yield from table(
            heads,
            [
                (
                    str(place),
                    *(money_text(one, agreement.currency) for one in (item.amount, item.paid, item.justified)),
                    label("tranche_states", item.state),
                    item.condition,
                )
                for place, item in enumerate(agreement.tranches, start=1)
            ],
        )
    for warning in warnings_of(agreement):
        yield warning_text(warning.kind, money_text(warning.amount, agreement.currency))


def warning_text(kind: Caution, amount: str) -> str:
    """What is out of order, in a sentence."""
    return {
        Caution.OVER_PAID: _("{amount} was paid above a tranche: recover it, or explain it.").format(amount=amount),
        Caution.OVER_AGREED: _("{amount} was paid above what was agreed: recover it.").format(amount=amount),
        Caution.OVER_PLANNED: _("The tranches come to {amount} more than was agreed.").format(amount=amount),
        Caution.PAID_BEFORE_CONDITION: _("{amount} was paid before the condition was met.").format(amount=amount),
        Caution.PAID_BEFORE_SIGNATURE: _("{amount} was paid before the signature.").format(amount=amount),
        Caution.PAID_THOUGH_CANCELLED: _("{amount} is paid, though the agreement was cancelled.").format(amount=amount),
        Caution.RECOVERED_TOO_MUCH: _("{amount} was recovered above what was paid.").format(amount=amount),
        Caution.JUSTIFIED_TOO_MUCH: _("{amount} is accounted for above what is paid.").format(amount=amount),
        Caution.SETTLED_UNJUSTIFIED: _("It was settled, and {amount} is not accounted for.").format(amount=amount),
        Caution.REMOVED: _("It was taken back at one office while {amount} was paid at another.").format(amount=amount),
        Caution.NO_RATE: _("{amount} can't be stated in euros: there is no rate.").format(amount=amount),
        Caution.UNREADABLE: _("An amount was written by a newer program and counts as nothing here."),
    }[kind]


def gauge_document(gauge: Gauge, listed: Sequence[GaugeEntry] | None) -> dict[str, object]:
    """The gauge, for JSON; `listed` is what one of its figures counts."""
    document: dict[str, object] = {
        "grant": f"{GRANT_EUR:f}",
        "threshold": f"{THRESHOLD_EUR:f}",
        "paid": f"{gauge.paid:f}",
        "committed": f"{gauge.committed:f}",
        "forecast": f"{gauge.forecast:f}",
        "spent": f"{gauge.spent:f}",
        "reached": gauge.is_reached,
        "reached_of_spending": gauge.is_reached_of_spending,
        "missing": f"{gauge.missing:f}",
        "by_hub": [_part(part.key, part.paid, part.committed, part.forecast) for part in gauge.by_hub],
        "by_kind": [_part(part.key, part.paid, part.committed, part.forecast) for part in gauge.by_kind],
        "warnings": [{"kind": item.kind, "agreement": item.agreement_id} for item in gauge.warnings],
        "without_receipt": gauge.without_receipt,
    }
    if listed is not None:
        document["entries"] = [
            {
                "id": entry.id,
                "agreement": entry.agreement_id,
                "day": entry.day,
                "amount": f"{entry.amount:f}",
                "currency": entry.currency,
                "rate": None if entry.rate is None else f"{entry.rate:f}",
                "euros": None if entry.euros is None else f"{entry.euros:f}",
                "receipt": entry.receipt,
            }
            for entry in listed
        ]
    return document


def gauge_lines(gauge: Gauge, listed: Sequence[GaugeEntry] | None) -> Iterable[str]:
    """The gauge, for people."""

    def euros(amount: Decimal) -> str:
        return money_text(amount, Currency.EUR)

    yield _("Paid to beneficiaries: {paid}; signed and not paid: {committed}; asked for: {forecast}.").format(
        paid=euros(gauge.paid), committed=euros(gauge.committed), forecast=euros(gauge.forecast)
    )
    yield (
        _("More than two thirds of the grant are reached.")
        if gauge.is_reached
        else _("{missing} is missing to more than two thirds of {grant}.").format(
            missing=euros(gauge.missing), grant=euros(GRANT_EUR)
        )
    )
    if (share := gauge.share_of_spending) is not None:
        yield _("{share} % of the {spent} spent so far.").format(share=f"{share * 100:.2f}", spent=euros(gauge.spent))
    if gauge.by_kind:
        heads = (_("Kind"), _("Paid"), _("Signed"), _("Asked for"))
        yield from table(
            heads,
            [
                (label("funding_kinds", str(part.key)), euros(part.paid), euros(part.committed), euros(part.forecast))
                for part in gauge.by_kind
            ],
        )
    for warning in gauge.warnings:
        yield warning_text(warning.kind, f"{warning.amount:f}")
    for entry in listed or ():
        yield "  ".join(
            (
                f"{entry.day:%d/%m/%Y}" if entry.day else "",
                entry.receipt,
                entry.label,
                money_text(entry.amount, entry.currency),
                "" if entry.euros is None else euros(entry.euros),
            )
        )


def _part(key: object, *figures: object) -> dict[str, object]:
    paid, committed, forecast = figures
    return {"key": key, "paid": f"{paid}", "committed": f"{committed}", "forecast": f"{forecast}"}
