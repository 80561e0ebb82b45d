/*
 * put: PDF values as text (ISO 32000-1, 7.3), appended to a string.
 *
 * Whatever the input, what comes out is one well-formed value: user data
 * cannot close a string or a dictionary. A number may find a string full
 * some 30 bytes before it is.
 */
#ifndef PDF_PUT_H
#define PDF_PUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* pu (1/1024 point) to thousandths of a point, rounded. */
int64_t pdf_milli(int64_t pu);

/* A number given in thousandths, without trailing zeros: "12.5", "-0.004". */
void pdf_put_milli(struct str *s, int64_t thousandths);

#define PDF_INT_MAX 20 /* digits of an integer, and its sign */

/* An integer at p, without a NUL; returns where it ends. */
char *pdf_print_int(char *p, int64_t v);

/* An integer. */
void pdf_put_int(struct str *s, int64_t v);

/* An indirect reference, "12 0 R " with a space behind it. */
void pdf_put_ref(struct str *s, unsigned object);

/* A text string: ASCII in parentheses, all else as UTF-16 in hexadecimal. */
void pdf_put_text(struct str *s, const char *utf8);

/* n bytes of valid UTF-8 as <FEFF...>. */
void pdf_put_utf16(struct str *s, const char *utf8, size_t n);

/* The digits alone, for a CMap. */
void pdf_put_utf16_digits(struct str *s, const char *utf8, size_t n);

/* A name with its slash; what is not regular comes out as #XX. */
void pdf_put_name(struct str *s, const char *name);

#endif
