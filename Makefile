PYTHON ?= python3
BIN := .venv/bin
FOLDER ?= questionnaires/early_help
ADDRESS ?= 127.0.0.1:8000
SURVEY := early-help-2015
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm
ASSETS := surveyapp/static/govuk/govuk-frontend.min.css

.DEFAULT_GOAL := help
.PHONY: help demo test review bench lint format lock

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

demo: $(BIN)/.ready $(ASSETS) ## Load the example region, write build/review.docx, serve the app on 127.0.0.1:8000
	$(BIN)/flask --app wsgi db upgrade
	$(BIN)/flask --app wsgi survey load-example $(FOLDER)
	$(BIN)/flask --app wsgi review build $(SURVEY)
	mkdir -p build && cp instance/review.docx build/review.docx
	@echo
	@echo "Open http://$(ADDRESS) to see the survey. To sign in as each kind of person:"
	@echo
	@DEMO=1 SERVICE_URL=http://$(ADDRESS) $(BIN)/flask --app wsgi demo links
	@echo
	@echo "The review is also in build/review.docx. Press Ctrl+C to stop."
	@echo
	@DEMO=1 $(BIN)/flask --app wsgi jobs run --workers 1 & worker=$$!; \
	trap 'kill $$worker' EXIT INT TERM; \
	DEMO=1 SERVICE_URL=http://$(ADDRESS) $(BIN)/gunicorn --bind $(ADDRESS) --worker-class gthread --workers 2 --threads 2 --no-control-socket wsgi:app

test: $(BIN)/.ready-dev $(ASSETS) ## Run every check: lint, types, import contracts and tests
	bash .ci/packages
	$(MAKE) lint
	$(BIN)/python -m pytest -n logical --dist loadfile --no-loadscope-reorder

review: $(BIN)/.ready ## Write build/review.docx from RESPONSES=file.csv
	@test -n "$(RESPONSES)" || { echo "Say which file: make review RESPONSES=file.csv" >&2; exit 2; }
	$(BIN)/python -m synthesis review "$(RESPONSES)" --codebook $(FOLDER)/codebook.toml \
		--outline $(FOLDER)/review.toml -o build/review.docx
	@echo "The review is in build/review.docx."

bench: $(BIN)/.ready-dev ## Measure what it costs, each figure beside a named reference
	$(BIN)/python -m benchmarks

lint: $(BIN)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint surveyapp
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(BIN)/.ready-dev ## Put the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## Pin every library again, with hashes and no address
	bash .ci/lock

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with make PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv .venv

$(BIN)/.ready: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

$(BIN)/.ready-dev: requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $@ $(BIN)/.ready

# npm brings GOV.UK Frontend; where it is missing, a wheel brings npm.
$(ASSETS): package.json package-lock.json assets.mjs | $(BIN)/python
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-node.lock
	$(NPM) ci --silent
	$(NPM) run --silent assets
	touch $@
