"""A receptionist's day without the mouse, in French and in Arabic."""

from pathlib import Path
from shutil import copytree

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.visits import VisitState
from app.services import days, visits
from tests.journeys.program import run_program, sign_in

Key = Qt.Key
SOUGHT = {
    "fr": ["alaoui m", "kone a", "benali", "ngo", "diallo", "ibtis", "amrani", "tazi", "idri", "chraibi"],
    "ar": ["محمد ع", "عوا", "فاطمة", "كلاريس", "عثمان", "ابتسام", "يوسف", "خديجة", "حمزة", "سلمى"],
}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_ten_visits_are_logged_without_the_mouse(
    qtbot: QtBot, journey_template: Path, tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "hub"
    copytree(journey_template, folder)
    with run_program(qtbot, folder, language) as (program, typist):
        page = sign_in(program, typist)
        for number, sought in enumerate(SOUGHT[language]):
            before = typist.strokes
            typist.type(sought)
            assert page.search.finder.model.rows, sought
            typist.press(Key.Key_Return).press(Qt.Key(Key.Key_1 + number % 4)).press(Key.Key_Return)
            assert typist.strokes - before <= len(sought) + 3
        typist.press(Key.Key_F3).press(Key.Key_4)
        hub = program.hub
        assert hub is not None
        rows = hub.read(lambda uow: visits.list_day(None, uow))
        assert len(rows) == 11
        assert len({row.person_id for row in rows}) == 11
        typist.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
        typist.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert {row.state for row in hub.read(lambda uow: visits.list_day(None, uow))} == {VisitState.WAITING}
        typist.press(Key.Key_F10).press(Key.Key_Return)
        assert hub.read(days.today).closed
        assert hub.check() == []
