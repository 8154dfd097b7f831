#ifndef C_CALLGRIND_H
#define C_CALLGRIND_H

#include <stdbool.h>

/// Whether valgrind's header was there when this was built, so that the other functions do something.
bool callgrind_is_built_in(void);

/// Whether the program runs under valgrind now.
bool callgrind_is_running(void);

/// Forgets what was counted.
void callgrind_begin(void);

/// Writes what was counted since then under a name.
void callgrind_end(const char *name);

#endif
