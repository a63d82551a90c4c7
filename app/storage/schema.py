"""The tables. What is *synced* travels between hubs as ops; what is *local* stays in this installation.

Every synced table has `id`, `deleted` (a cell like any other: deleting is writing it), `erased` (which nothing takes
back) and `versions`, which says for each cell by which op its value was written (see `oplog`). Foreign keys are
checked when a transaction ends, because ops may arrive in another order than they were made. No text is unique: two
hubs may not know of each other yet.
"""

from typing import Final

import sqlalchemy as sa

from app.storage.schema_accompaniment import ACCOMPANIMENT
from app.storage.schema_papers import PAPERS
from app.storage.schema_parts import flag, link, metadata, moment, synced, text
from app.storage.schema_trainings import TRAININGS
from app.storage.schema_ventures import VENTURES
from app.storage.types import Id

FORMAT_MAJOR: Final = 1
FORMAT_MINOR: Final = 0
"""Version of the store. A program refuses a newer major and works with a newer minor, which only adds."""

hub = synced("hub", text("code"), text("label_fr"), text("label_en"), text("label_ar"), flag("hidden"))
installation = synced(
    "installation", link("hub_id", "hub"), text("desk"), moment("created_at", nullable=False), flag("demo")
)
account = synced("account", link("hub_id", "hub"), text("login"), text("name"), text("role"), flag("active"))
counter = synced(
    "counter",
    link("hub_id", "hub"),
    text("code"),
    sa.Column("position", sa.Integer, nullable=False),
    text("label_fr"),
    text("label_en"),
    text("label_ar"),
    sa.Column("colour", sa.Integer, nullable=False, server_default="0"),
    flag("hidden"),
)
hidden_code = synced("hidden_code", link("hub_id", "hub"), text("list"), text("code"), flag("hidden"))
person = synced(
    "person",
    link("hub_id", "hub"),
    text("number"),
    text("name"),
    text("name_ar"),
    text("also_known"),
    text("sex"),
    text("birth_date"),
    text("birth_precision"),
    text("nationality"),
    text("phones"),
    text("languages"),
    text("contact"),
    text("card"),
    text("residence"),
    text("education"),
    moment("created_at", nullable=False),
    link("created_by", "account", nullable=True),
    flag("hidden"),
)
consent = synced(
    "consent",
    link("person_id", "person"),
    text("kind"),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    text("language"),
    text("way"),
    text("witness"),
    moment("given_at", nullable=False),
    moment("expires_at"),
    moment("withdrawn_at"),
)
day = synced(
    "day",
    link("installation_id", "installation"),
    text("day"),
    moment("opened_at", nullable=False),
    moment("closed_at"),
    link("closed_by", "account", nullable=True),
)
visit = synced(
    "visit",
    link("hub_id", "hub"),
    link("installation_id", "installation"),
    link("person_id", "person", nullable=True),
    link("counter_id", "counter"),
    text("reason"),
    text("state"),
    text("day"),
    moment("arrived_at", nullable=False),
    moment("left_at"),
    sa.Column("group_id", Id, nullable=True),
)
place = synced(
    "place",
    link("visit_id", "visit"),
    link("counter_id", "counter"),
    moment("queued_at", nullable=False),
    moment("called_at"),
    moment("ended_at"),
    text("outcome"),
)
paper = synced(
    "paper",
    text("number"),
    text("kind"),
    link("hub_id", "hub"),
    link("person_id", "person", nullable=True),
    link("visit_id", "visit", nullable=True),
    text("language"),
    moment("issued_at", nullable=False),
    link("issued_by", "account", nullable=True),
    sa.Column("sha256", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)

erasure = synced(
    "erasure",
    link("person_id", "person"),
    link("installation_id", "installation"),
    moment("at", nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
same_person = synced("same_person", link("first_id", "person"), link("second_id", "person"), flag("active"))
key_change = synced(
    "key_change",
    link("installation_id", "installation"),
    sa.Column("statement", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
revocation = synced(
    "revocation",
    # no link: also of one whose own records have not come yet
    sa.Column("installation_id", Id, nullable=False),
    link("by_id", "installation"),
    moment("at", nullable=False),
    text("reason"),
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
        *ACCOMPANIMENT,
        *VENTURES,
        *TRAININGS,
        *PAPERS,
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
