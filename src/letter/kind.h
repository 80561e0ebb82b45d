/*
 * kind: what a letter must say by what it is, which the name of its text
 * tells: a demand its sum, a formal notice its days, and so on. Words are
 * looked for in the letter as the sample data make it. Other names are free.
 */
#ifndef LETTER_KIND_H
#define LETTER_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* What was seen in a text, as bits. */
enum kind_part {
	KIND_SUM = 1 << 0,
	KIND_INVOICES = 1 << 1,
	KIND_PAYMENT = 1 << 2,
	KIND_DAYS = 1 << 3,
	KIND_PLAN = 1 << 4,
	KIND_WORDINGS = 1 << 5, /* both, of the subject */
	KIND_NAME = 1 << 6,     /* it says what it is: a formal notice */
	KIND_PERSONAL = 1 << 7  /* room for a paragraph of the approver */
};

/* The parts that a tag is, 0 for most. */
unsigned kind_parts_of(const char *tag);

/* The parts that words say. */
unsigned kind_parts_said(const char *words);

/* A tag that claims a fee, which no consumer owes. */
bool kind_is_fee(const char *tag);

/* A section that is there only if a fee is claimed. */
bool kind_is_fee_claimed(const char *tag);

/* The words of a fee or of a threat that no consumer must read, or NULL. */
const char *kind_harsh_words(const char *words);

/* How many words a text of this name may have. */
size_t kind_words_most(const char *name);

/*
 * Tells what a text of this name lacks: what, and what to do. Nothing for a
 * name that is free.
 */
void kind_tell_missing(const char *name, unsigned parts,
    void (*tell)(void *context, const char *text), void *context);

#endif
