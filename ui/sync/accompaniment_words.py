"""What accompaniment is kept as, in words: kinds of records in a letter, records and fields in a decision."""

from collections.abc import Callable, Mapping
from typing import Final

from app.i18n import _, ngettext, pgettext
from ui.widgets.words import Words

CODED: Final[Mapping[tuple[str, str], str]] = {
    ("case_file", "kind"): "case_kinds",
    ("case_file", "exit"): "exits",
    ("appointment", "state"): "appointment_states",
    ("session", "kind"): "session_kinds",
    ("session", "result"): "session_results",
    ("bond", "kind"): "bond_kinds",
    ("offer", "kind"): "placements",
    ("placement", "kind"): "placements",
    ("referral", "service"): "visit_reasons",
    ("venture", "kind"): "venture_kinds",
    ("venture", "sector"): "sectors",
    ("venture", "legal_form"): "legal_forms",
    ("venture", "registration"): "registration_states",
    ("venture", "stage"): "stages",
    ("venture", "exit"): "exits",
    ("stage_move", "stage"): "stages",
    ("stage_move", "former"): "stages",
    ("member", "role"): "member_roles",
    ("application", "state"): "application_states",
    ("call_for", "state"): "call_states",
    ("agreement", "kind"): "funding_kinds",
    ("agreement", "state"): "funding_states",
    ("budget_line", "kind"): "funding_kinds",
    ("employer", "sector"): "sectors",
    ("training", "kind"): "training_kinds",
    ("training", "state"): "training_states",
    ("enrolment", "state"): "enrolment_states",
    ("presence", "mark"): "presence_marks",
    ("assessment", "result"): "assessment_results",
    ("certificate_end", "reason"): "revocation_reasons",
    ("certificate_end", "state"): "certificate_states",
}
"""Code lists by table and field, where the field alone does not say which."""
MOMENTS: Final = frozenset(
    {"asked_at", "starts_at", "done_at", "sent_at", "answered_at", "added_at", "proposed_at"}
) | frozenset({"received_at", "decided_at", "finished_at"})
DAYS: Final = frozenset(
    {"due", "starts", "ends", "checked", "since", "until", "opens", "closes", "rate_day", "requested_on", "granted_on"}
) | frozenset({"signed_on", "met_on", "paid_on", "registered_on", "exit_on"})
NUMBERS: Final = frozenset(
    {"amount", "turnover", "rate", "mad_per_eur", "amount_eur", "registered_number", "receipt", "month", "phone"}
    | {"from_time", "to_time"}
)
FLAGS: Final = frozenset({"present", "dropped", "complete", "recovered"})

RECORDS: Final[Mapping[str, Words]] = {
    "case_file": lambda: _("Case"),
    "appointment": lambda: _("Appointment"),
    "session": lambda: _("Session"),
    "attendance": lambda: _("Attendance"),
    "step": lambda: _("Step"),
    "step_template": lambda: _("Usual step"),
    "partner": lambda: _("Partner"),
    "referral": lambda: _("Referral"),
    "attachment": lambda: _("Attached file"),
    "attachment_content": lambda: _("Attached file"),
    "bond": lambda: _("Link between people"),
    "employer": lambda: _("Employer"),
    "offer": lambda: _("Job offer"),
    "candidacy": lambda: _("Candidate"),
    "placement": lambda: _("Placement"),
    "venture": lambda: _("Venture"),
    "member": lambda: _("Member of a venture"),
    "stage_move": lambda: _("Stage of a venture"),
    "monthly_figure": lambda: _("Figures of a month"),
    "call_for": lambda: _("Call for applications"),
    "criterion": lambda: _("Criterion"),
    "application": lambda: _("Application"),
    "juror": lambda: _("Member of a jury"),
    "score": lambda: _("Points"),
    "score_sheet": lambda: _("Score sheet"),
    "agreement": lambda: _("Funding agreement"),
    "tranche": lambda: _("Tranche"),
    "payment": lambda: _("Payment"),
    "justification": lambda: _("Evidence of spending"),
    "budget_line": lambda: _("Budget line"),
    "exchange_rate": lambda: _("Exchange rate"),
    "spending": lambda: _("Other spending"),
}
FIELDS: Final[Mapping[str, Words]] = {
    "kind": lambda: _("Kind"),
    "goal": lambda: _("Goal"),
    "advisor_id": lambda: _("Advisor"),
    "assigned_to": lambda: _("For whom"),
    "opened_at": lambda: _("Opened on"),
    "exit": lambda: _("Outcome"),
    "exit_on": lambda: _("Day of the outcome"),
    "starts_at": lambda: _("Begins"),
    "minutes": lambda: _("Minutes"),
    "purpose": lambda: _("Purpose"),
    "title": lambda: _("Title"),
    "result": lambda: _("Result"),
    "note": lambda: _("Note"),
    "present": lambda: _("Was there"),
    "due": lambda: _("Due on"),
    "done_at": lambda: _("Done on"),
    "dropped": lambda: _("Dropped"),
    "service": lambda: _("Service"),
    "services": lambda: _("Services"),
    "city": lambda: _("Town"),
    "answer": lambda: _("Answer"),
    "override_reason": lambda: _("Reason for the exception"),
    "sector": lambda: _("Sector"),
    "legal_form": lambda: _("Legal form"),
    "activity": lambda: _("Activity"),
    "registration": lambda: _("Registration"),
    "registered_number": lambda: _("Registration number"),
    "registered_on": lambda: _("Registered on"),
    "stage": lambda: _("Stage"),
    "share": lambda: _("Share"),
    "since": lambda: _("Since"),
    "until": lambda: _("Until"),
    "month": lambda: _("Month"),
    "turnover": lambda: _("Turnover"),
    "clients": lambda: _("Clients"),
    "jobs_women": lambda: _("Women at work"),
    "jobs_men": lambda: _("Men at work"),
    "weight": lambda: _("Weight"),
    "points": lambda: _("Points"),
    "comment": lambda: _("Comment"),
    "complete": lambda: _("Complete"),
    "amount": lambda: _("Amount"),
    "amount_eur": lambda: _("Amount in euros"),
    "currency": lambda: _("Currency"),
    "rate": lambda: _("Rate"),
    "rate_day": lambda: _("Day of the rate"),
    "mad_per_eur": lambda: _("Dirhams for a euro"),
    "condition": lambda: _("Condition"),
    "met_on": lambda: _("Condition met on"),
    "requested_on": lambda: _("Requested on"),
    "granted_on": lambda: _("Granted on"),
    "signed_on": lambda: _("Signed on"),
    "paid_on": lambda: _("Paid on"),
    "receipt": lambda: _("Number of the receipt"),
    "received_by": lambda: _("Received by"),
    "starts": lambda: _("First day"),
    "ends": lambda: _("Last day"),
    "checked": lambda: _("Checked on"),
    "still_there": lambda: _("Still there"),
    "opens": lambda: _("Opens on"),
    "closes": lambda: _("Closes on"),
    "places": lambda: pgettext("how many", "Places"),
}


