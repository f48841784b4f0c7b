# Everything a checkout needs. "make" alone lists the targets.

GO           ?= go
FUZZTIME     ?= 1m
LINT_VERSION := v2.15.0
LINT         := bin/golangci-lint-$(LINT_VERSION)
MODULES      := $(patsubst %/go.mod,%,$(wildcard ./go.mod internal/dev/integration/go.mod examples/go.mod adapters/*/go.mod))

export GO
export GOWORK := off

# The folder of each module in turn, and the command there; the first failure ends it.
define in_each_module
	@set -e; for module in $(MODULES); do echo "$$module: $(1)"; (cd $$module && $(1)); done
endef

.PHONY: help demo test drivers lint bench faults soak rules verify tools tidy build modern guards

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## run the whole system once, on SQLite
	$(GO) run -C examples ./cris

test: ## run every test of every module; installs PostgreSQL and gcc where it may
	@.ci/test $(MODULES)

drivers: ## run the kits on other drivers of SQLite and other versions of them; compiling these takes minutes
	@set -e; for module in internal/dev/integration/drivers/*/; do echo "$$module"; (cd $$module && $(GO) test -timeout 30m ./...); done

lint: tools ## run the linters, go vet among them, on every module
	$(call in_each_module,$(CURDIR)/$(LINT) run ./...)

bench: ## measure this library against its peers; fails if a ratio exceeds its bound
	$(GO) run -C internal/dev/integration ./bench

faults: ## strike both databases with faults and print what came out; FAULTS="-kills 200 -only SQLite" says how often, and which
	@$(GO) run -C internal/dev/integration ./faults $(FAULTS)

soak: ## fuzz each target for FUZZTIME (1m)
	@.ci/soak $(FUZZTIME) $(MODULES)

rules: ## print every rule and every sentence of the documents, or RULES="ER-9 PIA-36": how they lead to each other, to code and tests
	@$(GO) run ./internal/dev/rulemap $(RULES)
	@$(if $(RULES),,$(GO) run ./internal/dev/rulemap -sentences)

verify: tidy build modern lint guards test ## everything that CI runs
	$(GO) run ./internal/dev/rulemap -check -untested
	$(MAKE) demo

tools: $(LINT) ## build the linter into bin/

$(LINT):
	GOBIN=$(CURDIR)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/golangci-lint $@

tidy:
	$(call in_each_module,$(GO) mod tidy -diff)

build:
	$(call in_each_module,$(GO) build -buildvcs=false ./...)

modern:
	$(call in_each_module,$(GO) fix -diff ./...)

# The guards on imports and modules are Go tests (internal/dev/arch); this one proves
# that the linters' own rules still bite.
guards: tools
	@.ci/lint-guards $(LINT)
