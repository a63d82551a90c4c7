"""What trainings and their papers are kept as, in words: records and fields in a decision."""

from collections.abc import Mapping
from typing import Final

from app.i18n import _
from ui.widgets.words import Words

TRAINING_RECORDS: Final[Mapping[str, Words]] = {
    "training": lambda: _("Training"),
    "training_hub": lambda: _("Hub that takes part in a training"),
    "training_day": lambda: _("Day of a training"),
    "enrolment": lambda: _("Enrolment in a training"),
    "presence": lambda: _("Attendance at a training"),
    "assessment": lambda: _("Assessment"),
    "paper_logo": lambda: _("Logo on papers"),
    "paper_template": lambda: _("Texts of a paper"),
    "certificate": lambda: _("Certificate"),
    "certificate_copy": lambda: _("Duplicate of a certificate"),
    "certificate_end": lambda: _("End of a certificate"),
}
TRAINING_FIELDS: Final[Mapping[str, Words]] = {
    "trainer_id": lambda: _("Trainer"),
    "trainer": lambda: _("Trainer"),
    "objectives_fr": lambda: _("Objectives in French"),
    "objectives_en": lambda: _("Objectives in English"),
    "objectives_ar": lambda: _("Objectives in Arabic"),
    "skills_fr": lambda: _("Skills in French"),
    "skills_en": lambda: _("Skills in English"),
    "skills_ar": lambda: _("Skills in Arabic"),
    "place": lambda: _("Place"),
    "least_share": lambda: _("Hours required, in per cent"),
    "pass_mark": lambda: _("Mark to pass, in hundredths"),
    "best_mark": lambda: _("Best mark, in hundredths"),
    "from_time": lambda: _("From"),
    "to_time": lambda: _("To"),
    "break_minutes": lambda: _("Break in minutes"),
    "asked_at": lambda: _("Enrolled on"),
    "mark": lambda: _("Attendance"),
    "assessor_id": lambda: _("Assessed by"),
}
