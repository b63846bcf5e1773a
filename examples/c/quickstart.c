/* Matches two needs to a worker and an organization, and prints who serves whom.
 *
 * Build: cc quickstart.c $(pkg-config --cflags --libs needmatch) -o quickstart
 */

#include <needmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every call returns a status; a failed one may leave an error that tells the whole story. */
static void check(needmatch_status status, needmatch_error error) {
    char message[4096];
    size_t length = 0;
    if (status == NEEDMATCH_OK) {
        return;
    }
    if (needmatch_error_message(error, NEEDMATCH_ENGLISH, message, sizeof message, &length) != NEEDMATCH_OK) {
        needmatch_status_text(status, NEEDMATCH_ENGLISH, message, sizeof message, &length);
    }
    fprintf(stderr, "%.*s\n", (int)length, message);
    exit(1);
}

/* Adds one column of texts; numbers, dates and lists may be written as texts too. */
static void add(needmatch_tables tables, needmatch_table table, const char *name, const char *const *values,
                size_t n_rows) {
    check(needmatch_tables_add_strings(tables, table, name, strlen(name), values, n_rows), 0);
}

/* Prints one cell of the assignments. */
static void print(needmatch_matching matching, const char *name, size_t row, const char *end) {
    char text[64];
    size_t length = 0;
    check(needmatch_matching_text_at(matching, NEEDMATCH_RESULT_ASSIGNMENTS, name, strlen(name), row, text,
                                     sizeof text, &length), 0);
    printf("%.*s%s", (int)length, text, end);
}

int main(void) {
    const char *const village[] = {"140502001001", "140502001001"};
    const char *const area[] = {"140502001"}, *const one[] = {"1"}, *const both[] = {"2"}, *const yes[] = {"true"};
    const char *const need[] = {"n1", "n2"}, *const risk[] = {"yellow", "green"}, *const age[] = {"70-79", "80-89"};
    const char *const domain[] = {"elderly_care", "elderly_care"}, *const consent[] = {"general", "general"};
    const char *const organization[] = {"o1"}, *const worker[] = {"w1"}, *const status[] = {"registered"};
    const char *const qualification[] = {"sw_certified"};
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    needmatch_matching matching = 0;
    needmatch_error error = 0;
    size_t n_rows = 0, row;

    check(needmatch_tables_new(&tables), 0);
    add(tables, NEEDMATCH_TABLE_COMMUNITIES, "community", village, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "organization_id", organization, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "status", status, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "compliant", yes, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "service_area", area, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "direct", yes, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "domains", domain, 1);
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, "capacity_max", both, 1);
    add(tables, NEEDMATCH_TABLE_WORKERS, "worker_id", worker, 1);
    add(tables, NEEDMATCH_TABLE_WORKERS, "organization_id", organization, 1);
    add(tables, NEEDMATCH_TABLE_WORKERS, "domains", domain, 1);
    add(tables, NEEDMATCH_TABLE_WORKERS, "qualifications", qualification, 1);
    add(tables, NEEDMATCH_TABLE_WORKERS, "base_community", village, 1);
    add(tables, NEEDMATCH_TABLE_WORKERS, "caseload_max", one, 1);
    add(tables, NEEDMATCH_TABLE_NEEDS, "need_id", need, 2);
    add(tables, NEEDMATCH_TABLE_NEEDS, "community", village, 2);
    add(tables, NEEDMATCH_TABLE_NEEDS, "domain", domain, 2);
    add(tables, NEEDMATCH_TABLE_NEEDS, "risk", risk, 2);
    add(tables, NEEDMATCH_TABLE_NEEDS, "age_band", age, 2);
    add(tables, NEEDMATCH_TABLE_NEEDS, "consent", consent, 2);

    check(needmatch_problem_new(tables, NULL, 0, 0, &problem, &error), error);
    check(needmatch_solve(problem, NULL, 0, &matching, &error), error);
    check(needmatch_matching_n_rows(matching, NEEDMATCH_RESULT_ASSIGNMENTS, &n_rows), 0);
    for (row = 0; row < n_rows; row++) {
        print(matching, "need_id", row, " is served by ");
        print(matching, "organization_id", row, " ");
        print(matching, "worker_id", row, "\n");
    }
    needmatch_matching_free(matching);
    needmatch_problem_free(problem);
    needmatch_tables_free(tables);
    return 0;
}
