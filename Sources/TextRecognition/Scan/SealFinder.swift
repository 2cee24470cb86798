import Glibc
import PageGeometry

/// Seals in pictures without colour: where they are, and their ring and star taken out.
///
///     ink        ████▄▄      ring and star are thicker than strokes of print; what is left of a
///              ▄█▀ 4▀█▄      number that they cross is read as it stands, and marked
///
/// Ink that is as thick as a ring is a seal where it stands around an oval or a rectangle as large as a
/// seal. Other large pieces of ink are drawings.
struct SealFinder {
  /// Strokes of rings and stars are at least this thick; those of body type in bold are below it.
  ///
  /// Points.
  static let stroke = 1.8
  /// Seals are between these sizes both ways; what is larger is a drawing.
  ///
  /// Points.
  static let sizes = Interval(36, 190)
  /// Ink larger than this both ways is no character.
  ///
  /// Points.
  static let largestCharacter = 30.0
  /// Arcs of a ring with breaks are at most this far from each other.
  ///
  /// Points.
  static let parted = 5.0
  /// Arcs are at least this many times longer than thick; where strokes of letters cross, they are thick
  /// too, but not far.
  static let shortestArc = 3
  /// The share of the outline of a seal that must be ink.
  static let outlineShare = 0.7
  /// More ink than this share of a box is a picture.
  static let fullestShare = 0.5
  /// More pieces of thick ink than this are a picture with texture; the largest count.
  private static let maximumPieces = 500
  /// Places along an outline that are looked at.
  private static let steps = 72

  let picture: ScannedPicture
  /// Pixels a point.
  let scale: Double

  /// What counts as thick, in pixels.
  var thickness: Int { max(3, Int((Self.stroke * scale).rounded())) }

  /// The boxes of seals.
  func seals() -> [PixelBox] {
    let largest = Int(Self.sizes.upper * scale)
    let pieces = picture.thick(thickness).filter {
      max($0.width, $0.height) >= Self.shortestArc * thickness
        && max($0.width, $0.height) <= largest
    }.sorted {
      ($0.width * $0.height, $1.y, $1.x) > ($1.width * $1.height, $0.y, $0.x)
    }.prefix(Self.maximumPieces)
    return Self.joined(Array(pieces), reach: Int((Self.parted * scale).rounded(.up)))
      .filter(isSeal)
  }

  /// Takes the thick strokes of seals out of the picture.
  func take(_ seals: [PixelBox]) throws(RecognitionError) {
    for seal in seals { try picture.takeThick(in: seal.expanded(by: 2), thickness: thickness) }
  }

  /// Takes large pieces of ink out of the picture; returns their boxes.
  func takeDrawings() -> [PixelBox] {
    let size = Int((Self.largestCharacter * scale).rounded())
    return Self.joined(
      Array(picture.takeLarge(size: size).prefix(Self.maximumPieces)), reach: size / 2)
  }

  /// Whether thick ink stands around the outline of a box that may be one of a seal.
  private func isSeal(_ box: PixelBox) -> Bool {
    guard Self.sizes.contains(Double(box.width) / scale),
      Self.sizes.contains(Double(box.height) / scale)
    else { return false }
    let ink = picture.rowProfile(of: box).reduce(0, +)
    guard Double(ink) <= Self.fullestShare * Double(box.width * box.height) else { return false }
    return outlineShare(of: box) { (cos($0), sin($0)) } >= Self.outlineShare
      || outlineShare(of: box) {
        let (x, y) = (cos($0), sin($0))
        return (x / max(abs(x), abs(y)), y / max(abs(x), abs(y)))
      } >= Self.outlineShare
  }

  /// The share of an outline, given for the unit circle, near which a box has thick ink.
  private func outlineShare(
    of box: PixelBox, _ outline: (Double) -> (x: Double, y: Double)
  ) -> Double {
    let middle = (
      x: Double(box.x) + Double(box.width) / 2, y: Double(box.y) + Double(box.height) / 2
    )
    let full = Double(thickness * thickness)
    let inked = (0..<Self.steps).count { step in
      let place = outline(2 * .pi * (Double(step) + 0.5) / Double(Self.steps))
      return (1...4).contains { inset in
        let inset = Double(inset * thickness) / 2
        let x = middle.x + (Double(box.width) / 2 - inset) * place.x
        let y = middle.y + (Double(box.height) / 2 - inset) * place.y
        let spot = PixelBox(
          x: Int(x) - thickness / 2, y: Int(y) - thickness / 2, width: thickness,
          height: thickness)
        return Double(picture.rowProfile(of: spot).reduce(0, +)) >= 0.8 * full
      }
    }
    return Double(inked) / Double(Self.steps)
  }

  /// Boxes that are near each other as one.
  private static func joined(_ pieces: [PixelBox], reach: Int) -> [PixelBox] {
    var result: [PixelBox] = []
    for piece in pieces {
      var whole = piece
      while let index = result.firstIndex(where: { $0.expanded(by: reach).overlaps(whole) }) {
        whole = whole.union(result.remove(at: index))
      }
      result.append(whole)
    }
    return result
  }
}
