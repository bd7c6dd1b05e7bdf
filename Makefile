# Dragoman: `make run` to try it, `make test` to trust it. See README.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

HOST ?= 127.0.0.1
PORT ?= 8080
DATA_DIR ?= data
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What the editable install's metadata and build hook depend on.
PROJECT := pyproject.toml hatch_build.py
CATALOGUES := $(wildcard locales/*/LC_MESSAGES/*.po locales/*.pot locales/*.py locales/cataloguing/*.py)
JSON_STAMP := $(VENV)/.catalogues

.PHONY: run serve test lint types unit integration e2e bench messages lock image clean dev

run: $(VENV)/.installed $(JSON_STAMP)
	@exec $(BIN)/dragoman demo --host "$(HOST)" --port "$(PORT)" --data-dir "$(DATA_DIR)"

serve: $(VENV)/.installed $(JSON_STAMP)
	@exec $(BIN)/dragoman serve --host "$(HOST)" --port "$(PORT)" --data-dir "$(DATA_DIR)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Dragoman needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 " ) if sys.version_info < (3, 11) else None'
	@echo "Making the virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/build.lock $(PROJECT) | $(BIN)/python
	@echo "Installing Dragoman (about 350 MB on disk) …"
	@$(PIP) install --require-hashes -r requirements/build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(JSON_STAMP): $(CATALOGUES) | $(VENV)/.installed
	@$(BIN)/python locales/catalogues.py compile
	@touch $@

$(VENV)/.dev: requirements/dev.lock | $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

node_modules/.installed: package.json package-lock.json
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

dev: $(VENV)/.installed $(VENV)/.dev $(JSON_STAMP)

test: dev
	@tests/run

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python locales/catalogues.py check

types: dev node_modules/.installed
	$(BIN)/mypy
	npx --no-install tsc --noEmit

unit: dev
	$(BIN)/python -m pytest tests/unit

integration: dev
	$(BIN)/python -m pytest tests/integration tests/chaos

e2e: dev
	$(BIN)/python -m pytest tests/e2e

bench: dev
	$(BIN)/python -m tests.load.bench

messages: dev
	$(BIN)/python locales/catalogues.py extract
	$(BIN)/python locales/catalogues.py update
	$(BIN)/python locales/catalogues.py compile
	$(BIN)/python locales/catalogues.py check

PIP_COMPILE = $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header

lock: $(VENV)/.dev
	$(PIP_COMPILE) -o requirements/run.lock --extra redis pyproject.toml
	$(PIP_COMPILE) -o requirements/build.lock --extra build -c requirements/run.lock pyproject.toml
	$(PIP_COMPILE) -o requirements/dev.lock --extra redis --extra build --extra dev -c requirements/run.lock pyproject.toml
	npm install --package-lock-only --omit-lockfile-registry-resolved

image:
	docker build -f docker/Dockerfile -t dragoman \
	  --build-arg VERSION="$$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)" \
	  --build-arg REVISION="$$(git rev-parse HEAD)" .

clean:
	rm -rf $(VENV) node_modules dist build .mypy_cache .ruff_cache .hypothesis test-artifacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
