import DOCXExtraction
import DocumentModel
import LayoutModel
import PackageReading

/// The DOCX half of `Converter`: extraction, assembly, and the extractor's errors in the words of
/// the whole conversion.
enum DOCXConversion {
  /// Reads a WordprocessingML package.
  static func layout(
    of bytes: [UInt8], name: String, options: DOCXOptions
  ) throws(ConversionError) -> FlowLayout {
    do throws(PackageError) {
      return try DOCXExtractor.layout(of: bytes, options: options)
    } catch {
      throw ConversionError(error, file: name)
    }
  }

  /// Converts a layout of a WordprocessingML package.
  ///
  /// - Returns: The document without its blocks, which `blockDone` takes.
  static func document(
    _ layout: consuming FlowLayout, source: Source, blockDone: (Block) -> Void
  ) -> Document {
    let metadata = layout.metadata
    let revisions = layout.revisions
    let content = FlowAssembler.assemble(layout, blockDone: blockDone)
    return Document(
      source: source, metadata: metadata, sections: content.sections, comments: content.comments,
      revisions: revisions, notes: content.notes)
  }
}
