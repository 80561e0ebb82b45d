/*
 * fuzz: hostile texts, pages and data for letters, made by chance.
 *
 * All chance comes from one number of a case, so that a case can be made
 * again alone. What is made is often nearly right: what is wrong in every
 * place is refused in the first.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/str.h"

struct chance {
	uint64_t state; /* xorshift64*, never 0 */
};

/* A text that is shipped, and where it belongs. */
struct shipped {
	const char *text, *lang, *tone;
	size_t n;
};

struct corpus {
	const struct shipped *texts;
	size_t n_texts;
	const struct shipped *pages; /* without language and tone */
	size_t n_pages;
	const json_t *data; /* of a notice */
};

struct chance chance_of(uint64_t seed, uint64_t number);

/* 0 to n - 1; n is not 0. */
size_t chance_below(struct chance *c, size_t n);

/* True once in n times. */
bool chance_once_in(struct chance *c, size_t n);

/* A word, a name or worse, in UTF-8; some are long. */
void fuzz_put_word(struct chance *c, struct str *out);

/* Changes some bytes, lines or tags of a text; it may be UTF-8 no more. */
void fuzz_change(struct chance *c, const struct corpus *from, struct str *text);

/* Appends a letter with a head, all by chance; page "": none is named. */
void fuzz_put_letter(struct chance *c, const char *page, struct str *out);

/* Changes numbers, keys and lines of a page; its name stays. */
void fuzz_change_page(struct chance *c, struct str *page);

/* A changed copy of the data; NULL if it is no JSON any more. */
json_t *fuzz_data(struct chance *c, const json_t *data);

#endif
