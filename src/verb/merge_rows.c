#include "verb/merge_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "verb/mailing.h"
#include "verb/merge_names.h"

#define ROWS_MAX     10000000
#define NAME_MAX_LEN 200
#define POOL_MAX     ((size_t)2 << 30)

/* A row on its way to its place. */
struct key {
	uint32_t index, at; /* its key: offset in the pool */
};

/* A row whose name another has. */
struct twin {
	uint32_t index, line; /* of the other */
};

struct merge_rows {
	uint32_t n;
	uint32_t *places; /* by index; NULL: in the order of the data */
	struct twin *twins;
	size_t n_twins, twins_cap;
	bool nameless; /* no row has a name of its own */
};

/* What is only needed while reading. */
struct reading {
	struct merge_rows *rows;
	struct merge_names *names; /* NULL: letters are no files */
	uint8_t *unnamed;          /* a bit a row */
	size_t unnamed_cap;
	const char *encoding, *sort;
	bool sortable; /* a row has the column to sort by */
	struct key *keys;
	size_t keys_cap;
	struct str pool;
};

/* A name must stay in its folder, and say what the file is. */
static const char *
complete_name(const char *s, size_t len, char out[static NAME_MAX_LEN + 5])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_.";

	if (len > NAME_MAX_LEN || s[0] == '.')
		return NULL;
	memcpy(out, s, len);
	out[len] = '\0';
	if (strlen(out) != len || out[strspn(out, letters)] != '\0')
		return NULL;
	if (len < 4 || strcmp(out + len - 4, ".pdf") != 0)
		memcpy(out + len, ".pdf", sizeof(".pdf"));
	return out;
}

static int
add_name(struct reading *g, const char *name, uint32_t index, unsigned line,
    struct err *e)
{
	struct merge_rows *r = g->rows;
	unsigned first = 0;
	int there = merge_names_add(g->names, name, line, &first, e);

	if (there != 1)
		return there;
	r->twins = mem_grow(r->twins, &r->twins_cap, r->n_twins + 1,
	    sizeof(*r->twins));
	r->twins[r->n_twins++] = (struct twin){ index, first };
	return 0;
}

static int
take_name(struct reading *g, const struct mailing_row *row,
    const struct skim *file, struct err *e)
{
	char buf[NAME_MAX_LEN + 5];
	const char *name;
	size_t byte = row->index / 8;

	if (g->names == NULL)
		return 0;
	g->unnamed = mem_grow(g->unnamed, &g->unnamed_cap, byte + 1, 1);
	if (file->value == NULL || file->len == 0) {
		g->unnamed[byte] |= (uint8_t)(1 << row->index % 8);
		return 0;
	}
	g->rows->nameless = false;
	name = complete_name(file->value, file->len, buf);
	if (name == NULL)
		return 0; /* its letter will say why */
	return add_name(g, name, (uint32_t)row->index, row->line, e);
}

static void
take_key(struct reading *g, const struct mailing_row *row,
    const struct skim *key)
{
	if (g->sort == NULL)
		return;
	g->keys =
	    mem_grow(g->keys, &g->keys_cap, row->index + 1, sizeof(*g->keys));
	g->keys[row->index] =
	    (struct key){ (uint32_t)row->index, (uint32_t)g->pool.len };
	g->sortable |= key->value != NULL;
	if (key->value != NULL)
		str_put(&g->pool, key->value, key->len);
	str_put(&g->pool, "", 1);
}

static int
check_rows(const struct reading *g, const char *path, struct err *e)
{
	if (g->rows->n == 0)
		return err_set(e, ERR_DATA,
		    "%s: no rows, no letters: put in a row for each letter",
		    path);
	if (g->sort != NULL && !g->sortable)
		return err_set(e, ERR_USAGE,
		    "--sort '%.60s': no row of %s has it: name a column",
		    g->sort, path);
	return 0;
}

static int
read_rows(struct reading *g, const char *path, struct err *e)
{
	struct skim wanted[] = { { .name = g->names != NULL ? "file" : NULL },
		{ .name = g->sort } };
	struct mailing *data;
	struct mailing_row row;
	int found;

	if (mailing_open(path, g->encoding, &data, e) != 0)
		return -1;
	if (mailing_check_address(data, e) != 0) {
		mailing_close(data);
		return -1;
	}
	while ((found = mailing_scan(data, &row, wanted, 2, e)) == 1) {
		if (row.index == ROWS_MAX || g->pool.over)
			found = err_set(e, ERR_DATA,
			    "%s: too many rows: cut it in parts", path);
		else
			found = take_name(g, &row, &wanted[0], e);
		if (found == -1)
			break;
		take_key(g, &row, &wanted[1]);
		g->rows->n++;
	}
	mailing_close(data);
	return found == 0 ? check_rows(g, path, e) : found;
}

