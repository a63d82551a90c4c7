"""A bundle as a letter: from whom, of when, what it brings and about whom, and what is odd about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.services.access import require
from app.services.exchange.overview import Office, overview
from app.services.exchange.plan import Plan
from app.services.exchange.receiving import Preview, examine
from app.services.exchange.separating import TwoCopies
from app.services.exchange.trust import find_peer, own_identity
from app.storage import incoming, peers, places
from app.storage.unit_of_work import UnitOfWork
from app.sync.trust import Identity

_NAMED: Final = 4
_HOUR_MS: Final = 3_600_000
_MINUTE_MS: Final = 60_000
_SHOWN: Final = (
    "person", "visit", "case_file", "session", "appointment", "step", "referral", "attachment", "placement", "venture",
    "monthly_figure", "application", "agreement", "payment", "training", "enrolment", "certificate", "certificate_end",
    "consent", "paper",
    "same_person", "account", "counter", "day",
)  # fmt: skip
"""Tables whose rows mean something to a reader; what is left follows from these, or is counted as `other`."""
_FOLLOWS: Final = frozenset(
    {"place", "erasure", "key_change", "revocation", "attendance", "attachment_content", "member", "stage_move"}
) | frozenset(
    {"tranche", "justification", "score", "score_sheet", "juror", "criterion"}
    | {"training_hub", "training_day", "presence", "assessment"}
    | {"paper_logo", "paper_template", "certificate_copy"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """An office as people call it: the hub's names by language, its code, and the letter of the desk."""

    hub: str
    desk: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """How many records of a kind are new, and how many that are here show something else. `other` is all the rest."""

    name: str
    created: int
    changed: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Changes of an office that are not here although a bundle builds on them: how many, and what was written last.

    `after` is the moment (epoch ms) of the last change of that office which is here, None when there is none. `ours`
    says that they are this office's own, which is so after an older copy of the records was put back.
    """

    place: Place
    count: int
    after: int | None
    ours: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the preview page says. Names are the first few, those in the other script beside them.

    `clock_off` is by how many minutes the sender's clock is ahead of what is possible (behind: negative), 0 when fine.
    """

    preview: Preview
    sender: Place
    kinds: tuple[Kind, ...]
    new_people: tuple[tuple[str, str], ...]
    disputed: tuple[str, ...]
    missing: tuple[Missing, ...]
    clock_off: int


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A bundle that is kept until an earlier one comes: from whom, made when (epoch ms), and what it waits for."""

    bundle_id: str
    sender: Place
    made_at: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the Exchange page shows at once; `here` is this office. `disputes` is how many values wait to be settled.

    `copies` are offices as which two computers write, `unread` how many records only a newer version can show whole.
    """

    here: Place
    offices: tuple[Office, ...]
    waiting: tuple[WaitingLetter, ...]
    disputes: int
    ops: int
    now: int
    copies: tuple[TwoCopies, ...]
    unread: int


def read_letter(content: bytes, uow: UnitOfWork) -> Letter:
    """Verify a bundle and work out what it would do, as values to be worded; nothing is changed. Raises UserError."""
    require(uow, Permission.EXCHANGE)
    preview, opened, plan = examine(content, uow)
    sender = _place_of(opened.sender)
    base = {} if preview.known else opened.manifest.base
    return Letter(
        preview=preview,
        sender=sender,
        kinds=kinds_of(preview.created, preview.changed),
        new_people=() if plan is None else _new_people(plan),
        disputed=() if plan is None else _disputed(plan, uow),
        missing=missing_of(base, sender, uow),
        clock_off=_clock_off(opened.manifest.made_at, plan, uow),
    )


