"""How offers, candidates and placements are worded."""

from datetime import date

from app.domain.placements import CandidacyRow, ContractStep, Employer, OfferRow, OfferState, PlacementRow, StillThere
from app.i18n import _, ngettext
from ui.people.wording import full_name, join_facts
from ui.ventures.amounts import word_date, word_number
from ui.ventures.wording import word_code
from ui.widgets.words import keep_left_to_right


def word_who(row: CandidacyRow | PlacementRow) -> str:
    """Who it is about, in the script of the window first."""
    return full_name(row.name, row.name_ar)


def word_employer(employer: Employer) -> str:
    """What an employer does, where, and whom to ask there."""
    phone = keep_left_to_right(employer.phone) if employer.phone else ""
    return join_facts(word_code("sectors", employer.sector), employer.city, employer.contact, phone)


def word_places(offer: OfferRow) -> str:
    """How many places are free, or that more were accepted than there are."""
    if offer.over:
        return ngettext("{number} above its places", "{number} above its places", offer.over).format(
            number=word_number(offer.over)
        )
    return _("{free} of {places} free").format(free=word_number(offer.free), places=word_number(offer.places))


def word_candidates(count: int) -> str:
    """How many were proposed."""
    if not count:
        return _("no candidate yet")
    return ngettext("{number} candidate", "{number} candidates", count).format(number=word_number(count))


def word_offer(offer: OfferRow) -> str:
    """The second line of an offer."""
    closes = _("until {day}").format(day=word_date(offer.closes)) if offer.closes else ""
    state = word_code("offer_states", offer.state) if offer.state is OfferState.CLOSED else ""
    return join_facts(
        offer.employer, word_code("placements", offer.kind), word_candidates(offer.candidates), closes, state
    )


def word_period(row: PlacementRow) -> str:
    """From when to when."""
    if row.starts is None:
        return ""
    if row.ends is None:
        return _("since {day}").format(day=word_date(row.starts))
    return _("{first} to {last}").format(first=word_date(row.starts), last=word_date(row.ends))


def word_placement(row: PlacementRow) -> str:
    """The second line of a placement."""
    state = word_code("placement_states", row.state) if row.state != "current" else ""
    return join_facts(row.title, row.employer, word_code("placements", row.kind), word_period(row), state)


def word_check(row: PlacementRow, today: date) -> str:
    """What is known of the third month, or when to ask."""
    if row.is_due(today):
        since = _("to be asked since {day}").format(day=word_date(row.check_due))
        return join_facts(_("not reached so far"), since) if row.still_there is StillThere.UNREACHED else since
    if row.still_there is not None:
        asked = _("asked on {day}").format(day=word_date(row.checked)) if row.checked else ""
        return join_facts(word_code("still_there", row.still_there), asked)
    return _("to be asked from {day}").format(day=word_date(row.check_due)) if row.check_due else ""


def word_steps_left(row: PlacementRow) -> str:
    """How much of a foreigner's contract is still to be done."""
    left = sum(1 for step in row.steps if step.done_at is None and not step.dropped)
    if not left or row.state != "current":
        return ""
    return ngettext("{number} step of the contract open", "{number} steps of the contract open", left).format(
        number=word_number(left)
    )


def word_due(step: ContractStep, today: date) -> tuple[str, str]:
    """By when a step is to be done and the tone of saying so; nothing for one that is done."""
    if step.done_at is not None or step.due is None:
        return "", "quiet"
    if step.due < today:
        return _("was due on {day}").format(day=word_date(step.due)), "danger"
    return _("by {day}").format(day=word_date(step.due)), "quiet"
