#include "CForkProbe.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

int fork_probe_run(int (*body)(void *), void *context) {
    int pid = fork();
    if (pid == 0) {
        alarm(120);
        _exit(body(context));
    }
    return pid;
}

int fork_probe_wait(int pid) {
    int status = 0, result;
    do {
        result = waitpid(pid, &status, 0);
    } while (result < 0 && errno == EINTR);
    if (result != pid) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
