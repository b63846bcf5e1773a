/* Checks a decision file of needmatch. Needs a C99 compiler and nothing else: neither needmatch nor the tables.
 *
 *     cc -O2 -o needmatch_verify needmatch_verify.c && ./needmatch_verify FILE
 *
 * It shares no code with the library, so that an error there is noticed here. Canonical JSON has one spelling, so this
 * reader expects each key in its place and refuses whatever else comes. docs/guide/decision.md describes the file, what is
 * checked, and what nobody can check without the tables. Exits with 0 if the file is right, 1 if not, 2 if unreadable. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reader.h"
#include "sha256.h"

typedef struct { Text need, organization, worker; int64_t tier, score, mean, rank; int pinned; } Assignment;
typedef struct { Text need, organization, worker, full_at, quota; int64_t tier, full[3], score, open; int reason, adds_up; } Unmatched;
typedef struct { Text level, id; int64_t places, floor, used; Pair price; } Capacity;
typedef struct { Text level, id, household; int64_t needs; } Limit;
typedef struct { Text id; int64_t needs, served, floor, cap; Pair price; int64_t crosses; } Quota;
/* Prices of the general engine need more than 64 bits. GCC and Clang have this type on every 64-bit machine. */
__extension__ typedef __int128 Wide;
typedef struct { size_t count; Wide *items; } Wides;
typedef struct { Text id, household; Wide price; } QuotaPrice;
typedef struct { Text id; int64_t level, position; } Name;
typedef struct { size_t count; Text *ids; } Table;

enum { WORKER, ORGANIZATION, GROUP, NEED, N_TABLES, MAX_DEPTH = 34, MAX_WEIGHTS = 64, FULL_SCORE = 1000000 };
enum { OPTIMAL, FLOORS_UNMET, BOUNDED, NOT_FOUND };
enum { NO_CANDIDATE, QUOTA_FULL, NO_OPEN_PLACE, NO_GAIN, UNDECIDED, IMMEDIATE = 8, OUT_OF_SCOPE, N_REASONS };
/* Prices and counts stay below it, so that no sum overflows. */
static const int64_t LIMIT = INT64_C(1) << 53;
static const char *const REASONS[] = {
    "no_candidate", "quota_full", "no_open_place", "no_gain", "undecided", "human_only", "refer_medical", "law_enforcement",
    "immediate", "out_of_scope"};
static const char *const LEVELS[] = {"worker", "organization", "group"};

static int is_digest(Text stated, const char *bytes, size_t length) {
    Sha256 hash;
    unsigned char digest[32];
    char digits[65];
    sha256_start(&hash);
    sha256_add(&hash, bytes, length);
    sha256_end(&hash, digest);
    for (int k = 0; k < 32; k++) snprintf(digits + 2 * k, 3, "%02x", digest[k]);
    return is(stated, digits);
}

#include "policy.h"

/* ---- The result ---- */

static Assignment *assignments;
static Unmatched *unmatched;
static Capacity *capacities;
static size_t n_assignments, n_unmatched, n_capacities;
static int is_part;

/* What is said of all candidates may be more than what is seen of them where the file holds some only. */
static int agrees(int64_t stated, int64_t seen) { return stated == seen || (is_part && stated > seen && stated < LIMIT); }

static void read_assignment(Assignment *row) {
    int64_t thousandths = 0, rest;
    row->need = field("{\"need_id\":");
    row->organization = field(",\"organization_id\":");
    take(",\"worker_id\":"); row->worker = word_or_null();
    take(",\"tier\":"); row->tier = number();
    take(",\"score\":"); row->score = number();
    take(",\"criteria\":{");
    for (size_t k = 0; k < n_weights; k++) {
        int64_t measure;
        if (k > 0) take(",");
        expect(compare(word(), criterion[k]) == 0, "result.assignments: criteria", n_assignments);
        take(":"); measure = number();
        expect(measure >= 0 && measure <= FULL_SCORE, "result.assignments: criteria", n_assignments);
        thousandths += measure * weight[k];
    }
    /* Rounded, a half to the even number. */
    row->mean = thousandths / 1000;
    rest = thousandths % 1000;
    row->mean += rest > 500 || (rest == 500 && row->mean % 2 == 1);
    take("},\"rank\":"); row->rank = count();
    take(",\"pinned\":"); row->pinned = is_next("true");
    if (!row->pinned) take("false");
    if (switch_penalty > 0) {
        take(",\"switched\":");
        if (is_next("false")) row->mean += switch_penalty;
        else take("true");
    }
    take("}");
}

