/* What is checked once the file is read. Included by needmatch_verify.c alone. */
#ifndef NEEDMATCH_CHECKS_H
#define NEEDMATCH_CHECKS_H

static int by_name(const void *a, const void *b) {
    const Name *left = a, *right = b;
    int order = (left->level > right->level) - (left->level < right->level);
    return order != 0 ? order : compare(left->id, right->id);
}

/* The position of an identifier, or NONE. */
static int64_t position(int level, Text id) {
    Name wanted, *found;
    wanted.id = id; wanted.level = level; wanted.position = 0;
    found = id.start == NULL ? NULL : bsearch(&wanted, names, n_nodes + n_needs, sizeof *names, by_name);
    return found == NULL ? NONE : found->position;
}

/* The node of an organization and perhaps of a worker of it, or NONE. */
static int64_t node_of(Text organization, Text worker) {
    int64_t above = position(ORGANIZATION, organization), node = position(WORKER, worker);
    if (above == NONE || worker.start == NULL) return above;
    return node != NONE && parent.items[node] == above ? node : NONE;
}

static int level_of(int64_t node) {
    return (size_t)node < table[WORKER].count ? WORKER : (size_t)node < n_providers ? ORGANIZATION : GROUP;
}

static void check_network(void) {
    size_t n_workers = table[WORKER].count, n_names = 0;
    n_providers = n_workers + table[ORGANIZATION].count;
    n_nodes = n_providers + table[GROUP].count;
    n_needs = table[NEED].count;
    names = zeros(n_nodes + n_needs, sizeof *names);
    for (int level = 0; level < N_TABLES; level++)
        for (size_t k = 0; k < table[level].count; k++, n_names++) {
            names[n_names].id = table[level].ids[k];
            names[n_names].level = level;
            names[n_names].position = (int64_t)(level == NEED ? k : n_names);
        }
    qsort(names, n_names, sizeof *names, by_name);
    expect(parent.count == n_nodes && places.count == n_nodes && least.count == n_nodes, "network.nodes", n_nodes);
    for (size_t v = 0; v < n_nodes; v++) {
        int64_t above = parent.items[v];
        size_t first = v < n_workers ? n_workers : n_providers, end = v < n_workers ? n_providers : n_nodes;
        expect(above == NONE ? v >= n_workers : (size_t)above >= first && (size_t)above < end, "network.nodes.parent", v);
        expect(places.items[v] != NONE || v >= n_providers, "network.nodes.places", v);
    }
    for (size_t v = 0; v < n_nodes; v++) {
        int depth = 0;
        for (int64_t step = (int64_t)v; step != NONE; step = parent.items[step])
            expect(++depth <= MAX_DEPTH, "network.nodes.parent", v);
    }
    expect(tier.count == n_needs && start.count == n_needs + 1 && start.items[0] == 0, "network.needs", n_needs);
    expect((size_t)start.items[n_needs] == candidate.count && score.count == candidate.count, "network.candidates", n_needs);
    is_pinned = zeros(n_needs, 1);
    for (size_t k = 0; k < pinned.count; k++) {
        int holds = (size_t)pinned.items[k] < n_needs && (k == 0 || pinned.items[k - 1] < pinned.items[k]);
        expect(holds, "network.needs.pinned", k);
        is_pinned[pinned.items[k]] = 1;
        /* A pinned need has its worker as its only candidate. */
        expect(start.items[pinned.items[k] + 1] == start.items[pinned.items[k]] + 1, "network.needs.pinned", k);
    }
    for (size_t i = 0; i < n_needs; i++) {
        expect(tier.items[i] >= 1 && tier.items[i] <= 4, "network.needs.tier", i);
        expect(start.items[i] <= start.items[i + 1] && (size_t)start.items[i + 1] <= candidate.count, "network.candidates.start", i);
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) {
            int holds = (size_t)candidate.items[k] < n_providers && score.items[k] >= 0 && score.items[k] <= FULL_SCORE + switch_penalty;
            holds = holds && (k == start.items[i] || candidate.items[k - 1] < candidate.items[k]);
            expect(holds, "network.candidates", (size_t)k);
        }
    }
}

