/*
 * Text parts are given to GMime as content streams with charset utf-8 and
 * quoted-printable: its set_text would choose another charset by content.
 * Boundaries begin with "=_", which neither quoted-printable nor base64 can
 * produce, so no body can contain one.
 */
#include <assert.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/date.h"
#include "send/message.h"

#include "base/utf8.h"

#define ADDRESS_MAX   254  /* RFC 5321 4.5.3.1.3, less the angle brackets */
#define SHOWN_MAX     2048 /* the same with controls spelt out */
#define LOCAL_MAX     64
#define LABEL_MAX     63
#define LINE_MAX_SMTP 998  /* RFC 5322 2.1.1 */
#define TEXT_MAX      1000 /* bytes of a name or a subject */
#define HEADER_MAX    4000 /* as encoded words */
#define PLAIN_MAX     60
#define WORD_BYTES    45 /* 60 in base64, 72 with the frame */

static const char ATEXT[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789!#$%&'*+-/=?^_`{|}~";
static const char ALNUM[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
static const char LABEL[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

static int
address_bad(const char *address, const char *why, struct err *e)
{
	struct str shown;

	str_init(&shown, SHOWN_MAX);
	str_put_visible(&shown, address);
	err_set(e, ERR_DATA, "'%s' is not an e-mail address: %s; correct it",
	    shown.p, why);
	str_done(&shown);
	return -1;
}

/* Dot-separated runs of the allowed bytes, none empty, up to `end`. */
static bool
dotted(const char *s, const char *end, const char *allowed, size_t max)
{
	size_t n;

	for (;;) {
		n = strspn(s, allowed);
		if (n == 0 || n > max)
			return false;
		s += n;
		if (s == end)
			return true;
		if (*s != '.')
			return false;
		s++;
	}
}

static bool
label_ends_in_hyphen(const char *domain)
{
	return *domain == '-' || strstr(domain, ".-") != NULL ||
	    strstr(domain, "-.") != NULL || domain[strlen(domain) - 1] == '-';
}

int
message_address_check(const char *address, struct err *e)
{
	const char *at = strchr(address, '@');

	if (*address == '\0')
		return err_set(e, ERR_DATA,
		    "the e-mail address is empty; give one");
	if (strlen(address) > ADDRESS_MAX)
		return err_set(e, ERR_DATA,
		    "an e-mail address has %zu bytes, more than %d; "
		    "correct it",
		    strlen(address), ADDRESS_MAX);
	for (const char *s = address; *s != '\0'; s++) {
		if ((unsigned char)*s >= 0x80)
			return address_bad(address,
			    "not plain ASCII (write "
			    "an international domain as xn--)",
			    e);
	}
	if (at == NULL || strchr(at + 1, '@') != NULL)
		return address_bad(address, "it needs exactly one @", e);
	if (*address == '-')
		return address_bad(address, "it begins with -", e);
	if (at - address > LOCAL_MAX || !dotted(address, at, ATEXT, LOCAL_MAX))
		return address_bad(address,
		    "a character or a dot before the "
		    "@ that is not allowed there",
		    e);
	if (!dotted(at + 1, at + strlen(at), LABEL, LABEL_MAX) ||
	    label_ends_in_hyphen(at + 1))
		return address_bad(address, "the domain is not a host name", e);
	return 0;
}

static bool
steers(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c ||
	    c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static int
control_bad(const char *what, uint32_t c, struct err *e)
{
	return err_set(e, ERR_DATA,
	    "%s has the control character U+%04X; remove it", what,
	    (unsigned)c);
}

/* A text that goes into a header as one line and shows as it reads. */
static int
line_check(const char *what, const char *text, struct err *e)
{
	const char *s = text;

	if (strlen(text) > TEXT_MAX)
		return err_set(e, ERR_DATA,
		    "%s has more than %d bytes; shorten it", what, TEXT_MAX);
	if (utf8_bad(text, strlen(text)) >= 0)
		return err_set(e, ERR_DATA, "%s is not valid UTF-8; correct it",
		    what);
	while (*s != '\0') {
		uint32_t c = utf8_next(&s);

		if (steers(c))
			return control_bad(what, c, e);
	}
	return 0;
}

/* A body may have lines and tabs, but no other control below U+0020. */
static int
body_check(const char *what, const char *text, struct err *e)
{
	if (utf8_bad(text, strlen(text)) >= 0)
		return err_set(e, ERR_DATA, "%s is not valid UTF-8; correct it",
		    what);
	for (const char *s = text; *s != '\0'; s++) {
		if ((unsigned char)*s < 0x20 && *s != '\n' && *s != '\t')
			return control_bad(what, (unsigned char)*s, e);
	}
	return 0;
}

static bool
is_word(const char *s, const char *allowed)
{
	return *s != '\0' && s[strspn(s, allowed)] == '\0';
}

static int
file_check(const struct message_file *f, struct err *e)
{
	const char *slash = strchr(f->mime, '/');

	if (*f->name == '\0' || strpbrk(f->name, "/\\") != NULL)
		return err_set(e, ERR_DATA,
		    "an attachment needs a name without a folder");
	if (line_check("the name of an attachment", f->name, e) == -1)
		return -1;
	if (slash == NULL || slash == f->mime || !is_word(slash + 1, ATEXT) ||
	    f->mime[strspn(f->mime, ATEXT)] != '\0')
		return err_set(e, ERR_DATA,
		    "the attachment %s needs a media type such as "
		    "application/pdf",
		    f->name);
	return 0;
}

static int
message_check(const struct message *m, struct err *e)
{
	assert(is_word(m->notice, ALNUM));
	if (!is_word(m->lang, LABEL))
		return err_set(e, ERR_DATA,
		    "the language is not a tag such as fr or fr-BE; "
		    "correct it");
	if (message_address_check(m->from, e) == -1)
		return err_add(e, "sender");
	if (message_address_check(m->to, e) == -1)
		return err_add(e, "recipient");
	if (line_check("the sender's name", m->from_name, e) == -1 ||
	    line_check("the recipient's name", m->to_name, e) == -1 ||
	    line_check("the subject", m->subject, e) == -1 ||
	    body_check("the text", m->text, e) == -1 ||
	    body_check("the HTML text", m->html, e) == -1)
		return -1;
	for (size_t i = 0; i < m->n_files; i++) {
		if (file_check(&m->files[i], e) == -1)
			return -1;
	}
	return 0;
}

static void
part_fill(GMimePart *part, const void *bytes, size_t n,
    GMimeContentEncoding encoding)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, n);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream,
	    GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_part_set_content_encoding(part, encoding);
	g_mime_part_set_content(part, content);
	g_object_unref(content);
	g_object_unref(stream);
}

static GMimeObject *
text_part(const struct message *m, const char *subtype, const char *text)
{
	GMimePart *part = g_mime_part_new_with_type("text", subtype);
	GMimeObject *o = GMIME_OBJECT(part);

	g_mime_object_set_content_type_parameter(o, "charset", "utf-8");
	g_mime_object_set_header(o, "Content-Language", m->lang, NULL);
	part_fill(part, text, strlen(text),
	    GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return o;
}

static GMimeObject *
file_part(const struct message_file *f)
{
	const char *slash = strchr(f->mime, '/');
	char *type = g_strndup(f->mime, (size_t)(slash - f->mime));
	GMimePart *part = g_mime_part_new_with_type(type, slash + 1);

	g_mime_part_set_filename(part, f->name);
	part_fill(part, f->bytes, f->n, GMIME_CONTENT_ENCODING_BASE64);
	g_free(type);
	return GMIME_OBJECT(part);
}

static GMimeMultipart *
multipart(const struct message *m, const char *subtype)
{
	GMimeMultipart *mp = g_mime_multipart_new_with_subtype(subtype);
	char *boundary = g_strdup_printf("=_%s_%s", m->notice, subtype);

	g_mime_multipart_set_boundary(mp, boundary);
	g_free(boundary);
	return mp;
}

static void
multipart_take(GMimeMultipart *mp, GMimeObject *child)
{
	g_mime_multipart_add(mp, child);
	g_object_unref(child);
}

static GMimeObject *
body_build(const struct message *m)
{
	GMimeMultipart *mixed = multipart(m, "mixed");
	GMimeMultipart *alternative = multipart(m, "alternative");

	multipart_take(alternative, text_part(m, "plain", m->text));
	multipart_take(alternative, text_part(m, "html", m->html));
	multipart_take(mixed, GMIME_OBJECT(alternative));
	for (size_t i = 0; i < m->n_files; i++)
		multipart_take(mixed, file_part(&m->files[i]));
	return GMIME_OBJECT(mixed);
}

/* Bytes of the whole code points that fit into one encoded word. */
static size_t
word_length(const char *text)
{
	const char *s = text;
	size_t n = 0;

	while (*s != '\0') {
		(void)utf8_next(&s);
		if (s - text > WORD_BYTES)
			break;
		n = (size_t)(s - text);
	}
	return n;
}

/*
 * Encoded words of RFC 2047, one a line, none over 75 characters; GMime's
 * own may be longer than that.
 */
static void
words_put(struct str *out, const char *text)
{
	while (*text != '\0') {
		size_t n = word_length(text);
		char *code = g_base64_encode((const guchar *)text, n);

		str_fmt(out, "=?utf-8?b?%s?=", code);
		g_free(code);
		text += n;
		if (*text != '\0')
			str_puts(out, "\n ");
	}
}

/* Can stand in a header as it is, and reads as itself. */
static bool
plain(const char *text)
{
	if (strlen(text) > PLAIN_MAX || strstr(text, "=?") != NULL)
		return false;
	while (*text != '\0' && (unsigned char)*text < 0x80)
		text++;
	return *text == '\0';
}

static void
quoted_put(struct str *out, const char *text)
{
	str_putc(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			str_putc(out, '\\');
		str_putc(out, *text);
	}
	str_putc(out, '"');
}

static void
header_set(GMimeMessage *msg, const char *name, const struct str *value)
{
	GMimeHeaderList *list =
	    g_mime_object_get_header_list(GMIME_OBJECT(msg));

	assert(!value->over);
	g_mime_header_list_set(list, name, "", NULL);
	g_mime_header_set_raw_value(g_mime_header_list_get_header(list, name),
	    value->p);
}

static void
mailbox_set(GMimeMessage *msg, const char *header, const char *name,
    const char *address)
{
	struct str value;

	str_init(&value, HEADER_MAX);
	str_putc(&value, ' ');
	if (*name != '\0' && plain(name))
		quoted_put(&value, name);
	else
		words_put(&value, name);
	str_fmt(&value, "%s<%s>\n", *name == '\0' ? "" : "\n ", address);
	header_set(msg, header, &value);
	str_done(&value);
}

static void
subject_set(GMimeMessage *msg, const char *subject)
{
	struct str value;

	str_init(&value, HEADER_MAX);
	str_putc(&value, ' ');
	if (plain(subject))
		str_puts(&value, subject);
	else
		words_put(&value, subject);
	str_putc(&value, '\n');
	header_set(msg, "Subject", &value);
	str_done(&value);
}

static GMimeMessage *
headers_build(const struct message *m, date_t on)
{
	GMimeMessage *msg = g_mime_message_new(TRUE);
	char *id =
	    g_strdup_printf("%s@%s", m->notice, strchr(m->from, '@') + 1);
	GDateTime *date;
	int year;
	int month;
	int day;

	date_to_civil(on, &year, &month, &day);
	date = g_date_time_new_utc(year, month, day, 0, 0, 0);
	g_mime_message_set_date(msg, date);
	mailbox_set(msg, "From", m->from_name, m->from);
	mailbox_set(msg, "To", m->to_name, m->to);
	subject_set(msg, m->subject);
	g_mime_message_set_message_id(msg, id);
	g_mime_object_set_header(GMIME_OBJECT(msg), "Auto-Submitted",
	    "auto-generated", NULL);
	g_mime_object_set_header(GMIME_OBJECT(msg), "X-Semonce-Notice",
	    m->notice, NULL);
	g_date_time_unref(date);
	g_free(id);
	return msg;
}

/* What the wire demands; GMime keeps it, and here it is made certain. */
static bool
wire_safe(const char *s, size_t n)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)s[i] >= 0x80 || s[i] == '\0')
			return false;
		if (s[i] == '\r' && (i + 1 == n || s[i + 1] != '\n'))
			return false;
		if (s[i] != '\n')
			continue;
		if (i == 0 || s[i - 1] != '\r' || i - 1 - start > LINE_MAX_SMTP)
			return false;
		start = i + 1;
	}
	return n > 0 && start == n;
}

