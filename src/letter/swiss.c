#include "letter/swiss.h"

#include <string.h>

#include "letter/qr.h"
#include "letter/swiss_parts.h"
#include "pay/code.h"
#include "pay/swissqr.h"

#define PAYLOAD_MAX    4000
#define PAYLOAD_COARSE 600 /* bytes; a symbol of version 19 at most */
#define SHEET_WIDTH    PU_PER_MM(210)
#define SHEET_HEIGHT   PU_PER_MM(297)
#define MM(pu)         ((double)(pu)*25.4 / 72 / PU_PER_PT)
#define SLACK          PU_PER_MM(0.5)

static bool
is_about(int32_t a, int32_t b)
{
	return a - b < SLACK && b - a < SLACK;
}

static int
check_payee(const struct pay_party *payee, struct err *e)
{
	if (payee->postcode[0] && payee->town[0])
		return 0;
	return err_set(e, ERR_USAGE,
	    "the creditor's address has no line with post code and town, such "
	    "as '2501 Biel', which the Swiss payment part needs; write one "
	    "under creditor.address in semonce.yaml");
}

static int
check_sheet(const struct geometry *g, struct err *e)
{
	if (is_about(g->width, SHEET_WIDTH) &&
	    is_about(g->height, SHEET_HEIGHT))
		return 0;
	return err_set(e, ERR_USAGE,
	    "the Swiss payment part needs an A4 sheet (210 x 297 mm), and "
	    "page '%s' is %.0f x %.0f mm; name another page, or write "
	    "![...](qr:epc) for the account in words",
	    g->name, MM(g->width), MM(g->height));
}

/*
 * The payload. Where it would need modules too fine for a scan of 150 dpi,
 * the additional information stays away: the letter says it too.
 */
static int
payload_write(const struct transfer *t, struct str *out, struct err *e)
{
	struct transfer brief = *t;

	if (swissqr_write(t, out, e) != 0)
		return -1;
	if (out->len <= PAYLOAD_COARSE || t->reference[0] == '\0')
		return 0;
	brief.text = "";
	str_clear(out);
	return swissqr_write(&brief, out, e);
}

/* The code, and what it says once its letters are those permitted. */
static int
slip_make(const struct transfer *t, struct arena *a, struct swiss_slip *out,
    struct err *e)
{
	const struct pay_code *code = pay_code_find("swiss");
	const struct qr_form form = { .version_min = code->version_min,
		.version_max = code->version_max };
	struct page_symbol *symbol = arena_alloc(a, sizeof(*symbol));
	struct transfer *said = arena_alloc(a, sizeof(*said));
	struct str payload;
	int rc;

	str_init(&payload, PAYLOAD_MAX);
	rc = payload_write(t, &payload, e);
	if (rc == 0)
		rc = swissqr_read(payload.p, payload.len, a, said, e);
	if (rc == 0)
		rc = qr_make(payload.p, &form, a, symbol, e);
	str_done(&payload);
	if (rc)
		return -1;
	symbol->quiet = 0; /* the part has its own room around it */
	*out = (struct swiss_slip){ .t = said, .symbol = symbol };
	return 0;
}

/* A payer whom the code cannot name fills in the box by hand. */
static int
slip_make_or_blank(const struct transfer *t, struct arena *a,
    struct swiss_slip *out, struct err *e)
{
	struct transfer blank = *t;
	struct err why;

	if (slip_make(t, a, out, &why) == 0)
		return 0;
	blank.payer = (struct pay_party){ 0 };
	return slip_make(&blank, a, out, e);
}

bool
swiss_is_asked(const struct flow *f, const char *target)
{
	return strcmp(target, "qr:swiss") == 0 ||
	    (strcmp(target, "qr:pay") == 0 && f->payment->swiss);
}

int
swiss_ask(struct flow *f, const char *alt, struct err *e)
{
	struct arena *a = f->build->arena;
	struct swiss_slip *s = *f->slip;

	if (!f->payment->swiss)
		return err_set(e, ERR_USAGE,
		    "image 'qr:swiss': no account of Switzerland or "
		    "Liechtenstein in CHF or EUR to pay to; write "
		    "![...](qr:pay), which takes what there is");
	if (check_sheet(f->geometry, e) ||
	    check_payee(&f->payment->swiss->payee, e))
		return -1;
	if (!s) {
		s = arena_alloc(a, sizeof(*s));
		if (slip_make_or_blank(f->payment->swiss, a, s, e))
			return err_add(e, "Swiss payment part");
		*f->slip = s;
	}
	s->alt = alt;
	f->asks_slip = true;
	return 0;
}

int
swiss_finish(struct flow *f, struct err *e)
{
	const struct geometry *g = f->geometry;
	struct build *b = f->build;
	int32_t top = g->height - SWISS_HEIGHT;
	int32_t rise = g->footer.y + g->footer.h - top;
	int32_t foot = g->text.y + g->text.h - rise;

	if (!f->asks_slip)
		return 0;
	if (f->y > foot) {
		build_page(b);
		f->y = g->text.y + (f->y - foot);
	}
	b->pages[b->open].foot = top;
	return swiss_slip_place(b, *f->slip, top, e);
}
