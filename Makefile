# semonce: `make help` lists the targets.
#
# Debian packages come first, by the rule of flags.mk: a bare Debian with
# make and git is enough.
CC = gcc
BUILD = build
PREFIX = /usr/local
DESTDIR =

# To build and to run; libhpdf, libcsv and the fonts have no pkg-config file.
DEPS = gcc libc6-dev pkg-config libhpdf-dev libcsv-dev libcairo2-dev \
	libpango1.0-dev libharfbuzz-dev libfreetype-dev fontconfig \
	fonts-lato fonts-dejavu-core fonts-noto-core fonts-wqy-microhei fonts-liberation \
	libsqlite3-dev \
	libcurl4-openssl-dev libqrencode-dev libdeflate-dev \
	libgmime-3.0-dev libmd4c-dev libcyaml-dev libyaml-dev libjansson-dev \
	libicu-dev libssl-dev libxml2-dev libqpdf-dev librsvg2-dev \
	hyphen-de hyphen-en-gb hyphen-en-us hyphen-es hyphen-fr \
	hyphen-it hyphen-nl
# To test.
DEPS_TEST = libcmocka-dev libhyphen-dev clang-format clang-tidy mandoc qpdf \
	poppler-utils mupdf-tools ghostscript zbar-tools postfix \
	dovecot-core openssl ca-certificates sqlite3 patch procps file jq \
	librsvg2-bin imagemagick fonts-urw-base35 fonts-noto-cjk fonts-inter-variable
PKGS = harfbuzz harfbuzz-subset pangoft2 cairo cairo-ft cairo-png fontconfig \
	sqlite3 libcurl libqrencode libdeflate gmime-3.0 md4c libcyaml \
	yaml-0.1 jansson libcrypto icu-i18n icu-uc freetype2 libxml-2.0 libqpdf \
	librsvg-2.0

# For each symbol the loader asks one library after the other. Those with most
# of the answers come first: a start takes 2 ms less.
LIBS_FIRST = -lc -lcrypto -lqpdf -lrsvg-2 -licui18n -licuuc -lglib-2.0 \
	-lgobject-2.0

WARN = -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes \
	-Wstrict-prototypes -Wwrite-strings -Wundef -Wvla -Wformat=2 \
	-Werror=format-security
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection=full \
	-ftrivial-auto-var-init=zero -fPIE
CFLAGS = -O2 -g
CPPFLAGS = -std=c11 -D_GNU_SOURCE -Isrc \
	-DSEMONCE_SHARE='"$(PREFIX)/share/semonce"'
LDFLAGS = -pie -Wl,--as-needed,-z,relro,-z,now,-z,noexecstack
ALL_CFLAGS = $(CPPFLAGS) $(WARN) $(HARDEN) $(CFLAGS) $(PKG_CFLAGS)
# The sanitizers do not go with fortified functions.
ASAN_CFLAGS = -O1 -g -U_FORTIFY_SOURCE -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all

