/// Bytes of a document on their way out, whatever the form.
///
/// The last stage of every writer. The bytes are kept until they are asked for, or handed on piece
/// by piece, so that a long document is never in memory as a whole.
struct OutputBytes: ~Copyable {
  /// A buffer of this size does not grow: those that are full are kept, and another one begins.
  private static let largestBuffer = 1 << 18

  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  /// The full ones before it, in order.
  private var full: [(buffer: UnsafeMutableBufferPointer<UInt8>, count: Int)] = []
  /// Takes full buffers; without it they are kept.
  private let handOn: ((Span<UInt8>) -> Void)?

  /// - Parameters:
  ///   - capacity: How many bytes are kept before the buffer grows or is handed on.
  ///   - handOn: Takes the bytes in order; nil to keep them.
  init(capacity: Int, handOn: ((Span<UInt8>) -> Void)? = nil) {
    buffer = .allocate(capacity: max(capacity, 64))
    self.handOn = handOn
  }

  deinit {
    freeFull()
    buffer.deallocate()
  }

  private func freeFull() {
    for piece in full { piece.buffer.deallocate() }
  }

  var isEmpty: Bool { count == 0 && full.isEmpty }

  /// The bytes that have not been handed on.
  var bytes: [UInt8] {
    // Most are not longer than a buffer, and need no more than one copy.
    let last = Array(buffer[..<count])
    return full.isEmpty ? last : full.flatMap { $0.buffer[..<$0.count] } + last
  }

  /// Forgets the bytes that have not been handed on.
  mutating func clear() {
    freeFull()
    full = []
    count = 0
  }

  /// Hands on what is left.
  mutating func flush() {
    guard let handOn, count > 0 else { return }
    handOn(UnsafeBufferPointer(rebasing: buffer[..<count]).span)
    count = 0
  }

  // MARK: - Room

  /// Makes room for more bytes and returns where they go; `count` is the caller's to raise.
  @inline(__always)
  private mutating func room(for needed: Int) -> UnsafeMutablePointer<UInt8> {
    if needed > buffer.count - count { makeRoom(for: needed) }
    // The buffer is never empty.
    return buffer.baseAddress.unsafelyUnwrapped + count
  }

  @inline(never)
  private mutating func makeRoom(for needed: Int) {
    flush()
    guard needed > buffer.count - count else { return }
    if buffer.count >= Self.largestBuffer {
      full.append((buffer, count))
      buffer = .allocate(capacity: max(Self.largestBuffer, needed))
      count = 0
      return
    }
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: max(2 * buffer.count, count + needed))
    _ = larger.update(fromContentsOf: buffer[..<count])
    buffer.deallocate()
    buffer = larger
  }

  @inline(__always)
  mutating func append(_ start: UnsafePointer<UInt8>, count length: Int) {
    room(for: length).update(from: start, count: length)
    count += length
  }

  // MARK: - Pieces

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    count += 1
  }

  /// Appends punctuation and names that the code itself spells; nothing is escaped.
  @inline(__always)
  mutating func append(literal: StaticString) {
    append(literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// Appends bytes that need no escaping any more.
  mutating func append(finished bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { append(start, count: bytes.count) }
    }
  }

  /// Appends what another one kept; it is handed on as it is where this one hands on.
  mutating func append(contentsOf other: borrowing OutputBytes) {
    for piece in other.full { append(piece: piece.buffer, count: piece.count) }
    append(piece: other.buffer, count: other.count)
  }

  private mutating func append(piece: UnsafeMutableBufferPointer<UInt8>, count length: Int) {
    guard let start = piece.baseAddress, length > 0 else { return }
    guard let handOn, length > buffer.count else {
      append(start, count: length)
      return
    }
    flush()
    handOn(UnsafeBufferPointer(start: start, count: length).span)
  }

  /// Appends a text.
  ///
  /// - Parameters:
  ///   - utf8: The text.
  ///   - isSpecial: Whether a byte cannot stand as it is.
  ///   - spell: Appends what stands for such a byte.
  @inline(__always)
  mutating func append(
    _ utf8: UnsafeBufferPointer<UInt8>, escaping isSpecial: (UInt8) -> Bool,
    by spell: (inout OutputBytes, UInt8) -> Void
  ) {
    guard let start = utf8.baseAddress else { return }
    // To look at all of it is faster than to stop at the first.
    var found: UInt8 = 0
    for byte in utf8 { found |= isSpecial(byte) ? 1 : 0 }
    var written = 0
    if found != 0 {
      for index in utf8.indices where isSpecial(utf8[index]) {
        append(start + written, count: index - written)
        spell(&self, utf8[index])
        written = index + 1
      }
    }
    append(start + written, count: utf8.count - written)
  }

  /// Appends a whole number in decimal.
  mutating func append(_ value: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    appendDigits(of: UInt64(value.magnitude))
  }

  /// Appends the decimal digits of a number without sign.
  mutating func appendDigits(of value: UInt64) {
    var length = 1
    var power: UInt64 = 10
    while length < 20, value >= power {
      length += 1
      power = length < 20 ? power * 10 : power
    }
    let start = room(for: length)
    var rest = value
    for index in (0..<length).reversed() {
      let quotient = rest / 10
      start[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - quotient * 10)
      rest = quotient
    }
    count += length
  }
}

extension StringProtocol {
  /// Calls `body` with the bytes of the text, where they are if that can be.
  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if utf8.withContiguousStorageIfAvailable(body) != nil { return }
    var copy = String(self)
    copy.withUTF8(body)
  }
}
