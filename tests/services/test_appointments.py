"""Appointments: planned, moved, told where they clash; to and from calendar files without giving anybody away."""

from datetime import date

import pytest
from icalendar import Calendar

from app.domain.accounts import Role
from app.domain.calendar import AppointmentState, NewAppointment
from app.domain.ids import AppointmentId
from app.errors import NotAllowedError, NotFoundError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import appointments, audit, calendar_files
from tests.factories import DAY, LOGINS, MINUTE, SettableClock, open_as
from tests.services.coaching import add, plan, token

HOUR = 60 * MINUTE


def test_appointments_of_a_day_and_of_a_week(hub: Hub, clock: SettableClock) -> None:
    # Thursday, 12 March 2026
    today = plan(hub, clock.moment, add(hub)).value
    monday = plan(hub, clock.moment - 3 * DAY).value
    sunday = plan(hub, clock.moment + 3 * DAY + 14 * HOUR).value
    plan(hub, clock.moment + 4 * DAY)
    assert [item.id for item in hub.read(appointments.list_day)] == [today.id]
    assert [item.id for item in hub.read(appointments.list_week)] == [monday.id, today.id, sunday.id]
    assert [item.id for item in hub.read(lambda uow: appointments.list_week(uow, date(2026, 3, 15)))] == [
        monday.id, today.id, sunday.id,
    ]  # fmt: skip
    assert (today.name, today.state, today.ends_at - today.starts_at) == (
        "Awa Ndiaye", AppointmentState.PLANNED, 45 * MINUTE,
    )  # fmt: skip


def test_one_that_reaches_over_midnight_is_of_both_days(hub: Hub, clock: SettableClock) -> None:
    late = plan(hub, clock.moment + 14 * HOUR + 45 * MINUTE).value
    for day in (date(2026, 3, 12), date(2026, 3, 13)):
        assert [item.id for item in hub.read(lambda uow, day=day: appointments.list_day(uow, day))] == [late.id]  # type: ignore[misc]


def test_clashes_are_told_and_nothing_is_refused(hub: Hub, clock: SettableClock) -> None:
    first = plan(hub, clock.moment, minutes=60).value
    second = plan(hub, clock.moment + 30 * MINUTE).value
    after = plan(hub, clock.moment + 75 * MINUTE).value
    assert (first.clashes, second.clashes, after.clashes) == ((), (first.id,), ())
    assert [item.clashes for item in hub.read(appointments.list_day)] == [(second.id,), (first.id,), ()]
    gone = hub.write(lambda uow: appointments.cancel_appointment(first.id, uow))
    assert hub.read(lambda uow: appointments.show_appointment(second.id, uow)).clashes == ()
    hub.undo(token(gone.undo))
    assert hub.read(lambda uow: appointments.show_appointment(second.id, uow)).clashes == (first.id,)


def test_an_appointment_is_moved_kept_missed_and_cancelled(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    made = plan(hub, clock.moment).value
    edited = hub.write(lambda uow: appointments.edit_appointment(made.id, uow, purpose=" CV ", person_id=person))
    assert (edited.value.purpose, edited.value.person_id) == ("CV", person)
    assert edited.changes.people == {person}
    assert hub.write(lambda uow: appointments.miss_appointment(made.id, uow)).value.state is AppointmentState.MISSED
    moved = hub.write(lambda uow: appointments.move_appointment(made.id, clock.moment + DAY, uow, 30)).value
    assert (moved.starts_at, moved.minutes, moved.state, moved.uid) == (
        clock.moment + DAY, 30, AppointmentState.PLANNED, made.uid,
    )  # fmt: skip
    assert hub.write(lambda uow: appointments.keep_appointment(made.id, uow)).value.state is AppointmentState.KEPT
    assert hub.read(lambda uow: appointments.list_of_person(person, uow))[0].id == made.id
    for bad in (-1, 10**14):
        with pytest.raises(UserError, match="2000"):
            hub.write(lambda uow, bad=bad: appointments.move_appointment(made.id, bad, uow))  # type: ignore[misc]
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: appointments.keep_appointment(AppointmentId(person), uow))


def test_a_colleague_can_be_given_an_appointment(hub: Hub, clock: SettableClock, paths: HubPaths) -> None:
    colleague = open_as(paths, LOGINS[Role.ADVISOR], clock)
    command = NewAppointment(clock.moment, advisor_id=colleague.actor.account_id)
    made = hub.write(lambda uow: appointments.add_appointment(command, uow)).value
    assert made.advisor == "Compte advisor"
    assert [item.id for item in colleague.read(appointments.list_day)] == [made.id]
    assert hub.read(appointments.list_day) == ()
    colleague.close()


def events(content: bytes) -> list[tuple[str, str]]:
    return [(str(item["UID"]), str(item["SUMMARY"])) for item in Calendar.from_ical(content).walk("VEVENT")]


