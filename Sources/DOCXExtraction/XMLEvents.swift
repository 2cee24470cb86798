internal import CLibXML

/// What receives the events of one XML part.
///
/// A base class rather than a protocol: the calls are the innermost loop of the whole conversion.
class XMLHandler {
  func start(_ name: XMLName, _ attributes: XMLAttributes) {}
  func end(_ name: XMLName) {}
  /// A piece of text; longer texts come in several pieces, cut between characters.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  /// Whether the elements of the part are content, whose loss is reported.
  var readsContent: Bool { false }
  /// Set to stop the parser.
  var failure: DOCXError?
}

/// The names of one document: XML names and attribute names as numbers.
///
/// libxml2 interns each name, so a name is one pointer: it is looked up here once, by its bytes,
/// and from then on by comparing pointers. The table counts how often each name was seen in content. All
/// parts of a document share it, together with libxml2's dictionary, which it owns.
@safe
final class XMLNameTable {
  fileprivate let dictionary: xmlDictPtr?
  fileprivate let attributePointers: [UInt]
  private(set) var qualifiedNames: [String] = [""]
  private(set) var counts: [Int] = [0]
  private var names: [XMLName] = [.unknown]
  private var slots: [Slot]
  private var namespacePrefixes: [UInt: String] = [:]

  private struct Slot {
    var local: UInt = 0
    var namespace: UInt = 0
    var index: Int = 0
  }

  init() {
    unsafe dictionary = xmlDictCreate()
    let dictionary = unsafe dictionary
    attributePointers = XMLAttributeName.allCases.map {
      var name = $0.localName
      return name.withUTF8 {
        unsafe UInt(bitPattern: xmlDictLookup(dictionary, $0.baseAddress, CInt($0.count)))
      }
    }
    slots = [Slot](repeating: Slot(), count: 1024)
  }

  deinit {
    unsafe xmlDictFree(dictionary)
  }

  fileprivate func index(
    local: UnsafePointer<xmlChar>?, namespace: UnsafePointer<xmlChar>?
  ) -> Int {
    let localBits = UInt(bitPattern: local)
    let namespaceBits = UInt(bitPattern: namespace)
    var slot = Int(truncatingIfNeeded: (localBits >> 3) ^ (namespaceBits >> 7)) & (slots.count - 1)
    while slots[slot].local != 0 {
      if slots[slot].local == localBits, slots[slot].namespace == namespaceBits {
        return slots[slot].index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return unsafe add(local: local, namespace: namespace, slot: slot)
  }

  fileprivate func count(_ index: Int) { counts[index] += 1 }

  fileprivate func name(at index: Int) -> XMLName { names[index] }

  private func add(
    local: UnsafePointer<xmlChar>?, namespace: UnsafePointer<xmlChar>?, slot: Int
  ) -> Int {
    // A document with very many names of its own shares one entry for the rest of them.
    guard names.count < slots.count / 2 else {
      return 0
    }
    let prefix = unsafe prefix(of: namespace)
    let qualified = unsafe prefix + ":" + Self.string(local)
    let index = names.count
    names.append(XMLName.byQualifiedName[qualified] ?? .unknown)
    qualifiedNames.append(qualified)
    counts.append(0)
    slots[slot] = Slot(
      local: UInt(bitPattern: local), namespace: UInt(bitPattern: namespace), index: index)
    return index
  }

  /// The usual prefix of a namespace, or the namespace itself in braces.
  fileprivate func prefix(of namespace: UnsafePointer<xmlChar>?) -> String {
    let bits = UInt(bitPattern: namespace)
    if let known = namespacePrefixes[bits] { return known }
    let address = unsafe Self.string(namespace)
    let prefix = XMLName.prefixes[address] ?? (address.isEmpty ? "" : "{\(address)}")
    namespacePrefixes[bits] = prefix
    return prefix
  }

  fileprivate static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
  }
}

/// The attributes of one start tag; valid only during the call that brings them.
@safe
struct XMLAttributes {
  fileprivate let base: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  fileprivate let count: Int
  fileprivate let table: XMLNameTable
  fileprivate let prefixes: XMLPrefixScope

