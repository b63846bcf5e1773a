/* How many needs of a kind must and may be served. Included by needmatch_verify.c alone. */
#ifndef NEEDMATCH_QUOTAS_H
#define NEEDMATCH_QUOTAS_H

static void read_quota(Quota *row) {
    row->id = field("{\"quota_id\":");
    take(",\"needs\":"); row->needs = count();
    take(",\"served\":"); row->served = count();
    take(",\"floor\":"); row->floor = count();
    take(",\"cap\":"); row->cap = count_or_null();
    take(",\"price\":"); row->price = pair();
    take(",\"crosses\":"); row->crosses = flag();
    take("}");
}

static void read_household(Text *name) { *name = word_or_null(); }

static void read_quotas(void) {
    ROWS(",\"quotas\":{\"id\":", quota_ids, n_quota_ids, read_name)
    per_household = numbers(",\"per_household\":", flag);
    quota_floor = numbers(",\"floor\":", count); quota_cap = numbers(",\"cap\":", count_or_null);
    quota_start = numbers(",\"start\":", count); quota_need = numbers(",\"need\":", count);
    take("}");
}

/* A quota, or one household of it. Where it can bind it is a part, with what pinned needs leave of its bounds. */
typedef struct { int64_t quota, n_free, n_served, floor, cap; Text household; size_t first, count; int is_part, crosses; } Group;

static Group *groups; /* by the identifiers of quota and household */
static size_t n_groups, n_parts;
static int64_t *members; /* the needs of each group, one group after the other */
static char *is_taken_out; /* needs that were no matter for the run */

static int by_household(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    int order = compare(household[left], household[right]);
    return order != 0 ? order : (left > right) - (left < right);
}

static int is_name(Text id) {
    int holds = id.length >= 1 && id.length <= 64;
    for (size_t k = 0; k < id.length; k++)
        holds = holds && strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.:-", id.start[k]);
    return holds;
}

static void check_form_of_quotas(void) {
    size_t n = n_quota_ids;
    char *is_asked_for = zeros(n_needs, 1);
    expect(n_households == n_needs, "network.needs.household", 0);
    expect(!counts_squares || caseload.count == table[WORKER].count, "network.nodes.caseload", 0);
    for (size_t w = 0; w < caseload.count; w++) expect(caseload.items[w] < LIMIT, "network.nodes.caseload", w);
    expect(per_household.count == n && quota_floor.count == n && quota_cap.count == n, "network.quotas", n);
    expect(quota_start.count == n + 1 && quota_start.items[0] == 0, "network.quotas.start", 0);
    expect((size_t)quota_start.items[n] == quota_need.count, "network.quotas.start", n);
    for (size_t q = 0; q < n; q++) {
        expect(is_name(quota_ids[q]) && (q == 0 || compare(quota_ids[q - 1], quota_ids[q]) < 0), "network.quotas.id", q);
        expect(quota_floor.items[q] < LIMIT && quota_cap.items[q] < LIMIT, "network.quotas", q);
        expect(quota_start.items[q] <= quota_start.items[q + 1] && (size_t)quota_start.items[q + 1] <= quota_need.count, "network.quotas.start", q);
        for (int64_t k = quota_start.items[q]; k < quota_start.items[q + 1]; k++) {
            int64_t i = quota_need.items[k];
            expect((size_t)i < n_needs && (k == quota_start.items[q] || quota_need.items[k - 1] < i), "network.quotas.need", (size_t)k);
            is_asked_for[i] = is_asked_for[i] || per_household.items[q];
        }
    }
    /* The household is told of whoever a quota for each is about, and of nobody else. */
    for (size_t i = 0; i < n_needs; i++)
        expect((household[i].start != NULL) == is_asked_for[i] && (!is_asked_for[i] || is_name(household[i])), "network.needs.household", i);
    free(is_asked_for);
}

static void end_group(size_t end) {
    Group *group = &groups[n_groups++];
    int64_t n_pinned = 0, q = group->quota;
    group->count = end - group->first;
    for (size_t k = group->first; k < end; k++) {
        n_pinned += is_pinned[members[k]];
        group->n_free += !is_pinned[members[k]] && !is_taken_out[members[k]];
        group->n_served += served_at[members[k]] != NONE;
    }
    group->floor = quota_floor.items[q] > n_pinned ? quota_floor.items[q] - n_pinned : 0;
    group->cap = quota_cap.items[q] == NONE ? group->n_free : quota_cap.items[q] > n_pinned ? quota_cap.items[q] - n_pinned : 0;
    group->is_part = group->floor > 0 || group->cap < group->n_free;
    if (group->cap > group->n_free) group->cap = group->n_free;
    n_parts += group->is_part;
}

static void start_group(size_t q, size_t first, Text name) {
    groups = room(groups, n_groups, sizeof *groups);
    memset(&groups[n_groups], 0, sizeof *groups);
    groups[n_groups].quota = (int64_t)q;
    groups[n_groups].household = name;
    groups[n_groups].first = first;
}

static int is_free(int64_t i) { return !is_pinned[i] && !is_taken_out[i]; }

