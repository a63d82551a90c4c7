"""The sheet that people sign on each day of a training."""

from dataclasses import dataclass

from app.documents.hub_sheets import render_attendance_sheet
from app.domain.accounts import Permission
from app.domain.ids import TrainingId
from app.domain.sheets_hub import AttendanceSheet, SheetDay, SheetPerson
from app.domain.trainings import EnrolmentState
from app.services import training_rules as rules
from app.services.access import require
from app.storage import places
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet ready to be looked at and printed."""

    pdf: bytes
    file_name: str


def draw_attendance_sheet(training_id: TrainingId, language: str, uow: UnitOfWork) -> DrawnSheet:
    """The sheet for who has a place now, in "fr", "en", "ar" or "fr+ar". That it was drawn goes on the audit trail."""
    require(uow, Permission.READ_TRAININGS)
    found = rules.load(training_id, uow)
    own = places.installation_row(uow.connection, uow.actor.installation_id)
    first = language.partition("+")[0]
    sheet = AttendanceSheet(
        hub_name="Work4Life",
        hub_city={"fr": own.label_fr, "ar": own.label_ar}.get(first, own.label_en),
        training=found.title(first),
        trainer=found.trainer,
        place=found.place,
        days=tuple(SheetDay(day.day, f"{day.from_time:%H:%M}", f"{day.to_time:%H:%M}") for day in found.days),
        people=tuple(
            SheetPerson(item.number, item.name, item.name_ar)
            for item in rules.everybody(training_id, uow)
            if item.state is EnrolmentState.ENROLLED
        ),
    )
    uow.note("printed", "training", training_id, "attendance sheet")
    return DrawnSheet(render_attendance_sheet(sheet, language), f"presences-{found.id.hex[:8]}.pdf")
