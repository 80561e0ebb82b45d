/*
 * scan_make KIND COUNT SEED DIR: random letters with a payment symbol, and
 * what a telephone must read from each; scan.sh calls it.
 *
 * KIND is epc, link or swiss. DIR/rows.jsonl is for `semonce merge`; the
 * payload of row N stands in DIR/N.want. The payloads are put together here
 * from the standards, not by src/pay, which they are to test. The same seed
 * makes the same files.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define EPC_BYTES    331
#define PAYEE_CHARS  70
#define TEXT_MAX     140
#define URL_MAX      331
#define WORDS        4096
#define SWISS_COARSE 600

struct letter {
	uint64_t random;
	json_t *row, *payment;
	struct str want;
};

/* ---- chance ---- */

/* splitmix64 */
static uint64_t
draw(struct letter *l)
{
	uint64_t z = (l->random += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static size_t
draw_below(struct letter *l, size_t n)
{
	return draw(l) % n;
}

static void
put_digits(struct letter *l, size_t n, struct str *out)
{
	while (n-- > 0)
		str_putc(out, (char)('0' + draw_below(l, 10)));
}

/* ---- words ---- */

/* Scripts, and signs that mean something to Markdown, JSON or a payload. */
static const char *const scripts[] = {
	"abcdefghijklmnopqrstuvwxyz",
	"aeiounrstléèêàçùïîôœæÿ",
	"äöüßåøñãõčšžřěłńśżőűğışț",
	"αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ",
	"абвгдежзийклмнопрстуфхцчшщыьэюя",
	"אבגדהוזחטיכלמנסעפצקרשת",
	"ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
	"日本国東京大学会社山川田中有限公司上海北京商店",
	"&'().,+-/;:*_[]<>|`#\"{}!?=%@~^$\\",
};
enum {
	LATIN = 3,
	LETTERS = 8,
	SIGNS = 8
};

static uint32_t
draw_char(struct letter *l, size_t script)
{
	const char *p = scripts[script];
	size_t n = draw_below(l, utf8_count(p));

	while (n-- > 0)
		(void)utf8_next(&p);
	return utf8_next(&p);
}

/* chars and bytes at most, single spaces inside; none of it is "RF...". */
static void
put_words(struct letter *l, size_t script, size_t chars, size_t bytes,
    struct str *out)
{
	size_t start = out->len, word = 0;

	while (chars-- > 0 && out->len - start + 3 <= bytes) {
		if (word > 2 && chars > 1 && draw_below(l, 6) == 0) {
			str_putc(out, ' ');
			word = 0;
			continue;
		}
		if (word > 0 && draw_below(l, 16) == 0)
			utf8_put(out, draw_char(l, SIGNS));
		else
			utf8_put(out, draw_char(l, script));
		word++;
	}
	if (out->len > start && out->p[out->len - 1] == ' ')
		out->p[out->len - 1] = '.';
}

static void
set_words(struct letter *l, json_t *object, const char *key, size_t script,
    size_t chars)
{
	struct str s;

	str_init(&s, WORDS);
	put_words(l, script, chars, WORDS, &s);
	(void)json_object_set_new(object, key, json_string(s.p));
	str_done(&s);
}

/* ---- numbers with check digits, ISO 7064 MOD 97-10 ---- */

static unsigned
check_digits(const char *body, const char *head)
{
	unsigned rest = 0;
	const char *const parts[] = { body, head, "00" };

	for (size_t i = 0; i < 3; i++)
		for (const char *c = parts[i]; *c != '\0'; c++) {
			unsigned v = *c <= '9' ? (unsigned)(*c - '0')
					       : (unsigned)(*c - 'A' + 10);

			rest = (rest * (v > 9 ? 100 : 10) + v) % 97;
		}
	return 98 - rest;
}

static void
put_checked(const char *head, const char *body, struct str *out)
{
	char digits[12];

	(void)snprintf(digits, sizeof(digits), "%02u",
	    check_digits(body, head));
	str_puts(out, head);
	str_puts(out, digits);
	str_puts(out, body);
}

static const struct {
	const char *country, *bank;
	size_t digits;
	bool eea;
} accounts[] = {
	{ "DE", "", 18, true },
	{ "AT", "", 16, true },
	{ "NL", "ABNA", 10, true },
	{ "LT", "", 16, true },
	{ "IT", "X", 22, true },
	{ "GB", "NWBK", 14, false },
	{ "CH", "00762", 12, false },
};

/* Returns whether the code does without a BIC. */
static bool
put_account(struct letter *l, struct str *out)
{
	size_t i = draw_below(l, sizeof(accounts) / sizeof(accounts[0]));
	struct str body;

	str_init(&body, 64);
	str_puts(&body, accounts[i].bank);
	put_digits(l, accounts[i].digits, &body);
	put_checked(accounts[i].country, body.p, out);
	str_done(&body);
	return accounts[i].eea;
}

static void
put_reference(struct letter *l, struct str *out)
{
	static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char body[22];
	size_t n = 1 + draw_below(l, 21);

	for (size_t i = 0; i < n; i++)
		body[i] = signs[draw_below(l, strlen(signs))];
	body[n] = '\0';
	put_checked("RF", body, out);
}

/* As many amounts of two digits as of ten. */
static uint64_t
draw_amount(struct letter *l)
{
	uint64_t most = 100;

	for (size_t n = draw_below(l, 10); n > 0; n--)
		most *= 10;
	return 1 + draw(l) % (most - 1);
}

static void
set_amount(struct letter *l, uint64_t minor, const char *currency)
{
	(void)json_object_set_new(l->payment, "amount",
	    json_pack("{s:I, s:s}", "minor", (json_int_t)minor, "currency",
		currency));
}

static void
put_amount(uint64_t minor, struct str *out)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" PRIu64 ".%02" PRIu64,
	    minor / 100, minor % 100);
	str_puts(out, text);
}

