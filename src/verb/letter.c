/*
 * letter: one document from data, no ledger needed. The ending of the
 * output says what is made: .pdf, .png (a preview of page 1), .txt (the
 * placed items) or .html (the mail).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "draw/preview.h"
#include "letter/letter.h"
#include "pdf/document.h"
#include "verb/json.h"
#include "verb/press.h"
#include "verb/sums.h"
#include "verb/warn.h"

#define OUTPUT_MAX_BYTES ((size_t)64 << 20)
#define PREVIEW_DPI      150.0

struct request {
	const char *name, *path, *output;
	const char *page; /* NULL: as the text and semonce.yaml say */
	json_t *data;
	struct letter_choice choice;
};

static int
options(const struct call *c, struct request *r, struct err *e)
{
	const char **const words[] = { &r->name, &r->path };
	size_t n = 0;

	*r = (struct request){ 0 };
	for (int i = 0; i < c->argc; i++) {
		bool more = i + 1 < c->argc;

		if (strcmp(c->argv[i], "-o") == 0 && more)
			r->output = c->argv[++i];
		else if (strcmp(c->argv[i], "--page") == 0 && more)
			r->page = c->argv[++i];
		else if (c->argv[i][0] != '-' && n < 2)
			*words[n++] = c->argv[i];
		else
			n = 3; /* refused below */
	}
	if (n != 2 || r->output == NULL)
		return err_set(e, ERR_USAGE,
		    "usage: semonce letter NAME DATA.json -o "
		    "FILE.pdf|.png|.txt|.html [--page PAGE]");
	return 0;
}

static int
load_data(const char *path, json_t **out, struct err *e)
{
	json_error_t why;

	*out = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	if (*out == NULL && why.line < 0)
		return err_set(e, ERR_DATA, "%s", why.text);
	if (*out == NULL)
		return err_set(e, ERR_DATA, "%s:%d: %s: correct the JSON", path,
		    why.line, why.text);
	return 0;
}

static const char *
member(const json_t *data, const char *object, const char *key,
    const char *otherwise)
{
	const char *s =
	    json_string_value(json_object_get(json_object_get(data, object),
		key));

	return s != NULL ? s : otherwise;
}

static bool
ends_in(const char *s, const char *ending)
{
	size_t n = strlen(s), k = strlen(ending);

	return n > k && strcmp(s + n - k, ending) == 0;
}

static int
make_pdf(const struct page_doc *doc, struct str *out, struct err *e)
{
	struct pdf_writer *w;
	int rc;

	if (pdf_writer_new(&w, e) != 0)
		return -1;
	rc = pdf_write(w, doc, out, e);
	pdf_writer_free(w);
	return rc;
}

static int
make(struct letter_engine *en, const struct request *r, struct arena *a,
    struct str *out, struct err *e)
{
	struct letter_mail mail;
	struct page_doc doc;
	struct warn *warn;

	if (ends_in(r->output, ".html")) {
		if (letter_mail(en, &r->choice, r->data, a, &mail, e) != 0)
			return -1;
		str_puts(out, mail.html);
		return 0;
	}
	if (letter_lay_out(en, &r->choice, r->data, a, &doc, e) != 0)
		return -1;
	warn = warn_new();
	warn_doc(warn, r->path, &doc);
	warn_free(warn);
	if (ends_in(r->output, ".pdf"))
		return make_pdf(&doc, out, e);
	if (ends_in(r->output, ".png"))
		return preview_png(&doc, 0, PREVIEW_DPI, out, e);
	if (!ends_in(r->output, ".txt"))
		return err_set(e, ERR_USAGE,
		    "%s: end the name in .pdf, .png, .txt or .html", r->output);
	page_dump(&doc, out);
	return 0;
}

/* The page and the logo of a workspace, where there is one. */
static int
load_setup(const struct call *c, struct arena *a, struct letter_setup *out,
    struct err *e)
{
	struct config config = { .page = "",
		.creditor = { .name = "", .logo = "", .signature = "" } };

	if (file_exists(arena_fmt(a, "%s/semonce.yaml", c->dir)) &&
	    config_load(c->dir, a, &config, e) != 0)
		return -1;
	return press_setup(c, &config, a, out, e);
}

static int
write_letter(const struct call *c, const struct request *r, struct arena *a,
    struct err *e)
{
	struct letter_setup setup;
	struct letter_engine *en = NULL;
	struct str out;
	int rc;

	if (load_setup(c, a, &setup, e) != 0)
		return -1;
	setup.page_asked = r->page;
	press_sign(&setup, r->data);
	if (letter_engine_new(&setup, &en, e) != 0)
		return -1;
	str_init(&out, OUTPUT_MAX_BYTES);
	rc = make(en, r, a, &out, e);
	if (rc == 0)
		rc = file_write(r->output, out.p, out.len, 0644, e);
	str_done(&out);
	letter_engine_free(en);
	return rc;
}

int
verb_letter(struct call *c, struct err *e)
{
	struct request r = { 0 };
	enum debtor_kind kind;
	bool said = false;
	struct arena *a;
	int rc;

	if (options(c, &r, e) != 0 || load_data(r.path, &r.data, e) != 0)
		return -1;
	r.choice = (struct letter_choice){
		.name = r.name,
		.lang = member(r.data, "debtor", "language", "fr"),
		.tone = member(r.data, "notice", "tone", "formal"),
	};
	rc = json_debtor_kind(json_object_get(r.data, "debtor"), &kind, &said,
	    e);
	r.choice.consumer = kind == DEBTOR_CONSUMER;
	r.choice.unsaid = !said;
	a = arena_new();
	if (rc == 0 && sums_check(r.data, e) != 0)
		rc = err_add(e, "%s", r.path);
	if (rc == 0)
		rc = write_letter(c, &r, a, e);
	arena_free(a);
	json_decref(r.data);
	return rc;
}
