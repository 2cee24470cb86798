internal import CZlib

/// The inflated bytes of one entry, piece by piece.
///
/// Memory is one buffer, whatever the size of the entry. All limits are counted here, on the bytes
/// that really come out: per entry, over all entries of a document (`InflationBudget`), and the
/// ratio to the compressed bytes. At the end the length and the checksum must be the declared ones.
@safe
package final class EntryStream {
  static let pieceSize = 1 << 14

  package let name: String
  private let archive: ZIPArchive
  private let entry: ZIPArchive.Entry
  private let source: Range<Int>
  private let limits: PackageLimits
  private let budget: InflationBudget
  private var produced = 0
  private var consumed = 0
  private var checksum: UInt = 0
  private var isFinished = false
  // The stream's pointers are set for the duration of one call only; zlib's own state is freed in
  // `deinit`.
  private var stream = unsafe z_stream()
  private var isInflating = false

  package init(
    _ archive: ZIPArchive, entry: ZIPArchive.Entry, limits: PackageLimits, budget: InflationBudget
  ) throws(PackageError) {
    self.archive = archive
    self.entry = entry
    self.limits = limits
    self.budget = budget
    name = entry.name
    source = try archive.data(of: entry)
    switch entry.method {
    case 0: break
    case 8:
      guard unsafe boxheadRawInflateInit(&stream) == Z_OK else {
        throw .compressionDamaged(path: entry.name)
      }
      isInflating = true
    default: throw .compressionUnsupported(path: entry.name, method: entry.method)
    }
  }

  deinit {
    if isInflating { unsafe inflateEnd(&stream) }
  }

  /// Writes the next piece to the start of `buffer`; returns its length, 0 at the end.
  package func next(into buffer: inout [UInt8]) throws(PackageError) -> Int {
    if isFinished { return 0 }
    if buffer.count != Self.pieceSize {
      buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    }
    let count = entry.method == 0 ? copy(into: &buffer) : try inflatePiece(into: &buffer)
    produced += count
    budget.add(count)
    try checkLimits()
    checksum = unsafe buffer.withUnsafeBufferPointer {
      unsafe crc32(checksum, $0.baseAddress, UInt32(count))
    }
    if isFinished { try checkEnd() }
    return count
  }

  /// All bytes at once, for parts that are not XML.
  package func all() throws(PackageError) -> [UInt8] {
    var result: [UInt8] = []
    var buffer: [UInt8] = []
    while true {
      let count = try next(into: &buffer)
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }

  private func copy(into buffer: inout [UInt8]) -> Int {
    let count = min(Self.pieceSize, source.count - consumed)
    let start = source.lowerBound + consumed
    buffer.replaceSubrange(0..<count, with: archive.bytes[start..<start + count])
    consumed += count
    isFinished = consumed == source.count
    return count
  }

  private func inflatePiece(into buffer: inout [UInt8]) throws(PackageError) -> Int {
    let start = source.lowerBound + consumed
    let available = min(source.count - consumed, 1 << 30)
    let status = unsafe archive.bytes.withUnsafeBufferPointer { input in
      unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: start))
        unsafe stream.avail_in = UInt32(available)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(Self.pieceSize)
        return unsafe inflate(&stream, Z_NO_FLUSH)
      }
    }
    consumed += unsafe available - Int(stream.avail_in)
    let count = unsafe Self.pieceSize - Int(stream.avail_out)
    switch status {
    case Z_STREAM_END: isFinished = true
    case Z_OK where count > 0: break
    default: throw .compressionDamaged(path: name)
    }
    return count
  }

  private func checkLimits() throws(PackageError) {
    if produced > entry.size {
      throw .sizeMismatch(path: name, declared: entry.size, found: produced)
    }
    if produced > limits.entryBytes {
      throw .limitExceeded(.entryBytes, path: name, limit: limits.entryBytes)
    }
    if budget.bytes > limits.totalBytes {
      throw .limitExceeded(.totalBytes, path: name, limit: limits.totalBytes)
    }
    if produced > limits.ratioFloor, produced / limits.compressionRatio > consumed {
      throw .limitExceeded(.compressionRatio, path: name, limit: limits.compressionRatio)
    }
  }

  private func checkEnd() throws(PackageError) {
    if produced != entry.size {
      throw .sizeMismatch(path: name, declared: entry.size, found: produced)
    }
    if UInt32(truncatingIfNeeded: checksum) != entry.checksum {
      throw .checksumMismatch(path: name)
    }
  }
}

/// The inflated bytes of all entries of one document so far.
package final class InflationBudget {
  private(set) var bytes = 0

  package init() {}

  /// Takes note of more bytes.
  func add(_ count: Int) { bytes += count }
}
