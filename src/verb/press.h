/*
 * press: a notice to its documents (letter.pdf, notice.json, mail.eml) in
 * the archive. What all notices of a run share is made once. The original
 * invoices are files inside the letter; beside it in a mail, unless they are
 * many megabytes; and behind it on paper.
 */
#ifndef VERB_PRESS_H
#define VERB_PRESS_H

#include <jansson.h>

#include "ledger/outbox.h"
#include "verb/workspace.h"

struct press;

/* Free with press_close. The workspace is lent. */
int press_open(struct workspace *w, struct press **out, struct err *e);
void press_close(struct press *p);

/*
 * Hash of the text, its labels, the page, the creditor's data, the debtor's
 * kind and the original invoices a notice is made from: if it differs when the
 * notice leaves, something was edited meanwhile.
 */
int press_basis(struct press *p, const struct notice *n,
    char out[SHA256_HEX_SIZE], struct err *e);

/* Makes and archives the documents of a notice; returns how many in *n. */
int press_print(struct press *p, const struct outbox_row *row,
    const struct book *book, struct document out[NOTICE_DOCUMENTS], size_t *n,
    struct err *e);

/*
 * What goes to the printer for a notice on paper: its letter and behind it
 * the original invoices. *out is lent until the next call. ERR_DATA with the
 * invoice's file if that cannot be had.
 */
int press_paper(struct press *p, const struct notice *n,
    const struct str *letter, const struct str **out, struct err *e);

struct letter_setup;
/*
 * Says in the data whether there is a signature to show: who prints knows,
 * not where the data come from.
 */
void press_sign(const struct letter_setup *s, json_t *data);

/* The setup of a letter engine for a workspace or, with w NULL, without. */
int press_setup(const struct call *c, const struct config *config,
    struct arena *a, struct letter_setup *out, struct err *e);

#endif
