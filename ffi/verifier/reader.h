/* Reads canonical JSON: one spelling, so each key is expected in its place, and whatever else comes is refused.
 * Included by needmatch_verify.c alone. */
#ifndef NEEDMATCH_READER_H
#define NEEDMATCH_READER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { const char *start; size_t length; } Text;
typedef struct { int64_t tier, score; } Pair;
typedef struct { Text key; int64_t needs, served; } Coverage;
typedef struct { size_t count; int64_t *items; } Numbers;
typedef struct { size_t count; Coverage *rows; } Counts;

/* A number that is null. */
static const int64_t NONE = -1;

static const char *file_start, *at, *file_end;

static void refuse(const char *place, size_t row) {
    printf("refused: wrong at %s, row %lu\n", place, (unsigned long)row);
    exit(1);
}

static void expect(int holds, const char *place, size_t row) {
    if (!holds) refuse(place, row);
}

/* Room for one more item; lists double, and no list has more items than the file has bytes. */
static void *room(void *list, size_t count, size_t size) {
    if ((count & (count - 1)) != 0) return list;
    list = realloc(list, (count ? 2 * count : 1) * size);
    if (list == NULL) { fputs("not enough memory\n", stderr); exit(2); }
    return list;
}

static void *zeros(size_t count, size_t size) {
    void *list = calloc(count + 1, size);
    if (list == NULL) { fputs("not enough memory\n", stderr); exit(2); }
    return list;
}

static int is_next(const char *text) {
    size_t length = strlen(text);
    if ((size_t)(file_end - at) < length || memcmp(at, text, length) != 0) return 0;
    at += length;
    return 1;
}

static void take(const char *text) { expect(is_next(text), "the form, at byte", (size_t)(at - file_start)); }

static int is_digit(const char *p) { return p < file_end && *p >= '0' && *p <= '9'; }

static int64_t number(void) {
    const char *start = at;
    int is_negative = is_next("-");
    int64_t value = 0;
    expect(is_digit(at) && (*at != '0' || (!is_negative && !is_digit(at + 1))), "a number, at byte", (size_t)(at - file_start));
    for (; is_digit(at); at++) {
        expect(value <= (INT64_MAX - 9) / 10, "a number, at byte", (size_t)(start - file_start));
        value = 10 * value + (*at - '0');
    }
    return is_negative ? -value : value;
}

static int64_t count(void) {
    int64_t value = number();
    expect(value >= 0, "a number, at byte", (size_t)(at - file_start));
    return value;
}

static int64_t count_or_null(void) { return is_next("null") ? NONE : count(); }

/* A text of printable ASCII in which nothing is escaped: all texts of the file are, but for the policy. */
static Text word(void) {
    Text text;
    take("\"");
    text.start = at;
    while (at < file_end && *at >= ' ' && *at <= '~' && *at != '"' && *at != '\\') at++;
    text.length = (size_t)(at - text.start);
    take("\"");
    return text;
}

static Text word_or_null(void) {
    Text none = {NULL, 0};
    return is_next("null") ? none : word();
}

static Text field(const char *key) { take(key); return word(); }

static int is(Text text, const char *other) {
    return text.length == strlen(other) && memcmp(text.start, other, text.length) == 0;
}

static int compare(Text a, Text b) {
    size_t least = a.length < b.length ? a.length : b.length;
    int order = least > 0 ? memcmp(a.start, b.start, least) : 0;
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static Numbers numbers(const char *key, int64_t (*read)(void)) {
    Numbers list = {0, NULL};
    take(key); take("[");
    if (is_next("]")) return list;
    do {
        list.items = room(list.items, list.count, sizeof *list.items);
        list.items[list.count++] = read();
    } while (is_next(","));
    take("]");
    return list;
}

static Pair pair(void) {
    Pair value;
    take("{\"tier\":"); value.tier = number();
    take(",\"score\":"); value.score = number();
    take("}");
    return value;
}

static Counts counts(const char *key) {
    Counts list = {0, NULL};
    take(key); take("[");
    if (is_next("]")) return list;
    do {
        Coverage *row;
        list.rows = room(list.rows, list.count, sizeof *list.rows);
        row = &list.rows[list.count++];
        row->key = field("{\"key\":");
        take(",\"needs\":"); row->needs = count();
        take(",\"served\":"); row->served = count();
        take("}");
    } while (is_next(","));
    take("]");
    return list;
}

#endif
