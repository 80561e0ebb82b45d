#include "letter/image.h"

#include <assert.h>
#include <string.h>

#include "letter/look.h"
#include "letter/panel.h"
#include "letter/qr.h"
#include "letter/symbols.h"

#define LOGO_HEIGHT     PU_PER_MM(15)
#define SIGNATURE_WIDTH PU_PER_MM(60)

/* What is shown, how large, and the words below it. */
struct figure {
	enum page_kind kind;
	const struct page_image *image;
	struct page_symbol symbol;
	const char *role;
	int32_t w, h;
	struct shape below; /* no lines: none */
	int words;          /* node of them */
};

static void
figure_place(struct flow *f, const struct piece *p, size_t from, size_t to)
{
	const struct figure *g = p->content;
	struct page_item *i = build_item(f->build, g->kind, p->node, g->role);
	struct shape_part below = { .shape = &g->below,
		.to = g->below.n_lines,
		.x = p->x,
		.y = f->y + g->h,
		.measure = g->w,
		.align = ALIGN_CENTER };

	assert(from == 0 && to == 1);
	i->box = (struct page_box){ p->x, f->y, g->w, g->h };
	i->image = g->image;
	i->symbol = g->kind == PAGE_SYMBOL ? &g->symbol : NULL;
	if (g->below.n_lines > 0)
		shape_place(f->build, &below, g->words, g->role);
}

static void
figure_add(struct flow *f, struct figure *g, const char *alt)
{
	struct piece *p = flow_piece(f, figure_place, g);

	p->node = build_node(f->build, TAG_FIGURE, f->node);
	f->build->nodes[p->node].alt = alt;
	if (g->below.n_lines > 0)
		g->words = build_node(f->build, TAG_P, f->node);
	flow_slice(f, p,
	    g->h +
		(g->below.n_lines > 0
			? shape_height(&look_small, g->below.n_lines)
			: 0));
}

/* In its proportions, as large as it wants to be and may be. */
static void
size_fit(struct figure *g, int32_t most_w, int32_t most_h)
{
	if (g->h > most_h) {
		g->w = (int32_t)((int64_t)g->w * most_h / g->h);
		g->h = most_h;
	}
	if (g->w > most_w) {
		g->h = (int32_t)((int64_t)g->h * most_w / g->w);
		g->w = most_w;
	}
	g->w = g->w > 0 ? g->w : 1;
	g->h = g->h > 0 ? g->h : 1;
}

/*
 * A picture of the workspace has its natural size, but no more than half a
 * page, so that it fits on the first one; logo and signature have ours.
 */
static void
picture_compose(struct flow *f, const struct block *b)
{
	struct figure *g = arena_alloc(f->build->arena, sizeof(*g));
	int32_t high = 0;

	*g = (struct figure){ .kind = PAGE_IMAGE,
		.image = b->image,
		.role = "picture",
		.w = b->image->w,
		.h = b->image->h };
	if (strcmp(b->target, "logo:") == 0) {
		g->role = "logo";
		high = LOGO_HEIGHT;
	} else if (strcmp(b->target, "signature:") == 0) {
		g->role = "signature";
		high = f->look->signature;
	}
	if (high > 0) {
		g->h = high;
		g->w = (int32_t)((int64_t)high * b->image->width /
		    b->image->height);
	}
	size_fit(g,
	    strcmp(g->role, "signature") == 0 && f->measure > SIGNATURE_WIDTH
		? SIGNATURE_WIDTH
		: f->measure,
	    f->geometry->text.h / 2);
	figure_add(f, g, b->alt);
}

/* The host of a link, so that a reader sees where the symbol leads. */
static const char *
link_host(const char *link, struct arena *a)
{
	const char *scheme = strstr(link, "://");
	const char *host = scheme ? scheme + 3 : link;
	size_t n = strcspn(host, "/?#");
	const char *user = memchr(host, '@', n);

	if (user) {
		n -= (size_t)(user + 1 - host);
		host = user + 1;
	}
	return arena_strn(a, host, n);
}

static int
link_compose(struct flow *f, const struct block *b, struct err *e)
{
	/* A larger one is hard to scan from paper. */
	static const struct qr_form form = { .version_max = 13 };
	const char *link = f->payment->link;
	struct arena *a = f->build->arena;
	struct figure *g = arena_alloc(a, sizeof(*g));
	struct span *words = arena_alloc(a, sizeof(*words));

	if (!link || !link[0])
		return err_set(e, ERR_USAGE,
		    "image 'qr:link': there is no link to pay; set "
		    "payment_link in semonce.yaml, or put the image between "
		    "{{#payment.link}} and {{/payment.link}}");
	*g = (struct figure){ .kind = PAGE_SYMBOL, .role = "payment" };
	if (qr_make(link, &form, a, &g->symbol, e))
		return -1;
	g->w = g->h = qr_module(&g->symbol, f->look->symbol) *
	    (int32_t)(g->symbol.width + 2 * g->symbol.quiet);
	words->text = link_host(link, a);
	words->url = link;
	if (shape_spans(f->build, words, &look_small, g->w, &g->below, e))
		return -1;
	figure_add(f, g, b->alt);
	return 0;
}

int
image_compose(struct flow *f, const struct block *b, struct err *e)
{
	if (payment_is_asked(b->target))
		return panel_compose(f, b, e);
	if (strcmp(b->target, "qr:invoices") == 0)
		return symbols_compose(f, b, e);
	if (strcmp(b->target, "qr:link") == 0)
		return link_compose(f, b, e);
	picture_compose(f, b);
	return 0;
}
