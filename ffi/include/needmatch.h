/*
 * needmatch: exact, explained, verifiable matching of needs to organizations and workers.
 *
 * Generated from the sources of ffi/; do not edit ("make gen").
 *
 * Calls
 *   Every function returns a needmatch_status: NEEDMATCH_OK (0) or one of the NEEDMATCH_E_ codes. Arguments come in
 *   the order object, inputs, outputs; names of outputs end in _out. Outputs are written last, all of them, and only
 *   on success. There are two exceptions: a text buffer that is too small gets the length that is needed
 *   (NEEDMATCH_E_BUFFER), and a failed call that was given an error_out writes an error handle there.
 *
 * Handles
 *   Objects are 64-bit numbers that are never used twice. A handle that is 0, freed, of another type or of another
 *   copy of the library gives NEEDMATCH_E_HANDLE. Each _new has one _free; freeing 0 does nothing. Freeing an object
 *   that a call in another thread still uses is safe: it goes when that call ends.
 *
 * Threads
 *   Every function may be called from any thread. Problems, matchings and errors never change, so threads share them
 *   freely; a control is made for sharing; tables are filled by one thread at a time (NEEDMATCH_E_BUSY). No function
 *   may be called from a signal handler, nor in a child process forked while another thread was inside a call.
 *
 * Arrays and texts
 *   Arrays are pointer and length; their shapes are given as [n_rows]. NULL stands for an empty array. All input is
 *   copied during the call. Texts are UTF-8 with a length and without a final NUL. To learn how long an output text
 *   is, pass NULL and 0. The library cannot notice a length beyond the end of an array, a dangling pointer, or data
 *   that another thread changes during the call: these are the caller's to prevent.
 *
 * What the library does not do
 *   It reads no file, clock, environment or network, prints nothing, installs no signal handler, calls nothing back,
 *   and leaves no thread running. The same input gives the same bytes on every machine.
 */


#ifndef NEEDMATCH_H
#define NEEDMATCH_H

#include <stddef.h>
#include <stdint.h>
/* The version that this header belongs to; needmatch_version tells that of the library. */
#define NEEDMATCH_VERSION "0.1.0"

/* The default options: needmatch_options options = NEEDMATCH_OPTIONS_INIT; */
#define NEEDMATCH_OPTIONS_INIT { (uint32_t)sizeof(needmatch_options), 0, 0 }

/* A string literal as the two arguments that a text takes: NEEDMATCH_TEXT("need_id"). */
#define NEEDMATCH_TEXT(literal) ("" literal), (sizeof(literal) - 1)

/* Faults: what can be wrong in the input. The numbers are the same in every language and never reused. */
/* required column is missing */
#define NEEDMATCH_FAULT_MISSING_COLUMN 100
/* unknown column */
#define NEEDMATCH_FAULT_UNKNOWN_COLUMN 101
/* column appears twice */
#define NEEDMATCH_FAULT_DUPLICATE_COLUMN 102
/* column has another length than its table */
#define NEEDMATCH_FAULT_COLUMN_LENGTH 103
/* column has the wrong type */
#define NEEDMATCH_FAULT_COLUMN_TYPE 104
/* table is not supported in this version */
#define NEEDMATCH_FAULT_UNSUPPORTED_TABLE 105
/* table has too many rows */
#define NEEDMATCH_FAULT_TOO_MANY_ROWS 106
/* required value is missing */
#define NEEDMATCH_FAULT_MISSING_VALUE 200
/* text is not valid UTF-8 */
#define NEEDMATCH_FAULT_MALFORMED_UTF8 201
/* malformed identifier */
#define NEEDMATCH_FAULT_MALFORMED_ID 202
/* key looks like an identity or telephone number */
#define NEEDMATCH_FAULT_LOOKS_PERSONAL 203
/* unknown code */
#define NEEDMATCH_FAULT_UNKNOWN_CODE 204
/* malformed division code */
#define NEEDMATCH_FAULT_MALFORMED_DIVISION_CODE 205
/* code was damaged by a spreadsheet */
#define NEEDMATCH_FAULT_DAMAGED_CODE 206
/* malformed unified social credit code */
#define NEEDMATCH_FAULT_MALFORMED_CREDIT_CODE 207
/* malformed or impossible date */
#define NEEDMATCH_FAULT_MALFORMED_DATE 208
/* number is out of range */
#define NEEDMATCH_FAULT_OUT_OF_RANGE 209
/* number is not finite */
#define NEEDMATCH_FAULT_NOT_FINITE 210
/* number is not an integer */
#define NEEDMATCH_FAULT_NOT_INTEGER 211
/* malformed list */
#define NEEDMATCH_FAULT_MALFORMED_LIST 212
/* text is too long or holds control characters */
#define NEEDMATCH_FAULT_MALFORMED_TEXT 213
/* identifier appears twice */
#define NEEDMATCH_FAULT_DUPLICATE_ID 300
/* reference to a row that does not exist */
#define NEEDMATCH_FAULT_DANGLING_REFERENCE 301
/* hierarchy leads back to itself */
#define NEEDMATCH_FAULT_CYCLIC_REFERENCE 302
/* hierarchy is too deep */
#define NEEDMATCH_FAULT_TOO_DEEP 303
/* floor is above the cap */
#define NEEDMATCH_FAULT_FLOOR_ABOVE_CAP 304
/* current load is above the maximum */
#define NEEDMATCH_FAULT_CURRENT_ABOVE_MAX 305
/* floors above 0 are not supported in this version */
#define NEEDMATCH_FAULT_UNSUPPORTED_FLOOR 306
/* pair of need and node appears twice */
#define NEEDMATCH_FAULT_DUPLICATE_PAIR 307
/* longitude and latitude must be given together */
#define NEEDMATCH_FAULT_HALF_POINT 308
/* pinned worker breaks a hard rule */
#define NEEDMATCH_FAULT_PIN_BREAKS_RULE 309
/* more needs are pinned than there are open places */
#define NEEDMATCH_FAULT_PINS_ABOVE_CAPACITY 310
/* terms stand at a group that is no fund line */
#define NEEDMATCH_FAULT_TERMS_OF_NO_FUND_LINE 311
/* last day is before the first day */
#define NEEDMATCH_FAULT_ENDS_BEFORE_START 312
/* an organization stands below one group */
#define NEEDMATCH_FAULT_SEVERAL_GROUPS 313
/* need is frozen, but has no current worker */
#define NEEDMATCH_FAULT_FROZEN_NOWHERE 314
/* need is frozen with its current worker and pinned to another */
#define NEEDMATCH_FAULT_FROZEN_ELSEWHERE 315
/* policy is not valid TOML of the documented form */
#define NEEDMATCH_FAULT_MALFORMED_POLICY 400
/* policy was written for a newer version */
#define NEEDMATCH_FAULT_NEWER_POLICY 401
/* unknown key in the policy */
#define NEEDMATCH_FAULT_UNKNOWN_POLICY_KEY 402
/* policy value is out of range */
#define NEEDMATCH_FAULT_POLICY_VALUE 403
/* policy is not in force on the evaluation date */
#define NEEDMATCH_FAULT_NOT_IN_FORCE 404
/* row pointers must start at 0, never decrease, and end at the number of candidates */
#define NEEDMATCH_FAULT_ROW_POINTERS 500
/* array has the wrong length */
#define NEEDMATCH_FAULT_ARRAY_LENGTH 501
/* index is out of range */
#define NEEDMATCH_FAULT_INDEX_OUT_OF_RANGE 502
/* no full assignment exists */
#define NEEDMATCH_FAULT_NO_FULL_ASSIGNMENT 503
/* costs of places must not decrease */
#define NEEDMATCH_FAULT_NOT_CONVEX 504
/* the engine asked for cannot give the exact answer */
#define NEEDMATCH_FAULT_INEXACT_ENGINE 505
/* results of this kind are not explained in this version */
#define NEEDMATCH_FAULT_NOT_EXPLAINED 600
/* some of the amendments alone give no valid input */
#define NEEDMATCH_FAULT_NOT_MIXED 601


