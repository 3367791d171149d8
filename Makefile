# What can be done with this project. Only Python 3.11 or later is needed: the rest is brought in.

# The first Python here that is new enough; else the plain one, for scripts/set_up.py to say what is wrong with it.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && exit; \
	done; echo python3)
VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo serve test check bench pictures lock clean set-up set-up-dev

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: set-up ## Set up, load and publish the record and a simulated series, serve both (PORT=8000)
	@LOCAL=true exec $(VENV_PYTHON) manage.py demo

serve: set-up ## Serve what is there, web and worker (PORT=8000)
	@LOCAL=true exec $(VENV_PYTHON) manage.py serve

test: set-up-dev ## Run all tests, on SQLite and PostgreSQL (ARGS="-k funnel" for some)
	@$(VENV_PYTHON) -m scripts.run_tests $(ARGS)

check: set-up-dev ## Check format, lint, types, imports, migrations and definition files
	@$(VENV_PYTHON) -m scripts.check

bench: set-up-dev ## Measure speed and memory, each beside a yardstick of the same run
	@$(VENV_PYTHON) -m scripts.bench

pictures: set-up-dev ## Take the guides' pictures again, from the pages as they are
	@REPLACE_PICTURES=true $(VENV_PYTHON) -m scripts.run_tests tests/browser -k "picture or way_of_a_return"

lock: set-up-dev ## Pin the newest packages again, with hashes
	@scripts/lock.sh

clean: ## Remove everything that make made, the local database included
	@rm -rf .venv node_modules static/build var .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@$(call have_python)
	@$(PYTHON) scripts/set_up.py base

set-up-dev:
	@$(call have_python)
	@$(PYTHON) scripts/set_up.py dev

have_python = command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: install it \
	(on Debian and Ubuntu: apt install python3 python3-venv) and run make again." >&2; exit 1; }
