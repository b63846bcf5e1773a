/* Two results beside each other, and which amendment did what of the difference. */

#include "village.h"

static needmatch_tables village(void) {
    needmatch_tables tables = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    return tables;
}

static needmatch_matching solved(needmatch_tables tables, const char *policy) {
    needmatch_problem problem = 0;
    needmatch_matching matching = 0;
    CHECK_STATUS(needmatch_problem_new(tables, policy, policy == NULL ? 0 : strlen(policy), 0, &problem, NULL),
                 NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(problem, NULL, 0, &matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    return matching;
}

static size_t n_rows(needmatch_report report, needmatch_report_table table) {
    size_t n = 77;
    CHECK_STATUS(needmatch_report_n_rows(report, table, &n), NEEDMATCH_OK);
    return n;
}

static void expect_text(needmatch_report report, const char *name, size_t row, const char *expected) {
    char text[512];
    size_t length = 0;
    CHECK_STATUS(needmatch_report_text_at(report, NEEDMATCH_REPORT_FACTS, name, strlen(name), row, text, sizeof text,
                                          &length), NEEDMATCH_OK);
    CHECK(length == strlen(expected) && memcmp(text, expected, length) == 0);
}

static int64_t sum(needmatch_report report, const char *name) {
    int64_t values[8] = {0}, sum = 0;
    size_t n = n_rows(report, NEEDMATCH_REPORT_FACTS), k;
    CHECK(n <= 8);
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, name, strlen(name), n, values, NULL),
                 NEEDMATCH_OK);
    for (k = 0; k < n; k++)
        sum += values[k];
    return sum;
}

#define NO_LONGER "[rules]\nH02 = false\n[criteria]\nwaiting = 100\nlanguages = 0\n"

static void two_matchings_stand_beside_each_other(void) {
    needmatch_tables tables = village();
    needmatch_matching before = solved(tables, NULL), after = solved(tables, "[travel]\nmax_minutes = 1\n");
    needmatch_report report = 0;
    CHECK_STATUS(needmatch_compare(before, after, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 3);
    expect_text(report, "need_id", 0, "n1");
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_compare(before, before, &report, NULL), NEEDMATCH_OK);
    expect_text(report, "change", 0, "same");
    expect_text(report, "change", 2, "without");
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_compare(before, 99, &report, NULL), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_matching_free(before), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(after), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void contributions_add_up(void) {
    needmatch_tables tables = village();
    needmatch_report report = 0;
    needmatch_matching before = solved(tables, NULL), after = solved(tables, NO_LONGER);
    char json[4096];
    size_t length = 0;
    CHECK_STATUS(needmatch_attribute(tables, NULL, 0, 0, NO_LONGER, strlen(NO_LONGER), NULL, 0, 0, NULL, 0, &report,
                                     NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 3);
    expect_text(report, "amendment", 0, "criteria.languages");
    expect_text(report, "before", 0, "50");
    expect_text(report, "after", 2, "false");
    /* Two have 50 thousandths together, so what one loses the other gains; all over 3 factorial. */
    CHECK(sum(report, "denominator") == 18);
    CHECK(sum(report, "served_p1") == 0 && sum(report, "tier") == 0);
    CHECK_STATUS(needmatch_report_json(report, json, sizeof json, &length), NEEDMATCH_OK);
    CHECK(length > 0 && memcmp(json, "{\"facts\":[{\"amendment\":\"criteria.languages\"", 43) == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_attribute(tables, NULL, 0, tables, NO_LONGER, strlen(NO_LONGER),
                                     NEEDMATCH_TEXT("criteria;rules"), 0, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 2);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_attribute(tables, NULL, 0, 0, NEEDMATCH_TEXT("rules = 1"), NULL, 0, 0, NULL, 0, &report, NULL),
                 NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_attribute(99, NULL, 0, 0, NULL, 0, NULL, 0, 0, NULL, 0, &report, NULL), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_matching_free(before), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(after), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

int main(void) {
    two_matchings_stand_beside_each_other();
    contributions_add_up();
    return 0;
}
