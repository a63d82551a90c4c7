"""The tables of trainings: their hubs and days, who is enrolled, who was there on which day, assessments.

Days are YYYY-MM-DD, times of day HH:MM as the clock on the wall says; marks are in hundredths of a point.
"""

import sqlalchemy as sa

from app.storage.schema_parts import count, link, moment, number, synced, text

training = synced(
    "training",
    link("hub_id", "hub"),
    # a colleague, or the name of somebody from outside
    link("trainer_id", "account", nullable=True),
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
    # 0 takes as many as come
    number("places"),
    # of the planned hours, in per cent
    number("least_share"),
    # without a mark to pass the assessor says passed or failed
    number("pass_mark"),
    number("best_mark"),
    text("state"),
    text("note"),
)
training_hub = synced("training_hub", link("training_id", "training"), link("hub_id", "hub"))
training_day = synced(
    "training_day",
    link("training_id", "training"),
    text("day"),
    text("from_time"),
    text("to_time"),
    number("break_minutes"),
)
enrolment = synced(
    "enrolment",
    link("training_id", "training"),
    link("person_id", "person"),
    # the one that enrolled the person
    link("hub_id", "hub"),
    text("state"),
    # the order of the waiting list
    moment("asked_at", nullable=False),
    text("reason"),
)
presence = synced(
    "presence",
    link("enrolment_id", "enrolment"),
    link("day_id", "training_day"),
    text("mark"),
    # where somebody came late or left early; else the mark says it
    count("minutes"),
)
assessment = synced(
    "assessment",
    link("enrolment_id", "enrolment"),
    link("assessor_id", "account", nullable=True),
    text("result"),
    count("points"),
    text("day"),
    text("note"),
)

TRAININGS = (training, training_hub, training_day, enrolment, presence, assessment)

sa.Index(None, training.c.hub_id)
sa.Index(None, training_hub.c.training_id)
sa.Index(None, training_day.c.training_id, training_day.c.day)
sa.Index(None, enrolment.c.training_id)
sa.Index(None, enrolment.c.person_id)
sa.Index(None, presence.c.enrolment_id)
sa.Index(None, presence.c.day_id)
sa.Index(None, assessment.c.enrolment_id)
