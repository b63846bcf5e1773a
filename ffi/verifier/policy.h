/* What the policy's text says that the checks ask for. Included by needmatch_verify.c alone. */
#ifndef NEEDMATCH_POLICY_H
#define NEEDMATCH_POLICY_H

static char *policy; /* its text, ended by a NUL */
static int has_quotas; /* form 2, which has some keys more */
static int counts_squares; /* of caseloads, beside tiers and score */
static int64_t worth[5], weight[MAX_WEIGHTS];
static Text criterion[MAX_WEIGHTS];
static size_t n_weights;
static int64_t switch_penalty; /* what every pair but a switch has on top of its weighted mean */
static int is_limited; /* to pilot communities */
static int has_local_weights; /* areas have weights of their own, and the file does not tell which need is where */

/* Undoes the escapes, each of which has one spelling. */
static void read_policy(void) {
    size_t length = 0;
    policy = zeros((size_t)(file_end - at), 1);
    take("\"");
    while (at < file_end && *at != '"') {
        char byte = *at++;
        expect((unsigned char)byte >= ' ', "policy.text", length);
        if (byte == '\\') byte = is_next("n") ? '\n' : is_next("\"") ? '"' : is_next("\\") ? '\\' : is_next("t") ? '\t' : '\0';
        expect(byte != '\0', "policy.text", length);
        policy[length++] = byte;
    }
    take("\"");
}

/* The line after `line`, or NULL. */
static char *next_line(char *line) { line = strchr(line, '\n'); return line ? line + 1 : NULL; }

/* The value of a key in a section, and an empty section for the keys before the first; NULL if there is none. */
static Text value_of(const char *section, const char *key) {
    Text value = {NULL, 0};
    int is_inside = section[0] == '\0';
    size_t name = strlen(section), length = strlen(key);
    for (char *line = policy; line != NULL; line = next_line(line)) {
        if (line[0] == '[')
            is_inside = strncmp(line + 1, section, name) == 0 && strncmp(line + 1 + name, "]\n", 2) == 0;
        else if (is_inside && strncmp(line, key, length) == 0 && strncmp(line + length, " = ", 3) == 0) {
            value.start = line + length + 3;
            value.length = strcspn(value.start, "\n");
            break;
        }
    }
    return value;
}

static int is_quoted(Text value, Text word) {
    return value.length == word.length + 2 && value.start[0] == '"' && value.start[value.length - 1] == '"' &&
           memcmp(value.start + 1, word.start, word.length) == 0;
}

static void read_objective(void) {
    Text value = value_of("", "objective");
    int is_tiers = is(value, "\"tiers_then_score\"") || (has_quotas && is(value, "\"least_unequal\"")), is_coverage = is(value, "\"coverage_then_score\"");
    char *line = strstr(policy, "\n[criteria]\n");
    size_t length;
    counts_squares = is_tiers && is(value, "\"least_unequal\"");
    expect(is_tiers || is_coverage || is(value, "\"score\""), "policy.text: objective", 0);
    for (int tier = 1; tier <= 4; tier++) worth[tier] = is_tiers ? 5 - tier : is_coverage;
    expect(line != NULL, "policy.text: criteria", 0);
    value = value_of("", "switch_penalty");
    for (size_t k = 0; k < value.length; k++) {
        int digit = value.start[k] - '0';
        expect(digit >= 0 && digit <= 9 && switch_penalty + digit > 0, "policy.text: switch_penalty", k);
        switch_penalty = 10 * switch_penalty + digit;
        expect(switch_penalty <= FULL_SCORE, "policy.text: switch_penalty", k);
    }
    expect(value.start == NULL || switch_penalty > 0, "policy.text: switch_penalty", 0);
    is_limited = value_of("", "scope").start != NULL;
    expect(!is_limited || is(value_of("", "scope"), "\"pilot\""), "policy.text: scope", 0);
    has_local_weights = strstr(policy, "\n[overlay.criteria]\n") != NULL;
    for (line = next_line(next_line(line + 1) - 1); line != NULL && line[0] != '[' && line[0] != '\n'; line = next_line(line)) {
        char *separator = strstr(line, " = ");
        expect(separator != NULL && n_weights < MAX_WEIGHTS, "policy.text: criteria", n_weights);
        criterion[n_weights].start = line;
        criterion[n_weights].length = (size_t)(separator - line);
        length = strspn(separator + 3, "0123456789");
        weight[n_weights] = strtol(separator + 3, NULL, 10);
        expect(length > 0 && separator[3 + length] == '\n' && weight[n_weights] <= 1000, "policy.text: criteria", n_weights);
        n_weights++;
    }
}

#endif
