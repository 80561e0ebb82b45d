/*
 * doc: one PDF file as its objects (doc.h).
 *
 * `--json-key=qpdf` keeps qpdf from walking the pages first: that walk
 * repairs the page tree, and a repaired tree proves nothing.
 */
#include "doc.h"

#include <assert.h>
#include <errno.h>
#include <openssl/evp.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

#define FILE_MAX_BYTES ((size_t)256 << 20)
#define FAULTS_MAX     65536
#define TREE_DEPTH     64

static int
drain(int fd, struct str *out, struct err *e)
{
	char buf[65536];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n > 0)
			str_put(out, buf, (size_t)n);
		else if (errno != EINTR)
			return err_sys(e, "cannot read from a pipe");
	}
	return out->over ? err_set(e, ERR_DATA, "too much output") : 0;
}

static int
spawn(const char *const argv[], int fds[2], pid_t *pid, struct err *e)
{
	posix_spawn_file_actions_t actions;
	char **args;
	int bad;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, fds[0]);
	posix_spawn_file_actions_addclose(&actions, fds[1]);
	/* posix_spawnp takes char *const * but changes nothing */
	memcpy(&args, &argv, sizeof(args));
	bad = posix_spawnp(pid, argv[0], &actions, NULL, args, environ);
	posix_spawn_file_actions_destroy(&actions);
	errno = bad;
	return bad == 0 ? 0 : err_sys(e, "cannot start %s", argv[0]);
}

int
doc_run(const char *const argv[], struct str *out, int *status, struct err *e)
{
	int fds[2], waited = -1, rc;
	pid_t pid;

	*status = -1;
	if (pipe(fds) != 0)
		return err_sys(e, "cannot make a pipe");
	if (spawn(argv, fds, &pid, e) != 0) {
		close(fds[0]);
		close(fds[1]);
		return -1;
	}
	close(fds[1]);
	rc = drain(fds[0], out, e);
	close(fds[0]);
	while (waitpid(pid, &waited, 0) < 0)
		assert(errno == EINTR);
	*status = WIFEXITED(waited) ? WEXITSTATUS(waited) : -1;
	return rc;
}

static int
load_json(struct doc *d, struct err *e)
{
	const char *const argv[] = { "qpdf", "--json=2", "--json-key=qpdf",
		"--json-stream-data=inline", "--decode-level=generalized",
		d->path, NULL };
	struct str text;
	json_error_t bad;
	int status, rc;

	str_init(&text, FILE_MAX_BYTES);
	rc = doc_run(argv, &text, &status, e);
	if (rc == 0 && status != 0)
		rc = err_set(e, ERR_DATA, "%s: qpdf exits %d", d->path, status);
	if (rc == 0) {
		d->json = json_loadb(text.p, text.len, 0, &bad);
		if (d->json == NULL)
			rc = err_set(e, ERR_DATA, "%s: qpdf's JSON: %s",
			    d->path, bad.text);
	}
	str_done(&text);
	return rc;
}

static void walk_pages(struct doc *d, json_t *ref, const char *parent,
    unsigned depth, size_t *leaves);

static void
walk_kids(struct doc *d, json_t *node, const char *ref, unsigned depth,
    size_t *leaves)
{
	json_t *kids = doc_key(d, node, "/Kids"), *kid;
	size_t i, below = 0;

	if (!json_is_array(kids) || depth == TREE_DEPTH) {
		str_fmt(&d->page_faults, "%s has no Kids\n", ref);
		return;
	}
	json_array_foreach(kids, i, kid)
	    walk_pages(d, kid, ref, depth + 1, &below);
	if (doc_int(d, node, "/Count", -1) != (long)below)
		str_fmt(&d->page_faults, "%s has Count %ld for %zu pages\n",
		    ref, doc_int(d, node, "/Count", -1), below);
	*leaves += below;
}

static void
walk_pages(struct doc *d, json_t *ref, const char *parent, unsigned depth,
    size_t *leaves)
{
	json_t *node = doc_resolve(d, ref), *up;
	const char *type = doc_name(d, node, "/Type"), *name;

	if (!doc_is_ref(ref) || node == NULL) {
		str_puts(&d->page_faults, "a page is no indirect object\n");
		return;
	}
	name = json_string_value(ref);
	up = doc_raw_key(d, node, "/Parent");
	if (parent != NULL &&
	    (!doc_is_ref(up) || strcmp(json_string_value(up), parent) != 0))
		str_fmt(&d->page_faults, "%s: Parent is not %s\n", name,
		    parent);
	if (strcmp(type, "/Pages") == 0) {
		walk_kids(d, node, name, depth, leaves);
		return;
	}
	if (strcmp(type, "/Page") != 0)
		str_fmt(&d->page_faults, "%s: Type is '%s'\n", name, type);
	d->pages[d->n_pages] = node;
	d->page_refs[d->n_pages++] = name;
	(*leaves)++;
}

