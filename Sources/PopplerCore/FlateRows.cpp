#include "FlateRows.h"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <Object.h>
#include <Stream.h>

#include "PageResources.h"

namespace {

/// Longer rows are left to poppler; samples.
constexpr int longestRow = 1 << 24;

/// The parameters of the last of an image's filters; null where it has none.
Object parametersOfLast(Dict *image) {
  Object entry = image->lookup("DecodeParms");
  if (entry.isNull()) entry = image->lookup("DP");
  if (!entry.isArray()) return entry;
  const int count = entry.arrayGetLength();
  return count > 0 ? entry.arrayGet(count - 1) : Object(objNull);
}

/// Whether the rows of an image of bytes are those that the predictors of PNG were told of.
bool fits(Dict *parameters, int width, int components) {
  return number(parameters, "Colors", 1) == components &&
         number(parameters, "BitsPerComponent", 8) == 8 && number(parameters, "Columns", 1) == width;
}

unsigned char paeth(int left, int above, int corner) {
  const int toLeft = std::abs(above - corner), toAbove = std::abs(left - corner),
            toCorner = std::abs(left + above - 2 * corner);
  return static_cast<unsigned char>(toLeft <= toAbove && toLeft <= toCorner ? left
                                    : toAbove <= toCorner                   ? above
                                                                            : corner);
}

}  // namespace

std::unique_ptr<FlateRows> FlateRows::of(Stream *image, Dict *dictionary, int width,
                                         int components) {
  if (width < 1 || components < 1 || width > longestRow / components) return nullptr;
  if (image->getKind() != strFlate) return nullptr;
  const Object parameters = parametersOfLast(dictionary);
  const int predictor = parameters.isDict() ? number(parameters.getDict(), "Predictor", 1) : 1;
  // The predictors of PNG are 10 and more; which one it is stands before each row.
  const bool isPredicted = predictor >= 10;
  if (isPredicted ? !fits(parameters.getDict(), width, components) : predictor > 1) return nullptr;
  return std::unique_ptr<FlateRows>(
      new FlateRows(image->getNextStream(), width, components, isPredicted));
}

FlateRows::FlateRows(Stream *source, int width, int components, bool isPredicted)
    : source(source),
      input(1 << 14),
      components(components),
      isPredicted(isPredicted),
      row((static_cast<size_t>(width) + 1) * static_cast<size_t>(components)),
      prior(row.size()) {
  if (inflateInit(&inflation) != Z_OK) throw std::bad_alloc();
  // Nor does poppler look at the checksum.
  inflateValidate(&inflation, 0);
}

FlateRows::~FlateRows() { inflateEnd(&inflation); }

void FlateRows::reset() {
  rewind(*source);
  inflateReset(&inflation);
  inflation.avail_in = 0;
  isAtEnd = false;
  std::fill(row.begin(), row.end(), 0);
}

void FlateRows::close() { source->close(); }

void FlateRows::read(unsigned char *bytes, size_t count) {
  inflation.next_out = bytes;
  inflation.avail_out = static_cast<uInt>(count);
  while (inflation.avail_out > 0 && !isAtEnd) {
    if (inflation.avail_in == 0) {
      inflation.next_in = input.data();
      inflation.avail_in =
          static_cast<uInt>(source->doGetChars(static_cast<int>(input.size()), input.data()));
    }
    isAtEnd = inflation.avail_in == 0 || inflate(&inflation, Z_NO_FLUSH) != Z_OK;
  }
  std::fill(inflation.next_out, inflation.next_out + inflation.avail_out, 255);
}

const unsigned char *FlateRows::getLine() {
  std::swap(row, prior);
  const auto pixel = static_cast<size_t>(components);
  unsigned char *const samples = row.data() + pixel;
  const unsigned char *const above = prior.data() + pixel;
  const size_t length = row.size() - pixel;
  unsigned char filter = 0;
  if (isPredicted) read(&filter, 1);
  read(samples, length);
  switch (filter) {
    case 1:
      for (size_t i = 0; i < length; i++) samples[i] += row[i];
      break;
    case 2:
      for (size_t i = 0; i < length; i++) samples[i] += above[i];
      break;
    case 3:
      for (size_t i = 0; i < length; i++) samples[i] += (row[i] + above[i]) / 2;
      break;
    case 4:
      for (size_t i = 0; i < length; i++) samples[i] += paeth(row[i], above[i], prior[i]);
      break;
    default: break;
  }
  return samples;
}
