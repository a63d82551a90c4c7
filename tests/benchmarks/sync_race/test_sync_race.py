"""The race itself: its workload is what it says, its verdicts can go either way, its page says what was measured."""

from pathlib import Path

import pytest

from tests.benchmarks.sync_race import printing
from tests.benchmarks.sync_race.correctness import cloned, out_of_order, same_field
from tests.benchmarks.sync_race.plain_sqlite import RAW, RawInsert, timed_write
from tests.benchmarks.sync_race.scene import A, B, Verdict, judge, opened
from tests.benchmarks.sync_race.speed import Runs, Stage
from tests.benchmarks.sync_race.sql import prepare
from tests.benchmarks.sync_race.wasl import WaslPeer
from tests.benchmarks.sync_race.workload import YEAR_OPS, Places, Value, apply_all, people, updates, year
from tests.benchmarks.sync_size_and_speed import PAYLOAD_BYTES


def _size(value: Value) -> int:
    if isinstance(value, bytes):
        return len(value)
    return 8 if isinstance(value, int) else len(str(value).encode())


def test_people_have_twelve_cells_of_168_bytes() -> None:
    made = people(500, Places())
    assert {sum(map(_size, person.cells.values())) for person in made} == {PAYLOAD_BYTES}
    assert {len(person.cells) for person in made} == {12}
    assert len({person.key for person in made}) == len(made)


def test_updates_change_two_cells_of_everybody() -> None:
    made = people(500, Places())
    for before, after in zip(made, updates(made), strict=True):
        assert len([name for name, value in after.cells.items() if before.cells[name] != value]) == 2


def test_a_year_has_the_changes_it_says() -> None:
    days = list(year(Places()))
    writes = [write for day in days for write in day]
    assert len(writes) == YEAR_OPS == 36_000
    made = [(write.table, write.key) for write in writes if write.new]
    assert len(made) == len(set(made))


@pytest.mark.parametrize("way", RAW, ids=lambda way: way.name)
def test_the_yardstick_writes_what_it_is_given(way: RawInsert, tmp_path: Path) -> None:
    made = people(20, Places())
    writes = [*made, *updates(made)]
    rows: dict[tuple[str, bytes], dict[str, Value]] = {}
    apply_all(writes, rows)
    connection = way.open(tmp_path / "raw.db")
    assert timed_write(connection, writes) > 0
    found = dict(connection.execute("SELECT id, phones FROM person").fetchall())
    connection.close()
    assert found == {key: cells["phones"] for (_table, key), cells in rows.items()}
    assert len(prepare(writes)) == 2
    encrypted = b"SQLite format 3" not in (tmp_path / "raw.db").read_bytes()[:16]
    assert encrypted is way.encrypts


def test_verdicts_follow_the_outcome(tmp_path: Path) -> None:
    with opened(WaslPeer(), tmp_path) as scene:
        assert out_of_order(scene).verdict is Verdict.HOLDS
        key = scene.person(1).key
        assert judge(scene, {key: {"phones": "+212699999999"}}, (A, B)).verdict is Verdict.LOSES
        assert judge(scene, {key: None}, (A, B)).verdict is Verdict.LOSES
        assert "shows phones = " in judge(scene, {key: {"phones": ""}}, (A, B)).note
        scene.deliver(b"nonsense", A, B)
        assert judge(scene, {key: {}}, (A, B)).verdict is Verdict.REFUSES


def test_a_conflict_is_a_false_alarm_only_where_there_is_none(tmp_path: Path) -> None:
    with opened(WaslPeer(), tmp_path) as scene:
        assert same_field(scene).verdict is Verdict.HOLDS
        key = scene.person().key
        phones = scene.offices[A].read("person", key)
        assert phones is not None
        assert judge(scene, {key: {"phones": phones["phones"]}}, (A, B)).verdict is Verdict.ALARMS


def test_a_clone_is_refused_in_words(tmp_path: Path) -> None:
    with opened(WaslPeer(), tmp_path) as scene:
        outcome = cloned(scene)
    assert outcome.verdict is Verdict.REFUSES
    assert "Nothing was taken in" in outcome.note


def test_the_page_says_the_median_and_what_falls_short() -> None:
    runs = {name: Runs() for name in ("SQLite", "SQLCipher", "Wasl")}
    for seconds in (0.5, 0.01, 1.0):
        for name, found in runs.items():
            own = None if name != "Wasl" else 90_000
            found.add({stage: Stage(seconds, None, own, own) for stage in ("first", "updates", "year")})
    page = printing.join(printing.wanted_section({1_000: runs}, {"Wasl": [900, 1_100, 1_300], "age": [620]}))
    assert "| people taken in, 1,000 | 2,000/s | ≥ 60,000/s | **falls short** |" in page
    assert "| … beside SQLite, rows inserted | 100.0 % | ≥ 30 % | reached |" in page
    assert "| bytes a person, 1,000 | 90.0 | ≤ 120 | reached |" in page
    assert "| bytes an update, 1,000 | 90.0 | ≤ 40 | **falls short** |" in page
    assert "| bundle for four with nothing new | 1,100 bytes (900–1,300) | ≤ 1,200 | **falls short** |" in page
    assert "| a hub's year taken in | 0.50 s | < 2 s | reached |" in page
