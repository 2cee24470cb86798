public import DocumentModel
public import DocumentReading

/// A document that was converted before and is read from its canonical JSON.
public enum StoredDocument {
  /// Whether bytes are to be read as canonical JSON and not as an original.
  public static func isStored(_ bytes: [UInt8]) -> Bool {
    CanonicalJSONReader.canRead(bytes)
  }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: Canonical JSON.
  ///   - name: The name of the file, for messages.
  /// - Returns: The document, as it was when it was written.
  /// - Throws: `ConversionError` for bytes that are not such a document.
  public static func read(_ bytes: [UInt8], name: String) throws(ConversionError) -> Document {
    do throws(ReadingError) {
      return try CanonicalJSONReader.read(bytes)
    } catch {
      throw ConversionError(
        file: name, stage: .detection, kind: .notADocument,
        expected: "a document in canonical JSON", found: "\(error)", underlying: error)
    }
  }

  /// What is wrong with a document that follows the schema.
  ///
  /// - Parameters:
  ///   - bytes: Canonical JSON.
  ///   - name: The name of the file, for messages.
  /// - Returns: Up to a hundred contradictions; none for a good document.
  /// - Throws: `ConversionError` for bytes that do not follow the schema.
  public static func problems(
    of bytes: [UInt8], name: String
  ) throws(ConversionError) -> [DocumentProblem] {
    do throws(ReadingError) {
      return DocumentCheck.problems(of: try CanonicalJSONReader.readUnchecked(bytes))
    } catch {
      throw ConversionError(
        file: name, stage: .detection, kind: .notADocument,
        expected: "a document in canonical JSON", found: "\(error)", underlying: error)
    }
  }
}
