"""A wrong clock warns, and neither blocks anything nor decides anything that causality decides."""

import pytest

from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.services import audit, people
from app.services.exchange import letter
from tests.factories import MINUTE, YEAR
from tests.services.exchange.network import Site, digests_differ, exchange_all

HOUR = 60 * MINUTE


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


def test_histories_show_what_each_clock_said_and_no_other_clock_drags_ours(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    tanger.clock.moment += 10 * YEAR
    theirs = tanger.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow)).value.id
    rabat.take_in(tanger.export())
    ours = rabat.hub.write(lambda uow: people.add(NewPerson("Moussa Camara"), uow)).value.id
    rabat.hub.write(lambda uow: people.edit(theirs, {"contact": "écrire"}, uow))
    tanger.hub.write(lambda uow: people.edit(theirs, {"contact": "appeler"}, uow))
    rabat.take_in(tanger.export())

    def moments(site: Site, row_id: PersonId, field: str) -> list[int]:
        changes = site.hub.read(lambda uow: people.history(row_id, uow))
        return [change.at for change in changes if change.field == field]

    assert moments(rabat, theirs, "name") == [tanger.clock.moment]
    assert moments(rabat, ours, "name") == [rabat.clock.moment]
    assert set(moments(rabat, theirs, "contact")) == {rabat.clock.moment, tanger.clock.moment}
    (dispute,) = rabat.disputes()
    sides = {side.value: side.at for side in dispute.sides}
    assert sides == {"écrire": rabat.clock.moment, "appeler": tanger.clock.moment}
    noted = rabat.hub.read(lambda uow: audit.list_events(uow, ours))
    assert {entry.at for entry in noted} == {rabat.clock.moment}
    assert rabat.hub.clock_is_behind() == 0
    exchange_all(sites)
    assert moments(tanger, ours, "name") == [rabat.clock.moment]


@pytest.mark.parametrize("years", [10, -10])
def test_a_clock_ten_years_off_is_said_and_blocks_nothing(sites: list[Site], years: int) -> None:
    rabat, tanger = sites[:2]
    ours = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow)).value.id
    tanger.take_in(rabat.export())
    tanger.clock.moment += years * YEAR
    tanger.hub.write(lambda uow: people.edit(ours, {"contact": "appeler"}, uow))
    theirs = tanger.hub.write(lambda uow: people.add(NewPerson("Moussa Camara"), uow)).value.id
    content = tanger.export()
    off = rabat.hub.read(lambda uow: letter.read_letter(content, uow)).clock_off
    assert abs(off * MINUTE - years * YEAR) <= HOUR
    before = rabat.clock.moment
    assert rabat.take_in(content).ops_new > 0
    rabat.hub.write(lambda uow: people.edit(theirs, {"contact": "écrire"}, uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        assert site.hub.read(lambda uow: people.show(ours, uow)).person.contact == "appeler"
        assert site.hub.read(lambda uow: people.show(theirs, uow)).person.contact == "écrire"
        assert site.disputes() == ()
        assert site.hub.check() == []
    assert rabat.clock.moment == before
    # put right again, it goes on as if nothing had been
    tanger.clock.moment -= years * YEAR
    tanger.reopen()
    tanger.hub.write(lambda uow: people.edit(ours, {"contact": ""}, uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    assert rabat.hub.read(lambda uow: people.show(ours, uow)).person.contact == ""