/* Every provider fails a rule, so the rules count each at least once; alone it fails one of them. */
static int read_failed(int64_t providers) {
    int64_t sum = 0, alone_sum = 0;
    size_t n_rules = 0;
    int holds = 1;
    Text *rules = NULL;
    take(",\"failed\":[");
    while (!is_next("]")) {
        int64_t failed, alone;
        if (n_rules > 0) take(",");
        rules = room(rules, n_rules, sizeof *rules);
        rules[n_rules] = field("{\"rule\":");
        take(",\"providers\":"); failed = count();
        take(",\"alone\":"); alone = count();
        take("}");
        for (size_t k = 0; k < n_rules; k++) holds = holds && compare(rules[k], rules[n_rules]) != 0;
        holds = holds && failed >= 1 && failed <= providers && alone <= failed && failed < LIMIT && n_rules < 1000;
        if (holds) { sum += failed; alone_sum += alone; }
        n_rules++;
    }
    free(rules);
    return holds && sum >= providers && alone_sum <= providers;
}

static void read_unmatched(Unmatched *row) {
    Text reason;
    memset(row, 0, sizeof *row);
    row->need = field("{\"need_id\":");
    take(",\"tier\":"); row->tier = number();
    reason = field(",\"reason\":");
    while (row->reason < N_REASONS && !is(reason, REASONS[row->reason])) row->reason++;
    expect(row->reason < N_REASONS, "result.unmatched: reason", n_unmatched);
    if (row->reason == NO_CANDIDATE) {
        take(",\"providers\":");
        row->adds_up = read_failed(count());
    } else if (row->reason == QUOTA_FULL) {
        row->quota = field(",\"quota_id\":");
        take(",\"open\":"); row->open = count();
    } else if (row->reason == NO_OPEN_PLACE) {
        take(",\"full\":{\"worker\":"); row->full[WORKER] = count();
        take(",\"organization\":"); row->full[ORGANIZATION] = count();
        take(",\"group\":"); row->full[GROUP] = count();
        row->organization = field("},\"nearest\":{\"organization_id\":");
        take(",\"worker_id\":"); row->worker = word_or_null();
        take(",\"score\":"); row->score = number();
        row->full_at = field(",\"full_at\":");
        take("}");
    }
    take("}");
}

static void read_capacity(Capacity *row) {
    row->level = field("{\"level\":");
    row->id = field(",\"id\":");
    take(",\"places\":"); row->places = count_or_null();
    row->floor = 0;
    if (is_next(",\"floor\":")) { row->floor = count(); expect(row->floor > 0, "result.capacity: floor", n_capacities); }
    take(",\"used\":"); row->used = count();
    take(",\"price\":"); row->price = pair();
    take("}");
}

#define ROWS(key, list, n, read) \
    take(key "["); \
    if (!is_next("]")) { \
        do { (list) = room((list), (n), sizeof *(list)); read(&(list)[n]); (n)++; } while (is_next(",")); \
        take("]"); \
    }

static Quota *quotas;
static size_t n_quotas;

static int64_t flag(void) {
    if (is_next("true")) return 1;
    take("false");
    return 0;
}

static int status, is_decided, has_certificate, has_tight_set; /* decided: floors can be met, so somebody was chosen */
static Wides step, price, unit_stated;
static QuotaPrice *quota_prices;
static size_t n_quota_prices;
static Limit *floors, *caps;
static size_t n_floors, n_caps, n_gaining, n_emergencies;
static Text *gaining, *emergencies;
static int64_t missing;

/* Whole numbers as texts of digits, each in its one spelling, below 2 to the 120. */
static void read_wide(Wide *value) {
    Text text = word();
    size_t k = text.length > 0 && text.start[0] == '-';
    int holds = text.length > k && text.length - k <= 37 && (text.start[k] != '0' || text.length == 1);
    *value = 0;
    for (size_t d = k; d < text.length; d++) {
        holds = holds && text.start[d] >= '0' && text.start[d] <= '9';
        *value = holds ? 10 * *value + (text.start[d] - '0') : 0;
    }
    expect(holds, "result.certificate", k);
    if (k) *value = -*value;
}

