/* What proves results of the general engine. Included by needmatch_verify.c alone. */
#ifndef NEEDMATCH_GENERAL_H
#define NEEDMATCH_GENERAL_H

/* Whatever does not fit is refused. */
static Wide plus(Wide a, Wide b) {
    Wide sum;
    expect(!__builtin_add_overflow(a, b, &sum), "result.certificate: too large", 0);
    return sum;
}

static Wide times(Wide a, Wide b) {
    Wide product;
    expect(!__builtin_mul_overflow(a, b, &product), "result.certificate: too large", 0);
    return product;
}

static int64_t clamped(Wide number) {
    return number > INT64_MAX ? INT64_MAX : number < INT64_MIN ? INT64_MIN : (int64_t)number;
}

/* Rounded down, as `/` does not below zero. */
static Wide quotient(Wide a, Wide b) { return a / b - (a % b < 0); }

static int64_t held(size_t v) { return caseload.items[v] + pinned_at[v]; }

static int has_square(size_t v) { return counts_squares && v < table[WORKER].count; }

/* What the square of a node's caseload grows by if it serves so many. */
static Wide growth(size_t v, int64_t needs) { return has_square(v) ? (Wide)needs * ((Wide)needs + 2 * (Wide)held(v)) : 0; }

/* The most that a node can be worth at a price within floor and cap. */
static Wide most(size_t v, Wide own) {
    Wide least_needs = floor_of[v], most_needs = cap_of[v] > floor_of[v] ? cap_of[v] : floor_of[v];
    Wide needs = own > 0 ? most_needs : least_needs;
    if (has_square(v)) {
        /* A further place costs 2 (held + x) + 1, so it pays as long as that is no more than the price. */
        needs = quotient(own + 1, 2) - held(v);
        needs = needs < least_needs ? least_needs : needs > most_needs ? most_needs : needs;
    }
    return plus(times(own, needs), -growth(v, (int64_t)needs));
}

static Wide derived[5], unit;
static int64_t highest;

/* What a need counts by how much it counts in coverage, more than all that can be lost below; and what one of score counts,
 * more than the squares of all caseloads can grow. */
static void derive_steps(void) {
    const Wide limit = (Wide)1 << 120;
    int64_t n_of[5] = {0}, *wanted = zeros(n_nodes, sizeof *wanted);
    Wide sum = 0, squares = 0, next;
    unit = 1;
    for (size_t i = 0; i < n_needs; i++) {
        int64_t counts = worth[tier.items[i]], best = 0;
        n_of[counts]++;
        if (counts > highest) highest = counts;
        if (is_pinned[i]) continue;
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) {
            if (score.items[k] > best) best = score.items[k];
            wanted[candidate.items[k]]++;
        }
        sum += best;
    }
    for (size_t v = 0; v < n_nodes; v++) {
        int64_t n = cap_of[v] < wanted[v] ? cap_of[v] : wanted[v];
        unit = plus(unit, growth(v, n));
        if (n > 0) squares = plus(squares, times(growth(v, n) - growth(v, n - 1), cap_of[v]));
    }
    next = plus(times(2, plus(times(sum, unit), squares)), 1);
    expect(step.count == (size_t)highest + 1 && step.items[0] == 0, "result.certificate.step", 0);
    for (int64_t t = 1; t <= highest; t++) {
        expect(next < limit && step.items[t] == next, "result.certificate.step", (size_t)t);
        derived[t] = next;
        next = plus(next, times(next, n_of[t]));
    }
    expect(unit_stated.count == (size_t)(unit != 1) && (unit == 1 || unit_stated.items[0] == unit), "result.certificate.unit", 0);
    free(wanted);
}

/* A price as it is read: steps, each counted with its tier, and what is left in score. */
static Pair read_price(Wide rest) {
    Wide tiers = 0;
    Pair value;
    for (int64_t t = highest; t > 0; t--) {
        Wide steps = quotient(rest + derived[t] / 2, derived[t]);
        tiers += steps * t;
        rest -= steps * derived[t];
    }
    value.tier = clamped(tiers); value.score = clamped(quotient(rest, unit));
    return value;
}

/* The next part at or after a group with these identifiers; refused if there is none. */
static size_t part_of(size_t g, Text id, Text name, const char *place, size_t row) {
    while (g < n_groups && !(groups[g].is_part && compare(quota_ids[groups[g].quota], id) == 0 &&
                             (groups[g].household.start == NULL) == (name.start == NULL) && compare(groups[g].household, name) == 0)) g++;
    expect(g < n_groups, place, row);
    return g;
}

/* By how much the prices allow anything within all floors and quotas to be better: the sum of what nodes and quotas could
 * have more at their prices within floor and cap, and of what needs fall short of their best. */
