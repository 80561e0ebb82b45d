/*
 * gate: what a letter needs beside its turn: money still owed, fresh
 * payment data, an account, days since the last one, a sum between floor
 * and ceiling, a way to the recipient.
 */
#ifndef POLICY_GATE_H
#define POLICY_GATE_H

#include "policy/group.h"

/*
 * Whether the draft's notice may go. If so its channel and deadline are set;
 * if not, *why has the first reason, for the whole debtor.
 */
bool gate_open(const struct day *day, struct draft *d, struct withheld *why);

#endif
