import LayoutModel
import PageGeometry
import PageRendering

/// A drawing as a PDF of one page: the way from shapes to pixels.
///
/// `PageRenderer` paints PDFs, with antialiasing, transparency and fonts; a drawing written as one
/// needs no second rasterizer, and lies on the picture of the page as exactly as the page itself.
enum DrawingPDF {
  /// The whole file.
  ///
  /// - Parameters:
  ///   - drawing: What to write.
  ///   - resolution: That of the picture: each of its pixels becomes one pixel again.
  /// - Returns: A document of one page.
  static func bytes(of drawing: Drawing, resolution: Double) -> [UInt8] {
    var content = "1 J 1 j\n"
    if let picture = drawing.picture {
      // A hundredth of a pixel inside its own edges: a rasterizer grows a picture to all pixels
      // that it touches.
      let inset = 0.01 * 72 / resolution
      let (width, height) = (
        Double(picture.bitmap.width) * 72 / resolution,
        Double(picture.bitmap.height) * 72 / resolution
      )
      let lower = drawing.height - picture.box.minY - height
      content +=
        "q \(exact(width - 2 * inset)) 0 0 \(exact(height - 2 * inset)) "
        + "\(exact(picture.box.minX + inset)) \(exact(lower + inset)) cm /P Do Q\n"
    }
    var opacities: Set<Int> = []
    for shape in drawing.shapes {
      content += operators(shape, height: drawing.height, opacities: &opacities)
    }
    let states = opacities.sorted().map {
      "/G\($0) << /ca \(number(Double($0) / 100)) /CA \(number(Double($0) / 100)) >>"
    }

    var file = PDFFile()
    file.add("<< /Type /Catalog /Pages 2 0 R >>")
    file.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    file.add(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(exact(drawing.width)) \(exact(drawing.height))] "
        + "/Contents 4 0 R /Resources << /Font << /F 5 0 R >> "
        + "/ExtGState << \(states.joined(separator: " ")) >>"
        + (drawing.picture == nil ? "" : " /XObject << /P 6 0 R >>") + " >> >>")
    file.add("<< /Length \(content.utf8.count) >>", stream: Array(content.utf8))
    file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>")
    if let bitmap = drawing.picture?.bitmap {
      let pixels = packed(bitmap)
      file.add(
        "<< /Type /XObject /Subtype /Image /Width \(bitmap.width) /Height \(bitmap.height) "
          + "/BitsPerComponent 8 /ColorSpace /\(bitmap.format == .grey ? "DeviceGray" : "DeviceRGB") "
          + "/Length \(pixels.count) >>", stream: pixels)
    }
    return file.bytes()
  }

  private static func operators(
    _ shape: Shape, height: Double, opacities: inout Set<Int>
  ) -> String {
    let opacity = Int(((shape.fill?.opacity ?? 1) * 100).rounded())
    let strokeOpacity = Int(((shape.stroke?.opacity ?? 1) * 100).rounded())
    opacities.formUnion([opacity, strokeOpacity])
    let fill = shape.fill.map { "/G\(opacity) gs \(color($0.color)) rg " } ?? ""
    let stroke =
      shape.stroke.map { stroke in
        "/G\(strokeOpacity) gs \(color(stroke.color)) RG \(number(stroke.width)) w "
          + (stroke.dash > 0 ? "[\(number(stroke.dash))] 0 d " : "[] 0 d ")
      } ?? ""
    switch shape.form {
    case .box(let box):
      let place =
        "\(number(box.minX)) \(number(height - box.maxY)) "
        + "\(number(box.width)) \(number(box.height)) re"
      return (fill.isEmpty ? "" : "\(fill)\(place) f\n")
        + (stroke.isEmpty ? "" : "\(stroke)\(place) S\n")
    case .path(let points):
      guard points.count > 1, !stroke.isEmpty else { return "" }
      let steps = points.enumerated().map { index, point in
        "\(number(point.x)) \(number(height - point.y)) \(index == 0 ? "m" : "l")"
      }
      return "\(stroke)\(steps.joined(separator: " ")) S\n"
    case .text(let text, let start, let size):
      let escaped = text.map { "\\()".contains($0) ? "\\\($0)" : "\($0)" }.joined()
      return "\(fill)BT /F \(number(size)) Tf \(number(start.x)) \(number(height - start.y)) Td "
        + "(\(escaped)) Tj ET\n"
    }
  }

  /// The pixels without room at the end of rows.
  private static func packed(_ bitmap: Bitmap) -> [UInt8] {
    let used = bitmap.width * bitmap.format.bytesPerPixel
    guard used < bitmap.bytesPerRow else { return bitmap.pixels }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(used * bitmap.height)
    for row in 0..<bitmap.height {
      pixels += bitmap.pixels[row * bitmap.bytesPerRow..<row * bitmap.bytesPerRow + used]
    }
    return pixels
  }

  private static func number(_ value: Double) -> String { LayoutDump.number(value) }

  /// A place in millionths of a point: where whole pixels must be met.
  private static func exact(_ value: Double) -> String {
    let millionths = Int((value * 1e6).rounded())
    let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let digits = String(rest)
    return (millionths < 0 ? "-" : "") + "\(whole)."
      + String(repeating: "0", count: 6 - digits.count) + digits
  }

  private static func color(_ color: UInt32) -> String {
    [color >> 16, color >> 8, color].map { number(Double($0 & 0xFF) / 255) }
      .joined(separator: " ")
  }
}

/// Numbered objects, one after another, with their table.
private struct PDFFile {
  private var output = Array("%PDF-1.4\n".utf8)
  private var offsets: [Int] = []

  mutating func add(_ object: String, stream: [UInt8]? = nil) {
    offsets.append(output.count)
    output += Array("\(offsets.count) 0 obj\n\(object)\n".utf8)
    if let stream {
      output += "stream\n".utf8
      output += stream
      output += "\nendstream\n".utf8
    }
    output += "endobj\n".utf8
  }

  func bytes() -> [UInt8] {
    var table = "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      let digits = String(offset)
      table += String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n"
    }
    table += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\n"
    table += "startxref\n\(output.count)\n%%EOF\n"
    return output + Array(table.utf8)
  }
}
