# nuso - statistics of child welfare inside PostgreSQL
#
#   make             build the library and the install script
#   make install     install them (DESTDIR= for a stage of its own)
#   make unit        unit tests of the kernel, without a server
#   make bits        fits of latent classes, to the bit, under other flags of the compiler
#   make accuracy    the distributions on 10,000 cases a family: test/reference
#   make coverage    how often bands and tests hold, on simulated data: test/coverage
#   make lint        rules of the house
#   make check       everything, on a private server: test/run
#   make crosscheck  nuso against R, on random inputs: test/crosscheck/run
#   make demo        demonstration on a private server: demo/run
#   make bench       benchmarks as paired ratios, on a private server

EXTENSION = nuso
MODULE_big = nuso

# the control file is where the version is written
NUSO_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" nuso.control)
SCRIPT := nuso--$(NUSO_VERSION).sql

KERNEL = $(sort $(wildcard src/kernel/*.c))
GLUE = $(sort $(wildcard src/glue/*.c))
PARTS = $(sort $(wildcard src/install/*.sql))
OBJS = $(KERNEL:.c=.o) $(GLUE:.c=.o)

DATA = $(wildcard src/upgrade/*.sql)
DATA_built = $(SCRIPT)
EXTRA_CLEAN = $(SCRIPT) build results regression.out regression.diffs

REGRESS = $(sort $(basename $(notdir $(wildcard sql/*.sql))))
REGRESS_OPTS = --load-extension=nuso
ISOLATION = $(sort $(basename $(notdir $(wildcard test/isolation/specs/*.spec))))
ISOLATION_OPTS = --load-extension=nuso --inputdir=test/isolation

# Contraction to fused operations would let results depend on the machine.  It
# belongs into PG_CPPFLAGS: PG_CFLAGS do not reach the bitcode for JIT.
PG_CPPFLAGS = $(shell pkg-config --cflags gsl) -ffp-contract=off
SHLIB_LINK = $(shell pkg-config --libs gsl)

# PGXS has a target check that only refuses: ours goes without PGXS
ifeq ($(MAKECMDGOALS),check)
check:
	test/run
else
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
endif

# any header may have changed any object, and its bitcode, which JIT inlines
# beside it: the whole build takes seconds
$(OBJS) $(OBJS:.o=.bc): $(wildcard src/kernel/*.h src/glue/*.h) Makefile

$(SCRIPT): $(PARTS) src/install/assemble $(wildcard src/install/*.template) \
		$(wildcard src/warehouse/*.sql src/selftest/*.tsv) nuso.control
	src/install/assemble $(PARTS) > $@.new
	mv $@.new $@

# ---------------------------------------------------------------- unit tests
UNIT = $(sort $(wildcard test/unit/test_*.c))
UNIT_CFLAGS = -std=c11 -D_GNU_SOURCE -g -O2 -Wall -Wextra -Werror \
	-Wdeclaration-after-statement -ffp-contract=off -Isrc/kernel
UNIT_LIBS = $(shell pkg-config --libs gsl)
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer

UNIT_PLAIN = $(UNIT:test/unit/%.c=build/unit/%)
UNIT_SANITIZED = $(UNIT:test/unit/%.c=build/unit-sanitized/%)

build/%/kernel.stamp: $(KERNEL) $(wildcard src/kernel/*.h)
	mkdir -p build/$*
	cd build/$* && $(CC) $(UNIT_CFLAGS) $(if $(findstring sanitized,$*),$(SANITIZE)) \
		-I$(CURDIR)/src/kernel -c $(addprefix $(CURDIR)/,$(KERNEL))
	touch $@

build/unit/test_%: test/unit/test_%.c build/unit/kernel.stamp $(wildcard test/unit/*.h)
	$(CC) $(UNIT_CFLAGS) -o $@ $< build/unit/*.o $(UNIT_LIBS)

build/unit-sanitized/test_%: test/unit/test_%.c build/unit-sanitized/kernel.stamp $(wildcard test/unit/*.h)
	$(CC) $(UNIT_CFLAGS) $(SANITIZE) -o $@ $< build/unit-sanitized/*.o $(UNIT_LIBS)

unit: $(UNIT_PLAIN)
	prove --exec '' $(UNIT_PLAIN)

unit-sanitized: $(UNIT_SANITIZED)
	prove --exec '' $(UNIT_SANITIZED)

# What a fit computes must not depend on how it was compiled: the digits of the
# plain build against those of others.  The last flag given counts.
BITS = test/unit/test_lca_bits.c $(wildcard src/kernel/lca*.c)
BITS_BUILT = $(addprefix build/bits/,O0 O3 $(if $(shell grep -wm1 avx2 /proc/cpuinfo),avx2))

build/bits/O0: BITS_FLAGS = -O0
build/bits/O3: BITS_FLAGS = -O3
build/bits/avx2: BITS_FLAGS = -O3 -mavx2 -mfma
build/bits/kernel.a: build/unit/kernel.stamp
	mkdir -p build/bits
	$(AR) rcs $@ build/unit/*.o

build/bits/%: $(BITS) build/bits/kernel.a $(wildcard test/unit/*.h)
	$(CC) $(UNIT_CFLAGS) $(BITS_FLAGS) -o $@ $(BITS) build/bits/kernel.a $(UNIT_LIBS)

bits: build/unit/test_lca_bits $(BITS_BUILT)
	@build/unit/test_lca_bits print > build/bits/expected
	@i=0; for program in $(BITS_BUILT); do i=$$((i + 1)); \
	  if $$program print | cmp - build/bits/expected; then echo "ok $$i - $$program"; \
	  else echo "not ok $$i - $$program"; fi; done; echo "1..$$i"

accuracy: $(UNIT_PLAIN)
	test/reference/accuracy $(CASES)

# ------------------------------------------------------ simulated coverage
COVERAGE = $(patsubst test/coverage/%.c,build/coverage/%,$(sort $(wildcard test/coverage/*.c)))

build/coverage/%: test/coverage/%.c build/unit/kernel.stamp $(wildcard test/coverage/*.h test/unit/*.h)
	mkdir -p build/coverage
	$(CC) $(UNIT_CFLAGS) -Itest/unit -o $@ $< build/unit/*.o $(UNIT_LIBS)

# every table is printed before a missed target fails the run
coverage: $(COVERAGE)
	@echo "| what | n | data sets | held, % | standard error | target, % |"
	@echo "|---|---:|---:|---:|---:|---|"
	@failed=0; for program in $(COVERAGE); do $$program || failed=1; done; exit $$failed

coverage-short: $(COVERAGE)
	prove --exec '' $(COVERAGE) :: --short

# one rule looks into the library
lint: all
	test/lint/run

crosscheck:
	test/crosscheck/run

demo:
	demo/run

bench:
	bench/run

.PHONY: unit unit-sanitized bits accuracy coverage coverage-short lint check crosscheck demo bench
.SECONDARY: build/unit/kernel.stamp build/unit-sanitized/kernel.stamp