static int
by_key(const void *a, const void *b, void *pool)
{
	const struct key *x = a, *y = b;
	int order = strcmp((char *)pool + x->at, (char *)pool + y->at);

	return order != 0 ? order
			  : (x->index > y->index) - (x->index < y->index);
}

static void
sort_rows(struct reading *g)
{
	struct merge_rows *r = g->rows;

	if (g->sort == NULL)
		return;
	qsort_r(g->keys, r->n, sizeof(*g->keys), by_key, g->pool.p);
	r->places = mem_alloc(r->n * sizeof(*r->places));
	for (uint32_t i = 0; i < r->n; i++)
		r->places[g->keys[i].index] = i;
}

static int
by_index(const void *a, const void *b)
{
	const struct twin *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

/* Names made of places, where some rows have names of their own. */
static int
name_others(struct reading *g, struct err *e)
{
	struct merge_rows *r = g->rows;
	char name[32];

	if (g->names == NULL || r->nameless)
		return 0;
	for (uint32_t i = 0; i < r->n; i++) {
		if ((g->unnamed[i / 8] >> i % 8 & 1) == 0)
			continue;
		(void)snprintf(name, sizeof(name), "%06zu.pdf",
		    merge_rows_place(r, i) + 1);
		if (add_name(g, name, i, 0, e) != 0)
			return -1;
	}
	if (r->n_twins > 0)
		qsort(r->twins, r->n_twins, sizeof(*r->twins), by_index);
	return 0;
}

int
merge_rows_read(const char *data, const char *encoding, const char *sort,
    bool names, struct merge_rows **out, struct err *e)
{
	struct reading g = { .encoding = encoding, .sort = sort };
	int rc = 0;

	g.rows = mem_alloc(sizeof(*g.rows));
	g.rows->nameless = true;
	str_init(&g.pool, POOL_MAX);
	if (names)
		rc = merge_names_new(&g.names, e);
	if (rc == 0)
		rc = read_rows(&g, data, e);
	if (rc == 0) {
		sort_rows(&g);
		rc = name_others(&g, e);
	}
	merge_names_free(g.names);
	free(g.unnamed);
	free(g.keys);
	str_done(&g.pool);
	if (rc == 0)
		*out = g.rows;
	else
		merge_rows_free(g.rows);
	return rc;
}

void
merge_rows_free(struct merge_rows *r)
{
	if (r == NULL)
		return;
	free(r->places);
	free(r->twins);
	free(r);
}

size_t
merge_rows_count(const struct merge_rows *r)
{
	return r->n;
}

size_t
merge_rows_place(const struct merge_rows *r, size_t index)
{
	return r->places != NULL ? r->places[index] : index;
}

int
merge_rows_name(const struct merge_rows *r, size_t index, const json_t *data,
    struct arena *a, const char **out, struct err *e)
{
	struct twin me = { .index = (uint32_t)index }, *twin = NULL;
	const json_t *debtor = json_object_get(data, "debtor");
	const json_t *file = json_object_get(data, "file");
	char buf[NAME_MAX_LEN + 5];
	const char *s;

	if (!json_is_string(file))
		file = json_object_get(debtor, "file");
	s = json_string_value(file);
	if (s == NULL || *s == '\0')
		s = arena_fmt(a, "%06zu.pdf", merge_rows_place(r, index) + 1);
	else if (complete_name(s, json_string_length(file), buf) == NULL)
		return err_set(e, ERR_DATA,
		    "file '%.80s': use letters, digits, '-', '_' and '.', "
		    "at most %d",
		    s, NAME_MAX_LEN);
	else
		s = arena_str(a, buf);
	*out = s;
	if (r->n_twins > 0)
		twin = bsearch(&me, r->twins, r->n_twins, sizeof(me), by_index);
	if (twin != NULL)
		return err_set(e, ERR_DATA,
		    "file '%.80s' is that of line %u: rename one", s,
		    twin->line);
	return 0;
}
