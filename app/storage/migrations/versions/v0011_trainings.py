"""Trainings: their hubs and days, who is enrolled, who was there on which day, assessments."""

from app.storage.migrations.laying import clear, count, lay, moment, number, row, text

revision = "0011"
down_revision = "0010"

_TABLES = ("training", "training_hub", "training_day", "enrolment", "presence", "assessment")


def upgrade() -> None:
    """Make the tables."""
    lay(
        "training",
        [
            row("hub_id", known=True),
            row("trainer_id"),
            text("trainer"),
            text("kind"),
            text("label_fr"),
            text("label_en"),
            text("label_ar"),
            text("objectives_fr"),
            text("objectives_en"),
            text("objectives_ar"),
            text("skills_fr"),
            text("skills_en"),
            text("skills_ar"),
            text("place"),
            number("minutes"),
            number("places"),
            number("least_share"),
            number("pass_mark"),
            number("best_mark"),
            text("state"),
            text("note"),
        ],
        [("hub_id", "hub"), ("trainer_id", "account")],
        [("hub_id",)],
    )
    lay(
        "training_hub",
        [row("training_id", known=True), row("hub_id", known=True)],
        [("training_id", "training"), ("hub_id", "hub")],
        [("training_id",)],
    )
    lay(
        "training_day",
        [row("training_id", known=True), text("day"), text("from_time"), text("to_time"), number("break_minutes")],
        [("training_id", "training")],
        [("training_id", "day")],
    )
    lay(
        "enrolment",
        [
            row("training_id", known=True),
            row("person_id", known=True),
            row("hub_id", known=True),
            text("state"),
            moment("asked_at", known=True),
            text("reason"),
        ],
        [("training_id", "training"), ("person_id", "person"), ("hub_id", "hub")],
        [("person_id",), ("training_id",)],
    )
    lay(
        "presence",
        [row("enrolment_id", known=True), row("day_id", known=True), text("mark"), count("minutes")],
        [("enrolment_id", "enrolment"), ("day_id", "training_day")],
        [("day_id",), ("enrolment_id",)],
    )
    lay(
        "assessment",
        [
            row("enrolment_id", known=True),
            row("assessor_id"),
            text("result"),
            count("points"),
            text("day"),
            text("note"),
        ],
        [("enrolment_id", "enrolment"), ("assessor_id", "account")],
        [("enrolment_id",)],
    )


def downgrade() -> None:
    """Take the tables away."""
    clear(_TABLES)
