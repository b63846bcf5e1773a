/* What the C tests share: checks that tell where they failed, and the length of an array. */

#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "needmatch.h"

#define CHECK(claim)                                                        \
    do {                                                                    \
        if (!(claim)) {                                                     \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #claim);     \
            exit(1);                                                        \
        }                                                                   \
    } while (0)

/* Tells which status came instead. */
#define CHECK_STATUS(call, expected)                                        \
    do {                                                                    \
        needmatch_status got_ = (call);                                     \
        if (got_ != (expected)) {                                           \
            fprintf(stderr, "%s:%d: %s gave %u instead of " #expected "\n", \
                    __FILE__, __LINE__, #call, (unsigned)got_);             \
            exit(1);                                                        \
        }                                                                   \
    } while (0)

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif
