"""The use cases about people: find, recognise, write down, correct. Nothing restricted leaves without permission."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.consent import NOTICE_VERSION, REGISTRATION, Consent, ConsentWay
from app.domain.ids import ConsentId, PersonId
from app.domain.people import NewPerson, Person, PersonRow, PossibleDuplicate, Restricted, clean_name
from app.domain.visits import FieldChange, VisitRow
from app.errors import NotFoundError, UserError
from app.i18n import _, current_language
from app.outcome import Outcome
from app.services import likeness
from app.services.access import require
from app.services.erasing import Erasure, erasure_of
from app.services.likeness import COMES_AGAIN, Verdict
from app.services.merging import records_of
from app.services.person_fields import EDITABLE, RESTRICTED_FIELDS, check_fields
from app.services.phones import normalise_phones
from app.services.weights import Rarity, Traits, traits_of
from app.storage import consents as consent_rows
from app.storage import history as histories
from app.storage import links, pairs
from app.storage import people as people_rows
from app.storage.person_rows import fresh_row, latest_visitors, person_rows
from app.storage.search import find_similar, prepare_next_word, search_people
from app.storage.unit_of_work import UnitOfWork
from app.storage.visits import person_visits

_SIMILAR = 12


@dataclass(frozen=True, slots=True)
class PersonView:
    """All that an account may see of a person; `restricted` is None where it may not.

    Of somebody who was erased it is the visits, what the counts need, and how far the `erasure` has come.
    """

    person: Person
    restricted: Restricted | None
    visits: tuple[VisitRow, ...]
    consents: tuple[Consent, ...]
    erasure: Erasure | None = None


def search(query: str, uow: UnitOfWork, limit: int = 10) -> tuple[PersonRow, ...]:
    """Who is meant by some letters in either script, some digits of a phone, or a number; best first.

    Without a query: who came last.
    """
    require(uow, Permission.FIND_PEOPLE)
    hub = uow.actor.hub_id
    if not query.strip():
        scores = dict.fromkeys(latest_visitors(uow.connection, hub, limit), 0.0)
    else:
        scores = {hit.person_id: hit.score for hit in search_people(uow.connection, query, limit)}
    if joined := links.roots(uow.connection):
        # one row a person: the best score of its records comes first
        scores = {joined.get(found, found): scores[found] for found in reversed(scores)}
        scores = dict(sorted(scores.items(), key=lambda item: -item[1]))
    return tuple(person_rows(uow.connection, scores, hub))


def expect_more(query: str, uow: UnitOfWork) -> None:
    """Look ahead while nobody waits, for what more letters of a query that is answered will ask."""
    require(uow, Permission.FIND_PEOPLE)
    prepare_next_word(uow.connection, query)


def possible_duplicates(person: NewPerson, uow: UnitOfWork, limit: int = 5) -> tuple[PossibleDuplicate, ...]:
    """People on record who may be the one being written down, most likely first, each with its reasons."""
    require(uow, Permission.FIND_PEOPLE)
    phones = normalise_phones(person.phones, person.nationality)
    names = tuple(name for name in (person.name, person.name_ar, *person.also_known) if name.strip())
    scores: dict[UUID, float] = {}
    if names:
        scores |= {hit.person_id: hit.score for hit in find_similar(uow.connection, names, _SIMILAR)}
    for person_id in people_rows.find_by_phone(uow.connection, phones):
        scores.setdefault(person_id, 0.0)
    card = clean_name(person.card).upper()
    if card and (holder := people_rows.find_by_number(uow.connection, card)):
        scores.setdefault(holder, 0.0)
    known = {item.id: item for item in people_rows.load_people(uow.connection, scores)}
    rows = person_rows(uow.connection, scores, uow.actor.hub_id)
    given = traits_of(person, phones)
    rarity = _rarity(given, Counter(phone for item in known.values() for phone in item.phones), uow)
    found = [(row, _judge(given, known[row.id], rarity)) for row in rows if row.id in known]
    likely = sorted((item for item in found if item[1].is_worth_showing), key=lambda item: -item[1].score)
    return tuple(PossibleDuplicate(row, verdict.score, verdict.reasons) for row, verdict in likely[:limit])


def _judge(given: Traits, known: Person, rarity: Rarity) -> Verdict:
    return likeness.weigh(given, traits_of(known, known.phones), rarity).judge(rarity.people, COMES_AGAIN)


def _rarity(given: Traits, phones: Mapping[str, int], uow: UnitOfWork) -> Rarity:
    """What the register says of chance, as far as the names given go: worked out for each key typed."""
    words = [word for name in (given.latin, given.arabic, *given.others) for word in name]
    people, names = pairs.count_people(uow.connection)
    return Rarity(people, names, pairs.count_bearers(uow.connection, words), phones)


def add(person: NewPerson, uow: UnitOfWork) -> Outcome[PersonRow]:
    """Put somebody on record. Raises UserError when there is no name at all."""
    outcome = add_many([person], uow)
    return Outcome(outcome.value[0], outcome.changes, outcome.undo)


def add_many(people: Sequence[NewPerson], uow: UnitOfWork) -> Outcome[tuple[PersonRow, ...]]:
    """Put many people on record in one go, in their order; one bad entry refuses all."""
    require(uow, Permission.ADD_PEOPLE)
    actor = uow.actor
    first = uow.next_number("person", len(people)) if people else 0
    made = [
        _to_person(person, PersonId(uow.new_id()), f"{actor.hub_code}-{actor.desk}{first + index:05d}", uow)
        for index, person in enumerate(people)
    ]
    people_rows.add_people(uow, [(person, Restricted()) for person in made])
    consents = [
        Consent(
            id=ConsentId(uow.new_id()),
            person_id=person.id,
            kind=REGISTRATION,
            version=NOTICE_VERSION,
            language=current_language(),
            way=ConsentWay(given.consent),
            given_at=uow.now,
        )
        for person, given in zip(made, people, strict=True)
        if given.consent
    ]
    consent_rows.add_consents(uow, consents)
    rows = tuple(fresh_row(person) for person in made)
    changes = Changes(people=frozenset(person.id for person in made))
    return Outcome(rows, changes, uow.undo_token if people else None)


def edit(person_id: PersonId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Person]:
    """Correct fields of a person, named as in `Person`, or `residence` and `education` for those allowed."""
    require(uow, Permission.EDIT_PEOPLE)
    if RESTRICTED_FIELDS & fields.keys():
        require(uow, Permission.EDIT_RESIDENCE)
    # somebody who is hidden can be shown again, and is otherwise left alone
    before = _load(person_id, uow, hidden=fields.get("hidden") is False)
    people_rows.write_person(uow, person_id, check_fields(fields, before))
    return Outcome(_load(person_id, uow, hidden=True), Changes(people=frozenset({person_id})), uow.undo_token)


def show(person_id: PersonId, uow: UnitOfWork) -> PersonView:
    """Everything about a person that this account may see; that it was looked at goes on the audit trail."""
    require(uow, Permission.FIND_PEOPLE)
    person = _load(person_id, uow)
    allowed = uow.actor.may(Permission.READ_RESIDENCE)
    restricted = people_rows.load_restricted(uow.connection, person_id) if allowed else None
    uow.note("read_restricted" if allowed else "read", "person", person_id)
    return PersonView(
        person,
        restricted,
        tuple(person_visits(uow.connection, records_of(person_id, uow))),
        tuple(consent_rows.consents_of(uow.connection, person_id)),
    )


def show_even_erased(person_id: PersonId, uow: UnitOfWork) -> PersonView:
    """As `show`; of somebody who was erased, what is left and how far the erasure has come."""
    erasure = erasure_of(person_id, uow)
    if erasure is None:
        return show(person_id, uow)
    uow.note("read", "person", person_id)
    return PersonView(erasure.stub, None, tuple(person_visits(uow.connection, [person_id])), (), erasure)


def history(person_id: PersonId, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """Who wrote what about a person, restricted fields only for those allowed; that it was read goes on the trail."""
    require(uow, Permission.FIND_PEOPLE)
    _load(person_id, uow)
    allowed = uow.actor.may(Permission.READ_RESIDENCE)
    hidden = frozenset() if allowed else RESTRICTED_FIELDS
    uow.note("read_restricted" if allowed else "read", "person", person_id, "history")
    return tuple(histories.row_history(uow.connection, person_id, hidden))


def resolve(reference: str, uow: UnitOfWork) -> PersonId:
    """The person with an id or a human number. Raises NotFoundError."""
    require(uow, Permission.FIND_PEOPLE)
    text = clean_name(reference)
    try:
        found: UUID | None = UUID(text)
    except ValueError:
        found = people_rows.find_by_number(uow.connection, text.upper())
    if found is None or not people_rows.load_people(uow.connection, [found]):
        raise _not_found()
    return PersonId(found)


def _load(person_id: PersonId, uow: UnitOfWork, *, hidden: bool = False) -> Person:
    found = people_rows.load_people(uow.connection, [person_id], hidden=hidden)
    if not found:
        raise _not_found()
    return found[0]


def _not_found() -> NotFoundError:
    return NotFoundError(_("There is no such person on record here. Nothing was changed. Search by name or phone."))


def _to_person(given: NewPerson, person_id: PersonId, number: str, uow: UnitOfWork) -> Person:
    cells = check_fields({name: getattr(given, name) for name in EDITABLE - {"hidden"} if hasattr(given, name)})
    if given.consent and given.consent not in set(ConsentWay):
        raise UserError(_("The way in which consent was given is not on the list. Nothing was kept."))
    return people_rows.person_of(cells, person_id=person_id, number=number, hub_id=uow.actor.hub_id, created_at=uow.now)
