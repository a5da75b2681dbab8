# docspool. `make` alone explains the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# What `run` and `demo` document: a folder or the address of a git repository. This checkout, unless told otherwise.
REPO ?= $(CURDIR)
# Names of test files to run, in part, of benches with their flags, or of Nodes: make test ONLY="queue layers"
ONLY ?=
# A folder of git checkouts for `accuracy`.
REPOS ?=
# What setup/system.sh sees to. One `make` with several targets sets up once, for the most that one of them needs.
TOOLS := $(if $(filter test test-runtimes test-nodes,$(MAKECMDGOALS)),test,run)
# How long `chaos` lasts, and the number its faults follow from; a new one each time, unless told.
SECONDS ?= 120
SEED ?=
# What `chaos` runs on: spool, or postgres with four machines.
STORAGE ?= spool

.PHONY: help setup run demo test test-runtimes test-nodes chaos check format bench accuracy dist clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  REPO=<folder or url> goes with run and demo, ONLY="<names>" with test, test-nodes, bench, accuracy and dist, SECONDS, SEED and STORAGE with chaos.'

setup: ## Install what running needs: packages and a native build of nodegit (minutes the first time)
	@setup/system.sh $(TOOLS)
	@node setup/packages.mjs
	@setup/nodegit.sh
	@setup/hooks.sh
	@node src/docspool.mjs --version >/dev/null

run: setup ## Start docspool and document REPO with it; ends with Ctrl-C
	@node src/docspool.mjs up --document "$(REPO)"

demo: setup ## Document REPO, show what came out and end
	@node src/docspool.mjs demo "$(REPO)"

test: setup ## Run the tests, all or those of ONLY
	@node test/run.mjs $(ONLY)

test-runtimes: setup ## Install Bun and workerd below test/, and ask the application the same under each
	@npm ci --ignore-scripts --no-audit --no-fund --prefix test/runtimes/installed
	@node test/run.mjs runtimes

test-nodes: setup ## Set up, try and pack docspool under each Node it is for, or those of ONLY; prints a table
	@node --import tsx setup/nodes/run.ts $(ONLY)

chaos: setup ## Kill and stop the programs at random, then balance the books (see test/chaos/README.md)
	@node --import tsx test/chaos/run.ts --storage=$(STORAGE) --seconds=$(SECONDS) --seed=$(SEED)

check: setup ## Check format, lint, types, unused code, the direction of imports, regular expressions and made tables
	@npx --no-install biome check
	@npx --no-install tsc --noEmit
	@npx --no-install knip
	@node test/run.mjs layers
	@node --import tsx test/regexes/run.ts
	@node --import tsx setup/standard-library/run.ts --check

format: setup ## Put the code into its format and apply safe fixes
	@npx --no-install biome check --write

bench: setup ## Measure: throughput, latency, memory, all or those of ONLY (see bench/README.md)
	@node --import tsx bench/run.ts $(ONLY)

accuracy: setup ## Hold the analysis against compilers, on the checkouts in the folder REPOS (see bench/accuracy/README.md)
	@node --max-old-space-size=4096 --import tsx bench/accuracy/run.ts "$(REPOS)" $(ONLY)

dist: setup ## Pack the program for machines without npm and compiler into dist/, and try it out; ONLY=here for this machine alone
	@node --import tsx setup/pack/run.ts $(ONLY)

clean: ## Remove what was installed and built here; jobs and documents in spool/ stay
	@rm -rf node_modules bench/peers/node_modules bench/mcp/node_modules test/runtimes/installed/node_modules coverage dist
