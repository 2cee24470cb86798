#ifndef BOXHEAD_OPENDOCUMENT_H
#define BOXHEAD_OPENDOCUMENT_H

#include <memory>
#include <string>

#include <PDFDoc.h>
#include <SplashOutputDev.h>

#include "GlyphCollector.h"
#include "popplercore.h"

/// What stands behind the handle of an open document.
struct bhDocument {
  std::unique_ptr<PDFDoc> pdf;
  FontTable fonts;
  GlyphCollector collector{fonts};
  /// Paints what is no text; made when it is first asked for. One serves all pages, because the base
  /// class keeps the colour profiles that it has read.
  std::unique_ptr<SplashOutputDev> picturePainter;
  std::string info;
};

/// Width and height of a page as it is seen: of its crop box, after rotation.
struct PageSize {
  int rotation;  // 0, 90, 180 or 270
  double width, height;

  explicit PageSize(Page &page) : rotation(((page.getRotate() % 360) + 360) % 360) {
    const bool isTurned = rotation == 90 || rotation == 270;
    width = isTurned ? page.getCropHeight() : page.getCropWidth();
    height = isTurned ? page.getCropWidth() : page.getCropHeight();
  }
};

#endif
