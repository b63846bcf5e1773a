/* Wrong tables give all faults with their places, and never a problem. */

#include "village.h"

typedef struct {
    uint32_t number;
    needmatch_table table;
    int64_t row;
    const char *column;
} place;

static needmatch_tables fresh(void) {
    needmatch_tables tables = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    return tables;
}

/* Makes a problem of the tables, which it frees, and expects exactly these faults. */
static void expect_faults(needmatch_tables tables, const char *policy, const place *expected, size_t n_expected) {
    needmatch_problem problem = 77;
    needmatch_error error = 0;
    size_t n_listed = 0, n_faults = 0, k;
    CHECK_STATUS(needmatch_problem_new(tables, policy, policy ? strlen(policy) : 0, 0, &problem, &error),
                 NEEDMATCH_E_INPUT);
    CHECK(problem == 77);
    CHECK_STATUS(needmatch_error_n_faults(error, &n_listed, &n_faults), NEEDMATCH_OK);
    CHECK(n_listed == n_expected && n_faults == n_expected);
    for (k = 0; k < n_expected; k++) {
        uint32_t number = 0, table = 0;
        int64_t row = 0;
        char column[32], message[1024];
        size_t n_column = 0, n_message = 0;
        CHECK_STATUS(needmatch_error_fault(error, k, &number, &table, &row), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_error_fault_column(error, k, column, sizeof column, &n_column), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_error_fault_message(error, k, NEEDMATCH_CHINESE, message, sizeof message, &n_message),
                     NEEDMATCH_OK);
        CHECK(number == expected[k].number && table == expected[k].table && row == expected[k].row);
        CHECK(n_column == strlen(expected[k].column) && memcmp(column, expected[k].column, n_column) == 0);
        CHECK(n_message > 4);
    }
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void nothing_is_a_valid_problem(void) {
    needmatch_tables tables = fresh();
    needmatch_problem problem = 0;
    needmatch_error error = 7;
    size_t n_rows = 7, length = 0;
    char digest[64];
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, &error), NEEDMATCH_OK);
    CHECK(error == 7);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_n_rows(problem, NEEDMATCH_TABLE_NEEDS, &n_rows), NEEDMATCH_OK);
    CHECK(n_rows == 0);
    CHECK_STATUS(needmatch_problem_n_rows(problem, NEEDMATCH_TABLE_POLICY, &n_rows), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_problem_input_digest(problem, digest, sizeof digest, &length), NEEDMATCH_OK);
    CHECK(length == 64);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_E_HANDLE);
}

static void the_digest_names_the_input(void) {
    char digest[3][64];
    int k;
    for (k = 0; k < 3; k++) {
        needmatch_tables tables = fresh();
        needmatch_problem problem = 0;
        size_t length = 0, n_rows = 0;
        add_supply(tables);
        if (k < 2) {
            add_needs(tables);
        }
        CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_problem_n_rows(problem, NEEDMATCH_TABLE_WORKERS, &n_rows), NEEDMATCH_OK);
        CHECK(n_rows == 2);
        CHECK_STATUS(needmatch_problem_input_digest(problem, digest[k], sizeof digest[k], &length), NEEDMATCH_OK);
        CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    }
    CHECK(memcmp(digest[0], digest[1], 64) == 0);
    CHECK(memcmp(digest[0], digest[2], 64) != 0);
}

static void every_wrong_value_is_a_fault_at_its_place(void) {
    const double lon[] = {0.0, 0.0}, lat[] = {0.0, 0.0};
    double not_finite[2];
    const int64_t capacity[] = {-1, 5};
    const place expected[] = {
        {NEEDMATCH_FAULT_NOT_FINITE, NEEDMATCH_TABLE_COMMUNITIES, 1, "lon"},
        {NEEDMATCH_FAULT_OUT_OF_RANGE, NEEDMATCH_TABLE_ORGANIZATIONS, 0, "capacity_max"},
        {NEEDMATCH_FAULT_MALFORMED_DATE, NEEDMATCH_TABLE_ORGANIZATIONS, 0, "minor_check_valid_until"},
        {NEEDMATCH_FAULT_DUPLICATE_ID, NEEDMATCH_TABLE_ORGANIZATIONS, 1, "organization_id"},
        {NEEDMATCH_FAULT_MALFORMED_UTF8, NEEDMATCH_TABLE_NEEDS, 0, "domain"},
        {NEEDMATCH_FAULT_DAMAGED_CODE, NEEDMATCH_TABLE_NEEDS, 1, "community"},
        {NEEDMATCH_FAULT_UNKNOWN_CODE, NEEDMATCH_TABLE_NEEDS, 1, "risk"},
        {NEEDMATCH_FAULT_DANGLING_REFERENCE, NEEDMATCH_TABLE_NEEDS, 2, "community"},
        {NEEDMATCH_FAULT_LOOKS_PERSONAL, NEEDMATCH_TABLE_NEEDS, 2, "need_id"},
    };
    needmatch_tables tables = fresh();
    memcpy(not_finite, lon, sizeof lon);
    not_finite[1] = strtod("nan", NULL);
    TEXTS(tables, COMMUNITIES, "community", VILLAGE, "140502001002");
    CHECK_STATUS(needmatch_tables_add_f64(tables, NEEDMATCH_TABLE_COMMUNITIES, NEEDMATCH_TEXT("lon"), not_finite, NULL,
                                          2), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_add_f64(tables, NEEDMATCH_TABLE_COMMUNITIES, NEEDMATCH_TEXT("lat"), lat, NULL, 2),
                 NEEDMATCH_OK);
    TEXTS(tables, ORGANIZATIONS, "organization_id", "o1", "o1");
    TEXTS(tables, ORGANIZATIONS, "minor_check_valid_until", "2026-02-30", "2026-02-28");
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_ORGANIZATIONS, NEEDMATCH_TEXT("capacity_max"),
                                          capacity, NULL, 2), NEEDMATCH_OK);
    TEXTS(tables, NEEDS, "need_id", "n1", "n2", "13800138000");
    TEXTS(tables, NEEDS, "community", VILLAGE, "1.40502E+11", "140524100200");
    TEXTS(tables, NEEDS, "domain", "\xc3\x28", "elderly_care", "elderly_care");
    TEXTS(tables, NEEDS, "risk", "red", "purple", "0");
    expect_faults(tables, NULL, expected, LENGTH(expected));
}

