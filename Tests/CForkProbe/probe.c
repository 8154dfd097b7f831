#include "CForkProbe.h"

#include <sys/wait.h>
#include <unistd.h>

int fork_probe_run(int (*body)(void *), void *context) {
    int pid = fork();
    if (pid == 0) _exit(body(context));
    return pid;
}

int fork_probe_wait(int pid) {
    int status = 0;
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}
