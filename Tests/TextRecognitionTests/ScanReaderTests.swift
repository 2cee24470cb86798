import LayoutModel
import PageGeometry
import PageRendering
import Synchronization
import Testing

@testable import TextRecognition

/// Pages drawn pixel by pixel; engines that are not installed cancel their test.
@Suite struct ScanReaderTests {
  private static let engines: [String] = ["tiny", "small", "tesseract"]

  /// An engine, or nil where it is not installed.
  private static func engine(
    _ name: String, batchDone: @escaping @Sendable () -> Void = {}
  ) -> (any TextRecognizer)? {
    if name == "tesseract" { return try? TesseractRecognizer(batchDone: batchDone) }
    guard let folder = RecognitionFolder.installed(),
      let size = PaddleRecognizer.Size(rawValue: name)
    else { return nil }
    return try? PaddleRecognizer(folder: folder, size: size, batchDone: batchDone)
  }

  /// A white page of 144 pixels an inch with black bars, given in points.
  private func page(_ bars: [Rect]) -> Bitmap {
    let (width, height) = (600, 400)
    var pixels = [UInt8](repeating: 255, count: width * height)
    for bar in bars {
      for y in Int(2 * bar.minY)..<Int(2 * bar.maxY) {
        for x in Int(2 * bar.minX)..<Int(2 * bar.maxX) { pixels[y * width + x] = 0 }
      }
    }
    return Bitmap(
      width: width, height: height, bytesPerRow: width, format: .grey, pixels: pixels)
  }

  private func reader(_ bars: [Rect]) throws -> ScanReader {
    let made = try? ScanReader(
      page(bars), resolution: 144, pageWidth: 300, pageHeight: 200,
      engines: nil)
    return try #require(made, "leptonica is installed with the packages that the build needs")
  }

