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

#include "FlateRows.h"
#include "OpenDocument.h"
#include "PageResources.h"

namespace {

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

/// More samples than this on a row or column of a pixel could not be added up.
constexpr double mostSamples = 1 << 12;

/// Where the samples of each pixel begin in a part of a row or column, and where the last one's end;
/// empty where there are fewer samples than pixels, or very many more.
std::vector<int> edges(int samples, double from, double to, int pixels) {
  const double first = std::floor(std::clamp(from, 0.0, 1.0) * samples);
  const double count = std::ceil(std::clamp(to, 0.0, 1.0) * samples) - first;
  if (pixels < 1 || !(count >= pixels && count / pixels < mostSamples)) return {};
  std::vector<int> starts(static_cast<size_t>(pixels) + 1);
  for (int i = 0; i <= pixels; i++) {
    starts[static_cast<size_t>(i)] = static_cast<int>(first + std::floor(i * count / pixels));
  }
  return starts;
}

/// Reads rows of samples and takes the mean of those on each pixel: of their greys where there is one
/// component, else of the components, whose grey is that of the pixel.
template <int components, typename Rows>
void shrink(Rows &rows, GfxImageColorMap &colors, const std::vector<int> &columns,
            const std::vector<int> &lines, uint8_t *pixels) {
  std::array<unsigned char, 256> greys{};
  bool isGrey = components > 1;
  for (int value = 0; components == 1 && value < 1 << colors.getBits(); value++) {
    const auto sample = static_cast<unsigned char>(value);
    GfxGray grey;
    colors.getGray(&sample, &grey);
    greys[sample] = colToByte(grey);
    isGrey = (value == 0 || isGrey) && greys[sample] == value;
  }
  const size_t first = static_cast<size_t>(columns.front()) * components;
  const size_t length = static_cast<size_t>(columns.back()) * components - first;
  std::vector<uint32_t> sums(length);
  // Charts are even: most pixels have the colour of the one before.
  std::array<unsigned char, components> last{};
  uint8_t lastGrey = 0;
  bool hasLast = false;
  for (int rest = lines[0]; rest > 0; rest--) rows.getLine();
  for (size_t y = 0; y + 1 < lines.size(); y++) {
    // Down first, over all columns at once.
    std::fill(sums.begin(), sums.end(), 0);
    uint32_t *sum = sums.data();
    for (int rest = lines[y + 1] - lines[y]; rest > 0; rest--) {
      const unsigned char *row = rows.getLine();
      if (row == nullptr) break;
      row += first;
      if (isGrey) {
        for (size_t i = 0; i < length; i++) sum[i] += row[i];
      } else {
        for (size_t i = 0; i < length; i++) sum[i] += greys[row[i]];
      }
    }
    const auto height = static_cast<uint32_t>(lines[y + 1] - lines[y]);
    const int *const end = &columns.back();
    for (const int *column = columns.data(); column < end; column++) {
      const int width = column[1] - column[0];
      const uint32_t count = static_cast<uint32_t>(width) * height;
      std::array<uint32_t, components> across{};
      // A pixel has two or three samples of a row: too few for vectors.
#pragma clang loop vectorize(disable) unroll(disable)
      for (int rest = width; rest > 0; rest--) {
        for (uint32_t &value : across) value += *sum++;
      }
      if (components == 1) {
        *pixels++ = static_cast<uint8_t>(across[0] / count);
        continue;
      }
      std::array<unsigned char, components> mean;
      for (size_t i = 0; i < components; i++) {
        mean[i] = static_cast<unsigned char>(across[i] / count);
      }
      if (!hasLast || mean != last) {
        GfxGray grey;
        colors.getGray(mean.data(), &grey);
        last = mean;
        lastGrey = colToByte(grey);
        hasLast = true;
      }
      *pixels++ = lastGrey;
    }
  }
}

/// - Returns: Whether images of so many components are known.
template <typename Rows>
bool shrink(Rows &rows, GfxImageColorMap &colors, const std::vector<int> &columns,
            const std::vector<int> &lines, uint8_t *pixels) {
  rewind(rows);
  const int components = colors.getNumPixelComps();
  switch (components) {
    case 1: shrink<1>(rows, colors, columns, lines, pixels); break;
    case 3: shrink<3>(rows, colors, columns, lines, pixels); break;
    case 4: shrink<4>(rows, colors, columns, lines, pixels); break;
    default: break;
  }
  rows.close();
  return components == 1 || components == 3 || components == 4;
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

    Stream *const stream = image.getStream();
    const int components = colors.getNumPixelComps();
    bool isKnown;
    if (auto deflated = bits == 8 ? FlateRows::of(stream, dictionary, width, components) : nullptr) {
      isKnown = shrink(*deflated, colors, columns, lines, pixels);
    } else {
      ImageStream rows(stream, width, components, bits);
      isKnown = shrink(rows, colors, columns, lines, pixels);
    }
    return isKnown ? bhStatusOK : bhStatusDamaged;
  } catch (const std::bad_alloc &) {
    return bhStatusOutOfMemory;
  } catch (...) {
    return bhStatusInternal;
  }
}
