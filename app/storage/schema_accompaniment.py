"""The tables of accompaniment: cases, appointments and sessions, steps, referrals, attachments, placements."""

import sqlalchemy as sa

from app.storage.schema_parts import flag, link, metadata, moment, number, synced, text
from app.storage.types import Id

case_file = synced(
    "case_file",
    link("hub_id", "hub"),
    link("person_id", "person"),
    link("counter_id", "counter", nullable=True),
    link("advisor_id", "account", nullable=True),
    text("kind"),
    text("goal"),
    moment("opened_at", nullable=False),
    moment("closed_at"),
    text("exit"),
)
appointment = synced(
    "appointment",
    link("hub_id", "hub"),
    link("advisor_id", "account"),
    link("person_id", "person", nullable=True),
    link("case_id", "case_file", nullable=True),
    link("venture_id", "venture", nullable=True),
    moment("starts_at", nullable=False),
    number("minutes"),
    text("purpose"),
    text("state"),
    text("uid"),
)
session = synced(
    "session",
    link("hub_id", "hub"),
    link("advisor_id", "account"),
    link("venture_id", "venture", nullable=True),
    link("visit_id", "visit", nullable=True),
    link("appointment_id", "appointment", nullable=True),
    text("kind"),
    moment("starts_at", nullable=False),
    number("minutes"),
    text("title"),
    text("result"),
    text("note"),
)
attendance = synced(
    "attendance",
    link("session_id", "session"),
    link("person_id", "person"),
    link("case_id", "case_file", nullable=True),
    flag("present"),
    text("note"),
)
step_template = synced(
    "step_template",
    link("hub_id", "hub"),
    text("kind"),
    text("code"),
    number("position"),
    number("days"),
    text("label_fr"),
    text("label_en"),
    text("label_ar"),
    flag("hidden"),
)
step = synced(
    "step",
    link("hub_id", "hub"),
    link("person_id", "person", nullable=True),
    link("case_id", "case_file", nullable=True),
    link("session_id", "session", nullable=True),
    link("venture_id", "venture", nullable=True),
    link("placement_id", "placement", nullable=True),
    link("assigned_to", "account", nullable=True),
    text("kind"),
    text("code"),
    text("title"),
    number("position"),
    text("due"),
    moment("done_at"),
    flag("dropped"),
)
partner = synced(
    "partner", link("hub_id", "hub"), text("name"), text("services"), text("city"), text("contact"), flag("hidden")
)
referral = synced(
    "referral",
    link("hub_id", "hub"),
    link("person_id", "person"),
    link("case_id", "case_file", nullable=True),
    link("to_hub_id", "hub", nullable=True),
    link("to_account_id", "account", nullable=True),
    link("partner_id", "partner", nullable=True),
    link("consent_id", "consent", nullable=True),
    text("service"),
    text("reason"),
    text("override_reason"),
    text("state"),
    link("sent_by", "account"),
    moment("sent_at", nullable=False),
    moment("answered_at"),
    text("answer"),
    moment("done_at"),
    text("result"),
)
attachment = synced(
    "attachment",
    link("hub_id", "hub"),
    link("person_id", "person", nullable=True),
    link("session_id", "session", nullable=True),
    link("venture_id", "venture", nullable=True),
    # no link: what money is spent on stands in tables of its own
    sa.Column("money_id", Id, nullable=True),
    text("name"),
    text("media_type"),
    number("size"),
    sa.Column("sha256", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
    moment("added_at", nullable=False),
    link("added_by", "account", nullable=True),
    link("kept_at", "installation", nullable=True),
)
attachment_content = synced(
    "attachment_content",
    link("attachment_id", "attachment"),
    sa.Column("content", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
attachment_here = sa.Table(
    "attachment_here",
    metadata,
    sa.Column("attachment_id", Id, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    comment="Contents that were to stay at this installation: no op carries them",
)
bond = synced(
    "bond", link("first_id", "person"), link("second_id", "person"), text("kind"), text("label"), flag("active")
)
employer = synced(
    "employer", link("hub_id", "hub"), text("name"), text("sector"), text("city"), text("contact"), text("phone"),
    flag("hidden"),
)  # fmt: skip
offer = synced(
    "offer",
    link("hub_id", "hub"),
    link("employer_id", "employer"),
    text("title"),
    text("kind"),
    number("places", 1),
    text("opens"),
    text("closes"),
    text("note"),
    text("state"),
)
candidacy = synced(
    "candidacy",
    link("offer_id", "offer"),
    link("person_id", "person"),
    text("state"),
    moment("proposed_at", nullable=False),
    text("note"),
)
placement = synced(
    "placement",
    link("hub_id", "hub"),
    link("person_id", "person"),
    link("employer_id", "employer"),
    link("offer_id", "offer", nullable=True),
    link("case_id", "case_file", nullable=True),
    text("kind"),
    text("title"),
    text("starts"),
    text("ends"),
    text("state"),
    text("checked"),
    text("still_there"),
    text("note"),
)

ACCOMPANIMENT = (
    case_file, appointment, session, attendance, step_template, step, partner, referral, attachment,
    attachment_content, bond, employer, offer, candidacy, placement,
)  # fmt: skip

sa.Index(None, case_file.c.person_id)
sa.Index(None, case_file.c.advisor_id)
sa.Index(None, appointment.c.advisor_id, appointment.c.starts_at)
sa.Index(None, appointment.c.person_id)
sa.Index(None, session.c.advisor_id, session.c.starts_at)
sa.Index(None, session.c.venture_id)
sa.Index(None, session.c.appointment_id)
sa.Index(None, attendance.c.session_id)
sa.Index(None, attendance.c.person_id)
sa.Index(None, attendance.c.case_id)
sa.Index(None, step.c.case_id)
sa.Index(None, step.c.venture_id)
sa.Index(None, step.c.person_id)
sa.Index(None, step.c.placement_id)
sa.Index(None, step.c.assigned_to, step.c.due)
sa.Index(None, referral.c.person_id)
sa.Index(None, referral.c.to_hub_id, referral.c.state)
sa.Index(None, attachment.c.person_id)
sa.Index(None, attachment.c.session_id)
sa.Index(None, attachment.c.venture_id)
sa.Index(None, attachment.c.money_id)
sa.Index(None, attachment_content.c.attachment_id)
sa.Index(None, bond.c.first_id)
sa.Index(None, bond.c.second_id)
sa.Index(None, offer.c.employer_id)
sa.Index(None, candidacy.c.offer_id)
sa.Index(None, candidacy.c.person_id)
sa.Index(None, placement.c.person_id)
sa.Index(None, placement.c.employer_id)
