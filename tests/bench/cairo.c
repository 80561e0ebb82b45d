/*
 * cairo [-i] DATA.tsv DIR: the letter of bench.md drawn by pango and cairo,
 * one PDF file a debtor, the way one who knows both would: one context, texts
 * that do not change laid out once, one layout for all others, the symbol as
 * one path of runs (with -i: as an image). What semonce is measured against.
 *
 * Its data are worded and formatted already, and what it makes is no archival
 * and no tagged file: it has less to do.
 */
#include <assert.h>
#include <cairo-pdf.h>
#include <fcntl.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <qrencode.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MM      (72.0 / 25.4)
#define FONTS   "/usr/share/fonts/truetype/liberation/LiberationSans-"
#define COLUMNS 7
#define ROWS    3

/* Cells of a line of DATA.tsv. */
enum cell {
	ID,
	CLIENT,
	GREETING,
	LINES,
	INVOICES = LINES + 4,
	SUMS = INVOICES + ROWS * COLUMNS,
	AMOUNT = SUMS + 3,
	REFERENCE,
	REFERENCE_PRINTED,
	CELLS
};

enum font {
	TEXT,
	STRONG,
	NAME,
	CELL,
	HEAD,
	SMALL,
	FONTS_N
};

static const char *const fonts[FONTS_N] = {
	[TEXT] = "Liberation Sans 10",
	[STRONG] = "Liberation Sans Bold 10",
	[NAME] = "Liberation Sans Bold 12",
	[CELL] = "Liberation Sans 9",
	[HEAD] = "Liberation Sans Bold 9",
	[SMALL] = "Liberation Sans 7",
};

/* Texts that all letters share. */
enum still {
	SENDER,
	ADDRESS,
	TOTAL,
	HEADS,
	PAY = HEADS + COLUMNS,
	ACCOUNT,
	SIGNATURE,
	FOOTER,
	STILLS
};

static const struct {
	enum font font;
	PangoAlignment align;
	double width; /* mm; 0: one line */
	const char *text;
} stills[STILLS] = {
	[SENDER] = { NAME, PANGO_ALIGN_LEFT, 0, "Papeterie Orvanne" },
	[ADDRESS] = { CELL, PANGO_ALIGN_LEFT, 0,
	    "12 rue des Exemples\n69990 Villefictive\nTéléphone 04 65 71 00 "
	    "00\ncompta@orvanne.example.com" },
	[TOTAL] = { HEAD, PANGO_ALIGN_LEFT, 0, "Total" },
	[HEADS] = { HEAD, PANGO_ALIGN_LEFT, 27, "Facture" },
	{ HEAD, PANGO_ALIGN_LEFT, 20, "Émise le" },
	{ HEAD, PANGO_ALIGN_LEFT, 20, "Échéance" },
	{ HEAD, PANGO_ALIGN_RIGHT, 26, "Montant TTC" },
	{ HEAD, PANGO_ALIGN_RIGHT, 19, "Retard (j)" },
	{ HEAD, PANGO_ALIGN_RIGHT, 18, "Intérêts" },
	{ HEAD, PANGO_ALIGN_RIGHT, 26, "Total dû" },
	[PAY] = { STRONG, PANGO_ALIGN_LEFT, 0, "Payer par virement" },
	[ACCOUNT] = { CELL, PANGO_ALIGN_LEFT, 0,
	    "Bénéficiaire : Papeterie Orvanne\nIBAN : FR76 3000 6000 0112 "
	    "3456 7890 189\nBIC : EXMPFRPPXXX" },
	[SIGNATURE] = { TEXT, PANGO_ALIGN_LEFT, 0,
	    "Le service comptabilité\nPapeterie Orvanne" },
	[FOOTER] = { SMALL, PANGO_ALIGN_CENTER, 170,
	    "Papeterie Orvanne, SAS au capital de 50 000 € · RCS Villefictive "
	    "000 000 000\n12 rue des Exemples, 69990 Villefictive · TVA "
	    "FR00000000000" },
};

static const double edges[COLUMNS + 1] = { 20, 49, 71, 93, 121, 142, 162, 190 };

