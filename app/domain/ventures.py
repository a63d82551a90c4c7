"""Ventures: who they belong to over time, their registration, what they earned month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.domain.ids import AccountId, CounterId, HubId, MemberId, PersonId, StepId, VentureId

WHOLE: Final = 10_000
"""All of the capital, in hundredths of a per cent."""
FEWEST, MOST = 3, 5
"""Members of a collective start-up, by the project's rules."""
COLLECTIVE: Final = "collective_startup"


class Registration(StrEnum):
    """How far a venture is on record with the State."""

    NONE = "none"
    IN_PROCESS = "in_process"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class NewVenture:
    """A venture to be put on record. Codes are of the lists venture_kinds, sectors, legal_forms."""

    name: str
    name_ar: str = ""
    kind: str = COLLECTIVE
    sector: str = ""
    legal_form: str = ""
    activity: str = ""
    city: str = ""
    advisor_id: AccountId | None = None
    counter_id: CounterId | None = None


@dataclass(frozen=True, slots=True)
class Venture:
    """A venture on record. `created_at` in epoch ms; `stage` is a code of the list stages, `exit` of exits."""

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
    legal_form: str
    activity: str
    city: str
    registration: Registration
    registered_number: str
    registered_on: date | None
    created_at: int
    stage: str
    exit: str
    exit_on: date | None


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who joins. `share` is hundredths of a per cent of the capital; `since` None is from the beginning."""

    person_id: PersonId
    role: str = "partner"
    share: int = 0
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A membership with one share and role. `since` and `until` are the first and the last day; None is open."""

    id: MemberId
    venture_id: VentureId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    sex: str
    role: str
    share: int
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether this membership holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class ShareSum:
    """What the shares add up to from a day on (None: from the beginning), in hundredths of a per cent."""

    since: date | None
    share: int


class RemarkCode(StrEnum):
    """What is told about the members and refused to nobody."""

    TOO_FEW_MEMBERS = "too_few_members"
    TOO_MANY_MEMBERS = "too_many_members"
    SHARES_UNDER_WHOLE = "shares_under_whole"
    SHARES_OVER_WHOLE = "shares_over_whole"
    """What two offices wrote without knowing of each other; nobody can write that at one office."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark: `count` members, or hundredths of a per cent that the shares add up to."""

    code: RemarkCode
    count: int


@dataclass(frozen=True, slots=True)
class VentureStep:
    """A step of the registration or a milestone. `kind` is registration or milestone; `done_at` in epoch ms."""

    id: StepId
    kind: str
    code: str
    title: str
    position: int
    due: date | None
    done_at: int | None


@dataclass(frozen=True, slots=True)
class MonthlyFigure:
    """What a venture did in a month (`month` is its first day). None is: nobody said. `turnover` in dirhams."""

    month: date
    turnover: Decimal | None = None
    clients: int | None = None
    jobs_women: int | None = None
    jobs_men: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Monthly figures one after the other, for a plot: None where nothing was said. `gaps` are months not noted."""

    months: tuple[date, ...]
    turnover: tuple[Decimal | None, ...]
    clients: tuple[int | None, ...]
    jobs_women: tuple[int | None, ...]
    jobs_men: tuple[int | None, ...]
    gaps: tuple[date, ...]


def share_sums(members: Iterable[Member]) -> tuple[ShareSum, ...]:
    """What the shares add up to, from the beginning and from each day on which that changes."""
    known = tuple(members)
    changes = {member.since for member in known if member.since is not None}
    changes |= {member.until + timedelta(days=1) for member in known if member.until not in {None, date.max}}
    sums = [ShareSum(None, sum(member.share for member in known if member.since is None))]
    for day in sorted(changes):
        share = sum(member.share for member in known if member.holds_on(day))
        if share != sums[-1].share:
            sums.append(ShareSum(day, share))
    return tuple(sums)


def highest_sum(members: Iterable[Member]) -> ShareSum:
    """The most that the shares ever add up to, and from when on for the first time."""
    return max(share_sums(members), key=lambda found: found.share)


def remarks_on(kind: str, members: Iterable[Member], day: date) -> tuple[Remark, ...]:
    """What is to be told about the members as they are on a day."""
    here = [member for member in members if member.holds_on(day)]
    people = len({member.person_id for member in here})
    found = []
    if kind == COLLECTIVE and people < FEWEST:
        found.append(Remark(RemarkCode.TOO_FEW_MEMBERS, people))
    if kind == COLLECTIVE and people > MOST:
        found.append(Remark(RemarkCode.TOO_MANY_MEMBERS, people))
    share = sum(member.share for member in here)
    if here and share < WHOLE:
        found.append(Remark(RemarkCode.SHARES_UNDER_WHOLE, share))
    if share > WHOLE:
        found.append(Remark(RemarkCode.SHARES_OVER_WHOLE, share))
    return tuple(found)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def make_series(figures: Iterable[MonthlyFigure], last: date | None = None) -> Series:
    """The figures from the first month to the last, or to `last` (a first day) where that is later, without holes."""
    known = {figure.month: figure for figure in figures}
    if not known:
        return Series((), (), (), (), (), ())
    months, end = [min(known)], max(*known, last or date.min)
    while months[-1] < end:
        months.append(next_month(months[-1]))
    shown = [known.get(month, MonthlyFigure(month)) for month in months]
    return Series(
        tuple(months),
        tuple(figure.turnover for figure in shown),
        tuple(figure.clients for figure in shown),
        tuple(figure.jobs_women for figure in shown),
        tuple(figure.jobs_men for figure in shown),
        tuple(month for month in months if month not in known),
    )
