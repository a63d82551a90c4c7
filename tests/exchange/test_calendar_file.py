"""Calendar files: what is written can be read by anybody, and what anybody wrote does no harm."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.calendar_file import (
    MOST_EVENTS,
    BrokenCalendarError,
    CalendarEvent,
    read_calendar,
    write_calendar,
)

STAMP = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# what a calendar may hold: no controls but the end of a line (RFC 5545, 3.3.11), which programs write in one form
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.just("\n"), max_size=200)
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
EVENTS = st.builds(
    CalendarEvent,
    uid=st.from_regex(r"[a-z0-9]{1,40}@[a-z.]{1,60}", fullmatch=True),
    starts=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=ZONES).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
    minutes=st.integers(1, 24 * 60),
    summary=WORDS,
    cancelled=st.booleans(),
)


@given(st.lists(EVENTS, max_size=5, unique_by=lambda event: event.uid))
def test_what_is_written_is_read_again(events: list[CalendarEvent]) -> None:
    content = write_calendar(events, STAMP)
    read = read_calendar(content)
    assert read.skipped == 0
    assert [(item.uid, item.starts, item.minutes, item.cancelled) for item in read.events] == [
        (item.uid, item.starts, item.minutes, item.cancelled) for item in events
    ]
    assert [item.summary for item in read.events] == [item.summary for item in events]


@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_lines_are_folded_as_the_standard_says(events: list[CalendarEvent]) -> None:
    content = write_calendar(events, STAMP)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        # RFC 5545, 3.1: at most 75 octets; and no letter is cut in two
        assert len(line) <= 75
        line.decode()


@given(st.binary(max_size=400))
def test_bytes_that_are_no_calendar_are_refused(content: bytes) -> None:
    with pytest.raises(BrokenCalendarError):
        read_calendar(content)


@given(st.lists(EVENTS, min_size=1, max_size=3), st.data())
def test_a_calendar_that_was_cut_or_altered_is_read_or_refused(
    events: list[CalendarEvent], data: st.DataObject
) -> None:
    content = bytearray(write_calendar(events, STAMP))
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[place:]
    else:
        content[place] = data.draw(st.integers(0, 255))
    try:
        read = read_calendar(bytes(content))
    except BrokenCalendarError:
        return
    assert all(item.uid for item in read.events)


def calendar(*lines: str) -> bytes:
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Another//EN", *lines, "END:VCALENDAR", ""]
    return "\r\n".join(body).encode()


def event(*lines: str, uid: str = "x@y") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"]


ZONE = [
    "BEGIN:VTIMEZONE", "TZID:Romance Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
]  # fmt: skip
TIMES = {
    "utc": ("DTSTART:20260701T080000Z", "DTEND:20260701T083000Z"),
    "casablanca": ("DTSTART;TZID=Africa/Casablanca:20260701T090000", "DURATION:PT30M"),
    "outlook": (
        "DTSTART;TZID=Romance Standard Time:20260701T100000",
        "DTEND;TZID=Romance Standard Time:20260701T103000",
    ),
}


@pytest.mark.parametrize("name", TIMES)
def test_times_of_other_programs_are_understood(name: str) -> None:
    read = read_calendar(calendar(*ZONE, *event(*TIMES[name], "SUMMARY:Réunion")))
    (found,) = read.events
    assert (found.starts.astimezone(UTC), found.minutes) == (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), 30)
    assert found.summary == "Réunion"


def test_the_time_on_the_wall_has_no_zone() -> None:
    (found,) = read_calendar(calendar(*event("DTSTART:20260701T090000"))).events
    assert found.starts == datetime(2026, 7, 1, 9, 0)  # noqa: DTZ001
    assert found.minutes == 0


def test_whole_days_series_and_nonsense_are_counted_and_left_out() -> None:
    read = read_calendar(
        calendar(
            *event("DTSTART;VALUE=DATE:20260701", uid="day@y"),
            *event("DTSTART:20260701T090000Z", "RRULE:FREQ=WEEKLY", uid="series@y"),
            *event("DTSTART:20260708T100000Z", "RECURRENCE-ID:20260708T090000Z", uid="series@y"),
            *event("DTSTART:tomorrow", uid="odd@y"),
            *event("SUMMARY:never", uid="never@y"),
            *event("DTSTART:20260701T090000Z", uid=""),
            *event("DTSTART:20260701T090000Z", uid="good@y"),
        )
    )
    assert [item.uid for item in read.events] == ["good@y"]
    assert read.skipped == 6


def test_the_later_of_two_events_of_one_name_holds() -> None:
    read = read_calendar(
        calendar(*event("DTSTART:20260701T090000Z"), *event("DTSTART:20260702T090000Z", "STATUS:CANCELLED"))
    )
    (found,) = read.events
    assert (found.starts.day, found.cancelled) == (2, True)


def test_a_mark_of_byte_order_and_bare_line_ends_do_no_harm() -> None:
    content = calendar(*event("DTSTART:20260701T090000Z")).replace(b"\r\n", b"\n")
    assert len(read_calendar(b"\xef\xbb\xbf" + content).events) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfeB"],
)
def test_what_is_no_calendar_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(BrokenCalendarError):
        read_calendar(content)


def test_a_calendar_without_end_of_events_is_refused() -> None:
    lines = [line for number in range(MOST_EVENTS + 1) for line in event("DTSTART:20260701T090000Z", uid=f"{number}")]
    with pytest.raises(BrokenCalendarError):
        read_calendar(calendar(*lines))
