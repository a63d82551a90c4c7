#!/bin/sh
# Make the virtual environment named as the first argument, or bring it up to requirements.lock.
set -eu
venv=$1
oldest="3.11"

say() { printf '%s\n' "$*" >&2; }

# The real interpreter behind a command (a shim included), when it is new enough for Wasl.
interpreter() {
    "$1" -c 'import sys
if (3, 11) <= sys.version_info < (3, 15): print(sys.executable)' 2>/dev/null </dev/null
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null </dev/null; }

# Newest first wherever it stands in the path; then interpreters that a version manager keeps out of it.
candidates() {
    printf '%s\n' "${PYTHON:-}"
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        (
            IFS=:
            for folder in $PATH; do
                [ ! -x "$folder/$name" ] || printf '%s\n' "$folder/$name"
            done
        )
    done
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1-4].*/bin/python3 2>/dev/null | sort -rV || true
}

# Says which interpreter to use. Fails with one that can't make virtual environments, or with nothing.
find_python() {
    candidates | {
        incomplete=""
        while IFS= read -r candidate; do
            found=$(interpreter "$candidate") || continue
            [ -n "$found" ] || continue
            if can_make_venv "$found"; then
                printf '%s\n' "$found"
                exit 0
            fi
            incomplete=${incomplete:-$found}
        done
        printf '%s\n' "$incomplete"
        exit 1
    }
}

# Debian ships Python without the part that makes virtual environments.
add_venv_module() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    if command -v apt-get >/dev/null 2>&1 && $as_root true 2>/dev/null; then
        say "Installing python${version}-venv …"
        $as_root apt-get update -qq </dev/null || true
        if $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "python${version}-venv" </dev/null >/dev/null && can_make_venv "$1"; then
            return 0
        fi
    fi
    say "$1 can't make virtual environments: its modules venv and ensurepip are missing."
    say "On Debian or Ubuntu type:  sudo apt-get install python${version}-venv"
    return 1
}

if ! "$venv/bin/python" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 15)))' 2>/dev/null </dev/null ||
    ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 </dev/null; then
    python=$(find_python) || {
        if [ -z "$python" ]; then
            say "Wasl needs Python $oldest to 3.14, and none was found here."
            say "On Debian or Ubuntu type:  sudo apt-get install python3 python3-venv"
            say "If it stands elsewhere, name it:  make setup PYTHON=/where/python3"
            exit 1
        fi
        add_venv_module "$python" || exit 1
    }
    say "Making $venv with $("$python" --version) …"
    "$python" -m venv --clear "$venv" </dev/null
fi

say "Installing the pinned dependencies …"
pip() { PYTHONWARNINGS=ignore "$venv/bin/python" -m pip --disable-pip-version-check --no-input install --quiet "$@" </dev/null; }
if [ "$(id -u)" = 0 ]; then export PIP_ROOT_USER_ACTION=ignore; fi
pip --require-hashes -r requirements.lock
pip --no-deps --no-build-isolation -e .
