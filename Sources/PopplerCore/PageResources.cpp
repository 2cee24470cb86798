#include "PageResources.h"

#include <Dict.h>
#include <Stream.h>

namespace {

/// Forms in forms and colour spaces in colour spaces are followed this far.
constexpr int deepest = 3;

bool isJPEG2000(Dict *image) {
  Object filter = image->lookup("Filter");
  if (filter.isName("JPXDecode")) return true;
  for (int i = 0; filter.isArray() && i < filter.arrayGetLength(); i++) {
    if (filter.arrayGet(i).isName("JPXDecode")) return true;
  }
  return false;
}

}  // namespace

int number(Dict *dictionary, const char *key, int otherwise) {
  Object entry = dictionary->lookup(key);
  return entry.isInt() ? entry.getInt() : otherwise;
}

Object deviceSpace(Dict *profile) {
  switch (number(profile, "N")) {
    case 1: return Object(objName, "DeviceGray");
    case 3: return Object(objName, "DeviceRGB");
    case 4: return Object(objName, "DeviceCMYK");
    default: return Object(objNull);
  }
}

PageResources::PageResources(XRef *objects, Dict *resources) : objects(objects) {
  visit(resources, 0);
}

PageResources::~PageResources() {
  // poppler reads them anew when they are asked for.
  for (const int number : replaced) objects->getEntry(number, false)->obj.setToNull();
}

void PageResources::visit(Dict *resources, int depth) {
  if (resources == nullptr || depth > deepest) return;
  Object spaces = resources->lookup("ColorSpace");
  for (int i = 0; spaces.isDict() && i < spaces.dictGetLength(); i++) {
    visitSpace(spaces.dictGetValNF(i), 0);
  }
  Object named = resources->lookup("XObject");
  for (int i = 0; named.isDict() && i < named.dictGetLength(); i++) {
    Object object = named.dictGetVal(i);
    if (!object.isStream()) continue;
    Dict *dictionary = object.streamGetDict();
    hasJPEG2000 = hasJPEG2000 || isJPEG2000(dictionary);
    visitSpace(dictionary->lookupNF("ColorSpace"), 0);
    Object inner = dictionary->lookup("Resources");
    if (inner.isDict()) visit(inner.getDict(), depth + 1);
  }
}

void PageResources::visitSpace(const Object &named, int depth) {
  const bool isShared = named.isRef();
  Object space = isShared ? named.fetch(objects) : named.copy();
  if (!space.isArray() || space.arrayGetLength() < 2 || depth > deepest) return;
  Object kind = space.arrayGet(0);
  if (kind.isName("Indexed") || kind.isName("Pattern")) visitSpace(space.arrayGetNF(1), depth + 1);
  if ((kind.isName("Separation") || kind.isName("DeviceN")) && space.arrayGetLength() > 2) {
    visitSpace(space.arrayGetNF(2), depth + 1);
  }
  if (!kind.isName("ICCBased")) return;
  Object profile = space.arrayGet(1);
  if (!profile.isStream()) return;
  Dict *dictionary = profile.streamGetDict();
  if (isShared) {
    Object device = deviceSpace(dictionary);
    if (device.isName()) return replace(named, std::move(device));
  }
  // With an empty profile, poppler does the same.
  Object description(dictionary->copy(objects));
  replace(space.arrayGetNF(1),
          Object(static_cast<Stream *>(new MemStream("", 0, 0, std::move(description)))));
}

void PageResources::replace(const Object &reference, Object &&object) {
  if (!reference.isRef()) return;
  const int number = reference.getRef().num;
  XRefEntry *entry = objects->getEntry(number, false);
  if (entry == nullptr || !entry->obj.isNull()) return;
  entry->obj = std::move(object);
  replaced.push_back(number);
}
