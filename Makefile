# Goldenthread. `make run` serves the product with its demonstration council; `make test` runs every test.
# Both set up everything they need first, and both are safe to repeat.

VENV    := .venv
BIN     := $(VENV)/bin
PORT    ?= 8000
PYTHON  ?= python3
export UV_LINK_MODE := copy

.PHONY: run test check bench bench-scale docs pictures lock clean

# --- set-up: the lock files are the only truth about what is installed ---------------------------------

$(VENV)/ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement bootstrap.lock
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

node_modules/ready: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

build/static/ready: $(VENV)/ready node_modules/ready $(shell find goldenthread -path '*/static/*' -type f)
	$(BIN)/goldenthread assets
	touch $@

# --- the two commands ----------------------------------------------------------------------------------

run: build/static/ready
	$(BIN)/goldenthread serve --demonstration --port $(PORT)

test: build/static/ready
	$(BIN)/python -m tests.run

# --- for developers ------------------------------------------------------------------------------------

check: build/static/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy goldenthread
	$(BIN)/goldenthread docs --check
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not browser and not slow"

bench: build/static/ready
	$(BIN)/python -m bench

bench-scale: build/static/ready
	$(BIN)/python -m bench scale

docs: $(VENV)/ready
	$(BIN)/goldenthread docs

pictures: build/static/ready
	PICTURES=docs/pictures $(BIN)/pytest -q tests/journeys/test_planning_the_year.py

lock:
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --group dev pyproject.toml -o requirements.lock
	npm install --package-lock-only --ignore-scripts

clean:
	rm -rf $(VENV) node_modules build
