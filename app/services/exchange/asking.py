"""What a bundle would do that a person must agree to apart: before that, nothing of it is taken in."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from app.errors import UserError
from app.i18n import _, ngettext
from app.storage import incoming
from app.storage.unit_of_work import UnitOfWork

_MANY_DELETED: Final = 0.05
_ALWAYS_FEW: Final = 20


class Question(StrEnum):
    """To what a person must agree."""

    DELETIONS = "deletions"
    """It deletes a large share of the records."""
    REVOKED = "revoked"
    """It brings changes of offices that are believed no longer."""


def questions(deleted: int, held_back: Mapping[str, int], uow: UnitOfWork) -> frozenset[Question]:
    """What must be agreed to, for so many deletions and so many changes of offices that are believed no longer."""
    asked = set()
    if deleted > _ALWAYS_FEW and deleted > _MANY_DELETED * incoming.count_rows(uow.connection):
        asked.add(Question.DELETIONS)
    if held_back:
        asked.add(Question.REVOKED)
    return frozenset(asked)


def refuse(question: Question, deleted: int, held_back: Mapping[str, int]) -> UserError:
    """What is said where nobody has agreed."""
    if question is Question.DELETIONS:
        return UserError(
            _("This bundle deletes {count} records. Nothing was taken in. Agree to that first.").format(count=deleted)
        )
    count = sum(held_back.values())
    return UserError(
        ngettext(
            "This bundle brings {count} change of {offices}, whose computer is no longer trusted. Nothing was taken "
            "in. Agree to that first.",
            "This bundle brings {count} changes of {offices}, whose computer is no longer trusted. Nothing was taken "
            "in. Agree to that first.",
            count,
        ).format(count=count, offices=", ".join(held_back))
    )


def first_open(asked: Collection[Question], agreed: Collection[Question]) -> Question | None:
    """Something that was asked and not agreed to."""
    return next((question for question in Question if question in asked and question not in agreed), None)
