# The seven verbs of CONTRIBUTING.md. ARGS goes to pytest or to the bench:  make test ARGS='-m "not slow"'
BIN ?= .venv/bin
ARGS ?=

.PHONY: setup test check golden pictures catalogue bench

setup:
	python3 -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .

test:
	$(BIN)/python -m pytest $(ARGS)

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

golden:
	POWERHOUR_GOLDEN=write $(BIN)/python -m pytest tests/screens/test_golden.py tests/practice/test_fortnight.py $(ARGS)

pictures:
	$(BIN)/python -m docs.make_pictures $(ARGS)

catalogue:
	$(BIN)/python -m docs.make_catalogue

bench:
	$(BIN)/python -m bench $(ARGS)
