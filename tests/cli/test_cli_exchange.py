"""`waslctl sync` and `waslctl conflicts`: several offices that know each other only by files."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import FirstStart, create_hub
from app.paths import HubPaths
from tests.cli.conftest import CHEAP, PASSWORD, Ran, Run

HUBS = {"rabat": "RBT", "tanger": "TNG", "oujda": "OUJ", "beni": "BML"}
PREVIEW = {
    "from", "bundle", "made_at", "created", "ops_new", "ops_known", "ops_waiting", "conflicts", "erasures", "by_kind",
    "waits", "known", "asks", "from_revoked", "revocations",
}  # fmt: skip
GIGABYTE = 2**30


class Offices:
    """Installations in folders side by side, reached by `waslctl` only."""

    def __init__(self, root: Path, run: Run) -> None:
        self.root = root
        self._run = run

    def run(self, hub: str, *arguments: str | Path) -> Ran:
        return self._run("--data", self.root / hub, "--lang", "en", *arguments)

    def run_in(self, language: str, hub: str, *arguments: str | Path) -> Ran:
        return self._run("--data", self.root / hub, "--lang", language, *arguments)

    def ask(self, hub: str, *arguments: str | Path) -> Any:  # noqa: ANN401 - whatever the command answers
        ran = self.run(hub, "--json", *arguments)
        assert ran.status == 0, f"{hub}: {arguments}: {ran.err}"
        return ran.document

    def enroll(self, *hubs: str) -> None:
        files = {hub: self.root / f"{hub}.wasl-id" for hub in hubs}
        words = {hub: self.ask(hub, "sync", "identity", "-o", file)["fingerprint"] for hub, file in files.items()}
        for here in hubs:
            for there in hubs:
                if here != there:
                    self.ask(here, "sync", "enroll", files[there], "--fingerprint", words[there])

    def send(self, sender: str, receiver: str) -> Any:  # noqa: ANN401
        file = self.root / "sent.wasl"
        self.ask(sender, "sync", "export", "--to", HUBS[receiver], "-o", file)
        return self.ask(receiver, "sync", "import", file)

    def exchange_all(self, rounds: int = 2) -> None:
        for _round in range(rounds):
            for sender in HUBS:
                file = self.root / f"{sender}-all.wasl"
                self.ask(sender, "sync", "export", "--to", "all", "-o", file)
                for receiver in HUBS:
                    if receiver != sender:
                        self.ask(receiver, "sync", "import", file)

    def digests(self) -> list[dict[str, str]]:
        return [self.ask(hub, "digest") for hub in HUBS]


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four new hubs that do not know each other yet."""
    root = tmp_path_factory.mktemp("four")
    for hub, code in HUBS.items():
        first = FirstStart(code, "A", f"Chef {code}", "chef", PASSWORD)
        create_hub(HubPaths(root / hub), first, cost=CHEAP).hub.close()
    return root


@pytest.fixture
def strangers(four: Path, tmp_path: Path, bare: Run) -> Offices:
    """Copies of the four hubs, which know nobody."""
    return Offices(Path(shutil.copytree(four, tmp_path / "offices")), bare)


@pytest.fixture
def offices(strangers: Offices) -> Offices:
    """The four hubs, each enrolled with each."""
    strangers.enroll(*HUBS)
    return strangers


@pytest.fixture
def pair(strangers: Offices) -> Offices:
    """Rabat and Tanger know each other."""
    strangers.enroll("rabat", "tanger")
    return strangers


def test_offices_come_to_know_each_other(strangers: Offices, tmp_path: Path) -> None:
    files = {hub: tmp_path / f"{hub}.wasl-id" for hub in ("rabat", "tanger")}
    made = {hub: strangers.ask(hub, "sync", "identity", "-o", file) for hub, file in files.items()}
    assert all(set(one) == {"installation", "fingerprint", "file"} for one in made.values())
    assert made["rabat"]["fingerprint"] != made["tanger"]["fingerprint"]

    wrong = strangers.run("rabat", "sync", "enroll", files["tanger"], "--fingerprint", made["rabat"]["fingerprint"])
    assert (wrong.status, wrong.out) == (1, "")
    assert "nobody was enrolled" in wrong.err
    assert strangers.run("rabat", "sync", "enroll", files["rabat"]).status == 1
    assert strangers.ask("rabat", "sync", "status")["offices"] == []

    known = strangers.ask("rabat", "sync", "enroll", files["tanger"], "--fingerprint", made["tanger"]["fingerprint"])
    kept = {name: made["tanger"][name] for name in ("installation", "fingerprint")}
    assert known == {**kept, "hub": "TNG", "desk": "A"}
    status = strangers.ask("rabat", "sync", "status")
    assert set(status) == {"ops", "conflicts", "waiting", "offices", "copies", "unread"}
    (office,) = status["offices"]
    assert set(office) == {"installation", "office", "heard_at", "sent_at", "to_send", "revoked"}
    assert (office["office"], office["heard_at"], office["sent_at"], office["revoked"]) == ("TNG-A", None, None, False)
    assert office["to_send"] == status["ops"] > 0


