/* The same blocks as plain text and as HTML, and how they can be paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/mail.h"
#include "letter/mail_parts.h"

static const char preheader[] =
    "mso-hide:all\">Montant 1\u202f234,56\u00a0€ · Référence "
    "RF18 5390 0754 7034</div>";

static const struct labels labels = {
	.pay_title = "Pour payer",
	.pay_online = "Payer en ligne",
	.beneficiary = "Bénéficiaire",
	.iban = "IBAN",
	.bic = "BIC",
	.amount = "Montant",
	.reference = "Référence",
	.attached = "Ce courrier est joint.",
};

static const struct payment_block payment = {
	.beneficiary = "Ateliers <Valcourbe> & Fils",
	.iban = "FR76 3000 6000 0112 3456 7890 189",
	.bic = "",
	.amount = "1\u202f234,56\u00a0€",
	.reference = "RF18 5390 0754 7034",
	.link = "https://example.com/pay?a=1&b=2",
	.epc = { .payload = "BCD" },
};

static const char *const footer[] = { "Ateliers Valcourbe · SAS",
	"RCS Villefictive 000 000 000" };

static const struct mail_frame frame = {
	.lang = "fr",
	.subject = "Rappel \"1\" <2>",
	.sender = "Ateliers Valcourbe",
	.footer = footer,
	.n_footer = 2,
	.labels = &labels,
	.payment = &payment,
};

static void
render(const char *markdown, const struct mail_frame *f,
    void (*form)(const struct block *, const struct mail_frame *, struct str *),
    struct str *out)
{
	struct arena *a = arena_new();
	struct block *root;
	struct err e = { 0 };

	assert_int_equal(markdown_parse(markdown, strlen(markdown), a, &root,
			     &e),
	    0);
	str_init(out, 1 << 20);
	form(root, f, out);
	arena_free(a);
}

struct row {
	const char *markdown, *want;
};

static const struct row text_rows[] = {
	{ "a **b** *c*", "a b c\n" },
	{ "a\\\nb", "a\nb\n" },
	{ "# a\n\nb", "a\n\nb\n" },
	{ "> a\n>\n> b", "> a\n>\n> b\n" },
	{ "- a\n- b\n  - c\n", "- a\n- b\n\n  - c\n" },
	{ "9. a\n10. b", "9. a\n10. b\n" },
	{ "-\n- b", "-\n- b\n" },
	{ "***", "------------------------\n" },
	{ "[pay *now*](https://example.com/x) or call",
	    "pay now (https://example.com/x) or call\n" },
	{ "<https://example.com/x>", "https://example.com/x\n" },
	{ "[a@example.com](mailto:a@example.com)", "a@example.com\n" },
	{ "![Our *logo*](logo:)", "Our logo\n" },
	{ "a\n\n![Signature of A](signature:)\n\nb", "a\n\nb\n" },
	{ "![Signature of A](signature:)\n\nb", "b\n" },
	{ "![QR](qr:link)", "https://example.com/pay?a=1&b=2\n" },
	{ "| 0123456789012345678901234567890123456789 "
	  "| 0123456789012345678901234567890123456789 |\n|---|---|\n",
	    "0123456789012345678901234567890123456789  "
	    "0123456789012345678901234567890123456789\n"
	    "----------------------------------------  "
	    "----------------------------------------\n" },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789 0123456789 0123456789\u00a0x y",
	    "0123456789 0123456789 0123456789 0123456789 0123456789 "
	    "0123456789 0123456789\n0123456789\u00a0x y\n" },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789 0123456789a",
	    "0123456789 0123456789 0123456789 0123456789 0123456789 "
	    "0123456789\n0123456789a\n" },
	{ "- 0123456789 0123456789 0123456789 0123456789 0123456789 "
	  "0123456789 01234567 a b",
	    "- 0123456789 0123456789 0123456789 0123456789 0123456789 "
	    "0123456789 01234567\n  a b\n" },
	{ "x https://example.com/0123456789/0123456789/0123456789/"
	  "0123456789/0123456789/0123456789 y",
	    "x\nhttps://example.com/0123456789/0123456789/0123456789/"
	    "0123456789/0123456789/0123456789\ny\n" },
	{ "| Facture | Montant |\n|:---|---:|\n| é | 1,00 |\n"
	  "| **Total** | 10\u202f000,00 |\n",
	    "Facture    Montant\n-------  ---------\n"
	    "é             1,00\nTotal    10\u202f000,00\n" },
	{ "| a | b | c |\n|:-:|---|---|\n| 日本 | x | |\n",
	    " a    b  c\n----  -  -\n日本  x\n" },
	{ "| 0123456789012345678901234567890123456789 "
	  "| 0123456789012345678901234567890123456789 | c |\n"
	  "|---|---|---|\n| 1 | | 3 |\n| 4 | 5 | 6 |\n",
	    "0123456789012345678901234567890123456789\n"
	    "   1\nc  3\n\n"
	    "0123456789012345678901234567890123456789\n"
	    "   4\n"
	    "0123456789012345678901234567890123456789\n"
	    "   5\nc  6\n" },
};

/* Without footer, so that each row is the block alone. */
static void
test_text_blocks(void **state)
{
	struct mail_frame bare = frame;
	struct labels none = labels;

	(void)state;
	none.attached = "";
	bare.n_footer = 0;
	bare.labels = &none;
	for (size_t i = 0; i < sizeof(text_rows) / sizeof(text_rows[0]); i++) {
		struct str out;

		render(text_rows[i].markdown, &bare, mail_text, &out);
		assert_string_equal(out.p, text_rows[i].want);
		str_done(&out);
	}
}

