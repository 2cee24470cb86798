internal import XMLCore

/// What receives the events of one XML part.
///
/// Names come as numbers of the vocabulary; 0 stands for all that are not in it.
package protocol XMLEventHandler: AnyObject {
  func start(_ name: Int, _ attributes: XMLAttributes)
  func end(_ name: Int)
  /// A piece of text; longer texts come in several pieces, cut between characters.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Whether the elements of the part are content, whose loss is reported.
  var readsContent: Bool { get }
  /// Whether the parser is to stop; asked after each start and end.
  var isStopped: Bool { get }
  /// Why it is to stop.
  var failure: PackageError? { get }
}

/// The XML names that the readers of one format know.
package struct XMLVocabulary: Sendable {
  /// Numbers of the element names, from 1, by the name with its usual prefix.
  let numbers: [String: Int]
  /// The usual prefix by namespace; files may use any prefix.
  let prefixes: [String: String]
  /// Local names of attributes; their positions are their numbers.
  let attributes: [String]

  package init(numbers: [String: Int], prefixes: [String: String], attributes: [String]) {
    self.numbers = numbers
    self.prefixes = prefixes
    self.attributes = attributes
  }
}

/// The names of one document: XML names and attribute names as numbers.
///
/// libxml2 interns each name, so a name is one pointer: it is looked up here once, by its bytes,
/// and from then on by comparing pointers. The table counts how often each name was seen in content. All
/// parts of a document share it, together with libxml2's dictionary, which it owns.
@safe
package final class XMLNameTable {
  private let vocabulary: XMLVocabulary
  /// nil where libxml2 cannot be loaded.
  fileprivate let names: OpaquePointer?
  /// The interned names of attributes, by number; 0 for those not seen so far.
  fileprivate let attributePointers: UnsafeMutablePointer<UInt>
  package private(set) var qualifiedNames: [String] = [""]
  private var namespacePrefixes: [UInt: String] = [:]
  // Fixed tables behind pointers, because they are used for every tag.
  private let slots: UnsafeMutablePointer<Slot>
  private let numbers: UnsafeMutablePointer<Int>
  private let seen: UnsafeMutablePointer<Int>
  private static let slotCount = 1024

  private struct Slot {
    var local: UInt = 0
    var namespace: UInt = 0
    var index: Int = 0
  }

  package init(vocabulary: XMLVocabulary) {
    self.vocabulary = vocabulary
    unsafe names = bhXMLNamesCreate()
    unsafe attributePointers = .allocate(capacity: vocabulary.attributes.count)
    unsafe attributePointers.initialize(repeating: 0, count: vocabulary.attributes.count)
    unsafe slots = .allocate(capacity: Self.slotCount)
    unsafe slots.initialize(repeating: Slot(), count: Self.slotCount)
    unsafe numbers = .allocate(capacity: Self.slotCount)
    unsafe numbers.initialize(repeating: 0, count: Self.slotCount)
    unsafe seen = .allocate(capacity: Self.slotCount)
    unsafe seen.initialize(repeating: 0, count: Self.slotCount)
  }

  deinit {
    unsafe attributePointers.deallocate()
    unsafe slots.deallocate()
    unsafe numbers.deallocate()
    unsafe seen.deallocate()
    unsafe bhXMLNamesFree(names)
  }

  /// How often each name was seen in content, beside `qualifiedNames`.
  package var counts: [Int] { qualifiedNames.indices.map { unsafe seen[$0] } }

  fileprivate func index(
    local: UnsafePointer<UInt8>?, namespace: UnsafePointer<UInt8>?
  ) -> Int {
    let localBits = UInt(bitPattern: local)
    let namespaceBits = UInt(bitPattern: namespace)
    let mask = Self.slotCount - 1
    var slot = Int(truncatingIfNeeded: (localBits >> 3) ^ (namespaceBits >> 7)) & mask
    while unsafe slots[slot].local != 0 {
      if unsafe slots[slot].local == localBits && slots[slot].namespace == namespaceBits {
        return unsafe slots[slot].index
      }
      slot = (slot + 1) & mask
    }
    return unsafe add(local: local, namespace: namespace, slot: slot)
  }

  fileprivate func count(_ index: Int) { unsafe seen[index] += 1 }

  /// Looks a name up that was not seen when it was last asked for; 0 if it still was not.
  ///
  /// It is not added: libxml2's dictionary is fastest while it holds few names.
  fileprivate func findAttribute(_ number: Int) -> UInt {
    var text = vocabulary.attributes[number]
    let found = text.withUTF8 {
      unsafe UInt(bitPattern: bhXMLNamesFind(names, $0.baseAddress, CInt($0.count)))
    }
    unsafe attributePointers[number] = found
    return found
  }

  fileprivate func number(at index: Int) -> Int { unsafe numbers[index] }

  private func add(
    local: UnsafePointer<UInt8>?, namespace: UnsafePointer<UInt8>?, slot: Int
  ) -> Int {
    // A document with very many names of its own shares one entry for the rest of them.
    let index = qualifiedNames.count
    guard index < Self.slotCount / 2 else { return 0 }
    let qualified = unsafe prefix(of: namespace) + ":" + Self.string(local)
    unsafe numbers[index] = vocabulary.numbers[qualified] ?? 0
    qualifiedNames.append(qualified)
    unsafe slots[slot] = Slot(
      local: UInt(bitPattern: local), namespace: UInt(bitPattern: namespace), index: index)
    return index
  }

  /// The usual prefix of a namespace, or the namespace itself in braces.
  fileprivate func prefix(of namespace: UnsafePointer<UInt8>?) -> String {
    let bits = UInt(bitPattern: namespace)
    if let known = namespacePrefixes[bits] { return known }
    let address = unsafe Self.string(namespace)
    let prefix = vocabulary.prefixes[address] ?? (address.isEmpty ? "" : "{\(address)}")
    namespacePrefixes[bits] = prefix
    return prefix
  }

  fileprivate static func string(_ pointer: UnsafePointer<UInt8>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
  }
}

