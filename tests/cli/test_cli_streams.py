"""The program from outside: streams, exit status, interruptions, languages, and what is left of a bug."""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.commands import parser as parsers
from app.errors import Cancelled
from app.i18n import LANGUAGES, use_language
from app.services import people
from tests.cli.conftest import PASSWORD, Run

Ask = Callable[..., Any]
WASLCTL = Path(sys.executable).parent / "waslctl"


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    """The installed program, in a process of its own."""
    return subprocess.Popen(
        [WASLCTL, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "WASL_PASSWORD": PASSWORD, **environment},
    )


def finish(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture
def known(ask: Ask) -> None:
    """Somebody whose name no narrow terminal can show."""
    ask("people", "add", "--name", "Aïssata Koné", "--name-ar", "عيساتا كوني")


@pytest.mark.usefixtures("known")
def test_document_stands_alone_on_standard_output(folder: Path) -> None:
    status, out, err = finish(start("--json", "--data", folder, "people", "search", "kone"))
    assert (status, err) == (0, b"")
    assert out.endswith(b"]\n")
    assert json.loads(out)[0]["name_ar"] == "عيساتا كوني"
    status, out, err = finish(start("--json", "--data", folder, "people", "show", "RBT-A00009"))
    assert (status, out) == (1, b"")
    assert err.strip()


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_terminal_that_knows_few_letters_loses_no_document(folder: Path, encoding: str) -> None:
    status, out, _err = finish(start("--json", "--data", folder, "people", "search", "kone", PYTHONIOENCODING=encoding))
    assert status == 0
    assert json.loads(out.decode("ascii"))[0]["name_ar"] == "عيساتا كوني"
    status, out, err = finish(start("--data", folder, "people", "search", "kone", PYTHONIOENCODING=encoding))
    assert (status, err) == (0, b"")
    assert b"RBT-A00001" in out


def test_reader_that_goes_away_is_no_failure_to_report(folder: Path, run: Run, tmp_path: Path) -> None:
    rows = "\n".join(f"Awa Fall {number}" for number in range(400))
    (tmp_path / "people.csv").write_text(f"name\n{rows}\n", encoding="utf-8")
    assert run("people", "add", "--from", tmp_path / "people.csv").status == 0
    (tmp_path / "queries").write_text("awa fall\n" * 200, encoding="utf-8")
    process = start("--data", folder, "people", "search", "--from", tmp_path / "queries", "--limit", "100")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(120) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_interruption_is_told_and_keeps_nothing(tmp_path: Path) -> None:
    process = start("--lang", "en", "--data", tmp_path / "demo", "demo", "--hubs", "rabat")
    assert process.stderr is not None
    assert process.stderr.readline()  # it has begun to tell how far it is
    process.send_signal(signal.SIGINT)
    status, out, err = finish(process)
    assert (status, out) == (130, b"")
    assert b"Stopped" in err
    assert b"Traceback" not in err
    assert not (tmp_path / "demo" / "rabat").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("fly",), ("people",), ("people", "fly"), ("--lang", "de", "doctor"), ("doctor", "--fast"),
        ("people", "show"), ("people", "edit", "RBT-A00001"), ("init",), ("--dat", "x", "doctor"),
        ("people", "add", "--sex", "x"), ("audit", "--limit"), ("backup",), ("demo", "--seed", "x"),
    ],
)  # fmt: skip
def test_wrong_usage_is_status_two(bare: Run, arguments: tuple[str, ...]) -> None:
    ran = bare(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "waslctl" in ran.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_on_standard_output(bare: Run, language: str) -> None:
    for words in ((), ("people",), ("people", "add"), ("visits", "log"), ("demo",)):
        ran = bare("--lang", language, *words, "--help")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.strip()


def commands_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser and all below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands_of(below)


def test_every_argument_says_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[parsers.Commands] = []
    original = parsers.Commands.__init__

    def remember(self: parsers.Commands) -> None:
        original(self)
        made.append(self)

    monkeypatch.setattr(parsers.Commands, "__init__", remember)
    assert main(["fly"]) == 2
    parser = made[0].parser
    silent = {
        f"{below.prog} {action.dest}"
        for below in commands_of(parser)
        for action in below._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    }
    assert not silent
    assert all(below.description for below in commands_of(parser))


def test_words_of_argparse_are_those_it_asks_for() -> None:
    """A sentence that argparse words otherwise in another Python would silently stay English."""
    use_language("en")
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    ours = Path(parsers.__file__).read_text(encoding="utf-8")
    words = re.findall(r'^        "(.+?)": _\(', ours, re.M)
    assert len(words) >= 12
    missing = [word for word in words if f"'{word}'" not in source]
    assert not missing


def test_secret_of_a_bug_stays_in_the_program(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_arguments: object) -> None:
        known: dict[str, int] = {}
        try:
            known["Awa Fall"] += 1
        except KeyError as error:
            raise RuntimeError("no row for Awa Fall") from error

    monkeypatch.setattr(people, "search", break_down)
    ran = run("--json", "people", "search", "Awa Fall")
    assert (ran.status, ran.out) == (70, "")
    (log,) = (folder / "logs").iterdir()
    assert str(log) in ran.err
    text = log.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert "in break_down" in text
    assert "waslctl people search" in text
    for secret in ("Awa", "Fall", PASSWORD, str(folder), str(Path.home())):
        assert secret not in text + ran.err.replace(str(log), "")


def test_log_finds_a_place_without_a_folder(bare: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("app.commands.doctor.shutil.disk_usage", lambda _folder: None)
    ran = bare("--data", tmp_path / "nowhere", "--lang", "en", "doctor")
    assert (ran.status, ran.out) == (70, "")
    assert [path.suffix for path in tmp_path.iterdir()] == [".log"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KeyboardInterrupt(), 130), (BrokenPipeError(), 141), (Cancelled("no"), 1),
        (OSError(28, "No space left on device"), 3), (PermissionError(13, "Permission denied"), 3), (MemoryError(), 70),
    ],
)  # fmt: skip
def test_what_goes_wrong_has_its_status(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(people, "search", fail)
    ran = run("people", "search", "awa")
    assert (ran.status, ran.out) == (status, "")
    assert "Traceback" not in ran.err


def test_what_is_repeated_does_not_steer_the_terminal(run: Run) -> None:
    ran = run("people", "edit", "x", "\x1b[2Jno equals sign")
    assert ran.status == 1
    assert "\x1b" not in ran.err


def test_language_is_that_of_the_window_until_another_is_asked_for(bare: Run, folder: Path) -> None:
    (folder / "settings.json").write_text('{"language": "en"}', encoding="utf-8")
    english = bare("--data", folder, "people", "search", "zzz").out
    assert english == "Nobody was found.\n"
    assert bare(f"--data={folder}", "people", "search", "zzz").out == english
    assert bare("--data", folder, "--lang", "en", "people", "search", "zzz").out == english
