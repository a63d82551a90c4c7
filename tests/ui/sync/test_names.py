"""Everything that can be operated on the Exchange page has a name and is reached by Tab, in each language."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from app.domain.accounts import Role
from app.services import accounts
from tests.factories import PASSWORD
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from tests.ui.sync.scene import disagree
from ui.sign_in.sign_in_cover import SignInCover


def _controls(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget, QAbstractScrollArea)
    ]


def _check(office: Office, keys: Keys) -> None:
    QApplication.processEvents()
    wanted = _controls(office.page)
    assert wanted
    for widget in wanted:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name).strip(), type(widget).__name__
        assert interface.role() is not QAccessible.Role.NoRole
    reached = set()
    for _ in range(3 * len(wanted) + 40):
        keys.press(Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert not [widget.accessibleName() for widget in wanted if widget not in reached]


def _one_dispute(sites: list[Site]) -> None:
    disagree(sites[0], sites[1], "Awa Diop", "contact", "matin", "soir")
    sites[0].take_in(sites[1].export("RBT"))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_state_of_the_page(open_office: OpenOffice, keys: Keys, language: str) -> None:
    office = open_office(language, before=_one_dispute)
    page = office.page
    page.map.cards[0].click()
    _check(office, keys)
    page.look_at((office.bring(office.tanger),))
    office.settle()
    _check(office, keys)
    page.letters.take_button.click()
    office.settle()
    _check(office, keys)
    page.side.decide_requested.emit()
    office.settle()
    _check(office, keys)
    page.side.present_requested.emit()
    office.settle()
    _check(office, keys)
    page.side.prepare_requested.emit()
    office.settle()
    _check(office, keys)


def test_nothing_reaches_beyond_the_side_column(open_office: OpenOffice) -> None:
    for button in (side := open_office("fr", before=_one_dispute).page.side).findChildren(QWidget):
        if button.isVisible() and button.minimumSizeHint().width() > 0:
            assert button.width() >= button.minimumSizeHint().width(), button.accessibleName()
    assert side.width() <= side.window().width() / 3


def test_a_receptionist_has_no_such_page(open_office: OpenOffice) -> None:
    def hire(sites: list[Site]) -> None:
        new = accounts.NewAccount("said", "Said Bennani", Role.RECEPTIONIST, PASSWORD)
        sites[0].hub.write(lambda uow: accounts.add(new, uow))

    office = open_office(before=hire)
    office.program.sign_out()
    office.qtbot.waitUntil(lambda: isinstance(office.program.window.shown, SignInCover))
    cover = office.program.window.shown
    assert isinstance(cover, SignInCover)
    cover.accounts.choose("said")
    cover.password.line.setText(PASSWORD)
    cover.enter_button.click()
    office.qtbot.waitUntil(lambda: office.program.workplace is not None and office.program.runner.is_idle)
    assert office.program.workplace is not None
    with pytest.raises(KeyError):
        office.program.workplace.page("exchange")
