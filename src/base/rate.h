/*
 * rate: percent a year in thousandths, as text. 12.15 % is 12150.
 */
#ifndef BASE_RATE_H
#define BASE_RATE_H

#include <stdint.h>

#include "base/err.h"

#define RATE_MAX_MILLI 1000000 /* a thousand percent: beyond is a mistake */

/* "12.15" or "-0.62", at most three decimals; ERR_DATA otherwise. */
int rate_parse(const char *text, int32_t *milli, struct err *e);

#define RATE_SIZE 16

/* "12.15", two decimals at least. Returns buf. */
const char *rate_fmt(int32_t milli, char buf[RATE_SIZE]);

#endif
