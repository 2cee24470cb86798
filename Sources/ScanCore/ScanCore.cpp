// Pictures of scanned pages: light, skew, ink and drawn lines, by leptonica.

#include "scancore.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "Leptonica.h"

using boxhead::Leptonica;

namespace {

struct PixDeleter {
  void operator()(Pix *pix) const { Leptonica::get()->pixDestroy(&pix); }
};
using OwnedPix = std::unique_ptr<Pix, PixDeleter>;

struct BoxaDeleter {
  void operator()(Boxa *boxes) const { Leptonica::get()->boxaDestroy(&boxes); }
};
using OwnedBoxa = std::unique_ptr<Boxa, BoxaDeleter>;

struct BoxDeleter {
  void operator()(Box *box) const { Leptonica::get()->boxDestroy(&box); }
};
using OwnedBox = std::unique_ptr<Box, BoxDeleter>;

bhScanBoxes taken(OwnedBoxa boxa) {
  bhScanBoxes result = {nullptr, 0};
  if (boxa == nullptr) return result;
  const Leptonica &lept = *Leptonica::get();
  const int count = lept.boxaGetCount(boxa.get());
  if (count <= 0) return result;
  result.boxes = static_cast<bhScanBox *>(std::malloc(sizeof(bhScanBox) * count));
  if (result.boxes == nullptr) return result;
  for (int index = 0; index < count; index++) {
    bhScanBox box = {};
    if (lept.boxaGetBoxGeometry(boxa.get(), index, &box.x, &box.y, &box.width, &box.height) != 0) {
      continue;
    }
    result.boxes[result.count++] = box;
  }
  return result;
}

/// How far a colour is from grey.
uint8_t chroma(const uint8_t *pixel) {
  return uint8_t(std::max({pixel[0], pixel[1], pixel[2]}) -
                 std::min({pixel[0], pixel[1], pixel[2]}));
}

/// The value below which a share of counted values lies; 0 where nothing was counted.
int quantile(const std::vector<uint32_t> &counts, double share) {
  uint64_t total = 0;
  for (const uint32_t count : counts) total += count;
  uint64_t seen = 0;
  for (size_t value = 0; value < counts.size(); value++) {
    seen += counts[value];
    if (double(seen) > share * double(total)) return int(value);
  }
  return 0;
}

/// The largest value around each place, along one axis.
void spread(std::vector<uint8_t> &values, int32_t count, int32_t lines, int32_t step,
            int32_t lineStep, int32_t reach) {
  std::vector<uint8_t> line(size_t(count), 0);
  for (int32_t index = 0; index < lines; index++) {
    uint8_t *start = values.data() + size_t(index) * lineStep;
    for (int32_t place = 0; place < count; place++) line[place] = start[size_t(place) * step];
    for (int32_t place = 0; place < count; place++) {
      const int32_t first = std::max(0, place - reach);
      const int32_t last = std::min(count - 1, place + reach);
      start[size_t(place) * step] = *std::max_element(&line[first], &line[last] + 1);
    }
  }
}

/// Takes the coloured ink of a stamp out of the grey picture.
///
/// Coloured ink darkens its lightest channel too, in proportion to its colour: by how much is
/// measured on the stamp itself, most of which lies on paper. What is darker than that is print under
/// it. JPEG keeps colour at half the resolution, so a pixel's colour is the strongest around it, and
/// paper is looked for nearby, where the light is the same.
void removeColor(const Leptonica &lept, Pix *grey, const uint8_t *pixels, size_t bytesPerRow,
                 const bhScanBox &box, double resolution) {
  constexpr uint8_t colored = 48;
  constexpr uint8_t plain = 24;
  constexpr double printDepth = 1.4;   // of what the colour alone would darken
  constexpr double leastThrough = 0.3;  // of the light; darker colour hides what is under it
  constexpr int steps = 100;            // of the ratio of darkness to colour, for one
  const int32_t reach = resolution >= 250 ? 2 : 1;
  const int32_t tile = std::max(16, int32_t(resolution / 8));
  const int32_t across = (box.width + tile - 1) / tile;
  const int32_t down = (box.height + tile - 1) / tile;
  std::vector<uint8_t> colors(size_t(box.width) * box.height);
  std::vector<uint8_t> lights(colors.size());
  std::vector<std::vector<uint32_t>> counts(size_t(across) * down, std::vector<uint32_t>(256));
  std::vector<uint32_t> all(256);
  for (int32_t y = 0; y < box.height; y++) {
    const uint8_t *source = pixels + size_t(box.y + y) * bytesPerRow + size_t(box.x) * 3;
    for (int32_t x = 0; x < box.width; x++, source += 3) {
      const size_t place = size_t(y) * box.width + x;
      colors[place] = chroma(source);
      lights[place] = std::max({source[0], source[1], source[2]});
      if (colors[place] > plain) continue;
      counts[size_t(y / tile) * across + x / tile][lights[place]]++;
      all[lights[place]]++;
    }
  }
  // Most of what has no colour is paper, and the rest is darker.
  constexpr double paperShare = 0.85;
  const int usual = quantile(all, paperShare);
  std::vector<int> papers;
  for (const auto &count : counts) {
    uint32_t total = 0;
    for (const uint32_t one : count) total += one;
    // A tile with little paper may be all print: over one stamp the light hardly changes.
    papers.push_back(total * 3 < uint32_t(tile * tile)
                         ? usual
                         : std::max(quantile(count, paperShare), usual * 4 / 5));
  }
  auto paper = [&](int32_t x, int32_t y) { return papers[size_t(y / tile) * across + x / tile]; };
  std::vector<uint32_t> ratios(steps * 3 / 2 + 1);
  for (int32_t y = 0; y < box.height; y++) {
    for (int32_t x = 0; x < box.width; x++) {
      const size_t place = size_t(y) * box.width + x;
      if (colors[place] <= colored) continue;
      const int dark = std::max(0, paper(x, y) - lights[place]);
      ratios[std::min<size_t>(ratios.size() - 1, size_t(dark) * steps / colors[place])]++;
    }
  }
  const double ratio = double(quantile(ratios, 0.5)) / steps;
  std::vector<uint8_t> strongest = colors;
  spread(strongest, box.width, box.height, 1, box.width, reach);
  spread(strongest, box.height, box.width, box.width, 1, reach);
  l_uint32 *data = lept.pixGetData(grey);
  const int wordsPerLine = lept.pixGetWpl(grey);
  for (int32_t y = 0; y < box.height; y++) {
    l_uint32 *line = data + size_t(box.y + y) * wordsPerLine;
    for (int32_t x = 0; x < box.width; x++) {
      const size_t place = size_t(y) * box.width + x;
      if (strongest[place] <= plain) continue;
      const int white = std::max(paper(x, y), int(lights[place]));
      // What is darker than the stamp can be is print, and its colour only what lies over it.
      const bool isPrint = white - lights[place] > printDepth * ratio * strongest[place];
      const int color = isPrint ? colors[place] : strongest[place];
      // Inks over each other let through what each of them does.
      const double through = 1 - ratio * color / std::max(1, white);
      const int value = int(lights[place] / std::max(leastThrough, through));
      SET_DATA_BYTE(line, box.x + x, std::min(value, white));
    }
  }
}

/// Boxes of seals and stamps: coloured ink that is connected over more than letters are large, but
/// less than a table is. Text and lines that are printed in colour are none.
std::vector<bhScanBox> stamps(const Leptonica &lept, const uint8_t *pixels, int32_t width,
                              int32_t height, size_t bytesPerRow, double resolution) {
  constexpr uint8_t colored = 48;
  constexpr double smallest = 36;  // points
  constexpr double largest = 190;  // points
  OwnedPix mask(lept.pixCreate(width, height, 1));
  if (mask == nullptr) return {};
  l_uint32 *data = lept.pixGetData(mask.get());
  const int wordsPerLine = lept.pixGetWpl(mask.get());
  bool isColored = false;
  for (int32_t y = 0; y < height; y++) {
    const uint8_t *source = pixels + size_t(y) * bytesPerRow;
    l_uint32 *line = data + size_t(y) * wordsPerLine;
    for (int32_t x = 0; x < width; x++, source += 3) {
      if (chroma(source) > colored) {
        SET_DATA_BIT(line, x);
        isColored = true;
      }
    }
  }
  if (!isColored) return {};
  const double scale = resolution / 72;
  const int gap = std::max(3, int(3 * scale)) | 1;
  OwnedPix closed(lept.pixCloseSafeBrick(nullptr, mask.get(), gap, gap));
  if (closed == nullptr) return {};
  const bhScanBoxes boxes = taken(OwnedBoxa(lept.pixConnCompBB(closed.get(), 8)));
  std::vector<bhScanBox> result;
  const int margin = int(3 * scale);
  for (size_t index = 0; index < boxes.count; index++) {
    const bhScanBox box = boxes.boxes[index];
    const double low = std::min(box.width, box.height) / scale;
    const double high = std::max(box.width, box.height) / scale;
    if (low < smallest || high > largest) continue;
    const int32_t x = std::max(0, box.x - margin);
    const int32_t y = std::max(0, box.y - margin);
    result.push_back({x, y, std::min(width, box.x + box.width + margin) - x,
                      std::min(height, box.y + box.height + margin) - y});
  }
  bhScanBoxesFree(boxes);
  return result;
}

/// Makes faint ink as dark as ink is: pale print and fine lines that blur has spread would be paper.
///
/// The darkest part of a page is ink, but for pages that are all but empty, which are left as they are.
/// Shadings and what shines through are paler than the ink of their page, and stay so. Returns whether
/// the ink was faint.
bool darkenInk(const Leptonica &lept, Pix *grey) {
  constexpr int paper = 200;           // what evening out makes of it
  constexpr int faint = paper / 2;     // paler ink is faint; on darker pages dirt would be darkened too
  constexpr int dark = 40;             // about what ink of sound print is
  constexpr double inkShare = 0.002;   // of a page that is surely ink: one line of text
  constexpr int leastContrast = 40;    // less is noise
  const int32_t width = lept.pixGetWidth(grey);
  const int32_t height = lept.pixGetHeight(grey);
  const int wordsPerLine = lept.pixGetWpl(grey);
  l_uint32 *data = lept.pixGetData(grey);
  std::vector<uint32_t> counts(256);
  for (int32_t y = 0; y < height; y++) {
    const l_uint32 *line = data + size_t(y) * wordsPerLine;
    for (int32_t x = 0; x < width; x++) counts[GET_DATA_BYTE(line, x)]++;
  }
  const int ink = quantile(counts, inkShare);
  if (ink <= faint || paper - ink < leastContrast) return false;
  uint8_t darkened[256];
  for (int value = 0; value < 256; value++) {
    const int below = (paper - value) * (paper - dark) / (paper - ink);
    darkened[value] = uint8_t(value >= paper ? value : std::max(0, paper - below));
  }
  for (int32_t y = 0; y < height; y++) {
    l_uint32 *line = data + size_t(y) * wordsPerLine;
    for (int32_t x = 0; x < width; x++) SET_DATA_BYTE(line, x, darkened[GET_DATA_BYTE(line, x)]);
  }
  return true;
}

/// Adds fine lines to ink: pixels darker than what lies on both sides of them.
///
/// Where ink is faint, fine lines are paler than print and no threshold tells them from paper, but both
/// of their sides do. Strokes that end on a line of text are as dark as it, so no line is made of text.
bool addRidges(const Leptonica &lept, Pix *grey, Pix *ink, bool isVertical, double resolution) {
  constexpr int depth = 24;  // of 200: three times what noise leaves of three pixels
  const int32_t side = std::max(2, int32_t(resolution / 50));  // beyond the blur of a line
  const int32_t width = lept.pixGetWidth(grey);
  const int32_t height = lept.pixGetHeight(grey);
  OwnedPix smooth(lept.pixBlockconv(grey, isVertical ? 0 : 1, isVertical ? 1 : 0));
  if (smooth == nullptr) return false;
  const l_uint32 *data = lept.pixGetData(smooth.get());
  const int wordsPerLine = lept.pixGetWpl(smooth.get());
  l_uint32 *inkData = lept.pixGetData(ink);
  const int inkWords = lept.pixGetWpl(ink);
  const int32_t across = isVertical ? side : 0;
  const int32_t down = isVertical ? 0 : side;
  for (int32_t y = down; y < height - down; y++) {
    const l_uint32 *before = data + size_t(y - down) * wordsPerLine;
    const l_uint32 *line = data + size_t(y) * wordsPerLine;
    const l_uint32 *behind = data + size_t(y + down) * wordsPerLine;
    l_uint32 *inkLine = inkData + size_t(y) * inkWords;
    for (int32_t x = across; x < width - across; x++) {
      const int sides =
          std::min(GET_DATA_BYTE(before, x - across), GET_DATA_BYTE(behind, x + across));
      if (sides - int(GET_DATA_BYTE(line, x)) >= depth) SET_DATA_BIT(inkLine, x);
    }
  }
  return true;
}

/// Fine lines of which copying has left crumbs: rows that hold more ink over a stretch of the page than
/// anything beside them does.
///
///     ▪ ▪▪   ▪ ▪  ▪▪▪ ▪     ▪▪   ▪  ▪     no run is long, and no gap is short; but the rows above and
///                                         below are white, as they never are along a line of text
///
/// Ink is counted in a window that goes along each row. The dots of a leader are as sparse, but they
/// are evenly spaced, and crumbs are not. Strokes that stand above each other in a column of figures
/// are longer than crumbs, and leave the white between rows of text.
class CrumbledLines {
 public:
  CrumbledLines(const Leptonica &lept, Pix *ink, double resolution)
      : lept(lept),
        width(lept.pixGetWidth(ink)),
        height(lept.pixGetHeight(ink)),
        half(int32_t(window / 2 * resolution / 72)),
        side(std::max(4, int32_t(white * resolution / 72))),
        least(int32_t(leastShare * 2 * half)),
        gap(int32_t(rowGap * resolution / 72)),
        stroke(int32_t(shortStroke * resolution / 72)),
        data(lept.pixGetData(ink)),
        wordsPerLine(lept.pixGetWpl(ink)) {}

