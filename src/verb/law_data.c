#include "verb/law_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "law/limit.h"
#include "read/columns.h"

#define YEARS_MAX 100

/* A file being read; rows go to the end of the heap array. */
struct list {
	void *rows;
	size_t n, cap, size; /* rows, room, bytes of one */
};

typedef int row_reader(const struct line *l, void *out, struct err *e);

enum {
	SERIES,
	VALID_FROM,
	VALID_UNTIL,
	RATE,
	RATE_CONFIDENCE,
	SOURCE
};

static const struct column rate_columns[] = {
	[SERIES] = { .name = "series", .required = true },
	[VALID_FROM] = { .name = "valid_from", .required = true },
	[VALID_UNTIL] = { .name = "valid_until" },
	[RATE] = { .name = "rate", .required = true },
	[RATE_CONFIDENCE] = { .name = "confidence" },
	[SOURCE] = { .name = "source", .required = true },
};

static const struct table rates_table = { .what = "rates",
	.columns = rate_columns,
	.n = sizeof(rate_columns) / sizeof(rate_columns[0]) };

enum {
	COUNTRY,
	KIND,
	RULE_SERIES,
	FLOOR,
	STARTS,
	SLICES,
	FEES,
	RULE_ARTICLE,
	RULE_CONFIDENCE,
	ORDER,
	ORDER_ARTICLE,
	ORDER_CONFIDENCE
};

static const struct column rule_columns[] = {
	[COUNTRY] = { .name = "country", .required = true },
	[KIND] = { .name = "kind", .required = true },
	[RULE_SERIES] = { .name = "series", .required = true },
	[FLOOR] = { .name = "floor" },
	[STARTS] = { .name = "starts", .required = true },
	[SLICES] = { .name = "slices", .required = true },
	[FEES] = { .name = "fees" },
	[RULE_ARTICLE] = { .name = "article", .required = true },
	[RULE_CONFIDENCE] = { .name = "confidence" },
	[ORDER] = { .name = "imputation" },
	[ORDER_ARTICLE] = { .name = "imputation_article" },
	[ORDER_CONFIDENCE] = { .name = "imputation_confidence" },
};

static const struct table rules_table = { .what = "rules",
	.columns = rule_columns,
	.n = sizeof(rule_columns) / sizeof(rule_columns[0]) };

enum {
	SCHEME,
	CURRENCY,
	FROM,
	FIXED,
	PERCENT,
	MINIMUM,
	MAXIMUM,
	WHEN,
	FEE_ARTICLE,
	FEE_CONFIDENCE
};

static const struct column fee_columns[] = {
	[SCHEME] = { .name = "scheme", .required = true },
	[CURRENCY] = { .name = "currency", .required = true },
	[FROM] = { .name = "from", .required = true },
	[FIXED] = { .name = "fixed", .required = true },
	[PERCENT] = { .name = "percent", .required = true },
	[MINIMUM] = { .name = "minimum" },
	[MAXIMUM] = { .name = "maximum" },
	[WHEN] = { .name = "when", .required = true },
	[FEE_ARTICLE] = { .name = "article", .required = true },
	[FEE_CONFIDENCE] = { .name = "confidence" },
};

static const struct table fees_table = { .what = "fees",
	.columns = fee_columns,
	.n = sizeof(fee_columns) / sizeof(fee_columns[0]) };

enum {
	LIMIT_COUNTRY,
	LIMIT_KIND,
	YEARS,
	LIMIT_FROM,
	LIMIT_ARTICLE,
	LIMIT_CONFIDENCE
};

static const struct column limit_columns[] = {
	[LIMIT_COUNTRY] = { .name = "country", .required = true },
	[LIMIT_KIND] = { .name = "kind", .required = true },
	[YEARS] = { .name = "years", .required = true },
	[LIMIT_FROM] = { .name = "from", .required = true },
	[LIMIT_ARTICLE] = { .name = "article", .required = true },
	[LIMIT_CONFIDENCE] = { .name = "confidence" },
};

static const struct table limits_table = { .what = "limits",
	.columns = limit_columns,
	.n = sizeof(limit_columns) / sizeof(limit_columns[0]) };

static const char *const kinds[] = { [DEBTOR_BUSINESS] = "business",
	[DEBTOR_CONSUMER] = "consumer",
	[DEBTOR_PUBLIC] = "public",
	NULL };
static const char
    *const starts[] = { [START_DUE] = "due", [START_NOTICE] = "notice", NULL };
static const char *const slices[] = { "recut", "frozen", NULL };
static const char *const whens[] = { [FEE_DUE] = "due",
	[FEE_NOTICE] = "notice",
	[FEE_CLAUSE] = "clause",
	NULL };
static const char *const
    froms[] = { [LIMIT_DUE] = "due", [LIMIT_YEAR_END] = "year_end", NULL };
static const char *const confidences[] = { "", "weak", NULL };

