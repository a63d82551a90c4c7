"""Days and times as people type them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.coaching.day_reading import read_day, read_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("7", date(2026, 12, 1)),
        ("+ 10", date(2026, 12, 4)),
        ("٧", date(2026, 12, 1)),
        ("12/12", date(2026, 12, 12)),
        ("5/1", date(2027, 1, 5)),
        ("20/11", date(2026, 11, 20)),
        ("5/1/27", date(2027, 1, 5)),
        ("05.01.2027", date(2027, 1, 5)),
        ("2027-01-05", date(2027, 1, 5)),
        ("demain", date(2026, 11, 25)),
        ("lundi", date(2026, 11, 30)),
        ("MAR", date(2026, 12, 1)),
        ("friday", date(2026, 11, 27)),
        ("الاثنين", date(2026, 11, 30)),
        ("غدا", date(2026, 11, 25)),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["32/1", "29/2/2027", "x", "lundredi", "1/2/3/4", "--"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("14h", time(14)),
        ("14h05", time(14, 5)),
        ("0930", time(9, 30)),
        ("٩:٣٠", time(9, 30)),
        (" ", None),
    ],
)
def test_times(text: str, at: time | None) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["25", "9:75", "x", "9:5"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_time(text)


@given(st.integers(0, 999))
def test_a_number_is_so_many_days_ahead(days: int) -> None:
    assert read_day(str(days), TODAY) == TODAY + timedelta(days=days)


@given(st.dates(date(2027, 1, 1), date(2099, 12, 31)))
def test_a_whole_date_is_itself_in_every_way_of_writing_it(day: date) -> None:
    assert {read_day(text, TODAY) for text in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", day.isoformat())} == {day}


@given(st.text(max_size=20))
def test_anything_typed_is_a_day_or_is_refused(text: str) -> None:
    for reader in (lambda: read_day(text, TODAY), lambda: read_time(text)):
        try:
            reader()
        except (ValueError, OverflowError):
            continue