  /// A picture of the lines, a row thick, or NULL without memory.
  OwnedPix picture() {
    OwnedPix lines(lept.pixCreate(width, height, 1));
    const int32_t kept = 2 * side + 1;
    if (lines == nullptr || width <= 2 * half || height <= kept) return lines;
    rows.assign(size_t(kept), std::vector<uint16_t>(size_t(width)));
    totals.assign(size_t(kept), 0);
    sums.assign(size_t(width), 0);
    for (int32_t y = 0; y < height; y++) {
      count(y);
      if (y + 1 >= kept && total(y - side) >= least / 2) mark(y - side, lines.get());
    }
    return lines;
  }

 private:
  static constexpr double window = 36;       // points; a few words long
  static constexpr double white = 1.5;       // points above and below a line
  static constexpr double leastShare = 0.15;  // of a stretch that has ink, on three rows
  static constexpr int sidesShare = 5;       // of that, at most one part of so many on a row beside it
  static constexpr double uneven = 0.5;      // how far gaps differ, as a share of their mean
  static constexpr double rowGap = 4;        // points; the white between rows of small type
  static constexpr double gapsShare = 0.4;   // of a line that may be in gaps as wide as that
  static constexpr double shortStroke = 3;   // points; half of a figure of small type
  static constexpr double strokesShare = 0.4;  // of the ink that may be in runs as long as that

