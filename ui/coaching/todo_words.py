"""What waits for an advisor, as lines of a list: who waits, what is due, who was sent, what is not written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.clock import day_of
from app.domain.codes import code_label
from app.domain.referrals import ReferralState
from app.i18n import _, current_language, ngettext
from ui.coaching.entries import Entry
from ui.coaching.referral_words import word_hub, word_service, word_state, word_towards
from ui.people.wording import full_name, isolate, join_facts, word_day, word_time
from ui.reception.queue_model import word_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.domain.calendar import Appointment
    from app.domain.coaching import Session, Step
    from app.domain.my_day import MyDay
    from app.domain.referrals import ReferralRow
    from app.domain.visits import Counter, CounterQueue, QueueRow
    from ui.coaching.snapshot import DaySnapshot

TAKE_KEY: Final = "F4"
_MINUTE_MS: Final = 60_000
_MOST_WAITING: Final = 4
"""The desk has the whole queue; here it must not push away what is to be done."""


def queues_of(mine: MyDay) -> tuple[CounterQueue, ...]:
    """The queues at the account's counters; all of them while it has none."""
    return tuple(queue for queue in mine.queues if not mine.counters or queue.counter.id in mine.counters)


def next_waiting(mine: MyDay) -> QueueRow | None:
    """Who has waited longest at the account's counters, and has a name."""
    waiting = [row for queue in queues_of(mine) for row in queue.rows if not row.called]
    return min(waiting, key=lambda row: row.queued_at, default=None)


def list_todo(snapshot: DaySnapshot) -> list[Entry]:
    """All lines, under their headings. A heading without lines is left out, but for who waits."""
    mine = snapshot.mine
    lines = [*_waiting(mine, snapshot.now)]
    steps = [*mine.overdue, *mine.due]
    if steps:
        lines.append(_heading(_("To do"), len(steps)))
        lines += [_step(step, mine.day) for step in steps]
    if snapshot.received:
        lines.append(_heading(_("Sent to me"), len(snapshot.received)))
        lines += [_received(row, mine.day) for row in snapshot.received]
    if snapshot.unanswered:
        lines.append(_heading(_("Sent by me, without an answer"), len(snapshot.unanswered)))
        lines += [_unanswered(row) for row in snapshot.unanswered]
    unwritten = len(mine.unlogged) + len(mine.without_note)
    if unwritten:
        lines.append(_heading(_("To be written down"), unwritten))
        lines += [_unlogged(item, mine.day) for item in mine.unlogged]
        lines += [_unnoted(item, mine.day) for item in mine.without_note]
    return lines


def word_late(due: date | None, today: date) -> tuple[str, str]:
    """How late something is, or when it is due, and the colour of saying so."""
    if due is None:
        return "", "quiet_ink"
    late = (today - due).days
    if late > 0:
        return ngettext("{count} day late", "{count} days late", late).format(count=late), "danger"
    if late == 0:
        return _("today"), "attention"
    return word_day(due, today), "quiet_ink"


def _heading(title: str, count: int, key: str = "") -> Entry:
    return Entry(title, is_heading=True, chip=str(count), key_shown=key)


def _waiting(mine: MyDay, now: int) -> Iterator[Entry]:
    queues = queues_of(mine)
    if not queues:
        return
    rows = sorted(
        ((row, queue.counter) for queue in queues for row in queue.rows),
        key=lambda pair: (pair[0].called, pair[0].queued_at),
    )
    waiting = sum(1 for row, _counter in rows if not row.called)
    title = _("Waiting at my counters") if mine.counters else _("Waiting at the counters")
    yield _heading(title, waiting, TAKE_KEY if waiting else "")
    if not rows:
        yield Entry(_("Nobody waits."))
    for row, counter in rows[:_MOST_WAITING]:
        yield _visitor(row, counter, now)
    if len(rows) > _MOST_WAITING:
        more = len(rows) - _MOST_WAITING
        yield Entry(ngettext("and {count} more", "and {count} more", more).format(count=more))


def _visitor(row: QueueRow, counter: Counter, now: int) -> Entry:
    visit = row.visit
    minutes = max(0, (now - row.queued_at) // _MINUTE_MS)
    return Entry(
        full_name(visit.name, visit.name_ar),
        ("visit", visit.id),
        lead=word_time(visit.arrived_at),
        icon="user",
        icon_tone="good" if row.called else "ink",
        detail=join_facts(
            f"{counter.position} {counter.label(current_language())}",
            code_label("visit_reasons", visit.reason, current_language()),
        ),
        chip=_("at the counter") if row.called else word_minutes(minutes),
        chip_tone="good" if row.called else "quiet_ink",
    )


def _step(step: Step, today: date) -> Entry:
    chip, tone = word_late(step.due, today)
    name = full_name(step.name, step.name_ar) if step.person_id is not None else ""
    return Entry(step.label(current_language()), ("step", step.id), icon="step", detail=name, chip=chip, chip_tone=tone)


def _received(row: ReferralRow, today: date) -> Entry:
    sent = _("sent by {name}").format(name=isolate(row.sender))
    accepted = row.state is ReferralState.ACCEPTED
    return Entry(
        full_name(row.name, row.name_ar),
        ("referral", row.id),
        icon="referral",
        icon_tone="good" if accepted else "ink",
        detail=join_facts(word_hub(row.from_hub), sent, word_service(row), row.reason),
        chip=_("result to be noted") if accepted else word_day(day_of(row.sent_at), today),
        chip_tone="attention" if row.late else "quiet_ink",
    )


def _unanswered(row: ReferralRow) -> Entry:
    return Entry(
        full_name(row.name, row.name_ar),
        ("referral", row.id),
        icon="referral",
        detail=join_facts(word_towards(row), word_service(row)),
        chip=word_state(row),
        chip_tone="attention",
    )


def _unlogged(item: Appointment, today: date) -> Entry:
    name = full_name(item.name, item.name_ar) if item.person_id is not None else item.purpose
    return Entry(
        name or _("Appointment"),
        ("unlogged", item.id),
        icon="calendar",
        detail=join_facts(_("appointment without a session"), item.purpose if item.person_id is not None else ""),
        chip=word_day(day_of(item.starts_at), today),
        chip_tone="attention",
    )


def _unnoted(session: Session, today: date) -> Entry:
    names = [full_name(each.name, each.name_ar) for each in session.attendees]
    who = (
        names[0]
        if len(names) == 1
        else session.title or ngettext("{count} person", "{count} people", len(names)).format(count=len(names))
    )
    return Entry(
        who,
        ("unnoted", session.id),
        icon="session",
        detail=join_facts(_("session without a note"), code_label("session_kinds", session.kind, current_language())),
        chip=word_day(day_of(session.starts_at), today),
    )