static void
set_text(json_t *object, const char *key, const struct str *s)
{
	(void)json_object_set_new(object, key, json_string(s->p));
}

/* ---- the kinds ---- */

/* The payee's name: some are longer than the field of the code. */
static void
make_name(struct letter *l, size_t n_scripts, struct str *out)
{
	json_t *creditor = json_object();
	const char *end;

	str_init(out, WORDS);
	put_words(l, draw_below(l, n_scripts), 3 + draw_below(l, 80), WORDS,
	    out);
	set_text(creditor, "name", out);
	(void)json_object_set_new(l->row, "creditor", creditor);
	end = out->p;
	for (int i = 0; i < PAYEE_CHARS && *end != '\0'; i++)
		(void)utf8_next(&end);
	out->p[out->len = (size_t)(end - out->p)] = '\0';
}

/* EPC069-12 v2.1, table 2: empty elements at the end are left out. */
static void
make_epc(struct letter *l)
{
	struct str name, iban, reference;
	static const char *const bics[] = { "", "ABCDEF2H", "ABCDEF2HXXX" };
	const char *bic;
	uint64_t minor = draw_amount(l);
	size_t how = draw_below(l, 8), left;
	bool eea;

	make_name(l, LETTERS, &name);
	str_init(&iban, 64);
	str_init(&reference, WORDS);
	eea = put_account(l, &iban);
	bic = bics[eea ? draw_below(l, 3) : 1 + draw_below(l, 2)];
	str_puts(&l->want, "BCD\n00");
	str_puts(&l->want, eea ? "2\n1\nSCT\n" : "1\n1\nSCT\n");
	str_puts(&l->want, eea ? "" : bic);
	str_putc(&l->want, '\n');
	str_puts(&l->want, name.p);
	str_putc(&l->want, '\n');
	str_puts(&l->want, iban.p);
	str_puts(&l->want, "\nEUR");
	put_amount(minor, &l->want);
	if (how < 5) {
		put_reference(l, &reference);
		str_puts(&l->want, "\n\n");
	} else if (how < 7) {
		left = EPC_BYTES - l->want.len - 3;
		put_words(l, draw_below(l, LETTERS),
		    1 + draw_below(l, TEXT_MAX), left, &reference);
		str_puts(&l->want, reference.len > 0 ? "\n\n\n" : "");
	}
	str_puts(&l->want, reference.p);
	set_text(l->payment, "iban", &iban);
	set_text(l->payment, "reference", &reference);
	(void)json_object_set_new(l->payment, "bic", json_string(bic));
	set_amount(l, minor, "EUR");
	str_done(&name);
	str_done(&iban);
	str_done(&reference);
}

