/*
 * check: the rules of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) that
 * our letters must keep, one short name each.
 *
 * A rule looks at a file that was read once, and says each thing it finds
 * broken. The rules are so cut that one damage breaks one rule.
 */
#ifndef TESTS_PDF_CHECK_H
#define TESTS_PDF_CHECK_H

#include <stdio.h>

#include "content.h"
#include "doc.h"
#include "tree.h"

struct check {
	struct doc *doc;
	struct content content;
	struct tree tree;
	FILE *out;        /* NULL: say nothing */
	const char *rule; /* the one that runs */
	unsigned broken;  /* findings of that rule */
};

struct rule {
	const char *name;
	void (*run)(struct check *);
};

/* Each table ends with an empty row. */
extern const struct rule rules_file[], rules_meta[], rules_tree[], rules_text[];

/* Says that the running rule is broken, and by what. */
void check_broken(struct check *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* check_broken for each line of a list of faults. */
void check_broken_lines(struct check *c, const struct str *lines);

/* What check_pdf found: the names of the broken rules in order. */
#define CHECK_RULES_MAX 64
struct check_result {
	const char *broken[CHECK_RULES_MAX];
	size_t n_broken, n_rules;
};

/* Runs all rules over a file; -1 if it cannot be read at all. */
int check_pdf(const char *path, FILE *out, struct check_result *r,
    struct err *e);

#endif
