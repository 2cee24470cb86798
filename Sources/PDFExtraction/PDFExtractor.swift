package import DocumentModel
package import LayoutModel
import PopplerCore

/// Reads the text layer and the drawings of a PDF: bytes to one `PageLayout` a page.
///
/// The entry point of this target. One pass of poppler over a page collects exact places of
/// glyphs, lines, filled areas and pictures; `GlyphReader` and `RulingReader` turn them into values.
/// Nothing is interpreted here: words, lines, tables and reading order are the business of later
/// stages. Places arrive in points from the top-left corner of the crop box, after rotation:
/// poppler's page transformation is asked for that space, so there is no other one in the program.
///
/// Not read: pictures' content, hyperlinks, bookmarks, attachments, JavaScript, 3D, media.
package struct PDFExtractor {
  private let document: PopplerDocument

  /// Opens a document.
  ///
  /// - Throws: `damaged` or `encrypted`; a document whose cross-reference table is damaged but can
  ///   be rebuilt opens without an error.
  package init(bytes: [UInt8]) throws(PDFError) {
    document = try PopplerDocument(bytes: bytes)
  }

  package var pageCount: Int { document.pageCount }

  package func metadata() -> Metadata {
    Metadata(
      title: document.information("Title"),
      author: document.information("Author"),
      created: document.information("CreationDate").map(PDFDate.iso8601),
      modified: document.information("ModDate").map(PDFDate.iso8601),
      producer: document.information("Producer"))
  }

  /// Reads one page.
  ///
  /// - Parameter index: From 0.
  /// - Returns: What is painted on the page.
  /// - Throws: `pageDamaged`, `outOfMemory` or `readerFailed`; other pages may still be sound.
  /// - Complexity: O(glyphs + path segments).
  package func page(at index: Int) throws(PDFError) -> PageLayout {
    let page = try document.readPage(at: index)
    let (glyphs, ligatureScalars) = GlyphReader.glyphs(of: page)
    let drawings = RulingReader.drawings(of: page)
    return PageLayout(
      number: index + 1, width: page.width, height: page.height, rotation: page.rotation,
      fonts: document.fonts(), glyphs: glyphs, ligatureScalars: ligatureScalars,
      rulings: drawings.rulings, diagonals: drawings.diagonals, shadings: drawings.shadings,
      freeforms: drawings.freeforms,
      images: page.images, hasUnreadImages: page.hasUnreadImages)
  }
}
