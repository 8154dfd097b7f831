# `make help` lists the targets. ONCE=1 and LONG=1 may stand before or after a target.

SWIFT ?= swift
GENERATED = Sources/WorkerMetrics/Generated
GENERATE = $(SWIFT) run metrics-generator generate --output $(GENERATED)
GENERATE_FLEET = $(SWIFT) run metrics-generator generate --definitions Examples/Fleet/Definitions \
	--output Examples/Fleet/Worker/Generated --registry FleetMetrics
GENERATE_BENCHMARKS = $(SWIFT) run metrics-generator generate --definitions Benchmarks/Definitions \
	--output Benchmarks/Sources/BenchmarkMetrics/Generated
GENERATE_LIBRARIES = $(SWIFT) run metrics-generator generate --definitions Examples/Libraries/Definitions \
	--output Examples/Libraries/Sources/LibraryMetrics/Generated --registry LibraryDefinitions
# The two examples of HTTP servers have the same metrics.
EXAMPLE_HTTP_METRICS = Examples/NIOServer/Generated Examples/HummingbirdServer/Sources/HummingbirdServer/Generated
generate_http = $(SWIFT) run metrics-generator generate --definitions Examples/NIOServer/Definitions \
	--registry HTTPMetrics --output
# Everything that is in version control or could be; build folders are ignored there.
SWIFT_FILES = git ls-files -z --cached --others --exclude-standard '*.swift'

.DEFAULT_GOAL := help
.PHONY: run test fleet docs share build format lint generate golden check-generated benchmark check-instructions clean help

run: ## Build everything and run the example under load; ONCE=1 ends after one round
	@scripts/install-tools build
	$(GENERATE)
	$(SWIFT) build --product PreforkServer
	$(SWIFT) run --skip-build PreforkServer demo $(if $(ONCE),--once)

test: ## Run all tests; LONG=1 runs the long ones too
	@scripts/install-tools test
	$(SWIFT) test

fleet: ## Run Python and Swift workers under load, kill some, ask Prometheus whether anything is lost; SHORT=1: once
	Examples/Fleet/run $(if $(SHORT),--short)

docs: ## Build the documentation into .build-docs/site; what is undocumented or leads nowhere is an error
	@scripts/install-tools build
	scripts/build-docs

share: ## Write shell completions and man pages of both programs into .build/share
	@scripts/install-tools build
	scripts/build-share

build: ## Build all targets and tests
	@scripts/install-tools build
	$(SWIFT) build --build-tests

format: ## Format all Swift files in place
	$(SWIFT_FILES) | xargs -0 $(SWIFT) format --in-place --parallel

lint: ## Check the format of all Swift files
	$(SWIFT_FILES) | xargs -0 $(SWIFT) format lint --strict --parallel

generate: ## Write the Swift code of Definitions/, of the benchmarks and of the examples anew
	@scripts/install-tools build
	$(GENERATE)
	$(GENERATE_FLEET)
	$(GENERATE_BENCHMARKS)
	$(GENERATE_LIBRARIES)
	set -e; for output in $(EXAMPLE_HTTP_METRICS); do $(generate_http) $$output; done

golden: ## Write the generated code that tests compile and run anew
	@scripts/install-tools build
	$(SWIFT) run metrics-generator generate --definitions Tests/GeneratedCodeTests/Definitions \
		--output Tests/GeneratedCodeTests/Generated --registry ShopMetrics

check-generated: ## Check that the generated Swift code is what its definitions say
	@scripts/install-tools build
	$(GENERATE) --check
	$(GENERATE_FLEET) --check
	$(GENERATE_BENCHMARKS) --check
	$(GENERATE_LIBRARIES) --check
	set -e; for output in $(EXAMPLE_HTTP_METRICS); do $(generate_http) $$output --check; done

benchmark: ## Measure everything: a table, JSON and charts (Documentation/Performance.md)
	@scripts/install-tools build
	Benchmarks/scripts/benchmark.py $(SECTIONS)

check-instructions: ## Compare the instruction counts of the hot paths with the committed ones
	@scripts/install-tools test
	Benchmarks/scripts/check_instructions.py

clean: ## Remove what builds have made
	rm -rf .build .build-* Benchmarks/.build Benchmarks/.results

help: ## Say what the targets do
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '  make %-18s %s\n' "$$name" "$$text"; \
	done
