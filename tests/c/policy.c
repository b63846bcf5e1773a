/* What a policy gives reason to look at, alone and on tables. */

#include "village.h"

static size_t n_findings(needmatch_report report) {
    size_t n = 77;
    CHECK_STATUS(needmatch_report_n_rows(report, NEEDMATCH_REPORT_FACTS, &n), NEEDMATCH_OK);
    return n;
}

/* Whether one of the findings has this text in a column. */
static int has(needmatch_report report, const char *column, const char *expected) {
    char text[512];
    size_t row, length, n = n_findings(report);
    for (row = 0; row < n; row++) {
        CHECK_STATUS(needmatch_report_text_at(report, NEEDMATCH_REPORT_FACTS, column, strlen(column), row, text,
                                              sizeof text, &length), NEEDMATCH_OK);
        if (length == strlen(expected) && memcmp(text, expected, length) == 0) return 1;
    }
    return 0;
}

static void a_policy_alone_is_looked_at(void) {
    const char *policy = "seed = \"ours\"\n[travel.rural]\nfixed_minutes = 90\n";
    needmatch_report report = 0;
    needmatch_error error = 0;
    CHECK_STATUS(needmatch_lint_policy(NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_findings(report) == 1 && has(report, "lint", "default_seed") && has(report, "severity", "note"));
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_lint_policy(policy, strlen(policy), &report, NULL), NEEDMATCH_OK);
    CHECK(has(report, "key", "travel.rural.fixed_minutes") && has(report, "lint", "default_name"));
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    report = 7;
    CHECK_STATUS(needmatch_lint_policy(NEEDMATCH_TEXT("objective = 1"), &report, &error), NEEDMATCH_E_INPUT);
    CHECK(report == 7 && error != 0);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_lint_policy(NULL, 0, NULL, NULL), NEEDMATCH_E_NULL);
}

static void a_problem_is_looked_at(void) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    needmatch_report report = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_lint_problem(problem, NULL, 0, &report, NULL), NEEDMATCH_OK);
    /* Nobody mediates, and all have waited for no time at all. */
    CHECK(has(report, "key", "rules.D01") && has(report, "id", "dispute_mediation"));
    CHECK(has(report, "key", "criteria.waiting") && has(report, "lint", "weight_without_effect"));
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_lint_problem(0, NULL, 0, &report, NULL), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void the_schema_is_a_text(void) {
    size_t length = 0;
    char start[2];
    CHECK_STATUS(needmatch_policy_schema(NULL, 0, &length), NEEDMATCH_E_BUFFER);
    CHECK(length > 1000);
    CHECK_STATUS(needmatch_policy_schema(start, sizeof start, &length), NEEDMATCH_E_BUFFER);
    CHECK_STATUS(needmatch_policy_schema(NULL, 0, NULL), NEEDMATCH_E_NULL);
}

int main(void) {
    the_schema_is_a_text();
    a_policy_alone_is_looked_at();
    a_problem_is_looked_at();
    return 0;
}
