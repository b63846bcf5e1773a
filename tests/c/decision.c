/* Decision files and the log of runs. */

#include "village.h"

/* The tables of the village, to be freed. */
static needmatch_tables village(void) {
    needmatch_tables tables = 0;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    add_supply(tables);
    add_needs(tables);
    return tables;
}

/* The decision under a policy, to be freed. */
static char *decision_of(needmatch_tables tables, const char *policy, size_t *length) {
    needmatch_problem problem = 0;
    needmatch_matching matching = 0;
    char *decision;
    CHECK_STATUS(needmatch_problem_new(tables, policy, strlen(policy), 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(problem, NULL, 0, &matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_decision(matching, NULL, 0, length), NEEDMATCH_E_BUFFER);
    decision = (char *)malloc(*length);
    CHECK(decision != NULL);
    CHECK_STATUS(needmatch_matching_decision(matching, decision, *length, length), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    return decision;
}

/* The message of an error, which is freed, must hold `part`. */
static void expect_message(needmatch_error error, const char *part) {
    char text[512];
    size_t length = 0;
    CHECK_STATUS(needmatch_error_message(error, NEEDMATCH_ENGLISH, text, sizeof text - 1, &length), NEEDMATCH_OK);
    text[length] = '\0';
    CHECK(strstr(text, part) != NULL);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
}

static void a_decision_is_verified_and_made_again(void) {
    needmatch_tables tables = village();
    size_t length = 0;
    char *decision = decision_of(tables, "", &length);
    needmatch_error error = 0;
    CHECK_STATUS(needmatch_decision_verify(decision, length, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_replay(tables, decision, length, NULL, 0, NULL), NEEDMATCH_OK);

    CHECK_STATUS(needmatch_decision_verify(decision, length - 1, &error), NEEDMATCH_E_DECISION);
    expect_message(error, "not canonical");
    decision[length - 3] = decision[length - 3] == '0' ? '1' : '0';
    CHECK_STATUS(needmatch_decision_verify(decision, length, &error), NEEDMATCH_E_DECISION);
    expect_message(error, "digest");
    CHECK_STATUS(needmatch_replay(tables, decision, length, NULL, 0, NULL), NEEDMATCH_E_DECISION);
    CHECK_STATUS(needmatch_decision_verify(NULL, 0, NULL), NEEDMATCH_E_DECISION);
    CHECK_STATUS(needmatch_decision_verify(NULL, 1, NULL), NEEDMATCH_E_NULL);
    free(decision);

    decision = decision_of(tables, "seed = \"other\"", &length);
    TEXTS(tables, NEEDS, "waiting_days", "1", "2", "3");
    CHECK_STATUS(needmatch_replay(tables, decision, length, NULL, 0, &error), NEEDMATCH_E_DECISION);
    expect_message(error, "tables_digest");
    free(decision);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void a_log_shows_a_repeated_lottery_and_a_lost_record(void) {
    static const char *const policies[] = {"seed = \"a\"", "seed = \"b\""};
    needmatch_tables tables = village();
    char log[4096], head[64], text[256];
    size_t log_length = 0, first = 0, length = 0, n_records = 7, k;
    for (k = 0; k < 2; k++) {
        size_t decision_length = 0, line_length = 0;
        char *decision = decision_of(tables, policies[k], &decision_length);
        CHECK_STATUS(needmatch_log_append(log, log_length, NEEDMATCH_HASH_SM3, decision, decision_length,
                                          NEEDMATCH_TEXT("2026-04-01T08:30"), log + log_length, sizeof log - log_length,
                                          &line_length, NULL), NEEDMATCH_OK);
        log_length += line_length;
        if (k == 0) first = line_length;
        CHECK_STATUS(needmatch_log_append(log, log_length, NEEDMATCH_HASH_SHA256, decision, decision_length, NULL, 0,
                                          text, sizeof text, &length, NULL), NEEDMATCH_E_ARGUMENT);
        CHECK_STATUS(needmatch_log_append(log, log_length, NEEDMATCH_HASH_SM3, decision, decision_length,
                                          NEEDMATCH_TEXT("a label with spaces"), text, sizeof text, &length, NULL),
                     NEEDMATCH_E_DECISION);
        free(decision);
    }
    CHECK_STATUS(needmatch_log_check(log, log_length, NULL, 0, &n_records, head, sizeof head, &length, NULL),
                 NEEDMATCH_OK);
    CHECK(n_records == 2 && length == 64);
    CHECK_STATUS(needmatch_log_check(log, log_length, head, 64, &n_records, NULL, 0, &length, NULL), NEEDMATCH_E_BUFFER);
    CHECK_STATUS(needmatch_log_report(log, log_length, NEEDMATCH_ENGLISH, text, sizeof text, &length, NULL), NEEDMATCH_OK);
    CHECK(length > 20 && memcmp(text, "record 1 repeats record 0", 25) == 0);

    CHECK_STATUS(needmatch_log_check(log, first, head, 64, &n_records, text, sizeof text, &length, NULL),
                 NEEDMATCH_E_DECISION);
    CHECK_STATUS(needmatch_log_check(log + first, log_length - first, NULL, 0, &n_records, text, sizeof text, &length,
                                     NULL), NEEDMATCH_E_DECISION);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

static void everybody_reads_what_is_theirs(void) {
    needmatch_tables tables = village();
    needmatch_problem problem = 0;
    needmatch_matching matching = 0;
    char text[4096];
    size_t length = 0;
    uint64_t counts[4] = {7, 7, 7, 7};
    CHECK_STATUS(needmatch_problem_new(tables, NULL, 0, 0, &problem, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_solve(problem, NULL, 0, &matching, NULL), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_words(matching, NEEDMATCH_READER_RESIDENT, NEEDMATCH_TEXT("n1"), NEEDMATCH_ENGLISH, text,
                                          sizeof text - 1, &length), NEEDMATCH_OK);
    text[length] = '\0';
    CHECK(strstr(text, "worker w1 of organization o1 is proposed") != NULL && strstr(text, "elderly_care") == NULL);
    CHECK_STATUS(needmatch_matching_words(matching, NEEDMATCH_READER_WORKER, NEEDMATCH_TEXT("w1"), NEEDMATCH_CHINESE, text,
                                          sizeof text, &length), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_matching_words(matching, NEEDMATCH_READER_SUPERVISOR, NEEDMATCH_TEXT("n9"), NEEDMATCH_ENGLISH,
                                          text, sizeof text, &length), NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_matching_words(matching, NEEDMATCH_READER_PUBLIC, NULL, 0, NEEDMATCH_ENGLISH, text,
                                          sizeof text - 1, &length), NEEDMATCH_OK);
    text[length] = '\0';
    CHECK(strstr(text, "n1") == NULL && strstr(text, "no counts are published") != NULL);
    CHECK_STATUS(needmatch_matching_words(matching, 4, NULL, 0, NEEDMATCH_ENGLISH, text, sizeof text, &length),
                 NEEDMATCH_E_ARGUMENT);
    CHECK_STATUS(needmatch_matching_equity(matching, 0, text, sizeof text - 1, &length), NEEDMATCH_OK);
    text[length] = '\0';
    CHECK(strstr(text, "{\"all\":{\"needs\":3,\"served\":2,") == text);
    CHECK_STATUS(needmatch_matching_equity(matching, 1, text, sizeof text - 1, &length), NEEDMATCH_OK);
    text[length] = '\0';
    CHECK(strstr(text, "{\"all\":null,") == text);
    CHECK_STATUS(needmatch_matching_served_range(matching, NEEDMATCH_TEXT("domain"), NEEDMATCH_TEXT("elderly_care"), NULL, 0,
                                                 counts, NULL), NEEDMATCH_OK);
    CHECK(counts[0] == 2 && counts[1] == 2 && counts[2] == 2 && counts[3] == 2);
    CHECK_STATUS(needmatch_matching_served_range(matching, NEEDMATCH_TEXT("domain"), NEEDMATCH_TEXT("environment"), NULL, 0,
                                                 counts, NULL), NEEDMATCH_E_NOT_FOUND);
    CHECK_STATUS(needmatch_matching_free(matching), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_problem_free(problem), NEEDMATCH_OK);
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

int main(void) {
    everybody_reads_what_is_theirs();
    a_decision_is_verified_and_made_again();
    a_log_shows_a_repeated_lottery_and_a_lost_record();
    return 0;
}
