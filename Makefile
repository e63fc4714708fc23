# make run    the shop on this machine, with demonstration goods     make run PORT=8080
# make test   the whole suite                                        make check   what CI checks before it
PORT ?= 8000
PYTHON ?= python3
ARGS ?=
PY := .venv/bin/python

.PHONY: run test check format clean messages lock

run: .venv/.run
	@$(PY) -m config.start --port $(PORT)

test: .venv/.dev
	@$(PY) -m tests.run $(ARGS)

check: .venv/.dev
	@$(PY) -m tests.check

format: .venv/.dev
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix . && $(PY) -m djlint --reformat --quiet templates

# Collects new words and writes the compiled catalogues (needs GNU gettext).
messages: .venv/.dev
	@$(PY) -m tests.messages

.venv/.run: requirements.lock
	@$(PYTHON) config/setup.py requirements.lock .venv/.run

.venv/.dev: requirements-dev.lock
	@$(PYTHON) config/setup.py requirements-dev.lock .venv/.dev
	@touch .venv/.run

# Rewrites the lock files; needs uv.
lock:
	@for pair in "requirements.lock:" "requirements-prod.lock:--extra prod" "requirements-dev.lock:--group dev" \
	  "requirements-ci.lock:--extra prod --group dev"; do \
	  uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	    -q $${pair#*:} pyproject.toml -o $${pair%%:*}; done

clean:
	rm -rf .venv staticfiles .pytest_cache .ruff_cache
