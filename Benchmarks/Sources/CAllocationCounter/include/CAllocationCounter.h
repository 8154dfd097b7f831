#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stdint.h>

/// How many times the calling thread has asked malloc and its like for memory; -1 where nobody counts.
///
/// Counts in programs that link this target, by standing in front of the C library's functions.
int64_t allocation_count(void);

#endif
