# docspool. `make` alone explains the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# What `run` and `demo` document: a folder or the URL of a git repository; this checkout by default.
REPO ?= $(CURDIR)
# Parts of names of test files, names of benches with their flags, or Nodes: make test ONLY="queue layers"
ONLY ?=
# A folder of git checkouts for `accuracy`.
REPOS ?=
# What setup/system.sh installs. One `make` with several targets sets up once, for the target that needs most.
TOOLS := $(if $(filter test test-runtimes test-nodes,$(MAKECMDGOALS)),test,run)
# How long `chaos` lasts, and the seed of its faults; random by default.
SECONDS ?= 120
SEED ?=
# What `chaos` runs on: spool, or postgres with four machines.
STORAGE ?= spool

.PHONY: help setup run demo test test-runtimes test-nodes chaos check format bench accuracy dist clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  REPO=<folder or URL> applies to run and demo; ONLY="<names>" to test, test-nodes, bench, accuracy and dist; SECONDS, SEED and STORAGE to chaos.'

setup: ## Install packages and build nodegit (minutes the first time)
	@setup/system.sh $(TOOLS)
	@node setup/packages.mjs
	@setup/nodegit.sh
	@setup/hooks.sh
	@node src/docspool.mjs --version >/dev/null

run: setup ## Start docspool and document REPO; Ctrl-C stops it
	@node src/docspool.mjs up --document "$(REPO)"

demo: setup ## Document REPO, check the result, and exit
	@node src/docspool.mjs demo "$(REPO)"

test: setup ## Run all tests, or those in ONLY
	@node test/run.mjs $(ONLY)

test-runtimes: setup ## Install Bun and workerd below test/, and test the application under each
	@npm ci --ignore-scripts --no-audit --no-fund --prefix test/runtimes/installed
	@node test/run.mjs runtimes

test-nodes: setup ## Set up, test and pack docspool under each supported Node, or those in ONLY; prints a table
	@node --import tsx setup/nodes/run.ts $(ONLY)

chaos: setup ## Kill and stop the programs at random, then check that no job is lost (see test/chaos/README.md)
	@node --import tsx test/chaos/run.ts --storage=$(STORAGE) --seconds=$(SECONDS) --seed=$(SEED)

check: setup ## Check format, lint, types, unused code, import directions, regular expressions and generated tables
	@npx --no-install biome check
	@npx --no-install tsc --noEmit
	@npx --no-install knip
	@node test/run.mjs layers
	@node --import tsx test/regexes/run.ts
	@node --import tsx setup/standard-library/run.ts --check

format: setup ## Format the code and apply safe fixes
	@npx --no-install biome check --write

bench: setup ## Measure throughput, latency and memory, or run the benches in ONLY (see bench/README.md)
	@node --import tsx bench/run.ts $(ONLY)

accuracy: setup ## Compare the analysis with compilers, on the checkouts in the folder REPOS (see bench/accuracy/README.md)
	@node --max-old-space-size=4096 --import tsx bench/accuracy/run.ts "$(REPOS)" $(ONLY)

dist: setup ## Pack the program for machines without npm and compiler into dist/, and test it; ONLY=here for this machine only
	@node --import tsx setup/pack/run.ts $(ONLY)

clean: ## Remove installed packages and build output; jobs and documents in spool/ stay
	@rm -rf node_modules bench/mcp/node_modules test/runtimes/installed/node_modules coverage dist
