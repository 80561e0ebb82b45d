/*
 * The texts we ship: each expands with the data of a notice, also the poor
 * data of some debtors, and says what the law and the reader need.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "letter/labels.h"
#include "letter/markdown.h"
#include "letter/template.h"

#define DATA "tests/data/notice.json"

static const char *const langs[] = { "fr", "en", "de" };
static const char *const names[] = { "prevenance", "relance-1", "relance-2",
	"mise-en-demeure", "mise-en-demeure.consumer" };

#define LANGS (sizeof(langs) / sizeof(langs[0]))
#define NAMES (sizeof(names) / sizeof(names[0]))

/* A change to the data: key and JSON value, dotted one level. */
struct change {
	const char *object, *key, *value;
};

static const struct change changes[] = {
	{ NULL, "has_informational", "false" },
	{ NULL, "informational", "[]" },
	{ NULL, "previous", "null" },
	{ "creditor", "phone", "\"\"" },
	{ "creditor", "email", "\"\"" },
	{ "creditor", "hours", "\"\"" },
	{ "creditor", "signatory", "\"\"" },
	{ "creditor", "signatory_title", "\"\"" },
	{ "debtor", "is_public", "true" },
	{ "payment", "has_qr", "false" },
	{ "notice", "personal", "\"Merci *encore*.\"" },
	{ "notice", "deadline", "\"2026-03-26\"" },
	{ "totals", "paid", "{\"minor\":0,\"currency\":\"EUR\"}" },
};

struct text {
	char path[128];
	const char *lang;
	struct str file;
	struct str subject, body;
	struct arena *arena;
	struct block *root;
};

static json_t *
load_data(void)
{
	json_t *data = json_load_file(DATA, 0, NULL);

	assert_non_null(data);
	return data;
}

static void
apply(json_t *data, const struct change *c)
{
	json_t *value = json_loads(c->value, JSON_DECODE_ANY, NULL);
	json_t *at =
	    c->object != NULL ? json_object_get(data, c->object) : data;

	assert_non_null(value);
	assert_int_equal(json_object_set_new(at, c->key, value), 0);
}

static int
expand(struct text *t, const char *part, const json_t *data,
    enum template_escape escape, struct str *out)
{
	struct template *parsed;
	struct err e = { 0 };

	if (template_parse(t->path, 1, part, t->arena, &parsed, &e) == -1 ||
	    template_expand(parsed, data, t->lang, escape, out, &e) == -1) {
		print_message("%s\n", e.text);
		return -1;
	}
	return 0;
}

/* The head is two lines we know; letter.c reads it for real. */
static int
text_open(struct text *t, const char *lang, const char *name,
    const json_t *data)
{
	static const char first[] = "---\nsubject: \"";
	static const char last[] = "\"\npage: fr-dl\n---\n";
	struct err e = { 0 };
	const char *subject, *body;

	(void)snprintf(t->path, sizeof(t->path),
	    "layouts/letter/%s/formal/%s.md", lang, name);
	t->lang = lang;
	t->arena = arena_new();
	str_init(&t->file, 65536);
	str_init(&t->subject, 65536);
	str_init(&t->body, 65536);
	if (file_read(t->path, &t->file, &e) == -1)
		fail_msg("%s", e.text);
	assert_int_equal(strncmp(t->file.p, first, strlen(first)), 0);
	subject = t->file.p + strlen(first);
	body = strstr(subject, last);
	assert_non_null(body);
	subject = arena_strn(t->arena, subject, (size_t)(body - subject));
	if (expand(t, subject, data, ESCAPE_NONE, &t->subject) == -1 ||
	    expand(t, body + strlen(last), data, ESCAPE_MARKDOWN, &t->body) ==
		-1)
		return -1;
	if (markdown_parse(t->body.p, t->body.len, t->arena, &t->root, &e) ==
	    -1)
		fail_msg("%s: %s", t->path, e.text);
	return 0;
}

static void
text_close(struct text *t)
{
	str_done(&t->file);
	str_done(&t->subject);
	str_done(&t->body);
	arena_free(t->arena);
}

