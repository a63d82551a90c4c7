# Every target sets itself up; `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
PYTHON_HERE := $(VENV)/bin/python
READY := $(VENV)/.ready
CATALOGUES := $(VENV)/.catalogues
SCREEN := $(DISPLAY)$(WAYLAND_DISPLAY)
# what the machine offers, never more than four: each process holds a Qt and an encrypted store
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$$n" -gt 4 ] && n=4; echo "$$n")
BENCH ?= fast
DEMO := demo-out
TESTS ?=
COMPILE := --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

.PHONY: help prepare setup run demo test soak check bench bench-sync lock build clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 18

setup: prepare ## virtual environment with pinned dependencies, libraries for Qt; leaves .venv/bin/waslctl
	@$(PYTHON_HERE) -m tools.system window

prepare: $(READY) $(CATALOGUES)

$(READY): requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh $(VENV)
	@touch $@

$(CATALOGUES): $(READY) $(wildcard translations/*/LC_MESSAGES/wasl.po)
	@$(PYTHON_HERE) -m tools.catalogues compile
	@touch $@

run: prepare ## open Wasl; without a screen, log visits on a demo hub and leave pictures in demo-out/
ifneq ($(SCREEN),)
	@$(PYTHON_HERE) -m tools.system window screen
	@$(PYTHON_HERE) -m ui
else
	@$(PYTHON_HERE) -m tools.system window
	@QT_QPA_PLATFORM=offscreen $(PYTHON_HERE) -m ui.tour $(DEMO)
endif

demo: prepare ## make the invented hub of Rabat in demo-out/hub and open it where there is a screen
	@[ -e $(DEMO)/hub/rabat/keyring.json ] || $(VENV)/bin/waslctl --data $(DEMO)/hub demo --hubs rabat
ifneq ($(SCREEN),)
	@$(PYTHON_HERE) -m tools.system window screen
	@$(PYTHON_HERE) -m ui --data $(DEMO)/hub/rabat
endif

test: prepare ## the whole suite, in random order; TESTS=path for a part of it
	@$(PYTHON_HERE) -m tools.system window tests
	@$(PYTHON_HERE) -m pytest -n $(JOBS) $(TESTS)

soak: prepare ## the tests that run long, with their seeds and figures; TESTS=path, and see tests/soak.py
	@$(PYTHON_HERE) -m tools.system window tests
	@seed=$${WASL_SEED:-$$(date +%s)}; echo "WASL_SEED=$$seed repeats this run"; \
	    WASL_SEED=$$seed $(PYTHON_HERE) -m pytest -m soak --timeout=0 --durations=0 --hypothesis-seed=$$seed $(TESTS)

check: prepare ## style, types, the dependency rule, catalogues
	@$(PYTHON_HERE) -m tools.system window
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(PYTHON_HERE) -m tools.catalogues check

bench: prepare ## measure, tables into bench-out/; BENCH=full takes longer and goes further
	@$(PYTHON_HERE) -m tools.system window
	@$(PYTHON_HERE) -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-bench.lock || \
	    echo "The matchers to compare with could not be installed; the others are measured without them." >&2
	@QT_QPA_PLATFORM=offscreen $(PYTHON_HERE) -m tools.bench $(BENCH)

bench-sync: prepare ## race the exchange of records with what others offer; BENCH=full with 30,000 people too
	@$(PYTHON_HERE) -m tools.system window
	@$(PYTHON_HERE) -m tests.benchmarks.sync_race.install
	@$(PYTHON_HERE) -m tests.benchmarks.sync_race $(BENCH)

lock: prepare
	@command -v uv >/dev/null || { echo "Writing the lock files needs uv: pip install uv" >&2; exit 1; }
	uv pip compile $(COMPILE) --extra dev --extra build --extra sign -o requirements.lock pyproject.toml
	uv pip compile $(COMPILE) --extra bench -c requirements.lock -o requirements-bench.lock pyproject.toml

build: prepare ## a folder dist/wasl that starts without Python; checked by starting it
	@$(PYTHON_HERE) -m tools.system window build
	@$(PYTHON_HERE) -m PyInstaller --noconfirm --log-level WARN build.spec
	@$(PYTHON_HERE) -m tools.try_build dist/wasl

clean: ## remove what was made, except the virtual environment
	rm -rf build dist $(DEMO) bench-out .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
	rm -f translations/*/LC_MESSAGES/*.mo $(CATALOGUES)
