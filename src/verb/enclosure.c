#include "verb/enclosure.h"

#include <assert.h>
#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

#include "ledger/archive.h"
#include "pdf/join.h"
#include "verb/notice_words.h"

#define FILE_MAX_BYTES ((size_t)32 << 20) /* as import takes them */

static int
check_xml(const void *bytes, size_t n, struct err *e)
{
	xmlDoc *doc = NULL;

	if (n <= INT_MAX)
		doc = xmlReadMemory(bytes, (int)n, "invoice.xml", NULL,
		    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (doc == NULL)
		return err_set(e, ERR_DATA, "it is not well-formed XML");
	xmlFreeDoc(doc);
	return 0;
}

int
enclosure_check(const void *bytes, size_t n, const char *ext, size_t *pages,
    struct err *e)
{
	struct err why;
	int rc;

	*pages = 0;
	if (strcmp(ext, "xml") == 0)
		rc = check_xml(bytes, n, &why);
	else
		rc = pdf_join_check(bytes, n, pages, &why);
	if (rc == 0)
		return 0;
	return err_set(e, ERR_DATA,
	    "%s: save it again, whole and without a password", why.text);
}

/* Two numbers may differ in signs that no file name has. */
static bool
is_taken(const struct enclosures *x, const char *name)
{
	for (size_t i = 0; i < x->n; i++)
		if (strcmp(x->list[i].name, name) == 0)
			return true;
	return false;
}

static const char *
file_name(const struct enclosures *x, const struct notice_line *l,
    struct arena *a)
{
	const char *stem = words_file_name(l->invoice, "original", a);
	const char *name = arena_fmt(a, "%s.%s", stem, l->file_ext);

	for (size_t i = 2; is_taken(x, name); i++)
		name = arena_fmt(a, "%s-%zu.%s", stem, i, l->file_ext);
	return name;
}

static int
read_file(const struct workspace *w, const struct notice_line *l,
    struct arena *a, struct enclosure *out, struct err *e)
{
	const char *dir = w->call->dir;
	struct str bytes;
	int rc;

	str_init(&bytes, FILE_MAX_BYTES);
	rc = archive_read(dir, w->hasher, l->file_sha256, l->file_ext, &bytes,
	    e);
	if (rc == 0) {
		out->bytes = arena_strn(a, bytes.p, bytes.len);
		out->n = bytes.len;
		rc = enclosure_check(out->bytes, out->n, l->file_ext,
		    &out->pages, e);
		if (rc != 0)
			(void)err_add(e, "%s",
			    archive_path(a, dir, l->file_sha256, l->file_ext));
	}
	str_done(&bytes);
	return rc;
}

static bool
is_wanted(const struct enclosures *x, const struct notice_line *l)
{
	if (l->role != LINE_DEMANDED || l->file_sha256 == NULL ||
	    l->file_sha256[0] == '\0')
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (strcmp(x->list[i].number, l->invoice) == 0)
			return false; /* another instalment of it */
	return true;
}

int
enclosure_load(const struct workspace *w, const struct notice *n,
    const char *lang, struct arena *a, struct enclosures *out, struct err *e)
{
	*out = (struct enclosures){
		.list = arena_array(a, n->n_lines, sizeof(*out->list)),
	};
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];
		struct enclosure *x = &out->list[out->n];

		if (!is_wanted(out, l))
			continue;
		if (read_file(w, l, a, x, e) != 0) {
			e->kind = ERR_DATA; /* it concerns this notice only */
			return err_add(e, "invoice %s: its file", l->invoice);
		}
		x->number = l->invoice;
		x->name = file_name(out, l, a);
		x->mime = strcmp(l->file_ext, "pdf") == 0 ? "application/pdf"
							  : "application/xml";
		x->description = words_invoice(l->invoice, lang, a);
		out->pages += x->pages;
		out->bytes += x->n;
		out->n++;
	}
	return 0;
}

void
enclosure_name(const struct enclosures *x, const char *lang, struct arena *a,
    json_t *data)
{
	const char **numbers = arena_array(a, x->n, sizeof(*numbers));
	json_t *list = json_array();

	for (size_t i = 0; i < x->n; i++) {
		json_t *j = json_pack("{s:s, s:s, s:I}", "number",
		    x->list[i].number, "name", x->list[i].name, "pages",
		    (json_int_t)x->list[i].pages);

		assert(j != NULL);
		(void)json_array_append_new(list, j);
		numbers[i] = x->list[i].number;
	}
	(void)json_object_set_new(data, "attachments", list);
	(void)json_object_set_new(data, "attachments_label",
	    json_string(words_numbers(numbers, x->n, lang, a)));
}

int
enclosure_print(const struct enclosures *x, const struct str *letter,
    struct str *out, struct err *e)
{
	struct pdf_join *j;
	int rc;

	if (x->pages == 0) {
		str_put(out, letter->p, letter->len);
		return out->over
		    ? err_set(e, ERR_DATA, "the letter is too large")
		    : 0;
	}
	if (pdf_join_new(&j, e) != 0)
		return -1;
	rc = pdf_join_add(j, letter->p, letter->len, false, e);
	for (size_t i = 0; i < x->n && rc == 0; i++) {
		const struct enclosure *f = &x->list[i];

		if (f->pages > 0 &&
		    pdf_join_add(j, f->bytes, f->n, false, e) != 0)
			rc = err_add(e, "%s", f->name);
	}
	if (rc == 0)
		rc = pdf_join_put(j, out, e);
	pdf_join_free(j);
	return rc;
}
