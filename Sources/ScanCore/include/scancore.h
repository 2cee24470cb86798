// The door to leptonica: pictures of scanned pages, made straight and clean, with the boxes of what
// is drawn and written on them.
//
// The library is loaded when it is first asked for, so that programs which meet no scan never pay
// for it. All places are in pixels from the picture's top-left corner. A scan belongs to one thread
// at a time.

#ifndef BOXHEAD_SCANCORE_H
#define BOXHEAD_SCANCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bhScan bhScan;

/// A rectangle of pixels.
typedef struct {
  int32_t x, y, width, height;
} bhScanBox;

typedef struct {
  int32_t width, height;
} bhScanSize;

/// Boxes that belong to the caller; `bhScanBoxesFree` frees them.
typedef struct {
  bhScanBox *boxes;
  size_t count;
} bhScanBoxes;

/// Whether leptonica can be loaded.
bool bhScanIsAvailable(void);

/// Takes a picture over: `bytesPerPixel` is 1 (grey) or 3 (red, green, blue). NULL without memory.
bhScan *bhScanCreate(const uint8_t *pixels, int32_t width, int32_t height, size_t bytesPerRow,
                     int32_t bytesPerPixel, double resolution);
void bhScanFree(bhScan *scan);

bhScanSize bhScanGetSize(const bhScan *scan);

/// Turns the picture by quarters clockwise.
bool bhScanTurn(bhScan *scan, int32_t quarters);

/// Makes lines of text horizontal; returns the angle that the picture was turned by, in degrees
/// clockwise, 0 where no clear skew was found.
double bhScanStraighten(bhScan *scan);

/// Evens out the light, makes faint ink dark and separates ink from paper; everything below needs it.
bool bhScanClean(bhScan *scan);

/// Boxes of seals and stamps whose coloured ink was left out, in the picture as it came.
bhScanBoxes bhScanStamps(const bhScan *scan);

/// Boxes of drawn lines: ink that runs without a break for `minimumLength` pixels or more, gaps of
/// up to `gap` pixels closed before. `isVertical` chooses the direction.
bhScanBoxes bhScanLines(const bhScan *scan, bool isVertical, int32_t minimumLength, int32_t gap);

/// Boxes of fine lines of which copying has left crumbs, in a picture of two colours; none in others.
/// Their ends are known within a few points.
bhScanBoxes bhScanCrumbledLines(const bhScan *scan, bool isVertical);

/// Takes a rectangle out of the ink: a drawn line that is no text.
void bhScanErase(bhScan *scan, bhScanBox box);

/// Takes specks out of the ink: pieces that are smaller than this in both directions.
bool bhScanDespeckle(bhScan *scan, int32_t size);

/// Boxes of pieces of ink that are larger than this in both directions, as seals and drawings are.
bhScanBoxes bhScanLarge(const bhScan *scan, int32_t size);

/// Boxes of pieces of ink that are at least this thick both ways everywhere.
bhScanBoxes bhScanThick(const bhScan *scan, int32_t thickness);

/// Takes strokes out of the ink and the grey picture of a region that are at least this thick, as the
/// ring and the star of a seal are; thinner ones that touch them stay. False without memory.
bool bhScanTakeThick(bhScan *scan, bhScanBox region, int32_t thickness);

/// Copies where ink is under a box, strokes thinner than this left out: 0 for ink, 255 for paper. With
/// `isWhole`, thick strokes that were taken out are still there.
bool bhScanCopySolid(const bhScan *scan, bhScanBox box, int32_t thickness, bool isWhole,
                     uint8_t *pixels);

/// Takes pieces out of the ink that are larger than this in both directions, as seals and drawings
/// are; returns their boxes.
bhScanBoxes bhScanTakeLarge(bhScan *scan, int32_t size);

/// Boxes of connected pieces of ink.
bhScanBoxes bhScanPieces(const bhScan *scan, bhScanBox region);

/// Boxes of ink that is connected once gaps along rows of up to `gap` pixels are closed.
bhScanBoxes bhScanChunks(const bhScan *scan, int32_t gap);

/// Counts ink in each row (or column) of a box; `counts` has its height (or width) of places.
void bhScanProfile(const bhScan *scan, bhScanBox box, bool ofColumns, uint32_t *counts);

/// Copies the grey picture under a box, row by row.
void bhScanCopyGrey(const bhScan *scan, bhScanBox box, uint8_t *pixels);

/// Copies where ink is under a box: 0 for ink, 255 for paper.
void bhScanCopyInk(const bhScan *scan, bhScanBox box, uint8_t *pixels);

void bhScanBoxesFree(bhScanBoxes boxes);

// MARK: Image files

/// A picture of an image file: red, green and blue, row by row. `bhImageFree` frees it.
typedef struct {
  uint8_t *pixels;
  int32_t width, height;
  int32_t resolution;  // pixels an inch, 0 if the file does not say
} bhImagePixels;

/// Reads the picture of a PNG or JPEG file, or the picture at `*offset` of a TIFF file, which is 0 for
/// the first one and for behind the last one. No `pixels` where it cannot be read or has more than
/// `limit` of them.
bhImagePixels bhImageRead(const uint8_t *bytes, size_t count, bool isTIFF, size_t *offset,
                          size_t limit);
void bhImageFree(bhImagePixels image);

#ifdef __cplusplus
}
#endif

#endif
