"""The tables of ventures: members, path, monthly figures; calls and selection; agreements, tranches, payments.

Amounts are decimals as text, with a point and two digits, in the currency beside them; rates are dirhams for a euro.
Days are YYYY-MM-DD, months YYYY-MM.
"""

import sqlalchemy as sa

from app.storage.schema_parts import count, flag, link, moment, number, synced, text

venture = synced(
    "venture",
    link("hub_id", "hub"),
    link("counter_id", "counter", nullable=True),
    link("advisor_id", "account", nullable=True),
    text("number"),
    text("name"),
    text("name_ar"),
    text("kind"),
    text("sector"),
    text("legal_form"),
    text("activity"),
    text("city"),
    text("registration"),
    text("registered_number"),
    text("registered_on"),
    moment("created_at", nullable=False),
    text("stage"),
    text("exit"),
    text("exit_on"),
)
member = synced(
    "member",
    link("venture_id", "venture"),
    link("person_id", "person"),
    text("role"),
    # of the capital, in hundredths of a per cent
    number("share"),
    text("since"),
    text("until"),
)
stage_move = synced(
    "stage_move",
    link("venture_id", "venture"),
    text("stage"),
    text("former"),
    moment("at", nullable=False),
    link("by_id", "account", nullable=True),
    text("reason"),
)
monthly_figure = synced(
    "monthly_figure",
    link("venture_id", "venture"),
    text("month"),
    text("turnover"),
    count("clients"),
    count("jobs_women"),
    count("jobs_men"),
    text("note"),
)
call_for = synced(
    "call_for",
    link("hub_id", "hub"),
    text("code"),
    text("label_fr"),
    text("label_en"),
    text("label_ar"),
    text("kinds"),
    text("opens"),
    text("closes"),
    number("places"),
    text("state"),
)
criterion = synced(
    "criterion",
    link("call_id", "call_for"),
    number("position"),
    text("label_fr"),
    text("label_en"),
    text("label_ar"),
    number("weight"),
    number("most"),
)
application = synced(
    "application",
    link("call_id", "call_for"),
    link("venture_id", "venture"),
    moment("received_at", nullable=False),
    flag("complete"),
    text("state"),
    moment("decided_at"),
    link("decided_by", "account", nullable=True),
    text("reason"),
)
juror = synced("juror", link("call_id", "call_for"), link("account_id", "account"), flag("active"))
score = synced(
    "score",
    link("application_id", "application"),
    link("criterion_id", "criterion"),
    link("account_id", "account"),
    # in hundredths of a point
    number("points"),
)
score_sheet = synced(
    "score_sheet",
    link("application_id", "application"),
    link("account_id", "account"),
    moment("finished_at"),
    text("comment"),
    # the juror said to be too close to this venture
    flag("recused"),
)
budget_line = synced(
    "budget_line",
    link("hub_id", "hub", nullable=True),
    text("code"),
    text("label_fr"),
    text("label_en"),
    text("label_ar"),
    text("kind"),
    text("amount_eur"),
    flag("hidden"),
)
exchange_rate = synced("exchange_rate", text("day"), text("mad_per_eur"), text("source"))
spending = synced(
    "spending",
    link("hub_id", "hub", nullable=True),
    text("day"),
    text("amount"),
    text("currency"),
    text("rate"),
    text("rate_day"),
    text("label"),
)
agreement = synced(
    "agreement",
    link("hub_id", "hub"),
    link("venture_id", "venture", nullable=True),
    link("person_id", "person", nullable=True),
    link("application_id", "application", nullable=True),
    link("budget_line_id", "budget_line", nullable=True),
    text("number"),
    text("kind"),
    text("amount"),
    text("currency"),
    text("rate"),
    text("rate_day"),
    text("state"),
    text("requested_on"),
    text("granted_on"),
    text("signed_on"),
    text("note"),
)
tranche = synced(
    "tranche",
    link("agreement_id", "agreement"),
    number("position"),
    text("amount"),
    text("condition"),
    text("due"),
    text("met_on"),
    text("met_note"),
)
payment = synced(
    "payment",
    link("tranche_id", "tranche"),
    link("received_by", "person", nullable=True),
    link("made_by", "account", nullable=True),
    text("way"),
    text("paid_on"),
    text("amount"),
    text("currency"),
    text("rate"),
    text("rate_day"),
    text("receipt"),
    text("override_reason"),
    flag("recovered"),
)
justification = synced(
    "justification", link("tranche_id", "tranche"), text("day"), text("amount"), text("note"),
    link("accepted_by", "account", nullable=True),
)  # fmt: skip

VENTURES = (
    venture, member, stage_move, monthly_figure, call_for, criterion, application, juror, score, score_sheet,
    budget_line, exchange_rate, spending, agreement, tranche, payment, justification,
)  # fmt: skip

sa.Index(None, venture.c.hub_id, venture.c.stage)
sa.Index(None, member.c.venture_id)
sa.Index(None, member.c.person_id)
sa.Index(None, stage_move.c.venture_id)
sa.Index(None, monthly_figure.c.venture_id)
sa.Index(None, criterion.c.call_id)
sa.Index(None, application.c.call_id)
sa.Index(None, application.c.venture_id)
sa.Index(None, juror.c.call_id)
sa.Index(None, score.c.application_id)
sa.Index(None, score_sheet.c.application_id)
sa.Index(None, agreement.c.venture_id)
sa.Index(None, agreement.c.person_id)
sa.Index(None, tranche.c.agreement_id)
sa.Index(None, payment.c.tranche_id)
sa.Index(None, justification.c.tranche_id)
