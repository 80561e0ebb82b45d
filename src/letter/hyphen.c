/*
 * Invariants
 * 1. A record of the pool is a pattern: its number of letters n, its level,
 *    n bytes of letters, n + 1 values; letters are UTF-8 in lower case.
 * 2. slots[] is a hash table over the records, never more than half full.
 * 3. Level 0 knows where the parts of a compound meet, level 1 how each part
 *    is cut. A dictionary without NEXTLEVEL has level 1 only.
 */
#include "letter/hyphen.h"

#include <assert.h>
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

#define FOLDER     "/usr/share/hyphen"
#define FILE_BYTES ((size_t)8 << 20)
#define PATTERN    60  /* bytes; no dictionary has longer ones */
#define WORD       256 /* bytes, twice those of the longest word */
#define BEFORE     2   /* letters */
#define BEHIND     3
#define LEVELS     2

struct dictionary {
	const char *lang, *file, *package;
	/* Letters besides a to z of a language that writes nouns with a
	 * capital; others write names so. */
	const char *nouns;
};

static const struct dictionary dictionaries[] = {
	{ "de", "hyph_de_DE.dic", "hyphen-de", "äöüß" },
	{ "en-US", "hyph_en_US.dic", "hyphen-en-us", NULL },
	{ "en", "hyph_en_GB.dic", "hyphen-en-gb", NULL },
	{ "es", "hyph_es_ES.dic", "hyphen-es", NULL },
	{ "fr", "hyph_fr.dic", "hyphen-fr", NULL },
	{ "it", "hyph_it_IT.dic", "hyphen-it", NULL },
	{ "nl", "hyph_nl_NL.dic", "hyphen-nl", NULL },
	{ "pt", "hyph_pt_PT.dic", "hyphen-pt-pt", NULL },
};

struct hyphen {
	struct str pool;
	uint32_t *slots; /* offset in the pool + 1; 0: empty */
	size_t n_slots;  /* a power of two */
	size_t longest;  /* letters of a pattern */
	const char *nouns;
};

struct pattern {
	unsigned char level;
	size_t n;
	char letters[PATTERN];
	unsigned char values[PATTERN + 1];
};

/* The letters to be cut, in lower case between two full stops. */
struct folded {
	char text[WORD + 2];
	size_t len;
	size_t from[WORD + 2]; /* byte in the word of a byte in the text */
	bool begins[WORD + 2]; /* a letter begins here */
	bool cut[WORD + 2];    /* before this byte */
};

/* ---- the dictionary ---- */

/* The whole tag first, then its language. */
static const struct dictionary *
dictionary_find(const char *lang)
{
	size_t n = sizeof(dictionaries) / sizeof(dictionaries[0]);

	for (size_t i = 0; i < n; i++) {
		const char *name = dictionaries[i].lang;
		size_t len = strlen(name);

		if (strncmp(lang, name, len) == 0 &&
		    (lang[len] == '\0' || lang[len] == '-'))
			return &dictionaries[i];
	}
	return NULL;
}

static uint64_t
hash_start(unsigned level)
{
	return 14695981039346656037u ^ level;
}

/* FNV-1a. */
static uint64_t
hash_add(uint64_t h, char c)
{
	return (h ^ (unsigned char)c) * 1099511628211u;
}

/* The slot of the letters: theirs, or the empty one they would take. */
static uint32_t *
slot_find(const struct hyphen *h, uint64_t hash, unsigned level,
    const char *letters, size_t n)
{
	size_t at = (size_t)(hash ^ hash >> 32);

	for (;; at++) {
		uint32_t *slot = &h->slots[at & (h->n_slots - 1)];
		const char *record;

		if (*slot == 0)
			return slot;
		record = h->pool.p + *slot - 1;
		if ((size_t)record[0] == n && record[1] == (char)level &&
		    memcmp(record + 2, letters, n) == 0)
			return slot;
	}
}

static void
pattern_add(struct hyphen *h, const struct pattern *p)
{
	const char head[2] = { (char)p->n, (char)p->level };
	uint64_t hash = hash_start(p->level);
	uint32_t *slot;

	for (size_t i = 0; i < p->n; i++)
		hash = hash_add(hash, p->letters[i]);
	slot = slot_find(h, hash, p->level, p->letters, p->n);
	*slot = (uint32_t)h->pool.len + 1;
	str_put(&h->pool, head, sizeof(head));
	str_put(&h->pool, p->letters, p->n);
	str_put(&h->pool, p->values, p->n + 1);
	if (p->n > h->longest)
		h->longest = p->n;
}