def test_records_travel_and_are_shown_before_they_are_taken_in(pair: Offices, tmp_path: Path) -> None:
    person = pair.ask("rabat", "people", "add", "--name", "Fatou Diop", "--phone", "0612345678")["id"]
    file = tmp_path / "1.wasl"
    sent = pair.ask("rabat", "sync", "export", "--to", "TNG-A", "-o", file)
    assert set(sent) == {"to", "ops", "left", "bytes", "file"}
    assert (sent["to"], sent["bytes"], sent["file"]) == (["TNG-A"], file.stat().st_size, str(file))

    before = pair.ask("tanger", "digest")
    shown = pair.ask("tanger", "sync", "preview", file)
    assert pair.ask("tanger", "digest") == before
    assert set(shown) == PREVIEW
    assert (shown["from"], shown["ops_new"], shown["conflicts"]) == ("RBT-A", sent["ops"], 0)
    assert shown["by_kind"]["created"]["person"] == 1
    assert shown["created"] == sum(shown["by_kind"]["created"].values())
    taken = pair.ask("tanger", "sync", "import", file)
    assert taken == shown
    assert pair.ask("tanger", "people", "show", person)["phones"] == ["+212612345678"]

    again = pair.ask("tanger", "sync", "import", file)
    assert (again["known"], again["ops_new"]) == (True, 0)
    pair.send("tanger", "rabat")
    assert pair.ask("tanger", "digest") == pair.ask("rabat", "digest")
    assert pair.ask("rabat", "sync", "status")["offices"][0]["to_send"] == 0


def _disagree(offices: Offices, one: str = "rabat", other: str = "tanger") -> str:
    person = str(offices.ask(one, "people", "add", "--name", "Fatou Diop")["id"])
    offices.send(one, other)
    offices.ask(other, "people", "edit", person, "name=Fatou DIOP")
    offices.ask(one, "people", "edit", person, "name=Fatoumata Diop")
    assert offices.send(one, other)["conflicts"] == 1
    return person


@pytest.mark.parametrize(
    ("keep", "name"),
    [("mine", "Fatou DIOP"), ("theirs", "Fatoumata Diop"), ("Fatou-Mata Diop", "Fatou-Mata Diop")],
)
def test_conflict_is_shown_and_settled(pair: Offices, keep: str, name: str) -> None:
    person = _disagree(pair)
    (conflict,) = pair.ask("tanger", "conflicts", "list")
    assert set(conflict) == {"id", "table", "row", "field", "subject", "since", "sides"}
    assert (conflict["table"], conflict["field"], conflict["row"]) == ("person", "name", person)
    assert {(side["office"], side["value"], side["mine"]) for side in conflict["sides"]} == {
        ("RBT-A", "Fatoumata Diop", False),
        ("TNG-A", "Fatou DIOP", True),
    }
    assert all(set(side) == {"value", "author", "office", "at", "mine"} for side in conflict["sides"])
    assert pair.ask("tanger", "sync", "status")["conflicts"] == 1
    assert pair.ask("tanger", "conflicts", "settle", conflict["id"], "--keep", keep) == {"settled": conflict["id"]}
    assert pair.ask("tanger", "conflicts", "list") == []
    pair.send("tanger", "rabat")
    assert pair.ask("rabat", "people", "show", person)["name"] == name
    assert pair.ask("rabat", "conflicts", "list") == []
    assert pair.run("tanger", "conflicts", "settle", conflict["id"], "--keep", keep).status == 1


def test_words_for_people_name_no_table(pair: Offices, tmp_path: Path) -> None:
    _disagree(pair)
    assert "Fatou DIOP" in pair.run("tanger", "conflicts", "list").out
    assert "TNG-A" in pair.run("rabat", "sync", "status").out
    file = tmp_path / "x.wasl"
    assert str(file) in pair.run("tanger", "sync", "export", "--to", "all", "-o", file).out
    assert "From TNG-A" in pair.run("rabat", "sync", "preview", file).out
    assert "Taken in" in pair.run("rabat", "sync", "import", file).out
    assert "taken in before" in pair.run("rabat", "sync", "import", file).out
    assert pair.run("oujda", "conflicts", "list").out == "Nothing waits to be settled.\n"
    assert "enrolled" in pair.run("oujda", "sync", "status").out