/*
 What a function returns: NEEDMATCH_OK, or one of the NEEDMATCH_E_ codes. The numbers never change their meaning.

 Unless a function says otherwise, a failed call has written nothing and changed nothing.
 */
typedef uint32_t needmatch_status;

/*
 The input of a problem, filled column by column. All data is copied; nothing of the caller's is kept.

 Whether the values are right is decided in needmatch_problem_new, which reports all faults at once.
 If two threads use one handle at the same time, one of them gets NEEDMATCH_E_BUSY.
 */
typedef uint64_t needmatch_tables;

/*
 A table of the input: one of the NEEDMATCH_TABLE_ numbers.
 */
typedef uint32_t needmatch_table;

/*
 Watches and stops one run from any thread. Any number of threads may use it at once.

 Make one for each run: cancelling is final. It may be freed at any time, even while its run goes on.
 */
typedef uint64_t needmatch_control;

/*
 A checked problem: tables and policy. It never changes, so any number of threads may use it at once.

 It holds copies and depends on no other object; matchings that were made from it do not need it either.
 */
typedef uint64_t needmatch_problem;

/*
 Why one call failed. It never changes, so any number of threads may read it at once.

 A failed call that was given an `error_out` writes a new handle there; a call that succeeds leaves it alone.
 Free it with needmatch_error_free. It depends on no other object. It never holds a value of the input.
 */
typedef uint64_t needmatch_error;

/*
 An engine: one of the NEEDMATCH_ENGINE_ numbers.
 */
typedef uint32_t needmatch_engine;

/*
 How a run is carried out. NULL stands for the defaults. `threads` never changes the result; `engine` can change
 which of several greatest assignments it is.

 Start from NEEDMATCH_OPTIONS_INIT. Later versions may add members at the end; `struct_size` tells the library
 which ones the caller has. Members that this version does not know must be 0.
 */
typedef struct needmatch_options {
  /*
   sizeof(needmatch_options).
   */
  uint32_t struct_size;
  /*
   How many threads to use; 0 means one for each processor. The result is the same for every number.
   */
  uint32_t threads;
  /*
   The engine to use, one of the NEEDMATCH_ENGINE_ numbers; 0 means the fastest that is exact. One that cannot give
   the exact answer is a fault of the input. needmatch_solve takes NEEDMATCH_ENGINE_FAST alone.
   */
  needmatch_engine engine;
} needmatch_options;

/*
 The whole outcome of a run. It never changes, so any number of threads may read it at once.

 It depends on no other object: the problem may be freed before it.
 */
typedef uint64_t needmatch_matching;

/*
 A table of the result: one of the NEEDMATCH_RESULT_ numbers. needmatch_result_column lists a table's columns.

 A column whose name ends in `_row` holds rows of the caller's own tables, counted from 0. Scores are in fixed
 point: 1.0 is 1 000 000. Rows are in the order of the identifiers' bytes, whatever the order of the input.
 */
typedef uint32_t needmatch_result;

/*
 The type of a column: NEEDMATCH_TYPE_I64 or NEEDMATCH_TYPE_TEXT.
 */
typedef uint32_t needmatch_type;

/*
 For whom a text is: one of the NEEDMATCH_READER_ numbers.
 */
typedef uint32_t needmatch_reader;

/*
 The language of a message: NEEDMATCH_ENGLISH or NEEDMATCH_CHINESE.
 */
typedef uint32_t needmatch_language;

/*
 The hash that joins the records of a log: NEEDMATCH_HASH_SHA256 or NEEDMATCH_HASH_SM3.
 */
typedef uint32_t needmatch_hash;

/*
 An explanation. It never changes, so any number of threads may read it at once, and depends on no other object.

 Losses are what the total would lose, first in tiers, then in score; below zero for a gain. Scores are in fixed point:
 1.0 is 1 000 000. `text` and `text_zh` are one sentence in English and in Chinese.
 */
typedef uint64_t needmatch_report;

/*
 A matching, ready to be explained. It never changes, so any number of threads may ask it at once.

 It depends on no other object: the matching may be freed before it.
 */
typedef uint64_t needmatch_explainer;

/*
 Which kind of provider an identifier names: one of the NEEDMATCH_LEVEL_ numbers.
 */
typedef uint32_t needmatch_level;

/*
 A table of an explanation: one of the NEEDMATCH_REPORT_ numbers. needmatch_report_column lists a table's columns.
 */
typedef uint32_t needmatch_report_table;

/*
 Why an engine solved a network: NEEDMATCH_REASON_ASKED, NEEDMATCH_REASON_ONLY_CAPACITIES,
 NEEDMATCH_REASON_OBJECTIVE, or a sum of the others.
 */
typedef uint32_t needmatch_engine_reason;

/*
 The step a run is in: one of the NEEDMATCH_STAGE_ numbers.
 */
typedef uint32_t needmatch_stage;

/*
 One row for each need.
 */
#define NEEDMATCH_TABLE_NEEDS 1

/*
 One row for each worker.
 */
#define NEEDMATCH_TABLE_WORKERS 2

/*
 One row for each organization.
 */
#define NEEDMATCH_TABLE_ORGANIZATIONS 3

/*
 One row for each community.
 */
#define NEEDMATCH_TABLE_COMMUNITIES 4

/*
 One row for each group above the organizations. Optional.
 */
#define NEEDMATCH_TABLE_GROUPS 5

/*
 One row for each quota. Not supported in this version.
 */
#define NEEDMATCH_TABLE_QUOTAS 6

/*
 The policy; only in the place of a fault.
 */
#define NEEDMATCH_TABLE_POLICY 7

/*
 The arrays of needmatch_assign; only in the place of a fault.
 */
#define NEEDMATCH_TABLE_ARRAYS 8

/*
 One row for each need that is served.
 */
#define NEEDMATCH_RESULT_ASSIGNMENTS 1

/*
 One row for each need that is not served, with the reason.
 */
#define NEEDMATCH_RESULT_UNMATCHED 2

/*
 One row for each worker, organization and group: its places, how many are used, and the price of one more.
 */
#define NEEDMATCH_RESULT_CAPACITY 3

/*
 One row for each tier, domain, county and urban or rural class: its needs, and how many of them are served.
 */
#define NEEDMATCH_RESULT_COVERAGE 4

/*
 A single row: status, totals, the bound that proves them, and what determined the result.
 */
#define NEEDMATCH_RESULT_RUN 5

/*
 Where the floors cannot be met: one row for each floor that asks, each cap that allows no more, and each need that can
 fill one place (`kind` floor, cap, need). The floors ask for more than the caps and needs together allow, by the
 `missing` of NEEDMATCH_RESULT_RUN.
 */
#define NEEDMATCH_RESULT_TIGHT_SET 6

/*
 One row for each quota: its needs, how many are served, its bounds, and the price of a bound that is one higher.
 */
#define NEEDMATCH_RESULT_QUOTAS 7

/*
 One row for each quota, or household of a quota, with an exact price other than 0.
 */
#define NEEDMATCH_RESULT_QUOTA_PRICES 8

/*
 One row for each statutory emergency: a need that is in NEEDMATCH_RESULT_UNMATCHED with the reason `immediate`, and about
 which somebody must be told at once.
 */
#define NEEDMATCH_RESULT_IMMEDIATE 9