/* Parts that share needs, while each also has needs of its own. */
static void find_crossing(void) {
    size_t *first = zeros(n_needs + 2, sizeof *first), *held = zeros(quota_need.count, sizeof *held), n = 0;
    int64_t *shared = zeros(n_groups, sizeof *shared);
    for (size_t g = 0; g < n_groups; g++)
        for (size_t k = 0; k < groups[g].count; k++) first[members[groups[g].first + k] + 2]++;
    for (size_t i = 0; i < n_needs; i++) first[i + 2] += first[i + 1];
    for (size_t g = 0; g < n_groups; g++)
        for (size_t k = 0; k < groups[g].count; k++) { held[first[members[groups[g].first + k] + 1]++] = g; n++; }
    for (size_t g = 0; n > 0 && g < n_groups; g++) {
        if (!groups[g].is_part) continue;
        memset(shared, 0, n_groups * sizeof *shared);
        for (size_t k = 0; k < groups[g].count; k++) {
            int64_t i = members[groups[g].first + k];
            if (!is_free(i)) continue;
            for (size_t h = first[i]; h < first[i + 1]; h++) shared[held[h]]++;
        }
        for (size_t h = 0; h < n_groups; h++)
            if (h != g && groups[h].is_part && shared[h] > 0 && shared[h] < groups[g].n_free && shared[h] < groups[h].n_free)
                groups[g].crosses = 1;
    }
    free(first); free(held); free(shared);
}

static void check_quotas(void) {
    const Text none = {NULL, 0};
    full_quota = zeros(n_needs, sizeof *full_quota);
    is_taken_out = zeros(n_needs, 1);
    for (size_t i = 0; i < n_needs; i++) full_quota[i] = NONE;
    if (!has_quotas) return;
    check_form_of_quotas();
    for (size_t r = 0; r < n_unmatched; r++) {
        int64_t i = position(NEED, unmatched[r].need);
        if (i != NONE && unmatched[r].reason > UNDECIDED) is_taken_out[i] = 1;
    }
    members = zeros(quota_need.count, sizeof *members);
    for (size_t k = 0; k < quota_need.count; k++) members[k] = quota_need.items[k];
    for (size_t q = 0; q < n_quota_ids; q++) {
        size_t first = (size_t)quota_start.items[q], end = (size_t)quota_start.items[q + 1];
        if (!per_household.items[q]) { start_group(q, first, none); end_group(end); continue; }
        qsort(members + first, end - first, sizeof *members, by_household);
        for (size_t k = first, start_of = first; k < end; k++)
            if (k + 1 == end || compare(household[members[k]], household[members[k + 1]]) != 0) {
                start_group(q, start_of, household[members[k]]);
                end_group(k + 1);
                start_of = k + 1;
            }
    }
    find_crossing();
    for (size_t g = 0; status != FLOORS_UNMET && g < n_groups; g++) {
        int64_t cap = quota_cap.items[groups[g].quota];
        for (size_t k = 0; cap != NONE && groups[g].n_served >= cap && k < groups[g].count; k++) {
            int64_t i = members[groups[g].first + k];
            if (full_quota[i] == NONE || full_quota[i] > groups[g].quota) full_quota[i] = groups[g].quota;
        }
    }
}

/* What can bind beside places, as the reason of the engine. */
static const char *what_binds(void) {
    static char text[32];
    if (!has_floors && n_parts == 0 && !has_costs) return "only_capacities";
    sprintf(text, "%s%s%s%s%s", has_floors ? "floors" : "", has_floors && (n_parts > 0 || has_costs) ? "_" : "",
            n_parts > 0 ? "groups" : "", n_parts > 0 && has_costs ? "_" : "", has_costs ? "costs" : "");
    return text;
}

/* Only where quotas cross may a better matching stay unknown; without floors nobody served is within all quotas. */
static void check_status(Pair gap) {
    int has_gap = gap.tier != 0 || gap.score != 0, cross = 0, must = has_floors;
    for (size_t g = 0; g < n_groups; g++) {
        cross = cross || groups[g].crosses;
        must = must || (groups[g].is_part && groups[g].floor > 0);
    }
    if (status == NOT_FOUND) expect(cross && must && n_assignments == 0, "result.status", 0);
    else expect(has_gap == (status == BOUNDED) && (cross || !has_gap), "result.status", 0);
}

static Pair *price_of_quota; /* as it is read */

static void check_list_of_quotas(void) {
    size_t g = 0;
    expect(n_quotas == n_quota_ids, "result.quotas", n_quotas);
    for (size_t q = 0; q < n_quotas; q++) {
        int64_t needs = 0, served = 0, cap = quota_cap.items[q];
        int fits = 1, crosses = 0;
        for (; g < n_groups && groups[g].quota == (int64_t)q; g++) {
            needs += (int64_t)groups[g].count; served += groups[g].n_served;
            fits = fits && groups[g].n_served >= quota_floor.items[q] && (cap == NONE || groups[g].n_served <= cap);
            crosses = crosses || groups[g].crosses;
        }
        expect(compare(quotas[q].id, quota_ids[q]) == 0 && quotas[q].floor == quota_floor.items[q] && quotas[q].cap == cap, "result.quotas", q);
        expect(quotas[q].needs == needs && quotas[q].served == served && (fits || !is_decided), "result.quotas: served", q);
        expect(quotas[q].crosses == crosses, "result.quotas: crosses", q);
        expect(quotas[q].price.tier == (price_of_quota ? price_of_quota[q].tier : 0) &&
               quotas[q].price.score == (price_of_quota ? price_of_quota[q].score : 0), "result.quotas: price", q);
    }
}

#endif
