/* Reads the tables of a city from CSV files, matches them, and prints how well each kind of need is served.
 *
 * Build: cc city.c $(pkg-config --cflags --libs needmatch) -o city
 * Run:   cargo run --bin generate -- city tables && ./city tables
 *
 * `city FOLDER --json` prints the whole matching instead: the same bytes as from Rust and Python.
 */

#include <needmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *text;      /* the file, unquoted in place */
    size_t length;
    size_t *start;   /* where each cell begins and ends, row by row */
    size_t *end;
    size_t n_cells, n_columns;
} csv;

static void fail(const char *what, const char *detail, size_t length) {
    fprintf(stderr, "city: %s %.*s\n", what, (int)length, detail);
    exit(1);
}

static void check(needmatch_status status, needmatch_error error) {
    static char message[65536];
    size_t length = 0;
    if (status == NEEDMATCH_OK) {
        return;
    }
    if (needmatch_error_message(error, NEEDMATCH_ENGLISH, message, sizeof message, &length) != NEEDMATCH_OK) {
        needmatch_status_text(status, NEEDMATCH_ENGLISH, message, sizeof message, &length);
    }
    fail("failed:", message, length);
}

static void *allocate(size_t bytes) {
    void *memory = malloc(bytes + 1);
    if (memory == NULL) {
        fail("out of memory", "", 0);
    }
    return memory;
}

/* Takes a CSV text (RFC 4180) apart into cells. */
static void parse(csv *table) {
    char *text = table->text;
    size_t at = 0, to = 0;
    table->start = (size_t *)allocate((table->length + 1) * sizeof(size_t));
    table->end = (size_t *)allocate((table->length + 1) * sizeof(size_t));
    table->n_cells = table->n_columns = 0;
    while (at < table->length) {
        int quoted = text[at] == '"';
        char after;
        table->start[table->n_cells] = to;
        at += quoted;
        while (at < table->length && (quoted || (text[at] != ',' && text[at] != '\n' && text[at] != '\r'))) {
            if (quoted && text[at] == '"') {
                if (at + 1 >= table->length || text[at + 1] != '"') {
                    at++;
                    break;
                }
                at++;
            }
            text[to++] = text[at++];
        }
        table->end[table->n_cells++] = to;
        at += at < table->length && text[at] == '\r';
        after = at < table->length ? text[at] : '\n';
        at++;
        if (after == '\n' && table->n_columns == 0) {
            table->n_columns = table->n_cells;
        }
    }
    if (table->n_columns == 0 || table->n_cells % table->n_columns != 0) {
        fail("rows differ in length", "", 0);
    }
}

static csv read_csv(const char *folder, const char *name) {
    char path[4096];
    csv table;
    FILE *file;
    long size;
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET) != 0) {
        fail("cannot read", path, strlen(path));
    }
    table.length = (size_t)size;
    table.text = (char *)allocate(table.length);
    if (fread(table.text, 1, table.length, file) != table.length) {
        fail("cannot read", path, strlen(path));
    }
    fclose(file);
    parse(&table);
    return table;
}

/* Adds each column as texts; an empty cell is a missing value, and numbers may be texts. */
static void add(needmatch_tables tables, needmatch_table number, const char *folder, const char *name) {
    csv table = read_csv(folder, name);
    size_t n_rows = table.n_cells / table.n_columns - 1, column, row;
    char *bytes = (char *)allocate(table.length);
    uint64_t *offsets = (uint64_t *)allocate((n_rows + 1) * sizeof(uint64_t));
    for (column = 0; column < table.n_columns; column++) {
        offsets[0] = 0;
        for (row = 0; row < n_rows; row++) {
            size_t cell = (row + 1) * table.n_columns + column, length = table.end[cell] - table.start[cell];
            memcpy(bytes + offsets[row], table.text + table.start[cell], length);
            offsets[row + 1] = offsets[row] + length;
        }
        check(needmatch_tables_add_text(tables, number, table.text + table.start[column],
                                        table.end[column] - table.start[column], bytes, offsets[n_rows], offsets, NULL,
                                        n_rows), 0);
    }
    free(bytes);
    free(offsets);
    free(table.text);
    free(table.start);
    free(table.end);
}

static void print_json(needmatch_matching matching) {
    size_t length = 0;
    char *json;
    needmatch_matching_json(matching, NULL, 0, &length);
    json = (char *)allocate(length);
    check(needmatch_matching_json(matching, json, length, &length), 0);
    fwrite(json, 1, length, stdout);
    free(json);
}

static void print_coverage(needmatch_matching matching) {
    size_t n_rows = 0, row, n_group = 0, n_key = 0;
    int64_t *needs, *served, gap = -1;
    char group[64], key[64];
    check(needmatch_matching_n_rows(matching, NEEDMATCH_RESULT_COVERAGE, &n_rows), 0);
    needs = (int64_t *)allocate(n_rows * sizeof(int64_t));
    served = (int64_t *)allocate(n_rows * sizeof(int64_t));
    check(needmatch_matching_i64(matching, NEEDMATCH_RESULT_COVERAGE, NEEDMATCH_TEXT("needs"), n_rows, needs, NULL), 0);
    check(needmatch_matching_i64(matching, NEEDMATCH_RESULT_COVERAGE, NEEDMATCH_TEXT("served"), n_rows, served, NULL),
          0);
    for (row = 0; row < n_rows; row++) {
        check(needmatch_matching_text_at(matching, NEEDMATCH_RESULT_COVERAGE, NEEDMATCH_TEXT("group"), row, group,
                                         sizeof group, &n_group), 0);
        check(needmatch_matching_text_at(matching, NEEDMATCH_RESULT_COVERAGE, NEEDMATCH_TEXT("key"), row, key,
                                         sizeof key, &n_key), 0);
        printf("%-18.*s %-24.*s %8ld of %8ld needs served\n", (int)n_group, group, (int)n_key, key, (long)served[row],
               (long)needs[row]);
    }
    check(needmatch_matching_i64(matching, NEEDMATCH_RESULT_RUN, NEEDMATCH_TEXT("gap_score"), 1, &gap, NULL), 0);
    printf("gap %ld\n", (long)gap);
    free(needs);
    free(served);
}

int main(int argc, char **argv) {
    needmatch_tables tables = 0;
    needmatch_problem problem = 0;
    needmatch_matching matching = 0;
    needmatch_error error = 0;
    if (argc < 2) {
        fail("usage: city FOLDER [--json]", "", 0);
    }
    check(needmatch_tables_new(&tables), 0);
    add(tables, NEEDMATCH_TABLE_COMMUNITIES, argv[1], "communities");
    add(tables, NEEDMATCH_TABLE_GROUPS, argv[1], "groups");
    add(tables, NEEDMATCH_TABLE_ORGANIZATIONS, argv[1], "organizations");
    add(tables, NEEDMATCH_TABLE_WORKERS, argv[1], "workers");
    add(tables, NEEDMATCH_TABLE_NEEDS, argv[1], "needs");
    check(needmatch_problem_new(tables, NULL, 0, 0, &problem, &error), error);
    needmatch_tables_free(tables);
    check(needmatch_solve(problem, NULL, 0, &matching, &error), error);
    if (argc > 2 && strcmp(argv[2], "--json") == 0) {
        print_json(matching);
    } else {
        print_coverage(matching);
    }
    needmatch_matching_free(matching);
    needmatch_problem_free(problem);
    return 0;
}
