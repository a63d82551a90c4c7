"""Calendar files (iCalendar, RFC 5545): appointments to and from the calendar of a telephone or an office program.

A calendar file is not encrypted, and the telephone that reads it copies it to others' computers: it leaves the store
for good. So what is written is decided by the caller, who leaves out whatever would tell who comes to a hub.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Component, Event

PRODUCT: Final = "-//Wasl//Wasl//EN"
LARGEST: Final = 8 * 1024 * 1024
MOST_EVENTS: Final = 5000
_MINUTE: Final = timedelta(minutes=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class BrokenCalendarError(ValueError):
    """The content is no calendar file, or only the beginning of one."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `starts` has a zone, or none where the file means the time on the wall (RFC 5545, 3.3.5, form 1)."""

    uid: str
    starts: datetime
    minutes: int
    summary: str
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """The events of a file that have a time, once each; `skipped` counts whole days, series and what made no sense."""

    events: tuple[CalendarEvent, ...]
    skipped: int


def write_calendar(events: Sequence[CalendarEvent], stamp: datetime) -> bytes:
    """A calendar file with these events, all times in UTC; `stamp`, with a zone, is when they were as they are."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for item in events:
        event = Event()
        event.add("uid", item.uid)
        event.add("dtstamp", _plain(stamp))
        event.add("dtstart", _plain(item.starts))
        event.add("dtend", _plain(item.starts) + item.minutes * _MINUTE)
        event.add("summary", item.summary)
        event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
        # others who see the calendar are told that the time is taken, and not by what
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def read_calendar(content: bytes) -> ReadCalendar:
    """The events of a calendar file, whoever wrote it. Raises BrokenCalendarError."""
    if len(content) > LARGEST:
        raise BrokenCalendarError("too large")
    try:
        # a mark of the order of bytes, as Windows writes it, is none of the file's
        calendars = Calendar.from_ical(content.decode("utf-8-sig"), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenCalendarError(str(error)[:200]) from error
    found = [item for calendar in calendars if calendar.name == "VCALENDAR" for item in calendar.walk("VEVENT")]
    if not any(calendar.name == "VCALENDAR" for calendar in calendars):
        raise BrokenCalendarError("no calendar in it")
    if len(found) > MOST_EVENTS:
        raise BrokenCalendarError("too many events")
    events: dict[str, CalendarEvent] = {}
    skipped = 0
    for item in found:
        event = _read(item)
        if event is None:
            skipped += 1
        else:
            events[event.uid] = event
    return ReadCalendar(tuple(events.values()), skipped)


def _read(item: Component) -> CalendarEvent | None:
    """An event; None for a whole day, a series or one of its exceptions, and for what has no name or no time."""
    if any(name in item for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        return None
    try:
        uid = str(item.get("UID", "")).strip()
        starts = item.decoded("DTSTART")
        if not uid or not isinstance(starts, datetime):
            return None
        length = _length(item, starts)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    summary = item.get("SUMMARY", "")
    status = str(item.get("STATUS", "")).upper()
    minutes = -(-length // _MINUTE)
    return CalendarEvent(uid, starts, minutes, str(summary), cancelled=status == "CANCELLED")


def _length(item: Component, starts: datetime) -> timedelta:
    if "DTEND" in item:
        ends = item.decoded("DTEND")
        if isinstance(ends, date) and not isinstance(ends, datetime):
            ends = datetime.combine(ends, time(), starts.tzinfo)
        return timedelta(seconds=_seconds(ends) - _seconds(starts))
    if "DURATION" in item:
        length = item.decoded("DURATION")
        if isinstance(length, timedelta):
            return length
    return timedelta()


def _seconds(moment: datetime) -> float:
    """Seconds since 1970; the difference of two with a zone counts what passed, also where summer time ends."""
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH).total_seconds()


def _plain(moment: datetime) -> datetime:
    """In UTC, to the second: RFC 5545 knows no parts of one."""
    return moment.astimezone(UTC).replace(microsecond=0)
