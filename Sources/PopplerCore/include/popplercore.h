// The door to poppler: one pass over a page fills plain arrays of glyphs, shapes and images;
// another paints it to pixels.
//
// poppler's own headers are C++ and change between releases; nothing of them is visible here.
// All places are in points from the top-left corner of the page's crop box, after rotation.
// A document and its pages belong to one thread at a time.

#ifndef BOXHEAD_POPPLERCORE_H
#define BOXHEAD_POPPLERCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bhDocument bhDocument;

/// How opening a document or reading a page ended.
enum bhStatus {
  bhStatusOK = 0,
  bhStatusDamaged = 1,
  bhStatusEncrypted = 2,
  bhStatusNoSuchPage = 3,
  bhStatusOutOfMemory = 4,
  bhStatusInternal = 5,
};

enum bhGlyphFlags {
  bhGlyphInvisible = 1,    // render mode 3
  bhGlyphNoUnicode = 2,    // the font gives no Unicode value
  bhGlyphActualText = 4,   // text comes from an ActualText entry
  bhGlyphClipped = 8,      // outside the page or the clip box
  bhGlyphStroked = 16,     // filled and stroked
  bhGlyphArtifact = 32,    // inside /Artifact marked content
  bhGlyphVertical = 64,    // font with vertical writing mode
};

/// A painted character. `scalarCount` Unicode values start at `firstScalar` of the page's list.
typedef struct {
  double x, y;     // baseline origin (for vertical writing: top centre of the em box)
  double advance;  // along the writing direction, character spacing not included
  double size;     // font size as painted
  double angle;    // of the baseline, degrees clockwise on the page, in (-180, 180]
  uint32_t firstScalar;
  uint16_t scalarCount;
  uint16_t flags;
  int32_t font;
  uint32_t color;  // 0xRRGGBB
} bhGlyph;

enum bhShapeKind {
  bhShapeSegment = 0,  // a stroked straight line from (x0, y0) to (x1, y1)
  bhShapeFill = 1,     // the box of a filled subpath; see `isRectangle`
  bhShapeFreeform = 2,  // the box of a stroked subpath with curves, or with many slanted segments
};

/// A drawn line or filled area, cut to the box of the clip.
typedef struct {
  double x0, y0, x1, y1;
  double width;  // of a stroke, 0 for hairlines
  uint32_t color;
  uint8_t kind;
  uint8_t isRectangle;  // the filled subpath is an upright rectangle
  uint8_t isLone;       // the path of a segment has no more than four segments
} bhShape;

typedef struct {
  double minX, minY, maxX, maxY;
} bhBox;

typedef struct {
  double minX, minY, maxX, maxY;
  bhBox clip;  // nothing beyond it shows
  int32_t pixelWidth, pixelHeight;
  int32_t glyphsBelow;  // glyphs painted before an image that hides what is below it, else 0
  int32_t object;  // the number of an image's object that shows as it is, opaque and upright; else 0
} bhImage;

typedef struct {
  const char *name;  // without subset prefix; owned by the document
  uint8_t isBold, isItalic, isFixedPitch, hasToUnicode;
} bhFont;

/// One page. The arrays belong to the page and live until `bhPageFree`.
typedef struct {
  double width, height;
  int32_t rotation;
  const bhGlyph *glyphs;
  size_t glyphCount;
  const uint32_t *scalars;
  size_t scalarCount;
  const bhShape *shapes;
  size_t shapeCount;
  const bhImage *images;
  size_t imageCount;
  uint8_t imagesUnread;     // the page has JPEG 2000 images; no image of it was looked at
  uint8_t shapesTruncated;  // more shapes than the limit; the rest was left out
} bhPage;

/// Prepares poppler for this process; may be called more than once.
void bhInitialize(void);

/// Opens a document over bytes that must stay valid until `bhDocumentFree`.
/// Returns NULL and sets `status` on failure.
bhDocument *bhDocumentOpen(const uint8_t *bytes, size_t count, enum bhStatus *status);
void bhDocumentFree(bhDocument *document);
int bhDocumentPageCount(bhDocument *document);

/// The raw bytes of an entry of the document information dictionary; NULL if there is none.
/// The result belongs to the document and lives until the next call.
const char *bhDocumentInfo(bhDocument *document, const char *key, size_t *count);

/// Reads the page at `index` (from 0). `*page` is NULL on failure.
enum bhStatus bhPageRead(bhDocument *document, int index, bhPage **page);
void bhPageFree(bhPage *page);

/// Fonts seen so far; indices in glyphs stay valid while the document lives.
size_t bhDocumentFontCount(bhDocument *document);
bhFont bhDocumentFont(bhDocument *document, size_t index);

// MARK: Pixels

enum bhPixelFormat {
  bhPixelGrey = 0,  // one byte
  bhPixelRGB = 1,   // three bytes: red, green, blue
};

/// A rectangle of pixels, from the top-left corner of the page's crop box.
typedef struct {
  int32_t x, y, width, height;
} bhPixelBox;

/// Pixels row by row from the top, `bytesPerRow` bytes from one row to the next.
typedef struct {
  int32_t width, height;
  size_t bytesPerRow;
  const uint8_t *pixels;
} bhBitmap;

/// Width and height in points of the page at `index` (from 0) as it is seen.
enum bhStatus bhPageSize(bhDocument *document, int index, double *width, double *height);

/// Paints a part of the page at `index` on white, at `resolution` pixels an inch. The caller keeps
/// the number of pixels sensible. `*bitmap` is NULL on failure.
enum bhStatus bhPageRender(bhDocument *document, int index, double resolution, bhPixelBox box,
                           enum bhPixelFormat format, bhBitmap **bitmap);
/// The same in grey and without text, which needs no fonts.
enum bhStatus bhPageRenderPictures(bhDocument *document, int index, double resolution,
                                   bhPixelBox box, bhBitmap **bitmap);
void bhBitmapFree(bhBitmap *bitmap);

/// Reads a part of the image with this object number in grey into `width` times `height` bytes, at most
/// one for each of its samples. `part` is in shares of its width and height from the top left. Colour
/// profiles are left out. `bhStatusDamaged` for what is no such image or of a kind that only painting
/// shows, and with `isGreyOnly` for one that has colours.
enum bhStatus bhImageSamples(bhDocument *document, int object, bhBox part, int width, int height,
                             bool isGreyOnly, uint8_t *pixels);

/// Pixels as PNG; the resolution is written into it. `bhBytesFree` frees the result.
enum bhStatus bhPNGEncode(const bhBitmap *bitmap, enum bhPixelFormat format, double resolution,
                          uint8_t **bytes, size_t *count);
void bhBytesFree(uint8_t *bytes);

#ifdef __cplusplus
}
#endif

#endif
