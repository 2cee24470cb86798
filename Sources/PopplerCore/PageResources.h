#ifndef BOXHEAD_PAGERESOURCES_H
#define BOXHEAD_PAGERESOURCES_H

#include <vector>

#include <Object.h>
#include <XRef.h>

/// An entry of a dictionary that is a whole number; another one for none.
int number(Dict *dictionary, const char *key, int otherwise = 0);

/// The device's colour space of as many components as a profile says; null for other numbers.
Object deviceSpace(Dict *profile);

/// What a page's resources, and those of the forms among them, name beside fonts.
///
/// As long as it lives, device colours stand for those of colour profiles: what a page says does not hang
/// on it, and to ready one profile takes as long as to read a small page.
class PageResources {
 public:
  /// - Complexity: O(objects named).
  PageResources(XRef *objects, Dict *resources);
  ~PageResources();
  PageResources(const PageResources &) = delete;
  PageResources &operator=(const PageResources &) = delete;

  /// Whether there is a JPEG 2000 image. poppler decodes such an image as soon as it is painted (100 ms
  /// for a photograph), only to say how large it is.
  bool hasJPEG2000 = false;

 private:
  void visit(Dict *resources, int depth);
  void visitSpace(const Object &named, int depth);
  void replace(const Object &reference, Object &&object);

  XRef *objects;
  /// The numbers of the objects that others stand for.
  std::vector<int> replaced;
};

#endif
