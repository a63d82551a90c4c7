"""The jury of a call as it stands: who scores what, who is too close to a venture, and whether all are done.

Points stay within this module and `selection`: nobody else's leave it before all active jurors have finished.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.ids import AccountId
from app.domain.recognition.folding import fold_name
from app.domain.selection import BEFORE_JURY, Application, Call, Conflict, Criterion, Juror
from app.domain.ventures import Member, Venture
from app.storage import calls as rows
from app.storage import ventures as venture_rows
from app.storage.calls import SheetKey, SheetRow
from app.storage.schema_ventures import venture
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Panel:
    """A call, what its jury scores, who scores, and every sheet. For the services only."""

    call: Call
    criteria: tuple[Criterion, ...]
    applications: tuple[Application, ...]
    jurors: tuple[tuple[AccountId, str, bool], ...]
    conflicts: dict[SheetKey, Conflict]
    sheets: dict[SheetKey, SheetRow]

    @property
    def active(self) -> list[tuple[AccountId, str]]:
        """The jurors who are expected to score."""
        return [(account, name) for account, name, active in self.jurors if active]

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of active jurors who have not finished all their sheets."""
        return tuple(one.name for one in self.standing() if one.active and not one.has_finished)

    @property
    def open(self) -> bool:
        """Whether points may be seen: somebody scores, there is something to score, and all are done."""
        return bool(self.active and self.applications) and not self.waiting

    def is_finished(self, application: UUID, account: UUID) -> bool:
        """Whether a juror has finished the sheet of an application."""
        sheet = self.sheets.get((application, account))
        return sheet is not None and sheet.finished_at is not None

    def standing(self) -> tuple[Juror, ...]:
        """How far each juror has come, without any points."""
        found = []
        for account, name, active in self.jurors:
            mine = [one.id for one in self.applications if (one.id, account) not in self.conflicts]
            done = sum(self.is_finished(one, account) for one in mine)
            found.append(Juror(account, name, active, done, len(mine)))
        return tuple(found)


def panel_of(call: Call, uow: UnitOfWork) -> Panel:
    """The jury of a call, as of now."""
    connection = uow.connection
    scored = tuple(one for one in rows.applications_of(connection, call.id) if one.state in BEFORE_JURY)
    jurors = tuple(rows.jury_of(connection, call.id))
    sheets = rows.sheets_of(connection, [one.id for one in scored])
    ids = [one.venture_id for one in scored]
    ventures = {one.id: one for one in venture_rows.venture_rows(connection, venture.c.id.in_(ids))}
    members = venture_rows.members_of(connection, ids)
    conflicts: dict[SheetKey, Conflict] = {}
    for one in scored:
        for account, name, _active in jurors:
            found = _conflict(account, name, ventures.get(one.venture_id), members.get(one.venture_id, []))
            sheet = sheets.get((one.id, account))
            if found is None and sheet is not None and sheet.recused:
                found = Conflict.DECLARED
            if found is not None:
                conflicts[(one.id, account)] = found
    return Panel(call, tuple(rows.criteria_of(connection, call.id)), scored, jurors, conflicts, sheets)


def open_results(uow: UnitOfWork) -> frozenset[UUID]:
    """The calls whose results are known: what led to them can't be changed any more."""
    found = (rows.load_call(uow.connection, call_id) for call_id in rows.calls_with_a_jury(uow.connection))
    return frozenset(call.id for call in found if call is not None and panel_of(call, uow).open)


def is_sealed(table: str, row_id: UUID, uow: UnitOfWork) -> bool:
    """Whether a row holds what a juror thinks, the results are not known, and the juror is somebody else."""
    if table not in {"score", "score_sheet"} or rows.writer_of(uow.connection, table, row_id) == uow.actor.account_id:
        return False
    return rows.calls_of(uow.connection, {table: (row_id,)}).isdisjoint(open_results(uow))


def closes_results(known: frozenset[UUID], changed: Mapping[str, Iterable[UUID]], uow: UnitOfWork) -> bool:
    """Whether taking something back has altered what led to results that were known, or hidden them again."""
    return bool(known) and (
        not known.isdisjoint(rows.calls_of(uow.connection, changed)) or bool(known - open_results(uow))
    )


def _conflict(account: AccountId, name: str, one: Venture | None, members: list[Member]) -> Conflict | None:
    """An account is not linked to a person: whoever bears a member's name is taken for that member, at any time."""
    if one is None:
        return None
    if one.advisor_id == account:
        return Conflict.ADVISOR
    words = _words(name)
    if words and any(words in (_words(member.name), _words(member.name_ar)) for member in members):
        return Conflict.MEMBER
    return None


def _words(name: str) -> frozenset[str]:
    return frozenset(fold_name(name).split())
