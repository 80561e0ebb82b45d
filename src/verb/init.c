/* init: a new workspace, with a configuration that explains itself. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "ledger/ledger.h"
#include "verb/config.h"
#include "verb/json.h"
#include "verb/verb.h"

static const char template_yaml[] =
    "# semonce.yaml: who you are and how you remind. See semonce.yaml(5).\n"
    "# Fill in what is between < and >; delete a line that is not for you.\n"
    "\n"
    "creditor:                      # printed on every letter\n"
    "  name: <Your firm>\n"
    "  form: <SAS>                  # legal form\n"
    "  capital: <10 000 €>\n"
    "  registration: <RCS Town 000 000 000>\n"
    "  vat: <FR00000000000>\n"
    "  address:                     # as on your letterhead\n"
    "    - <1 rue Exemple>\n"
    "    - <75000 Paris>\n"
    "  phone: <01 00 00 00 00>      # who answers when a debtor calls\n"
    "  email: <compta@example.com>\n"
    "  hours: <du lundi au vendredi, de 9 h à 12 h>\n"
    "  country: %s                  # of your law, calendar and post\n"
    "  timezone: %-18s # which day is today\n"
    "  # logo: logo.png             # PNG, JPEG or SVG, in this folder\n"
    "  # signature: signature.png   # the same, above the name of who signs\n"
    "  signatory: <Prénom Nom>      # under the closing formula\n"
    "  signatory_title: <Service comptabilité clients>\n"
    "  # contact: Prénom Nom        # whom to call, if not who signs\n"
    "  # mediator:                  # of consumers; formal notices name it\n"
    "  #   {name: ..., address: ..., url: \"https://...\"}\n"
    "\n"
    "accounts:                      # debtors pay here; one a currency\n"
    "  - currency: %s\n"
    "    iban: <your IBAN>\n"
    "    bic: <your BIC>\n"
    "\n"
    "language: %s                   # for debtors whose own has no texts\n"
    "tone: formal                   # formal | informal | personal\n"
    "subject: reminder              # or action, \"Action requise\"\n"
    "page: %-24s # sheet, by the window of your envelope\n"
    "\n"
    "scenarios:                     # ladder of a debtor's profile\n"
    "  default: standard-fr\n"
    "\n"
    "tolerance: 1.00                # nobody is reminded of so little\n"
    "stale_after: 14d               # no notices on older payment data\n"
    "# claims: {rate: 10.5}         # agreed interest; without, the law's\n"
    "# accepted means of payment:\n"
    "methods: [%s]\n"
    "# payment_link: https://pay.example.com/\n"
    "# holidays: [2026-12-24]       # days on which you do not work\n"
    "\n"
    "carriers:                      # spool: folders below outbox/\n"
    "  email: spool                 # spool | smtp\n"
    "  print: spool\n"
    "  registered: spool\n"
    "\n"
    "# smtp:\n"
    "#   url: smtp://mail.example.com:587   # TLS is required\n"
    "#   from: compta@example.com\n"
    "#   archive: relances@example.com      # gets a copy of every mail\n"
    "#   user: compta\n"
    "#   secret: {file: smtp.password}      # chmod 600, or {env: NAME}\n";

/* What a firm of a country begins with, its own words apart. */
struct home {
	const char *country, *timezone, *currency, *language, *page, *methods;
};

static const struct home homes[] = {
	{ "AT", "Europe/Vienna", "EUR", "de", "din5008-b", "Überweisung" },
	{ "BE", "Europe/Brussels", "EUR", "fr", "fr-dl", "virement" },
	{ "CH", "Europe/Zurich", "CHF", "de", "ch-left", "Überweisung" },
	{ "DE", "Europe/Berlin", "EUR", "de", "din5008-b", "Überweisung" },
	{ "ES", "Europe/Madrid", "EUR", "es", "plain", "transferencia" },
	{ "FR", "Europe/Paris", "EUR", "fr", "fr-dl", "virement" },
	{ "GB", "Europe/London", "GBP", "en", "uk-dl", "bank transfer" },
	{ "IT", "Europe/Rome", "EUR", "it", "plain", "bonifico" },
	{ "LU", "Europe/Luxembourg", "EUR", "fr", "fr-dl", "virement" },
	{ "NL", "Europe/Amsterdam", "EUR", "nl", "plain", "overschrijving" },
	{ "US", "America/New_York", "USD", "en", "us-10", "bank transfer" },
};

/* Of any other country: what it has to say itself. */
static const struct home elsewhere = { "", "<Europe/Paris>", "<EUR>", "en",
	"plain", "bank transfer" };

#define USAGE "usage: semonce init DIR [--country FR]"

struct newcomer {
	const char *dir;
	char country[3];
};

static int
options(const struct call *c, struct newcomer *o, struct err *e)
{
	const char *country = "FR";

	*o = (struct newcomer){ .dir = NULL };
	for (int i = 0; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--country") == 0 && i + 1 < c->argc)
			country = c->argv[++i];
		else if (c->argv[i][0] != '-' && o->dir == NULL)
			o->dir = c->argv[i];
		else
			return err_set(e, ERR_USAGE, USAGE);
	}
	if (o->dir == NULL)
		return err_set(e, ERR_USAGE, USAGE);
	for (int i = 0; i < 2 && country[i] != '\0'; i++)
		o->country[i] = (char)(country[i] & ~0x20);
	if (strlen(country) != 2 || !config_knows_country(o->country))
		return err_set(e, ERR_USAGE,
		    "--country '%.40s' is no country of ISO 3166: write two "
		    "letters such as FR",
		    country);
	return 0;
}

static int
make_folders(const char *dir, struct arena *a, struct err *e)
{
	static const char *const names[] = { "letters", "archive", "outbox" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (file_mkdirs(arena_fmt(a, "%s/%s", dir, names[i]), 0700,
			e) != 0)
			return -1;
	return 0;
}

static const struct home *
find_home(const char *country)
{
	for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++)
		if (strcmp(homes[i].country, country) == 0)
			return &homes[i];
	return &elsewhere;
}

/* A semonce.yaml that is there already is the user's: it stays. */
static int
make_config(const struct newcomer *o, struct arena *a, struct err *e)
{
	const char *path = arena_fmt(a, "%s/semonce.yaml", o->dir);
	const struct home *h = find_home(o->country);
	struct str s;
	int rc;

	str_init(&s, 65536);
	str_fmt(&s, template_yaml, o->country, h->timezone, h->currency,
	    h->language, h->page, h->methods);
	rc = file_keep(path, s.p, s.len, 0600, e);
	str_done(&s);
	return rc;
}

int
verb_init(struct call *c, struct err *e)
{
	struct newcomer o;
	struct arena *a;
	int rc = -1;

	if (options(c, &o, e) != 0)
		return -1;
	a = arena_new();
	if (file_mkdirs(o.dir, 0700, e) == 0 &&
	    make_folders(o.dir, a, e) == 0 && make_config(&o, a, e) == 0 &&
	    ledger_create(o.dir, e) == 0)
		rc = 0;
	if (rc == 0 && c->json)
		json_print(json_pack("{s:s}", "workspace", o.dir), stdout);
	else if (rc == 0 && !c->quiet)
		(void)printf("%s: a new workspace; fill in %s/semonce.yaml, "
			     "then import your debtors, invoices and "
			     "payments\n",
		    o.dir, o.dir);
	arena_free(a);
	return rc;
}
