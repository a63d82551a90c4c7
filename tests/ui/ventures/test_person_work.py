"""From the page of a person to their venture and money and back, and proposed for an offer, without another search."""

from PySide6.QtCore import Qt

from app.domain.ids import PersonId
from app.domain.placements import NewEmployer, NewOffer
from app.services import employers, funding, people, ventures
from tests.ui.conftest import Keys
from tests.ui.ventures.conftest import Desk
from ui.people.page import PeoplePage


def _page(desk: Desk) -> PeoplePage:
    assert desk.program.workplace is not None
    page = desk.program.workplace.page("people")
    assert isinstance(page, PeoplePage)
    return page


def _awa(desk: Desk) -> PersonId:
    return desk.hub.read(lambda uow: people.search("awa diop", uow))[0].id


def test_a_persons_ventures_money_and_offers_are_seen_begun_and_opened(desk: Desk, keys: Keys) -> None:
    awa, sahel = _awa(desk), desk.find("Sahel")
    maker = desk.hub.write(lambda uow: employers.add_employer(NewEmployer("Pâtisserie Amoud"), uow)).value.id
    desk.hub.write(lambda uow: employers.add_offer(NewOffer(maker, "Commis", "fixed_term", 1), uow))
    desk.go_to("people")
    _page(desk).open_person(awa)
    desk.settle()
    timeline = _page(desk).timeline
    work = timeline.view.facts.work
    assert sahel in work.rows.keys
    work.propose_button.setFocus()
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert timeline.working.pick.offer.hasFocus()
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    assert "is proposed for" in desk.said
    [candidacy] = desk.hub.read(lambda uow: employers.candidacies_of(awa, uow))
    assert timeline.record is not None
    assert timeline.record.candidacies == (candidacy,)
    desk.undo()
    assert not desk.hub.read(lambda uow: employers.candidacies_of(awa, uow))
    work.ask_button.click()
    keys.press(Qt.Key.Key_Tab)
    keys.write("1500")
    keys.press(Qt.Key.Key_Return)
    desk.settle()
    [agreement] = desk.hub.read(lambda uow: funding.list_agreements(uow, person=awa))
    work.rows.button(agreement.id).click()
    desk.settle()
    assert desk.program.workplace is not None
    assert desk.program.workplace.front == "funding"
    assert desk.funding.agreements.agreement.title.text() == agreement.holder
    desk.go_to("people")
    work.rows.button(sahel).click()
    desk.settle()
    assert desk.ventures.venture.title.text() == "Saveurs du Sahel"
    member = desk.hub.read(lambda uow: ventures.show(sahel, uow)).members[0]
    desk.ventures.venture.members.rows.button(member.id).click()
    desk.settle()
    assert timeline.named() is not None
    assert timeline.view.name.text() == member.name
    desk.go_to("ventures")
    keys.press(Qt.Key.Key_F9)
    desk.settle()
    owner = desk.ventures.papers.form.owner
    assert desk.ventures.trail.currentWidget() is desk.ventures.papers.form
    assert owner is not None
    assert owner.cells == {"venture_id": sahel}
