/* Score against the number of residents who change their provider. */

#include "village.h"

/* Two workers with one place each; w1 knows the domain best, and serves nobody now. */
static needmatch_problem of_two_workers(const char *policy) {
    const int64_t caseload[] = {1, 1}, capacity[] = {5};
    const uint8_t compliant[] = {1};
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    TEXTS(tables, COMMUNITIES, "community", VILLAGE);
    TEXTS(tables, ORGANIZATIONS, "organization_id", "o1");
    TEXTS(tables, ORGANIZATIONS, "status", "registered");
    TEXTS(tables, ORGANIZATIONS, "service_area", "140502");
    CHECK_STATUS(needmatch_tables_add_bool(tables, NEEDMATCH_TABLE_ORGANIZATIONS, NEEDMATCH_TEXT("compliant"),
                                           compliant, NULL, 1), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_ORGANIZATIONS, NEEDMATCH_TEXT("capacity_max"),
                                          capacity, NULL, 1), NEEDMATCH_OK);
    TEXTS(tables, WORKERS, "worker_id", "w1", "w2");
    TEXTS(tables, WORKERS, "organization_id", "o1", "o1");
    TEXTS(tables, WORKERS, "domains", "elderly_care:3", "elderly_care:1");
    TEXTS(tables, WORKERS, "qualifications", "sw_certified", "sw_certified");
    TEXTS(tables, WORKERS, "base_community", VILLAGE, VILLAGE);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_WORKERS, NEEDMATCH_TEXT("caseload_max"), caseload,
                                          NULL, 2), NEEDMATCH_OK);
    TEXTS(tables, NEEDS, "need_id", "n1");
    TEXTS(tables, NEEDS, "community", VILLAGE);
    TEXTS(tables, NEEDS, "domain", "elderly_care");
    TEXTS(tables, NEEDS, "risk", "yellow");
    TEXTS(tables, NEEDS, "age_band", "70-79");
    TEXTS(tables, NEEDS, "consent", "general");
    TEXTS(tables, NEEDS, "current_worker", "w2");
    CHECK_STATUS(needmatch_problem_new(tables, policy, strlen(policy), 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    return problem;
}

/* Only competence and continuity count; two thirds of the one are worth more than half of the other. */
#define POLICY(objective) "objective = \"" objective "\"\n[criteria]\ndomain_competence = 900\nqualification = 0\n" \
    "travel_time = 0\ncontinuity = 100\nwaiting = 0\nlanguages = 0\npreference = 0\norganization_grade = 0\n"

static int64_t cell(needmatch_report report, const char *name, size_t row) {
    int64_t values[2] = {-7, -7};
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, name, strlen(name), 2, values, NULL), NEEDMATCH_OK);
    return values[row];
}

static int64_t switched(needmatch_matching matching) {
    int64_t value = -7;
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_ASSIGNMENTS, NEEDMATCH_TEXT("switched"), 1, &value, NULL),
                 NEEDMATCH_OK);
    return value;
}

static void two_points_with_their_matchings(void) {
    needmatch_problem problem = of_two_workers(POLICY("tiers_then_score"));
    needmatch_report report = 0;
    needmatch_matching matchings[32];
    size_t n = 77;
    char id[8];
    CHECK_STATUS(needmatch_frontier(problem, 0, NULL, 0, matchings, 32, &report, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_report_n_rows(report, NEEDMATCH_REPORT_FACTS, &n), NEEDMATCH_OK);
    CHECK(n == 2 && matchings[0] != 0 && matchings[1] != 0 && matchings[2] == 0);
    CHECK(cell(report, "switches", 0) == 1 && cell(report, "switches", 1) == 0);
    /* 900 + 50 of a thousand against 300 + 100: the switch is worth 0.55, and at just that penalty both are. */
    CHECK(cell(report, "score", 0) == 950000 && cell(report, "score", 1) == 400000);
    CHECK(cell(report, "least_penalty", 0) == 0 && cell(report, "most_penalty", 0) == 550000);
    CHECK(cell(report, "most_penalty", 1) == 1000000 && cell(report, "gap_closed", 0) == 1 && cell(report, "gap_score", 0) == 0);
    CHECK(switched(matchings[0]) == 1 && switched(matchings[1]) == 0);
    CHECK_STATUS(needmatch_report_text_at(report, NEEDMATCH_REPORT_OTHERS, NEEDMATCH_TEXT("need_id"), 0, id, sizeof id, &n),
                 NEEDMATCH_OK);
    CHECK(n == 2 && memcmp(id, "n1", 2) == 0);
    CHECK_STATUS(needmatch_matching_verify(matchings[1], NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matchings[0]), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matchings[1]), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

static void a_penalty_keeps_the_worker(void) {
    const char *policies[] = {"switch_penalty = 549999\n" POLICY("tiers_then_score"),
                              "switch_penalty = 550001\n" POLICY("tiers_then_score")};
    size_t k;
    for (k = 0; k < 2; k++) {
        needmatch_problem problem = of_two_workers(policies[k]);
        needmatch_matching matching = 0;
        CHECK_STATUS(needmatch_solve(problem, NULL, 0, &matching, NULL), NEEDMATCH_OK);
        CHECK(switched(matching) == (k == 0));
        CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    }
}

static void what_cannot_be_told_is_refused(void) {
    needmatch_problem problem = of_two_workers(POLICY("score"));
    needmatch_report report = 0;
    needmatch_matching matchings[2];
    CHECK_STATUS(needmatch_frontier(problem, 2, NULL, 0, NULL, 0, &report, NULL), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_frontier(problem, 3, NULL, 0, matchings, 2, &report, NULL), NEEDMATCH_E_BUFFER);
    CHECK_STATUS(needmatch_frontier(99, 2, NULL, 0, NULL, 0, &report, NULL), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_frontier(problem, 2, NULL, 0, NULL, 0, NULL, NULL), NEEDMATCH_E_NULL);
    CHECK(report == 0);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

int main(void) {
    two_points_with_their_matchings();
    a_penalty_keeps_the_worker();
    what_cannot_be_told_is_refused();
    return 0;
}
