#include <ctype.h>
#include <string.h>

#include "pdf/put.h"

#include "base/utf8.h"

static const char digits[] = "0123456789ABCDEF";

int64_t
pdf_milli(int64_t pu)
{
	int64_t half;

	half = pu < 0 ? -512 : 512;
	return (pu * 1000 + half) / 1024;
}

#define NUMBER_MAX 32 /* bytes of a number and what ends it */

/*
 * Where a number can be written in place; NULL if the string is full. Printf
 * costs more than all else in a content stream, and to copy a number as much
 * as to make it.
 */
static char *
begin_number(struct str *s)
{
	if (s->cap - s->len <= NUMBER_MAX && !str_grow(s, NUMBER_MAX))
		return NULL;
	return s->p + s->len;
}

static void
end_number(struct str *s, const char *end)
{
	size_t len = (size_t)(end - s->p);

	if (len > s->max)
		s->over = true;
	else
		s->len = len;
	s->p[s->len] = '\0';
}

/* Digits at p; returns where they end. */
static char *
print_digits(char *p, uint64_t v)
{
	uint64_t rest;
	char *end;

	end = p + 1;
	for (rest = v; rest >= 10; rest /= 10)
		end++;
	p = end;
	do {
		*--p = digits[v % 10];
		v /= 10;
	} while (v > 0);
	return end;
}

static uint64_t
size_of(int64_t v)
{
	return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

char *
pdf_print_int(char *p, int64_t v)
{
	if (v < 0)
		*p++ = '-';
	return print_digits(p, size_of(v));
}

void
pdf_put_int(struct str *s, int64_t v)
{
	char *p = begin_number(s);

	if (p != NULL)
		end_number(s, pdf_print_int(p, v));
}

void
pdf_put_milli(struct str *s, int64_t thousandths)
{
	unsigned fraction = (unsigned)(size_of(thousandths) % 1000);
	char *p = begin_number(s);

	if (p == NULL)
		return;
	if (thousandths < 0)
		*p++ = '-';
	p = print_digits(p, size_of(thousandths) / 1000);
	if (fraction != 0) {
		*p++ = '.';
		*p++ = digits[fraction / 100];
	}
	if (fraction % 100 != 0)
		*p++ = digits[fraction / 10 % 10];
	if (fraction % 10 != 0)
		*p++ = digits[fraction % 10];
	end_number(s, p);
}

void
pdf_put_ref(struct str *s, unsigned object)
{
	static const char end[] = { ' ', '0', ' ', 'R', ' ' };
	char *p = begin_number(s);

	if (p == NULL)
		return;
	p = print_digits(p, object);
	memcpy(p, end, sizeof end);
	end_number(s, p + sizeof end);
}

static void
put_unit(struct str *s, uint32_t unit)
{
	char t[4];

	t[0] = digits[unit >> 12 & 15];
	t[1] = digits[unit >> 8 & 15];
	t[2] = digits[unit >> 4 & 15];
	t[3] = digits[unit & 15];
	str_put(s, t, sizeof t);
}

void
pdf_put_utf16_digits(struct str *s, const char *utf8, size_t n)
{
	const char *p;
	uint32_t c;

	for (p = utf8; p < utf8 + n;) {
		c = utf8_next(&p);
		if (c > 0xFFFF) {
			c -= 0x10000;
			put_unit(s, 0xD800 + (c >> 10));
			put_unit(s, 0xDC00 + (c & 0x3FF));
		} else {
			put_unit(s, c);
		}
	}
}

void
pdf_put_utf16(struct str *s, const char *utf8, size_t n)
{
	str_put(s, "<FEFF", 5);
	pdf_put_utf16_digits(s, utf8, n);
	str_putc(s, '>');
}

void
pdf_put_text(struct str *s, const char *utf8)
{
	const char *p;

	for (p = utf8; *p != '\0'; p++) {
		if (*p < ' ' || *p > '~') {
			pdf_put_utf16(s, utf8, strlen(utf8));
			return;
		}
	}
	str_putc(s, '(');
	for (p = utf8; *p != '\0'; p++) {
		if (*p == '(' || *p == ')' || *p == '\\')
			str_putc(s, '\\');
		str_putc(s, *p);
	}
	str_putc(s, ')');
}

void
pdf_put_name(struct str *s, const char *name)
{
	const char *p;
	unsigned char c;

	str_putc(s, '/');
	for (p = name; *p != '\0'; p++) {
		c = (unsigned char)*p;
		if (c < 0x80 && (isalnum(c) || strchr("+-._", c) != NULL)) {
			str_putc(s, *p);
			continue;
		}
		str_putc(s, '#');
		str_putc(s, digits[c >> 4]);
		str_putc(s, digits[c & 15]);
	}
}