/* The words of all blocks, a line each. */
static void
words(const struct block *b, struct str *out)
{
	for (; b != NULL; b = b->next) {
		for (const struct span *s = b->spans; s != NULL; s = s->next)
			str_puts(out, s->text);
		if (b->alt != NULL)
			str_puts(out, b->alt);
		str_putc(out, '\n');
		words(b->children, out);
	}
}

static const struct block *
find(const struct block *b, enum block_kind kind)
{
	for (; b != NULL; b = b->next)
		if (b->kind == kind)
			return b;
	return NULL;
}

/* The cells of a row and, in *last, the last of them. */
static size_t
cells(const struct block *row, const struct block **last)
{
	size_t n = 0;

	for (*last = row->children; (*last)->next != NULL;
	     *last = (*last)->next)
		n++;
	return n + 1;
}

/* Rows of one width, the last one bold, with its sum at the right. */
static void
check_table(const struct block *table)
{
	const struct block *row = table->children, *last;
	size_t columns = cells(row, &last);

	for (; row->next != NULL; row = row->next)
		assert_int_equal(cells(row, &last), columns);
	assert_int_equal(cells(row, &last), columns);
	assert_int_equal(row->children->spans->style, STYLE_BOLD);
	assert_int_equal(last->spans->style, STYLE_BOLD);
	assert_int_equal(last->align, ALIGN_RIGHT);
}

static void
check_text(const char *lang, const char *name, const json_t *data)
{
	struct text t;
	const struct block *image;

	if (text_open(&t, lang, name, data) == -1)
		fail_msg("%s %s", lang, name);
	assert_non_null(find(t.root->children, BLOCK_TABLE));
	check_table(find(t.root->children, BLOCK_TABLE));
	image = find(t.root->children, BLOCK_IMAGE);
	assert_non_null(image);
	assert_string_equal(image->target, "qr:epc");
	assert_true((strstr(image->alt, "QR") != NULL) ==
	    json_is_true(json_object_get(json_object_get(data, "payment"),
		"has_qr")));
	assert_null(strstr(t.body.p, "{{"));
	assert_null(strstr(t.body.p, "}}"));
	text_close(&t);
}

/* All data, each change alone, all changes at once. */
static void
test_data(void **state)
{
	const size_t n = sizeof(changes) / sizeof(changes[0]);

	(void)state;
	for (size_t i = 0; i < LANGS * NAMES * (n + 2); i++) {
		const char *lang = langs[i / (n + 2) / NAMES];
		const char *name = names[i / (n + 2) % NAMES];
		size_t which = i % (n + 2);
		json_t *data = load_data();

		for (size_t k = 0; k < n; k++)
			if (which == k || which == n)
				apply(data, &changes[k]);
		check_text(lang, name, data);
		json_decref(data);
	}
}

/* A formal notice is not written without its number of days. */
static void
test_days(void **state)
{
	static const struct change none = { "notice", "days", "null" };

	(void)state;
	for (size_t i = 0; i < LANGS * NAMES; i++) {
		const char *name = names[i % NAMES];
		bool formal = strncmp(name, "mise", 4) == 0;
		json_t *data = load_data();
		struct text t;

		apply(data, &none);
		assert_int_equal(text_open(&t, langs[i / NAMES], name, data),
		    formal ? -1 : 0);
		text_close(&t);
		json_decref(data);
	}
}