static int
load_tables(struct doc *d, struct err *e)
{
	json_t *parts = json_object_get(d->json, "qpdf"), *pages;
	size_t leaves = 0, most;

	d->objects = json_array_get(parts, 1);
	d->trailer =
	    json_object_get(json_object_get(d->objects, "trailer"), "value");
	d->root = doc_key(d, d->trailer, "/Root");
	if (d->root == NULL)
		return err_set(e, ERR_DATA, "%s: no catalog", d->path);
	most = json_object_size(d->objects);
	d->pages = arena_array(d->arena, most, sizeof(json_t *));
	d->page_refs = arena_array(d->arena, most, sizeof(*d->page_refs));
	pages = doc_raw_key(d, d->root, "/Pages");
	if (strcmp(doc_name(d, doc_resolve(d, pages), "/Type"), "/Pages") != 0)
		return err_set(e, ERR_DATA, "%s: no page tree", d->path);
	walk_pages(d, pages, NULL, 0, &leaves);
	return 0;
}

int
doc_open(const char *path, struct doc **out, struct err *e)
{
	struct doc *d = mem_alloc(sizeof(*d));

	d->arena = arena_new();
	d->path = arena_str(d->arena, path);
	str_init(&d->raw, FILE_MAX_BYTES);
	str_init(&d->page_faults, FAULTS_MAX);
	if (file_read(path, &d->raw, e) != 0 || load_json(d, e) != 0 ||
	    load_tables(d, e) != 0) {
		doc_close(d);
		return -1;
	}
	*out = d;
	return 0;
}

void
doc_close(struct doc *d)
{
	if (d == NULL)
		return;
	json_decref(d->json);
	str_done(&d->page_faults);
	str_done(&d->raw);
	arena_free(d->arena);
	free(d);
}

bool
doc_is_ref(const json_t *v)
{
	const char *s = json_string_value(v);
	size_t n;

	if (s == NULL || s[0] < '0' || s[0] > '9')
		return false;
	n = strlen(s);
	return n > 2 && strcmp(s + n - 2, " R") == 0;
}

static json_t *
find_object(const struct doc *d, const json_t *ref)
{
	char key[64];

	(void)snprintf(key, sizeof(key), "obj:%s", json_string_value(ref));
	return json_object_get(d->objects, key);
}

json_t *
doc_resolve(const struct doc *d, json_t *v)
{
	json_t *object, *stream;

	if (doc_is_ref(v)) {
		object = find_object(d, v);
		stream = json_object_get(object, "stream");
		v = stream != NULL ? json_object_get(stream, "dict")
				   : json_object_get(object, "value");
	}
	return json_is_null(v) ? NULL : v;
}

json_t *
doc_raw_key(const struct doc *d, json_t *v, const char *key)
{
	return json_object_get(doc_resolve(d, v), key);
}

json_t *
doc_key(const struct doc *d, json_t *v, const char *key)
{
	return doc_resolve(d, doc_raw_key(d, v, key));
}

json_t *
doc_inherited(const struct doc *d, json_t *page, const char *key)
{
	json_t *v = NULL;
	unsigned up;

	for (up = 0; up < TREE_DEPTH && v == NULL && page != NULL; up++) {
		v = doc_key(d, page, key);
		page = doc_key(d, page, "/Parent");
	}
	return v;
}

const char *
doc_name(const struct doc *d, json_t *v, const char *key)
{
	const char *s = json_string_value(doc_key(d, v, key));

	return s != NULL && s[0] == '/' ? s : "";
}

const char *
doc_text(const struct doc *d, json_t *v, const char *key)
{
	const char *s = json_string_value(doc_key(d, v, key));

	return s != NULL && strncmp(s, "u:", 2) == 0 ? s + 2 : "";
}

long
doc_int(const struct doc *d, json_t *v, const char *key, long none)
{
	json_t *number = doc_key(d, v, key);

	return json_is_integer(number) ? (long)json_integer_value(number)
				       : none;
}

bool
doc_stream(const struct doc *d, const json_t *ref, struct bytes *out)
{
	json_t *data;
	const char *text;
	uint8_t *p;
	size_t n;
	int got;

	if (!doc_is_ref(ref))
		return false;
	data = json_object_get(json_object_get(find_object(d, ref), "stream"),
	    "data");
	if (data == NULL)
		return false;
	text = json_string_value(data);
	n = json_string_length(data);
	p = arena_alloc(d->arena, n / 4 * 3 + 1);
	got = EVP_DecodeBlock(p, (const uint8_t *)text, (int)n);
	if (got < 0)
		return false;
	while (n > 0 && text[n - 1] == '=') { /* padding decodes to NULs */
		n--;
		got--;
	}
	*out = (struct bytes){ .p = p, .n = (size_t)got };
	return true;
}
