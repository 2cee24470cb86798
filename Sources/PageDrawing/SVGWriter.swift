import LayoutModel
import PageGeometry

/// A drawing as SVG 1.1.
///
/// The picture of the page is part of the file (a `data:` address). So it can be sent to somebody as
/// one file, and is shown where files may not load others: in mail, in issues, as a picture of a web
/// page. Notes are `title` elements, which browsers show while the pointer is over a shape.
package enum SVGWriter {
  /// The whole file.
  package static func bytes(of drawing: Drawing) -> [UInt8] {
    let (width, height) = (number(drawing.width), number(drawing.height))
    var output: [UInt8] = []
    output.reserveCapacity((drawing.picture?.png.count ?? 0) * 4 / 3 + drawing.shapes.count * 200)
    func append(_ text: String) { output += text.utf8 }

    append(
      #"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" "#
        + #"width="\#(width)pt" height="\#(height)pt" viewBox="0 0 \#(width) \#(height)">"#
        + "\n<title>\(escaped(drawing.title))</title>\n"
        + ##"<rect width="\##(width)" height="\##(height)" fill="#ffffff"/>"## + "\n")
    if let picture = drawing.picture {
      append(
        #"<image \#(place(picture.box)) preserveAspectRatio="none" xlink:href="data:image/png;base64,"#
      )
      output += Base64.text(of: picture.png)
      append("\"/>\n")
    }
    append("<g font-family=\"Courier, monospace\">\n")
    for shape in drawing.shapes { append(element(shape)) }
    append("</g>\n</svg>\n")
    return output
  }

  private static func element(_ shape: Shape) -> String {
    let (name, attributes, content) =
      switch shape.form {
      case .box(let box):
        ("rect", place(box), "")
      case .path(let points):
        (
          "polyline",
          "points=\""
            + points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ") + "\"", ""
        )
      case .text(let text, let start, let size):
        // The length keeps the text on its plate whatever font the viewer has.
        (
          "text",
          #"x="\#(number(start.x))" y="\#(number(start.y))" font-size="\#(number(size))" "#
            + #"textLength="\#(number(Label.width(of: text, size: size)))" "#
            + #"lengthAdjust="spacingAndGlyphs" xml:space="preserve""#, escaped(text)
        )
      }
    let head = "<\(name) \(attributes) \(paint(shape))"
    let note = shape.note.map { "<title>\(escaped($0))</title>" } ?? ""
    return note.isEmpty && content.isEmpty
      ? "\(head)/>\n" : "\(head)>\(note)\(content)</\(name)>\n"
  }

  private static func paint(_ shape: Shape) -> String {
    var text = shape.fill.map { "fill=\"\(color($0.color))\"" } ?? "fill=\"none\""
    if let fill = shape.fill, fill.opacity < 1 {
      text += " fill-opacity=\"\(number(fill.opacity))\""
    }
    guard let stroke = shape.stroke else { return text }
    text += " stroke=\"\(color(stroke.color))\" stroke-width=\"\(number(stroke.width))\""
    if stroke.opacity < 1 { text += " stroke-opacity=\"\(number(stroke.opacity))\"" }
    if stroke.dash > 0 { text += " stroke-dasharray=\"\(number(stroke.dash))\"" }
    return text
  }

  private static func place(_ box: Rect) -> String {
    #"x="\#(number(box.minX))" y="\#(number(box.minY))" "#
      + #"width="\#(number(box.width))" height="\#(number(box.height))""#
  }

  private static func number(_ value: Double) -> String { LayoutDump.number(value) }

  private static func color(_ color: UInt32) -> String {
    let digits = String(color & 0xFFFFFF, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Text that means itself in XML; characters that XML 1.0 does not know become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\t", "\n", "\r": result.append(scalar)
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.append(scalar)
      default: result.append("\u{FFFD}")
      }
    }
    return String(result)
  }
}
