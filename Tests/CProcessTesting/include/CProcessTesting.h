// What Swift does not import of spawn.h.
#ifndef CPROCESSTESTING_H
#define CPROCESSTESTING_H

#include <spawn.h>

/// Has a program that is started inherit no descriptor from that number on, where the system can. Returns 0 or an errno.
int process_testing_close_from(posix_spawn_file_actions_t *actions, int descriptor);

#endif
