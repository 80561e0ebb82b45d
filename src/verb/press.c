#include "verb/press.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "draw/picture.h"
#include "ledger/archive.h"
#include "letter/letter.h"
#include "pdf/document.h"
#include "send/message.h"
#include "verb/enclosure.h"
#include "verb/json.h"
#include "verb/notice_data.h"
#include "verb/notice_language.h"
#include "verb/notice_words.h"
#include "verb/pictures.h"
#include "verb/warn.h"

/* At 300 dots an inch: 15 mm and 18 mm, the most a letter shows of them. */
#define LOGO_PIXELS        177
#define SIGNATURE_PIXELS   213
#define DOCUMENT_MAX_BYTES ((size_t)32 << 20)

/* More than that of invoices is in the letter only: many servers take 20 MB,
 * and the mail has them twice, a third longer. */
#define BESIDE_MAX_BYTES ((size_t)5 << 20)

struct press {
	struct workspace *w;
	struct arena *setup;  /* lives as long as the press */
	struct arena *letter; /* of one notice, then reset */
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct str pdf, json, mail, print;
	struct warn *warn;
};

/* A picture that semonce.yaml names; NULL if it names none. */
static int
load_picture(const char *dir, const char *name, int high, struct arena *a,
    const struct page_image **out, struct err *e)
{
	struct page_image *image = arena_alloc(a, sizeof(*image));

	*out = NULL;
	if (name[0] == '\0')
		return 0;
	*out = image;
	return picture_load_small(arena_fmt(a, "%s/%s", dir, name), high, a,
	    image, e);
}

int
press_setup(const struct call *c, const struct config *config, struct arena *a,
    struct letter_setup *out, struct err *e)
{
	const char **fonts = arena_array(a, config->n_fonts, sizeof(*fonts));
	const struct creditor *k = &config->creditor;

	for (size_t i = 0; i < config->n_fonts; i++)
		fonts[i] = arena_fmt(a, "%s/%s", c->dir, config->fonts[i]);
	*out = (struct letter_setup){
		.layouts = arena_fmt(a, "%s/layouts", c->data),
		.own = arena_fmt(a, "%s/letters", c->dir),
		.fonts = arena_fmt(a, "%s/fonts/fonts.conf", c->data),
		.own_fonts = { .files = fonts,
		    .n = config->n_fonts,
		    .family = config->font },
		.page = config->page,
		.logo_alt = k->name,
		.picture = pictures_read,
		.picture_context = c->dir,
	};
	if (load_picture(c->dir, k->logo, LOGO_PIXELS, a, &out->logo, e) != 0)
		return err_add(e, "semonce.yaml: creditor.logo");
	if (load_picture(c->dir, k->signature, SIGNATURE_PIXELS, a,
		&out->signature, e) != 0)
		return err_add(e, "semonce.yaml: creditor.signature");
	return 0;
}

void
press_sign(const struct letter_setup *s, json_t *data)
{
	json_t *creditor = json_object_get(data, "creditor");

	if (creditor != NULL)
		(void)json_object_set_new(creditor, "has_signature",
		    json_boolean(s->signature != NULL));
}

int
press_open(struct workspace *w, struct press **out, struct err *e)
{
	struct press *p = mem_alloc(sizeof(*p));
	struct letter_setup setup;

	p->w = w;
	p->warn = warn_new();
	p->setup = arena_new();
	p->letter = arena_new();
	str_init(&p->pdf, DOCUMENT_MAX_BYTES);
	str_init(&p->json, DOCUMENT_MAX_BYTES);
	str_init(&p->mail, 2 * DOCUMENT_MAX_BYTES);
	str_init(&p->print, DOCUMENT_MAX_BYTES);
	if (press_setup(w->call, &w->config, p->setup, &setup, e) != 0 ||
	    letter_engine_new(&setup, &p->engine, e) != 0 ||
	    pdf_writer_new(&p->writer, e) != 0) {
		press_close(p);
		return -1;
	}
	*out = p;
	return 0;
}

void
press_close(struct press *p)
{
	if (p == NULL)
		return;
	if (p->writer != NULL)
		pdf_writer_free(p->writer);
	if (p->engine != NULL)
		letter_engine_free(p->engine);
	str_done(&p->pdf);
	str_done(&p->json);
	str_done(&p->mail);
	str_done(&p->print);
	warn_free(p->warn);
	arena_free(p->letter);
	arena_free(p->setup);
	free(p);
}

static struct letter_choice
choice(const struct press *p, const struct notice *n)
{
	return (struct letter_choice){
		.name = n->letter,
		.lang = notice_language(p->w, n),
		.tone = n->tone,
		.consumer = n->debtor->kind == DEBTOR_CONSUMER,
	};
}

