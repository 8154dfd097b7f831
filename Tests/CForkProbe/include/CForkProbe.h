// fork() for tests: Swift does not import it.
#ifndef CFORKPROBE_H
#define CFORKPROBE_H

/// Forks and runs `body` in the child, which then ends with what it returns. The child's pid, or -1.
int fork_probe_run(int (*body)(void *), void *context);

/// Waits for a child; its exit status, or -1 when a signal ended it.
int fork_probe_wait(int pid);

#endif
