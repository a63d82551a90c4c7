"""Employers, the work that they offer, and who is proposed for it."""

from collections.abc import Mapping
from typing import Any, Final

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.codes import is_code
from app.domain.ids import CandidacyId, EmployerId, OfferId, PersonId
from app.domain.people import clean_name
from app.domain.placements import (
    CANDIDACY_MOVES,
    CandidacyRow,
    CandidacyState,
    Employer,
    NewEmployer,
    NewOffer,
    OfferRow,
    OfferState,
)
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import people
from app.services.access import require, update_row
from app.services.merging import records_of
from app.storage import placements as rows
from app.storage.schema_accompaniment import candidacy, employer, offer
from app.storage.unit_of_work import UnitOfWork

_MOST_PLACES: Final = 1000
_EMPLOYER_FIELDS: Final = ("name", "sector", "city", "contact", "phone")
_OFFER_FIELDS: Final = ("title", "kind", "places", "opens", "closes", "note")


def list_employers(uow: UnitOfWork, *, hidden: bool = False) -> tuple[Employer, ...]:
    """The employers of all hubs by name; with `hidden`, those out of use too."""
    require(uow, Permission.READ_CASES)
    return tuple(item for item in rows.employers(uow.connection) if hidden or not item.hidden)


def add_employer(new: NewEmployer, uow: UnitOfWork) -> Outcome[Employer]:
    """Put an employer on record. Raises UserError without a name, or for a sector that is not on the list."""
    require(uow, Permission.ACCOMPANY)
    cells = _employer_cells({name: getattr(new, name) for name in _EMPLOYER_FIELDS})
    made = EmployerId(uow.insert(employer, hub_id=uow.actor.hub_id, **cells))
    return Outcome(load_employer(made, uow), Changes(placements=frozenset({made})), uow.undo_token)


def edit_employer(employer_id: EmployerId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Employer]:
    """Correct `name`, `sector`, `city`, `contact`, `phone` of an employer, or hide it (`hidden`)."""
    require(uow, Permission.ACCOMPANY)
    load_employer(employer_id, uow)
    update_row(uow, employer, employer_id, **_employer_cells(fields))
    return Outcome(load_employer(employer_id, uow), Changes(placements=frozenset({employer_id})), uow.undo_token)


def load_employer(employer_id: EmployerId, uow: UnitOfWork) -> Employer:
    """An employer. Raises NotFoundError."""
    for item in rows.employers(uow.connection, employer.c.id == employer_id):
        return item
    raise NotFoundError(_("There is no such employer on record here. Nothing was changed. Choose one of those shown."))


def list_offers(
    uow: UnitOfWork, *, employer_id: EmployerId | None = None, everything: bool = False
) -> tuple[OfferRow, ...]:
    """The offers that take candidates, the latest first, of one employer or all; with `everything`, closed ones too."""
    require(uow, Permission.READ_CASES)
    where = [] if employer_id is None else [offer.c.employer_id == employer_id]
    found = rows.offers(uow.connection, day_of(uow.now), *where)
    return tuple(item for item in reversed(found) if everything or item.state is OfferState.OPEN)


def add_offer(new: NewOffer, uow: UnitOfWork) -> Outcome[OfferRow]:
    """Put an offer on record, open. Raises UserError for what does not fit."""
    require(uow, Permission.ACCOMPANY)
    load_employer(new.employer_id, uow)
    cells = _offer_cells({name: getattr(new, name) for name in _OFFER_FIELDS})
    if new.opens and new.closes and new.closes < new.opens:
        raise UserError(_("An offer does not close before it opens. Nothing was changed. Check the dates."))
    made = OfferId(
        uow.insert(offer, hub_id=uow.actor.hub_id, employer_id=new.employer_id, state=str(OfferState.OPEN), **cells)
    )
    return _offer_outcome(made, uow)