/*
 Where the objective compares kinds of needs: one row for each kind of which any need has a candidate, with how many of
 those are served, and how many must be so that its rate is no less than the least. Under `leximin` the last two columns
 have the rates that none exceeds, ascending, whatever the kind of the row.
 */
#define NEEDMATCH_RESULT_RATES 10

/*
 What proves that no matching has a least rate above the bound of NEEDMATCH_RESULT_RUN: the columns of
 NEEDMATCH_RESULT_TIGHT_SET, with the floors of a rate above it. Under `leximin` several sets, with all needs of
 their kinds as floors: these kinds can have no more served together.
 */
#define NEEDMATCH_RESULT_RATE_TIGHT_SET 11

/*
 Whole numbers, read by needmatch_matching_i64.
 */
#define NEEDMATCH_TYPE_I64 1

/*
 Texts, read by needmatch_matching_text and needmatch_matching_text_at.
 */
#define NEEDMATCH_TYPE_TEXT 2

/*
 The resident whose need it is: who is proposed and why, or why nobody is; how to refuse and to appeal.
 */
#define NEEDMATCH_READER_RESIDENT 0

/*
 A worker: which needs are proposed, how urgent they are, and why to this worker.
 */
#define NEEDMATCH_READER_WORKER 1

/*
 Whoever answers for the decision on a need: every number of it.
 */
#define NEEDMATCH_READER_SUPERVISOR 2

/*
 Everybody: counts that may be published, policy, seed, and what is proven.
 */
#define NEEDMATCH_READER_PUBLIC 3

/*
 SHA-256 (FIPS 180-4).
 */
#define NEEDMATCH_HASH_SHA256 0

/*
 SM3 (GB/T 32905-2016).
 */
#define NEEDMATCH_HASH_SM3 1

/*
 A worker, or where no worker has the identifier an organization.
 */
#define NEEDMATCH_LEVEL_ANY 0

/*
 A worker.
 */
#define NEEDMATCH_LEVEL_WORKER 1

/*
 An organization that serves without naming a worker.
 */
#define NEEDMATCH_LEVEL_ORGANIZATION 2

/*
 What there is to say: a single row, or one for each thing that was asked about.
 */
#define NEEDMATCH_REPORT_FACTS 1

/*
 The needs that would move, in order; `row` is the row of the facts to which a move belongs.
 */
#define NEEDMATCH_REPORT_CHAIN 2

/*
 Of needmatch_explainer_why, every other candidate of the need, the least loss first; else empty.
 */
#define NEEDMATCH_REPORT_OTHERS 3

/*
 Not started.
 */
#define NEEDMATCH_STAGE_IDLE 0

/*
 Finding and scoring candidates.
 */
#define NEEDMATCH_STAGE_CANDIDATES 1

/*
 Pricing the places by auction.
 */
#define NEEDMATCH_STAGE_AUCTION 2

/*
 Repairing the prices to an exact optimum.
 */
#define NEEDMATCH_STAGE_REPAIR 3

/*
 Checking the result.
 */
#define NEEDMATCH_STAGE_VERIFY 4

/*
 Finished.
 */
#define NEEDMATCH_STAGE_DONE 5

/*
 In options: the fastest engine that is exact.
 */
#define NEEDMATCH_ENGINE_AUTO 0

/*
 Knows capacities of the supply forest, and keeps to the tie rule.
 */
#define NEEDMATCH_ENGINE_FAST 1

/*
 Knows floors, groups of needs and costs of places too; which of several greatest assignments it finds follows no
 stated rule.
 */
#define NEEDMATCH_ENGINE_GENERAL 2

/*
 Deferred acceptance: finds the stable matching where the policy's objective is stable, and solves no arrays.
 */
#define NEEDMATCH_ENGINE_DEFERRED_ACCEPTANCE 3

/*
 The caller asked for it.
 */
#define NEEDMATCH_REASON_ASKED 1

/*
 Only capacities of the supply forest can bind.
 */
#define NEEDMATCH_REASON_ONLY_CAPACITIES 2

/*
 The objective asks for what no other engine finds.
 */
#define NEEDMATCH_REASON_OBJECTIVE 4

/*
 Floors of nodes can bind.
 */
#define NEEDMATCH_REASON_FLOORS 16

/*
 Groups of needs can bind.
 */
#define NEEDMATCH_REASON_GROUPS 32

/*
 Costs of places can bind.
 */
#define NEEDMATCH_REASON_COSTS 64

/*
 The call did what it says.
 */
#define NEEDMATCH_OK 0

/*
 The input is wrong. The error handle lists all faults, each with its number, table, row and column.
 */
#define NEEDMATCH_E_INPUT 1

/*
 The run would need more than a limit allows; found before the memory is taken.
 */
#define NEEDMATCH_E_LIMIT 2

/*
 Somebody called needmatch_control_cancel.
 */
#define NEEDMATCH_E_CANCELLED 3

/*
 The independent checker rejected the result, so none is given. A bug of needmatch: please report it.
 */
#define NEEDMATCH_E_INTERNAL_CHECK 4

/*
 The operating system refused to start the threads that were asked for.
 */
#define NEEDMATCH_E_THREADS 5

/*
 There is not enough memory for a copy of the input.
 */
#define NEEDMATCH_E_MEMORY 6

/*
 A bug inside needmatch was caught. The library stays usable; please report it with the error's message.
 */
#define NEEDMATCH_E_PANIC 7

/*
 A decision file or a log of runs is not what it says; the error handle tells where.
 */
#define NEEDMATCH_E_DECISION 8

/*
 The handle is 0, was freed, is of another type, or comes from another copy of the library.
 */
#define NEEDMATCH_E_HANDLE 20

/*
 Another thread is changing the same object.
 */
#define NEEDMATCH_E_BUSY 21

/*
 A pointer that must not be NULL is NULL.
 */
#define NEEDMATCH_E_NULL 22

/*
 A pointer is not aligned for what it points to.
 */
#define NEEDMATCH_E_ALIGNMENT 23

/*
 An argument is none of the values that are documented, or lengths do not fit each other.
 */
#define NEEDMATCH_E_ARGUMENT 24

/*
 A struct_size is smaller than the first version of the struct, or absurdly large.
 */
#define NEEDMATCH_E_STRUCT_SIZE 25

/*
 A struct uses members that this version of the library does not know.
 */
#define NEEDMATCH_E_STRUCT_NEWER 26

/*
 The buffer is too small. The length that is needed was written, and nothing else.
 */
#define NEEDMATCH_E_BUFFER 27

/*
 A length is too large for this machine.
 */
#define NEEDMATCH_E_RANGE 28

/*
 A text argument is not valid UTF-8. (Texts in a table are faults of NEEDMATCH_E_INPUT instead.)
 */
#define NEEDMATCH_E_UTF8 29

/*
 There is no such row, column, table or fault.
 */
#define NEEDMATCH_E_NOT_FOUND 30

/*
 English.
 */
#define NEEDMATCH_ENGLISH 0

/*
 Simplified Chinese.
 */
#define NEEDMATCH_CHINESE 1

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 Copies the version of the library, such as `0.1.0`, without a final NUL.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_version(char *text_out,
                                   size_t text_capacity,
                                   size_t *text_len_out);

/*
 Makes empty tables. Free them with needmatch_tables_free; a problem that was made from them does not need them.

 # Safety

 `tables_out` is valid for one write.
 */
needmatch_status needmatch_tables_new(needmatch_tables *tables_out);

/*
 Frees tables; 0 does nothing.
 */
needmatch_status needmatch_tables_free(needmatch_tables tables);