static const char letter[] =
    "Madame,\n\nla somme de **1\u202f234,56\u00a0€** est due\u00a0:\n\n"
    "| Facture | Reste dû |\n|:---|---:|\n"
    "| F\\<1\\> | 1\u202f234,56\u00a0€ |\n\n"
    "![Code QR](qr:epc)\n\n"
    "Salutations,\\\nC. & O.\n";

static void
test_text_letter(void **state)
{
	struct str out;

	(void)state;
	render(letter, &frame, mail_text, &out);
	assert_string_equal(out.p,
	    "Madame,\n\n"
	    "la somme de 1\u202f234,56\u00a0€ est due\u00a0:\n\n"
	    "Facture    Reste dû\n"
	    "-------  ----------\n"
	    "F<1>     1\u202f234,56\u00a0€\n\n"
	    "Pour payer\n\n"
	    "Bénéficiaire  Ateliers <Valcourbe> & Fils\n"
	    "IBAN          FR76 3000 6000 0112 3456 7890 189\n"
	    "Montant       1\u202f234,56\u00a0€\n"
	    "Référence     RF18 5390 0754 7034\n\n"
	    "Payer en ligne\nhttps://example.com/pay?a=1&b=2\n\n"
	    "Salutations,\nC. & O.\n\n"
	    "Ce courrier est joint.\n\n"
	    "-- \n"
	    "Ateliers Valcourbe · SAS\n"
	    "RCS Villefictive 000 000 000\n");
	str_done(&out);
}

/* Every tag that opens closes, in order; void elements stand alone. */
static void
assert_nested(const char *html)
{
	static const char *const alone[] = { "!DOCTYPE", "meta", "br", "hr" };
	char open[32][16];
	size_t depth = 0;

	for (const char *p = strchr(html, '<'); p != NULL;
	     p = strchr(p + 1, '<')) {
		bool closes = p[1] == '/', is_alone = false;
		const char *name = p + 1 + closes;
		size_t n = strcspn(name, " >\n");
		char tag[16];

		assert_true(n > 0 && n < sizeof(tag));
		memcpy(tag, name, n);
		tag[n] = '\0';
		for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
			is_alone |= strcmp(tag, alone[i]) == 0;
		if (is_alone)
			continue;
		if (!closes) {
			assert_true(depth < 32);
			memcpy(open[depth++], tag, sizeof(tag));
			continue;
		}
		assert_true(depth > 0);
		assert_string_equal(open[--depth], tag);
	}
	assert_int_equal(depth, 0);
}

static void
assert_has(const struct str *html, const char *what)
{
	if (strstr(html->p, what) == NULL)
		fail_msg("'%s' is not in\n%s", what, html->p);
}

static void
test_html_letter(void **state)
{
	static const char *const wants[] = {
		"<!DOCTYPE html>\n<html lang=\"fr\">\n",
		"<meta charset=\"utf-8\">",
		"<title>Rappel &quot;1&quot; &lt;2&gt;</title>",
		"<strong>1\u202f234,56\u00a0€</strong>",
		"<th scope=\"col\"",
		">F&lt;1&gt;</td>",
		"text-align:right;",
		";white-space:nowrap;",
		"\">1\u202f234,56\u00a0€</td>",
		";font-size:24px;",
		"<p style=\"margin:0 0 8px\">Ce courrier est joint.</p>",
		"prefers-color-scheme:dark",
		"<td>Ateliers &lt;Valcourbe&gt; &amp; Fils</td>",
		"<td>FR76 3000 6000 0112 3456 7890 189</td>",
		"<td>RF18 5390 0754 7034</td>",
		"<a class=\"o\" href=\"https://example.com/pay?a=1&amp;b=2\"",
		">Payer en ligne</a>",
		">https://example.com/pay?a=1&amp;b=2</a>",
		/* beside the subject, in the inbox */
		preheader,
		"Salutations,<br>\nC. &amp; O.</p>",
		"RCS Villefictive 000 000 000</p>",
	};
	struct str out;

	(void)state;
	render(letter, &frame, mail_html, &out);
	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
		assert_has(&out, wants[i]);
	/* nothing is fetched, nothing runs, nothing empty is shown */
	assert_null(strstr(out.p, "<img"));
	assert_null(strstr(out.p, "src="));
	assert_null(strstr(out.p, "url("));
	assert_null(strstr(out.p, "<script"));
	assert_null(strstr(out.p, "BIC"));
	/* the amount is not among the rows: it stands above them, large */
	assert_null(strstr(out.p, ">Montant<"));
	assert_null(strstr(out.p, "Code QR")); /* there is none in a mail */
	assert_nested(out.p);
	str_done(&out);
}

