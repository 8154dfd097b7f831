// fork() for tests: Swift does not import it.
#ifndef CFORKPROBE_H
#define CFORKPROBE_H

/// Forks and runs `body` in the child, which then ends with what it returns. The child's pid, or -1.
///
/// A child that hangs is ended by a signal after two minutes.
int fork_probe_run(int (*body)(void *), void *context);

/// Waits for a child; its exit status, or 128 and the number of the signal that ended it, or -1 where there is none.
int fork_probe_wait(int pid);

/// Ends the thread that calls it. Another one prints a line, and ends the process at the end of its standard input.
void fork_probe_end_first_thread(void);

#endif
