#include "pdf/document.h"

#include <string.h>

#include "pdf/font.h"
#include "pdf/object.h"
#include "pdf/part.h"
#include "pdf/put.h"
#include "pdf/tag.h"

static const struct pdf_bytes none = { 0 };

/* Non-ASCII bytes of an address as %XX (RFC 3987, 3.1). */
static void
put_url(struct str *s, const char *url)
{
	const char *p;

	str_puts(s, "/A<</S/URI/URI(");
	for (p = url; *p != '\0'; p++) {
		if (*p < ' ' || *p > '~') {
			str_fmt(s, "%%%02X", (unsigned char)*p);
			continue;
		}
		if (*p == '(' || *p == ')' || *p == '\\')
			str_putc(s, '\\');
		str_putc(s, *p);
	}
	str_puts(s, ")>>");
}

static unsigned
write_link(struct pdf_file *f, size_t page, const struct page_link *link)
{
	const struct page_node *node;
	const struct page_box *b;
	struct str *s;
	int64_t height;
	unsigned object;

	node = &f->doc->nodes[link->node];
	object = pdf_object_new(f->objects);
	height = f->doc->height;
	b = &link->box;
	s = &f->w->dict;
	str_puts(s, "/Type/Annot/Subtype/Link/Rect[");
	pdf_put_milli(s, pdf_milli(b->x));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli(height - b->y - b->h));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli((int64_t)b->x + b->w));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli(height - b->y));
	str_puts(s, "]/Border[0 0 0]/F 4/StructParent ");
	pdf_put_int(s, pdf_tag_link(f, link->node, page, object));
	str_puts(s, "/Contents");
	pdf_put_text(s,
	    node->alt != NULL && *node->alt != '\0' ? node->alt : node->url);
	put_url(s, node->url);
	pdf_object_put(f->objects, object, s, none);
	return object;
}

static unsigned
write_content(struct pdf_file *f, size_t page)
{
	struct str *s;
	struct pdf_bytes bytes;
	unsigned object;

	s = &f->w->stream;
	str_clear(s);
	pdf_content_put(f, page, s);
	bytes = pdf_deflate(f->w, PDF_EFFORT_LETTER, s->p, s->len, f->a);
	object = pdf_object_new(f->objects);
	str_puts(&f->w->dict, "/Filter/FlateDecode");
	pdf_object_put(f->objects, object, &f->w->dict, bytes);
	return object;
}

/* Objects that others name. */
struct common {
	unsigned profile, catalog, tree, resources;
};

static void
write_page(struct pdf_file *f, size_t page, struct common common)
{
	const struct page *p;
	struct str *s;
	unsigned content, *links;
	size_t i;

	p = &f->doc->pages[page];
	content = write_content(f, page);
	links = arena_array(f->a, p->n_links, sizeof *links);
	for (i = 0; i < p->n_links; i++)
		links[i] = write_link(f, page, &p->links[i]);
	s = &f->w->dict;
	str_puts(s, "/Type/Page/Parent ");
	pdf_put_ref(s, common.tree);
	str_puts(s, "/MediaBox[0 0 ");
	pdf_put_milli(s, pdf_milli(f->doc->width));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli(f->doc->height));
	str_fmt(s,
	    "]/Resources %u 0 R/Contents %u 0 R/StructParents %zu/Tabs/S",
	    common.resources, content, page);
	if (p->n_links > 0) {
		str_puts(s, "/Annots[");
		for (i = 0; i < p->n_links; i++)
			pdf_put_ref(s, links[i]);
		str_putc(s, ']');
	}
	pdf_object_put(f->objects, f->page_objects[page], s, none);
}

static void
write_tree(struct pdf_file *f, struct common common)
{
	struct str *s;
	size_t i;

	s = &f->w->stream; /* fonts write their own objects meanwhile */
	str_clear(s);
	str_puts(s, "/Font<<");
	pdf_fonts_write(f, s);
	str_puts(s, ">>/XObject<<");
	pdf_image_resources(f, s);
	str_puts(s, ">>");
	pdf_object_put(f->objects, common.resources, s, none);
	str_fmt(&f->w->dict, "/Type/Pages/Count %zu/Kids[", f->doc->n_pages);
	for (i = 0; i < f->doc->n_pages; i++)
		pdf_put_ref(&f->w->dict, f->page_objects[i]);
	str_putc(&f->w->dict, ']');
	pdf_object_put(f->objects, common.tree, &f->w->dict, none);
}