static void read_limit(Limit *row) {
    row->level = field("{\"level\":");
    row->id = field(",\"id\":");
    row->household.start = NULL; row->household.length = 0;
    if (has_quotas && is_next(",\"household_id\":")) row->household = word();
    take(",\"needs\":"); row->needs = count();
    take("}");
}

static void read_quota_price(QuotaPrice *row) {
    row->id = field("{\"quota_id\":");
    row->household.start = NULL; row->household.length = 0;
    if (is_next(",\"household_id\":")) row->household = word();
    take(",\"price\":"); read_wide(&row->price);
    take("}");
}

static void read_name(Text *name) { *name = word(); }

static void read_proof(void) {
    has_certificate = is_next(",\"certificate\":{");
    if (has_certificate) {
        ROWS("\"step\":", step.items, step.count, read_wide)
        if (has_quotas && is_next(",\"unit\":")) {
            unit_stated.items = room(NULL, 0, sizeof *unit_stated.items);
            read_wide(&unit_stated.items[unit_stated.count++]);
        }
        ROWS(",\"price\":", price.items, price.count, read_wide)
        if (has_quotas && is_next(",\"quota_price\":[")) {
            do {
                quota_prices = room(quota_prices, n_quota_prices, sizeof *quota_prices);
                read_quota_price(&quota_prices[n_quota_prices++]);
            } while (is_next(","));
            take("]");
        }
        take("}");
    }
    has_tight_set = is_next(",\"tight_set\":{");
    if (has_tight_set) {
        take("\"missing\":"); missing = count();
        ROWS(",\"floors\":", floors, n_floors, read_limit)
        ROWS(",\"caps\":", caps, n_caps, read_limit)
        ROWS(",\"needs\":", gaining, n_gaining, read_name)
        take("}");
    }
}

/* ---- The network ---- */

static Table table[N_TABLES];
static Name *names; /* nodes by level and identifier, then needs by identifier */
static size_t n_nodes, n_providers, n_needs;
static Numbers parent, places, least, tier, pinned, start, candidate, score;
static Numbers caseload, per_household, quota_floor, quota_cap, quota_start, quota_need; /* of form 2 */
static Text *quota_ids, *household;
static size_t n_quota_ids, n_households;
static int64_t *served_at, *used, *full_at;
static Pair *full_price;
static char *is_pinned;

/* The order of the lottery: ascending by SHA-256 of seed, table and identifier, so that each is there once. */
static void read_table(const char *key, int level, const char *name, Text seed) {
    Table *ids = &table[level];
    unsigned char last[32], hash[32];
    take(key); take("[");
    if (is_next("]")) return;
    do {
        Sha256 state;
        Text id = word();
        int holds = id.length >= 1 && id.length <= 64;
        for (size_t k = 0; k < id.length; k++)
            holds = holds && strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.:-", id.start[k]);
        sha256_start(&state);
        sha256_add(&state, seed.start, seed.length); sha256_add(&state, "", 1);
        sha256_add(&state, name, strlen(name) + 1);
        sha256_add(&state, id.start, id.length);
        sha256_end(&state, hash);
        expect(holds && (ids->count == 0 || memcmp(last, hash, 32) < 0), key, ids->count);
        memcpy(last, hash, 32);
        ids->ids = room(ids->ids, ids->count, sizeof *ids->ids);
        ids->ids[ids->count++] = id;
    } while (is_next(","));
    take("]");
}

#include "checks.h"
#include "quotas.h"
#include "general.h"

/* ---- The file ---- */