def _refuse(offices: Offices, hub: str, *arguments: str | Path, status: int = 1) -> str:
    """What is said where a command is refused in one sentence or two, and changes nothing."""
    before = offices.ask(hub, "digest")
    ran = offices.run(hub, "--json", *arguments)
    assert (ran.status, ran.out) == (status, ""), ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "Wasl made a mistake" not in ran.err
    assert offices.ask(hub, "digest") == before
    assert offices.ask(hub, "check")["ok"]
    return ran.err


@pytest.fixture
def bundle(pair: Offices, tmp_path: Path) -> Path:
    """What Rabat has for Tanger."""
    pair.ask("rabat", "people", "add", "--name", "Fatou Diop")
    file = tmp_path / "bundle.wasl"
    pair.ask("rabat", "sync", "export", "--to", "TNG", "-o", file)
    return file


def test_cut_bundle_is_refused_wherever_it_is_cut(pair: Offices, bundle: Path, tmp_path: Path) -> None:
    content, cut = bundle.read_bytes(), tmp_path / "cut.wasl"
    places = [0, 5, len(content) // 3, len(content) // 2, len(content) - 1]
    for place in places:
        cut.write_bytes(content[:place])
        for command in ("preview", "import"):
            _refuse(pair, "tanger", "sync", command, cut)
    for altered in (content + b"\0", content[:-40] + b"x" + content[-39:]):
        cut.write_bytes(altered)
        assert "damaged or altered" in _refuse(pair, "tanger", "sync", "import", cut)
    assert pair.ask("tanger", "sync", "import", bundle)["ops_new"] > 0


def test_two_gigabytes_of_zeros_are_refused_unread(pair: Offices, tmp_path: Path) -> None:
    zeros = tmp_path / "zeros.wasl"
    with zeros.open("wb") as file:
        file.truncate(2 * GIGABYTE)
    assert "not a bundle" in _refuse(pair, "tanger", "sync", "import", zeros)
    with zeros.open("r+b") as file:
        file.write(b"wasl-bundle 1\n")
    assert "far larger" in _refuse(pair, "tanger", "sync", "preview", zeros)
    _refuse(pair, "tanger", "sync", "enroll", zeros)


def test_bundle_for_others_or_from_strangers_is_refused(pair: Offices, bundle: Path) -> None:
    assert "enrolled" in _refuse(pair, "oujda", "sync", "import", bundle)
    pair.enroll("rabat", "oujda")
    assert "other offices" in _refuse(pair, "oujda", "sync", "import", bundle)


def test_what_is_not_there_is_said(pair: Offices, tmp_path: Path) -> None:
    for command in ("preview", "import", "enroll"):
        assert "none.wasl" in _refuse(pair, "tanger", "sync", command, tmp_path / "none.wasl")
    assert "not a bundle" in _refuse(pair, "tanger", "sync", "import", pair.root / "rabat.wasl-id")
    assert "“OUJ”" in _refuse(pair, "tanger", "sync", "export", "--to", "OUJ", "-o", tmp_path / "x.wasl")
    assert not (tmp_path / "x.wasl").exists()
    _refuse(pair, "tanger", "sync", "revoke", "OUJ")
    _refuse(pair, "tanger", "conflicts", "settle", "person.x.name", "--keep", "mine")


def test_stick_that_is_gone_is_said(pair: Offices, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for command in (("sync", "export", "--to", "all"), ("sync", "identity")):
        ran = pair.run("tanger", "--json", *command, "-o", stick / "out.wasl")
        assert ran.status in {1, 3}
        assert ran.out == ""
        assert "stick" in ran.err
    assert not stick.exists()
    stick.mkdir()
    assert pair.ask("tanger", "sync", "export", "--to", "all", "-o", stick / "out.wasl")["ops"] > 0
    assert [file.name for file in stick.iterdir()] == ["out.wasl"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("sync",), ("sync", "export", "-o", "x"), ("sync", "export", "--to", "all"), ("sync", "import"),
        ("conflicts", "settle", "x"), ("sync", "identity"), ("sync", "turn"),
    ],
)  # fmt: skip
def test_usage_is_explained(strangers: Offices, arguments: tuple[str, ...]) -> None:
    ran = strangers.run("rabat", *arguments)
    assert (ran.status, ran.out) == (2, "")


def test_revoked_office_is_believed_no_longer(pair: Offices, bundle: Path, tmp_path: Path) -> None:
    revoked = pair.ask("tanger", "sync", "revoke", "RBT-A")
    assert len(revoked["revoked"]) == 1
    assert pair.ask("tanger", "sync", "status")["offices"][0]["revoked"] is True
    _refuse(pair, "tanger", "sync", "import", bundle)
    _refuse(pair, "tanger", "sync", "export", "--to", "all", "-o", tmp_path / "x.wasl")


def test_receptionist_exchanges_nothing(
    pair: Offices, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WASL_NEW_PASSWORD", PASSWORD)
    pair.ask("tanger", "--account", "chef", "accounts", "add", "awa", "--name", "Awa", "--role", "receptionist")
    commands: list[tuple[str | Path, ...]] = [
        ("sync", "identity", "-o", tmp_path / "x"), ("sync", "export", "--to", "all", "-o", tmp_path / "x"),
        ("sync", "preview", bundle), ("sync", "import", bundle), ("sync", "status"), ("sync", "revoke", "RBT"),
        ("sync", "rotate"), ("conflicts", "list"),
    ]  # fmt: skip
    for command in commands:
        ran = pair.run("tanger", "--account", "awa", *command)
        assert (ran.status, ran.out) == (1, ""), command
    assert not (tmp_path / "x").exists()


def _one_step(offices: Offices, chance: random.Random, files: list[tuple[str, Path]], shared: str, step: int) -> None:
    hub = chance.choice(list(HUBS))
    what = chance.choice(("add", "edit", "visit", "export", "export", "import", "import", "lose"))
    if what == "add":
        offices.ask(hub, "people", "add", "--name", f"Personne {step}", "--birth", str(1960 + step % 40))
    elif what == "edit":
        offices.ask(hub, "people", "edit", shared, f"name=Fatou {hub.title()} {step}")
    elif what == "visit":
        offices.ask(hub, "visits", "log", "--anonymous", "--counter", "1")
    elif what == "export":
        file = offices.root / f"{step}.wasl"
        to = chance.choice(["all", *(code for other, code in HUBS.items() if other != hub)])
        offices.ask(hub, "sync", "export", "--to", to, "-o", file)
        files.append((hub, file))
    elif what == "import" and files:
        sender, file = chance.choice(files)
        ran = offices.run(hub, "--json", "sync", "import", file)
        # its own, and one made for others, are refused; everything else is taken in, also again and out of order
        assert ran.status in ({0, 1} if hub != sender else {1}), ran.err
    elif what == "lose" and files:
        files.pop(chance.randrange(len(files)))


@pytest.mark.parametrize("seed", [1])
def test_four_offices_end_alike_whatever_was_lost_doubled_or_contradicted(offices: Offices, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    shared = offices.ask("rabat", "people", "add", "--name", "Fatou Diop")["id"]
    offices.exchange_all(rounds=1)
    files: list[tuple[str, Path]] = []
    for step in range(40):
        _one_step(offices, chance, files, shared, step)
    # nobody heard of the others: at least these contradict each other
    offices.ask("oujda", "people", "edit", shared, "name=Fatou d'Oujda")
    offices.ask("beni", "people", "edit", shared, "name=Fatou de Beni Mellal")
    offices.exchange_all()
    first, *others = offices.digests()
    assert others == [first] * 3, f"seed {seed}"
    conflicts = [[one["id"] for one in offices.ask(hub, "conflicts", "list")] for hub in HUBS]
    assert conflicts == [[f"person.{shared.replace('-', '')}.name"]] * 4
    offices.ask("tanger", "conflicts", "settle", conflicts[0][0], "--keep", "Fatou Diop")
    offices.exchange_all(rounds=1)
    first, *others = offices.digests()
    assert others == [first] * 3, f"seed {seed}"
    for hub in HUBS:
        assert offices.ask(hub, "conflicts", "list") == []
        assert offices.ask(hub, "people", "show", shared)["name"] == "Fatou Diop"
        assert offices.ask(hub, "check") == {"ok": True, "problems": []}


def test_joined_and_erased_people_are_so_everywhere(pair: Offices) -> None:
    ask = pair.ask
    first = ask("rabat", "people", "add", "--name", "Mamadou Barry", "--birth", "1990-05-02")["id"]
    pair.send("rabat", "tanger")
    second = ask("tanger", "people", "add", "--name", "Mamadou Bari", "--birth", "1990-05-02")["id"]
    ask("tanger", "people", "merge", first, second)
    pair.send("tanger", "rabat")
    assert [row["id"] for row in ask("rabat", "people", "search", "mamadou barry")] == [min(first, second)]
    erased = ask("rabat", "people", "erase", second, "--reason", "asked for it")
    assert (erased["erased"], erased["erased_at"], erased["of"]) == (second, 1, 2)
    assert pair.send("rabat", "tanger")["erasures"] == 2
    for hub in ("rabat", "tanger"):
        assert ask(hub, "people", "search", "mamadou") == []
        assert pair.run(hub, "people", "show", first).status == 1
    pair.send("tanger", "rabat")
    assert ask("tanger", "digest") == ask("rabat", "digest")
