"""A stick or a shared folder that carries bundles: which of its files are for us, and which of ours belong there."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.errors import UserError
from app.i18n import _
from app.services.access import require
from app.services.exchange.files import clear_drafts, read_identity_file, worded, write_file
from app.services.exchange.sending import make_bundle
from app.services.exchange.trust import choose, examine, find_peer, identity_file
from app.storage import incoming, outgoing, peers
from app.storage.peers import Peer
from app.storage.unit_of_work import UnitOfWork
from app.sync.bundle import SUFFIX, BundleError, Header, read_header
from app.sync.trust import IDENTITY_SUFFIX

BUNDLE_SUFFIX: Final = SUFFIX
ID_SUFFIX: Final = IDENTITY_SUFFIX
_HEADER_ROOM: Final = 70_000
"""Bytes that hold the clear lines of any bundle."""

Stamp = tuple[int, int]
"""Size and time of change of a file: another one means that somebody is still writing, or has written again."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be for us."""

    path: Path
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What was dropped or chosen: bundles, and the identity files of offices that may be added."""

    bundles: tuple[Path, ...]
    identities: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """An office for which the folder should hold a newer bundle. `state` differs whenever the bundle would."""

    installation: InstallationId
    state: str


@dataclass(frozen=True, slots=True)
class PutFile:
    """A bundle that was written: where, for which offices (hub and desk), with how many changes, how large in bytes.

    `left` changes did not fit into it.
    """

    path: Path
    offices: tuple[str, ...]
    ops: int
    size: int
    left: int = 0


def sort_out(paths: tuple[Path, ...], uow: UnitOfWork) -> Arrivals:
    """Tell bundles and identity files apart among what was dropped or chosen.

    An identity file in a folder counts when its office is not known here; one that was chosen itself always does.
    Raises UserError where there is nothing of either kind, EnvironmentProblem for a stick that does not answer.
    """
    require(uow, Permission.EXCHANGE)
    identities: list[Path] = []
    others: list[Path] = []
    for path in paths:
        with worded(path):
            if not path.is_dir():
                (identities if _is_identity(path) else others).append(path)
                continue
            others.append(path)
            identities += [found for found in sorted(path.iterdir()) if _is_identity(found) and _is_new(found, uow)]
    if identities and not any(_holds_bundle(path) for path in others):
        return Arrivals((), tuple(dict.fromkeys(identities)))
    return Arrivals(list_bundles(tuple(others)), tuple(dict.fromkeys(identities)))


def list_bundles(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The bundle files among what was dropped or chosen: files as they are, folders for what is in them.

    Raises UserError where there is none, EnvironmentProblem for a stick that does not answer.
    """
    found: list[Path] = []
    for path in paths:
        with worded(path):
            found += sorted(_bundles_in(path)) if path.is_dir() else [path]
    if not found:
        raise UserError(
            _("There is no bundle in {folder}: no file that ends in .wasl. Nothing was changed.").format(
                folder=paths[0] if paths else ""
            )
        )
    return tuple(dict.fromkeys(found))


def scan(folder: Path, uow: UnitOfWork) -> tuple[FoundFile, ...]:
    """The bundles in a folder that are for this office and were not taken in, and files that can't be read as bundles.

    Looks at the first lines only. Raises EnvironmentProblem, UserError for a folder that is not there.
    """
    require(uow, Permission.CARRY_BUNDLES)
    me = uow.actor.installation_id.hex
    waiting = {item.id for item in peers.list_waiting(uow.connection)}
    found = []
    with worded(folder):
        if not folder.is_dir():
            raise UserError(_("The folder {folder} is not there now. Is the stick plugged in?").format(folder=folder))
        for path in sorted(_bundles_in(folder)):
            with suppress(FileNotFoundError):
                status = path.stat()
                header = _header_of(path)
                if header is not None:
                    foreign = header.sender == me or me not in header.recipients
                    if foreign or header.key in waiting or peers.is_taken_in(uow.connection, header.key):
                        continue
                found.append(FoundFile(path, (status.st_size, status.st_mtime_ns)))
    return tuple(found)


