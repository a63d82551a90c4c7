"""Forms of a training: plan or change one, add a day, enrol somebody, assess."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.domain.trainings import NewDay, NewTraining, Result, Training
from app.i18n import _, current_language
from app.services import assessments, enrolments, training_days, trainings
from ui.people.person_finder import PersonFinder
from ui.people.wording import isolate
from ui.training.wording import word_title, word_who
from ui.ventures.amounts import NotUnderstoodError, write_date
from ui.ventures.form import FormPanel, amount_field, code_options, count_field, date_field, framed_pick
from ui.ventures.wording import code_words, word_code
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.domain.people import PersonRow
    from app.domain.trainings import Enrolment
    from app.outcome import Outcome
    from ui.page import PageContext

_HOUR = 60


class TrainingForm(FormPanel):
    """A new training, or what is known of one. `kept` carries it."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A training"), lambda: _("Keep the training"), parent)
        self._context = context
        self._known: Training | None = None
        self.titles = {
            "title_fr": LineField(lambda: _("Title in French"), max_length=200),
            "title_ar": LineField(lambda: _("Title in Arabic"), max_length=200),
            "title_en": LineField(lambda: _("Title in English"), max_length=200),
        }
        self.kind, kind = framed_pick(lambda: _("Kind"), code_options("training_kinds"))
        self.trainer = LineField(lambda: _("Trainer"), hint=lambda: _("Empty: you"), max_length=120)
        self.place = LineField(lambda: _("Place"), max_length=120)
        self.hours = amount_field(lambda: _("Planned hours"), lambda: _("Empty: what the days come to"))
        self.places = count_field(lambda: _("Places, empty where there is no limit"))
        self.least = count_field(lambda: _("Hours required for the certificate, in %"))
        self.pass_mark = amount_field(lambda: _("Mark to pass"), lambda: _("Empty: the assessor says who passed"))
        self.best_mark = amount_field(lambda: _("Best mark"))
        self.texts = {
            "objectives_fr": LineField(lambda: _("Objectives in French"), max_length=2000),
            "objectives_ar": LineField(lambda: _("Objectives in Arabic"), max_length=2000),
            "skills_fr": LineField(lambda: _("Skills in French"), max_length=2000),
            "skills_ar": LineField(lambda: _("Skills in Arabic"), max_length=2000),
        }
        self.beside(self.titles["title_fr"], self.titles["title_ar"])
        self.beside(self.titles["title_en"], kind)
        self.beside(self.trainer, self.place)
        self.beside(self.hours, self.places, self.least)
        self.beside(self.pass_mark, self.best_mark)
        self.beside(self.texts["objectives_fr"], self.texts["objectives_ar"])
        self.beside(self.texts["skills_fr"], self.texts["skills_ar"])

    def begin(self, known: Training | None = None) -> None:
        """An empty form, or one with what is known."""
        self._known = known
        for name, field in (*self.titles.items(), *self.texts.items()):
            field.set_text(getattr(known, name) if known else "")
            field.clear_error()
        self.kind.choose(known.kind if known else "entrepreneurship")
        self.trainer.set_text(known.trainer if known else "")
        self.place.set_text(known.place if known else "")
        self.hours.set_text(_plain(known.announced_minutes / _HOUR) if known else "")
        self.places.set_text(str(known.places) if known and known.places else "")
        self.least.set_text(str(known.least_share) if known and known.least_share else "")
        self.pass_mark.set_text(_plain(known.pass_mark / 100) if known else "")
        self.best_mark.set_text(_plain(known.best_mark / 100) if known else "20")
        for field in (self.hours, self.places, self.least, self.pass_mark, self.best_mark):
            field.clear_error()

    def enter(self) -> None:
        """The title."""
        self.titles["title_fr"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        known = self._known
        hours, pass_mark = self.read_amount(self.hours), self.read_amount(self.pass_mark)
        best, places, least = (
            self.read_amount(self.best_mark),
            self.read_count(self.places),
            self.read_count(self.least),
        )
        if not any(field.text for field in self.titles.values()):
            self.blame(self.titles["title_fr"], lambda: _("What is the training called?"))
        if self.is_wrong:
            return
        fields: dict[str, object] = {name: field.text for name, field in (*self.titles.items(), *self.texts.items())}
        fields |= {
            "kind": self.kind.value, "place": self.place.text, "minutes": int((hours or 0) * _HOUR),
            "places": places or 0, "least_share": least or 0, "pass_mark": int((pass_mark or 0) * 100),
            "best_mark": int((best or 0) * 100), "trainer": self.trainer.text,
        }  # fmt: skip
        if known is None and not self.trainer.text:
            fields["trainer_id"] = self._context.actor.account_id

        def act(uow: UnitOfWork) -> Outcome[Training]:
            if known is not None:
                return trainings.edit(known.id, fields, uow)
            return trainings.add(NewTraining(**fields), uow)  # type: ignore[arg-type]

        def word(after: Training) -> str:
            return _("{title} is kept.").format(title=isolate(word_title(after)))

        self._context.operations.run(self, act, self.kept.emit, busy=self.save, said=word)


class DayForm(FormPanel):
    """A day more. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A day of the training"), lambda: _("Keep the day"), parent)
        self._context = context
        self._training: Training | None = None
        self.day = date_field(lambda: _("Day"))
        self.begins = LineField(lambda: _("From"), placeholder=lambda: "09:00", left_to_right=True, max_length=5)
        self.ends = LineField(lambda: _("To"), placeholder=lambda: "12:00", left_to_right=True, max_length=5)
        self.pause = count_field(lambda: _("Break in minutes"))
        self.add(self.day)
        self.beside(self.begins, self.ends, self.pause)

    def begin(self, training: Training) -> None:
        """The hours of the last day stay, as they mostly do."""
        self._training = training
        last = training.days[-1] if training.days else None
        self.day.set_text("")
        self.begins.set_text(f"{last.from_time:%H:%M}" if last else "09:00")
        self.ends.set_text(f"{last.to_time:%H:%M}" if last else "12:00")
        self.pause.set_text(str(last.break_minutes) if last and last.break_minutes else "")
        for field in (self.day, self.begins, self.ends, self.pause):
            field.clear_error()

    def enter(self) -> None:
        """The date."""
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        training = self._training
        self.demand(self.day, lambda: _("Which day?"))
        day = self.read_date(self.day)
        error = lambda: _("Not understood. Write a time such as 09:00.")  # noqa: E731 - said of two fields
        begins, ends = self.read(self.begins, _read_time, error), self.read(self.ends, _read_time, error)
        pause = self.read_count(self.pause) or 0
        if self.is_wrong or training is None or day is None or begins is None or ends is None:
            return
        new = NewDay(day, begins, ends, pause)

        def act(uow: UnitOfWork) -> Outcome[Training]:
            return training_days.add_days(training.id, [new], uow)

        said = _("{day} is planned.").format(day=write_date(day))
        self._context.operations.run(self, act, lambda _after: self.kept.emit(), busy=self.save, said=lambda _a: said)


class EnrolForm(FormPanel):
    """Look for somebody, who is enrolled at once; the next one may follow. `kept` says that one is."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Enrol people"), lambda: _("Enrol"), parent)
        self._context = context
        self._training: Training | None = None
        self.finder = PersonFinder(context, lambda: _("Who?"), lane="training-person")
        self.body.insertWidget(2, self.finder, 1)
        self.fields.hide()
        self.save.hide()
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.stepped_back.connect(self.left)

    def begin(self, training: Training) -> None:
        """For a training."""
        self._training = training
        self.explain(lambda: _("Enter enrols; once all places are taken, people go on the waiting list."))

    def enter(self) -> None:
        """The search."""
        self.finder.start()
        self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """The finder answers."""

    def _on_finder_picked(self, person: PersonRow) -> None:
        training = self._training
        if training is None:
            return

        def act(uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
            return enrolments.enrol(training.id, [person.id], uow)

        def done(_made: tuple[Enrolment, ...]) -> None:
            self.kept.emit()
            self.enter()

        def word(made: tuple[Enrolment, ...]) -> str:
            return _("{name}: {state}.").format(
                name=isolate(word_who(made[0])), state=isolate(word_code("enrolment_states", made[0].state))
            )

        self._context.operations.run(self, act, done, said=word)


class AssessForm(FormPanel):
    """What the assessment of one person gave. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Assessment"), lambda: _("Keep the assessment"), parent)
        self._context = context
        self._training: Training | None = None
        self._person: Enrolment | None = None
        self.who = Label(lambda: word_who(self._person) if self._person else "", step="medium", strong=True)
        results = [(one.value, code_words("assessment_results", one.value)) for one in Result]
        self.result, self.result_frame = framed_pick(lambda: _("Result"), results)
        self.mark = amount_field(lambda: _("Mark"))
        self.note = LineField(lambda: _("Note"), max_length=500)
        self.add(self.who, self.result_frame, self.mark, self.note)

    def begin(self, training: Training, person: Enrolment) -> None:
        """What is known of the assessment already."""
        self._training, self._person = training, person
        found = person.assessment
        self.result_frame.setVisible(not training.pass_mark)
        self.mark.setVisible(bool(training.best_mark))
        self.result.choose(found.result if found else Result.PASSED)
        self.mark.set_text(_plain(found.points / 100) if found and found.points is not None else "")
        self.note.set_text(found.note if found else "")
        self.mark.clear_error()
        self.who.retranslate()

    def enter(self) -> None:
        """The mark, or the result."""
        first = self.mark if self._training is not None and self._training.pass_mark else self.result
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        training, person = self._training, self._person
        mark = self.read_amount(self.mark)
        if training is not None and training.pass_mark:
            self.demand(self.mark, lambda: _("This training is passed with a mark."))
        if self.is_wrong or training is None or person is None:
            return
        points = None if mark is None else int(mark * 100)
        result, note = Result(self.result.value), self.note.text

        def act(uow: UnitOfWork) -> Outcome[Enrolment]:
            return assessments.assess(person.id, uow, result=result, points=points, note=note)

        def word(after: Enrolment) -> str:
            state = word_code("assessment_results", after.assessment.result) if after.assessment else ""
            return _("{name}: {state}.").format(name=isolate(word_who(after)), state=isolate(state))

        self._context.operations.run(self, act, lambda _after: self.kept.emit(), busy=self.save, said=word)


def _plain(number: float) -> str:
    text = f"{number:g}" if number else ""
    return text.replace(".", ",") if current_language() == "fr" else text


def _read_time(text: str) -> time:
    try:
        hour, _sign, minute = text.replace("h", ":").replace("H", ":").partition(":")
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise NotUnderstoodError from error
