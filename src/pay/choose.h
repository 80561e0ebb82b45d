/*
 * choose: which payment code a transfer becomes: the one that banking apps
 * read where account and payer are. Pure.
 *
 *	CZK, or from Czech to Czech account: SPAYD
 *	HUF to a Hungarian account: MNB
 *	PLN to a Polish account: ZBP
 *	EUR from Slovenia to a Slovene account: UPN
 *	EUR else: EPC
 *
 * Swiss QR-bills are more than a symbol; they are not chosen here.
 */
#ifndef PAY_CHOOSE_H
#define PAY_CHOOSE_H

#include "base/str.h"
#include "pay/code.h"
#include "pay/transfer.h"

/*
 * Writes the payload of the code chosen. Of the transfer are read: the payee's
 * name, shortened where a code has less room; account, amount; the reference
 * of whatever kind; the payer's country, "" for the account's; and as due
 * date the last day a code that must end is good for.
 *
 * *out is NULL if none is right, or if the one that is cannot carry it.
 * ERR_DATA only for EPC, which carries all but wrong data.
 */
int choose_code(const struct transfer *t, const struct pay_code **out,
    struct str *payload, struct err *e);

/* The same, EPC or none; a text goes where there is no reference. */
int choose_epc(const struct transfer *t, const struct pay_code **out,
    struct str *payload, struct err *e);

#endif
