#include "letter/spacing.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define NO_BREAK  "\u00a0"
#define THIN      "\u202f"
#define GROUPS    6 /* of a number, on either side of a space */
#define OUT_BYTES ((size_t)64 << 20) /* thrice the longest text there is */

/*
 * A space between two words that belong together. Each side is a list of
 * words, or of marks, or
 *	*	anything
 *	#	a number
 *	#.	a number with a full stop: a day
 *	A	a capital
 *	000	the groups of a number, on both sides
 */
struct rule {
	const char *left, *right;
	bool thin;
};

struct language {
	const char *tag;
	const struct rule *rules; /* to one without sides */
};

static const struct rule rules_de[] = {
	{ "§ §§ Abs. Art. Nr. Nrn. Rn. Ziff. S.", "#", false },
	{ "#", "% € Tag Tage Tagen Uhr EUR", false },
	{ "€", "#", false },
	{ "#.",
	    "Januar Jänner Februar März April Mai Juni Juli August "
	    "September Oktober November Dezember",
	    false },
	{ "z. d. u. i. o. s.", "B. h. a. ä. d. R. o. u. S.", true },
	{ "Dr. Prof.", "A", false },
	{ NULL, NULL, false },
};

static const struct rule rules_en[] = {
	{ "no. No. nos. Nos. art. Art. p. pp. s. § £ € $", "#", false },
	{ "#",
	    "% € £ days day hours EUR GBP USD January February March April "
	    "May June July August September October November December",
	    false },
	{ "Mr Mrs Ms Dr Mr. Mrs. Ms. Dr.", "A", false },
	{ NULL, NULL, false },
};

static const struct rule rules_es[] = {
	{ "n.º núm. art. pág. €", "#", false },
	{ "#", "% € EUR días día horas h", false },
	{ "Sr. Sra. D. Dña. Dr. Dra.", "A", false },
	{ NULL, NULL, false },
};

static const struct rule rules_fr[] = {
	{ "*", "; ! ?", true },
	{ "*", ": »", false },
	{ "«", "*", false },
	{ "000", "000", true },
	{ "#", "% € EUR jour jours mois an ans h euro euros", false },
	{ "# 1er",
	    "janvier février mars avril mai juin juillet août septembre "
	    "octobre novembre décembre",
	    false },
	{ "n° nº N° nos art. al. p. L. R. D. L.O. §", "#", false },
	{ "M. MM. Mme Mmes Mlle Mlles Me Dr", "A", false },
	{ NULL, NULL, false },
};

static const struct rule rules_it[] = {
	{ "n. nn. art. artt. pag. €", "#", false },
	{ "#",
	    "% € EUR giorni giorno ore gennaio febbraio marzo aprile maggio "
	    "giugno luglio agosto settembre ottobre novembre dicembre",
	    false },
	{ "Sig. Sig.ra Dott. Dott.ssa", "A", false },
	{ NULL, NULL, false },
};

static const struct rule rules_nl[] = {
	{ "nr. nrs. art. lid p. blz. €", "#", false },
	{ "#",
	    "% € EUR dagen dag uur januari februari maart april mei juni juli "
	    "augustus september oktober november december",
	    false },
	{ "dhr. mw. mevr. mr. dr.", "A", false },
	{ NULL, NULL, false },
};

static const struct language languages[] = {
	{ "de", rules_de },
	{ "en", rules_en },
	{ "es", rules_es },
	{ "fr", rules_fr },
	{ "it", rules_it },
	{ "nl", rules_nl },
};

/* A space in the text of a block, and what stands on its sides. */
struct gap {
	const char *text, *at, *end;
};

