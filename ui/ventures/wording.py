"""How ventures, their path and what is missing on it are worded."""

from decimal import Decimal
from typing import Final

from app.domain.codes import code_label
from app.domain.path import FIGURES_NEEDED, INCUBATION_DAYS, Card, Missing, MissingCode, next_stage
from app.domain.ventures import VentureStep
from app.i18n import _, current_language, ngettext
from ui.people.wording import full_name, join_facts
from ui.ventures.amounts import word_number, word_round, word_share
from ui.widgets.words import Words

_STEP_LISTS: Final = {"registration": "registration_steps", "milestone": "milestones"}


def word_code(name: str, code: str) -> str:
    """A code in the language in use; nothing for none."""
    return code_label(name, code, current_language()) if code else ""


def code_words(name: str, code: str) -> Words:
    """A code, worded again at each switch of the language."""
    return lambda: word_code(name, code)


def word_stage(stage: str) -> str:
    """A step of the path."""
    return word_code("stages", stage)


def word_missing(missing: Missing) -> str:
    """One thing that a step asks for and that is not there."""
    if missing.code is MissingCode.INCUBATION:
        return _("pre-incubation lasted {days} of {needed} days").format(
            days=word_number(int(missing.detail or 0)), needed=word_number(INCUBATION_DAYS)
        )
    if missing.code is MissingCode.FIGURES:
        return _("monthly figures: {months} of {needed} months").format(
            months=word_number(int(missing.detail or 0)), needed=word_number(FIGURES_NEEDED)
        )
    words = {
        MissingCode.APPLICATION: _("no application to a call"),
        MissingCode.COMPLETE_APPLICATION: _("the application is not complete"),
        MissingCode.PRESELECTED: _("not shortlisted"),
        MissingCode.ADVISOR: _("no advisor"),
        MissingCode.MEMBER: _("no member"),
        MissingCode.BUSINESS_PLAN: _("no business plan"),
        MissingCode.ACCEPTED: _("not accepted by the committee"),
        MissingCode.SIGNED_AGREEMENT: _("no signed agreement"),
        MissingCode.PAYMENT: _("nothing paid yet"),
        MissingCode.REGISTRATION: _("not registered"),
        MissingCode.OUTCOME: _("no outcome chosen"),
    }
    return words.get(missing.code, str(missing.code))


def word_card_lacks(card: Card) -> tuple[str, ...]:
    """What the next step asks for and is not there, one thing a line; that it may move on; nothing at the end."""
    if card.lacks:
        return tuple(word_missing(item) for item in card.lacks)
    return (_("ready for the next step"),) if next_stage(card.stage) else ()


def word_card_lacks_short(card: Card) -> tuple[str, ...]:
    """The same in two lines: of more than two things the second line says how many others there are."""
    lines, more = word_card_lacks(card), card.missing - 1
    if more <= 1:
        return lines
    rest = ngettext("{number} other thing is missing", "{number} other things are missing", more)
    return lines[0], rest.format(number=word_number(more))


def word_days(days: int) -> str:
    """How long a venture has been where it is."""
    if days == 0:
        return _("today")
    return ngettext("{number} day", "{number} days", days).format(number=word_number(days))


def word_members(count: int) -> str:
    """How many people a venture is."""
    if not count:
        return _("no members")
    return ngettext("{number} member", "{number} members", count).format(number=word_number(count))


def word_card_name(card: Card) -> str:
    """The venture's name in the script of the window first."""
    return full_name(card.name, card.name_ar)


def word_card_facts(card: Card) -> str:
    """What it does and how many they are."""
    return join_facts(word_code("sectors", card.sector) or word_code("venture_kinds", card.kind),
                      word_members(card.members))  # fmt: skip


def word_card_money(card: Card) -> str:
    """What was paid of what was agreed; empty where nothing was agreed, or may not be read."""
    if not card.agreed:
        return ""
    paid = {item.currency: item.amount for item in card.paid}
    return join_facts(*(
        _("{paid} of {agreed}").format(
            paid=word_number(paid.get(item.currency, Decimal(0)).to_integral_value()),
            agreed=word_round(item.amount, item.currency),
        )
        for item in card.agreed
    ))  # fmt: skip


def word_shares(hundredths: int) -> str:
    """What the members' shares add up to."""
    return _("{share} of the capital").format(share=word_share(hundredths))


def word_step(step: VentureStep) -> str:
    """What is to be done or reached: in own words, else as its list says."""
    return step.title or word_code(_STEP_LISTS.get(step.kind, "milestones"), step.code)
