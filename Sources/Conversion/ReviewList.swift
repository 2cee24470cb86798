import DocumentModel
import PageGeometry
import TableReconstruction

/// What a careful reader of recognised tables should compare with the picture: a note for each
/// doubtful cell, with its place and the reason.
///
/// Documents with a text layer have no such notes, and looking for them costs nothing there.
struct ReviewList {
  /// A number was taken for what it looks like.
  static let reading = "review.reading"
  /// Two looks at a number differ.
  static let disagreement = "review.disagreement"
  /// There is ink, and nothing was read of it.
  static let unread = "review.unread"
  /// Something covers the text.
  static let stamp = "review.stamp"

  private struct Place {
    var id: String
    var page: Int
    var box: Rect
    var isBlank: Bool
  }

  /// One for each doubtful cell and reason.
  private(set) var notes: [Note] = []
  private var places: [Place] = []

  /// Looks at the next block of the document.
  mutating func add(_ block: Block) {
    guard let table = block.table, table.cells.contains(where: { $0.evidence == .recognized })
    else { return }
    for doubt in TableReview.doubts(in: table) {
      notes.append(
        Note(
          code: doubt.reason.rawValue, severity: .warning, at: "\(block.id)c\(doubt.cell + 1)",
          message: doubt.message, provenance: table.cells[doubt.cell].provenance))
    }
    for (index, cell) in table.cells.enumerated() {
      for case .page(let number, let box) in cell.provenance {
        places.append(
          Place(
            id: "\(block.id)c\(index + 1)", page: number, box: box, isBlank: cell.text.isEmpty))
      }
    }
  }

  /// Notes about places with the cells that are there: one note for each cell that a stamp covers.
  func attached(_ notes: [Note]) -> [Note] {
    notes.flatMap { note -> [Note] in
      guard [Self.reading, Self.disagreement, Self.unread, Self.stamp].contains(note.code),
        case .page(let number, let box)? = note.provenance.first
      else { return [note] }
      let isStamp = note.code == Self.stamp
      let cells = places.filter { place in
        place.page == number
          && (isStamp ? place.box.overlaps(box) : place.box.contains(box.middle))
      }
      guard !cells.isEmpty else { return [note] }
      return cells.map { cell in
        var copy = note
        copy.at = cell.id
        copy.provenance = [.page(number: number, box: cell.box)]
        return copy
      }
    }
  }
}

extension Rect {
  fileprivate var middle: Point { Point(x: midX, y: midY) }

  fileprivate func overlaps(_ other: Rect) -> Bool {
    intersection(other).map { $0.area > 0 } ?? false
  }
}
