/// Reads the numbers in attributes and paths of OFD: decimal, separated by white space.
struct NumberScanner {
  /// A number or a letter between numbers.
  enum Token: Equatable {
    case number(Double)
    case letter(UInt8)
  }

  /// No length on a page is larger, in millimetres; arithmetic on what is below it stays finite.
  static let largest = 1e7

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The numbers in a text, up to `count` of them; letters are passed over.
  static func numbers(in text: String, atMost count: Int) -> [Double] {
    var scanner = NumberScanner(text)
    var result: [Double] = []
    while result.count < count, let token = scanner.next() {
      if case .number(let value) = token { result.append(value) }
    }
    return result
  }

  /// The next token; nil at the end.
  mutating func next() -> Token? {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E: return .number(number())
      case 0x41...0x5A, 0x61...0x7A:
        position += 1
        return .letter(byte)
      default: position += 1
      }
    }
    return nil
  }

  /// The next token if it is a number; a letter is left for the next call.
  mutating func nextNumber() -> Double? {
    let start = position
    guard let token = next() else { return nil }
    if case .number(let value) = token { return value }
    position = start
    return nil
  }

  /// Reads digits as a whole number and divides once, which rounds correctly up to 15 digits.
  private mutating func number() -> Double {
    var isNegative = false
    if bytes[position] == 0x2B || bytes[position] == 0x2D {
      isNegative = bytes[position] == 0x2D
      position += 1
    }
    var mantissa = 0.0
    var scale = 1.0
    var isFraction = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x2E, !isFraction {
        isFraction = true
      } else if (0x30...0x39).contains(byte) {
        if mantissa < 1e15 {
          mantissa = mantissa * 10 + Double(byte - 0x30)
          if isFraction { scale *= 10 }
        } else if !isFraction {
          scale /= 10
        }
      } else {
        break
      }
      position += 1
    }
    let value = min(mantissa / scale * exponent(), Self.largest)
    return isNegative ? -value : value
  }

  /// The power of ten behind a number, as in `1.5E-2`; 1 where there is none.
  private mutating func exponent() -> Double {
    guard position + 1 < bytes.count, bytes[position] | 0x20 == 0x65 else { return 1 }
    var index = position + 1
    let isNegative = bytes[index] == 0x2D
    if isNegative || bytes[index] == 0x2B { index += 1 }
    var power = 0
    let first = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
      power = min(power * 10 + Int(bytes[index] - 0x30), 30)
      index += 1
    }
    guard index > first else { return 1 }
    position = index
    return (0..<power).reduce(1.0) { value, _ in isNegative ? value / 10 : value * 10 }
  }
}

/// A list of distances, in which `g 4 2.5` stands for four times 2.5.
///
/// The repetition is never written out: a file may ask for billions.
struct DeltaList {
  private var runs: [(end: Int, value: Double)] = []

  /// Reads a list as far as `count` distances.
  init(_ text: String, atMost count: Int) {
    var scanner = NumberScanner(text)
    var end = 0
    while end < count, let token = scanner.next() {
      switch token {
      case .number(let value):
        end += 1
        runs.append((end, value))
      case .letter(0x67), .letter(0x47):
        guard let repeats = scanner.nextNumber(), let value = scanner.nextNumber() else { return }
        guard repeats >= 1 else { continue }
        end += Int(min(repeats, Double(count)))
        runs.append((end, value))
      case .letter: continue
      }
    }
  }

  var isEmpty: Bool { runs.isEmpty }

  /// Calls `body` with each of `count` distances; where the list is too short, the last one goes on.
  func forEach(count: Int, _ body: (Double) -> Void) {
    var run = 0
    for index in 0..<count {
      while run + 1 < runs.count, index >= runs[run].end { run += 1 }
      body(runs.isEmpty ? 0 : runs[run].value)
    }
  }
}