/* An address is read as it stands. */
static void
make_link(struct letter *l)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO"
				    "PQRSTUVWXYZ0123456789-._~/?&=;:@!$'()*+,";
	size_t n = draw_below(l, 4) == 0 ? 200 : 60;

	str_puts(&l->want, "https://pay");
	put_digits(l, 1 + draw_below(l, 3), &l->want);
	str_puts(&l->want, ".example.com/");
	for (n = draw_below(l, n); n > 0; n--)
		str_putc(&l->want, signs[draw_below(l, strlen(signs))]);
	set_text(l->payment, "link", &l->want);
	(void)json_object_set_new(l->payment, "iban",
	    json_string("DE89370400440532013000"));
	set_amount(l, draw_amount(l), "EUR");
}

/* 26 digits and one of check: recursive modulo 10. */
static void
put_qr_reference(struct letter *l, struct str *out)
{
	static const unsigned table[] = { 0, 9, 4, 6, 8, 2, 7, 1, 3, 5 };
	size_t start = out->len;
	unsigned carry = 0;

	str_putc(out, '1');
	put_digits(l, 25, out);
	for (size_t i = start; i < out->len; i++)
		carry = table[(carry + (unsigned)(out->p[i] - '0')) % 10];
	str_putc(out, (char)('0' + (10 - carry) % 10));
}

/* The rest of an address, after its name: to the data and to the payload. */
static void
put_place(struct letter *l, json_t *party, struct str *out)
{
	static const char *const countries[] = { "CH", "LI", "FR", "DE" };
	struct str s;

	static const struct {
		const char *key;
		size_t words, digits; /* at most */
	} fields[] = {
		{ "street", 40, 0 },
		{ "number", 0, 3 },
		{ "postcode", 0, 4 },
		{ "town", 20, 0 },
	};

	str_init(&s, WORDS);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		str_clear(&s);
		if (fields[i].words > 0)
			put_words(l, draw_below(l, LATIN),
			    3 + draw_below(l, fields[i].words), WORDS, &s);
		else
			put_digits(l, fields[i].digits, &s);
		set_text(party, fields[i].key, &s);
		str_puts(out, s.p);
		str_putc(out, '\n');
	}
	str_clear(&s);
	str_puts(&s, countries[draw_below(l, 4)]);
	set_text(party, "country", &s);
	str_puts(out, s.p);
	str_putc(out, '\n');
	str_done(&s);
}

/* Three of four payers have an address, the others fill it in. */
static void
put_payer(struct letter *l, json_t *swiss)
{
	json_t *payer = json_object();
	struct str name;

	(void)json_object_set_new(swiss, "debtor", payer);
	if (draw_below(l, 4) == 0) {
		str_puts(&l->want, "\n\n\n\n\n\n\n");
		return;
	}
	str_init(&name, WORDS);
	put_words(l, draw_below(l, LATIN), 3 + draw_below(l, PAYEE_CHARS - 3),
	    WORDS, &name);
	set_text(payer, "name", &name);
	str_puts(&l->want, "S\n");
	str_puts(&l->want, name.p);
	str_putc(&l->want, '\n');
	put_place(l, payer, &l->want);
	str_done(&name);
}

/*
 * QRR, SCOR or NON, the reference, and the text that goes with it, unless the
 * reference does without it and the code would be too fine.
 */
static void
put_swiss_reference(struct letter *l, size_t how)
{
	static const char *const types[] = { "QRR\n", "SCOR\n", "NON\n" };
	struct str reference, text;

	str_init(&reference, 64);
	str_init(&text, WORDS);
	if (how == 0)
		put_qr_reference(l, &reference);
	else if (how == 1)
		put_reference(l, &reference);
	if (draw_below(l, 4) > 0)
		put_words(l, draw_below(l, LATIN), 1 + draw_below(l, TEXT_MAX),
		    WORDS, &text);
	str_puts(&l->want, types[how]);
	str_puts(&l->want, reference.p);
	str_putc(&l->want, '\n');
	if (how == 2 ||
	    l->want.len + text.len + strlen("\nEPD") <= SWISS_COARSE)
		str_puts(&l->want, text.p);
	str_puts(&l->want, "\nEPD");
	set_text(l->payment, "reference", how == 2 ? &text : &reference);
	(void)json_object_set_new(l->row, "notice",
	    json_pack("{s:s}", "invoices_label", text.p));
	str_done(&text);
	str_done(&reference);
}