/*
 Adds a column of texts that lie end to end, as in Arrow's LargeUtf8: row k is
 `bytes[offsets[k]] .. bytes[offsets[k + 1]]`, UTF-8.

 Shapes: `bytes` [n_bytes], `offsets` [n_rows + 1], `validity` [n_rows] with 1 for a present and 0 for a missing
 value, or NULL if none is missing. With n_rows 0 all three may be NULL.
 Offsets that decrease or exceed n_bytes give NEEDMATCH_E_ARGUMENT.

 # Safety

 `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
 */
needmatch_status needmatch_tables_add_text(needmatch_tables tables,
                                           needmatch_table table,
                                           const char *name,
                                           size_t name_len,
                                           const char *bytes,
                                           size_t n_bytes,
                                           const uint64_t *offsets,
                                           const uint8_t *validity,
                                           size_t n_rows);

/*
 Adds a column of texts, each a string that ends with NUL, UTF-8; NULL is a missing value.

 Shape: `strings` [n_rows].

 # Safety

 `name` points to `name_len` bytes, `strings` has the shape above, each string that is not NULL ends with NUL;
 none changes during the call.
 */
needmatch_status needmatch_tables_add_strings(needmatch_tables tables,
                                              needmatch_table table,
                                              const char *name,
                                              size_t name_len,
                                              const char *const *strings,
                                              size_t n_rows);

/*
 Adds a column of whole numbers.

 Shapes: `values` [n_rows], `validity` [n_rows] with 1 for a present and 0 for a missing value, or NULL if none is
 missing.

 # Safety

 `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
 */
needmatch_status needmatch_tables_add_i64(needmatch_tables tables,
                                          needmatch_table table,
                                          const char *name,
                                          size_t name_len,
                                          const int64_t *values,
                                          const uint8_t *validity,
                                          size_t n_rows);

/*
 Adds a column of numbers that need not be whole.

 Shapes: as in needmatch_tables_add_i64.

 # Safety

 `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
 */
needmatch_status needmatch_tables_add_f64(needmatch_tables tables,
                                          needmatch_table table,
                                          const char *name,
                                          size_t name_len,
                                          const double *values,
                                          const uint8_t *validity,
                                          size_t n_rows);

/*
 Adds a column of truth values: 1 is true, 0 is false, anything else gives NEEDMATCH_E_ARGUMENT.

 Shapes: as in needmatch_tables_add_i64.

 # Safety

 `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
 */
needmatch_status needmatch_tables_add_bool(needmatch_tables tables,
                                           needmatch_table table,
                                           const char *name,
                                           size_t name_len,
                                           const uint8_t *values,
                                           const uint8_t *validity,
                                           size_t n_rows);

/*
 Checks the tables and makes a problem of them. Free it with needmatch_problem_free.

 `policy` is TOML text [policy_len]; NULL stands for the default policy (needmatch_default_policy).
 `control` limits the memory and stops the call as it does a run; 0 means none.
 On NEEDMATCH_E_INPUT the error lists all faults of all tables at once. The tables stay as they are.

 # Safety

 `policy` is NULL or points to `policy_len` bytes; `problem_out` is valid for one write; `error_out` is NULL or
 valid for one write.
 */
needmatch_status needmatch_problem_new(needmatch_tables tables,
                                       const char *policy,
                                       size_t policy_len,
                                       needmatch_control control,
                                       needmatch_problem *problem_out,
                                       needmatch_error *error_out);

/*
 Frees a problem; 0 does nothing. A run that uses it goes on.
 */
needmatch_status needmatch_problem_free(needmatch_problem problem);

/*
 Tells how many rows one of the problem's tables has.

 # Safety

 `n_rows_out` is valid for one write.
 */
needmatch_status needmatch_problem_n_rows(needmatch_problem problem,
                                          needmatch_table table,
                                          size_t *n_rows_out);

/*
 Copies the SHA-256 of all checked rows and the policy, 64 hexadecimal digits: it names the input of a result.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_problem_input_digest(needmatch_problem problem,
                                                char *text_out,
                                                size_t text_capacity,
                                                size_t *text_len_out);

/*
 Copies the JSON Schema (draft 2020-12) of policy files, for editors and forms. A file that it refuses is refused by
 needmatch_problem_new, which also checks what no schema can say.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_policy_schema(char *text_out,
                                         size_t text_capacity,
                                         size_t *text_len_out);

/*
 Copies the default policy as TOML text, to be changed and given to needmatch_problem_new.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_default_policy(char *text_out,
                                          size_t text_capacity,
                                          size_t *text_len_out);

/*
 Solves a problem: the greatest total, proven and checked before it is returned. Free the matching with
 needmatch_matching_free.

 `options` may be NULL and `control` may be 0. The same problem gives the same matching, to the byte, whatever the
 options and the number of calls. Any number of threads may solve at once.

 # Safety

 `options` is NULL or points to `struct_size` bytes; `matching_out` is valid for one write; `error_out` is NULL or
 valid for one write.
 */
needmatch_status needmatch_solve(needmatch_problem problem,
                                 const struct needmatch_options *options,
                                 needmatch_control control,
                                 needmatch_matching *matching_out,
                                 needmatch_error *error_out);

/*
 Tells what the default objective, tiers_then_score, would have served and scored more than the policy's objective did;
 below zero where it is less. Solves the problem of the matching once more.

 `options` may be NULL and `control` may be 0. Shape: `served_out` [4], needs of each tier from red to green.

 # Safety

 `options` is NULL or points to `struct_size` bytes; `served_out` is valid for four writes, `score_out` for one;
 `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_matching_objective_price(needmatch_matching matching,
                                                    const struct needmatch_options *options,
                                                    needmatch_control control,
                                                    int64_t *served_out,
                                                    int64_t *score_out,
                                                    needmatch_error *error_out);

/*
 Frees a matching; 0 does nothing.
 */
needmatch_status needmatch_matching_free(needmatch_matching matching);

/*
 Checks a matching once more, apart from whatever found it: feasibility, every hard rule from the raw attributes,
 the totals, and the proof that no other matching has a greater one. needmatch_solve has done so already.

 Returns NEEDMATCH_E_INTERNAL_CHECK if anything is wrong.

 # Safety

 `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_matching_verify(needmatch_matching matching,
                                           needmatch_error *error_out);

/*
 Checks a matching as needmatch_matching_verify does, and finds and scores every pair of need and provider that passes
 every rule anew: what the matching says of all pairs is checked over all of them. Seconds for a city.

 Returns NEEDMATCH_E_INTERNAL_CHECK if anything is wrong.

 # Safety

 `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_matching_verify_all_pairs(needmatch_matching matching,
                                                     needmatch_error *error_out);

/*
 Copies the whole matching as JSON: the same bytes from Rust, C and Python, for any order of the input's rows.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_matching_json(needmatch_matching matching,
                                         char *text_out,
                                         size_t text_capacity,
                                         size_t *text_len_out);

/*
 Tells the type (NEEDMATCH_TYPE_...) and copies the name of one column of a table of the result.

 Columns are counted from 0; beyond the last one the call returns NEEDMATCH_E_NOT_FOUND. A later version may add
 columns at the end.

 # Safety

 `type_out` is valid for one write; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
 `text_len_out` is valid for one write.
 */
needmatch_status needmatch_result_column(needmatch_result result,
                                         size_t index,
                                         needmatch_type *type_out,
                                         char *text_out,
                                         size_t text_capacity,
                                         size_t *text_len_out);

/*
 Tells how many rows a table of the result has.

 # Safety

 `n_rows_out` is valid for one write.
 */
needmatch_status needmatch_matching_n_rows(needmatch_matching matching,
                                           needmatch_result result,
                                           size_t *n_rows_out);

