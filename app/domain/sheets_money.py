"""What stands on the papers of a venture's funding, and on its portrait. All words are in the paper's language."""

from dataclasses import dataclass
from datetime import date

from app.domain.money import Money
from app.domain.sheets import Logo


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an agreement: its name in both scripts, who acts for it and as what, where it sits."""

    name: str
    name_ar: str = ""
    representative: str = ""
    function: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SheetTranche:
    """A part of what was agreed: its amount, what has to be met before, when it is due."""

    position: int
    amount: Money
    condition: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FundingAgreementSheet:
    """Convention de financement · اتفاقية تمويل: two sides, an amount, its tranches.

    `clauses` are articles that a hub adds to the usual ones, each as its title and text.
    """

    number: str
    hub: Party
    holder: Party
    venture_number: str
    purpose: str
    amount: Money
    tranches: tuple[SheetTranche, ...]
    signed_on: date | None
    place: str
    call: str = ""
    clauses: tuple[tuple[str, str], ...] = ()
    logos: tuple[Logo, ...] = ()


@dataclass(frozen=True, slots=True)
class TrancheReceiptSheet:
    """Reçu de tranche · وصل استلام دفعة: who received how much of which agreement, and how."""

    number: str
    hub: Party
    receiver: Party
    agreement_number: str
    position: int
    count: int
    amount: Money
    paid_on: date
    way: str
    place: str
    reference: str = ""
    evidence: str = ""
    venture: str = ""


@dataclass(frozen=True, slots=True)
class PortraitSheet:
    """Portrait d'une entreprise · بطاقة تعريف مقاولة: one page for partners and press, with everybody's consent.

    `path` is what was reached, as a label and its day; `figures` are a label and a worded value. `photo` is a PNG or
    JPEG.
    """

    number: str
    hub_name: str
    hub_city: str
    name: str
    name_ar: str
    activity: str
    people: str
    story: str
    path: tuple[tuple[str, date | None], ...] = ()
    funding: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    next_step: str = ""
    photo: bytes = b""
    made_on: date | None = None
    logos: tuple[Logo, ...] = ()
