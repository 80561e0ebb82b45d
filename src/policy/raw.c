#include "policy/raw.h"

#define TEXT_MAX  200
#define STEPS_MAX 20
#define WORDS_MAX 10

#define NEED(key, type, member)                                          \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, 1, \
	    TEXT_MAX)
#define MAY(key, type, member)                                               \
	CYAML_FIELD_STRING_PTR(key,                                          \
	    CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL, type, member, \
	    0, TEXT_MAX)

static const cyaml_schema_value_t word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, TEXT_MAX),
};

static const cyaml_schema_field_t step_fields[] = {
	NEED("name", struct raw_step, name),
	MAY("at", struct raw_step, at),
	MAY("after", struct raw_step, after),
	MAY("letter", struct raw_step, letter),
	MAY("task", struct raw_step, task),
	CYAML_FIELD_SEQUENCE_COUNT("by",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_step, by, n_by,
	    &word, 0, WORDS_MAX),
	MAY("mode", struct raw_step, mode),
	MAY("deadline", struct raw_step, deadline),
	CYAML_FIELD_SEQUENCE_COUNT("days",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_step, days,
	    n_days, &word, 0, WORDS_MAX),
	MAY("hours", struct raw_step, hours),
	MAY("floor", struct raw_step, floor),
	MAY("ceiling", struct raw_step, ceiling),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t step_value = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_step, step_fields),
};

static const cyaml_schema_field_t scenario_fields[] = {
	NEED("scenario", struct raw_scenario, scenario),
	MAY("group", struct raw_scenario, group),
	NEED("spacing", struct raw_scenario, spacing),
	CYAML_FIELD_SEQUENCE_COUNT("steps", CYAML_FLAG_POINTER,
	    struct raw_scenario, steps, n_steps, &step_value, 1, STEPS_MAX),
	MAY("paid", struct raw_scenario, paid),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_scenario,
	    scenario_fields),
};

const cyaml_schema_value_t *
raw_scenario_schema(void)
{
	return &schema;
}
