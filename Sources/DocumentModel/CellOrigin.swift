package import PageGeometry

/// Where a cell came from, small enough to be kept for each cell of a long table.
///
/// The cells of a row in a package differ in the last step of their path only; they share all that
/// stands before it, and the text of a path is made when it is asked for. Nearly all cells of pages
/// have one place, which needs no list.
package enum CellOrigin: Hashable, Sendable {
  /// A rectangle on the page with this number.
  case page(number: Int, box: Rect)
  /// Places that are said in full.
  case places([Provenance])
  /// The cell at a position, from 1, among the cells of an element.
  case cell(of: Parent, position: Int32)

  /// An element of a part that has cells.
  package final class Parent: Hashable, Sendable {
    package let part: String
    package let path: String

    package init(part: String, path: String) {
      self.part = part
      self.path = path
    }

    package static func == (one: Parent, other: Parent) -> Bool {
      one === other || (one.part == other.part && one.path == other.path)
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(part)
      hasher.combine(path)
    }
  }

  package init(_ places: [Provenance]) {
    if places.count == 1, case .page(let number, let box) = places[0] {
      self = .page(number: number, box: box)
    } else {
      self = .places(places)
    }
  }

  /// The rectangle of the first place, found without making a list; nil for what is on no page.
  package var box: Rect? {
    switch self {
    case .page(_, let box): return box
    case .places(let places):
      guard case .page(_, let box) = places.first else { return nil }
      return box
    case .cell: return nil
    }
  }

  /// The places in full.
  package var provenance: [Provenance] {
    switch self {
    case .page(let number, let box): [.page(number: number, box: box)]
    case .places(let places): places
    case .cell(let parent, let position):
      [.part(name: parent.part, path: "\(parent.path)/tc[\(position)]")]
    }
  }

  package static func == (one: CellOrigin, other: CellOrigin) -> Bool {
    one.provenance == other.provenance
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(provenance)
  }
}
