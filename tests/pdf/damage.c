/*
 * damage FOLDER GOOD.pdf…: proves each rule of check.h.
 *
 * Every row of the tables below makes one damaged copy of the first good
 * letter that has what the row damages, in FOLDER, and runs all rules over
 * it: the row's rule must be broken, and no other. The good letters, and the
 * copies that were only written anew, must keep all rules; and no rule may
 * be without a row. One line of the Test Anything Protocol for each.
 *
 * A copy is made through qpdf's JSON: read the letter as JSON, change one
 * value, write a PDF from the JSON. Where qpdf would repair what a row
 * breaks, the bytes of the copy are changed instead.
 *
 * Exit status: 0 all as it must be, 1 not, 2 usage.
 */
#include <assert.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "check.h"
#include "damage.h"

#define PATH_SIZE 4096

/* ---- finding and changing one value ---- */

static json_t *
objects_of(json_t *pdf)
{
	return json_array_get(json_object_get(pdf, "qpdf"), 1);
}

static json_t *
object_dict(json_t *object)
{
	json_t *stream = json_object_get(object, "stream");

	return stream != NULL ? json_object_get(stream, "dict")
			      : json_object_get(object, "value");
}

static json_t *
follow(json_t *pdf, json_t *v)
{
	char key[64];

	if (!doc_is_ref(v))
		return v;
	(void)snprintf(key, sizeof(key), "obj:%s", json_string_value(v));
	return object_dict(json_object_get(objects_of(pdf), key));
}

static json_t *
find_start(json_t *pdf, const char *start)
{
	const char *equals = strchr(start, '='), *name, *value;
	json_t *object, *dict;
	char key[64];

	if (strcmp(start, "page") == 0)
		return find_start(pdf, "/Type=/Page");
	if (equals == NULL)
		return follow(pdf,
		    json_object_get(object_dict(json_object_get(objects_of(pdf),
					"trailer")),
			start));
	(void)snprintf(key, sizeof(key), "%.*s", (int)(equals - start), start);
	json_object_foreach(objects_of(pdf), name, object)
	{
		dict = object_dict(object);
		value = json_string_value(json_object_get(dict, key));
		if (value != NULL && strcmp(value, equals + 1) == 0)
			return dict;
	}
	return NULL;
}

static json_t *
step(json_t *v, const char *segment)
{
	if (json_is_array(v))
		return json_array_get(v, strtoul(segment + 1, NULL, 10));
	return json_object_get(v, segment);
}

/*
 * Walks the path up to its last segment, which is copied to `last`; NULL if
 * the letter has no such place.
 */
static json_t *
find_holder(json_t *pdf, const struct damage *d, char last[64])
{
	json_t *v = find_start(pdf, d->start);
	const char *p = d->path, *end;

	for (;; p = end) {
		end = strchr(p + 1, '/');
		if (end == NULL)
			end = p + strlen(p);
		(void)snprintf(last, 64, "%.*s", (int)(end - p), p);
		if (*end == '\0' || v == NULL)
			return v;
		v = follow(pdf, step(v, last));
	}
}

static bool
change_value(json_t *pdf, const struct damage *d)
{
	char last[64];
	json_t *holder = find_holder(pdf, d, last), *value;

	if (holder == NULL)
		return false;
	if (d->kind == DAMAGE_DELETE)
		return json_object_del(holder, last) == 0;
	value = json_loads(d->put, JSON_DECODE_ANY, NULL);
	assert(value != NULL);
	if (json_is_array(holder))
		return json_array_set_new(holder, strtoul(last + 1, NULL, 10),
			   value) == 0;
	return json_object_set_new(holder, last, value) == 0;
}

/* `from` with each `find` replaced by `put`; false if there was none. */
static bool
replace_all(const struct str *from, const char *find, const char *put,
    struct str *to)
{
	const char *p = from->p, *end = from->p + from->len, *at;
	bool found = false;

	while ((at = memmem(p, (size_t)(end - p), find, strlen(find))) !=
	    NULL) {
		str_put(to, p, (size_t)(at - p));
		str_puts(to, put);
		p = at + strlen(find);
		found = true;
	}
	str_put(to, p, (size_t)(end - p));
	assert(!to->over);
	return found;
}

static void
decode(const char *text, struct str *out)
{
	size_t n = strlen(text);
	uint8_t *p = mem_alloc(n + 1);
	int got = EVP_DecodeBlock(p, (const uint8_t *)text, (int)n);

	assert(got >= 0);
	for (; n > 0 && text[n - 1] == '='; n--)
		got--;
	str_put(out, p, (size_t)got);
	free(p);
}

