/* The low level: small problems with known answers, and every way to get it wrong. */

#include "check.h"

/* Two needs want place 0; the other place serves either. */
static const uint64_t INDPTR[] = {0, 2, 4};
static const uint32_t NODE[] = {0, 1, 0, 1};
static const int64_t SCORE[] = {9, 4, 8, 1};
static const uint64_t CAPACITY[] = {1, 1};

static needmatch_status assign_with(const needmatch_options *options, needmatch_control control, int64_t *node,
                                    needmatch_error *error) {
    return needmatch_assign(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, 2, NULL, options, control, node, NULL, NULL,
                            NULL, NULL, NULL, NULL, NULL, NULL, error);
}

static void the_prices_prove_the_total(void) {
    int64_t node[2] = {7, 7}, price_tier[2] = {7, 7}, price[2] = {7, 7}, total_tier = 7, total = 7, bound;
    int64_t bound_tier_told = 7, bound_told = 7;
    size_t i;
    CHECK_STATUS(needmatch_assign(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, 2, NULL, NULL, 0, node, price_tier,
                                  price, &total_tier, &total, &bound_tier_told, &bound_told, NULL, NULL, NULL),
                 NEEDMATCH_OK);
    CHECK(node[0] == 1 && node[1] == 0);
    CHECK(total_tier == 0 && total == 4 + 8 && bound_tier_told == 0 && bound_told == total);
    CHECK(price_tier[0] == 0 && price_tier[1] == 0);
    bound = price[0] + price[1];
    for (i = 0; i < 2; i++) {
        int64_t best = 0;
        uint64_t k;
        for (k = INDPTR[i]; k < INDPTR[i + 1]; k++) {
            int64_t gain = SCORE[k] - price[NODE[k]];
            best = gain > best ? gain : best;
        }
        bound += best;
    }
    CHECK(bound == total);
}