static const struct row html_rows[] = {
	{ "## a", "<h2 class=\"k\"" },
	{ "##### a", ";color:#1f3d5a\">a</h3>" },
	{ "3. a", "<ol start=\"3\" " },
	{ "- a\n  - b\n", "\">a<ul style=\"margin:4px 0 0;" },
	{ "- a\n\n  b", "\">a<p style=\"margin:0 0 16px\">b</p>\n</li>" },
	{ "- a\n- b", "\">a</li>\n<li style=" },
	{ "> a", ";color:#4c5b68\">\n<p" },
	{ "***", "<hr style=" },
	{ "***a*** `b`", "<strong><em>a</em></strong> <code>b</code>" },
	{ "[a *b*](https://example.com) c", "\">a <em>b</em></a> c" },
	{ "[a](javascript:x)", "\">a</p>" },
	{ "[a](data:text/html,x)", "\">a</p>" },
	{ "[a](HTTPS://example.com/\"x)",
	    "<a href=\"HTTPS://example.com/&quot;x\"" },
	{ "[a](mailto:a@example.com)", "<a href=\"mailto:a@example.com\"" },
	/* a telephone shows four columns, of five a card each row */
	{ "|a|b|c|d|\n|---|---|---|---|", "<table class=\"t\" " },
	{ "|a|b|c|d|e|\n|---|---|---|---|---|", "<table class=\"t w\" " },
	{ "|a|b|c|d|e|\n|---|---|---|---|---|\n|1|2||4|5|",
	    "<span class=\"l\" style=\"display:none\">b</span>2" },
	{ "|a|b|c|d|e|\n|---|---|---|---|---|\n|1|2||4|5|",
	    "<td class=\"e\" " },
	{ "|a|b|c|d|e|\n|---|---|---|---|---|\n|1|2||4|5|",
	    ";border-bottom:1px solid #b9c3cc\">1</td>" },
	{ "|a|b|c|d|e|\n|---|---|---|---|---|\n|1||3|||",
	    "<tr class=\"s\"><td" },
	{ "|a|b|c|d|e|\n|---|---|---|---|---|\n|1||3|||",
	    ";border-bottom:1px solid #b9c3cc\">3</td>" },
	/* only the last row is a sum */
	{ "|a|\n|---|\n|**b**|\n|c|",
	    ";border-bottom:1px solid #b9c3cc\"><strong>b" },
	{ "|a|\n|---|\n|b|\n|**c**|",
	    ";border-top:2px solid #1f3d5a\"><strong>c" },
	/* words may break, a date may not */
	{ "|a|\n|---|\n|01/02/2026|",
	    ";white-space:nowrap;border-bottom:1px solid "
	    "#b9c3cc\">01/02/2026" },
	{ "|a|\n|---|\n|twelve and more words|",
	    "0;border-bottom:1px solid #b9c3cc\">twelve" },
	{ "a\n\n![Sign](signature:)\n\nb",
	    "\">a</p>\n<p style=\"margin:0 0 16px\">b</p>" },
	{ "![QR](qr:link)",
	    "\">https://example.com/pay?a=1&amp;b=2</a></p>\n</div>" },
	{ "![logo \"x\"](logo:)", ">logo &quot;x&quot;</p>" },
	{ "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;" },
};

static void
test_html_blocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(html_rows) / sizeof(html_rows[0]); i++) {
		struct str out;

		render(html_rows[i].markdown, &frame, mail_html, &out);
		assert_has(&out, html_rows[i].want);
		assert_nested(out.p);
		str_done(&out);
	}
}

static void
test_width(void **state)
{
	(void)state;
	assert_int_equal(mail_width("abc", 3), 3);
	assert_int_equal(mail_width("é", 2), 1);
	assert_int_equal(mail_width("e\u0301", 3), 1);
	assert_int_equal(mail_width("日本", 6), 4);
	assert_int_equal(mail_width("1\u202f234", 7), 5);
}

/* ---- payment: from the data to what both forms print ---- */