/* As it is: programs that know no PDF look for it in the bytes. */
static unsigned
write_metadata(struct pdf_file *f)
{
	struct str *s;
	unsigned object;

	s = &f->w->stream;
	str_clear(s);
	pdf_meta_put(f->doc, s);
	object = pdf_object_new(f->objects);
	str_puts(&f->w->dict, "/Type/Metadata/Subtype/XML");
	pdf_object_put(f->objects, object, &f->w->dict,
	    (struct pdf_bytes){ s->p, s->len });
	return object;
}

static unsigned
write_profile(struct pdf_file *f)
{
	unsigned object;

	object = pdf_object_new(f->objects);
	str_puts(&f->w->dict, "/N 3/Filter/FlateDecode");
	pdf_object_put(f->objects, object, &f->w->dict, f->w->profile);
	return object;
}

static int
write_catalog(struct pdf_file *f, struct common common, struct err *e)
{
	struct str *s;
	unsigned metadata, tags;

	tags = pdf_tags_write(f);
	metadata = write_metadata(f);
	s = &f->w->stream; /* attachments write their own objects meanwhile */
	str_clear(s);
	str_fmt(s,
	    "/Type/Catalog/Pages %u 0 R/StructTreeRoot %u 0 R"
	    "/Metadata %u 0 R/Lang(%s)/MarkInfo<</Marked true>>"
	    "/ViewerPreferences<</DisplayDocTitle true>>",
	    common.tree, tags, metadata, f->doc->lang);
	str_fmt(s,
	    "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
	    "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
	    "/DestOutputProfile %u 0 R>>]",
	    common.profile);
	if (pdf_attach_put(f, s, e) == -1)
		return -1;
	pdf_object_put(f->objects, common.catalog, s, none);
	return 0;
}

static bool
is_named(const struct page_doc *d)
{
	static const uint8_t zero[sizeof d->id];

	return memcmp(d->id, zero, sizeof zero) != 0;
}

/*
 * What letters of a run have in common comes first: who hashes or compresses
 * one after the other meets it again.
 */
static int
write_file(struct pdf_file *f, const struct str *out, struct err *e)
{
	struct common common;
	uint8_t id[SHA256_SIZE];
	size_t i, own;

	if (pdf_fonts_make(f, e) == -1)
		return -1;
	common.profile = write_profile(f);
	pdf_fonts_write_bases(f);
	own = out->len;
	common.catalog = pdf_object_new(f->objects);
	common.tree = pdf_object_new(f->objects);
	common.resources = pdf_object_new(f->objects);
	f->page_objects =
	    arena_array(f->a, f->doc->n_pages, sizeof *f->page_objects);
	for (i = 0; i < f->doc->n_pages; i++)
		f->page_objects[i] = pdf_object_new(f->objects);
	pdf_tags_init(f);
	for (i = 0; i < f->doc->n_pages; i++)
		write_page(f, i, common);
	write_tree(f, common);
	if (write_catalog(f, common, e) == -1)
		return -1;
	/* The ID of a letter that brings none: that of its own bytes. */
	memcpy(id, f->doc->id, sizeof f->doc->id);
	if (!is_named(f->doc) &&
	    hash_sha256(f->w->hasher, out->p + own, out->len - own, id, e) ==
		-1)
		return -1;
	return pdf_objects_end(f->objects, common.catalog, id, e);
}

int
pdf_write(struct pdf_writer *w, const struct page_doc *d, struct str *out,
    struct err *e)
{
	struct pdf_file f = {
		.w = w,
		.doc = d,
		.a = w->letter,
		.objects = w->objects,
	};

	if (pdf_check(d, e) == -1)
		return -1;
	arena_reset(w->letter);
	str_clear(&w->dict);
	str_clear(&w->stream);
	pdf_objects_begin(w->objects, out);
	return write_file(&f, out, e);
}