static void check_assignments(void) {
    served_at = zeros(n_needs, sizeof *served_at);
    for (size_t i = 0; i < n_needs; i++) served_at[i] = NONE;
    for (size_t r = 0; r < n_assignments; r++) {
        Assignment *row = &assignments[r];
        int64_t i = position(NEED, row->need), v = node_of(row->organization, row->worker), rank = 1, own = NONE;
        expect(i != NONE && v != NONE, "result.assignments: need, organization or worker", r);
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) if (candidate.items[k] == v) own = score.items[k];
        expect(own != NONE && row->score == own && (row->mean == own || has_local_weights), "result.assignments: score or criteria", r);
        /* Of equal scores the one before it in the row comes first. */
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++)
            rank += score.items[k] > own || (score.items[k] == own && candidate.items[k] < v);
        expect(row->tier == tier.items[i] && agrees(row->rank, rank), "result.assignments: tier or rank", r);
        expect(row->pinned == is_pinned[i], "result.assignments: pinned", r);
        expect(r == 0 || compare(assignments[r - 1].need, row->need) < 0, "result.assignments: order", r);
        served_at[i] = v;
    }
    for (size_t i = 0; i < n_needs; i++) expect(!is_decided || !is_pinned[i] || served_at[i] != NONE, "network.needs.pinned", i);
}

static int has_room(int64_t v) { return places.items[v] == NONE || used[v] < places.items[v]; }

static void check_capacity(void) {
    Pair *own = zeros(n_nodes, sizeof *own);
    used = zeros(n_nodes, sizeof *used); full_at = zeros(n_nodes, sizeof *full_at); full_price = zeros(n_nodes, sizeof *full_price);
    for (size_t i = 0; i < n_needs; i++)
        for (int64_t v = served_at[i]; v != NONE; v = parent.items[v]) used[v]++;
    expect(n_capacities == n_nodes, "result.capacity", n_capacities);
    for (size_t r = 0; r < n_nodes; r++) {
        Capacity *row = &capacities[r];
        int64_t v = names[r].position;
        Pair price = row->price;
        int is_free = price.tier == 0 && price.score == 0;
        expect(is(row->level, LEVELS[level_of(v)]) && compare(row->id, names[r].id) == 0, "result.capacity: level or id", r);
        expect(row->places == places.items[v] && row->used == used[v], "result.capacity: places or used", r);
        expect(row->places == NONE || used[v] <= row->places, "result.capacity: used", r);
        expect(row->floor == least.items[v] && (used[v] >= row->floor || !is_decided), "result.capacity: floor", r);
        /* What a certificate says in one number is checked with it. */
        if (has_certificate) continue;
        expect(price.tier >= 0 && (price.tier > 0 || price.score >= 0), "result.capacity: price", r);
        expect(price.tier < LIMIT && price.score < LIMIT && price.score > -LIMIT, "result.capacity: price", r);
        /* Complementary slackness: what is free costs nothing. */
        expect(is_free || (is_decided && !has_room(v)), "result.capacity: price", r);
        own[v] = price;
    }
    for (size_t v = 0; v < n_nodes; v++) {
        full_at[v] = NONE;
        for (int64_t step = (int64_t)v; step != NONE; step = parent.items[step]) {
            full_price[v].tier += own[step].tier;
            full_price[v].score += own[step].score;
            if (full_at[v] == NONE && !has_room(step)) full_at[v] = step;
        }
    }
    free(own);
}

/* By need the first quota that is about it and of which no further need may be served, or NONE. */
static int64_t *full_quota;

/* The list at the head names the emergencies, all of them and in order, and they are red. */
static void check_immediate(void) {
    size_t listed = 0;
    for (size_t r = 0; r < n_unmatched; r++) {
        if (unmatched[r].reason != IMMEDIATE) continue;
        expect(listed < n_emergencies && compare(unmatched[r].need, emergencies[listed]) == 0, "result.immediate", listed);
        expect(unmatched[r].tier == 1, "result.immediate", listed);
        listed++;
    }
    expect(listed == n_emergencies, "result.immediate", listed);
}