static int
make(const char *json, struct arena *a, struct payment_block *out,
    struct err *e)
{
	json_t *data = json_loads(json, 0, NULL);
	struct formatter *f;
	int rc;

	assert_non_null(data);
	assert_int_equal(formatter_open("fr", &f, e), 0);
	rc = payment_block_make(data, f, a, out, e);
	formatter_close(f);
	json_decref(data);
	return rc;
}

#define PAYMENT(more, minor, currency)                                \
	"{\"creditor\":{\"name\":\"Valcourbe\"},\"payment\":{"        \
	"\"bic\":\"AGRIFRPP\"," more ",\"amount\":{\"minor\":" #minor \
	",\"currency\":\"" currency "\"}}}"
#define IBAN "\"iban\":\"FR7630006000011234567890189\""
#define REF  "\"reference\":\"RF18539007547034\""

static void
test_payment(void **state)
{
	struct arena *a = arena_new();
	struct payment_block p;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(make(PAYMENT(IBAN "," REF, 123456, "EUR"), a, &p, &e),
	    0);
	assert_string_equal(p.beneficiary, "Valcourbe");
	assert_string_equal(p.iban, "FR76 3000 6000 0112 3456 7890 189");
	assert_string_equal(p.bic, "AGRIFRPP");
	assert_string_equal(p.amount, "1\u202f234,56\u00a0€");
	assert_string_equal(p.reference, "RF18 5390 0754 7034");
	assert_string_equal(p.link, "");
	assert_non_null(strstr(p.epc.payload, "\nEUR1234.56\n"));
	assert_non_null(strstr(p.epc.payload,
	    "\nFR7630006000011234567890189\n"));
	assert_non_null(strstr(p.epc.payload, "\nRF18539007547034"));

	/* free text goes where the standard wants it */
	assert_int_equal(make(PAYMENT(IBAN ",\"reference\":\"Client 12\"", 1,
				  "EUR"),
			     a, &p, &e),
	    0);
	assert_string_equal(p.reference, "Client 12");
	assert_non_null(strstr(p.epc.payload, "\n\nClient 12"));
	arena_free(a);
}

static void
test_payment_without_symbol(void **state)
{
	static const char *const rows[] = {
		PAYMENT(IBAN "," REF, 123456, "CHF"),
		PAYMENT(REF, 123456, "EUR"),
		PAYMENT("\"iban\":\"\"", 123456, "EUR"),
		PAYMENT(IBAN, 0, "EUR"),
		PAYMENT(IBAN, -1, "EUR"),
		PAYMENT(IBAN ",\"has_qr\":false", 123456, "EUR"),
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct payment_block p;
		struct err e = { 0 };

		assert_int_equal(make(rows[i], a, &p, &e), 0);
		assert_null(p.epc.code);
		assert_true(p.amount[0] != '\0');
	}
	arena_free(a);
}

/* A name longer than the symbol's field is cut there, at a character. */
static void
test_payment_long_name(void **state)
{
	struct arena *a = arena_new();
	struct str json;
	struct payment_block p;
	struct err e = { 0 };
	const char *line;

	(void)state;
	str_init(&json, 4096);
	str_puts(&json, "{\"creditor\":{\"name\":\"");
	for (int i = 0; i < 80; i++)
		str_puts(&json, "é");
	str_puts(&json,
	    "\"},\"payment\":{" IBAN
	    ",\"amount\":{\"minor\":1,\"currency\":\"EUR\"}}}");
	assert_int_equal(make(json.p, a, &p, &e), 0);
	assert_int_equal(utf8_count(p.beneficiary), 80);
	line = strstr(p.epc.payload, "é");
	assert_non_null(line);
	assert_int_equal(strcspn(line, "\n"), 140);
	str_done(&json);
	arena_free(a);
}

static void
test_payment_errors(void **state)
{
	static const struct row rows[] = {
		{ "{}", "creditor.name" },
		{ "{\"creditor\":{\"name\":\"x\"}}", "payment.amount" },
		{ PAYMENT(IBAN, 1, "QQQ"), "payment.amount" },
		{ PAYMENT("\"iban\":\"FR7630006000011234567890188\"", 1, "EUR"),
		    "payment.iban" },
		{ PAYMENT(IBAN ",\"reference\":\"RF19539007547034\"", 1, "EUR"),
		    "payment.reference" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct payment_block p;
		struct err e = { 0 };

		assert_int_equal(make(rows[i].markdown, a, &p, &e), -1);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, rows[i].want) == NULL)
			fail_msg("%s", e.text);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_blocks),
		cmocka_unit_test(test_text_letter),
		cmocka_unit_test(test_html_letter),
		cmocka_unit_test(test_html_blocks),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_payment),
		cmocka_unit_test(test_payment_without_symbol),
		cmocka_unit_test(test_payment_long_name),
		cmocka_unit_test(test_payment_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
