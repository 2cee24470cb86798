// What a worker and a process that works itself share: limits, and the handling of crashes.

#ifndef BOXHEAD_CRASH_H
#define BOXHEAD_CRASH_H

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>

#include "include/processcore.h"

/// Lowers or raises the soft limit of a resource; 0 leaves it, and a hard limit that is lower wins.
void bhLimit(__rlimit_resource_t resource, uint64_t bytes);

/// Why a signal came, as far as can be told from within its handler.
enum bhCrash bhCrashCause(int signal, const siginfo_t *info, const void *context);

/// Calls `handler` once, on a stack of its own, when the process crashes.
void bhHandleCrashes(void (*handler)(int, siginfo_t *, void *));

#endif
