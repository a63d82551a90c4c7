"""Certificates travel: what one hub issues and revokes, another says from a photo of the paper, without a network."""

import io
from datetime import date

import pytest
from PIL import Image

from app.documents.preview import rasterise
from app.domain.papers import Details, IssueCertificate, OnRecord, PaperState, Verdict
from app.domain.people import NewPerson
from app.domain.sheets import CertificateKind
from app.domain.trainings import Mark
from app.errors import UserError
from app.services import people, presences
from app.services.certificates import checking, issuing, life
from app.services.certificates.checking import Check
from app.services.certificates.issuing import Issued
from app.services.exchange import keys, revoking
from app.storage import schema_papers
from tests.services.courses import enrol, plan
from tests.services.exchange.network import Site, digests_differ, exchange_all

DETAILS = Details({"fr": "Couture"}, date(2026, 3, 2), date(2026, 3, 6), 1200, 1200)

PAPERS = {str(table.name) for table in schema_papers.PAPERS}


def issue(site: Site, name: str = "Awa Ndiaye") -> Issued:
    person = site.hub.write(lambda uow: people.add(NewPerson(name, "أوا"), uow)).value.id
    command = IssueCertificate(CertificateKind.PARTICIPATION, person, "fr+ar", details=DETAILS)
    return site.hub.write(lambda uow: issuing.issue(command, uow)).value


def photo_of(pdf: bytes) -> bytes:
    drawn = rasterise(pdf, dpi=150)
    page = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.data, "raw", "RGB", drawn.stride, 1)
    stream = io.BytesIO()
    page.convert("L").rotate(-3, expand=True, fillcolor=200, resample=Image.Resampling.BILINEAR).save(stream, "JPEG")
    return stream.getvalue()


def check(site: Site, photo: bytes) -> Check:
    return site.hub.read(lambda uow: checking.check_file(photo, uow))


