// The calls that Swift cannot make itself: fork, signal handlers, decoding of a wait status, syncfs.
//
// Work on several documents is done in workers, work on a single one in the process itself. A worker is a child without exec: it goes on in the same program right after the fork. It must
// be started before the program has a second thread.

#ifndef BOXHEAD_PROCESSCORE_H
#define BOXHEAD_PROCESSCORE_H

#include <stddef.h>
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

// MARK: Work in the process itself

/// What ended the work of a process before its time.
enum bhOwnEndingKind {
  bhOwnStalled = 1,      // no sign of life for as long as the limit
  bhOwnCrashed = 2,      // detail is the signal, cause a bhCrash
  bhOwnInterrupted = 3,  // the user stopped it
  bhOwnLeft = 4,         // a library ended the process; detail is the exit status
};

/// What the program knows of the work that it was started anew after.
typedef struct {
  int kind;         // a bhOwnEndingKind
  int detail;
  int cause;
  int lastPage;     // the last page that was done, or 0
  int diagnostics;  // read end of what libraries printed, or -1
} bhOwnEnding;

/// Starts work in this process, under the limits; -1 on failure with errno.
///
/// When the work hangs, crashes, leaves or is interrupted, nothing that the process has in memory
/// can be trusted. So it executes its own program again, with the same arguments: as the same
/// process, but with fresh memory. That run asks `bhOwnWorkEnding`, does no work and tells what
/// happened. `arguments` must stay valid.
int bhOwnWorkBegin(const bhWorkerLimits *limits, double stallSeconds, char *const *arguments);

/// A sign of life, which sets the deadline anew; the number of the page that is done, or 0.
void bhOwnWorkContinues(int page);

/// The work waits for somebody else: no deadline runs.
void bhOwnWorkWaits(void);

/// The work came to its end; from now on crashes are nothing special and interrupts are ignored.
void bhOwnWorkEnd(void);

/// What ended the work before this start of the program; 0 if this is no such start.
int bhOwnWorkEnding(bhOwnEnding *ending);

// MARK: Signals of a supervisor

/// Blocks SIGINT, SIGTERM and SIGHUP, those that are ignored excepted, and returns a descriptor
/// that becomes readable when one arrives; -1 on failure.
int bhInterruptDescriptor(void);

/// Lets writing to a closed pipe fail with EPIPE instead of a signal.
void bhIgnoreBrokenPipes(void);

// MARK: Files

/// Waits until all that was written to the file system of this descriptor is on its disk. -1 with errno
/// if that failed for anything since the descriptor was opened or asked for the last time.
int bhSaveFileSystem(int descriptor);

// MARK: Engines: programs that answer requests through pipes

/// A started engine, as its supervisor sees it.
typedef struct {
  pid_t process;
  int requests;     // write end: its standard input
  int answers;      // read end: its standard output
  int diagnostics;  // read end that never blocks: its standard error
} bhEngine;

/// Starts a program in a process group of its own, with pipes as its standard streams; -1 on failure
/// with errno. What cannot be executed ends with status 127.
///
/// It is killed when the thread ends that started it. `arguments` starts with a path and ends with
/// NULL.
int bhStartEngine(char *const *arguments, const bhWorkerLimits *limits, bhEngine *engine);

/// What can end an engine in the middle of a request; the first ones are those of bhCrash.
enum {
  bhLastAnswerDeadline = 3,  // the time of the request is over
  bhLastAnswerLeft = 4,      // a library ended the process
  bhLastAnswerPages = 5,     // the document has too many pages
  bhLastAnswerCount = 6,
};

/// Keeps what an engine is to say when this ends it; -1 if it is too long. Handlers of signals can
/// make no text themselves.
int bhPrepareLastAnswer(int cause, const char *text, size_t count);

/// From now on an end gives the prepared answer on this descriptor; after `seconds`, unless 0, the
/// request is late. Crashes end the process with status 1.
void bhLastAnswersReady(int descriptor, double seconds);

/// The request is answered; an end says nothing.
void bhLastAnswersDone(void);

/// Gives one of the prepared answers now.
void bhGiveLastAnswer(int cause);

/// Takes away, for good: gaining privileges, sockets but those of the machine itself, and calls that
/// no reader of documents needs (tracing, mounting, name spaces, kernel modules, keys). -1 where the
/// kernel refuses.
int bhForbidSystemCalls(void);

// MARK: Other programs

/// Runs another program to its end: in a process group of its own, without a network where the
/// kernel lets us take it away, with nothing on its standard streams.
///
/// The group is killed when the time is over, and what the program leaves running when it ends; the
/// program is killed when this process dies. Both lists end with NULL.
///
/// Returns 0 with the exit status, or 128 and the signal, in `*status`; 1 when the time was over, -1 on failure with errno.
int bhRunProgram(char *const *arguments, char *const *environment, uint64_t memoryBytes,
                 double seconds, int *status);

/// Removes a folder and all in it; links are not followed.
void bhRemoveTree(const char *path);

#ifdef __cplusplus
}
#endif

#endif
