"""Erasure of a person (law 09-08, art. 8; GDPR, art. 17): everywhere, for good, with a stub so that counts stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.ids import PersonId, shared_id
from app.domain.people import Birth, Person, Precision
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.services.exchange.trust import own_keys
from app.services.merging import records_of
from app.storage import erasures, peers, people, personal, schema, scrubbing
from app.storage.search import forget_people
from app.storage.unit_of_work import UnitOfWork
from app.sync.trust import sign

_BAND_YEARS = 5
_PURPOSE = b"wasl erasure 1\n"


@dataclass(frozen=True, slots=True)
class Erasure:
    """How far the erasure of a person has come: since when (epoch ms), at how many offices of how many.

    `unanswered` are the offices from which no receipt has come, as (hub, desk, names by language).
    """

    stub: Person
    since: int
    done: int
    known: int
    unanswered: tuple[tuple[str, str, Mapping[str, str]], ...]


def list_erased(uow: UnitOfWork, limit: int = 200) -> tuple[Erasure, ...]:
    """Everybody who was erased, the latest first, each with where that is still to come."""
    require(uow, Permission.ERASE_PEOPLE)
    return _erasures(erasures.newest_erased(uow.connection, limit), uow)


def erasure_of(person_id: PersonId, uow: UnitOfWork) -> Erasure | None:
    """How far the erasure of a person has come, for whoever opens the record; None for who was not erased."""
    require(uow, Permission.FIND_PEOPLE)
    return next(iter(_erasures([person_id], uow)), None)


def _erasures(people_ids: Sequence[UUID], uow: UnitOfWork) -> tuple[Erasure, ...]:
    connection = uow.connection
    receipts = erasures.receipts(connection, people_ids)
    stubs = {person.id: person for person in people.load_erased(connection, people_ids)}
    others = [peer for peer in peers.list_peers(connection) if peer.revoked_at is None]
    known = {uow.actor.installation_id, *(peer.installation for peer in others)}
    return tuple(
        Erasure(
            stub=stubs[person],
            since=min(receipts[person].values()),
            done=len(known & receipts[person].keys()),
            known=len(known),
            unanswered=tuple(
                (peer.hub, peer.desk, peer.names) for peer in others if peer.installation not in receipts[person]
            ),
        )
        for person in map(PersonId, people_ids)
        if person in stubs and receipts.get(person)
    )


def erase(person_id: PersonId, reason: str, uow: UnitOfWork) -> Outcome[None]:
    """Erase a person here and, as bundles travel, everywhere. It can't be taken back.

    All records that are linked as this person's are erased. What stays of each is a stub without name, number or
    contact: sex, nationality and the band of five years of birth, as the counts need them, and the visits. The reason
    goes on the audit trail. Raises NotFoundError, UserError without a reason.
    """
    require(uow, Permission.ERASE_PEOPLE)
    if not reason.strip():
        raise UserError(_("An erasure needs its reason on record. Nothing was changed."))
    found = people.load_people(uow.connection, records_of(person_id, uow), hidden=True)
    if not found:
        raise NotFoundError(_("There is no such person on record here. Nothing was changed. Search by name or phone."))
    for person in found:
        _erase_record(person, uow)
        uow.note("erased", "person", person.id, reason.strip())
        confirm(person.id, uow)
    _erase_about([person.id for person in found], uow)
    return Outcome(None, Changes(everything=True))


def _erase_record(person: Person, uow: UnitOfWork) -> None:
    uow.erase(
        schema.person,
        person.id,
        hub_id=person.hub_id,
        sex=str(person.sex),
        nationality=person.nationality,
        created_at=person.created_at,
        **_birth_cells(person.birth),
    )
    forget_people(uow.connection, [person.id])


def hear(newly: Sequence[UUID], tables: Iterable[str], uow: UnitOfWork) -> None:
    """Records of another office were taken in: some say that people are erased, who stayed here until now.

    `tables` are those that the records went to. Whoever is signed in, the words go of all that is about these people,
    and of what somebody wrote about others who are erased without having heard.
    """
    for person in newly:
        confirm(person, uow)
    if newly or not personal.TABLES.isdisjoint(tables):
        _erase_about(erasures.erased_people(uow.connection), uow)


def _erase_about(people_ids: Sequence[UUID], uow: UnitOfWork) -> None:
    for remnant in personal.remnants_of(uow.connection, people_ids):
        uow.erase(remnant.table, remnant.row_id, **remnant.stub)


def confirm(person_id: UUID, uow: UnitOfWork) -> None:
    """Sign for it that this installation has erased a person; the others show how many have."""
    installation = uow.actor.installation_id
    row_id = shared_id("erasure", person_id.hex, installation.hex)
    if not erasures.is_confirmed(uow.connection, row_id):
        statement = _PURPOSE + person_id.bytes + installation.bytes + uow.now.to_bytes(8)
        uow.insert(
            schema.erasure,
            id=row_id,
            person_id=person_id,
            installation_id=installation,
            at=uow.now,
            signature=sign(own_keys(uow), statement),
        )


def is_unfinished(uow: UnitOfWork) -> bool:
    """Whether copies on this computer may still hold what was erased, because the disk did not let them go yet."""
    return scrubbing.may_remain(uow.connection)


def erased_at(person_id: PersonId, uow: UnitOfWork) -> tuple[int, int]:
    """At how many installations a person is erased, of how many that are known here and still take part."""
    require(uow, Permission.ERASE_PEOPLE)
    return erasures.count(uow.connection, person_id), erasures.count_installations(uow.connection)


def _birth_cells(birth: Birth | None) -> dict[str, str]:
    if birth is None:
        return {}
    band = date(birth.year - birth.year % _BAND_YEARS, 1, 1)
    return {"birth_date": band.isoformat(), "birth_precision": str(Precision.ESTIMATED)}
