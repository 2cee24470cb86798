# Everything a newcomer or a build machine needs. `make` alone lists the targets.

SWIFT    ?= swift
PREFIX   ?= /usr/local
DESTDIR  ?=
# Where SwiftPM builds; another folder lets two builds live side by side.
SCRATCH  ?= .build
# Test material that is not part of the repository (scoring sets, corpora).
SHARED   ?= ../shared
N        ?= 300
SEED     ?= 1
JOBS     ?= 2
# CPU time for each target of fuzzing.
FUZZ_SECONDS ?= 600

PYTHON   := .venv/bin/python
RELEASE  := -c release --static-swift-stdlib --scratch-path $(SCRATCH)
BOXHEAD  := $(SCRATCH)/release/boxhead
LIBRARY  := $(SCRATCH)/release/libBoxheadLibrary.so

export SWIFT SCRATCH SHARED BOXHEAD

.DEFAULT_GOAL := help
.PHONY: help setup build release library wheel demo test check install format lint man figures score peers corpora faults mutations fuzz effects spark bench generated scans clean

help:
	@echo 'make demo        build and convert the sample report (PDF, DOCX and OFD)'
	@echo 'make test        all checks: lint, build, tests, samples, schema'
	@echo 'make wheel       the Python package with the library -> build/wheels'
	@echo 'make install     PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make format      rewrite the sources in the house layout'
	@echo 'make figures     the figures of the articles, with boxhead draw'
	@echo 'make score       accuracy on the scoring sets -> tools/score/RESULTS.md'
	@echo 'make bench       CPU time and memory         -> tools/score/RESULTS.md'
	@echo 'make generated   N=$(N) SEED=$(SEED)  random tables with known truth'
	@echo 'make scans       SEED=$(SEED)  scans of generated documents with known truth, also for other tools'
	@echo 'make faults      runs of boxhead batch, broken at random points, lose nothing'
	@echo 'make spark       5,000 documents with Spark, an executor killed on the way'
	@echo 'make mutations   damaged files of the corpora all get a verdict'
	@echo 'make fuzz        FUZZ_SECONDS=$(FUZZ_SECONDS)  libFuzzer on the readers of Word, ZIP, JSON and of the protocol of workers'
	@echo 'make effects     a run over the corpora connects to nothing and writes to its output folder alone'
	@echo 'make corpora     odd, broken and hostile files must end as documented'
	@echo 'make peers       the same figures for other tools (slow)'

setup:
	@tools/setup

build: setup
	$(SWIFT) build --scratch-path $(SCRATCH)

release: setup
	$(SWIFT) build $(RELEASE) --product boxhead
	$(SWIFT) build $(RELEASE) --product boxhead-batch

library: setup
	$(SWIFT) build $(RELEASE) --product BoxheadLibrary

wheel: library
	$(PYTHON) tools/make-wheel.py --library $(LIBRARY)

demo: release
	@tools/demo

test check: setup
	@tools/check

format:
	$(SWIFT) format -i -r Sources Tests Package.swift

lint:
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

man:
	@tools/make-man

figures: release
	@tools/setup --with-generators
	$(PYTHON) tools/make-figures.py --boxhead $(BOXHEAD)

install: release library man
	install -D -m 755 $(BOXHEAD) $(DESTDIR)$(PREFIX)/bin/boxhead
	install -D -m 755 $(BOXHEAD)-batch $(DESTDIR)$(PREFIX)/libexec/boxhead/boxhead-batch
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 build/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BOXHEAD) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/boxhead
	$(BOXHEAD) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_boxhead
	$(BOXHEAD) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/boxhead.fish
	install -D -m 755 $(LIBRARY) $(DESTDIR)$(PREFIX)/lib/libboxhead.so.0
	ln -sf libboxhead.so.0 $(DESTDIR)$(PREFIX)/lib/libboxhead.so
	install -D -m 644 Sources/CBoxhead/boxhead.h $(DESTDIR)$(PREFIX)/include/boxhead.h
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig
	sed -e 's|@PREFIX@|$(PREFIX)|' -e "s|@VERSION@|$$($(BOXHEAD) --version | cut -d' ' -f2)|" tools/boxhead.pc.in \
	  > $(DESTDIR)$(PREFIX)/lib/pkgconfig/boxhead.pc
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/boxhead/LICENSE
	install -D -m 644 NOTICE $(DESTDIR)$(PREFIX)/share/doc/boxhead/NOTICE

score: release
	$(PYTHON) tools/score/score.py --shared $(SHARED) --jobs $(JOBS)

faults: release
	tools/faults --boxhead $(BOXHEAD) --results tools/score/RESULTS.md

spark: release
	@tools/setup --with-spark
	$(PYTHON) tools/spark/check --boxhead $(BOXHEAD)

mutations: release
	tools/mutations --boxhead $(BOXHEAD) --shared $(SHARED) --jobs $(JOBS) --results tools/score/RESULTS.md

fuzz:
	for target in docx zip worker json; do tools/fuzz/run $$target $(FUZZ_SECONDS) || exit 1; done
	$(PYTHON) tools/fuzz/figures.py --seconds $(FUZZ_SECONDS)

effects: release
	BOXHEAD_CORPORA=$(abspath $(SHARED)/corpora) $(PYTHON) -m unittest tools/tests/test_no_side_effects.py

corpora: release
	$(PYTHON) tools/score/corpora.py --shared $(SHARED) --jobs $(JOBS)

peers: release
	$(PYTHON) tools/score/peers.py --shared $(SHARED)

bench: release
	@tools/setup --with-generators
	$(PYTHON) tools/benchmarks/bench.py --shared $(SHARED)
	$(PYTHON) tools/benchmarks/batch.py --boxhead $(BOXHEAD)

generated: release
	@tools/setup --with-generators
	$(PYTHON) tools/make-samples/generated.py --count $(N) --seed $(SEED) --jobs $(JOBS)

scans: release
	@tools/setup --with-generators --with-recognition
	$(PYTHON) tools/score/generated_scans.py --seed $(SEED) --jobs $(JOBS) --boxhead $(BOXHEAD) --peers

clean:
	rm -rf build $(SCRATCH)
