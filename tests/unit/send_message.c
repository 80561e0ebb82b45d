/*
 * Mails: parsed again, hostile names, the same bytes twice, and one mail as
 * it must be to the byte (tests/data/mail.eml; BLESS=1 writes it).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "send/message.h"

#define MAIL_BYTES ((size_t)1 << 20)
#define GOLDEN     "tests/data/mail.eml"

static const char TEXT[] = "Bonjour,\n\n.\nFrom here, a long line that goes "
			   "on and on well over seventy-six columns \n"
			   "Total : 1 234,56 €\n";
static const char HTML[] = "<!DOCTYPE html>\n<p lang=\"fr\">Total : "
			   "1 234,56 €</p>\n";

static const struct message_file FILES[] = {
	{ "relance-1.pdf", "application/pdf", "%PDF-1.7\n\0\r\n.\r\n", 15 },
	{ "données.json", "application/json", "{}", 2 },
};

static const struct message SAMPLE = {
	.notice = "NABCDEF234567",
	.from_name = "Ateliers Valcourbe, SAS",
	.from = "compta@valcourbe.example.com",
	.to_name = "Brasserie \"Crémieuse\" & Fils <SNC>",
	.to = "a.b+c@debtor.example",
	.date = "2026-03-18",
	.lang = "fr",
	.subject = "Rappel : factures F2026-0101 et F2026-0117 échues",
	.text = TEXT,
	.html = HTML,
	.files = FILES,
	.n_files = 2,
};

/* The mail of m, or NULL with the error's text in why. */
static GMimeMessage *
parsed(const struct message *m, struct str *why)
{
	GMimeParser *parser;
	GMimeStream *stream;
	GMimeMessage *msg;
	struct str s;
	struct err e;

	str_init(&s, MAIL_BYTES);
	str_clear(why);
	if (message_build(m, &s, &e) == -1) {
		str_puts(why, e.text);
		str_done(&s);
		return NULL;
	}
	stream = g_mime_stream_mem_new_with_buffer(s.p, s.len);
	parser = g_mime_parser_new_with_stream(stream);
	msg = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	str_done(&s);
	return msg;
}

/* A part's content, decoded, with LF line ends. */
static GByteArray *
content(GMimeObject *part)
{
	GMimeStream *mem = g_mime_stream_mem_new();
	GByteArray *bytes = g_byte_array_new();

	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(mem), bytes);
	(void)g_mime_data_wrapper_write_to_stream(
	    g_mime_part_get_content(GMIME_PART(part)), mem);
	g_object_unref(mem);
	return bytes;
}

static void
assert_text(GMimeObject *part, const char *subtype, const char *want)
{
	GMimeContentType *type = g_mime_object_get_content_type(part);
	GByteArray *bytes = content(part);
	struct str got;

	assert_true(g_mime_content_type_is_type(type, "text", subtype));
	assert_string_equal(g_mime_content_type_get_parameter(type, "charset"),
	    "utf-8");
	assert_string_equal(g_mime_object_get_header(part, "Content-Language"),
	    "fr");
	str_init(&got, MAIL_BYTES);
	for (guint i = 0; i < bytes->len; i++) {
		if (bytes->data[i] != '\r')
			str_putc(&got, (char)bytes->data[i]);
	}
	assert_string_equal(got.p, want);
	str_done(&got);
	g_byte_array_unref(bytes);
}

static void
assert_file(GMimeObject *part, const struct message_file *want)
{
	GByteArray *bytes = content(part);

	assert_string_equal(g_mime_part_get_filename(GMIME_PART(part)),
	    want->name);
	assert_string_equal(g_mime_object_get_disposition(part), "attachment");
	assert_int_equal(bytes->len, want->n);
	assert_memory_equal(bytes->data, want->bytes, want->n);
	g_byte_array_unref(bytes);
}

