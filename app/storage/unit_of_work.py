"""One transaction as the services see it: who acts, when, and the few ways to write."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.accounts import Actor
from app.outcome import UndoToken
from app.storage import schema, sequences
from app.storage.account_keys import AccountKeys
from app.storage.recorder import Recorder


class UnitOfWork:
    """Reads through `connection`; writes through the methods, which leave an op for each change.

    `now` is the moment at which the transaction began, in epoch milliseconds. A unit of work for reading has no
    recorder, and its write methods raise RuntimeError.
    """

    def __init__(self, connection: sa.Connection, actor: Actor, now: int, keys: AccountKeys, *, writes: bool) -> None:
        self.connection = connection
        self.keys = keys
        self.actor = actor
        self.now = now
        self.notes: list[dict[str, Any]] = []
        self._recorder = Recorder(connection, actor.account_id, now) if writes else None

    @property
    def recorder(self) -> Recorder:
        """The recorder of a writing transaction."""
        if self._recorder is None:
            raise RuntimeError("this unit of work only reads")
        return self._recorder

    def begin_again(self, actor: Actor) -> None:
        """Go on in the stream that is this installation's now, as `actor`; nothing may have been written before."""
        if self.recorder.token is not None:
            raise RuntimeError("ops were written to the former stream")
        self.actor = actor
        self._recorder = Recorder(self.connection, actor.account_id, self.now)

    def new_id(self) -> UUID:
        """An id for a new row."""
        return self.recorder.new_id()

    def insert(self, table: sa.Table, **cells: Any) -> UUID:  # noqa: ANN401 - whatever the columns hold
        """Make one row of a synced table and return its id, which is made unless it is given."""
        row_id: UUID = cells.pop("id", None) or self.new_id()
        self.recorder.insert(table, [{"id": row_id, **cells}])
        return row_id

    def insert_many(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Make many rows of a synced table; each brings its id."""
        self.recorder.insert(table, rows)

    def update(self, table: sa.Table, row_id: UUID, **cells: Any) -> bool:  # noqa: ANN401
        """Write cells of a row; False when they hold these values already. Raises LookupError."""
        return self.recorder.update(table, row_id, cells)

    def settle(self, table: sa.Table, row_id: UUID, cell: str, value: Any) -> bool:  # noqa: ANN401
        """Write a cell having seen all its values: a dispute about it ends. Raises LookupError."""
        return self.recorder.update(table, row_id, {cell: value}, settling=True)

    def erase(self, table: sa.Table, row_id: UUID, **stub: Any) -> None:  # noqa: ANN401
        """Leave of a row nothing but the cells given, for ever and everywhere. Raises LookupError."""
        self.recorder.erase(table, row_id, stub)

    def next_number(self, name: str, count: int = 1) -> int:
        """The first of `count` numbers of a sequence of this installation, from 1 on; they are used up even if void."""
        return sequences.next_number(self.connection, name, count)

    def note(self, action: str, kind: str = "", subject: UUID | None = None, detail: str = "") -> None:
        """Put on the audit trail that this account did or read something that leaves no op.

        What the program did by itself in the name of the account says so.
        """
        if self.actor.only is not None:
            detail = f"by itself: {detail}"
        self.notes.append(
            {
                "at": self.now,
                "account_id": self.actor.account_id,
                "action": action,
                "kind": kind,
                "subject_id": subject,
                "detail": detail,
            }
        )

    def finish(self) -> None:
        """Write what was held back until the end of a writing transaction: ops and audit trail."""
        self.recorder.finish()
        write_notes(self.connection, self.notes)

    @property
    def undo_token(self) -> UndoToken | None:
        """What takes back all that this transaction wrote so far."""
        return self.recorder.token


def write_notes(connection: sa.Connection, notes: Sequence[Mapping[str, Any]]) -> None:
    """Put entries on the audit trail."""
    if notes:
        connection.execute(schema.audit.insert(), notes)
