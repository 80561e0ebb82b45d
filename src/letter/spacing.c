#include "letter/spacing.h"

#include <glib.h>
#include <string.h>

#include "base/str.h"

#define NO_BREAK "\u00a0"
#define THIN     "\u202f"
#define GROUPS   6 /* of a number, on either side of a space */

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

static bool
left_matches(const struct gap *g, const char *word, size_t len)
{
	if (len == 1 && *word == '*')
		return true;
	if (len == 1 && *word == '#')
		return number_ends(g, g->at);
	if (len == 2 && memcmp(word, "#.", 2) == 0)
		return g->at > g->text && g->at[-1] == '.' &&
		    number_ends(g, g->at - 1);
	return left_word(g, word, len);
}

/* ---- the right side ---- */

/* A mark stands alone, or with other marks; a word ends where it ends. */
static bool
right_matches(const struct gap *g, const char *word, size_t len)
{
	const char *p = g->at + 1;

	if (len == 1 && *word == '*')
		return true;
	if (len == 1 && *word == '#')
		return is_digit(*p);
	if (len == 1 && *word == 'A')
		return g_unichar_isupper(utf8_next(&p));
	if ((size_t)(g->end - p) < len || memcmp(p, word, len) != 0)
		return false;
	p += len;
	return p == g->end || !g_unichar_isalnum(utf8_next(&p));
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

typedef bool match_side(const struct gap *g, const char *word, size_t len);

static bool
list_matches(const struct gap *g, const char *list, match_side *matches)
{
	size_t len;

	for (; *list; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		if (matches(g, list, len))
			return true;
	}
	return false;
}

/* Most words begin and end in small letters, and no rule has two of those. */
static bool
is_plain(const struct gap *g)
{
	char before = g->at[-1], after = g->at[1];

	return before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z' &&
	    before != 'r';
}

/* The rule for a space, or NULL. */
static const struct rule *
rule_find(const struct gap *g, const struct rule *rules)
{
	if (g->at == g->text || g->at + 1 == g->end ||
	    strchr(" \n", g->at[-1]) || strchr(" \n", g->at[1]) || is_plain(g))
		return NULL;
	for (const struct rule *r = rules; r->left; r++) {
		bool match = strcmp(r->left, "000") == 0
		    ? is_grouped(g)
		    : list_matches(g, r->right, right_matches) &&
			list_matches(g, r->left, left_matches);

		if (match)
			return r;
	}
	return NULL;
}

/* ---- texts ---- */

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
	return (struct gap){ .text = text, .end = text + len };
}

/* Sets the spaces of one span, which is at g->at in the text. */
static void
span_set(struct span *s, struct gap *g, const struct rule *rules,
    enum spacing kind, struct arena *a)
{
	const char *from = g->at, *end = from + strlen(s->text);
	struct str out;

	str_init(&out, 3 * (size_t)(end - from) + 1);
	for (; (g->at = memchr(g->at, ' ', (size_t)(end - g->at))) != NULL;
	     g->at++) {
		const struct rule *r = rule_find(g, rules);

		if (!r)
			continue;
		str_put(&out, from, (size_t)(g->at - from));
		str_puts(&out,
		    r->thin && kind == SPACING_PAGE ? THIN : NO_BREAK);
		from = g->at + 1;
	}
	if (out.len > 0) {
		str_put(&out, from, (size_t)(end - from));
		s->text = arena_strn(a, out.p, out.len);
	}
	str_done(&out);
	g->at = end;
}

static void
spans_set(struct span *spans, const struct rule *rules, enum spacing kind,
    struct arena *a)
{
	struct gap g = spans_join(spans, a);

	g.at = g.text;
	for (struct span *s = spans; s; s = s->next) {
		if (s->style & STYLE_CODE)
			g.at += strlen(s->text);
		else
			span_set(s, &g, rules, kind, a);
	}
}

static void
blocks_set(struct block *b, const struct rule *rules, enum spacing kind,
    struct arena *a)
{
	for (; b; b = b->next) {
		spans_set(b->spans, rules, kind, a);
		blocks_set(b->children, rules, kind, a);
	}
}

void
spacing_blocks(struct block *root, const char *lang, enum spacing kind,
    struct arena *a)
{
	const struct rule *rules = rules_find(lang);

	if (rules)
		blocks_set(root, rules, kind, a);
}

const char *
spacing_text(const char *text, const char *lang, enum spacing kind,
    struct arena *a)
{
	struct span s = { .text = text };
	const struct rule *rules = rules_find(lang);

	if (rules)
		spans_set(&s, rules, kind, a);
	return s.text;
}