/*
 Copies a column of whole numbers. A missing value is -1.

 `n_rows` must be what needmatch_matching_n_rows tells. Shapes: `values_out` [n_rows]; `validity_out` [n_rows] with
 1 for a present and 0 for a missing value, or NULL.

 # Safety

 `name` points to `name_len` bytes; the outputs are valid for `n_rows` writes, or NULL.
 */
needmatch_status needmatch_matching_i64(needmatch_matching matching,
                                        needmatch_result result,
                                        const char *name,
                                        size_t name_len,
                                        size_t n_rows,
                                        int64_t *values_out,
                                        uint8_t *validity_out);

/*
 Copies a column of texts that lie end to end, as in Arrow's LargeUtf8: row k is
 `bytes_out[offsets_out[k]] .. bytes_out[offsets_out[k + 1]]`. A missing value is empty.

 `n_rows` must be what needmatch_matching_n_rows tells. Shapes: `offsets_out` [n_rows + 1]; `bytes_out`
 [bytes_capacity]; `validity_out` [n_rows] with 1 for a present and 0 for a missing value, or NULL. If the bytes do
 not fit, only `n_bytes_out` is written and the call returns NEEDMATCH_E_BUFFER.

 # Safety

 `name` points to `name_len` bytes; `offsets_out` is valid for `n_rows` + 1 writes, `bytes_out` for
 `bytes_capacity`, `validity_out` for `n_rows`, each of them or NULL; `n_bytes_out` is valid for one write.
 */
needmatch_status needmatch_matching_text(needmatch_matching matching,
                                         needmatch_result result,
                                         const char *name,
                                         size_t name_len,
                                         size_t n_rows,
                                         uint64_t *offsets_out,
                                         uint8_t *validity_out,
                                         char *bytes_out,
                                         size_t bytes_capacity,
                                         size_t *n_bytes_out);

/*
 Copies one cell of a column of texts; empty where it is missing.

 # Safety

 `name` points to `name_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
 `text_len_out` is valid for one write.
 */
needmatch_status needmatch_matching_text_at(needmatch_matching matching,
                                            needmatch_result result,
                                            const char *name,
                                            size_t name_len,
                                            size_t row,
                                            char *text_out,
                                            size_t text_capacity,
                                            size_t *text_len_out);

/*
 Copies the outcome in words for a reader. It holds identifiers of that reader's own needs, worker and organization
 only, and no attribute of anybody.

 `id` is the identifier of the need for a resident or a supervisor, and of the worker for a worker; for the public it is
 NULL. Returns NEEDMATCH_E_NOT_FOUND for an identifier that the matching does not hold.

 # Safety

 `id` is NULL or points to `id_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
 `text_len_out` is valid for one write.
 */
needmatch_status needmatch_matching_words(needmatch_matching matching,
                                          needmatch_reader reader,
                                          const char *id,
                                          size_t id_len,
                                          needmatch_language language,
                                          char *text_out,
                                          size_t text_capacity,
                                          size_t *text_len_out);

/*
 Copies service and waiting by tier, client group, county, urban and rural class and domain, as JSON.

 With `is_public` 1, what is small is `null`, and so is what would give it away; with 0 every number is there, and
 the table is not for publication.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_matching_equity(needmatch_matching matching,
                                           uint8_t is_public,
                                           char *text_out,
                                           size_t text_capacity,
                                           size_t *text_len_out);

/*
 Tells how many needs of a kind there are, how many are served, and how many equally good matchings serve at least and at
 most: whether a kind is served worse by shortage or by one choice among many.

 `dimension` and `key` are those of needmatch_matching_equity, such as "domain" and "elderly_care". `options` may be
 NULL and `control` may be 0, as in needmatch_solve. Returns NEEDMATCH_E_NOT_FOUND for a kind of which there is no need,
 or where more than capacities binds. Shape: `counts_out` [4]: needs, served, least, most.

 # Safety

 `dimension` and `key` point to as many bytes as their lengths say; `options` is NULL or points to `struct_size` bytes;
 `counts_out` is valid for 4 writes; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_matching_served_range(needmatch_matching matching,
                                                 const char *dimension,
                                                 size_t dimension_len,
                                                 const char *key,
                                                 size_t key_len,
                                                 const struct needmatch_options *options,
                                                 needmatch_control control,
                                                 uint64_t *counts_out,
                                                 needmatch_error *error_out);

/*
 Copies the decision file of a matching: everything that somebody without the tables needs to check it, as canonical
 JSON. The same bytes from Rust, C and Python, for any order of the input's rows.

 It is made anew by each call, so a buffer that is large enough at once saves time: 60 bytes for each candidate are.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_matching_decision(needmatch_matching matching,
                                             char *text_out,
                                             size_t text_capacity,
                                             size_t *text_len_out);

/*
 Checks a decision file without the tables: its form and digest, who serves whom, places, scores, totals, reasons, and
 from the prices that nothing over its candidates is better.

 Returns NEEDMATCH_E_DECISION if anything is wrong; the error says where.

 # Safety

 `decision` points to `decision_len` bytes; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_decision_verify(const char *decision,
                                           size_t decision_len,
                                           needmatch_error *error_out);

/*
 Makes a decision again from its tables and the policy that it holds, and compares byte for byte.

 Returns NEEDMATCH_E_DECISION if the file is none, was made under another semantics, or differs; the error says where it
 differs first. `options` may be NULL and `control` may be 0, as in needmatch_solve.

 # Safety

 `decision` points to `decision_len` bytes; `options` is NULL or points to `struct_size` bytes; `error_out` is NULL or
 valid for one write.
 */
needmatch_status needmatch_replay(needmatch_tables tables,
                                  const char *decision,
                                  size_t decision_len,
                                  const struct needmatch_options *options,
                                  needmatch_control control,
                                  needmatch_error *error_out);

