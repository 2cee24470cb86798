#ifndef BOXHEAD_GLYPHCOLLECTOR_H
#define BOXHEAD_GLYPHCOLLECTOR_H

#include <array>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <GfxFont.h>
#include <GfxState.h>
#include <OutputDev.h>

#include "popplercore.h"

/// The types in a member function's signature.
///
/// Some virtual functions of `OutputDev` took `const double *` up to poppler 25.5 and take
/// `const std::array<double, n> &` since. The type is read off the header that is there, so one
/// source serves the releases; any other change is a compile error (`override`).
template <typename Function>
struct Signature;
template <typename Result, typename Class, typename... Arguments>
struct Signature<Result (Class::*)(Arguments...)> {
  template <std::size_t index>
  using Argument = std::tuple_element_t<index, std::tuple<Arguments...>>;
};
using TilingMatrix = Signature<decltype(&OutputDev::tilingPatternFill)>::Argument<4>;
using GroupBox = Signature<decltype(&OutputDev::beginTransparencyGroup)>::Argument<1>;

/// Fonts of a document. Page resources are loaded anew for each page, so fonts are told apart by
/// their object, not by their address.
class FontTable {
 public:
  int index(const GfxFont &font);
  size_t count() const { return fonts.size(); }
  bhFont at(size_t index) const;
  /// Whether nothing says which characters its codes are.
  bool saysNothing(int index) const { return fonts[static_cast<size_t>(index)].codesAreGlyphs; }

 private:
  struct Entry {
    std::string name;
    bool isBold, isItalic, isFixedPitch, hasToUnicode, codesAreGlyphs;
  };
  std::vector<Entry> fonts;
  std::unordered_map<std::string, int> indexByKey;
};

/// What one pass over a page collects.
struct CollectedPage {
  std::vector<bhGlyph> glyphs;
  std::vector<uint32_t> scalars;
  std::vector<bhShape> shapes;
  std::vector<bhImage> images;
  bool shapesTruncated = false;
};

/// The output device that writes down what a page paints instead of painting it.
///
/// Glyphs keep exact places, size, direction and render mode. Paths are reduced to straight
/// segments and boxes of filled areas, cut to the bounding box of the clip. Shadings and tilings
/// are declared handled: painting them can cost gigabytes. Content of soft masks is not content.
class GlyphCollector : public OutputDev {
 public:
  explicit GlyphCollector(FontTable &fonts) : fonts(fonts) {}

  /// Forgets the last page. One collector serves all pages of a document, because the base class
  /// keeps the colour profiles that it has read.
  void reset(bool readsImages);

  /// What was collected since `reset`.
  CollectedPage take() {
    lastGlyphCount = page.glyphs.size();
    return std::move(page);
  }

  /// Whether poppler hands over image objects; it decodes JPEG 2000 images on the way.
  bool needNonText() override { return readsImages; }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int) override { return true; }

  bool tilingPatternFill(GfxState *, Gfx *, Catalog *, GfxTilingPattern *, TilingMatrix, int, int,
                         int, int, double, double) override {
    return true;
  }
  bool functionShadedFill(GfxState *, GfxFunctionShading *) override { return true; }
  bool axialShadedFill(GfxState *, GfxAxialShading *, double, double) override { return true; }
  bool radialShadedFill(GfxState *, GfxRadialShading *, double, double) override { return true; }
  bool gouraudTriangleShadedFill(GfxState *, GfxGouraudTriangleShading *) override { return true; }
  bool patchMeshShadedFill(GfxState *, GfxPatchMeshShading *) override { return true; }

  void startPage(int, GfxState *state, XRef *) override;
  void updateFont(GfxState *) override { fontChanged = true; }
  void updateAll(GfxState *) override { fontChanged = fillChanged = strokeChanged = true; }
  void restoreState(GfxState *) override { fontChanged = fillChanged = strokeChanged = true; }
  void updateFillColorSpace(GfxState *) override { fillChanged = true; }
  void updateFillColor(GfxState *) override { fillChanged = true; }
  void updateStrokeColorSpace(GfxState *) override { strokeChanged = true; }
  void updateStrokeColor(GfxState *) override { strokeChanged = true; }

  void drawChar(GfxState *state, double x, double y, double dx, double dy, double originX,
                double originY, CharCode code, int nBytes, const Unicode *u, int uLen) override;
  void beginActualText(GfxState *state, const GooString *text) override;
  void endActualText(GfxState *state) override;
  void beginMarkedContent(const char *name, Dict *properties) override;
  void endMarkedContent(GfxState *state) override;

  void stroke(GfxState *state) override;
  void fill(GfxState *state) override;
  void eoFill(GfxState *state) override { fill(state); }

  void drawImage(GfxState *state, Object *ref, Stream *str, int width, int height,
                 GfxImageColorMap *colorMap, bool interpolate, const int *maskColors,
                 bool inlineImg) override;
  void drawImageMask(GfxState *state, Object *ref, Stream *str, int width, int height, bool invert,
                     bool interpolate, bool inlineImg) override;
  void drawMaskedImage(GfxState *state, Object *ref, Stream *str, int width, int height,
                       GfxImageColorMap *colorMap, bool interpolate, Stream *maskStr, int maskWidth,
                       int maskHeight, bool maskInvert, bool maskInterpolate) override;
  void drawSoftMaskedImage(GfxState *state, Object *ref, Stream *str, int width, int height,
                           GfxImageColorMap *colorMap, bool interpolate, Stream *maskStr,
                           int maskWidth, int maskHeight, GfxImageColorMap *maskColorMap,
                           bool maskInterpolate) override;

  void beginTransparencyGroup(GfxState *, GroupBox, GfxColorSpace *, bool, bool,
                              bool forSoftMask) override;
  void endTransparencyGroup(GfxState *) override;

 private:
  FontTable &fonts;
  CollectedPage page;
  bool readsImages = true;
  double pageWidth = 0, pageHeight = 0;

  bool fontChanged = true, fillChanged = true, strokeChanged = true;
  int font = -1;
  bool fontSaysNothing = false;
  double typeThreeScale = 1;
  bool isVertical = false;
  size_t lastGlyphCount = 0;
  /// The font's matrix on the page, with size and angle of its text: they change seldom.
  std::array<double, 4> fontMatrix{};
  double fontSize = 0, fontAngle = 0;
  uint32_t fillColor = 0, strokeColor = 0;

  std::vector<bool> markedContentIsArtifact;
  int artifactDepth = 0;
  std::vector<bool> groupIsSoftMask;
  int softMaskDepth = 0;
  int actualTextDepth = 0;
  size_t actualTextStart = 0;
  std::vector<uint32_t> actualText;

  void selectFont(GfxState *state);
  uint32_t fillRGB(GfxState *state);
  uint32_t strokeRGB(GfxState *state);
  void addImage(GfxState *state, int width, int height, bool isOpaque, const Object *ref);
  bool addShape(GfxState *state, bhShape shape);
};

#endif
