# make run: everything from nothing to a running site. make test: the same for the tests.
# make run GUIDE=my-guide.md: the same with your own guide in place of the one that ships.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.PHONY: run test browser lint types fmt bench clean

run: $(VENV)/.runtime
	@GUIDE_DEBUG=on $(MANAGE) migrate --verbosity 0
	@GUIDE_DEBUG=on $(MANAGE) $(if $(GUIDE),import_guide --if-empty "$(GUIDE)",load_guide)
	@GUIDE_DEBUG=on $(MANAGE) demo_accounts
	@echo "The guide is at http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@GUIDE_DEBUG=on $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

test: $(VENV)/.development
	$(BIN)/python -m pytest -n 2

browser: $(VENV)/.development
	$(BIN)/python -m pytest -m browser tests/browser

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	GUIDE_DEBUG=on $(MANAGE) makemigrations --check --dry-run

types: $(VENV)/.development
	$(BIN)/mypy

fmt: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.merge_quality

clean:
	rm -rf $(VENV) staticfiles *.sqlite3.test*

$(VENV)/.runtime: requirements.txt constraints.txt
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing: on Debian, apt install python3-venv"; exit 1; }
	@echo "Installing what the site needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
