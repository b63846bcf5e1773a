/* The low level with floors, groups of needs and costs of places. */

#include "check.h"

/* Both needs like node 0 best. */
static const uint64_t INDPTR[] = {0, 2, 4};
static const uint32_t NODE[] = {0, 1, 0, 1};
static const int64_t SCORE[] = {9, 7, 8, 3};
static const uint64_t CAPACITY[] = {2, 2};

/* What a network may have beside edges and capacities; all NULL for none. */
struct parts {
    const uint64_t *floor;
    const int64_t *group, *group_parent;
    const uint64_t *group_cap, *group_floor;
    size_t n_groups;
    const uint64_t *load_indptr, *load_from;
    const int64_t *load_cost;
    size_t n_breakpoints;
};

/* Has none, as everything that is static starts at 0. */
static struct parts nothing;

struct result {
    int64_t node[2], total;
    uint64_t missing;
    uint8_t tight_need[2], tight_group[2], tight_node[2];
};

static needmatch_status assign_with(const struct parts *parts, struct result *result, needmatch_error *error) {
    memset(result, 7, sizeof *result);
    return needmatch_assign_general(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, parts->floor, 2, NULL, parts->group,
                                    parts->group_parent, parts->group_cap, parts->group_floor, parts->n_groups,
                                    parts->load_indptr, parts->load_from, parts->load_cost, parts->n_breakpoints, NULL,
                                    0, result->node, &result->missing, result->tight_need, result->tight_group,
                                    result->tight_node, NULL, &result->total, NULL, NULL, error);
}

static void a_floor_is_met_at_the_least_loss(void) {
    const uint64_t floor[] = {0, 1};
    struct parts parts = nothing;
    struct result result;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_OK);
    CHECK(result.node[0] == 0 && result.node[1] == 0 && result.total == 17 && result.missing == 0);
    parts.floor = floor;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_OK);
    CHECK(result.node[0] == 1 && result.node[1] == 0 && result.total == 15 && result.missing == 0);
    CHECK(result.tight_need[0] == 0 && result.tight_need[1] == 0 && result.tight_node[1] == 0);
}

static void floors_that_cannot_be_met_are_explained(void) {
    const uint64_t floor[] = {2, 1};
    struct parts parts = nothing;
    struct result result;
    int64_t only_missing[2];
    uint64_t missing = 7;
    parts.floor = floor;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_OK);
    CHECK(result.missing == 1 && result.node[0] == -1 && result.node[1] == -1 && result.total == 0);
    /* Three places must be taken and there are two needs: both nodes, and what is theirs. */
    CHECK(result.tight_node[0] == 1 && result.tight_node[1] == 1);
    CHECK_STATUS(needmatch_assign_general(INDPTR, 2, NODE, SCORE, 4, CAPACITY, NULL, floor, 2, NULL, NULL, NULL, NULL,
                                          NULL, 0, NULL, NULL, NULL, 0, NULL, 0, only_missing, &missing, NULL, NULL,
                                          NULL, NULL, NULL, NULL, NULL, NULL), NEEDMATCH_OK);
    CHECK(missing == 1 && only_missing[0] == -1);
}

static void groups_bound_how_many_of_their_needs_are_served(void) {
    const int64_t household[] = {1, 1}, parent[] = {-1, 0};
    const uint64_t cap[] = {1, 2}, none[] = {0, 0}, both[] = {0, 2};
    struct parts parts = nothing;
    struct result result;
    parts.group = household;
    parts.group_parent = parent;
    parts.group_cap = cap;
    parts.group_floor = none;
    parts.n_groups = 2;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_OK);
    CHECK(result.node[0] == 0 && result.node[1] == -1 && result.total == 9);
    /* The household asks for two, and what is above it allows one. */
    parts.group_floor = both;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_OK);
    CHECK(result.missing == 1 && result.tight_group[0] + result.tight_group[1] == 1);
}

static void costs_are_taken_from_the_total(void) {
    const uint64_t indptr[] = {0, 1, 1}, from[] = {1};
    const int64_t cost[] = {3};
    struct parts parts = nothing;
    struct result result;
    parts.load_indptr = indptr;
    parts.load_from = from;
    parts.load_cost = cost;
    parts.n_breakpoints = 1;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_OK);
    CHECK(result.node[0] == 1 && result.node[1] == 0 && result.total == 7 + 8);
}

static void faults_name_their_array_and_write_nothing(void) {
    const uint64_t floor[] = {0, 3};
    struct parts parts = nothing;
    struct result result;
    needmatch_error error = 0;
    uint32_t number = 0, table = 0;
    int64_t row = 0;
    parts.floor = floor;
    CHECK_STATUS(assign_with(&parts, &result, &error), NEEDMATCH_E_INPUT);
    CHECK_STATUS(needmatch_error_fault(error, 0, &number, &table, &row), NEEDMATCH_OK);
    CHECK(number == NEEDMATCH_FAULT_FLOOR_ABOVE_CAP && table == NEEDMATCH_TABLE_ARRAYS && row == 1);
    CHECK_STATUS(needmatch_error_free(error), NEEDMATCH_OK);
    CHECK(result.missing != 0 && result.node[0] != 0 && result.node[0] != -1);
    /* Groups without caps. */
    parts.floor = NULL;
    parts.n_groups = 1;
    CHECK_STATUS(assign_with(&parts, &result, NULL), NEEDMATCH_E_NULL);
}

int main(void) {
    a_floor_is_met_at_the_least_loss();
    floors_that_cannot_be_met_are_explained();
    groups_bound_how_many_of_their_needs_are_served();
    costs_are_taken_from_the_total();
    faults_name_their_array_and_write_nothing();
    return 0;
}