  /// The bytes of an attribute's value, or nil without such an attribute.
  ///
  /// `inRelationships` chooses between `r:id` and `w:id`.
  private func bytes(
    _ name: XMLAttributeName, inRelationships: Bool? = nil
  ) -> UnsafeBufferPointer<UInt8>? {
    guard let base = unsafe base else { return nil }
    let wanted = table.attributePointers[name.rawValue]
    for index in 0..<count {
      let entry = unsafe base + index * 5
      guard unsafe UInt(bitPattern: entry[0]) == wanted else { continue }
      if let inRelationships, unsafe (table.prefix(of: entry[2]) == "r") != inRelationships {
        continue
      }
      guard let start = unsafe entry[3], let end = unsafe entry[4] else { return nil }
      return unsafe UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  func string(_ name: XMLAttributeName) -> String? {
    guard let bytes = unsafe bytes(name) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// The value of `r:id` and its like.
  func relationship(_ name: XMLAttributeName) -> String? {
    guard let bytes = unsafe bytes(name, inRelationships: true) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// The value of an attribute that must not be mistaken for one of `r:`.
  func plain(_ name: XMLAttributeName) -> String? {
    guard let bytes = unsafe bytes(name, inRelationships: false) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// A decimal number, sign and blanks allowed; clamped to ±2^31, so that arithmetic on it is safe.
  func int(_ name: XMLAttributeName) -> Int? {
    guard let bytes = unsafe bytes(name) else { return nil }
    var value = 0
    var isNegative = false
    var digits = 0
    for index in 0..<bytes.count {
      let byte = unsafe bytes[index]
      switch byte {
      case 0x30...0x39:
        value = min(value * 10 + Int(byte - 0x30), 1 << 31)
        digits += 1
      case 0x2D where digits == 0: isNegative = true
      case 0x2B where digits == 0, 0x20 where digits == 0: break
      // Strict files write measures with a unit or a fraction, `12.5pt`: the whole part counts.
      default: return digits > 0 ? (isNegative ? -value : value) : nil
      }
    }
    guard digits > 0 else { return nil }
    return isNegative ? -value : value
  }

  /// A length in twentieths of a point; strict files may write it with a unit.
  func twips(_ name: XMLAttributeName) -> Int? {
    guard let text = string(name), let last = text.utf8.last else { return nil }
    if (0x30...0x39).contains(last) { return int(name) }
    let units: [(String, Double)] = [
      ("pt", 20), ("in", 1440), ("cm", 1440 / 2.54), ("mm", 144 / 2.54), ("pc", 240), ("pi", 240),
    ]
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let value = Double(text.dropLast(unit.count)), abs(value) < 1e6 else { return nil }
      return Int((value * factor).rounded())
    }
    return int(name)
  }

  /// Whether a value is exactly this text.
  func equals(_ name: XMLAttributeName, _ text: StaticString) -> Bool {
    guard let bytes = unsafe bytes(name) else { return false }
    return text.withUTF8Buffer { unsafe $0.elementsEqual(bytes) }
  }

  /// The state of an on-off property: on unless `val` says otherwise (ISO/IEC 29500-1, 17.17.4).
  var isOn: Bool {
    guard let bytes = unsafe bytes(.val) else { return true }
    return
      unsafe !(bytes.elementsEqual("0".utf8) || bytes.elementsEqual("false".utf8)
      || bytes.elementsEqual("off".utf8))
  }

  /// The usual prefixes of the namespaces that a list of prefixes in `Requires` names.
  var requiredExtensions: [String] {
    (string(.requires) ?? "").split(separator: " ").map {
      prefixes.usualPrefix[String($0)] ?? "?"
    }
  }
}

/// The prefixes that the part has declared so far.
fileprivate final class XMLPrefixScope {
  /// The usual prefix by the prefix in the file.
  var usualPrefix: [String: String] = [:]
}

/// Parses XML parts with libxml2's push parser: no tree, no network, no entities.
///
/// A part is fed piece by piece as it is inflated, so memory does not grow with its size. A
/// document type declaration stops the parser at once.
@safe
final class XMLPartParser {
  let table: XMLNameTable
  private let limits: DOCXLimits

  init(table: XMLNameTable, limits: DOCXLimits) {
    self.table = table
    self.limits = limits
  }

  /// Feeds `source` to `handler` until the end or the first failure.
  func parse(_ source: EntryStream, into handler: XMLHandler) throws(DOCXError) {
    var buffer: [UInt8] = []
    var failure: DOCXError?
    let session = XMLSession(table: table, handler: handler, limits: limits, part: source.name)
    withExtendedLifetime(session) {
      do throws(DOCXError) {
        var count = try source.next(into: &buffer)
        guard let parser = XMLContext(session: session, first: buffer, count: min(count, 4))
        else { throw .xmlMalformed(path: source.name, line: 0, detail: "no memory") }
        var start = min(count, 4)
        while count > 0 {
          try parser.feed(buffer, start..<count)
          start = 0
          count = try source.next(into: &buffer)
        }
        try parser.finish()
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

/// What the callbacks of one parse need.
@safe
private final class XMLSession {
  let table: XMLNameTable
  let handler: XMLHandler
  let limits: DOCXLimits
  let part: String
  let prefixes = XMLPrefixScope()
  let countsNames: Bool
  var depth = 0
  var openNames: [XMLName] = []
  var failure: DOCXError?
  /// Whether an event has come since the last piece was fed.
  var hasMoved = false
  var context: xmlParserCtxtPtr?

  init(table: XMLNameTable, handler: XMLHandler, limits: DOCXLimits, part: String) {
    self.table = table
    self.handler = handler
    countsNames = handler.readsContent
    self.limits = limits
    self.part = part
    openNames.reserveCapacity(64)
  }

  func stop(_ error: DOCXError) {
    if failure == nil { failure = error }
    unsafe xmlStopParser(context)
  }
}

/// The owner of one libxml2 parser context.
@safe
private final class XMLContext {
  private let context: xmlParserCtxtPtr
  private let session: XMLSession
  private var silentBytes = 0

  init?(session: XMLSession, first: [UInt8], count: Int) {
    self.session = session
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = XML_SAX2_MAGIC
    unsafe handler.startElementNs = startElement
    unsafe handler.endElementNs = endElement
    unsafe handler.characters = characters
    unsafe handler.ignorableWhitespace = characters
    unsafe handler.cdataBlock = characters
    unsafe handler.internalSubset = documentType
    unsafe handler.serror = silentError
    let user = unsafe Unmanaged.passUnretained(session).toOpaque()
    let created = unsafe first.withUnsafeBufferPointer {
      unsafe $0.withMemoryRebound(to: CChar.self) {
        unsafe xmlCreatePushParserCtxt(&handler, user, $0.baseAddress, CInt(count), nil)
      }
    }
    guard let created = unsafe created else { return nil }
    unsafe context = created
    // The dictionary is shared, so that a name is the same pointer in every part.
    unsafe xmlDictFree(created.pointee.dict)
    unsafe created.pointee.dict = session.table.dictionary
    unsafe xmlDictReference(session.table.dictionary)
    unsafe xmlCtxtUseOptions(created, CInt(XML_PARSE_NONET.rawValue))
    unsafe session.context = created
  }

  deinit {
    unsafe session.context = nil
    unsafe xmlFreeParserCtxt(context)
  }

  func feed(_ bytes: [UInt8], _ range: Range<Int>) throws(DOCXError) {
    session.hasMoved = false
    let status = unsafe bytes.withUnsafeBufferPointer {
      unsafe $0.withMemoryRebound(to: CChar.self) {
        unsafe xmlParseChunk(
          context, $0.baseAddress?.advanced(by: range.lowerBound), CInt(range.count), 0)
      }
    }
    silentBytes = session.hasMoved ? 0 : silentBytes + range.count
    if silentBytes > session.limits.tokenBytes {
      throw .limitExceeded(
        .tokenBytes, path: session.part, limit: session.limits.tokenBytes)
    }
    try check(status)
  }

  func finish() throws(DOCXError) {
    try check(unsafe xmlParseChunk(context, nil, 0, 1))
    let isWellFormed = unsafe context.pointee.wellFormed != 0
    if session.depth > 0 || !isWellFormed {
      try check(CInt(XML_ERR_DOCUMENT_END.rawValue))
    }
  }

  private func check(_ status: CInt) throws(DOCXError) {
    if let failure = session.failure ?? session.handler.failure { throw failure }
    guard status != 0, unsafe context.pointee.wellFormed == 0 else { return }
    let error = unsafe context.pointee.lastError
    let code = unsafe error.code
    let line = unsafe Int(error.line)
    var detail = "not well-formed"
    if let message = unsafe error.message {
      detail = unsafe String(cString: message)
      while detail.hasSuffix("\n") { detail.removeLast() }
    }
    // libxml2 has its own ceiling for one attribute value or name.
    if code == CInt(XML_ERR_ATTRIBUTE_NOT_FINISHED.rawValue) && detail.contains("too long") {
      throw .limitExceeded(
        .tokenBytes, path: session.part, limit: session.limits.tokenBytes)
    }
    throw .xmlMalformed(path: session.part, line: line, detail: detail)
  }
}

// MARK: - Callbacks

private func session(_ user: UnsafeMutableRawPointer?) -> XMLSession? {
  guard let user = unsafe user else { return nil }
  return unsafe Unmanaged<XMLSession>.fromOpaque(user).takeUnretainedValue()
}

private func startElement(
  _ user: UnsafeMutableRawPointer?, _ local: UnsafePointer<xmlChar>?,
  _ prefix: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, _ namespaceCount: CInt,
  _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: CInt,
  _ defaultedCount: CInt, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
  guard let session = unsafe session(user), session.failure == nil else { return }
  session.hasMoved = true
  session.depth += 1
  if session.depth > session.limits.elementDepth {
    session.stop(
      .limitExceeded(.elementDepth, path: session.part, limit: session.limits.elementDepth))
    return
  }
  if attributeCount > session.limits.attributes {
    session.stop(
      .limitExceeded(.attributes, path: session.part, limit: session.limits.attributes))
    return
  }
  if namespaceCount > 0, let namespaces = unsafe namespaces {
    for index in 0..<Int(namespaceCount) {
      let declared = unsafe XMLNameTable.string(namespaces[index * 2])
      session.prefixes.usualPrefix[declared] = unsafe session.table.prefix(
        of: namespaces[index * 2 + 1])
    }
  }
  let index = unsafe session.table.index(local: local, namespace: namespace)
  let name = session.table.name(at: index)
  session.openNames.append(name)
  if session.countsNames { session.table.count(index) }
  let handler = session.handler
  unsafe handler.start(
    name,
    XMLAttributes(
      base: attributes, count: Int(attributeCount), table: session.table,
      prefixes: session.prefixes))
  if handler.failure != nil { unsafe xmlStopParser(session.context) }
}

private func endElement(
  _ user: UnsafeMutableRawPointer?, _ local: UnsafePointer<xmlChar>?,
  _ prefix: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?
) {
  guard let session = unsafe session(user), session.failure == nil,
    let name = session.openNames.popLast()
  else { return }
  session.hasMoved = true
  session.depth -= 1
  session.handler.end(name)
  if session.handler.failure != nil { unsafe xmlStopParser(session.context) }
}

private func characters(
  _ user: UnsafeMutableRawPointer?, _ text: UnsafePointer<xmlChar>?, _ count: CInt
) {
  guard let session = unsafe session(user), session.failure == nil, let text = unsafe text
  else { return }
  session.hasMoved = true
  unsafe session.handler.text(UnsafeBufferPointer(start: text, count: Int(count)))
}

private func documentType(
  _ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?,
  _ external: UnsafePointer<xmlChar>?, _ system: UnsafePointer<xmlChar>?
) {
  guard let session = unsafe session(user) else { return }
  session.stop(.doctypeRefused(path: session.part))
}

/// Errors are read from the context; without this function libxml2 would print them.
private func silentError(_ user: UnsafeMutableRawPointer?, _ error: xmlErrorPtr?) {}