/*
 Makes the record of a decision file for the end of a log, and copies its line, to be appended to what is stored.

 The log is checked first. Without records `hash` decides which one it will be chained with; later it must be the same.
 `label` says what the caller wants to say of the run, such as its time: up to 64 of the characters
 `0-9 A-Z a-z _ . : + -`. Returns NEEDMATCH_E_DECISION if log, decision file or label are not right.

 # Safety

 `log`, `decision` and `label` point to as many bytes as their lengths say; `text_out` is valid for `text_capacity`
 bytes, or NULL with capacity 0; `text_len_out` is valid for one write; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_log_append(const char *log,
                                      size_t log_len,
                                      needmatch_hash hash,
                                      const char *decision,
                                      size_t decision_len,
                                      const char *label,
                                      size_t label_len,
                                      char *text_out,
                                      size_t text_capacity,
                                      size_t *text_len_out,
                                      needmatch_error *error_out);

/*
 Checks every record of a log and the chain that joins them; tells how many there are and copies the head, which is the
 hash of the last.

 Nobody can tell from a log alone that its last records were cut off: note the head elsewhere, and give it as `head`,
 or NULL. Returns NEEDMATCH_E_DECISION if anything is wrong; the error says where.

 # Safety

 `log` points to `log_len` bytes; `head` is NULL or points to `head_len` bytes; `n_records_out` is valid for one write;
 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write;
 `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_log_check(const char *log,
                                     size_t log_len,
                                     const char *head,
                                     size_t head_len,
                                     size_t *n_records_out,
                                     char *text_out,
                                     size_t text_capacity,
                                     size_t *text_len_out,
                                     needmatch_error *error_out);

/*
 Copies what a log tells of repeated runs, one on each line: the same tables with another seed, another policy, or
 another outcome. Empty where no tables were run twice.

 # Safety

 `log` points to `log_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
 `text_len_out` is valid for one write; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_log_report(const char *log,
                                      size_t log_len,
                                      needmatch_language language,
                                      char *text_out,
                                      size_t text_capacity,
                                      size_t *text_len_out,
                                      needmatch_error *error_out);

/*
 Aligns two matchings by the identifiers of their needs: a row of the report's facts for each need, with `change`:
 `moved`, `gained`, `lost`, `same`, `without` (served by nobody, before or after), `new` or `gone`.

 Free the report with needmatch_report_free.

 # Safety

 `report_out` is valid for one write; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_compare(needmatch_matching before,
                                   needmatch_matching after,
                                   needmatch_report *report_out,
                                   needmatch_error *error_out);

/*
 Tells which amendment did how much of the difference between two inputs. An amendment is a changed part of the policy,
 or a changed table; its contribution is the mean of what it adds over all orders in which amendments could be made.

 The report's facts have a row for each amendment: `served_p1` to `served_p4`, `tier` and `score` are numerators over
 `denominator` and add up to the whole difference exactly. The others are the shares of each need that moved, gained or
 lost, over the same denominator. Up to 8 amendments contributions are exact, which takes two to their number of runs;
 beyond, `orders` orders are drawn by lot (0 stands for 32).

 `tables_after` may be 0 for the same tables. `policy_before` and `policy_after` are TOML texts; NULL stands for the
 default policy. `together` names amendments that count as one, such as `criteria;tables`: names divided by semicolons,
 or NULL. `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 Each text is NULL or points to as many bytes as its length says; `options` is NULL or points to `struct_size` bytes;
 `report_out` is valid for one write; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_attribute(needmatch_tables tables_before,
                                     const char *policy_before,
                                     size_t policy_before_len,
                                     needmatch_tables tables_after,
                                     const char *policy_after,
                                     size_t policy_after_len,
                                     const char *together,
                                     size_t together_len,
                                     uint32_t orders,
                                     const struct needmatch_options *options,
                                     needmatch_control control,
                                     needmatch_report *report_out,
                                     needmatch_error *error_out);

/*
 Prepares to explain a matching: a fraction of the time of solving. Free it with needmatch_explainer_free.

 `options` may be NULL and `control` may be 0. Returns NEEDMATCH_E_INPUT (fault 600) for a matching within floors or
 quotas that is not proven the best, or whose quotas cross. Of others within floors or quotas the assignments, pairs and
 places are explained, and the other questions return NEEDMATCH_E_INPUT.

 # Safety

 `options` is NULL or points to `struct_size` bytes; `explainer_out` is valid for one write; `error_out` is NULL or
 valid for one write.
 */
needmatch_status needmatch_explainer_new(needmatch_matching matching,
                                         const struct needmatch_options *options,
                                         needmatch_control control,
                                         needmatch_explainer *explainer_out,
                                         needmatch_error *error_out);

/*
 Frees an explainer; 0 does nothing.
 */
needmatch_status needmatch_explainer_free(needmatch_explainer explainer);

/*
 Tells why a need is served as it is, or why it is not: the report's facts hold the assignment and the margin, which is
 the loss without it; the chain tells who would move then; the others are what each other candidate would cost.

 Returns NEEDMATCH_E_NOT_FOUND for an identifier that no need has. Free the report with needmatch_report_free.

 # Safety

 `need_id` points to `need_id_len` bytes; `report_out` is valid for one write; `error_out` is NULL or valid for one
 write.
 */
needmatch_status needmatch_explainer_why(needmatch_explainer explainer,
                                         const char *need_id,
                                         size_t need_id_len,
                                         needmatch_report *report_out,
                                         needmatch_error *error_out);

/*
 Tells why a provider does not serve a need: the report's facts hold the hard rules that the pair fails, or what the
 total would lose if the pair were forced; the chain tells who would move then.

 Returns NEEDMATCH_E_NOT_FOUND for an identifier that nobody has. Free the report with needmatch_report_free.

 # Safety

 `need_id` points to `need_id_len` bytes, `provider_id` to `provider_id_len`; `report_out` is valid for one write;
 `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_explainer_why_not(needmatch_explainer explainer,
                                             const char *need_id,
                                             size_t need_id_len,
                                             needmatch_level level,
                                             const char *provider_id,
                                             size_t provider_id_len,
                                             needmatch_report *report_out,
                                             needmatch_error *error_out);

/*
 Tells why each provider does not serve a need: a row of the report's facts for each worker, then for each organization.

 Returns NEEDMATCH_E_NOT_FOUND for an identifier that no need has. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_why.
 */
needmatch_status needmatch_explainer_why_not_all(needmatch_explainer explainer,
                                                 const char *need_id,
                                                 size_t need_id_len,
                                                 needmatch_report *report_out,
                                                 needmatch_error *error_out);

/*
 Tells what every candidate of every need would cost if it were forced: a row of the report's facts for each. Seconds
 for a city.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 `options` is NULL or points to `struct_size` bytes; `report_out` is valid for one write; `error_out` is NULL or valid
 for one write.
 */
needmatch_status needmatch_explainer_losses(needmatch_explainer explainer,
                                            const struct needmatch_options *options,
                                            needmatch_control control,
                                            needmatch_report *report_out,
                                            needmatch_error *error_out);

/*
 Tells what one place more and one fewer is worth at every worker, organization and group: two rows of the report's
 facts for each, with `places` 1 and -1, and the chains of who would move.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_losses.
 */
needmatch_status needmatch_explainer_values(needmatch_explainer explainer,
                                            const struct needmatch_options *options,
                                            needmatch_control control,
                                            needmatch_report *report_out,
                                            needmatch_error *error_out);

/*
 Tells which needs are more than the places they can reach, whoever is served: a row of the report's facts for each
 such set; the others tell what the sets consist of. Checked before it is returned.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_losses.
 */
needmatch_status needmatch_explainer_shortages(needmatch_explainer explainer,
                                               const struct needmatch_options *options,
                                               needmatch_control control,
                                               needmatch_report *report_out,
                                               needmatch_error *error_out);

/*
 Tells the fewest places with which every need that has a candidate would be served: a row of the report's facts for
 each worker, organization and group that needs more. Proven before it is returned.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_losses.
 */
needmatch_status needmatch_explainer_smallest_repair(needmatch_explainer explainer,
                                                     const struct needmatch_options *options,
                                                     needmatch_control control,
                                                     needmatch_report *report_out,
                                                     needmatch_error *error_out);

/*
 Tells what each pin and each ban costs by itself: a row of the report's facts for each, with what the total would lose
 without it, and the chains of who would move.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_losses.
 */
needmatch_status needmatch_explainer_pin_costs(needmatch_explainer explainer,
                                               const struct needmatch_options *options,
                                               needmatch_control control,
                                               needmatch_report *report_out,
                                               needmatch_error *error_out);

/*
 Tells what one change on the supply side would unlock (a training, a registration, a larger area, one more worker),
 ranked: a row of the report's facts for each. For the `n_exact` with the greatest bounds the exact gain is computed,
 which takes a run of the solver each; for the others the bound says what they cannot gain more than.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_losses.
 */
needmatch_status needmatch_explainer_improvements(needmatch_explainer explainer,
                                                  size_t n_exact,
                                                  const struct needmatch_options *options,
                                                  needmatch_control control,
                                                  needmatch_report *report_out,
                                                  needmatch_error *error_out);

/*
 Tells between which weights of each criterion, in thousandths, no other matching is better: a row of the report's facts
 for each criterion, with `weight`, `least` and `most`; the other weights keep their proportions. The others have a row
 for each assignment and criterion: between which weights it is in a best matching. For these at most `max_solves`
 networks are solved for each criterion and direction; where that is too few, `least_exact` or `most_exact` is 0.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 As needmatch_explainer_losses.
 */
needmatch_status needmatch_explainer_weight_ranges(needmatch_explainer explainer,
                                                   size_t max_solves,
                                                   const struct needmatch_options *options,
                                                   needmatch_control control,
                                                   needmatch_report *report_out,
                                                   needmatch_error *error_out);

