/* Floors and quotas: a result with its proof, or what stands in the way. */

#include "village.h"

static needmatch_problem village_under(const char *policy, const char *floor_of_o1, const char *cap) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    if (floor_of_o1) {
        TEXTS(tables, ORGANIZATIONS, "capacity_min", floor_of_o1, "0");
    }
    if (cap) {
        TEXTS(tables, QUOTAS, "quota_id", "q1");
        TEXTS(tables, QUOTAS, "area", "140502");
        TEXTS(tables, QUOTAS, "cap", cap);
    }
    CHECK_STATUS(needmatch_problem_new(tables, policy, strlen(policy), 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    return problem;
}

static needmatch_problem village(const char *floor_of_o1, const char *cap) {
    return village_under("", floor_of_o1, cap);
}

static needmatch_matching solved(needmatch_problem problem) {
    needmatch_matching matching = 0;
    CHECK_STATUS(needmatch_solve(problem, NULL, 0, &matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_verify(matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_verify_all_pairs(matching, NULL), NEEDMATCH_OK);
    return matching;
}

static void expect_text(needmatch_matching matching, needmatch_result result, const char *name, size_t row,
                        const char *expected) {
    char text[128];
    size_t length = 0;
    CHECK_STATUS(needmatch_matching_text_at(matching, result, name, strlen(name), row, text, sizeof text, &length),
                 NEEDMATCH_OK);
    CHECK(length == strlen(expected) && memcmp(text, expected, length) == 0);
}

static int64_t number(needmatch_matching matching, needmatch_result result, const char *name) {
    int64_t value = 7;
    CHECK_STATUS(needmatch_matching_i64(matching, result, name, strlen(name), 1, &value, NULL), NEEDMATCH_OK);
    return value;
}

static size_t n_rows(needmatch_matching matching, needmatch_result result) {
    size_t n = 77;
    CHECK_STATUS(needmatch_matching_n_rows(matching, result, &n), NEEDMATCH_OK);
    return n;
}

static void a_full_quota_is_the_reason(void) {
    needmatch_matching matching = solved(village(NULL, "1"));
    needmatch_explainer explainer = 0;
    needmatch_report report = 0;
    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "optimal");
    expect_text(matching, NEEDMATCH_RESULT_RUN, "engine", 0, "general");
    expect_text(matching, NEEDMATCH_RESULT_RUN, "unit", 0, "1");
    CHECK(n_rows(matching, NEEDMATCH_RESULT_ASSIGNMENTS) == 1);
    expect_text(matching, NEEDMATCH_RESULT_UNMATCHED, "reason", 0, "quota_full");
    expect_text(matching, NEEDMATCH_RESULT_UNMATCHED, "quota_id", 0, "q1");
    CHECK(n_rows(matching, NEEDMATCH_RESULT_QUOTAS) == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_QUOTAS, "needs") == 3);
    CHECK(number(matching, NEEDMATCH_RESULT_QUOTAS, "served") == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_QUOTAS, "cap") == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_QUOTAS, "crosses") == 0);
    CHECK(n_rows(matching, NEEDMATCH_RESULT_QUOTA_PRICES) == 1);
    expect_text(matching, NEEDMATCH_RESULT_QUOTA_PRICES, "quota_id", 0, "q1");
    CHECK(n_rows(matching, NEEDMATCH_RESULT_TIGHT_SET) == 0);
    /* It is explained, but for what asks for places alone. */
    CHECK_STATUS(needmatch_explainer_new(matching, NULL, 0, &explainer, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_values(explainer, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_shortages(explainer, NULL, 0, &report, NULL), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
}

static void a_floor_that_cannot_be_met_decides_nothing(void) {
    needmatch_matching matching = solved(village("5", NULL));
    needmatch_explainer explainer = 0;
    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "floors_unmet");
    CHECK(number(matching, NEEDMATCH_RESULT_RUN, "served") == 0);
    /* The floor asks for five, and the only worker of o1 who may serve has one place. */
    CHECK(number(matching, NEEDMATCH_RESULT_RUN, "missing") == 4);
    expect_text(matching, NEEDMATCH_RESULT_TIGHT_SET, "kind", 0, "floor");
    expect_text(matching, NEEDMATCH_RESULT_TIGHT_SET, "level", 0, "organization");
    expect_text(matching, NEEDMATCH_RESULT_TIGHT_SET, "id", 0, "o1");
    CHECK_STATUS(needmatch_explainer_new(matching, NULL, 0, &explainer, NULL), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
}

static void a_floor_that_is_met_has_its_price(void) {
    needmatch_matching matching = solved(village("1", NULL));
    int64_t floor[4];
    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "optimal");
    CHECK(n_rows(matching, NEEDMATCH_RESULT_CAPACITY) == 4);
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_CAPACITY, NEEDMATCH_TEXT("floor"), 4, floor, NULL),
                 NEEDMATCH_OK);
    CHECK(floor[0] == 0 && floor[1] == 0 && floor[2] == 1 && floor[3] == 0);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
}