static bool
change_stream(json_t *pdf, const struct damage *d)
{
	json_t *holder, *stream, *ref;
	struct str old, new;
	char last[64], key[64];
	uint8_t *text;
	bool found;

	holder = find_holder(pdf, d, last);
	ref = step(holder, last);
	if (json_is_array(ref))
		ref = json_array_get(ref, 0);
	if (!doc_is_ref(ref))
		return false;
	(void)snprintf(key, sizeof(key), "obj:%s", json_string_value(ref));
	stream =
	    json_object_get(json_object_get(objects_of(pdf), key), "stream");
	str_init(&old, (size_t)64 << 20);
	str_init(&new, (size_t)64 << 20);
	decode(json_string_value(json_object_get(stream, "data")), &old);
	found = replace_all(&old, d->find, d->put, &new);
	text = mem_alloc(new.len * 2 + 64);
	EVP_EncodeBlock(text, (const uint8_t *)new.p, (int)new.len);
	json_object_set_new(stream, "data", json_string((char *)text));
	free(text);
	str_done(&old);
	str_done(&new);
	return found;
}

static int
change_bytes(const char *path, const struct damage *d, bool *found,
    struct err *e)
{
	struct str old, new;
	int rc;

	str_init(&old, (size_t)64 << 20);
	str_init(&new, (size_t)64 << 20);
	rc = file_read(path, &old, e);
	if (rc == 0) {
		*found = replace_all(&old, d->find, d->put, &new);
		rc = file_write(path, new.p, new.len, 0644, e);
	}
	str_done(&old);
	str_done(&new);
	return rc;
}

/* ---- reading and writing through qpdf ---- */

static int
run_qpdf(const char *const argv[], struct str *out, struct err *e)
{
	int status;

	if (doc_run(argv, out, &status, e) != 0)
		return -1;
	if (status != 0)
		return err_set(e, ERR_DATA, "qpdf exits %d", status);
	return 0;
}

static int
load_letter(const char *path, json_t **pdf, struct err *e)
{
	const char *const argv[] = { "qpdf", path, "--json-output",
		"--decode-level=generalized", NULL };
	struct str out;
	int rc;

	str_init(&out, (size_t)256 << 20);
	rc = run_qpdf(argv, &out, e);
	if (rc == 0 && (*pdf = json_loadb(out.p, out.len, 0, NULL)) == NULL)
		rc = err_set(e, ERR_DATA, "%s: qpdf's JSON is broken", path);
	str_done(&out);
	return rc;
}

static int
write_letter(const char *folder, json_t *pdf, enum damage_kind kind,
    const char *to, struct err *e)
{
	char json[PATH_SIZE];
	const char *argv[] = { "qpdf", "--json-input", json,
		"--object-streams=disable", "--deterministic-id",
		"--newline-before-endstream", to, NULL };
	const char *const encrypt[] = { "qpdf", "--replace-input", to,
		"--newline-before-endstream", "--encrypt", "", "", "256", "--",
		NULL };
	struct str out;
	int rc;

	(void)snprintf(json, sizeof(json), "%s/letter.json", folder);
	if (json_dump_file(pdf, json, JSON_COMPACT) != 0)
		return err_set(e, ERR_SYSTEM, "cannot write %s", json);
	if (kind == DAMAGE_JOIN)
		argv[5] = "--compress-streams=y";
	str_init(&out, 65536);
	rc = run_qpdf(argv, &out, e);
	if (rc == 0 && kind == DAMAGE_ENCRYPT)
		rc = run_qpdf(encrypt, &out, e);
	str_done(&out);
	return rc;
}

/*
 * One damaged copy of one letter. *made is false if the letter has nothing
 * to damage.
 */
static int
make_copy(const char *folder, json_t *letter, const struct damage *d,
    const char *to, bool *made, struct err *e)
{
	json_t *pdf = json_deep_copy(letter);
	int rc;

	*made = true;
	switch (d->kind) {
	case DAMAGE_SET:
	case DAMAGE_DELETE:
		*made = change_value(pdf, d);
		break;
	case DAMAGE_REPLACE:
		*made = change_stream(pdf, d);
		break;
	case DAMAGE_BYTES:
	case DAMAGE_JOIN:
	case DAMAGE_ENCRYPT:
		break;
	}
	rc = *made ? write_letter(folder, pdf, d->kind, to, e) : 0;
	if (rc == 0 && d->kind == DAMAGE_BYTES)
		rc = change_bytes(to, d, made, e);
	json_decref(pdf);
	return rc;
}

