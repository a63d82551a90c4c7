"""An office replaces its keys: the others follow by themselves, from the keys that they know and by no other way."""

import pytest
import sqlalchemy as sa

from app.domain.people import NewPerson
from app.errors import UserError
from app.services import people
from app.services.exchange import keys, revoking, trust
from app.storage import schema
from app.storage.exchange_tables import peer
from app.storage.unit_of_work import UnitOfWork
from app.sync.bundle import read_header
from app.sync.rotation import state_new_keys
from app.sync.trust import PublicKeys, fingerprint, new_keys
from tests.services.exchange.network import Site, digests_differ, exchange_all


def add(site: Site, name: str) -> None:
    site.hub.write(lambda uow: people.add(NewPerson(name), uow))


def keys_known(at: Site, of: Site) -> PublicKeys:
    peer = at.hub.read(lambda uow: trust.find_peer(of.hub.actor.installation_id, uow))
    assert peer is not None
    return trust.identity_of(peer).keys


def own(site: Site) -> PublicKeys:
    return site.hub.read(trust.own_keys).public


def test_the_others_follow_and_compare_the_new_words(sites: list[Site]) -> None:
    rabat, tanger, oujda = sites[:3]
    exchange_all(sites)
    before = own(rabat)
    words = rabat.hub.write(keys.rotate)
    assert own(rabat) != before
    add(rabat, "Awa Diop")
    sent = rabat.export()
    assert len(read_header(sent).chain) == 1
    assert tanger.hub.digest() != rabat.hub.digest()
    tanger.take_in(sent)
    assert keys_known(tanger, rabat) == own(rabat)
    followed = tanger.hub.read(lambda uow: trust.identity_of(trust.choose("RBT", uow)[0]))
    assert fingerprint(followed) == words
    # who has it from somebody else follows too, and opens the next bundle that says nothing of it any more
    oujda.take_in(tanger.export())
    assert keys_known(oujda, rabat) == own(rabat)
    exchange_all(sites)
    sent = rabat.export()
    assert read_header(sent).chain == ()
    add(oujda, "Moussa Camara")
    rabat.take_in(oujda.export())
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        assert site.hub.check() == []


def test_years_of_changes_are_followed_at_once(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    for turn in range(4):
        rabat.hub.write(keys.rotate)
        add(rabat, f"Awa {turn}")
        rabat.reopen()
    tanger.take_in(rabat.export())
    assert keys_known(tanger, rabat) == own(rabat)
    exchange_all(sites)
    assert not digests_differ(sites)


def test_what_was_on_its_way_to_us_can_still_be_read(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    add(tanger, "Awa Diop")
    on_its_way = tanger.export()
    rabat.hub.write(keys.rotate)
    rabat.hub.write(keys.rotate)
    assert rabat.take_in(on_its_way).ops_new > 0


def test_what_was_signed_before_is_out_of_date_for_who_has_followed(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    add(rabat, "Awa Diop")
    old = rabat.export()
    rabat.hub.write(keys.rotate)
    tanger.take_in(rabat.export())
    with pytest.raises(UserError, match="out of date"):
        tanger.take_in(old)


def test_a_statement_that_the_known_keys_did_not_sign_changes_nothing(sites: list[Site]) -> None:
    rabat, tanger, oujda = sites[:3]
    exchange_all(sites)
    before = own(rabat)
    installation, thief, made = rabat.hub.actor.installation_id, new_keys(), new_keys()
    statement = state_new_keys(installation, thief, made, 0)

    def claim(uow: UnitOfWork) -> None:
        for raw in (statement.raw, b"nonsense", b""):
            uow.insert(schema.key_change, installation_id=installation, statement=raw)

    tanger.hub.write(claim)
    for receiver in (oujda, rabat):
        receiver.take_in(tanger.export())
    assert keys_known(oujda, rabat) == before
    assert own(rabat) == before
    add(rabat, "Awa Diop")
    assert oujda.take_in(rabat.export()).ops_new > 0


def test_what_others_do_to_the_rows_changes_nothing_that_was_learnt(sites: list[Site]) -> None:
    rabat, tanger, oujda = sites[:3]
    rabat.hub.write(keys.rotate)
    exchange_all(sites)

    def spoil(uow: UnitOfWork) -> None:
        for row_id in uow.connection.scalars(sa.select(schema.key_change.c.id)).all():
            uow.update(schema.key_change, row_id, statement=b"", deleted=True)

    tanger.hub.write(spoil)
    add(rabat, "Awa Diop")
    oujda.take_in(tanger.export())
    oujda.take_in(rabat.export())
    rabat.hub.write(keys.rotate)
    oujda.take_in(rabat.export())
    assert keys_known(oujda, rabat) == own(rabat)
    exchange_all(sites)
    assert not digests_differ(sites)


def test_nobody_follows_an_office_that_is_believed_no_longer(sites: list[Site]) -> None:
    rabat, tanger, oujda = sites[:3]
    before = own(rabat)
    oujda.hub.write(lambda uow: revoking.revoke("RBT", uow))
    rabat.hub.write(keys.rotate)
    tanger.take_in(rabat.export())
    with pytest.raises(UserError):
        oujda.take_in(rabat.export())
    assert keys_known(oujda, rabat) == before


def test_who_enrols_from_an_older_file_follows_what_is_known_already(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    older, words = rabat.hub.write(trust.identity_file)
    with tanger.hub._store._begin() as connection:
        connection.execute(peer.delete().where(peer.c.installation_id == rabat.hub.actor.installation_id))
    rabat.hub.write(keys.rotate)
    sites[2].take_in(rabat.export())
    assert tanger.take_in(sites[2].export()).ops_new > 0
    tanger.hub.write(lambda uow: trust.enroll(older, uow, words))
    assert keys_known(tanger, rabat) == own(rabat)