  const Leptonica &lept;
  const int32_t width, height, half, side, least, gap, stroke;
  const l_uint32 *data;
  const int wordsPerLine;
  /// For the last rows, how much ink is around each place, and in all.
  std::vector<std::vector<uint16_t>> rows;
  std::vector<int32_t> totals;
  std::vector<int32_t> sums;

  const std::vector<uint16_t> &row(int32_t y) const { return rows[size_t(y) % rows.size()]; }
  int32_t total(int32_t y) const { return totals[size_t(y) % totals.size()]; }
  bool isInk(int32_t x, int32_t y) const {
    return GET_DATA_BIT(data + size_t(y) * wordsPerLine, x) != 0;
  }

  void count(int32_t y) {
    std::vector<uint16_t> &counts = rows[size_t(y) % rows.size()];
    int32_t inside = 0;
    int32_t all = 0;
    for (int32_t x = -half; x < width; x++) {
      if (x + half < width && isInk(x + half, y)) inside++, all++;
      if (x - half - 1 >= 0 && isInk(x - half - 1, y)) inside--;
      if (x >= 0) counts[size_t(x)] = uint16_t(inside);
    }
    totals[size_t(y) % totals.size()] = all;
  }

  /// Marks the lines on a row with white around it.
  void mark(int32_t y, Pix *lines) {
    const auto &above = row(y - 1), &middle = row(y), &below = row(y + 1);
    int32_t start = -1;
    for (int32_t x = 0; x <= width; x++) {
      bool isLine = false;
      if (x < width) {
        const size_t place = size_t(x);
        const int32_t sum = sums[place] = above[place] + middle[place] + below[place];
        isLine = sum >= least && middle[place] > above[place] && middle[place] >= below[place];
        for (int32_t away = 2; isLine && away <= side; away++) {
          isLine = row(y - away)[place] * sidesShare <= sum && row(y + away)[place] * sidesShare <= sum;
        }
      }
      if (isLine && start < 0) start = x;
      if (!isLine && start >= 0) {
        markLine(start, x - 1, y, lines);
        start = -1;
      }
    }
  }

