#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "CProcessTesting.h"

int process_testing_close_from(posix_spawn_file_actions_t *actions, int descriptor) {
#if defined(__GLIBC__)
    return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
#else
    (void)actions, (void)descriptor;
    return 0;
#endif
}
