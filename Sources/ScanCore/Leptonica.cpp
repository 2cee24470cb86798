#include "Leptonica.h"

#include <dlfcn.h>

#include <initializer_list>

namespace boxhead {

namespace {

bool load(Leptonica &library) {
  // The library changed its name with version 1.83; the functions are the same.
  void *handle = nullptr;
  for (const char *name : {"libleptonica.so.6", "liblept.so.5"}) {
    handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    if (handle != nullptr) break;
  }
  if (handle == nullptr) return false;
#define BOXHEAD_FIND(name)                                                   \
  library.name = reinterpret_cast<decltype(library.name)>(dlsym(handle, #name)); \
  if (library.name == nullptr) return false;
  BOXHEAD_LEPTONICA(BOXHEAD_FIND)
#undef BOXHEAD_FIND
  // What goes wrong is told by results; nothing is printed.
  library.setMsgSeverity(L_SEVERITY_NONE);
  return true;
}

}  // namespace

const Leptonica *Leptonica::get() {
  static Leptonica library;
  static const bool isLoaded = load(library);
  return isLoaded ? &library : nullptr;
}

}  // namespace boxhead
