// See processcore.h: running another program under limits.

#define _GNU_SOURCE
#include "include/processcore.h"

#include "Crash.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void becomeProgram(char *const *arguments, char *const *environment, uint64_t memoryBytes,
                          pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  // Root may leave the network, others where the kernel gives them a user namespace of their own.
  if (unshare(CLONE_NEWNET) != 0) (void)unshare(CLONE_NEWUSER | CLONE_NEWNET);
  bhLimit(RLIMIT_DATA, memoryBytes);
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  sigset_t set;
  sigemptyset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  signal(SIGPIPE, SIG_DFL);
  const int nothing = open("/dev/null", O_RDWR);
  if (nothing < 0) _exit(127);
  for (int stream = 0; stream < 3; stream++) dup2(nothing, stream);
  execve(arguments[0], arguments, environment);
  _exit(127);
}

int bhRunProgram(char *const *arguments, char *const *environment, uint64_t memoryBytes,
                 double seconds, int *status) {
  const pid_t parent = getpid();
  const double end = now() + seconds;
  const pid_t process = fork();
  if (process < 0) return -1;
  if (process == 0) becomeProgram(arguments, environment, memoryBytes, parent);
  // Whichever of the two comes first.
  setpgid(process, process);
  const struct timespec pause = {0, 10 * 1000 * 1000};
  int isOver = 0;
  for (;;) {
    const pid_t ended = waitpid(process, status, isOver ? 0 : WNOHANG);
    if (ended == process) break;
    if (ended < 0 && errno != EINTR) return -1;
    if (!isOver && now() >= end) {
      isOver = 1;
      kill(-process, SIGKILL);
    }
    if (!isOver) nanosleep(&pause, NULL);
  }
  kill(-process, SIGKILL);
  // As shells say it: the exit status, or 128 and the number of the signal.
  *status = WIFSIGNALED(*status) ? 128 + WTERMSIG(*status) : WEXITSTATUS(*status);
  return isOver;
}

static int removed(const char *path, const struct stat *status, int kind, struct FTW *place) {
  (void)status, (void)kind, (void)place;
  return remove(path);
}

void bhRemoveTree(const char *path) { nftw(path, removed, 16, FTW_DEPTH | FTW_PHYS); }
