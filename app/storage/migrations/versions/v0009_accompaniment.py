"""Accompaniment: cases, appointments and sessions, steps, referrals, attachments, placements."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.laying import clear, content, flag, lay, moment, number, row, text
from app.storage.types import Id

revision = "0009"
down_revision = "0008"

_TABLES = (
    "case_file",
    "appointment",
    "session",
    "attendance",
    "step_template",
    "step",
    "partner",
    "referral",
    "attachment",
    "attachment_content",
    "bond",
    "employer",
    "offer",
    "candidacy",
    "placement",
)


def upgrade() -> None:
    """Make the tables."""
    lay(
        "case_file",
        [
            row("hub_id", known=True),
            row("person_id", known=True),
            row("counter_id"),
            row("advisor_id"),
            text("kind"),
            text("goal"),
            moment("opened_at", known=True),
            moment("closed_at"),
            text("exit"),
        ],
        [("hub_id", "hub"), ("person_id", "person"), ("counter_id", "counter"), ("advisor_id", "account")],
        [("advisor_id",), ("person_id",)],
    )
    lay(
        "appointment",
        [
            row("hub_id", known=True),
            row("advisor_id", known=True),
            row("person_id"),
            row("case_id"),
            row("venture_id"),
            moment("starts_at", known=True),
            number("minutes"),
            text("purpose"),
            text("state"),
            text("uid"),
        ],
        [
            ("hub_id", "hub"),
            ("advisor_id", "account"),
            ("person_id", "person"),
            ("case_id", "case_file"),
            ("venture_id", "venture"),
        ],
        [("advisor_id", "starts_at"), ("person_id",)],
    )
    lay(
        "session",
        [
            row("hub_id", known=True),
            row("advisor_id", known=True),
            row("venture_id"),
            row("visit_id"),
            row("appointment_id"),
            text("kind"),
            moment("starts_at", known=True),
            number("minutes"),
            text("title"),
            text("result"),
            text("note"),
        ],
        [
            ("hub_id", "hub"),
            ("advisor_id", "account"),
            ("venture_id", "venture"),
            ("visit_id", "visit"),
            ("appointment_id", "appointment"),
        ],
        [("advisor_id", "starts_at"), ("appointment_id",), ("venture_id",)],
    )
    lay(
        "attendance",
        [row("session_id", known=True), row("person_id", known=True), row("case_id"), flag("present"), text("note")],
        [("session_id", "session"), ("person_id", "person"), ("case_id", "case_file")],
        [("case_id",), ("person_id",), ("session_id",)],
    )
    lay(
        "step_template",
        [
            row("hub_id", known=True),
            text("kind"),
            text("code"),
            number("position"),
            number("days"),
            text("label_fr"),
            text("label_en"),
            text("label_ar"),
            flag("hidden"),
        ],
        [("hub_id", "hub")],
        [],
    )
    lay(
        "step",
        [
            row("hub_id", known=True),
            row("person_id"),
            row("case_id"),
            row("session_id"),
            row("venture_id"),
            row("placement_id"),
            row("assigned_to"),
            text("kind"),
            text("code"),
            text("title"),
            number("position"),
            text("due"),
            moment("done_at"),
            flag("dropped"),
        ],
        [
            ("hub_id", "hub"),
            ("person_id", "person"),
            ("case_id", "case_file"),
            ("session_id", "session"),
            ("venture_id", "venture"),
            ("placement_id", "placement"),
            ("assigned_to", "account"),
        ],
        [("assigned_to", "due"), ("case_id",), ("person_id",), ("placement_id",), ("venture_id",)],
    )
    lay(
        "partner",
        [row("hub_id", known=True), text("name"), text("services"), text("city"), text("contact"), flag("hidden")],
        [("hub_id", "hub")],
        [],
    )
    lay(
        "referral",
        [
            row("hub_id", known=True),
            row("person_id", known=True),
            row("case_id"),
            row("to_hub_id"),
            row("to_account_id"),
            row("partner_id"),
            row("consent_id"),
            text("service"),
            text("reason"),
            text("override_reason"),
            text("state"),
            row("sent_by", known=True),
            moment("sent_at", known=True),
            moment("answered_at"),
            text("answer"),
            moment("done_at"),
            text("result"),
        ],
        [
            ("hub_id", "hub"),
            ("person_id", "person"),
            ("case_id", "case_file"),
            ("to_hub_id", "hub"),
            ("to_account_id", "account"),
            ("partner_id", "partner"),
            ("consent_id", "consent"),
            ("sent_by", "account"),
        ],
        [("person_id",), ("to_hub_id", "state")],
    )
    lay(
        "attachment",
        [
            row("hub_id", known=True),
            row("person_id"),
            row("session_id"),
            row("venture_id"),
            row("money_id"),
            text("name"),
            text("media_type"),
            number("size"),
            content("sha256"),
            moment("added_at", known=True),
            row("added_by"),
            row("kept_at"),
        ],
        [
            ("hub_id", "hub"),
            ("person_id", "person"),
            ("session_id", "session"),
            ("venture_id", "venture"),
            ("added_by", "account"),
            ("kept_at", "installation"),
        ],
        [("money_id",), ("person_id",), ("session_id",), ("venture_id",)],
    )
    lay(
        "attachment_content",
        [row("attachment_id", known=True), content("content")],
        [("attachment_id", "attachment")],
        [("attachment_id",)],
    )
    lay(
        "bond",
        [row("first_id", known=True), row("second_id", known=True), text("kind"), text("label"), flag("active")],
        [("first_id", "person"), ("second_id", "person")],
        [("first_id",), ("second_id",)],
    )
    lay(
        "employer",
        [
            row("hub_id", known=True),
            text("name"),
            text("sector"),
            text("city"),
            text("contact"),
            text("phone"),
            flag("hidden"),
        ],
        [("hub_id", "hub")],
        [],
    )
    lay(
        "offer",
        [
            row("hub_id", known=True),
            row("employer_id", known=True),
            text("title"),
            text("kind"),
            number("places", 1),
            text("opens"),
            text("closes"),
            text("note"),
            text("state"),
        ],
        [("hub_id", "hub"), ("employer_id", "employer")],
        [("employer_id",)],
    )
    lay(
        "candidacy",
        [
            row("offer_id", known=True),
            row("person_id", known=True),
            text("state"),
            moment("proposed_at", known=True),
            text("note"),
        ],
        [("offer_id", "offer"), ("person_id", "person")],
        [("offer_id",), ("person_id",)],
    )
    lay(
        "placement",
        [
            row("hub_id", known=True),
            row("person_id", known=True),
            row("employer_id", known=True),
            row("offer_id"),
            row("case_id"),
            text("kind"),
            text("title"),
            text("starts"),
            text("ends"),
            text("state"),
            text("checked"),
            text("still_there"),
            text("note"),
        ],
        [
            ("hub_id", "hub"),
            ("person_id", "person"),
            ("employer_id", "employer"),
            ("offer_id", "offer"),
            ("case_id", "case_file"),
        ],
        [("employer_id",), ("person_id",)],
    )
    op.create_table(
        "attachment_here",
        sa.Column("attachment_id", Id(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_here")),
        comment="Contents that were to stay at this installation: no op carries them",
    )


def downgrade() -> None:
    """Remove them."""
    clear((*_TABLES, "attachment_here"))