def look(uow: UnitOfWork) -> Desk:
    """Everything that the Exchange page shows before anybody does anything."""
    state = overview(uow)
    senders = {office.installation: _place(office) for office in state.offices}
    waiting = tuple(
        WaitingLetter(item.id, sender, item.made_at, missing_of(item.base, sender, uow))
        for item in peers.list_waiting(uow.connection)
        for sender in [senders.get(InstallationId(item.sender), _here(uow))]
    )
    return Desk(_here(uow), state.offices, waiting, state.disputes, state.ops, uow.now, state.copies, state.unread)


def missing_of(base: Mapping[bytes, int], sender: Place, uow: UnitOfWork) -> tuple[Missing, ...]:
    """What a bundle with this `base` builds on and is not here, by office; of an unknown office: the sender's."""
    connection = uow.connection
    here = incoming.have(connection)
    numbers = incoming.stream_numbers(connection)
    streams = incoming.writers(connection)
    found: dict[UUID | None, tuple[int, int | None]] = {}
    for stream, wanted in base.items():
        last = here.get(stream, 0)
        if last >= wanted:
            continue
        writer = streams.get(stream)
        count, after = found.get(writer, (0, None))
        if last:
            at = incoming.written_at(connection, numbers[stream], last)
            after = at if after is None else max(after, at)
        found[writer] = (count + wanted - last, after)
    own = uow.actor.installation_id
    return tuple(
        Missing(_place_by_id(writer, sender, uow), count, after, writer == own)
        for writer, (count, after) in found.items()
    )


def kinds_of(created: Mapping[str, int], changed: Mapping[str, int]) -> tuple[Kind, ...]:
    """What a bundle does, by kinds that mean something to a reader; what only follows from these is left out."""
    found = [
        Kind(name, created.get(name, 0), changed.get(name, 0))
        for name in _SHOWN
        if created.get(name) or changed.get(name)
    ]
    others = (created.keys() | changed.keys()) - set(_SHOWN) - _FOLLOWS
    if others:
        found.append(
            Kind("other", sum(created.get(name, 0) for name in others), sum(changed.get(name, 0) for name in others))
        )
    return tuple(found)


def _new_people(plan: Plan) -> tuple[tuple[str, str], ...]:
    rows = plan.first_made("person", _NAMED)
    return tuple((str(row.get("name") or ""), str(row.get("name_ar") or "")) for row in rows)


def _disputed(plan: Plan, uow: UnitOfWork) -> tuple[str, ...]:
    subjects = (
        places.subject_of(uow.connection, name, UUID(bytes=row_id))
        for (name, row_id), cells in plan.disputed.items()
        if cells
    )
    return tuple(dict.fromkeys(subject for subject in subjects if subject))[:_NAMED]


def _clock_off(made_at: int, plan: Plan | None, uow: UnitOfWork) -> int:
    """Nobody can have written after now, nor before what he had already read of us."""
    if made_at - uow.now > _HOUR_MS:
        return (made_at - uow.now) // _MINUTE_MS
    own = incoming.own_stream(uow.connection)
    read = 0 if plan is None else plan.vector.get(own, 0)
    if not 0 < read <= incoming.have(uow.connection).get(own, 0):
        return 0
    number = incoming.stream_numbers(uow.connection)[own]
    written = incoming.written_at(uow.connection, number, read)
    # where our own clock was ahead then, what it said proves nothing
    if written > uow.now or written - made_at <= _HOUR_MS:
        return 0
    return (made_at - written) // _MINUTE_MS


def _place_by_id(installation: UUID | None, otherwise: Place, uow: UnitOfWork) -> Place:
    if installation == uow.actor.installation_id:
        return _here(uow)
    peer = None if installation is None else find_peer(installation, uow)
    return otherwise if peer is None else Place(peer.hub, peer.desk, dict(peer.names))


def _here(uow: UnitOfWork) -> Place:
    return _place_of(own_identity(uow))


def _place_of(identity: Identity) -> Place:
    return Place(identity.hub, identity.desk, dict(identity.names))


def _place(office: Office) -> Place:
    return Place(office.hub, office.desk, dict(office.names))