static void check_unmatched(void) {
    expect(n_assignments + n_unmatched == n_needs, "result.unmatched", n_unmatched);
    for (size_t r = 0; r < n_unmatched; r++) {
        Unmatched *row = &unmatched[r];
        int64_t i = position(NEED, row->need), seen[3] = {0, 0, 0}, best = NONE, n_open = 0, n_candidates;
        expect(i != NONE && served_at[i] == NONE && row->tier == tier.items[i], "result.unmatched: need or tier", r);
        expect(r == 0 || compare(unmatched[r - 1].need, row->need) < 0, "result.unmatched: order", r);
        n_candidates = start.items[i + 1] - start.items[i];
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) {
            int64_t full = full_at[candidate.items[k]];
            if (full != NONE) seen[level_of(full)]++;
            n_open += full == NONE && (row->reason != NO_GAIN || score.items[k] == 0);
            if (best == NONE || score.items[k] > score.items[best]) best = k;
        }
        /* Of a quota that is full it is said wherever anything is decided about the need at all. */
        if (is_decided && n_candidates > 0 && full_quota[i] != NONE) {
            expect(row->reason == QUOTA_FULL && compare(row->quota, quota_ids[full_quota[i]]) == 0, "result.unmatched: reason", r);
            expect(row->open == n_open, "result.unmatched: open", r);
            continue;
        }
        expect(row->reason != QUOTA_FULL, "result.unmatched: reason", r);
        if (row->reason == NO_OPEN_PLACE) {
            int holds = is_decided && n_candidates > 0 && n_open == 0;
            for (int level = WORKER; level <= GROUP; level++) holds = holds && agrees(row->full[level], seen[level]);
            holds = holds && node_of(row->organization, row->worker) == candidate.items[best] && row->score == score.items[best];
            expect(holds && is(row->full_at, LEVELS[level_of(full_at[candidate.items[best]])]), "result.unmatched: reason", r);
        } else if (row->reason == NO_GAIN) {
            expect(is_decided && n_open > 0, "result.unmatched: reason", r);
        } else if (row->reason == UNDECIDED) {
            expect(!is_decided && n_candidates > 0, "result.unmatched: reason", r);
        } else {
            int may_be = (row->reason != NO_CANDIDATE || row->adds_up) && (row->reason != OUT_OF_SCOPE || is_limited);
            expect(n_candidates == 0 && may_be, "result.unmatched: reason", r);
        }
    }
    check_immediate();
}

/* What a candidate is worth after the price. */
static Pair net(size_t i, int64_t k) {
    Pair price = full_price[candidate.items[k]], value;
    value.tier = worth[tier.items[i]] - price.tier;
    value.score = score.items[k] - price.score;
    return value;
}

static int order(Pair a, Pair b) {
    int tiers = (a.tier > b.tier) - (a.tier < b.tier);
    return tiers != 0 ? tiers : (a.score > b.score) - (a.score < b.score);
}

/* The price of a node cannot fall, nor can those that are tied to it. Each node is put on the list once. */
static int64_t *reached, n_reached;
static char *is_reached;

static void reach(int64_t v) {
    if (is_reached[v]) return;
    is_reached[v] = 1;
    reached[n_reached++] = v;
}

static void check_totals(Pair total, Pair bound, Pair gap, Pair found) {
    Pair sum = {0, 0}, most;
    for (size_t r = 0; r < n_assignments; r++) { sum.tier += worth[assignments[r].tier]; sum.score += assignments[r].score; }
    expect(found.tier < LIMIT && found.score < LIMIT, "result.gap", 0);
    most.tier = sum.tier + found.tier; most.score = sum.score + found.score;
    expect(order(total, sum) == 0 && order(bound, most) == 0 && order(gap, found) == 0, "result.total, bound or gap", 0);
}

/* The prices prove the total the greatest, and no lower ones would: bound less total is the sum of what free places cost
 * and of what needs fall short of their best; no part of it is below zero, and each is found to be zero. */
