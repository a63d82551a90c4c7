"""What may not be in the repository: compiled catalogues, this machine's paths, where packages come from."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = {".py", ".md", ".toml", ".lock", ".po", ".json", ".tsv", ".qss", ".sh", ".spec", ".txt", ".svg", ""}
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.*])/(?:root|home|work|Users)/[\w.]|(?<!\w)[A-Z]:\\+Users"),
    "the address of a package": re.compile(r"https?://\S+\.(?:whl|tar\.gz|tgz|deb)\b|\bp[y]pi\.|python[h]osted"),
    "an option that names a registry": re.compile(r"--(?:index-url|extra-index-url|find-links|trusted-host)\b"),
}


def committed_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    apart = {".venv", "build", "dist", "demo-out", "bench-out"}
    return [path for path in ROOT.rglob("*") if path.is_file() and path.relative_to(ROOT).parts[0] not in apart]


def test_nothing_compiled_is_committed() -> None:
    assert not [path for path in committed_files() if path.suffix in {".mo", ".pyc", ".db", ".so"}]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    itself = Path(__file__).resolve()
    holding = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in committed_files()
        if path.suffix in TEXT and path != itself
        for match in [FORBIDDEN[what].search(path.read_text(encoding="utf-8"))]
        if match
    }
    assert not holding


def test_every_dependency_is_pinned_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-bench.lock")
    )
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+).*\\\n    --hash=sha256:[0-9a-f]{64}", lock, flags=re.MULTILINE))
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[^A-Za-z0-9-]", name.replace("_", "-"))[0].lower() for name in wanted}
    assert names <= pinned.keys()
    assert "setuptools" in pinned


def test_the_tests_command_is_the_one_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_every_link_between_documents_leads_somewhere() -> None:
    dead = {
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    }
    assert not dead
