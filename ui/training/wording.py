"""Trainings in words: places, hours, marks of a day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_decimal

from app.domain.trainings import Mark, Result
from app.i18n import _, current_language, current_locale, ngettext, pgettext
from ui.people.wording import full_name, isolate, join_facts
from ui.ventures.amounts import word_date, word_number
from ui.ventures.wording import word_code

if TYPE_CHECKING:
    from app.domain.trainings import Day, Enrolment, Presence, Training


def word_title(training: Training) -> str:
    """The title in the language in use, or in one that there is."""
    return training.title(current_language())


def word_hours(minutes: int) -> str:
    """Minutes as hours."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"))
    return _("{hours} h").format(hours=word_number(hours.normalize() if hours % 1 else hours.to_integral_value()))


def word_places(training: Training) -> str:
    """Places taken of those there are; that there are more people than places is said, not hidden."""
    if not training.places:
        taken = ngettext("{number} enrolled", "{number} enrolled", training.enrolled)
        said = taken.format(number=word_number(training.enrolled))
    else:
        said = _("{taken} of {places} places taken").format(
            taken=word_number(training.enrolled), places=word_number(training.places)
        )
    waiting = ngettext("{number} waiting", "{number} waiting", training.waiting)
    over = ngettext("{number} above the capacity", "{number} above the capacity", training.over)
    return join_facts(
        said,
        over.format(number=word_number(training.over)) if training.over else "",
        waiting.format(number=word_number(training.waiting)) if training.waiting else "",
    )


def word_span(training: Training) -> str:
    """From the first to the last day."""
    if training.first_day is None or training.last_day is None:
        return _("no day planned yet")
    if training.first_day == training.last_day:
        return word_date(training.first_day)
    return _("{first} to {last}").format(first=word_date(training.first_day), last=word_date(training.last_day))


def word_facts(training: Training) -> str:
    """What there is to know of a training, in a line."""
    return join_facts(
        word_code("training_states", training.state),
        word_span(training),
        word_hours(training.minutes) if training.minutes else "",
        training.trainer,
        training.place,
    )


def word_times(day: Day) -> str:
    """From when to when."""
    return isolate(f"{day.from_time:%H:%M}–{day.to_time:%H:%M}")


def word_who(row: Enrolment) -> str:
    """A person's name."""
    return full_name(row.name, row.name_ar)


def mark_letter(presence: Presence | None) -> str:
    """The letter of a mark in a cell, the one that its key has."""
    return "" if presence is None else mark_letters().get(presence.mark, "?")


def mark_letters() -> dict[Mark, str]:
    """The letter of each mark in the language in use."""
    return {
        Mark.PRESENT: pgettext("mark", "P"),
        Mark.LATE: pgettext("mark", "L"),
        Mark.ABSENT: pgettext("mark", "A"),
        Mark.EXCUSED: pgettext("mark", "E"),
    }


def word_legend() -> str:
    """What the keys of the grid do."""
    letters = mark_letters()
    marks = join_facts(*(f"{letters[mark]} {word_code('presence_marks', mark)}" for mark in Mark))
    return _("Arrows move · {marks} · Space goes on to the next mark · Delete clears").format(marks=marks)


def word_result(row: Enrolment, best: int) -> str:
    """What the assessment gave; empty where there was none."""
    found = row.assessment
    if found is None:
        return ""
    mark = ""
    if found.points is not None:
        mark = isolate(f"{_word_points(found.points)}/{_word_points(best)}")
    return join_facts(word_code("assessment_results", found.result), mark)


def _word_points(points: int) -> str:
    return str(format_decimal(Decimal(points) / 100, format="#0.##", locale=current_locale()))


def result_tone(row: Enrolment) -> str:
    """The tone of an assessment."""
    if row.assessment is None:
        return "quiet_ink"
    return "good" if row.assessment.result is Result.PASSED else "attention"
