#include "pay/charset.h"

#include <iconv.h>
#include <string.h>

#include <unicode/utrans.h>

#include "base/utf8.h"

#define NEAR_MAX       64 /* characters that one may become */
#define CHAR_MAX_BYTES 8

/* One character; false if the set has not got it. */
static bool
put_char(iconv_t cd, uint32_t c, struct str *out)
{
	struct str utf8;
	char bytes[CHAR_MAX_BYTES], *in, *to = bytes;
	size_t left, room = sizeof(bytes);
	bool done;

	str_init(&utf8, CHAR_MAX_BYTES);
	utf8_put(&utf8, c);
	in = utf8.p;
	left = utf8.len;
	done = iconv(cd, &in, &left, &to, &room) == 0;
	str_done(&utf8);
	if (done)
		str_put(out, bytes, sizeof(bytes) - room);
	return done;
}

/* The Latin letters nearest to a character, or none. */
static int32_t
find_near(uint32_t c, UChar near[NEAR_MAX])
{
	static const UChar id[] = u"Any-Latin; Latin-ASCII";
	UErrorCode code = U_ZERO_ERROR;
	UTransliterator *t =
	    utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
	int32_t n = 0, limit;

	U16_APPEND_UNSAFE(near, n, (UChar32)c);
	limit = n;
	if (t == NULL)
		return 0;
	utrans_transUChars(t, near, &n, NEAR_MAX, 0, &limit, &code);
	utrans_close(t);
	return U_SUCCESS(code) ? n : 0;
}

bool
charset_near(uint32_t c, struct str *out)
{
	UChar near[NEAR_MAX];
	int32_t n = find_near(c, near);

	for (int32_t i = 0; i < n; i++)
		if (near[i] < 0x20 || near[i] > 0x7e)
			return false;
	for (int32_t i = 0; i < n; i++)
		str_putc(out, (char)near[i]);
	return n > 0;
}

static int
put_all(iconv_t cd, const char *set, const char *text, struct str *out,
    struct err *e)
{
	uint32_t c;

	while ((c = utf8_next(&text)) != 0)
		if (!put_char(cd, c, out) && !charset_near(c, out))
			return err_set(e, ERR_DATA,
			    "character U+%04X cannot be written in %s: leave "
			    "it out",
			    c, set);
	return 0;
}

int
charset_write(const char *set, const char *text, struct str *out, struct err *e)
{
	iconv_t cd;
	int rc;

	if (strcmp(set, "UTF-8") == 0) {
		str_puts(out, text);
		return 0;
	}
	cd = iconv_open(set, "UTF-8");
	if ((intptr_t)cd == -1)
		return err_sys(e, "character set %s", set);
	rc = put_all(cd, set, text, out, e);
	(void)iconv_close(cd);
	return rc;
}

int
charset_read(const char *set, const char *bytes, size_t n, struct arena *a,
    const char **out, struct err *e)
{
	size_t room = 4 * n, left = n;
	char *buf = arena_alloc(a, room + 1), *to = buf;
	char *in = arena_strn(a, bytes, n);
	iconv_t cd = iconv_open("UTF-8", set);
	size_t rc;

	if ((intptr_t)cd == -1)
		return err_sys(e, "character set %s", set);
	rc = iconv(cd, &in, &left, &to, &room);
	(void)iconv_close(cd);
	if (rc == (size_t)-1 || memchr(bytes, '\0', n) != NULL)
		return err_set(e, ERR_DATA, "not text in %s", set);
	*out = buf;
	return 0;
}
