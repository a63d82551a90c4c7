"""What an entry of the timeline is called, and what there is to know of it: one small function a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal

from app.domain.codes import code_label
from app.domain.timeline import EntryKind, TimelineEntry
from app.i18n import _, current_language, current_locale, ngettext
from app.services.laying import shipped_templates
from ui.people.wording import isolate, join_facts

if TYPE_CHECKING:
    from collections.abc import Callable

Words = tuple[str, str]


def word_entry(entry: TimelineEntry) -> Words:
    """Title and detail of an entry; of a kind that only a newer version knows, its code."""
    words = _WORDS.get(entry.kind)
    return words(entry) if words is not None else (str(entry.kind), entry.text)


def word_money(amount: str, currency: str) -> str:
    """An amount in canonical text as the reader writes it, with its currency."""
    if not amount:
        return ""
    from decimal import Decimal  # noqa: PLC0415 - only where there is money

    return isolate(f"{format_decimal(Decimal(amount), format='#,##0.00', locale=current_locale())} {currency}")


def _label(name: str, code: str) -> str:
    return code_label(name, code, current_language()) if code else ""


def _visit(entry: TimelineEntry) -> Words:
    reason, where = _label("visit_reasons", entry.text), _label("counters", entry.code)
    return _("Visit"), join_facts(where, reason if reason != where else "", entry.hub)


def _session(entry: TimelineEntry) -> Words:
    minutes = ngettext("{count} minute", "{count} minutes", entry.minutes).format(count=entry.minutes)
    group = ngettext("{count} person", "{count} people", entry.people).format(count=entry.people)
    result = _label("session_results", entry.state) if entry.state != "no_show" else ""
    return _label("session_kinds", entry.code), join_facts(
        entry.text, result, minutes, group if entry.people > 1 else "", entry.author
    )


def _case_opened(entry: TimelineEntry) -> Words:
    title = _("Case opened: {kind}").format(kind=_label("case_kinds", entry.code))
    return title, join_facts(entry.text, entry.author)


def _case_closed(entry: TimelineEntry) -> Words:
    title = _("Case closed: {kind}").format(kind=_label("case_kinds", entry.code))
    return title, join_facts(_label("exits", entry.state), entry.author)


def _step_done(entry: TimelineEntry) -> Words:
    template = next((each for each in shipped_templates().get(entry.state, ()) if each.code == entry.code), None)
    title = entry.text or (template.label(current_language()) if template is not None else entry.code)
    return title, join_facts(_("step done"), entry.author)


def _appointment(entry: TimelineEntry) -> Words:
    return _("Appointment"), join_facts(entry.text, entry.author)


def _referral(entry: TimelineEntry) -> Words:
    towards = join_facts(_label("hubs", entry.number), entry.text)
    states = {
        "sent": _("sent, not answered yet"), "accepted": _("accepted"), "declined": _("declined"), "done": _("done"),
    }  # fmt: skip
    state = states.get(entry.state) or _label("referral_states", entry.state)
    title = _("Referred: {towards}").format(towards=towards) if towards else _("Referred to a colleague")
    return title, join_facts(_label("visit_reasons", entry.code), state, entry.author)


def _placement(entry: TimelineEntry) -> Words:
    return _label("placements", entry.code), join_facts(entry.number, entry.text)


def _agreement(entry: TimelineEntry) -> Words:
    return _("Funding agreement {number}").format(number=isolate(entry.number)), join_facts(
        _label("funding_kinds", entry.code),
        word_money(entry.amount, entry.currency),
        _label("funding_states", entry.state),
    )


def _payment(entry: TimelineEntry) -> Words:
    title = _("Paid back: {money}") if entry.state == "recovered" else _("Paid: {money}")
    return title.format(money=word_money(entry.amount, entry.currency)), join_facts(
        _label("funding_kinds", entry.code), entry.number
    )


def _member(entry: TimelineEntry) -> Words:
    return _("Joined {venture}").format(venture=isolate(entry.text)), join_facts(
        _label("member_roles", entry.code), entry.number, _label("stages", entry.state)
    )


def _training(entry: TimelineEntry) -> Words:
    hours = format_decimal(entry.minutes / 60, format="#,##0.#", locale=current_locale())
    state = _label("assessment_results", entry.state)
    if state == entry.state:
        state = _label("enrolment_states", entry.state)
    attended = _("{hours} h attended").format(hours=isolate(hours)) if entry.minutes else ""
    return _("Training: {title}").format(title=isolate(entry.text)), join_facts(state, attended, entry.author)


def _paper(entry: TimelineEntry) -> Words:
    return _("Paper {number}").format(number=isolate(entry.number)), entry.author


def _consent(entry: TimelineEntry) -> Words:
    title = _("Consent: {kind}").format(kind=_label("consents", entry.code))
    return title, _label("consent_ways", entry.state) if entry.state != "refused" else ""


def _consent_withdrawn(entry: TimelineEntry) -> Words:
    return _("Consent withdrawn: {kind}").format(kind=_label("consents", entry.code)), ""


def _attachment(entry: TimelineEntry) -> Words:
    return entry.text, join_facts(_("attached paper"), entry.author)


_WORDS: Final[dict[EntryKind, Callable[[TimelineEntry], Words]]] = {
    EntryKind.VISIT: _visit,
    EntryKind.SESSION: _session,
    EntryKind.CASE_OPENED: _case_opened,
    EntryKind.CASE_CLOSED: _case_closed,
    EntryKind.STEP_DONE: _step_done,
    EntryKind.APPOINTMENT: _appointment,
    EntryKind.REFERRAL: _referral,
    EntryKind.PLACEMENT: _placement,
    EntryKind.AGREEMENT: _agreement,
    EntryKind.PAYMENT: _payment,
    EntryKind.MEMBER: _member,
    EntryKind.TRAINING: _training,
    EntryKind.PAPER: _paper,
    EntryKind.CONSENT: _consent,
    EntryKind.CONSENT_WITHDRAWN: _consent_withdrawn,
    EntryKind.ATTACHMENT: _attachment,
}
