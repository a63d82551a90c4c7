"""How a referral is worded: where to, how it stands, and what can be done with it by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import day_of
from app.domain.codes import code_label
from app.domain.referrals import ReferralState
from app.i18n import _, current_language, ngettext
from ui.people.wording import SEPARATOR, isolate, join_facts, word_day

if TYPE_CHECKING:
    from datetime import date

    from app.domain.ids import HubId
    from app.domain.referrals import ReferralRow


def word_hub(code: str) -> str:
    """A hub by its name; a code that is not known stays as it is."""
    return code_label("hubs", code, current_language())


def word_service(row: ReferralRow) -> str:
    """What somebody is sent for."""
    return code_label("visit_reasons", row.service, current_language())


def word_towards(row: ReferralRow) -> str:
    """Where to: a hub by its name, a colleague, a partner."""
    parts = row.to.split(SEPARATOR)
    if row.to_hub_id is not None:
        parts[0] = word_hub(parts[0])
    return join_facts(*parts)


def word_state(row: ReferralRow) -> str:
    """How it stands."""
    if row.state is ReferralState.SENT and row.waiting:
        return ngettext(
            "no answer for {count} day", "no answer for {count} days", row.waiting
        ).format(count=row.waiting)  # fmt: skip
    return code_label("referral_states", str(row.state), current_language())


def is_received(row: ReferralRow, hub: HubId) -> bool:
    """Whether this hub answers; of a partner the hub that sent writes down what it heard."""
    return row.hub_id == hub if row.partner_id is not None else (row.to_hub_id or row.hub_id) == hub


def list_loop(row: ReferralRow, today: date) -> list[tuple[str, str, str]]:
    """The loop step by step, as (title, detail, tone): sent, answered, done; what is to come stands in quiet ink."""

    def day(moment: int | None) -> str:
        return word_day(day_of(moment), today) if moment is not None else ""

    sent = join_facts(day(row.sent_at), word_hub(row.from_hub), row.sender, row.reason)
    loop = [(_("Sent to {place}").format(place=isolate(word_towards(row))), sent, "good")]
    state = row.state
    if state is ReferralState.SENT:
        loop += [(_("Answer"), word_state(row) if row.waiting else _("not answered yet"),
                  "attention" if row.late else "quiet"), (_("Result"), "", "quiet")]  # fmt: skip
    elif state is ReferralState.CANCELLED:
        loop.append((_("Called off"), row.result, "attention"))
    elif state is ReferralState.DECLINED:
        loop.append((_("Declined"), join_facts(day(row.answered_at), row.answer), "attention"))
    else:
        loop.append((_("Accepted"), join_facts(day(row.answered_at), row.answer), "good"))
        done = state is ReferralState.DONE
        detail = join_facts(day(row.done_at), row.result) if done else _("still to come")
        loop.append((_("Done") if done else _("Result"), detail, "good" if done else "quiet"))
    return loop


def word_consent(row: ReferralRow) -> tuple[str, str]:
    """On what ground the person was named to others, and the tone of saying so."""
    if row.override_reason:
        reason = isolate(row.override_reason)
        return _("Sent without a consent to share, because: {reason}").format(reason=reason), "attention"
    if row.consent_id is None:
        return "", ""
    if not row.consent_stands:
        return _("The person has taken the consent to share back since. Pass nothing more on."), "danger"
    return _("The person agreed to be shared."), "quiet"
