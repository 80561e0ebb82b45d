/*
 * raw: a scenario as the YAML file has it, before it is checked.
 */
#ifndef POLICY_RAW_H
#define POLICY_RAW_H

#include "base/yaml.h"

struct raw_step {
	const char *name, *at, *after, *letter, *task;
	const char **by, **days, **claims;
	unsigned n_by, n_days, n_claims;
	const char *mode, *deadline, *hours, *floor, *ceiling;
};

struct raw_scenario {
	const char *scenario, *group, *spacing, *paid;
	struct raw_step *steps;
	unsigned n_steps;
};

const cyaml_schema_value_t *raw_scenario_schema(void);

#endif
