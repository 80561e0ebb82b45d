#include "law/spell.h"

#include <string.h>

#define MILLE    1000U
#define MILLION  1000000ULL
#define MILLIARD 1000000000ULL
#define BILLION  1000000000000ULL

/* A number on its way out: separators depend on the spelling. */
struct speech {
	const struct spell_form *form;
	struct str *out;
	bool begun;
	bool feminine; /* its last « un » is « une » */
};

static const char *const small[] = { "zéro", "un", "deux", "trois", "quatre",
	"cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
	"quatorze", "quinze", "seize" };

static const char *const tens[] = { [1] = "dix",
	[2] = "vingt",
	[3] = "trente",
	[4] = "quarante",
	[5] = "cinquante",
	[6] = "soixante",
	[7] = "septante",
	[8] = "huitante",
	[9] = "nonante" };

/* The next word, after a space or, as of 1990, a hyphen. */
static void
say(struct speech *s, const char *word)
{
	if (s->begun)
		str_putc(s->out, s->form->reformed ? '-' : ' ');
	str_puts(s->out, word);
	s->begun = true;
}

/* Within a number below a hundred there was always a hyphen. */
static void
say_joined(struct speech *s, const char *word)
{
	str_putc(s->out, '-');
	str_puts(s->out, word);
}

static const char *
unit(const struct speech *s, unsigned n)
{
	return n == 1 && s->feminine ? "une" : small[n];
}

/* 1 to 19 behind a ten: joined, or after « et » where usage wants it. */
static void
say_rest(struct speech *s, unsigned n, bool et)
{
	if (et) {
		say(s, "et");
		say(s, unit(s, n));
		return;
	}
	if (n <= 16) {
		say_joined(s, unit(s, n));
		return;
	}
	say_joined(s, "dix");
	say_joined(s, small[n - 10]);
}

/* quatre-vingts to quatre-vingt-dix-neuf; the s only when it ends there. */
static void
say_four_score(struct speech *s, unsigned n, bool plural)
{
	say(s, n == 0 && plural ? "quatre-vingts" : "quatre-vingt");
	if (n > 0)
		say_rest(s, n, false);
}

static void
say_tens(struct speech *s, unsigned n, bool plural)
{
	const struct spell_form *f = s->form;
	unsigned ten = n / 10, rest = n % 10;

	if (n <= 16) {
		say(s, unit(s, n));
		return;
	}
	if (ten == 8 && !f->huitante) {
		say_four_score(s, rest, plural);
		return;
	}
	if (ten == 9 && !f->septante) {
		say_four_score(s, rest + 10, plural);
		return;
	}
	if (ten == 7 && !f->septante) {
		ten = 6;
		rest += 10;
	}
	say(s, tens[ten]);
	if (rest > 0)
		say_rest(s, rest, ten > 1 && (rest == 1 || rest == 11));
}

/* 1 to 999; plural: vingt and cent may take their s. */
static void
say_hundreds(struct speech *s, unsigned n, bool plural)
{
	unsigned hundreds = n / 100;

	if (hundreds > 1)
		say(s, small[hundreds]);
	if (hundreds > 0)
		say(s,
		    hundreds > 1 && n % 100 == 0 && plural ? "cents" : "cent");
	if (n % 100 > 0)
		say_tens(s, n % 100, plural);
}

/* « deux millions »: a noun, so what counts it agrees. */
static uint64_t
say_group(struct speech *s, uint64_t n, uint64_t size, const char *one,
    const char *many)
{
	unsigned count = (unsigned)(n / size);
	bool feminine = s->feminine;

	if (count == 0)
		return n;
	s->feminine = false;
	say_hundreds(s, count, true);
	s->feminine = feminine;
	say(s, count == 1 ? one : many);
	return n % size;
}

static void
say_below_million(struct speech *s, unsigned n)
{
	bool feminine = s->feminine;

	if (n / MILLE > 1) {
		s->feminine = false;
		say_hundreds(s, n / MILLE, false);
		s->feminine = feminine;
	}
	if (n / MILLE > 0)
		say(s, "mille");
	if (n % MILLE > 0)
		say_hundreds(s, n % MILLE, true);
}

static void
say_number(struct speech *s, uint64_t n)
{
	if (n == 0) {
		say(s, small[0]);
		return;
	}
	if (n / BILLION >= MILLE) {
		say_number(s, n / BILLION);
		say(s, "billions");
		n %= BILLION;
	}
	n = say_group(s, n, BILLION, "billion", "billions");
	n = say_group(s, n, MILLIARD, "milliard", "milliards");
	n = say_group(s, n, MILLION, "million", "millions");
	say_below_million(s, (unsigned)n);
}

struct spell_form
spell_form_of(const char *country)
{
	bool septante =
	    strcmp(country, "BE") == 0 || strcmp(country, "CH") == 0;

	return (struct spell_form){ .septante = septante };
}

void
spell_number(uint64_t n, const struct spell_form *f, struct str *out)
{
	struct speech s = { .form = f, .out = out };

	say_number(&s, n);
}

struct currency_name {
	const char *code, *one, *many, *of, *cent, *cents;
	bool feminine;
};

/* « un million d'euros »: what stands behind a bare million is `of`. */
static const struct currency_name names[] = {
	{ .code = "EUR",
	    .one = "euro",
	    .many = "euros",
	    .of = "d'euros",
	    .cent = "centime",
	    .cents = "centimes" },
	{ .code = "CHF",
	    .one = "franc suisse",
	    .many = "francs suisses",
	    .of = "de francs suisses",
	    .cent = "centime",
	    .cents = "centimes" },
	{ .code = "XPF",
	    .one = "franc Pacifique",
	    .many = "francs Pacifique",
	    .of = "de francs Pacifique" },
	{ .code = "USD",
	    .one = "dollar américain",
	    .many = "dollars américains",
	    .of = "de dollars américains",
	    .cent = "cent",
	    .cents = "cents" },
	{ .code = "CAD",
	    .one = "dollar canadien",
	    .many = "dollars canadiens",
	    .of = "de dollars canadiens",
	    .cent = "cent",
	    .cents = "cents" },
	{ .code = "GBP",
	    .one = "livre sterling",
	    .many = "livres sterling",
	    .of = "de livres sterling",
	    .cent = "penny",
	    .cents = "pence",
	    .feminine = true },
};

static const struct currency_name *
name_find(const char *code)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].code, code) == 0)
			return &names[i];
	return NULL;
}

int
spell_money(struct money m, const struct spell_form *f, struct str *out,
    struct err *e)
{
	const struct currency_name *c = name_find(m.currency);
	uint64_t minor =
	    m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
	uint64_t scale, units;
	struct speech s = { .form = f, .out = out };

	if (c == NULL)
		return err_set(e, ERR_DATA,
		    "the French name of %s is not known: write the amount in "
		    "figures",
		    m.currency);
	scale = c->cent != NULL ? 100 : 1;
	units = minor / scale;
	if (m.minor < 0)
		str_puts(out, "moins ");
	if (units > 0 || minor == 0) {
		s.feminine = c->feminine;
		say_number(&s, units);
		str_putc(out, ' ');
		str_puts(out,
		    units >= MILLION && units % MILLION == 0 ? c->of
			: units > 1                          ? c->many
							     : c->one);
	}
	if (minor % scale == 0)
		return 0;
	if (units > 0)
		str_puts(out, " et ");
	spell_number(minor % scale, f, out);
	str_putc(out, ' ');
	str_puts(out, minor % scale > 1 ? c->cents : c->cent);
	return 0;
}
