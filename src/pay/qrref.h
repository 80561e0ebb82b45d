/*
 * qrref: the Swiss QR reference (QRR): 26 digits and a check digit (recursive
 * modulo 10), printed as 2 and 5 groups of 5. It goes with a QR-IBAN only.
 * Pure. Source: Swiss Implementation Guidelines QR-bill 2.3, annex B.
 */
#ifndef PAY_QRREF_H
#define PAY_QRREF_H

#include <stdbool.h>

#include "base/err.h"

#define QRREF_SIZE       28 /* 27 digits and a NUL */
#define QRREF_PRINT_SIZE 33

/* From up to 26 digits (spaces allowed), zeros in front; not all zero. */
int qrref_make(const char *digits, char out[QRREF_SIZE], struct err *e);

/* Checks and writes the electronic form; spaces are allowed. */
int qrref_parse(const char *text, char out[QRREF_SIZE], struct err *e);

/* "21 00000 00003 13947 14300 09017". Returns buf. */
const char *qrref_fmt(const char *ref, char buf[QRREF_PRINT_SIZE]);

/* True for a valid IBAN of Switzerland or Liechtenstein whose institution
 * is 30000 to 31999. */
bool qrref_iban_is_qr(const char *iban);

#endif
