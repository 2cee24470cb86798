// Boxhead as a library: documents to canonical JSON, in the process of the caller.
//
// Functions may be called from several threads at the same time. Nothing is printed, no signal is
// handled and no file is opened but fonts, character maps and what recognition needs. A document is
// read without the limits of time and memory of the program `boxhead`, which reads each document
// apart: a service that takes files of strangers should run this in a process of its own.

#ifndef BOXHEAD_H
#define BOXHEAD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a conversion ended; the numbers are those of the exit statuses of the program.
enum {
  BOXHEAD_OK = 0,
  BOXHEAD_BAD_REQUEST = 1,
  BOXHEAD_NOT_A_DOCUMENT = 2,
  BOXHEAD_MISSING_DEPENDENCY = 7,
  BOXHEAD_ENCRYPTED = 8,
  BOXHEAD_LIMIT = 10,
  BOXHEAD_INTERNAL = 15,
};

/// What may be chosen. NULL stands for the usual; texts are UTF-8 and end with NUL.
typedef struct {
  /// sizeof(boxhead_options): later versions add members at the end.
  size_t size;
  /// What the document is called in the JSON and in messages; "document" without it.
  const char *name;
  /// Pages to convert, such as "3" or "2-5" or "1,4-".
  const char *pages;
  /// The state of tracked changes: "accepted", "original" or "all".
  const char *revisions;
  /// The pages that are read from their pictures: "auto", "always" or "never".
  const char *recognize;
} boxhead_options;

/// Bytes that belong to the caller; a NUL stands behind them.
typedef struct {
  char *bytes;
  size_t length;
} boxhead_buffer;

/// Why there is no JSON.
typedef struct {
  /// One of the numbers above.
  int32_t status;
  /// The page that is to blame, from 1, or 0.
  int32_t page;
  /// What was expected and found, in UTF-8; belongs to the caller.
  char *message;
} boxhead_error;

/// Converts a document, or reads the JSON of one, to canonical JSON (RFC 8785).
///
/// `options` and `error` may be NULL. Returns the status; `json` is empty unless that is
/// BOXHEAD_OK, and `error` is empty if it is. Both are overwritten, never freed.
int32_t boxhead_convert(const uint8_t *bytes, size_t length, const boxhead_options *options,
                        boxhead_buffer *json, boxhead_error *error);

/// Frees what a conversion gave and empties it; nothing happens to what is empty.
void boxhead_buffer_free(boxhead_buffer *buffer);
void boxhead_error_free(boxhead_error *error);

/// The JSON Schema (2020-12) of the JSON; belongs to the caller. Returns a status.
int32_t boxhead_schema(boxhead_buffer *schema);

/// The version of the library; the text is never freed.
const char *boxhead_version(void);

#ifdef __cplusplus
}
#endif

#endif