/* ---- the verdicts ---- */

struct proof {
	const char *folder;
	json_t **letters;
	size_t n_letters;
	size_t n, failed; /* results printed */
};

static void
say(struct proof *p, bool good, const char *rule, const char *what,
    const char *why)
{
	printf("%sok %zu - %s: %s%s%s\n", good ? "" : "not ", ++p->n, rule,
	    what, *why != '\0' ? ": " : "", why);
	(void)fflush(stdout);
	p->failed += !good;
}

static void
say_broken(const struct check_result *r, char *why, size_t size)
{
	size_t i, n = 0;

	why[0] = '\0';
	for (i = 0; i < r->n_broken && n < size; i++)
		n += (size_t)snprintf(why + n, size - n, "%s%s",
		    i == 0 ? "" : ", ", r->broken[i]);
}

static void
prove_row(struct proof *p, const struct damage *d)
{
	char to[PATH_SIZE], why[1024] = "no letter has it";
	struct check_result r;
	struct err e;
	bool made = false, good = false;
	size_t i;

	(void)snprintf(to, sizeof(to), "%s/%s-%zu.pdf", p->folder, d->rule,
	    (size_t)(d - damage_rows));
	for (i = 0; i < p->n_letters && !made; i++) {
		if (make_copy(p->folder, p->letters[i], d, to, &made, &e) !=
		    0) {
			say(p, false, d->rule, d->what, e.text);
			return;
		}
	}
	if (made && check_pdf(to, NULL, &r, &e) != 0) {
		say(p, false, d->rule, d->what, e.text);
		return;
	}
	if (made) {
		good = r.n_broken == 1 && strcmp(r.broken[0], d->rule) == 0;
		say_broken(&r, why, sizeof(why));
		if (r.n_broken == 0)
			(void)snprintf(why, sizeof(why), "nothing broken");
	}
	say(p, good, d->rule, d->what, good ? "" : why);
}

static void
prove_good(struct proof *p, const char *path, const char *what)
{
	struct check_result r;
	struct err e;
	char why[1024];

	if (check_pdf(path, stderr, &r, &e) != 0) {
		say(p, false, path, what, e.text);
		return;
	}
	say_broken(&r, why, sizeof(why));
	say(p, r.n_broken == 0, path, what, why);
}

static bool
has_row(const char *rule)
{
	size_t i;

	for (i = 0; i < damage_rows_n; i++)
		if (strcmp(damage_rows[i].rule, rule) == 0)
			return true;
	return false;
}

static void
prove_rules(struct proof *p, const struct rule *rules)
{
	for (; rules->name != NULL; rules++)
		if (!has_row(rules->name))
			say(p, false, rules->name, "no damage proves it", "");
}

static int
load_all(struct proof *p, char *const paths[])
{
	char to[PATH_SIZE];
	struct err e;
	size_t i;

	for (i = 0; i < p->n_letters; i++) {
		(void)snprintf(to, sizeof(to), "%s/undamaged-%zu.pdf",
		    p->folder, i);
		if (load_letter(paths[i], &p->letters[i], &e) != 0 ||
		    write_letter(p->folder, p->letters[i], DAMAGE_SET, to,
			&e) != 0) {
			(void)fprintf(stderr, "damage: %s\n", e.text);
			return -1;
		}
		prove_good(p, paths[i], "as it is");
		prove_good(p, to, "written anew");
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct proof p = { 0 };
	size_t i;
	int rc;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: damage FOLDER GOOD.pdf...\n");
		return 2;
	}
	p.folder = argv[1];
	p.n_letters = (size_t)argc - 2;
	p.letters = mem_alloc(p.n_letters * sizeof(json_t *));
	rc = load_all(&p, argv + 2);
	for (i = 0; rc == 0 && i < damage_rows_n; i++)
		prove_row(&p, &damage_rows[i]);
	prove_rules(&p, rules_file);
	prove_rules(&p, rules_meta);
	prove_rules(&p, rules_tree);
	prove_rules(&p, rules_text);
	printf("1..%zu\n", p.n);
	for (i = 0; i < p.n_letters; i++)
		json_decref(p.letters[i]);
	free(p.letters);
	return rc != 0 || p.failed > 0;
}
