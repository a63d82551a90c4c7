"""A demo hub's trainings: a class about every five weeks, with its waiting list, absences, marks and one that runs."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial
from random import Random
from typing import Final

from app.bootstrap import Hub, UnitOfWork
from app.demo.accompaniment import Advice
from app.demo.crowd import chance
from app.domain.ids import EnrolmentId, PersonId, TrainingId
from app.domain.trainings import Mark, NewDay, NewTraining, Result, TrainingState
from app.services import assessments, enrolments, presences, trainings

_EVERY: Final = timedelta(days=33)
_BEGIN: Final = timedelta(days=9)
_AHEAD: Final = timedelta(days=8)
_FEWEST: Final = 5
_COURSES: Final = (
    ("entrepreneurship", "Créer son activité", "Starting a business", "إنشاء المشروع",
     "Passer de l’idée au projet ; choisir un statut ; prévoir ses dépenses.", "Présenter son projet et son budget.",
     "الانتقال من الفكرة إلى المشروع واختيار الوضع القانوني.", "تقديم المشروع وميزانيته."),
    ("management", "Gérer sa caisse et ses stocks", "Cash and stock", "تدبير الصندوق والمخزون",
     "Tenir un cahier de recettes et de dépenses ; suivre le stock.", "Calculer un prix de revient et une marge.",
     "مسك دفتر المداخيل والمصاريف وتتبع المخزون.", "حساب ثمن التكلفة وهامش الربح."),
    ("marketing", "Vendre en ligne", "Selling online", "البيع عبر الإنترنت",
     "Photographier, décrire et publier ses produits ; répondre aux clients.", "Ouvrir et animer une page de vente.",
     "تصوير المنتوجات ووصفها ونشرها والرد على الزبناء.", "فتح صفحة للبيع وتنشيطها."),
    ("digital", "Bureautique : les bases", "Office software: the basics", "المعلوميات المكتبية: المبادئ",
     "Écrire un courrier, tenir un tableau, envoyer un message.", "Faire une facture et un tableau de ventes.",
     "كتابة رسالة وإعداد جدول وإرسال بريد إلكتروني.", "إعداد فاتورة وجدول للمبيعات."),
    ("employability", "Préparer un entretien", "Preparing an interview", "الاستعداد لمقابلة التشغيل",
     "Rédiger son CV ; se présenter ; connaître ses droits.", "Mener un entretien de vingt minutes.",
     "كتابة السيرة الذاتية وتقديم الذات ومعرفة الحقوق.", "إجراء مقابلة من عشرين دقيقة."),
    ("trade", "Couture : coupe et finitions", "Sewing: cutting and finishing", "الخياطة: الفصالة والتشطيب",
     "Prendre les mesures, couper, assembler, finir.", "Réaliser une chemise à partir d’un patron.",
     "أخذ القياسات والفصالة والتجميع والتشطيب.", "خياطة قميص انطلاقا من باترون."),
)  # fmt: skip
_TRAINERS: Final = ("Salma Idrissi", "Hamid Ouazzani", "Christelle Mbarga", "")
_PLACES: Final = ("Salle de formation", "Salle 2", "Maison des jeunes", "Atelier")
_MARKED: Final = frozenset({"management", "digital", "trade"})
_PASS, _BEST = 1000, 2000


@dataclass(slots=True)
class _Course:
    """A training as far as the story is."""

    id: TrainingId
    days: list[date]
    by_mark: bool
    there: dict[EnrolmentId, float] = field(default_factory=dict)
    done: int = 0


@dataclass(slots=True)
class Trainings:
    """Plans classes of the people who are accompanied, and lives them day by day."""

    rng: Random
    first: date
    advice: Advice
    advisor: Hub
    _next: date | None = None
    _count: int = 0
    _open: list[_Course] = field(default_factory=list)

    def after(self, day: date, ids: dict[int, PersonId]) -> None:
        """Write what happened in the classes on a day."""
        if day >= (self._next or self.first + _BEGIN):
            self._next = day + _EVERY
            self.advisor.write(partial(self._plan, day, ids))
        for course in list(self._open):
            if course.done < len(course.days) and course.days[course.done] <= day:
                self.advisor.write(partial(self._attend, course, day))
            if course.days[-1] + timedelta(days=2) <= day:
                self.advisor.write(partial(self._end, course))
                self._open.remove(course)

    def _plan(self, day: date, ids: dict[int, PersonId], uow: UnitOfWork) -> None:
        kind, title_fr, title_en, title_ar, aims_fr, skills_fr, aims_ar, skills_ar = _COURSES[
            self._count % len(_COURSES)
        ]
        there = sorted(place for place in self.advice.followed if place in ids)
        wanted = min(len(there), self.rng.randint(8, 20))
        if wanted < _FEWEST:
            # as soon as there are enough people for a class
            self._next = day + timedelta(days=3)
            return
        self._count += 1
        days = _days(day + _AHEAD, 3 + self.rng.randint(0, 3))
        places = self.rng.choice((10, 12, 15, 16))
        trainer = self.rng.choice(_TRAINERS)
        new = NewTraining(
            title_fr, title_en, title_ar, kind, aims_fr, "", aims_ar, skills_fr, "", skills_ar,
            trainer_id=None if trainer else self.advisor.actor.account_id, trainer=trainer,
            place=self.rng.choice(_PLACES), places=places, least_share=75, days=days,
            pass_mark=_PASS if kind in _MARKED else 0, best_mark=_BEST if kind in _MARKED else 0,
        )  # fmt: skip
        made = trainings.add(new, uow).value
        chosen = [ids[place] for place in self.rng.sample(there, wanted)]
        enrolled = enrolments.enrol(made.id, chosen, uow).value
        course = _Course(made.id, [item.day for item in days], kind in _MARKED)
        course.there = {item.id: self.rng.choice((0.98, 0.95, 0.9, 0.8, 0.35)) for item in enrolled}
        if chance(self.rng, 0.5):
            enrolments.withdraw(enrolled[0].id, "A trouvé du travail", uow)
        self._open.append(course)

    def _attend(self, course: _Course, day: date, uow: UnitOfWork) -> None:
        view = trainings.show(course.id, uow)
        for planned in view.training.days:
            if planned.day > day or planned.marked:
                continue
            groups: dict[Mark, list[EnrolmentId]] = {}
            for item in view.enrolled:
                if chance(self.rng, course.there.get(item.id, 0.9)):
                    mark = Mark.LATE if chance(self.rng, 0.08) else Mark.PRESENT
                else:
                    mark = Mark.EXCUSED if chance(self.rng, 0.3) else Mark.ABSENT
                groups.setdefault(mark, []).append(item.id)
            for mark, people in groups.items():
                minutes = planned.minutes - 30 if mark is Mark.LATE else None
                presences.mark(planned.id, dict.fromkeys(people, mark), uow, minutes=minutes)
        course.done = sum(item <= day for item in course.days)

    def _end(self, course: _Course, uow: UnitOfWork) -> None:
        for item in assessments.training_facts(course.id, uow):
            if item.participation or not chance(self.rng, 0.95):
                continue
            share = item.minutes_attended / item.minutes_planned
            if course.by_mark:
                points = min(_BEST, round((6 + 9 * share + 4 * self.rng.random()) * 2) * 50)
                assessments.assess(item.enrolment.id, uow, points=points)
            else:
                result = Result.PASSED if chance(self.rng, share) else Result.FAILED
                assessments.assess(item.enrolment.id, uow, result=result)
        trainings.set_state(course.id, TrainingState.FINISHED, uow)


def _days(first: date, count: int) -> tuple[NewDay, ...]:
    """Tuesdays and Thursdays, in the morning."""
    found: list[NewDay] = []
    day = first
    while len(found) < count:
        if day.weekday() in {1, 3}:
            found.append(NewDay(day, time(9, 30), time(12, 30)))
        day += timedelta(days=1)
    return tuple(found)