  private func bar(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> Rect {
    Rect(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
  }

  /// A grid of two rows and two columns.
  private var grid: [Rect] {
    [20, 60, 100].map { bar(50, $0, 251, $0 + 1) }
      + [50, 150, 250].map { bar($0, 20, $0 + 1, 101) }
  }

  @Test("Drawn lines become rulings in points")
  func rulings() throws {
    let rulings = try reader(grid).rulings
    #expect(rulings.count == 6)
    let rows = rulings.filter { $0.axis == .horizontal }.map(\.position).sorted()
    #expect(zip(rows, [20.5, 60.5, 100.5]).allSatisfy { abs($0 - $1) < 0.6 })
  }

  @Test("A line between two cells of one row is found though it is no longer than a letter")
  func shortLine() throws {
    let lines = [bar(50, 20, 251, 21), bar(50, 34, 251, 35), bar(50, 90, 251, 91)]
    let sides = [bar(50, 20, 51, 91), bar(250, 20, 251, 91)]
    let rulings = try reader(lines + sides + [bar(150, 20, 151, 35)]).rulings
    #expect(rulings.contains { $0.axis == .vertical && abs($0.position - 150.5) < 0.6 })
  }

  @Test("A stroke that touches a line but ends in the open is no ruling")
  func stray() throws {
    let rulings = try reader(grid + [bar(200, 60, 201, 92)]).rulings
    #expect(rulings.count == 6)
  }

  /// Says the same of whatever it is shown.
  private final class Parrot: TextRecognizer {
    let name = "parrot"
    private let text: String

    init(_ text: String) { self.text = text }

    func read(_ lines: [Bitmap]) -> [LineReading] {
      lines.map { _ in
        let count = Double(max(1, text.unicodeScalars.count))
        let characters = text.unicodeScalars.enumerated().map { index, scalar in
          RecognizedCharacter(
            scalar: scalar, confidence: 1,
            extent: Interval(Double(index) / count, Double(index + 1) / count))
        }
        return LineReading(characters: characters, numeric: characters)
      }
    }
  }

  /// Dots of a pixel where a figure has crumbled.
  private var crumbs: [Rect] {
    [(90, 36), (92, 38), (91, 41), (94, 37), (95, 40)].map { x, y in
      bar(Double(x), Double(y), Double(x) + 0.5, Double(y) + 0.5)
    }
  }

  @Test("A cell with crumbs of print of which nothing was read is told, one with a dot is not")
  func unread() throws {
    let cells = [bar(51, 21, 150, 60), bar(151, 21, 250, 60)]
    let blank = try reader(grid + crumbs + [bar(200, 40, 200.5, 40.5)])
      .layout(number: 1, cells: cells, recognizer: Parrot(""))
    #expect(blank.unread.count == 1)
    #expect(blank.unread.first.map { $0.maxX < 151 } == true)
  }

  @Test("A number that was read of crumbs is in doubt, one of whole figures is not")
  func crumbledNumber() throws {
    let figure = bar(100, 32, 102, 44)
    let cells = [bar(51, 21, 150, 60)]
    func confidence(_ ink: [Rect]) throws -> Float? {
      try reader(grid + ink).layout(number: 1, cells: cells, recognizer: Parrot("1")).page
        .confidences.min()
    }
    #expect(try confidence([figure]) == 1)
    #expect(try confidence([figure] + crumbs).map { $0 < 0.9 } == true)
    var reading = LineReading(characters: [
      RecognizedCharacter(scalar: "1", confidence: 1, extent: Interval(0, 1))
    ])
    reading.numeric = reading.characters
    reading.limit(0.8, at: 0)
    #expect(reading.numeric?.first?.confidence == 0.8)
  }

  @Test(
    "An engine promises one reading a picture, the same alone and among others", arguments: engines)
  func conformance(name: String) throws {
    guard let engine = Self.engine(name) else { try Test.cancel("\(name) is not installed") }
    let white = Bitmap(
      width: 40, height: 20, bytesPerRow: 40, format: .grey,
      pixels: [UInt8](repeating: 255, count: 800))
    let empty = Bitmap(width: 0, height: 0, bytesPerRow: 0, format: .grey, pixels: [])
    let one = Self.digitOne
    let together = try engine.read([white, one, empty, one])
    let alone = try engine.read([one])
    #expect(together.count == 4)
    #expect(!together[0].characters.contains { $0.scalar != " " })
    #expect(together[2].characters.isEmpty)
    for index in [1, 3] {
      #expect(together[index].text == alone[0].text)
      #expect(abs(together[index].confidence - alone[0].confidence) < 0.001)
    }
    #expect(!engine.name.isEmpty)
    for character in alone[0].characters {
      #expect((0...1).contains(character.confidence))
      #expect(character.extent.lower >= 0 && character.extent.upper <= 1)
    }
    #expect(try engine.read([]).isEmpty)
  }

  @Test("An engine says again and again that work goes on", arguments: engines)
  func signs(name: String) throws {
    let signs = Mutex(0)
    let engine = Self.engine(name) { signs.withLock { $0 += 1 } }
    guard let engine else { try Test.cancel("\(name) is not installed") }
    _ = try engine.read([Bitmap](repeating: Self.digitOne, count: 150))
    #expect(signs.withLock { $0 } > 1)
  }

  /// "111": three bars.
  private static var digitOne: Bitmap {
    let (width, height) = (60, 40)
    var pixels = [UInt8](repeating: 255, count: width * height)
    for bar in 0..<3 {
      for y in 4..<36 {
        for x in 10 + 16 * bar..<14 + 16 * bar { pixels[y * width + x] = 0 }
      }
    }
    return Bitmap(width: width, height: height, bytesPerRow: width, format: .grey, pixels: pixels)
  }

  @Test("Without any engine the error says what to install")
  func noEngine() {
    let missing = RecognitionFolder.installed { $0 == "BOXHEAD_RECOGNITION" ? "/nonexistent" : nil }
    #expect(missing == nil)
    #expect(RecognitionError.engineMissing(advice: "X").description.contains("X"))
  }
}