static int
word(const struct line *l, size_t column, const char *const *words, int *out,
    struct err *e)
{
	*out = cell_word(l, column, words, -1, e);
	return *out == -1 ? -1 : 0;
}

static int
is_weak(const struct line *l, size_t column, bool *out, struct err *e)
{
	int weak = cell_word(l, column, confidences, 0, e);

	*out = weak == 1;
	return weak == -1 ? -1 : 0;
}

static int
rate_read(const struct line *l, void *out, struct err *e)
{
	struct rate *r = out;

	if (cell_text(l, SERIES, &r->series, e) != 0 ||
	    cell_date(l, VALID_FROM, &r->from, e) != 0 ||
	    cell_date(l, VALID_UNTIL, &r->until, e) != 0 ||
	    rate_parse(cell_raw(l, RATE), &r->milli, e) != 0 ||
	    is_weak(l, RATE_CONFIDENCE, &r->weak, e) != 0)
		return -1;
	return cell_text(l, SOURCE, &r->source, e);
}

/* "fee interest principal": each part once. */
static int
order_read(const struct line *l, struct rule *r, struct err *e)
{
	static const char *const parts[DEBT_PARTS] = {
		[PART_PRINCIPAL] = "principal",
		[PART_INTEREST] = "interest",
		[PART_FEE] = "fee",
	};
	enum debt_part *order =
	    arena_array(l->arena, DEBT_PARTS, sizeof(*order));
	const char *p = cell_raw(l, ORDER);
	unsigned seen = 0;
	size_t n = 0;

	if (p[0] == '\0')
		return 0;
	for (; *p != '\0' && n < DEBT_PARTS; n++) {
		size_t length = strcspn(p, " ");

		for (size_t k = 0; k < DEBT_PARTS; k++)
			if (strlen(parts[k]) == length &&
			    strncmp(parts[k], p, length) == 0) {
				order[n] = (enum debt_part)k;
				seen |= 1u << k;
			}
		p += length + (p[length] == ' ');
	}
	if (*p != '\0' || seen != (1u << DEBT_PARTS) - 1)
		return cell_bad(l, ORDER, "order",
		    "write fee, interest and principal, each once, with a "
		    "space between",
		    e);
	r->order = order;
	return 0;
}

static int
rule_read(const struct line *l, void *out, struct err *e)
{
	struct rule *r = out;
	int kind, start, frozen;

	if (cell_text(l, COUNTRY, &r->country, e) != 0 ||
	    word(l, KIND, kinds, &kind, e) != 0 ||
	    cell_text(l, RULE_SERIES, &r->series, e) != 0 ||
	    cell_text(l, FLOOR, &r->floor, e) != 0 ||
	    word(l, STARTS, starts, &start, e) != 0 ||
	    word(l, SLICES, slices, &frozen, e) != 0 ||
	    cell_text(l, FEES, &r->fees, e) != 0 ||
	    cell_text(l, RULE_ARTICLE, &r->article, e) != 0 ||
	    order_read(l, r, e) != 0 ||
	    cell_text(l, ORDER_ARTICLE, &r->order_article, e) != 0 ||
	    is_weak(l, ORDER_CONFIDENCE, &r->order_weak, e) != 0)
		return -1;
	r->kind = (enum debtor_kind)kind;
	r->start = (enum rule_start)start;
	r->frozen = frozen == 1;
	return is_weak(l, RULE_CONFIDENCE, &r->weak, e);
}

/* An amount of the row's currency; an empty cell is zero. */
static int
amount(const struct line *l, size_t column, int64_t *out, struct err *e)
{
	struct money m = { 0 };

	if (cell_raw(l, column)[0] != '\0' &&
	    cell_money(l, column, CURRENCY, &m, e) != 0)
		return -1;
	if (m.minor < 0)
		return cell_bad(l, column, "amount",
		    "it must not be below zero", e);
	*out = m.minor;
	return 0;
}

static int
fee_read(const struct line *l, void *out, struct err *e)
{
	struct fee_step *f = out;
	struct money m;
	int when;

	if (cell_text(l, SCHEME, &f->scheme, e) != 0 ||
	    cell_money(l, FROM, CURRENCY, &m, e) != 0 ||
	    amount(l, FROM, &f->from, e) != 0 ||
	    amount(l, FIXED, &f->fixed, e) != 0 ||
	    rate_parse(cell_raw(l, PERCENT), &f->milli, e) != 0 ||
	    amount(l, MINIMUM, &f->minimum, e) != 0 ||
	    amount(l, MAXIMUM, &f->maximum, e) != 0 ||
	    word(l, WHEN, whens, &when, e) != 0 ||
	    cell_text(l, FEE_ARTICLE, &f->article, e) != 0)
		return -1;
	memcpy(f->currency, m.currency, sizeof(f->currency));
	f->when = (enum fee_when)when;
	return is_weak(l, FEE_CONFIDENCE, &f->weak, e);
}