/* Letters, with digits between some; false for what is no pattern. */
static bool
pattern_parse(const char *line, size_t len, bool utf8, struct pattern *out)
{
	out->n = 0;
	out->values[0] = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];

		if (c >= '0' && c <= '9') {
			out->values[out->n] = (unsigned char)(c - '0');
			continue;
		}
		if (out->n + 2 >= PATTERN || c <= ' ' ||
		    strchr("#%/=", c) != NULL || (c >= 'A' && c <= 'Z'))
			return false;
		if (c >= 0x80 && !utf8) { /* ISO 8859-1 */
			out->letters[out->n++] = (char)(0xc0 | c >> 6);
			out->values[out->n] = 0;
			c = 0x80 | (c & 0x3f);
		}
		out->letters[out->n++] = (char)c;
		out->values[out->n] = 0;
	}
	return out->n > 0;
}

static size_t
count_lines(const struct str *s)
{
	size_t n = 0;

	for (const char *p = s->p; (p = strchr(p, '\n')) != NULL; p++)
		n++;
	return n;
}

/* False for a dictionary of another encoding. */
static bool
hyphen_read(struct hyphen *h, const struct str *s)
{
	struct pattern p = { .level = 1 };
	bool utf8 = strncmp(s->p, "UTF-8", 5) == 0;
	const char *line, *end;

	if (!utf8 && strncmp(s->p, "ISO8859-1\n", 10) != 0)
		return false;
	for (h->n_slots = 1024; h->n_slots < 2 * count_lines(s);)
		h->n_slots *= 2;
	h->slots = mem_alloc(h->n_slots * sizeof(*h->slots));
	if (strstr(s->p, "\nNEXTLEVEL"))
		p.level = 0;
	for (line = strchr(s->p, '\n'); line; line = *end ? end : NULL) {
		line++;
		end = strchrnul(line, '\n');
		if (strncmp(line, "NEXTLEVEL", 9) == 0)
			p.level = 1;
		else if (pattern_parse(line, (size_t)(end - line), utf8, &p))
			pattern_add(h, &p);
	}
	return true;
}

static void
dictionary_path(const struct dictionary *d, struct str *out)
{
	str_fmt(out, "%s/%s", FOLDER, d->file);
}

struct hyphen *
hyphen_open(const char *lang)
{
	const struct dictionary *d = dictionary_find(lang);
	struct hyphen *h = NULL;
	struct str path, file;
	struct err e = { 0 };

	if (!d)
		return NULL;
	str_init(&path, 200);
	str_init(&file, FILE_BYTES);
	dictionary_path(d, &path);
	if (file_read(path.p, &file, &e) == 0) {
		h = mem_alloc(sizeof(*h));
		str_init(&h->pool, 4 * FILE_BYTES);
		h->nouns = d->nouns;
		if (!hyphen_read(h, &file)) {
			hyphen_close(h);
			h = NULL;
		}
	}
	str_done(&file);
	str_done(&path);
	return h;
}

void
hyphen_close(struct hyphen *h)
{
	if (!h)
		return;
	str_done(&h->pool);
	free(h->slots);
	free(h);
}

int
hyphen_check(const char *lang, struct err *e)
{
	const struct dictionary *d = dictionary_find(lang);
	struct str path;
	int rc = 0;

	if (!d)
		return 0;
	str_init(&path, 200);
	dictionary_path(d, &path);
	if (!file_exists(path.p))
		rc = err_set(e, ERR_SYSTEM,
		    "%s: not there, so no word in '%s' is hyphenated; install "
		    "%s",
		    path.p, lang, d->package);
	str_done(&path);
	return rc;
}

/* ---- a word ---- */

/* Raises the values between the letters from..to by the patterns of a level. */
static void
values_find(const struct hyphen *h, unsigned level, const char *text, size_t n,
    unsigned char *values)
{
	for (size_t from = 0; from < n; from++) {
		uint64_t hash = hash_start(level);

		for (size_t i = from; i < n && i - from < h->longest; i++) {
			size_t len = i - from + 1;
			const char *record;
			uint32_t slot;

			hash = hash_add(hash, text[i]);
			slot = *slot_find(h, hash, level, text + from, len);
			if (slot == 0)
				continue;
			record = h->pool.p + slot - 1 + 2 + len;
			for (size_t k = 0; k <= len; k++) {
				if ((unsigned char)record[k] > values[from + k])
					values[from + k] =
					    (unsigned char)record[k];
			}
		}
	}
}

