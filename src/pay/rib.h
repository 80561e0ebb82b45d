/*
 * rib: the key of a French or Monegasque account number (relevé d'identité
 * bancaire). Pure.
 *
 * An IBAN of these countries has two checks: its own and this older one,
 * made by the bank. Where they disagree, the IBAN was computed from a number
 * that was mistyped before.
 */
#ifndef PAY_RIB_H
#define PAY_RIB_H

#include "base/err.h"

/*
 * Checks the key at the end of an IBAN that iban_parse has taken: bank,
 * branch and account make 97 - (89 bank + 15 branch + 3 account) mod 97.
 * ERR_DATA for a wrong one; accounts of other countries have none.
 */
int rib_check(const char *iban, struct err *e);

#endif
