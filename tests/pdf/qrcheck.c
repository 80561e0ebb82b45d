/*
 * qrcheck NOTICE.json TEXT [PAGE.pgm PAYLOAD]: whether the payment symbol of
 * a letter says what the letter says; qr.sh calls it.
 *
 * NOTICE.json is the notice's data, TEXT what pdftotext reads, PAGE.pgm the
 * page with the symbol at 150 dpi, PAYLOAD what zbarimg read from it. The
 * last two are missing when no page has a symbol: right for any currency but
 * the euro, unless there is a Swiss payment part. Amount, IBAN and reference
 * must be the same in the three, and a BIC, which the symbol may lack; the
 * symbol must be 25 mm wide, 46 of a Swiss one, with a quiet zone of 4 modules
 * (ISO 18004, EPC069-12).
 *
 * Prints what is wrong, a line each, and a good symbol's place in pixels
 * ("symbol LEFT TOP RIGHT BOTTOM"). Exit status: 0 nothing, 1 something,
 * 2 usage.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "raster.h"

#define DPI        150.0
#define LEAST_MM   25.0
#define SWISS_MM   46.0
#define QUIET      4 /* modules */
#define TEXT_MAX   ((size_t)16 << 20)
#define PRINTED    128
#define EPC_LINES  12
#define SPC_LINES  34
#define MM(pixels) ((pixels)*25.4 / DPI)

enum epc_line { /* EPC069-12, table 2 */
	EPC_TAG,
	EPC_VERSION,
	EPC_CHARSET,
	EPC_KIND,
	EPC_BIC,
	EPC_NAME,
	EPC_IBAN,
	EPC_AMOUNT,
	EPC_PURPOSE,
	EPC_REFERENCE,
	EPC_TEXT
};

enum spc_line { /* Swiss Implementation Guidelines QR-bill 2.3, chapter 4 */
	SPC_TAG = 0,
	SPC_IBAN = 3,
	SPC_NAME = 5,
	SPC_AMOUNT = 18,
	SPC_CURRENCY,
	SPC_REFERENCE = 28,
	SPC_TRAILER = 30
};

struct notice {
	bool swiss;
	const char *language, *iban, *bic, *reference, *currency, *name;
	int64_t minor;
};

/* ---- what is printed ---- */

/*
 * Bytes of text at p that one character of the pattern takes; 0 if none. In
 * a pattern ' ' is any white space, '_' one inside a line: pdftotext writes
 * every kind of space as a plain one.
 */
static size_t
match_one(const char *p, char wanted)
{
	if (wanted != ' ' && wanted != '_')
		return *p == wanted ? 1 : 0;
	if (strncmp(p, "\xe2\x80\xaf", 3) == 0) /* U+202F */
		return 3;
	if (strncmp(p, "\xc2\xa0", 2) == 0) /* U+00A0 */
		return 2;
	return *p == ' ' || (*p == '\n' && wanted == ' ') ? 1 : 0;
}

static bool
is_printed(const char *text, const char *pattern)
{
	const char *p, *w;
	size_t n;

	for (; *text != '\0'; text++) {
		for (p = text, w = pattern; *w != '\0'; w++, p += n)
			if ((n = match_one(p, *w)) == 0)
				break;
		if (*w == '\0')
			return true;
	}
	return false;
}

static const char *
groups_of_four(const char *s, char out[PRINTED])
{
	size_t n = 0, k;

	for (k = 0; s[k] != '\0' && n + 3 < PRINTED; k++) {
		if (k > 0 && k % 4 == 0)
			out[n++] = ' ';
		out[n++] = s[k];
	}
	out[n] = '\0';
	return out;
}

static const struct {
	const char *language, *before, *after;
	char group, point;
} amount_forms[] = {
	{ .language = "", .before = "", .after = "", '_', '.' }, /* Swiss */
	{ .language = "fr", .before = "", .after = "_€", '_', ',' },
	{ .language = "de", .before = "", .after = "_€", '.', ',' },
	{ .language = "en", .before = "€", .after = "", ',', '.' },
};

/* The reference of a QR-IBAN has other groups, told by its digits. */
static const char *
groups_of_five(const char *s, char out[PRINTED])
{
	size_t n = 0, k;

	for (k = 0; s[k] != '\0' && n + 3 < PRINTED; k++) {
		if (k % 5 == 2)
			out[n++] = ' ';
		out[n++] = s[k];
	}
	out[n] = '\0';
	return out;
}

