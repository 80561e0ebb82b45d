/*
 * every DIR [PART PARTS]: every text that is shipped, as letters in DIR; or
 * only each PARTSth group of them, for processes side by side.
 *
 * On every sheet with all data, and on one sheet with data of many kinds: each
 * becomes a letter without a warning, that keeps the rules of check.h, that
 * qpdf has no complaint of, and that reads as its pages say (reading.h).
 *
 * Texts, languages, tones and sheets are those that lie in layouts/, so that
 * none is forgotten; and the texts of OWN, which say what no letter says:
 * lists, quotes, wide tables, paragraphs from right to left.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "check.h"
#include "letter/letter.h"
#include "pdf/document.h"
#include "reading.h"

#define DATA      "layouts/letter/sample.json"
#define SHEET     "fr-dl" /* of the many data */
#define OWN       "tests/cases/page-blocks/letters"
#define PDF_MAX   ((size_t)32 << 20)
#define WORDS_MAX ((size_t)1 << 20)

struct text {
	const char *lang, *tone, *name;
	bool consumer;
};

struct kind {
	const char *name;
	void (*change)(json_t *data);
};

struct every {
	const char *dir;
	struct arena *setup, *arena;
	struct text *texts;
	size_t n_texts, cap_texts;
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct str pdf, said;
	unsigned letters, bad;
};

static void
stop(const char *what)
{
	(void)printf("not ok - %s\n", what);
	exit(1);
}

/* ---- data ---- */

struct change {
	const char *object, *key, *value; /* JSON */
};

static void
apply(json_t *data, const struct change *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_t *at = c[i].object != NULL
		    ? json_object_get(data, c[i].object)
		    : data;
		json_t *value = json_loads(c[i].value, JSON_DECODE_ANY, NULL);

		if (value == NULL || json_object_set_new(at, c[i].key, value))
			stop(c[i].value);
	}
}

#define APPLY(data, table) apply(data, table, sizeof(table) / sizeof(*(table)))

static void
leave(json_t *data)
{
	(void)data;
}

/* All that a debtor or a firm may lack. */
static void
be_poor(json_t *data)
{
	static const struct change without[] = {
		{ NULL, "has_informational", "false" },
		{ NULL, "informational", "[]" },
		{ NULL, "previous", "null" },
		{ NULL, "claims", "null" },
		{ NULL, "attachments", "[]" },
		{ "creditor", "contact", "\"\"" },
		{ "creditor", "phone", "\"\"" },
		{ "creditor", "hours", "\"\"" },
		{ "creditor", "form", "\"\"" },
		{ "creditor", "capital", "\"\"" },
		{ "creditor", "vat", "\"\"" },
		{ "creditor", "signatory", "\"\"" },
		{ "creditor", "signatory_title", "\"\"" },
		{ "creditor", "has_signature", "false" },
		{ "debtor", "is_public", "false" },
		{ "payment", "link", "\"\"" },
		{ "payment", "methods_label", "\"\"" },
		{ "payment", "bic", "\"\"" },
		{ "notice", "personal", "\"\"" },
		{ "notice", "deadline", "null" },
		{ "notice", "action_required", "false" },
		{ "totals", "paid", "{\"minor\": 0, \"currency\": \"EUR\"}" },
		{ "totals", "claims_paid", "null" },
		{ "totals", "interest",
		    "{\"minor\": 0, \"currency\": \"EUR\"}" },
		{ "totals", "fee", "{\"minor\": 0, \"currency\": \"EUR\"}" },
	};

	APPLY(data, without);
}

/* Names that take other fonts, other directions and all of Markdown. */
static void
be_foreign(json_t *data)
{
	static const struct change names[] = {
		{ "debtor", "name", "\"<b>*A & B*</b> [x](y) {{z}}\"" },
		{ "debtor", "greeting", "\"Nguyễn Thị Minh Khai\"" },
		{ "debtor", "lines",
		    "[\"Żółć i Synowie Sp. z o.o.\", \"Αλέξανδρος Παπαδόπουλος\", "
		    "\"59 rue des Exemples\", \"81708 MONT-SIMULACRE\"]" },
		{ "creditor", "signatory", "\"Владимир Иванович Ёлкин\"" },
		{ "notice", "personal",
		    "\"Donaudampfschifffahrtsgesellschaftskapitänswitwen, "
		    "Rechtsschutzversicherungsgesellschaften und "
		    "Straßenbahnhaltestellenverzeichnis: "
		    "anticonstitutionnellement.\"" },
	};

	APPLY(data, names);
}

