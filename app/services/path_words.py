"""What is missing, remarked or in conflict, in the words of the language in use: said alike wherever it is said."""

from app.domain.path import FIGURES_NEEDED, INCUBATION_DAYS, Missing, MissingCode
from app.domain.selection import Conflict, Gap
from app.domain.ventures import FEWEST, MOST, Remark, RemarkCode
from app.i18n import _, ngettext


def word_missing(missing: Missing) -> str:
    """What a stage asks for and is not there."""
    code = MissingCode
    if missing.code is code.INCUBATION:
        days = int(missing.detail or 0)
        return ngettext(
            "{count} day of pre-incubation so far, of {needed}",
            "{count} days of pre-incubation so far, of {needed}",
            days,
        ).format(count=days, needed=INCUBATION_DAYS)
    if missing.code is code.FIGURES:
        months = int(missing.detail or 0)
        return ngettext(
            "{count} month of figures so far, of {needed}", "{count} months of figures so far, of {needed}", months
        ).format(count=months, needed=FIGURES_NEEDED)
    return {
        code.APPLICATION: _("an application to a call"),
        code.COMPLETE_APPLICATION: _("a complete application"),
        code.PRESELECTED: _("an application kept in the pre-selection"),
        code.ADVISOR: _("an advisor"),
        code.MEMBER: _("at least one member"),
        code.BUSINESS_PLAN: _("a session on the business plan"),
        code.ACCEPTED: _("an application that was accepted"),
        code.SIGNED_AGREEMENT: _("a signed funding agreement"),
        code.PAYMENT: _("a first payment"),
        code.REGISTRATION: _("a full registration, with its number and day"),
        code.OUTCOME: _("an outcome"),
    }.get(missing.code, str(missing.code))


def word_remark(remark: Remark) -> str:
    """What is told about the members, and refused to nobody."""
    share = f"{remark.count // 100},{remark.count % 100:02d}"
    if remark.code is RemarkCode.SHARES_OVER_WHOLE:
        return _("The shares add up to {sum} %, more than the whole: make one of them smaller.").format(sum=share)
    if remark.code is RemarkCode.SHARES_UNDER_WHOLE:
        return _("The shares add up to {sum} %: the rest is nobody's yet.").format(sum=share)
    sentence = ngettext(
        "A collective start-up has {fewest} to {most} members; this one has {count}.",
        "A collective start-up has {fewest} to {most} members; this one has {count}.",
        remark.count,
    )
    return sentence.format(fewest=FEWEST, most=MOST, count=remark.count)


def word_gap(gap: Gap) -> str:
    """What an application lacks, or how it is not as the call asks."""
    return {
        Gap.NAME: _("the venture's name is missing"),
        Gap.SECTOR: _("the sector is missing"),
        Gap.ACTIVITY: _("the activity is not described"),
        Gap.CITY: _("the city is missing"),
        Gap.MEMBER: _("no member is on record"),
        Gap.KIND_NOT_ADMITTED: _("the call is for other kinds of ventures"),
        Gap.BEFORE_OPENING: _("it came before the call opened"),
        Gap.AFTER_CLOSING: _("it came after the call closed"),
        Gap.NOT_OPEN: _("the call is not open"),
    }.get(gap, str(gap))


def word_conflict(conflict: Conflict) -> str:
    """Why a juror does not score a venture."""
    return {
        Conflict.ADVISOR: _("is the venture's advisor"),
        Conflict.MEMBER: _("bears the name of a member of the venture"),
        Conflict.DECLARED: _("said to be too close to the venture"),
    }.get(conflict, str(conflict))
