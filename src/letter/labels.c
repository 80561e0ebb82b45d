#include "letter/labels.h"

#include <string.h>

#include "base/yaml.h"

#define LABEL_MAX 200

/* "" is a label too: a language may have no word in that place. */
#define LABEL(name)                                                            \
	CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER, struct labels, name, \
	    0, LABEL_MAX)

/* One that came later: who has labels of their own may do without. */
#define LABEL_MAYBE(name) YAML_MAY(#name, LABEL_MAX, struct labels, name)

static const cyaml_schema_field_t fields[] = {
	LABEL(page),
	LABEL(place_date),
	LABEL(subject),
	LABEL(our_ref),
	LABEL(your_code),
	LABEL(contact),
	LABEL(phone),
	LABEL(email),
	LABEL(hours),
	LABEL(pay_title),
	LABEL(pay_online),
	LABEL_MAYBE(pay_below),
	LABEL(beneficiary),
	LABEL(iban),
	LABEL(bic),
	LABEL(amount),
	LABEL(reference),
	LABEL(scan),
	LABEL(total),
	LABEL(registered),
	LABEL(capital),
	LABEL(vat),
	LABEL(attached),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct labels, fields),
};

int
labels_load(const char *path, struct arena *a, struct labels *out,
    struct err *e)
{
	void *loaded;

	if (yaml_load(path, &schema, &loaded, e) == -1)
		return -1;
	for (const cyaml_schema_field_t *f = fields; f->key != NULL; f++) {
		const char *label;

		memcpy(&label, (const char *)loaded + f->data_offset,
		    sizeof(label));
		label = label ? arena_str(a, label) : "";
		memcpy((char *)out + f->data_offset, &label, sizeof(label));
	}
	yaml_free(&schema, loaded);
	return 0;
}
