/*
 * epc: the text of an EPC QR code for a SEPA credit transfer
 * (EPC069-12 v2.1). Pure: it makes and reads the payload, not the symbol.
 *
 * The symbol has error correction level M and at most version 13.
 */
#ifndef PAY_EPC_H
#define PAY_EPC_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

#define EPC_MAX_BYTES  331
#define EPC_NAME_CHARS 70
#define EPC_MINOR_MAX  99999999999 /* EUR 999999999.99 */

/* Element 3. */
enum epc_charset {
	EPC_UTF_8 = 1,
	EPC_8859_1,
	EPC_8859_2,
	EPC_8859_4,
	EPC_8859_5,
	EPC_8859_7,
	EPC_8859_10,
	EPC_8859_15
};

/*
 * Whether the account is of the European Economic Area, where nobody asks for
 * its BIC (element 5).
 */
bool epc_in_eea(const char *iban);

/*
 * Appends the payload in the charset: version 001 with a BIC, 002 without
 * (inside the European Economic Area only). A letter the charset lacks
 * becomes what is nearest to it there. ERR_DATA when a field breaks a rule.
 */
int epc_write(const struct transfer *t, enum epc_charset charset,
    struct str *out, struct err *e);

/*
 * Reads a payload into the arena: either version, LF or CRLF, empty elements
 * at the end left out or not, EUR12.3 or EUR12.30. ERR_DATA says which
 * element is wrong.
 */
int epc_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

#endif
