# Everything that is done with this checkout. Nothing is assumed but git, make and root (or sudo) on Debian 12 or 13.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
INSTALL := .ci/install $(VENV)
UV := uv==0.13.9
CDK := .venv-cdk
PROJECT := .venv-project
NODE := .node
FORMATS := .formats
HEAVY := .formats-heavy
OTHER := .venv-other
TOOLS := .venv-prove
BOOK := rules/book.json
CARDS := advisor_ui/example_cards.json
PROVING = $(patsubst prove/requirements/%.txt,$(TOOLS)/%/.ready,$(wildcard prove/requirements/*.txt)) $(NODE)/.ready
PORT ?= 8501
# What Python compiles is kept, also where the environment says otherwise: the proof starts hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run check test lint fmt repro bench interview geometry formats shots prove mutate wheel clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/.run $(BOOK) $(CARDS) ## set everything up and open the page
	$(PY) -m advisor serve --port $(PORT)

check: lint $(BOOK) $(CARDS) ## in some six minutes: format, style, types, imports, and the tests that start no other tool
	$(PY) -m pytest --numprocesses=auto -m 'not tools' $(ARGS)

test: $(VENV)/.test $(CDK)/.ready $(PROJECT)/.ready $(NODE)/.ready $(FORMATS)/.ready $(TOOLS)/emulator/.ready $(TOOLS)/lint/.ready $(BOOK) $(CARDS) ## set everything up and run every test
	$(PY) -m pytest --numprocesses=auto $(ARGS)

lint: $(VENV)/.check ## check format, style, types and imports
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

fmt: $(VENV)/.check ## format the code
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

repro: $(VENV)/.run $(OTHER)/.ready $(BOOK) ## prove that the same input gives the same bytes
	$(PY) .ci/repro.py $(wildcard $(OTHER)/bin/python)

bench: $(VENV)/.test $(BOOK) $(CARDS) ## print what is measured, as JSON
	@$(PY) benchmarks/bench.py

interview: $(VENV)/.test $(BOOK) ## let scripted architects use the page in Chromium, and print what it took them
	$(PY) -m benchmarks.architects $(ARGS)

geometry: $(VENV)/.run $(BOOK) ## draw stories and 500 generated architectures, and print how well they can be read
	$(PY) -m benchmarks.geometry $(ARGS)

formats: $(VENV)/.test $(FORMATS)/.ready $(HEAVY)/.ready $(BOOK) ## open every format with the program that it is made for
	.ci/packages $(PYTHON) libreoffice-impress=soffice libreoffice-writer=file:/usr/lib/libreoffice/program/libswlo.so
	$(PY) -m tests.formats.table docs/formats.md

shots: $(VENV)/.test $(BOOK) $(CARDS) ## take screenshots of the page into out/shots
	$(PY) tests/advisor_ui/shots.py out/shots

prove: $(VENV)/.test $(CDK)/.ready $(PROJECT)/.ready $(PROVING) $(BOOK) ## prove generated projects, tier by tier
	$(PY) -m prove $(ARGS)

mutate: $(VENV)/.test $(CDK)/.ready $(PROJECT)/.ready $(PROVING) $(BOOK) ## plant faults in generated projects, see what catches them
	$(PY) -m prove.mutate $(ARGS)

wheel: $(VENV)/.run ## build the wheel and do the main job with it, outside this checkout
	.ci/wheel $(VENV) $(PYTHON) out/wheel

clean: ## remove everything that was made here
	rm -rf $(VENV) $(CDK) $(PROJECT) $(NODE) $(FORMATS) $(HEAVY) $(OTHER) $(TOOLS) $(BOOK) $(CARDS) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	.ci/packages $(PYTHON) python3=$(PYTHON) python3-venv=module:ensurepip ca-certificates=file:/etc/ssl/certs/ca-certificates.crt
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip --disable-pip-version-check install --quiet '$(UV)'
	touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml constraints.txt hatch_build.py
	.ci/packages $(PYTHON) libpango-1.0-0=library:libpango-1.0.so.0 libpangoft2-1.0-0=library:libpangoft2-1.0.so.0 libharfbuzz-subset0=library:libharfbuzz-subset.so.0
	$(INSTALL) $(PY) --constraint constraints.txt --editable '.[classic,aws,document,lint]'
	touch $@

$(VENV)/.check: $(VENV)/.run requirements-dev.txt
	$(INSTALL) $(PY) --constraint constraints.txt --requirement requirements-dev.txt
	touch $@

$(VENV)/.test: $(VENV)/.check
	.ci/packages $(PYTHON) chromium=chromium graphviz=dot
	touch $@

$(CDK)/.ready: blueprints/cdk/requirements-synth.txt $(VENV)/.made
	$(PYTHON) -m venv --without-pip $(CDK)
	$(INSTALL) $(CDK)/bin/python --requirement $<
	touch $@

# Generated projects run their own tests on the Python of their runtime, where the machine has it.
$(PROJECT)/.ready: blueprints/project/pins.txt $(VENV)/.made
	$$(command -v python3.13 || command -v $(PYTHON)) -m venv --without-pip $(PROJECT)
	$(INSTALL) $(PROJECT)/bin/python --requirement $<
	touch $@

# One environment per set of tools: what they want excludes each other. Functions are built by the Python of their runtime.
$(TOOLS)/%/.ready: prove/requirements/%.txt $(VENV)/.made
	rm -rf $(@D)
	$$(command -v python3.13 || command -v $(PYTHON)) -m venv --without-pip $(@D)
	$(INSTALL) $(@D)/bin/python --requirement $<
	touch $@

# What generated projects in TypeScript are made and tested with. Node.js comes as a wheel, with the synthesis of CDK.
$(NODE)/.ready: blueprints/project/typescript/pins.json $(CDK)/.ready
	mkdir -p $(NODE) && cp $< $(NODE)/package.json
	.ci/npm $(CDK) --prefix $(NODE) install --no-audit --no-fund --no-package-lock --loglevel=error
	touch $@

# What opens the pictures in other formats: draw.io's viewer and its own package. Nothing of them runs at installation.
$(FORMATS)/.ready: tests/formats/viewer.txt tests/formats/package.json $(CDK)/.ready
	rm -rf $(FORMATS) && mkdir -p $(FORMATS) && cp tests/formats/package.json $(FORMATS)/package.json
	$(INSTALL) $(PY) --no-deps --target $(FORMATS)/viewer --requirement tests/formats/viewer.txt
	.ci/npm $(CDK) --prefix $(FORMATS) install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error
	touch $@

# mermaid-cli; the browser that it starts is the one of the tests.
$(HEAVY)/.ready: tests/formats/heavy/package.json $(CDK)/.ready
	rm -rf $(HEAVY) && mkdir -p $(HEAVY) && cp $< $(HEAVY)/package.json
	.ci/npm $(CDK) --prefix $(HEAVY) install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error
	touch $@

# A second Python, where the machine has one, with what makes the outputs (the page needs no proof).
$(OTHER)/.ready: $(VENV)/.made pyproject.toml constraints.txt
	rm -rf $(OTHER) && mkdir -p $(OTHER)
	other=$$(.ci/other-python $(PY)); if [ -n "$$other" ]; then \
	  $$other -m venv --without-pip $(OTHER) && $(PY) .ci/core_requirements.py >$(OTHER)/requirements.txt && \
	  $(INSTALL) $(OTHER)/bin/python --constraint constraints.txt --requirement $(OTHER)/requirements.txt; fi
	touch $@

$(BOOK): $(VENV)/.run $(shell find rules -name '*.yaml' -not -path '*/stories/*') rules/__init__.py
	$(PY) hatch_build.py

# The gallery's pictures, made anew when anything changed that they are made from; the page never shows others.
$(CARDS): $(BOOK) $(shell find advisor blueprints renderers rules/stories -name '*.py' -o -name '*.yaml' -o -name '*.svg' -o -name '*.js') \
		advisor_ui/drawing.py advisor_ui/example_cards.py
	$(PY) hatch_build.py --cards
	touch $@
