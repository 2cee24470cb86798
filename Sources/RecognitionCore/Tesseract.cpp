// Tesseract, through its C interface.

#include <dlfcn.h>
#include <tesseract/capi.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "recognitioncore.h"

// Each name here becomes a pointer of the type that the library's own header declares.
#define BOXHEAD_TESSERACT(apply)                                                              \
  apply(TessBaseAPICreate) apply(TessBaseAPIDelete) apply(TessBaseAPIInit3)                   \
  apply(TessBaseAPISetPageSegMode) apply(TessBaseAPISetVariable) apply(TessBaseAPISetImage)   \
  apply(TessBaseAPISetSourceResolution) apply(TessBaseAPIRecognize)                           \
  apply(TessBaseAPIGetIterator) apply(TessResultIteratorDelete) apply(TessResultIteratorNext) \
  apply(TessResultIteratorGetPageIterator) apply(TessResultIteratorGetUTF8Text)               \
  apply(TessResultIteratorConfidence) apply(TessPageIteratorBoundingBox)                      \
  apply(TessPageIteratorIsAtBeginningOf) apply(TessDeleteText) apply(TessBaseAPIClear)        \
  apply(TessBaseAPIDetectOrientationScript)

namespace {

struct Library {
#define BOXHEAD_DECLARE(name) decltype(&::name) name;
  BOXHEAD_TESSERACT(BOXHEAD_DECLARE)
#undef BOXHEAD_DECLARE
};

bool load(Library &library) {
  void *handle = dlopen("libtesseract.so.5", RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) return false;
#define BOXHEAD_FIND(name)                                                       \
  library.name = reinterpret_cast<decltype(library.name)>(dlsym(handle, #name)); \
  if (library.name == nullptr) return false;
  BOXHEAD_TESSERACT(BOXHEAD_FIND)
#undef BOXHEAD_FIND
  return true;
}

const Library *get() {
  static Library library;
  static const bool isLoaded = load(library);
  return isLoaded ? &library : nullptr;
}

}  // namespace

struct bhTesseract {
  TessBaseAPI *api = nullptr;

  ~bhTesseract() {
    if (api != nullptr) get()->TessBaseAPIDelete(api);
  }
};

bhTesseract *bhTesseractOpen(const char *languages) {
  // Its threads wait for each other in loops that cost more than they bring for a line of text.
  setenv("OMP_THREAD_LIMIT", "1", 0);
  const Library *library = get();
  if (library == nullptr) return nullptr;
  auto *engine = new (std::nothrow) bhTesseract;
  if (engine == nullptr) return nullptr;
  engine->api = library->TessBaseAPICreate();
  if (engine->api == nullptr) {
    delete engine;
    return nullptr;
  }
  // The library prints what it misses; nothing of it is for the reader of the output.
  library->TessBaseAPISetVariable(engine->api, "debug_file", "/dev/null");
  if (library->TessBaseAPIInit3(engine->api, nullptr, languages) != 0) {
    delete engine;
    return nullptr;
  }
  library->TessBaseAPISetPageSegMode(engine->api, tesseract::PSM_SINGLE_LINE);
  return engine;
}

void bhTesseractFree(bhTesseract *engine) { delete engine; }

int32_t bhTesseractDegrees(bhTesseract *engine, const uint8_t *pixels, int32_t width, int32_t height,
                           int32_t bytesPerRow, double resolution, float *confidence) {
  const Library &library = *get();
  library.TessBaseAPISetPageSegMode(engine->api, tesseract::PSM_OSD_ONLY);
  library.TessBaseAPISetImage(engine->api, pixels, width, height, 1, bytesPerRow);
  library.TessBaseAPISetSourceResolution(engine->api, int(resolution));
  int degrees = 0;
  float scriptConfidence = 0;
  const char *script = nullptr;
  const bool isTold = library.TessBaseAPIDetectOrientationScript(
      engine->api, &degrees, confidence, &script, &scriptConfidence);
  library.TessBaseAPIClear(engine->api);
  return isTold ? degrees : -1;
}

bhSymbols bhTesseractReadLine(bhTesseract *engine, const uint8_t *pixels, int32_t width,
                              int32_t height, double resolution) {
  bhSymbols result = {};
  const Library &library = *get();
  library.TessBaseAPISetImage(engine->api, pixels, width, height, 1, width);
  library.TessBaseAPISetSourceResolution(engine->api, int(resolution));
  if (library.TessBaseAPIRecognize(engine->api, nullptr) != 0) {
    result.isFailed = true;
    return result;
  }
  TessResultIterator *place = library.TessBaseAPIGetIterator(engine->api);
  if (place == nullptr) return result;
  try {
    std::vector<bhSymbol> symbols;
    do {
      char *text = library.TessResultIteratorGetUTF8Text(place, tesseract::RIL_SYMBOL);
      if (text == nullptr) continue;
      const TessPageIterator *page = library.TessResultIteratorGetPageIterator(
          const_cast<TessResultIterator *>(place));
      bhSymbol symbol = {};
      int top = 0, bottom = 0;
      library.TessPageIteratorBoundingBox(page, tesseract::RIL_SYMBOL, &symbol.left, &top, &symbol.right,
                                          &bottom);
      symbol.confidence = library.TessResultIteratorConfidence(place, tesseract::RIL_SYMBOL) / 100;
      symbol.startsWord = library.TessPageIteratorIsAtBeginningOf(page, tesseract::RIL_WORD);
      std::strncpy(symbol.text, text, sizeof symbol.text - 1);
      symbols.push_back(symbol);
      library.TessDeleteText(text);
    } while (library.TessResultIteratorNext(place, tesseract::RIL_SYMBOL));
    if (!symbols.empty()) {
      result.symbols =
          static_cast<bhSymbol *>(std::malloc(sizeof(bhSymbol) * symbols.size()));
      if (result.symbols != nullptr) {
        std::memcpy(result.symbols, symbols.data(), sizeof(bhSymbol) * symbols.size());
        result.count = symbols.size();
      }
    }
  } catch (const std::bad_alloc &) {
    result.isFailed = true;
  }
  library.TessResultIteratorDelete(place);
  return result;
}

void bhSymbolsFree(bhSymbols symbols) { std::free(symbols.symbols); }
