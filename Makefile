# semonce: make help lists the targets.
CC = gcc
BUILD = build
PKGS = harfbuzz harfbuzz-subset pangoft2 cairo cairo-ft cairo-png fontconfig \
	sqlite3 libcurl libqrencode libdeflate gmime-3.0 md4c libcyaml \
	yaml-0.1 jansson libcrypto icu-i18n icu-uc freetype2
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g')
PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -lhpdf -lcsv -lm
WARN = -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes \
	-Wstrict-prototypes -Wwrite-strings -Wundef -Wvla -Wformat=2 \
	-Werror=format-security
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection=full \
	-ftrivial-auto-var-init=zero -fPIE
CFLAGS = -O2 -g
CPPFLAGS = -std=c11 -D_GNU_SOURCE -Isrc
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack
ALL_CFLAGS = $(CPPFLAGS) $(WARN) $(HARDEN) $(CFLAGS) $(PKG_CFLAGS)

SRC := $(wildcard src/*/*.c)
OBJ := $(SRC:src/%.c=$(BUILD)/obj/%.o)
UNIT := $(wildcard tests/unit/*.c)
UNIT_BIN := $(UNIT:tests/unit/%.c=$(BUILD)/tests/%)

all: $(BUILD)/semonce

$(BUILD)/semonce: $(BUILD)/obj/main.o $(BUILD)/libsemonce.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/libsemonce.a: $(OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libsemonce.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libsemonce.a \
		$(PKG_LIBS) -lcmocka

-include $(OBJ:.o=.d)
.PHONY: all
