/* The words of a QR-bill. They are fixed, so no text of ours holds them. */
#include <string.h>

#include "letter/swiss_parts.h"

static const struct {
	const char *lang;
	const char *words[SWISS_WORDS];
} languages[] = {
	{ "en",
	    { [SWISS_PAYMENT_PART] = "Payment part",
		[SWISS_RECEIPT_TITLE] = "Receipt",
		[SWISS_ACCOUNT] = "Account / Payable to",
		[SWISS_REFERENCE] = "Reference",
		[SWISS_INFORMATION] = "Additional information",
		[SWISS_PAYABLE_BY] = "Payable by",
		[SWISS_PAYABLE_BY_BLANK] = "Payable by (name/address)",
		[SWISS_CURRENCY] = "Currency",
		[SWISS_AMOUNT] = "Amount",
		[SWISS_ACCEPTANCE] = "Acceptance point" } },
	{ "de",
	    { [SWISS_PAYMENT_PART] = "Zahlteil",
		[SWISS_RECEIPT_TITLE] = "Empfangsschein",
		[SWISS_ACCOUNT] = "Konto / Zahlbar an",
		[SWISS_REFERENCE] = "Referenz",
		[SWISS_INFORMATION] = "Zusätzliche Informationen",
		[SWISS_PAYABLE_BY] = "Zahlbar durch",
		[SWISS_PAYABLE_BY_BLANK] = "Zahlbar durch (Name/Adresse)",
		[SWISS_CURRENCY] = "Währung",
		[SWISS_AMOUNT] = "Betrag",
		[SWISS_ACCEPTANCE] = "Annahmestelle" } },
	{ "fr",
	    { [SWISS_PAYMENT_PART] = "Section paiement",
		[SWISS_RECEIPT_TITLE] = "Récépissé",
		[SWISS_ACCOUNT] = "Compte / Payable à",
		[SWISS_REFERENCE] = "Référence",
		[SWISS_INFORMATION] = "Informations supplémentaires",
		[SWISS_PAYABLE_BY] = "Payable par",
		[SWISS_PAYABLE_BY_BLANK] = "Payable par (nom/adresse)",
		[SWISS_CURRENCY] = "Monnaie",
		[SWISS_AMOUNT] = "Montant",
		[SWISS_ACCEPTANCE] = "Point de dépôt" } },
	{ "it",
	    { [SWISS_PAYMENT_PART] = "Sezione pagamento",
		[SWISS_RECEIPT_TITLE] = "Ricevuta",
		[SWISS_ACCOUNT] = "Conto / Pagabile a",
		[SWISS_REFERENCE] = "Riferimento",
		[SWISS_INFORMATION] = "Informazioni supplementari",
		[SWISS_PAYABLE_BY] = "Pagabile da",
		[SWISS_PAYABLE_BY_BLANK] = "Pagabile da (nome/indirizzo)",
		[SWISS_CURRENCY] = "Valuta",
		[SWISS_AMOUNT] = "Importo",
		[SWISS_ACCEPTANCE] = "Punto di accettazione" } },
	{ "rm",
	    { [SWISS_PAYMENT_PART] = "Part da pajament",
		[SWISS_RECEIPT_TITLE] = "Quittanza",
		[SWISS_ACCOUNT] = "Conto / Da pajar a",
		[SWISS_REFERENCE] = "Referenza",
		[SWISS_INFORMATION] = "Infurmaziuns supplementaras",
		[SWISS_PAYABLE_BY] = "Da pajar da",
		[SWISS_PAYABLE_BY_BLANK] = "Da pajar da (num/adressa)",
		[SWISS_CURRENCY] = "Valuta",
		[SWISS_AMOUNT] = "Import",
		[SWISS_ACCEPTANCE] = "Post da recepziun" } },
};

const char *
swiss_word(enum swiss_word word, const char *lang)
{
	size_t n = sizeof(languages) / sizeof(languages[0]), i = n - 1;

	while (i > 0 && strncmp(languages[i].lang, lang, 2) != 0)
		i--;
	return languages[i].words[word];
}
