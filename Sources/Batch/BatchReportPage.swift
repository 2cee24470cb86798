/// The report as one page that needs no other file: figures, bars and tables, without scripts.
extension BatchReport {
  /// The page in UTF-8.
  package var html: [UInt8] {
    var body = "<h1>Boxhead batch</h1>\n<dl>\n"
    for (name, value) in facts {
      body += "<dt>\(Self.escaped(name))</dt><dd>\(Self.escaped(value))</dd>\n"
    }
    body += "</dl>\n"
    body += bars(
      "Verdicts", [("done", done), ("failed", failed), ("open", open)], colours: Self.verdicts)
    body += bars("Kinds of documents", mediaTypes.map { ($0.name, $0.count) })
    body += bars("Errors", kinds.map { ($0.code, $0.count) }, colours: ["#b3261e"])
    body += bars("Time a document takes", timeBars)
    body += table(
      "Examples of errors", ["Error", "Input", "Message"],
      kinds.flatMap { kind in kind.examples.map { [kind.code, $0.name, $0.message] } })
    body += table(
      "Sums that do not hold", ["Sum", "Inputs", "Names"],
      identities.map { id, names in
        [id, "\(names.count)", names.prefix(20).joined(separator: ", ")]
      })
    body += table(
      "Slowest", ["Input", "Seconds", "Pages"],
      slowest.map { [$0.name, Self.rounded($0.seconds, 2), $0.pages.map(String.init) ?? ""] })
    return Array((Self.head + body + "</body>\n</html>\n").utf8)
  }

  private static let verdicts = ["#2e7d32", "#b3261e", "#9e9e9e"]

  private static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Boxhead batch</title>
    <style>
    body { font: 15px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem }
    dt { color: #555 } dd { margin: 0 }
    table { border-collapse: collapse; width: 100% }
    th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
    svg text { font: 13px system-ui, sans-serif }
    </style>
    </head>
    <body>

    """

  private var timeBars: [(String, Int)] {
    times.enumerated().map { index, count in
      index < Self.timeClasses.count
        ? ("up to \(Self.timeClasses[index]) s", count)
        : ("longer", count)
    }
  }

  /// A chart of horizontal bars; empty without values.
  private func bars(
    _ title: String, _ values: [(String, Int)], colours: [String] = ["#3367a6"]
  ) -> String {
    let most = values.map(\.1).max() ?? 0
    guard most > 0 else { return "" }
    let height = values.count * 24
    var chart =
      "<h2>\(Self.escaped(title))</h2>\n<svg width=\"100%\" viewBox=\"0 0 800 \(height)\" role=\"img\" "
      + "aria-label=\"\(Self.escaped(title))\">\n"
    for (index, (name, count)) in values.enumerated() {
      let top = index * 24
      let width = count == 0 ? 0 : max(1, 420 * count / most)
      chart +=
        "<text x=\"0\" y=\"\(top + 16)\">\(Self.escaped(String(name.suffix(38))))</text>"
        + "<rect x=\"300\" y=\"\(top + 3)\" width=\"\(width)\" height=\"18\" "
        + "fill=\"\(colours[index % colours.count])\"/>"
        + "<text x=\"\(308 + width)\" y=\"\(top + 16)\">\(count)</text>\n"
    }
    return chart + "</svg>\n"
  }

  private func table(_ title: String, _ head: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\(Self.escaped($0))</\(tag)>" }.joined() + "</tr>\n"
    }
    return "<h2>\(Self.escaped(title))</h2>\n<table>\n" + row(head, "th")
      + rows.map { row($0, "td") }.joined() + "</table>\n"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in line(text).unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
