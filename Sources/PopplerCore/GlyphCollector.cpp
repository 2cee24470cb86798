#include "GlyphCollector.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include <GfxFont.h>
#include <GfxState.h>
#include <goo/GooString.h>

namespace {

/// Vector drawings such as maps hold millions of segments; no table does.
constexpr size_t shapeLimit = 400'000;

/// Lines that leave their axis by less than this many points over their whole length are upright.
constexpr double uprightTolerance = 0.5;

uint32_t packed(const GfxRGB &rgb) {
  auto byte = [](GfxColorComp c) { return static_cast<uint32_t>(std::lround(colToDbl(c) * 255)); };
  return byte(rgb.r) << 16 | byte(rgb.g) << 8 | byte(rgb.b);
}

/// The bytes of a PDF text string as Unicode scalars: UTF-16BE with a mark, UTF-8 with a mark, or
/// PDFDocEncoding, of which only the Latin-1 part occurs in ActualText.
std::vector<uint32_t> scalarsOfTextString(const std::string &bytes) {
  std::vector<uint32_t> scalars;
  auto at = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(bytes[i])); };
  if (bytes.size() >= 2 && at(0) == 0xFE && at(1) == 0xFF) {
    for (size_t i = 2; i + 1 < bytes.size(); i += 2) {
      uint32_t unit = at(i) << 8 | at(i + 1);
      if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes.size()) {
        uint32_t low = at(i + 2) << 8 | at(i + 3);
        if (low >= 0xDC00 && low < 0xE000) {
          scalars.push_back(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
          i += 2;
          continue;
        }
      }
      scalars.push_back(unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    }
    return scalars;
  }
  for (size_t i = 0; i < bytes.size(); i++) scalars.push_back(at(i));
  return scalars;
}

/// `GfxCIDFont::getCIDToGID` returned a pointer in older releases of poppler, a vector in newer ones.
template <typename Map>
bool isEmptyMap(const Map &map) {
  if constexpr (std::is_pointer_v<Map>) {
    return map == nullptr;
  } else {
    return map.empty();
  }
}

/// Whether the codes of a font stand for nothing but the glyphs of its own file. poppler gives them
/// out as Unicode then: the text would be nonsense that looks like text.
bool codesAreGlyphs(const GfxFont &font) {
  if (font.hasToUnicodeCMap() || !font.isCIDFont()) return false;
  const auto &composite = static_cast<const GfxCIDFont &>(font);
  const auto *collection = composite.getCollection();
  // With a map of its own from codes to glyphs the codes may be Unicode, and often are.
  return collection != nullptr && collection->toStr() == "Adobe-Identity" &&
         isEmptyMap(composite.getCIDToGID());
}

}  // namespace

int FontTable::index(const GfxFont &font) {
  const Ref *ref = font.getID();
  const std::string name = font.getName().value_or("");
  const std::string key =
      std::to_string(ref->num) + " " + std::to_string(ref->gen) + " " + name;
  auto found = indexByKey.find(key);
  if (found != indexByKey.end()) return found->second;
  // "ABCDEF+Name" marks a subset.
  const bool isSubset = name.size() > 7 && name[6] == '+';
  fonts.push_back({isSubset ? name.substr(7) : name, font.isBold(), font.isItalic(),
                   font.isFixedWidth(), font.hasToUnicodeCMap(), codesAreGlyphs(font)});
  const int index = static_cast<int>(fonts.size()) - 1;
  indexByKey.emplace(key, index);
  return index;
}

bhFont FontTable::at(size_t index) const {
  const Entry &entry = fonts[index];
  return {entry.name.c_str(), entry.isBold, entry.isItalic, entry.isFixedPitch,
          entry.hasToUnicode};
}

void GlyphCollector::reset(bool readsImages) {
  page = CollectedPage();
  // Pages of one document are much alike.
  page.glyphs.reserve(lastGlyphCount);
  page.scalars.reserve(lastGlyphCount);
  this->readsImages = readsImages;
  fontChanged = fillChanged = strokeChanged = true;
  font = -1;
  markedContentIsArtifact.clear();
  artifactDepth = 0;
  groupIsSoftMask.clear();
  softMaskDepth = 0;
  actualTextDepth = 0;
}