def edit_offer(offer_id: OfferId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[OfferRow]:
    """Correct `title`, `kind`, `places`, `opens`, `closes`, `note` of an offer. It keeps a place for all it took."""
    require(uow, Permission.ACCOMPANY)
    before = load_offer(offer_id, uow)
    cells = _offer_cells(fields)
    if isinstance(places := cells.get("places"), int) and places < before.taken:
        raise UserError(_("More people were accepted than that. Nothing was changed."))
    update_row(uow, offer, offer_id, **cells)
    return _offer_outcome(offer_id, uow)


def set_offer_open(offer_id: OfferId, uow: UnitOfWork, *, is_open: bool) -> Outcome[OfferRow]:
    """Close an offer, or open it again; one whose last day is past needs a later one first."""
    require(uow, Permission.ACCOMPANY)
    before = load_offer(offer_id, uow)
    if is_open and before.closes is not None and before.closes < day_of(uow.now):
        raise UserError(_("The last day of this offer is past. Nothing was changed. Give it a later one first."))
    update_row(uow, offer, offer_id, state=str(OfferState.OPEN if is_open else OfferState.CLOSED))
    return _offer_outcome(offer_id, uow)


def load_offer(offer_id: OfferId, uow: UnitOfWork) -> OfferRow:
    """An offer. Raises NotFoundError."""
    for item in rows.offers(uow.connection, day_of(uow.now), offer.c.id == offer_id):
        return item
    raise NotFoundError(_("There is no such offer on record here. Nothing was changed. Choose one of those shown."))


def list_candidates(offer_id: OfferId, uow: UnitOfWork) -> tuple[CandidacyRow, ...]:
    """Who was proposed for an offer, in that order."""
    require(uow, Permission.READ_CASES)
    return tuple(rows.candidacies(uow.connection, candidacy.c.offer_id == offer_id))


def candidacies_of(person_id: PersonId, uow: UnitOfWork) -> tuple[CandidacyRow, ...]:
    """The offers that a person was proposed for, the latest first."""
    require(uow, Permission.READ_CASES)
    records = sorted(records_of(person_id, uow))
    return tuple(reversed(rows.candidacies(uow.connection, candidacy.c.person_id.in_(records))))


def propose(offer_id: OfferId, person_id: PersonId, note: str, uow: UnitOfWork) -> Outcome[CandidacyRow]:
    """Propose somebody for an open offer. Raises UserError for a closed one, and for who is a candidate already."""
    require(uow, Permission.ACCOMPANY)
    wanted = load_offer(offer_id, uow)
    people.resolve(str(person_id), uow)
    if wanted.state is not OfferState.OPEN:
        raise UserError(_("This offer is closed. Nothing was changed. Open it again first."))
    records = records_of(person_id, uow)
    over = {CandidacyState.REFUSED, CandidacyState.WITHDREW}
    if any(item.person_id in records and item.state not in over for item in list_candidates(offer_id, uow)):
        raise UserError(_("This person is a candidate for that offer already. Nothing was changed."))
    made = CandidacyId(
        uow.insert(
            candidacy,
            offer_id=offer_id,
            person_id=person_id,
            state=str(CandidacyState.PROPOSED),
            proposed_at=uow.now,
            note=clean_name(note),
        )
    )
    return _candidacy_outcome(made, uow)


def move_candidate(
    candidacy_id: CandidacyId, state: CandidacyState, note: str, uow: UnitOfWork
) -> Outcome[CandidacyRow]:
    """Take a candidate further: interview, accepted, refused, withdrew. Raises UserError where that does not follow.

    Nobody is accepted above the places of the offer, and who was placed does not withdraw: the placement is ended.
    """
    require(uow, Permission.ACCOMPANY)
    row = load_candidacy(candidacy_id, uow)
    if state not in CANDIDACY_MOVES.get(row.state, ()) or row.placed:
        raise UserError(_("As this candidate stands, that is not possible. Nothing was changed."))
    if state is CandidacyState.ACCEPTED and load_offer(row.offer_id, uow).free == 0:
        raise UserError(_("All places of this offer are taken. Nothing was changed. Give the offer more places first."))
    cells: dict[str, object] = {"state": str(state)}
    if said := clean_name(note):
        cells["note"] = said
    update_row(uow, candidacy, candidacy_id, **cells)
    return _candidacy_outcome(candidacy_id, uow)


def load_candidacy(candidacy_id: CandidacyId, uow: UnitOfWork) -> CandidacyRow:
    """A candidate. Raises NotFoundError."""
    for item in rows.candidacies(uow.connection, candidacy.c.id == candidacy_id):
        return item
    raise NotFoundError(_("There is no such candidate on record here. Nothing was changed. Look in the list."))


def _employer_cells(fields: Mapping[str, object]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "hidden" and isinstance(value, bool):
            cells[name] = value
        elif name in _EMPLOYER_FIELDS and isinstance(value, str) and (name != "sector" or is_code("sectors", value)):
            cells[name] = clean_name(value)
        else:
            raise _not_kept(name, value)
    if not cells.get("name", True):
        raise UserError(_("An employer needs a name. Nothing was changed."))
    return cells


def _offer_cells(fields: Mapping[str, object]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "places" and type(value) is int and 1 <= value <= _MOST_PLACES:
            cells[name] = value
        elif name in {"opens", "closes"} and (value is None or hasattr(value, "isoformat")):
            cells[name] = value.isoformat() if value is not None else ""
        elif name in {"title", "note"} and isinstance(value, str):
            cells[name] = clean_name(value)
        elif name == "kind" and isinstance(value, str) and is_code("placements", value):
            cells[name] = value
        else:
            raise _not_kept(name, value)
    if not cells.get("title", True):
        raise UserError(_("An offer needs a title. Nothing was changed."))
    return cells


def _not_kept(name: str, value: object) -> UserError:
    return UserError(_("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name))


def _offer_outcome(offer_id: OfferId, uow: UnitOfWork) -> Outcome[OfferRow]:
    return Outcome(load_offer(offer_id, uow), Changes(placements=frozenset({offer_id})), uow.undo_token)


def _candidacy_outcome(candidacy_id: CandidacyId, uow: UnitOfWork) -> Outcome[CandidacyRow]:
    row = load_candidacy(candidacy_id, uow)
    changes = Changes(placements=frozenset({row.id, row.offer_id}), people=frozenset({row.person_id}))
    return Outcome(row, changes, uow.undo_token)
