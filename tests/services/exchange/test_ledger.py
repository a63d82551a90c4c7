"""The ledger knows a bundle by its sender too: nobody can use up the id of somebody else's bundle."""

import secrets

import pytest

from app.domain.people import NewPerson
from app.services import people
from app.sync import bundle
from tests.services.exchange.network import Site


def test_a_copied_id_does_not_keep_the_real_bundle_out(sites: list[Site], monkeypatch: pytest.MonkeyPatch) -> None:
    rabat, tanger, oujda, _beni = sites
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    real = rabat.export()
    used = bytes.fromhex(bundle.read_header(real).id)
    monkeypatch.setattr(secrets, "token_bytes", lambda size: used[:size])
    forged = tanger.export()
    assert bundle.read_header(forged).id == bundle.read_header(real).id
    oujda.take_in(forged)
    assert oujda.take_in(real).ops_new > 0
