/* plan_table: a plan as a person reads it: who, what, why, why not. */
#ifndef REPORT_PLAN_TABLE_H
#define REPORT_PLAN_TABLE_H

#include <stdio.h>

#include "semonce.h"

void plan_table_print(const struct plan *p, FILE *out);

#endif
