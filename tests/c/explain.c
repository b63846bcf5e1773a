/* Why this one, why not that one, and what a place is worth. */

#include "village.h"

static needmatch_explainer explainer_of_the_village(void) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    needmatch_matching matching = 0;
    needmatch_explainer explainer = 0;
    needmatch_error error = 7;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(problem, NULL, 0, &matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_new(matching, NULL, 0, &explainer, &error), NEEDMATCH_OK);
    CHECK(explainer != 0 && error == 7);
    /* An explainer needs its matching no more. */
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    return explainer;
}

static void expect_text(needmatch_report report, needmatch_report_table table, const char *name, size_t row,
                        const char *expected) {
    char text[512];
    size_t length = 0;
    CHECK_STATUS(needmatch_report_text_at(report, table, name, strlen(name), row, text, sizeof text, &length),
                 NEEDMATCH_OK);
    CHECK(length == strlen(expected) && memcmp(text, expected, length) == 0);
}

static int64_t number(needmatch_report report, const char *name) {
    int64_t value = 7;
    uint8_t validity = 7;
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, name, strlen(name), 1, &value, &validity),
                 NEEDMATCH_OK);
    CHECK(validity == 1);
    return value;
}

static size_t n_rows(needmatch_report report, needmatch_report_table table) {
    size_t n = 77;
    CHECK_STATUS(needmatch_report_n_rows(report, table, &n), NEEDMATCH_OK);
    return n;
}

static void an_assignment_has_its_margin_and_its_chain(void) {
    needmatch_explainer explainer = explainer_of_the_village();
    needmatch_report report = 0;
    CHECK_STATUS(needmatch_explainer_why(explainer, NEEDMATCH_TEXT("n1"), &report, NULL), NEEDMATCH_OK);
    expect_text(report, NEEDMATCH_REPORT_FACTS, "answer", 0, "assigned");
    expect_text(report, NEEDMATCH_REPORT_FACTS, "worker_id", 0, "w1");
    /* Without it n1 and n2 change places: nobody loses service. */
    CHECK(number(report, "loss_tier") == 0 && number(report, "loss_score") > 0);
    CHECK(number(report, "moves") == 2 && n_rows(report, NEEDMATCH_REPORT_CHAIN) == 2);
    expect_text(report, NEEDMATCH_REPORT_CHAIN, "need_id", 0, "n1");
    expect_text(report, NEEDMATCH_REPORT_CHAIN, "from_id", 0, "w1");
    expect_text(report, NEEDMATCH_REPORT_CHAIN, "to_id", 0, "o2");
    expect_text(report, NEEDMATCH_REPORT_CHAIN, "need_id", 1, "n2");
    /* Worker w2 passes every rule too, but has no place. */
    CHECK(n_rows(report, NEEDMATCH_REPORT_OTHERS) == 2);
    expect_text(report, NEEDMATCH_REPORT_OTHERS, "provider_id", 0, "o2");
    expect_text(report, NEEDMATCH_REPORT_OTHERS, "provider_id", 1, "w2");
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
}

static void a_pair_that_was_not_chosen_has_its_reason(void) {
    needmatch_explainer explainer = explainer_of_the_village();
    needmatch_report report = 0;
    CHECK_STATUS(needmatch_explainer_why_not(explainer, NEEDMATCH_TEXT("n2"), NEEDMATCH_LEVEL_ANY, NEEDMATCH_TEXT("w1"),
                                             &report, NULL), NEEDMATCH_OK);
    expect_text(report, NEEDMATCH_REPORT_FACTS, "answer", 0, "loss");
    CHECK(number(report, "loss_score") > 0 && number(report, "served_p4") == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_why_not(explainer, NEEDMATCH_TEXT("n3"), NEEDMATCH_LEVEL_ORGANIZATION,
                                             NEEDMATCH_TEXT("o2"), &report, NULL), NEEDMATCH_OK);
    expect_text(report, NEEDMATCH_REPORT_FACTS, "answer", 0, "failed_rules");
    expect_text(report, NEEDMATCH_REPORT_FACTS, "failed_rules", 0, "D01");
    CHECK(n_rows(report, NEEDMATCH_REPORT_CHAIN) == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_why_not_all(explainer, NEEDMATCH_TEXT("n1"), &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 4);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
}

static void all_pairs_and_all_places_are_read_as_columns(void) {
    needmatch_explainer explainer = explainer_of_the_village();
    needmatch_report report = 0;
    int64_t places[10];
    uint64_t offsets[11];
    char bytes[256];
    size_t n, n_bytes = 0, length = 0, index;
    needmatch_type type = 0;
    CHECK_STATUS(needmatch_explainer_losses(explainer, NULL, 0, &report, NULL), NEEDMATCH_OK);
    /* Two needs with three candidates each. */
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 6);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_values(explainer, NULL, 0, &report, NULL), NEEDMATCH_OK);
    n = n_rows(report, NEEDMATCH_REPORT_FACTS);
    /* Worker w2 has no place that could be taken away. */
    CHECK(n == 7);
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, NEEDMATCH_TEXT("places"), n, places, NULL),
                 NEEDMATCH_OK);
    CHECK(places[0] == 1 && places[1] == -1);
    CHECK_STATUS(needmatch_report_text(report, NEEDMATCH_REPORT_FACTS, NEEDMATCH_TEXT("id"), n, offsets, NULL, bytes,
                                       sizeof bytes, &n_bytes), NEEDMATCH_OK);
    CHECK(n_bytes == 2 * n && memcmp(bytes, "w1w1w2o1o1o2o2", n_bytes) == 0);
    for (index = 0; needmatch_report_column(report, NEEDMATCH_REPORT_FACTS, index, &type, bytes, sizeof bytes,
                                            &length) == NEEDMATCH_OK; index++) {
        CHECK(length > 0 && (type == NEEDMATCH_TYPE_I64 || type == NEEDMATCH_TYPE_TEXT));
    }
    CHECK(index > 10);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
}

