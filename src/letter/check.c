#include "letter/check.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "letter/kind.h"
#include "letter/markdown.h"
#include "letter/node.h"
#include "letter/payment.h"

#define STEPS          100000 /* nodes looked at for one text */
#define PARTIAL_DEPTH  16
#define BODY_MAX       ((size_t)4 << 20)
#define NAME_MAX_BYTES 256
#define FINDING_MAX    400

struct walk {
	const struct text *text;
	const struct template *template; /* or the partial at hand */
	const struct template *outer[PARTIAL_DEPTH];
	size_t depth, steps;
	struct view_stack stack;
	bool consumer;
	unsigned parts; /* of enum kind_part, seen so far */
	const struct check_list *list;
};

static void walk_nodes(struct walk *w, const struct node *node);

static void __attribute__((format(printf, 4, 5)))
report(const struct check_list *list, const char *file, unsigned line,
    const char *fmt, ...)
{
	char text[FINDING_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	list->add(list->context, file, line, text);
}

static bool
is_promised(const struct text *t, const struct node *node)
{
	for (size_t i = 0; node->name.n > 0 && i < t->n_data; i++)
		if (strcmp(node->name.parts[0], t->data[i]) == 0)
			return true;
	return false;
}

static bool
find_name(const struct walk *w, const struct node *node, struct view *out)
{
	*out = (struct view){ 0 };
	if (is_promised(w->text, node))
		return false;
	if (view_find(&w->stack, &node->name, out))
		return true;
	report(w->list, w->template->name, node->line,
	    "unknown tag {{%.80s}}: correct the name, or list it under 'data' "
	    "in the head if the data of a mailing bring it",
	    node->tag);
	return false;
}

static void
see_tag(struct walk *w, const struct node *node)
{
	w->parts |= kind_parts_of(node->tag);
	if (w->consumer && kind_is_fee(node->tag))
		report(w->list, w->template->name, node->line,
		    "{{%.80s}}: a consumer gets this and owes no fee; take it "
		    "away, or write another text for them, NAME.consumer.md",
		    node->tag);
}

static void
walk_value(const struct walk *w, const struct node *node)
{
	struct view v;

	if (!find_name(w, node, &v))
		return;
	if (json_is_array(v.value))
		report(w->list, w->template->name, node->line,
		    "{{%.80s}} is a list: open a section with {{#%.80s}}",
		    node->tag, node->tag);
	else if (json_is_boolean(v.value))
		report(w->list, w->template->name, node->line,
		    "{{%.80s}} is yes or no: open a section with {{#%.80s}}",
		    node->tag, node->tag);
	else if (json_is_object(v.value) &&
	    json_object_get(v.value, "minor") == NULL)
		report(w->list, w->template->name, node->line,
		    "{{%.80s}} holds several values: name one of them",
		    node->tag);
}

static void
walk_section(struct walk *w, const struct node *node)
{
	struct view v;
	const bool consumer = w->consumer;
	bool inside = find_name(w, node, &v) && node->kind == NODE_SECTION &&
	    w->stack.n <= VIEW_DEPTH;

	if (json_is_array(v.value))
		v.value = json_array_get(v.value, 0);
	if (inside)
		w->stack.frames[w->stack.n++] = v;
	if (inside && kind_is_fee_claimed(node->tag))
		w->consumer = false; /* whom the law gives one from pays it */
	walk_nodes(w, node->children);
	w->consumer = consumer;
	if (inside)
		w->stack.n--;
}

/* A partial inside itself says nothing new. */
static void
walk_partial(struct walk *w, const struct node *node)
{
	const struct template *content = node->partial->content;

	for (size_t i = 0; i < w->depth; i++)
		if (w->outer[i] == content)
			return;
	if (content == NULL || content == w->template ||
	    w->depth == PARTIAL_DEPTH)
		return;
	w->outer[w->depth++] = w->template;
	w->template = content;
	walk_nodes(w, content->first);
	w->template = w->outer[--w->depth];
}

static void
walk_nodes(struct walk *w, const struct node *node)
{
	for (; node != NULL && w->steps < STEPS; node = node->next) {
		w->steps++;
		switch (node->kind) {
		case NODE_TEXT:
			break;
		case NODE_VALUE:
			see_tag(w, node);
			walk_value(w, node);
			break;
		case NODE_SECTION:
		case NODE_INVERTED:
			see_tag(w, node);
			walk_section(w, node);
			break;
		case NODE_PARTIAL:
			walk_partial(w, node);
			break;
		}
	}
}

/* Returns the parts it has. */
static unsigned
walk_template(const struct text *t, const struct template *part, bool consumer,
    const json_t *sample, const struct check_list *list)
{
	struct walk w = {
		.text = t,
		.template = part,
		.stack = { .frames = { { .value = sample, .key = "" } },
		    .n = 1 },
		.consumer = consumer,
		.list = list,
	};

	walk_nodes(&w, part->first);
	return w.parts;
}

/* Words of sentences: a table is figures. */
static size_t
count_words(const struct block *b)
{
	size_t n = 0;
	bool inside = false;

	for (; b != NULL; b = b->next) {
		if (b->kind == BLOCK_TABLE)
			continue;
		for (const struct span *s = b->spans; s != NULL; s = s->next)
			for (const char *p = s->text; *p != '\0'; p++) {
				bool letter = isalnum((unsigned char)*p) ||
				    (unsigned char)*p >= 0x80 ||
				    (inside && strchr("'-.,", *p) != NULL);

				n += letter && !inside;
				inside = letter;
			}
		inside = false;
		n += count_words(b->children);
	}
	return n;
}

/* The words of all blocks, and whether they show how to pay. */
static void
collect(const struct block *b, struct str *words, unsigned *parts)
{
	for (; b != NULL; b = b->next) {
		if (b->kind == BLOCK_IMAGE && payment_is_asked(b->target))
			*parts |= KIND_PAYMENT;
		for (const struct span *s = b->spans; s != NULL; s = s->next)
			str_puts(words, s->text);
		str_putc(words, '\n');
		collect(b->children, words, parts);
	}
}

/* What only a letter shows, made from the sample. */
struct trial {
	struct arena *arena;
	struct block *root;
	struct str subject, body, words;
};

/*
 * The sample of one who owes the debt alone, or claims besides: of these a
 * consumer owes no fee.
 */
static json_t *
trial_data(const json_t *sample, bool claims, bool consumer)
{
	json_t *data = json_copy((json_t *)sample);
	json_t *all = json_deep_copy(json_object_get(sample, "claims"));

	if (consumer && all != NULL) {
		(void)json_object_set_new(all, "has_fee", json_false());
		(void)json_object_set_new(all, "interest_law", json_string(""));
	}
	if (!claims) {
		json_decref(all);
		all = json_null();
	}
	if (all != NULL)
		(void)json_object_set_new(data, "claims", all);
	return data;
}

static int
trial_make(struct trial *r, const struct text *t, const char *lang,
    json_t *data)
{
	struct err e = { 0 };
	int rc = -1;

	r->arena = arena_new();
	str_init(&r->subject, BODY_MAX);
	str_init(&r->body, BODY_MAX);
	str_init(&r->words, BODY_MAX);
	if (template_expand(t->subject, data, lang, ESCAPE_NONE, &r->subject,
		&e) == 0 &&
	    template_expand(t->body, data, lang, ESCAPE_MARKDOWN, &r->body,
		&e) == 0)
		rc = markdown_parse(r->body.p, r->body.len, r->arena, &r->root,
		    &e);
	json_decref(data);
	return rc;
}

static void
trial_free(struct trial *r)
{
	arena_free(r->arena);
	str_done(&r->subject);
	str_done(&r->body);
	str_done(&r->words);
}

/* A text and whom to tell of it. */
struct told {
	const struct text *text;
	const struct check_list *list;
};

static void
tell(void *context, const char *text)
{
	const struct told *to = context;

	report(to->list, to->text->path, 1, "%s", text);
}

/* The name a scenario has for the text: no folder, no ending. */
static const char *
kind_name(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;

	return arena_strn(a, name, strcspn(name, "."));
}

static void
check_length(const struct told *to, const struct trial *r, const char *name)
{
	size_t words = count_words(r->root);
	size_t most =
	    to->text->words > 0 ? to->text->words : kind_words_most(name);

	if (words > most)
		report(to->list, to->text->path, 1,
		    "warning: %zu words; a letter is read to its end up to "
		    "%zu; say less, or raise 'words' in the head",
		    words, most);
}

static void
check_harsh(const struct told *to, const struct trial *r, const char *name)
{
	const char *harsh = kind_harsh_words(r->words.p);

	if (harsh != NULL)
		report(to->list, to->text->path, 1,
		    "'%s': a consumer gets this, and must not read it; take it "
		    "away, or write another text for them, %s.consumer.md",
		    harsh, name);
}

/* What is said of claims has no share in the words a letter may have. */
static void
check_plain(const struct told *to, const char *lang, const json_t *sample)
{
	struct trial r = { 0 };

	if (trial_make(&r, to->text, lang, trial_data(sample, false, false)) ==
	    0)
		check_length(to, &r, kind_name(to->text->path, r.arena));
	trial_free(&r);
}

void
check_text(const struct text *t, const char *lang, bool consumer,
    const json_t *sample, const struct check_list *list)
{
	struct told to = { .text = t, .list = list };
	struct trial r = { 0 };
	unsigned parts;

	parts = walk_template(t, t->subject, consumer, sample, list);
	parts |= walk_template(t, t->body, consumer, sample, list) &
	    ~(unsigned)KIND_WORDINGS;
	if (t->n_data > 0)
		return;
	check_plain(&to, lang, sample);
	if (trial_make(&r, t, lang, trial_data(sample, true, consumer)) == 0) {
		const char *name = kind_name(t->path, r.arena);

		str_puts(&r.words, r.subject.p);
		str_putc(&r.words, '\n');
		collect(r.root, &r.words, &parts);
		parts |= kind_parts_said(r.words.p);
		if (consumer)
			check_harsh(&to, &r, name);
		kind_tell_missing(name, parts, tell, &to);
	}
	trial_free(&r);
}

/* ---- the source ---- */

struct scan {
	const char *file, *source, *p;
	unsigned line;
	const struct check_list *list;
};

static void
step(struct scan *s)
{
	if (*s->p == '\n')
		s->line++;
	s->p++;
}

/*
 * The end of the code that the backticks at `p` open, or NULL: as many
 * backticks again, before the paragraph ends unless they are a fence.
 */
static const char *
code_end(const char *p, size_t ticks, bool fence)
{
	const char *q = p + ticks;

	while (*q != '\0' && (fence || strncmp(q, "\n\n", 2) != 0)) {
		size_t n = strspn(q, "`");

		if (n == ticks || (fence && n > ticks))
			return q;
		q += n > 0 ? n : 1;
	}
	return NULL;
}

static void
scan_code(struct scan *s, bool line_start)
{
	size_t ticks = strspn(s->p, "`");
	const char *end = code_end(s->p, ticks, line_start && ticks >= 3);
	const char *behind = end != NULL ? end + ticks : s->p + ticks;

	while (s->p < behind) {
		if (end != NULL && strncmp(s->p, "{{", 2) == 0) {
			report(s->list, s->file, s->line,
			    "a tag inside a code span: its value could not be "
			    "escaped there; take the backticks away");
			s->p++;
		}
		step(s);
	}
}

/* The name behind "](", unless tags make it up. */
static void
scan_name(const struct scan *s, const char *p)
{
	char name[NAME_MAX_BYTES];
	size_t n = strcspn(p, " \t\n)");
	const char *wrong;

	if (s->list->image == NULL || n >= sizeof(name))
		return;
	memcpy(name, p, n);
	name[n] = '\0';
	if (strstr(name, "{{") != NULL)
		return;
	wrong = s->list->image(s->list->context, s->file, name);
	if (wrong != NULL)
		report(s->list, s->file, s->line, "%s", wrong);
}

static void
scan_image(const struct scan *s)
{
	const char *p = s->p + 2, *end = strstr(p, "](");

	if (end != NULL)
		scan_name(s, end + 2);
	if (end != NULL && !text_image_alone(s->source, s->p))
		report(s->list, s->file, s->line,
		    "image '%.*s' stands among text; give it a paragraph of "
		    "its own, between two empty lines",
		    (int)strcspn(end + 2, ")"), end + 2);
	while (*p == ' ' || *p == '\t')
		p++;
	if (strncmp(p, "](", 2) == 0)
		report(s->list, s->file, s->line,
		    "image without alternative text: write what it says "
		    "between the brackets, ![...](...)");
}

void
check_source(const char *file, const char *source,
    const struct check_list *list)
{
	struct scan s = { file, source, source, 1, list };

	while (*s.p != '\0') {
		bool line_start = s.p == source || s.p[-1] == '\n';

		if (*s.p == '`') {
			scan_code(&s, line_start);
			continue;
		}
		if (*s.p == '\\' && s.p[1] != '\0')
			step(&s);
		else if (strncmp(s.p, "![", 2) == 0)
			scan_image(&s);
		step(&s);
	}
}

void
check_partials(const struct text *t,
    void (*use)(void *context, const char *path), void *context)
{
	for (const struct partial *q = t->body->partials; q != NULL;
	     q = q->next)
		if (q->content != NULL)
			use(context, q->content->name);
}