static void
test_structure(void **state)
{
	GMimeMessage *msg;
	GMimeMultipart *mixed, *alternative;
	struct str why;

	(void)state;
	str_init(&why, MAIL_BYTES);
	msg = parsed(&SAMPLE, &why);
	assert_non_null(msg);
	assert_string_equal(g_mime_message_get_message_id(msg),
	    "NABCDEF234567@valcourbe.example.com");
	assert_string_equal(g_mime_message_get_subject(msg), SAMPLE.subject);
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(msg),
				"Auto-Submitted"),
	    "auto-generated");
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(msg),
				"X-Semonce-Notice"),
	    "NABCDEF234567");
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(msg), "Date"),
	    "Wed, 18 Mar 2026 00:00:00 +0000");
	mixed = GMIME_MULTIPART(g_mime_message_get_mime_part(msg));
	assert_int_equal(g_mime_multipart_get_count(mixed), 3);
	alternative = GMIME_MULTIPART(g_mime_multipart_get_part(mixed, 0));
	assert_int_equal(g_mime_multipart_get_count(alternative), 2);
	assert_text(g_mime_multipart_get_part(alternative, 0), "plain", TEXT);
	assert_text(g_mime_multipart_get_part(alternative, 1), "html", HTML);
	assert_file(g_mime_multipart_get_part(mixed, 1), &FILES[0]);
	assert_file(g_mime_multipart_get_part(mixed, 2), &FILES[1]);
	g_object_unref(msg);
	str_done(&why);
}

/* No space to break at, longer than an encoded word. */
static const char LONG_NAME[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/* Names that must come back as they are, to one address, in one header. */
static const char *const NAMES[] = {
	"",
	"Dupont SARL",
	"Dupont, \"Père\" & Fils <x@example.com>",
	"a@example.com",
	"back\\slash \"quoted\"",
	"=?utf-8?q?=0D=0ABcc:_x?=",
	"; : , . ( comment ) [x]",
	"株式会社サンプル株式会社サンプル株式会社サンプル株式会社サンプル",
	LONG_NAME,
};

static void
test_names_come_back(void **state)
{
	struct str why;

	(void)state;
	str_init(&why, MAIL_BYTES);
	for (size_t i = 0; i < sizeof(NAMES) / sizeof(*NAMES); i++) {
		struct message m = SAMPLE;
		GMimeMessage *msg;
		InternetAddress *to;
		const char *name;

		m.to_name = NAMES[i];
		m.subject = NAMES[i];
		msg = parsed(&m, &why);
		assert_non_null(msg);
		assert_int_equal(internet_address_list_length(
				     g_mime_message_get_all_recipients(msg)),
		    1);
		to = internet_address_list_get_address(
		    g_mime_message_get_to(msg), 0);
		assert_string_equal(internet_address_mailbox_get_addr(
					INTERNET_ADDRESS_MAILBOX(to)),
		    SAMPLE.to);
		name = internet_address_get_name(to);
		assert_string_equal(name == NULL ? "" : name, NAMES[i]);
		assert_string_equal(g_mime_message_get_subject(msg), NAMES[i]);
		assert_int_equal(
		    g_mime_header_list_get_count(
			g_mime_object_get_header_list(GMIME_OBJECT(msg))),
		    8);
		g_object_unref(msg);
	}
	str_done(&why);
}

/* What steers a reader or forges a line is refused wherever it stands. */
static const char *const CONTROLS[] = { "a\nBcc: x@example.com",
	"a\r\nBcc: x@example.com", "a\rb", "a\tb", "\x1b[31m", "a\x7f",
	"a\xc2\x85", "a\xc2\x9b", "a\xe2\x80\xa8", "a\xe2\x80\xae",
	"a\xe2\x81\xa6", "a\xd8\x9c", "a\xef\xbb\xbf", "a\xff", "a\xc0\x8a",
	"a\xed\xa0\x80" };

static void
assert_refused(const struct message *m, const char *what)
{
	struct str why;

	str_init(&why, MAIL_BYTES);
	assert_null(parsed(m, &why));
	if (strstr(why.p, what) == NULL || strchr(why.p, '\n') != NULL)
		fail_msg("'%s' does not say '%s'", why.p, what);
	str_done(&why);
}

static void
test_controls_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(CONTROLS) / sizeof(*CONTROLS); i++) {
		struct message m = SAMPLE;
		struct message_file file = FILES[0];

		m.to_name = CONTROLS[i];
		assert_refused(&m, "recipient's name");
		m = SAMPLE;
		m.from_name = CONTROLS[i];
		assert_refused(&m, "sender's name");
		m = SAMPLE;
		m.subject = CONTROLS[i];
		assert_refused(&m, "subject");
		m = SAMPLE;
		file.name = CONTROLS[i];
		m.files = &file;
		m.n_files = 1;
		assert_refused(&m, "attachment");
	}
}

