/*
 * rules_file: what holds for the file as bytes and objects: header, end,
 * streams, encryption, ID, page tree, actions, attachments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "lex.h"

#define DEPTH_MAX 64

/* ISO 19005-3, 6.1.2: version 1.n, then a comment of four high bytes. */
static void
header_binary_comment(struct check *c)
{
	const uint8_t *p = (const uint8_t *)c->doc->raw.p;
	size_t n = c->doc->raw.len, i = 8, k;

	if (n < 16 || memcmp(p, "%PDF-1.", 7) != 0 || p[7] < '4' ||
	    p[7] > '7') {
		check_broken(c, "the first line is not %%PDF-1.4 to 1.7");
		return;
	}
	if (p[i] == '\r')
		i++;
	if (p[i] == '\n')
		i++;
	if (i == 8 || p[i] != '%') {
		check_broken(c, "the second line is no comment");
		return;
	}
	for (k = 1; k <= 4; k++)
		if (p[i + k] < 128) {
			check_broken(c, "byte %zu of the comment is not high",
			    k);
			return;
		}
}

/* ISO 19005-3, 6.1.3: nothing behind %%EOF but one end of line. */
static void
end_of_file(struct check *c)
{
	const struct str *raw = &c->doc->raw;
	size_t n = raw->len;

	if (n > 0 && raw->p[n - 1] == '\n')
		n--;
	if (n > 0 && raw->p[n - 1] == '\r')
		n--;
	if (n < 5 || memcmp(raw->p + n - 5, "%%EOF", 5) != 0)
		check_broken(c, "the file does not end with %%%%EOF");
}

static void
file_id(struct check *c)
{
	json_t *id = doc_key(c->doc, c->doc->trailer, "/ID"), *part;
	size_t i;

	if (json_array_size(id) != 2) {
		check_broken(c, "the trailer has no ID of two strings");
		return;
	}
	json_array_foreach(id, i, part) if (json_string_length(part) < 2 + 16)
	    check_broken(c, "part %zu of the ID is too short", i + 1);
}

static void
no_encryption(struct check *c)
{
	if (doc_raw_key(c->doc, c->doc->trailer, "/Encrypt") != NULL)
		check_broken(c, "the trailer has Encrypt");
}

/* The number of an indirect or direct Length in a stream's dictionary. */
static long
length_number(const struct doc *d, struct lex *l)
{
	struct token t = lex_next(l), next = lex_next(l);
	char key[64];
	json_t *object;

	if (next.kind != TOKEN_NUMBER)
		return t.whole;
	(void)snprintf(key, sizeof(key), "obj:%ld %ld R", t.whole, next.whole);
	object = json_object_get(d->objects, key);
	return (long)json_integer_value(json_object_get(object, "value"));
}

/* Behind "stream": end of line, Length bytes, end of line, "endstream". */
static bool
stream_is_closed(const struct lex *l, long length)
{
	const uint8_t *p = l->p;

	if (p < l->end && *p == '\r')
		p++;
	if (p == l->end || *p != '\n' || length < 0 || l->end - p <= length)
		return false;
	p += 1 + length;
	if (l->end - p > 1 && p[0] == '\r' && p[1] == '\n')
		p++;
	return l->end - p >= 10 && (*p == '\n' || *p == '\r') &&
	    memcmp(p + 1, "endstream", 9) == 0;
}

static void
check_object_at(struct check *c, long offset)
{
	const struct doc *d = c->doc;
	struct lex l = { .arena = d->arena }, at;
	struct token t;
	long length = -1, number;

	if (offset < 0 || (size_t)offset >= d->raw.len)
		return;
	l.p = (const uint8_t *)d->raw.p + offset;
	l.end = (const uint8_t *)d->raw.p + d->raw.len;
	number = lex_next(&l).whole;
	while ((t = lex_next(&l)).kind != TOKEN_END) {
		if (t.kind == TOKEN_NAME && strcmp(t.text, "/Length") == 0) {
			at = l;
			length = length_number(d, &at);
		}
		if (t.kind != TOKEN_WORD)
			continue;
		if (strcmp(t.text, "endobj") == 0)
			return;
		if (strcmp(t.text, "stream") == 0)
			break;
	}
	if (!stream_is_closed(&l, length))
		check_broken(c, "object %ld: no end of line before endstream",
		    number);
}

/* ISO 19005-3, 6.1.7.1 */
static void
endstream_newline(struct check *c)
{
	const char *const argv[] = { "qpdf", "--show-xref", c->doc->path,
		NULL };
	struct str out;
	struct err e;
	const char *p;
	int status;

	str_init(&out, (size_t)16 << 20);
	if (doc_run(argv, &out, &status, &e) != 0 || status != 0) {
		check_broken(c, "qpdf shows no cross-reference table");
		str_done(&out);
		return;
	}
	for (p = out.p; (p = strstr(p, "offset = ")) != NULL;) {
		p += strlen("offset = ");
		check_object_at(c, strtol(p, NULL, 10));
	}
	str_done(&out);
}

static void
page_tree(struct check *c)
{
	size_t i;

	check_broken_lines(c, &c->doc->page_faults);
	if (c->doc->n_pages == 0)
		check_broken(c, "no page");
	for (i = 0; i < c->doc->n_pages; i++)
		if (json_array_size(doc_inherited(c->doc, c->doc->pages[i],
			"/MediaBox")) != 4)
			check_broken(c, "page %zu has no MediaBox", i + 1);
}

