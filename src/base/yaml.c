#include "base/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define YAML_MAX_BYTES ((size_t)1 << 20)

/* Whose line is told. */
enum where {
	WHERE_SAID,
	WHERE_KEY,   /* that of the key it names */
	WHERE_SECOND /* that of the later of two such keys */
};

/*
 * What libcyaml says, and what a person is told instead; between the two
 * parts stands the key or the word that libcyaml named, unless there is
 * nothing before it.
 */
static const struct {
	const char *says, *before, *behind;
	enum where where;
} words[] = {
	{ .says = "Unexpected key: ",
	    .before = "unknown key '",
	    .behind = "': check its spelling in the manual page, or remove it",
	    .where = WHERE_KEY },
	{ .says = "Missing required mapping field: ",
	    .before = "'",
	    .behind = "' is missing here: add it, with its value" },
	{ .says = "Mapping field already seen: ",
	    .before = "'",
	    .behind = "' is there twice: keep one of them",
	    .where = WHERE_SECOND },
	{ .says = "Invalid ENUM value: ",
	    .before = "'",
	    .behind = "' cannot stand here: write one of the words that the "
		      "manual page has for it" },
	{ .says = "Expecting SEQUENCE,",
	    .behind = "this is a list: write [one, another], or each behind a "
		      "hyphen on a line of its own" },
	{ .says = "Expecting STRING,",
	    .behind = "one value belongs here: put it in quotes if it begins "
		      "with a sign such as [" },
	{ .says = "Expecting MAPPING,",
	    .behind = "names with values belong here: write each as name: "
		      "value on a line of its own" },
	{ .says = "STRING length < ",
	    .behind = "there is no value: write one, or remove the line" },
	{ .says = "STRING length > ",
	    .behind = "the value is too long: shorten it" },
	{ .says = "libyaml: ",
	    .before = "not YAML: ",
	    .behind = ": correct this line or the next; what has signs such as "
		      "': ' goes in quotes" },
};

/* What libcyaml said: its first message, and the line of its backtrace. */
struct complaint {
	char text[256];
	unsigned line;
};

static void
listen(cyaml_log_t level, void *ctx, const char *fmt, va_list ap)
{
	static const char prefix[] = "Load: ";
	struct complaint *c = ctx;
	char text[256];
	const char *at;

	(void)level;
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	text[strcspn(text, "\n")] = '\0';
	at = strstr(text, "(line: ");
	if (at != NULL) {
		if (c->line == 0)
			c->line = (unsigned)strtoul(at + 7, NULL, 10);
	} else if (c->text[0] == '\0' && strstr(text, "Backtrace") == NULL) {
		at = strncmp(text, prefix, strlen(prefix)) == 0
		    ? text + strlen(prefix)
		    : text;
		(void)snprintf(c->text, sizeof(c->text), "%s", at);
	}
}

static const cyaml_config_t *
config(cyaml_config_t *c, struct complaint *told)
{
	*c = (cyaml_config_t){
		.log_fn = listen,
		.log_ctx = told,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_WARNING,
		.flags = CYAML_CFG_NO_ALIAS,
	};
	return c;
}

/* Line of the first mapping key of this name at or after a line, or 0. */
static unsigned
key_line(const char *text, size_t n, const char *key, unsigned from)
{
	yaml_parser_t parser;
	yaml_document_t doc;
	unsigned found = 0;

	if (yaml_parser_initialize(&parser) != 1)
		return 0;
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	if (yaml_parser_load(&parser, &doc) != 1) {
		yaml_parser_delete(&parser);
		return 0;
	}
	for (int i = 1; found == 0; i++) {
		yaml_node_t *node = yaml_document_get_node(&doc, i);
		yaml_node_pair_t *p;

		if (node == NULL)
			break;
		if (node->type != YAML_MAPPING_NODE)
			continue;
		for (p = node->data.mapping.pairs.start;
		     p < node->data.mapping.pairs.top; p++) {
			yaml_node_t *k = yaml_document_get_node(&doc, p->key);
			unsigned line = (unsigned)k->start_mark.line + 1;

			if (k->type == YAML_SCALAR_NODE && line >= from &&
			    strcmp((char *)k->data.scalar.value, key) == 0)
				found = line;
		}
	}
	yaml_document_delete(&doc);
	yaml_parser_delete(&parser);
	return found;
}

/* Its own line, where libcyaml has that of the value before. */
static unsigned
named_line(const struct yaml_text *t, const char *key, unsigned line,
    unsigned from)
{
	unsigned own = key_line(t->text, t->n, key, from);

	return own > 0 ? own : line;
}

static int
complain(const struct yaml_text *t, const struct complaint *c, struct err *e)
{
	const char *what = c->text[0] != '\0' ? c->text : "not understood";
	unsigned line = c->line > 0 ? c->line : 1;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i].says);

		if (strncmp(what, words[i].says, n) != 0)
			continue;
		if (words[i].where == WHERE_KEY)
			line = named_line(t, what + n,
			    named_line(t, what + n, line, 1), line);
		if (words[i].where == WHERE_SECOND)
			line = named_line(t, what + n, line, line + 1);
		line += t->first_line - 1;
		if (words[i].before == NULL)
			return err_set(e, ERR_USAGE, "%s:%u: %s", t->name, line,
			    words[i].behind);
		return err_set(e, ERR_USAGE, "%s:%u: %s%s%s", t->name, line,
		    words[i].before, what + n, words[i].behind);
	}
	return err_set(e, ERR_USAGE, "%s:%u: %s: correct this line", t->name,
	    line + t->first_line - 1, what);
}