void GlyphCollector::startPage(int, GfxState *state, XRef *) {
  pageWidth = state->getPageWidth();
  pageHeight = state->getPageHeight();
}

void GlyphCollector::selectFont(GfxState *state) {
  fontChanged = false;
  typeThreeScale = 1;
  isVertical = false;
  const auto &current = state->getFont();
  if (!current) {
    font = -1;
    return;
  }
  font = fonts.index(*current);
  fontSaysNothing = fonts.saysNothing(font);
  isVertical = current->getWMode() != 0;
  if (current->getType() == fontType3) {
    // The em of a Type 3 font is whatever its matrix says. Its bounding box, where sane, is what
    // the size of the letters can be read from; otherwise the usual 1000 units are assumed.
    const auto &matrix = current->getFontMatrix();
    const auto &box = current->getFontBBox();
    const double unit = std::sqrt(std::fabs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
    const double height = (box[3] - box[1]) * unit;
    typeThreeScale = height > 0.1 && height < 10 ? height : unit * 1000;
  }
}

uint32_t GlyphCollector::fillRGB(GfxState *state) {
  if (fillChanged) {
    GfxRGB rgb;
    state->getFillRGB(&rgb);
    fillColor = packed(rgb);
    fillChanged = false;
  }
  return fillColor;
}

uint32_t GlyphCollector::strokeRGB(GfxState *state) {
  if (strokeChanged) {
    GfxRGB rgb;
    state->getStrokeRGB(&rgb);
    strokeColor = packed(rgb);
    strokeChanged = false;
  }
  return strokeColor;
}

void GlyphCollector::drawChar(GfxState *state, double x, double y, double dx, double dy, double,
                              double, CharCode code, int nBytes, const Unicode *u, int uLen) {
  if (softMaskDepth > 0) return;
  if (fontChanged) selectFont(state);

  bhGlyph glyph{};
  state->transform(x, y, &glyph.x, &glyph.y);
  if (!std::isfinite(glyph.x) || !std::isfinite(glyph.y)) return;

  // Character and word spacing belong to the gap after a glyph, not to the glyph.
  double spacing = state->getCharSpace();
  if (code == 0x20 && nBytes == 1) spacing += state->getWordSpace();
  double spacingX = 0, spacingY = 0;
  if (spacing == 0) {
    // Most text is not spaced.
  } else if (isVertical) {
    state->textTransformDelta(0, spacing, &spacingX, &spacingY);
  } else {
    state->textTransformDelta(spacing * state->getHorizScaling(), 0, &spacingX, &spacingY);
  }
  double advanceX, advanceY;
  state->transformDelta(dx - spacingX, dy - spacingY, &advanceX, &advanceY);
  glyph.advance = advanceY == 0 ? std::fabs(advanceX) : std::hypot(advanceX, advanceY);

  std::array<double, 4> matrix;
  state->getFontTransMat(&matrix[0], &matrix[1], &matrix[2], &matrix[3]);
  if (matrix != fontMatrix) {
    fontMatrix = matrix;
    fontSize = std::hypot(matrix[2], matrix[3]);
    fontAngle = std::atan2(matrix[1], matrix[0]) * 180 / M_PI;
  }
  glyph.size = fontSize * typeThreeScale;
  glyph.angle = fontAngle;
  if (!std::isfinite(glyph.size) || !std::isfinite(glyph.advance)) return;

  glyph.font = font;
  const int render = state->getRender() & 3;
  glyph.color = render == 1 ? strokeRGB(state) : fillRGB(state);
  if (render == 3) glyph.flags |= bhGlyphInvisible;
  if (render == 2) glyph.flags |= bhGlyphStroked;
  if (isVertical) glyph.flags |= bhGlyphVertical;
  if (artifactDepth > 0) glyph.flags |= bhGlyphArtifact;

  double clipMinX, clipMinY, clipMaxX, clipMaxY;
  state->getClipBBox(&clipMinX, &clipMinY, &clipMaxX, &clipMaxY);
  const double slack = glyph.size / 2;
  if (glyph.x < clipMinX - slack || glyph.x > clipMaxX + slack || glyph.y < clipMinY - slack ||
      glyph.y > clipMaxY + 2 * slack) {
    glyph.flags |= bhGlyphClipped;
  }

  glyph.firstScalar = static_cast<uint32_t>(page.scalars.size());
  if (uLen <= 0 || u == nullptr) {
    page.scalars.push_back(0xFFFD);
    glyph.scalarCount = 1;
    glyph.flags |= bhGlyphNoUnicode;
  } else {
    glyph.scalarCount = static_cast<uint16_t>(std::min(uLen, 64));
    page.scalars.insert(page.scalars.end(), u, u + glyph.scalarCount);
    if (fontSaysNothing) glyph.flags |= bhGlyphNoUnicode;
  }
  page.glyphs.push_back(glyph);
}

void GlyphCollector::beginActualText(GfxState *, const GooString *text) {
  if (actualTextDepth++ > 0 || text == nullptr) return;
  actualTextStart = page.glyphs.size();
  actualText = scalarsOfTextString(text->toStr());
}

/// Gives the replaced glyphs their ActualText: one scalar each where the counts agree, else all of
/// it to the first glyph, which then takes the place of the others. Text over several baselines
/// stays as it is painted, because its pieces have different places.
void GlyphCollector::endActualText(GfxState *) {
  if (actualTextDepth == 0 || --actualTextDepth > 0) return;
  const size_t count = page.glyphs.size() - actualTextStart;
  if (actualTextStart > page.glyphs.size() || count == 0) return;
  bhGlyph *glyphs = page.glyphs.data() + actualTextStart;
  const bhGlyph &last = glyphs[count - 1];
  const bhGlyph &first = glyphs[0];
  size_t painted = 0;
  for (size_t i = 0; i < count; i++) painted += glyphs[i].scalarCount;

  if (actualText.size() == painted && count == painted) {
    for (size_t i = 0; i < count; i++) {
      page.scalars[glyphs[i].firstScalar] = actualText[i];
      glyphs[i].flags =
          static_cast<uint16_t>((glyphs[i].flags & ~bhGlyphNoUnicode) | bhGlyphActualText);
    }
    return;
  }
  const double radians = first.angle * M_PI / 180;
  const double alongX = std::cos(radians), alongY = std::sin(radians);
  const double offBaseline =
      std::fabs((last.y - first.y) * alongX - (last.x - first.x) * alongY);
  const double length =
      (last.x - first.x) * alongX + (last.y - first.y) * alongY + last.advance;
  if (offBaseline > first.size / 2 || length < 0 || actualText.size() > 64) return;

  bhGlyph merged = first;
  merged.firstScalar = static_cast<uint32_t>(page.scalars.size());
  merged.scalarCount = static_cast<uint16_t>(actualText.size());
  merged.advance = length;
  merged.flags = static_cast<uint16_t>((merged.flags & ~bhGlyphNoUnicode) | bhGlyphActualText);
  page.scalars.insert(page.scalars.end(), actualText.begin(), actualText.end());
  page.glyphs.resize(actualTextStart);
  if (!actualText.empty()) page.glyphs.push_back(merged);
}

void GlyphCollector::beginMarkedContent(const char *name, Dict *) {
  const bool isArtifact = name != nullptr && std::string(name) == "Artifact";
  markedContentIsArtifact.push_back(isArtifact);
  if (isArtifact) artifactDepth++;
}

void GlyphCollector::endMarkedContent(GfxState *) {
  if (markedContentIsArtifact.empty()) return;
  if (markedContentIsArtifact.back()) artifactDepth--;
  markedContentIsArtifact.pop_back();
}

bool GlyphCollector::addShape(GfxState *state, bhShape shape) {
  if (page.shapes.size() >= shapeLimit) {
    page.shapesTruncated = true;
    return false;
  }
  double minX, minY, maxX, maxY;
  state->getClipBBox(&minX, &minY, &maxX, &maxY);
  minX = std::max(minX, 0.0);
  minY = std::max(minY, 0.0);
  maxX = std::min(maxX, pageWidth);
  maxY = std::min(maxY, pageHeight);
  const bool isDiagonal = shape.kind == bhShapeSegment &&
                          std::fabs(shape.x1 - shape.x0) > uprightTolerance &&
                          std::fabs(shape.y1 - shape.y0) > uprightTolerance;
  const double half = shape.width / 2;
  if (std::max(shape.x0, shape.x1) + half < minX || std::min(shape.x0, shape.x1) - half > maxX ||
      std::max(shape.y0, shape.y1) + half < minY || std::min(shape.y0, shape.y1) - half > maxY) {
    return true;  // nothing of it shows
  }
  if (!isDiagonal) {
    shape.x0 = std::clamp(shape.x0, minX, std::max(minX, maxX));
    shape.x1 = std::clamp(shape.x1, minX, std::max(minX, maxX));
    shape.y0 = std::clamp(shape.y0, minY, std::max(minY, maxY));
    shape.y1 = std::clamp(shape.y1, minY, std::max(minY, maxY));
  }
  page.shapes.push_back(shape);
  return true;
}

namespace {

bool isUpright(const bhShape &shape) {
  return std::fabs(shape.x1 - shape.x0) <= uprightTolerance ||
         std::fabs(shape.y1 - shape.y0) <= uprightTolerance;
}

/// The box of a subpath on the page, and what it is made of.
struct SubpathForm {
  bhShape box{};
  int curveCount = 0;
  int slantedCount = 0;
  int uprightCount = 0;
};

SubpathForm formOf(GfxState *state, const GfxSubpath *subpath) {
  SubpathForm form;
  form.box.x0 = form.box.y0 = 1e30;
  form.box.x1 = form.box.y1 = -1e30;
  bhShape step{};
  for (int j = 0; j < subpath->getNumPoints(); j++) {
    step.x0 = step.x1;
    step.y0 = step.y1;
    state->transform(subpath->getX(j), subpath->getY(j), &step.x1, &step.y1);
    form.box.x0 = std::min(form.box.x0, step.x1);
    form.box.x1 = std::max(form.box.x1, step.x1);
    form.box.y0 = std::min(form.box.y0, step.y1);
    form.box.y1 = std::max(form.box.y1, step.y1);
    if (subpath->getCurve(j)) {
      form.curveCount++;
    } else if (j > 0 && !subpath->getCurve(j - 1)) {
      (isUpright(step) ? form.uprightCount : form.slantedCount)++;
    }
  }
  return form;
}

}  // namespace

void GlyphCollector::stroke(GfxState *state) {
  if (softMaskDepth > 0 || state->getStrokeOpacity() == 0) return;
  const GfxPath *path = state->getPath();
  size_t segmentCount = 0;
  for (int i = 0; i < path->getNumSubpaths(); i++) {
    segmentCount += static_cast<size_t>(path->getSubpath(i)->getNumPoints());
  }
  const double width = state->getTransformedLineWidth();
  const uint32_t color = strokeRGB(state);
  for (int i = 0; i < path->getNumSubpaths(); i++) {
    const GfxSubpath *subpath = path->getSubpath(i);
    const SubpathForm form = formOf(state, subpath);
    const bool isLone = segmentCount <= 5;
    if (form.curveCount > 0 || (form.slantedCount > 0 && !isLone)) {
      bhShape shape = form.box;
      shape.kind = bhShapeFreeform;
      shape.color = color;
      if (std::isfinite(shape.x0 + shape.y0 + shape.x1 + shape.y1) && !addShape(state, shape)) {
        return;
      }
    }
    // The level bits of a plotted line are no rules; the straight sides of a rounded box are.
    if (!isLone && form.slantedCount > form.uprightCount) continue;
    for (int j = 1; j < subpath->getNumPoints(); j++) {
      if (subpath->getCurve(j) || subpath->getCurve(j - 1)) continue;
      bhShape shape{};
      state->transform(subpath->getX(j - 1), subpath->getY(j - 1), &shape.x0, &shape.y0);
      state->transform(subpath->getX(j), subpath->getY(j), &shape.x1, &shape.y1);
      if (!std::isfinite(shape.x0 + shape.y0 + shape.x1 + shape.y1)) continue;
      shape.isLone = isLone;
      if (!isUpright(shape) && !shape.isLone) continue;
      shape.kind = bhShapeSegment;
      shape.width = width;
      shape.color = color;
      if (!addShape(state, shape)) return;
    }
  }
}

void GlyphCollector::fill(GfxState *state) {
  if (softMaskDepth > 0 || state->getFillOpacity() == 0) return;
  const GfxPath *path = state->getPath();
  const uint32_t color = fillRGB(state);
  for (int i = 0; i < path->getNumSubpaths(); i++) {
    const GfxSubpath *subpath = path->getSubpath(i);
    const int count = subpath->getNumPoints();
    if (count < 2) continue;
    const SubpathForm form = formOf(state, subpath);
    bhShape shape = form.box;
    if (!std::isfinite(shape.x0 + shape.y0 + shape.x1 + shape.y1)) continue;
    shape.color = color;
    shape.kind = bhShapeFill;
    shape.isRectangle = count <= 5 && form.curveCount == 0 && form.slantedCount == 0;
    if (!addShape(state, shape)) return;
  }
}

void GlyphCollector::addImage(GfxState *state, int width, int height, bool isOpaque,
                              const Object *ref) {
  if (softMaskDepth > 0) return;
  bhImage image{1e30, 1e30, -1e30, -1e30, {}, width, height, 0, 0};
  const bool hides =
      isOpaque && state->getFillOpacity() == 1 && state->getBlendMode() == gfxBlendNormal;
  if (hides) {
    image.glyphsBelow = static_cast<int32_t>(std::min<size_t>(page.glyphs.size(), INT32_MAX));
  }
  for (int corner = 0; corner < 4; corner++) {
    double x, y;
    state->transform(corner & 1, corner >> 1, &x, &y);
    image.minX = std::min(image.minX, x);
    image.maxX = std::max(image.maxX, x);
    image.minY = std::min(image.minY, y);
    image.maxY = std::max(image.maxY, y);
  }
  const auto &matrix = state->getCTM();
  const bool isUpright = matrix[0] > 0 && matrix[1] == 0 && matrix[2] == 0 && matrix[3] < 0;
  if (hides && isUpright && ref != nullptr && ref->isRef() && ref->getRef().gen == 0) {
    image.object = ref->getRef().num;
  }
  state->getClipBBox(&image.clip.minX, &image.clip.minY, &image.clip.maxX, &image.clip.maxY);
  if (std::isfinite(image.minX + image.minY + image.maxX + image.maxY)) {
    page.images.push_back(image);
  }
}

// The base class consumes the bytes of inline images, which stand between operators.

void GlyphCollector::drawImage(GfxState *state, Object *ref, Stream *str, int width, int height,
                               GfxImageColorMap *colorMap, bool interpolate, const int *maskColors,
                               bool inlineImg) {
  addImage(state, width, height, maskColors == nullptr, ref);
  OutputDev::drawImage(state, ref, str, width, height, colorMap, interpolate, maskColors,
                       inlineImg);
}

void GlyphCollector::drawImageMask(GfxState *state, Object *ref, Stream *str, int width, int height,
                                   bool invert, bool interpolate, bool inlineImg) {
  addImage(state, width, height, false, nullptr);
  OutputDev::drawImageMask(state, ref, str, width, height, invert, interpolate, inlineImg);
}

void GlyphCollector::drawMaskedImage(GfxState *state, Object *, Stream *, int width, int height,
                                     GfxImageColorMap *, bool, Stream *, int, int, bool, bool) {
  addImage(state, width, height, false, nullptr);
}

void GlyphCollector::drawSoftMaskedImage(GfxState *state, Object *, Stream *, int width, int height,
                                         GfxImageColorMap *, bool, Stream *, int, int,
                                         GfxImageColorMap *, bool) {
  addImage(state, width, height, false, nullptr);
}

void GlyphCollector::beginTransparencyGroup(GfxState *, GroupBox, GfxColorSpace *, bool, bool,
                                            bool forSoftMask) {
  groupIsSoftMask.push_back(forSoftMask);
  if (forSoftMask) softMaskDepth++;
}

void GlyphCollector::endTransparencyGroup(GfxState *) {
  if (groupIsSoftMask.empty()) return;
  if (groupIsSoftMask.back()) softMaskDepth--;
  groupIsSoftMask.pop_back();
}
