# `make help` lists what there is. `make run` is everything from nothing to a running site, and
# `make test` is the same for the tests: neither needs anything done before.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
NEXT := .venv-django61
NODE := .ci/scripts/node_modules
BIN := $(VENV)/bin
MANAGE := GUIDE_DEBUG=on $(BIN)/python manage.py
# Two processes; tests of one file stay together, because many share what they start from.
IN_TWO := -m pytest -n 2 --dist loadfile --no-loadscope-reorder
PIP_INSTALL := pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes

# Where this is set, each process would compile the whole program for itself.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run dev data test test-django61 corpus fuzz coverage browser lint types scripts fmt bench audit lock upgrade clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "Times are for two cores, fast and slow ones. They leave out the first installation of libraries (1 min)."

run: data ## the site with its demo accounts (10 s; PORT=8080 for another port, GUIDE=FILE for your own guide)
	@echo "The guide is at http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

dev: data ## the same for development: reloads Python and templates when you save them, caches no page (10 s)
	@echo "The guide is at http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@GUIDE_PAGE_CACHE=off $(MANAGE) runserver 127.0.0.1:$(PORT)

data: $(VENV)/.runtime
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) $(if $(GUIDE),import_guide --if-empty "$(GUIDE)",load_guide)
	@$(MANAGE) demo_accounts

test: $(VENV)/.development ## the suite, without a browser (4 to 8 min; MARKS=… for pytest -m)
	$(BIN)/python $(IN_TWO) $(if $(MARKS),-m "$(MARKS)")

test-django61: $(NEXT)/.ready ## the suite on Django 6.1, in a virtual environment with Python 3.12 or 3.13 (4 to 8 min)
	GUIDE_DEBUG=on $(NEXT)/bin/python manage.py makemigrations --check --dry-run
	$(NEXT)/bin/python $(IN_TWO)

corpus: $(VENV)/.development ## the tests that read ../shared/corpus and ../shared/hostile, which a clone does not have (1 to 3 min)
	$(BIN)/python -m pytest -m corpus

fuzz: $(VENV)/.development ## property tests with 10,000 random examples each, on the database of DATABASE_URL (1 to 2 h)
	$(BIN)/python $(IN_TWO) -m fuzz --hypothesis-profile=nightly

coverage: $(VENV)/.development ## the suite with a report of the lines and branches that it misses (8 to 16 min)
	$(BIN)/python $(IN_TWO) --cov --cov-report=term:skip-covered --cov-report=json
	$(BIN)/python -m tests.coverage_floor

browser: $(VENV)/.development ## the tests in a real Chromium, which must be installed (5 to 11 min)
	$(BIN)/python $(IN_TWO) -m browser tests/browser

lint: $(VENV)/.development ## style, format, templates, forgotten migrations (10 s)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(MANAGE) makemigrations --check --dry-run

types: $(VENV)/.development ## types, checked by mypy (15 s; 1 min the first time)
	$(BIN)/mypy

scripts: $(NODE)/.ready ## types of the scripts in static/js, checked by TypeScript (5 s; needs Node.js and npm)
	$(NODE)/.bin/tsc --project .ci/scripts

fmt: $(VENV)/.development ## corrects style and format where that is safe (1 s)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development ## measures pages, merges, imports and searches (5 to 8 min)
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.merge_quality

audit: $(VENV)/.development ## looks up known vulnerabilities of the locked libraries (needs the internet)
	$(BIN)/uvx pip-audit@2.10.1 --strict --require-hashes --disable-pip --requirement requirements-dev.txt

lock: $(VENV)/.development ## writes requirements*.txt from requirements*.in, keeping versions where it can (5 s)
	$(COMPILE) --python-version 3.11 requirements.in -o requirements.txt
	$(COMPILE) --python-version 3.11 -c requirements.txt requirements-dev.in -o requirements-dev.txt
	$(COMPILE) --python-version 3.12 --no-deps requirements-django61.in -o requirements-django61.txt

upgrade: ## the same with the newest versions of everything (10 s)
	@$(MAKE) --no-print-directory lock COMPILE="$(COMPILE) --upgrade"

clean: ## removes the virtual environments and what tests leave behind; keeps the database
	rm -rf $(VENV) $(NEXT) $(NODE) staticfiles *.sqlite3.test* .coverage coverage.json htmlcov

$(VENV)/.runtime: requirements.txt
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing: on Debian, apt install python3-venv"; exit 1; }
	@echo "Installing what the site needs …"
	@$(BIN)/$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need …"
	@$(BIN)/$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

$(NODE)/.ready: .ci/scripts/package.json .ci/scripts/package-lock.json
	@echo "Installing TypeScript …"
	@npm ci --prefix .ci/scripts --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

$(NEXT)/.ready: requirements-dev.txt requirements-django61.txt
	@python="$${NEWER_PYTHON:-$$(.ci/newer-python)}" && "$$python" -m venv --clear $(NEXT) || \
	  { echo "Django 6.1 needs Python 3.12 or 3.13, and none was found."; exit 1; }
	@echo "Installing Django 6.1 and what the tests need …"
	@$(NEXT)/bin/$(PIP_INSTALL) -r requirements-dev.txt
	@$(NEXT)/bin/$(PIP_INSTALL) --no-deps -r requirements-django61.txt
	@$(NEXT)/bin/pip check --quiet
	@touch $@