struct sheet {
	bool image; /* the symbol */
	PangoContext *context;
	PangoFontDescription *fonts[FONTS_N];
	PangoLayout *stills[STILLS];
	PangoLayout *layout; /* for all other texts */
	int font;            /* of it; -1: none yet */
	cairo_t *cr;
	char *bytes;
	size_t n, cap;
};

static void
set_up(struct sheet *s)
{
	FcConfig *config = FcConfigCreate();
	PangoFontMap *map =
	    pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	cairo_font_options_t *options = cairo_font_options_create();

	if (!FcConfigAppFontAddFile(config,
		(const FcChar8 *)FONTS "Regular.ttf") ||
	    !FcConfigAppFontAddFile(config,
		(const FcChar8 *)FONTS "Bold.ttf")) {
		(void)fputs("cairo: install fonts-liberation\n", stderr);
		exit(1);
	}
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
	s->context = pango_font_map_create_context(map);
	pango_context_set_language(s->context,
	    pango_language_from_string("fr"));
	pango_context_set_round_glyph_positions(s->context, FALSE);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(s->context, options);
	for (size_t i = 0; i < FONTS_N; i++)
		s->fonts[i] = pango_font_description_from_string(fonts[i]);
	for (size_t i = 0; i < STILLS; i++) {
		PangoLayout *l = pango_layout_new(s->context);

		pango_layout_set_font_description(l, s->fonts[stills[i].font]);
		if (stills[i].width > 0)
			pango_layout_set_width(l,
			    (int)(stills[i].width * MM * PANGO_SCALE));
		pango_layout_set_alignment(l, stills[i].align);
		pango_layout_set_text(l, stills[i].text, -1);
		s->stills[i] = l;
	}
	s->layout = pango_layout_new(s->context);
	s->font = -1;
}

static void
put_still(struct sheet *s, enum still which, double x, double y)
{
	cairo_move_to(s->cr, x * MM, y * MM);
	pango_cairo_show_layout(s->cr, s->stills[which]);
}

/* Text of this width in mm, its top left corner at x, y. */
static void
put(struct sheet *s, enum font font, double x, double y, double width,
    const char *text)
{
	if (s->font != (int)font)
		pango_layout_set_font_description(s->layout, s->fonts[font]);
	s->font = (int)font;
	pango_layout_set_width(s->layout, (int)(width * MM * PANGO_SCALE));
	pango_layout_set_text(s->layout, text, -1);
	cairo_move_to(s->cr, x * MM, y * MM);
	pango_cairo_show_layout(s->cr, s->layout);
}

/* The same, justified; returns the y below it. */
static double
put_paragraph(struct sheet *s, double y, const char *text)
{
	int w, h;

	pango_layout_set_justify(s->layout, TRUE);
	put(s, TEXT, 20, y, 170, text);
	pango_layout_set_justify(s->layout, FALSE);
	pango_layout_get_size(s->layout, &w, &h);
	return y + h / (MM * PANGO_SCALE) + 2.2;
}

