// Pages to pixels, with poppler's own rasterizer, and pixels to PNG.

#include "popplercore.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

#include <PDFDoc.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <goo/PNGWriter.h>
#include <splash/SplashBitmap.h>

#include "OpenDocument.h"

namespace {

struct OwnedBitmap : bhBitmap {
  std::unique_ptr<SplashBitmap> content;
};

/// The constructor of `SplashOutputDev` had a parameter for reversed video up to poppler 26.1.
template <typename Device>
std::unique_ptr<Device> makeDevice(SplashColorMode mode, SplashColorPtr paper) {
  if constexpr (std::is_constructible_v<Device, SplashColorMode, int, bool, SplashColorPtr>) {
    return std::make_unique<Device>(mode, 1, false, paper);
  } else {
    return std::make_unique<Device>(mode, 1, paper);
  }
}

/// Leaves text out, and so never looks for a font.
class PicturePainter : public SplashOutputDev {
 public:
  using SplashOutputDev::SplashOutputDev;
  bool useDrawChar() override { return false; }
  bool interpretType3Chars() override { return false; }
};

template <typename Device>
std::unique_ptr<SplashOutputDev> readyDevice(PDFDoc &document, enum bhPixelFormat format) {
  SplashColor paper = {0xFF, 0xFF, 0xFF};
  auto device = makeDevice<Device>(format == bhPixelGrey ? splashModeMono8 : splashModeRGB8, paper);
  device->setFontAntialias(true);
  device->setVectorAntialias(true);
  device->setFreeTypeHinting(false, false);
  device->startDoc(&document);
  return device;
}

/// Paints with a device and takes what it painted.
enum bhStatus paint(bhDocument *document, SplashOutputDev &device, int index, double resolution,
                    bhPixelBox box, bhBitmap **bitmap) {
  document->pdf->displayPageSlice(&device, index + 1, resolution, resolution, 0, false, true, false,
                                  box.x, box.y, box.width, box.height);
  auto result = std::make_unique<OwnedBitmap>();
  result->content.reset(device.takeBitmap());
  if (!result->content || result->content->getDataPtr() == nullptr) return bhStatusOutOfMemory;
  result->width = result->content->getWidth();
  result->height = result->content->getHeight();
  result->bytesPerRow = static_cast<size_t>(result->content->getRowSize());
  result->pixels = result->content->getDataPtr();
  *bitmap = result.release();
  return bhStatusOK;
}

/// The status of an index and of the page there.
enum bhStatus pageStatus(bhDocument *document, int index) {
  if (index < 0 || index >= document->pdf->getNumPages()) return bhStatusNoSuchPage;
  Page *page = document->pdf->getPage(index + 1);
  return page != nullptr && page->isOk() ? bhStatusOK : bhStatusDamaged;
}

}  // namespace

enum bhStatus bhPageSize(bhDocument *document, int index, double *width, double *height) {
  try {
    if (index < 0 || index >= document->pdf->getNumPages()) return bhStatusNoSuchPage;
    Page *page = document->pdf->getPage(index + 1);
    if (page == nullptr || !page->isOk()) return bhStatusDamaged;
    const PageSize size(*page);
    *width = size.width;
    *height = size.height;
    return bhStatusOK;
  } catch (const std::bad_alloc &) {
    return bhStatusOutOfMemory;
  } catch (...) {
    return bhStatusInternal;
  }
}

enum bhStatus bhPageRender(bhDocument *document, int index, double resolution, bhPixelBox box,
                           enum bhPixelFormat format, bhBitmap **bitmap) {
  *bitmap = nullptr;
  try {
    const enum bhStatus status = pageStatus(document, index);
    if (status != bhStatusOK) return status;
    auto device = readyDevice<SplashOutputDev>(*document->pdf, format);
    return paint(document, *device, index, resolution, box, bitmap);
  } catch (const std::bad_alloc &) {
    return bhStatusOutOfMemory;
  } catch (...) {
    return bhStatusInternal;
  }
}

enum bhStatus bhPageRenderPictures(bhDocument *document, int index, double resolution,
                                   bhPixelBox box, bhBitmap **bitmap) {
  *bitmap = nullptr;
  try {
    const enum bhStatus status = pageStatus(document, index);
    if (status != bhStatusOK) return status;
    if (!document->picturePainter) {
      document->picturePainter = readyDevice<PicturePainter>(*document->pdf, bhPixelGrey);
    }
    return paint(document, *document->picturePainter, index, resolution, box, bitmap);
  } catch (const std::bad_alloc &) {
    return bhStatusOutOfMemory;
  } catch (...) {
    return bhStatusInternal;
  }
}

void bhBitmapFree(bhBitmap *bitmap) { delete static_cast<OwnedBitmap *>(bitmap); }

enum bhStatus bhPNGEncode(const bhBitmap *bitmap, enum bhPixelFormat format, double resolution,
                          uint8_t **bytes, size_t *count) {
  *bytes = nullptr;
  *count = 0;
  char *buffer = nullptr;
  size_t length = 0;
  FILE *file = open_memstream(&buffer, &length);
  if (file == nullptr) return bhStatusOutOfMemory;
  bool isWritten = false;
  try {
    PNGWriter writer(format == bhPixelGrey ? PNGWriter::GRAY : PNGWriter::RGB);
    isWritten = writer.init(file, bitmap->width, bitmap->height, resolution, resolution);
    for (int row = 0; isWritten && row < bitmap->height; row++) {
      // libpng reads rows only; its interface has no `const`.
      auto *start = const_cast<unsigned char *>(
          bitmap->pixels + static_cast<size_t>(row) * bitmap->bytesPerRow);
      isWritten = writer.writeRow(&start);
    }
    isWritten = isWritten && writer.close();
  } catch (...) {
    isWritten = false;
  }
  if (std::fclose(file) != 0) isWritten = false;
  if (!isWritten) {
    std::free(buffer);
    return bhStatusInternal;
  }
  *bytes = reinterpret_cast<uint8_t *>(buffer);
  *count = length;
  return bhStatusOK;
}

void bhBytesFree(uint8_t *bytes) { std::free(bytes); }
