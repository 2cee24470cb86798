// The calls that Swift cannot make itself: fork, signal handlers, decoding of a wait status.
//
// A worker is a child without exec: it goes on in the same program right after the fork. It must
// be started before the program has a second thread.

#ifndef BOXHEAD_PROCESSCORE_H
#define BOXHEAD_PROCESSCORE_H

#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a worker may use. Zero leaves a limit as it is.
typedef struct {
  uint64_t memoryBytes;  // private writable memory (RLIMIT_DATA)
  uint64_t stackBytes;   // how far the stack may grow (RLIMIT_STACK)
} bhWorkerLimits;

/// A started worker, as its parent sees it.
typedef struct {
  pid_t process;
  int reports;      // read end: what the worker reports
  int diagnostics;  // read end: what libraries printed on standard error
} bhWorker;

/// How a worker's process ended.
enum bhEnding {
  bhEndingExit = 0,    // by itself; detail is the exit status
  bhEndingSignal = 1,  // by a signal; detail is its number
};

/// Why a worker crashed; the last report that it sends.
enum bhCrash {
  bhCrashUnknown = 0,
  bhCrashMemory = 1,  // an allocation failed
  bhCrashStack = 2,   // the stack is used up
};

/// The kind of a report; only crashes are sent from C.
enum { bhReportCrash = 0x48435243 };

/// One report on the pipe. `textBytes` bytes of UTF-8 follow it.
typedef struct {
  uint32_t kind;
  int32_t document;
  int32_t number;
  uint32_t textBytes;
} bhReport;

/// Starts a worker. In the parent `worker` is filled and 1 is returned; in the worker 0 is
/// returned and `*reportsOut` is the descriptor to report on; -1 is failure with errno.
///
/// The worker ends when its parent dies, ignores interrupts (its parent decides), writes no core
/// file, and keeps standard error in a pipe that never blocks.
int bhStartWorker(const bhWorkerLimits *limits, bhWorker *worker, int *reportsOut);

/// Waits for a worker that has closed its reports or was killed.
enum bhEnding bhWaitForWorker(pid_t process, int *detail);

/// Blocks SIGINT, SIGTERM and SIGHUP, those that are ignored excepted, and returns a descriptor
/// that becomes readable when one arrives; -1 on failure.
int bhInterruptDescriptor(void);

/// Lets writing to a closed pipe fail with EPIPE instead of a signal.
void bhIgnoreBrokenPipes(void);

#ifdef __cplusplus
}
#endif

#endif