static void check_proof(void) {
    const Pair zero = {0, 0};
    Pair *has = zeros(n_needs, sizeof *has);
    size_t *first = zeros(n_nodes + 1, sizeof *first), *held = zeros(n_needs, sizeof *held);
    reached = zeros(n_nodes, sizeof *reached); is_reached = zeros(n_nodes, 1);
    for (size_t v = 0; v < n_nodes; v++) if (parent.items[v] == NONE && order(full_price[v], zero) == 0) reach((int64_t)v);
    for (size_t i = 0; i < n_needs; i++) {
        Pair best = zero;
        if (is_pinned[i]) continue;
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) {
            if (order(net(i, k), best) > 0) best = net(i, k);
            if (candidate.items[k] == served_at[i]) has[i] = net(i, k);
        }
        expect(order(has[i], best) == 0, "result.assignments: best of need", i);
        if (served_at[i] != NONE) { first[served_at[i]]++; continue; }
        /* A need that is left out wants no node at its price. */
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) if (order(net(i, k), zero) == 0) reach(candidate.items[k]);
    }
    /* The needs of each node, one node after the other. */
    for (size_t v = 0, end = 0; v <= n_nodes; v++) { end += first[v]; first[v] = end; }
    for (size_t i = 0; i < n_needs; i++) if (served_at[i] != NONE && !is_pinned[i]) held[--first[served_at[i]]] = i;
    for (int64_t done = 0; done < n_reached; done++) {
        int64_t v = reached[done];
        /* What has room costs no more than what is above it, and a need that is served here wants no other node more. */
        if (parent.items[v] != NONE && has_room(v)) reach(parent.items[v]);
        for (size_t h = first[v]; h < first[v + 1]; h++)
            for (int64_t k = start.items[held[h]]; k < start.items[held[h] + 1]; k++)
                if (order(net(held[h], k), has[held[h]]) == 0) reach(candidate.items[k]);
        /* What is below costs at least as much: looked up once all else is done, since nodes know what is above them. */
        if (done + 1 == n_reached)
            for (size_t w = 0; w < n_nodes; w++)
                if (parent.items[w] != NONE && is_reached[parent.items[w]] && order(full_price[w], full_price[parent.items[w]]) == 0)
                    reach((int64_t)w);
    }
    expect((size_t)n_reached == n_nodes, "result.capacity: a price is not the least", 0);
    free(has); free(first); free(held);
}

/* What the run must and may fill beside pinned needs. */
static int64_t *floor_of, *cap_of, *pinned_at;
static int has_floors, has_costs;

static void check_limits(void) {
    floor_of = zeros(n_nodes, sizeof *floor_of); cap_of = zeros(n_nodes, sizeof *cap_of);
    pinned_at = zeros(n_nodes, sizeof *pinned_at);
    for (size_t k = 0; k < pinned.count; k++)
        for (int64_t v = candidate.items[start.items[pinned.items[k]]]; v != NONE; v = parent.items[v]) pinned_at[v]++;
    for (size_t v = 0; v < n_nodes; v++) {
        int64_t open = places.items[v] == NONE ? (int64_t)n_needs : places.items[v] - pinned_at[v];
        cap_of[v] = open < 0 ? 0 : open > (int64_t)n_needs ? (int64_t)n_needs : open;
        floor_of[v] = least.items[v] > pinned_at[v] ? least.items[v] - pinned_at[v] : 0;
        has_floors = has_floors || floor_of[v] > 0;
        has_costs = has_costs || (counts_squares && v < table[WORKER].count && cap_of[v] > 0);
    }
}

static void check_counts(Counts list, const char *place) {
    int64_t needs = 0, served = 0;
    for (size_t k = 0; k < list.count; k++) {
        Coverage row = list.rows[k];
        expect(row.needs > 0 && row.served <= row.needs && row.needs < LIMIT, place, k);
        for (size_t j = 0; j < k; j++) expect(compare(list.rows[j].key, row.key) != 0, place, k);
        needs += row.needs; served += row.served;
    }
    expect((size_t)needs == n_needs && (size_t)served == n_assignments, place, list.count);
}

static void check_tiers(Counts list) {
    int64_t needs[5] = {0}, served[5] = {0};
    size_t row = 0;
    for (size_t i = 0; i < n_needs; i++) { needs[tier.items[i]]++; served[tier.items[i]] += served_at[i] != NONE; }
    for (int t = 1; t <= 4; t++) {
        char key[2] = {(char)('0' + t), '\0'};
        if (needs[t] == 0) continue;
        expect(row < list.count && is(list.rows[row].key, key), "result.summary.by_tier", row);
        expect(list.rows[row].needs == needs[t] && list.rows[row].served == served[t], "result.summary.by_tier", row);
        row++;
    }
    expect(row == list.count, "result.summary.by_tier", row);
}

#endif