def list_due(folder: Path, written: Mapping[InstallationId, str], uow: UnitOfWork) -> tuple[Due, ...]:
    """The offices whose bundle in the folder is not what it would be now; `written` is their state at the last time.

    An office gets one when it lacks something, or when it brought something new and does not know yet that it arrived.
    """
    require(uow, Permission.CARRY_BUNDLES)
    connection = uow.connection
    here = sorted(incoming.have(connection).items())
    news = peers.news_taken_in(connection)
    due = []
    for peer in peers.list_peers(connection):
        if peer.revoked_at is not None:
            continue
        lacks = outgoing.count_after(connection, peer.vector)
        unanswered = news.get(peer.installation, 0) > (peer.sent_at or 0)
        state = sha256(repr((here, sorted(peer.vector.items()))).encode()).hexdigest()
        there = written.get(peer.installation) == state and any(_ours_for(folder, peer, uow))
        if (lacks or unanswered) and not there:
            due.append(Due(peer.installation, state))
    return tuple(due)


def put(folder: Path, to: str, uow: UnitOfWork) -> PutFile:
    """Write a bundle for an office, several, or all (as `trust.choose`) into a folder, in place of ours of before.

    Raises as `make_bundle` and `write_file`; then nothing is noted as sent and the former file stands.
    """
    chosen = choose(to, uow)
    path = folder / name_of(to, uow)
    clear_drafts(folder, f".{_us(uow)}-to-*{SUFFIX}.")
    written = put_at(path, to, uow)
    if len(chosen) == 1:
        for former in _ours_for(folder, chosen[0], uow):
            if former != path:
                with suppress(OSError):
                    former.unlink()
    return written


def put_at(path: Path, to: str, uow: UnitOfWork) -> PutFile:
    """Write a bundle to a file of any name. Raises as `put`."""
    sent = make_bundle(to, uow)
    write_file(path, sent.content)
    return PutFile(path, sent.recipients, sent.ops, len(sent.content), sent.left)


def name_of(to: str, uow: UnitOfWork) -> str:
    """The name of a bundle's file: RBT-A-to-TNG-A-2026-03-14.wasl."""
    chosen = choose(to, uow)
    others = f"{chosen[0].hub}-{chosen[0].desk}" if len(chosen) == 1 else f"{len(chosen)}-offices"
    return f"{_us(uow)}-to-{others}-{day_of(uow.now).isoformat()}{SUFFIX}"


def is_bundle(content: bytes, bundle_id: str) -> bool:
    """Whether a file that is read again is still the bundle that was looked at."""
    try:
        return read_header(content).key == bundle_id
    except BundleError:
        return False


def present(path: Path, uow: UnitOfWork) -> str:
    """Write this office's identity file; return its fingerprint in words. Raises as `write_file`."""
    content, words = identity_file(uow)
    write_file(path, content)
    return words


def identity_name(uow: UnitOfWork) -> str:
    """The name of this office's identity file."""
    require(uow, Permission.EXCHANGE)
    return f"{_us(uow)}{IDENTITY_SUFFIX}"


def _us(uow: UnitOfWork) -> str:
    return f"{uow.actor.hub_code}-{uow.actor.desk}"


def _bundles_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.lower().endswith(SUFFIX) and not path.name.startswith(".") and path.is_file():
            yield path


def _ours_for(folder: Path, peer: Peer, uow: UnitOfWork) -> Iterator[Path]:
    """Our bundles in a folder that are for one office alone, by their name and by what they say of themselves."""
    me, wanted = uow.actor.installation_id, (peer.installation.hex,)
    with suppress(OSError):
        for path in list(folder.glob(f"{_us(uow)}-to-{peer.hub}-{peer.desk}-*{SUFFIX}")):
            header = _header_of(path)
            if header is not None and UUID(header.sender) == me and header.recipients == wanted:
                yield path


def _holds_bundle(path: Path) -> bool:
    """Whether there is a file to be looked at: what was chosen itself always is."""
    with worded(path):
        return not path.is_dir() or any(True for _bundle in _bundles_in(path))


def _is_identity(path: Path) -> bool:
    return path.name.lower().endswith(ID_SUFFIX) and not path.name.startswith(".") and path.is_file()


def _is_new(path: Path, uow: UnitOfWork) -> bool:
    """Whether an identity file is of an office that was never enrolled; what is none is left alone."""
    try:
        identity, _words = examine(read_identity_file(path), uow)
    except UserError:
        return False
    return find_peer(identity.installation, uow) is None


def _header_of(path: Path) -> Header | None:
    """What the first lines of a file say; None where they can't be read as those of a bundle. Raises OSError."""
    try:
        with path.open("rb") as stream:
            return read_header(stream.read(_HEADER_ROOM))
    except (BundleError, PermissionError):
        return None
