# make run    set up .venv from the lock, then run the demo      (ARGS="--scenario game-night")
#             EXTRAS=media also hears and sees calls: 700 MB more
#             EXTRAS=languages judges texts of many languages: 90 MB more
# make test   set up the test extras, then every check and test  (ARGS="-k transcript")
# make fuzz   the property tests alone, with many more examples  (ARGS="-k folding")
# make drills shifts faster than life, killed engines, presses, the built program  (ARGS="-k raid")
# make chaos  thousands of faults, and what the program promises meanwhile  (ARGS="--seed 7")
# make bench  benchmarks, ratios against a baseline in the same run
# make deepgram  the environment of Deepgram's speech plugin, in .venv-deepgram: 500 MB
# make lock   resolve the locks anew (needs uv)

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
EXTRAS ?=
RUN_LOCKS_ := packaging/requirements.lock packaging/requirements-media.lock packaging/requirements-languages.lock
RUN_LOCKS_media := packaging/requirements-media.lock
RUN_LOCKS_languages := packaging/requirements-languages.lock

# What the checks say, shown after the tests: the two run beside each other.
CHECKED := .mypy_cache/checks.txt
PYTEST := $(BIN)/pytest --numprocesses=auto --maxprocesses=8 --dist=worksteal

.PHONY: run test set-up-tests checks tests fuzz drills chaos bench deepgram format lock clean check-python

run: check-python
	@PYTHON="$(PYTHON)" sh packaging/set-up.sh $(VENV) $(or $(RUN_LOCKS_$(EXTRAS)),$(error There is no extra "$(EXTRAS)"; there are media and languages)) \
	  packaging/requirements-test.lock packaging/requirements-bench.lock
	$(BIN)/moderator-console demo $(ARGS)

test: set-up-tests
	@$(MAKE) --no-print-directory --keep-going --jobs=2 checks tests || \
	  { [ ! -f $(CHECKED) ] || cat $(CHECKED); exit 1; }

set-up-tests: check-python
	@PYTHON="$(PYTHON)" sh packaging/set-up.sh $(VENV) packaging/requirements-test.lock packaging/requirements-bench.lock

checks:
	@mkdir -p $(dir $(CHECKED))
	@{ $(BIN)/ruff format --check . && $(BIN)/ruff check . && \
	  $(BIN)/lint-imports --no-cache && $(BIN)/mypy; } > $(CHECKED) 2>&1
	@rm $(CHECKED)

tests:
	@$(PYTEST) $(ARGS)

fuzz: set-up-tests
	@$(PYTEST) -m hypothesis --hypothesis-profile=fuzz --timeout=0 $(ARGS)

drills: set-up-tests
	@$(BIN)/pytest --verbose tests/system/drills tests/ui/drills $(ARGS)

chaos: set-up-tests
	@$(BIN)/python -m tests.chaos $(ARGS)

bench: check-python
	@PYTHON="$(PYTHON)" sh packaging/set-up.sh $(VENV) packaging/requirements-bench.lock
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps \
	  -r packaging/requirements-bench-data.lock
	$(BIN)/python -m tests.benchmarks $(ARGS)

# Nothing of this project is in it; resources/speech-plugin/plugin_runner.py runs there by its path.
deepgram: check-python
	"$(PYTHON)" -m venv .venv-deepgram
	.venv-deepgram/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	  -r packaging/requirements-deepgram.lock

# The same tools as in `make test`, one at a time.
format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --no-header

lock:
	$(COMPILE) --extra models --extra sound pyproject.toml packaging/build.in --output-file packaging/requirements.lock
	$(COMPILE) --extra media --extra sound pyproject.toml packaging/build.in \
	  --constraint packaging/requirements.lock --output-file packaging/requirements-media.lock
	$(COMPILE) --extra languages --extra sound pyproject.toml packaging/build.in \
	  --constraint packaging/requirements-media.lock --output-file packaging/requirements-languages.lock
	$(COMPILE) --extra media --extra languages --extra sound --extra test pyproject.toml packaging/build.in \
	  --constraint packaging/requirements-media.lock --output-file packaging/requirements-test.lock
	$(COMPILE) --extra media --extra languages --extra sound --extra test pyproject.toml packaging/build.in packaging/bench.in \
	  --constraint packaging/requirements-test.lock --output-file packaging/requirements-bench.lock
	$(COMPILE) packaging/deepgram.in --output-file packaging/requirements-deepgram.lock
	$(COMPILE) --no-deps packaging/bench-data.in --output-file packaging/requirements-bench-data.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache

check-python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found."; \
	  echo "On Debian: apt-get install python3 python3-venv"; exit 1; }