static int
limit_read(const struct line *l, void *out, struct err *e)
{
	struct limit *m = out;
	int kind, from;
	char *end;

	if (cell_text(l, LIMIT_COUNTRY, &m->country, e) != 0 ||
	    word(l, LIMIT_KIND, kinds, &kind, e) != 0 ||
	    word(l, LIMIT_FROM, froms, &from, e) != 0 ||
	    cell_text(l, LIMIT_ARTICLE, &m->article, e) != 0)
		return -1;
	m->years = (int)strtol(cell_raw(l, YEARS), &end, 10);
	if (*end != '\0' || m->years < 1 || m->years > YEARS_MAX)
		return cell_bad(l, YEARS, "number",
		    "write whole years, 1 to 100", e);
	m->kind = (enum debtor_kind)kind;
	m->from = (enum limit_from)from;
	return is_weak(l, LIMIT_CONFIDENCE, &m->weak, e);
}

static int
read_row(struct list *list, const struct line *l, row_reader *read,
    struct err *e)
{
	if (l->row->n != l->header->n)
		return err_set(e, ERR_DATA,
		    "%zu cells, the header has %zu: correct the row", l->row->n,
		    l->header->n);
	list->rows = mem_grow(list->rows, &list->cap, list->n + 1, list->size);
	if (read(l, (char *)list->rows + list->n * list->size, e) != 0)
		return -1;
	list->n++;
	return 0;
}

/* A file, and how its rows are read. */
struct source {
	const char *path;
	const struct table *table;
	row_reader *read;
	struct arena *arena;
};

/* All rows behind the header; *line is where it stopped. */
static int
read_rows(const struct source *s, struct rows *rows, struct list *list,
    unsigned *line, struct err *e)
{
	struct header header = { 0 };
	struct row row;
	struct line l = { .header = &header, .row = &row, .arena = s->arena };
	int found = 0, rc = 0;

	while (rc == 0 && (found = rows_next(rows, &row, e)) == 1) {
		*line = row.line;
		if (row.fault != NULL)
			rc = err_set(e, ERR_DATA, "%s", row.fault);
		else if (header.table == NULL)
			rc = header_read(&row, &s->table, 1, s->arena, &header,
			    e);
		else
			rc = read_row(list, &l, s->read, e);
	}
	return rc == 0 ? found : rc;
}

/* A file that is not there adds nothing. */
static int
read_file(const struct source *s, struct list *list, struct err *e)
{
	struct hasher *hasher;
	struct rows *rows;
	unsigned line = 1;
	int rc = -1;

	if (!file_exists(s->path))
		return 0;
	if (hasher_new(&hasher, e) != 0)
		return -1;
	if (rows_open(s->path, "UTF-8", hasher, &rows, e) == 0) {
		rc = read_rows(s, rows, list, &line, e);
		rows_close(rows);
		if (rc != 0)
			(void)err_add(e, "%s:%u", s->path, line);
	}
	hasher_free(hasher);
	if (rc != 0)
		e->kind = ERR_USAGE;
	return rc;
}

/* Beside the code in the source tree, beside layouts/ when installed. */
static const char *
folder(const struct call *c, struct arena *a)
{
	const char *source = arena_fmt(a, "%s/src/law", c->data);

	return file_exists(source) ? source : arena_fmt(a, "%s/law", c->data);
}

/* Both files of a name to one array in the arena. */
static int
load(const struct call *c, const struct table *t, row_reader *read,
    struct arena *a, struct list *list, struct err *e)
{
	struct source ours = { .path = arena_fmt(a, "%s/%s.csv", folder(c, a),
				   t->what),
		.table = t,
		.read = read,
		.arena = a };
	struct source own = ours;
	void *kept;
	int rc;

	own.path = arena_fmt(a, "%s/%s.csv", c->dir, t->what);
	rc = read_file(&ours, list, e);
	if (rc == 0)
		rc = read_file(&own, list, e);
	kept = arena_array(a, list->n, list->size);
	if (list->n > 0)
		memcpy(kept, list->rows, list->n * list->size);
	free(list->rows);
	list->rows = kept;
	return rc;
}

int
law_load(const struct call *c, struct arena *a, struct law *out, struct err *e)
{
	struct list rates = { .size = sizeof(struct rate) };
	struct list rules = { .size = sizeof(struct rule) };
	struct list fees = { .size = sizeof(struct fee_step) };
	struct list limits = { .size = sizeof(struct limit) };

	if (load(c, &rates_table, rate_read, a, &rates, e) != 0 ||
	    load(c, &rules_table, rule_read, a, &rules, e) != 0 ||
	    load(c, &fees_table, fee_read, a, &fees, e) != 0 ||
	    load(c, &limits_table, limit_read, a, &limits, e) != 0)
		return -1;
	*out = (struct law){
		.rates = { .rows = rates.rows, .n = rates.n },
		.book = { .rules = rules.rows,
		    .n_rules = rules.n,
		    .fees = fees.rows,
		    .n_fees = fees.n,
		    .limits = limits.rows,
		    .n_limits = limits.n },
	};
	rates_sort(&out->rates);
	return 0;
}
