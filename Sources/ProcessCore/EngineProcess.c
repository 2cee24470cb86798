// See processcore.h: programs that talk through pipes, and what such a program does for itself.

#define _GNU_SOURCE
#include "include/processcore.h"

#include "Crash.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

// MARK: Starting an engine

/// Runs in the memory of the parent until the program is executed, so it calls the system and writes
/// nothing that outlives it.
static void becomeEngine(char *const *arguments, const bhWorkerLimits *limits, pid_t parent,
                         const int *streams) {
  // Of a group of its own: the keys of a terminal reach the supervisor alone.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  for (int stream = 0; stream < 3; stream++) dup2(streams[stream], stream);
  bhLimit(RLIMIT_DATA, limits->memoryBytes);
  bhLimit(RLIMIT_STACK, limits->stackBytes);
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  sigset_t set;
  sigemptyset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  execv(arguments[0], arguments);
  _exit(127);
}

static void closeAll(const int *descriptors, int count) {
  for (int i = 0; i < count; i++) {
    if (descriptors[i] >= 0) close(descriptors[i]);
  }
}

int bhStartEngine(char *const *arguments, const bhWorkerLimits *limits, bhEngine *engine) {
  // Requests, answers and diagnostics; each a reading and a writing end.
  int ends[6] = {-1, -1, -1, -1, -1, -1};
  for (int i = 0; i < 3; i++) {
    if (pipe2(ends + 2 * i, O_CLOEXEC) != 0) {
      const int error = errno;
      closeAll(ends, 6);
      errno = error;
      return -1;
    }
  }
  const pid_t parent = getpid();
  const int streams[3] = {ends[0], ends[3], ends[5]};
  // After a fork, this process would copy each page that it writes to.
  const pid_t process = vfork();
  if (process == 0) {
    becomeEngine(arguments, limits, parent, streams);
  }
  const int error = errno;
  closeAll(streams, 3);
  if (process < 0) {
    const int ours[3] = {ends[1], ends[2], ends[4]};
    closeAll(ours, 3);
    errno = error;
    return -1;
  }
  engine->process = process;
  engine->requests = ends[1];
  engine->answers = ends[2];
  engine->diagnostics = ends[4];
  fcntl(engine->diagnostics, F_SETFL, O_NONBLOCK);
  return 0;
}

// MARK: Last answers

enum { longestAnswer = 2048 };

static struct {
  volatile sig_atomic_t isPrepared;
  int descriptor;
  size_t counts[bhLastAnswerCount];
  char texts[bhLastAnswerCount][longestAnswer];
} last = {.descriptor = -1};

static void answerLast(int cause) {
  if (!last.isPrepared) return;
  last.isPrepared = 0;
  size_t written = 0;
  while (written < last.counts[cause]) {
    const ssize_t count =
        write(last.descriptor, last.texts[cause] + written, last.counts[cause] - written);
    if (count < 0 && errno != EINTR) break;
    if (count > 0) written += (size_t)count;
  }
}

static void crashed(int signal, siginfo_t *info, void *context) {
  answerLast((int)bhCrashCause(signal, info, context));
  _exit(1);
}

static void late(int signal) {
  (void)signal;
  answerLast(bhLastAnswerDeadline);
  _exit(1);
}

static void left(int status, void *unused) {
  (void)status, (void)unused;
  answerLast(bhLastAnswerLeft);
}

int bhPrepareLastAnswer(int cause, const char *text, size_t count) {
  if (cause < 0 || cause >= bhLastAnswerCount || count > longestAnswer) return -1;
  last.isPrepared = 0;
  memcpy(last.texts[cause], text, count);
  last.counts[cause] = count;
  return 0;
}

void bhLastAnswersReady(int descriptor, double seconds) {
  static bool isInstalled = false;
  if (!isInstalled) {
    isInstalled = true;
    bhHandleCrashes(crashed);
    struct sigaction action = {0};
    action.sa_handler = late;
    action.sa_flags = SA_ONSTACK | SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    on_exit(left, NULL);
    // A file that grows beyond a limit fails to be written, and nothing more.
    signal(SIGXFSZ, SIG_IGN);
    // Signals may be blocked by the program that started this one.
    const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGALRM};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&set, signals[i]);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
  }
  last.descriptor = descriptor;
  struct itimerval timer = {0};
  if (seconds > 0) {
    timer.it_value.tv_sec = (time_t)seconds;
    timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
    if (timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0) timer.it_value.tv_usec = 1;
  }
  last.isPrepared = 1;
  errno = 0;
  setitimer(ITIMER_REAL, &timer, NULL);
}

void bhLastAnswersDone(void) {
  last.isPrepared = 0;
  const struct itimerval none = {0};
  setitimer(ITIMER_REAL, &none, NULL);
}

void bhGiveLastAnswer(int cause) {
  if (cause < 0 || cause >= bhLastAnswerCount) return;
  answerLast(cause);
}

// MARK: Giving up rights

int bhForbidSystemCalls(void) {
#if defined(__x86_64__)
  const uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  const uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
  return -1;
#endif
#if defined(__x86_64__) || defined(__aarch64__)
#define FORBID(call)                                      \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), \
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#if defined(__x86_64__)
      // The x32 variants of the calls have numbers from here.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
#endif
      FORBID(ptrace), FORBID(process_vm_readv), FORBID(process_vm_writev), FORBID(mount),
      FORBID(umount2), FORBID(pivot_root), FORBID(unshare), FORBID(setns), FORBID(bpf),
      FORBID(perf_event_open), FORBID(keyctl), FORBID(add_key), FORBID(request_key),
      FORBID(init_module), FORBID(finit_module), FORBID(kexec_load), FORBID(io_uring_setup),
      FORBID(userfaultfd), FORBID(open_by_handle_at),
      // Sockets of the machine itself excepted, which reach nothing outside.
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
#undef FORBID
  const struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? 0 : -1;
#endif
}
