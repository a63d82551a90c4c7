"""Codes that only a newer version knows are shown as they are."""

from uuid import uuid4

from pytestqt.qtbot import QtBot

from app.domain.accounts import Account, Role
from app.domain.codes import read_code
from app.domain.ids import AccountId, HubId
from app.domain.visits import VisitState
from ui.reception.visit_model import word_state
from ui.settings.account_row import AccountRow


def test_a_state_is_shown_as_it_is() -> None:
    assert word_state(read_code(VisitState, "called_by_phone")) == "called_by_phone"


def test_a_role_is_shown_as_it_is(qtbot: QtBot) -> None:
    account = Account(
        AccountId(uuid4()), "salma", "Salma", read_code(Role, "treasurer"), active=True, hub_id=HubId(uuid4())
    )
    row = AccountRow(account, is_own=False)
    qtbot.addWidget(row)
    assert row.role.currentText() == "treasurer"
