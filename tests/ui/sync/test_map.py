"""The offices on the map: how they stand, reached by keyboard, mirrored where the map is not."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from ui.sync.geography import load_geography
from ui.sync.office_card import OfficeCard
from ui.theme.appearance import appearance


def _card(office: Office, hub: str) -> OfficeCard:
    return next(card for card in office.page.map.cards if card.office.hub == hub)


def test_each_office_says_when_it_was_heard_of_and_what_waits(office: Office) -> None:
    tanger, oujda, beni = _card(office, "TNG"), _card(office, "OUJ"), _card(office, "BML")
    assert "9 days ago" in tanger.accessibleName()
    assert "20 days ago" in beni.accessibleName()
    assert "Nothing has come" in oujda.accessibleName()
    for card in (tanger, oujda, beni):
        waits = f"{card.office.to_send} changes to send" if card.office.to_send else "It has everything from here"
        assert waits in card.accessibleName()
    assert oujda.office.to_send > tanger.office.to_send == 0
    here = office.page.map.here
    assert here is not None
    assert "this office" in here.accessibleName()
    assert here.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_map_is_as_the_land_lies_also_in_arabic(open_office: OpenOffice) -> None:
    office = open_office("ar")
    assert QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    tanger, oujda, beni = _card(office, "TNG"), _card(office, "OUJ"), _card(office, "BML")
    assert tanger.y() < oujda.y() < beni.y()
    assert oujda.x() > tanger.x()
    assert tanger.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = office.page.side.mapTo(office.program.window, QPoint(0, 0)).x()
    assert side < office.page.map.mapTo(office.program.window, QPoint(0, 0)).x()


def test_cards_lie_inside_the_map_and_not_on_each_other(office: Office) -> None:
    faces = [office.page.map.here, *office.page.map.cards]
    boxes = [face.geometry() for face in faces if face is not None]
    for number, box in enumerate(boxes):
        assert office.page.map.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_the_cities_are_where_they_are() -> None:
    geography = load_geography()
    at = {city.hub: geography.place(city, QRectF(0, 0, 1000, 1000 / geography.aspect)) for city in geography.cities}
    # great-circle distance Rabat to Tanger is 216 km, Rabat to Oujda 460 km
    rabat = at["RBT"]
    length = [(point.x() ** 2 + point.y() ** 2) ** 0.5 for point in (at["TNG"] - rabat, at["OUJ"] - rabat)]
    assert length[1] / length[0] == pytest.approx(460 / 216, rel=0.05)


def test_offices_are_chosen_by_keyboard_from_north_to_south(office: Office, keys: Keys) -> None:
    page = office.page
    assert [card.office.hub for card in page.map.cards] == ["TNG", "OUJ", "BML"]
    page.map.cards[0].setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Qt.Key.Key_Space)
    assert page.side.prepare_button.text() == "Prepare a bundle for Tangier"
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Return)
    assert page.side.prepare_button.text() == "Prepare a bundle for Tangier and Oujda"
    assert page.side.revoke_button.isHidden()
    keys.press(Qt.Key.Key_Space)
    assert page.side.revoke_button.text() == "Trust Tangier no longer …"
    keys.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.map.cards[2]


def test_what_is_chosen_stays_chosen_when_the_page_is_read_again(office: Office) -> None:
    _card(office, "OUJ").click()
    _card(office, "OUJ").setFocus()
    office.page.refresh()
    office.settle()
    assert [card.office.hub for card in office.page.map.selected] == ["OUJ"]
    assert QApplication.focusWidget() is _card(office, "OUJ")


def test_it_is_painted_in_both_appearances(office: Office) -> None:
    for choice in ("light", "dark"):
        appearance().use(choice)
        office.settle()
        shot = office.page.map.grab().toImage()
        sea, land = shot.pixelColor(40, 40), shot.pixelColor(shot.width() // 2, shot.height() * 3 // 5)
        assert sea != land
        assert sea.name().upper() == appearance().colours.information_ground
        assert land.name().upper() == appearance().colours.paper
