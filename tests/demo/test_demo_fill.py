"""A planned time lived at a new hub, through the services, in a really encrypted store."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from app.bootstrap import Hub, open_hub
from app.cli import main
from app.clock import system_clock, to_local, to_moment
from app.demo.fill import LOGINS, PASSWORD, DemoHub, make_demo_hub
from app.domain.visits import VisitState
from app.errors import UserError
from app.i18n import current_language, use_language
from app.paths import HubPaths
from app.services import cases, days, my_day, people, sessions, trainings, visits

NOW = to_moment(datetime(2026, 11, 23, 16, 40))  # noqa: DTZ001 - legal time in Morocco
YEARS = 0.08


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoHub:
    """A month at the hub of Oujda."""
    paths = HubPaths(tmp_path_factory.mktemp("demo") / "oujda")
    return make_demo_hub(paths, "OUJ", seed=1, years=YEARS, clock=lambda: NOW)


def opened(made: DemoHub, login: str) -> Hub:
    return open_hub(made.paths, login, PASSWORD, lambda: NOW)


def test_everybody_signs_in_and_sees_that_it_is_a_demo(made: DemoHub) -> None:
    for login in LOGINS:
        hub = opened(made, login)
        assert hub.demo
        assert (hub.actor.hub_code, hub.actor.login) == ("OUJ", login)
        hub.close()


def test_records_are_whole(made: DemoHub) -> None:
    hub = opened(made, "responsable")
    assert hub.check() == []
    assert hub.clock_is_behind() == 0
    hub.close()


def test_desk_is_at_work(made: DemoHub) -> None:
    hub = opened(made, "reception")
    figures, queues = hub.read(days.today), hub.read(visits.queues)
    hub.close()
    assert figures.visits >= 15
    assert figures.here >= 8
    assert figures.unclosed is None
    assert sum(queue.waiting for queue in queues) >= 6
    assert {queue.counter.code for queue in queues} >= {"orientation", "startup"}
    assert max(queue.longest_wait for queue in queues) < 4 * 60


def test_past_days_are_closed_and_keep_their_times(made: DemoHub) -> None:
    hub = opened(made, "reception")
    today = date(2026, 11, 23)
    logged = [
        visit for back in range(1, 30) for visit in hub.read(partial(visits.list_day, today - timedelta(days=back)))
    ]
    total = len(logged) + len(hub.read(lambda uow: visits.list_day(today, uow)))
    hub.close()
    assert total == made.visits
    states = Counter(visit.state for visit in logged)
    assert set(states) == {VisitState.CHECKED_OUT, VisitState.CLOSED_WITH_DAY}
    assert states[VisitState.CHECKED_OUT] > 5 * states[VisitState.CLOSED_WITH_DAY] / 2
    assert any(visit.person_id is None for visit in logged)
    for visit in logged:
        assert to_local(visit.arrived_at).date() == visit.day
        assert visit.called_at is None or visit.called_at >= visit.arrived_at
        assert (visit.left_at is None) == (visit.state is VisitState.CLOSED_WITH_DAY)
        assert visit.left_at is None or to_local(visit.left_at).date() == visit.day


def test_advisors_have_asked_and_reception_does_not_see_it(made: DemoHub) -> None:
    advisor, reception = opened(made, "conseil"), opened(made, "reception")
    rows = reception.read(lambda uow: people.search("", uow, 60))
    assert len(rows) == 60
    answers = Counter(
        view.restricted.residence for row in rows if (view := advisor.read(partial(people.show, row.id))).restricted
    )
    assert len(answers) >= 4
    assert all(reception.read(partial(people.show, row.id)).restricted is None for row in rows[:5])
    advisor.close()
    reception.close()


def test_second_filling_is_refused(made: DemoHub) -> None:
    before = made.paths.keyring.read_bytes()
    with pytest.raises(UserError):
        make_demo_hub(made.paths, "OUJ", seed=1, clock=lambda: NOW)
    assert made.paths.keyring.read_bytes() == before


def test_half_a_story_is_cleared_away(tmp_path: Path) -> None:
    def interrupt(day: date) -> None:
        raise KeyboardInterrupt(day)

    with pytest.raises(KeyboardInterrupt):
        make_demo_hub(HubPaths(tmp_path / "rabat"), "RBT", seed=1, years=YEARS, tell=interrupt)
    assert not (tmp_path / "rabat").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        make_demo_hub(HubPaths(tmp_path / "mine"), "RBT", seed=1, years=YEARS, tell=interrupt)
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "kept"


def test_command_refuses_what_it_does_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = current_language()
    assert main(["--data", str(tmp_path), "--lang", "en", "demo", "--hubs", "rabat,paris"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "paris" in said.err
    assert "beni-mellal" in said.err
    assert main(["--data", str(tmp_path), "demo", "--hubs", ","]) == 1
    assert list(tmp_path.iterdir()) == []
    use_language(before)


@pytest.mark.parametrize("years", ["0", "-1", "nan", "1000", "some"])
def test_story_has_a_length(tmp_path: Path, capsys: pytest.CaptureFixture[str], years: str) -> None:
    before = current_language()
    assert main(["--data", str(tmp_path), "--lang", "en", "demo", "--years", years]) == 2
    assert "years" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    use_language(before)


def test_command_makes_a_hub_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = current_language()
    arguments = ["--hubs", "tanger", "--seed", "7", "--years", str(YEARS)]
    assert main(["--data", str(tmp_path), "--json", "demo", *arguments]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"installations", "people", "visits"}
    (one,) = document["installations"]
    assert (one["folder"], one["hub"]) == (str(tmp_path / "tanger"), "TNG")
    assert (one["people"], one["visits"]) == (document["people"], document["visits"])
    hub = open_hub(HubPaths(tmp_path / "tanger"), "reception", PASSWORD)
    assert hub.read(days.today).here >= 1
    assert hub.read(days.today).day == to_local(system_clock()).date()
    hub.close()
    use_language(before)


def test_hubs_are_made_side_by_side_and_apart(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "waslctl"
    command = [
        str(program),
        "--json",
        "--data",
        str(tmp_path),
        "demo",
        "--hubs",
        "rabat,beni-mellal",
        "--years",
        "0.02",
    ]
    ran = subprocess.run(command, capture_output=True, timeout=150, check=True)
    document = json.loads(ran.stdout)
    assert [one["hub"] for one in document["installations"]] == ["RBT", "BML"]
    assert document["visits"] == sum(one["visits"] for one in document["installations"])
    for name, code in (("rabat", "RBT"), ("beni-mellal", "BML")):
        hub = open_hub(HubPaths(tmp_path / name), "conseil", PASSWORD)
        assert hub.actor.hub_code == code
        hub.close()


def test_advisors_are_at_work(made: DemoHub) -> None:
    """Cases with sessions that have notes, a day with something on it, and nothing before its time."""
    hub = opened(made, "conseil")
    today = hub.read(my_day.my_day)
    followed = hub.read(cases.list_cases)
    held = hub.read(lambda uow: sessions.list_sessions(uow, advisor_id=uow.actor.account_id, limit=500))
    hub.close()
    assert len(followed) >= 8
    assert sum(case.sessions for case in followed) >= len(followed)
    assert any(session.note for session in held)
    assert all(session.starts_at <= NOW for session in held)
    assert today.sessions or today.appointments or today.due or today.overdue


def test_classes_are_held(made: DemoHub) -> None:
    """Within the first month a class has begun, with people in it and attendance noted of each day that is past."""
    hub = opened(made, "conseil")
    found = hub.read(lambda uow: trainings.list_trainings(uow, ended=True))
    hub.close()
    assert any(item.enrolled >= 5 and item.first_day is not None for item in found)
    past = [day for item in found for day in item.days if day.day < to_local(NOW).date()]
    assert past
    assert all(day.marked for day in past)
