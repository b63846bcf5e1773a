/* A handle that is not alive is a status, never undefined behaviour. */

#include "check.h"

static void a_freed_handle_is_dead(void) {
    needmatch_tables tables = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    CHECK(tables != 0);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_NEEDS, NEEDMATCH_TEXT("risk"), NULL, NULL, 0),
                 NEEDMATCH_E_HANDLE);
}

static void a_handle_is_never_used_again(void) {
    needmatch_control first = 0, next = 0;
    int k;
    CHECK_STATUS(needmatch_control_new(&first), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_free(first), NEEDMATCH_OK);
    for (k = 0; k < 1000; k++) {
        CHECK_STATUS(needmatch_control_new(&next), NEEDMATCH_OK);
        CHECK(next != first);
        CHECK_STATUS(needmatch_control_cancel(first), NEEDMATCH_E_HANDLE);
        CHECK_STATUS(needmatch_control_free(next), NEEDMATCH_OK);
    }
}

static void a_handle_of_another_type_is_refused_and_lives_on(void) {
    needmatch_tables tables = 0;
    needmatch_control control = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_new(&control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_cancel(tables), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_control_free(tables), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_tables_free(control), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_problem_free(control), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_matching_free(control), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_error_free(control), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_control_free(control), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void a_guessed_handle_is_refused(void) {
    needmatch_tables tables = 0;
    uint64_t guess;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    for (guess = 1; guess < 70000; guess++) {
        CHECK_STATUS(needmatch_tables_free(guess), NEEDMATCH_E_HANDLE);
    }
    CHECK_STATUS(needmatch_tables_free(tables ^ (UINT64_C(1) << 63)), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_tables_free(tables + 1), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_tables_free(UINT64_MAX), NEEDMATCH_E_HANDLE);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void freeing_nothing_does_nothing(void) {
    CHECK_STATUS(needmatch_tables_free(0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_free(0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_error_free(0), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_control_cancel(0), NEEDMATCH_E_HANDLE);
}

int main(void) {
    a_freed_handle_is_dead();
    a_handle_is_never_used_again();
    a_handle_of_another_type_is_refused_and_lives_on();
    a_guessed_handle_is_refused();
    freeing_nothing_does_nothing();
    return 0;
}
