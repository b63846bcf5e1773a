/* Objects shared by threads, cancelling from another thread, and no thread left behind. */

#include "check.h"

#include <dirent.h>
#include <pthread.h>
#include <time.h>

#define N_THREADS 8

/* A dense network with scores from a small generator: hard enough to still run when it is cancelled. */
typedef struct {
    size_t n;
    uint64_t *indptr, *capacity;
    uint32_t *node;
    int64_t *score, *node_out;
} network;

static network dense(size_t n, uint64_t seed) {
    network net;
    size_t i, k;
    net.n = n;
    net.indptr = (uint64_t *)malloc((n + 1) * sizeof(uint64_t));
    net.capacity = (uint64_t *)malloc(n * sizeof(uint64_t));
    net.node = (uint32_t *)malloc(n * n * sizeof(uint32_t));
    net.score = (int64_t *)malloc(n * n * sizeof(int64_t));
    net.node_out = (int64_t *)malloc(n * sizeof(int64_t));
    CHECK(net.indptr && net.capacity && net.node && net.score && net.node_out);
    for (i = 0; i <= n; i++) {
        net.indptr[i] = i * n;
    }
    for (i = 0; i < n; i++) {
        net.capacity[i] = 1;
        net.node_out[i] = 7;
    }
    for (k = 0; k < n * n; k++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        net.node[k] = (uint32_t)(k % n);
        net.score[k] = (int64_t)(seed >> 44);
    }
    return net;
}

static void drop(network *net) {
    free(net->indptr);
    free(net->capacity);
    free(net->node);
    free(net->score);
    free(net->node_out);
}

static needmatch_status run(network *net, needmatch_control control, int64_t *total) {
    return needmatch_assign(net->indptr, net->n, net->node, net->score, net->n * net->n, net->capacity, NULL, net->n,
                            NULL, NULL, control, net->node_out, NULL, NULL, NULL, total, NULL, NULL, NULL, NULL, NULL);
}

static void *assign_one(void *argument) {
    network net = dense(40, 1);
    int64_t *total = (int64_t *)argument;
    CHECK_STATUS(run(&net, 0, total), NEEDMATCH_OK);
    drop(&net);
    return NULL;
}

static void many_runs_at_once_agree(void) {
    pthread_t thread[N_THREADS];
    int64_t total[N_THREADS];
    int k;
    for (k = 0; k < N_THREADS; k++) {
        total[k] = -1 - k;
        CHECK(pthread_create(&thread[k], NULL, assign_one, &total[k]) == 0);
    }
    for (k = 0; k < N_THREADS; k++) {
        CHECK(pthread_join(thread[k], NULL) == 0);
        CHECK(total[k] == total[0] && total[k] > 0);
    }
}

typedef struct {
    network net;
    needmatch_control control;
    needmatch_status status;
} watched;

static void *run_watched(void *argument) {
    watched *job = (watched *)argument;
    job->status = run(&job->net, job->control, NULL);
    return NULL;
}

static int is_cancelled_in_time(size_t n) {
    watched job;
    pthread_t thread;
    needmatch_stage stage = NEEDMATCH_STAGE_IDLE;
    uint64_t done = 0, total = 0;
    struct timespec moment = {0, 100000};
    int cancelled;
    job.net = dense(n, 2);
    job.status = NEEDMATCH_OK;
    CHECK_STATUS(needmatch_control_new(&job.control), NEEDMATCH_OK);
    CHECK(pthread_create(&thread, NULL, run_watched, &job) == 0);
    while (stage == NEEDMATCH_STAGE_IDLE) {
        CHECK_STATUS(needmatch_control_progress(job.control, &stage, &done, &total), NEEDMATCH_OK);
        nanosleep(&moment, NULL);
    }
    CHECK_STATUS(needmatch_control_cancel(job.control), NEEDMATCH_OK);
    /* The run keeps the control alive by itself. */
    CHECK_STATUS(needmatch_control_free(job.control), NEEDMATCH_OK);
    CHECK(pthread_join(thread, NULL) == 0);
    cancelled = job.status == NEEDMATCH_E_CANCELLED;
    CHECK(cancelled || job.status == NEEDMATCH_OK);
    CHECK(!cancelled || job.net.node_out[0] == 7);
    drop(&job.net);
    return cancelled;
}

static void another_thread_stops_a_run_and_nothing_is_written(void) {
    size_t n;
    for (n = 200; !is_cancelled_in_time(n); n *= 2) {
        CHECK(n < 5000);
    }
}

static int n_threads(void) {
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *entry;
    int n = 0;
    CHECK(tasks != NULL);
    while ((entry = readdir(tasks)) != NULL) {
        n += entry->d_name[0] != '.';
    }
    closedir(tasks);
    return n;
}

static void no_thread_is_left_behind(void) {
    network net = dense(40, 3);
    int k;
    for (k = 0; k < 20; k++) {
        CHECK_STATUS(run(&net, 0, NULL), NEEDMATCH_OK);
        CHECK(n_threads() == 1);
    }
    drop(&net);
}

static void *fill(void *argument) {
    const needmatch_tables tables = *(const needmatch_tables *)argument;
    const int64_t values[] = {1, 2, 3};
    int k;
    for (k = 0; k < 200; k++) {
        needmatch_status status = needmatch_tables_add_i64(tables, NEEDMATCH_TABLE_NEEDS, NEEDMATCH_TEXT("risk"),
                                                           values, NULL, 3);
        CHECK(status == NEEDMATCH_OK || status == NEEDMATCH_E_BUSY);
    }
    return NULL;
}

static void tables_filled_by_many_threads_at_once_are_busy_or_filled(void) {
    pthread_t thread[N_THREADS];
    needmatch_tables tables = 0;
    int k;
    CHECK_STATUS(needmatch_tables_new(&tables), NEEDMATCH_OK);
    for (k = 0; k < N_THREADS; k++) {
        CHECK(pthread_create(&thread[k], NULL, fill, &tables) == 0);
    }
    for (k = 0; k < N_THREADS; k++) {
        CHECK(pthread_join(thread[k], NULL) == 0);
    }
    CHECK_STATUS(needmatch_tables_free(tables), NEEDMATCH_OK);
}

int main(void) {
    no_thread_is_left_behind();
    many_runs_at_once_agree();
    another_thread_stops_a_run_and_nothing_is_written();
    tables_filled_by_many_threads_at_once_are_busy_or_filled();
    return 0;
}