/*
 Finds the frontier of score against switches, needs whose resident has a current provider and is given another one: the
 matchings that are the best at some switch penalty, whatever the policy's own.

 The report's facts have a row for each point, by rising penalty: `least_penalty` and `most_penalty`, between which it is
 known to be the best; `switches`; `score`, the sum of the weighted means without any penalty; `served_p1` to `served_p4`;
 and of the gap before the next point `gap_score`, which is how much more than the next point any matching with a number
 of switches between can score, and `gap_closed`, 0 where `most_runs` (0 stands for 32) were too few to tell whether a
 further point lies between. The others are who switches: `row` of the facts, `need_id`, `organization_id`, `worker_id`.

 Where `matchings_out` is not NULL, it gets the verified matching of each point, in the order of the rows, and 0 beyond
 them; free each with needmatch_matching_free, and the report with needmatch_report_free. Shape: `matchings_out`
 [matchings_capacity], which is at least `most_runs` and at least 2.

 `options` may be NULL and `control` may be 0.

 # Safety

 `options` is NULL or points to `struct_size` bytes; `matchings_out` is NULL or valid for `matchings_capacity` writes;
 `report_out` is valid for one write; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_frontier(needmatch_problem problem,
                                    uint32_t most_runs,
                                    const struct needmatch_options *options,
                                    needmatch_control control,
                                    needmatch_matching *matchings_out,
                                    size_t matchings_capacity,
                                    needmatch_report *report_out,
                                    needmatch_error *error_out);

/*
 Tells what a policy alone gives reason to look at: a row of the report's facts for each finding, the errors first.

 Columns are `lint` (the finding's stable name), `severity` (`error`, `warning` or `note`), `key` of the policy, `id`,
 the numbers `found` and `of`, `text` and `text_zh`. `policy` is TOML text [policy_len]; NULL stands for the default
 policy. Free the report with needmatch_report_free.

 # Safety

 `policy` is NULL or points to `policy_len` bytes; `report_out` is valid for one write; `error_out` is NULL or valid for
 one write.
 */
needmatch_status needmatch_lint_policy(const char *policy,
                                       size_t policy_len,
                                       needmatch_report *report_out,
                                       needmatch_error *error_out);

/*
 Tells what a problem gives reason to look at, as needmatch_lint_policy does; what only the tables show is told too:
 criteria that measure the same for everybody, rules that keep everybody away, floors above what exists, quotas that cross.

 `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.

 # Safety

 `options` is NULL or points to `struct_size` bytes; `report_out` is valid for one write; `error_out` is NULL or valid
 for one write.
 */
needmatch_status needmatch_lint_problem(needmatch_problem problem,
                                        const struct needmatch_options *options,
                                        needmatch_control control,
                                        needmatch_report *report_out,
                                        needmatch_error *error_out);

/*
 Frees a report; 0 does nothing.
 */
needmatch_status needmatch_report_free(needmatch_report report);

/*
 Tells how many rows a table of a report has.

 # Safety

 `n_rows_out` is valid for one write.
 */
needmatch_status needmatch_report_n_rows(needmatch_report report,
                                         needmatch_report_table table,
                                         size_t *n_rows_out);

/*
 Tells the type (NEEDMATCH_TYPE_...) and copies the name of one column of a table of a report.

 Columns are counted from 0; beyond the last one the call returns NEEDMATCH_E_NOT_FOUND. A later version may add
 columns at the end.

 # Safety

 `type_out` is valid for one write; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
 `text_len_out` is valid for one write.
 */
needmatch_status needmatch_report_column(needmatch_report report,
                                         needmatch_report_table table,
                                         size_t index,
                                         needmatch_type *type_out,
                                         char *text_out,
                                         size_t text_capacity,
                                         size_t *text_len_out);

/*
 Copies a column of whole numbers. A missing value is -1; losses may be -1 too, which `validity_out` tells apart.

 `n_rows` must be what needmatch_report_n_rows tells. Shapes: `values_out` [n_rows]; `validity_out` [n_rows] with 1 for
 a present and 0 for a missing value, or NULL.

 # Safety

 `name` points to `name_len` bytes; the outputs are valid for `n_rows` writes, or NULL.
 */
needmatch_status needmatch_report_i64(needmatch_report report,
                                      needmatch_report_table table,
                                      const char *name,
                                      size_t name_len,
                                      size_t n_rows,
                                      int64_t *values_out,
                                      uint8_t *validity_out);

/*
 Copies a column of texts that lie end to end, as needmatch_matching_text does. A missing value is empty.

 # Safety

 As needmatch_matching_text.
 */
needmatch_status needmatch_report_text(needmatch_report report,
                                       needmatch_report_table table,
                                       const char *name,
                                       size_t name_len,
                                       size_t n_rows,
                                       uint64_t *offsets_out,
                                       uint8_t *validity_out,
                                       char *bytes_out,
                                       size_t bytes_capacity,
                                       size_t *n_bytes_out);

/*
 Copies one cell of a column of texts; empty where it is missing.

 # Safety

 `name` points to `name_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
 `text_len_out` is valid for one write.
 */
needmatch_status needmatch_report_text_at(needmatch_report report,
                                          needmatch_report_table table,
                                          const char *name,
                                          size_t name_len,
                                          size_t row,
                                          char *text_out,
                                          size_t text_capacity,
                                          size_t *text_len_out);

/*
 Copies a report as JSON: `facts`, `chain` and `others`, each a list of rows by the names of their columns; missing
 values are null.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_report_json(needmatch_report report,
                                       char *text_out,
                                       size_t text_capacity,
                                       size_t *text_len_out);

/*
 Assigns needs to the nodes of a supply forest at the greatest total, without any rule or word of the field.

 Need i may take one place at any of the nodes `node[k]`, at `score[k]`, for k from `indptr[i]` up to but not
 including `indptr[i + 1]`. A node and all nodes under it take at most `capacity` needs together. Needs of a higher
 tier are served first, whatever the scores; in tier 0 a need counts by its score alone and stays out rather than
 take a place at a negative score.

 Inputs: `indptr` [n_needs + 1]; `node` and `score` [n_edges]; `capacity` [n_nodes]; `parent` [n_nodes] with -1 for
 a root, or NULL if all are roots; `tier` [n_needs] from 0 to 63, or NULL if all are 0.
 `options` may be NULL and `control` may be 0.

 Outputs: `node_out` [n_needs] with -1 for a need that is not served; `price_tier_out` and `price_score_out`
 [n_nodes], each node's own price of one more place, first in tiers and then in score; `total_tier_out` and
 `total_score_out`, the sums over the needs that are served; `bound_tier_out` and `bound_score_out`, what the prices
 prove that no assignment exceeds; `engine_out` and `engine_reason_out`, the engine that solved it and why that one.
 Each output except `node_out` may be NULL.
 The bound is the total, so that no assignment has a greater one, unless needmatch_control_set_work_limit ended the run
 before.

 Returns NEEDMATCH_E_RANGE if a total or a bound does not fit 64 bits.

 # Safety

 The arrays have the shapes above and none of the inputs changes during the call; `options` is NULL or points to
 `struct_size` bytes; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_assign(const uint64_t *indptr,
                                  size_t n_needs,
                                  const uint32_t *node,
                                  const int64_t *score,
                                  size_t n_edges,
                                  const uint64_t *capacity,
                                  const int64_t *parent,
                                  size_t n_nodes,
                                  const uint8_t *tier,
                                  const struct needmatch_options *options,
                                  needmatch_control control,
                                  int64_t *node_out,
                                  int64_t *price_tier_out,
                                  int64_t *price_score_out,
                                  int64_t *total_tier_out,
                                  int64_t *total_score_out,
                                  int64_t *bound_tier_out,
                                  int64_t *bound_score_out,
                                  needmatch_engine *engine_out,
                                  needmatch_engine_reason *engine_reason_out,
                                  needmatch_error *error_out);

/*
 Assigns needs to nodes as needmatch_assign does, with floors, groups of needs and costs of places.

 `floor` [n_nodes]: so many places at a node and under it must be taken; NULL for none.
 `demand_group` [n_needs]: the lowest group of each need, or -1; of each group and the groups under it
 (`demand_parent` [n_groups], -1 for a root, or NULL if all are roots) at least `demand_floor` and at most `demand_cap`
 needs are served, both [n_groups]; all NULL and n_groups 0 for none.
 `load_indptr` [n_nodes + 1], `load_from` and `load_cost` [n_breakpoints]: for k from `load_indptr[v]` up to but not
 including `load_indptr[v + 1]`, each place of node v after the first `load_from[k]` costs `load_cost[k]`, up to the
 next breakpoint; costs never decrease within a node. All NULL and n_breakpoints 0 for none.
 Everything else goes in as it does there.

 Outputs: `node_out` [n_needs] with -1 for a need that is not served. `missing_out`: 0, or by how much floors ask for
 more than caps allow, where they cannot all be met; nobody is served then, and `tight_need_out` [n_needs],
 `tight_group_out` [n_groups] and `tight_node_out` [n_nodes] hold 1 for each member of a set that proves it, otherwise
 0. `total_tier_out` and `total_score_out`: the sums over the needs that are served, less the costs of their places.
 `engine_out` and `engine_reason_out`: the engine that solved it and why that one.
 Each output except `node_out` may be NULL.

 Returns NEEDMATCH_E_RANGE if a total does not fit 64 bits.

 # Safety

 The arrays have the shapes above and none of the inputs changes during the call; `options` is NULL or points to
 `struct_size` bytes; `error_out` is NULL or valid for one write.
 */
