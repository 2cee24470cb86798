// Image files to pixels, by leptonica.

#include <cstdlib>

#include "Leptonica.h"
#include "scancore.h"

using boxhead::Leptonica;

bhImagePixels bhImageRead(const uint8_t *bytes, size_t count, bool isTIFF, size_t *offset,
                          size_t limit) {
  bhImagePixels result = {};
  const Leptonica *lept = Leptonica::get();
  if (lept == nullptr || count == 0) return result;
  int format = 0, width = 0, height = 0;
  // The header of the first picture stands for all: what a later one claims is bounded by memory.
  if (lept->pixReadHeaderMem(bytes, count, &format, &width, &height, nullptr, nullptr, nullptr) !=
          0 ||
      width <= 0 || height <= 0 || size_t(width) * size_t(height) > limit) {
    return result;
  }
  Pix *read = isTIFF ? lept->pixReadMemFromMultipageTiff(bytes, count, offset)
                     : lept->pixReadMem(bytes, count);
  if (read == nullptr) return result;
  const int resolution = lept->pixGetXRes(read);
  Pix *colored = lept->pixConvertTo32(read);
  lept->pixDestroy(&read);
  if (colored == nullptr) return result;
  width = lept->pixGetWidth(colored);
  height = lept->pixGetHeight(colored);
  if (size_t(width) * size_t(height) <= limit) {
    result.pixels = static_cast<uint8_t *>(std::malloc(size_t(width) * size_t(height) * 3));
  }
  if (result.pixels != nullptr) {
    result.width = width;
    result.height = height;
    result.resolution = resolution;
    const l_uint32 *data = lept->pixGetData(colored);
    const int wordsPerLine = lept->pixGetWpl(colored);
    uint8_t *target = result.pixels;
    for (int y = 0; y < height; y++) {
      const l_uint32 *line = data + size_t(y) * wordsPerLine;
      for (int x = 0; x < width; x++) {
        *target++ = uint8_t(line[x] >> L_RED_SHIFT);
        *target++ = uint8_t(line[x] >> L_GREEN_SHIFT);
        *target++ = uint8_t(line[x] >> L_BLUE_SHIFT);
      }
    }
  }
  lept->pixDestroy(&colored);
  return result;
}

void bhImageFree(bhImagePixels image) { std::free(image.pixels); }
