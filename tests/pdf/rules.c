/*
 * rules FILE.pdf…: the rules of check.h over each file.
 *
 * Prints "FILE: ok N rules", or one line for each thing that breaks a rule:
 * "FILE: rule: what was found". Exit status: 0 all keep all rules, 1 one
 * breaks one or cannot be read, 2 usage.
 *
 * Damage to bytes inside a compressed stream is not its business: run
 * `qpdf --check` too (check.sh does).
 */
#include <stdio.h>

#include "check.h"

int
main(int argc, char **argv)
{
	struct check_result r;
	struct err e;
	int i, bad = 0;

	if (argc < 2) {
		(void)fprintf(stderr, "usage: rules FILE.pdf...\n");
		return 2;
	}
	for (i = 1; i < argc; i++) {
		if (check_pdf(argv[i], stdout, &r, &e) != 0) {
			printf("%s: unreadable: %s\n", argv[i], e.text);
			bad = 1;
		} else if (r.n_broken > 0) {
			bad = 1;
		} else {
			printf("%s: ok %zu rules\n", argv[i], r.n_rules);
		}
	}
	return bad;
}
