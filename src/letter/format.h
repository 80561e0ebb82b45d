/*
 * format: amounts, dates, rates and labels in the letter's language, by ICU.
 *
 * French: « 1 234,56 € » with U+202F between thousands and U+00A0 before the
 * sign, « 1er mars 2026 », « 12,15 % ». Pure but for what ICU caches.
 */
#ifndef LETTER_FORMAT_H
#define LETTER_FORMAT_H

#include "base/date.h"
#include "base/money.h"
#include "base/str.h"

/* Appends the amount; ERR_USAGE for a language ICU does not know. */
int format_money(struct money m, const char *lang, struct str *out,
    struct err *e);

enum date_style {
	DATE_LONG, /* 18 mars 2026: in sentences */
	DATE_SHORT /* 18/03/2026: in tables */
};

int format_date(date_t d, const char *lang, enum date_style style,
    struct str *out, struct err *e);

/* The same for many values of one letter: ICU is opened once. */
struct formatter;

/* ERR_USAGE for an unknown language. Free with formatter_close. */
int formatter_open(const char *lang, struct formatter **out, struct err *e);
void formatter_close(struct formatter *f);

int formatter_money(struct formatter *f, struct money m, struct str *out,
    struct err *e);
int formatter_date(struct formatter *f, date_t d, enum date_style style,
    struct str *out, struct err *e);

/*
 * A percentage written with a decimal point, "12.15"; two decimals at least.
 * ERR_DATA if it is no number.
 */
int formatter_rate(struct formatter *f, const char *percent, struct str *out,
    struct err *e);

#endif
