/*
 * cairo NOTICE.json...: the same letter drawn by pango and cairo, one PDF a
 * notice, the way one who knows both would: one font map, one layout, the
 * symbol as one path. What semonce is measured against (run.sh).
 *
 * It makes no archival, tagged or attached file: it has less to do.
 */
#include <jansson.h>
#include <pango/pangocairo.h>
#include <cairo-pdf.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#define MM     (72.0 / 25.4)
#define LEFT   (20 * MM)
#define RIGHT  (190 * MM)
#define TEXT   "Lato 9.5"
#define STRONG "Lato Bold 9.5"
#define SMALL  "Lato 7.5"

struct sheet {
	cairo_t *cr;
	PangoLayout *layout;
	PangoFontDescription *text, *strong, *small;
	size_t bytes;
};

/* Text with its top at y; returns the y below it. */
static double
put(struct sheet *s, const PangoFontDescription *font, double x, double y,
    double width, const char *text)
{
	int w, h;

	pango_layout_set_font_description(s->layout, font);
	pango_layout_set_width(s->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(s->layout, text, -1);
	cairo_move_to(s->cr, x, y);
	pango_cairo_show_layout(s->cr, s->layout);
	pango_layout_get_size(s->layout, &w, &h);
	return y + (double)h / PANGO_SCALE;
}

static const char *
word(const json_t *o, const char *group, const char *key)
{
	const char *s =
	    json_string_value(json_object_get(json_object_get(o, group), key));

	return s != NULL ? s : "";
}

/* « 1 234,56 € » */
static const char *
amount(const json_t *o, const char *key, char buf[48])
{
	json_int_t minor =
	    json_integer_value(json_object_get(json_object_get(o, key),
		"minor"));
	long long units = minor / 100, cents = minor % 100;

	if (units >= 1000)
		(void)snprintf(buf, 48, "%lld\u202f%03lld,%02lld\u00a0€",
		    units / 1000, units % 1000, cents);
	else
		(void)snprintf(buf, 48, "%lld,%02lld\u00a0€", units, cents);
	return buf;
}

static double
put_row(struct sheet *s, const PangoFontDescription *font, double y,
    const char *const cells[5])
{
	static const double edge[6] = { 20, 62, 92, 122, 156, 190 };
	double below = y;

	for (size_t i = 0; i < 5; i++) {
		double b;

		pango_layout_set_alignment(s->layout,
		    i < 3 ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
		b = put(s, font, edge[i] * MM, y + 2,
		    (edge[i + 1] - edge[i]) * MM, cells[i]);
		below = b > below ? b : below;
	}
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	cairo_move_to(s->cr, LEFT, below + 2);
	cairo_line_to(s->cr, RIGHT, below + 2);
	cairo_stroke(s->cr);
	return below + 2;
}

static double
put_table(struct sheet *s, const json_t *o, double y)
{
	static const char *const head[5] = { "Facture", "Émise le", "Échéance",
		"Montant TTC", "Reste dû" };
	const json_t *totals = json_object_get(o, "totals"), *row;
	char a[48], b[48];
	size_t i;

	y = put_row(s, s->strong, y, head);
	json_array_foreach(json_object_get(o, "invoices"), i, row)
	{
		const char *const cells[5] = {
			json_string_value(json_object_get(row, "number")),
			json_string_value(json_object_get(row, "issued")),
			json_string_value(json_object_get(row, "due")),
			amount(row, "amount", a), amount(row, "open", b)
		};

		y = put_row(s, s->text, y, cells);
	}
	return put_row(s, s->strong, y,
	    (const char *const[5]){
		"Total", "", "", "", amount(totals, "open", b) });
}

static void
put_symbol(struct sheet *s, const json_t *o, double x, double y)
{
	const json_t *totals = json_object_get(o, "totals");
	json_int_t minor =
	    json_integer_value(json_object_get(json_object_get(totals, "total"),
		"minor"));
	char text[400];
	double side;
	QRcode *qr;

	(void)snprintf(text, sizeof(text),
	    "BCD\n002\n1\nSCT\n%s\n%s\n%s\nEUR%lld.%02lld\n\n%s",
	    word(o, "payment", "bic"), word(o, "creditor", "name"),
	    word(o, "payment", "iban"), (long long)minor / 100,
	    (long long)minor % 100, word(o, "payment", "reference"));
	qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (qr == NULL)
		abort();
	side = 30 * MM / qr->width;
	for (int row = 0; row < qr->width; row++)
		for (int col = 0; col < qr->width; col++)
			if (qr->data[row * qr->width + col] & 1)
				cairo_rectangle(s->cr, x + col * side,
				    y + row * side, side, side);
	cairo_fill(s->cr);
	QRcode_free(qr);
}

static void
put_letter(struct sheet *s, const json_t *o)
{
	const json_t *lines =
	    json_object_get(json_object_get(o, "debtor"), "lines");
	const json_t *line;
	double y = 55 * MM, below;
	char text[1024], buf[48];
	size_t i;

	(void)put(s, s->strong, LEFT, 15 * MM, 80 * MM,
	    word(o, "creditor", "name"));
	json_array_foreach(lines, i, line) y =
	    put(s, s->text, 102 * MM, y, 88 * MM, json_string_value(line));
	(void)put(s, s->small, LEFT, 45 * MM, 68 * MM,
	    "Notre référence\nVotre code client\nVotre interlocuteur\nTéléphone\n"
	    "Courriel\nHoraires");
	(void)snprintf(text, sizeof(text), "Action requise, rappel : %s",
	    word(o, "notice", "invoices_label"));
	y = put(s, s->strong, LEFT, 100 * MM, RIGHT - LEFT, text) + 8;
	pango_layout_set_justify(s->layout, TRUE);
	(void)snprintf(text, sizeof(text),
	    "Sauf erreur de notre part, notre précédent rappel est resté sans "
	    "suite et la somme de %s, échue et détaillée ci-dessous, demeure "
	    "impayée.",
	    amount(json_object_get(o, "totals"), "open", buf));
	y = put(s, s->text, LEFT, y, RIGHT - LEFT, text) + 8;
	y = put_table(s, o, y) + 8;
	y = put(s, s->text, LEFT, y, RIGHT - LEFT,
		"Nous vous demandons de régler cette somme dès réception de cette "
		"lettre, en indiquant la référence ci-dessous. À défaut, nous "
		"serions conduits à vous adresser une mise en demeure par lettre "
		"recommandée, ce que nous souhaitons éviter.") +
	    8;
	put_symbol(s, o, LEFT, y);
	(void)snprintf(text, sizeof(text),
	    "Bénéficiaire  %s\nIBAN  %s\nBIC  %s\nMontant  %s\nRéférence  %s",
	    word(o, "creditor", "name"), word(o, "payment", "iban"),
	    word(o, "payment", "bic"), buf, word(o, "payment", "reference"));
	pango_layout_set_justify(s->layout, FALSE);
	below = put(s, s->text, LEFT + 40 * MM, y, 130 * MM, text);
	y = (below > y + 30 * MM ? below : y + 30 * MM) + 8;
	pango_layout_set_justify(s->layout, TRUE);
	(void)put(s, s->text, LEFT, y, RIGHT - LEFT,
	    "Si votre paiement s’est croisé avec cette lettre, nous vous prions "
	    "de ne pas en tenir compte. Si vous rencontrez une difficulté ou "
	    "contestez une facture, faites-le-nous savoir sans attendre : nous "
	    "chercherons avec vous une solution, par exemple un échéancier. "
	    "Nous vous prions d’agréer l’expression de nos salutations "
	    "distinguées.");
	pango_layout_set_justify(s->layout, FALSE);
	(void)put(s, s->small, LEFT, 282 * MM, RIGHT - LEFT,
	    word(o, "creditor", "registration"));
}

static cairo_status_t
count(void *closure, const unsigned char *data, unsigned n)
{
	struct sheet *s = closure;

	(void)data;
	s->bytes += n;
	return CAIRO_STATUS_SUCCESS;
}

static int
draw(struct sheet *s, const char *path)
{
	json_t *o = json_load_file(path, 0, NULL);
	cairo_surface_t *pdf =
	    cairo_pdf_surface_create_for_stream(count, s, 210 * MM, 297 * MM);
	cairo_status_t status;

	if (o == NULL) {
		(void)fprintf(stderr, "%s: not JSON\n", path);
		return -1;
	}
	s->cr = cairo_create(pdf);
	cairo_set_line_width(s->cr, 0.4);
	s->layout = pango_cairo_create_layout(s->cr);
	put_letter(s, o);
	g_object_unref(s->layout);
	cairo_show_page(s->cr);
	cairo_destroy(s->cr);
	cairo_surface_finish(pdf);
	status = cairo_surface_status(pdf);
	cairo_surface_destroy(pdf);
	json_decref(o);
	return status == CAIRO_STATUS_SUCCESS ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct sheet s = {
		.text = pango_font_description_from_string(TEXT),
		.strong = pango_font_description_from_string(STRONG),
		.small = pango_font_description_from_string(SMALL),
	};

	for (int i = 1; i < argc; i++)
		if (draw(&s, argv[i]) != 0)
			return 1;
	(void)printf("%d letters, %zu bytes\n", argc - 1, s.bytes);
	return 0;
}