/* Letters of the text from..to. */
static size_t
count_letters(const struct folded *f, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += f->begins[i];
	return n;
}

/* Marks the cuts of the letters from..to as of a word of their own. */
static void
part_cut(const struct hyphen *h, unsigned level, struct folded *f, size_t from,
    size_t to)
{
	unsigned char values[WORD + 3] = { 0 };
	char text[WORD + 2];
	size_t n = 0;

	text[n++] = '.';
	memcpy(text + n, f->text + from, to - from);
	n += to - from;
	text[n++] = '.';
	values_find(h, level, text, n, values);
	for (size_t i = from + 1; i < to; i++) {
		if (values[i - from + 1] % 2 == 1 && f->begins[i] &&
		    count_letters(f, from, i) >= BEFORE &&
		    count_letters(f, i, to) >= BEFORE)
			f->cut[i] = true;
	}
}

static void
folded_cut(const struct hyphen *h, struct folded *f)
{
	bool seam[WORD + 2];
	size_t from = 0;

	part_cut(h, 0, f, 0, f->len);
	memcpy(seam, f->cut, sizeof(seam));
	for (size_t i = 1; i <= f->len; i++) {
		if (i < f->len && !seam[i])
			continue;
		part_cut(h, 1, f, from, i);
		from = i;
	}
}

struct letters {
	size_t from, to; /* bytes */
	size_t n;
	bool capital, small;
};

/* Not an amount, a reference, an address of any kind. */
static bool
is_prose(const char *word, size_t len)
{
	const char *p = word, *end = word + len;
	bool stop = false;

	while (p < end) {
		uint32_t c = utf8_next(&p);

		if (c < 0x80 && strchr("0123456789@/\\_=&#+", (int)c))
			return false;
		if (stop && g_unichar_isalpha(c)) /* example.com */
			return false;
		stop = stop || c == '.' || c == ':';
	}
	return true;
}

/* The next run of letters behind l->to; false: there is none. */
static bool
letters_next(const char *word, size_t len, struct letters *l)
{
	const char *p = word + l->to, *end = word + len;

	*l = (struct letters){ 0 };
	while (p < end) {
		size_t at = (size_t)(p - word);
		uint32_t c = utf8_next(&p);

		if (!g_unichar_isalpha(c)) {
			if (l->n > 0)
				break;
			continue;
		}
		if (l->n++ == 0) {
			l->from = at;
			l->capital = g_unichar_isupper(c);
		}
		l->small = l->small || g_unichar_islower(c);
		l->to = (size_t)(p - word);
	}
	return l->n > 0;
}

static void
folded_make(struct folded *f, const char *word, const struct letters *l)
{
	for (const char *p = word + l->from; p < word + l->to;) {
		size_t at = (size_t)(p - word);
		char small[6];
		int n =
		    g_unichar_to_utf8(g_unichar_tolower(utf8_next(&p)), small);

		f->begins[f->len] = true;
		for (int i = 0; i < n && f->len < WORD; i++) {
			f->from[f->len] = at;
			f->text[f->len++] = small[i];
		}
	}
}

/* A capital; in German, which has many, one with a letter of others. */
static bool
is_name(const struct hyphen *h, const struct folded *f, const struct letters *l)
{
	if (!l->capital || !h->nouns)
		return l->capital;
	for (const char *p = f->text; p < f->text + f->len;) {
		uint32_t c = utf8_next(&p);

		if (c >= 0x80 && !g_utf8_strchr(h->nouns, -1, c))
			return true;
	}
	return false;
}

static void
letters_cut(const struct hyphen *h, const char *word, const struct letters *l,
    struct hyphen_cuts *out)
{
	struct folded f = { 0 };

	folded_make(&f, word, l);
	folded_cut(h, &f);
	out->name = out->name || is_name(h, &f, l);
	for (size_t i = 1; i < f.len; i++) {
		if (f.cut[i] && count_letters(&f, i, f.len) >= BEHIND &&
		    out->n < HYPHEN_POINTS)
			out->at[out->n++] = f.from[i];
	}
}

void
hyphen_find(const struct hyphen *h, const char *word, size_t len,
    struct hyphen_cuts *out)
{
	struct letters l = { 0 };

	*out = (struct hyphen_cuts){ 0 };
	if (!h || len > WORD / 2 || !is_prose(word, len))
		return;
	while (letters_next(word, len, &l)) {
		if (l.n >= BEFORE + BEHIND && l.small)
			letters_cut(h, word, &l, out);
	}
}
