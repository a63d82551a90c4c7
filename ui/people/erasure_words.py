"""How far the erasure of a person has come, in words."""

from app.clock import day_of
from app.domain.people import Sex
from app.i18n import _, current_language, ngettext
from app.services.erasing import Erasure
from ui.people.wording import join_facts, word_birth_year, word_full_day, word_nationality


def word_erasure(erasure: Erasure) -> str:
    """Erased at 3 of 4 hubs; from Oujda no answer has come yet."""
    said = [
        _("Erased on {day}.").format(day=word_full_day(day_of(erasure.since))),
        word_progress(erasure),
    ]
    if erasure.unanswered:
        names = [names.get(current_language()) or names.get("fr") or hub for hub, _desk, names in erasure.unanswered]
        said.append(
            ngettext(
                "No answer has come from {offices} yet: it erases the person with the next bundle from here, and "
                "confirms it with its own.",
                "No answer has come from {offices} yet: they erase the person with the next bundle from here, and "
                "confirm it with their own.",
                len(names),
            ).format(offices=_(", ").join(dict.fromkeys(names)))
        )
    return " ".join(said)


def word_progress(erasure: Erasure) -> str:
    """The count alone."""
    return ngettext(
        "Erased at {done} of {known} office.", "Erased at {done} of {known} offices.", erasure.known
    ).format(done=erasure.done, known=erasure.known)


def word_stub(erasure: Erasure) -> str:
    """What is left of the person: enough for the counts, and for nobody to be recognised."""
    stub = erasure.stub
    sex = {Sex.FEMALE: _("woman"), Sex.MALE: _("man"), Sex.NOT_STATED: ""}[stub.sex]
    return join_facts(sex, word_birth_year(stub.birth), word_nationality(stub.nationality)) or _("not stated")
