#include "verb/claim_data.h"

#include <assert.h>
#include <string.h>

#include "law/rates.h"
#include "verb/json.h"

static const struct claim *
find_claim(const struct notice_line *l, enum claim_kind kind)
{
	for (size_t i = 0; i < l->n_claims; i++)
		if (l->claims[i].kind == kind)
			return &l->claims[i];
	return NULL;
}

static struct money
no_money(const char currency[4])
{
	struct money none = { 0 };

	memcpy(none.currency, currency, sizeof(none.currency));
	return none;
}

/* ---- a line ---- */

static json_t *
slices_data(const struct claim *c)
{
	json_t *list = json_array();

	for (size_t i = 0; c != NULL && i < c->n_slices; i++)
		(void)json_array_append_new(list, json_slice(&c->slices[i]));
	return list;
}

int
claim_line_data(const struct notice_line *l, date_t on, json_t *line,
    struct err *e)
{
	const struct claim *c = find_claim(l, CLAIM_INTEREST);
	struct money total = l->open, none = no_money(l->open.currency);
	bool settled = c != NULL && c->settled.minor != 0;
	int rc;

	if (money_add(&total, l->interest, e) != 0 ||
	    money_add(&total, l->fee, e) != 0)
		return err_add(e, "invoice %s", l->invoice);
	rc = json_object_update_new(line,
	    json_pack("{s:o, s:i, s:o, s:o, s:o, s:b}", "total",
		json_money(total), "days", on > l->due ? on - l->due : 0,
		"accrued", json_money(c != NULL ? c->amount : none), "settled",
		json_money(c != NULL ? c->settled : none), "slices",
		slices_data(c), "has_sum",
		c != NULL && (c->n_slices > 1 || settled)));
	assert(rc == 0);
	return 0;
}

/* ---- all lines ---- */

/* What all lines share; what they do not is given as none. */
struct shared {
	size_t n; /* lines that claim this kind */
	const char *law;
	struct money amount, per_day; /* amount: of the first */
	bool one_amount, one_from, one_rate;
	bool from_due; /* each begins the day after its due date */
	date_t from, until;
	int32_t rate_milli; /* of the newest slice */
};

/* True if the law is one of those between commas. */
static bool
has_law(const char *laws, const char *law)
{
	size_t n = strlen(law);
	const char *p = laws;

	while ((p = strstr(p, law)) != NULL) {
		if ((p == laws || p[-1] == ' ') &&
		    (p[n] == '\0' || p[n] == ','))
			return true;
		p++;
	}
	return false;
}

/* Articles, each once: "BW 6:119a, BW 6:119". */
static const char *
add_law(const char *laws, const char *law, struct arena *a)
{
	if (law[0] == '\0' || has_law(laws, law))
		return laws;
	return laws[0] == '\0' ? law : arena_fmt(a, "%s, %s", laws, law);
}

static void
add_interest(struct shared *s, const struct notice_line *l,
    const struct claim *c)
{
	int32_t rate =
	    c->n_slices > 0 ? c->slices[c->n_slices - 1].rate_milli : 0;

	if (s->n == 0) {
		s->from = c->from;
		s->rate_milli = rate;
		s->one_from = s->from_due = true;
		s->one_rate = c->n_slices > 0;
	}
	s->one_from &= c->from == s->from;
	s->one_rate &= c->n_slices > 0 && rate == s->rate_milli;
	s->from_due &= c->from == l->due + 1;
	s->until = c->until; /* the notice's day, of all */
}

static int
share(const struct notice *n, enum claim_kind kind, struct arena *a,
    struct shared *out, struct err *e)
{
	*out = (struct shared){
		.law = "", .until = DATE_NONE, .per_day = no_money(n->currency)
	};
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];
		const struct claim *c = find_claim(l, kind);
		struct money asked =
		    kind == CLAIM_INTEREST ? l->interest : l->fee;

		if (l->role != LINE_DEMANDED || c == NULL || asked.minor == 0)
			continue;
		if (kind == CLAIM_INTEREST)
			add_interest(out, l, c);
		if (out->n == 0)
			out->amount = asked;
		out->one_amount = (out->n == 0 || out->one_amount) &&
		    asked.minor == out->amount.minor;
		out->law = add_law(out->law, c->law, a);
		if (money_add(&out->per_day, c->per_day, e) != 0)
			return err_add(e, "invoice %s", l->invoice);
		out->n++;
	}
	return 0;
}

/* The days by which a year's interest is divided; null for its own. */
static json_t *
year_days(enum day_count count)
{
	switch (count) {
	case DAY_COUNT_365:
		return json_integer(365);
	case DAY_COUNT_360:
		return json_integer(360);
	case DAY_COUNT_ACTUAL:
		break;
	}
	return json_null();
}

int
claim_data(const struct notice *n, enum day_count count, struct arena *a,
    json_t **out, struct err *e)
{
	struct shared interest, fee;
	char rate[RATE_SIZE];

	if (share(n, CLAIM_INTEREST, a, &interest, e) != 0 ||
	    share(n, CLAIM_FEE, a, &fee, e) != 0)
		return -1;
	*out = json_null();
	if (interest.n == 0 && fee.n == 0)
		return 0;
	*out = json_pack("{s:b, s:b, s:o, s:b, s:o, s:s?, s:o, s:o, s:s, s:s, "
			 "s:i, s:o}",
	    "has_interest", interest.n > 0, "has_fee", fee.n > 0, "from",
	    json_date(interest.one_from ? interest.from : DATE_NONE),
	    "from_due", interest.from_due, "until", json_date(interest.until),
	    "rate",
	    interest.one_rate ? rate_fmt(interest.rate_milli, rate) : NULL,
	    "per_day",
	    interest.per_day.minor > 0 ? json_money(interest.per_day)
				       : json_null(),
	    "year_days", year_days(count), "interest_law", interest.law,
	    "fee_law", fee.law, "fee_count", (int)fee.n, "fee_each",
	    fee.n > 1 && fee.one_amount ? json_money(fee.amount) : json_null());
	assert(*out != NULL);
	return 0;
}

static const struct item *
find_item(const struct position *p, int64_t id)
{
	for (size_t i = 0; i < p->n_items; i++)
		if (p->items[i].id == id)
			return &p->items[i];
	return NULL;
}

int
claim_paid(const struct notice *n, const struct position *p, struct money *out,
    struct err *e)
{
	*out = no_money(n->currency);
	for (size_t i = 0; p != NULL && i < n->n_lines; i++) {
		const struct item *item = find_item(p, n->lines[i].item);

		if (item == NULL || n->lines[i].role != LINE_DEMANDED)
			continue;
		for (size_t k = 0; k < CLAIM_KINDS; k++) {
			struct money paid = item->claimed[k].paid;

			if (paid.minor != 0 && money_add(out, paid, e) != 0)
				return err_add(e, "invoice %s", item->invoice);
		}
	}
	return 0;
}
