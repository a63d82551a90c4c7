"""Any day at the desk, however it goes: log and rows agree, figures are right, the last step can be taken back."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.clock import day_of
from app.domain.ids import VisitId
from app.domain.people import NewPerson, Sex
from app.domain.visits import CorrectVisit, LogGroup, LogVisit
from app.errors import NotAllowedError, UserError
from app.outcome import Outcome, UndoToken
from app.services import counters, days, people, reasons, visits
from app.storage import oplog, schema
from app.storage.digest import digests, replayed_digests
from app.storage.oplog import plain, verify_chains
from app.storage.unit_of_work import UnitOfWork
from tests.factories import DAY, MINUTE, YEAR, SettableClock, Template, copy_template, open_as

OPEN = {"waiting", "with_counter"}
Row = dict[str, Any]
Content = dict[str, dict[UUID, Row]]
PICK = st.integers(0, 10**6)
WHO = st.integers(0, 1)


class Machine(RuleBasedStateMachine):
    """Two people at one desk, at two windows, with a clock that nobody can trust."""

    template: ClassVar[Template]

    @initialize()
    def open_both(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = SettableClock()
        paths = copy_template(self.template, self.folder / "hub")
        self.hubs = [open_as(paths, "amina", self.clock), open_as(paths, "rachid", self.clock)]
        self.tokens: list[tuple[UndoToken, int]] = []
        self.before_last: Content | None = None
        self.last: tuple[UndoToken, int] | None = None

    def teardown(self) -> None:
        assert self.hubs[0].check() == []
        for hub in self.hubs:
            hub.close()
        shutil.rmtree(self.folder)

    # what is there

    def rows(self, table: sa.Table) -> dict[UUID, Row]:
        with self.hubs[0]._store.bare() as connection:
            found = connection.execute(sa.select(table)).mappings()
            return {
                row["id"]: {name: row[name] for name in oplog.cells_of(table)} for row in found if not row["deleted"]
            }

    def content(self) -> Content:
        return {name: self.rows(table) for name, table in schema.SYNCED.items()}

    def pick(self, table: sa.Table, number: int) -> Any:  # noqa: ANN401 - an id of whatever kind
        ids = sorted(self.rows(table))
        return ids[number % len(ids)] if ids else UUID(int=number)

    def act(self, who: int, action: Callable[[UnitOfWork], Outcome[Any]]) -> None:
        """Carry out an action; refusals are in order, and then nothing has changed."""
        before = self.content()
        try:
            outcome = self.hubs[who].write(action)
        except UserError:
            assert self.content() == before
            return
        if outcome.undo is None:
            assert self.content() == before
            return
        assert outcome.changes
        self.tokens.append((outcome.undo, who))
        self.before_last, self.last = before, self.tokens[-1]

    # what people do

    @rule(who=WHO, name=st.sampled_from(["Awa Ndiaye", "محمد العلوي", "Jean-Paul Kouassi"]), sex=st.sampled_from(Sex))
    def add_person(self, who: int, name: str, sex: Sex) -> None:
        self.act(who, lambda uow: people.add(NewPerson(name, sex=sex, consent="oral"), uow))

    @rule(
        who=WHO,
        number=PICK,
        fields=st.fixed_dictionaries(
            {},
            optional={
                "name": st.sampled_from(["Awa N'Diaye", "Bintou", "  "]),
                "sex": st.sampled_from(["f", "m", ""]),
                "hidden": st.booleans(),
                "residence": st.sampled_from(["refugee", "irregular", "not_stated"]),
            },
        ),
    )
    def edit_person(self, who: int, number: int, fields: dict[str, object]) -> None:
        person = self.pick(schema.person, number)
        self.act(who, lambda uow: people.edit(person, fields, uow))

    @rule(
        who=WHO,
        person=st.none() | PICK,
        counter=PICK,
        at=st.none() | st.sampled_from([-DAY, -30 * MINUTE, 30 * MINUTE, 2 * DAY, -YEAR]),
    )
    def log(self, who: int, person: int | None, counter: int, at: int | None) -> None:
        command = LogVisit(
            None if person is None else self.pick(schema.person, person),
            self.pick(schema.counter, counter),
            at=None if at is None else self.clock.moment + at,
        )
        self.act(who, lambda uow: visits.log(command, uow))

    @rule(who=WHO, known=st.lists(PICK, max_size=3), anonymous=st.integers(0, 3), counter=PICK)
    def log_group(self, who: int, known: list[int], anonymous: int, counter: int) -> None:
        group = LogGroup(
            tuple(self.pick(schema.person, number) for number in known), anonymous, self.pick(schema.counter, counter)
        )
        self.act(who, lambda uow: visits.log_group(group, uow))

    @rule(who=WHO, counter=PICK)
    def call_next(self, who: int, counter: int) -> None:
        wanted = self.pick(schema.counter, counter)
        self.act(who, lambda uow: visits.call_next(wanted, uow))

    @rule(who=WHO, visit=PICK)
    def call(self, who: int, visit: int) -> None:
        wanted = self.pick(schema.visit, visit)
        self.act(who, lambda uow: visits.call(wanted, uow))

    @rule(who=WHO, visit=PICK, counter=PICK)
    def hand_over(self, who: int, visit: int, counter: int) -> None:
        wanted, to = self.pick(schema.visit, visit), self.pick(schema.counter, counter)
        self.act(who, lambda uow: visits.hand_over(wanted, to, uow))

    @rule(who=WHO, visit=PICK)
    def check_out(self, who: int, visit: int) -> None:
        wanted = self.pick(schema.visit, visit)
        self.act(who, lambda uow: visits.check_out(wanted, uow))

    @rule(
        who=WHO,
        visit=PICK,
        person=st.none() | PICK,
        counter=st.none() | PICK,
        reason=st.none() | st.sampled_from(["startup", "information", "nonsense"]),
        shift=st.none() | st.sampled_from([-DAY, -5 * MINUTE, 5 * MINUTE, 3 * DAY]),
        void=st.none() | st.booleans(),
    )
    def correct(
        self,
        who: int,
        visit: int,
        person: int | None,
        counter: int | None,
        reason: str | None,
        shift: int | None,
        void: bool | None,
    ) -> None:
        wanted = self.pick(schema.visit, visit)
        row = self.rows(schema.visit).get(wanted)
        command = CorrectVisit(
            wanted,
            None if person is None else self.pick(schema.person, person),
            None if counter is None else self.pick(schema.counter, counter),
            reason,
            row["arrived_at"] + shift if row and shift is not None else None,
            void,
        )
        self.act(who, lambda uow: visits.correct(command, uow))

    @rule(who=WHO, back=st.none() | st.integers(0, 2))
    def close_day(self, who: int, back: int | None) -> None:
        day = None if back is None else day_of(self.clock.moment) - timedelta(days=back)
        times = {item: (row["arrived_at"], row["left_at"]) for item, row in self.rows(schema.visit).items()}
        self.act(who, lambda uow: days.close_day(uow, day))
        assert times == {item: (row["arrived_at"], row["left_at"]) for item, row in self.rows(schema.visit).items()}

    @rule(code=st.sampled_from(["startup", "information"]), hidden=st.booleans())
    def hide_code(self, code: str, hidden: bool) -> None:
        self.act(0, lambda uow: reasons.set_hidden("visit_reasons", code, hidden, uow))
        assert (code in self.hubs[1].read(lambda uow: reasons.hidden_codes("visit_reasons", uow))) == hidden

    @rule(counter=PICK, hidden=st.booleans())
    def hide_counter(self, counter: int, hidden: bool) -> None:
        wanted = self.pick(schema.counter, counter)
        self.act(0, lambda uow: counters.edit(wanted, {"hidden": hidden}, uow))

    @rule(jump=st.sampled_from([MINUTE, 10 * MINUTE, 8 * 60 * MINUTE, DAY, -DAY, 10 * YEAR, -10 * YEAR]))
    def set_clock(self, jump: int) -> None:
        self.clock.moment = max(0, self.clock.moment + jump)

    @precondition(lambda self: self.last is not None)
    @rule()
    def take_back_the_last_step(self) -> None:
        assert self.last is not None
        token, who = self.last
        with pytest.raises(NotAllowedError):
            self.hubs[1 - who].undo(token)
        changes = self.hubs[who].undo(token)
        assert changes
        assert self.content() == self.before_last
        assert changes.visits <= set(self.all_ids(schema.visit))
        self.last = self.before_last = None

    @precondition(lambda self: self.tokens)
    @rule(number=PICK, who=WHO)
    def try_to_take_back_an_earlier_step(self, number: int, who: int) -> None:
        token, _owner = self.tokens[number % len(self.tokens)]
        before = self.content()
        try:
            self.hubs[who].undo(token)
        except UserError:
            assert self.content() == before
        else:
            self.last = self.before_last = None

    def all_ids(self, table: sa.Table) -> Iterator[UUID]:
        with self.hubs[0]._store.bare() as connection:
            yield from connection.scalars(sa.select(table.c.id)).all()

    # what must hold

    @invariant()
    def the_log_tells_what_the_rows_say(self) -> None:
        with self.hubs[0]._store.bare() as connection:
            assert digests(connection) == replayed_digests(connection)
            assert verify_chains(connection) == []
            readings = list(connection.scalars(sa.select(schema.op.c.hlc).order_by(schema.op.c.n, schema.op.c.seq)))
        assert readings == sorted(set(readings))

    @invariant()
    def nobody_is_here_twice_and_each_waits_in_one_queue(self) -> None:
        seen, places = self.rows(schema.visit), self.rows(schema.place)
        here = Counter((row["person_id"], row["hub_id"]) for row in seen.values() if row["state"] in OPEN)
        assert all(count == 1 for (person, _hub), count in here.items() if person is not None)
        unended = Counter(
            row["visit_id"] for row in places.values() if row["ended_at"] is None and row["outcome"] == ""
        )
        assert unended == Counter(item for item, row in seen.items() if row["state"] in OPEN)
        assert {row["visit_id"] for row in places.values()} == seen.keys()
        shown = [row.visit.id for queue in self.hubs[1].read(visits.queues) for row in queue.rows]
        assert Counter(shown) == unended

    @invariant()
    def an_open_visit_is_on_an_open_day(self) -> None:
        opened = {row["day"]: row["closed_at"] for row in self.rows(schema.day).values()}
        for row in self.rows(schema.visit).values():
            assert row["day"] in opened
            assert row["state"] not in OPEN or opened[row["day"]] is None

    @invariant()
    def figures_are_what_one_counts(self) -> None:
        seen, known = self.rows(schema.visit).values(), self.rows(schema.person)
        counted = [row for row in seen if row["state"] != "void"]
        for text in {row["day"] for row in seen} | {day_of(self.clock.moment).isoformat()}:
            day = date.fromisoformat(text)
            today = [row for row in counted if row["day"] == text]
            earlier = {row["person_id"] for row in counted if row["day"] < text}
            figures = self.hubs[0].read(lambda uow: days.today(uow, day))  # noqa: B023
            assert figures.visits == len(today)
            assert figures.anonymous == sum(row["person_id"] is None for row in today)
            assert figures.women == sum(
                row["person_id"] is not None and known[row["person_id"]]["sex"] == "f" for row in today
            )
            assert figures.new_people == len({row["person_id"] for row in today} - earlier - {None})
            assert figures.here == sum(row["state"] in OPEN for row in seen)
            assert dict(figures.by_counter) == Counter(row["counter_id"] for row in today)

    @invariant()
    def the_history_of_a_visit_ends_where_it_stands(self) -> None:
        for visit_id, row in list(self.rows(schema.visit).items())[-2:]:
            told: Row = {}
            steps = self.hubs[0].read(lambda uow: visits.history(VisitId(visit_id), uow))  # noqa: B023
            for step in steps:
                assert told.get(step.field) == step.before
                told[step.field] = step.after
            for name, value in row.items():
                assert told.get(name, oplog.default_of(schema.visit.c[name])) == plain(value)


def test_any_day_at_the_desk(template: Template) -> None:
    Machine.template = template
    run(max_examples=20, steps=25)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_thousand_days_at_the_desk(template: Template) -> None:
    Machine.template = template
    run(max_examples=1000, steps=50)


def run(max_examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=max_examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # explaining traces every line, which takes minutes on a real store
            phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
            print_blob=True,
        ),
    )
