"""The path of a venture (parcours): its stages in their order, and what is missing for the next one, as values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.codes import code_list
from app.domain.ids import AccountId, CounterId, HubId, VentureId
from app.domain.money import Money

CALL: Final = "call"
APPLICATION: Final = "application"
PRESELECTION: Final = "preselection"
PRE_INCUBATION: Final = "pre_incubation"
COMMITTEE: Final = "committee"
AGREEMENT: Final = "agreement"
FUNDING: Final = "funding"
MONITORING: Final = "monitoring"
ACCELERATION: Final = "acceleration"
EXIT: Final = "exit"

INCUBATION_DAYS: Final = 60
"""The shortest pre-incubation before the committee; most take about two and a half months."""
FIGURES_NEEDED: Final = 3
"""Months of figures before acceleration: without them nobody can say what grows."""


class MissingCode(StrEnum):
    """What a stage asks for."""

    APPLICATION = "application"
    COMPLETE_APPLICATION = "complete_application"
    PRESELECTED = "preselected"
    ADVISOR = "advisor"
    MEMBER = "member"
    INCUBATION = "incubation"
    BUSINESS_PLAN = "business_plan"
    ACCEPTED = "accepted"
    SIGNED_AGREEMENT = "signed_agreement"
    PAYMENT = "payment"
    REGISTRATION = "registration"
    FIGURES = "figures"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing; `detail` is a number as text where there is one: days so far, months so far."""

    code: MissingCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules ask about a venture. `incubated` is days since pre-incubation began, None when it never did."""

    applied: bool = False
    complete: bool = False
    preselected: bool = False
    accepted: bool = False
    advised: bool = False
    members: int = 0
    incubated: int | None = None
    business_plan: bool = False
    signed: bool = False
    paid: bool = False
    registered: bool = False
    figures: int = 0
    outcome: bool = False


@dataclass(frozen=True, slots=True)
class StageMove:
    """A step along the path. `at` in epoch ms; `reason` is why it went back, or on in spite of what was missing."""

    at: int
    stage: str
    former: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """A venture on the board. `lead` is who stands for it, `days` how long it is in its stage (`since`, epoch ms).

    `lacks` is what the next stage asks for and is not there; `agreed` and `paid` are one amount a currency, empty for
    those who may not read them.
    """

    id: VentureId
    hub_id: HubId
    counter_id: CounterId | None
    advisor_id: AccountId | None
    advisor: str
    number: str
    name: str
    name_ar: str
    kind: str
    sector: str
    stage: str
    since: int
    days: int
    lead: str
    lead_ar: str
    members: int
    lacks: tuple[Missing, ...]
    agreed: tuple[Money, ...]
    paid: tuple[Money, ...]

    @property
    def missing(self) -> int:
        """How much the next stage asks for that is not there."""
        return len(self.lacks)


@dataclass(frozen=True, slots=True)
class Column:
    """A stage with its ventures, longest there first."""

    stage: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which ventures are shown; None is all."""

    hub_id: HubId | None = None
    counter_id: CounterId | None = None
    advisor_id: AccountId | None = None


def stages() -> tuple[str, ...]:
    """The stages in their order."""
    return tuple(entry.code for entry in code_list("stages"))


def next_stage(stage: str) -> str | None:
    """The stage after; None after the last, or of one that only a newer program knows."""
    order = stages()
    place = order.index(stage) + 1 if stage in order else len(order)
    return order[place] if place < len(order) else None


def is_forward(former: str, stage: str) -> bool:
    """Whether a move goes along the path, not back."""
    order = stages()
    return former not in order or order.index(stage) > order.index(former)


def missing_for(former: str, stage: str, facts: Facts) -> tuple[Missing, ...]:
    """What is missing to move on: of all stages that the move passes. Who leaves needs an outcome and nothing else."""
    order = stages()
    if stage == EXIT:
        return _missing_of(EXIT, facts)
    if not is_forward(former, stage):
        return ()
    begin = order.index(former) + 1 if former in order else 0
    passed = order[begin : order.index(stage) + 1]
    return tuple(dict.fromkeys(found for one in passed for found in _missing_of(one, facts)))


def _missing_of(stage: str, facts: Facts) -> tuple[Missing, ...]:
    code = MissingCode
    incubated = facts.incubated is not None and facts.incubated >= INCUBATION_DAYS
    rules: dict[str, list[tuple[bool, MissingCode, str]]] = {
        APPLICATION: [(facts.applied, code.APPLICATION, "")],
        PRESELECTION: [(facts.complete, code.COMPLETE_APPLICATION, "")],
        PRE_INCUBATION: [
            (facts.preselected or not facts.applied, code.PRESELECTED, ""),
            (facts.advised, code.ADVISOR, ""),
            (facts.members > 0, code.MEMBER, ""),
        ],
        COMMITTEE: [
            (incubated, code.INCUBATION, str(facts.incubated or 0)),
            (facts.business_plan, code.BUSINESS_PLAN, ""),
        ],
        AGREEMENT: [(facts.accepted, code.ACCEPTED, "")],
        FUNDING: [(facts.signed, code.SIGNED_AGREEMENT, "")],
        MONITORING: [(facts.paid, code.PAYMENT, "")],
        ACCELERATION: [
            (facts.registered, code.REGISTRATION, ""),
            (facts.figures >= FIGURES_NEEDED, code.FIGURES, str(facts.figures)),
        ],
        EXIT: [(facts.outcome, code.OUTCOME, "")],
    }
    return tuple(Missing(what, detail) for there, what, detail in rules.get(stage, ()) if not there)
