#include "pdf/same.h"

#include <search.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

/* An object met before. */
struct known {
	uint8_t hash[SHA256_SIZE]; /* of what it says */
	int object, generation;
};

struct pdf_same {
	struct hasher *hasher;
	struct arena *arena;
	void *tree; /* of struct known, by hash */
};

/* A page on its way. */
struct sharing {
	struct pdf_same *same;
	qpdf_data pdf;
	struct err *e;
};

int
pdf_same_new(struct pdf_same **out, struct err *e)
{
	struct pdf_same *s = mem_alloc(sizeof(*s));

	s->arena = arena_new();
	if (hasher_new(&s->hasher, e) != 0) {
		pdf_same_free(s);
		return -1;
	}
	*out = s;
	return 0;
}

static void
keep(void *known)
{
	(void)known; /* it lives in the arena */
}

void
pdf_same_free(struct pdf_same *s)
{
	if (s == NULL)
		return;
	tdestroy(s->tree, keep);
	hasher_free(s->hasher);
	arena_free(s->arena);
	free(s);
}

static int
compare(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return memcmp(x->hash, y->hash, sizeof(x->hash));
}

/* What an object says: a dictionary's words, and a stream's bytes. */
static int
hash_object(struct sharing *s, qpdf_oh object, uint8_t out[SHA256_SIZE])
{
	struct hasher *h = s->same->hasher;
	bool stream = qpdf_oh_is_stream(s->pdf, object);
	qpdf_oh dict = stream ? qpdf_oh_get_dict(s->pdf, object) : object;
	const char *words = qpdf_oh_unparse_resolved(s->pdf, dict);
	unsigned char *bytes = NULL;
	size_t n = 0;
	int rc = hash_begin(h, s->e);

	if (rc == 0)
		rc = hash_add(h, stream ? "s" : "o", 1, s->e);
	if (rc == 0)
		rc = hash_add(h, words, strlen(words) + 1, s->e);
	if (rc == 0 && stream &&
	    (qpdf_oh_get_stream_data(s->pdf, object, qpdf_dl_none, NULL, &bytes,
		 &n) &
		QPDF_ERRORS) != 0)
		rc = err_set(s->e, ERR_DATA, "a damaged stream");
	if (rc == 0)
		rc = hash_add(h, bytes, n, s->e);
	if (rc == 0)
		rc = hash_end(h, out, s->e);
	free(bytes);
	return rc;
}

/* An object becomes the same one met before, or stays as it is. */
static int
find_same(struct sharing *s, qpdf_oh *object)
{
	struct known *new, **found;

	new = arena_alloc(s->same->arena, sizeof(*new));
	new->object = qpdf_oh_get_object_id(s->pdf, *object);
	new->generation = qpdf_oh_get_generation(s->pdf, *object);
	if (hash_object(s, *object, new->hash) != 0)
		return -1;
	found = tsearch(new, &s->same->tree, compare);
	if (found == NULL)
		return err_set(s->e, ERR_SYSTEM, "no memory");
	*object = qpdf_get_object_by_id(s->pdf, (*found)->object,
	    (*found)->generation);
	return 0;
}

/* The value of a key; what it names must be shared already. */
static int
share(struct sharing *s, qpdf_oh dict, const char *key)
{
	qpdf_oh value = qpdf_oh_get_key(s->pdf, dict, key);

	if (!qpdf_oh_is_indirect(s->pdf, value) ||
	    qpdf_oh_is_null(s->pdf, value))
		return 0;
	if (find_same(s, &value) != 0)
		return -1;
	qpdf_oh_replace_key(s->pdf, dict, key, value);
	return 0;
}

static int
share_keys(struct sharing *s, qpdf_oh dict, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n && qpdf_oh_is_dictionary(s->pdf, dict); i++)
		if (share(s, dict, keys[i]) != 0)
			return -1;
	return 0;
}

/* The font of a composite font (ISO 32000-1, 9.7). */
static int
share_descendant(struct sharing *s, qpdf_oh font)
{
	static const char *const keys[] = { "/W", "/CIDToGIDMap",
		"/FontDescriptor" };
	static const char *const files[] = { "/FontFile", "/FontFile2",
		"/FontFile3", "/CIDSet" };
	qpdf_oh descriptor = qpdf_oh_get_key(s->pdf, font, "/FontDescriptor");

	if (share_keys(s, descriptor, files, 4) != 0)
		return -1;
	return share_keys(s, font, keys, 3);
}

static int
share_font(struct sharing *s, qpdf_oh fonts, const char *key)
{
	static const char *const keys[] = { "/ToUnicode", "/DescendantFonts" };
	qpdf_oh font = qpdf_oh_get_key(s->pdf, fonts, key);
	qpdf_oh list, item;

	if (!qpdf_oh_is_dictionary(s->pdf, font))
		return 0;
	list = qpdf_oh_get_key(s->pdf, font, "/DescendantFonts");
	if (qpdf_oh_is_array(s->pdf, list) &&
	    qpdf_oh_get_array_n_items(s->pdf, list) == 1) {
		item = qpdf_oh_get_array_item(s->pdf, list, 0);
		if (qpdf_oh_is_dictionary(s->pdf, item) &&
		    qpdf_oh_is_indirect(s->pdf, item)) {
			if (share_descendant(s, item) != 0 ||
			    find_same(s, &item) != 0)
				return -1;
			qpdf_oh_set_array_item(s->pdf, list, 0, item);
		}
	} else if (share_descendant(s, font) != 0) {
		return -1;
	}
	if (share_keys(s, font, keys, 2) != 0)
		return -1;
	return share(s, fonts, key);
}

static int
share_picture(struct sharing *s, qpdf_oh pictures, const char *key)
{
	static const char *const keys[] = { "/SMask" };
	qpdf_oh picture = qpdf_oh_get_key(s->pdf, pictures, key);

	if (!qpdf_oh_is_stream(s->pdf, picture))
		return 0;
	if (share_keys(s, qpdf_oh_get_dict(s->pdf, picture), keys, 1) != 0)
		return -1;
	return share(s, pictures, key);
}

int
pdf_same_share(struct pdf_same *same, qpdf_data pdf, qpdf_oh page,
    struct err *e)
{
	struct sharing s = { same, pdf, e };
	qpdf_oh resources = qpdf_oh_get_key(pdf, page, "/Resources");
	qpdf_oh part;

	if (!qpdf_oh_is_dictionary(pdf, resources))
		return 0;
	part = qpdf_oh_get_key(pdf, resources, "/Font");
	if (qpdf_oh_is_dictionary(pdf, part)) {
		qpdf_oh_begin_dict_key_iter(pdf, part);
		while (qpdf_oh_dict_more_keys(pdf))
			if (share_font(&s, part, qpdf_oh_dict_next_key(pdf)) !=
			    0)
				return -1;
	}
	part = qpdf_oh_get_key(pdf, resources, "/XObject");
	if (qpdf_oh_is_dictionary(pdf, part)) {
		qpdf_oh_begin_dict_key_iter(pdf, part);
		while (qpdf_oh_dict_more_keys(pdf))
			if (share_picture(&s, part,
				qpdf_oh_dict_next_key(pdf)) != 0)
				return -1;
	}
	return 0;
}