def _cases(count: int) -> str:
    return ngettext("{number} case", "{number} cases", count)


def _sessions(count: int) -> str:
    return ngettext("{number} session", "{number} sessions", count)


def _appointments(count: int) -> str:
    return ngettext("{number} appointment", "{number} appointments", count)


def _steps(count: int) -> str:
    return ngettext("{number} step", "{number} steps", count)


def _referrals(count: int) -> str:
    return ngettext("{number} referral", "{number} referrals", count)


def _files(count: int) -> str:
    return ngettext("{number} attached file", "{number} attached files", count)


def _placements(count: int) -> str:
    return ngettext("{number} placement", "{number} placements", count)


def _ventures(count: int) -> str:
    return ngettext("{number} venture", "{number} ventures", count)


def _figures(count: int) -> str:
    return ngettext("figures of {number} month", "figures of {number} months", count)


def _applications(count: int) -> str:
    return ngettext("{number} application", "{number} applications", count)


def _agreements(count: int) -> str:
    return ngettext("{number} funding agreement", "{number} funding agreements", count)


def _payments(count: int) -> str:
    return ngettext("{number} payment", "{number} payments", count)


def _enrolments(count: int) -> str:
    return ngettext("{number} enrolment in a training", "{number} enrolments in trainings", count)


def _certificates(count: int) -> str:
    return ngettext("{number} certificate", "{number} certificates", count)


def _ended(count: int) -> str:
    return ngettext("{number} revoked or replaced certificate", "{number} revoked or replaced certificates", count)


def _trainings(count: int) -> str:
    return ngettext("{number} training", "{number} trainings", count)


KINDS: Final[Mapping[str, Callable[[int], str]]] = {
    "case_file": _cases,
    "session": _sessions,
    "appointment": _appointments,
    "step": _steps,
    "referral": _referrals,
    "attachment": _files,
    "placement": _placements,
    "venture": _ventures,
    "monthly_figure": _figures,
    "application": _applications,
    "agreement": _agreements,
    "payment": _payments,
    "training": _trainings,
    "certificate": _certificates,
    "certificate_end": _ended,
    "enrolment": _enrolments,
}
"""How many of a kind, with `{number}` still to be filled in."""
ICONS: Final[Mapping[str, str]] = {
    "case_file": "case",
    "session": "session",
    "appointment": "calendar",
    "step": "step",
    "referral": "referral",
    "attachment": "attachment",
    "placement": "placement",
    "agreement": "funding",
    "payment": "funding",
    "training": "trainings",
    "enrolment": "trainings",
    "certificate": "papers",
    "certificate_end": "papers",
}