static const char *
printed_amount(const char *language, int64_t minor, char out[PRINTED])
{
	char digits[32];
	size_t i, k, n, len, forms;

	forms = sizeof(amount_forms) / sizeof(amount_forms[0]);
	for (i = 0; i + 1 < forms; i++)
		if (strncmp(amount_forms[i].language, language, 2) == 0)
			break;
	len = (size_t)snprintf(digits, sizeof(digits), "%" PRId64, minor / 100);
	n = (size_t)snprintf(out, PRINTED, "%s", amount_forms[i].before);
	for (k = 0; k < len; k++) {
		if (k > 0 && (len - k) % 3 == 0)
			out[n++] = amount_forms[i].group;
		out[n++] = digits[k];
	}
	(void)snprintf(out + n, PRINTED - n, "%c%02d%s", amount_forms[i].point,
	    (int)(minor % 100), amount_forms[i].after);
	return out;
}

static int
check_text(const struct notice *n, const char *text)
{
	char iban[PRINTED], amount[PRINTED], reference[PRINTED];
	int bad = 0;

	(void)groups_of_four(n->iban, iban);
	if (n->swiss && n->reference[0] != 'R')
		(void)groups_of_five(n->reference, reference);
	else
		(void)groups_of_four(n->reference, reference);
	(void)printed_amount(n->swiss ? "" : n->language, n->minor, amount);
	if (!is_printed(text, iban)) {
		printf("the IBAN is not printed as '%s'\n", iban);
		bad = 1;
	}
	if (!is_printed(text, amount)) {
		printf("the amount is not printed as '%s' in one line\n",
		    amount);
		bad = 1;
	}
	if (!n->swiss && !is_printed(text, n->bic)) {
		printf("the BIC '%s' is not printed\n", n->bic);
		bad = 1;
	}
	if (!is_printed(text, reference) && !is_printed(text, n->reference)) {
		printf("the reference '%s' is not printed\n", reference);
		bad = 1;
	}
	return bad;
}

/* ---- what the symbol says ---- */

/* "EUR1714.5" to minor units; -1 if it is no amount in euro. */
static int64_t
epc_minor(const char *s)
{
	int64_t minor = 0;
	int decimals = -1;

	if (strncmp(s, "EUR", 3) != 0 || s[3] < '0' || s[3] > '9')
		return -1;
	for (s += 3; *s != '\0'; s++) {
		if (*s == '.' && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || decimals == 2 ||
		    minor > INT64_MAX / 1000)
			return -1;
		minor = minor * 10 + (*s - '0');
		decimals += decimals >= 0;
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < 2; decimals++)
		minor *= 10;
	return minor;
}

static int
differ(const char *what, const char *symbol, const char *notice)
{
	if (strcmp(symbol, notice) == 0)
		return 0;
	printf("%s: the symbol says '%s', the notice '%s'\n", what, symbol,
	    notice);
	return 1;
}

static int
check_payload(const struct notice *n, char *payload)
{
	const char *line[EPC_LINES];
	char amount[PRINTED];
	size_t i;
	int bad = 0;

	for (i = 0; i < EPC_LINES; i++) {
		line[i] = payload != NULL ? strsep(&payload, "\r\n") : "";
	}
	bad |= differ("tag", line[EPC_TAG], "BCD");
	bad |= differ("kind", line[EPC_KIND], "SCT");
	bad |= differ("IBAN", line[EPC_IBAN], n->iban);
	bad |= differ("reference", line[EPC_REFERENCE], n->reference);
	if (strncmp(line[EPC_NAME], n->name, strlen(n->name)) != 0)
		bad |= differ("name", line[EPC_NAME], n->name);
	(void)snprintf(amount, sizeof(amount), "EUR%" PRId64 ".%02d",
	    n->minor / 100, (int)(n->minor % 100));
	if (epc_minor(line[EPC_AMOUNT]) != n->minor)
		bad |= differ("amount", line[EPC_AMOUNT], amount);
	if (*line[EPC_BIC] != '\0')
		bad |= differ("BIC", line[EPC_BIC], n->bic);
	else
		bad |=
		    differ("version without a BIC", line[EPC_VERSION], "002");
	return bad;
}

static int
check_swiss(const struct notice *n, char *payload)
{
	const char *line[SPC_LINES];
	char amount[PRINTED];
	int bad = 0;

	for (size_t i = 0; i < SPC_LINES; i++)
		line[i] = payload != NULL ? strsep(&payload, "\n") : "";
	(void)snprintf(amount, sizeof(amount), "%" PRId64 ".%02d",
	    n->minor / 100, (int)(n->minor % 100));
	bad |= differ("tag", line[SPC_TAG], "SPC");
	bad |= differ("IBAN", line[SPC_IBAN], n->iban);
	bad |= differ("name", line[SPC_NAME], n->name);
	bad |= differ("amount", line[SPC_AMOUNT], amount);
	bad |= differ("currency", line[SPC_CURRENCY], n->currency);
	bad |= differ("reference", line[SPC_REFERENCE], n->reference);
	return bad | differ("trailer", line[SPC_TRAILER], "EPD");
}

