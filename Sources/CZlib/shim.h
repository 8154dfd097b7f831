#pragma once

#include <zlib.h>

// A macro with arguments, which Swift does not import: a gzip stream (16 is added to the window's bits).
static inline int metrics_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