SRC := $(wildcard src/*/*.c)
OBJ := $(SRC:src/%.c=$(BUILD)/obj/%.o)
UNIT := $(wildcard tests/unit/*.c)
UNIT_BIN := $(UNIT:tests/unit/%.c=$(BUILD)/tests/%)
REAL := $(wildcard tests/real/*.c)
REAL_BIN := $(REAL:tests/%.c=$(BUILD)/tests/%)
SPEC_BIN := $(BUILD)/tests/mustache
PDF_BIN := $(patsubst %,$(BUILD)/tests/pdf/%, \
	rules damage qrcheck qrwhere scan_paper every)
PDF_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/pdf/*.c))
PDF_PART := $(filter-out $(PDF_BIN:=.o),$(PDF_OBJ))
FUZZ_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/*.c))
FUZZ_BIN := $(BUILD)/tests/fuzz/letter
BASE_OBJ := $(filter $(BUILD)/obj/base/%,$(OBJ))
GENERATE = $(BUILD)/tests/samples/generate
FILES := $(wildcard src/*.[ch] src/*/*.[ch] tests/*/*.[ch])
TIDY := $(patsubst %.c,$(BUILD)/tidy/%.ok,$(filter %.c,$(FILES)))

# All cores, unless the caller says otherwise.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --no-print-directory -j$(shell nproc)
endif
export CC BUILD MAKE
# Short lines; V=1 shows the commands.
Q = $(if $(V),,@echo '  $@';)

all: $(BUILD)/semonce ## build the program

demo: all ## the whole way on samples/: from files to letters
	@samples/demo.sh

check: groups ## install what tests need, build, run every test, count

lint unit cases real asan: groups ## groups of the tests, together or alone

bench: all $(addprefix $(BUILD)/tests/bench/,cairo letters) ## what a letter costs, against pango and cairo
	@tests/bench/run.sh

format: ## clang-format over our files
	clang-format -i $(FILES)

samples: $(GENERATE) ## write samples/ anew
	$(GENERATE) samples

install: all ## to DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/semonce
	install $(BUILD)/semonce $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/share/semonce/law
	cp -R layouts fonts $(DESTDIR)$(PREFIX)/share/semonce
	cp src/law/*.csv $(DESTDIR)$(PREFIX)/share/semonce/law
	for page in $(wildcard src/man/*.[1-8]); do \
		dir=$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}; \
		install -d $$dir && install -m 644 $$page $$dir || exit 1; \
	done

clean: ## remove build/
	rm -rf build

deps: ## install missing Debian packages
	@.ci/deps $(DEPS) $(DEPS_TEST)

help: ## this list
	@sed -n 's/^\([a-z][a-z ]*\):.*## \(.*\)/make \1: \2/p' Makefile

# ---- how ----

$(BUILD)/flags.mk: Makefile
	@.ci/deps $(DEPS) \
		$(if $(filter check,$(MAKECMDGOALS)),$(DEPS_TEST))
	@mkdir -p $(@D)
	@c=$$(pkg-config --cflags $(PKGS)) && l=$$(pkg-config --libs $(PKGS)) && \
	printf 'PKG_CFLAGS = %s\nPKG_LIBS = $(LIBS_FIRST) %s -lhpdf -lcsv -lm\n' \
		"$$(echo "$$c" | sed 's/-I/-isystem /g')" "$$l" >$@

# Objects are made again when the flags are others.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo "$(CC) $(ALL_CFLAGS)" | cmp -s - $@ || \
		echo "$(CC) $(ALL_CFLAGS)" >$@

$(BUILD)/semonce: $(BUILD)/obj/main.o $(BUILD)/libsemonce.a
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/libsemonce.a: $(OBJ)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/obj/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libsemonce.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libsemonce.a \
		$(PKG_LIBS) -lcmocka -lhyphen

$(SPEC_BIN): $(BUILD)/tests/%: tests/spec/%.c $(BUILD)/libsemonce.a \
		$(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libsemonce.a \
		$(PKG_LIBS)

$(BUILD)/tests/real/%: tests/real/%.c $(BUILD)/libsemonce.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libsemonce.a \
		$(PKG_LIBS)

$(BUILD)/tests/pdf/%.o: tests/pdf/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(PDF_BIN): %: %.o $(PDF_PART) $(BUILD)/libsemonce.a
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/tests/fuzz/%.o: tests/fuzz/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(FUZZ_BIN): $(FUZZ_OBJ) $(BUILD)/libsemonce.a
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

# It needs dates and files only.
$(GENERATE): $(wildcard tests/samples/*.[ch]) $(BASE_OBJ) $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c %.o,$^) \
		$(PKG_LIBS)

$(BUILD)/tests/bench/cairo: tests/bench/cairo.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(PKG_LIBS) -lpangocairo-1.0

SEAMS = template_fill markdown_parse shape_spans shape_text shape_fitted \
	qr_make pdf_deflate
$(BUILD)/tests/bench/letters: tests/bench/letters.c $(BUILD)/libsemonce.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(SEAMS:%=-Wl,--wrap=%) -o $@ $^ \
		$(PKG_LIBS)

# The groups that were asked for, or all, in one run with one count.
groups: deps
	+@tests/check.sh build $(or \
		$(filter lint unit cases real asan,$(MAKECMDGOALS)), \
		lint unit cases real asan)

# What check.sh asks for.
tests: $(UNIT_BIN) $(SPEC_BIN) $(REAL_BIN) $(PDF_BIN) $(FUZZ_BIN) $(GENERATE) \
	$(addprefix $(BUILD)/tests/bench/,cairo letters)
asan-build:
	$(MAKE) BUILD=build/asan CFLAGS="$(ASAN_CFLAGS)" all tests
tidy: $(TIDY)
headers: $(patsubst %,$(BUILD)/alone/%.ok,$(filter %.h,$(FILES)))

$(BUILD)/alone/%.ok: % $(filter %.h,$(FILES)) $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Werror -fsyntax-only -include $< -x c /dev/null
	@touch $@

# clang does not know every flag of gcc, and needs only what changes meaning.
$(BUILD)/tidy/src/%.ok: src/%.c $(BUILD)/obj/%.o .clang-tidy
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- $(CPPFLAGS) $(PKG_CFLAGS) \
		2>$(@:.ok=.err) || { cat $(@:.ok=.err); exit 1; }
	@touch $@

$(BUILD)/tidy/tests/%.ok: tests/%.c $(filter %.h,$(FILES)) .clang-tidy
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- $(CPPFLAGS) $(PKG_CFLAGS) \
		2>$(@:.ok=.err) || { cat $(@:.ok=.err); exit 1; }
	@touch $@

ifneq ($(filter-out clean deps format help,$(or $(MAKECMDGOALS),all)),)
include $(BUILD)/flags.mk
endif
-include $(OBJ:.o=.d) $(BUILD)/obj/main.d $(UNIT_BIN:=.d) $(SPEC_BIN:=.d) \
	$(REAL_BIN:=.d) $(PDF_OBJ:.o=.d) $(FUZZ_OBJ:.o=.d)
FORCE:
.DELETE_ON_ERROR:
.PHONY: all demo check lint unit cases real asan bench format samples install \
	clean deps help groups tests asan-build tidy headers FORCE
