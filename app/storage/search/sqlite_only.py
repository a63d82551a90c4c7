"""The part of the search that is SQLite's own: digits anywhere in a phone (FTS5 trigrams), and erasing for good."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, ColumnElement, Connection, func

SHORTEST = 3
LAST = "$"


def create_table(connection: Connection) -> None:
    """Create the index; what is removed from it is removed from its shadow tables at once."""
    connection.exec_driver_sql("CREATE VIRTUAL TABLE search_digits USING fts5(digits, tokenize='trigram')")
    connection.exec_driver_sql("INSERT INTO search_digits(search_digits, rank) VALUES('secure-delete', 1)")


def add_digits(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """File the phone digits of people (by their number in the index); several phones are separated by spaces."""
    connection.exec_driver_sql("INSERT INTO search_digits(rowid, digits) VALUES (?, ?)", list(rows))


def remove_digits(connection: Connection, people: Iterable[int]) -> None:
    """Take people's phones out."""
    connection.exec_driver_sql("DELETE FROM search_digits WHERE rowid = ?", [(person,) for person in people])


def digits_of(connection: Connection, people: Iterable[int]) -> dict[int, str]:
    """The phone digits of people who have any, as they were filed."""
    cursor = connection.connection.cursor()
    try:
        rows = [
            cursor.execute("SELECT rowid, digits FROM search_digits WHERE rowid = ?", (person,)).fetchone()
            for person in people
        ]
    finally:
        cursor.close()
    return dict(filter(None, rows))


def find_digits(connection: Connection, digits: str, limit: int) -> list[int]:
    """Return who has a phone that ends with `digits` (3 or more), then who has them anywhere."""
    found: dict[int, None] = {}
    for wanted in (digits + LAST, digits):
        if len(found) < limit:
            rows = connection.exec_driver_sql(
                "SELECT rowid FROM search_digits WHERE search_digits MATCH ? LIMIT ?", (f'"{wanted}"', limit)
            )
            found.update((row[0], None) for row in rows)
    return list(found)


def holds(words: Column[bytes], word: ColumnElement[bytes]) -> ColumnElement[bool]:
    """Whether the packed ids of a name's words contain one, or four bytes that happen to look like it."""
    return func.instr(words, word) > 0


def overwrite_what_is_deleted(connection: Connection) -> None:
    """Have deleted rows overwritten with zeros in their pages, on this connection from now on."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
