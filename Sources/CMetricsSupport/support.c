#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "CMetricsSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <mach/mach.h>
#include <mach/mach_vm.h>
#endif

uint32_t metrics_detour_word = 0;

// Every scrape writes it, so it has cache lines for itself (in pairs, as processors fetch them): every static
// call reads metrics_detour_word, which would stand beside it.
static struct {
    pthread_mutex_t mutex;
} __attribute__((aligned(128))) structure_lock = {PTHREAD_MUTEX_INITIALIZER};
static pthread_once_t fork_handlers_once = PTHREAD_ONCE_INIT;
static uint64_t fork_generation = 0;

struct region {
    struct region *next;
    void *base;
    size_t length;
    uint64_t lost_pages;
};
static struct region *regions = NULL;

static void before_fork(void) { pthread_mutex_lock(&structure_lock.mutex); }

static void after_fork_in_parent(void) { pthread_mutex_unlock(&structure_lock.mutex); }

// Shared and anonymous rather than private: such pages can be mapped a second time, which is how the child later moves
// their values into its own file without losing an update (metrics_region_duplicate).
static bool put_private_memory(void *base, size_t length) {
    void *fresh = mmap(base, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    return fresh == base;
}

static void after_fork_in_child(void) {
    for (struct region *region = regions; region != NULL; region = region->next) {
        // Going on would let this child write into its parent's numbers, and there is nobody to report to here. It
        // replaces a mapping by one of the same length, which needs no memory of its own.
        if (!put_private_memory(region->base, region->length)) abort();
    }
    metrics_threads_after_fork();
    // Also without cells: a slot and descriptors of lock files may be there, and they are the parent's.
    __atomic_fetch_add(&fork_generation, 1, __ATOMIC_SEQ_CST);
    metrics_detour_begin();
    pthread_mutex_unlock(&structure_lock.mutex);
}

static void install_fork_handlers(void) {
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

void metrics_structure_lock(void) {
    pthread_once(&fork_handlers_once, install_fork_handlers);
    pthread_mutex_lock(&structure_lock.mutex);
}

bool metrics_structure_try_lock(void) {
    pthread_once(&fork_handlers_once, install_fork_handlers);
    return pthread_mutex_trylock(&structure_lock.mutex) == 0;
}

void metrics_structure_unlock(void) { pthread_mutex_unlock(&structure_lock.mutex); }

uint64_t metrics_fork_generation(void) { return __atomic_load_n(&fork_generation, __ATOMIC_ACQUIRE); }

bool metrics_region_add(void *base, size_t length) {
    struct region *region = malloc(sizeof *region);
    if (region == NULL) return false;
    region->base = base;
    region->length = length;
    region->lost_pages = 0;
    region->next = regions;
    // The handler of SIGBUS walks the list at any moment.
    __atomic_store_n(&regions, region, __ATOMIC_RELEASE);
    return true;
}

static pthread_once_t fault_handler_once = PTHREAD_ONCE_INIT;
static struct sigaction earlier_action;
static uintptr_t page_size = 0;

// Whether the page of a faulting address is one of ours and has private memory now. Async-signal-safe: it reads a list
// that only grows, and makes one system call.
static bool replace_page(uintptr_t address) {
    struct region *region = __atomic_load_n(&regions, __ATOMIC_ACQUIRE);
    for (; region != NULL; region = region->next) {
        uintptr_t base = (uintptr_t)region->base;
        if (address < base || address - base >= region->length) continue;
        void *page = (void *)(address & ~(page_size - 1));
        __atomic_fetch_add(&region->lost_pages, 1, __ATOMIC_RELAXED);
        return mmap(page, page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page;
    }
    return false;
}

static void handle_bus_error(int number, siginfo_t *info, void *context) {
    int saved = errno;
    // A fault has a positive code; a signal that somebody sent has no address that means anything.
    if (info->si_code > 0 && replace_page((uintptr_t)info->si_addr)) {
        errno = saved;
        return;
    }
    errno = saved;
    if ((earlier_action.sa_flags & SA_SIGINFO) != 0 && earlier_action.sa_sigaction != NULL) {
        earlier_action.sa_sigaction(number, info, context);
    } else if (earlier_action.sa_handler != SIG_DFL && earlier_action.sa_handler != SIG_IGN) {
        earlier_action.sa_handler(number);
    } else if (info->si_code > 0 || earlier_action.sa_handler == SIG_DFL) {
        // The fault happens again, or the signal is sent again, and does what it would have done without us.
        struct sigaction plain = {0};
        plain.sa_handler = SIG_DFL;
        sigaction(number, &plain, NULL);
        if (info->si_code <= 0) raise(number);
    }
}

static void install_fault_handler(void) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {0};
    if (sigaction(SIGBUS, NULL, &earlier_action) != 0) return;
    action.sa_sigaction = handle_bus_error;
    action.sa_mask = earlier_action.sa_mask;
    // On the stack for signals where there is one, as a handler that comes after ours may need it.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | (earlier_action.sa_flags & SA_NODEFER);
    sigaction(SIGBUS, &action, NULL);
}

void metrics_guard_mapped_files(void) { pthread_once(&fault_handler_once, install_fault_handler); }

uint64_t metrics_region_lost_pages(const void *base) {
    for (struct region *region = regions; region != NULL; region = region->next) {
        if (region->base == base) return __atomic_load_n(&region->lost_pages, __ATOMIC_RELAXED);
    }
    return 0;
}

bool metrics_region_detach(void *base, size_t length) { return put_private_memory(base, length); }

void *metrics_region_duplicate(void *base, size_t length) {
#if defined(__APPLE__)
    mach_vm_address_t copy = 0;
    vm_prot_t current, maximum;
    kern_return_t result = mach_vm_remap(
        mach_task_self(), &copy, length, 0, VM_FLAGS_ANYWHERE, mach_task_self(), (mach_vm_address_t)base, FALSE,
        &current, &maximum, VM_INHERIT_SHARE);
    return result == KERN_SUCCESS ? (void *)copy : NULL;
#else
    // mremap(2): an old size of 0 on a shareable mapping makes a second mapping of the same pages.
    void *copy = mremap(base, 0, length, MREMAP_MAYMOVE);
    return copy == MAP_FAILED ? NULL : copy;
#endif
}

int metrics_publish_new(const char *from, const char *to) {
    // link(2) refuses to replace, on every POSIX file system that has hard links; the rest get a rename that does.
    if (link(from, to) == 0) return unlink(from) == 0 ? 0 : errno;
    if (errno != EPERM && errno != ENOTSUP && errno != EOPNOTSUPP && errno != EMLINK) return errno;
#if defined(__linux__) && defined(RENAME_NOREPLACE)
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
#elif defined(__APPLE__)
    return renamex_np(from, to, RENAME_EXCL) == 0 ? 0 : errno;
#else
    return errno;
#endif
}

int metrics_open(const char *path, int flags, unsigned mode) {
    int descriptor;
    do {
        descriptor = open(path, flags | O_CLOEXEC, (mode_t)mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}

static struct flock one_byte(short type, int64_t byte) {
    struct flock lock = {0};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = (off_t)byte;
    lock.l_len = 1;
    return lock;
}

static int set_lock(int descriptor, int command, short type, int64_t byte) {
    struct flock lock = one_byte(type, byte);
    int result;
    do {
        result = fcntl(descriptor, command, &lock);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int metrics_lock_try(int descriptor, int64_t byte) { return set_lock(descriptor, F_SETLK, F_WRLCK, byte); }

int metrics_lock_try_shared(int descriptor, int64_t byte) { return set_lock(descriptor, F_SETLK, F_RDLCK, byte); }

int metrics_lock_release(int descriptor, int64_t byte) { return set_lock(descriptor, F_SETLK, F_UNLCK, byte); }

int metrics_lock_query(int descriptor, int64_t byte) {
    struct flock lock = one_byte(F_WRLCK, byte);
    if (fcntl(descriptor, F_GETLK, &lock) != 0) return -errno;
    return lock.l_type == F_UNLCK ? 0 : 1;
}

int metrics_preallocate(int descriptor, int64_t offset, int64_t length) {
    // Past this limit the kernel sends a signal that ends the process, before the call returns an error.
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        (uint64_t)(offset + length) > (uint64_t)limit.rlim_cur) {
        return EFBIG;
    }
#if defined(__APPLE__)
    fstore_t store = {F_ALLOCATEALL, F_PEOFPOSMODE, 0, length, 0};
    if (fcntl(descriptor, F_PREALLOCATE, &store) != 0) return errno;
    return ftruncate(descriptor, offset + length) == 0 ? 0 : errno;
#else
    return posix_fallocate(descriptor, offset, length);
#endif
}
