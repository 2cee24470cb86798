// One image in grey and small, read from its object alone: no page is painted for it.

#include "popplercore.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

#include <GfxState.h>
#include <Object.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <XRef.h>

#include "OpenDocument.h"
#include "PageResources.h"

namespace {

/// `ImageStream` was `reset` up to poppler 25 and is rewound since.
template <typename Rows>
void rewind(Rows &rows) {
  if constexpr (requires { rows.rewind(); }) {
    (void)rows.rewind();
  } else {
    rows.reset();
  }
}

/// A colour space without its profile: that changes a grey by little, and to read it and ask it for
/// each colour takes longer than the image.
Object withoutProfile(Object space, int depth) {
  if (!space.isArray() || depth > 2) return space;
  Object kind = space.arrayGet(0);
  if (kind.isName("ICCBased")) {
    Object profile = space.arrayGet(1);
    return profile.isStream() ? deviceSpace(profile.streamGetDict()) : Object(objNull);
  }
  if (kind.isName("Indexed") && space.arrayGetLength() == 4) {
    auto *entries = new Array(nullptr);
    Object indexed(entries);
    entries->add(std::move(kind));
    entries->add(withoutProfile(space.arrayGet(1), depth + 1));
    entries->add(space.arrayGet(2));
    entries->add(space.arrayGet(3));
    return indexed;
  }
  return space;
}

/// Where the samples of each pixel begin in a part of a row or column, and where the last one's end;
/// empty where there are fewer samples than pixels.
std::vector<int> edges(int samples, double from, double to, int pixels) {
  const double first = std::floor(std::clamp(from, 0.0, 1.0) * samples);
  const double count = std::ceil(std::clamp(to, 0.0, 1.0) * samples) - first;
  if (pixels < 1 || !(count >= pixels)) return {};
  std::vector<int> starts(static_cast<size_t>(pixels) + 1);
  for (int i = 0; i <= pixels; i++) {
    starts[static_cast<size_t>(i)] = static_cast<int>(first + std::floor(i * count / pixels));
  }
  return starts;
}

/// Reads rows of samples and takes the mean of those on each pixel: of their greys where there is one
/// component, else of the components, whose grey is that of the pixel.
template <int components>
void shrink(ImageStream &rows, GfxImageColorMap &colors, const std::vector<int> &columns,
            const std::vector<int> &lines, uint8_t *pixels) {
  std::array<unsigned char, 256> greys{};
  for (int value = 0; components == 1 && value < 1 << colors.getBits(); value++) {
    const auto sample = static_cast<unsigned char>(value);
    GfxGray grey;
    colors.getGray(&sample, &grey);
    greys[sample] = colToByte(grey);
  }
  const size_t first = static_cast<size_t>(columns.front()) * components;
  std::vector<uint32_t> sums(static_cast<size_t>(columns.back()) * components - first);
  for (int rest = lines[0]; rest > 0; rest--) rows.getLine();
  for (size_t y = 0; y + 1 < lines.size(); y++) {
    // Down first, over all columns at once.
    std::fill(sums.begin(), sums.end(), 0);
    for (int rest = lines[y + 1] - lines[y]; rest > 0; rest--) {
      const unsigned char *row = rows.getLine();
      if (row == nullptr) break;
      row += first;
      for (size_t i = 0; i < sums.size(); i++) sums[i] += components == 1 ? greys[row[i]] : row[i];
    }
    const uint32_t *sum = sums.data();
    for (size_t x = 0; x + 1 < columns.size(); x++) {
      uint64_t across[components] = {};
      for (int rest = columns[x + 1] - columns[x]; rest > 0; rest--) {
        for (int i = 0; i < components; i++) across[i] += *sum++;
      }
      const uint64_t count = static_cast<uint64_t>(columns[x + 1] - columns[x]) *
                             static_cast<uint64_t>(lines[y + 1] - lines[y]);
      unsigned char mean[components];
      for (int i = 0; i < components; i++) mean[i] = static_cast<unsigned char>(across[i] / count);
      GfxGray grey = 0;
      if (components > 1) colors.getGray(mean, &grey);
      *pixels++ = components == 1 ? mean[0] : colToByte(grey);
    }
  }
}

/// Whether an image has no colour: one component, and greys alone for all of its values.
bool isGrey(GfxImageColorMap &colors) {
  if (colors.getNumPixelComps() != 1) return false;
  for (int value = 0; value < 1 << colors.getBits(); value++) {
    const auto sample = static_cast<unsigned char>(value);
    GfxRGB color;
    colors.getRGB(&sample, &color);
    if (colToByte(color.r) != colToByte(color.g) || colToByte(color.g) != colToByte(color.b)) {
      return false;
    }
  }
  return true;
}

/// An entry of an image's dictionary that is a number; 0 for none.
int number(Dict *dictionary, const char *key) {
  Object entry = dictionary->lookup(key);
  return entry.isInt() ? entry.getInt() : 0;
}

}  // namespace

enum bhStatus bhImageSamples(bhDocument *document, int object, bhBox part, int pixelWidth,
                             int pixelHeight, bool isGreyOnly, uint8_t *pixels) {
  try {
    Object image = document->pdf->getXRef()->fetch(object, 0);
    if (!image.isStream()) return bhStatusDamaged;
    Dict *dictionary = image.streamGetDict();
    const int width = number(dictionary, "Width"), height = number(dictionary, "Height");
    const std::vector<int> columns = edges(width, part.minX, part.maxX, pixelWidth);
    const std::vector<int> lines = edges(height, part.minY, part.maxY, pixelHeight);
    if (columns.empty() || lines.empty()) return bhStatusDamaged;
    const int bits = number(dictionary, "BitsPerComponent");
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8) return bhStatusDamaged;

    Object space = withoutProfile(dictionary->lookup("ColorSpace"), 0);
    Object decode = dictionary->lookup("Decode");
    const PDFRectangle nowhere(0, 0, 1, 1);
    GfxState state(72, 72, &nowhere, 0, false);
    auto colorSpace = GfxColorSpace::parse(nullptr, &space, nullptr, &state);
    if (!colorSpace) return bhStatusDamaged;
    GfxImageColorMap colors(bits, &decode, std::move(colorSpace));
    if (!colors.isOk() || (isGreyOnly && !isGrey(colors))) return bhStatusDamaged;

    ImageStream rows(image.getStream(), width, colors.getNumPixelComps(), bits);
    rewind(rows);
    enum bhStatus status = bhStatusOK;
    switch (colors.getNumPixelComps()) {
      case 1: shrink<1>(rows, colors, columns, lines, pixels); break;
      case 3: shrink<3>(rows, colors, columns, lines, pixels); break;
      case 4: shrink<4>(rows, colors, columns, lines, pixels); break;
      default: status = bhStatusDamaged;
    }
    rows.close();
    return status;
  } catch (const std::bad_alloc &) {
    return bhStatusOutOfMemory;
  } catch (...) {
    return bhStatusInternal;
  }
}
