"""What a key costs the window: only what the answer changes is painted, and its marks are ready by then."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.recognition import mark_matches
from app.services import people
from tests.journeys.stage import Stage
from ui.people.painting import make_look
from ui.people.person_delegate import PERSON_ROW


class _Seen(QObject):
    """Which widgets got an event of a kind."""

    def __init__(self, kind: QEvent.Type, *watched: QWidget) -> None:
        super().__init__(watched[0])
        self._kind = kind
        self.seen: list[QObject] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() is self._kind:
            self.seen.append(watched)
        return False


def test_a_key_paints_the_list_and_nothing_of_the_page_below_it(stage: Stage) -> None:
    stage.typist.type("mo")
    finder = stage.page.search.finder
    paints = _Seen(
        QEvent.Type.Paint,
        finder.view.viewport(),
        stage.page,
        stage.page.search,
        stage.page.queue,
        stage.page.search.bar,
    )

    stage.typist.type("h")

    assert finder.view.viewport() in paints.seen
    assert set(paints.seen) == {finder.view.viewport()}


def test_the_first_key_changes_the_caption_and_lays_nothing_out_again(stage: Stage) -> None:
    finder = stage.page.search.finder
    stage.typist.type("kon aw").press(Qt.Key.Key_Return).press(Qt.Key.Key_2).press(Qt.Key.Key_Return)
    assert finder.model.rows
    # the page itself may still make room for the queue that the visit changed
    layouts = _Seen(QEvent.Type.LayoutRequest, finder, stage.page.search)

    stage.typist.type("m")

    assert finder.is_answered
    assert layouts.seen == []


def test_marks_are_worked_out_before_the_rows_are_painted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    finder = stage.page.search.finder
    show_rows, missing = finder.model.show_rows, []

    def see(rows: Any, query: str) -> None:  # noqa: ANN401 - handed on as it comes
        before = mark_matches.cache_info().misses
        for row in rows:
            for name in filter(None, (row.name, row.name_ar)):
                mark_matches(query, name)
        missing.append(mark_matches.cache_info().misses - before)
        show_rows(rows, query)

    monkeypatch.setattr(finder.model, "show_rows", see)
    stage.typist.type("amina")

    assert missing
    assert set(missing) == {0}
    assert finder.model.rows


def test_after_a_finished_word_the_search_looks_ahead_and_shows_the_same(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead: list[str] = []
    expect_more = people.expect_more

    def see(query: str, uow: UnitOfWork) -> None:
        ahead.append(query)
        expect_more(query, uow)

    monkeypatch.setattr(people, "expect_more", see)
    finder = stage.page.search.finder
    stage.typist.type("amina")
    assert ahead == []
    found = finder.model.rows
    assert found

    stage.typist.type(" ")
    assert ahead == ["amina "]
    assert finder.is_answered
    assert [row.id for row in finder.model.rows] == [row.id for row in found]


def _rows_with(image: QImage, colour: QColor) -> set[int]:
    """The lines of pixels in which a colour stands."""
    wanted = colour.rgb()
    return {y for y in range(image.height()) for x in range(0, image.width(), 2) if image.pixel(x, y) == wanted}


def test_the_digits_of_a_phone_are_marked_where_the_facts_show_them(stage: Stage) -> None:
    finder = stage.page.search.finder
    mark = make_look().mark
    stage.typist.type("4512")
    row = finder.current
    assert row is not None
    assert row.phone_tail == "4512"

    marked = _rows_with(finder.view.viewport().grab().toImage(), mark)
    facts_begin = PERSON_ROW // 2
    assert any(facts_begin < y < PERSON_ROW for y in marked)
    assert not any(y < facts_begin for y in marked)

    stage.typist.press(Qt.Key.Key_Escape).type("amina")
    marked = _rows_with(finder.view.viewport().grab().toImage(), mark)
    assert any(y < facts_begin for y in marked)
    assert not any(facts_begin < y < PERSON_ROW for y in marked)