static void
put_cell(struct sheet *s, enum font font, size_t column, double y,
    const char *text)
{
	pango_layout_set_alignment(s->layout,
	    column < 3 ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
	put(s, font, edges[column] + 1, y + 1.2,
	    edges[column + 1] - edges[column] - 2, text);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
}

static double
put_rule(struct sheet *s, double y, double width)
{
	cairo_set_line_width(s->cr, width);
	cairo_move_to(s->cr, 20 * MM, y * MM);
	cairo_line_to(s->cr, 190 * MM, y * MM);
	cairo_stroke(s->cr);
	return y;
}

static double
put_table(struct sheet *s, char *const cells[CELLS], double y)
{
	static const size_t summed[] = { 3, 5, 6 };

	(void)put_rule(s, y, 0.8);
	for (size_t i = 0; i < COLUMNS; i++)
		put_still(s, (enum still)(HEADS + i), edges[i] + 1, y + 1.2);
	y = put_rule(s, y + 6, 0.8);
	for (size_t k = 0; k < ROWS; k++) {
		for (size_t i = 0; i < COLUMNS; i++)
			put_cell(s, CELL, i, y,
			    cells[INVOICES + k * COLUMNS + i]);
		y = put_rule(s, y + 6, 0.3);
	}
	put_still(s, TOTAL, 21, y + 1.2);
	for (size_t i = 0; i < 3; i++)
		put_cell(s, HEAD, summed[i], y, cells[SUMS + i]);
	return put_rule(s, y + 6, 0.8) + 4;
}

static void
put_symbol_image(struct sheet *s, const QRcode *qr, double x, double y)
{
	static unsigned char bits[177 * 32];
	int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A1, qr->width);
	cairo_surface_t *image;
	cairo_pattern_t *pattern;

	assert(qr->width <= 177);
	memset(bits, 0, sizeof(bits));
	for (int row = 0; row < qr->width; row++)
		for (int i = 0; i < qr->width; i++)
			if (qr->data[row * qr->width + i] & 1)
				bits[row * stride + i / 8] |=
				    (unsigned char)(1 << i % 8);
	image = cairo_image_surface_create_for_data(bits, CAIRO_FORMAT_A1,
	    qr->width, qr->width, stride);
	pattern = cairo_pattern_create_for_surface(image);
	cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
	cairo_save(s->cr);
	cairo_translate(s->cr, x, y);
	cairo_scale(s->cr, 30 * MM / qr->width, 30 * MM / qr->width);
	cairo_mask(s->cr, pattern);
	cairo_restore(s->cr);
	cairo_pattern_destroy(pattern);
	cairo_surface_finish(image);
	cairo_surface_destroy(image);
}

static void
put_symbol_path(struct sheet *s, const QRcode *qr, double x, double y)
{
	double side = 30 * MM / qr->width;

	for (int row = 0; row < qr->width; row++) {
		const unsigned char *modules =
		    qr->data + (size_t)row * (size_t)qr->width;

		for (int i = 0, from; i < qr->width; i++) {
			from = i;
			while (i < qr->width && modules[i] & 1)
				i++;
			if (i > from)
				cairo_rectangle(s->cr, x + from * side,
				    y + row * side, (i - from) * side, side);
		}
	}
	cairo_fill(s->cr);
}

static void
put_payment(struct sheet *s, char *const cells[CELLS], double y)
{
	char text[400];
	QRcode *qr;

	cairo_set_line_width(s->cr, 0.6);
	cairo_rectangle(s->cr, 20 * MM, y * MM, 170 * MM, 36 * MM);
	cairo_stroke(s->cr);
	(void)snprintf(text, sizeof(text),
	    "BCD\n002\n1\nSCT\n\nPapeterie Orvanne\n"
	    "FR7630006000011234567890189\n%s\n\n%s",
	    cells[AMOUNT], cells[REFERENCE]);
	qr = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	assert(qr != NULL);
	if (s->image)
		put_symbol_image(s, qr, 23 * MM, (y + 3) * MM);
	else
		put_symbol_path(s, qr, 23 * MM, (y + 3) * MM);
	QRcode_free(qr);
	put_still(s, PAY, 58, y + 4);
	put_still(s, ACCOUNT, 58, y + 10);
	(void)snprintf(text, sizeof(text), "Montant : %s\nRéférence : %s",
	    cells[SUMS + 2], cells[REFERENCE_PRINTED]);
	put(s, CELL, 58, y + 22.5, 130, text);
}

static double
put_words(struct sheet *s, char *const cells[CELLS], double y)
{
	char text[2000];

	(void)snprintf(text, sizeof(text),
	    "Nous revenons vers vous, %s, au sujet de notre rappel du 12 "
	    "février 2026, auquel nous n’avons reçu aucune réponse. Sauf erreur "
	    "de notre part, les trois factures ci-dessous n’ont pas été "
	    "réglées : il reste dû %s, sans compter les intérêts.",
	    cells[GREETING], cells[SUMS]);
	y = put_paragraph(s, y, text);
	y = put_paragraph(s, y,
	    "Ainsi que le prévoient l’article L. 441-10 du code de commerce et "
	    "nos conditions générales, chaque somme payée après son échéance "
	    "porte intérêt au taux annuel de 12,37 %, de plein droit et sans "
	    "autre rappel, à compter du lendemain de cette échéance.");
	(void)snprintf(text, sizeof(text),
	    "Merci de nous faire parvenir %s avant le 27 mars 2026, par virement "
	    "ou avec le code ci-dessous. Si votre paiement est déjà parti, ne "
	    "tenez pas compte de cette lettre ; si une difficulté vous en "
	    "empêche, appelez-nous : nous chercherons ensemble un échéancier "
	    "avant que le dossier ne soit confié à notre conseil.",
	    cells[SUMS + 2]);
	return put_paragraph(s, y, text);
}

