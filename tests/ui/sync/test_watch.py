"""The exchange folder, looked after without being asked."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.domain.accounts import Role
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.services import accounts, counters, merging, people, visits
from app.services.exchange import automatic, folder
from app.services.exchange.files import read_bundle_file
from app.services.exchange.twice import list_twice
from app.storage import schema, standing
from app.storage.standing import StandingOrder
from tests.factories import PASSWORD
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from tests.ui.sync.scene import add_people, disagree
from ui.sign_in.sign_in_cover import SignInCover
from ui.sync.watch import FolderWatch


def _look(office: Office, times: int = 2) -> None:
    """Look, as the clock or the system would have it."""
    for _time in range(times):
        office.page.watch.look()
        office.qtbot.waitUntil(lambda: office.page.watch.is_idle, timeout=20_000)
        office.settle()


def _found(office: Office, name: str) -> bool:
    assert office.program.hub is not None
    return any(row.name == name for row in office.program.hub.read(lambda uow: people.search(name, uow)))


def _order(office: Office) -> str:
    assert office.program.hub is not None
    order = office.program.hub.read(automatic.current)
    return "" if order is None else order.folder


def test_what_comes_is_taken_in_and_what_they_lack_is_written(office: Office) -> None:
    add_people(office.tanger, 3, 5)
    coming = office.bring(office.tanger)
    office.page.watch.choose(str(office.stick))
    _look(office)
    assert _found(office, "Ibrahim Keita")
    assert "taken in from Tangier" in office.said
    written = {path.name.split("-to-")[1][:3] for path in office.stick.glob("RBT-A-to-*.wasl")}
    assert written == {"TNG", "OUJ", "BML"}
    assert coming.exists()
    answer = next(office.stick.glob("RBT-A-to-TNG-A-*.wasl"))
    office.tanger.take_in(read_bundle_file(answer))
    assert "all is in order" in office.page.side.folder.status.text()
    assert office.is_sound()


def test_nothing_is_written_again_without_need(office: Office) -> None:
    office.page.watch.choose(str(office.stick))
    _look(office)
    before = {path.name: path.stat().st_mtime_ns for path in office.stick.iterdir()}
    _look(office)
    assert {path.name: path.stat().st_mtime_ns for path in office.stick.iterdir()} == before


def test_a_file_that_still_grows_is_left_until_it_rests(office: Office) -> None:
    add_people(office.tanger, 3, 4)
    whole = office.bring(office.tanger).read_bytes()
    path = next(office.stick.iterdir())
    path.write_bytes(whole[: len(whole) // 2])
    office.page.watch.choose(str(office.stick))
    _look(office, 1)
    path.write_bytes(whole)
    os.utime(path, ns=(1, 1))
    _look(office, 1)
    assert not _found(office, "Ibrahim Keita")
    _look(office, 1)
    assert _found(office, "Ibrahim Keita")


def test_the_system_tells_of_a_new_file(office: Office) -> None:
    office.page.watch.choose(str(office.stick))
    _look(office)
    add_people(office.tanger, 3, 4)
    with office.qtbot.waitSignal(office.page.watch._watcher.directoryChanged, timeout=5000):
        office.bring(office.tanger)
    office.qtbot.waitUntil(lambda: _found(office, "Ibrahim Keita"), timeout=15_000)


def test_many_deletions_wait_for_a_person(open_office: OpenOffice) -> None:
    def many(sites: list[Site]) -> None:
        rabat, tanger = sites[:2]
        new = [NewPerson(f"Personne {number} Test") for number in range(30)]
        rows = tanger.hub.write(lambda uow: people.add_many(new, uow)).value
        rabat.take_in(tanger.export("RBT"))
        for row in rows:
            tanger.hub.write(lambda uow, row=row: uow.update(schema.person, row.id, deleted=True))  # type: ignore[misc]

    office = open_office(before=many)
    office.bring(office.tanger)
    before = office.digest()
    office.page.watch.choose(str(office.stick))
    _look(office, 3)
    assert office.digest() == before
    assert "would delete 30 records" in office.said
    card = office.page.side.folder
    assert card.look_button.isVisible()
    card.look_button.click()
    office.settle()
    assert office.page.letters.agree.isVisible()
    office.page.letters.agree.click()
    office.page.letters.take_button.click()
    office.settle()
    _look(office, 1)
    assert office.digest() != before
    assert not card.look_button.isVisible()


def test_what_can_not_be_read_is_said_once(office: Office) -> None:
    (office.stick / "photos.wasl").write_bytes(b"\0" * 5000)
    said: list[str] = []
    office.program.notices.posted.connect(lambda notice: said.append(notice.text))
    office.page.watch.choose(str(office.stick))
    _look(office, 4)
    assert sum("photos.wasl" in text for text in said) == 1
    assert office.is_sound()


def test_a_stick_that_comes_and_goes(office: Office, tmp_path: Path) -> None:
    gone = tmp_path / "other stick"
    office.page.watch.choose(str(gone))
    said: list[str] = []
    office.program.notices.posted.connect(lambda notice: said.append(notice.text))
    _look(office, 3)
    assert "plugged in" in office.page.side.folder.status.text()
    assert sum("plugged in" in text for text in said) <= 1
    gone.mkdir()
    add_people(office.tanger, 3, 4)
    office.tanger.hub.write(lambda uow: folder.put(gone, "RBT", uow))
    _look(office, 2)
    assert _found(office, "Ibrahim Keita")
    assert "in order" in office.page.side.folder.status.text()


def test_a_full_stick_is_said_and_the_records_stand(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fail(descriptor: int) -> None:
        if any(path.stat().st_ino == os.fstat(descriptor).st_ino for path in office.stick.iterdir()):
            raise OSError(28, "full")
        real(descriptor)

    before = office.digest()
    assert office.program.hub is not None
    office.program.hub.write(lambda uow: automatic.allow(office.stick, uow))
    monkeypatch.setattr("app.storage.files.os.fsync", fail)
    _look(office)
    monkeypatch.undo()
    assert "no room" in office.page.side.folder.status.text()
    assert list(office.stick.iterdir()) == []
    assert office.digest() == before
    assert office.is_sound()
    _look(office)
    assert len(list(office.stick.iterdir())) == 2


def test_it_is_chosen_in_the_window_kept_and_left_again(office: Office, keys: Keys) -> None:
    card = office.page.side.folder
    card.choose_button.setFocus()
    keys.press(Qt.Key.Key_Return)
    dialog = next(iter(office.program.window.findChildren(QFileDialog)))
    dialog.selectFile(str(office.stick))
    dialog.fileSelected.emit(str(office.stick))
    dialog.reject()
    office.settle()
    assert _order(office) == str(office.stick)
    assert str(office.stick) in card.status.text()
    card.stop_button.click()
    office.settle()
    assert _order(office) == ""
    assert office.page.watch._watcher.directories() == []


def test_the_watch_ends_with_the_sign_out(office: Office) -> None:
    office.page.watch.choose(str(office.stick))
    _look(office)
    destroyed: list[bool] = []
    office.page.watch.destroyed.connect(lambda: destroyed.append(True))
    office.program.sign_out()
    office.qtbot.waitUntil(lambda: bool(destroyed))


def _sign_in_receptionist(office: Office) -> None:
    """The manager leaves the chair; a receptionist signs in."""
    program, qtbot = office.program, office.qtbot
    assert program.hub is not None
    new = accounts.NewAccount("youssef", "Youssef Idrissi", Role.RECEPTIONIST, PASSWORD)
    program.hub.write(lambda uow: accounts.add(new, uow))
    program.sign_out()
    qtbot.waitUntil(lambda: isinstance(program.window.shown, SignInCover))
    cover = program.window.shown
    assert isinstance(cover, SignInCover)
    cover.accounts.choose("youssef")
    cover.password.line.setText(PASSWORD)
    cover.enter_button.click()
    qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)


def _watch(office: Office) -> FolderWatch | None:
    assert office.program.workplace is not None
    return office.program.workplace.findChild(FolderWatch)


def _foot(office: Office) -> str:
    assert office.program.workplace is not None
    return office.program.workplace.foot.exchange


def test_it_goes_on_for_a_receptionist_without_a_word_of_what_it_brings(office: Office) -> None:
    office.page.watch.choose(str(office.stick))
    office.settle()
    _sign_in_receptionist(office)
    assert office.program.workplace is not None
    said: list[str] = []
    office.program.notices.posted.connect(lambda notice: said.append(notice.text))
    office.qtbot.waitUntil(lambda: _watch(office) is not None, timeout=10_000)
    add_people(office.tanger, 3, 5)
    office.bring(office.tanger)
    office.qtbot.waitUntil(lambda: _found(office, "Ibrahim Keita"), timeout=20_000)
    office.qtbot.waitUntil(lambda: any(office.stick.glob("RBT-A-to-TNG-A-*.wasl")), timeout=20_000)
    office.qtbot.waitUntil(lambda: "in order" in _foot(office), timeout=20_000)
    # the strip belongs to what was done at the desk
    assert said == []
    assert "exchange" not in office.program.workplace.rail._buttons
    assert office.is_sound()


def test_what_needs_a_decision_waits_for_the_manager_and_is_said(open_office: OpenOffice) -> None:
    def differ(sites: list[Site]) -> None:
        disagree(sites[0], sites[1], "Awa Diop", "contact", "le matin", "le soir")

    office = open_office(before=differ)
    office.bring(office.tanger)
    office.page.watch.choose(str(office.stick))
    office.settle()
    _sign_in_receptionist(office)
    office.qtbot.waitUntil(lambda: "waits for the manager" in _foot(office), timeout=20_000)
    assert _foot(office) == "Exchange: 1 decision waits for the manager"


def test_nothing_is_looked_after_where_nobody_allowed_it(office: Office) -> None:
    _sign_in_receptionist(office)
    add_people(office.tanger, 3, 4)
    office.bring(office.tanger)
    office.qtbot.wait(300)
    assert _watch(office) is None
    assert _foot(office) == ""


def test_an_order_whose_manager_left_is_said_and_renewed(office: Office) -> None:
    program = office.program
    assert program.hub is not None
    office.page.watch.choose(str(office.stick))
    office.settle()
    new = accounts.NewAccount("autre", "Autre", Role.MANAGER, PASSWORD)
    made = program.hub.write(lambda uow: accounts.add(new, uow)).value
    with program.hub._store._begin() as connection:
        order = StandingOrder(str(office.stick), made.id, 0)
        standing.keep_order(connection, order)
    program.hub.write(lambda uow: accounts.edit(made.id, uow, active=False))
    _look(office, 1)
    card = office.page.side.folder
    assert "may not do so any more" in card.status.text()
    assert "stopped" in _foot(office)
    assert card.choose_button.isVisible()
    office.page.watch.choose(str(office.stick))
    _look(office, 1)
    assert "in order" in card.status.text()


@pytest.mark.logs_warnings
def test_what_could_not_be_cleared_away_after_an_erasure_stands_at_the_foot(open_office: OpenOffice) -> None:
    """Nothing can be put into the folder of copies: there is a file in its place."""

    def erase(sites: list[Site]) -> None:
        (person,) = add_people(sites[0], 3, 4)
        shutil.rmtree(sites[0].paths.backups, ignore_errors=True)
        sites[0].paths.backups.write_bytes(b"")
        sites[0].hub.erase(person, "demande")

    office = open_office(before=erase)
    assert office.program.workplace is not None
    _look(office, 1)
    assert office.program.workplace.foot.exchange == "Erasing is not finished"
    assert office.program.hub is not None
    office.program.hub.paths.backups.unlink()
    office.program.hub.finish_erasing()
    _look(office, 1)
    assert office.program.workplace.foot.exchange == ""


def test_a_visitor_who_stands_in_the_queue_twice_is_told_at_the_foot(open_office: OpenOffice) -> None:
    def join(sites: list[Site]) -> None:
        rabat, tanger, *_others = sites
        first, second = add_people(rabat, 3, 5, seen=0)
        counter = rabat.hub.read(counters.list_counters)[0].id
        for who in (first, second):
            rabat.hub.write(lambda uow, who=who: visits.log(LogVisit(who, counter), uow))  # type: ignore[misc]
        tanger.take_in(rabat.export())
        tanger.hub.write(lambda uow: merging.merge(first, second, uow))
        rabat.take_in(tanger.export())

    office = open_office(before=join)
    assert office.program.workplace is not None
    _look(office, 1)
    assert office.program.workplace.foot.exchange == "1 visitor waits twice"
    hub = office.program.hub
    assert hub is not None
    (found,) = hub.read(list_twice)
    office.page.context.change_bus.changed.emit(hub.write(lambda uow: visits.check_out(found[1].id, uow)).changes)
    office.qtbot.waitUntil(lambda: office.page.watch.is_idle, timeout=20_000)
    office.settle()
    assert office.program.workplace.foot.exchange == ""