/* Swiss Implementation Guidelines QR-bill 2.3, chapter 4: lines in order. */
static void
make_swiss(struct letter *l)
{
	json_t *swiss = json_object(), *creditor = json_object();
	const char *currency = draw_below(l, 3) == 0 ? "EUR" : "CHF";
	size_t how = draw_below(l, 3);
	uint64_t minor = draw_amount(l);
	struct str body, iban, name;

	str_init(&body, 64);
	str_init(&iban, 64);
	str_puts(&body, how == 0 ? "30" : "00");
	put_digits(l, 15, &body);
	put_checked(draw_below(l, 8) == 0 ? "LI" : "CH", body.p, &iban);
	make_name(l, LATIN, &name);
	(void)json_object_set_new(swiss, "creditor", creditor);
	(void)json_object_set_new(l->payment, "swiss", swiss);
	str_puts(&l->want, "SPC\n0200\n1\n");
	str_puts(&l->want, iban.p);
	str_puts(&l->want, "\nS\n");
	str_puts(&l->want, name.p);
	str_putc(&l->want, '\n');
	put_place(l, creditor, &l->want);
	str_puts(&l->want, "\n\n\n\n\n\n\n");
	put_amount(minor, &l->want);
	str_putc(&l->want, '\n');
	str_puts(&l->want, currency);
	str_putc(&l->want, '\n');
	put_payer(l, swiss);
	put_swiss_reference(l, how);
	set_text(l->payment, "iban", &iban);
	set_amount(l, minor, currency);
	str_done(&name);
	str_done(&iban);
	str_done(&body);
}

static const struct {
	const char *name;
	void (*make)(struct letter *l);
} kinds[] = {
	{ "epc", make_epc },
	{ "link", make_link },
	{ "swiss", make_swiss },
};

/* ---- files ---- */

static int
save(const struct letter *l, const char *dir, unsigned number, FILE *rows)
{
	char path[4096];
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path), "%s/%06u.want", dir, number);
	f = fopen(path, "wbe");
	if (f == NULL) {
		perror(path);
		return -1;
	}
	n = fwrite(l->want.p, 1, l->want.len, f);
	if (fclose(f) != 0 || n != l->want.len ||
	    json_dumpf(l->row, rows, JSON_COMPACT) != 0 ||
	    fputc('\n', rows) == EOF) {
		perror(path);
		return -1;
	}
	return 0;
}

static int
make(void (*kind)(struct letter *l), unsigned number, uint64_t seed,
    const char *dir, FILE *rows)
{
	struct letter l = { .random = seed * 1000003 + number,
		.row = json_object(),
		.payment = json_object() };
	char file[16];
	int rc;

	(void)snprintf(file, sizeof(file), "%06u", number);
	str_init(&l.want, WORDS);
	(void)json_object_set_new(l.row, "file", json_string(file));
	(void)json_object_set_new(l.payment, "has_qr", json_true());
	(void)json_object_set(l.row, "payment", l.payment);
	set_words(&l, l.row, "name", draw_below(&l, LETTERS),
	    3 + draw_below(&l, 40));
	set_words(&l, l.row, "line1", draw_below(&l, LETTERS),
	    3 + draw_below(&l, 30));
	set_words(&l, l.row, "city", draw_below(&l, LETTERS),
	    3 + draw_below(&l, 20));
	set_words(&l, l.row, "words", draw_below(&l, LETTERS),
	    1 + draw_below(&l, 400));
	kind(&l);
	rc = save(&l, dir, number, rows);
	json_decref(l.payment);
	json_decref(l.row);
	str_done(&l.want);
	return rc;
}

int
main(int argc, char **argv)
{
	char path[4096];
	unsigned count;
	uint64_t seed;
	int rc = 0;

	if (argc != 5)
		return 2;
	count = (unsigned)strtoul(argv[2], NULL, 10);
	seed = strtoull(argv[3], NULL, 10);
	(void)snprintf(path, sizeof(path), "%s/rows.jsonl", argv[4]);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		FILE *rows;

		if (strcmp(argv[1], kinds[i].name) != 0)
			continue;
		rows = fopen(path, "we");
		if (rows == NULL) {
			perror(path);
			return 1;
		}
		for (unsigned n = 1; n <= count && rc == 0; n++)
			rc = make(kinds[i].make, n, seed, argv[4], rows);
		return fclose(rows) == 0 && rc == 0 ? 0 : 1;
	}
	return 2;
}
