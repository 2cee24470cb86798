// The functions of leptonica that are used, found when the library is first needed.

#pragma once

#include <leptonica/allheaders.h>

// Each name here becomes a pointer of the type that the library's own header declares.
#define BOXHEAD_LEPTONICA(apply)                                                              \
  apply(pixCreate) apply(pixDestroy) apply(pixGetData) apply(pixGetWpl) apply(pixGetWidth)    \
  apply(pixGetHeight) apply(pixRotateOrth) apply(pixRotate) apply(pixFindSkew) apply(pixCopy) apply(pixBlockconv) \
  apply(pixBackgroundNormSimple) apply(pixSauvolaBinarizeTiled) apply(pixCloseSafeBrick)      \
  apply(pixOpenBrick) apply(pixDilateBrick) apply(pixConnCompBB) apply(pixClipRectangle) apply(pixClearInRect)      \
  apply(pixSelectBySize) apply(boxaGetCount) apply(boxaGetBoxGeometry) apply(boxaDestroy)     \
  apply(boxCreate) apply(boxDestroy) apply(pixThresholdToBinary)                        \
  apply(pixSetResolution) apply(setMsgSeverity) apply(pixReadHeaderMem) apply(pixReadMem)     \
  apply(pixReadMemFromMultipageTiff) apply(pixConvertTo32) apply(pixGetXRes)

namespace boxhead {

struct Leptonica {
#define BOXHEAD_DECLARE(name) decltype(&::name) name;
  BOXHEAD_LEPTONICA(BOXHEAD_DECLARE)
#undef BOXHEAD_DECLARE

  /// The library, or NULL where it is missing or lacks a function.
  static const Leptonica *get();
};

}  // namespace boxhead
