#include "letter/pictures.h"

#include <string.h>

#include "letter/payment.h"

#define KEPT_MOST 32 /* a mailing may have one for each debtor */

struct kept {
	const struct text *text;
	const char *name;
	const struct page_image *image;
	struct kept *next;
};

struct pictures {
	const struct letter_setup *setup;
	struct arena *arena;
	struct kept *kept;
	size_t n;
};

struct pictures *
pictures_new(const struct letter_setup *s, struct arena *a)
{
	struct pictures *p = arena_alloc(a, sizeof(*p));

	*p = (struct pictures){ .setup = s, .arena = a };
	return p;
}

/* A picture of the workspace. */
static int
file_find(struct pictures *p, const struct text *t, struct block *b,
    struct arena *letter, struct err *e)
{
	bool keeps = p->n < KEPT_MOST;
	struct arena *a = keeps ? p->arena : letter;
	struct page_image *image;
	struct kept *k = p->kept;

	while (k && (k->text != t || strcmp(k->name, b->target) != 0))
		k = k->next;
	if (k) {
		b->image = k->image;
		return 0;
	}
	if (!p->setup->picture)
		return err_set(e, ERR_USAGE,
		    "image '%s': there is no workspace to find it in",
		    b->target);
	image = arena_alloc(a, sizeof(*image));
	if (p->setup->picture(p->setup->picture_context, t->path, b->target, a,
		image, e))
		return -1;
	b->image = image;
	if (!keeps)
		return 0;
	k = arena_alloc(a, sizeof(*k));
	*k = (struct kept){ t, arena_str(a, b->target), image, p->kept };
	p->kept = k;
	p->n++;
	return 0;
}

static int
image_find(struct pictures *p, const struct text *t, struct block *b,
    struct arena *letter, struct err *e)
{
	if (!b->alt[0])
		return err_set(e, ERR_USAGE,
		    "image '%s' has no alternative text; write what it says "
		    "between the brackets: ![...](%s)",
		    b->target, b->target);
	if (payment_is_asked(b->target) ||
	    strcmp(b->target, "qr:invoices") == 0 ||
	    strcmp(b->target, "qr:link") == 0)
		return 0;
	if (strcmp(b->target, "logo:") == 0) {
		b->image = p->setup->logo;
		if (!b->image)
			return err_set(e, ERR_USAGE,
			    "image 'logo:': there is no logo; set "
			    "creditor.logo in semonce.yaml or remove the "
			    "image");
		return 0;
	}
	if (strcmp(b->target, "signature:") == 0) {
		b->image = p->setup->signature;
		if (!b->image)
			return err_set(e, ERR_USAGE,
			    "image 'signature:': there is none; set "
			    "creditor.signature in semonce.yaml, or put the "
			    "image between {{#creditor.has_signature}} and "
			    "{{/creditor.has_signature}}");
		return 0;
	}
	return file_find(p, t, b, letter, e);
}

int
pictures_find(struct pictures *p, const struct text *t, struct block *root,
    struct arena *letter, struct err *e)
{
	for (struct block *b = root; b; b = b->next) {
		if (b->kind == BLOCK_IMAGE && image_find(p, t, b, letter, e))
			return text_blame(t, b->target, false, e);
		if (pictures_find(p, t, b->children, letter, e))
			return -1;
	}
	return 0;
}
