"""Each stream is vouched for by its own writer, whoever passes it on: nobody can put words into another's mouth."""

import pytest
import sqlalchemy as sa

from app.domain.people import NewPerson
from app.errors import UserError
from app.services import people
from app.services.exchange import sending, trust
from app.services.exchange.overview import overview
from app.storage import oplog, schema
from app.storage.exchange_tables import head, peer
from app.storage.unit_of_work import UnitOfWork
from app.sync.heads import sign_head
from app.sync.trust import SecretKeys
from tests.services.exchange.network import Site, digests_differ, exchange_all


def add(site: Site, name: str) -> None:
    site.hub.write(lambda uow: people.add(NewPerson(name), uow))


def names(site: Site) -> set[str]:
    with site.hub._store.bare() as connection:
        return set(connection.scalars(sa.select(schema.person.c.name)))


def forge(at: Site, victim: Site, keys: SecretKeys | None) -> None:
    """Write an op into the stream of another, as it stands at an office, and a head for it (without keys: the old)."""
    installation = victim.hub.actor.installation_id
    with at.hub._store._begin() as connection:
        stream = connection.execute(
            sa.select(schema.stream).where(schema.stream.c.installation_id == installation)
        ).one()
        last = connection.execute(
            sa.select(schema.op).where(schema.op.c.n == stream.n, schema.op.c.seq == stream.last_seq)
        ).one()
        person = connection.execute(sa.select(schema.person).limit(1)).one()
        seen = oplog.decode_versions(person.versions).dots("name")
        streams = dict(connection.execute(sa.select(schema.stream.c.n, schema.stream.c.stream)).all())
        body = oplog.encode(oplog.Body({"name": "Falsifié"}, oplog.group_replaced({"name": seen}, streams)))
        seq, salt, clock = stream.last_seq + 1, bytes(8), last.hlc + 2**32
        header = (stream.stream, seq, clock, last.at, None, "person", person.id.bytes)
        digest = oplog.link(stream.last_hash, header, oplog.hash_body(salt, body))
        connection.execute(
            schema.op.insert().values(
                n=stream.n, seq=seq, hlc=clock, at=last.at, tbl="person", row_id=person.id,
                salt=salt, body=body, hash=digest,
            )
        )  # fmt: skip
        connection.execute(
            schema.stream.update().where(schema.stream.c.n == stream.n).values(last_seq=seq, last_hash=digest)
        )
        signature = sa.select(head.c.signature).where(head.c.n == stream.n)
        signed = sign_head(keys, stream.stream, installation, seq, digest) if keys else connection.scalar(signature)
        connection.execute(head.insert().values(n=stream.n, seq=seq, signature=signed))


@pytest.mark.parametrize("own_key", [True, False])
def test_a_hub_can_not_write_in_the_name_of_another(sites: list[Site], own_key: bool) -> None:
    rabat, tanger, oujda = sites[:3]
    add(rabat, "Awa Diop")
    for site in (tanger, oujda):
        site.take_in(rabat.export())
    forge(tanger, rabat, tanger.hub.write(trust.own_keys) if own_key else None)
    add(tanger, "Moussa Camara")
    before = oujda.hub.digest()
    with pytest.raises(UserError, match="altered"):
        oujda.take_in(tanger.export())
    assert oujda.hub.digest() == before
    assert names(oujda) == {"Awa Diop"}
    assert oujda.hub.check() == []


def test_what_went_through_several_hands_is_still_vouched_for(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    for turn in range(3):
        add(rabat, f"Awa {turn}")
        for sender, receiver in ((rabat, tanger), (tanger, oujda), (oujda, beni)):
            receiver.take_in(sender.export())
        for sender, receiver in ((beni, oujda), (oujda, tanger), (tanger, rabat)):
            receiver.take_in(sender.export())
    assert not digests_differ(sites)
    assert names(beni) == {"Awa 0", "Awa 1", "Awa 2"}
    with beni.hub._store.bare() as connection:
        ours = schema.stream.c.installation_id == beni.hub.actor.installation_id
        others = set(connection.scalars(sa.select(schema.stream.c.n).where(~ours)))
        assert set(connection.scalars(sa.select(head.c.n))) == others
        assert connection.scalar(sa.select(sa.func.count()).select_from(head)) == len(others), "only the newest is kept"


def test_who_does_not_know_the_writer_passes_the_signature_on(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    for site in (tanger, oujda):
        with site.hub._store._begin() as connection:
            connection.execute(peer.delete().where(peer.c.installation_id == rabat.hub.actor.installation_id))
    add(rabat, "Awa Diop")
    beni.take_in(rabat.export("BML"))
    add(rabat, "Moussa Camara")
    # Tangier has it from somebody who is known there
    add(beni, "Fatou Sow")
    tanger.take_in(beni.export())
    oujda.take_in(tanger.export())
    assert names(oujda) == {"Awa Diop", "Fatou Sow"}
    forge(oujda, rabat, oujda.hub.write(trust.own_keys))
    add(oujda, "Binta Bah")
    tanger.take_in(oujda.export())
    with pytest.raises(UserError, match="altered"):
        beni.take_in(tanger.export())
    assert names(beni) == {"Awa Diop", "Fatou Sow"}


def test_more_than_a_bundle_holds_goes_in_several(sites: list[Site], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_OPS", 30)
    rabat, tanger = sites[:2]
    for number in range(50):
        add(rabat, f"Awa {number}")
        if number % 20 == 10:
            tanger.take_in(rabat.export("TNG"))
            rabat.take_in(tanger.export("RBT"))
            add(tanger, f"Moussa {number}")

    def send(sender: Site, receiver: Site, to: str) -> int:
        def make(uow: UnitOfWork) -> sending.SentBundle:
            return sending.make_bundle(to, uow)

        made = sender.hub.write(make)
        receiver.take_in(made.content)
        return made.left

    oujda = sites[2]
    left: list[int] = []
    while not left or left[-1]:
        left.append(send(rabat, oujda, "OUJ"))
        send(oujda, rabat, "RBT")
    assert len(left) > 2
    assert left == sorted(left, reverse=True)
    assert names(oujda) == names(rabat)
    monkeypatch.undo()
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        assert site.hub.check() == []
        assert {office.to_send for office in site.hub.read(overview).offices} == {0}
