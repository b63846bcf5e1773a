# Every command that a person or the CI runs; `make` lists them.
# `make demo` and `make test` work from a fresh clone with Rust, gcc, make and Python 3.10 or newer.

PYTHON ?= python3
PREFIX ?= /usr/local
export PYTHON PREFIX

# One folder for everything that is built.
export CARGO_TARGET_DIR ?= $(CURDIR)/target
venv := $(CARGO_TARGET_DIR)/venv
wheels := $(CARGO_TARGET_DIR)/wheels

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## match a city's needs and print what came out
	@cargo build --release --locked --bin demo
	@$(CARGO_TARGET_DIR)/release/demo

c_tools := cc=gcc c++=g++ objdump=binutils valgrind=valgrind pkg-config=pkg-config \
	javac=default-jdk-headless /usr/share/java/jna.jar=libjna-java

# Two rows of steps beside each other, since much of what compilers do keeps one core busy: one begins with builds for
# tests, the other with optimised ones. What is missing is installed before, once.
.PHONY: test
test: ## everything that the CI runs
	@.ci/tools $(c_tools)
	@$(MAKE) --no-print-directory check rust counts & row=$$!; \
		$(MAKE) --no-print-directory py c; status=$$?; wait $$row && exit $$status

.PHONY: check
check: ## format, lints, documentation and generated files; warnings are errors
	@cargo fmt --version >/dev/null || { echo "rustfmt is missing: rustup component add rustfmt"; exit 1; }
	@cargo clippy --version >/dev/null || { echo "clippy is missing: rustup component add clippy"; exit 1; }
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

.PHONY: rust
rust: ## Rust tests, documentation examples, and whether generated files are up to date
	cargo test --locked

# All packages at once: of one alone the libraries below would have other features, and everything would be built again.
.PHONY: release
release: ## build the C library and every program, optimised
	cargo build --quiet --release --locked

.PHONY: c
c: ## the shared library as C and C++ programs see it, plain and under valgrind
	@.ci/tools $(c_tools)
	tests/c/run.sh

.PHONY: wheel
wheel: ## build the Python package into target/wheels and install it into target/venv
	@.ci/venv $(venv) python/requirements-test.txt
	@rm -rf $(wheels)
	$(venv)/bin/maturin build --quiet --release --locked --manifest-path python/Cargo.toml --out $(wheels)
	@$(venv)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall $(wheels)/*.whl

.PHONY: py
py: wheel ## Python tests, documentation examples, type stubs
	$(venv)/bin/python -m pytest -c python/pyproject.toml python/tests tests/python
	$(venv)/bin/python -m mypy.stubtest needmatch._native
	cd python && $(venv)/bin/python -m mypy
	$(venv)/bin/python examples/python/quickstart.py

.PHONY: gen
gen: ## write the C header and the other generated files
	cargo build --quiet --locked --bins --examples
	$(CARGO_TARGET_DIR)/debug/examples/gen_header
	$(CARGO_TARGET_DIR)/debug/gen_errors_page
	$(CARGO_TARGET_DIR)/debug/gen_policy_schema

.PHONY: counts
counts: release ## instructions of the engine against their budget, under valgrind
	@.ci/tools valgrind=valgrind
	$(CARGO_TARGET_DIR)/release/instructions check benches/budget.toml

.PHONY: budget
budget: release ## write that budget anew
	@.ci/tools valgrind=valgrind
	$(CARGO_TARGET_DIR)/release/instructions renew benches/budget.toml

# The Python face is measured on dense matrices only, in runs without a choice.
whole := $(if $(filter --family --needs --solver --deep --general,$(ARGS)),,wheel)

.PHONY: bench
bench: $(whole) ## measure beside the peers: twenty minutes, or what ARGS says (benches/README.md)
	@.ci/tools g++=g++ git=git /usr/include/lemon/network_simplex.h=liblemon-dev
	@.ci/venv $(CARGO_TARGET_DIR)/venv-bench benches/python/requirements.txt
	@$(if $(whole),$(CARGO_TARGET_DIR)/venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--force-reinstall $(wheels)/*.whl)
	$(CARGO_TARGET_DIR)/venv-bench/bin/python benches/python/bench.py $(ARGS)

.PHONY: deep
deep: wheel ## tests too long for every change, and ten million needs
	PROPTEST_CASES=20000 cargo test --release --locked -p needmatch-tests
	cargo test --release --locked -p needmatch --lib -- --ignored general
	NETWORKS=10000 TOWNS=100000 $(venv)/bin/python -m pytest -c python/pyproject.toml tests/python/test_random.py \
		tests/python/test_rules.py tests/python/test_metamorphic.py
	cargo run --release --locked --bin hammer -- 1200
	@.ci/tools valgrind=valgrind
	cargo run --release --locked --bin adversary -- check
	@$(MAKE) bench ARGS=--deep

.PHONY: mutants
mutants: ## try every mutant of the checker: a day (docs/adr/0037)
	@command -v cargo-mutants >/dev/null || cargo install --locked cargo-mutants
	cargo mutants --no-shuffle --output $(CARGO_TARGET_DIR)

.PHONY: install
install: ## install the C library under PREFIX (and DESTDIR)
	cargo build --release --locked --package needmatch-ffi
	ffi/install.sh
