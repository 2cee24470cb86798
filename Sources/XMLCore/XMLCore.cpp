#include "xmlcore.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <new>
#include <string>

// Each name here becomes a pointer of the type that the library's own header declares.
#define BOXHEAD_XML(apply)                                                                     \
  apply(xmlInitParser) apply(xmlDictCreate) apply(xmlDictFree) apply(xmlDictExists)            \
  apply(xmlDictReference) apply(xmlCreateIOParserCtxt) apply(xmlCtxtUseOptions)                \
  apply(xmlParseDocument) apply(xmlStopParser) apply(xmlFreeParserCtxt)                        \
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
#if LIBXML_VERSION < 21200
    // It takes 256 levels of elements, which is less than the callers' own limit; later ones take 2,048.
    auto *depth = static_cast<unsigned *>(dlsym(handle, "xmlParserMaxDepth"));
    if (depth == nullptr) return false;
    *depth = 2048;
#endif
    // Left to the first documents, two of them at a time can wait for each other for good.
    library.xmlInitParser();
    return true;
  }
};

xmlDictPtr dictionary(bhXMLNames *names) { return reinterpret_cast<xmlDictPtr>(names); }

const char *characters(const uint8_t *bytes) { return reinterpret_cast<const char *>(bytes); }

}  // namespace

struct bhXMLParser {
  const Library *library;
  xmlParserCtxtPtr context;
  int (*read)(void *user, char *bytes, int count);
  void *user;
  /// What made the text ill-formed; the parser goes on and may find more.
  int line = 0;
  int code = XML_ERR_OK;
  std::string message;
};

namespace {

/// Errors are kept; without this function libxml2 would print them.
void keepFirst(void *, xmlErrorPtr error) {
  auto *context = static_cast<xmlParserCtxtPtr>(error->ctxt);
  if (context == nullptr || error->level != XML_ERR_FATAL) return;
  auto *parser = static_cast<bhXMLParser *>(context->_private);
  if (parser == nullptr || parser->code != XML_ERR_OK) return;
  parser->line = error->line;
  parser->code = error->code;
  if (error->message != nullptr) parser->message = error->message;
}

/// The next bytes; none for a text that is ill-formed already.
int readOn(void *source, char *bytes, int count) {
  auto *parser = static_cast<bhXMLParser *>(source);
  return parser->code != XML_ERR_OK ? -1 : parser->read(parser->user, bytes, count);
}

}  // namespace

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

bhXMLParser *bhXMLParserCreate(const bhXMLEvents *events, void *user, bhXMLNames *names) {
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
  handler.serror = keepFirst;
  parser->library = library;
  parser->read = events->read;
  parser->user = user;
  parser->context = library->xmlCreateIOParserCtxt(&handler, user, readOn, nullptr, parser,
                                                   XML_CHAR_ENCODING_NONE);
  if (parser->context == nullptr) {
    delete parser;
    return nullptr;
  }
  parser->context->_private = parser;
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

bool bhXMLParserRun(bhXMLParser *parser) {
  parser->library->xmlParseDocument(parser->context);
  return parser->context->wellFormed != 0;
}

void bhXMLParserStop(bhXMLParser *parser) { parser->library->xmlStopParser(parser->context); }

bhXMLFault bhXMLParserFault(const bhXMLParser *parser) {
  const bool isTooLong = parser->code == XML_ERR_ATTRIBUTE_NOT_FINISHED &&
                         parser->message.find("too long") != std::string::npos;
  return {parser->line, isTooLong, parser->message.empty() ? nullptr : parser->message.c_str()};
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
