"""One installation's store: made, opened, brought up to date, read from and written to."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from app.storage.anchor_keeper import AnchorKeeper
from app.storage.engine import WRITES, open_engine, read_meta
from app.storage.files import forget_drafts
from app.storage.keyring import KdfCost
from app.storage.recorder import new_stream
from app.storage.sealing import DatabaseKey
from app.storage.unit_of_work import UnitOfWork, write_notes


class Store:
    """An open store. Each `reading` or `writing` block is one transaction; leaving by an exception rolls it back."""

    def __init__(self, paths: HubPaths, engine: sa.Engine, keys: AccountKeys, clock: Clock) -> None:
        self.paths = paths
        self.keys = keys
        self._open: sa.Engine | None = engine
        self._anchors = AnchorKeeper(paths.anchor)
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
            try:
                with self._begin() as connection:
                    uow = UnitOfWork(connection, actor, self._clock(), self.keys, writes=True)
                    yield uow
                    uow.finish()
                    newest = anchor.current_anchor(connection)
                    self.keys.write()
            except BaseException:
                self.keys.put_back()
                raise
        self.keys.settle()
        self._anchors.keep(newest)

    @contextmanager
    def bare(self) -> Iterator[sa.Connection]:
        """A transaction for what is not about records: opening, checking, copying."""
        with problems.worded(), self._engine.connect() as connection, connection.begin():
            yield connection

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the store to a new file, encrypted with the same key."""
        self._anchors.settle()
        with problems.worded(), self._engine.connect() as connection:
            # VACUUM INTO keeps SQLCipher's key, and refuses to run inside a transaction
            driver = connection.connection.dbapi_connection
            if driver is not None:
                driver.execute("VACUUM INTO ?", (str(path),))

    def checkpoint(self) -> bool:
        """Move everything into the main file and empty the write-ahead log, so that it repeats nothing erased.

        False where another program still reads what the log holds: then it is done later.
        """
        with problems.worded(), self._engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            if driver is None:
                return False
            busy, *_pages = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def close(self) -> None:
        """Release the file and the key. Nothing can be read or written afterwards."""
        self._anchors.settle()
        if self._open is not None:
            self._open.dispose()
        # the engine knows how to open the file again, so it goes too
        self._open = None
        self.keys.forget()

    @property
    def _engine(self) -> sa.Engine:
        if self._open is None:
            raise RuntimeError("the store is closed")
        return self._open

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
        with suppress(OSError):
            # not every disk knows whose a file is
            paths.database.chmod(0o600)
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
        _refuse_newer(_facts(paths, key))
        engine = open_engine(paths.database, key)
        try:
            if _revision_of(engine) < migrations.HEAD:
                migrations.upgrade(engine)
                _state_format(engine)
            _notice_restored_copy(engine, paths, clock())
            forget_drafts(paths.folder)
        except BaseException:
            engine.dispose()
            raise
    return Store(paths, engine, AccountKeys(paths.keyring, key, cost), clock)


def installation_of(connection: sa.Connection) -> UUID:
    """The id of the installation that a store belongs to."""
    value = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "installation"))
    return UUID(hex=value or "")


def _facts(paths: HubPaths, key: DatabaseKey) -> dict[str, str]:
    try:
        return read_meta(paths.database, key)
    except problems.DriverError as error:
        if problems.is_mistake_in_sql(error):
            # it opens with this key and has no such table: emptied, or never finished
            raise problems.damaged() from error
        raise


def _revision_of(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        revision = migrations.current_revision(connection)
    if revision is None:
        raise problems.damaged()
    return revision


def _refuse_newer(facts: dict[str, str]) -> None:
    version = facts.get("format", "")
    major, _dot, minor = version.partition(".")
    if not major.isdecimal() or not minor.isdecimal():
        raise problems.damaged()
    if int(major) > schema.FORMAT_MAJOR:
        raise NewerStoreError(
            _(
                "These records were kept by a newer version of Wasl ({version}). They were not touched. "
                "Install the newer version on this computer, then open them again."
            ).format(version=version)
        )


def _state_format(engine: sa.Engine) -> None:
    """The steps have brought an older store to this program's format."""
    meta = schema.meta
    with engine.connect() as plain, plain.execution_options(**{WRITES: True}).begin():
        version = f"{schema.FORMAT_MAJOR}.{schema.FORMAT_MINOR}"
        plain.execute(meta.update().where(meta.c.key == "format").values(value=version))


def _notice_restored_copy(engine: sa.Engine, paths: HubPaths, now: int) -> None:
    kept = anchor.read_anchor(paths.anchor)
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin():
            if anchor.is_behind(connection, kept):
                anchor.begin_incarnation(connection, kept, now)
            newest = anchor.current_anchor(connection)
    if newest != kept:
        anchor.write_anchor(paths.anchor, newest)
