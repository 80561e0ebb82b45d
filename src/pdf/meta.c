#include "base/utf8.h"
#include "pdf/part.h"

static const char head[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\""
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
    "<pdfaid:part>3</pdfaid:part>\n"
    "<pdfaid:conformance>A</pdfaid:conformance>\n"
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<pdf:Producer>semonce</pdf:Producer>\n"
    "<xmp:CreatorTool>semonce</xmp:CreatorTool>\n";

/* PDF/A knows no property pdfuaid:part: its schema has to be described. */
static const char tail[] =
    "</rdf:Description>\n"
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag>"
    "<rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289"
    "</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
    "<?xpacket end=\"r\"?>";

/* XML has no way to write most controls; a mark stands for them. */
static void
put_xml(struct str *s, const char *text)
{
	const char *p;
	uint32_t c;

	for (p = text; *p != '\0';) {
		c = utf8_next(&p);
		if (c == '&')
			str_puts(s, "&amp;");
		else if (c == '<')
			str_puts(s, "&lt;");
		else if (c == '>')
			str_puts(s, "&gt;");
		else if (c < ' ' || c == 0xFFFE || c == 0xFFFF)
			utf8_put(s, 0xFFFD);
		else
			utf8_put(s, c);
	}
}

static void
put_property(struct str *s, const char *before, const char *text,
    const char *after)
{
	str_puts(s, before);
	put_xml(s, text);
	str_puts(s, after);
}

void
pdf_meta_put(const struct page_doc *d, struct str *out)
{
	str_puts(out, head);
	put_property(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
	    d->title, "</rdf:li></rdf:Alt></dc:title>\n");
	if (d->author != NULL && *d->author != '\0')
		put_property(out, "<dc:creator><rdf:Seq><rdf:li>", d->author,
		    "</rdf:li></rdf:Seq></dc:creator>\n");
	put_property(out, "<dc:language><rdf:Bag><rdf:li>", d->lang,
	    "</rdf:li></rdf:Bag></dc:language>\n");
	put_property(out, "<xmp:CreateDate>", d->date,
	    "T00:00:00Z</xmp:CreateDate>\n");
	put_property(out, "<xmp:ModifyDate>", d->date,
	    "T00:00:00Z</xmp:ModifyDate>\n");
	str_puts(out, tail);
}