static void
test_other_parts_are_checked(void **state)
{
	struct message m = SAMPLE;
	struct message_file file = FILES[0];

	(void)state;
	m.text = "a\rb";
	assert_refused(&m, "text");
	m = SAMPLE;
	m.html = "\xff";
	assert_refused(&m, "HTML");
	m = SAMPLE;
	m.lang = "fr\r\nBcc: x";
	assert_refused(&m, "language");
	m = SAMPLE;
	m.date = "2026-02-30";
	assert_refused(&m, "2026-02-30");
	m = SAMPLE;
	m.files = &file;
	m.n_files = 1;
	file.name = "../x";
	assert_refused(&m, "folder");
	file = FILES[0];
	file.mime = "application/pdf; x";
	assert_refused(&m, "media type");
	file.mime = "pdf";
	assert_refused(&m, "media type");
	m = SAMPLE;
	m.to = "two@example.com,x@example.com";
	assert_refused(&m, "recipient");
	m = SAMPLE;
	m.from = "";
	assert_refused(&m, "sender");
}

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
	const char *address;
	int want;
} ADDRESSES[] = {
	{ "a@example.com", 0 },
	{ "a.b+c'd!#$%&*/=?^_`{|}~-@sub-1.example.com", 0 },
	{ "1@localhost", 0 },
	{ A64 "@example.com", 0 },
	{ A64 "a@example.com", -1 },
	{ "a@" A64 ".com", -1 },
	{ "a@" A64 "." A64 "." A64 "." A64, -1 },
	{ "", -1 },
	{ "a", -1 },
	{ "@example.com", -1 },
	{ "a@", -1 },
	{ "a@@example.com", -1 },
	{ "a@b@example.com", -1 },
	{ "-a@example.com", -1 },
	{ ".a@example.com", -1 },
	{ "a.@example.com", -1 },
	{ "a..b@example.com", -1 },
	{ "a b@example.com", -1 },
	{ "\"a\"@example.com", -1 },
	{ "<a@example.com>", -1 },
	{ "a@example.com>", -1 },
	{ "a@example.com\r\nDATA", -1 },
	{ "a@example.com\n", -1 },
	{ "a\t@example.com", -1 },
	{ "a@example..com", -1 },
	{ "a@.example.com", -1 },
	{ "a@example.com.", -1 },
	{ "a@-example.com", -1 },
	{ "a@example-.com", -1 },
	{ "a@exa_mple.com", -1 },
	{ "a@[127.0.0.1]", -1 },
	{ "é@example.com", -1 },
	{ "a@exämple.com", -1 },
	{ "a@example.com\xe2\x80\xa8", -1 },
	{ "a,b@example.com", -1 },
	{ "a;b@example.com", -1 },
	{ "a\\b@example.com", -1 },
	{ "a(b)@example.com", -1 },
};

static void
test_addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(ADDRESSES) / sizeof(*ADDRESSES); i++) {
		struct err e = { .kind = ERR_NONE };

		if (message_address_check(ADDRESSES[i].address, &e) !=
		    ADDRESSES[i].want)
			fail_msg("'%s'", ADDRESSES[i].address);
		assert_int_equal(e.kind,
		    ADDRESSES[i].want == 0 ? ERR_NONE : ERR_DATA);
	}
}

static void
test_same_bytes_and_golden(void **state)
{
	struct str first, again, golden;
	struct err e;

	(void)state;
	str_init(&first, MAIL_BYTES);
	str_init(&again, MAIL_BYTES);
	str_init(&golden, MAIL_BYTES);
	assert_int_equal(message_build(&SAMPLE, &first, &e), 0);
	assert_int_equal(message_build(&SAMPLE, &again, &e), 0);
	assert_string_equal(first.p, again.p);
	if (getenv("BLESS") != NULL)
		assert_int_equal(file_write(GOLDEN, first.p, first.len, 0644,
				     &e),
		    0);
	assert_int_equal(file_read(GOLDEN, &golden, &e), 0);
	assert_string_equal(first.p, golden.p);
	str_done(&first);
	str_done(&again);
	str_done(&golden);
}

static void
test_too_large_is_an_error(void **state)
{
	struct message m = SAMPLE;
	struct message_file file = FILES[0];
	char *bytes = calloc(1, MAIL_BYTES);
	struct str s;
	struct err e;

	(void)state;
	assert_non_null(bytes);
	file.bytes = bytes;
	file.n = MAIL_BYTES;
	m.files = &file;
	m.n_files = 1;
	str_init(&s, MAIL_BYTES);
	assert_int_equal(message_build(&m, &s, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	str_done(&s);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_names_come_back),
		cmocka_unit_test(test_controls_are_refused),
		cmocka_unit_test(test_other_parts_are_checked),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_same_bytes_and_golden),
		cmocka_unit_test(test_too_large_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