def test_a_revocation_reaches_another_hub_which_says_so_from_a_photo(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    made = issue(rabat)
    photo = photo_of(made.paper.pdf)
    # nothing has come yet: the key is known from when the two offices met
    found = check(tanger, photo)
    assert (found.verdict, found.on_record, found.as_known_on) == (Verdict.AUTHENTIC, OnRecord.ABSENT, None)
    assert any("Nothing was ever heard" in item for item in checking.word_check(found))
    tanger.take_in(rabat.export("TNG"))
    found = check(tanger, photo)
    assert (found.verdict, found.on_record, found.state) == (Verdict.AUTHENTIC, OnRecord.SAME, PaperState.ISSUED)
    known_since = found.as_known_on
    rabat.hub.write(lambda uow: life.revoke(made.id, "fraud", uow, "copie vendue"))
    assert check(rabat, photo).verdict is Verdict.REVOKED
    # an old list does not know it, and says of when it is
    assert (check(tanger, photo).verdict, check(tanger, photo).as_known_on) == (Verdict.AUTHENTIC, known_since)
    tanger.clock.set(2026, 3, 20)
    tanger.take_in(rabat.export("TNG"))
    found = check(tanger, photo)
    assert (found.verdict, found.reason, found.signer) == (Verdict.REVOKED, "Fraud: copie vendue", "RBT-A")
    assert found.as_known_on is not None
    assert known_since is not None
    assert found.as_known_on > known_since
    assert not digests_differ([rabat, tanger]) & PAPERS


def test_another_hub_prints_it_from_what_was_frozen_and_changes_nothing(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    made = issue(rabat)
    tanger.take_in(rabat.export("TNG"))
    paper = tanger.hub.read(lambda uow: life.open_paper(made.id, uow))
    assert paper.pdf == made.paper.pdf
    assert not tanger.hub.read(lambda uow: life.show(made.id, uow)).printed_here
    tanger.hub.write(lambda uow: life.duplicate(made.id, uow))
    rabat.take_in(tanger.export("RBT"))
    assert rabat.hub.read(lambda uow: life.show(made.id, uow)).copies == 1
    for action in (life.revoke, life.replace):
        with pytest.raises(UserError, match="another hub"):
            tanger.hub.write(lambda uow, action=action: action(made.id, "error", uow))  # type: ignore[misc]


def test_papers_signed_with_new_keys_are_known_once_the_bundle_has_come(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    before = photo_of(issue(rabat).paper.pdf)
    rabat.hub.write(keys.rotate)
    after = photo_of(issue(rabat, "Bakary Diop").paper.pdf)
    assert check(tanger, after).verdict is Verdict.UNKNOWN_KEY
    tanger.take_in(rabat.export("TNG"))
    assert [check(tanger, photo).verdict for photo in (before, after)] == [Verdict.AUTHENTIC] * 2


def test_papers_of_an_office_that_is_believed_no_longer_are_not_accepted(sites: list[Site]) -> None:
    rabat, tanger, oujda = sites[:3]
    made = issue(oujda)
    photo = photo_of(made.paper.pdf)
    exchange_all(sites, 1)
    assert check(tanger, photo).verdict is Verdict.AUTHENTIC
    rabat.hub.write(lambda uow: revoking.revoke("OUJ", uow, "Ordinateur volé"))
    tanger.take_in(rabat.export("TNG"))
    found = check(tanger, photo)
    assert (found.verdict, found.on_record) == (Verdict.REVOKED, OnRecord.SAME)
    assert found.key_revoked_at is not None
    assert "OUJ-A" in checking.word_check(found)[0]


def test_an_erasure_at_one_hub_leaves_at_the_other_what_a_check_needs(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    made = issue(rabat)
    photo = photo_of(made.paper.pdf)
    rabat.hub.write(lambda uow: life.revoke(made.id, "error", uow, "Awa s'appelle autrement"))
    tanger.take_in(rabat.export("TNG"))
    kept = rabat.hub.read(lambda uow: life.show(made.id, uow))
    assert kept.person_id is not None
    rabat.hub.erase(kept.person_id, "demande")
    tanger.take_in(rabat.export("TNG"))
    found = check(tanger, photo)
    assert (found.verdict, found.on_record, found.reason) == (Verdict.REVOKED, OnRecord.ERASED, "Error on the paper")
    assert not digests_differ([rabat, tanger]) & PAPERS


def test_of_two_ends_a_revocation_counts_everywhere(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    made = issue(rabat)
    tanger.take_in(rabat.export("TNG"))
    other = rabat.hub.write(lambda uow: life.replace(made.id, "error", uow)).value
    rabat.hub.write(lambda uow: life.revoke(made.id, "fraud", uow))
    tanger.take_in(rabat.export("TNG"))
    for site in (rabat, tanger):
        kept = site.hub.read(lambda uow: life.show(made.id, uow))
        assert (kept.state, kept.reason, kept.replaced_by) == (PaperState.REVOKED, "fraud", other.paper.number)


def test_a_class_is_certified_and_one_paper_is_revoked_for_all_hubs(sites: list[Site]) -> None:
    """The whole way: 32 in a class, 30 certificates, 2 skipped with a reason, one revoked, and told by another hub."""
    rabat, tanger = sites[:2]
    people_ids = rabat.hub.write(
        lambda uow: people.add_many([NewPerson(f"Awa Diop {number}", "أوا ديوب") for number in range(32)], uow)
    ).value
    made = plan(rabat.hub)
    rows = enrol(rabat.hub, made.id, *(person.id for person in people_ids))
    rabat.clock.set(2026, 3, 18)
    came = {row.id: Mark.PRESENT for row in rows[:-2]}
    for day in made.days:
        rabat.hub.write(lambda uow, day=day: presences.mark(day.id, came, uow))  # type: ignore[misc]
    commands = [IssueCertificate(CertificateKind.PARTICIPATION, row.person_id, training_id=made.id) for row in rows]
    batch = issuing.issue_batch(commands, rabat.hub.write)
    assert (len(batch.issued), {item.why for item in batch.skipped}) == (30, {"Was there on no day of the training."})
    assert len(batch.skipped) == 2
    assert max(len(item.paper.pdf) for item in batch.issued) < 100_000
    chosen, other = batch.issued[7], batch.issued[8]
    rabat.hub.write(lambda uow: life.revoke(chosen.id, "wrong_person", uow))
    tanger.take_in(rabat.export("TNG"))
    assert check(tanger, photo_of(chosen.paper.pdf)).verdict is Verdict.REVOKED
    assert check(tanger, photo_of(other.paper.pdf)).verdict is Verdict.AUTHENTIC
