// The door to recognition engines: ONNX Runtime and Tesseract, loaded when they are first needed.
//
// Neither is linked, so a program that recognises nothing neither needs nor loads them. A model or
// a Tesseract belongs to one thread at a time.

#ifndef BOXHEAD_RECOGNITIONCORE_H
#define BOXHEAD_RECOGNITIONCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: ONNX Runtime

typedef struct bhModel bhModel;

/// Loads the runtime from a shared library and a model from a file.
///
/// NULL if either fails; `message` (of `capacity` bytes, NULL for none) says why then.
bhModel *bhModelOpen(const char *libraryPath, const char *modelPath, char *message,
                     size_t capacity);
void bhModelFree(bhModel *model);

/// Values in row-major order; `bhTensorFree` frees them.
typedef struct {
  float *values;
  size_t count;
  int64_t shape[4];
  int32_t rank;
} bhTensor;

/// Runs a model with one input of the given shape; the first output has no `values` on failure.
bhTensor bhModelRun(bhModel *model, const float *input, const int64_t *shape, int32_t rank);
void bhTensorFree(bhTensor tensor);

/// What a model says about one place of a line of text.
typedef struct {
  int32_t best;                 // the likeliest class
  float probability;            // and how likely it is
  int32_t restricted;           // the likeliest of the allowed classes, or the blank
  float restrictedProbability;  // and how likely it is among them
} bhStep;

/// `stepCount` places for each line, line after line; `bhStepsFree` frees them.
typedef struct {
  bhStep *steps;
  int32_t stepCount;
  int32_t classCount;
} bhSteps;

/// Reads lines of text of one size: `count` grey pictures one after another, each `height` rows of
/// `width` pixels. `allowed` has `allowedCount` classes, ascending; `twins` has `twinCount` of them,
/// for each class another one that is the same mark in another width, or -1: its probability counts
/// as well. No `steps` on failure.
bhSteps bhModelReadLines(bhModel *model, const uint8_t *pixels, int32_t count, int32_t width,
                         int32_t height, const int32_t *allowed, int32_t allowedCount,
                         const int32_t *twins, int32_t twinCount);
void bhStepsFree(bhSteps steps);

/// Scales a grey picture: areas are averaged where it gets smaller, interpolated where it grows.
void bhPictureScale(const uint8_t *pixels, int32_t width, int32_t height, uint8_t *target,
                    int32_t targetWidth, int32_t targetHeight, int32_t targetBytesPerRow);

// MARK: Tesseract

typedef struct bhTesseract bhTesseract;

/// A character that Tesseract read.
typedef struct {
  char text[16];  // UTF-8, ended by 0
  int32_t left, right;
  float confidence;  // 0 to 1
  bool startsWord;
} bhSymbol;

/// From left to right; `bhSymbolsFree` frees them.
typedef struct {
  bhSymbol *symbols;
  size_t count;
  bool isFailed;
} bhSymbols;

/// Starts Tesseract for languages such as "chi_sim+eng", or "osd" to tell orientation; NULL where it
/// or one of them is missing.
bhTesseract *bhTesseractOpen(const char *languages);
void bhTesseractFree(bhTesseract *engine);

/// How far a grey picture of a page was turned clockwise, in degrees: 0, 90, 180 or 270; -1 where there is
/// too little text. The confidence has no upper bound. The engine must have been started for "osd".
int32_t bhTesseractDegrees(bhTesseract *engine, const uint8_t *pixels, int32_t width, int32_t height,
                           int32_t bytesPerRow, double resolution, float *confidence);

/// Reads a grey picture of one line.
bhSymbols bhTesseractReadLine(bhTesseract *engine, const uint8_t *pixels, int32_t width,
                              int32_t height, double resolution);
void bhSymbolsFree(bhSymbols symbols);

#ifdef __cplusplus
}
#endif

#endif
