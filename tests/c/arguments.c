/* Wrong arguments are refused before anything is read, and leave the outputs untouched. */

#include "check.h"

static const char *const NAMES[] = {"n1", "n2"};
static needmatch_tables tables = 0;

static needmatch_status add_text(const char *bytes, size_t n_bytes, const uint64_t *offsets, const uint8_t *validity,
                                 size_t n_rows) {
    return needmatch_tables_add_text(tables, NEEDMATCH_TABLE_NEEDS, NEEDMATCH_TEXT("need_id"), bytes, n_bytes, offsets,
                                     validity, n_rows);
}

static needmatch_status add_i64(needmatch_table table, const int64_t *values, const uint8_t *validity, size_t n_rows) {
    return needmatch_tables_add_i64(tables, table, NEEDMATCH_TEXT("risk"), values, validity, n_rows);
}

static void null_is_refused_unless_it_is_empty(void) {
    CHECK_STATUS(needmatch_tables_new(NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_control_new(NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_tables_add_strings(tables, NEEDMATCH_TABLE_NEEDS, NULL, 4, NAMES, 2), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_tables_add_strings(tables, NEEDMATCH_TABLE_NEEDS, NEEDMATCH_TEXT("risk"), NULL, 2),
                 NEEDMATCH_E_NULL);
    CHECK_STATUS(add_i64(NEEDMATCH_TABLE_NEEDS, NULL, NULL, 1), NEEDMATCH_E_NULL);
    CHECK_STATUS(add_text(NULL, 2, NULL, NULL, 0), NEEDMATCH_E_NULL);
    CHECK_STATUS(add_text("ab", 2, NULL, NULL, 1), NEEDMATCH_E_NULL);
    CHECK_STATUS(add_text(NULL, 0, NULL, NULL, 0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_progress(0, NULL, NULL, NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_version(NULL, 8, NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_version(NULL, 0, NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, NULL, NULL), NEEDMATCH_E_NULL);
    CHECK_STATUS(needmatch_solve(0, NULL, 0, NULL, NULL), NEEDMATCH_E_NULL);
}

static void misaligned_pointers_are_refused(void) {
    int64_t storage[2] = {0, 0};
    char *odd = (char *)storage + 1;
    CHECK_STATUS(add_i64(NEEDMATCH_TABLE_NEEDS, (const int64_t *)(void *)odd, NULL, 1), NEEDMATCH_E_ALIGNMENT);
    CHECK_STATUS(needmatch_tables_new((needmatch_tables *)(void *)odd), NEEDMATCH_E_ALIGNMENT);
    CHECK(storage[0] == 0 && storage[1] == 0);
}

static void impossible_lengths_are_refused_before_they_are_read(void) {
    const int64_t one = 1;
    const uint64_t offset = 0;
    CHECK_STATUS(add_i64(NEEDMATCH_TABLE_NEEDS, &one, NULL, SIZE_MAX), NEEDMATCH_E_RANGE);
    CHECK_STATUS(add_i64(NEEDMATCH_TABLE_NEEDS, &one, NULL, SIZE_MAX / 8), NEEDMATCH_E_RANGE);
    CHECK_STATUS(add_text("", 0, &offset, NULL, SIZE_MAX), NEEDMATCH_E_RANGE);
}

static void offsets_that_leave_the_bytes_are_refused(void) {
    const uint64_t decreasing[] = {0, 2, 1}, beyond[] = {0, 1, 3}, huge[] = {0, UINT64_MAX, UINT64_MAX};
    const uint64_t shifted[] = {1, 2, 2};
    CHECK_STATUS(add_text("ab", 2, decreasing, NULL, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(add_text("ab", 2, beyond, NULL, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(add_text("ab", 2, huge, NULL, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(add_text("ab", 2, shifted, NULL, 2), NEEDMATCH_OK);
}

static void values_that_stand_for_nothing_are_refused(void) {
    const uint8_t marks[] = {1, 2};
    const uint64_t offsets[] = {0, 1, 2};
    const int64_t values[] = {0, 1};
    CHECK_STATUS(add_text("ab", 2, offsets, marks, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(add_i64(NEEDMATCH_TABLE_NEEDS, values, marks, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_tables_add_bool(tables, NEEDMATCH_TABLE_NEEDS, NEEDMATCH_TEXT("juvenile_case"), marks, NULL,
                                           2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(add_i64(0, values, NULL, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(add_i64(NEEDMATCH_TABLE_POLICY, values, NULL, 2), NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_NEEDS, "\xff\xfe", 2, values, NULL, 2),
                 NEEDMATCH_E_UTF8);
}

static void a_small_buffer_gets_the_length_and_nothing_else(void) {
    char buffer[16];
    size_t length = 0, again = 0;
    memset(buffer, '.', sizeof buffer);
    CHECK_STATUS(needmatch_version(NULL, 0, &length), NEEDMATCH_E_BUFFER);
    CHECK(length > 0 && length < sizeof buffer);
    CHECK_STATUS(needmatch_version(buffer, length - 1, &again), NEEDMATCH_E_BUFFER);
    CHECK(again == length && buffer[0] == '.');
    CHECK_STATUS(needmatch_version(buffer, length, &again), NEEDMATCH_OK);
    CHECK(buffer[length] == '.');
    CHECK(length == strlen(NEEDMATCH_VERSION) && memcmp(buffer, NEEDMATCH_VERSION, length) == 0);
}

static void every_status_has_words_in_two_languages(void) {
    char english[64], chinese[64];
    size_t n_english = 0, n_chinese = 0;
    CHECK_STATUS(needmatch_status_text(NEEDMATCH_E_HANDLE, NEEDMATCH_ENGLISH, english, sizeof english, &n_english),
                 NEEDMATCH_OK);
    CHECK_STATUS(needmatch_status_text(NEEDMATCH_E_HANDLE, NEEDMATCH_CHINESE, chinese, sizeof chinese, &n_chinese),
                 NEEDMATCH_OK);
    CHECK(n_english > 0 && n_chinese > 0 && memcmp(english, chinese, 1) != 0);
    n_english = 7;
    CHECK_STATUS(needmatch_status_text(12345, NEEDMATCH_ENGLISH, english, sizeof english, &n_english),
                 NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_status_text(NEEDMATCH_OK, 2, english, sizeof english, &n_english), NEEDMATCH_E_ARGUMENT);
    CHECK(n_english == 7);
}

static void an_error_names_the_argument(void) {
    needmatch_problem problem = 77;
    needmatch_error error = 0;
    needmatch_status status = 0;
    char message[64];
    size_t length = 0, n_listed = 7, n_faults = 7;
    CHECK_STATUS(needmatch_problem_new(12345, NULL, 0, 0, &problem, &error), NEEDMATCH_E_HANDLE);
    CHECK(problem == 77);
    CHECK_STATUS(needmatch_error_status(error, &status), NEEDMATCH_OK);
    CHECK(status == NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_error_message(error, NEEDMATCH_ENGLISH, message, sizeof message, &length), NEEDMATCH_OK);
    CHECK(length > 7 && memcmp(message, "tables:", 7) == 0);
    CHECK_STATUS(needmatch_error_n_faults(error, &n_listed, &n_faults), NEEDMATCH_OK);
    CHECK(n_listed == 0 && n_faults == 0);
    CHECK_STATUS(needmatch_error_fault_column(error, 0, message, sizeof message, &length), NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_error_status(error, &status), NEEDMATCH_E_HANDLE);
}

int main(void) {
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    null_is_refused_unless_it_is_empty();
    misaligned_pointers_are_refused();
    impossible_lengths_are_refused_before_they_are_read();
    offsets_that_leave_the_bytes_are_refused();
    values_that_stand_for_nothing_are_refused();
    a_small_buffer_gets_the_length_and_nothing_else();
    every_status_has_words_in_two_languages();
    an_error_names_the_argument();
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    return 0;
}
