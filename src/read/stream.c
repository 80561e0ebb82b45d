#include "read/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK_BYTES ((size_t)1 << 16)
#define HEAD_BYTES  4 /* enough for every mark */
#define NO_TEXT     '\xff'

struct stream {
	const char *path, *encoding;
	int fd;
	struct hasher *hasher;
	iconv_t converter;
	bool converts, eof;
	bool beyond_ascii, not_utf8; /* of what was read so far */
	int follow;                  /* bytes its last character still needs */
	size_t at, len; /* what is not yet given lies in [at, len) */
	char block[BLOCK_BYTES];
};

static const struct {
	const char *bytes;
	size_t n;
	const char *encoding;
} marks[] = {
	{ "\xef\xbb\xbf", 3, "UTF-8" },
	{ "\xff\xfe", 2, "UTF-16LE" },
	{ "\xfe\xff", 2, "UTF-16BE" },
};

/* What people take for CSV, since it opens in the same program. */
static const struct {
	const char *bytes, *what;
} others[] = {
	{ "PK\003\004", "a spreadsheet or another packed file" },
	{ "\xd0\xcf\x11\xe0", "a spreadsheet of an old kind" },
	{ "%PDF", "a PDF file" },
};

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))

/* Is it UTF-8? Good enough to tell it from all that is not. */
static void
look_at(struct stream *s, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (s->follow > 0) {
			s->not_utf8 |= (c & 0xc0) != 0x80;
			s->follow--;
		} else if (c >= 0x80) {
			s->not_utf8 |= c < 0xc2;
			s->beyond_ascii = true;
			s->follow = 1 + (c >= 0xe0) + (c >= 0xf0);
		}
	}
}

/*
 * What is UTF-8 throughout was not meant to be read as anything else: every
 * name beyond ASCII would be wrong.
 */
static int
check_told(const struct stream *s, struct err *e)
{
	if (!s->converts || s->not_utf8 || !s->beyond_ascii || s->follow > 0)
		return 0;
	return err_set(e, ERR_DATA,
	    "%s: the file is UTF-8, not %s: leave --encoding out", s->path,
	    s->encoding);
}

/* Reads behind what is left; at the end of the file it sets eof. */
static int
fill(struct stream *s, struct err *e)
{
	ssize_t n;

	memmove(s->block, s->block + s->at, s->len - s->at);
	s->len -= s->at;
	s->at = 0;
	do {
		n = read(s->fd, s->block + s->len, BLOCK_BYTES - s->len);
	} while (n == -1 && errno == EINTR);
	if (n == -1)
		return err_sys(e, "%s: cannot be read", s->path);
	s->eof = n == 0;
	if (hash_add(s->hasher, s->block + s->len, (size_t)n, e) != 0)
		return -1;
	if (s->converts)
		look_at(s, s->block + s->len, (size_t)n);
	s->len += (size_t)n;
	return s->eof ? check_told(s, e) : 0;
}

/* The mark, which is passed over; else two letters of a header line. */
static const char *
find_encoding(struct stream *s)
{
	for (size_t i = 0; i < COUNT(marks); i++) {
		if (s->len < marks[i].n ||
		    memcmp(s->block, marks[i].bytes, marks[i].n) != 0)
			continue;
		s->at = marks[i].n;
		return marks[i].encoding;
	}
	if (s->len < HEAD_BYTES)
		return NULL;
	if (s->block[0] != '\0' && s->block[1] == '\0' && s->block[2] != '\0' &&
	    s->block[3] == '\0')
		return "UTF-16LE";
	if (s->block[0] == '\0' && s->block[1] != '\0' && s->block[2] == '\0' &&
	    s->block[3] != '\0')
		return "UTF-16BE";
	return NULL;
}

static int
begin(struct stream *s, const char *encoding, struct err *e)
{
	const char *found;

	while (!s->eof && s->len < HEAD_BYTES) {
		if (fill(s, e) != 0)
			return -1;
	}
	for (size_t i = 0; i < COUNT(others) && s->len >= HEAD_BYTES; i++) {
		if (memcmp(s->block, others[i].bytes, HEAD_BYTES) == 0)
			return err_set(e, ERR_DATA,
			    "%s: %s, not CSV: open it and save it as CSV, "
			    "UTF-8",
			    s->path, others[i].what);
	}
	found = find_encoding(s);
	if (found == NULL)
		found = encoding != NULL ? encoding : "UTF-8";
	s->encoding = found;
	if (strcasecmp(found, "UTF-8") == 0 || strcasecmp(found, "UTF8") == 0)
		return 0;
	s->converter = iconv_open("UTF-8", found);
	s->converts = (intptr_t)s->converter != -1;
	/* What is behind a slash tells iconv to guess, or to leave out. */
	if (!s->converts || strchr(found, '/') != NULL)
		return err_set(e, ERR_USAGE,
		    "--encoding '%.40s' is not known: write one such as "
		    "windows-1252, iso-8859-15 or utf-16; `iconv -l` lists "
		    "them",
		    found);
	look_at(s, s->block, s->len);
	return s->eof ? check_told(s, e) : 0;
}

int
stream_open(const char *path, const char *encoding, struct hasher *h,
    struct stream **out, struct err *e)
{
	struct stream *s = mem_alloc(sizeof(*s));
	struct stat st;
	int rc = -1;

	s->path = path;
	s->hasher = h;
	s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd == -1 || fstat(s->fd, &st) == -1)
		(void)err_sys(e, "%s: cannot be read", path);
	else if (S_ISDIR(st.st_mode))
		(void)err_set(e, ERR_DATA, "%s: a folder, not a file", path);
	else if (hash_begin(h, e) == 0)
		rc = begin(s, encoding, e);
	if (rc == 0)
		*out = s;
	else
		stream_close(s);
	return rc;
}

void
stream_close(struct stream *s)
{
	if (s->converts)
		(void)iconv_close(s->converter);
	if (s->fd != -1)
		(void)close(s->fd);
	free(s);
}

static void
copy(struct stream *s, char *to, size_t room, size_t *n)
{
	*n = s->len - s->at < room ? s->len - s->at : room;
	memcpy(to, s->block + s->at, *n);
	s->at += *n;
}

/* False if it needs the bytes behind these to go on. */
static bool
convert(struct stream *s, char *to, size_t room, size_t *n)
{
	char *in = s->block + s->at, *out = to;
	size_t left = s->len - s->at, free_bytes = room;
	bool bad;

	bad =
	    iconv(s->converter, &in, &left, &out, &free_bytes) == (size_t)-1 &&
	    (errno == EILSEQ || (errno == EINVAL && s->eof));
	s->at = s->len - left;
	/* Without room for the mark, the same byte is bad the next time. */
	if (bad && free_bytes > 0) {
		*out++ = NO_TEXT;
		s->at++;
	}
	*n = (size_t)(out - to);
	return *n > 0;
}

int
stream_read(struct stream *s, char *to, size_t room, size_t *n, struct err *e)
{
	*n = 0;
	if (s->at == s->len && !s->eof && fill(s, e) != 0)
		return -1;
	if (!s->converts) {
		copy(s, to, room, n);
		return 0;
	}
	while (s->at < s->len && !convert(s, to, room, n)) {
		if (fill(s, e) != 0)
			return -1;
	}
	return 0;
}

const char *
stream_encoding(const struct stream *s)
{
	return s->encoding;
}
