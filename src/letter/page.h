/*
 * page: a letter as placed glyphs; what letter/ hands to pdf/ and draw/.
 *
 * Units: "pu", 1/1024 point, as integers. Origin: top left of the sheet, y
 * grows downwards. Everything lives in the letter's arena except the fonts,
 * which live as long as the letter engine.
 *
 * The structure tree (PDF/UA) is nodes[], parents before children, node 0 is
 * the Document. An item belongs to a node, or is an artifact (node -1).
 * Items stand in reading order.
 */
#ifndef LETTER_PAGE_H
#define LETTER_PAGE_H

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/str.h"

#define PU_PER_PT     1024
#define PU_PER_MM(mm) ((int32_t)((mm)*72.0 * PU_PER_PT / 25.4 + 0.5))

struct page_box { /* pu */
	int32_t x, y, w, h;
};

/* A font file in use; one per face, shared by all letters of a run. */
struct page_font {
	hb_face_t *face;  /* whole font, for subsetting */
	const char *path; /* font file, for previews */
	unsigned index;   /* face in that file */
	const char *name; /* PostScript name */
	unsigned upem;
	bool rare; /* of another family than the letters */
};

enum page_tag {
	TAG_DOCUMENT,
	TAG_DIV,
	TAG_H1,
	TAG_H2,
	TAG_H3,
	TAG_H4,
	TAG_P,
	TAG_QUOTE, /* BlockQuote */
	TAG_LIST,  /* L */
	TAG_ITEM,  /* LI */
	TAG_LABEL, /* Lbl */
	TAG_LBODY, /* LBody */
	TAG_TABLE,
	TAG_TR,
	TAG_TH, /* column header unless row_header */
	TAG_TD,
	TAG_FIGURE,
	TAG_LINK,
	TAG_SPAN
};

struct page_node {
	enum page_tag tag;
	int parent;       /* -1 for node 0 only */
	const char *alt;  /* for FIGURE (required) and LINK (Contents) */
	const char *url;  /* for LINK */
	unsigned colspan; /* of TH, TD; 0 and 1 are one */
	bool row_header;
};

struct page_glyph {
	uint32_t gid;     /* in the whole font */
	int32_t advance;  /* pu, kerning included */
	int32_t dx, dy;   /* pu, offset from the pen, y downwards */
	uint32_t cluster; /* byte offset of its text in the run */
};

/* Glyphs of one font and size on one baseline. */
struct page_run {
	unsigned font; /* index in page_doc.fonts */
	int32_t size;  /* pu */
	int32_t x, y;  /* pen at the baseline */
	uint32_t rgb;  /* 0xRRGGBB */
	const struct page_glyph *glyphs;
	size_t n_glyphs;
	const char *text; /* what extraction must give, UTF-8 */
	size_t text_len;
	bool soft_hyphen; /* the last glyph is a hyphen the text has not */
};

enum page_kind {
	PAGE_TEXT,
	PAGE_FILL,
	PAGE_IMAGE,
	PAGE_SYMBOL
};

/* A decoded picture, flattened on white. */
struct page_image {
	unsigned width, height; /* pixels */
	const uint8_t *rgb;     /* 3 bytes a pixel, rows from the top */
	int32_t w, h;           /* natural size; pu */
};

/* A QR symbol: modules without quiet zone, painted as one path or image. */
struct page_symbol {
	unsigned width;         /* modules a side */
	const uint8_t *modules; /* width * width; 1 is dark */
	unsigned quiet; /* modules of quiet zone inside the item's box */
};

struct page_item {
	enum page_kind kind;
	int node;            /* index in nodes, or -1: artifact */
	bool pagination;     /* artifact of kind header or footer */
	struct page_box box; /* text: line box; others: what is painted */
	const char *role;    /* "address", "return-line", "sender", "info",
				"subject", "body", "cell", "payment", "logo",
				"signature", "picture", "footer", "rule", "panel",
				"mark": for dumps and tests */
	uint32_t rgb;        /* PAGE_FILL */
	const struct page_run *runs; /* PAGE_TEXT, in reading order */
	size_t n_runs;
	const struct page_image *image;   /* PAGE_IMAGE */
	const struct page_symbol *symbol; /* PAGE_SYMBOL */
};

/* A clickable place; its LINK node has the url. */
struct page_link {
	int node;
	struct page_box box;
};

struct page {
	const struct page_item *items;
	size_t n_items;
	const struct page_link *links;
	size_t n_links;
};

/* A file inside the PDF (PDF/A-3 associated file). */
struct page_file {
	const char *name, *mime, *description;
	const char *relationship; /* "Data" or "Supplement" */
	const void *bytes;
	size_t n;
};

/* What a person should know of a letter that was made all the same. */
struct page_warning {
	uint32_t code_point; /* a character; one run need not hear twice */
	const char *text;
};

struct page_doc {
	int32_t width, height; /* of the sheet, pu */
	const struct page *pages;
	size_t n_pages;
	const struct page_node *nodes;
	size_t n_nodes;
	const struct page_font *const *fonts;
	size_t n_fonts;
	const char *title, *author;
	const char *lang; /* BCP 47, "fr-FR" */
	const char *date; /* YYYY-MM-DD, of the notice */
	uint8_t id[16];   /* of the notice; all 0: none, its bytes tell */
	const struct page_file *files;
	size_t n_files;
	const struct page_warning *warnings; /* not part of the letter */
	size_t n_warnings;
};

/*
 * Appends the placed items as text, one a line, millimetres with two
 * decimals: what golden tests compare. In a text stands \n where a line
 * ends; a word that is hyphenated may stand before it as a whole:
 *	page 1
 *	text  address  x y w h  "ACME SARL \n1 rue des Exemples"
 */
void page_dump(const struct page_doc *d, struct str *out);

#endif
