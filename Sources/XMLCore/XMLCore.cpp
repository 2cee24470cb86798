#include "xmlcore.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <cstring>
#include <new>

// Each name here becomes a pointer of the type that the library's own header declares.
#define BOXHEAD_XML(apply)                                                                     \
  apply(xmlInitParser) apply(xmlDictCreate) apply(xmlDictFree) apply(xmlDictExists)            \
  apply(xmlDictReference) apply(xmlCreatePushParserCtxt) apply(xmlCtxtUseOptions)              \
  apply(xmlParseChunk) apply(xmlStopParser) apply(xmlFreeParserCtxt)                           \
  apply(htmlCreatePushParserCtxt) apply(htmlCtxtUseOptions) apply(htmlParseChunk)              \
  apply(htmlFreeParserCtxt)

namespace {

struct Library {
#define BOXHEAD_DECLARE(name) decltype(&::name) name;
  BOXHEAD_XML(BOXHEAD_DECLARE)
#undef BOXHEAD_DECLARE

  /// The library, or NULL where it is missing or lacks a function.
  static const Library *get() {
    static Library library;
    static const bool isLoaded = load(library);
    return isLoaded ? &library : nullptr;
  }

  static bool load(Library &library) {
    // Fields of a parser are used below, so this is the version of the header and no other.
#if LIBXML_VERSION >= 21400
    const char *const name = "libxml2.so.16";
#else
    const char *const name = "libxml2.so.2";
#endif
    void *handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    if (handle == nullptr) return false;
#define BOXHEAD_FIND(name)                                                       \
  library.name = reinterpret_cast<decltype(library.name)>(dlsym(handle, #name)); \
  if (library.name == nullptr) return false;
    BOXHEAD_XML(BOXHEAD_FIND)
#undef BOXHEAD_FIND
    // Left to the first documents, two of them at a time can wait for each other for good.
    library.xmlInitParser();
    return true;
  }
};

/// Errors are read from the parser; without this function libxml2 would print them.
void keepSilent(void *, xmlErrorPtr) {}

xmlDictPtr dictionary(bhXMLNames *names) { return reinterpret_cast<xmlDictPtr>(names); }

const char *characters(const uint8_t *bytes) { return reinterpret_cast<const char *>(bytes); }

}  // namespace

struct bhXMLParser {
  const Library *library;
  xmlParserCtxtPtr context;
};

bool bhXMLIsAvailable(void) { return Library::get() != nullptr; }

bhXMLNames *bhXMLNamesCreate(void) {
  const Library *library = Library::get();
  return library == nullptr ? nullptr : reinterpret_cast<bhXMLNames *>(library->xmlDictCreate());
}

void bhXMLNamesFree(bhXMLNames *names) {
  if (names != nullptr) Library::get()->xmlDictFree(dictionary(names));
}

const uint8_t *bhXMLNamesFind(bhXMLNames *names, const uint8_t *name, int count) {
  return names == nullptr ? nullptr : Library::get()->xmlDictExists(dictionary(names), name, count);
}

bhXMLParser *bhXMLParserCreate(const bhXMLEvents *events, void *user, bhXMLNames *names,
                               const uint8_t *first, int count) {
  const Library *library = Library::get();
  if (library == nullptr || names == nullptr) return nullptr;
  auto *parser = new (std::nothrow) bhXMLParser;
  if (parser == nullptr) return nullptr;
  xmlSAXHandler handler = {};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = events->start;
  handler.endElementNs = events->end;
  handler.characters = events->text;
  handler.ignorableWhitespace = events->text;
  handler.cdataBlock = events->text;
  handler.internalSubset = events->documentType;
  handler.serror = keepSilent;
  parser->library = library;
  parser->context =
      library->xmlCreatePushParserCtxt(&handler, user, characters(first), count, nullptr);
  if (parser->context == nullptr) {
    delete parser;
    return nullptr;
  }
  // The dictionary is shared, so that a name is the same pointer in every part.
  library->xmlDictFree(parser->context->dict);
  parser->context->dict = dictionary(names);
  library->xmlDictReference(dictionary(names));
  library->xmlCtxtUseOptions(parser->context, XML_PARSE_NONET);
  return parser;
}

void bhXMLParserFree(bhXMLParser *parser) {
  if (parser == nullptr) return;
  parser->library->xmlFreeParserCtxt(parser->context);
  delete parser;
}

bool bhXMLParserFeed(bhXMLParser *parser, const uint8_t *bytes, int count) {
  const int status = parser->library->xmlParseChunk(parser->context, characters(bytes), count, 0);
  return status == 0 || parser->context->wellFormed != 0;
}

bool bhXMLParserFinish(bhXMLParser *parser) {
  parser->library->xmlParseChunk(parser->context, nullptr, 0, 1);
  return parser->context->wellFormed != 0;
}

void bhXMLParserStop(bhXMLParser *parser) { parser->library->xmlStopParser(parser->context); }

bhXMLFault bhXMLParserFault(const bhXMLParser *parser) {
  const xmlError &error = parser->context->lastError;
  const bool isTooLong = error.code == XML_ERR_ATTRIBUTE_NOT_FINISHED && error.message != nullptr &&
                         std::strstr(error.message, "too long") != nullptr;
  return {error.line, isTooLong, error.message};
}

void bhHTMLParse(const uint8_t *bytes, int count, bool isUTF8, const bhHTMLEvents *events,
                 void *user) {
  const Library *library = Library::get();
  if (library == nullptr) return;
  xmlSAXHandler handler = {};
  handler.startElement = events->start;
  handler.endElement = events->end;
  handler.characters = events->text;
  handler.cdataBlock = events->text;
  handler.ignorableWhitespace = events->text;
  htmlParserCtxtPtr context = library->htmlCreatePushParserCtxt(
      &handler, user, characters(bytes), count, nullptr,
      isUTF8 ? XML_CHAR_ENCODING_UTF8 : XML_CHAR_ENCODING_NONE);
  if (context == nullptr) return;
  library->htmlCtxtUseOptions(context, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  library->htmlParseChunk(context, nullptr, 0, 1);
  library->htmlFreeParserCtxt(context);
}