  void markLine(int32_t first, int32_t last, int32_t y, Pix *lines) {
    int64_t all = 0;
    for (int32_t x = first; x <= last; x++) all += sums[size_t(x)];
    const int32_t level = int32_t(all / (last - first + 1)) / 2;
    // Half of the window is beyond the end of a line where half of its ink is missing.
    int32_t start = end(first, -1, level, last);
    int32_t stop = end(last, 1, level, first);
    while (start < stop && !hasInk(start, y)) start++;
    while (stop > start && !hasInk(stop, y)) stop--;
    if (stop - start < 2 * half || !areCrumbs(start, stop, y)) return;
    l_uint32 *line = lept.pixGetData(lines) + size_t(y) * lept.pixGetWpl(lines);
    for (int32_t x = start; x <= stop; x++) SET_DATA_BIT(line, x);
  }

  int32_t end(int32_t from, int32_t step, int32_t level, int32_t other) const {
    int32_t x = from;
    while (sums[size_t(x)] <= level && x != other) x -= step;
    while (std::abs(x - from) < half && x + step >= 0 && x + step < width &&
           sums[size_t(x + step)] > level) {
      x += step;
    }
    return x;
  }

  bool hasInk(int32_t x, int32_t y) const {
    return isInk(x, y - 1) || isInk(x, y) || isInk(x, y + 1);
  }

  bool areCrumbs(int32_t start, int32_t stop, int32_t y) const {
    double count = 0, sum = 0, squares = 0, wide = 0, black = 0, solid = 0;
    int32_t length = 0;
    bool wasInk = true;
    for (int32_t x = start; x <= stop + 1; x++) {
      const bool inked = x <= stop && hasInk(x, y);
      if (x <= stop && inked == wasInk) {
        length++;
        continue;
      }
      if (wasInk) {
        black += length;
        if (length >= stroke) solid += length;
      } else {
        count++;
        sum += length;
        squares += double(length) * length;
        if (length >= gap) wide += length;
      }
      wasInk = inked;
      length = 1;
    }
    if (count < 2) return false;
    const double mean = sum / count;
    return wide <= gapsShare * (stop - start) && solid <= strokesShare * black &&
           std::sqrt(std::max(0.0, squares / count - mean * mean)) >= uneven * mean;
  }
};

}  // namespace

