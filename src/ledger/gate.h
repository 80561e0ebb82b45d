/*
 * gate: what must still be true when a notice leaves. It is asked in the
 * transaction that reserves and again in the one that sends, so a payment
 * committed before either always wins. Private to ledger/.
 */
#ifndef LEDGER_GATE_H
#define LEDGER_GATE_H

#include "ledger/step.h"

/* *closed says why it is closed, in the step's arena; NULL: it is open. */
int gate_check(struct step *s, const struct gate *g, const char **closed,
    struct err *e);

#endif
