# Everything in one word each; `make` alone lists them. Set-up is included: scripts/bootstrap installs what is missing.
MAKEFLAGS += --no-print-directory
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

OUT ?= build/overlay
GO_VERSION ?= $(shell sed -n 's/^newest //p' scripts/test/versions)
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60
FUZZ_RUNS ?= 10000
# Configures a preset once and builds TARGETS; ninja looks for changes itself.
build = { [[ -f build/$(1)/build.ninja ]] || cmake --preset $(1) >build/$(1).log 2>&1 || { tail -n 30 build/$(1).log; false; }; } \
	&& ninja -C build/$(1) --quiet $(2)

.PHONY: help regen build package test bench check format-check tidy layers fuzz matrix ports differential traces stress traps atlas trees mutants links clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

build: ## build build/release/libcify
	@scripts/bootstrap build
	@$(call build,release,libcify)

# A tree of another release than rules/inventory: what it changes is told as well, also where generate fails.
regen: build ## the main job: read the Go tree (GO_VERSION=1.27.3) and write its overlay to build/overlay (OUT=…)
	@goroot=$$(scripts/goroot $(GO_VERSION)); made=0; \
	build/release/libcify generate --goroot "$$goroot" --target linux/amd64 --dialect gc --out "$(OUT)" || made=$$?; \
	grep -qxF " \"go\": \"$$(head -n 1 "$$goroot/VERSION")\"," rules/inventory/linux-amd64.json || \
	{ echo; build/release/libcify diff rules/inventory "$$goroot" || [[ $$? == 1 ]]; }; \
	exit $$made

package: build ## the Debian package, build/release/libcify_*.deb
	@scripts/bootstrap package
	@$(call build,release,documents)
	@cd build/release && cpack >package.log || { tail -n 30 package.log; false; }

# Real programs on a shared machine: what fails is tried once more; ctest says so, and a defect fails twice.
test: ## all tests: unit tests, fuzz seeds and FUZZ_RUNS=10000 inputs of each fuzz target with sanitizers, then real programs end to end
	@scripts/bootstrap build test facts
	@scripts/goroot $(GO_VERSION) >build/goroot.txt
	@$(call build,asan-ubsan)
	@$(call build,fuzz,fuzzers)
	@$(call build,release)
	@scripts/fuzz --runs $(FUZZ_RUNS)
	@LIBCIFY_TEST_GOROOT="$$(cat build/goroot.txt)" ctest --test-dir build/asan-ubsan --label-exclude 'e2e|commands' -j $(JOBS) --output-on-failure --progress
	@LIBCIFY_TEST_GOROOT="$$(cat build/goroot.txt)" ctest --test-dir build/release --label-regex commands --output-on-failure
	@LIBCIFY="$(CURDIR)/build/release/libcify" ctest --test-dir build/release --label-regex e2e --repeat until-pass:2 --output-on-failure --progress

bench: build ## time generation, the routed calls against stock, cgo and purego, and the ways of closures
	@scripts/bootstrap test
	@scripts/test/closures times
	@scripts/closure-costs
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/bench

check: format-check layers tidy test ## format, layers, tidy and all tests

format-check: ## is all C++ formatted as .clang-format says
	@scripts/bootstrap check
	@scripts/check-format

layers: ## does each library stay in its room
	@scripts/check-layers

tidy: ## clang-tidy with the short list of .clang-tidy, every hit an error
	@scripts/bootstrap build test check
	@cmake --preset dev >build/dev.log 2>&1 || { tail -n 30 build/dev.log; false; }
	@scripts/check-tidy

fuzz: ## run every fuzz target for FUZZ_SECONDS=60 each
	@scripts/bootstrap build test check
	@$(call build,fuzz,fuzzers)
	@scripts/fuzz $(FUZZ_SECONDS)

matrix: build ## Go's own test suites, stock against overlay, for all Go versions: hours, resumable
	@scripts/bootstrap test
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/matrix

differential: build ## each bound Linux call against the kernel, on all ports, by kernels of their own and by qemu-user, and the table docs/differential.md
	@scripts/bootstrap cross
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/test/differential --write docs/differential.md

stress: build ## the stress program for 60 s natively and 20 s under qemu-user, -race too, and the table of docs/robustness.md
	@scripts/bootstrap cross
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/test/robustness --write docs/robustness.md

traps: build ## takes away what sees to each trap, and demands that a test fails; and the table of docs/traps.md
	@scripts/bootstrap cross
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/test/traps --write docs/traps.md

traces: build ## the system calls of a Go program, stock and overlay, under strace, on all ports, and the page docs/traces.md
	@scripts/bootstrap cross
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/test/traces --write docs/traces.md

ports: build ## every Linux port of Go, on qemu where need be, and the table docs/ports.md: hours, resumable
	@scripts/bootstrap cross
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/test/ports --write docs/ports.md

atlas: build ## build/atlas.html: every call of every port, what becomes of it and why, and the change over Go versions
	@build/release/libcify report --goroot "$$(scripts/goroot $(GO_VERSION))" --out build/atlas.html \
		$$(sed -n 's/^matrix \(1\.\)/\1/p' scripts/test/versions | xargs -n 1 scripts/goroot)

# Of each release of scripts/test/versions; the newest one last, for rules/inventory is of it.
trees: build ## rules/trees.json and rules/inventory anew, after a change that was meant; git diff shows what it did
	@for version in $$(sed -nE 's/^(matrix|newest) ((1\.|local).*)/\2/p' scripts/test/versions); do \
	  goroot=$$(scripts/goroot $$version); head -n 1 "$$goroot/VERSION"; \
	  build/release/libcify check --goroot "$$goroot" --update | sed -n 's/^\(sites\|rules\|forms\) /  &/p'; \
	done; \
	build/release/libcify check --goroot "$$goroot"

mutants: build ## take out and break each rule: libcify check must see it, on seven releases of Go; an hour
	@scripts/mutants

links: build ## FreeBSD, NetBSD, OpenBSD and macOS: what is generated links with the system's libc; zig makes each first: an hour
	@scripts/bootstrap test
	@LIBCIFY="$(CURDIR)/build/release/libcify" scripts/test/links

clean: ## remove what was built (not build/deps)
	@find build -mindepth 1 -maxdepth 1 ! -name deps -exec rm -rf {} +
