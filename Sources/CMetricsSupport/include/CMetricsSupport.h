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
void metrics_structure_unlock(void);

/// How many times this process and its ancestors have forked since the runtime was first used.
uint64_t metrics_fork_generation(void);

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
