"""Ventures: members, path, figures; calls and selection; agreements, tranches and payments."""

from app.storage.migrations.laying import clear, count, flag, lay, moment, number, row, text

revision = "0008"
down_revision = "0007"

_TABLES = (
    "venture",
    "member",
    "stage_move",
    "monthly_figure",
    "call_for",
    "criterion",
    "application",
    "juror",
    "score",
    "score_sheet",
    "budget_line",
    "exchange_rate",
    "spending",
    "agreement",
    "tranche",
    "payment",
    "justification",
)


def upgrade() -> None:
    """Make the tables."""
    lay(
        "venture",
        [
            row("hub_id", known=True),
            row("counter_id"),
            row("advisor_id"),
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
            moment("created_at", known=True),
            text("stage"),
            text("exit"),
            text("exit_on"),
        ],
        [("hub_id", "hub"), ("counter_id", "counter"), ("advisor_id", "account")],
        [("hub_id", "stage")],
    )
    lay(
        "member",
        [
            row("venture_id", known=True),
            row("person_id", known=True),
            text("role"),
            number("share"),
            text("since"),
            text("until"),
        ],
        [("venture_id", "venture"), ("person_id", "person")],
        [("person_id",), ("venture_id",)],
    )
    lay(
        "stage_move",
        [
            row("venture_id", known=True),
            text("stage"),
            text("former"),
            moment("at", known=True),
            row("by_id"),
            text("reason"),
        ],
        [("venture_id", "venture"), ("by_id", "account")],
        [("venture_id",)],
    )
    lay(
        "monthly_figure",
        [
            row("venture_id", known=True),
            text("month"),
            text("turnover"),
            count("clients"),
            count("jobs_women"),
            count("jobs_men"),
            text("note"),
        ],
        [("venture_id", "venture")],
        [("venture_id",)],
    )
    lay(
        "call_for",
        [
            row("hub_id", known=True),
            text("code"),
            text("label_fr"),
            text("label_en"),
            text("label_ar"),
            text("kinds"),
            text("opens"),
            text("closes"),
            number("places"),
            text("state"),
        ],
        [("hub_id", "hub")],
        [],
    )
    lay(
        "criterion",
        [
            row("call_id", known=True),
            number("position"),
            text("label_fr"),
            text("label_en"),
            text("label_ar"),
            number("weight"),
            number("most"),
        ],
        [("call_id", "call_for")],
        [("call_id",)],
    )
    lay(
        "application",
        [
            row("call_id", known=True),
            row("venture_id", known=True),
            moment("received_at", known=True),
            flag("complete"),
            text("state"),
            moment("decided_at"),
            row("decided_by"),
            text("reason"),
        ],
        [("call_id", "call_for"), ("venture_id", "venture"), ("decided_by", "account")],
        [("call_id",), ("venture_id",)],
    )
    lay(
        "juror",
        [row("call_id", known=True), row("account_id", known=True), flag("active")],
        [("call_id", "call_for"), ("account_id", "account")],
        [("call_id",)],
    )
    lay(
        "score",
        [
            row("application_id", known=True),
            row("criterion_id", known=True),
            row("account_id", known=True),
            number("points"),
        ],
        [("application_id", "application"), ("criterion_id", "criterion"), ("account_id", "account")],
        [("application_id",)],
    )
    lay(
        "score_sheet",
        [
            row("application_id", known=True),
            row("account_id", known=True),
            moment("finished_at"),
            text("comment"),
            flag("recused"),
        ],
        [("application_id", "application"), ("account_id", "account")],
        [("application_id",)],
    )
    lay(
        "budget_line",
        [
            row("hub_id"),
            text("code"),
            text("label_fr"),
            text("label_en"),
            text("label_ar"),
            text("kind"),
            text("amount_eur"),
            flag("hidden"),
        ],
        [("hub_id", "hub")],
        [],
    )
    lay("exchange_rate", [text("day"), text("mad_per_eur"), text("source")], [], [])
    lay(
        "spending",
        [row("hub_id"), text("day"), text("amount"), text("currency"), text("rate"), text("rate_day"), text("label")],
        [("hub_id", "hub")],
        [],
    )
    lay(
        "agreement",
        [
            row("hub_id", known=True),
            row("venture_id"),
            row("person_id"),
            row("application_id"),
            row("budget_line_id"),
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
        ],
        [
            ("hub_id", "hub"),
            ("venture_id", "venture"),
            ("person_id", "person"),
            ("application_id", "application"),
            ("budget_line_id", "budget_line"),
        ],
        [("person_id",), ("venture_id",)],
    )
    lay(
        "tranche",
        [
            row("agreement_id", known=True),
            number("position"),
            text("amount"),
            text("condition"),
            text("due"),
            text("met_on"),
            text("met_note"),
        ],
        [("agreement_id", "agreement")],
        [("agreement_id",)],
    )
    lay(
        "payment",
        [
            row("tranche_id", known=True),
            row("received_by"),
            row("made_by"),
            text("way"),
            text("paid_on"),
            text("amount"),
            text("currency"),
            text("rate"),
            text("rate_day"),
            text("receipt"),
            text("override_reason"),
            flag("recovered"),
        ],
        [("tranche_id", "tranche"), ("received_by", "person"), ("made_by", "account")],
        [("tranche_id",)],
    )
    lay(
        "justification",
        [row("tranche_id", known=True), text("day"), text("amount"), text("note"), row("accepted_by")],
        [("tranche_id", "tranche"), ("accepted_by", "account")],
        [("tranche_id",)],
    )


def downgrade() -> None:
    """Remove them."""
    clear(_TABLES)
