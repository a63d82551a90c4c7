"""The search after a bundle: it says what the rows say, of most people at once and of very many a little later."""

from typing import Final

from app.services.exchange.plan import Plan
from app.storage.indexing import index_or_note, visitors_of
from app.storage.people import INDEXED_CELLS, last_arrivals
from app.storage.search import touch_person
from app.storage.unit_of_work import UnitOfWork

_VANISHES: Final = frozenset({"hidden", "deleted", "erased"})
"""The cells of a person that decide whether the search may find them."""


def index(plan: Plan, uow: UnitOfWork) -> None:
    """Have people found by their new names and numbers, and those who came since before the others of their name."""
    # ids stay bytes: to make UUIDs of 30,000 took longer than to note them
    named = set(plan.makings["person"])
    gone = set[bytes]()
    for (name, row_id), row in plan.rows.items():
        if name != "person" or (row.stored and INDEXED_CELLS.isdisjoint(row.written)):
            continue
        # whoever is to be found no more must not be for another moment
        vanishes = row.stored and not _VANISHES.isdisjoint(row.written)
        (gone if vanishes else named).add(row_id)
    index_or_note(uow.connection, named, gone)
    visits = [row_id for (name, row_id) in plan.rows if name == "visit"]
    visitors = visitors_of(uow.connection, [*plan.makings["visit"], *visits])
    others = [person for person in visitors if person.bytes not in named and person.bytes not in gone]
    for person, arrived in last_arrivals(uow.connection, others).items():
        touch_person(uow.connection, person, arrived)
