#ifndef BOXHEAD_FLATEROWS_H
#define BOXHEAD_FLATEROWS_H

#include <memory>
#include <vector>

#include <zlib.h>

class Dict;
class Stream;

/// Streams were `reset` up to poppler 25 and are rewound since.
template <typename Rows>
void rewind(Rows &rows) {
  if constexpr (requires { rows.rewind(); }) {
    (void)rows.rewind();
  } else {
    rows.reset();
  }
}

/// The rows of a deflated image by zlib, which is several times as fast as poppler's own reader.
class FlateRows {
 public:
  /// The rows of an image whose last filter inflates it; null for other filters, and for predictors of
  /// TIFF.
  ///
  /// - `width`: In pixels.
  /// - `components`: The samples of a pixel, each of a byte.
  static std::unique_ptr<FlateRows> of(Stream *image, Dict *dictionary, int width, int components);
  ~FlateRows();
  FlateRows(const FlateRows &) = delete;
  FlateRows &operator=(const FlateRows &) = delete;

  void reset();
  /// The next row; what a damaged stream lacks of it is white, as poppler has it. Never null.
  const unsigned char *getLine();
  void close();

 private:
  FlateRows(Stream *source, int width, int components, bool isPredicted);
  /// Fills bytes; those after the end of the data are 255.
  void read(unsigned char *bytes, size_t count);

  Stream *source;
  z_stream inflation{};
  std::vector<unsigned char> input;
  bool isAtEnd = false;
  const int components;
  const bool isPredicted;
  /// Before each row stand as many bytes of 0 as a pixel has, for the predictors.
  std::vector<unsigned char> row, prior;
};

#endif