static int
check_raster(const char *path, double least_mm)
{
	struct raster r;
	struct raster_symbol s;
	struct err e;
	int wide, bad = 0;

	if (raster_load(path, &r, &e) != 0) {
		printf("%s\n", e.text);
		return 1;
	}
	if (raster_find_symbol(&r, &s, &e) != 0) {
		printf("%s\n", e.text);
		raster_done(&r);
		return 1;
	}
	wide = s.right - s.left < s.bottom - s.top ? s.right - s.left
						   : s.bottom - s.top;
	if (MM(wide + 1) < least_mm) { /* half a pixel of doubt an edge */
		printf("the symbol is %.1f mm wide, not %.1f\n", MM(wide),
		    least_mm);
		bad = 1;
	}
	if (!raster_margin_is_light(&r, &s, (int)(s.module * QUIET))) {
		printf("no quiet zone of %d modules (%.1f mm) around the "
		       "symbol\n",
		    QUIET, MM(s.module * QUIET));
		bad = 1;
	}
	if (!bad)
		printf("symbol %d %d %d %d\n", s.left, s.top, s.right,
		    s.bottom);
	raster_done(&r);
	return bad;
}

/* ---- reading ---- */

/* A string without spaces, in the notice. */
static const char *
compact(json_t *from, const char *key, struct arena *a)
{
	const char *s = json_string_value(json_object_get(from, key));
	char *out = arena_str(a, s != NULL ? s : ""), *w = out;
	const char *p;

	for (p = out; *p != '\0'; p++)
		if (*p != ' ')
			*w++ = *p;
	*w = '\0';
	return out;
}

static void
read_notice(json_t *data, struct arena *a, struct notice *out)
{
	json_t *payment = json_object_get(data, "payment");
	json_t *total =
	    json_object_get(json_object_get(data, "totals"), "total");
	const char *name =
	    json_string_value(json_object_get(json_object_get(data, "creditor"),
		"name"));

	*out = (struct notice){
		.swiss = json_is_object(json_object_get(payment, "swiss")),
		.language =
		    compact(json_object_get(data, "debtor"), "language", a),
		.iban = compact(payment, "iban", a),
		.bic = compact(payment, "bic", a),
		.reference = compact(payment, "reference", a),
		.currency = compact(total, "currency", a),
		.name = name != NULL ? name : "",
		.minor = json_integer_value(json_object_get(total, "minor")),
	};
}

static char *
read_text(const char *path, struct arena *a)
{
	struct str s;
	struct err e;
	char *text = NULL;

	str_init(&s, TEXT_MAX);
	if (file_read(path, &s, &e) == 0)
		text = arena_strn(a, s.p, s.len);
	else
		(void)fprintf(stderr, "qrcheck: %s\n", e.text);
	str_done(&s);
	return text;
}

static int
check_letter(int argc, char **argv, json_t *data, struct arena *a)
{
	struct notice n;
	char *text = read_text(argv[2], a);
	char *payload = argc == 5 ? read_text(argv[4], a) : NULL;
	int bad = 0;

	if (text == NULL || (argc == 5 && payload == NULL))
		return 1;
	read_notice(data, a, &n);
	if (strcmp(n.currency, "EUR") != 0 && !n.swiss) {
		if (payload != NULL)
			printf("a symbol in a letter in %s\n", n.currency);
		return payload != NULL;
	}
	bad |= check_text(&n, text);
	if (payload == NULL) {
		printf("zbarimg finds no symbol\n");
		return 1;
	}
	bad |= n.swiss ? check_swiss(&n, payload) : check_payload(&n, payload);
	bad |= check_raster(argv[3], n.swiss ? SWISS_MM : LEAST_MM);
	return bad;
}

int
main(int argc, char **argv)
{
	struct arena *a;
	json_error_t broken;
	json_t *data;
	int bad;

	if (argc != 3 && argc != 5) {
		(void)fprintf(stderr,
		    "usage: qrcheck NOTICE.json TEXT "
		    "[PAGE.pgm PAYLOAD]\n");
		return 2;
	}
	data = json_load_file(argv[1], 0, &broken);
	if (data == NULL) {
		(void)fprintf(stderr, "qrcheck: %s:%d: %s\n", argv[1],
		    broken.line, broken.text);
		return 2;
	}
	a = arena_new();
	bad = check_letter(argc, argv, data, a);
	arena_free(a);
	json_decref(data);
	return bad;
}
