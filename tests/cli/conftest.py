"""An installation to run `waslctl` on: really encrypted, made once, copied for each test."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import FirstStart, KdfCost, create_hub
from app.cli import main
from app.i18n import current_language, use_language
from app.paths import HubPaths

PASSWORD = "four words are enough"
CHEAP = KdfCost(memory_kib=8192, iterations=1, lanes=1)
"""Argon2id with little memory: the slots keep their cost, so every later sign-in is fast too."""


@dataclass(frozen=True)
class Ran:
    """What one run of `waslctl` left."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - whatever the command answers
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _language_is_put_back() -> Iterator[None]:
    before = current_language()
    yield
    use_language(before)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new hub of Rabat, signed out."""
    folder = tmp_path_factory.mktemp("template") / "rabat"
    first = FirstStart("RBT", "A", "Samira Ouchen", "samira", PASSWORD)
    create_hub(HubPaths(folder), first, cost=CHEAP).hub.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A copy of the template."""
    return Path(shutil.copytree(template, tmp_path / "hub"))


@pytest.fixture
def bare(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`waslctl` in this process, as given; the password stands in the variable."""
    monkeypatch.setenv("WASL_PASSWORD", PASSWORD)

    def run(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


@pytest.fixture
def run(bare: Run, folder: Path) -> Run:
    """`waslctl --data FOLDER --lang en …`"""
    return lambda *arguments: bare("--data", folder, "--lang", "en", *arguments)


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """The document that `waslctl --json …` answers, which must have gone well."""

    def answered(*arguments: str | Path) -> Any:  # noqa: ANN401 - whatever the command answers
        ran = run("--json", *arguments)
        assert ran.status == 0, ran.err
        return ran.document

    return answered