struct bhScan {
  /// 8 bits a pixel, coloured ink left out.
  OwnedPix grey;
  /// 1 bit a pixel, 1 for ink; NULL before `bhScanClean`.
  OwnedPix ink;
  /// The same with the thick strokes that were taken out; NULL where none were.
  OwnedPix wholeInk;
  double resolution = 0;
  /// Whether the picture had black and white only.
  bool isBilevel = false;
  /// Whether its ink was made darker.
  bool isFaint = false;
  /// Where seals and stamps were taken out, in the picture as it came.
  std::vector<bhScanBox> stamps;

  /// The part of a box that lies on the picture.
  bhScanBox clipped(bhScanBox box) const {
    const Leptonica &lept = *Leptonica::get();
    const int32_t width = lept.pixGetWidth(grey.get());
    const int32_t height = lept.pixGetHeight(grey.get());
    const int32_t left = std::clamp(box.x, 0, width);
    const int32_t top = std::clamp(box.y, 0, height);
    const int64_t right = std::clamp<int64_t>(int64_t(box.x) + box.width, left, width);
    const int64_t bottom = std::clamp<int64_t>(int64_t(box.y) + box.height, top, height);
    return {left, top, int32_t(right - left), int32_t(bottom - top)};
  }
};

bool bhScanIsAvailable(void) { return Leptonica::get() != nullptr; }

bhScan *bhScanCreate(const uint8_t *pixels, int32_t width, int32_t height, size_t bytesPerRow,
                     int32_t bytesPerPixel, double resolution) try {
  const Leptonica *lept = Leptonica::get();
  if (lept == nullptr || width <= 0 || height <= 0) return nullptr;
  auto scan = std::make_unique<bhScan>();
  scan->grey.reset(lept->pixCreate(width, height, 8));
  if (scan->grey == nullptr) return nullptr;
  scan->resolution = resolution;
  const int dots = int(std::lround(resolution));
  lept->pixSetResolution(scan->grey.get(), dots, dots);
  if (bytesPerPixel == 3) {
    scan->stamps = stamps(*lept, pixels, width, height, bytesPerRow, resolution);
  }
  l_uint32 *data = lept->pixGetData(scan->grey.get());
  const int wordsPerLine = lept->pixGetWpl(scan->grey.get());
  size_t middling = 0;
  for (int32_t y = 0; y < height; y++) {
    const uint8_t *source = pixels + size_t(y) * bytesPerRow;
    l_uint32 *line = data + size_t(y) * wordsPerLine;
    for (int32_t x = 0; x < width; x++, source += bytesPerPixel) {
      const uint8_t value =
          bytesPerPixel == 1
              ? source[0]
              : uint8_t((source[0] * 77 + source[1] * 150 + source[2] * 29) >> 8);
      if (value > 32 && value < 224) middling++;
      SET_DATA_BYTE(line, x, value);
    }
  }
  for (const bhScanBox &box : scan->stamps) {
    removeColor(*lept, scan->grey.get(), pixels, bytesPerRow, box, resolution);
  }
  scan->isBilevel = double(middling) < 0.001 * double(width) * height;
  return scan.release();
} catch (const std::bad_alloc &) {
  return nullptr;
}

void bhScanFree(bhScan *scan) { delete scan; }

bhScanSize bhScanGetSize(const bhScan *scan) {
  const Leptonica &lept = *Leptonica::get();
  return {lept.pixGetWidth(scan->grey.get()), lept.pixGetHeight(scan->grey.get())};
}

bhScanBoxes bhScanStamps(const bhScan *scan) {
  bhScanBoxes result = {nullptr, 0};
  const size_t count = scan->stamps.size();
  if (count == 0) return result;
  result.boxes = static_cast<bhScanBox *>(std::malloc(sizeof(bhScanBox) * count));
  if (result.boxes == nullptr) return result;
  std::copy(scan->stamps.begin(), scan->stamps.end(), result.boxes);
  result.count = count;
  return result;
}

bool bhScanTurn(bhScan *scan, int32_t quarters) {
  if (quarters % 4 == 0) return true;
  OwnedPix turned(Leptonica::get()->pixRotateOrth(scan->grey.get(), ((quarters % 4) + 4) % 4));
  if (turned == nullptr) return false;
  scan->grey = std::move(turned);
  scan->ink.reset();
  return true;
}

double bhScanStraighten(bhScan *scan) {
  const Leptonica &lept = *Leptonica::get();
  OwnedPix bilevel(lept.pixThresholdToBinary(scan->grey.get(), 160));
  if (bilevel == nullptr) return 0;
  float angle = 0;
  float confidence = 0;
  if (lept.pixFindSkew(bilevel.get(), &angle, &confidence) != 0) return 0;
  // Below this the lines do not stand out; smaller angles than a pixel across the page cost more
  // sharpness than they bring.
  if (confidence < 1.5 || std::abs(angle) < 0.05) return 0;
  const float radians = angle * float(M_PI / 180);
  OwnedPix turned(lept.pixRotate(scan->grey.get(), radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                                 lept.pixGetWidth(scan->grey.get()),
                                 lept.pixGetHeight(scan->grey.get())));
  if (turned == nullptr) return 0;
  // Rotation keeps the middle in place but may grow the frame; cut it back around the middle.
  const int width = lept.pixGetWidth(scan->grey.get());
  const int height = lept.pixGetHeight(scan->grey.get());
  const int x = (lept.pixGetWidth(turned.get()) - width) / 2;
  const int y = (lept.pixGetHeight(turned.get()) - height) / 2;
  if (x > 0 || y > 0) {
    OwnedBox middle(lept.boxCreate(std::max(0, x), std::max(0, y), width, height));
    if (middle == nullptr) return 0;
    OwnedPix cut(lept.pixClipRectangle(turned.get(), middle.get(), nullptr));
    if (cut == nullptr) return 0;
    turned = std::move(cut);
  }
  scan->grey = std::move(turned);
  scan->ink.reset();
  return angle;
}