static Pair check_certificate(void) {
    const Wide limit = (Wide)1 << 120;
    Wide *full = zeros(n_nodes, sizeof *full), *own = zeros(n_nodes, sizeof *own), *of_need = zeros(n_needs, sizeof *of_need);
    Wide *of_quota = zeros(n_quota_ids, sizeof *of_quota), rest = 0, tiers = 0;
    size_t g = 0;
    Pair gap;
    derive_steps();
    expect(price.count == n_nodes, "result.certificate.price", 0);
    for (size_t r = 0; r < n_nodes; r++) {
        int64_t v = names[r].position, chosen = used[v] > pinned_at[v] ? used[v] - pinned_at[v] : 0;
        Wide exact = price.items[r];
        Pair stated = read_price(exact);
        expect(exact < limit && exact > -limit, "result.certificate.price", r);
        expect(order(capacities[r].price, stated) == 0, "result.capacity: price", r);
        rest = plus(rest, plus(most((size_t)v, exact), -plus(times(exact, chosen), -growth((size_t)v, chosen))));
        own[v] = exact;
    }
    for (size_t r = 0; r < n_quota_prices; r++, g++) {
        Wide exact = quota_prices[r].price;
        int64_t served = 0;
        g = part_of(g, quota_prices[r].id, quota_prices[r].household, "result.certificate.quota_price", r);
        expect(exact != 0 && exact < limit && exact > -limit, "result.certificate.quota_price", r);
        for (size_t k = groups[g].first; k < groups[g].first + groups[g].count; k++)
            if (is_free(members[k])) { served += served_at[members[k]] != NONE; of_need[members[k]] = plus(of_need[members[k]], exact); }
        rest = plus(rest, plus(times(exact, exact > 0 ? groups[g].cap : groups[g].floor), -times(exact, served)));
        of_quota[groups[g].quota] = plus(of_quota[groups[g].quota], exact);
    }
    price_of_quota = zeros(n_quota_ids, sizeof *price_of_quota);
    for (size_t q = 0; q < n_quota_ids; q++) price_of_quota[q] = read_price(of_quota[q]);
    for (size_t v = 0; v < n_nodes; v++)
        for (int64_t up = (int64_t)v; up != NONE; up = parent.items[up]) full[v] = plus(full[v], own[up]);
    for (size_t i = 0; i < n_needs; i++) {
        Wide best = 0, has = 0;
        if (is_pinned[i]) continue;
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++) {
            Wide value = plus(plus(derived[worth[tier.items[i]]] + unit * score.items[k], -of_need[i]), -full[candidate.items[k]]);
            if (value > best) best = value;
            if (candidate.items[k] == served_at[i]) has = value;
        }
        rest = plus(rest, plus(best, -has));
    }
    expect(rest >= 0, "result.bound", 0);
    for (int64_t t = highest; t > 0; t--) { tiers = plus(tiers, times(rest / derived[t], t)); rest %= derived[t]; }
    /* Rounded up: only nothing reads as nothing. */
    gap.tier = clamped(tiers); gap.score = clamped(-quotient(-rest, unit));
    free(full); free(own); free(of_need); free(of_quota);
    return gap;
}

static int64_t *price_of_node, *price_of_part; /* what limits of a tight set stand for */

/* The sum of limits that are truly those of their nodes and quotas, each once and in order; notes their prices. */
static Wide sum_limits(const Limit *rows, size_t n_rows, int64_t sign) {
    Wide sum = 0;
    size_t r = 0, g = 0;
    for (size_t k = 0; k < n_rows; k++) {
        int64_t needs;
        if (is(rows[k].level, "quota")) {
            r = n_nodes;
            g = part_of(g, rows[k].id, rows[k].household, "result.tight_set", k);
            expect(price_of_part[g] == 0, "result.tight_set", k);
            price_of_part[g] = sign;
            needs = sign < 0 ? groups[g++].floor : groups[g++].cap;
        } else {
            int64_t v;
            while (r < n_nodes && !(is(rows[k].level, LEVELS[level_of(names[r].position)]) && compare(rows[k].id, names[r].id) == 0)) r++;
            expect(r < n_nodes && rows[k].household.start == NULL, "result.tight_set", k);
            v = names[r++].position;
            expect(price_of_node[v] == 0, "result.tight_set", k);
            price_of_node[v] = sign;
            needs = sign < 0 ? floor_of[v] : cap_of[v];
        }
        /* A floor of 0 asks for nothing. */
        expect(rows[k].needs == needs && (sign > 0 || needs > 0), "result.tight_set", k);
        sum += needs;
    }
    return sum;
}

/* Floors ask for more than caps and needs allow; a price of -1 at the floors and 1 at the caps proves it. */
static void check_unmet(void) {
    int64_t *full = zeros(n_nodes, sizeof *full), *of_need = zeros(n_needs, sizeof *of_need);
    Wide asked, allowed;
    size_t named = 0;
    price_of_node = zeros(n_nodes, sizeof *price_of_node); price_of_part = zeros(n_groups, sizeof *price_of_part);
    asked = sum_limits(floors, n_floors, -1);
    allowed = sum_limits(caps, n_caps, 1);
    expect(n_assignments == 0, "result.assignments", 0);
    for (size_t v = 0; v < n_nodes; v++)
        for (int64_t up = (int64_t)v; up != NONE; up = parent.items[up]) full[v] += price_of_node[up];
    for (size_t g = 0; g < n_groups; g++)
        for (size_t k = groups[g].first; k < groups[g].first + groups[g].count; k++)
            if (is_free(members[k])) of_need[members[k]] += price_of_part[g];
    /* After the nodes come the needs, by their identifiers. */
    for (size_t r = n_nodes; r < n_nodes + n_needs; r++) {
        int64_t i = names[r].position, gain = 0;
        if (is_pinned[i]) continue;
        for (int64_t k = start.items[i]; k < start.items[i + 1]; k++)
            if (-full[candidate.items[k]] - of_need[i] > gain) gain = -full[candidate.items[k]] - of_need[i];
        if (gain == 0) continue;
        expect(gain == 1 && named < n_gaining && compare(gaining[named], names[r].id) == 0, "result.tight_set.needs", named);
        named++;
    }
    expect(named == n_gaining && missing > 0 && asked - allowed - (Wide)named == missing, "result.tight_set", named);
    free(full); free(of_need);
}

#endif
