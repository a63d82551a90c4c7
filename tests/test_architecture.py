"""The dependency rule, the size of files, and where colours may be named."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = {"app": 300, "ui": 300, "tools": 300, "tests": 400}
FROZEN = ROOT / "app" / "storage" / "migrations" / "versions"
"""Steps of the schema: written once, read by Alembic from their files, never changed."""
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8}|[0-9a-fA-F]{3})\b")
COLOURS_LIVE_IN = ("ui/theme/", "app/documents/page.py")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("." * node.level) + (node.module or "")


def string_literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_contracts_of_the_dependency_rule_are_kept() -> None:
    # in a process of its own: it configures logging, which would silence our loggers for the tests that come after
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_domain_imports_the_standard_library_only() -> None:
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("app/domain")
        for name in imported_modules(path)
        if not name.startswith("app.domain") and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert not foreign


@pytest.mark.parametrize("folder", LONGEST)
def test_no_file_is_too_long_to_be_read_at_once(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(folder)
        if path.parent != FROZEN and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST[folder]
    }
    assert not long


def test_colours_are_named_in_one_place() -> None:
    named = {
        f"{path.relative_to(ROOT)}: {literal}"
        for path in sources("app", "ui")
        if not str(path.relative_to(ROOT)).startswith(COLOURS_LIVE_IN)
        for literal in string_literals(path)
        if COLOUR.search(literal)
    }
    assert not named


def test_every_package_is_one() -> None:
    folders = {path.parent for path in sources("app", "ui", "tools")} - {FROZEN}
    assert not [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()]
