/*
 * reference: the creditor reference of ISO 11649 (RF, two check digits, up to
 * 21 letters and digits). Pure.
 */
#ifndef PAY_REFERENCE_H
#define PAY_REFERENCE_H

#include "base/err.h"

#define REFERENCE_SIZE       26 /* 25 characters and a NUL */
#define REFERENCE_PRINT_SIZE 32 /* in groups of four */

/* "RFcc" + body; body is 1 to 21 letters and digits, ERR_DATA otherwise. */
int reference_make(const char *body, char out[REFERENCE_SIZE], struct err *e);

/* Checks and writes the electronic form; spaces are allowed. */
int reference_parse(const char *text, char out[REFERENCE_SIZE], struct err *e);

/* Groups of four. Returns buf. */
const char *reference_fmt(const char *ref, char buf[REFERENCE_PRINT_SIZE]);

#endif
