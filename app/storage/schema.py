"""The tables. What is *synced* travels between hubs as ops; what is *local* stays in this installation.

Every synced table has `id`, `deleted` (a cell like any other: deleting is writing it), `erased` (which nothing takes
back) and `versions`, which says for each cell by which op its value was written (see `oplog`). Foreign keys are
checked when a transaction ends, because ops may arrive in another order than they were made. No text is unique: two
hubs may not know of each other yet.
"""

from typing import Any, Final

import sqlalchemy as sa

from app.storage.types import Id

FORMAT_MAJOR: Final = 1
FORMAT_MINOR: Final = 0
"""Version of the store. A program refuses a newer major and works with a newer minor, which only adds."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _moment(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false())


def _link(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, Id, key, nullable=nullable)


def _synced(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("id", Id, primary_key=True),
        *columns,
        _flag("deleted"),
        _flag("erased"),
        sa.Column("versions", sa.LargeBinary, nullable=False),
    )


hub = _synced("hub", _text("code"), _text("label_fr"), _text("label_en"), _text("label_ar"), _flag("hidden"))
installation = _synced(
    "installation", _link("hub_id", "hub"), _text("desk"), _moment("created_at", nullable=False), _flag("demo")
)
account = _synced("account", _link("hub_id", "hub"), _text("login"), _text("name"), _text("role"), _flag("active"))
counter = _synced(
    "counter",
    _link("hub_id", "hub"),
    _text("code"),
    sa.Column("position", sa.Integer, nullable=False),
    _text("label_fr"),
    _text("label_en"),
    _text("label_ar"),
    sa.Column("colour", sa.Integer, nullable=False, server_default="0"),
    _flag("hidden"),
)
hidden_code = _synced("hidden_code", _link("hub_id", "hub"), _text("list"), _text("code"), _flag("hidden"))
person = _synced(
    "person",
    _link("hub_id", "hub"),
    _text("number"),
    _text("name"),
    _text("name_ar"),
    _text("also_known"),
    _text("sex"),
    _text("birth_date"),
    _text("birth_precision"),
    _text("nationality"),
    _text("phones"),
    _text("languages"),
    _text("contact"),
    _text("card"),
    _text("residence"),
    _text("education"),
    _moment("created_at", nullable=False),
    _link("created_by", "account", nullable=True),
    _flag("hidden"),
)
consent = _synced(
    "consent",
    _link("person_id", "person"),
    _text("kind"),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    _text("language"),
    _text("way"),
    _text("witness"),
    _moment("given_at", nullable=False),
    _moment("expires_at"),
    _moment("withdrawn_at"),
)
day = _synced(
    "day",
    _link("installation_id", "installation"),
    _text("day"),
    _moment("opened_at", nullable=False),
    _moment("closed_at"),
    _link("closed_by", "account", nullable=True),
)
visit = _synced(
    "visit",
    _link("hub_id", "hub"),
    _link("installation_id", "installation"),
    _link("person_id", "person", nullable=True),
    _link("counter_id", "counter"),
    _text("reason"),
    _text("state"),
    _text("day"),
    _moment("arrived_at", nullable=False),
    _moment("left_at"),
    sa.Column("group_id", Id, nullable=True),
)
place = _synced(
    "place",
    _link("visit_id", "visit"),
    _link("counter_id", "counter"),
    _moment("queued_at", nullable=False),
    _moment("called_at"),
    _moment("ended_at"),
    _text("outcome"),
)
paper = _synced(
    "paper",
    _text("number"),
    _text("kind"),
    _link("hub_id", "hub"),
    _link("person_id", "person", nullable=True),
    _link("visit_id", "visit", nullable=True),
    _text("language"),
    _moment("issued_at", nullable=False),
    _link("issued_by", "account", nullable=True),
    sa.Column("sha256", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)

erasure = _synced(
    "erasure",
    _link("person_id", "person"),
    _link("installation_id", "installation"),
    _moment("at", nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
same_person = _synced("same_person", _link("first_id", "person"), _link("second_id", "person"), _flag("active"))
key_change = _synced(
    "key_change",
    _link("installation_id", "installation"),
    sa.Column("statement", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
revocation = _synced(
    "revocation",
    # no link: also of one whose own records have not come yet
    sa.Column("installation_id", Id, nullable=False),
    _link("by_id", "installation"),
    _moment("at", nullable=False),
    _text("reason"),
)

SYNCED: Final = {
    table.name: table
    for table in (
        hub,
        installation,
        account,
        counter,
        hidden_code,
        person,
        consent,
        day,
        visit,
        place,
        paper,
        erasure,
        same_person,
        key_change,
        revocation,
    )
}

sa.Index(None, person.c.number)
sa.Index(None, person.c.card)
sa.Index(None, person.c.created_at)
sa.Index(None, consent.c.person_id)
sa.Index(None, visit.c.person_id, visit.c.arrived_at)
sa.Index(None, visit.c.installation_id, visit.c.day)
sa.Index(None, visit.c.hub_id, visit.c.state)
sa.Index(None, visit.c.group_id)
sa.Index(None, place.c.visit_id)
sa.Index(None, erasure.c.person_id)
sa.Index(None, same_person.c.first_id)
sa.Index(None, same_person.c.second_id)
sa.Index(None, key_change.c.installation_id)
sa.Index(None, revocation.c.installation_id)

meta = sa.Table("meta", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text))
stream = sa.Table(
    "stream",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("stream", sa.LargeBinary(8), nullable=False, unique=True),
    sa.Column("installation_id", Id, nullable=False),
    sa.Column("last_seq", sa.BigInteger, nullable=False),
    sa.Column("last_hash", sa.LargeBinary(32), nullable=False),
    comment="One incarnation of one installation: ops are numbered and chained within it",
)
op = sa.Table(
    "op",
    metadata,
    sa.Column("n", sa.Integer, sa.ForeignKey("stream.n"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hlc", sa.BigInteger, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False, comment="what the clock of its writer's computer said"),
    sa.Column("author", Id, nullable=True),
    sa.Column("tbl", sa.Text, nullable=False),
    sa.Column("row_id", Id, nullable=False),
    sa.Column("salt", sa.LargeBinary(8)),
    sa.Column("body", sa.LargeBinary),
    sa.Column("body_hash", sa.LargeBinary(32), comment="only where the body was scrubbed"),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)
OP_COLUMNS: Final = tuple(str(column.name) for column in op.columns)
sa.Index(None, op.c.row_id)
sequence = sa.Table(
    "sequence", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("last", sa.BigInteger, nullable=False)
)
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("account_id", Id),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, server_default=""),
    sa.Column("subject_id", Id),
    sa.Column("detail", sa.Text, nullable=False, server_default=""),
)
sa.Index(None, audit.c.subject_id)
