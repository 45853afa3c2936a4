# `make` explains itself: every target that has a ## comment is listed.
# The distribution's own first: it is compiled with profile and link-time optimisation, a Python of pyenv is not.
PYTHON ?= $(shell for each in /usr/bin/python3.11 python3.11 python3; do \
	$$each -c 'import ensurepip, venv' 2>/dev/null && command -v $$each && break; done)
PORT ?= 8000
BIN := .venv/bin
NEEDS_PYTHON = $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	|| { echo "Python 3.11 is missing: install it, or name it with make PYTHON=/path/to/python3.11"; exit 1; }
export PORT

.DEFAULT_GOAL := help
.PHONY: help venv run reset sweep totp test e2e check package deploy replay bench fuzz soak-accuse procedures openapi coverage \
	soak-traces soak-deadlines soak-orders soak-zones soak-tamper soak-notices soak-silent reliability soak-store \
	soak-kill soak-catchup soak-iam torture soak-torture year

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: .venv/.stamp .venv-local/.stamp ## Create both virtual environments

.venv/.stamp: requirements.txt requirements-dev.txt
	@$(NEEDS_PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv-local/.stamp: requirements-local.txt
	@$(NEEDS_PYTHON)
	@test -x .venv-local/bin/python || $(PYTHON) -m venv .venv-local
	.venv-local/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-local.txt
	@touch $@

run: venv ## Run everything on this machine [PORT=8000] [CLOCK_OFFSET=40d]
	@exec $(BIN)/python -m infra.local.run

reset: ## Throw away the data of `make run`
	@$(PYTHON) infra/local/reset.py

sweep: venv ## Run the deadline sweep of the running stack at once
	@$(BIN)/python -m infra.local.sweep

totp: venv ## Print a demo account's one-time code: USER=bureau1
	@$(BIN)/python -m infra.local.totp "$(if $(filter command,$(firstword $(origin USER))),$(USER))"

test: venv ## Run all tests but the browser's
	$(BIN)/python -m pytest tests -q -n auto --dist loadfile --no-loadscope-reorder

e2e: venv ## Run the browser tests against the whole stack
	@$(BIN)/python -m infra.local.browser_tests

check: venv ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

package: venv ## Make the deployment package [STAGE=dev]
	@$(BIN)/python -m infra.package --stage $(or $(STAGE),dev)

deploy: venv ## Deploy to AWS: STAGE=dev BUCKET=name [STACK=name] (more: python -m infra.deploy --help)
	@$(BIN)/python -m infra.deploy --stage "$(STAGE)" --bucket "$(BUCKET)" $(if $(STACK),--stack $(STACK))

replay: venv ## Drive messages through the API [FILE=x.jsonl] [COUNT=n] [BASE=http://127.0.0.1:8000]
	@$(BIN)/python -m infra.replay $(if $(FILE),--file $(FILE)) $(if $(COUNT),--count $(COUNT)) $(if $(BASE),--base $(BASE))

bench: venv ## Measure round trips, units, CPU, cold path, memory, package
	@$(BIN)/python -m benchmarks

soak-accuse: venv ## Race 1,000 transfers against accusations on a local stack: benchmarks/soak_accuse.json
	@$(BIN)/python -m benchmarks.accuse

soak-store: venv ## Repeated commands, lost answers, conflicts through the store [COMMANDS=10000] [FAULTY=5000] [SEED=1]
	@$(BIN)/python -m benchmarks.soak_store $(if $(COMMANDS),--commands $(COMMANDS)) $(if $(FAULTY),--faulty $(FAULTY)) \
		$(if $(SEED),--seed $(SEED))

soak-kill: venv ## Kill processes of the functions at labelled points under load [KILLS=1000] [SEED=1] [MINUTES=60]
	@$(BIN)/python -m benchmarks.soak_kill $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(MINUTES),--minutes $(MINUTES))

soak-catchup: venv ## Two days without a sweep, then everything that came due [CASES=20000]
	@$(BIN)/python -m benchmarks.soak_catchup $(if $(CASES),--cases $(CASES))

soak-iam: venv ## Take every single grant from every function and see who notices
	@$(BIN)/python -m benchmarks.soak_iam

fuzz: venv ## Throw generated requests at every route, as petitioner and as clerk [CASES=1000]
	@$(BIN)/python -m infra.fuzz $(if $(CASES),--cases $(CASES))

procedures: venv ## Write docs/procedures.md anew from the tables
	@$(BIN)/python -m infra.procedures

openapi: venv ## Write docs/api/openapi.json anew from the routes
	@$(BIN)/python -m infra.openapi

coverage: venv ## Write docs/coverage.md anew from the markers of the tests
	@$(BIN)/python -m infra.coverage

soak-traces: venv ## Play random traces and count every date again [TRACES=100000]
	@$(BIN)/python -m infra.traces --traces $(or $(TRACES),100000) --out benchmarks/soak_traces.json

soak-deadlines: venv ## Three years of deadlines under a sweep that fails, judged day by day [OBLIGATIONS=50000]
	@$(BIN)/python -m benchmarks.deadlines --obligations $(or $(OBLIGATIONS),50000) --out benchmarks/soak_deadlines.json

soak-orders: venv ## What happens to a limit, in any order it may arrive in, gives one due date [ORDERS=100000]
	@$(BIN)/python -m benchmarks.deadlines.orders --orders $(or $(ORDERS),100000) --out benchmarks/soak_orders.json

soak-zones: venv ## The tests of dates in three time zones at six instants: benchmarks/soak_zones.json
	@$(BIN)/python -m benchmarks.deadlines.zones --out benchmarks/soak_zones.json

soak-tamper: venv ## Change every byte of an export, compare both verifiers [EVENTS=300] [LOGS=10000]
	@$(BIN)/python -m benchmarks.tamper $(if $(EVENTS),--events $(EVENTS)) $(if $(LOGS),--logs $(LOGS))

soak-notices: venv ## Send notices through a gateway that loses, lags, doubles and is down [NOTICES=50000] [SEED=1]
	@$(BIN)/python -m benchmarks.notices --notices $(or $(NOTICES),50000) --seed $(or $(SEED),1)

soak-silent: venv ## Seed silent failures and a healthy day, and see which alarms ring: benchmarks/soak_silent.json
	@SOAK_SILENT=benchmarks/soak_silent.json $(BIN)/python -m pytest -q -p no:randomly --show-capture=no tests/simulation/test_silent_failures.py

reliability: venv ## Write docs/reliability.md anew from the figures of the long proofs
	@$(BIN)/python -m infra.reliability

torture: venv ## The product in a world that fails at random, naive designs beside it [SEED=1] [CASES=1000]
	@$(BIN)/python -m infra.torture --seed $(or $(SEED),1) --cases $(or $(CASES),1000)

soak-torture: venv ## The same at length: benchmarks/soak_torture.json [CASES=100000] [MORE=9] [MORE_CASES=10000]
	@$(BIN)/python -m infra.torture --seed $(or $(SEED),1) --cases $(or $(CASES),100000) \
		--more $(or $(MORE),9) --more-cases $(or $(MORE_CASES),10000) --out benchmarks/soak_torture.json

year: venv ## A year of a county through the real rules, with its figures [SCALE=1] [SEED=1]
	@$(BIN)/python -m infra.year --scale $(or $(SCALE),1) --seed $(or $(SEED),1)
