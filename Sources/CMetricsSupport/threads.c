#include "CMetricsSupport.h"

#include <pthread.h>

__thread uint32_t metrics_thread_word = 0;
__thread uint32_t metrics_thread_shared_updates = 0;

// The numbers that living threads have, as bits.
static uint64_t numbers_in_use = 0;
static pthread_key_t end_of_thread;
static bool has_key = false;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;

static void release_number(void *word) {
    uint32_t number = (uint32_t)(uintptr_t)word - 1;
    metrics_thread_word = 0;
    // Release: whoever takes the number next sees what this thread stored under it.
    __atomic_fetch_and(&numbers_in_use, ~(UINT64_C(1) << number), __ATOMIC_RELEASE);
}

static void make_key(void) { has_key = pthread_key_create(&end_of_thread, release_number) == 0; }

uint32_t metrics_thread_claim(void) {
    pthread_once(&key_once, make_key);
    if (!has_key) return METRICS_THREAD_NUMBERS;
    uint64_t in_use = __atomic_load_n(&numbers_in_use, __ATOMIC_RELAXED);
    while (in_use != UINT64_MAX) {
        uint32_t number = (uint32_t)__builtin_ctzll(~in_use);
        uint64_t next = in_use | UINT64_C(1) << number;
        if (!__atomic_compare_exchange_n(&numbers_in_use, &in_use, next, true, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
            continue;
        }
        // Without it nobody would give the number back.
        if (pthread_setspecific(end_of_thread, (void *)(uintptr_t)(number + 1)) != 0) {
            __atomic_fetch_and(&numbers_in_use, ~(UINT64_C(1) << number), __ATOMIC_RELEASE);
            return METRICS_THREAD_NUMBERS;
        }
        metrics_thread_word = number + 1;
        return number;
    }
    return METRICS_THREAD_NUMBERS;
}

void metrics_threads_after_fork(void) {
    uint32_t word = metrics_thread_word;
    __atomic_store_n(&numbers_in_use, word == 0 ? 0 : UINT64_C(1) << (word - 1), __ATOMIC_RELEASE);
}
