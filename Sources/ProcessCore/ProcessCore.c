// See processcore.h. Linux only: signalfd, PR_SET_PDEATHSIG, RLIMIT_DATA over anonymous maps.

#define _GNU_SOURCE
#include "include/processcore.h"

#include "Crash.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

// The worker's crash handler may use nothing but this.
static int crashDescriptor = -1;

static void crashed(int signal, siginfo_t *info, void *context) {
  const bhReport report = {bhReportCrash, signal, bhCrashCause(signal, info, context), 0};
  ssize_t written = write(crashDescriptor, &report, sizeof report);
  (void)written;
  _exit(1);
}

static void becomeWorker(const bhWorkerLimits *limits, pid_t parent, int reports, int diagnostics) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have died before the line above.
  if (getppid() != parent) _exit(1);
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  bhLimit(RLIMIT_DATA, limits->memoryBytes);
  bhLimit(RLIMIT_STACK, limits->stackBytes);
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  dup2(diagnostics, STDERR_FILENO);
  close(diagnostics);
  crashDescriptor = reports;
  bhHandleCrashes(crashed);
}

int bhStartWorker(const bhWorkerLimits *limits, bhWorker *worker, int *reportsOut) {
  int reports[2];
  int diagnostics[2];
  if (pipe2(reports, O_CLOEXEC) != 0) return -1;
  if (pipe2(diagnostics, O_CLOEXEC | O_NONBLOCK) != 0) {
    close(reports[0]);
    close(reports[1]);
    return -1;
  }
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process == 0) {
    close(reports[0]);
    close(diagnostics[0]);
    becomeWorker(limits, parent, reports[1], diagnostics[1]);
    *reportsOut = reports[1];
    return 0;
  }
  close(reports[1]);
  close(diagnostics[1]);
  if (process < 0) {
    const int error = errno;
    close(reports[0]);
    close(diagnostics[0]);
    errno = error;
    return -1;
  }
  worker->process = process;
  worker->reports = reports[0];
  worker->diagnostics = diagnostics[0];
  return 1;
}

enum bhEnding bhWaitForWorker(pid_t process, int *detail) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    *detail = WTERMSIG(status);
    return bhEndingSignal;
  }
  *detail = WEXITSTATUS(status);
  return bhEndingExit;
}

int bhInterruptDescriptor(void) {
  const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction current;
    // A background job of a script ignores interrupts; that stays so.
    if (sigaction(signals[i], NULL, &current) == 0 && current.sa_handler == SIG_IGN) continue;
    sigaddset(&set, signals[i]);
  }
  if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int bhSaveFileSystem(int descriptor) { return syncfs(descriptor); }

void bhIgnoreBrokenPipes(void) { signal(SIGPIPE, SIG_IGN); }
