/* From tables to a matching, read out in every way there is. */

#include "village.h"

#include <pthread.h>

#define N_THREADS 4

static needmatch_problem village(void) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    return problem;
}

static needmatch_matching solved(needmatch_problem problem, const needmatch_options *options) {
    needmatch_matching matching = 0;
    needmatch_error error = 7;
    CHECK_STATUS(needmatch_solve(problem, options, 0, &matching, &error), NEEDMATCH_OK);
    CHECK(matching != 0 && error == 7);
    return matching;
}

/* The text of a cell, which must be `expected`. */
static void expect_text(needmatch_matching matching, needmatch_result result, const char *name, size_t row,
                        const char *expected) {
    char text[128];
    size_t length = 0;
    CHECK_STATUS(needmatch_matching_text_at(matching, result, name, strlen(name), row, text, sizeof text, &length),
                 NEEDMATCH_OK);
    CHECK(length == strlen(expected) && memcmp(text, expected, length) == 0);
}

static int64_t number(needmatch_matching matching, const char *name) {
    int64_t value = 7;
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_RUN, name, strlen(name), 1, &value, NULL),
                 NEEDMATCH_OK);
    return value;
}

/* The whole matching as JSON, to be freed. */
static char *json_of(needmatch_matching matching, size_t *length) {
    char *json;
    CHECK_STATUS(needmatch_matching_json(matching, NULL, 0, length), NEEDMATCH_E_BUFFER);
    json = (char *)malloc(*length);
    CHECK(json != NULL);
    CHECK_STATUS(needmatch_matching_json(matching, json, *length, length), NEEDMATCH_OK);
    return json;
}

static void emergencies_head_the_result(void) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    needmatch_matching matching;
    size_t n_rows = 0, length;
    char *json;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    TEXTS(tables, NEEDS, "emergencies", NULL, "self_harm", NULL);
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    matching = solved(problem, NULL);
    CHECK_STATUS(needmatch_matching_n_rows(matching, NEEDMATCH_RESULT_IMMEDIATE, &n_rows), NEEDMATCH_OK);
    CHECK(n_rows == 1);
    expect_text(matching, NEEDMATCH_RESULT_IMMEDIATE, "need_id", 0, "n2");
    expect_text(matching, NEEDMATCH_RESULT_UNMATCHED, "reason", 0, "immediate");
    json = json_of(matching, &length);
    CHECK(strncmp(json, "{\"immediate\":[\"n2\"],", 20) == 0);
    free(json);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

