// See Crash.h.

#define _GNU_SOURCE
#include "Crash.h"

#include <errno.h>
#include <stddef.h>
#include <ucontext.h>

// A stack overflow leaves no room on the stack itself.
static char crashStack[1 << 16];

// A fault this close to the stack pointer is the stack's own: frames and red zones are smaller,
// wild pointers are seldom that near.
static const uintptr_t stackReach = 1 << 20;

static uintptr_t stackPointer(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
  return (uintptr_t)context->uc_mcontext.sp;
#else
  (void)context;
  return 0;
#endif
}

enum bhCrash bhCrashCause(int signal, const siginfo_t *info, const void *context) {
  // Set by the allocation that failed; what follows it up to the abort does not succeed in
  // anything that would set it anew.
  if (errno == ENOMEM) return bhCrashMemory;
  if (signal == SIGSEGV || signal == SIGBUS) {
    const uintptr_t fault = (uintptr_t)info->si_addr;
    const uintptr_t stack = stackPointer(context);
    const uintptr_t distance = fault > stack ? fault - stack : stack - fault;
    if (distance < stackReach) return bhCrashStack;
  }
  return bhCrashUnknown;
}

void bhHandleCrashes(void (*handler)(int, siginfo_t *, void *)) {
  const stack_t stack = {.ss_sp = crashStack, .ss_size = sizeof crashStack};
  sigaltstack(&stack, NULL);
  struct sigaction action = {0};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
  const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, 0);
}

void bhLimit(__rlimit_resource_t resource, uint64_t bytes) {
  struct rlimit current;
  if (bytes == 0 || getrlimit(resource, &current) != 0) return;
  // A limit set from outside that is lower stays.
  if (current.rlim_max != RLIM_INFINITY && current.rlim_max < bytes) bytes = current.rlim_max;
  current.rlim_cur = bytes;
  setrlimit(resource, &current);
}
