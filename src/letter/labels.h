/*
 * labels: the fixed words of a language that no text carries (page numbers,
 * names of the payment fields, column of the information block), from
 * layouts/letter/LANG/labels.yaml.
 */
#ifndef LETTER_LABELS_H
#define LETTER_LABELS_H

#include "base/err.h"
#include "base/mem.h"

struct labels {
	const char *page;       /* "Page {n}/{total}" */
	const char *place_date; /* "{place}, le {date}" */
	const char *subject;    /* "Objet : " */
	const char *our_ref, *your_code, *contact, *phone, *email, *hours;
	const char *pay_title, *beneficiary, *iban, *bic, *amount, *reference;
	const char *pay_online; /* on the button of a mail */
	const char *pay_below;  /* where the Swiss payment part is; or "" */
	const char *scan;       /* under the QR: "Scannez pour payer" */
	const char *total;      /* "Total" */
	const char *registered; /* "Lettre recommandée avec accusé de …" */
	const char *capital;    /* "{form} au capital de {capital}" */
	const char *vat;        /* "TVA", before the number */
	const char *attached;   /* in a mail: "Ce courrier est joint en PDF." */
};

/* Loads the file at path into the arena; ERR_USAGE if a label is missing. */
int labels_load(const char *path, struct arena *a, struct labels *out,
    struct err *e);

#endif
