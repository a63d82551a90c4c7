"""The tables of the search index; everything in them is derived from people and can be built again."""

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table

from app.storage.search import sqlite_only

metadata = MetaData()

person = Table(
    "search_person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", LargeBinary(16), nullable=False, unique=True),
    Column("last_seen", BigInteger, nullable=False),
)
# One row for each spelling of a person's name; `words` are the ids of its words, in order, four bytes each.
name = Table(
    "search_name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Index("ix_search_name_person", "person"),
)
# Each distinct word once, with the number of names that hold it; backwards, to find what ends alike.
word = Table(
    "search_word",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String, nullable=False, unique=True),
    Column("uses", Integer, nullable=False),
    Column("backwards", String, nullable=False),
    Index("ix_search_word_backwards", "backwards"),
)
# Phonetic keys of each word, to find what sounds alike, with its coarse spellings, parted by spaces: working these out
# for a thousand words takes 10 ms, which somebody would wait for.
sound = Table(
    "search_sound",
    metadata,
    Column("sound", String, primary_key=True),
    Column("word", Integer, primary_key=True),
    Column("coarse", String, nullable=False),
    sqlite_with_rowid=False,
)
# The letters of each word from each place where it may start, to find what begins alike.
beginning = Table(
    "search_beginning",
    metadata,
    Column("letters", String, primary_key=True),
    Column("word", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
# Who bears a word, the most recently seen first (`unseen` is the negative of last_seen).
bearer = Table(
    "search_bearer",
    metadata,
    Column("word", Integer, primary_key=True),
    Column("unseen", BigInteger, primary_key=True),
    Column("name", Integer, primary_key=True),
    Column("words", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
# Person and card numbers in the forms in which they are typed.
code = Table(
    "search_code",
    metadata,
    Column("code", String, primary_key=True),
    Column("person", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
code_by_person = Index("ix_search_code_person", code.c.person)


def define_search_tables(target: MetaData) -> tuple[Table, ...]:
    """Copy the tables into another metadata, for whoever compares the schema with the database."""
    return tuple(table.to_metadata(target) for table in metadata.sorted_tables)


def create_search_tables(connection: Connection) -> None:
    """Create the index, empty; for the migration that introduces it."""
    metadata.create_all(connection)
    sqlite_only.create_table(connection)
