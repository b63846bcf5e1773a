/* A small problem that the C tests share: one village, two organizations, two workers, three needs.
 *
 * Worker w1 has the only place in o1 and knows the domain best; o2 serves one need without naming a worker. So n1, which
 * is yellow, and n2, which is green, are both served. Nobody mediates, which is what n3 asks for.
 */

#ifndef VILLAGE_H
#define VILLAGE_H

#include "check.h"

#define VILLAGE "140502001001"

static void add(needmatch_tables tables, needmatch_table table, const char *name, const char *const *values,
                size_t n_rows) {
    CHECK_STATUS(needmatch_tables_add_strings(tables, table, name, strlen(name), values, n_rows), NEEDMATCH_OK);
}

/* One column of texts: TEXTS(tables, NEEDS, "risk", "red", "green"). */
#define TEXTS(tables, table, name, ...)                                                     \
    do {                                                                                    \
        const char *const values_[] = {__VA_ARGS__};                                        \
        add(tables, NEEDMATCH_TABLE_##table, name, values_, LENGTH(values_));               \
    } while (0)

static inline void add_supply(needmatch_tables tables) {
    const uint8_t direct[] = {0, 1}, compliant[] = {1, 1};
    const int64_t capacity[] = {5, 1}, caseload[] = {1, 0};
    TEXTS(tables, COMMUNITIES, "community", VILLAGE);
    TEXTS(tables, ORGANIZATIONS, "organization_id", "o1", "o2");
    TEXTS(tables, ORGANIZATIONS, "status", "registered", "registered");
    TEXTS(tables, ORGANIZATIONS, "service_area", "140502", "140502001");
    TEXTS(tables, ORGANIZATIONS, "domains", NULL, "elderly_care");
    CHECK_STATUS(needmatch_tables_add_bool(tables, NEEDMATCH_TABLE_ORGANIZATIONS, NEEDMATCH_TEXT("compliant"),
                                           compliant, NULL, 2), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_add_bool(tables, NEEDMATCH_TABLE_ORGANIZATIONS, NEEDMATCH_TEXT("direct"), direct,
                                           NULL, 2), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_ORGANIZATIONS, NEEDMATCH_TEXT("capacity_max"),
                                          capacity, NULL, 2), NEEDMATCH_OK);
    TEXTS(tables, WORKERS, "worker_id", "w1", "w2");
    TEXTS(tables, WORKERS, "organization_id", "o1", "o1");
    TEXTS(tables, WORKERS, "domains", "elderly_care:3", "elderly_care");
    TEXTS(tables, WORKERS, "qualifications", "sw_certified", "volunteer");
    TEXTS(tables, WORKERS, "base_community", VILLAGE, VILLAGE);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_WORKERS, NEEDMATCH_TEXT("caseload_max"), caseload,
                                          NULL, 2), NEEDMATCH_OK);
}

static inline void add_needs(needmatch_tables tables) {
    TEXTS(tables, NEEDS, "need_id", "n1", "n2", "n3");
    TEXTS(tables, NEEDS, "community", VILLAGE, VILLAGE, VILLAGE);
    TEXTS(tables, NEEDS, "domain", "elderly_care", "elderly_care", "dispute_mediation");
    TEXTS(tables, NEEDS, "risk", "yellow", "green", "green");
    TEXTS(tables, NEEDS, "age_band", "70-79", "80-89", "35-59");
    TEXTS(tables, NEEDS, "consent", "general", "general", "general");
}

#endif
