/*
 * ogm: the Belgian structured message (OGM-VCS): 10 digits and two check
 * digits, printed as +++ddd/dddd/ddddd+++. Pure.
 */
#ifndef PAY_OGM_H
#define PAY_OGM_H

#include "base/err.h"

#define OGM_SIZE       13 /* 12 digits and a NUL */
#define OGM_PRINT_SIZE 21

/* From up to 10 digits, zeros in front. */
int ogm_make(const char *digits, char out[OGM_SIZE], struct err *e);

/* Checks 12 digits with or without +, *, / and spaces between. */
int ogm_parse(const char *text, char out[OGM_SIZE], struct err *e);

/* Returns buf. */
const char *ogm_fmt(const char *ogm, char buf[OGM_PRINT_SIZE]);

#endif