bool bhScanClean(bhScan *scan) {
  // Engines know print with soft edges. Where strokes are several pixels wide, edges of black and white are
  // made soft, which also fills the holes of crumbled print.
  constexpr double fineResolution = 190;
  const Leptonica &lept = *Leptonica::get();
  if (scan->isBilevel) {
    scan->ink.reset(lept.pixThresholdToBinary(scan->grey.get(), 128));
    if (scan->ink == nullptr || scan->resolution < fineResolution) return scan->ink != nullptr;
    OwnedPix smooth(lept.pixBlockconv(scan->grey.get(), 1, 1));
    if (smooth == nullptr) return false;
    scan->grey = std::move(smooth);
    return true;
  }
  OwnedPix even(lept.pixBackgroundNormSimple(scan->grey.get(), nullptr, nullptr));
  if (even != nullptr) {
    scan->grey = std::move(even);
    scan->isFaint = darkenInk(lept, scan->grey.get());
  }
  // Sauvola and Pietikäinen, "Adaptive document image binarization", Pattern Recognition 33 (2000):
  // a window of about two lines of text, and the share of contrast that counts as ink.
  const int window = std::max(8, int(scan->resolution / 9));
  const int width = lept.pixGetWidth(scan->grey.get());
  const int height = lept.pixGetHeight(scan->grey.get());
  Pix *ink = nullptr;
  if (width > 2 * window + 2 && height > 2 * window + 2 &&
      lept.pixSauvolaBinarizeTiled(scan->grey.get(), window, 0.30f, 1, 1, nullptr, &ink) == 0) {
    scan->ink.reset(ink);
  } else {
    scan->ink.reset(lept.pixThresholdToBinary(scan->grey.get(), 160));
  }
  return scan->ink != nullptr;
}

bhScanBoxes bhScanLines(const bhScan *scan, bool isVertical, int32_t minimumLength, int32_t gap) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBoxes none = {nullptr, 0};
  if (scan->ink == nullptr || minimumLength < 2) return none;
  const int across = 1;
  OwnedPix ridges;
  if (scan->isFaint) {
    ridges.reset(lept.pixCopy(nullptr, scan->ink.get()));
    if (ridges == nullptr || !addRidges(lept, scan->grey.get(), ridges.get(), isVertical,
                                        scan->resolution)) {
      return none;
    }
  }
  Pix *source = ridges != nullptr ? ridges.get() : scan->ink.get();
  OwnedPix closed;
  if (gap > 1) {
    closed.reset(lept.pixCloseSafeBrick(nullptr, source, isVertical ? across : gap,
                                        isVertical ? gap : across));
    if (closed == nullptr) return none;
    source = closed.get();
  }
  OwnedPix opened(lept.pixOpenBrick(nullptr, source, isVertical ? across : minimumLength,
                                    isVertical ? minimumLength : across));
  if (opened == nullptr) return none;
  // A line that is not quite straight has runs on several rows; those that touch are one line.
  OwnedPix joined(lept.pixCloseSafeBrick(nullptr, opened.get(), isVertical ? 3 : minimumLength / 2,
                                         isVertical ? minimumLength / 2 : 3));
  if (joined == nullptr) return none;
  return taken(OwnedBoxa(lept.pixConnCompBB(joined.get(), 8)));
}

bhScanBoxes bhScanCrumbledLines(const bhScan *scan, bool isVertical) try {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBoxes none = {nullptr, 0};
  if (scan->ink == nullptr || !scan->isBilevel) return none;
  OwnedPix turned;
  if (isVertical) {
    turned.reset(lept.pixRotateOrth(scan->ink.get(), 1));
    if (turned == nullptr) return none;
  }
  Pix *source = isVertical ? turned.get() : scan->ink.get();
  const OwnedPix lines = CrumbledLines(lept, source, scan->resolution).picture();
  if (lines == nullptr) return none;
  // A line that is not quite straight goes on a row further.
  OwnedPix joined(lept.pixCloseSafeBrick(nullptr, lines.get(), 3, 3));
  if (joined == nullptr) return none;
  bhScanBoxes boxes = taken(OwnedBoxa(lept.pixConnCompBB(joined.get(), 8)));
  if (isVertical) {
    const int32_t height = lept.pixGetHeight(scan->ink.get());
    for (size_t index = 0; index < boxes.count; index++) {
      const bhScanBox box = boxes.boxes[index];
      boxes.boxes[index] = {box.y, height - box.x - box.width, box.height, box.width};
    }
  }
  return boxes;
} catch (const std::bad_alloc &) {
  return {nullptr, 0};
}