int
press_basis(struct press *p, const struct notice *n, char out[SHA256_HEX_SIZE],
    struct err *e)
{
	const struct config *config = &p->w->config;
	const struct creditor *k = &config->creditor;
	const struct account *account = config_account(config, n->currency);
	struct letter_choice c = choice(p, n);
	uint8_t hash[SHA256_SIZE];
	struct str s;
	int rc;

	str_init(&s, DOCUMENT_MAX_BYTES);
	str_fmt(&s, "%s\n%s\n%s\n%s\n%s\n%s\n%s\n", k->name, k->form,
	    k->capital, k->registration, k->vat, k->phone, k->email);
	str_fmt(&s, "%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n", k->hours, k->country,
	    k->signatory, k->signatory_title, k->logo, k->signature,
	    config->payment_link, config->smtp_from);
	str_fmt(&s, "%s\n%s\n%s\n%s\n", k->contact, k->mediator,
	    k->mediator_address, k->mediator_url);
	str_fmt(&s, "%d\n%d\n%s\n", config->action_required,
	    config->qr_per_invoice, config->font);
	str_fmt(&s, "%s\n%s\n", debtor_kind_name(n->debtor->kind), c.lang);
	for (size_t i = 0; i < k->n_address; i++)
		str_fmt(&s, "%s\n", k->address[i]);
	if (account != NULL)
		str_fmt(&s, "%s\n%s\n", account->iban, account->bic);
	for (size_t i = 0; account != NULL && i < account->n_methods; i++)
		str_fmt(&s, "%s\n", account->methods[i]);
	for (size_t i = 0; i < n->n_lines; i++)
		if (n->lines[i].role == LINE_DEMANDED)
			str_fmt(&s, "%s\n", n->lines[i].file_sha256);
	rc = letter_source(p->engine, &c, &s, e);
	if (rc == 0)
		rc = hash_sha256(p->w->hasher, s.p, s.len, hash, e);
	if (rc == 0)
		(void)hash_hex(hash, out);
	str_done(&s);
	return rc;
}

static const struct position *
find_position(const struct book *b, const struct notice *n)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->positions[i].debtor->code, n->debtor->code) ==
			0 &&
		    strcmp(b->positions[i].currency, n->currency) == 0)
			return &b->positions[i];
	return NULL;
}

static int
make_json(struct press *p, const json_t *data, struct err *e)
{
	char *text = json_dumps(data, JSON_INDENT(2));

	str_clear(&p->json);
	str_puts(&p->json, text);
	str_putc(&p->json, '\n');
	free(text);
	if (p->json.over)
		return err_set(e, ERR_DATA,
		    "the data of the letter are too "
		    "large");
	return 0;
}

/* A notice on its way to its documents. */
struct sheet {
	const struct outbox_row *row;
	struct letter_choice choice;
	struct enclosures enclosures;
	json_t *data;
	struct page_doc doc;
};

static int
make_pdf(struct press *p, struct sheet *s, struct err *e)
{
	const struct enclosures *x = &s->enclosures;
	struct page_file *files =
	    arena_array(p->letter, x->n + 1, sizeof(*files));
	uint8_t hash[SHA256_SIZE];

	for (size_t i = 0; i < x->n; i++)
		files[i] = (struct page_file){
			.name = x->list[i].name,
			.mime = x->list[i].mime,
			.description = x->list[i].description,
			.relationship = "Supplement",
			.bytes = x->list[i].bytes,
			.n = x->list[i].n,
		};
	files[x->n] = (struct page_file){
		.name = "notice.json",
		.mime = "application/json",
		.description = "Data of this notice",
		.relationship = "Data",
		.bytes = p->json.p,
		.n = p->json.len,
	};
	if (hash_sha256(p->w->hasher, p->json.p, p->json.len, hash, e) != 0)
		return -1;
	memcpy(s->doc.id, hash, sizeof(s->doc.id));
	s->doc.files = files;
	s->doc.n_files = x->n + 1;
	str_clear(&p->pdf);
	return pdf_write(p->writer, &s->doc, &p->pdf, e);
}

/*
 * The letter, and the invoices once more beside it: few programs show what
 * lies inside a PDF.
 */
