"""What My day shows, read in one go: what is to be done, and the appointments of the days in view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.clock import day_of
from app.domain.calendar import week_of
from app.i18n import current_language
from app.services import appointments, cases, referrals, steps
from app.services.my_day import my_day
from ui.coaching.next_field import Usual

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.calendar import Appointment
    from app.domain.coaching import StepTemplate
    from app.domain.ids import PersonId
    from app.domain.my_day import MyDay
    from app.domain.referrals import ReferralRow
    from ui.widgets.words import Words

DAY: Final = "day"
WEEK: Final = "week"
LIST: Final = "list"
_WEEKS_LISTED: Final = 4
_MOST_USUAL: Final = 6


@dataclass(frozen=True, slots=True)
class DaySnapshot:
    """My day at one moment. `days` are those in view, `shown` what lies in them; `now` in epoch ms.

    `received` are people sent to me or to this hub, until something came of it; `unanswered` those whom I sent on and
    for whom nobody answers.
    """

    mine: MyDay
    view: str
    days: tuple[date, ...]
    shown: tuple[Appointment, ...]
    now: int
    received: tuple[ReferralRow, ...] = ()
    unanswered: tuple[ReferralRow, ...] = ()

    @property
    def today(self) -> date:
        """The day that it is."""
        return self.mine.day


def read_day(view: str, day: date | None, uow: UnitOfWork) -> DaySnapshot:
    """Read the account's day, and the appointments of a day, its week, or four weeks from it; today if None."""
    today = day_of(uow.now)
    chosen = day or today
    if view == WEEK:
        days = week_of(chosen)
        shown = appointments.list_week(uow, chosen)
    elif view == LIST:
        days = tuple(chosen + timedelta(days=number) for number in range(7 * _WEEKS_LISTED))
        weeks = [appointments.list_week(uow, chosen + timedelta(weeks=number)) for number in range(_WEEKS_LISTED + 1)]
        shown = tuple(item for week in weeks for item in week if days[0] <= day_of(item.starts_at) <= days[-1])
    else:
        days = (chosen,)
        shown = appointments.list_day(uow, chosen)
    me = uow.actor.account_id
    received = tuple(row for row in referrals.inbox(uow) if row.to_account_id in {None, me})
    unanswered = tuple(row for row in referrals.unanswered(uow) if row.sent_by == me and row not in received)
    return DaySnapshot(my_day(uow), view, days, shown, uow.now, received, unanswered)


def read_usual(person_ids: tuple[PersonId, ...], uow: UnitOfWork) -> tuple[Usual, ...]:
    """The steps that are usual in the open cases of somebody and not laid yet; of all kinds where nobody has a case."""
    open_cases = [
        case
        for person_id in person_ids[:1]
        for case in cases.list_cases(uow, person_id=person_id)
        if not case.closed_at
    ]
    kinds = {case.kind for case in open_cases}
    known = {
        step.code for person_id in person_ids[:1] for step in steps.list_steps(uow, person_id=person_id) if step.open
    }
    templates = steps.list_templates(uow)
    fitting = [each for each in templates if each.kind in kinds] or list(templates)
    fresh = [each for each in fitting if each.code not in known] or fitting
    distinct = {each.code: each for each in fresh}
    return tuple(Usual(_words(each)) for each in list(distinct.values())[:_MOST_USUAL])


def _words(template: StepTemplate) -> Words:
    return lambda: template.label(current_language())
