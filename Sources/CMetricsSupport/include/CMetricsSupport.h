// What Swift has no way to say: a word read inline from any module, and what must happen around libc's fork().
#ifndef CMETRICSSUPPORT_H
#define CMETRICSSUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many reasons there are for a static call not to take the short way to the shared registry: isolated
/// registries in use, and forks that are not settled yet.
extern uint32_t metrics_detour_word;

static inline uint32_t metrics_detours(void) {
    return __atomic_load_n(&metrics_detour_word, __ATOMIC_RELAXED);
}
static inline void metrics_detour_begin(void) {
    __atomic_fetch_add(&metrics_detour_word, 1, __ATOMIC_SEQ_CST);
}
static inline void metrics_detour_end(void) {
    __atomic_fetch_sub(&metrics_detour_word, 1, __ATOMIC_SEQ_CST);
}

/// The lock over every structure of every registry in the process: families, series, files, slots.
///
/// It is held across fork(), so a child finds it free and what it guards whole.
void metrics_structure_lock(void);
/// Takes the lock unless another thread has it; whether it did.
bool metrics_structure_try_lock(void);
void metrics_structure_unlock(void);

/// How many times this process and its ancestors have forked since the runtime was first used.
uint64_t metrics_fork_generation(void);

/// How many threads can have a number at a time; those past them share what all share.
#define METRICS_THREAD_NUMBERS 64

/// The calling thread's number and 1; 0 before it has one.
extern __thread uint32_t metrics_thread_word;
/// How often the calling thread has updated what all share where it might have had its own.
extern __thread uint32_t metrics_thread_shared_updates;

/// Gives the calling thread a number that it keeps until it ends, or METRICS_THREAD_NUMBERS when all are taken.
uint32_t metrics_thread_claim(void);

/// A number below METRICS_THREAD_NUMBERS that no other thread of this process has, or METRICS_THREAD_NUMBERS.
///
/// What its former owner stored is visible to its next one.
static inline uint32_t metrics_thread_number(void) {
    uint32_t word = metrics_thread_word;
    return word != 0 ? word - 1 : metrics_thread_claim();
}

/// Counts an update of what all share; true once in 1024 times.
static inline bool metrics_thread_shares_often(void) { return (++metrics_thread_shared_updates & 1023) == 0; }

/// In a forked child: the numbers of threads that it does not have are free.
void metrics_threads_after_fork(void);

/// Lets the processor know that this is a loop that waits for another thread.
static inline void metrics_spin_hint(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

/// Registers memory whose cells a forked child must not share with its parent. The structure lock must be held.
///
/// Returns false when there is no memory for the record; then the range must not be used for cells.
bool metrics_region_add(void *base, size_t length);

/// Sees to it that a store to a file that somebody cut short does not end the process: the handler of SIGBUS puts
/// private memory under an address of ours and counts the fault; every other SIGBUS goes to the handler that was there
/// before. Installed once, by the first call.
void metrics_guard_mapped_files(void);

/// How many pages the handler of SIGBUS has replaced in the memory that was registered under `base`.
uint64_t metrics_region_lost_pages(const void *base);

/// Puts private zeroed memory under [base, base + length), which must be mapped, in one step.
bool metrics_region_detach(void *base, size_t length);

/// Maps the pages under [base, base + length) a second time; NULL when that fails.
///
/// Only for memory that a forked child got from its fork handler or from metrics_region_detach.
void *metrics_region_duplicate(void *base, size_t length);

/// Publishes a complete file under a name that must not exist yet. Returns 0 or an errno.
int metrics_publish_new(const char *from, const char *to);

/// open(2) for Swift, which cannot call a variadic function. The file is closed at exec. Returns -errno on failure.
int metrics_open(const char *path, int flags, unsigned mode);

/// Tries to take the write lock of one byte of a lock file; the byte need not be there. Returns 0, or an errno: EACCES or
/// EAGAIN when another process has it. Closing any descriptor of the file gives up all its locks.
int metrics_lock_try(int descriptor, int64_t byte);

/// The same for a lock that any number of processes may have at a time, and none together with a write lock.
int metrics_lock_try_shared(int descriptor, int64_t byte);

/// Gives up the lock of one byte. Returns 0 or an errno.
int metrics_lock_release(int descriptor, int64_t byte);

/// Whether another process holds a lock of that byte: 1 or 0, or -errno.
int metrics_lock_query(int descriptor, int64_t byte);

/// Gives a file its space on disk before anything is stored there. Returns 0 or an errno.
int metrics_preallocate(int descriptor, int64_t offset, int64_t length);

#endif
