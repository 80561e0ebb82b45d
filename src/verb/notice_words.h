/*
 * notice_words: the few words of a notice's data that depend on the
 * debtor's language: the greeting, the name of the invoices, the means of
 * payment, the address as the post wants it (NF Z 10-011: last lines in
 * capitals, country last), the name of an attached file.
 */
#ifndef VERB_NOTICE_WORDS_H
#define VERB_NOTICE_WORDS_H

#include "base/mem.h"
#include "semonce.h"

/* "Madame, Monsieur" */
const char *words_greeting(const char *lang);

/* "facture F1", "factures F1 et F2", "5 factures"; "" for none */
const char *words_numbers(const char *const *numbers, size_t n,
    const char *lang, struct arena *a);

/* The same of the invoices a notice demands. */
const char *words_invoices(const struct notice *n, const char *lang,
    struct arena *a);

/*
 * A means of payment in the debtor's language, such as "virement" for
 * "transfer"; one we have no word for as written, if `ours` says that the
 * language is the creditor's, else NULL.
 */
const char *words_method(const char *method, const char *lang, bool ours);

/* "virement, chèque ou carte"; "" for none. */
const char *words_or(const char *const *words, size_t n, const char *lang,
    struct arena *a);

/* "Facture F1" */
const char *words_invoice(const char *number, const char *lang,
    struct arena *a);

#define ADDRESS_LINES 6

/* The debtor's country; that of the creditor for one that names none. */
const char *words_country(const struct debtor *d, const char *home);

/* Name and address lines in the arena; returns how many. */
size_t words_address(const struct debtor *d, const char *home, struct arena *a,
    const char *lines[ADDRESS_LINES]);

/* Town of the creditor's last address line, for "Town, le …". */
const char *words_town(const struct creditor *c, struct arena *a);

/*
 * The title of a letter as the name of its file, without ending: letters and
 * digits of ASCII and '-' ("Deuxieme-rappel-facture-F1"); `fallback` if
 * nothing of it remains.
 */
const char *words_file_name(const char *title, const char *fallback,
    struct arena *a);

/* "fr" for "fr-CA"; a language without words is answered with fallback. */
const char *words_language(const struct debtor *d, const char *fallback);

#endif
