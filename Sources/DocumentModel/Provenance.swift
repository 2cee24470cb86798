public import PageGeometry

/// Where a value came from: a box on a page, or an element of a document part.
public enum Provenance: Hashable, Sendable {
  /// A rectangle in PDF points, top-left origin, on the page with this number (from 1).
  case page(number: Int, box: Rect)
  /// A part of a package such as `word/document.xml` and the path of an element in it, for
  /// example `body/tbl[2]/tr[3]/tc[1]` (positions among siblings of one name, from 1).
  case part(name: String, path: String)
}
