"""Certificates: who has earned one, issuing them, and what becomes of them."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.documents.preview import count_pages
from app.domain.accounts import Role
from app.domain.coaching import Attendee, LogSession, OpenCase
from app.domain.ids import CertificateId
from app.domain.numbers import is_number
from app.domain.papers import Details, IssueCertificate, Obstacle, PaperState
from app.domain.people import NewPerson
from app.domain.sheets import CertificateKind
from app.domain.timeline import EntryKind
from app.errors import Cancelled, NotFoundError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import cases, erasing, people, sessions
from app.services.certificates import earned, issuing, life, printing, sealing, templates
from app.services.timeline import timeline
from app.services.undo import undo
from app.storage import peers, schema_papers
from app.storage.backup import restore
from tests.factories import LOGINS, SettableClock, open_as
from tests.services.coaching import token
from tests.services.papers import PARTICIPATION, TRAINING, check, code_of, hold_training, issue


def test_who_has_earned_which_certificate(hub: Hub, clock: SettableClock) -> None:
    training, _commands = hold_training(hub, clock)

    def look(kind: CertificateKind) -> dict[str, tuple[Obstacle, ...]]:
        found = hub.read(lambda uow: earned.candidates(kind, training, uow))
        return {item.name: item.obstacles for item in found}

    assert look(PARTICIPATION) == {"Awa Ndiaye": (), "Bakary Diop": (), "Fatou Sow": (Obstacle.NO_ATTENDANCE,)}
    certified = look(TRAINING)
    assert certified["Awa Ndiaye"] == ()
    assert certified["Bakary Diop"] == (Obstacle.TOO_FEW_HOURS, Obstacle.NOT_ASSESSED)
    found = hub.read(lambda uow: earned.candidates(TRAINING, training, uow))
    assert earned.word_obstacles(found[1]) == (
        "Was there for 3 h of 6 h; the certificate asks for 4:48 h. Was not assessed yet."
    )
    assert all(earned.word_obstacles(replace(found[0], obstacles=(each,))) for each in Obstacle)
    with pytest.raises(UserError, match="case"):
        look(CertificateKind.ACCOMPANIMENT)


def test_a_certificate_is_issued_frozen_and_never_drawn_from_records(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    assert made.paper.pdf.startswith(b"%PDF-")
    assert is_number(made.paper.number)
    assert made.paper.number.startswith("RBT-AP-2026-A00001-")
    (kept,) = hub.read(lambda uow: life.list_certificates(uow, person=awa.person_id))
    assert (kept.number, kept.name, kept.name_ar) == (made.paper.number, "Awa Ndiaye", "أوا نداي")
    assert (kept.state, kept.copies, kept.issued_on) == (PaperState.ISSUED, 0, date(2026, 3, 18))
    sheet = hub.read(lambda uow: life.frozen_sheet(made.id, uow))
    hub.write(lambda uow: people.edit(awa.person_id, {"name": "Somebody Else"}, uow))
    texts = {
        language: replace(item, title="Another title")
        for language, item in templates.shipped(PARTICIPATION).texts.items()
    }
    hub.write(lambda uow: templates.save_template(PARTICIPATION, texts, (), uow))
    assert hub.read(lambda uow: life.frozen_sheet(made.id, uow)) == sheet
    paper = hub.read(lambda uow: life.open_paper(made.id, uow))
    assert paper.pdf == made.paper.pdf
    assert life.is_as_issued(paper.pdf, kept)
    second = issue(hub, awa, anyway=True)
    assert hub.read(lambda uow: life.frozen_sheet(second.id, uow)).texts[0].title == "Another title"
    with pytest.raises(UserError, match="valid one already"):
        issue(hub, awa)


def test_a_batch_skips_with_reasons_and_can_be_stopped(hub: Hub, clock: SettableClock) -> None:
    _training, commands = hold_training(hub, clock)
    shares: list[float] = []
    batch = issuing.issue_batch(commands, hub.write, shares.append)
    assert [len(batch.issued), [(item.name, item.why) for item in batch.skipped], batch.stopped] == [
        2, [("Fatou Sow", "Was there on no day of the training.")], False,
    ]  # fmt: skip
    assert shares == [0.0, 1.0]
    assert batch.changes.papers == {item.id for item in batch.issued}
    again = issuing.issue_batch(commands, hub.write)
    assert len(again.skipped) == 3
    assert not again.changes

    def stop_after_the_first(share: float) -> None:
        if share > 0:
            raise Cancelled

    many = [replace(commands[0], anyway=True)] * 25
    stopped = issuing.issue_batch(many, hub.write, stop_after_the_first)
    assert (len(stopped.issued), stopped.stopped) == (10, True)
    kept = hub.read(life.list_certificates)
    assert len(kept) == 12
    assert len({item.number for item in kept}) == 12
    assert hub.check() == []


def test_accompaniment_is_certified_from_a_case(hub: Hub, clock: SettableClock) -> None:
    person = hub.write(lambda uow: people.add(NewPerson("Moussa Traoré"), uow)).value.id
    case = hub.write(lambda uow: cases.open_case(OpenCase(person, kind="startup"), uow)).value
    command = IssueCertificate(CertificateKind.ACCOMPANIMENT, person, "fr", case_id=case.id)
    log = LogSession((Attendee(person, case_id=case.id),), minutes=45)
    for day in (12, 13):
        clock.set(2026, 3, day)
        hub.write(lambda uow: sessions.log_session(log, uow))
    found = hub.read(lambda uow: earned.candidate_of_case(case.id, uow))
    assert earned.word_obstacles(found) == "Was there in 2 sessions; accompaniment is certified from 3 on."
    with pytest.raises(UserError, match="2 sessions"):
        issue(hub, command)
    clock.set(2026, 3, 20)
    hub.write(lambda uow: sessions.log_session(log, uow))
    made = issue(hub, command)
    body = " ".join(hub.read(lambda uow: life.frozen_sheet(made.id, uow)).texts[0].body)
    assert all(part in body for part in ("12/03/2026", "20/03/2026", "3 ", "2 "))
    assert "résid" not in body.lower()
    with pytest.raises(UserError, match="somebody else"):
        issue(hub, command, kind=PARTICIPATION)


def test_details_may_be_typed(hub: Hub) -> None:
    person = hub.write(lambda uow: people.add(NewPerson("Moussa Traoré"), uow)).value.id
    typed = Details({"fr": "Couture"}, date(2025, 3, 3), date(2025, 3, 7), 1200, 1200)
    command = IssueCertificate(PARTICIPATION, person, "fr+ar", details=typed, issued_on=date(2025, 3, 8))
    made = issue(hub, command)
    left, right = hub.read(lambda uow: life.frozen_sheet(made.id, uow)).texts
    assert "Couture" in left.body[0]
    assert "Couture" in right.body[0]
    for wrong in (
        {"details": None}, {"details": Details()}, {"languages": "fr+en"}, {"issued_on": date(2030, 1, 1)},
        {"details": replace(typed, last_day=date(2025, 3, 1))},
    ):  # fmt: skip
        with pytest.raises(UserError):
            issue(hub, command, **wrong)
    sheet = hub.read(lambda uow: issuing.preview(command, uow))
    assert (sheet.number, sheet.qr) == (issuing.DRAFT, "")


def test_the_arabic_name_stands_only_where_it_was_confirmed(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa, arabic_name=False)
    assert hub.read(lambda uow: life.frozen_sheet(made.id, uow)).holder_name_ar is None
    assert check(hub, code_of(hub, made)).name_ar == ""


def test_a_duplicate_is_marked_and_counted(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    paper = hub.write(lambda uow: life.duplicate(made.id, uow)).value
    assert (paper.number, paper.file_name) == (made.paper.number, f"{made.paper.number}-DUPLICATA.pdf")
    assert paper.pdf != made.paper.pdf
    kept = hub.read(lambda uow: life.show(made.id, uow))
    assert (kept.state, kept.copies) == (PaperState.REPRINTED, 1)


def test_a_certificate_is_replaced_with_the_name_of_now(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    hub.write(lambda uow: people.edit(awa.person_id, {"name": "Awa Ndiaye Fall"}, uow))
    other = hub.write(lambda uow: life.replace(made.id, "error", uow, note="nom")).value
    old, new = (hub.read(partial(life.show, item)) for item in (made.id, other.id))
    assert (old.state, old.replaced_by, old.reason, old.note) == (
        PaperState.REPLACED, new.number, "error", "nom",
    )  # fmt: skip
    assert (new.state, new.name) == (PaperState.ISSUED, "Awa Ndiaye Fall")
    for action in (partial(life.duplicate, made.id), partial(life.replace, made.id, "error")):
        with pytest.raises(UserError, match="not valid any more"):
            hub.write(action)


def test_a_certificate_is_revoked_with_its_reason(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    with pytest.raises(UserError, match="reason"):
        hub.write(lambda uow: life.revoke(made.id, " ", uow))
    done = hub.write(lambda uow: life.revoke(made.id, "vendu à un autre", uow))
    assert (done.value.state, done.value.reason, done.value.note) == (PaperState.REVOKED, "other", "vendu à un autre")
    assert done.value.ended_by == hub.actor.name
    with pytest.raises(UserError, match="revoked before"):
        hub.write(lambda uow: life.revoke(made.id, "fraud", uow))
    hub.write(lambda uow: undo(token(done.undo), uow))
    assert hub.read(lambda uow: life.show(made.id, uow)).state is PaperState.ISSUED
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: life.revoke(CertificateId(uow.new_id()), "fraud", uow))


def test_after_an_erasure_the_number_and_its_end_stay_and_no_name(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    code = code_of(hub, made)
    hub.write(lambda uow: life.revoke(made.id, "fraud", uow, "Awa a vendu la sienne"))
    hub.erase(awa.person_id, "demande")
    kept = hub.read(lambda uow: life.show(made.id, uow))
    assert (kept.erased, kept.name, kept.name_ar, kept.code, kept.note) == (True, "", "", "", "")
    assert (kept.number, kept.state, kept.reason) == (made.paper.number, PaperState.REVOKED, "fraud")
    found = check(hub, code)
    assert (found.verdict, found.on_record, found.reason) == ("revoked", "erased", "Fraud")
    with hub._store.bare() as connection:
        kept_here = set(connection.scalars(sa.select(schema_papers.certificate_pdf.c.certificate_id)))
    # the specimen, which is nobody's
    assert len(kept_here) == 1
    assert made.id not in kept_here
    with pytest.raises(UserError, match="erased"):
        hub.read(lambda uow: life.open_paper(made.id, uow))
    assert not hub.read(erasing.is_unfinished)


def test_no_number_is_given_twice_by_a_restored_copy(hub: Hub, clock: SettableClock, tmp_path: Path) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    copy = hub.back_up(tmp_path / "copy")
    later = issue(hub, awa).paper.number
    hub.close()
    other = HubPaths(tmp_path / "other")
    restore(copy, other)
    again = open_as(other, clock=clock)
    number = issue(again, awa).paper.number
    again.close()
    assert number != later
    assert int(number[13:18]) > int(later[13:18]) + 500


def test_texts_are_kept_by_version_and_checked(hub: Hub) -> None:
    shipped = templates.shipped(PARTICIPATION)
    assert hub.read(lambda uow: templates.show_template(PARTICIPATION, uow)) == shipped
    texts = dict(shipped.texts)
    texts["fr"] = replace(texts["fr"], signatory="Mme Alaoui")
    logo = hub.write(lambda uow: templates.add_logo(" Partenaire ", _picture(), uow)).value
    done = hub.write(lambda uow: templates.save_template(PARTICIPATION, texts, (logo.id,), uow))
    assert (done.value.version, done.value.texts["fr"].signatory) == (1, "Mme Alaoui")
    same = hub.write(lambda uow: templates.save_template(PARTICIPATION, texts, (logo.id,), uow))
    assert (same.value.version, bool(same.changes)) == (1, False)
    assert [item.version for item in hub.read(lambda uow: templates.list_versions(PARTICIPATION, uow))] == [1, 0]
    sheet = hub.read(lambda uow: templates.sample_sheet(PARTICIPATION, texts, (logo.id,), "fr+ar", uow))
    assert [item.image for item in sheet.logos] == [logo.content]
    hub.write(lambda uow: templates.remove_logo(logo.id, uow))
    assert hub.read(templates.list_logos) == ()
    for wrong in ("{nobody}", "{training", "{training!r}", "x" * 2001):
        bad = texts | {"fr": replace(texts["fr"], body=(wrong,))}
        with pytest.raises(UserError):
            hub.write(partial(templates.save_template, PARTICIPATION, bad, ()))
    with pytest.raises(UserError, match="French, English and Arabic"):
        hub.write(lambda uow: templates.save_template(PARTICIPATION, {"fr": texts["fr"]}, (), uow))
    with pytest.raises(UserError, match="picture"):
        hub.write(lambda uow: templates.add_logo("x", b"no picture", uow))


def test_several_are_printed_together_with_a_list_to_sign(hub: Hub, clock: SettableClock) -> None:
    _training, commands = hold_training(hub, clock)
    ids = [item.id for item in issuing.issue_batch(commands, hub.write).issued]
    assert count_pages(hub.read(lambda uow: printing.print_together(ids, uow))) == 2
    assert count_pages(hub.read(lambda uow: printing.hand_over_sheet(ids, "ar", uow, "Vendre en ligne"))) == 1
    for wrong in (partial(printing.print_together, []), partial(printing.hand_over_sheet, ids, "de")):
        with pytest.raises(UserError):
            hub.read(wrong)


def test_a_file_is_signed_and_stays_what_it_was(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    first, second = (hub.write(partial(sealing.signed_paper, made.id)).pdf for _time in range(2))
    assert first.startswith(made.paper.pdf)
    assert b"ETSI.CAdES.detached" in first
    assert second.startswith(made.paper.pdf)
    assert hub.read(lambda uow: peers.load_seal(uow.connection))
    # a copy that becomes an office of its own has no secret of the other's
    hub.write(lambda uow: peers.forget_keys(uow.connection))
    assert hub.read(lambda uow: peers.load_seal(uow.connection)) is None
    hub.write(lambda uow: life.revoke(made.id, "fraud", uow))
    with pytest.raises(UserError, match="not valid any more"):
        hub.write(lambda uow: sealing.signed_paper(made.id, uow))


def test_a_certificate_stands_in_the_persons_timeline(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    entries = hub.read(lambda uow: timeline(awa.person_id, uow))
    assert [item.number for item in entries if item.kind is EntryKind.PAPER] == [made.paper.number]


@pytest.mark.parametrize("role", [Role.RECEPTIONIST])
def test_the_desk_checks_and_issues_nothing(paths: HubPaths, hub: Hub, clock: SettableClock, role: Role) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    code = code_of(hub, issue(hub, awa))
    hub.close()
    desk = open_as(paths, LOGINS[role], clock)
    assert check(desk, code).verdict == "authentic"
    with pytest.raises(UserError):
        issue(desk, awa)
    desk.close()


def _picture() -> bytes:
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    stream = io.BytesIO()
    Image.new("RGB", (900, 300), "teal").save(stream, "PNG")
    return stream.getvalue()