static void the_default_objective_is_free(void) {
    needmatch_matching matching = solved(village(NULL, "1"));
    int64_t served[4] = {7, 7, 7, 7}, score = 7;
    CHECK_STATUS(needmatch_matching_objective_price(matching, NULL, 0, served, &score, NULL), NEEDMATCH_OK);
    CHECK(served[0] == 0 && served[1] == 0 && served[2] == 0 && served[3] == 0 && score == 0);
    CHECK_STATUS(needmatch_matching_objective_price(0, NULL, 0, served, &score, NULL), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
}

static void a_stable_matching_says_so_and_is_refused_within_floors(void) {
    const char *stable = "objective = \"stable\"";
    needmatch_matching matching = solved(village_under(stable, NULL, NULL));
    needmatch_explainer explainer = 0;
    needmatch_problem bound = village_under(stable, "1", NULL);
    size_t length = 0;
    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "stable");
    expect_text(matching, NEEDMATCH_RESULT_RUN, "engine", 0, "deferred_acceptance");
    CHECK(number(matching, NEEDMATCH_RESULT_RUN, "served") > 0);
    CHECK_STATUS(needmatch_explainer_new(matching, NULL, 0, &explainer, NULL), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_matching_decision(matching, NULL, 0, &length), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(bound, NULL, 0, &matching, NULL), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_problem_free(bound), NEEDMATCH_OK);
}

static void the_greatest_least_rate_has_its_proof(void) {
    needmatch_matching matching = solved(village_under("objective = \"max_min\"", NULL, "1"));
    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "optimal");
    expect_text(matching, NEEDMATCH_RESULT_RUN, "engine_reason", 0, "objective");
    CHECK(n_rows(matching, NEEDMATCH_RESULT_RATES) == 1);
    expect_text(matching, NEEDMATCH_RESULT_RATES, "kind", 0, "140502000000");
    CHECK(number(matching, NEEDMATCH_RESULT_RATES, "served") == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_RATES, "floor") == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_RUN, "least_served") == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_RUN, "least_needs") == number(matching, NEEDMATCH_RESULT_RATES, "needs"));
    CHECK(number(matching, NEEDMATCH_RESULT_RUN, "least_bound_served") == 1);
    expect_text(matching, NEEDMATCH_RESULT_RATE_TIGHT_SET, "kind", 0, "floor");
    expect_text(matching, NEEDMATCH_RESULT_RATE_TIGHT_SET, "level", 0, "kind");
    expect_text(matching, NEEDMATCH_RESULT_RATE_TIGHT_SET, "id", 0, "140502000000");
    CHECK(n_rows(matching, NEEDMATCH_RESULT_TIGHT_SET) == 0);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
}

static void leximin_tells_its_ceilings(void) {
    needmatch_matching matching = solved(village_under("objective = \"leximin\"", NULL, "1"));
    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "optimal");
    CHECK(number(matching, NEEDMATCH_RESULT_RATES, "served") == 1);
    CHECK(number(matching, NEEDMATCH_RESULT_RATES, "floor") == 1);
    CHECK(n_rows(matching, NEEDMATCH_RESULT_RATE_TIGHT_SET) == 2);
    expect_text(matching, NEEDMATCH_RESULT_RATE_TIGHT_SET, "level", 0, "kind");
    expect_text(matching, NEEDMATCH_RESULT_RATE_TIGHT_SET, "kind", 1, "cap");
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
}

int main(void) {
    leximin_tells_its_ceilings();
    the_greatest_least_rate_has_its_proof();
    a_stable_matching_says_so_and_is_refused_within_floors();
    the_default_objective_is_free();
    a_full_quota_is_the_reason();
    a_floor_that_cannot_be_met_decides_nothing();
    a_floor_that_is_met_has_its_price();
    return 0;
}