static struct message_file *
mail_files(struct press *p, const struct sheet *s, const char *subject,
    size_t *n)
{
	const struct enclosures *x = &s->enclosures;
	struct message_file *files =
	    arena_array(p->letter, x->n + 1, sizeof(*files));

	files[0] = (struct message_file){
		.name = arena_fmt(p->letter, "%s.pdf",
		    words_file_name(subject, s->row->notice.id, p->letter)),
		.mime = "application/pdf",
		.bytes = p->pdf.p,
		.n = p->pdf.len,
	};
	*n = 1;
	for (size_t i = 0; i < x->n && x->bytes <= BESIDE_MAX_BYTES; i++)
		files[(*n)++] = (struct message_file){
			.name = x->list[i].name,
			.mime = x->list[i].mime,
			.bytes = x->list[i].bytes,
			.n = x->list[i].n,
		};
	return files;
}

static int
make_mail(struct press *p, const struct sheet *s, struct err *e)
{
	const struct config *config = &p->w->config;
	const struct notice *n = &s->row->notice;
	char date[DATE_SIZE];
	struct letter_mail m;
	struct message mail;

	if (letter_mail(p->engine, &s->choice, s->data, p->letter, &m, e) != 0)
		return -1;
	mail = (struct message){
		.notice = n->id,
		.from_name = config->creditor.name,
		.from = config->smtp_from[0] != '\0' ? config->smtp_from
						     : config->creditor.email,
		.to_name = n->debtor->name,
		.to = s->row->recipient,
		.date = date_fmt(n->on, date),
		.lang = s->choice.lang,
		.subject = m.subject,
		.text = m.text,
		.html = m.html,
	};
	mail.files = mail_files(p, s, m.subject, &mail.n_files);
	str_clear(&p->mail);
	return message_build(&mail, &p->mail, e);
}

/* What send will print is tried here, where a fault stops this one only. */
static int
try_print(struct press *p, const struct sheet *s, struct err *e)
{
	str_clear(&p->print);
	if (s->enclosures.pages == 0 ||
	    enclosure_print(&s->enclosures, &p->pdf, &p->print, e) == 0)
		return 0;
	e->kind = ERR_DATA;
	return -1;
}

static int
keep(struct press *p, enum document_role role, const struct str *bytes,
    struct document *out, struct err *e)
{
	if (archive_keep(p->w->call->dir, p->w->hasher, bytes,
		document_ext(role), out, e) != 0)
		return -1;
	out->role = role;
	return 0;
}

static int
print_sheet(struct press *p, struct sheet *s,
    struct document out[NOTICE_DOCUMENTS], size_t *n, struct err *e)
{
	bool paper = s->row->notice.channel != CHANNEL_EMAIL;
	size_t pages;

	*n = 0;
	enclosure_name(&s->enclosures, s->choice.lang, p->letter, s->data);
	if (letter_lay_out(p->engine, &s->choice, s->data, p->letter, &s->doc,
		e) != 0)
		return -1;
	warn_doc(p->warn, s->row->notice.id, &s->doc);
	pages = s->doc.n_pages + (paper ? s->enclosures.pages : 0);
	(void)json_object_set_new(s->data, "pages",
	    json_integer((json_int_t)pages));
	if (make_json(p, s->data, e) != 0 || make_pdf(p, s, e) != 0 ||
	    (paper && try_print(p, s, e) != 0) ||
	    keep(p, DOCUMENT_LETTER, &p->pdf, &out[(*n)++], e) != 0 ||
	    keep(p, DOCUMENT_DATA, &p->json, &out[(*n)++], e) != 0)
		return -1;
	if (paper)
		return 0;
	if (make_mail(p, s, e) != 0)
		return -1;
	return keep(p, DOCUMENT_MAIL, &p->mail, &out[(*n)++], e);
}

int
press_print(struct press *p, const struct outbox_row *row,
    const struct book *book, struct document out[NOTICE_DOCUMENTS], size_t *n,
    struct err *e)
{
	const struct notice *notice = &row->notice;
	struct sheet s = { .row = row, .choice = choice(p, notice) };
	const struct notice_source source = {
		.config = &p->w->config,
		.notice = notice,
		.position = find_position(book, notice),
		.lang = s.choice.lang,
	};
	int rc;

	arena_reset(p->letter);
	if (enclosure_load(p->w, notice, s.choice.lang, p->letter,
		&s.enclosures, e) != 0 ||
	    notice_data(&source, p->letter, &s.data, e) != 0)
		return -1;
	rc = print_sheet(p, &s, out, n, e);
	json_decref(s.data);
	return rc;
}

int
press_paper(struct press *p, const struct notice *n, const struct str *letter,
    const struct str **out, struct err *e)
{
	struct enclosures x;

	arena_reset(p->letter);
	if (enclosure_load(p->w, n, choice(p, n).lang, p->letter, &x, e) != 0)
		return -1;
	*out = letter;
	if (x.pages == 0)
		return 0;
	str_clear(&p->print);
	*out = &p->print;
	return enclosure_print(&x, letter, &p->print, e);
}