static void
put_letter(struct sheet *s, char *const cells[CELLS])
{
	char text[1000];
	double y;

	put_still(s, SENDER, 20, 15);
	put_still(s, ADDRESS, 20, 21);
	(void)snprintf(text, sizeof(text), "%s\n%s\n%s\n%s", cells[LINES],
	    cells[LINES + 1], cells[LINES + 2], cells[LINES + 3]);
	put(s, TEXT, 110, 50, 80, text);
	(void)snprintf(text, sizeof(text), "Dossier : %s\nClient : %s",
	    cells[ID], cells[CLIENT]);
	put(s, CELL, 20, 84, 80, text);
	put(s, TEXT, 110, 84, 80, "Villefictive, le 12 mars 2026");
	(void)snprintf(text, sizeof(text),
	    "Deuxième rappel : trois factures à régler (dossier %s)",
	    cells[ID]);
	put(s, STRONG, 20, 97, 170, text);
	(void)snprintf(text, sizeof(text), "%s,", cells[GREETING]);
	put(s, TEXT, 20, 106, 170, text);
	y = put_words(s, cells, 113.5) + 2;
	y = put_table(s, cells, y);
	put_payment(s, cells, y);
	(void)snprintf(text, sizeof(text),
	    "Nous vous prions d’agréer, %s, l’expression de nos salutations "
	    "distinguées.",
	    cells[GREETING]);
	y = put_paragraph(s, y + 41, text);
	put_still(s, SIGNATURE, 110, y + 3);
	(void)put_rule(s, 281, 0.3);
	put_still(s, FOOTER, 20, 282.5);
}

static cairo_status_t
keep(void *closure, const unsigned char *data, unsigned n)
{
	struct sheet *s = closure;

	if (s->n + n > s->cap) {
		s->cap = 2 * (s->n + n);
		s->bytes = realloc(s->bytes, s->cap);
		assert(s->bytes != NULL);
	}
	memcpy(s->bytes + s->n, data, n);
	s->n += n;
	return CAIRO_STATUS_SUCCESS;
}

static int
write_letter(struct sheet *s, char *const cells[CELLS], const char *dir)
{
	cairo_surface_t *pdf;
	char path[4096];
	int fd;
	bool good;

	s->n = 0;
	pdf = cairo_pdf_surface_create_for_stream(keep, s, 210 * MM, 297 * MM);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE,
	    "Deuxième rappel");
	s->cr = cairo_create(pdf);
	put_letter(s, cells);
	cairo_show_page(s->cr);
	cairo_destroy(s->cr);
	cairo_surface_finish(pdf);
	good = cairo_surface_status(pdf) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(pdf);
	(void)snprintf(path, sizeof(path), "%s/%s.pdf", dir, cells[ID]);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	good = good && fd != -1 && write(fd, s->bytes, s->n) == (ssize_t)s->n;
	if (fd != -1)
		(void)close(fd);
	return good ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct sheet s = { 0 };
	char *line = NULL, *cells[CELLS], *rest;
	size_t cap = 0, n;
	FILE *data;

	s.image = argc == 4 && strcmp(argv[1], "-i") == 0;
	if (argc != 3 + s.image || (data = fopen(argv[argc - 2], "re")) == NULL)
		return 2;
	set_up(&s);
	while (getline(&line, &cap, data) > 0) {
		rest = line;
		line[strcspn(line, "\n")] = '\0';
		for (n = 0; n < CELLS && rest != NULL; n++)
			cells[n] = strsep(&rest, "\t");
		if (n != CELLS || write_letter(&s, cells, argv[argc - 1]) != 0)
			return 1;
	}
	(void)fclose(data);
	free(line);
	free(s.bytes);
	return 0;
}
