/*
 * Files inside the PDF as ISO 19005-3, 6.8 and annex E want them: named in
 * /Names, associated with the document by /AF.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/object.h"
#include "pdf/part.h"
#include "pdf/put.h"

struct entry {
	const char *key; /* the name in hexadecimal: sorts as its bytes do */
	unsigned object;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static int
check_file(const struct page_file *file, struct err *e)
{
	const char *p;

	if (file->name == NULL || *file->name == '\0' ||
	    utf8_bad(file->name, strlen(file->name)) != -1)
		return err_set(e, ERR_DATA,
		    "an attached file has no name in UTF-8; rename it");
	for (p = file->name; *p != '\0'; p++)
		if (*p == '/' || *p == '\\' || (*p > 0 && *p < ' '))
			return err_set(e, ERR_DATA,
			    "attached file '%s': its name is no plain file "
			    "name; rename it",
			    file->name);
	if (file->description == NULL || *file->description == '\0' ||
	    utf8_bad(file->description, strlen(file->description)) != -1)
		return err_set(e, ERR_DATA,
		    "attached file '%s' has no description in UTF-8; say what "
		    "it is",
		    file->name);
	if (strcmp(file->relationship, "Data") != 0 &&
	    strcmp(file->relationship, "Supplement") != 0)
		return err_set(e, ERR_DATA,
		    "attached file '%s': relationship '%s' is neither Data "
		    "nor Supplement",
		    file->name, file->relationship);
	return 0;
}

/* D:YYYYMMDD000000Z */
static void
put_date(struct str *s, const char *date)
{
	str_fmt(s, "(D:%.4s%.2s%.2s000000Z)", date, date + 5, date + 8);
}

static unsigned
write_stream(struct pdf_file *f, const struct page_file *file)
{
	struct str *s;
	unsigned object;

	s = &f->w->dict;
	str_puts(s, "/Type/EmbeddedFile/Subtype");
	pdf_put_name(s, file->mime);
	str_fmt(s, "/Params<</Size %zu/ModDate", file->n);
	put_date(s, f->doc->date);
	str_puts(s, ">>/Filter/FlateDecode");
	object = pdf_object_new(f->objects);
	pdf_object_put(f->objects, object, s,
	    pdf_deflate(f->w, PDF_EFFORT_LETTER, file->bytes, file->n, f->a));
	return object;
}

static unsigned
write_file(struct pdf_file *f, const struct page_file *file)
{
	struct str *s;
	unsigned object, stream;

	stream = write_stream(f, file);
	s = &f->w->dict;
	str_puts(s, "/Type/Filespec/F");
	pdf_put_text(s, file->name);
	str_puts(s, "/UF");
	pdf_put_text(s, file->name);
	str_puts(s, "/Desc");
	pdf_put_text(s, file->description);
	str_fmt(s, "/AFRelationship/%s/EF<</F %u 0 R/UF %u 0 R>>",
	    file->relationship, stream, stream);
	object = pdf_object_new(f->objects);
	pdf_object_put(f->objects, object, s, (struct pdf_bytes){ 0 });
	return object;
}

static const char *
make_key(struct pdf_file *f, const char *name)
{
	struct str *s;
	const char *key;

	s = &f->w->dict;
	pdf_put_utf16(s, name, strlen(name));
	key = arena_strn(f->a, s->p, s->len);
	str_clear(s);
	return key;
}

int
pdf_attach_put(struct pdf_file *f, struct str *catalog, struct err *e)
{
	const struct page_doc *d;
	struct entry *entries;
	size_t i;

	d = f->doc;
	if (d->n_files == 0)
		return 0;
	entries = arena_array(f->a, d->n_files, sizeof *entries);
	for (i = 0; i < d->n_files; i++) {
		if (check_file(&d->files[i], e) == -1)
			return -1;
		entries[i].key = make_key(f, d->files[i].name);
		entries[i].object = write_file(f, &d->files[i]);
	}
	str_puts(catalog, "/AF[");
	for (i = 0; i < d->n_files; i++)
		pdf_put_ref(catalog, entries[i].object);
	qsort(entries, d->n_files, sizeof *entries, compare_entries);
	str_puts(catalog, "]/Names<</EmbeddedFiles<</Names[");
	for (i = 0; i < d->n_files; i++) {
		if (i > 0 && strcmp(entries[i].key, entries[i - 1].key) == 0)
			return err_set(e, ERR_DATA,
			    "two attached files have the same name; rename "
			    "one");
		str_puts(catalog, entries[i].key);
		pdf_put_ref(catalog, entries[i].object);
	}
	str_puts(catalog, "]>>>>");
	return 0;
}
