/* More than the memory budget allows is an error before the memory is taken. Too large to run under valgrind. */

#include "check.h"

#include <sys/resource.h>

#define N_ROWS 10000000
#define BUDGET (100 * 1000 * 1000)

/* The most memory this process has held, in bytes. */
static uint64_t peak_memory(void) {
    struct rusage usage;
    CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
    return (uint64_t)usage.ru_maxrss * 1024;
}

static void ten_million_needs_exceed_a_hundred_megabytes(void) {
    int64_t *risk = (int64_t *)calloc(N_ROWS, sizeof(int64_t));
    needmatch_tables tables = 0;
    needmatch_control control = 0;
    needmatch_problem problem = 77;
    needmatch_error error = 0;
    uint64_t before;
    CHECK(risk != NULL);
    CHECK_STATUS(needmatch_control_new(&control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_set_memory_budget(control, BUDGET), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_NEEDS, NEEDMATCH_TEXT("risk"), risk, NULL, N_ROWS),
                 NEEDMATCH_OK);
    free(risk);
    before = peak_memory();
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, control, &problem, &error), NEEDMATCH_E_LIMIT);
    CHECK(peak_memory() - before < BUDGET);
    CHECK(problem == 77 && error != 0);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_free(control), NEEDMATCH_OK);
}

static void ten_million_rows_exceed_a_hundred_megabytes(void) {
    uint64_t *indptr = (uint64_t *)malloc((N_ROWS + 1) * sizeof(uint64_t));
    uint32_t *node = (uint32_t *)malloc(N_ROWS * sizeof(uint32_t));
    int64_t *score = (int64_t *)malloc(N_ROWS * sizeof(int64_t));
    int64_t *node_out = (int64_t *)malloc(N_ROWS * sizeof(int64_t));
    const uint64_t capacity[] = {1, 1};
    const uint64_t bytes_of_input = N_ROWS * (uint64_t)(8 + 4 + 8);
    needmatch_control control = 0;
    needmatch_error error = 0;
    uint64_t before;
    size_t k;
    CHECK(indptr && node && score && node_out);
    for (k = 0; k < N_ROWS; k++) {
        indptr[k] = k;
        node[k] = k % 2;
        score[k] = 1;
        node_out[k] = 7;
    }
    indptr[N_ROWS] = N_ROWS;
    CHECK_STATUS(needmatch_control_new(&control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_set_memory_budget(control, BUDGET), NEEDMATCH_OK);
    before = peak_memory();
    CHECK_STATUS(needmatch_assign(indptr, N_ROWS, node, score, N_ROWS, capacity, NULL, 2, NULL, NULL, control,
                                  node_out, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &error), NEEDMATCH_E_LIMIT);
    CHECK(peak_memory() - before < bytes_of_input + BUDGET);
    CHECK(error != 0);
    for (k = 0; k < N_ROWS; k++) {
        CHECK(node_out[k] == 7);
    }
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_free(control), NEEDMATCH_OK);
    free(indptr);
    free(node);
    free(score);
    free(node_out);
}

int main(void) {
    ten_million_needs_exceed_a_hundred_megabytes();
    ten_million_rows_exceed_a_hundred_megabytes();
    return 0;
}
