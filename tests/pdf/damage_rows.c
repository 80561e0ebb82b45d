/* damage_rows: at least one row for each rule (damage.h). */
#include "damage.h"

#define SET(r, w, s, p, v)                                                  \
	{                                                                   \
		.rule = (r), .what = (w), .kind = DAMAGE_SET, .start = (s), \
		.path = (p), .put = (v)                                     \
	}
#define DELETE(r, w, s, p)                                                     \
	{                                                                      \
		.rule = (r), .what = (w), .kind = DAMAGE_DELETE, .start = (s), \
		.path = (p)                                                    \
	}
#define REPLACE(r, w, s, p, f, v)                                  \
	{                                                          \
		.rule = (r), .what = (w), .kind = DAMAGE_REPLACE,  \
		.start = (s), .path = (p), .find = (f), .put = (v) \
	}
#define BYTES(r, w, f, v)                                                    \
	{                                                                    \
		.rule = (r), .what = (w), .kind = DAMAGE_BYTES, .find = (f), \
		.put = (v)                                                   \
	}
#define WHOLE(r, w, k)                                \
	{                                             \
		.rule = (r), .what = (w), .kind = (k) \
	}

const struct damage damage_rows[] = {
	BYTES("header-binary-comment", "a comment of plain letters",
	    "\xbf\xf7\xa2\xfe", "abcd"),
	BYTES("header-binary-comment", "version 2.0", "%PDF-1.7", "%PDF-2.0"),
	BYTES("end-of-file", "bytes behind the end", "%%EOF\n", "%%EOF\n\n\n"),
	BYTES("id", "no ID", "/ID [", "/Id ["),
	WHOLE("no-encryption", "encrypted", DAMAGE_ENCRYPT),
	WHOLE("endstream-newline", "no newline", DAMAGE_JOIN),
	SET("page-tree", "a wrong Count", "/Root", "/Pages/Count", "7"),
	DELETE("page-tree", "a page without Parent", "page", "/Parent"),
	DELETE("page-tree", "a page without MediaBox", "page", "/MediaBox"),
	SET("no-actions", "JavaScript at opening", "/Root", "/OpenAction",
	    "{\"/S\": \"/JavaScript\", \"/JS\": \"u:1\"}"),
	SET("no-actions", "an action of the page", "page", "/AA",
	    "{\"/O\": {\"/S\": \"/GoTo\"}}"),
	SET("no-actions", "a link that starts a program", "/Subtype=/Link",
	    "/A", "{\"/S\": \"/Launch\", \"/F\": \"u:a\"}"),
	DELETE("attachments", "no AFRelationship", "/Type=/Filespec",
	    "/AFRelationship"),
	DELETE("attachments", "no Desc", "/Type=/Filespec", "/Desc"),
	DELETE("attachments", "no UF", "/Type=/Filespec", "/UF"),
	DELETE("attachments", "no F", "/Type=/Filespec", "/F"),
	DELETE("attachments", "no EF", "/Type=/Filespec", "/EF"),
	DELETE("attachments", "no MIME type", "/Type=/EmbeddedFile",
	    "/Subtype"),
	DELETE("attachments", "no ModDate", "/Type=/EmbeddedFile",
	    "/Params/ModDate"),
	SET("attachments", "a wrong Size", "/Type=/EmbeddedFile",
	    "/Params/Size", "1"),
	DELETE("attachments", "no AF", "/Root", "/AF"),
	DELETE("attachments", "not in Names", "/Root", "/Names"),
	REPLACE("xmp-pdfa", "no conformance", "/Root", "/Metadata",
	    "pdfaid:conformance", "pdfaid:conformancy"),
	REPLACE("xmp-pdfa", "no part", "/Root", "/Metadata", "pdfaid:part",
	    "pdfaid:port"),
	DELETE("xmp-pdfa", "no Subtype", "/Root", "/Metadata/Subtype"),
	REPLACE("xmp-pdfua-extension", "no part", "/Root", "/Metadata",
	    "pdfuaid:part", "pdfuaid:port"),
	REPLACE("xmp-pdfua-extension", "no schema", "/Root", "/Metadata",
	    "pdfaExtension:schemas", "pdfaExtension:schemes"),
	REPLACE("xmp-pdfua-extension", "another type", "/Root", "/Metadata",
	    ">Integer<", ">Text<"),
	REPLACE("xmp-title", "no title", "/Root", "/Metadata", "dc:title",
	    "dc:subtitle"),
	REPLACE("xmp-title", "no default language", "/Root", "/Metadata",
	    "x-default", "fr"),
	REPLACE("xmp-dates", "no ModifyDate", "/Root", "/Metadata",
	    "xmp:ModifyDate", "xmp:ModifiedDate"),
	REPLACE("xmp-dates", "no CreateDate", "/Root", "/Metadata",
	    "xmp:CreateDate", "xmp:CreatedDate"),
	DELETE("output-intent-icc", "no intent", "/Root", "/OutputIntents"),
	DELETE("output-intent-icc", "no profile", "/Root",
	    "/OutputIntents/0/DestOutputProfile"),
	REPLACE("output-intent-icc", "a broken profile", "/Root",
	    "/OutputIntents/0/DestOutputProfile", "acsp", "ACSP"),
	REPLACE("output-intent-icc", "a grey profile", "/Root",
	    "/OutputIntents/0/DestOutputProfile", "RGB ", "GRAY"),
	REPLACE("colour", "CMYK ink", "page", "/Contents", "\nEMC",
	    "\n0 0 0 1 k\nEMC"),
	SET("marked", "not marked", "/Root", "/MarkInfo/Marked", "false"),
	SET("marked", "suspect", "/Root", "/MarkInfo/Suspects", "true"),
	DELETE("lang", "no Lang", "/Root", "/Lang"),
	SET("lang", "no language", "/Root", "/Lang", "\"u:french letters\""),
	SET("display-doc-title", "not shown", "/Root",
	    "/ViewerPreferences/DisplayDocTitle", "false"),
	DELETE("tabs-structparents", "no Tabs", "page", "/Tabs"),
	DELETE("tabs-structparents", "no StructParents", "page",
	    "/StructParents"),
	DELETE("struct-tree", "an element without P", "/S=/H1", "/P"),
	SET("struct-tree", "no Document", "/S=/Document", "/S", "\"/Part\""),
	SET("standard-types", "an unknown type", "/S=/P", "/S",
	    "\"/Paragraph\""),
	REPLACE("content-marked", "no artifact", "page", "/Contents",
	    "/Artifact", "/Ornament"),
	REPLACE("content-marked", "an MCID twice", "page", "/Contents",
	    "/MCID 1>>", "/MCID 0>>"),
	DELETE("content-marked", "an MCID of nothing", "/S=/H1", "/K"),
	REPLACE("content-marked", "a mark never ended", "page", "/Contents",
	    "\nEMC\n/Artifact", "\n/Artifact"),
	DELETE("parent-tree", "no tree", "/Root", "/StructTreeRoot/ParentTree"),
	SET("parent-tree", "an MCID of nobody", "/Root",
	    "/StructTreeRoot/ParentTree/Nums/1/0", "null"),
	SET("parent-tree", "an annotation of nobody", "/Subtype=/Link",
	    "/StructParent", "0"),
	SET("first-heading", "H2 first", "/S=/H1", "/S", "\"/H2\""),
	SET("first-heading", "no heading", "/S=/H1", "/S", "\"/P\""),
	SET("th-scope", "no Scope", "/S=/TH", "/A", "{\"/O\": \"/Table\"}"),
	SET("th-scope", "an unknown Scope", "/S=/TH", "/A",
	    "{\"/O\": \"/Table\", \"/Scope\": \"/Up\"}"),
	SET("table-structure", "P in a row", "/S=/TD", "/S", "\"/P\""),
	SET("table-structure", "a cell outside a row", "/S=/P", "/S",
	    "\"/TD\""),
	SET("table-structure", "a row outside a table", "/S=/Table", "/S",
	    "\"/Div\""),
	SET("table-structure", "rows of unequal width", "/S=/TD", "/A",
	    "{\"/O\": \"/Table\", \"/ColSpan\": 9}"),
	SET("list-structure", "an item outside a list", "/S=/P", "/S",
	    "\"/LI\""),
	SET("figure-alt", "a figure without Alt", "/S=/P", "/S", "\"/Figure\""),
	SET("link", "not printed", "/Subtype=/Link", "/F", "0"),
	SET("link", "hidden", "/Subtype=/Link", "/F", "6"),
	DELETE("link", "no Contents", "/Subtype=/Link", "/Contents"),
	DELETE("link", "no StructParent", "/Subtype=/Link", "/StructParent"),
	SET("link", "no Link element", "/S=/Link", "/S", "\"/Span\""),
	SET("link", "a Link without annotation", "/S=/P", "/S", "\"/Link\""),
	SET("link", "an annotation of another kind", "/Subtype=/Link",
	    "/Subtype", "\"/Stamp\""),
	DELETE("font-embedded", "no font program", "/Type=/FontDescriptor",
	    "/FontFile2"),
	SET("font-embedded", "another encoding", "/Subtype=/Type0", "/Encoding",
	    "\"/Identity-V\""),
	DELETE("font-embedded", "no CIDToGIDMap", "/Subtype=/CIDFontType2",
	    "/CIDToGIDMap"),
	SET("font-embedded", "another name", "/Type=/FontDescriptor",
	    "/FontName", "\"/Other\""),
	REPLACE("font-embedded", "a font program cut short",
	    "/Type=/FontDescriptor", "/FontFile2", "hmtx", "HMTX"),
	SET("font-widths", "other widths", "/Subtype=/CIDFontType2", "/W",
	    "[0, 65535, 123]"),
	SET("font-widths", "one wrong width", "/Subtype=/CIDFontType2",
	    "/W/1/1", "123"),
	DELETE("font-widths", "no widths", "/Subtype=/CIDFontType2", "/W"),
	DELETE("font-tounicode", "no ToUnicode", "/Subtype=/Type0",
	    "/ToUnicode"),
	REPLACE("font-tounicode", "an empty ToUnicode", "/Subtype=/Type0",
	    "/ToUnicode", "beginbf", "beginxx"),
	REPLACE("font-tounicode", "one glyph without text", "/Subtype=/Type0",
	    "/ToUnicode", "<0020>", "<0000>"),
};

const size_t damage_rows_n = sizeof(damage_rows) / sizeof(damage_rows[0]);
