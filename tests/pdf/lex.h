/*
 * lex: the tokens of PDF syntax (ISO 32000-1, 7.2 and 7.3), for content
 * streams, CMaps and the bytes around a stream. No recursion, no repair.
 */
#ifndef TESTS_PDF_LEX_H
#define TESTS_PDF_LEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

enum token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_NAME,
	TOKEN_STRING,
	TOKEN_ARRAY,
	TOKEN_ARRAY_END,
	TOKEN_DICT,
	TOKEN_DICT_END,
	TOKEN_WORD
};

struct token {
	enum token_kind kind;
	const char *text;     /* of a name (with slash) or word */
	const uint8_t *bytes; /* of a string, decoded */
	size_t n;
	long whole; /* whole part of a number */
};

struct lex {
	const uint8_t *p, *end;
	struct arena *arena; /* texts and bytes of the tokens live here */
};

/* The next token; TOKEN_END for ever at the end. */
struct token lex_next(struct lex *l);

/* Moves behind the EI of an inline image whose ID was just read. */
void lex_skip_image(struct lex *l);

#endif
