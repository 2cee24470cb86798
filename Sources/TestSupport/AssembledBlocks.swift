package import Conversion
package import DocumentModel

extension PageAssembler {
  /// Puts the document together, with all blocks at once.
  package consuming func finished() -> (blocks: [Block], pages: [PageInfo], notes: [Note]) {
    var blocks: [Block] = []
    let (pages, notes) = finish { blocks.append($0) }
    return (blocks, pages, notes)
  }
}
