"""Erasure beats every write, earlier, concurrent or later, everywhere, and leaves nothing but a stub."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import PersonId
from app.domain.people import Birth, NewPerson, Precision, Sex
from app.domain.visits import LogVisit
from app.errors import NotFoundError, UserError
from app.services import counters, days, erasing, people, visits
from app.services.exchange import revoking
from app.storage import personal
from app.storage import schema_accompaniment as care
from app.storage import schema_ventures as work
from app.storage.keyring import read_keyring
from app.storage.sealing import unwrap
from app.storage.unit_of_work import UnitOfWork
from tests.factories import MANAGER, MINUTE, PASSWORD
from tests.services.exchange.network import Site, digests_differ, exchange_all

CANARY = "Zoumboulakis"
PHONE = "+212698765432"


def _add(site: Site) -> PersonId:
    birth = Birth(date(1998, 3, 12), Precision.DAY)
    given = NewPerson(f"Awa {CANARY}", sex=Sex.FEMALE, birth=birth, nationality="SN", phones=(PHONE,), consent="oral")
    made = site.hub.write(lambda uow: people.add(given, uow)).value.id
    counter = site.hub.read(counters.list_counters)[0].id
    site.hub.write(lambda uow: visits.log(LogVisit(made, counter), uow))
    return made


def _contents(site: Site, folder: Path) -> bytes:
    """Every byte of the store once decrypted, free pages included, and of the log beside it."""
    key = unwrap(read_keyring(site.paths.keyring), MANAGER, PASSWORD)
    plain = folder / f"{site.code}.db"
    plain.unlink(missing_ok=True)
    connection = sqlcipher.connect(str(site.paths.database))
    connection.execute(f"PRAGMA key=\"x'{key.raw.hex()}'\"")
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    return plain.read_bytes()


def test_nothing_is_left_of_an_erased_person_anywhere(sites: list[Site], tmp_path: Path) -> None:
    rabat, tanger, oujda, _beni = sites
    made = _add(rabat)
    exchange_all(sites, 1)
    stale = rabat.export()
    tanger.hub.write(lambda uow: people.edit(made, {"name": f"Awa {CANARY} Diop", "nationality": "ML"}, uow))
    late = tanger.export()
    rabat.hub.erase(made, "demande de la personne")
    oujda.take_in(late)
    exchange_all(sites)
    for site in sites[1:]:
        site.take_in(stale)
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        content = _contents(site, tmp_path)
        assert CANARY.encode() not in content
        assert PHONE.encode() not in content
        assert site.hub.check() == []
        assert site.disputes() == ()
        assert site.hub.read(lambda uow: people.search(CANARY, uow)) == ()
        with pytest.raises(NotFoundError):
            site.hub.read(lambda uow: people.show(made, uow))
        assert site.hub.read(lambda uow: erasing.erased_at(made, uow)) == (4, 4)
    assert rabat.hub.read(days.today).visits == 1
    assert rabat.hub.read(days.today).women == 1


def test_who_has_not_answered_yet_is_known(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    made, other = _add(rabat), _add(rabat)
    exchange_all(sites, 1)
    rabat.hub.erase(made, "demande")
    tanger.take_in(rabat.export())
    rabat.take_in(tanger.export())

    def found() -> erasing.Erasure:
        [one] = rabat.hub.read(erasing.list_erased)
        return one

    assert (found().done, found().known) == (2, 4)
    assert {hub for hub, _desk, _names in found().unanswered} == {"OUJ", "BML"}
    assert rabat.hub.read(lambda uow: erasing.erasure_of(other, uow)) is None
    view = rabat.hub.read(lambda uow: people.show_even_erased(made, uow))
    assert (view.erasure, view.person.name, view.person.phones, view.consents) == (found(), "", (), ())
    assert len(view.visits) == 1
    assert rabat.hub.read(lambda uow: people.show_even_erased(other, uow)).erasure is None
    # a computer that was lost will never answer, and is not waited for
    rabat.hub.write(lambda uow: revoking.revoke("BML", uow))
    assert (found().done, found().known) == (2, 3)
    exchange_all([rabat, tanger, oujda])
    assert (found().done, found().known, found().unanswered) == (3, 3, ())
    del beni


def test_two_offices_may_erase_at_once(sites: list[Site]) -> None:
    made = _add(sites[0])
    exchange_all(sites, 1)
    for site in sites[:2]:
        site.hub.erase(made, "demande")
    sites[2].hub.write(lambda uow: people.edit(made, {"contact": "appeler"}, uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    assert all(site.hub.check() == [] for site in sites)


def test_an_erasure_is_said_before_it_is_taken_in(sites: list[Site]) -> None:
    made = _add(sites[0])
    exchange_all(sites, 1)
    sites[0].hub.erase(made, "demande")
    assert sites[1].take_in(sites[0].export()).erasures == 1


def test_the_automatic_copies_of_before_are_gone(sites: list[Site]) -> None:
    site = sites[0]
    made = _add(site)
    before = site.hub.back_up()
    site.clock.moment += MINUTE
    site.hub.erase(made, "demande")
    assert not before.exists()
    assert len(list(site.paths.backups.iterdir())) == 1


def test_an_erasure_needs_a_reason(sites: list[Site]) -> None:
    made = _add(sites[0])
    with pytest.raises(UserError, match="reason"):
        sites[0].hub.erase(made, "  ")
    assert sites[0].hub.read(lambda uow: people.show(made, uow)).person.name == f"Awa {CANARY}"


def _accompany(site: Site, who: PersonId, words: str) -> None:
    """A case, a session with a note and a file, a step, an appointment, a referral and a venture: all sing."""

    def write(uow: UnitOfWork) -> None:
        here = {"hub_id": uow.actor.hub_id}
        mine = {**here, "advisor_id": uow.actor.account_id}
        now = uow.now
        case = uow.insert(care.case_file, **mine, person_id=who, kind="startup", goal=words, opened_at=now)
        session = uow.insert(
            care.session, **mine, kind="intake", starts_at=now, minutes=45, title=words, note=words, result=words
        )
        uow.insert(care.attendance, session_id=session, person_id=who, case_id=case, present=True, note=words)
        uow.insert(care.step, **here, case_id=case, kind="case", title=words, due="2026-12-01")
        uow.insert(care.appointment, **mine, person_id=who, starts_at=now, minutes=30, purpose=words)
        uow.insert(
            care.referral, **here, person_id=who, service="health", reason=words, state="sent",
            sent_by=uow.actor.account_id, sent_at=now,
        )  # fmt: skip
        file = uow.insert(care.attachment, **here, session_id=session, name=words, added_at=now)
        uow.insert(care.attachment_content, attachment_id=file, content=words.encode())
        venture = uow.insert(work.venture, **here, name=words, kind="auto_entrepreneur", created_at=now, stage="call")
        uow.insert(work.member, venture_id=venture, person_id=who, role="lead", share=10_000)
        uow.insert(work.stage_move, venture_id=venture, stage="call", at=now, reason=words)
        uow.insert(work.agreement, **here, venture_id=venture, kind="agr_grant", amount="1000.00", note=words)

    site.hub.write(write)


def test_what_was_written_about_the_person_goes_too(sites: list[Site], tmp_path: Path) -> None:
    """Whether the office that erases knew it, or another wrote it without having heard, or hears of it last."""
    rabat, tanger, oujda, _beni = sites
    made = _add(rabat)
    _accompany(rabat, made, CANARY)
    exchange_all(sites, 1)
    _accompany(oujda, made, CANARY)
    rabat.hub.erase(made, "demande de la personne")
    _accompany(tanger, made, CANARY)
    late = tanger.export()
    rabat.take_in(late)
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        assert CANARY.encode() not in _contents(site, tmp_path)
        with site.hub._store.bare() as connection:
            assert not personal.remnants_of(connection, [made])
            kept = sa.select(sa.func.count()).select_from(care.session).where(care.session.c.minutes == 45)
            assert connection.scalar(kept) == 3
            assert set(connection.scalars(sa.select(work.agreement.c.amount))) == {"1000.00"}


def test_a_session_of_several_keeps_its_words_until_the_last_is_erased(sites: list[Site]) -> None:
    rabat = sites[0]
    first, second = _add(rabat), _add_another(rabat)

    def write(uow: UnitOfWork) -> UUID:
        session = uow.insert(
            care.session, hub_id=uow.actor.hub_id, advisor_id=uow.actor.account_id, kind="group_workshop",
            starts_at=uow.now, minutes=90, note="Le prix de revient",
        )  # fmt: skip
        for who in (first, second):
            uow.insert(care.attendance, session_id=session, person_id=who, present=True, note=f"{CANARY} {who}")
        return session

    session = rabat.hub.write(write)
    for erased, words in ((first, "Le prix de revient"), (second, "")):
        rabat.hub.erase(erased, "demande de la personne")
        with rabat.hub._store.bare() as connection:
            note = sa.select(care.session.c.note).where(care.session.c.id == session)
            assert connection.scalar(note) == words
            notes = sa.select(care.attendance.c.note).where(care.attendance.c.person_id == erased)
            assert connection.scalar(notes) == ""


def _add_another(site: Site) -> PersonId:
    return site.hub.write(lambda uow: people.add(NewPerson("Fatou Ndiaye"), uow)).value.id
