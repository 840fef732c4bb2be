# Everything a newcomer needs: `make demo` and `make test`. Both set up what is missing.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CHECKS := $(VENV)/.checks-ready

.PHONY: demo test cluster lint quality speed train lock clean help

help:
	@echo "make demo     read the two bundled examples and write their dossiers to demo/"
	@echo "make test     every check: lint, types, import contract, tests"
	@echo "make cluster  the tests that need Daft and Ray: installs the extra (300 MB), two minutes"
	@echo "make lint     ruff, mypy --strict, import contract"
	@echo "make quality  figures against the stored floors (needs ../shared)"
	@echo "make speed    words a second and memory"
	@echo "make train    rebuild the reader's weights from ../shared/data (about an hour)"
	@echo "make lock     renew the lock file"

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("evenhand needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV) || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -y -q python3-venv && $(PYTHON) -m venv $(VENV); }

$(READY): $(BIN)/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(CHECKS): $(READY) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@command -v chromium >/dev/null || if [ "$$(id -u)" = 0 ]; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-noto-core; \
	else echo "chromium is not installed: the page tests will be skipped (apt install chromium fonts-noto-core)"; fi
	@[ -d /usr/lib/postgresql ] || if [ "$$(id -u)" = 0 ]; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql; \
	else echo "PostgreSQL is not installed: its tests will be skipped (apt install postgresql)"; fi
	@command -v jq >/dev/null && command -v openssl >/dev/null || if [ "$$(id -u)" = 0 ]; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends jq openssl unzip; \
	else echo "jq or openssl is not installed: the tests of docs/custody.md will be skipped (apt install jq openssl)"; fi
	@# followthemoney needs ICU's headers to build; without it its test is skipped with the reason
	@$(BIN)/python -c "import followthemoney" 2>/dev/null || { \
	  [ "$$(id -u)" != 0 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libicu-dev pkg-config g++ python3-dev >/dev/null 2>&1 || true; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check 'followthemoney>=4,<5' >/dev/null 2>&1 || echo "followthemoney cannot be built here: its test will be skipped"; }
	@touch $@

demo: $(READY)
	$(BIN)/evenhand assess examples/tass/seed.txt -o demo/tass
	$(BIN)/evenhand assess examples/varda/reports --case examples/varda/case.toml -o demo/varda

lint: $(CHECKS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n 2 -q

cluster: $(CHECKS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cluster]'
	$(BIN)/python -m pytest -q tests/contract/test_cluster_engine.py tests/dossier/test_columns.py

quality: $(CHECKS)
	$(BIN)/python -m benchmarks.quality

speed: $(READY)
	$(BIN)/python -m benchmarks.speed $(if $(TABLE),--table $(TABLE) --reports 150)

train: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/evenhand train ../shared/data -o training/weights

lock: $(CHECKS)
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