static void shortages_and_what_would_help_are_read_the_same_way(void) {
    needmatch_explainer explainer = explainer_of_the_village();
    needmatch_report report = 0;
    /* Nobody is left over who has a candidate. */
    CHECK_STATUS(needmatch_explainer_shortages(explainer, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_smallest_repair(explainer, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_pin_costs(explainer, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    /* Whoever learned to mediate would serve n3 instead of another. */
    CHECK_STATUS(needmatch_explainer_improvements(explainer, 100, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 0);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
}

static void weights_have_their_ranges(void) {
    needmatch_explainer explainer = explainer_of_the_village();
    needmatch_report report = 0;
    CHECK_STATUS(needmatch_explainer_weight_ranges(explainer, 20, NULL, 0, &report, NULL), NEEDMATCH_OK);
    CHECK(n_rows(report, NEEDMATCH_REPORT_FACTS) == 8 && n_rows(report, NEEDMATCH_REPORT_OTHERS) == 16);
    expect_text(report, NEEDMATCH_REPORT_FACTS, "criterion", 0, "domain_competence");
    expect_text(report, NEEDMATCH_REPORT_OTHERS, "need_id", 8, "n2");
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
}

static void wrong_questions_are_refused_and_write_nothing(void) {
    needmatch_explainer explainer = explainer_of_the_village();
    needmatch_report report = 77;
    int64_t value = 7;
    size_t n = 7;
    CHECK_STATUS(needmatch_explainer_why(explainer, NEEDMATCH_TEXT("n9"), &report, NULL), NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_explainer_why_not(explainer, NEEDMATCH_TEXT("n1"), 0, NEEDMATCH_TEXT("w9"), &report, NULL),
                 NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_explainer_why_not(explainer, NEEDMATCH_TEXT("n1"), NEEDMATCH_LEVEL_ORGANIZATION,
                                             NEEDMATCH_TEXT("w1"), &report, NULL), NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_explainer_why_not(explainer, NEEDMATCH_TEXT("n1"), 9, NEEDMATCH_TEXT("w1"), &report, NULL),
                 NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_explainer_why(0, NEEDMATCH_TEXT("n1"), &report, NULL), NEEDMATCH_E_HANDLE);
    CHECK(report == 77);
    CHECK_STATUS(needmatch_explainer_why(explainer, NEEDMATCH_TEXT("n1"), &report, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_report_n_rows(report, 0, &n), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, NEEDMATCH_TEXT("score"), 2, &value, NULL),
                 NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, NEEDMATCH_TEXT("text"), 1, &value, NULL),
                 NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_report_i64(report, NEEDMATCH_REPORT_FACTS, NEEDMATCH_TEXT("salary"), 1, &value, NULL),
                 NEEDMATCH_E_NOT_FOUND);
    CHECK(value == 7 && n == 7);
    CHECK_STATUS(needmatch_report_free(report), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_free(explainer), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_explainer_free(0), NEEDMATCH_OK);
}

int main(void) {
    an_assignment_has_its_margin_and_its_chain();
    a_pair_that_was_not_chosen_has_its_reason();
    all_pairs_and_all_places_are_read_as_columns();
    shortages_and_what_would_help_are_read_the_same_way();
    weights_have_their_ranges();
    wrong_questions_are_refused_and_write_nothing();
    return 0;
}