static const struct rule *
rules_find(const char *lang)
{
	size_t n = sizeof(languages) / sizeof(languages[0]);

	for (size_t i = 0; i < n; i++) {
		if (strncmp(lang, languages[i].tag, 2) == 0 &&
		    (lang[2] == '\0' || lang[2] == '-'))
			return languages[i].rules;
	}
	return NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- the left side ---- */

/* The character before a place in the text; 0 at its start. */
static uint32_t
char_before(const struct gap *g, const char *at)
{
	const char *p;

	if (at == g->text)
		return 0;
	p = g_utf8_prev_char(at);
	return utf8_next(&p);
}

/* What ends here is a number, not a reference like F2026-12. */
static bool
number_ends(const struct gap *g, const char *end)
{
	const char *p = end;

	if (p == g->text || !is_digit(p[-1]))
		return false;
	while (p > g->text && (is_digit(p[-1]) || strchr(".,", p[-1])))
		p--;
	return !g_unichar_isalpha(char_before(g, p)) &&
	    char_before(g, p) != '-' && char_before(g, p) != '/';
}

static bool
left_word(const struct gap *g, const char *word, size_t len)
{
	const char *from = g->at - len;

	return (size_t)(g->at - g->text) >= len &&
	    memcmp(from, word, len) == 0 &&
	    !g_unichar_isalnum(char_before(g, from)) &&
	    char_before(g, from) != '.';
}

static size_t
word_len(const char *list)
{
	size_t n = 0;

	while (list[n] && list[n] != ' ')
		n++;
	return n;
}

static bool
left_item(const struct gap *g, const char *item, size_t len)
{
	if (len == 1 && *item == '*')
		return true;
	if (len == 1 && *item == '#')
		return number_ends(g, g->at);
	if (*item == '#')
		return g->at[-1] == '.' && number_ends(g, g->at - 1);
	return item[len - 1] == g->at[-1] && left_word(g, item, len);
}

static bool
left_matches(const struct gap *g, const char *list)
{
	size_t len;

	for (; *list; list += len + (list[len] == ' ')) {
		len = word_len(list);
		if (left_item(g, list, len))
			return true;
	}
	return false;
}

/* ---- the right side ---- */

/* A mark stands alone, or with other marks; a word ends where it ends. */
static bool
right_word(const struct gap *g, const char *word, size_t len)
{
	const char *p = g->at + 1;

	if ((size_t)(g->end - p) < len || memcmp(p, word, len) != 0)
		return false;
	p += len;
	return p == g->end || !g_unichar_isalnum(utf8_next(&p));
}

static bool
right_matches(const struct gap *g, const char *list)
{
	const char *p = g->at + 1;
	size_t len;

	if (strcmp(list, "*") == 0)
		return true;
	if (strcmp(list, "#") == 0)
		return is_digit(*p);
	if (strcmp(list, "A") == 0)
		return g_unichar_isupper(utf8_next(&p));
	for (; *list; list += len + (list[len] == ' ')) {
		len = word_len(list);
		if (*list == *p && right_word(g, list, len))
			return true;
	}
	return false;
}

/* ---- groups ---- */

static size_t
count_digits(const struct gap *g, const char *from)
{
	size_t n = 0;

	while (from + n < g->end && is_digit(from[n]))
		n++;
	return n;
}

/*
 * True between the groups of 1 234 567: one to three digits, then three each
 * time. Other numbers with spaces are those of telephones and registers.
 */
static bool
is_grouped(const struct gap *g)
{
	const char *p = g->at, *q = g->at;
	size_t n;
	uint32_t before;

	for (int i = 0; i < GROUPS; i++, p--) {
		const char *to = p;

		while (p > g->text && is_digit(p[-1]))
			p--;
		n = (size_t)(to - p);
		if (n != 3 || p < g->text + 2 || p[-1] != ' ' ||
		    !is_digit(p[-2]))
			break;
	}
	before = char_before(g, p);
	if (n < 1 || n > 3 || *p == '0' || g_unichar_isalnum(before) ||
	    (before != 0 && before < 0x80 && strchr("+-/.,", (int)before)))
		return false;
	for (int i = 0; i < GROUPS && *q == ' ' && is_digit(q[1]);
	     i++, q += 4) {
		if (count_digits(g, q + 1) != 3)
			return false;
	}
	return q > g->at && !g_unichar_isalpha(utf8_next(&q));
}

/* ---- a space ---- */

/* The side that is a single mark first: most texts fail there. */
static bool
rule_matches(const struct gap *g, const struct rule *r)
{
	if (*r->left == '0')
		return is_grouped(g);
	if (r->right[1] == '\0')
		return right_matches(g, r->right) && left_matches(g, r->left);
	return left_matches(g, r->left) && right_matches(g, r->right);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n';
}

/* Most words begin and end in small letters, and no rule has two of those. */
static bool
is_plain(char before, char after)
{
	return before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z' &&
	    before != 'r';
}

/* The rule for a space, or NULL. */
static const struct rule *
rule_find(const struct gap *g, const struct rule *rules)
{
	char before, after;

	if (g->at == g->text || g->at + 1 == g->end)
		return NULL;
	before = g->at[-1];
	after = g->at[1];
	if (is_plain(before, after) || is_space(before) || is_space(after))
		return NULL;
	for (const struct rule *r = rules; r->left; r++) {
		if (rule_matches(g, r))
			return r;
	}
	return NULL;
}

/* ---- texts ---- */

/* How the texts of a letter are set. */
struct setter {
	const struct rule *rules;
	enum spacing kind;
	struct arena *arena;
	struct str out; /* of the span at hand */
};

static void
setter_init(struct setter *w, const struct rule *rules, enum spacing kind,
    struct arena *a)
{
	*w = (struct setter){ .rules = rules, .kind = kind, .arena = a };
	str_init(&w->out, OUT_BYTES);
}

static void
setter_done(struct setter *w)
{
	str_done(&w->out);
}

/* All spans of a block in one text, for what stands on both sides. */
static struct gap
spans_join(const struct span *spans, struct arena *a)
{
	size_t len = 0;
	char *text;

	for (const struct span *s = spans; s; s = s->next)
		len += strlen(s->text);
	text = arena_alloc(a, len + 1);
	len = 0;
	for (const struct span *s = spans; s; s = s->next) {
		size_t n = strlen(s->text);

		memcpy(text + len, s->text, n);
		len += n;
	}
	return (struct gap){ .text = text, .at = text, .end = text + len };
}

/* Sets the spaces of one span, which is at g->at in the text. */
static void
span_set(struct setter *w, struct span *s, struct gap *g)
{
	const char *from = g->at, *end = from + strlen(s->text);

	str_clear(&w->out);
	for (; (g->at = memchr(g->at, ' ', (size_t)(end - g->at))) != NULL;
	     g->at++) {
		const struct rule *r = rule_find(g, w->rules);

		if (!r)
			continue;
		str_put(&w->out, from, (size_t)(g->at - from));
		str_puts(&w->out,
		    r->thin && w->kind == SPACING_PAGE ? THIN : NO_BREAK);
		from = g->at + 1;
	}
	if (w->out.len > 0) {
		str_put(&w->out, from, (size_t)(end - from));
		assert(!w->out.over);
		s->text = arena_strn(w->arena, w->out.p, w->out.len);
	}
	g->at = end;
}

static void
spans_set(struct setter *w, struct span *spans)
{
	struct gap g = spans_join(spans, w->arena);

	for (struct span *s = spans; s; s = s->next) {
		if (s->style & STYLE_CODE)
			g.at += strlen(s->text);
		else
			span_set(w, s, &g);
	}
}

static void
blocks_set(struct setter *w, struct block *b)
{
	for (; b; b = b->next) {
		if (b->spans)
			spans_set(w, b->spans);
		blocks_set(w, b->children);
	}
}

void
spacing_blocks(struct block *root, const char *lang, enum spacing kind,
    struct arena *a)
{
	const struct rule *rules = rules_find(lang);
	struct setter w;

	if (!rules)
		return;
	setter_init(&w, rules, kind, a);
	blocks_set(&w, root);
	setter_done(&w);
}

const char *
spacing_text(const char *text, const char *lang, enum spacing kind,
    struct arena *a)
{
	const struct rule *rules = rules_find(lang);
	struct span s = { .text = text };
	struct setter w;

	if (!rules || !strchr(text, ' '))
		return text;
	setter_init(&w, rules, kind, a);
	spans_set(&w, &s);
	setter_done(&w);
	return s.text;
}
