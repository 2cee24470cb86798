/// Writes small PDFs, so that a test shows the operators that it is about.
///
/// `/F1` in every page is a font in which each printable ASCII character is half an em wide. Other
/// objects that content streams refer to are given as text.
package struct PDFWriter {
  /// A page: its content stream and its entries.
  package struct Page {
    package var content: String
    package var mediaBox: String
    package var cropBox: String?
    package var rotation: Int?
    /// Further entries of the resources, as `/XObject << /X1 10 0 R >>`.
    package var resources: String
    /// Further fonts, as `/F2 10 0 R`.
    package var fonts: String

    package init(
      _ content: String, mediaBox: String = "0 0 200 100", cropBox: String? = nil,
      rotation: Int? = nil, resources: String = "", fonts: String = ""
    ) {
      self.content = content
      self.mediaBox = mediaBox
      self.cropBox = cropBox
      self.rotation = rotation
      self.resources = resources
      self.fonts = fonts
    }
  }

  package var pages: [Page]
  /// Objects from number 10 on: a dictionary's entries, and the bytes of its stream if it has one; an
  /// array is written in its brackets.
  package var objects: [(entries: String, stream: String?)]
  /// Entries of the information dictionary.
  package var information: String

  package init(
    _ pages: [Page], objects: [(entries: String, stream: String?)] = [], information: String = ""
  ) {
    self.pages = pages
    self.objects = objects
    self.information = information
  }

  /// Creates a document of one page.
  package init(_ content: String) {
    self.init([Page(content)])
  }

  /// The number of the first of `objects`.
  package static let firstObject = 10

  /// The file.
  package func bytes() -> [UInt8] {
    var bodies: [Int: String] = [:]
    let firstPage = Self.firstObject + objects.count
    let kids = pages.indices.map { "\(firstPage + 2 * $0) 0 R" }.joined(separator: " ")
    bodies[1] = "<< /Type /Catalog /Pages 2 0 R >>"
    bodies[2] = "<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>"
    let widths = [String](repeating: "500", count: 95).joined(separator: " ")
    bodies[3] =
      "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Sketch /FirstChar 32 /LastChar 126 "
      + "/Widths [\(widths)] /Encoding /WinAnsiEncoding >>"
    bodies[4] = "<< \(information) >>"
    for (index, object) in objects.enumerated() {
      bodies[Self.firstObject + index] =
        object.stream.map { stream($0, entries: object.entries) }
        ?? (object.entries.hasPrefix("[") ? object.entries : "<< \(object.entries) >>")
    }
    for (index, page) in pages.enumerated() {
      let number = firstPage + 2 * index
      bodies[number] =
        "<< /Type /Page /Parent 2 0 R /MediaBox [\(page.mediaBox)]"
        + (page.cropBox.map { " /CropBox [\($0)]" } ?? "")
        + (page.rotation.map { " /Rotate \($0)" } ?? "")
        + " /Resources << /Font << /F1 3 0 R \(page.fonts) >> \(page.resources) >> /Contents \(number + 1) 0 R >>"
      bodies[number + 1] = stream(page.content, entries: "")
    }
    return file(of: bodies)
  }

  private func stream(_ content: String, entries: String) -> String {
    "<< \(entries) /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream"
  }

  private func file(of bodies: [Int: String]) -> [UInt8] {
    let count = (bodies.keys.max() ?? 0) + 1
    var text = "%PDF-1.7\n"
    var table = "xref\n0 \(count)\n0000000000 65535 f \n"
    for number in 1..<count {
      guard let body = bodies[number] else {
        table += "0000000000 65535 f \n"
        continue
      }
      let offset = String(text.utf8.count)
      table += String(repeating: "0", count: 10 - offset.utf8.count) + offset + " 00000 n \n"
      text += "\(number) 0 obj\n\(body)\nendobj\n"
    }
    let start = text.utf8.count
    text += table + "trailer\n<< /Size \(count) /Root 1 0 R /Info 4 0 R >>\n"
    text += "startxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }
}
