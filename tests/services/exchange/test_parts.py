"""What is sent in parts can be taken in part by part, also where people were erased; what says nothing new is small."""

from pathlib import Path
from unittest.mock import patch

import pytest

from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.services import counters, people, visits
from app.services.exchange import sending
from tests.services.exchange.network import FIVE, Site, copy_network, digests_differ, exchange_all


@pytest.mark.parametrize("most", [3, 5])
def test_no_part_has_what_was_erased_without_the_erasure(sites: list[Site], most: int) -> None:
    rabat, tanger, oujda, _beni = sites
    names = [NewPerson(f"Awa {number}", consent="oral") for number in range(4)]
    made = [row.id for row in rabat.hub.write(lambda uow: people.add_many(names, uow)).value]
    exchange_all([rabat, tanger], 1)
    counter = rabat.hub.read(counters.list_counters)[0].id
    for who in made:
        rabat.hub.write(lambda uow, who=who: visits.log(LogVisit(who, counter), uow))  # type: ignore[misc]
    exchange_all([rabat, tanger], 1)
    for who in made[1:]:
        tanger.hub.write(lambda uow, who=who: people.edit(who, {"contact": "appeler"}, uow))  # type: ignore[misc]
    for who in made[:2]:
        tanger.hub.erase(who, "demande")
    rabat.take_in(tanger.export())
    rabat.hub.write(lambda uow: visits.log(LogVisit(None, counter), uow))
    exchange_all([rabat, tanger], 1)
    parts = 0
    with patch.object(sending, "MOST_OPS", most):
        while digests_differ([tanger, oujda]):
            oujda.take_in(tanger.export("OUJ"))
            assert oujda.hub.check() == []
            tanger.take_in(oujda.export("TNG"))
            parts += 1
            assert parts < 40
    assert parts > 1


def test_a_bundle_for_four_that_says_nothing_new_is_always_small(five_template: Path, tmp_path: Path) -> None:
    opened = copy_network(five_template, tmp_path, FIVE)
    exchange_all(opened)
    assert max(len(opened[0].export()) for _try in range(60)) <= 1200
    for site in opened:
        site.hub.close()
