"""The search index on the encrypted database: who is found by which name, phone or number."""

from app.storage.search.index import SearchEntry, forget_people, index_people, touch_person
from app.storage.search.numbers import SearchHit
from app.storage.search.search import find_similar, prepare_next_word, search_people
from app.storage.search.tables import create_search_tables, define_search_tables

__all__ = [
    "SearchEntry",
    "SearchHit",
    "create_search_tables",
    "define_search_tables",
    "find_similar",
    "forget_people",
    "index_people",
    "prepare_next_word",
    "search_people",
    "touch_person",
]