static void
walk_actions(struct check *c, const char *where, json_t *v, unsigned depth)
{
	static const char *const keys[] = { "/AA", "/OpenAction", "/JavaScript",
		"/JS" };
	static const char *const types[] = { "/Launch", "/JavaScript",
		"/SubmitForm", "/ResetForm", "/ImportData", "/Sound", "/Movie",
		"/Hide", "/SetOCGState", "/Rendition", "/Trans",
		"/GoTo3DView" };
	const char *key, *type;
	json_t *kid;
	size_t i;

	json_array_foreach(v, i, kid) if (depth < DEPTH_MAX)
	    walk_actions(c, where, kid, depth + 1);
	if (!json_is_object(v))
		return;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_object_get(v, keys[i]) != NULL)
			check_broken(c, "%s has %s", where, keys[i]);
	type = json_string_value(json_object_get(v, "/S"));
	for (i = 0; type != NULL && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i]) == 0)
			check_broken(c, "%s is an action %s", where, type);
	json_object_foreach(v, key, kid) if (depth < DEPTH_MAX)
	    walk_actions(c, where, kid, depth + 1);
}

/* ISO 19005-3, 6.5.1 and 6.5.2: only URI and GoTo remain. */
static void
no_actions(struct check *c)
{
	const char *name;
	json_t *object;

	json_object_foreach(c->doc->objects, name, object)
	    walk_actions(c, name, object, 0);
}

static bool
in_catalog_af(const struct doc *d, const char *ref)
{
	json_t *af = doc_key(d, d->root, "/AF"), *v;
	size_t i;

	json_array_foreach(af, i, v) if (doc_is_ref(v) &&
	    strcmp(json_string_value(v), ref) == 0) return true;
	return false;
}

static void
check_embedded(struct check *c, const char *name, json_t *file)
{
	const struct doc *d = c->doc;
	json_t *ref = doc_raw_key(d, doc_key(d, file, "/EF"), "/F");
	json_t *params = doc_key(d, ref, "/Params");
	const char *mime = doc_name(d, ref, "/Subtype");
	struct bytes b;

	if (!doc_stream(d, ref, &b)) {
		check_broken(c, "%s: EF has no stream", name);
		return;
	}
	if (*mime == '\0' || strchr(mime + 1, '/') == NULL)
		check_broken(c, "%s: Subtype is no MIME type", name);
	if (strncmp(doc_text(d, params, "/ModDate"), "D:", 2) != 0)
		check_broken(c, "%s: Params has no ModDate", name);
	if (doc_int(d, params, "/Size", (long)b.n) != (long)b.n)
		check_broken(c, "%s: Params has a wrong Size", name);
}

static void
check_filespec(struct check *c, json_t *ref)
{
	static const char *const relations[] = { "/Source", "/Data",
		"/Alternative", "/Supplement", "/Unspecified" };
	const struct doc *d = c->doc;
	const char *name = doc_text(d, ref, "/F"), *relation;
	size_t i, n = sizeof(relations) / sizeof(relations[0]);

	if (strcmp(doc_name(d, ref, "/Type"), "/Filespec") != 0)
		check_broken(c, "a name leads to no Filespec");
	if (*name == '\0' || strcmp(name, doc_text(d, ref, "/UF")) != 0)
		check_broken(c, "%s: F and UF are not one name", name);
	if (*doc_text(d, ref, "/Desc") == '\0')
		check_broken(c, "%s: no Desc", name);
	relation = doc_name(d, ref, "/AFRelationship");
	for (i = 0; i < n && strcmp(relations[i], relation) != 0; i++)
		continue;
	if (i == n)
		check_broken(c, "%s: AFRelationship '%s'", name, relation);
	if (!doc_is_ref(ref) || !in_catalog_af(d, json_string_value(ref)))
		check_broken(c, "%s: not in the catalog's AF", name);
	check_embedded(c, name, ref);
}

/* The leaves of a name tree. */
static void
walk_names(struct check *c, json_t *node, size_t *n, unsigned depth)
{
	json_t *names = doc_key(c->doc, node, "/Names");
	json_t *kids = doc_key(c->doc, node, "/Kids"), *kid;
	size_t i;

	for (i = 1; i < json_array_size(names); i += 2) {
		check_filespec(c, json_array_get(names, i));
		(*n)++;
	}
	json_array_foreach(kids, i, kid) if (depth < DEPTH_MAX)
	    walk_names(c, kid, n, depth + 1);
}

/* ISO 19005-3, 6.8 */
static void
attachments(struct check *c)
{
	const struct doc *d = c->doc;
	json_t *names = doc_key(d, d->root, "/Names"), *object, *af;
	const char *key;
	size_t n = 0, files = 0;

	walk_names(c, doc_key(d, names, "/EmbeddedFiles"), &n, 0);
	json_object_foreach(d->objects, key,
	    object) if (strcmp(doc_name(d,
				   json_object_get(json_object_get(object,
						       "stream"),
				       "dict"),
				   "/Type"),
			    "/EmbeddedFile") == 0) files++;
	af = doc_key(d, d->root, "/AF");
	if (n != json_array_size(af) || n < files)
		check_broken(c, "%zu files, %zu in Names, %zu in AF", files, n,
		    json_array_size(af));
}

const struct rule rules_file[] = {
	{ "header-binary-comment", header_binary_comment },
	{ "end-of-file", end_of_file },
	{ "id", file_id },
	{ "no-encryption", no_encryption },
	{ "endstream-newline", endstream_newline },
	{ "page-tree", page_tree },
	{ "no-actions", no_actions },
	{ "attachments", attachments },
	{ NULL, NULL },
};
