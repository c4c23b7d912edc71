# The one runner. `make demo` and `make test` set up what they need in .venv from hash-pinned locks.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: demo test lint types unit crash replay lock bench bench-crawl bench-extract bench-update bench-verify \
	fuzz test-wordpress schema clean

demo: .venv/run.stamp            ## crawl the bundled site and show what was made
	$(BIN)/eafarchive demo

test: lint types unit            ## everything CI checks

lint: .venv/dev.stamp            ## style and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/dev.stamp           ## mypy --strict
	$(BIN)/mypy

unit: .venv/dev.stamp            ## the tests
	$(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

crash: .venv/dev.stamp           ## crawls stopped at every point (POINTS=200 SEED=5, or POINT=kill@any:17)
	PYTHONPATH=tests $(BIN)/python tests/crash $(if $(POINTS),--points $(POINTS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(SCENE),--scene $(SCENE)) $(if $(ONLY),--only '$(ONLY)') $(if $(POINT),--point '$(POINT)')

replay: .venv/dev.stamp .venv-replay/stamp   ## the archive replayed by pywb
	REPLAY_PYTHON=.venv-replay/bin/python $(BIN)/pytest tests/replay $(ARGS)

FUZZED := http1_messages content_codings leads robots urls members strict_check foreign_archives \
	profiles pages records words
SECONDS ?= 600

fuzz: .venv-fuzz/stamp           ## coverage-guided fuzzing, SECONDS in all; finds are in fuzz-findings/
	mkdir -p fuzz-findings
	failed=; for target in $(FUZZED); do \
		PYTHONPATH=tests nice .venv-fuzz/bin/python tests/fuzz/campaign.py $$target \
			$$(( $(SECONDS) / $(words $(FUZZED)) )) fuzz-findings 2>&1 \
			| tee fuzz-findings/$$target.log | grep -E "^stat::number|Error|ERROR|Done|Test unit" ; \
		grep -q "^stat::number" fuzz-findings/$$target.log || failed="$$failed $$target"; \
		test -z "$$(find fuzz-findings -maxdepth 1 -name "$$target-*")" || failed="$$failed $$target"; \
	done; test -z "$$failed" || { echo "broken promises, or not run:$$failed, see fuzz-findings/"; exit 1; }

test-wordpress: .venv/dev.stamp  ## a real WordPress crawled (needs Debian's, see tests/wordpress)
	WORDPRESS=$${WORDPRESS:-wanted} $(BIN)/pytest tests/wordpress $(ARGS)

bench: .venv/dev.stamp           ## what keeping the parser in check costs
	$(BIN)/python bench/sandbox.py

bench-extract: .venv-bench/stamp ## extraction beside trafilatura and resiliparse (DATA=folder)
	.venv-bench/bin/python bench/extract.py $(DATA) $(ARGS)

bench-crawl: .venv/run.stamp     ## pages a second beside wget (needs nginx and wget)
	$(BIN)/python bench/crawl.py $(ARGS)

bench-verify: .venv/dev.stamp    ## the strict check beside warcio, FastWARC and gzip
	$(BIN)/python bench/verify.py

bench-update: .venv/run.stamp    ## a run with nothing new beside wget and HTTrack (needs nginx, both)
	$(BIN)/python bench/update.py $(ARGS)

schema: .venv/run.stamp          ## the JSON Schema of records, generated from the type
	$(BIN)/python -c "import sys; from eafarchive.record import encode_schema; \
		sys.stdout.buffer.write(encode_schema())" > src/eafarchive/schema/article-1.json

lock:                            ## resolve the locks anew (needs uv)
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header \
		--group pyproject.toml:build pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header \
		--group pyproject.toml:build --group pyproject.toml:dev pyproject.toml \
		-c requirements/run.txt -o requirements/dev.txt
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header \
		requirements/replay.in -o requirements/replay.txt
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header \
		requirements/bench.in -c requirements/run.txt -o requirements/bench.txt
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header \
		requirements/fuzz.in -c requirements/run.txt -o requirements/fuzz.txt

clean:
	rm -rf .venv .venv-bench .venv-replay .venv-fuzz fuzz-findings demo-archive build dist

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

.venv-replay/stamp: requirements/replay.txt
	$(PYTHON) -m venv .venv-replay
	.venv-replay/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements/replay.txt
	touch $@

.venv-fuzz/stamp: requirements/fuzz.txt requirements/run.txt
	$(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements/run.txt
	.venv-fuzz/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements/fuzz.txt
	.venv-fuzz/bin/pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
	touch $@

.venv-bench/stamp: requirements/bench.txt requirements/run.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements/run.txt
	.venv-bench/bin/pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r requirements/bench.txt
	.venv-bench/bin/pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
	touch $@