void bhScanErase(bhScan *scan, bhScanBox box) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(box);
  if (scan->ink == nullptr || inside.width <= 0 || inside.height <= 0) return;
  OwnedBox area(lept.boxCreate(inside.x, inside.y, inside.width, inside.height));
  if (area == nullptr) return;
  lept.pixClearInRect(scan->ink.get(), area.get());
  if (scan->wholeInk != nullptr) lept.pixClearInRect(scan->wholeInk.get(), area.get());
}

bool bhScanDespeckle(bhScan *scan, int32_t size) {
  const Leptonica &lept = *Leptonica::get();
  if (scan->ink == nullptr || size < 2) return scan->ink != nullptr;
  OwnedPix kept(lept.pixSelectBySize(scan->ink.get(), size, size, 8, L_SELECT_IF_EITHER,
                                     L_SELECT_IF_GTE, nullptr));
  if (kept == nullptr) return false;
  scan->ink = std::move(kept);
  return true;
}

bhScanBoxes bhScanLarge(const bhScan *scan, int32_t size) {
  const Leptonica &lept = *Leptonica::get();
  if (scan->ink == nullptr || size < 2) return {nullptr, 0};
  OwnedPix large(lept.pixSelectBySize(scan->ink.get(), size, size, 8, L_SELECT_IF_BOTH,
                                      L_SELECT_IF_GT, nullptr));
  if (large == nullptr) return {nullptr, 0};
  return taken(OwnedBoxa(lept.pixConnCompBB(large.get(), 8)));
}

bhScanBoxes bhScanTakeLarge(bhScan *scan, int32_t size) {
  const Leptonica &lept = *Leptonica::get();
  if (scan->ink == nullptr || size < 2) return {nullptr, 0};
  OwnedPix large(lept.pixSelectBySize(scan->ink.get(), size, size, 8, L_SELECT_IF_BOTH,
                                      L_SELECT_IF_GT, nullptr));
  OwnedPix kept(lept.pixSelectBySize(scan->ink.get(), size, size, 8, L_SELECT_IF_EITHER,
                                     L_SELECT_IF_LTE, nullptr));
  if (large == nullptr || kept == nullptr) return {nullptr, 0};
  scan->ink = std::move(kept);
  return taken(OwnedBoxa(lept.pixConnCompBB(large.get(), 8)));
}

bhScanBoxes bhScanThick(const bhScan *scan, int32_t thickness) {
  const Leptonica &lept = *Leptonica::get();
  const int size = std::max(2, thickness);
  if (scan->ink == nullptr) return {nullptr, 0};
  OwnedPix opened(lept.pixOpenBrick(nullptr, scan->ink.get(), size, size));
  if (opened == nullptr) return {nullptr, 0};
  return taken(OwnedBoxa(lept.pixConnCompBB(opened.get(), 8)));
}

bool bhScanTakeThick(bhScan *scan, bhScanBox region, int32_t thickness) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(region);
  if (scan->ink == nullptr || inside.width <= 0 || inside.height <= 0) return true;
  OwnedBox area(lept.boxCreate(inside.x, inside.y, inside.width, inside.height));
  if (area == nullptr) return false;
  OwnedPix part(lept.pixClipRectangle(scan->ink.get(), area.get(), nullptr));
  if (part == nullptr) return false;
  if (scan->wholeInk == nullptr) {
    scan->wholeInk.reset(lept.pixCopy(nullptr, scan->ink.get()));
    if (scan->wholeInk == nullptr) return false;
  }
  const int size = std::max(2, thickness);
  OwnedPix opened(lept.pixOpenBrick(nullptr, part.get(), size, size));
  if (opened == nullptr) return false;
  // Opening rounds corners off; their rest is within a pixel or two.
  OwnedPix thick(lept.pixDilateBrick(nullptr, opened.get(), 3, 3));
  if (thick == nullptr) return false;
  // Paper is white in pictures of two colours; evening out makes it 200 in others.
  const int paper = scan->isBilevel ? 255 : 200;
  const l_uint32 *source = lept.pixGetData(thick.get());
  l_uint32 *ink = lept.pixGetData(scan->ink.get());
  l_uint32 *grey = lept.pixGetData(scan->grey.get());
  for (int32_t y = 0; y < inside.height; y++) {
    const l_uint32 *line = source + size_t(y) * lept.pixGetWpl(thick.get());
    l_uint32 *inkLine = ink + size_t(inside.y + y) * lept.pixGetWpl(scan->ink.get());
    l_uint32 *greyLine = grey + size_t(inside.y + y) * lept.pixGetWpl(scan->grey.get());
    for (int32_t x = 0; x < inside.width; x++) {
      if (!GET_DATA_BIT(line, x)) continue;
      CLEAR_DATA_BIT(inkLine, inside.x + x);
      SET_DATA_BYTE(greyLine, inside.x + x, paper);
    }
  }
  return true;
}

