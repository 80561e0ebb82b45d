/*
 * enclosure: the original invoices of a notice's demanded lines, from the
 * archive: inside the letter as associated files, beside it in a mail,
 * behind it on paper.
 */
#ifndef VERB_ENCLOSURE_H
#define VERB_ENCLOSURE_H

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"
#include "verb/workspace.h"

struct enclosure {
	const char *number; /* of the invoice */
	const char *name;   /* of the file: "F2026-0101.pdf" */
	const char *mime, *description;
	const char *bytes;
	size_t n;
	size_t pages; /* 0: an XML file, not for paper */
};

struct enclosures {
	struct enclosure *list; /* one an invoice, in the order of the lines */
	size_t n, pages, bytes; /* of all */
};

/*
 * Reads the files of a notice from the outbox into the arena. ERR_DATA with
 * the invoice and the file for one that is missing, changed, encrypted or
 * broken. `lang` is that of the descriptions.
 */
int enclosure_load(const struct workspace *w, const struct notice *n,
    const char *lang, struct arena *a, struct enclosures *out, struct err *e);

/* Gives the data `attachments` and, as words, `attachments_label`. */
void enclosure_name(const struct enclosures *x, const char *lang,
    struct arena *a, json_t *data);

/* What the printer gets, appended: the letter, behind it the invoices. */
int enclosure_print(const struct enclosures *x, const struct str *letter,
    struct str *out, struct err *e);

/*
 * Whether a file can be enclosed: ext is "pdf" or "xml". Counts its pages;
 * ERR_DATA, with what to do, if it is encrypted or broken.
 */
int enclosure_check(const void *bytes, size_t n, const char *ext, size_t *pages,
    struct err *e);

#endif