static void the_village_is_served_as_it_should_be(void) {
    needmatch_problem problem = village();
    needmatch_matching matching = solved(problem, NULL);
    size_t n_rows = 0;
    int64_t need_row[2], worker_row[2], score[2];
    uint8_t validity[2] = {7, 7};
    /* A matching needs its problem no more. */
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_n_rows(matching, NEEDMATCH_RESULT_ASSIGNMENTS, &n_rows), NEEDMATCH_OK);
    CHECK(n_rows == 2);
    expect_text(matching, NEEDMATCH_RESULT_ASSIGNMENTS, "need_id", 0, "n1");
    expect_text(matching, NEEDMATCH_RESULT_ASSIGNMENTS, "organization_id", 0, "o1");
    expect_text(matching, NEEDMATCH_RESULT_ASSIGNMENTS, "worker_id", 0, "w1");
    expect_text(matching, NEEDMATCH_RESULT_ASSIGNMENTS, "need_id", 1, "n2");
    expect_text(matching, NEEDMATCH_RESULT_ASSIGNMENTS, "organization_id", 1, "o2");
    expect_text(matching, NEEDMATCH_RESULT_ASSIGNMENTS, "worker_id", 1, "");
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_ASSIGNMENTS, NEEDMATCH_TEXT("need_row"), 2, need_row,
                                        NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_ASSIGNMENTS, NEEDMATCH_TEXT("worker_row"), 2,
                                        worker_row, validity), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_ASSIGNMENTS, NEEDMATCH_TEXT("score"), 2, score,
                                        NULL), NEEDMATCH_OK);
    CHECK(need_row[0] == 0 && need_row[1] == 1);
    CHECK(worker_row[0] == 0 && worker_row[1] == -1 && validity[0] == 1 && validity[1] == 0);

    CHECK_STATUS(needmatch_matching_n_rows(matching, NEEDMATCH_RESULT_UNMATCHED, &n_rows), NEEDMATCH_OK);
    CHECK(n_rows == 1);
    expect_text(matching, NEEDMATCH_RESULT_UNMATCHED, "need_id", 0, "n3");
    expect_text(matching, NEEDMATCH_RESULT_UNMATCHED, "reason", 0, "no_candidate");

    expect_text(matching, NEEDMATCH_RESULT_RUN, "status", 0, "optimal");
    /* A yellow need counts 3, a green one 1. */
    CHECK(number(matching, "total_tier") == 4 && number(matching, "bound_tier") == 4);
    CHECK(number(matching, "total_score") == score[0] + score[1]);
    CHECK(number(matching, "bound_score") == number(matching, "total_score"));
    CHECK(number(matching, "gap_tier") == 0 && number(matching, "gap_score") == 0);
    CHECK(number(matching, "needs") == 3 && number(matching, "served") == 2);
    CHECK_STATUS(needmatch_matching_verify(matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_verify_all_pairs(matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_verify(matching, NULL), NEEDMATCH_E_HANDLE);
}

static void every_column_is_listed_and_can_be_read(void) {
    needmatch_problem problem = village();
    needmatch_matching matching = solved(problem, NULL);
    needmatch_result result;
    for (result = NEEDMATCH_RESULT_ASSIGNMENTS; result <= NEEDMATCH_RESULT_RUN; result++) {
        needmatch_status status = NEEDMATCH_OK;
        size_t n_rows = 0, index;
        CHECK_STATUS(needmatch_matching_n_rows(matching, result, &n_rows), NEEDMATCH_OK);
        CHECK(n_rows > 0 && n_rows < 16);
        for (index = 0; status == NEEDMATCH_OK; index++) {
            needmatch_type type = 0;
            char name[64], bytes[1024], cell[128];
            size_t length = 0, n_bytes = 0, n_cell = 0, row;
            int64_t values[16];
            uint64_t offsets[17];
            uint8_t validity[16];
            status = needmatch_result_column(result, index, &type, name, sizeof name, &length);
            if (status == NEEDMATCH_OK && type == NEEDMATCH_TYPE_I64) {
                CHECK_STATUS(needmatch_matching_i64(matching, result, name, length, n_rows, values, validity),
                             NEEDMATCH_OK);
                CHECK_STATUS(needmatch_matching_text_at(matching, result, name, length, 0, cell, sizeof cell, &n_cell),
                             NEEDMATCH_E_ARGUMENT);
            } else if (status == NEEDMATCH_OK) {
                CHECK(type == NEEDMATCH_TYPE_TEXT);
                CHECK_STATUS(needmatch_matching_i64(matching, result, name, length, n_rows, values, validity),
                             NEEDMATCH_E_ARGUMENT);
                CHECK_STATUS(needmatch_matching_text(matching, result, name, length, n_rows, offsets, validity, bytes,
                                                     sizeof bytes, &n_bytes), NEEDMATCH_OK);
                CHECK(offsets[0] == 0 && offsets[n_rows] == n_bytes);
                for (row = 0; row < n_rows; row++) {
                    CHECK_STATUS(needmatch_matching_text_at(matching, result, name, length, row, cell, sizeof cell,
                                                            &n_cell), NEEDMATCH_OK);
                    CHECK(offsets[row + 1] - offsets[row] == n_cell);
                    CHECK(memcmp(bytes + offsets[row], cell, n_cell) == 0);
                    CHECK(validity[row] == (n_cell > 0) || validity[row] == 1);
                }
            }
        }
        CHECK(status == NEEDMATCH_E_NOT_FOUND && index > 4);
    }
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

static void wrong_read_outs_are_refused_and_write_nothing(void) {
    needmatch_problem problem = village();
    needmatch_matching matching = solved(problem, NULL);
    const needmatch_result table = NEEDMATCH_RESULT_ASSIGNMENTS;
    int64_t values[3] = {7, 7, 7};
    uint64_t offsets[3] = {7, 7, 7};
    uint8_t validity[3] = {7, 7, 7};
    char bytes[2] = {'.', '.'};
    size_t n = 7;
    CHECK_STATUS(needmatch_matching_i64(matching, table, NEEDMATCH_TEXT("score"), 3, values, validity),
                 NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_matching_i64(matching, table, NEEDMATCH_TEXT("salary"), 2, values, validity),
                 NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_matching_i64(matching, 0, NEEDMATCH_TEXT("score"), 2, values, validity),
                 NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_matching_text_at(matching, table, NEEDMATCH_TEXT("need_id"), 2, bytes, 2, &n),
                 NEEDMATCH_E_NOT_FOUND);
    CHECK(n == 7);
    CHECK_STATUS(needmatch_matching_text(matching, table, NEEDMATCH_TEXT("need_id"), 2, offsets, validity, bytes, 2,
                                         &n), NEEDMATCH_E_BUFFER);
    CHECK(n == 4);
    CHECK(values[0] == 7 && offsets[0] == 7 && validity[0] == 7 && bytes[0] == '.');
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

static void a_cancelled_run_gives_no_matching(void) {
    needmatch_problem problem = village();
    needmatch_matching matching = 77;
    needmatch_control control = 0;
    needmatch_error error = 0;
    needmatch_stage stage = 7;
    uint64_t done = 7, total = 7;
    CHECK_STATUS(needmatch_control_new(&control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(problem, NULL, control, &matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_progress(control, &stage, &done, &total), NEEDMATCH_OK);
    CHECK(stage == NEEDMATCH_STAGE_DONE);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    matching = 77;
    CHECK_STATUS(needmatch_control_cancel(control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(problem, NULL, control, &matching, &error), NEEDMATCH_E_CANCELLED);
    CHECK(matching == 77 && error != 0);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_free(control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

static void the_order_of_rows_and_the_threads_change_no_byte(void) {
    const char *const ids[] = {"n1", "n2", "n3", "n4"};
    const int orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    char *first = NULL;
    size_t n_first = 0, k;
    for (k = 0; k < LENGTH(orders) * 3; k++) {
        const int *order = orders[k % LENGTH(orders)];
        needmatch_options options = NEEDMATCH_OPTIONS_INIT;
        needmatch_tables tables = 0;
        needmatch_problem problem = 0;
        needmatch_matching matching;
        char *json;
        size_t length = 0;
        options.threads = (uint32_t)(k / LENGTH(orders));
        CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
        add_supply(tables);
        /* Four needs that differ in nothing but their names, for two places. */
        TEXTS(tables, NEEDS, "need_id", ids[order[0]], ids[order[1]], ids[order[2]], ids[order[3]]);
        TEXTS(tables, NEEDS, "community", VILLAGE, VILLAGE, VILLAGE, VILLAGE);
        TEXTS(tables, NEEDS, "domain", "elderly_care", "elderly_care", "elderly_care", "elderly_care");
        TEXTS(tables, NEEDS, "risk", "red", "red", "red", "red");
        TEXTS(tables, NEEDS, "age_band", "90+", "90+", "90+", "90+");
        TEXTS(tables, NEEDS, "consent", "general", "general", "general", "general");
        CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
        matching = solved(problem, &options);
        json = json_of(matching, &length);
        if (k == 0) {
            first = json;
            n_first = length;
            CHECK(number(matching, "served") == 2);
        } else {
            CHECK(length == n_first && memcmp(json, first, length) == 0);
            free(json);
        }
        CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    }
    free(first);
}

static void *solve_shared(void *argument) {
    needmatch_problem problem = *(const needmatch_problem *)argument;
    needmatch_problem own = village();
    needmatch_matching matching = solved(problem, NULL);
    CHECK(number(matching, "served") == 2);
    CHECK_STATUS(needmatch_matching_verify(matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(own), NEEDMATCH_OK);
    return NULL;
}

/* Hosts with small stacks (Go, musl, thread pools) call too: the threads of this test have 64 KB. */
static void threads_with_small_stacks_share_a_problem(void) {
    pthread_t thread[N_THREADS];
    pthread_attr_t small;
    needmatch_problem problem = village();
    int k;
    CHECK(pthread_attr_init(&small) == 0 && pthread_attr_setstacksize(&small, 64 * 1024) == 0);
    for (k = 0; k < N_THREADS; k++) {
        CHECK(pthread_create(&thread[k], &small, solve_shared, &problem) == 0);
    }
    for (k = 0; k < N_THREADS; k++) {
        CHECK(pthread_join(thread[k], NULL) == 0);
    }
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

static void nothing_is_solved_as_nothing(void) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    needmatch_matching matching;
    size_t n_rows = 7;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    matching = solved(problem, NULL);
    CHECK_STATUS(needmatch_matching_n_rows(matching, NEEDMATCH_RESULT_ASSIGNMENTS, &n_rows), NEEDMATCH_OK);
    CHECK(n_rows == 0);
    CHECK_STATUS(needmatch_matching_i64(matching, NEEDMATCH_RESULT_ASSIGNMENTS, NEEDMATCH_TEXT("score"), 0, NULL, NULL),
                 NEEDMATCH_OK);
    CHECK(number(matching, "total_score") == 0 && number(matching, "gap_score") == 0);
    CHECK_STATUS(needmatch_matching_verify(matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
}

int main(void) {
    the_village_is_served_as_it_should_be();
    emergencies_head_the_result();
    every_column_is_listed_and_can_be_read();
    wrong_read_outs_are_refused_and_write_nothing();
    a_cancelled_run_gives_no_matching();
    the_order_of_rows_and_the_threads_change_no_byte();
    threads_with_small_stacks_share_a_problem();
    nothing_is_solved_as_nothing();
    return 0;
}