static int
message_write(GMimeMessage *msg, struct str *out, struct err *e)
{
	GMimeFormatOptions *format = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *bytes;
	size_t start = out->len;
	int r = 0;

	g_mime_format_options_set_newline_format(format,
	    GMIME_NEWLINE_FORMAT_DOS);
	if (g_mime_object_write_to_stream(GMIME_OBJECT(msg), format, stream) ==
	    -1)
		r = err_set(e, ERR_SYSTEM, "the mail cannot be composed");
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	str_put(out, bytes->data, bytes->len);
	str_puts(out, "\r\n"); /* GMime ends at the last boundary */
	if (r == 0 && out->over)
		r = err_set(e, ERR_DATA,
		    "the mail has %u bytes, more than may be sent; "
		    "attach less",
		    bytes->len);
	if (r == 0 && !wire_safe(out->p + start, out->len - start))
		r = err_set(e, ERR_SYSTEM,
		    "the mail has a line that SMTP does not allow");
	g_object_unref(stream);
	g_mime_format_options_free(format);
	return r;
}

int
message_build(const struct message *m, struct str *out, struct err *e)
{
	GMimeMessage *msg;
	GMimeObject *body;
	date_t on;
	int r;

	if (message_check(m, e) == -1 || date_parse(m->date, &on, e) == -1)
		return err_add(e, "mail of notice %s", m->notice);
	g_mime_init(); /* it counts its calls, and cannot start twice */
	msg = headers_build(m, on);
	body = body_build(m);
	g_mime_message_set_mime_part(msg, body);
	r = message_write(msg, out, e);
	g_object_unref(body);
	g_object_unref(msg);
	return r == -1 ? err_add(e, "mail of notice %s", m->notice) : 0;
}
