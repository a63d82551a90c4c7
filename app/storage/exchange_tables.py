"""The local tables of exchange: keys, peers, what was taken in, what waits, what is in dispute, unread or forked."""

import sqlalchemy as sa

from app.storage.schema_parts import metadata
from app.storage.types import Id

own_keys = sa.Table(
    "own_keys",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("age", sa.Text, nullable=False),
    sa.Column("ed25519", sa.LargeBinary(32), nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("retired_at", sa.BigInteger),
    comment="Secret keys of this installation, newest last",
)
peer = sa.Table(
    "peer",
    metadata,
    sa.Column("installation_id", Id, primary_key=True),
    sa.Column("hub", sa.Text, nullable=False),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("names", sa.Text, nullable=False),
    sa.Column("age", sa.Text, nullable=False),
    sa.Column("ed25519", sa.LargeBinary(32), nullable=False),
    sa.Column("enrolled_at", sa.BigInteger, nullable=False),
    sa.Column("enrolled_by", Id),
    sa.Column("revoked_at", sa.BigInteger),
    sa.Column("vector", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
    sa.Column("heard_at", sa.BigInteger),
    sa.Column("sent_at", sa.BigInteger),
    comment="Enrolled installations, with what each last said it has",
)
bundle = sa.Table(
    "bundle",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sender", Id, nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("taken_in_at", sa.BigInteger, nullable=False),
    sa.Column("ops", sa.Integer, nullable=False),
    sa.Column("base", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
    sa.Column("waiting", sa.LargeBinary, comment="the packed ops of a bundle that builds on what is not here yet"),
    comment="Every bundle that was taken in, once",
)
conflict = sa.Table(
    "conflict",
    metadata,
    sa.Column("tbl", sa.Text, primary_key=True),
    sa.Column("row_id", Id, primary_key=True),
    sa.Column("cell", sa.Text, primary_key=True),
    sa.Column("since", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="Cells that hold different values at once; what they are stands in the ops that the row's versions name",
)
head = sa.Table(
    "head",
    metadata,
    sa.Column("n", sa.Integer, sa.ForeignKey("stream.n"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("signature", sa.LargeBinary(64), nullable=False),
    sqlite_with_rowid=False,
    comment="Where the writers of streams have signed them; ops of others are passed on up to there",
)
key_statement = sa.Table(
    "key_statement",
    metadata,
    sa.Column("installation_id", Id, primary_key=True),
    sa.Column("before", sa.LargeBinary(32), primary_key=True),
    sa.Column("statement", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    comment="By which keys installations have replaced theirs, as it was learnt first",
)
revocation_seen = sa.Table(
    "revocation_seen",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sqlite_with_rowid=False,
    comment="Revocations that were carried out here, or set aside",
)
to_index = sa.Table(
    "to_index",
    metadata,
    sa.Column("person_id", Id, primary_key=True),
    sqlite_with_rowid=False,
    comment="People whom a large import has written and the search index does not know yet as they are now",
)
unread = sa.Table(
    "unread",
    metadata,
    sa.Column("tbl", sa.Text, primary_key=True),
    sa.Column("row_id", Id, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("erased", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sqlite_with_rowid=False,
    comment="Rows of which a program whose newest step was `revision` could not read everything",
)
sa.Index(None, unread.c.revision)
fork = sa.Table(
    "fork",
    metadata,
    sa.Column("stream", sa.LargeBinary(8), primary_key=True),
    sa.Column("common", sa.BigInteger, nullable=False),
    sa.Column("certain", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sa.Column("noticed_at", sa.BigInteger, nullable=False),
    sa.Column("healed", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    comment="Streams that say something else elsewhere: what both have up to `common`, if that is certain",
)
