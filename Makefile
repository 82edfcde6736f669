# Everything a person does with this checkout; needs make and Python 3.11 or newer, nothing else.
# `make` alone lists the targets. Another Python: make PYTHON=python3.13 test

PYTHON ?= python3
JOBS ?= 2
BIN := .venv/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-deep lint reference goldens bench wheel lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-18s %s\n", $$1, $$2 }'

demo: .venv/ready ## score the example fund into demo/ and explain one of its scores
	$(BIN)/jixiao evaluate examples/bazhou-2024 --out demo
	$(BIN)/jixiao explain examples/bazhou-2024 C203

test: lint ## check and test; what every change has to pass
	$(BIN)/pytest -n $(JOBS) -m "not deep"

test-deep: lint ## all tests, with many more random examples
	$(BIN)/pytest -n $(JOBS) --hypothesis-profile=deep

lint: .venv/ready ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src/jixiao $(wildcard tools/*.py)
	$(BIN)/lint-imports

reference: .venv/ready ## print the reference pages from the code
	$(BIN)/python tools/reference.py

goldens: .venv/ready ## rewrite the golden files; read the difference before you commit it
	$(BIN)/pytest --goldens

bench: .venv/ready ## run every benchmark; each prints a table
	@for file in $(sort $(wildcard benchmarks/[!_]*.py)); do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

wheel: .venv/ready ## build dist/jixiao-*.whl, offline
	rm -rf build dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist
	@$(BIN)/python -m zipfile -e dist/*.whl build/unpacked
	@diff -rq -x __pycache__ src/jixiao build/unpacked/jixiao || { \
		rm -rf build; echo "the wheel lacks these files: name their kind under package-data in pyproject.toml" >&2; exit 1; }
	rm -rf build

# Keeps the pins that still fit; `make lock UPGRADE=1` takes the newest of everything.
lock: .venv-lock/ready ## pin requirements/*.in anew in requirements/*.txt
	cd requirements && for name in run test lock; do \
		case $$name in test) run="-c run.txt" ;; *) run="" ;; esac; \
		../.venv-lock/bin/uv pip compile $$name.in $$run -o $$name.txt --quiet --no-config \
			--universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) || exit 1; \
	done

clean: ## remove whatever make has built
	rm -rf .venv .venv-lock build demo dist src/*.egg-info
	rm -rf .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache htmlcov

# New pins make a new environment, so that what was dropped is gone.
.venv/packages: requirements/test.txt
	$(call environment,.venv,test)

.venv/ready: .venv/packages pyproject.toml requirements/run.in
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv-lock/ready: requirements/lock.txt
	$(call environment,.venv-lock,lock)

# $(call environment,FOLDER,NAME): a new environment holding exactly requirements/NAME.txt
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "jixiao needs Python 3.11 or newer, and $(PYTHON) is not: name one, as in  make PYTHON=python3.12 $(MAKECMDGOALS)"; \
	echo "jixiao 需要 Python 3.11 或更高版本，$(PYTHON) 不符合：请指定，例如  make PYTHON=python3.12 $(MAKECMDGOALS)"; \
	exit 1; } >&2
$(PYTHON) -m venv --clear $(1)
$(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(2).txt
@touch $@
endef