bool bhScanCopySolid(const bhScan *scan, bhScanBox box, int32_t thickness, bool isWhole,
                     uint8_t *pixels) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(box);
  std::memset(pixels, 255, size_t(std::max(0, box.width)) * std::max(0, box.height));
  if (scan->ink == nullptr || inside.width <= 0 || inside.height <= 0) return true;
  Pix *source = isWhole && scan->wholeInk != nullptr ? scan->wholeInk.get() : scan->ink.get();
  OwnedBox area(lept.boxCreate(inside.x, inside.y, inside.width, inside.height));
  if (area == nullptr) return false;
  OwnedPix part(lept.pixClipRectangle(source, area.get(), nullptr));
  if (part == nullptr) return false;
  OwnedPix opened(lept.pixOpenBrick(nullptr, part.get(), std::max(1, thickness), std::max(1, thickness)));
  if (opened == nullptr) return false;
  const l_uint32 *data = lept.pixGetData(opened.get());
  for (int32_t y = 0; y < inside.height; y++) {
    const l_uint32 *line = data + size_t(y) * lept.pixGetWpl(opened.get());
    uint8_t *target = pixels + size_t(inside.y - box.y + y) * box.width + (inside.x - box.x);
    for (int32_t x = 0; x < inside.width; x++) {
      if (GET_DATA_BIT(line, x)) target[x] = 0;
    }
  }
  return true;
}

bhScanBoxes bhScanPieces(const bhScan *scan, bhScanBox region) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(region);
  if (scan->ink == nullptr || inside.width <= 0 || inside.height <= 0) return {nullptr, 0};
  OwnedBox area(lept.boxCreate(inside.x, inside.y, inside.width, inside.height));
  if (area == nullptr) return {nullptr, 0};
  OwnedPix part(lept.pixClipRectangle(scan->ink.get(), area.get(), nullptr));
  if (part == nullptr) return {nullptr, 0};
  bhScanBoxes result = taken(OwnedBoxa(lept.pixConnCompBB(part.get(), 8)));
  for (size_t index = 0; index < result.count; index++) {
    result.boxes[index].x += inside.x;
    result.boxes[index].y += inside.y;
  }
  return result;
}

bhScanBoxes bhScanChunks(const bhScan *scan, int32_t gap) {
  const Leptonica &lept = *Leptonica::get();
  if (scan->ink == nullptr) return {nullptr, 0};
  OwnedPix closed(lept.pixCloseSafeBrick(nullptr, scan->ink.get(), std::max(1, gap), 1));
  if (closed == nullptr) return {nullptr, 0};
  return taken(OwnedBoxa(lept.pixConnCompBB(closed.get(), 8)));
}

void bhScanProfile(const bhScan *scan, bhScanBox box, bool ofColumns, uint32_t *counts) {
  std::memset(counts, 0, sizeof(uint32_t) * std::max(0, ofColumns ? box.width : box.height));
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(box);
  if (scan->ink == nullptr) return;
  const l_uint32 *data = lept.pixGetData(scan->ink.get());
  const int wordsPerLine = lept.pixGetWpl(scan->ink.get());
  for (int32_t y = inside.y; y < inside.y + inside.height; y++) {
    const l_uint32 *line = data + size_t(y) * wordsPerLine;
    for (int32_t x = inside.x; x < inside.x + inside.width; x++) {
      if (GET_DATA_BIT(line, x)) counts[ofColumns ? x - box.x : y - box.y]++;
    }
  }
}

void bhScanCopyGrey(const bhScan *scan, bhScanBox box, uint8_t *pixels) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(box);
  std::memset(pixels, 255, size_t(std::max(0, box.width)) * std::max(0, box.height));
  const l_uint32 *data = lept.pixGetData(scan->grey.get());
  const int wordsPerLine = lept.pixGetWpl(scan->grey.get());
  for (int32_t y = inside.y; y < inside.y + inside.height; y++) {
    const l_uint32 *line = data + size_t(y) * wordsPerLine;
    uint8_t *target = pixels + size_t(y - box.y) * box.width - box.x;
    for (int32_t x = inside.x; x < inside.x + inside.width; x++) target[x] = GET_DATA_BYTE(line, x);
  }
}

void bhScanCopyInk(const bhScan *scan, bhScanBox box, uint8_t *pixels) {
  const Leptonica &lept = *Leptonica::get();
  const bhScanBox inside = scan->clipped(box);
  std::memset(pixels, 255, size_t(std::max(0, box.width)) * std::max(0, box.height));
  if (scan->ink == nullptr) return;
  const l_uint32 *data = lept.pixGetData(scan->ink.get());
  const int wordsPerLine = lept.pixGetWpl(scan->ink.get());
  for (int32_t y = inside.y; y < inside.y + inside.height; y++) {
    const l_uint32 *line = data + size_t(y) * wordsPerLine;
    uint8_t *target = pixels + size_t(y - box.y) * box.width - box.x;
    for (int32_t x = inside.x; x < inside.x + inside.width; x++) {
      if (GET_DATA_BIT(line, x)) target[x] = 0;
    }
  }
}

void bhScanBoxesFree(bhScanBoxes boxes) { std::free(boxes.boxes); }