static void
test_words(void **state)
{
	/* what this stage of a debt must not speak of, in any language */
	static const char *const never[] = { "intérêt", "Intérêt", "indemnité",
		"pénalité", "frais", "L441", "L. 441", "L.441", "D. 441",
		"interest", "fee", "penalt", "Zinsen", "Gebühr", "Verzugs",
		"pénal", "huissier", "saisie", "Inkasso" };
	json_t *data = load_data();

	(void)state;
	for (size_t i = 0; i < LANGS * NAMES; i++) {
		const char *name = names[i % NAMES];
		bool formal = strncmp(name, "mise", 4) == 0;
		struct text t;
		struct str all;

		assert_int_equal(text_open(&t, langs[i / NAMES], name, data),
		    0);
		str_init(&all, 65536);
		words(t.root->children, &all);
		for (size_t k = 0; k < sizeof(never) / sizeof(never[0]); k++)
			if (strstr(all.p, never[k]) != NULL)
				fail_msg("%s: %s", name, never[k]);
		assert_int_equal(strstr(t.subject.p, "MISE EN DEMEURE") != NULL,
		    formal);
		assert_non_null(strstr(t.subject.p, "F2026-0101"));
		assert_int_equal(strstr(all.p, "8\u00a0") != NULL &&
			strstr(all.p, "1344") != NULL,
		    formal);
		/* whom to call, and who signs */
		assert_non_null(strstr(all.p,
		    "04\u00a000\u00a000\u00a000\u00a000"));
		assert_non_null(strstr(all.p, "compta@valcourbe.example.com"));
		assert_non_null(strstr(all.p,
		    "\nCamille Ormeçon\nService comptabilité clients\n"));
		assert_null(strstr(all.p, "  "));
		str_done(&all);
		text_close(&t);
	}
	json_decref(data);
}

/* What one change to the data does to the words of each text. */
static void
test_poor_data(void **state)
{
	static const struct {
		struct change change;
		const char *lang, *name, *want, *never;
	} rows[] = {
		{ { "creditor", "signatory", "\"\"" }, NULL, NULL,
		    "\nAteliers Valcourbe\n", "Camille" },
		{ { "creditor", "signatory_title", "\"\"" }, NULL, NULL,
		    "\nCamille Ormeçon\n", "clients" },
		{ { "creditor", "phone", "\"\"" }, "fr", NULL,
		    "ous sommes à votre", " au 04" },
		{ { "creditor", "phone", "\"\"" }, NULL, NULL,
		    " compta@valcourbe.example.com.", "12 h" },
		{ { "creditor", "email", "\"\"" }, NULL, NULL,
		    " 04\u00a000\u00a000\u00a000\u00a000", "compta@" },
		{ { "creditor", "email", "\"\"" }, "fr", "relance-1",
		    "\u00a000 (du lundi au vendredi, de 9 h à 12 h).",
		    "compta@" },
		{ { "creditor", "hours", "\"\"" }, "fr", NULL,
		    " au 04\u00a000\u00a000\u00a000\u00a000 ou par courriel à compta@",
		    "(du" },
		{ { "previous", "date", "\"2026-03-04\"" }, "fr", "relance-2",
		    "malgré notre rappel du 4 mars 2026, ", "précédent" },
		{ { NULL, "previous", "null" }, "fr", "relance-2",
		    "malgré notre précédent rappel, ", " du 3 mars" },
		/* no order for payment against the public purse */
		{ { "debtor", "is_public", "true" }, "fr", "mise-en-demeure",
		    "saisir la juridiction compétente, tous", "injonction" },
		{ { "debtor", "is_public", "false" }, "fr", "mise-en-demeure",
		    "requête en injonction de payer (articles\u00a01405 et "
		    "suivants du code de procédure civile), tous",
		    "frais" },
	};

	(void)state;
	for (size_t i = 0; i < LANGS * NAMES * sizeof(rows) / sizeof(rows[0]);
	     i++) {
		size_t r = i / LANGS / NAMES;
		const char *lang = langs[i / NAMES % LANGS];
		const char *name = names[i % NAMES];
		json_t *data;
		struct text t;
		struct str all;

		if ((rows[r].lang != NULL && strcmp(rows[r].lang, lang) != 0) ||
		    (rows[r].name != NULL && strcmp(rows[r].name, name) != 0))
			continue;
		data = load_data();
		apply(data, &rows[r].change);
		assert_int_equal(text_open(&t, lang, name, data), 0);
		str_init(&all, 65536);
		words(t.root->children, &all);
		if (strstr(all.p, rows[r].want) == NULL ||
		    strstr(all.p, rows[r].never) != NULL)
			fail_msg("%s %s: not '%s', or '%s' in\n%s", lang, name,
			    rows[r].want, rows[r].never, all.p);
		str_done(&all);
		text_close(&t);
		json_decref(data);
	}
}