static void a_table_of_the_wrong_shape_is_a_fault(void) {
    const place expected[] = {
        {NEEDMATCH_FAULT_COLUMN_LENGTH, NEEDMATCH_TABLE_COMMUNITIES, -1, "name"},
        {NEEDMATCH_FAULT_UNKNOWN_COLUMN, NEEDMATCH_TABLE_WORKERS, -1, "#3"},
        {NEEDMATCH_FAULT_MISSING_COLUMN, NEEDMATCH_TABLE_WORKERS, -1, "caseload_max"},
        {NEEDMATCH_FAULT_DUPLICATE_COLUMN, NEEDMATCH_TABLE_WORKERS, -1, "domains"},
    };
    needmatch_tables tables = fresh();
    TEXTS(tables, COMMUNITIES, "community", VILLAGE);
    TEXTS(tables, COMMUNITIES, "name", "a", "b");
    TEXTS(tables, ORGANIZATIONS, "organization_id", "o1");
    TEXTS(tables, ORGANIZATIONS, "capacity_max", "1");
    TEXTS(tables, WORKERS, "worker_id", "w1");
    TEXTS(tables, WORKERS, "organization_id", "o1");
    TEXTS(tables, WORKERS, "domains", "elderly_care");
    TEXTS(tables, WORKERS, "telephone", "0");
    TEXTS(tables, WORKERS, "domains", "elderly_care");
    expect_faults(tables, NULL, expected, LENGTH(expected));
}

static void more_faults_than_are_listed_are_counted(void) {
    needmatch_tables tables = fresh();
    needmatch_problem problem = 77;
    needmatch_error error = 0;
    const char *codes[250];
    size_t n_listed = 0, n_faults = 0, k;
    for (k = 0; k < LENGTH(codes); k++) {
        codes[k] = "140502";
    }
    add(tables, NEEDMATCH_TABLE_COMMUNITIES, "community", codes, LENGTH(codes));
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, &error), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_error_n_faults(error, &n_listed, &n_faults), NEEDMATCH_OK);
    CHECK(n_listed == 100 && n_faults >= 250);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void the_policy_is_checked_too(void) {
    const place not_toml[] = {{NEEDMATCH_FAULT_MALFORMED_POLICY, NEEDMATCH_TABLE_POLICY, 0, ""}};
    needmatch_tables tables = fresh();
    needmatch_problem problem = 77;
    size_t length = 0;
    char *policy;
    CHECK_STATUS(needmatch_problem_new(tables, "\xff", 1, 0, &problem, NULL), NEEDMATCH_E_UTF8);
    CHECK(problem == 77);
    expect_faults(tables, "objective = ", not_toml, 1);

    /* The default policy, written out and read back, is the default policy. */
    tables = fresh();
    CHECK_STATUS(needmatch_default_policy(NULL, 0, &length), NEEDMATCH_E_BUFFER);
    policy = (char *)malloc(length);
    CHECK(policy != NULL);
    CHECK_STATUS(needmatch_default_policy(policy, length, &length), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_new(tables, policy, length, 0, &problem, NULL), NEEDMATCH_OK);
    free(policy);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

int main(void) {
    nothing_is_a_valid_problem();
    the_digest_names_the_input();
    every_wrong_value_is_a_fault_at_its_place();
    a_table_of_the_wrong_shape_is_a_fault();
    more_faults_than_are_listed_are_counted();
    the_policy_is_checked_too();
    return 0;
}
