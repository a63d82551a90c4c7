"""A wrong clock warns, and neither blocks anything nor decides anything that causality decides."""

from app.domain.people import NewPerson
from app.services import people
from tests.factories import YEAR
from tests.services.exchange.network import Site, digests_differ, exchange_all


def test_an_edit_made_after_one_from_the_future_replaces_it(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    tanger.clock.moment += 10 * YEAR
    made = tanger.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow)).value.id
    tanger.hub.write(lambda uow: people.edit(made, {"contact": "appeler"}, uow))
    rabat.take_in(tanger.export())
    rabat.hub.write(lambda uow: people.edit(made, {"contact": "écrire"}, uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        assert site.hub.read(lambda uow: people.show(made, uow)).person.contact == "écrire"
        assert site.disputes() == ()
        assert site.hub.check() == []
