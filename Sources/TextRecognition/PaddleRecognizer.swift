package import PageRendering

/// Reads lines with the PP-OCRv6 models through ONNX Runtime.
///
/// Lines are scaled to the height that the model was trained with and read in batches of one width,
/// so that a line's reading depends on nothing but the line. Cui and others, "PaddleOCR 3.0 Technical
/// Report", arXiv 2507.05595.
package final class PaddleRecognizer: TextRecognizer {
  /// Which of the models.
  package enum Size: String, Hashable, Sendable {
    case tiny, small
  }

  /// Rows of the pictures that the models read.
  private static let lineHeight = 48
  /// Widths are rounded up to multiples of this many pixels, and lines of one width read together.
  private static let widthStep = 32
  /// Longer lines are pressed together; nothing that is printed in one line is.
  private static let maximumWidth = 3200
  /// A batch holds at most this many columns of pixels, which bounds the memory that it takes.
  private static let batchWidth = 6400
  /// The value beside a line that is narrower than its batch: paper.
  private static let padding: UInt8 = 255
  /// The characters of numbers and of what stands for a missing one.
  private static let numeric: Set<Unicode.Scalar> = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", ",", "-", "%", "/", "(", ")", "+",
  ]

  package let name: String
  private let model: RecognitionModel
  private let decoder: CTCDecoder
  private let allowed: [Int32]
  private let twins: [Int32]
  private let batchDone: @Sendable () -> Void

  /// Loads a model.
  ///
  /// - Parameters:
  ///   - folder: Where the models are.
  ///   - size: Which of them.
  ///   - batchDone: Called after each batch of lines.
  /// - Throws: `modelUnusable`.
  package init(
    folder: RecognitionFolder, size: Size, batchDone: @escaping @Sendable () -> Void = {}
  ) throws(RecognitionError) {
    self.batchDone = batchDone
    name = "PP-OCRv6 \(size.rawValue)"
    let list = folder.characters(size)
    guard let bytes = RecognitionFolder.content(of: list) else {
      throw .modelUnusable(file: list, reason: "it cannot be read")
    }
    let characters = Self.characters(of: bytes)
    decoder = CTCDecoder(characters: characters)
    allowed = characters.indices.filter { Self.numeric.contains(characters[$0]) }.map {
      Int32($0 + 1)
    }
    twins = Self.twins(of: characters)
    model = try RecognitionModel(runtime: folder.runtime, file: folder.recognition(size))
  }

  /// One character a line, lines ended by LF or CRLF; the space, which cannot be listed, is last.
  static func characters(of bytes: [UInt8]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let end = scalars.firstIndex(of: "\n") {
      let line = scalars[..<end]
      result.append(line.first { $0 != "\r" } ?? "\u{FFFD}")
      scalars = scalars[scalars.index(after: end)...]
    }
    if let last = scalars.first { result.append(last) }
    return result + [" "]
  }

  /// For each class, that of the same mark in half or full width, or -1.
  ///
  /// Which of the two is printed cannot be told from a picture; that it is a parenthesis can.
  static func twins(of characters: [Unicode.Scalar]) -> [Int32] {
    var places: [Unicode.Scalar: Int32] = [:]
    for (index, character) in characters.enumerated() { places[character] = Int32(index + 1) }
    let offset: UInt32 = 0xFEE0
    return [-1]
      + characters.map { character in
        let other: UInt32 =
          switch character.value {
          case 0x21...0x7E: character.value + offset
          case 0xFF01...0xFF5E: character.value - offset
          default: 0
          }
        return Unicode.Scalar(other).flatMap { places[$0] } ?? -1
      }
  }

  package func read(_ lines: [Bitmap]) throws(RecognitionError) -> [LineReading] {
    var readings = [LineReading](repeating: LineReading(), count: lines.count)
    var byWidth: [Int: [Int]] = [:]
    for index in lines.indices where lines[index].width > 0 && lines[index].height > 0 {
      byWidth[Self.fullWidth(of: lines[index]), default: []].append(index)
    }
    for width in byWidth.keys.sorted() {
      var members = (byWidth[width] ?? [])[...]
      while !members.isEmpty {
        let batch = Array(members.prefix(max(1, Self.batchWidth / width)))
        members = members.dropFirst(batch.count)
        try read(batch, of: lines, width: width, into: &readings)
        batchDone()
      }
    }
    return readings
  }

  private static func scaledWidth(of line: Bitmap) -> Int {
    let width = Double(line.width) * Double(lineHeight) / Double(line.height)
    return min(max(Int(width.rounded(.up)), 1), maximumWidth)
  }

  private static func fullWidth(of line: Bitmap) -> Int {
    (scaledWidth(of: line) + widthStep - 1) / widthStep * widthStep
  }

  private func read(
    _ batch: [Int], of lines: [Bitmap], width: Int, into readings: inout [LineReading]
  ) throws(RecognitionError) {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(batch.count * width * Self.lineHeight)
    for index in batch {
      pixels += PictureScaler.scaled(
        lines[index], width: Self.scaledWidth(of: lines[index]), height: Self.lineHeight,
        fullWidth: width, padding: Self.padding)
    }
    guard
      let steps = model.readLines(
        pixels, width: width, height: Self.lineHeight, allowed: allowed, twins: twins)
    else { throw .engineFailed(name: name) }
    for (index, steps) in zip(batch, steps) {
      let span = Double(Self.scaledWidth(of: lines[index])) / Double(width)
      readings[index] = LineReading(
        characters: decoder.decode(steps.map { ($0.best, $0.probability) }, span: span),
        numeric: decoder.decode(
          steps.map { ($0.restricted, $0.restrictedProbability) }, span: span))
    }
  }
}
