/*
 * epc: the text of an EPC QR code for a SEPA credit transfer
 * (EPC069-12 v2.1). Pure: it makes the payload, not the symbol.
 */
#ifndef PAY_EPC_H
#define PAY_EPC_H

#include "base/err.h"
#include "base/money.h"

#define EPC_SIZE      332         /* 331 bytes and a NUL */
#define EPC_MINOR_MAX 99999999999 /* EUR 999999999.99 */

struct epc {
	const char *name;      /* beneficiary, 1 to 70 characters */
	const char *iban;      /* electronic form */
	const char *bic;       /* or "" (version 002) */
	struct money amount;   /* EUR 0.01 to 999999999.99 */
	const char *reference; /* ISO 11649, or "" */
	const char *text;      /* unstructured, or ""; excludes reference */
};

/* Writes the payload; ERR_DATA when a field breaks a rule of EPC069-12. */
int epc_payload(const struct epc *p, char out[EPC_SIZE], struct err *e);

#endif
