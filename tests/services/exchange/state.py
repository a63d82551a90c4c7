"""The state of an installation as exchange sees it, to be compared before and after something went wrong."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.storage import exchange_tables, incoming
from tests.services.exchange.network import Site


@dataclass(frozen=True)
class State:
    """Rows, streams, the ledger, what others are known to have, what is in dispute."""

    digests: dict[str, str]
    streams: dict[bytes, int]
    ledger: list[tuple[object, ...]]
    peers: list[tuple[object, ...]]
    disputes: list[tuple[object, ...]]


def state_of(site: Site) -> State:
    bundle, peer, conflict = exchange_tables.bundle, exchange_tables.peer, exchange_tables.conflict
    digests = site.hub.digest()
    with site.hub._store.bare() as connection:
        streams = incoming.have(connection)
        ledger = connection.execute(sa.select(bundle.c.id, bundle.c.ops, bundle.c.waiting).order_by(bundle.c.id))
        known = connection.execute(sa.select(peer.c.installation_id, peer.c.vector).order_by(peer.c.installation_id))
        open_ = connection.execute(sa.select(conflict.c.tbl, conflict.c.row_id, conflict.c.cell).order_by(*conflict.c))
        return State(digests, streams, [tuple(r) for r in ledger], [tuple(r) for r in known], [tuple(r) for r in open_])


def refuse_what_is_no_sentence(said: str) -> None:
    """What a person reads says what happened in words: no code, no name of a function, no table."""
    assert said.strip().endswith((".", "؟", "?")), said
    assert len(said.split()) >= 5, said
    for word in ("Errno", "Error", "Traceback", "sqlite", "SQL", "None", "0x", "{", "}"):
        assert word not in said, said


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
