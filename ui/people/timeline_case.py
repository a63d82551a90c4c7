"""A case that goes on: another goal or kind, another advisor, and what was written about it so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.codes import code_label, code_list
from app.i18n import _, current_language
from app.services import cases
from ui.coaching.options import label_of
from ui.coaching.small_forms import SmallForm
from ui.people.wording import full_name, isolate, join_facts, word_day, word_time
from ui.theme.tokens import Gap
from ui.ventures.rows import Section
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bootstrap import UnitOfWork
    from app.domain.coaching import Case
    from app.domain.ids import AccountId, CaseId
    from app.domain.visits import FieldChange
    from app.outcome import Outcome
    from ui.page import PageContext


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case, those of this office who may go on with it, everybody's name, and what was written."""

    case: Case
    advisors: tuple[tuple[AccountId, str], ...]
    names: dict[UUID, str]
    history: tuple[FieldChange, ...]


def read_file(case_id: CaseId, uow: UnitOfWork) -> CaseFile:
    """Read it. Raises NotFoundError."""
    return CaseFile(
        cases.show_case(case_id, uow),
        cases.advisors(uow),
        dict(cases.advisors(uow, everyone=True)),
        cases.case_history(case_id, uow),
    )


class CaseEditForm(SmallForm):
    """`edited` carries the case's id and the fields that are otherwise now."""

    edited = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Change the case"), lambda: _("Save the case"), parent)
        self._file: CaseFile | None = None
        self.who = Label(strong=True, wraps=True)
        self.goal = LineField(lambda: _("Goal"), placeholder=lambda: _("in the person's own words"))
        self.kind = PickList(lambda: _("Kind"), [(each.code, label_of(each)) for each in code_list("case_kinds")])
        self.advisor = PickList(lambda: _("Who goes on with it"), ())
        for part in (
            self.who,
            self.goal,
            FieldFrame(lambda: _("Kind"), self.kind),
            FieldFrame(lambda: _("Who goes on with it"), self.advisor),
            Label(
                lambda: _("Whoever goes on with it gets the steps that are still open; what was done stays as it was."),
                step="small",
                tone="quiet",
                wraps=True,
            ),
        ):
            self.fields.addWidget(part)
        self.told = Label(self._word_history, tone="quiet", wraps=True)
        card = Section(lambda: _("What was written so far"))
        card.body.addWidget(self.told)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, 0)
        column.addWidget(card)
        column.addStretch()
        self.row.addWidget(Scroller(content), 1)

    def begin(self, file: CaseFile) -> None:
        """Show a case as it is."""
        self._file = file
        case = file.case
        self.who.say(lambda: full_name(case.name, case.name_ar))
        self.goal.set_text(case.goal)
        self.kind.choose(case.kind)
        known: list[tuple[str, str]] = [(str(one), name) for one, name in file.advisors]
        if case.advisor_id is not None and str(case.advisor_id) not in dict(known):
            known.insert(0, (str(case.advisor_id), case.advisor))
        self.advisor.offer([(key, as_is(name)) for key, name in known])
        self.advisor.choose(str(case.advisor_id))
        self.told.retranslate()

    def enter(self) -> None:
        """The goal."""
        self.goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._file is None:
            return
        case = self._file.case
        fields: dict[str, object] = {}
        if self.goal.text != case.goal:
            fields["goal"] = self.goal.text
        if self.kind.value != case.kind:
            fields["kind"] = self.kind.value
        if self.advisor.value and self.advisor.value != str(case.advisor_id):
            fields["advisor_id"] = UUID(self.advisor.value)
        if fields:
            self.edited.emit(case.id, fields)
        else:
            self.left.emit()

    def _word_history(self) -> str:
        return "\n".join(word_case_history(self._file)) if self._file is not None else ""


class CaseEditing(QObject):
    """Works for the page of a person. `fronted` carries the panel that the page shows, `done` follows what was kept."""

    fronted = Signal(object)
    done = Signal()

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.form = CaseEditForm()
        self.form.edited.connect(self._on_form_edited)

    def begin(self, case_id: CaseId) -> None:
        """Ask what is otherwise about a case."""

        def show(file: CaseFile) -> None:
            self.form.begin(file)
            self.fronted.emit(self.form)

        self._context.operations.query(self.form, lambda uow: read_file(case_id, uow), show, lane="case-file")

    def _on_form_edited(self, case_id: CaseId, fields: dict[str, object]) -> None:
        def act(uow: UnitOfWork) -> Outcome[Case]:
            return cases.edit_case(case_id, fields, uow)

        def said(case: Case) -> str:
            name = isolate(full_name(case.name, case.name_ar))
            if "advisor_id" in fields:
                return _("{advisor} goes on with the case of {name}.").format(advisor=isolate(case.advisor), name=name)
            return _("The case of {name} is changed.").format(name=name)

        self._context.operations.run(self.form, act, lambda _case: self.done.emit(), busy=self.form.save, said=said)


def word_case_history(file: CaseFile) -> Sequence[str]:
    """One sentence for each thing that was written, the first saying who opened the case."""
    today = day_of(system_clock())
    sentences, first = [], file.history[0].at if file.history else 0
    for number, change in enumerate(file.history):
        words = _("opened") if not number else "" if change.at == first else _word_change(change, file)
        if words:
            when = join_facts(word_day(day_of(change.at), today), word_time(change.at))
            sentences.append(join_facts(when, change.author, words))
    return sentences


def _word_change(change: FieldChange, file: CaseFile) -> str:
    if change.field == "closed_at":
        return _("closed") if change.after is not None else _("open again")
    names = {"goal": _("goal"), "kind": _("kind"), "advisor_id": _("advisor"), "exit": _("what came of it")}
    if change.field not in names:
        return ""
    before, after = _word_value(change.field, change.before, file), _word_value(change.field, change.after, file)
    if before:
        return _("{field}: {after} (was {before})").format(
            field=names[change.field], after=isolate(after or "–"), before=isolate(before)
        )
    return _("{field}: {after}").format(field=names[change.field], after=isolate(after)) if after else ""


def _word_value(field: str, value: object, file: CaseFile) -> str:
    if not value:
        return ""
    if field == "advisor_id" and isinstance(value, bytes):
        return file.names.get(UUID(bytes=value), "?")
    if field in {"kind", "exit"}:
        return code_label("case_kinds" if field == "kind" else "exits", str(value), current_language())
    return str(value)
