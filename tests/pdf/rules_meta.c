/*
 * rules_meta: what the file says of itself: XMP, output intent, language,
 * and how a reader must open it.
 */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>

#include "check.h"

#define TEXT_SIZE 512

static const struct {
	const char *prefix, *uri;
} namespaces[] = {
	{ "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
	{ "dc", "http://purl.org/dc/elements/1.1/" },
	{ "xmp", "http://ns.adobe.com/xap/1.0/" },
	{ "pdfaid", "http://www.aiim.org/pdfa/ns/id/" },
	{ "pdfuaid", "http://www.aiim.org/pdfua/ns/id/" },
	{ "ext", "http://www.aiim.org/pdfa/ns/extension/" },
	{ "schema", "http://www.aiim.org/pdfa/ns/schema#" },
	{ "property", "http://www.aiim.org/pdfa/ns/property#" },
};

/* An XPath that takes a property as an element or as an attribute. */
#define PROPERTY(p) "//rdf:Description/" p " | //rdf:Description/@" p

static const char *
xpath_text(xmlDoc *xml, const char *path, char out[TEXT_SIZE])
{
	xmlXPathContext *cx = xmlXPathNewContext(xml);
	xmlXPathObject *found;
	xmlChar *text;
	size_t i;

	out[0] = '\0';
	for (i = 0; i < sizeof(namespaces) / sizeof(namespaces[0]); i++)
		(void)xmlXPathRegisterNs(cx,
		    (const xmlChar *)namespaces[i].prefix,
		    (const xmlChar *)namespaces[i].uri);
	found = xmlXPathEvalExpression((const xmlChar *)path, cx);
	if (found != NULL && found->nodesetval != NULL &&
	    found->nodesetval->nodeNr > 0) {
		text = xmlNodeGetContent(found->nodesetval->nodeTab[0]);
		(void)snprintf(out, TEXT_SIZE, "%s", (const char *)text);
		xmlFree(text);
	}
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(cx);
	return out;
}

/* The text an XPath finds in the XMP packet; "" if there is none. */
static const char *
xmp_text(struct check *c, const char *path, char out[TEXT_SIZE])
{
	json_t *ref = doc_raw_key(c->doc, c->doc->root, "/Metadata");
	struct bytes b;
	xmlDoc *xml;

	out[0] = '\0';
	if (!doc_stream(c->doc, ref, &b))
		return out;
	xml = xmlReadMemory((const char *)b.p, (int)b.n, "xmp", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (xml == NULL)
		return out;
	(void)xpath_text(xml, path, out);
	xmlFreeDoc(xml);
	return out;
}

static void
want_xmp(struct check *c, const char *what, const char *path,
    const char *wanted)
{
	char text[TEXT_SIZE];

	if (strcmp(xmp_text(c, path, text), wanted) != 0)
		check_broken(c, "%s is '%s', not '%s'", what, text, wanted);
}

/* ISO 19005-3, 6.6.2.1 and 6.6.4 */
static void
xmp_pdfa(struct check *c)
{
	json_t *metadata = doc_key(c->doc, c->doc->root, "/Metadata");

	if (strcmp(doc_name(c->doc, metadata, "/Type"), "/Metadata") != 0 ||
	    strcmp(doc_name(c->doc, metadata, "/Subtype"), "/XML") != 0)
		check_broken(c, "the catalog's Metadata is no XML stream");
	want_xmp(c, "pdfaid:part", PROPERTY("pdfaid:part"), "3");
	want_xmp(c, "pdfaid:conformance", PROPERTY("pdfaid:conformance"), "A");
}

/* ISO 14289-1, 5; ISO 19005-3, 6.6.2.3: a foreign schema is described. */
static void
xmp_pdfua_extension(struct check *c)
{
#define SCHEMA                                              \
	"//ext:schemas/rdf:Bag/rdf:li[schema:namespaceURI=" \
	"'http://www.aiim.org/pdfua/ns/id/']"
#define PART SCHEMA "/schema:property/rdf:Seq/rdf:li[property:name='part']"
	char text[TEXT_SIZE];

	want_xmp(c, "pdfuaid:part", PROPERTY("pdfuaid:part"), "1");
	want_xmp(c, "the schema's prefix", SCHEMA "/schema:prefix", "pdfuaid");
	want_xmp(c, "the type of part", PART "/property:valueType", "Integer");
	want_xmp(c, "the category of part", PART "/property:category",
	    "internal");
	if (*xmp_text(c, SCHEMA "/schema:schema", text) == '\0' ||
	    *xmp_text(c, PART "/property:description", text) == '\0')
		check_broken(c, "the schema or its property is not described");
#undef PART
#undef SCHEMA
}

static void
xmp_title(struct check *c)
{
	json_t *info = doc_key(c->doc, c->doc->trailer, "/Info");
	const char *other = doc_text(c->doc, info, "/Title");
	char title[TEXT_SIZE];

	(void)xmp_text(c, "//dc:title/rdf:Alt/rdf:li[@xml:lang='x-default']",
	    title);
	if (*title == '\0')
		check_broken(c, "no dc:title with the language x-default");
	if (*other != '\0' && strcmp(title, other) != 0)
		check_broken(c, "dc:title '%s', but Info has '%s'", title,
		    other);
}

/* The digits and the sign of a date in either form; Z is +0000. */
static void
plain_date(const char *date, char out[TEXT_SIZE])
{
	size_t n = 0;

	for (; *date != '\0' && n + 6 < TEXT_SIZE; date++) {
		bool sign = *date == '+' || *date == '-';

		if ((*date >= '0' && *date <= '9') || (sign && n >= 14))
			out[n++] = *date;
	}
	if (n == 14) {
		memcpy(out + n, "+0000", 5);
		n += 5;
	}
	out[n] = '\0';
}

static void
check_date(struct check *c, const char *what, const char *path, const char *key)
{
	json_t *info = doc_key(c->doc, c->doc->trailer, "/Info");
	const char *other = doc_text(c->doc, info, key);
	char xmp[TEXT_SIZE] = "", a[TEXT_SIZE], b[TEXT_SIZE];

	(void)xmp_text(c, path, xmp);
	plain_date(xmp, a);
	plain_date(other, b);
	if (strlen(a) != 19 || xmp[4] != '-' || xmp[10] != 'T')
		check_broken(c, "%s is '%s', not a date with time and zone",
		    what, xmp);
	else if (*other != '\0' && strcmp(a, b) != 0)
		check_broken(c, "%s is '%s', but Info has '%s'", what, xmp,
		    other);
}

static void
xmp_dates(struct check *c)
{
	check_date(c, "xmp:CreateDate", PROPERTY("xmp:CreateDate"),
	    "/CreationDate");
	check_date(c, "xmp:ModifyDate", PROPERTY("xmp:ModifyDate"), "/ModDate");
}

static uint32_t
big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* ISO 19005-3, 6.2.3; the header of a profile: ICC.1:2004, 7.2 */
static void
output_intent_icc(struct check *c)
{
	const struct doc *d = c->doc;
	json_t *intents = doc_key(d, d->root, "/OutputIntents");
	json_t *intent = doc_resolve(d, json_array_get(intents, 0)), *ref;
	struct bytes icc;

	if (strcmp(doc_name(d, intent, "/S"), "/GTS_PDFA1") != 0 ||
	    *doc_text(d, intent, "/OutputConditionIdentifier") == '\0') {
		check_broken(c, "no output intent of kind GTS_PDFA1");
		return;
	}
	ref = doc_raw_key(d, intent, "/DestOutputProfile");
	if (!doc_stream(d, ref, &icc) || icc.n < 128) {
		check_broken(c, "no ICC profile");
		return;
	}
	if (big_endian(icc.p) != icc.n || memcmp(icc.p + 36, "acsp", 4) != 0)
		check_broken(c, "the profile is no ICC profile");
	if (icc.p[8] != 2 && icc.p[8] != 4)
		check_broken(c, "the profile has version %d", icc.p[8]);
	if (memcmp(icc.p + 12, "mntr", 4) != 0 &&
	    memcmp(icc.p + 12, "prtr", 4) != 0)
		check_broken(c, "the profile is of no output device");
	if (memcmp(icc.p + 16, "RGB ", 4) != 0 || doc_int(d, ref, "/N", 0) != 3)
		check_broken(c, "the profile is not for 3 colours of RGB");
}

/* Only what the output intent covers, or colours with a profile. */
static void
colour(struct check *c)
{
	const struct doc *d = c->doc;
	json_t *object, *stream, *dict;
	const char *key;

	check_broken_lines(c, &c->content.colour_faults);
	json_object_foreach(d->objects, key, object)
	{
		stream = json_object_get(object, "stream");
		dict = json_object_get(stream, "dict");
		if (strcmp(doc_name(d, dict, "/ColorSpace"), "/DeviceCMYK") ==
		    0)
			check_broken(c, "%s is an image in CMYK", key);
	}
}

static void
marked(struct check *c)
{
	json_t *info = doc_key(c->doc, c->doc->root, "/MarkInfo");

	if (!json_is_true(doc_key(c->doc, info, "/Marked")))
		check_broken(c, "MarkInfo has no Marked true");
	if (json_is_true(doc_key(c->doc, info, "/Suspects")))
		check_broken(c, "MarkInfo has Suspects true");
}

/* RFC 5646 in outline: letters and digits in groups of at most eight. */
static void
lang(struct check *c)
{
	const char *tag = doc_text(c->doc, c->doc->root, "/Lang"), *p = tag;
	size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz");
	bool good = n == 2 || n == 3;

	for (p += n; good && *p == '-'; p += n) {
		p++;
		n = strspn(p,
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "abcdefghijklmnopqrstuvwxyz0123456789");
		good = n >= 1 && n <= 8;
	}
	if (!good || *p != '\0')
		check_broken(c, "the catalog's Lang is '%s'", tag);
}

static void
display_doc_title(struct check *c)
{
	json_t *v = doc_key(c->doc, c->doc->root, "/ViewerPreferences");

	if (!json_is_true(doc_key(c->doc, v, "/DisplayDocTitle")))
		check_broken(c, "ViewerPreferences has no DisplayDocTitle");
}

const struct rule rules_meta[] = {
	{ "xmp-pdfa", xmp_pdfa },
	{ "xmp-pdfua-extension", xmp_pdfua_extension },
	{ "xmp-title", xmp_title },
	{ "xmp-dates", xmp_dates },
	{ "output-intent-icc", output_intent_icc },
	{ "colour", colour },
	{ "marked", marked },
	{ "lang", lang },
	{ "display-doc-title", display_doc_title },
	{ NULL, NULL },
};