/* French spaces: fixed before a colon, narrow before ; ! ? */
static void
test_typography(void **state)
{
	static const char *const wrong[] = { " :", " ;", " !", " ?", "« ", " »",
		"'", "\u00a0;", "\u00a0!", "\u00a0?", "\u202f:" };
	json_t *data = load_data();

	(void)state;
	for (size_t i = 0; i < NAMES; i++) {
		struct text t;
		struct str all;

		assert_int_equal(text_open(&t, "fr", names[i], data), 0);
		str_init(&all, 65536);
		words(t.root->children, &all);
		str_puts(&all, t.subject.p);
		for (size_t k = 0; k < sizeof(wrong) / sizeof(wrong[0]); k++)
			if (strstr(all.p, wrong[k]) != NULL)
				fail_msg("%s: '%s'", names[i], wrong[k]);
		for (const char *p = all.p; *p != '\0'; p++)
			if (*p == ':' || *p == ';')
				assert_true(strncmp(p - 2, "\u00a0", 2) == 0 ||
				    strncmp(p - 3, "\u202f", 3) == 0);
		str_done(&all);
		text_close(&t);
	}
	json_decref(data);
}

static void
test_labels(void **state)
{
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct labels l;

	(void)state;
	for (size_t i = 0; i < LANGS; i++) {
		char path[64];

		(void)snprintf(path, sizeof(path),
		    "layouts/letter/%s/labels.yaml", langs[i]);
		if (labels_load(path, a, &l, &e) == -1)
			fail_msg("%s", e.text);
		assert_non_null(strstr(l.page, "{n}/{total}"));
		assert_non_null(strstr(l.place_date, "{place}"));
		assert_non_null(strstr(l.place_date, "{date}"));
		assert_non_null(strstr(l.capital, "{form}"));
		assert_non_null(strstr(l.capital, "{capital}"));
		assert_string_equal(l.iban, "IBAN");
		assert_true(l.vat[0] != '\0' && l.scan[0] != '\0');
		assert_non_null(strstr(l.attached, "PDF"));
	}
	assert_int_equal(labels_load("tests/data/none.yaml", a, &l, &e), -1);
	arena_free(a);
}

/* A label that is missing or misspelt is named with its file. */
static void
test_labels_wrong(void **state)
{
	static const struct {
		const char *from, *to, *want;
	} rows[] = {
		{ "scan:", "scna:", "scna" },
		{ "total: \"Total\"\n", "", "total" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[] = "/tmp/labels-XXXXXX";
		int fd = mkstemp(path);
		struct arena *a = arena_new();
		struct str file, changed;
		struct err e = { 0 };
		struct labels l;
		const char *at;

		assert_int_not_equal(fd, -1);
		str_init(&file, 65536);
		str_init(&changed, 65536);
		assert_int_equal(file_read("layouts/letter/fr/labels.yaml",
				     &file, &e),
		    0);
		at = strstr(file.p, rows[i].from);
		assert_non_null(at);
		str_put(&changed, file.p, (size_t)(at - file.p));
		str_puts(&changed, rows[i].to);
		str_puts(&changed, at + strlen(rows[i].from));
		assert_int_equal(write(fd, changed.p, changed.len),
		    (ssize_t)changed.len);
		assert_int_equal(close(fd), 0);
		assert_int_equal(labels_load(path, a, &l, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
		assert_int_equal(strncmp(e.text, path, strlen(path)), 0);
		if (strstr(e.text, rows[i].want) == NULL)
			fail_msg("%s", e.text);
		assert_int_equal(unlink(path), 0);
		str_done(&file);
		str_done(&changed);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_poor_data),
		cmocka_unit_test(test_typography),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_labels_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
