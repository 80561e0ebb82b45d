#include "policy/raw.h"

#include "base/yaml.h"
#include "semonce.h"

#define TEXT_MAX  200
#define STEPS_MAX 20
#define WORDS_MAX 10

static const cyaml_schema_value_t word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, TEXT_MAX),
};

static const cyaml_schema_field_t step_fields[] = {
	YAML_NEED("name", TEXT_MAX, struct raw_step, name),
	YAML_MAY("at", TEXT_MAX, struct raw_step, at),
	YAML_MAY("after", TEXT_MAX, struct raw_step, after),
	YAML_MAY("letter", TEXT_MAX, struct raw_step, letter),
	YAML_MAY("task", TEXT_MAX, struct raw_step, task),
	CYAML_FIELD_SEQUENCE_COUNT("by",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_step, by, n_by,
	    &word, 0, WORDS_MAX),
	YAML_MAY("mode", TEXT_MAX, struct raw_step, mode),
	YAML_MAY("deadline", TEXT_MAX, struct raw_step, deadline),
	CYAML_FIELD_SEQUENCE_COUNT("days",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_step, days,
	    n_days, &word, 0, WORDS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("claims",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_step, claims,
	    n_claims, &word, 0, CLAIM_KINDS),
	YAML_MAY("hours", TEXT_MAX, struct raw_step, hours),
	YAML_MAY("floor", TEXT_MAX, struct raw_step, floor),
	YAML_MAY("ceiling", TEXT_MAX, struct raw_step, ceiling),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t step_value = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_step, step_fields),
};

static const cyaml_schema_field_t scenario_fields[] = {
	YAML_NEED("scenario", TEXT_MAX, struct raw_scenario, scenario),
	YAML_MAY("group", TEXT_MAX, struct raw_scenario, group),
	YAML_NEED("spacing", TEXT_MAX, struct raw_scenario, spacing),
	CYAML_FIELD_SEQUENCE_COUNT("steps", CYAML_FLAG_POINTER,
	    struct raw_scenario, steps, n_steps, &step_value, 1, STEPS_MAX),
	YAML_MAY("paid", TEXT_MAX, struct raw_scenario, paid),
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
