/*
 * iban: international bank account numbers (ISO 13616-1) and BIC (ISO 9362).
 * Pure: no files, no allocation. The structures are the SWIFT registry's.
 */
#ifndef PAY_IBAN_H
#define PAY_IBAN_H

#include <stdbool.h>

#include "base/err.h"

#define IBAN_SIZE       35 /* 34 characters and a NUL */
#define IBAN_PRINT_SIZE 44 /* in groups of four */

/*
 * Checks country, structure, length and the mod 97 digits; spaces are
 * allowed, letters of any case. Writes the electronic form. ERR_DATA says
 * which check failed.
 */
int iban_parse(const char *text, char out[IBAN_SIZE], struct err *e);

/* The printed form, groups of four. Returns buf. */
const char *iban_fmt(const char *iban, char buf[IBAN_PRINT_SIZE]);

/* 8 or 11 characters in the form of ISO 9362. */
bool bic_valid(const char *bic);

#endif