static void
be_many(json_t *data)
{
	json_t *list = json_object_get(data, "invoices");

	for (int i = 1; i < 60; i++) {
		json_t *one = json_deep_copy(json_array_get(list, 0));

		(void)json_object_set_new(one, "number",
		    json_sprintf("F2026-%04d", 101 + i));
		(void)json_array_append_new(list, one);
	}
}

/* Another currency, and with it no symbol. */
static void
be_swiss(json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;

	if (json_object_get(value, "minor") != NULL)
		(void)json_object_set_new(value, "currency",
		    json_string("CHF"));
	if (json_object_get(value, "has_qr") != NULL)
		(void)json_object_set_new(value, "has_qr", json_false());
	json_object_foreach(value, key, member) be_swiss(member);
	json_array_foreach(value, i, member) be_swiss(member);
}

static const struct kind kinds[] = {
	{ "all data", leave },
	{ "poor data", be_poor },
	{ "foreign names", be_foreign },
	{ "sixty invoices", be_many },
	{ "francs", be_swiss },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static json_t *
make_data(const struct text *t, const struct kind *kind)
{
	json_t *data = json_load_file(DATA, 0, NULL);
	json_t *debtor = json_object_get(data, "debtor");

	if (debtor == NULL)
		stop(DATA);
	(void)json_object_set_new(debtor, "language", json_string(t->lang));
	(void)json_object_set_new(debtor, "kind",
	    json_string(t->consumer ? "consumer" : "business"));
	(void)json_object_set_new(json_object_get(data, "notice"), "tone",
	    json_string(t->tone));
	(void)json_object_set_new(data, "lines",
	    json_pack("[{s:i}]", "n", 1)); /* of a text in OWN */
	kind->change(data);
	return data;
}

/* ---- texts ---- */

static bool
is_letter(const char *path)
{
	char head[4] = "";
	FILE *f = fopen(path, "r");
	bool is = f != NULL && fread(head, 1, 4, f) == 4 &&
	    memcmp(head, "---\n", 4) == 0;

	if (f != NULL)
		(void)fclose(f);
	return is;
}

/* "layouts/letter/fr/formal/relance-1.consumer.md" */
static void
add_text(struct every *v, const char *path, bool has_tone)
{
	char *name = arena_str(v->setup, strrchr(path, '/') + 1);
	char *dir = arena_strn(v->setup, path, strlen(path) - strlen(name) - 1);
	struct text t = { .tone = "formal", .name = name };
	char *end = strstr(name, ".consumer.md");

	t.consumer = end != NULL;
	*(end != NULL ? end : strstr(name, ".md")) = '\0';
	if (has_tone) {
		t.tone = strrchr(dir, '/') + 1;
		*strrchr(dir, '/') = '\0';
	}
	t.lang = strrchr(dir, '/') + 1;
	v->texts = mem_grow(v->texts, &v->cap_texts, v->n_texts + 1,
	    sizeof(*v->texts));
	v->texts[v->n_texts++] = t;
}

static void
find_texts(struct every *v)
{
	static const char *const patterns[] = { "layouts/letter/*/*.md",
		"layouts/letter/*/*/*.md", OWN "/*/*/*.md" };
	glob_t found;

	for (size_t i = 0; i < 3; i++) {
		if (glob(patterns[i], 0, NULL, &found) != 0)
			continue;
		for (size_t k = 0; k < found.gl_pathc; k++)
			if (is_letter(found.gl_pathv[k]))
				add_text(v, found.gl_pathv[k], i > 0);
		globfree(&found);
	}
	if (v->n_texts == 0)
		stop("no texts in layouts/letter");
}

/* ---- a letter ---- */

static void
fault(struct every *v, const char *file, const char *what)
{
	(void)printf("# %s: %s\n", file, what);
	v->bad++;
}

static void
check_file(struct every *v, const char *file)
{
	const char *const argv[] = { "qpdf", "--check", file, NULL };
	struct check_result r;
	struct err e;
	int status;

	if (check_pdf(file, stdout, &r, &e) != 0)
		fault(v, file, e.text);
	else if (r.n_broken > 0)
		fault(v, file, "breaks rules");
	str_clear(&v->said);
	if (doc_run(argv, &v->said, &status, &e) != 0 || status != 0)
		fault(v, file, v->said.p);
}

static void
try(struct every *v, const struct text *t, const char *sheet,
    const struct kind *kind)
{
	const struct letter_choice choice = { t->name, t->lang, t->tone,
		t->consumer, false };
	json_t *data = make_data(t, kind);
	struct page_doc doc;
	struct err e = { 0 };
	const char *file = arena_fmt(v->arena, "%s/%s-%s-%s%s-%s-%d.pdf",
	    v->dir, t->lang, t->tone, t->name, t->consumer ? "-consumer" : "",
	    sheet, (int)(kind - kinds));

	v->letters++;
	str_clear(&v->pdf);
	if (letter_lay_out(v->engine, &choice, data, v->arena, &doc, &e) != 0 ||
	    pdf_write(v->writer, &doc, &v->pdf, &e) != 0 ||
	    file_write(file, v->pdf.p, v->pdf.len, 0644, &e) != 0) {
		fault(v, file, e.text);
	} else {
		if (doc.n_warnings > 0)
			fault(v, file, doc.warnings[0].text);
		check_file(v, file);
		str_clear(&v->said);
		reading_check(file, &doc, &v->said);
		if (v->said.len > 0)
			fault(v, file, v->said.p);
	}
	json_decref(data);
	arena_reset(v->arena);
}

/* All texts on a sheet with data of a kind: one result. */
static void
try_all(struct every *v, const char *sheet, const struct kind *kind)
{
	static const uint8_t grey[3 * 40 * 10] = { 99 };
	static const struct page_image picture = { .width = 40,
		.height = 10,
		.rgb = grey,
		.w = PU_PER_MM(40),
		.h = PU_PER_MM(10) };
	const struct letter_setup setup = {
		.layouts = "layouts",
		.own = OWN,
		.fonts = "fonts/fonts.conf",
		.page_asked = sheet,
		.logo = &picture,
		.logo_alt = "Logo",
		.signature = &picture,
	};
	unsigned bad = v->bad;
	struct err e;

	if (letter_engine_new(&setup, &v->engine, &e) != 0 ||
	    pdf_writer_new(&v->writer, &e) != 0)
		stop(e.text);
	for (size_t i = 0; i < v->n_texts; i++)
		try(v, &v->texts[i], sheet, kind);
	pdf_writer_free(v->writer);
	letter_engine_free(v->engine);
	(void)printf("%s - %zu texts, %s, %s\n", v->bad > bad ? "not ok" : "ok",
	    v->n_texts, sheet, kind->name);
	(void)fflush(stdout);
}

/* All groups, or those of this part; returns how many. */
static unsigned
try_groups(struct every *v, unsigned part, unsigned parts)
{
	unsigned n = 0, tried = 0;
	glob_t found;

	if (glob("layouts/page/*.yaml", 0, NULL, &found) != 0)
		stop("no sheets in layouts/page");
	for (; n < found.gl_pathc + KINDS - 1; n++) {
		const char *sheet = SHEET;
		size_t kind = 0;

		if (n % parts != part)
			continue;
		if (n < found.gl_pathc) {
			sheet = strrchr(found.gl_pathv[n], '/') + 1;
			*strrchr(sheet, '.') = '\0';
		} else {
			kind = n - found.gl_pathc + 1;
		}
		try_all(v, sheet, &kinds[kind]);
		tried++;
	}
	globfree(&found);
	return tried;
}

int
main(int argc, char **argv)
{
	struct every v = { .setup = arena_new(), .arena = arena_new() };
	unsigned long part = 0, parts = 1;
	unsigned n;

	if (argc == 4) {
		part = strtoul(argv[2], NULL, 10);
		parts = strtoul(argv[3], NULL, 10);
	}
	if ((argc != 2 && argc != 4) || part >= parts)
		stop("usage: every DIR [PART PARTS]");
	v.dir = argv[1];
	str_init(&v.pdf, PDF_MAX);
	str_init(&v.said, WORDS_MAX);
	find_texts(&v);
	n = try_groups(&v, (unsigned)part, (unsigned)parts);
	(void)printf("# %u letters\n1..%u\n", v.letters, n);
	str_done(&v.pdf);
	str_done(&v.said);
	free(v.texts);
	arena_free(v.arena);
	arena_free(v.setup);
	return v.bad > 0 ? 1 : 0;
}
