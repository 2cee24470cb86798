#include <zlib.h>

// inflateInit2 is a macro, which Swift cannot import. A negative window size means raw deflate,
// the form of ZIP entries.
static inline int boxheadRawInflateInit(z_stream *stream) {
  return inflateInit2(stream, -MAX_WBITS);
}
