// The door to libxml2: XML and HTML as events, nothing from outside of the bytes that are given.
//
// The library is loaded when the first part of a package is read, so that programs which read none never
// pay for it and for what it loads in turn. Names and texts are UTF-8 and valid during the call that
// brings them; names end with a zero byte and are interned: equal names of all parsers that share a
// `bhXMLNames` are one address. A parser and its names belong to one thread at a time.

#ifndef BOXHEAD_XMLCORE_H
#define BOXHEAD_XMLCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bhXMLNames bhXMLNames;
typedef struct bhXMLParser bhXMLParser;

/// What a parser calls; `user` is what it was made with.
typedef struct {
  /// Writes up to `count` of the next bytes; gives their number, 0 at the end, below 0 to give up.
  int (*read)(void *user, char *bytes, int count);
  /// `namespaces` are pairs of prefix and address; `attributes` five each: local name, prefix,
  /// namespace, and where the value starts and ends.
  void (*start)(void *user, const uint8_t *local, const uint8_t *prefix, const uint8_t *space,
                int namespaceCount, const uint8_t **namespaces, int attributeCount,
                int defaultedCount, const uint8_t **attributes);
  void (*end)(void *user, const uint8_t *local, const uint8_t *prefix, const uint8_t *space);
  void (*text)(void *user, const uint8_t *bytes, int count);
  /// A document type declaration begins.
  void (*documentType)(void *user, const uint8_t *name, const uint8_t *external,
                       const uint8_t *system);
} bhXMLEvents;

/// What is wrong with a text; the message is valid as long as the parser and may be NULL.
typedef struct {
  int line;
  /// Whether an attribute's value is longer than libxml2 takes.
  bool isTooLong;
  const char *message;
} bhXMLFault;

/// Whether libxml2 can be loaded; without it there are no names and no parsers.
bool bhXMLIsAvailable(void);

/// An empty table of names, or NULL.
bhXMLNames *bhXMLNamesCreate(void);
void bhXMLNamesFree(bhXMLNames *names);
/// The address of a name that a parser has met, or NULL.
const uint8_t *bhXMLNamesFind(bhXMLNames *names, const uint8_t *name, int count);

/// A parser of one text, or NULL. What the text begins with tells its encoding.
bhXMLParser *bhXMLParserCreate(const bhXMLEvents *events, void *user, bhXMLNames *names);
void bhXMLParserFree(bhXMLParser *parser);
/// Reads the text to its end; gives whether it was well-formed.
bool bhXMLParserRun(bhXMLParser *parser);
/// Ends the parse from within a call, except from within `read`.
void bhXMLParserStop(bhXMLParser *parser);
/// What made the text ill-formed.
bhXMLFault bhXMLParserFault(const bhXMLParser *parser);

/// What the parser of HTML calls. `attributes` are pairs of name and value up to a NULL, or NULL; a
/// value may be NULL.
typedef struct {
  void (*start)(void *user, const uint8_t *name, const uint8_t **attributes);
  void (*end)(void *user, const uint8_t *name);
  void (*text)(void *user, const uint8_t *bytes, int count);
} bhHTMLEvents;

/// Parses HTML, repairing what is wrong with it. Its encoding is UTF-8, or what it says of itself.
void bhHTMLParse(const uint8_t *bytes, int count, bool isUTF8, const bhHTMLEvents *events,
                 void *user);

#ifdef __cplusplus
}
#endif

#endif
