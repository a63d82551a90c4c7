"""One installation's store: made, opened, brought up to date, read from and written to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.clock import Clock
from app.domain.accounts import Actor
from app.errors import NewerStoreError
from app.i18n import _
from app.paths import HubPaths
from app.storage import anchor, migrations, problems, schema
from app.storage.account_keys import AccountKeys
from app.storage.engine import WRITES, open_engine
from app.storage.keyring import KdfCost
from app.storage.recorder import new_stream
from app.storage.sealing import DatabaseKey
from app.storage.unit_of_work import UnitOfWork, write_notes


class Store:
    """An open store. Each `reading` or `writing` block is one transaction; leaving by an exception rolls it back."""

    def __init__(self, paths: HubPaths, engine: sa.Engine, keys: AccountKeys, clock: Clock) -> None:
        self.paths = paths
        self.keys = keys
        self._engine = engine
        self._clock = clock

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work that sees one state of the records and changes none; what it notes goes to the audit trail."""
        with problems.worded():
            with self._engine.connect() as connection, connection.begin():
                uow = UnitOfWork(connection, actor, self._clock(), self.keys, writes=False)
                yield uow
            if uow.notes:
                with self._begin() as connection:
                    write_notes(connection, uow.notes)

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work whose changes are durable when the block is left."""
        with problems.worded():
            with self._begin() as connection:
                uow = UnitOfWork(connection, actor, self._clock(), self.keys, writes=True)
                yield uow
                uow.finish()
                newest = anchor.current_anchor(connection)
            anchor.write_anchor(self.paths.anchor, newest)
            for action in uow.after_commit:
                action()

    @contextmanager
    def bare(self) -> Iterator[sa.Connection]:
        """A transaction for what is not about records: opening, checking, copying."""
        with problems.worded(), self._engine.connect() as connection, connection.begin():
            yield connection

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the store to a new file, encrypted with the same key."""
        with problems.worded(), self._engine.connect() as connection:
            # VACUUM INTO keeps SQLCipher's key, and refuses to run inside a transaction
            driver = connection.connection.dbapi_connection
            if driver is not None:
                driver.execute("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        """Release the file; the key goes with the engine."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection


def create_store(
    paths: HubPaths, key: DatabaseKey, installation: UUID, clock: Clock, cost: KdfCost | None = None
) -> Store:
    """A new, empty store of an installation. The folder must exist and hold none."""
    with problems.worded():
        engine = open_engine(paths.database, key)
        migrations.upgrade(engine)
        with engine.connect() as plain, plain.execution_options(**{WRITES: True}).begin():
            plain.execute(
                schema.meta.insert(),
                [
                    {"key": "format", "value": f"{schema.FORMAT_MAJOR}.{schema.FORMAT_MINOR}"},
                    {"key": "installation", "value": installation.hex},
                    {"key": "hlc", "value": "0"},
                ],
            )
            new_stream(plain, installation)
    return Store(paths, engine, AccountKeys(paths.keyring, key, cost), clock)


def open_store(paths: HubPaths, key: DatabaseKey, clock: Clock, cost: KdfCost | None = None) -> Store:
    """The store of an installation, brought to this program's tables.

    Raises NewerStoreError before anything is touched, DamagedStoreError, EnvironmentProblem.
    """
    if not paths.database.exists():
        raise problems.missing()
    with problems.worded():
        engine = open_engine(paths.database, key)
        try:
            with engine.connect() as connection:
                _refuse_newer(connection)
                revision = migrations.current_revision(connection)
            known = migrations.HEAD if revision is None else revision
            if known < migrations.HEAD:
                migrations.upgrade(engine)
            _notice_restored_copy(engine, paths)
        except BaseException:
            engine.dispose()
            raise
    return Store(paths, engine, AccountKeys(paths.keyring, key, cost), clock)


def installation_of(connection: sa.Connection) -> UUID:
    """The id of the installation that a store belongs to."""
    value = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "installation"))
    return UUID(hex=value or "")


def _refuse_newer(connection: sa.Connection) -> None:
    version = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "format"))
    if int((version or "0.0").split(".")[0]) > schema.FORMAT_MAJOR:
        raise NewerStoreError(
            _(
                "These records were kept by a newer version of Wasl ({version}). They were not touched. "
                "Install the newer version on this computer, then open them again."
            ).format(version=version)
        )


def _notice_restored_copy(engine: sa.Engine, paths: HubPaths) -> None:
    kept = anchor.read_anchor(paths.anchor)
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin():
            if anchor.is_behind(connection, kept):
                anchor.begin_incarnation(connection, kept)
            newest = anchor.current_anchor(connection)
    if newest != kept:
        anchor.write_anchor(paths.anchor, newest)