static int
check_utf8(const struct yaml_text *t, struct err *e)
{
	long bad = utf8_bad(t->text, t->n);
	unsigned line = t->first_line;

	if (bad < 0)
		return 0;
	for (long i = 0; i < bad; i++)
		line += t->text[i] == '\n';
	return err_set(e, ERR_USAGE, "%s:%u: not UTF-8: save the file as UTF-8",
	    t->name, line);
}

int
yaml_parse(const struct yaml_text *t, const cyaml_schema_value_t *schema,
    void **out, struct err *e)
{
	struct complaint told = { 0 };
	cyaml_config_t c;

	*out = NULL;
	if (check_utf8(t, e) != 0)
		return -1;
	if (cyaml_load_data((const uint8_t *)t->text, t->n, config(&c, &told),
		schema, out, NULL) != CYAML_OK)
		return complain(t, &told, e);
	if (*out == NULL)
		return err_set(e, ERR_USAGE, "%s:%u: nothing in it", t->name,
		    t->first_line);
	return 0;
}

int
yaml_load(const char *path, const cyaml_schema_value_t *schema, void **out,
    struct err *e)
{
	struct str text;
	int rc;

	*out = NULL;
	str_init(&text, YAML_MAX_BYTES);
	rc = file_read(path, &text, e);
	if (rc == 0)
		rc =
		    yaml_parse(&(struct yaml_text){ path, 1, text.p, text.len },
			schema, out, e);
	str_done(&text);
	return rc;
}

void
yaml_free(const cyaml_schema_value_t *schema, void *p)
{
	struct complaint told = { 0 };
	cyaml_config_t c;

	(void)cyaml_free(config(&c, &told), schema, p, 0);
}

/* The node below `node` that one word of a dotted path names; its line, which
 * for a mapping is the key's, goes to *line. */
static yaml_node_t *
child(yaml_document_t *doc, yaml_node_t *node, const char *word, unsigned *line)
{
	if (node->type == YAML_MAPPING_NODE) {
		yaml_node_pair_t *p = node->data.mapping.pairs.start;

		for (; p < node->data.mapping.pairs.top; p++) {
			yaml_node_t *k = yaml_document_get_node(doc, p->key);

			if (k->type != YAML_SCALAR_NODE ||
			    strcmp((char *)k->data.scalar.value, word) != 0)
				continue;
			*line = (unsigned)k->start_mark.line + 1;
			return yaml_document_get_node(doc, p->value);
		}
	} else if (node->type == YAML_SEQUENCE_NODE) {
		size_t i = strtoul(word, NULL, 10);
		yaml_node_item_t *it = node->data.sequence.items.start;
		yaml_node_item_t *top = node->data.sequence.items.top;

		if (i < (size_t)(top - it)) {
			node = yaml_document_get_node(doc, it[i]);
			*line = (unsigned)node->start_mark.line + 1;
			return node;
		}
	}
	return NULL;
}

unsigned
yaml_line(const char *text, size_t n, const char *key)
{
	yaml_parser_t parser;
	yaml_document_t doc;
	yaml_node_t *node;
	char *path, *word, *rest;
	unsigned line = 0;

	if (yaml_parser_initialize(&parser) != 1)
		return 0;
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	if (yaml_parser_load(&parser, &doc) != 1) {
		yaml_parser_delete(&parser);
		return 0;
	}
	path = rest = strdup(key);
	node = yaml_document_get_root_node(&doc);
	while (node != NULL && (word = strsep(&rest, ".")) != NULL)
		node = child(&doc, node, word, &line);
	free(path);
	yaml_document_delete(&doc);
	yaml_parser_delete(&parser);
	return node != NULL ? line : 0;
}

static const char *
scalar(yaml_document_t *doc, int index, struct arena *a)
{
	yaml_node_t *n = yaml_document_get_node(doc, index);

	return n->type == YAML_SCALAR_NODE
	    ? arena_str(a, (char *)n->data.scalar.value)
	    : "";
}

struct yaml_pair *
yaml_pairs(const char *text, size_t n, const char *key, struct arena *a,
    size_t *count)
{
	yaml_parser_t parser;
	yaml_document_t doc;
	yaml_node_t *node;
	struct yaml_pair *pairs = NULL;
	unsigned line;

	*count = 0;
	if (yaml_parser_initialize(&parser) != 1)
		return NULL;
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	if (yaml_parser_load(&parser, &doc) != 1) {
		yaml_parser_delete(&parser);
		return NULL;
	}
	node = yaml_document_get_root_node(&doc);
	if (node != NULL)
		node = child(&doc, node, key, &line);
	if (node != NULL && node->type == YAML_MAPPING_NODE) {
		yaml_node_pair_t *p = node->data.mapping.pairs.start;
		size_t all = (size_t)(node->data.mapping.pairs.top - p);

		pairs = arena_array(a, all, sizeof(*pairs));
		for (; *count < all; p++, (*count)++)
			pairs[*count] = (struct yaml_pair){
				scalar(&doc, p->key, a),
				scalar(&doc, p->value, a),
			};
	}
	yaml_document_delete(&doc);
	yaml_parser_delete(&parser);
	return pairs;
}