/// The attributes of one start tag; valid only during the call that brings them.
@safe
package struct XMLAttributes {
  fileprivate let base: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  fileprivate let count: Int
  fileprivate let session: UnsafeMutablePointer<XMLSession>

  /// The bytes of an attribute's value, or nil without such an attribute.
  ///
  /// The number is the attribute's position in the vocabulary; `prefix` says whether one of a prefix is
  /// meant, where several share a local name.
  package func bytes(
    _ number: Int, prefix: ((String) -> Bool)? = nil
  ) -> UnsafeBufferPointer<UInt8>? {
    guard let base = unsafe base else { return nil }
    var wanted = unsafe session.pointee.attributePointers[number]
    if wanted == 0 {
      wanted = unsafe session.pointee.parties._withUnsafeGuaranteedRef {
        $0.table.findAttribute(number)
      }
      if wanted == 0 { return nil }
    }
    for index in 0..<count {
      let entry = unsafe base + index * 5
      guard unsafe UInt(bitPattern: entry[0]) == wanted else { continue }
      if let prefix {
        let found = unsafe session.pointee.parties._withUnsafeGuaranteedRef {
          unsafe $0.table.prefix(of: entry[2])
        }
        guard prefix(found) else { continue }
      }
      guard let start = unsafe entry[3], let end = unsafe entry[4] else { return nil }
      return unsafe UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  package func string(_ number: Int) -> String? {
    guard let bytes = unsafe bytes(number) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// A decimal number, sign and blanks allowed; clamped to ±2^31, so that arithmetic on it is safe.
  package func int(_ number: Int) -> Int? {
    guard let bytes = unsafe bytes(number) else { return nil }
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

  /// The usual prefix of the namespace that the part calls `prefix`.
  package func usualPrefix(of prefix: String) -> String? {
    unsafe session.pointee.prefixes.usualPrefix[prefix]
  }
}

/// The prefixes that the part has declared so far.
fileprivate final class XMLPrefixScope {
  /// The usual prefix by the prefix in the file.
  var usualPrefix: [String: String] = [:]
}

/// Parses XML parts with libxml2: no tree, no network, no entities.
///
/// The parser takes what it needs of a part while it is inflated, so memory does not grow with its size. A
/// document type declaration stops the parser at once.
@safe
package final class XMLPartParser {
  private let table: XMLNameTable
  private let limits: PackageLimits

  package init(table: XMLNameTable, limits: PackageLimits) {
    self.table = table
    self.limits = limits
  }

  /// Sends the events of `source` to `handler` until the end or the first failure.
  package func parse(
    _ source: EntryStream, into handler: any XMLEventHandler
  ) throws(PackageError) {
    let input = XMLInput(source, tokenLimit: limits.tokenBytes)
    try input.advance()
    try checkEncoding(input.piece, count: input.end, part: source.name)
    guard
      let parser = XMLContext(
        parties: XMLParties(table: table, handler: handler, input: input), limits: limits)
    else {
      if !bhXMLIsAvailable() { throw .libraryMissing }
      throw .xmlMalformed(path: source.name, line: 0, detail: "no memory")
    }
    try parser.run()
  }
}

extension XMLPartParser {
  /// Refuses encodings other than those that packages may use (ISO/IEC 29500-2, 8.1.4) and the two
  /// that are parts of them: for any other, the parser would load conversion tables from files.
  private func checkEncoding(_ bytes: [UInt8], count: Int, part: String) throws(PackageError) {
    guard count > 5, bytes.starts(with: "<?xml".utf8) else { return }
    let head = String(decoding: bytes[..<min(count, 256)], as: UTF8.self)
    guard let end = head.firstRange(of: "?>"),
      let name = head[..<end.lowerBound].firstRange(of: "encoding")
    else { return }
    let value = head[name.upperBound..<end.lowerBound].drop { $0 != "\"" && $0 != "'" }.dropFirst()
      .prefix { $0 != "\"" && $0 != "'" }
    let known: Set = ["utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", ""]
    guard known.contains(value.lowercased()) else {
      throw .xmlMalformed(
        path: part, line: 1, detail: "expected UTF-8 or UTF-16, found the encoding \(value)")
    }
  }
}

/// The bytes of one part, as the parser asks for them.
@safe
private final class XMLInput {
  let source: EntryStream
  private let tokenLimit: Int
  /// The piece that is being read, and where its bytes end.
  private(set) var piece: [UInt8] = []
  private(set) var end = 0
  private var position = 0
  /// The bytes that were read since the last event.
  private var silentBytes = 0
  /// Why there are no more bytes, if it is not the end.
  private(set) var failure: PackageError?

  init(_ source: EntryStream, tokenLimit: Int) {
    self.source = source
    self.tokenLimit = tokenLimit
  }

  func advance() throws(PackageError) {
    end = try source.next(into: &piece)
    position = 0
  }

  /// Writes the next bytes to `target`; returns their number, 0 at the end and -1 where there are no more.
  func read(into target: UnsafeMutableRawBufferPointer, afterEvent hasMoved: Bool) -> Int {
    do {
      if position == end { try advance() }
    } catch {
      failure = error
      return -1
    }
    let count = min(end - position, target.count)
    silentBytes = hasMoved ? count : silentBytes + count
    if silentBytes > tokenLimit {
      failure = .limitExceeded(.tokenBytes, path: source.name, limit: tokenLimit)
      return -1
    }
    unsafe piece.withUnsafeBytes {
      unsafe target.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    return count
  }
}

/// Whom the events of one parse concern.
///
/// Constants of an object that is known to live: a callback reaches them without counting references.
private final class XMLParties {
  let table: XMLNameTable
  let handler: any XMLEventHandler
  let input: XMLInput

  init(table: XMLNameTable, handler: any XMLEventHandler, input: XMLInput) {
    self.table = table
    self.handler = handler
    self.input = input
  }
}

/// What the callbacks of one parse need; they reach it through a pointer.
@safe
private struct XMLSession {
  /// They live as long as the parse: `XMLContext` owns them.
  let parties: Unmanaged<XMLParties>
  let attributePointers: UnsafeMutablePointer<UInt>
  let depthLimit: Int
  let attributeLimit: Int
  let prefixes = XMLPrefixScope()
  let countsNames: Bool
  /// The open elements; there is room for as many as may be nested.
  let openNames: UnsafeMutablePointer<Int>
  var depth = 0
  /// The first limit that was hit.
  var limit: PackageLimits.Kind?
  var hasDocumentType = false
  /// Whether an event has come since bytes were last read.
  var hasMoved = false
  var parser: OpaquePointer?

  var isStopped: Bool { limit != nil || hasDocumentType }
}

/// The owner of one parser and of its session.
@safe
private final class XMLContext {
  private let parser: OpaquePointer
  private let session: UnsafeMutablePointer<XMLSession>
  private let parties: XMLParties
  private let limits: PackageLimits

  init?(parties: XMLParties, limits: PackageLimits) {
    self.limits = limits
    self.parties = parties
    unsafe session = .allocate(capacity: 1)
    unsafe session.initialize(
      to: XMLSession(
        parties: Unmanaged.passUnretained(parties),
        attributePointers: parties.table.attributePointers, depthLimit: limits.elementDepth,
        attributeLimit: limits.attributes, countsNames: parties.handler.readsContent,
        openNames: .allocate(capacity: limits.elementDepth)))
    var events = unsafe bhXMLEvents(
      read: readBytes, start: startElement, end: endElement, text: characters,
      documentType: documentType)
    let user = unsafe UnsafeMutableRawPointer(session)
    guard let created = unsafe bhXMLParserCreate(&events, user, parties.table.names) else {
      unsafe session.pointee.openNames.deallocate()
      unsafe session.deinitialize(count: 1)
      unsafe session.deallocate()
      return nil
    }
    unsafe parser = created
    unsafe session.pointee.parser = created
  }

  deinit {
    unsafe bhXMLParserFree(parser)
    unsafe session.pointee.openNames.deallocate()
    unsafe session.deinitialize(count: 1)
    unsafe session.deallocate()
  }

  /// Parses the part to its end or to the first failure.
  func run() throws(PackageError) {
    let isSound = unsafe bhXMLParserRun(parser)
    let part = parties.input.source.name
    if unsafe session.pointee.hasDocumentType { throw .doctypeRefused(path: part) }
    switch unsafe session.pointee.limit {
    case .elementDepth:
      throw .limitExceeded(.elementDepth, path: part, limit: limits.elementDepth)
    case .attributes: throw .limitExceeded(.attributes, path: part, limit: limits.attributes)
    default: break
    }
    if let failure = parties.handler.failure ?? parties.input.failure { throw failure }
    if isSound { return }
    let fault = unsafe bhXMLParserFault(parser)
    // libxml2 has its own ceiling for one attribute value or name.
    if unsafe fault.isTooLong {
      throw .limitExceeded(.tokenBytes, path: part, limit: limits.tokenBytes)
    }
    var detail = "not well-formed"
    if let message = unsafe fault.message {
      detail = unsafe String(cString: message)
      while detail.hasSuffix("\n") { detail.removeLast() }
    }
    throw .xmlMalformed(path: part, line: unsafe Int(fault.line), detail: detail)
  }
}

// MARK: - Callbacks

private func readBytes(
  _ user: UnsafeMutableRawPointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: CInt
) -> CInt {
  guard let session = unsafe user?.assumingMemoryBound(to: XMLSession.self) else { return -1 }
  let hasMoved = unsafe session.pointee.hasMoved
  unsafe session.pointee.hasMoved = false
  return unsafe session.pointee.parties._withUnsafeGuaranteedRef {
    let target = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))
    return CInt(unsafe $0.input.read(into: target, afterEvent: hasMoved))
  }
}

private func startElement(
  _ user: UnsafeMutableRawPointer?, _ local: UnsafePointer<UInt8>?,
  _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?, _ namespaceCount: CInt,
  _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: CInt,
  _ defaultedCount: CInt, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
  guard let session = unsafe user?.assumingMemoryBound(to: XMLSession.self),
    unsafe !session.pointee.isStopped
  else { return }
  unsafe session.pointee.hasMoved = true
  if unsafe session.pointee.depth >= session.pointee.depthLimit {
    unsafe session.pointee.limit = .elementDepth
    unsafe bhXMLParserStop(session.pointee.parser)
    return
  }
  if unsafe Int(attributeCount) > session.pointee.attributeLimit {
    unsafe session.pointee.limit = .attributes
    unsafe bhXMLParserStop(session.pointee.parser)
    return
  }
  if namespaceCount > 0, let namespaces = unsafe namespaces {
    let table = unsafe session.pointee.parties.takeUnretainedValue().table
    for index in 0..<Int(namespaceCount) {
      let declared = unsafe XMLNameTable.string(namespaces[index * 2])
      unsafe session.pointee.prefixes.usualPrefix[declared] = unsafe table.prefix(
        of: namespaces[index * 2 + 1])
    }
  }
  let isStopped = unsafe session.pointee.parties._withUnsafeGuaranteedRef { parties in
    let index = unsafe parties.table.index(local: local, namespace: namespace)
    if unsafe session.pointee.countsNames { parties.table.count(index) }
    let name = parties.table.number(at: index)
    unsafe session.pointee.openNames[session.pointee.depth] = name
    unsafe session.pointee.depth += 1
    parties.handler.start(
      name, unsafe XMLAttributes(base: attributes, count: Int(attributeCount), session: session))
    return parties.handler.isStopped
  }
  if isStopped { unsafe bhXMLParserStop(session.pointee.parser) }
}

private func endElement(
  _ user: UnsafeMutableRawPointer?, _ local: UnsafePointer<UInt8>?,
  _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?
) {
  guard let session = unsafe user?.assumingMemoryBound(to: XMLSession.self),
    unsafe !session.pointee.isStopped, unsafe session.pointee.depth > 0
  else { return }
  unsafe session.pointee.depth -= 1
  let name = unsafe session.pointee.openNames[session.pointee.depth]
  unsafe session.pointee.hasMoved = true
  let isStopped = unsafe session.pointee.parties._withUnsafeGuaranteedRef { parties in
    parties.handler.end(name)
    return parties.handler.isStopped
  }
  if isStopped { unsafe bhXMLParserStop(session.pointee.parser) }
}

private func characters(
  _ user: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ count: CInt
) {
  guard let session = unsafe user?.assumingMemoryBound(to: XMLSession.self),
    unsafe !session.pointee.isStopped, let text = unsafe text
  else { return }
  unsafe session.pointee.hasMoved = true
  unsafe session.pointee.parties._withUnsafeGuaranteedRef {
    unsafe $0.handler.text(UnsafeBufferPointer(start: text, count: Int(count)))
  }
}

private func documentType(
  _ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<UInt8>?,
  _ external: UnsafePointer<UInt8>?, _ system: UnsafePointer<UInt8>?
) {
  guard let session = unsafe user?.assumingMemoryBound(to: XMLSession.self) else { return }
  unsafe session.pointee.hasDocumentType = true
  unsafe bhXMLParserStop(session.pointee.parser)
}