needmatch_status needmatch_assign_general(const uint64_t *indptr,
                                          size_t n_needs,
                                          const uint32_t *node,
                                          const int64_t *score,
                                          size_t n_edges,
                                          const uint64_t *capacity,
                                          const int64_t *parent,
                                          const uint64_t *floor,
                                          size_t n_nodes,
                                          const uint8_t *tier,
                                          const int64_t *demand_group,
                                          const int64_t *demand_parent,
                                          const uint64_t *demand_cap,
                                          const uint64_t *demand_floor,
                                          size_t n_groups,
                                          const uint64_t *load_indptr,
                                          const uint64_t *load_from,
                                          const int64_t *load_cost,
                                          size_t n_breakpoints,
                                          const struct needmatch_options *options,
                                          needmatch_control control,
                                          int64_t *node_out,
                                          uint64_t *missing_out,
                                          uint8_t *tight_need_out,
                                          uint8_t *tight_group_out,
                                          uint8_t *tight_node_out,
                                          int64_t *total_tier_out,
                                          int64_t *total_score_out,
                                          needmatch_engine *engine_out,
                                          needmatch_engine_reason *engine_reason_out,
                                          needmatch_error *error_out);

/*
 Makes a control that limits and stops nothing. Free it with needmatch_control_free.

 # Safety

 `control_out` is valid for one write.
 */
needmatch_status needmatch_control_new(needmatch_control *control_out);

/*
 Frees a control; 0 does nothing. A run that uses it goes on.
 */
needmatch_status needmatch_control_free(needmatch_control control);

/*
 Asks the run to stop as soon as it can: its call then returns NEEDMATCH_E_CANCELLED and has changed nothing.

 A run that starts with this control later stops at once. Not to be called from a signal handler.
 */
needmatch_status needmatch_control_cancel(needmatch_control control);

/*
 Limits the working memory of a run to so many bytes beyond its input; 0 means no limit.

 A run that would need more returns NEEDMATCH_E_LIMIT before it takes the memory.
 */
needmatch_status needmatch_control_set_memory_budget(needmatch_control control, uint64_t bytes);

/*
 Limits the work of needmatch_assign to about so many units, bids of needs and nodes reached by searches; 0 means no
 limit.

 A run that comes to the limit gives the best assignment that it has, and a bound on all others: the same on every
 machine, for any number of threads. Runs of problems and of the general engine heed no such limit.
 */
needmatch_status needmatch_control_set_work_limit(needmatch_control control,
                                                  uint64_t units);

/*
 Tells how far a run has come: its step, and how many of the step's units are done of how many in all (0 where
 unknown).

 # Safety

 `stage_out`, `done_out` and `total_out` are valid for one write each.
 */
needmatch_status needmatch_control_progress(needmatch_control control,
                                            needmatch_stage *stage_out,
                                            uint64_t *done_out,
                                            uint64_t *total_out);

/*
 Copies a reason as text, one clause without a final NUL.

 Returns NEEDMATCH_E_NOT_FOUND for a number that is no reason.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_engine_reason_text(needmatch_engine_reason reason,
                                              needmatch_language language,
                                              char *text_out,
                                              size_t text_capacity,
                                              size_t *text_len_out);

/*
 Frees an error; 0 does nothing.
 */
needmatch_status needmatch_error_free(needmatch_error error);

/*
 Tells the status that the failed call returned.

 # Safety

 `status_out` is valid for one write.
 */
needmatch_status needmatch_error_status(needmatch_error error, needmatch_status *status_out);

/*
 Copies the whole message, all listed faults included, one on each line, without a final NUL.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_error_message(needmatch_error error,
                                         needmatch_language language,
                                         char *text_out,
                                         size_t text_capacity,
                                         size_t *text_len_out);

/*
 Tells how many faults the input has, and how many of them are listed (the first 100 by table, row and column).
 Both are 0 unless the status is NEEDMATCH_E_INPUT.

 # Safety

 `n_listed_out` and `n_faults_out` are valid for one write each.
 */
needmatch_status needmatch_error_n_faults(needmatch_error error,
                                          size_t *n_listed_out,
                                          size_t *n_faults_out);

/*
 Tells a listed fault's number (NEEDMATCH_FAULT_...), its table (NEEDMATCH_TABLE_...) and its row, counted from 0
 in the caller's own order, or -1 where the whole table or column is meant.

 # Safety

 `number_out`, `table_out` and `row_out` are valid for one write each.
 */
needmatch_status needmatch_error_fault(needmatch_error error,
                                       size_t index,
                                       uint32_t *number_out,
                                       uint32_t *table_out,
                                       int64_t *row_out);

/*
 Copies the name of a listed fault's column; empty where the whole table is meant.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_error_fault_column(needmatch_error error,
                                              size_t index,
                                              char *text_out,
                                              size_t text_capacity,
                                              size_t *text_len_out);

/*
 Copies what would be right at the place of a listed fault, in English; empty where the number says it all.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_error_fault_expected(needmatch_error error,
                                                size_t index,
                                                char *text_out,
                                                size_t text_capacity,
                                                size_t *text_len_out);

/*
 Copies the message of one listed fault: number, place, what is wrong, what would be right.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_error_fault_message(needmatch_error error,
                                               size_t index,
                                               needmatch_language language,
                                               char *text_out,
                                               size_t text_capacity,
                                               size_t *text_len_out);

/*
 Copies the meaning of a status as text, without a final NUL.

 Returns NEEDMATCH_E_NOT_FOUND for a number that is no status.

 # Safety

 `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
 */
needmatch_status needmatch_status_text(needmatch_status status,
                                       needmatch_language language,
                                       char *text_out,
                                       size_t text_capacity,
                                       size_t *text_len_out);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* NEEDMATCH_H */
