"""The timeline of a person as lines of a list: what is to come, then what happened, month by month."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from babel.dates import format_skeleton

from app.clock import day_of
from app.domain.codes import code_label
from app.domain.timeline import EntryKind, TimelineEntry
from app.i18n import _, current_language, current_locale
from ui.coaching.entries import Entry
from ui.coaching.todo_words import word_late
from ui.people.timeline_titles import word_entry
from ui.people.wording import join_facts, word_day, word_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.domain.coaching import Step
    from ui.people.timeline_reading import PersonRecord


class Filter(StrEnum):
    """Which part of the timeline is shown."""

    ALL = "all"
    VISITS = "visits"
    ACCOMPANIMENT = "accompaniment"
    TO_DO = "to_do"
    WORK = "work"
    PAPERS = "papers"


_KINDS: Final = {
    Filter.VISITS: {EntryKind.VISIT},
    Filter.ACCOMPANIMENT: {
        EntryKind.CASE_OPENED,
        EntryKind.CASE_CLOSED,
        EntryKind.SESSION,
        EntryKind.REFERRAL,
        EntryKind.TRAINING,
    },
    Filter.TO_DO: {EntryKind.STEP_DONE, EntryKind.APPOINTMENT},
    Filter.WORK: {EntryKind.PLACEMENT, EntryKind.AGREEMENT, EntryKind.PAYMENT, EntryKind.MEMBER},
    Filter.PAPERS: {EntryKind.PAPER, EntryKind.CONSENT, EntryKind.CONSENT_WITHDRAWN, EntryKind.ATTACHMENT},
}
_ICONS: Final = {
    EntryKind.VISIT: "desk",
    EntryKind.CASE_OPENED: "case",
    EntryKind.CASE_CLOSED: "case",
    EntryKind.SESSION: "session",
    EntryKind.STEP_DONE: "check",
    EntryKind.APPOINTMENT: "calendar",
    EntryKind.REFERRAL: "referral",
    EntryKind.PLACEMENT: "placement",
    EntryKind.AGREEMENT: "funding",
    EntryKind.PAYMENT: "funding",
    EntryKind.MEMBER: "ventures",
    EntryKind.TRAINING: "trainings",
    EntryKind.PAPER: "papers",
    EntryKind.CONSENT: "consent",
    EntryKind.CONSENT_WITHDRAWN: "consent",
    EntryKind.ATTACHMENT: "attachment",
}


def list_entries(record: PersonRecord, chosen: Filter) -> list[Entry]:
    """All lines of a part of the timeline."""
    kinds = _KINDS.get(chosen)
    wanted = [entry for entry in record.entries if kinds is None or entry.kind in kinds]
    ahead = [
        entry
        for entry in reversed(wanted)
        if entry.kind is EntryKind.APPOINTMENT and entry.at > record.now and entry.state != "cancelled"
    ]
    lines = [*_to_come(record, ahead, steps=chosen in {Filter.ALL, Filter.TO_DO})]
    month = ""
    for entry in wanted:
        if entry in ahead:
            continue
        day = day_of(entry.at)
        its_month = _word_month(day)
        if its_month != month:
            month = its_month
            lines.append(Entry(month, is_heading=True))
        lines.append(_past(entry, day))
    return lines


def _to_come(record: PersonRecord, ahead: list[TimelineEntry], *, steps: bool) -> Iterator[Entry]:
    waiting = record.open_steps if steps else ()
    if not waiting and not ahead:
        return
    yield Entry(_("To come"), is_heading=True, chip=str(len(waiting) + len(ahead)))
    coming: list[tuple[bool, date, Entry]] = [
        (step.due is None, step.due or record.today, _step(step, record.today)) for step in waiting
    ]
    coming += [(False, day_of(entry.at), _past(entry, day_of(entry.at))) for entry in ahead]
    for _undated, _day, line in sorted(coming, key=lambda item: item[:2]):
        yield line


def _step(step: Step, today: date) -> Entry:
    chip, tone = word_late(step.due, today)
    return Entry(
        step.label(current_language()),
        ("step", step.id),
        lead=_word_short(step.due) if step.due is not None else "",
        icon="step",
        icon_tone="ink",
        detail=step.assigned,
        chip=chip if tone != "quiet_ink" else "",
        chip_tone=tone,
    )


def _past(entry: TimelineEntry, day: date) -> Entry:
    title, detail = word_entry(entry)
    if entry.restricted:
        detail = join_facts(detail, _("the note is for advisors and the hub's manager"))
    return Entry(
        title,
        (str(entry.kind), entry.id),
        lead=_word_short(day),
        icon=_ICONS.get(entry.kind, "info"),
        icon_tone="good" if entry.kind is EntryKind.STEP_DONE else "quiet_ink",
        detail=f"{detail}\n{entry.note}".strip() if entry.note else detail,
        chip=_chip(entry),
        chip_tone="attention" if entry.state in {"missed", "no_show", "refused"} else "quiet_ink",
        is_quiet=entry.state in {"cancelled", "missed"},
    )


def _chip(entry: TimelineEntry) -> str:
    if entry.state in {"missed", "cancelled"} and entry.kind is EntryKind.APPOINTMENT:
        return code_label("appointment_states", entry.state, current_language())
    if entry.state == "no_show":
        return code_label("session_results", entry.state, current_language())
    if entry.state == "refused":
        return code_label("consent_ways", entry.state, current_language())
    return word_time(entry.at) if entry.kind in {EntryKind.VISIT, EntryKind.APPOINTMENT} else ""


def _word_month(day: date) -> str:
    words = format_skeleton("yMMMM", day, locale=current_locale())
    return words[:1].upper() + words[1:]


def _word_short(day: date) -> str:
    return word_day(day, day)
