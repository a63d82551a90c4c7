"""Setting up a bare machine: what is missing is installed where that is allowed, and named exactly where it is not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import system
from tools.system import Part, find_missing, is_here, main

ROOT = Path(__file__).resolve().parent.parent


def test_libraries_commands_and_files_are_looked_for(tmp_path: Path) -> None:
    assert is_here("libc.so.6")
    assert not is_here("libnothing-of-this-name.so.1")
    assert is_here("sh")
    assert not is_here("nothing-of-this-name")
    assert is_here(str(tmp_path))
    assert not is_here(str(tmp_path / "nothing"))


def test_each_package_is_named_as_debian_names_packages() -> None:
    for parts in system.GROUPS.values():
        for part in parts:
            assert part.package == part.package.lower().replace("_", "-")
            assert part.probe


def test_what_is_missing_is_named_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = (Part(str(tmp_path / "a"), "libaaa1"), Part("sh", "dash"), Part(str(tmp_path / "b"), "bbb", needed=False))
    monkeypatch.setitem(system.GROUPS, "window", parts)
    monkeypatch.setattr(system, "_as_root", lambda: None)
    assert [part.package for part in find_missing(parts)] == ["libaaa1", "bbb"]
    assert main(["window"]) == 1
    said = capsys.readouterr().err
    assert "sudo apt-get install libaaa1\n" in said
    assert "bbb" not in said
    assert "dash" not in said


def test_what_is_missing_is_installed_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wanted, log, tools = tmp_path / "wanted", tmp_path / "log", tmp_path / "bin"
    tools.mkdir()
    (tools / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {log}\n[ "$1" = update ] || touch {wanted}\n')
    (tools / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setattr(system, "_as_root", list)
    monkeypatch.setitem(system.GROUPS, "window", (Part(str(wanted), "libaaa1"),))
    assert main(["window"]) == 0
    assert log.read_text().splitlines() == ["update -qq", "install -y -qq --no-install-recommends libaaa1"]
    assert "Installing libaaa1" in capsys.readouterr().err
    assert main(["window"]) == 0
    assert len(log.read_text().splitlines()) == 2


def test_an_unknown_group_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert main([]) == 2
    assert "window" in capsys.readouterr().err


def set_up(path: Path, venv: Path) -> "subprocess.CompletedProcess[str]":
    kept = {"PATH": str(path), "HOME": str(path), "LANG": "C.UTF-8"}
    command = ["/bin/sh", "tools/setup.sh", str(venv)]
    return subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=60
    )


@pytest.fixture
def poor(tmp_path: Path) -> Path:
    """A path with nothing in it but what a shell script can't do without."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sort", "ls", "id"):
        (folder / name).symlink_to(shutil.which(name) or "")
    return folder


def test_a_machine_without_python_is_told_what_to_install(poor: Path, tmp_path: Path) -> None:
    done = set_up(poor, tmp_path / "venv")
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_too_old_is_passed_over(poor: Path, tmp_path: Path) -> None:
    (poor / "python3").write_text("#!/bin/sh\nexit 0\n")
    (poor / "python3").chmod(0o755)
    assert "none was found" in set_up(poor, tmp_path / "venv").stderr


def test_a_python_without_its_venv_is_told_which_package(poor: Path, tmp_path: Path) -> None:
    script = f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n'
    (poor / "python3").write_text(script)
    (poor / "python3").chmod(0o755)
    # the interpreter that is found is the one behind this script: it, too, must be without
    shim = poor / "real"
    shim.write_text(script)
    shim.chmod(0o755)
    script = script.replace("esac\n", f"*sys.executable*) echo {shim}; exit 0;; esac\n")
    (poor / "python3").write_text(script)
    done = set_up(poor, tmp_path / "venv")
    assert done.returncode == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"sudo apt-get install python{version}-venv" in done.stderr
