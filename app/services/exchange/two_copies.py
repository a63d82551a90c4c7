"""How it shows that two computers have been writing as one office: a stream says something else there than here."""

from collections.abc import Mapping

from app.domain.ops import OpBatch
from app.errors import UserError
from app.i18n import _
from app.storage import forks, incoming, outgoing
from app.storage.unit_of_work import UnitOfWork
from app.sync.bundle import MARK_BYTES


class TwoCopiesError(UserError):
    """A bundle shows that two computers have been writing as one office: alike up to the op `common` of a stream.

    Where that is not `certain`, they part somewhere after it.
    """

    def __init__(self, message: str, stream: bytes, common: int, *, certain: bool) -> None:
        super().__init__(message)
        self.stream = stream
        self.common = common
        self.certain = certain


def two_copies(stream: bytes, batch: OpBatch, uow: UnitOfWork) -> TwoCopiesError:
    """What a batch shows of a stream that does not fit with what is here."""
    block = next(block for block in batch.streams if block.stream == stream)
    common, certain = forks.find_common(uow.connection, block)
    ours = block.installation in forks.own_installations(uow.connection)
    return TwoCopiesError(_word(ours=ours), stream, common, certain=certain)


def note_copies(error: TwoCopiesError, uow: UnitOfWork) -> None:
    """Remember what a refused bundle has shown; until it is put right, others are sent what shows it to them too."""
    forks.note(uow.connection, error.stream, error.common, uow.now, certain=error.certain)
    uow.note("two_copies", "installation", uow.actor.installation_id, f"{error.stream.hex()}: {error.common}")


def note_copies_once(error: TwoCopiesError, uow: UnitOfWork) -> None:
    """The same of a bundle that waits, which shows it again whenever something comes."""
    known = forks.list_forks(uow.connection, uow.now)
    if not any(fork.stream == error.stream and not fork.healed for fork in known):
        note_copies(error, uow)


def refuse_another_version(base: Mapping[bytes, int], marks: bytes, uow: UnitOfWork) -> None:
    """Raise TwoCopiesError where what a bundle builds on is not what is here under the same numbers.

    `marks` are the first bytes of the hashes at `base`, in its order. Nobody can have more of the stream that is
    written here than there is.
    """
    connection = uow.connection
    own, mine = incoming.own_stream(connection), forks.own_installations(connection)
    known = {item.stream: item for item in outgoing.list_written(connection)}
    if base.get(own, 0) > known[own].last_seq:
        raise TwoCopiesError(_word(ours=True), own, 0, certain=False)
    for at, (stream, seq) in enumerate(base.items()):
        here, mark = known.get(stream), marks[at * MARK_BYTES : (at + 1) * MARK_BYTES]
        if here and mark and 0 < seq <= here.last_seq and not outgoing.hash_at(connection, here, seq).startswith(mark):
            raise TwoCopiesError(_word(ours=here.installation in mine), stream, 0, certain=False)


def marks_of(base: Mapping[bytes, int], uow: UnitOfWork) -> bytes:
    """The first bytes of the hashes at `base`, which must be on record, in its order."""
    known = {item.stream: item for item in outgoing.list_written(uow.connection)}
    return b"".join(outgoing.hash_at(uow.connection, known[of], seq)[:MARK_BYTES] for of, seq in base.items())


def _word(*, ours: bool) -> str:
    if ours:
        return _(
            "Another computer has been writing as this office, probably because its folder was copied. Nothing was "
            "taken in, and nothing is lost. The Exchange page says how one of the two becomes an office of its own."
        )
    return _(
        "Two computers have been writing as the same office, probably because its folder was copied. Nothing was "
        "taken in, and nothing is lost. Send that office a bundle: it shows there what to do."
    )
