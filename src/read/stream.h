/*
 * stream: the bytes of a CSV file as UTF-8, in one pass.
 *
 * Whoever made the file says how it is encoded, or else it is found: UTF-8
 * and UTF-16 by their mark, UTF-16 without one by its NULs, all others are
 * taken for UTF-8. What is no text of that encoding comes out as the byte
 * 0xff, which is no UTF-8: whoever cuts the text in lines can name the line.
 */
#ifndef READ_STREAM_H
#define READ_STREAM_H

#include <stdbool.h>

#include "base/hash.h"

struct stream;

/*
 * Opens a file; its bytes as they are go through the hasher. encoding: a name
 * that iconv knows, or NULL; a file with a mark is what that says. ERR_USAGE
 * if iconv knows none of that name, ERR_DATA for what is no text at all; at its
 * end for what is UTF-8 though another name was given.
 */
int stream_open(const char *path, const char *encoding, struct hasher *h,
    struct stream **out, struct err *e);
void stream_close(struct stream *s);

/*
 * Puts the next bytes, at most room and at least one, into `to` and their
 * number into *n: 0 only at the end of the file. room is 4 or more.
 */
int stream_read(struct stream *s, char *to, size_t room, size_t *n,
    struct err *e);

/* The name of what it is read as. */
const char *stream_encoding(const struct stream *s);

#endif
