"""How what an application lacks, and why a juror does not score it, is worded."""

from fractions import Fraction

from babel.numbers import format_decimal

from app.domain.selection import Conflict, Gap
from app.i18n import _, current_locale
from ui.widgets.words import keep_left_to_right


def word_gap(gap: Gap) -> str:
    """One thing that is missing, or not as the call asks."""
    return {
        Gap.NAME: _("name"),
        Gap.SECTOR: _("sector"),
        Gap.ACTIVITY: _("activity"),
        Gap.CITY: _("city"),
        Gap.MEMBER: _("a member"),
        Gap.KIND_NOT_ADMITTED: _("this kind is not admitted"),
        Gap.BEFORE_OPENING: _("came before the call opened"),
        Gap.AFTER_CLOSING: _("came after the call closed"),
        Gap.NOT_OPEN: _("the call is not open"),
    }[gap]


def word_conflict(conflict: Conflict) -> str:
    """Why somebody does not score."""
    return {
        Conflict.ADVISOR: _("accompanies this venture"),
        Conflict.MEMBER: _("has the name of a member"),
        Conflict.DECLARED: _("declared to be too close"),
    }[conflict]


def word_points(hundredths: int) -> str:
    """Points that are kept in hundredths."""
    return keep_left_to_right(str(format_decimal(hundredths / 100, "0.##", locale=current_locale())))


def word_total(total: Fraction | None) -> str:
    """A total out of 100, two digits shown; equal ones are equal before they are rounded."""
    if total is None:
        return "–"
    return keep_left_to_right(str(format_decimal(float(total), "0.00", locale=current_locale())))
