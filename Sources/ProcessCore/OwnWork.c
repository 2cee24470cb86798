// See processcore.h.
//
// Whatever ends the work early ends up in `startAnew`: nothing of this process can be trusted then,
// so the program is executed again, with what happened in its environment. All that is needed for
// it is prepared before the work starts; the handlers call only what signal handlers may.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "Crash.h"

#define ENDING "BOXHEAD_ENDING="

static struct {
  volatile sig_atomic_t isActive;
  volatile sig_atomic_t lastPage;
  struct itimerval stall;
  struct rlimit data, stack, core;
  sigset_t mask;
  int errors;       // standard error as it was, or -1
  int diagnostics;  // read end of what libraries print, or -1
  char *const *arguments;
  char **environment;
  char ending[128];
} own = {.errors = -1, .diagnostics = -1};

static const struct itimerval noTimer;

static char *append(char *end, long number) {
  char digits[24];
  int count = 0;
  unsigned long rest = number < 0 ? -(unsigned long)number : (unsigned long)number;
  do digits[count++] = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0) *end++ = '-';
  while (count > 0) *end++ = digits[--count];
  *end++ = ' ';
  *end = 0;
  return end;
}

static void startAnew(enum bhOwnEndingKind kind, int detail, int cause) {
  setitimer(ITIMER_REAL, &noTimer, NULL);
  setrlimit(RLIMIT_DATA, &own.data);
  setrlimit(RLIMIT_STACK, &own.stack);
  setrlimit(RLIMIT_CORE, &own.core);
  if (own.errors >= 0) {
    dup2(own.errors, STDERR_FILENO);
    fcntl(own.diagnostics, F_SETFD, 0);
  }
  char *end = own.ending + sizeof ENDING - 1;
  const long numbers[] = {getpid(), kind, detail, cause, own.lastPage, own.diagnostics};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) end = append(end, numbers[i]);
  sigprocmask(SIG_SETMASK, &own.mask, NULL);
  execve("/proc/self/exe", own.arguments, own.environment);
  // Without /proc the path that the program was started by is the next best.
  execve((const char *)getauxval(AT_EXECFN), own.arguments, own.environment);
}

static void crashed(int signal, siginfo_t *info, void *context) {
  // Without work the signal does what it always did: the handler is gone, and the fault recurs.
  if (!own.isActive) return;
  startAnew(bhOwnCrashed, signal, bhCrashCause(signal, info, context));
}

static void stalled(int signal) {
  if (own.isActive) startAnew(bhOwnStalled, signal, 0);
}

static void interrupted(int signal) {
  if (own.isActive) startAnew(bhOwnInterrupted, signal, 0);
}

static void left(int status, void *unused) {
  (void)unused;
  if (own.isActive) startAnew(bhOwnLeft, status, 0);
}

static void redirectErrors(void) {
  int ends[2];
  own.errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (own.errors < 0) return;
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    close(own.errors);
    own.errors = -1;
    return;
  }
  own.diagnostics = ends[0];
  dup2(ends[1], STDERR_FILENO);
  close(ends[1]);
}

// A signal may be blocked by the program that started this one: then it would never come, and a
// crash would end the process without a word.
static void unblockSignals(void) {
  const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT,
                         SIGALRM, SIGINT, SIGTERM, SIGHUP};
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&set, signals[i]);
  sigprocmask(SIG_UNBLOCK, &set, &own.mask);
}

static void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {0};
  // A background job of a script ignores interrupts; that stays so.
  if (sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN && signal != SIGALRM)
    return;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK | SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

static bool copyEnvironment(void) {
  size_t count = 0;
  while (environ[count] != NULL) count++;
  own.environment = calloc(count + 2, sizeof *own.environment);
  if (own.environment == NULL) return false;
  memcpy(own.ending, ENDING, sizeof ENDING);
  char **next = own.environment;
  *next++ = own.ending;
  for (size_t i = 0; i < count; i++) {
    if (strncmp(environ[i], ENDING, sizeof ENDING - 1) != 0) *next++ = environ[i];
  }
  return true;
}

enum { firstMemory = 1 << 20, pageBytes = 1 << 12 };

// Memory that a page has used is not given back to the system, since the next page needs as much:
// each page of memory that comes anew costs a fault. Nor is it asked for in small steps.
static void keepMemory(void) {
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  // The smallest document takes a mebibyte: asked for at once, it costs one call and not a fault
  // for each page. Kernels that do not know the call do without.
  char *const block = malloc(firstMemory);
  if (block == NULL) return;
  char *const start = (char *)(((uintptr_t)block + pageBytes - 1) & ~(uintptr_t)(pageBytes - 1));
  madvise(start, firstMemory - pageBytes, MADV_POPULATE_WRITE);
  free(block);
}

int bhOwnWorkBegin(const bhWorkerLimits *limits, double stallSeconds, char *const *arguments) {
  static bool watchesExit = false;
  if (!watchesExit && on_exit(left, NULL) != 0) return -1;
  watchesExit = true;
  own.arguments = arguments;
  if (!copyEnvironment()) return -1;
  getrlimit(RLIMIT_DATA, &own.data);
  getrlimit(RLIMIT_STACK, &own.stack);
  getrlimit(RLIMIT_CORE, &own.core);
  const double microseconds = stallSeconds * 1e6;
  own.stall.it_value.tv_sec = (time_t)stallSeconds;
  own.stall.it_value.tv_usec = (suseconds_t)(microseconds - 1e6 * own.stall.it_value.tv_sec);
  // A timer of nothing would never end.
  if (microseconds < 1) own.stall.it_value.tv_usec = 1;
  own.lastPage = 0;
  keepMemory();
  redirectErrors();
  bhHandleCrashes(crashed);
  handle(SIGALRM, stalled);
  handle(SIGINT, interrupted);
  handle(SIGTERM, interrupted);
  handle(SIGHUP, interrupted);
  bhLimit(RLIMIT_DATA, limits->memoryBytes);
  bhLimit(RLIMIT_STACK, limits->stackBytes);
  const struct rlimit none = {0, own.core.rlim_max};
  setrlimit(RLIMIT_CORE, &none);
  own.isActive = 1;
  unblockSignals();
  errno = 0;
  return 0;
}

void bhOwnWorkContinues(int page) {
  if (page > 0) own.lastPage = page;
  setitimer(ITIMER_REAL, &own.stall, NULL);
}

void bhOwnWorkWaits(void) { setitimer(ITIMER_REAL, &noTimer, NULL); }

void bhOwnWorkEnd(void) {
  own.isActive = 0;
  setitimer(ITIMER_REAL, &noTimer, NULL);
  if (own.errors >= 0) {
    dup2(own.errors, STDERR_FILENO);
    close(own.errors);
    close(own.diagnostics);
    own.errors = own.diagnostics = -1;
  }
  free(own.environment);
  own.environment = NULL;
}

int bhOwnWorkEnding(bhOwnEnding *ending) {
  const char *text = getenv("BOXHEAD_ENDING");
  if (text == NULL) return 0;
  int numbers[6];
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    char *end;
    const long number = strtol(text, &end, 10);
    if (end == text) return 0;
    numbers[i] = (int)number;
    text = end;
  }
  // The environment of another process is inherited, and says nothing about this one.
  if (numbers[0] != getpid()) return 0;
  *ending = (bhOwnEnding){numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]};
  return 1;
}