static void check_file(void) {
    Text semantics, version, input, tables, policy_digest, day, seed, engine, why, over, digest;
    /* Whatever is read stays until the program ends. */
    static Counts tiers, domains, counties, classes, listed;
    Pair total, bound, gap, found = {0, 0};
    int64_t needs, served, n_pinned, candidates, mean, sum = 0, reasons[N_REASONS] = {0};
    size_t row = 0, covered;
    int is_short, is_proven, is_general;
    has_quotas = is_next("{\"format\":2");
    if (!has_quotas) take("{\"format\":1");
    semantics = field(",\"semantics_id\":"); version = field(",\"library_version\":");
    input = field(",\"input_digest\":"); tables = field(",\"tables_digest\":");
    policy_digest = field(",\"policy\":{\"digest\":");
    take(",\"text\":"); read_policy();
    seed = field("},\"seed\":"); day = field(",\"evaluation_date\":");
    engine = field(",\"engine\":"); why = field(",\"engine_reason\":");
    expect(is_digest(policy_digest, policy, strlen(policy)), "policy.digest", 0);
    for (size_t k = 0; k < 64; k++)
        expect(input.length == 64 && strchr("0123456789abcdef", input.start[k]) && tables.length == 64 &&
               strchr("0123456789abcdef", tables.start[k]), "input_digest or tables_digest", k);
    expect(is(value_of("", "format"), "1") && compare(value_of("", "evaluation_date"), day) == 0, "policy.text", 0);
    expect(is_quoted(value_of("", "seed"), seed), "policy.text: seed", 0);
    read_objective();

    take(",\"result\":{");
    if (is_next("\"immediate\":[")) {
        do {
            emergencies = room(emergencies, n_emergencies, sizeof *emergencies);
            read_name(&emergencies[n_emergencies++]);
        } while (is_next(","));
        take("],");
    }
    take("\"status\":");
    status = is_next("\"optimal\"") ? OPTIMAL : has_quotas && is_next("\"bounded\"") ? BOUNDED
             : has_quotas && is_next("\"not_found\"") ? NOT_FOUND : FLOORS_UNMET;
    if (status == FLOORS_UNMET) take("\"floors_unmet\"");
    is_decided = status == OPTIMAL || status == BOUNDED;
    over = field(",\"optimal_over\":");
    expect(compare(field(",\"engine\":"), engine) == 0 && compare(field(",\"engine_reason\":"), why) == 0, "result.engine", 0);
    is_short = !is(value_of("candidates", "per_need"), "\"all\"");
    is_proven = is(value_of("candidates", "prove_all_pairs"), "true");
    is_part = is(over, "all_pairs") && is_short;
    expect(is(over, "all_pairs") || (is(over, "lists") && is_short && !is_proven), "result.optimal_over", 0);
    take(",\"total\":"); total = pair(); take(",\"bound\":"); bound = pair(); take(",\"gap\":"); gap = pair();
    take(",\"summary\":{\"needs\":"); needs = count(); take(",\"served\":"); served = count();
    take(",\"pinned\":"); n_pinned = count(); take(",\"candidates\":"); candidates = count();
    take(",\"mean_score\":"); mean = count();
    tiers = counts(",\"by_tier\":"); domains = counts(",\"by_domain\":"); counties = counts(",\"by_county\":");
    classes = counts(",\"by_urban_rural_class\":");
    take(",\"unmatched\":[");
    while (!is_next("]")) {
        if (listed.count > 0) take(",");
        listed.rows = room(listed.rows, listed.count, sizeof *listed.rows);
        listed.rows[listed.count].key = field("{\"reason\":");
        take(",\"needs\":"); listed.rows[listed.count++].needs = count(); take("}");
    }
    ROWS("},\"assignments\":", assignments, n_assignments, read_assignment)
    ROWS(",\"unmatched\":", unmatched, n_unmatched, read_unmatched)
    ROWS(",\"capacity\":", capacities, n_capacities, read_capacity)
    if (has_quotas && is_next(",\"quotas\":[")) {
        do { quotas = room(quotas, n_quotas, sizeof *quotas); read_quota(&quotas[n_quotas++]); } while (is_next(","));
        take("]");
    }
    read_proof();
    expect(compare(field(",\"provenance\":{\"semantics_id\":"), semantics) == 0, "result.provenance.semantics_id", 0);
    expect(compare(field(",\"input_digest\":"), input) == 0, "result.provenance.input_digest", 0);
    expect(is_quoted(value_of("", "version"), field(",\"policy_version\":")), "result.provenance.policy_version", 0);
    expect(compare(field(",\"seed\":"), seed) == 0, "result.provenance.seed", 0);
    expect(compare(field(",\"library_version\":"), version) == 0, "result.provenance.library_version", 0);

    read_table("}},\"network\":{\"needs\":{\"id\":", NEED, "needs", seed);
    tier = numbers(",\"tier\":", count); pinned = numbers(",\"pinned\":", count);
    if (has_quotas) { ROWS(",\"household\":", household, n_households, read_household) }
    read_table("},\"nodes\":{\"workers\":", WORKER, "workers", seed);
    read_table(",\"organizations\":", ORGANIZATION, "organizations", seed);
    read_table(",\"groups\":", GROUP, "groups", seed);
    parent = numbers(",\"parent\":", count_or_null); places = numbers(",\"places\":", count_or_null);
    least = numbers(",\"floor\":", count);
    if (counts_squares) caseload = numbers(",\"caseload\":", count);
    start = numbers("},\"candidates\":{\"start\":", count); candidate = numbers(",\"node\":", count);
    score = numbers(",\"score\":", count);
    take("}");
    if (has_quotas) read_quotas();
    take("}");
    covered = (size_t)(at - file_start);
    digest = field(",\"digest\":");
    take("}");
    expect(at == file_end && is_digest(digest, file_start, covered), "digest", 0);

    check_network();
    check_assignments();
    check_quotas();
    check_capacity();
    check_unmatched();
    check_limits();
    is_general = has_floors || n_parts > 0 || has_costs;
    expect(is(engine, is_general ? "general" : "fast") && (is(why, what_binds()) || is(why, "asked")), "engine", 0);
    expect(has_certificate == (is_general && status != FLOORS_UNMET) && has_tight_set == (is_general && status == FLOORS_UNMET), "result.status", 0);
    expect(is_general || status == OPTIMAL, "result.status", 0);
    if (has_certificate) found = check_certificate();
    else if (has_tight_set) check_unmet();
    else check_proof();
    check_status(found);
    check_list_of_quotas();
    check_totals(total, bound, gap, found);
    for (size_t r = 0; r < n_assignments; r++) sum += assignments[r].score;
    for (size_t r = 0; r < n_unmatched; r++) reasons[unmatched[r].reason]++;
    expect((size_t)needs == n_needs && (size_t)served == n_assignments && (size_t)n_pinned == (is_decided ? pinned.count : 0), "result.summary", 0);
    expect(agrees(candidates, (int64_t)candidate.count) && mean == (served ? sum / served : 0), "result.summary", 0);
    check_tiers(tiers);
    check_counts(domains, "result.summary.by_domain"); check_counts(counties, "result.summary.by_county");
    check_counts(classes, "result.summary.by_urban_rural_class");
    for (size_t k = 0; k < counties.count; k++) {
        Text key = counties.rows[k].key;
        int holds = key.length == 12 && memcmp(key.start + 6, "000000", 6) == 0;
        for (int d = 0; holds && d < 6; d++) holds = key.start[d] >= '0' && key.start[d] <= '9';
        expect(holds, "result.summary.by_county", k);
    }
    for (int reason = 0; reason < N_REASONS; reason++) {
        if (reasons[reason] == 0) continue;
        expect(row < listed.count && is(listed.rows[row].key, REASONS[reason]), "result.summary.unmatched", row);
        expect(listed.rows[row].needs == reasons[reason], "result.summary.unmatched", row);
        row++;
    }
    expect(row == listed.count, "result.summary.unmatched", row);
}

int main(int argc, char **argv) {
    FILE *stream;
    char *bytes = NULL;
    size_t length = 0, got;
    if (argc != 2) { fputs("usage: needmatch_verify FILE (or - for the standard input)\n", stderr); return 2; }
    stream = strcmp(argv[1], "-") == 0 ? stdin : fopen(argv[1], "rb");
    if (stream == NULL) { perror(argv[1]); return 2; }
    do {
        bytes = realloc(bytes, length + (1 << 20));
        if (bytes == NULL) { fputs("not enough memory\n", stderr); return 2; }
        got = fread(bytes + length, 1, 1 << 20, stream);
        length += got;
    } while (got > 0 && length <= (size_t)1 << 30);
    expect(length <= (size_t)1 << 30, "the length", 0);
    file_start = at = bytes; file_end = bytes + length;
    check_file();
    printf("verified: %lu needs served, %lu not, best of %lu\n", (unsigned long)n_assignments, (unsigned long)n_unmatched,
           (unsigned long)candidate.count);
    return 0;
}
