"""A computer was lost: one office says so, and all that hear of it refuse what it writes, until a person ends that."""

import shutil
from pathlib import Path

import pytest

from app.domain.people import NewPerson
from app.errors import NotFoundError, UserError
from app.services import people
from app.services.exchange import folder, letter, receiving, revoking, trust
from app.services.exchange.asking import Question
from app.services.exchange.overview import overview
from app.services.exchange.receiving import Preview
from app.storage import peers, schema
from app.storage.backup import restore
from app.storage.unit_of_work import UnitOfWork
from tests.services.exchange.network import Site, digests_differ, exchange_all

REVOKED = frozenset({Question.REVOKED})


def add(site: Site, name: str) -> None:
    site.hub.write(lambda uow: people.add(NewPerson(name), uow))


def revoke(at: Site, who: str, reason: str = "") -> None:
    at.hub.write(lambda uow: revoking.revoke(who, uow, reason))


def preview(at: Site, content: bytes) -> Preview:
    return at.hub.read(lambda uow: receiving.preview(content, uow))


def revoked_at(site: Site) -> set[str]:
    def read(uow: UnitOfWork) -> set[str]:
        return {peer.hub for peer in peers.list_peers(uow.connection) if peer.revoked_at is not None}

    return site.hub.read(read)


def test_all_who_hear_of_it_refuse_and_send_nothing(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    exchange_all(sites)
    revoke(rabat, "BML", "Ordinateur volé le 3 mars")
    content = rabat.export("TNG")
    found = tanger.hub.read(lambda uow: letter.read_letter(content, uow)).preview
    (said,) = found.revocations
    assert (said.who.label, said.by.label, said.reason, said.ours) == (
        "BML-A", "RBT-A", "Ordinateur volé le 3 mars", False,
    )  # fmt: skip
    assert revoked_at(tanger) == set()
    assert tanger.take_in(content).revocations == (said,)
    assert revoked_at(tanger) == {"BML"}
    # who has it from somebody who has it
    oujda.take_in(tanger.export("OUJ"))
    add(beni, "Awa Diop")
    for site in (rabat, tanger, oujda):
        before = site.hub.digest()
        with pytest.raises(UserError, match="RBT-A: Ordinateur volé"):
            site.take_in(beni.export(site.code))
        assert site.hub.digest() == before
        with pytest.raises(NotFoundError):
            site.export("BML")
        due = site.hub.read(lambda uow, site=site: folder.list_due(site.paths.folder, {}, uow))  # type: ignore[misc]
        assert beni.hub.actor.installation_id not in {item.installation for item in due}
    exchange_all(sites[:3])
    assert not digests_differ(sites[:3])


def test_the_office_itself_is_told_by_who_trusts_it_again(sites: list[Site]) -> None:
    rabat, tanger, oujda = sites[:3]
    exchange_all(sites)
    revoke(tanger, "OUJ", "perdu")
    rabat.take_in(tanger.export("RBT"))
    assert revoked_at(rabat) == {"OUJ"}
    content, words = oujda.hub.write(trust.identity_file)
    rabat.hub.write(lambda uow: trust.enroll(content, uow, words))
    (said,) = oujda.take_in(rabat.export("OUJ")).revocations
    assert (said.ours, said.by.label, said.reason) == (True, "TNG-A", "perdu")
    assert revoked_at(oujda) == set()


def test_who_is_believed_no_longer_ends_nobodys_belief_in_others(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    exchange_all(sites)
    revoke(rabat, "BML")
    tanger.take_in(rabat.export("TNG"))
    # the thief revokes everybody, and Oujda, which has not heard of it, passes that on
    for code in ("RBT", "TNG"):
        revoke(beni, code)
    oujda.take_in(beni.export("OUJ"))
    assert revoked_at(oujda) == {"RBT", "TNG"}
    for code, site in (("RBT", rabat), ("TNG", tanger)):
        words = site.hub.write(trust.identity_file)
        oujda.hub.write(lambda uow, words=words: trust.enroll(words[0], uow, words[1]))  # type: ignore[misc]
        sent = oujda.export(code)
        found = preview(site, sent)
        assert found.revocations == ()
        assert found.asks == REVOKED
        site.hub.take_in(sent, agreed=REVOKED)
        assert revoked_at(site) == {"BML"}


def test_what_others_pass_on_of_it_waits_for_a_person(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    exchange_all(sites)
    add(beni, "Awa Diop")
    oujda.take_in(beni.export("OUJ"))
    add(oujda, "Moussa Camara")
    revoke(rabat, "BML")
    tanger.take_in(rabat.export("TNG"))
    for site in (rabat, tanger):
        content = oujda.export(site.code)
        found = preview(site, content)
        assert (found.asks, dict(found.held_back)) == (REVOKED, {"BML-A": 1})
        before = site.hub.digest()
        for agreed in (frozenset(), frozenset({Question.DELETIONS})):
            with pytest.raises(UserError, match="1 change of BML-A"):
                site.hub.take_in(content, agreed=agreed)
        assert site.hub.digest() == before
    content = oujda.export("RBT")
    assert rabat.hub.take_in(content, agreed=REVOKED).value.ops_new > 0
    exchange_all([rabat, oujda])
    assert not digests_differ([rabat, oujda])
    # once it is here, it is asked about no more
    assert preview(rabat, oujda.export("RBT")).asks == frozenset()


def test_a_person_ends_it_by_enrolling_again_and_it_stays_ended(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    exchange_all(sites)
    revoke(rabat, "BML")
    exchange_all(sites[:3])
    assert revoked_at(tanger) == {"BML"}
    content, words = beni.hub.write(trust.identity_file)
    for site in (tanger, oujda):
        site.hub.write(lambda uow: trust.enroll(content, uow, words))
    add(beni, "Awa Diop")
    assert tanger.take_in(beni.export("TNG")).ops_new > 0
    exchange_all([tanger, oujda])
    tanger.reopen()
    oujda.take_in(rabat.export("OUJ"))
    assert (revoked_at(rabat), revoked_at(tanger), revoked_at(oujda)) == ({"BML"}, set(), set())
    # said once more, it counts once more
    revoke(oujda, "BML")
    tanger.take_in(oujda.export("TNG"))
    assert revoked_at(tanger) == {"BML"}


def test_what_others_do_to_the_row_changes_nothing(sites: list[Site]) -> None:
    """The op that made it counts: nobody turns another's words against somebody else, or takes them back."""
    rabat, tanger, oujda, beni = sites
    exchange_all(sites)
    revoke(rabat, "BML")
    tanger.take_in(rabat.export("TNG"))

    def turn(uow: UnitOfWork) -> None:
        row_id = uow.connection.execute(schema.revocation.select()).one().id
        uow.update(
            schema.revocation, row_id, installation_id=oujda.hub.actor.installation_id, reason="menti", deleted=True
        )

    tanger.hub.write(turn)
    oujda.take_in(tanger.export("OUJ"))
    assert revoked_at(oujda) == {"BML"}
    rabat.take_in(tanger.export("RBT"))
    assert revoked_at(rabat) == {"BML"}
    assert revoked_at(beni) == set()


def test_a_bundle_that_waited_is_not_taken_in_past_a_person(sites: list[Site], tmp_path: Path) -> None:
    rabat, oujda, beni = sites[0], sites[2], sites[3]
    exchange_all(sites)
    backup = rabat.hub.back_up(tmp_path / "copy.waslbackup")
    add(oujda, "Fatou Sow")
    first = oujda.export("RBT")
    rabat.take_in(first)
    oujda.take_in(rabat.export("OUJ"))
    add(beni, "Awa Diop")
    oujda.take_in(beni.export("OUJ"))
    second = oujda.export("RBT")
    put_back(rabat, backup)
    assert rabat.take_in(second).waits
    revoke(rabat, "BML")
    rabat.take_in(first)
    assert len(rabat.hub.read(overview).waiting) == 1
    assert preview(rabat, second).asks == REVOKED
    rabat.hub.take_in(second, agreed=REVOKED)
    assert rabat.hub.read(overview).waiting == ()
    exchange_all([rabat, oujda])
    assert not digests_differ([rabat, oujda])


def test_a_bundle_that_waited_goes_when_its_office_is_believed_no_longer(sites: list[Site], tmp_path: Path) -> None:
    rabat, tanger, oujda = sites[:3]
    exchange_all(sites)
    backup = rabat.hub.back_up(tmp_path / "copy.waslbackup")
    add(tanger, "Fatou Sow")
    oujda.take_in(tanger.export("OUJ"))
    rabat.take_in(oujda.export("RBT"))
    oujda.take_in(rabat.export("OUJ"))
    add(oujda, "Awa Diop")
    late = oujda.export("RBT")
    put_back(rabat, backup)
    assert rabat.take_in(late).waits
    revoke(rabat, "OUJ")
    rabat.take_in(tanger.export("RBT"))
    assert rabat.hub.read(overview).waiting == ()
    assert rabat.hub.check() == []


def put_back(site: Site, backup: Path) -> None:
    site.hub.close()
    anchor = site.paths.anchor.read_bytes()
    shutil.rmtree(site.paths.folder)
    restore(backup, site.paths)
    site.paths.anchor.write_bytes(anchor)
    site.reopen()
