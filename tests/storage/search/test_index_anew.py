"""A store whose names were cut by older rules: the index is made anew, and nothing of the old one stays."""

from functools import partial

import sqlalchemy as sa

from app.domain.people import NewPerson
from app.hub import Hub
from app.paths import HubPaths
from app.services import people
from app.storage import migrations
from tests.factories import open_as


def test_an_index_by_older_rules_is_made_anew_at_the_next_sign_in(hub: Hub, paths: HubPaths) -> None:
    person = NewPerson(name="Oumayma Bel Ahbib", phones=("0661234567",))
    number = hub.write(lambda uow: people.add(person, uow)).value.number
    migrations.downgrade(hub._store._engine, "0006")
    with hub._store._engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO search_word (id, text, uses) VALUES (1, 'ahbib', 1)"))
        connection.execute(sa.text("INSERT INTO search_sound (sound, word, text) VALUES ('HBB', 1, 'ahbib')"))
    hub.close()

    later = open_as(paths)
    later.complete_search()
    for query in ("belahbib", "1234567", number):
        found = later.read(partial(people.search, query))
        assert [row.number for row in found] == [number]
    with later._store.bare() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM search_word WHERE text = 'ahbib'")) == 0
    later.close()