static void a_limit_of_work_leaves_an_assignment_and_a_bound(void) {
    const uint64_t indptr[] = {0, 2, 4, 6};
    const uint32_t edges[] = {0, 1, 0, 1, 0, 1};
    const int64_t score[] = {9, 4, 8, 1, 7, 5};
    int64_t node[3] = {7, 7, 7}, total = 7, bound = 7;
    needmatch_control control = 0;
    CHECK_STATUS(needmatch_control_new(&control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_set_work_limit(control, 1), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_assign(indptr, 3, edges, score, 6, CAPACITY, NULL, 2, NULL, NULL, control, node, NULL,
                                  NULL, NULL, &total, NULL, &bound, NULL, NULL, NULL), NEEDMATCH_OK);
    CHECK(node[0] == 1 && node[1] == 0 && node[2] == -1 && total == 4 + 8 && bound == 17);
    CHECK_STATUS(needmatch_control_set_work_limit(control, 0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_assign(indptr, 3, edges, score, 6, CAPACITY, NULL, 2, NULL, NULL, control, node, NULL,
                                  NULL, NULL, &total, NULL, &bound, NULL, NULL, NULL), NEEDMATCH_OK);
    CHECK(node[0] == 0 && node[1] == -1 && node[2] == 1 && total == 9 + 5 && bound == total);
    CHECK_STATUS(needmatch_control_free(control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_set_work_limit(control, 1), NEEDMATCH_E_HANDLE);
}

static void a_parent_limits_its_children_and_tiers_come_first(void) {
    const uint64_t indptr[] = {0, 1, 2};
    const uint32_t edges[] = {0, 1};
    const int64_t score[] = {5, 1000}, parent[] = {2, 2, -1};
    const uint64_t capacity[] = {1, 1, 1};
    const uint8_t tier[] = {2, 1};
    int64_t node[2] = {7, 7}, total_tier = 0, total = 0;
    CHECK_STATUS(needmatch_assign(indptr, 2, edges, score, 2, capacity, parent, 3, tier, NULL, 0, node, NULL, NULL,
                                  &total_tier, &total, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_OK);
    CHECK(node[0] == 0 && node[1] == -1 && total_tier == 2 && total == 5);
    CHECK_STATUS(needmatch_assign(indptr, 2, edges, score, 2, capacity, parent, 3, NULL, NULL, 0, node, NULL, NULL,
                                  &total_tier, &total, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_OK);
    CHECK(node[0] == -1 && node[1] == 1 && total_tier == 0 && total == 1000);
}

static void nothing_is_a_valid_problem(void) {
    const uint64_t indptr[] = {0};
    int64_t total = 7;
    CHECK_STATUS(needmatch_assign(indptr, 0, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL,
                                  &total, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_OK);
    CHECK(total == 0);
    CHECK_STATUS(needmatch_assign(NULL, 0, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL,
                                  &total, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(assign_with(NULL, 0, NULL, NULL), NEEDMATCH_E_NULL);
}

static void all_faults_are_listed_with_their_places(void) {
    const uint64_t capacity[] = {1, UINT64_MAX};
    const uint32_t edges[] = {0, 9, 0, 1};
    const int64_t score[] = {1, 2, INT64_MIN, 4};
    int64_t node[2] = {7, 7}, row = 0;
    needmatch_error error = 0;
    size_t n_listed = 0, n_faults = 0, length = 0, index;
    uint32_t number = 0, table = 0;
    char column[16];
    int seen = 0;
    CHECK_STATUS(needmatch_assign(INDPTR, 2, edges, score, 4, capacity, NULL, 2, NULL, NULL, 0, node, NULL, NULL,
                                  NULL, NULL, NULL, NULL, NULL, NULL, &error), NEEDMATCH_E_INPUT);
    CHECK(node[0] == 7 && node[1] == 7);
    CHECK_STATUS(needmatch_error_n_faults(error, &n_listed, &n_faults), NEEDMATCH_OK);
    CHECK(n_listed == 3 && n_faults == 3);
    for (index = 0; index < n_listed; index++) {
        CHECK_STATUS(needmatch_error_fault(error, index, &number, &table, &row), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_error_fault_column(error, index, column, sizeof column, &length), NEEDMATCH_OK);
        CHECK(table == NEEDMATCH_TABLE_ARRAYS);
        seen |= number == NEEDMATCH_FAULT_INDEX_OUT_OF_RANGE && row == 1 && memcmp(column, "node", length) == 0;
        seen |= (number == NEEDMATCH_FAULT_OUT_OF_RANGE && row == 2 && memcmp(column, "score", length) == 0) << 1;
        seen |= (number == NEEDMATCH_FAULT_OUT_OF_RANGE && row == 1 && memcmp(column, "capacity", length) == 0) << 2;
    }
    CHECK(seen == 7);
    CHECK_STATUS(needmatch_error_fault(error, 3, &number, &table, &row), NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
}

static void parents_and_row_pointers_are_checked(void) {
    const int64_t cycle[] = {1, 0}, beyond[] = {-1, 2}, below[] = {-2, -1}, itself[] = {0, -1};
    const int64_t *const wrong_parents[] = {cycle, beyond, below, itself};
    const uint64_t decreasing[] = {0, 4, 2}, huge[] = {0, UINT64_MAX, 4}, shifted[] = {1, 2, 4};
    const uint64_t *const wrong_rows[] = {decreasing, huge, shifted};
    int64_t node[2] = {7, 7};
    size_t k;
    for (k = 0; k < LENGTH(wrong_parents); k++) {
        CHECK_STATUS(needmatch_assign(INDPTR, 2, NODE, SCORE, 4, CAPACITY, wrong_parents[k], 2, NULL, NULL, 0, node,
                                      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_E_INPUT);
    }
    for (k = 0; k < LENGTH(wrong_rows); k++) {
        CHECK_STATUS(needmatch_assign(wrong_rows[k], 2, NODE, SCORE, 4, CAPACITY, NULL, 2, NULL, NULL, 0, node, NULL,
                                      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_E_INPUT);
    }
    CHECK(node[0] == 7 && node[1] == 7);
}

static void options_carry_their_size(void) {
    needmatch_options options = NEEDMATCH_OPTIONS_INIT;
    struct {
        needmatch_options known;
        uint32_t newer[2];
    } larger = {NEEDMATCH_OPTIONS_INIT, {0, 0}};
    const uint32_t wrong_sizes[] = {0, 1, 7, 100000, UINT32_MAX};
    int64_t node[2] = {7, 7};
    needmatch_error error = 0;
    size_t k;
    for (k = 0; k < LENGTH(wrong_sizes); k++) {
        options.struct_size = wrong_sizes[k];
        CHECK_STATUS(assign_with(&options, 0, node, NULL), NEEDMATCH_E_STRUCT_SIZE);
    }
    larger.known.struct_size = (uint32_t)sizeof larger;
    CHECK_STATUS(assign_with(&larger.known, 0, node, NULL), NEEDMATCH_OK);
    node[0] = 7;
    larger.newer[1] = 1;
    CHECK_STATUS(assign_with(&larger.known, 0, node, &error), NEEDMATCH_E_STRUCT_NEWER);
    CHECK(error != 0 && node[0] == 7);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    options.struct_size = (uint32_t)sizeof options;
    for (options.threads = 0; options.threads < 5; options.threads++) {
        memset(node, 0, sizeof node);
        CHECK_STATUS(assign_with(&options, 0, node, NULL), NEEDMATCH_OK);
        CHECK(node[0] == 1 && node[1] == 0);
    }
}

static void the_engine_is_chosen_explained_and_overridden(void) {
    needmatch_options options = NEEDMATCH_OPTIONS_INIT;
    needmatch_engine engine = 0;
    needmatch_engine_reason reason = 0;
    const uint64_t floor[] = {0, 1};
    int64_t node[2] = {7, 7};
    uint32_t number = 0, table = 0;
    int64_t row = 0;
    needmatch_error error = 0;
    char text[64];
    size_t length = 0;
    CHECK_STATUS(needmatch_assign(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, 2, NULL, NULL, 0, node, NULL, NULL, NULL,
                                  NULL, NULL, NULL, &engine, &reason, NULL), NEEDMATCH_OK);
    CHECK(engine == NEEDMATCH_ENGINE_FAST && reason == NEEDMATCH_REASON_ONLY_CAPACITIES);
    options.engine = NEEDMATCH_ENGINE_GENERAL;
    CHECK_STATUS(needmatch_assign(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, 2, NULL, &options, 0, node, NULL, NULL,
                                  NULL, NULL, NULL, NULL, &engine, &reason, NULL), NEEDMATCH_OK);
    CHECK(engine == NEEDMATCH_ENGINE_GENERAL && reason == NEEDMATCH_REASON_ASKED);
    CHECK(node[0] == 1 && node[1] == 0);

    /* A floor, which the fast engine does not know. */
    CHECK_STATUS(needmatch_assign_general(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, floor, 2, NULL, NULL, NULL, NULL,
                                          NULL, 0, NULL, NULL, NULL, 0, NULL, 0, node, NULL, NULL, NULL, NULL, NULL,
                                          NULL, &engine, &reason, NULL), NEEDMATCH_OK);
    CHECK(engine == NEEDMATCH_ENGINE_GENERAL && reason == NEEDMATCH_REASON_FLOORS);
    CHECK_STATUS(needmatch_engine_reason_text(reason, NEEDMATCH_ENGLISH, text, sizeof text, &length), NEEDMATCH_OK);
    CHECK(length == strlen("floors can bind") && memcmp(text, "floors can bind", length) == 0);
    CHECK_STATUS(needmatch_engine_reason_text(3, NEEDMATCH_ENGLISH, text, sizeof text, &length), NEEDMATCH_E_NOT_FOUND);
    options.engine = NEEDMATCH_ENGINE_FAST;
    CHECK_STATUS(needmatch_assign_general(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, floor, 2, NULL, NULL, NULL, NULL,
                                          NULL, 0, NULL, NULL, NULL, 0, &options, 0, node, NULL, NULL, NULL, NULL,
                                          NULL, NULL, NULL, NULL, &error), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_error_fault(error, 0, &number, &table, &row), NEEDMATCH_OK);
    CHECK(number == NEEDMATCH_FAULT_INEXACT_ENGINE);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    options.engine = 99;
    CHECK_STATUS(assign_with(&options, 0, node, NULL), NEEDMATCH_E_ARGUMENT);
}

static void a_cancelled_control_stops_the_run_before_it_starts(void) {
    needmatch_control control = 0;
    needmatch_error error = 0;
    int64_t node[2] = {7, 7};
    CHECK_STATUS(needmatch_control_new(&control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_cancel(control), NEEDMATCH_OK);
    CHECK_STATUS(assign_with(NULL, control, node, &error), NEEDMATCH_E_CANCELLED);
    CHECK(node[0] == 7 && error != 0);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_free(control), NEEDMATCH_OK);
    CHECK_STATUS(assign_with(NULL, control, node, NULL), NEEDMATCH_E_HANDLE);
}

int main(void) {
    the_prices_prove_the_total();
    a_limit_of_work_leaves_an_assignment_and_a_bound();
    a_parent_limits_its_children_and_tiers_come_first();
    nothing_is_a_valid_problem();
    all_faults_are_listed_with_their_places();
    parents_and_row_pointers_are_checked();
    options_carry_their_size();
    the_engine_is_chosen_explained_and_overridden();
    a_cancelled_control_stops_the_run_before_it_starts();
    return 0;
}
