/* check: all rules over one file (check.h). */
#include "check.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#define SHOWN_MAX 5U /* findings of one rule that are printed */

void
check_broken(struct check *c, const char *fmt, ...)
{
	va_list ap;

	if (c->out != NULL && c->broken < SHOWN_MAX) {
		(void)fprintf(c->out, "%s: %s: ", c->doc->path, c->rule);
		va_start(ap, fmt);
		(void)vfprintf(c->out, fmt, ap);
		va_end(ap);
		(void)fputc('\n', c->out);
	}
	c->broken++;
}

void
check_broken_lines(struct check *c, const struct str *lines)
{
	const char *p = lines->p, *end;

	for (; (end = strchr(p, '\n')) != NULL; p = end + 1)
		check_broken(c, "%.*s", (int)(end - p), p);
	if (lines->over)
		check_broken(c, "and more than can be listed");
}

static void
run_rules(struct check *c, const struct rule *rules, struct check_result *r)
{
	for (; rules->name != NULL; rules++) {
		assert(r->n_rules < CHECK_RULES_MAX);
		c->rule = rules->name;
		c->broken = 0;
		rules->run(c);
		r->n_rules++;
		if (c->broken > 0)
			r->broken[r->n_broken++] = rules->name;
	}
}

int
check_pdf(const char *path, FILE *out, struct check_result *r, struct err *e)
{
	struct check c = { .out = out };

	*r = (struct check_result){ .n_rules = 0 };
	if (doc_open(path, &c.doc, e) != 0)
		return -1;
	content_read(c.doc, &c.content);
	tree_read(c.doc, &c.tree);
	run_rules(&c, rules_file, r);
	run_rules(&c, rules_meta, r);
	run_rules(&c, rules_tree, r);
	run_rules(&c, rules_text, r);
	tree_done(&c.tree);
	content_done(&c.content);
	doc_close(c.doc);
	return 0;
}