def test_a_calendar_file_gives_nobody_away(hub: Hub, clock: SettableClock, paths: HubPaths) -> None:
    person = add(hub, "Fatoumata Camara")
    made = plan(hub, clock.moment, person).value
    hub.write(lambda uow: appointments.edit_appointment(made.id, uow, purpose="Fatoumata's permit"))
    plan(hub, clock.moment + DAY)
    content = hub.read(calendar_files.export_week)
    assert [summary for _uid, summary in events(content)] == ["Appointment F.", "Appointment"]
    text = content.decode()
    for word in ("atoumata", "Camara", "permit", made.number, hub.actor.hub_code, str(made.id), str(person)):
        assert word not in text
    named = hub.read(lambda uow: calendar_files.export_calendar([made.id], uow, names=True))
    assert events(named) == [(made.uid, "Fatoumata Camara · Fatoumata's permit")]
    details = [event.detail for event in hub.read(audit.list_events) if event.action == "exported"]
    assert details == ["1 to a calendar file, with names", "2 to a calendar file"]
    reader = open_as(paths, LOGINS[Role.DATA_PROTECTION], clock)
    assert events(reader.read(lambda uow: calendar_files.export_calendar([made.id], uow)))
    with pytest.raises(NotAllowedError):
        reader.read(lambda uow: calendar_files.export_calendar([made.id], uow, names=True))
    reader.close()


def test_what_was_exported_and_moved_elsewhere_comes_back(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    made = plan(hub, clock.moment, person).value
    hub.write(lambda uow: appointments.edit_appointment(made.id, uow, purpose="CV"))
    content = hub.read(calendar_files.export_week)
    same = hub.write(lambda uow: calendar_files.import_calendar(content, uow)).value
    assert (same.added, same.changed, same.unchanged) == ((), (), 1)
    start = content.decode().partition("DTSTART:")[2][:16]
    moved = content.replace(f"DTSTART:{start}".encode(), b"DTSTART:20260312T120000Z")
    moved = moved.replace(b"DTEND:20260312T094500Z", b"DTEND:20260312T123000Z")
    done = hub.write(lambda uow: calendar_files.import_calendar(moved, uow))
    assert done.value.changed == (made.id,)
    now = hub.read(lambda uow: appointments.show_appointment(made.id, uow))
    assert (now.minutes, now.purpose, now.person_id) == (30, "CV", person)
    assert now.starts_at == made.starts_at + 3 * HOUR
    cancelled = moved.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED")
    hub.write(lambda uow: calendar_files.import_calendar(cancelled, uow))
    assert hub.read(appointments.list_day)[0].state is AppointmentState.CANCELLED
    hub.write(lambda uow: appointments.keep_appointment(made.id, uow))
    left = hub.write(lambda uow: calendar_files.import_calendar(content, uow)).value
    assert (left.changed, left.kept) == ((), 1)


FOREIGN = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Google Inc//Google Calendar 70.9054//EN
BEGIN:VEVENT
UID:abc@google.com
DTSTAMP:20260310T000000Z
DTSTART;TZID=Africa/Casablanca:20260312T100000
DTEND;TZID=Africa/Casablanca:20260312T110000
SUMMARY:ANAPEC\\, r\xc3\xa9union
END:VEVENT
BEGIN:VEVENT
UID:wall@nowhere
DTSTART:20260313T150000
SUMMARY:%s
END:VEVENT
BEGIN:VEVENT
UID:day@nowhere
DTSTART;VALUE=DATE:20260314
END:VEVENT
BEGIN:VEVENT
UID:old@nowhere
DTSTART:19010101T000000Z
END:VEVENT
END:VCALENDAR
"""


def test_events_of_another_program_become_appointments_with_nobody(hub: Hub) -> None:
    done = hub.write(lambda uow: calendar_files.import_calendar(FOREIGN % b"Bank", uow))
    assert (len(done.value.added), done.value.skipped) == (2, 2)
    week = hub.read(appointments.list_week)
    assert [(item.purpose, item.minutes, item.person_id, item.uid) for item in week] == [
        ("ANAPEC, réunion", 60, None, "abc@google.com"), ("Bank", 45, None, "wall@nowhere"),
    ]  # fmt: skip
    again = hub.write(lambda uow: calendar_files.import_calendar(FOREIGN % b"Bank, moved", uow)).value
    assert (again.added, again.changed, again.unchanged) == ((), (week[1].id,), 1)
    assert hub.read(appointments.list_week)[1].purpose == "Bank, moved"
    assert len(hub.read(appointments.list_week)) == 2


def test_an_import_is_taken_back_whole(hub: Hub) -> None:
    done = hub.write(lambda uow: calendar_files.import_calendar(FOREIGN % b"Bank", uow))
    hub.undo(token(done.undo))
    assert hub.read(appointments.list_week) == ()
    assert len(hub.write(lambda uow: calendar_files.import_calendar(FOREIGN % b"Bank", uow)).value.added) == 2


@pytest.mark.parametrize("content", [b"", b"hello", FOREIGN[:200], FOREIGN.replace(b"VCALENDAR", b"VCARD")])
def test_a_broken_file_is_refused_with_a_sentence(hub: Hub, content: bytes) -> None:
    with pytest.raises(UserError, match="not a calendar file"):
        hub.write(lambda uow: calendar_files.import_calendar(content, uow))
    assert hub.read(appointments.list_week) == ()
