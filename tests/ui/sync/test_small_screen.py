"""A screen of 1366 by 768 at 150 %: 911 by 512 pixels for the window. Nothing is crushed, nothing sticks out."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from app.domain.visits import LogVisit
from app.services import counters, people, visits
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from tests.ui.sync.scene import disagree

_LEAST = 0.75
_TALKING = (QLabel, QLineEdit, QPushButton, QComboBox)


def _prepare(sites: list[Site]) -> None:
    """People wait, something is to be decided, somebody was erased."""
    rabat, tanger = sites[:2]
    counter = rabat.hub.read(counters.list_counters)[0].id
    disagree(rabat, tanger, "Awa Diop", "contact", "appeler le matin", "appeler le soir, demander Fatou")
    rabat.take_in(tanger.export())
    for name in ("Awa Diop", "Moussa Traoré"):
        who = next(row.id for row in rabat.hub.read(lambda uow, name=name: people.search(name, uow)))  # type: ignore[misc]
        rabat.hub.write(lambda uow, who=who: visits.log(LogVisit(who, counter), uow))  # type: ignore[misc]
    gone = next(row.id for row in rabat.hub.read(lambda uow: people.search("Fatou Ndiaye", uow)))
    rabat.hub.erase(gone, "asked for it")


@pytest.fixture(params=["fr", "en", "ar"])
def small(open_office: OpenOffice, request: pytest.FixtureRequest) -> Office:
    """Rabat on a small screen, in each language."""
    office = open_office(request.param, before=_prepare)
    office.program.window.resize(911, 512)
    office.settle()
    assert (office.program.window.width(), office.program.window.height()) == (911, 512)
    return office


def _crushed(widget: QWidget) -> bool:
    wanted = widget.minimumSizeHint().height()
    if isinstance(widget, QLabel) and widget.wordWrap():
        wanted = widget.heightForWidth(widget.width())
    # the frame of a style sheet counts in the hint of a control whose height is fixed
    return bool(widget.height() < (wanted - 1 if isinstance(widget, QLabel) else _LEAST * wanted))


def _sticks_out(widget: QWidget, window: QWidget) -> bool:
    """Whether it is cut at one of the sides, or also above or below where nothing can be scrolled."""
    part: QWidget | None = widget
    can_scroll = False
    while part is not None and part is not window:
        holder = part.parentWidget()
        if holder is None:
            break
        corner = widget.mapTo(holder, QPoint(0, 0))
        if corner.x() < -1 or corner.x() + widget.width() > holder.width() + 1:
            return True
        can_scroll = can_scroll or isinstance(holder.parentWidget(), QScrollArea)
        if not can_scroll and (corner.y() < -1 or corner.y() + widget.height() > holder.height() + 1):
            return True
        part = holder
    return False


def _faults(window: QWidget) -> list[str]:
    QApplication.processEvents()
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, _TALKING) or not widget.isVisible() or not widget.size().isValid():
            continue
        if isinstance(widget.parentWidget(), QHeaderView | QAbstractScrollArea | QComboBox | QLineEdit):
            continue
        if isinstance(widget, QLabel) and not widget.text():
            continue
        words = widget.text() if not isinstance(widget, QComboBox) else widget.currentText()
        if _crushed(widget):
            found.append(f"crushed: {type(widget).__name__} {words!r} {widget.height()}")
        if _sticks_out(widget, window):
            found.append(f"sticks out: {type(widget).__name__} {words!r}")
    return found


def _look(office: Office, where: str) -> list[str]:
    office.settle()
    return [f"{where}: {fault}" for fault in _faults(office.program.window)]


def test_nothing_is_crushed_or_cut_at_the_desk(small: Office, keys: Keys) -> None:
    workplace = small.program.workplace
    assert workplace is not None
    workplace.show_page("desk")
    found = _look(small, "desk")
    escape = Qt.Key.Key_Escape
    steps = {
        "new person": Qt.Key.Key_F2,
        "group": Qt.Key.Key_F4,
        "visits": Qt.Key.Key_F6,
        "close": Qt.Key.Key_F10,
        "keys": Qt.Key.Key_F1,
    }
    for name, key in steps.items():
        keys.press(key)
        found += _look(small, name)
        keys.press(escape)
        small.settle()
    keys.press(Qt.Key.Key_F2)
    keys.write("Awa Diop")
    form = workplace.page("desk").form  # type: ignore[attr-defined]
    small.qtbot.waitUntil(lambda: bool(form.duplicates.found))
    assert form.duplicates.isVisible()
    found += _look(small, "new person who may be known")
    keys.press(escape)
    keys.press(escape)
    keys.press(Qt.Key.Key_F6)
    small.settle()
    keys.press(Qt.Key.Key_Return)
    found += _look(small, "correction")
    keys.press(escape)
    keys.press(Qt.Key.Key_F9)
    found += _look(small, "record")
    small.program.notices.say("Something that takes a long sentence to be said, and which nobody should have to guess.")
    found += _look(small, "notice")
    assert not found, "\n".join(found)


def test_nothing_is_crushed_or_cut_on_the_other_pages(small: Office) -> None:
    workplace, page = small.program.workplace, small.page
    assert workplace is not None
    found = _look(small, "exchange")
    page._on_decide_requested()
    found += _look(small, "decisions")
    page.go_back()
    page.look_at((small.bring(small.beni),))
    found += _look(small, "letter")
    page.letters.take_button.click()
    found += _look(small, "account")
    page.go_back()
    page.side.present_requested.emit()
    found += _look(small, "present")
    page.go_back()
    for key in ("people", "settings"):
        workplace.show_page(key)
        shown = workplace.page(key)
        for section in list(shown._entries):  # type: ignore[attr-defined]
            shown.show_section(section)  # type: ignore[attr-defined]
            found += _look(small, f"{key} {section}")
    assert not found, "\n".join(found)
