"""How likely two records are of one person, and why: shown as a warning, never acted on."""

from collections.abc import Sequence
from typing import Final

from app.domain.people import Likeness, NewPerson, Person, PersonRow, PossibleDuplicate, Precision
from app.domain.recognition import name_similarity

WORTH_SHOWING: Final = 0.62
_ALIKE: Final = 0.8
_PHONE, _CARD, _BIRTH, _YEAR, _NATIONALITY = 0.35, 0.6, 0.2, 0.08, 0.03
_AGAINST_BIRTH, _AGAINST_NATIONALITY, _AGAINST_SEX = 0.15, 0.08, 0.25


def compare(given: NewPerson, phones: Sequence[str], known: Person, row: PersonRow) -> PossibleDuplicate:
    """Score from 0 to 1 and reasons. `phones` are those given, in E.164.

    The name counts most; a phone and a full birth date confirm. A birth date on 1 January is how an unknown day is
    written on many documents, so it weighs as its year.
    """
    ours = [name for name in (given.name, given.name_ar, *given.also_known) if name]
    theirs = [name for name in (known.name, known.name_ar, *known.also_known) if name]
    named = max((name_similarity(a, b) for a in ours for b in theirs), default=0.0)
    reasons = [Likeness.NAME] if named >= _ALIKE else []
    score = named * 0.8
    if set(phones) & set(known.phones):
        score += _PHONE
        reasons.append(Likeness.PHONE)
    if given.card and given.card.strip().upper() in {known.card, known.number}:
        score += _CARD
        reasons.append(Likeness.CARD)
    weight = _birth_weight(given, known)
    score += weight
    if weight > 0:
        reasons.append(Likeness.BIRTH)
    if given.nationality and known.nationality:
        same = given.nationality == known.nationality
        score += _NATIONALITY if same else -_AGAINST_NATIONALITY
        if same and reasons:
            reasons.append(Likeness.NATIONALITY)
    if given.sex and known.sex and given.sex != known.sex:
        score -= _AGAINST_SEX
    return PossibleDuplicate(row, max(0.0, min(1.0, score)), tuple(reasons))


def _birth_weight(given: NewPerson, known: Person) -> float:
    if given.birth is None or known.birth is None:
        return 0.0
    sure = all(birth.precision is Precision.DAY for birth in (given.birth, known.birth))
    telling = (given.birth.date.month, given.birth.date.day) != (1, 1)
    if given.birth.date == known.birth.date and sure and telling:
        return _BIRTH
    estimated = any(birth.precision is Precision.ESTIMATED for birth in (given.birth, known.birth))
    apart = abs(given.birth.year - known.birth.year)
    if apart == 0 or (estimated and apart <= 3):  # noqa: PLR2004 - years by which an estimate may miss
        return _YEAR
    return -_AGAINST_BIRTH
