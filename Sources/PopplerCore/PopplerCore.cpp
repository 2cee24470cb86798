#include "popplercore.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <type_traits>

#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <Object.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <goo/GooString.h>

#include "GlyphCollector.h"
#include "OpenDocument.h"
#include "PageResources.h"

namespace {

struct OwnedPage : bhPage {
  CollectedPage content;
};

/// `PDFDoc` took a raw pointer to its stream up to poppler 24 and a `unique_ptr` since.
template <typename Document>
std::unique_ptr<Document> openOver(std::unique_ptr<BaseStream> stream) {
  if constexpr (std::is_constructible_v<Document, std::unique_ptr<BaseStream>>) {
    return std::make_unique<Document>(std::move(stream));
  } else {
    return std::make_unique<Document>(stream.release());
  }
}

/// Keeps freed memory for the next page. Each page fills and frees arrays of some 100 KB; by default
/// the allocator gives the end of the heap back each time, and the kernel has to clear and map the
/// same pages again: a seventh of the time that a long document takes.
void keepFreedMemory() {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

}  // namespace

void bhInitialize(void) {
  static std::once_flag once;
  std::call_once(once, [] {
    keepFreedMemory();
    globalParams = std::make_unique<GlobalParams>();
    // What poppler has to say about damaged files goes nowhere: a reader that fails returns a
    // status, and one that recovers has recovered.
    setErrorCallback([](ErrorCategory, Goffset, const char *) {});
  });
}

bhDocument *bhDocumentOpen(const uint8_t *bytes, size_t count, enum bhStatus *status) {
  bhInitialize();
  try {
    auto document = std::make_unique<bhDocument>();
    document->pdf = openOver<PDFDoc>(std::make_unique<MemStream>(
        reinterpret_cast<const char *>(bytes), 0, static_cast<Goffset>(count), Object(objNull)));
    if (!document->pdf->isOk()) {
      *status =
          document->pdf->getErrorCode() == errEncrypted ? bhStatusEncrypted : bhStatusDamaged;
      return nullptr;
    }
    *status = bhStatusOK;
    return document.release();
  } catch (const std::bad_alloc &) {
    *status = bhStatusOutOfMemory;
  } catch (...) {
    *status = bhStatusInternal;
  }
  return nullptr;
}

void bhDocumentFree(bhDocument *document) { delete document; }

int bhDocumentPageCount(bhDocument *document) { return document->pdf->getNumPages(); }

const char *bhDocumentInfo(bhDocument *document, const char *key, size_t *count) {
  try {
    auto entry = document->pdf->getDocInfoStringEntry(key);
    if (!entry) return nullptr;
    document->info = entry->toStr();
    *count = document->info.size();
    return document->info.data();
  } catch (...) {
    return nullptr;
  }
}

enum bhStatus bhPageRead(bhDocument *document, int index, bhPage **page) {
  *page = nullptr;
  try {
    if (index < 0 || index >= document->pdf->getNumPages()) return bhStatusNoSuchPage;
    Page *source = document->pdf->getPage(index + 1);
    if (source == nullptr || !source->isOk()) return bhStatusDamaged;

    auto result = std::make_unique<OwnedPage>();
    {
      const PageResources resources(document->pdf->getXRef(), source->getResourceDict());
      result->imagesUnread = resources.hasJPEG2000;
      document->collector.reset(!result->imagesUnread);
      document->pdf->displayPage(&document->collector, index + 1, 72, 72, 0, false, true, false);
    }
    result->content = document->collector.take();

    const PageSize size(*source);
    result->width = size.width;
    result->height = size.height;
    result->rotation = size.rotation;
    const CollectedPage &content = result->content;
    result->glyphs = content.glyphs.data();
    result->glyphCount = content.glyphs.size();
    result->scalars = content.scalars.data();
    result->scalarCount = content.scalars.size();
    result->shapes = content.shapes.data();
    result->shapeCount = content.shapes.size();
    result->images = content.images.data();
    result->imageCount = content.images.size();
    result->shapesTruncated = content.shapesTruncated;
    *page = result.release();
    return bhStatusOK;
  } catch (const std::bad_alloc &) {
    return bhStatusOutOfMemory;
  } catch (...) {
    return bhStatusInternal;
  }
}

void bhPageFree(bhPage *page) { delete static_cast<OwnedPage *>(page); }

size_t bhDocumentFontCount(bhDocument *document) { return document->fonts.count(); }

bhFont bhDocumentFont(bhDocument *document, size_t index) { return document->fonts.at(index); }
