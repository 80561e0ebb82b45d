/*
 * spell: numbers and amounts in French words, for receipts and formal
 * notices. Pure.
 *
 * « vingt » and « cent » take an s when they end the number or stand before
 * million or milliard, never before mille; « et » joins un and onze, but not
 * to quatre-vingts. The spelling of 1990 (Conseil supérieur de la langue
 * française, JORF of 6 December 1990, III.1) puts hyphens everywhere.
 */
#ifndef LAW_SPELL_H
#define LAW_SPELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/money.h"
#include "base/str.h"

struct spell_form {
	bool reformed; /* the spelling of 1990 */
	bool septante; /* septante, nonante: Belgium, Switzerland */
	bool huitante; /* Vaud, Valais, Fribourg */
};

/* What is said in a country: BE, CH (without huitante), else France. */
struct spell_form spell_form_of(const char *country);

/* Appends a number. */
void spell_number(uint64_t n, const struct spell_form *f, struct str *out);

/*
 * Appends an amount: « deux cents euros et un centime ». ERR_DATA for a
 * currency whose French name is not known.
 */
int spell_money(struct money m, const struct spell_form *f, struct str *out,
    struct err *e);

#endif
