"""What was written about a visit, in sentences."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.codes import read_code
from app.domain.ids import CounterId
from app.domain.visits import FieldChange, VisitState
from app.i18n import _
from ui.people.wording import isolate, join_facts, word_day, word_time
from ui.reception.snapshot import DeskSnapshot, word_reason
from ui.reception.visit_model import word_state
from ui.theme.tokens import Gap
from ui.widgets.labels import Label

_TOLD = ("counter_id", "reason", "arrived_at", "person_id", "state", "left_at")


def word_history(changes: Sequence[FieldChange], snapshot: DeskSnapshot) -> list[str]:
    """One sentence for each step, the first saying who logged the visit."""
    if not changes:
        return []
    first = changes[0].at
    sentences = [_said(changes[0], _("logged"), snapshot)]
    sentences += [
        _said(change, words, snapshot)
        for change in changes
        if change.at != first and change.field in _TOLD and (words := _word_change(change, snapshot))
    ]
    return sentences


def _said(change: FieldChange, words: str, snapshot: DeskSnapshot) -> str:
    day = day_of(change.at)
    when = word_time(change.at) if day == snapshot.today else f"{word_day(day, snapshot.today)}, {word_time(change.at)}"
    return join_facts(when, change.author, words)


def _word_change(change: FieldChange, snapshot: DeskSnapshot) -> str:
    names = {
        "counter_id": _("counter"),
        "reason": _("reason"),
        "arrived_at": _("arrived"),
        "person_id": _("person"),
        "state": _("state"),
        "left_at": _("left"),
    }
    before, after = (
        _word_value(change.field, change.before, snapshot),
        _word_value(change.field, change.after, snapshot),
    )
    if change.field == "person_id":
        return _("put on another person")
    if not before:
        return _("{field}: {after}").format(field=names[change.field], after=isolate(after)) if after else ""
    return _("{field}: {after} (was {before})").format(
        field=names[change.field], before=isolate(before), after=isolate(after or "–")
    )


def _word_value(field: str, value: object, snapshot: DeskSnapshot) -> str:
    if value is None:
        return ""
    if field == "counter_id" and isinstance(value, bytes):
        return snapshot.word_counter(CounterId(UUID(bytes=value)))
    if field == "reason":
        return word_reason(str(value))
    if field in {"arrived_at", "left_at"} and isinstance(value, int):
        return word_time(value)
    if field == "state":
        return word_state(read_code(VisitState, str(value)))
    return ""


class HistoryList(QScrollArea):
    """The sentences, oldest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self._text = Label(tone="quiet", wraps=True)
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(self._text)
        layout.addStretch()
        self.setWidget(inner)

    @property
    def text(self) -> str:
        """All sentences, one a line."""
        return self._text.text()

    def show_history(self, changes: Sequence[FieldChange], snapshot: DeskSnapshot) -> None:
        """Show the steps of a visit."""
        self._text.say(lambda: "\n".join(word_history(changes, snapshot)))

    def clear(self) -> None:
        """Show nothing."""
        self._text.show_text("")
